use std::collections::VecDeque;

use crate::logs::time::Millis;

/// Counts per interval of time. The intervals are as short as the number of buckets allows, so memory does not grow.
#[derive(Debug, Clone, Default)]
pub(super) struct Histogram {
    /// The logarithm of the length of an interval, in milliseconds.
    scale: u32,
    /// The number of the first interval since 1970.
    first: i64,
    counts: VecDeque<u64>,
}

impl Histogram {
    const MAX_BUCKETS: i64 = 512;

    pub(super) fn add(&mut self, time: Millis, count: u64) {
        let mut at = time >> self.scale;
        if self.counts.is_empty() {
            self.first = at;
        }
        while !self.fits(at) {
            self.widen();
            at = time >> self.scale;
        }
        while at < self.first {
            self.counts.push_front(0);
            self.first -= 1;
        }
        let place = usize::try_from(at - self.first).unwrap_or_default();
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += count;
    }

    fn fits(&self, at: i64) -> bool {
        let length = i64::try_from(self.counts.len()).unwrap_or(i64::MAX);
        let end = (self.first + length).max(at.saturating_add(1));
        end.saturating_sub(self.first.min(at)) <= Self::MAX_BUCKETS
    }

    /// Doubles the length of the intervals.
    fn widen(&mut self) {
        let mut counts = VecDeque::with_capacity(self.counts.len() / 2 + 1);
        for (at, count) in (self.first..).zip(&self.counts) {
            let place = usize::try_from((at >> 1) - (self.first >> 1)).unwrap_or_default();
            if place >= counts.len() {
                counts.resize(place + 1, 0);
            }
            counts[place] += count;
        }
        self.first >>= 1;
        self.scale += 1;
        self.counts = counts;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (at, count) in (other.first..).zip(&other.counts) {
            if *count > 0 {
                // The middle of an interval is counted, so the result is the same at every scale.
                self.add((at << other.scale) + ((1 << other.scale) >> 1), *count);
            }
        }
    }

    /// Returns the counts for equal parts of a period of time.
    pub(super) fn parts(&self, from: Millis, to: Millis, parts: usize) -> Vec<u64> {
        let mut counts = vec![0; parts];
        let length = (to - from).max(0) + 1;
        for (at, count) in (self.first..).zip(&self.counts) {
            let time = ((at << self.scale) + ((1 << self.scale) >> 1)).clamp(from, to.max(from));
            let place = i128::from(time - from) * parts as i128 / i128::from(length);
            counts[usize::try_from(place).unwrap_or_default().min(parts - 1)] += count;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_however_far_apart_the_times_are() {
        let times = [0, 1_700_000_000_000, 5, -3, 1_700_000_000_001, i64::from(i32::MAX), 1_800_000_000_000];
        let mut all = Histogram::default();
        let mut merged = Histogram::default();
        for time in times {
            all.add(time, 1);
            let mut one = Histogram::default();
            one.add(time, 1);
            merged.merge(&one);
        }
        for histogram in [all, merged] {
            assert!(histogram.counts.len() <= 512);
            assert_eq!(histogram.parts(-3, 1_800_000_000_000, 2), [4, 3]);
        }
    }
}
