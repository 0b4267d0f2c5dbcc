//! Measures contestants side by side and prints one table per question.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::keys::Key;
use report::{Target, median, print};

/// How often each contestant is measured. The contestants take turns, so a slow moment of the machine affects all of them.
const ROUNDS: usize = 41;

/// The approximate time limit of one measurement of one contestant.
const MEASUREMENT: Duration = Duration::from_millis(4);

/// One way to look something up.
pub(crate) struct Contestant<'a, K, V> {
    pub(crate) name: &'static str,
    run: Box<Run<'a, K, V>>,
}

/// Looks up every key and counts the results.
type Run<'a, K, V> = dyn Fn(&[Key<K, V>], Count) -> usize + 'a;

/// Which lookups are counted.
#[derive(Clone, Copy)]
enum Count {
    /// The right answers.
    Right,
    /// All hits, which are cheaper to count.
    Found,
}

impl<'a, K, V: PartialEq> Contestant<'a, K, V> {
    pub(crate) fn new(name: &'static str, find: impl Fn(&Key<K, V>) -> Option<V> + 'a) -> Self {
        let run = move |keys: &[Key<K, V>], count| match count {
            Count::Right => keys.iter().filter(|key| find(key) == key.answer).count(),
            Count::Found => keys.iter().filter(|key| find(key).is_some()).count(),
        };
        Self { name, run: Box::new(run) }
    }
}

impl<K, V> Contestant<'_, K, V> {
    /// Looks up every key.
    pub(crate) fn run(&self, keys: &[Key<K, V>]) {
        black_box((self.run)(black_box(keys), Count::Found));
    }

    /// Looks up every key and checks the answers.
    fn check(&self, keys: &[Key<K, V>]) {
        assert_eq!((self.run)(keys, Count::Right), keys.len(), "{} gives a wrong answer", self.name);
    }
}

/// Measures every contestant, ours first, with the same keys, and prints the medians.
///
/// # Panics
/// Panics if a contestant returns a wrong answer.
pub(crate) fn compare<K, V>(
    question: &str,
    keys: &[Key<K, V>],
    contestants: &[Contestant<'_, K, V>],
    targets: &[Target],
) {
    let counts: Vec<usize> = contestants.iter().map(|contestant| calibrate(contestant, keys)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for _ in 0..ROUNDS {
        for ((contestant, &count), times) in contestants.iter().zip(&counts).zip(&mut times) {
            times.push(time(contestant, &keys[..count]));
        }
    }
    let medians: Vec<(&str, f64)> =
        contestants.iter().zip(times).map(|(contestant, times)| (contestant.name, median(times))).collect();
    print(question, &medians, targets);
}

/// Returns how many keys fit into one measurement (all of them, except for a very slow contestant), and checks the answers.
fn calibrate<K, V>(contestant: &Contestant<'_, K, V>, keys: &[Key<K, V>]) -> usize {
    let mut count = keys.len().min(4);
    while count < keys.len() {
        let needed = time(contestant, &keys[..count]) * count as f64;
        if needed * 2.0 > MEASUREMENT.as_nanos() as f64 {
            break;
        }
        count = (count * 2).min(keys.len());
    }
    contestant.check(&keys[..count]);
    count
}

/// Returns the nanoseconds that a contestant takes for one key.
fn time<K, V>(contestant: &Contestant<'_, K, V>, keys: &[Key<K, V>]) -> f64 {
    let start = Instant::now();
    contestant.run(keys);
    start.elapsed().as_nanos() as f64 / keys.len() as f64
}
