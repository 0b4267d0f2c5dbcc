//! Counts over a sliding window, for a fixed number of keys, using only atomics.
//!
//! The type of the atomics is a parameter, so that the tests in `tests/loom` can try every order in which threads use
//! them.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that several threads change. Only the number is published, so relaxed ordering is enough.
pub trait Atomic {
    /// Creates the number.
    fn new(number: u64) -> Self;

    /// Returns the number.
    fn load(&self) -> u64;

    /// Replaces the number if it is `current`.
    ///
    /// # Errors
    /// Returns the number if it is not `current`.
    fn replace(&self, current: u64, new: u64) -> Result<(), u64>;
}

impl Atomic for AtomicU64 {
    fn new(number: u64) -> Self {
        Self::new(number)
    }

    fn load(&self) -> u64 {
        self.load(Ordering::Relaxed)
    }

    fn replace(&self, current: u64, new: u64) -> Result<(), u64> {
        self.compare_exchange(current, new, Ordering::Relaxed, Ordering::Relaxed).map(drop)
    }
}

/// Time, in bucket lengths.
pub type Tick = u64;

/// The counts for a fixed number of keys, and for all others together.
#[derive(Debug)]
pub struct Table<A, const BUCKETS: usize> {
    slots: Box<[Slot<A, BUCKETS>]>,
    others: Window<A, BUCKETS>,
}

/// A key and its counts. The key of a slot never changes once it is set.
#[derive(Debug)]
struct Slot<A, const BUCKETS: usize> {
    /// 0 while the slot is free.
    key: A,
    window: Window<A, BUCKETS>,
}

impl<A: Atomic, const BUCKETS: usize> Table<A, BUCKETS> {
    /// Creates a table with room for this many keys.
    #[must_use]
    pub fn new(keys: usize) -> Self {
        let slot = |_| Slot { key: A::new(0), window: Window::new() };
        Self { slots: (0..keys).map(slot).collect(), others: Window::new() }
    }

    /// Returns the counts of a key. A new key takes a free slot.
    pub fn slot(&self, key: u64) -> &Window<A, BUCKETS> {
        let key = key.max(1);
        for slot in self.from(key) {
            let taken = slot.key.replace(0, key);
            if taken.is_ok() || taken == Err(key) {
                return &slot.window;
            }
        }
        &self.others
    }

    /// Returns the counts of a key, or `None` if it has none yet.
    pub fn find(&self, key: u64) -> Option<&Window<A, BUCKETS>> {
        let key = key.max(1);
        for slot in self.from(key) {
            match slot.key.load() {
                0 => return None,
                other if other == key => return Some(&slot.window),
                _ => {}
            }
        }
        Some(&self.others)
    }

    /// Returns all slots, starting with the preferred slot of the key.
    fn from(&self, key: u64) -> impl Iterator<Item = &Slot<A, BUCKETS>> {
        let length = self.slots.len();
        let first = key.checked_rem(length as u64).unwrap_or(0) as usize;
        self.slots[first..].iter().chain(&self.slots[..first])
    }
}

/// The requests and errors of the last `BUCKETS` ticks.
#[derive(Debug)]
pub struct Window<A, const BUCKETS: usize> {
    /// A bucket is one word with its tick and both counts, so it is always consistent.
    buckets: [A; BUCKETS],
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
/// How many turns of the window a bucket may be ahead. One that seems to be further ahead is old: its tick has overflowed.
const MAX_TURNS: u64 = 64;

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

impl<A: Atomic, const BUCKETS: usize> Window<A, BUCKETS> {
    fn new() -> Self {
        Self { buckets: std::array::from_fn(|_| A::new(0)) }
    }

    /// Adds a request.
    pub fn add(&self, tick: Tick, is_error: bool) {
        let Some(bucket) = self.buckets.get((tick % BUCKETS as u64) as usize) else { return };
        let mut word = bucket.load();
        loop {
            let known = Bucket::unpack(word);
            // A delayed thread may find a newer bucket, by a few turns at most. Its request counts there.
            let is_behind = known.requests > 0 && distance(tick, known.tick) <= MAX_TURNS * BUCKETS as u64;
            let current = if known.tick == tick & TICK_MASK || is_behind {
                known
            } else {
                Bucket { tick: tick & TICK_MASK, requests: 0, errors: 0 }
            };
            let new = current.with(is_error).pack();
            match bucket.replace(word, new) {
                Ok(()) => return,
                Err(changed) => word = changed,
            }
        }
    }

    /// Returns the requests and the errors of the last ticks, including the current one.
    pub fn count(&self, tick: Tick) -> (u64, u64) {
        let buckets = self.buckets.iter().map(|bucket| Bucket::unpack(bucket.load()));
        // A bucket that is ahead was written by a thread with a later clock.
        let is_recent = |bucket: &Bucket| {
            distance(bucket.tick, tick) < BUCKETS as u64 || distance(tick, bucket.tick) < BUCKETS as u64
        };
        buckets
            .filter(is_recent)
            .fold((0, 0), |(requests, errors), bucket| (requests + bucket.requests, errors + bucket.errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_OF_100_MS: Tick = 864_000;

    #[test]
    fn a_window_counts_however_long_ago_its_last_request_was() {
        for days in [0, 1, 9, 10, 12, 15, 19, 20, 30, 400] {
            let window = Window::<AtomicU64, 10>::new();
            let later = days * DAY_OF_100_MS + 3;
            window.add(later, true);
            assert_eq!(window.count(later), (1, 1), "first seen after {days} days");

            let known = Window::<AtomicU64, 10>::new();
            known.add(3, false);
            let next = later + 20;
            known.add(next, true);
            assert_eq!(known.count(next), (1, 1), "seen again after {days} days");
        }
    }

    #[test]
    fn the_request_of_a_delayed_thread_counts_in_the_newer_bucket() {
        let window = Window::<AtomicU64, 10>::new();
        window.add(1_013, false);
        window.add(1_003, true);
        assert_eq!(window.count(1_013), (2, 1));
    }
}
