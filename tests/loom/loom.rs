//! Every order in which threads can use the atomics of the error budget.

use loom::sync::Arc;
use loom::sync::atomic::{AtomicU64, Ordering};
use loom::thread;
use mcp_error_codes::__private::window::{self, Atomic};

type Table<const BUCKETS: usize> = window::Table<Loom, BUCKETS>;

/// The atomic of loom.
struct Loom(AtomicU64);

impl Atomic for Loom {
    fn new(number: u64) -> Self {
        Self(AtomicU64::new(number))
    }

    fn load(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn replace(&self, current: u64, new: u64) -> Result<(), u64> {
        self.0.compare_exchange(current, new, Ordering::Relaxed, Ordering::Relaxed).map(drop)
    }
}

/// Runs actions in threads of their own, in every order, and then a check.
fn in_every_order<const BUCKETS: usize>(
    keys: usize,
    actions: &'static [fn(&Table<BUCKETS>)],
    check: impl Fn(&Table<BUCKETS>) + Send + Sync + 'static,
) {
    loom::model(move || {
        let table = Arc::new(Table::<BUCKETS>::new(keys));
        let start = |action: &'static fn(&Table<BUCKETS>)| {
            let table = Arc::clone(&table);
            thread::spawn(move || action(&table))
        };
        for thread in actions.iter().map(start).collect::<Vec<_>>() {
            thread.join().expect("no thread panics");
        }
        check(&table);
    });
}

fn counts<const BUCKETS: usize>(table: &Table<BUCKETS>, key: u64, tick: u64) -> (u64, u64) {
    table.find(key).map_or((0, 0), |window| window.count(tick))
}

#[test]
fn no_request_of_a_key_is_lost() {
    let actions: &[fn(&Table<2>)] = &[
        |table| table.slot(7).add(5, true),
        |table| {
            table.slot(7).add(5, false);
            table.slot(7).add(5, false);
        },
    ];
    in_every_order(1, actions, |table| assert_eq!(counts(table, 7, 5), (3, 1)));
}

#[test]
fn keys_that_want_the_same_slot_get_one_each() {
    // Both numbers are 1 modulo 2.
    let actions: &[fn(&Table<1>)] = &[|table| table.slot(1).add(3, true), |table| table.slot(3).add(3, false)];
    in_every_order(2, actions, |table| {
        assert_eq!((counts(table, 1, 3), counts(table, 3, 3)), ((1, 1), (1, 0)));
    });
}

#[test]
fn keys_without_a_slot_count_together_and_no_key_changes_its_slot() {
    let actions: &[fn(&Table<1>)] =
        &[|table| table.slot(1).add(3, true), |table| table.slot(2).add(3, false), |table| table.slot(3).add(3, false)];
    in_every_order(1, actions, |table| {
        let mut all: Vec<_> = [1, 2, 3].map(|key| counts(table, key, 3)).to_vec();
        all.sort_unstable();
        // One key is alone in its slot; the two others share their counts.
        let errors_alone = [(1, 1), (2, 0), (2, 0)];
        let errors_shared = [(1, 0), (2, 1), (2, 1)];
        assert!(all == errors_alone || all == errors_shared, "{all:?}");
    });
}

#[test]
fn a_bucket_that_begins_again_loses_no_request_of_its_new_tick() {
    // Tick 1 and tick 3 share a bucket of two.
    let actions: &[fn(&Table<2>)] = &[|table| table.slot(7).add(3, true), |table| table.slot(7).add(3, false)];
    in_every_order(1, actions, |table| assert_eq!(counts(table, 7, 3), (2, 1)));
    let actions: &[fn(&Table<2>)] = &[|table| table.slot(7).add(1, false), |table| table.slot(7).add(3, true)];
    in_every_order(1, actions, |table| {
        // A request of the earlier tick has expired, or counts for the later tick if its thread was delayed.
        let counts = counts(table, 7, 3);
        assert!([(1, 1), (2, 1)].contains(&counts), "{counts:?}");
    });
}

#[test]
fn whoever_reads_sees_a_bucket_of_one_piece() {
    loom::model(|| {
        let table = Arc::new(Table::<1>::new(1));
        let writer = Arc::clone(&table);
        let writer = thread::spawn(move || {
            writer.slot(7).add(3, true);
            writer.slot(7).add(3, true);
        });
        // Every request so far was an error.
        let (requests, errors) = counts(&table, 7, 3);
        assert_eq!(requests, errors);
        writer.join().expect("no thread panics");
    });
}
