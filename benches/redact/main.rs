//! How fast are secrets looked for in harmless text, and does the time grow with the text only?
//!
//! ```text
//! cargo bench --package benches --bench redact               all questions
//! cargo bench --package benches --bench redact -- prose      one of them: prose, lines, registry, shapes, linear or scan
//! valgrind --tool=callgrind BINARY lines 10                   the instructions that ten rounds take
//! ```
//!
//! Times are medians of several rounds on one core, in processor time where the system reports it. The instructions of
//! two commits are compared on the same texts.

use std::borrow::Cow;
use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use mcp_error_codes::redact::{self, Redactor};

use report::{busy, median};

const ROUNDS: usize = 9;

/// The shortest round: Linux reports how long a program has been busy in steps of some milliseconds.
const ROUND: Duration = Duration::from_millis(200);

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let wanted = arguments.next();
    let texts = texts();
    if let Some(rounds) = arguments.next().and_then(|rounds| rounds.parse::<usize>().ok()) {
        for (_, _, lines) in texts.iter().filter(|(name, ..)| wanted.as_deref() == Some(*name)) {
            (0..rounds).for_each(|_| redact_all(lines));
        }
        return;
    }
    let is_wanted = |question: &str| wanted.as_deref().is_none_or(|wanted| wanted == question);
    for (name, target, lines) in &texts {
        if is_wanted(name) {
            let ours = megabytes_in_a_second(lines, redact_all);
            println!("{name:<10} {ours:>8.1} MB/s, {} target at least {target}", verdict(ours >= *target));
        }
    }
    if is_wanted("linear") {
        linear();
    }
    if is_wanted("scan") {
        scan(&texts);
    }
}

/// The texts, each with the minimum throughput in MB/s.
fn texts() -> Vec<(&'static str, f64, Vec<String>)> {
    let lines = |file: &str| -> Vec<String> {
        file.lines().filter(|line| !line.is_empty()).map(|line| line.replace('·', "").replace('⏎', "\n")).collect()
    };
    let prose = lines(include_str!("../../docs/architecture.md")).join(" ");
    let prose = prose.split_inclusive(". ").map(str::to_owned).collect();
    let registry = [
        include_str!("../../registry/filesystem.toml"),
        include_str!("../../registry/super-mcp.toml"),
        include_str!("../../registry/mcp.toml"),
    ];
    let registry = registry.iter().flat_map(|file| file.split('"').skip(1).step_by(2)).filter(|text| text.len() > 20);
    let shapes = lines(include_str!("../../tests/redact/corpus/measured.jsonl"));
    vec![
        ("prose", 600.0, prose),
        ("lines", 60.0, lines(include_str!("../../tests/redact/corpus/harmless_lines.txt"))),
        ("registry", 200.0, registry.map(str::to_owned).collect()),
        ("shapes", 5.0, shapes),
    ]
}

fn redact_all(lines: &[String]) {
    for line in lines {
        let _: Cow<'_, str> = black_box(redact::text(black_box(line)));
    }
}

fn verdict(is_met: bool) -> &'static str {
    if is_met { "met:" } else { "MISSED:" }
}

/// Returns how many megabytes of some lines are read in a second.
fn megabytes_in_a_second(lines: &[String], run: impl Fn(&[String])) -> f64 {
    let bytes: usize = lines.iter().map(String::len).sum();
    let rounds = (0..ROUNDS).map(|_| {
        let (start, before) = (Instant::now(), busy());
        let mut repeats = 0;
        while start.elapsed() < ROUND {
            run(lines);
            repeats += 1;
        }
        let seconds = match (before, busy()) {
            (Some(before), Some(after)) => (after - before) / 1e9,
            _ => start.elapsed().as_secs_f64(),
        };
        (bytes * repeats) as f64 / 1e6 / seconds
    });
    median(rounds.collect())
}

/// Does a text that is 16 times as long take 16 times as long?
fn linear() {
    let own = Redactor::new().with_limit(usize::MAX);
    for piece in ["the token is valid and the key is too. ", "token=", "://a:", "a_", "eyJ", "-----BEGIN "] {
        let [short, long] = [16_000, 256_000].map(|length| {
            let text = vec![piece.repeat(length / piece.len())];
            megabytes_in_a_second(&text, |lines| {
                black_box(own.text(black_box(&lines[0])));
            })
        });
        println!(
            "{piece:<40} {:>6.2} times as long for each byte, {} target at most 2",
            short / long,
            verdict(short <= 2.0 * long)
        );
    }
}

/// What would the scan alone cost with an automaton of the same beginnings?
fn scan(texts: &[(&'static str, f64, Vec<String>)]) {
    let tables = [
        include_str!("../../src/redact/shapes/clouds.rs"),
        include_str!("../../src/redact/shapes/forges.rs"),
        include_str!("../../src/redact/shapes/links.rs"),
        include_str!("../../src/redact/shapes/messages.rs"),
        include_str!("../../src/redact/shapes/models.rs"),
        include_str!("../../src/redact/shapes/monitoring.rs"),
        include_str!("../../src/redact/shapes/payment.rs"),
        include_str!("../../src/redact/shapes/saas.rs"),
        include_str!("../../src/redact/shapes/structures.rs"),
    ];
    let prefixes =
        tables.iter().flat_map(|table| table.lines()).filter(|line| line.trim_start().starts_with("Shape::"));
    let prefixes = prefixes.filter_map(|line| line.split('"').nth(3));
    let stems = include_str!("../../src/redact/stems.rs").lines().filter(|line| line.contains("(Begins::"));
    let stems = stems.filter_map(|line| line.split_once('"')?.1.rsplit_once('"').map(|(stem, _)| stem));
    let beginnings: Vec<&str> = prefixes.chain(stems).collect();
    let build = |kind| {
        let start = Instant::now();
        let mut builder = AhoCorasick::builder();
        let own = builder.ascii_case_insensitive(true).kind(Some(kind)).build(&beginnings);
        let own = own.expect("the beginnings are few");
        println!(
            "{kind:?}: {} beginnings, {} KiB, built in {:.1} ms",
            beginnings.len(),
            own.memory_usage() / 1_024,
            start.elapsed().as_secs_f64() * 1e3
        );
        own
    };
    let automata = [AhoCorasickKind::ContiguousNFA, AhoCorasickKind::DFA].map(build);
    for (name, _, lines) in texts {
        let ours = megabytes_in_a_second(lines, redact_all);
        let [small, fast] = automata.each_ref().map(|automaton| {
            megabytes_in_a_second(lines, |lines| {
                for line in lines {
                    black_box(automaton.find_iter(black_box(line)).count());
                }
            })
        });
        println!(
            "{name:<10} {ours:>8.1} MB/s for all of redaction, {small:>8.1} and {fast:>8.1} MB/s for a scan with the automata"
        );
    }
}
