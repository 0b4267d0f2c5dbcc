//! Counts over a sliding window, for a fixed number of keys, using only atomics.
//!
//! The atomics come from the parent module, so that the tests in `tests/loom` can try every order in which threads use
//! them.

use super::atomic::{AtomicU64, Ordering};

/// Time, in bucket lengths.
pub(super) type Tick = u64;

/// The counts for a fixed number of keys, and for all others together.
pub(super) struct Table<const BUCKETS: usize> {
    slots: Box<[Slot<BUCKETS>]>,
    others: Window<BUCKETS>,
}

/// A key and its counts. The key of a slot never changes once it is set.
struct Slot<const BUCKETS: usize> {
    /// 0 while the slot is free.
    key: AtomicU64,
    window: Window<BUCKETS>,
}

impl<const BUCKETS: usize> Table<BUCKETS> {
    pub(super) fn new(keys: usize) -> Self {
        let slot = |_| Slot { key: AtomicU64::new(0), window: Window::new() };
        Self { slots: (0..keys).map(slot).collect(), others: Window::new() }
    }

    /// Returns the counts of a key. A new key takes a free slot.
    pub(super) fn slot(&self, key: u64) -> &Window<BUCKETS> {
        let key = key.max(1);
        for slot in self.from(key) {
            // Only the key is published here, so relaxed ordering is enough.
            let taken = slot.key.compare_exchange(0, key, Ordering::Relaxed, Ordering::Relaxed);
            if taken.is_ok() || taken == Err(key) {
                return &slot.window;
            }
        }
        &self.others
    }

    /// Returns the counts of a key, or `None` if it has none yet.
    pub(super) fn find(&self, key: u64) -> Option<&Window<BUCKETS>> {
        let key = key.max(1);
        for slot in self.from(key) {
            match slot.key.load(Ordering::Relaxed) {
                0 => return None,
                other if other == key => return Some(&slot.window),
                _ => {}
            }
        }
        Some(&self.others)
    }

    /// Returns all slots, starting with the preferred slot of the key.
    fn from(&self, key: u64) -> impl Iterator<Item = &Slot<BUCKETS>> {
        let length = self.slots.len();
        let first = key.checked_rem(length as u64).unwrap_or(0) as usize;
        self.slots[first..].iter().chain(&self.slots[..first])
    }
}

/// The requests and errors of the last `BUCKETS` ticks.
pub(super) struct Window<const BUCKETS: usize> {
    /// A bucket is one word with its tick and both counts, so it is always consistent.
    buckets: [AtomicU64; BUCKETS],
}

/// The bits of a bucket: 24 of the tick, 20 of the requests, 20 of the errors.
#[derive(Clone, Copy)]
struct Bucket {
    tick: u64,
    requests: u64,
    errors: u64,
}

const COUNT_BITS: u32 = 20;
const MAX_COUNT: u64 = (1 << COUNT_BITS) - 1;
const TICK_MASK: u64 = (1 << 24) - 1;

impl Bucket {
    const fn unpack(word: u64) -> Self {
        let requests = (word >> COUNT_BITS) & MAX_COUNT;
        Self { tick: word >> (2 * COUNT_BITS), requests, errors: word & MAX_COUNT }
    }

    const fn pack(self) -> u64 {
        self.tick << (2 * COUNT_BITS) | self.requests << COUNT_BITS | self.errors
    }

    /// Adds a request. A full bucket is halved, which preserves its rate.
    const fn with(mut self, is_error: bool) -> Self {
        if self.requests == MAX_COUNT {
            self.requests /= 2;
            self.errors /= 2;
        }
        self.requests += 1;
        self.errors += is_error as u64;
        self
    }
}

/// Returns the distance between two ticks. Buckets store only the lower bits of a tick.
const fn distance(from: u64, to: u64) -> u64 {
    to.wrapping_sub(from) & TICK_MASK
}

impl<const BUCKETS: usize> Window<BUCKETS> {
    fn new() -> Self {
        Self { buckets: std::array::from_fn(|_| AtomicU64::new(0)) }
    }

    /// Adds a request.
    pub(super) fn add(&self, tick: Tick, is_error: bool) {
        let Some(bucket) = self.buckets.get((tick % BUCKETS as u64) as usize) else { return };
        let mut word = bucket.load(Ordering::Relaxed);
        loop {
            let known = Bucket::unpack(word);
            // A delayed thread may find a newer bucket. Its request counts there.
            let is_behind = distance(known.tick, tick) > TICK_MASK / 2;
            let current = if known.tick == tick & TICK_MASK || is_behind {
                known
            } else {
                Bucket { tick: tick & TICK_MASK, requests: 0, errors: 0 }
            };
            let new = current.with(is_error).pack();
            match bucket.compare_exchange_weak(word, new, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return,
                Err(changed) => word = changed,
            }
        }
    }

    /// Returns the requests and the errors of the last ticks, including the current one.
    pub(super) fn count(&self, tick: Tick) -> (u64, u64) {
        let buckets = self.buckets.iter().map(|bucket| Bucket::unpack(bucket.load(Ordering::Relaxed)));
        // A bucket that is ahead was written by a thread with a later clock.
        let is_recent = |bucket: &Bucket| {
            distance(bucket.tick, tick) < BUCKETS as u64 || distance(tick, bucket.tick) < BUCKETS as u64
        };
        buckets
            .filter(is_recent)
            .fold((0, 0), |(requests, errors), bucket| (requests + bucket.requests, errors + bucket.errors))
    }
}
