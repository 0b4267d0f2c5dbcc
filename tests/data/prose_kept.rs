//! Rewording a document's prose keeps all of its facts.
//!
//! The prose of the five documents was rewritten after commit 597f63e. Outsiders had compared the facts of that commit with the
//! documents line by line. `tests/data/facts-597f63e` lists these facts: the literals, numbers, counts, commands and values in each
//! field of each code, family and system. Facts may be added. A missing fact must be listed in `tests/data/corrections` with a
//! reason, so every difference from that commit is deliberate.
//!
//! The lists are generated from that commit only, never from the current registry. A test compares them with `git show
//! 597f63e:registry/NAME.toml`; it is skipped if the repository does not have that history. With `REDRAW_FACTS=1`, it writes them.

mod facts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use facts::{Fact, facts};
use mcp_error_codes::{Code, Record};

const COMMIT: &str = "597f63e";

const SYSTEMS: [&str; 5] = ["filesystem", "hyper-bun", "scrum-mcp", "super-mcp", "task-orchestrator"];

/// A line of `tests/data/corrections`: `CODE | field | OLD -> NEW | why`, or `-OLD` for a fact without a successor.
#[derive(Debug)]
struct Correction {
    place: String,
    field: String,
    change: String,
}

impl Correction {
    /// The facts before and after the change. There may be several ways to read it, because a message can contain an arrow too.
    fn readings(&self) -> Vec<(Fact, Option<Fact>)> {
        let fact = |what: &str| Fact { place: self.place.clone(), field: self.field.clone(), what: what.to_owned() };
        let gone = self.change.strip_prefix('-').map(|old| (fact(old), None));
        let arrows = self.change.match_indices(" -> ").map(|(at, arrow)| {
            let (old, new) = (&self.change[..at], &self.change[at + arrow.len()..]);
            // `count 3 -> 4` does not repeat the word.
            let counted = old.split_once(' ').filter(|(word, _)| COUNTS.contains(word));
            let new = counted.map_or(new.to_owned(), |(word, _)| format!("{word} {new}"));
            (fact(old), Some(fact(&new)))
        });
        gone.into_iter().chain(arrows).collect()
    }
}

/// The words that introduce the number of items in a list.
const COUNTS: [&str; 7] = ["count", "causes", "resolution", "prevention", "notes", "items", "rows"];

