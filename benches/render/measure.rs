//! Measures contestants side by side and prints one table per question.

use std::hint::black_box;
use std::time::Instant;

use serde_json::Value;

use report::{Target, median, print};

/// How often each contestant is measured. The contestants take turns, so a slow moment of the machine affects all of them.
const ROUNDS: usize = 101;

/// How many responses one measurement writes.
const RESPONSES: u32 = 2_000;

/// The offsets of source and target in their pages can make a copy three times slower, so each round writes to another offset.
const PAGE: usize = 4_096;

/// One way to write a response to the end of a buffer.
pub(crate) struct Contestant<'a> {
    name: &'static str,
    write: Box<Write<'a>>,
}

type Write<'a> = dyn Fn(&mut Vec<u8>) + 'a;

impl<'a> Contestant<'a> {
    pub(crate) fn new(name: &'static str, write: impl Fn(&mut Vec<u8>) + 'a) -> Self {
        Self { name, write: Box::new(write) }
    }

    /// Returns the nanoseconds that one response takes.
    fn time(&self, out: &mut Vec<u8>, at: usize) -> f64 {
        out.resize(at, b' ');
        let start = Instant::now();
        for _ in 0..RESPONSES {
            out.truncate(at);
            (self.write)(black_box(out));
        }
        black_box(&out);
        start.elapsed().as_nanos() as f64 / f64::from(RESPONSES)
    }
}

/// Measures every contestant, ours first, and prints the medians.
///
/// # Panics
/// Panics if a contestant writes other JSON than expected.
pub(crate) fn compare(question: &str, expected: &str, contestants: &[Contestant<'_>], targets: &[Target]) {
    let mut out = Vec::with_capacity(2 * PAGE);
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("a contestant writes JSON");
    for contestant in contestants {
        out.clear();
        (contestant.write)(&mut out);
        assert_eq!(read(&out), read(expected.as_bytes()), "{} writes something else", contestant.name);
    }
    let mut times = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for round in 0..ROUNDS {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            times.push(contestant.time(&mut out, round * PAGE / ROUNDS));
        }
    }
    let medians: Vec<(&str, f64)> =
        contestants.iter().zip(times).map(|(contestant, times)| (contestant.name, median(times))).collect();
    print(&format!("{question}, {} bytes", expected.len()), &medians, targets);
}
