//! Counts of the parts of a log. The parts can be read in any order; their counts are added in the order of the log.

use std::collections::BTreeMap;

use super::histogram::Histogram;
use super::sighting::{Sight, Sighting};
use crate::logs::time::Millis;

/// The counts for a part of a log.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) counts: BTreeMap<Key, Count>,
    pub(super) times: BTreeMap<Sight, Histogram>,
    /// The reserved numbers that were sent, with the codes that they were sent for.
    pub(super) reserved: BTreeMap<(i64, Sight), u64>,
    /// The earliest and the latest time in the log, of any entry.
    pub(super) oldest: Option<Millis>,
    pub(super) newest: Option<Millis>,
    /// The time of the last line that marks a deploy.
    pub(super) deploy: Option<Millis>,
    pub(super) bytes: u64,
}

/// What is counted separately.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) sight: Sight,
    pub(super) tool: Option<String>,
    pub(super) server: Option<String>,
}

/// How often something was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) all: u64,
    pub(super) local: u64,
    pub(super) in_200: u64,
    pub(super) of_client: u64,
    /// How often it was retried before its delay had passed.
    pub(super) too_early: u64,
    pub(super) first: Option<Millis>,
    pub(super) last: Option<Millis>,
    /// The time of the first and the last occurrence in the log, with the delay of the last.
    start: Option<Millis>,
    end: Option<(Millis, Millis)>,
}

impl Tally {
    /// The maximum number of combinations of a code, a tool and a server that are counted separately. Beyond it, only codes are.
    const MAX_KEYS: usize = 4_096;
    /// The maximum number of undefined codes that are counted separately, and of numbers.
    const MAX_SIGHTS: usize = 16_384;

    pub(super) fn add(&mut self, seen: Sighting) {
        let Sighting { sight, time, tool, server, reserved, is_local, is_in_200, is_of_client, delay } = seen;
        let one = |is: bool| u64::from(is);
        let count = Count {
            all: 1,
            local: one(is_local),
            in_200: one(is_in_200),
            of_client: one(is_of_client),
            too_early: 0,
            first: time,
            last: time,
            start: time,
            end: time.zip(delay),
        };
        if let Some(time) = time {
            self.see(time);
            if self.may_keep(&sight, self.times.len()) {
                self.times.entry(sight.clone()).or_default().add(time, 1);
            }
        }
        if let Some(number) = reserved.filter(|_| self.may_keep(&sight, self.reserved.len())) {
            *self.reserved.entry((number, sight.clone())).or_default() += 1;
        }
        self.count(Key { sight, tool, server }, count);
    }

    /// Returns whether something is kept beside the counts of a text or a number. There may be any number of these, unlike codes.
    fn may_keep(&self, sight: &Sight, kept: usize) -> bool {
        matches!(sight, Sight::Code(_)) || kept < Self::MAX_SIGHTS
    }

    fn count(&mut self, mut key: Key, count: Count) {
        if !self.counts.contains_key(&key) {
            if self.counts.len() >= Self::MAX_KEYS {
                (key.tool, key.server) = (None, None);
            }
            // Undefined codes may be anything, and there may be any number of them.
            if self.counts.len() >= Self::MAX_SIGHTS && !matches!(key.sight, Sight::Code(_)) {
                return;
            }
        }
        self.counts.entry(key).or_default().append(&count);
    }

    /// Records a time in the log.
    pub(super) fn see(&mut self, time: Millis) {
        self.oldest = Some(self.oldest.map_or(time, |oldest| oldest.min(time)));
        self.newest = Some(self.newest.map_or(time, |newest| newest.max(time)));
    }

    /// Adds the tally of the next part of the log.
    pub(super) fn append(&mut self, next: Self) {
        for (key, count) in next.counts {
            self.count(key, count);
        }
        for (sight, times) in next.times {
            if self.may_keep(&sight, self.times.len()) {
                self.times.entry(sight).or_default().merge(&times);
            }
        }
        for (number, count) in next.reserved {
            if self.may_keep(&number.1, self.reserved.len()) {
                *self.reserved.entry(number).or_default() += count;
            }
        }
        [next.oldest, next.newest].into_iter().flatten().for_each(|time| self.see(time));
        self.deploy = self.deploy.max(next.deploy);
        self.bytes += next.bytes;
    }
}

impl Count {
    /// Adds the counts of a later part of the log.
    pub(super) fn append(&mut self, next: &Self) {
        let is_too_early = match (self.end, next.start) {
            (Some((end, delay)), Some(start)) => (0..delay).contains(&(start - end)),
            _ => false,
        };
        self.too_early += next.too_early + u64::from(is_too_early);
        self.start = self.start.or(next.start);
        self.end = next.end.or(self.end);
        self.add(next);
    }

    /// Adds the counts of another part.
    pub(super) fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.local += other.local;
        self.in_200 += other.in_200;
        self.of_client += other.of_client;
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.max(other.last);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sighting::sightings;
    use super::*;

    fn tally(log: &str) -> Tally {
        let mut tally = Tally::default();
        log.lines().flat_map(sightings).for_each(|seen| tally.add(seen));
        tally
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let line =
            |second: u64, code: &str| format!("2025-01-15 14:23:{second:02}.000 | WARN | {code} | MCPClient | m\n");
        let lines: Vec<String> =
            (0..40).map(|at| line(at, ["NX-MCP-012", "FS-001", "NX-MCP-999"][(at * at % 7 % 3) as usize])).collect();
        let whole = tally(&lines.concat());
        assert_eq!(whole.counts.len(), 3);
        assert_eq!(whole.counts.values().map(|count| count.all).sum::<u64>(), 40);
        for cut in 0..=lines.len() {
            let mut parts = tally(&lines[..cut].concat());
            parts.append(tally(&lines[cut..].concat()));
            assert_eq!(parts.counts, whole.counts, "{cut}");
            assert_eq!((parts.oldest, parts.newest), (whole.oldest, whole.newest));
        }
    }
}