#[test]
fn no_fact_of_the_documents_is_lost_but_by_a_listed_correction() {
    let mut problems = Vec::new();
    for system in SYSTEMS {
        let before = read_facts(&snapshot(system));
        let registry = read(&format!("registry/{system}.toml"));
        let now = facts(system, &registry, Some(&|code| record(system, code)));
        assert!(before.len() > 100 && now.len() > 100, "{system}: {} and {} facts", before.len(), now.len());
        problems.extend(compare(system, &before, &now, &corrections(system)));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn the_lists_are_those_of_the_commit() {
    for system in SYSTEMS {
        let file = format!("{COMMIT}:registry/{system}.toml");
        let shown = Command::new("git").args(["show", &file]).current_dir(root()).output();
        let Some(output) = shown.ok().filter(|output| output.status.success()) else {
            println!("skipped: the history of the repository does not have {file}");
            return;
        };
        let registry = String::from_utf8(output.stdout).expect("a registry file is UTF-8");
        let drawn: String = facts(system, &registry, None).iter().map(|fact| format!("{fact}\n")).collect();
        if std::env::var_os("REDRAW_FACTS").is_some() {
            std::fs::write(root().join(snapshot(system)), &drawn).expect("the list can be written");
        }
        assert_eq!(read(&snapshot(system)), drawn, "{system}");
    }
}

#[test]
fn a_lost_fact_a_needless_correction_and_a_wrong_one_are_reported() {
    let fact = |what: &str| Fact { place: "X-1".to_owned(), field: "causes".to_owned(), what: what.to_owned() };
    let correction =
        |change: &str| Correction { place: "X-1".to_owned(), field: "causes".to_owned(), change: change.to_owned() };
    let before = [fact("10"), fact("`a`"), fact("`a`"), fact("count 3")];
    let now = [fact("`a`"), fact("count 2"), fact("`new`")];
    let full = [correction("-10"), correction("-`a`"), correction("count 3 -> 2")];
    assert_eq!(compare("x", &before, &now, &full), [""; 0]);
    assert_eq!(
        compare("x", &before, &now, &full[1..]),
        ["registry/x.toml: X-1 | causes | 10 is gone; expected it, or a line in tests/data/corrections/x.txt"]
    );
    let wrong = [correction("-10"), correction("-`a`"), correction("count 3 -> 4"), correction("-`b`")];
    assert_eq!(
        compare("x", &before, &now, &wrong),
        [
            "tests/data/corrections/x.txt: X-1 | causes | count 3 -> 4: the registry does not have the new fact",
            "tests/data/corrections/x.txt: X-1 | causes | -`b`: no such fact is gone; expected no line",
        ]
    );
}

/// The directory of the corrections contains one list for each system and nothing else.
#[test]
fn every_list_of_corrections_belongs_to_a_system() {
    let entries = std::fs::read_dir(root().join("tests/data/corrections")).expect("the directory exists");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    found.sort();
    let expected = SYSTEMS.map(|system| root().join(format!("tests/data/corrections/{system}.txt")));
    assert_eq!(found, expected);
}

/// Returns the facts that are missing without a correction, and the corrections that are not needed.
fn compare(system: &str, before: &[Fact], now: &[Fact], corrections: &[Correction]) -> Vec<String> {
    let list = format!("tests/data/corrections/{system}.txt");
    let mut left: BTreeMap<&Fact, usize> = BTreeMap::new();
    for fact in now {
        *left.entry(fact).or_default() += 1;
    }
    let mut gone: Vec<&Fact> = Vec::new();
    for fact in before {
        match left.get_mut(fact).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => gone.push(fact),
        }
    }
    let mut problems = Vec::new();
    for correction in corrections {
        let Correction { place, field, change } = correction;
        let mut readings = correction.readings().into_iter();
        let reading = readings.find_map(|(old, new)| Some((gone.iter().position(|fact| **fact == old)?, new)));
        match reading {
            Some((at, new)) => {
                gone.remove(at);
                if new.is_some_and(|new| !now.contains(&new)) {
                    problems
                        .push(format!("{list}: {place} | {field} | {change}: the registry does not have the new fact"));
                }
            }
            None => {
                problems.push(format!("{list}: {place} | {field} | {change}: no such fact is gone; expected no line"))
            }
        }
    }
    let lost = |fact: &&Fact| format!("registry/{system}.toml: {fact} is gone; expected it, or a line in {list}");
    problems.extend(gone.iter().map(lost));
    problems
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn snapshot(system: &str) -> String {
    format!("tests/data/facts-{COMMIT}/{system}.txt")
}

fn read_facts(path: &str) -> Vec<Fact> {
    let text = read(path);
    let fact = |line: &str| {
        let mut parts = line.splitn(3, " | ").map(str::to_owned);
        let mut part = || parts.next().unwrap_or_else(|| panic!("{path}: {line:?} has fewer than three parts"));
        Fact { place: part(), field: part(), what: part() }
    };
    text.lines().map(fact).collect()
}

fn corrections(system: &str) -> Vec<Correction> {
    let path = format!("tests/data/corrections/{system}.txt");
    let text = read(&path);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let correction = |(at, line): (usize, &str)| {
        let parts: Vec<_> = line.splitn(4, " | ").map(str::trim).collect();
        let [place, field, change, why] = parts[..] else {
            panic!("{path}:{}: {line:?} is not CODE | field | what changed | why", at + 1);
        };
        assert!(!why.is_empty(), "{path}:{}: the reason is missing", at + 1);
        Correction { place: place.to_owned(), field: field.to_owned(), change: change.to_owned() }
    };
    lines.map(correction).collect()
}

fn record(system: &str, code: &str) -> &'static Record {
    Code::lookup(&format!("{system}:{code}")).unwrap_or_else(|| panic!("{system}: no code {code:?}")).record()
}
