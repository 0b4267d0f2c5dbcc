//! A lock keeps what a registry has published: every line is read or reported, and every difference has a class.

use mcp_error_codes_build::{ChangeClass, Error, Generator, Lock, Problems, UpdateLock};
use std::path::{Path, PathBuf};
use std::{fs, io};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Returns a published code, and the same code with one fact changed.
const OLD: &str = "acme:A-001 50001 tool 404 do-not-retry active";

fn lock(text: &str) -> Result<Lock, Problems> {
    Lock::parse("registry.lock", text)
}

/// Returns the differences of two locks as text.
fn differences(old: &str, new: &str) -> Result<Vec<String>, Problems> {
    Ok(lock(old)?.differences(&lock(new)?).iter().map(ToString::to_string).collect())
}

/// Creates an empty folder for a test with the registry `demo.toml`, in which one text is replaced by another.
fn registry(name: &str, from: &str, to: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock").join(name);
    fs::create_dir_all(&folder)?;
    let demo = include_str!("../valid/demo.toml");
    assert!(demo.contains(from), "{demo}");
    fs::write(folder.join("demo.toml"), demo.replace(from, to))?;
    Ok(folder)
}

#[test]
fn each_change_has_its_class() -> Outcome {
    let changes = [
        ("acme:A-001 50002 tool 404 do-not-retry active", "major: acme:A-001 has a different number"),
        ("acme:A-001 50001@..2025-11-25 tool 404 do-not-retry active", "major: acme:A-001 has a different number"),
        (
            "acme:A-001 50001,50002@2026-07-28.. tool 404 do-not-retry active",
            "major: acme:A-001 has a different number",
        ),
        ("acme:A-001 50001 protocol 404 do-not-retry active", "major: acme:A-001 has a different surface"),
        ("acme:A-001 50001 tool 410 do-not-retry active", "major: acme:A-001 has a different http_status"),
        ("acme:A-001 50001 tool 404 retry-now-safe active", "major: acme:A-001 has a different retry class"),
        ("acme:A-001 50001 tool 404 do-not-retry deprecated", "minor: acme:A-001 is deprecated"),
        (
            "acme:A-001 50002 protocol 410 retry-now-safe deprecated",
            "major: acme:A-001 has a different number, surface, http_status, retry class and is deprecated",
        ),
    ];
    for (new, told) in changes {
        assert_eq!(differences(OLD, new)?, [format!("{told}\n- {OLD}\n+ {new}")]);
    }
    let deprecated = OLD.replace("active", "deprecated");
    let told = format!("major: acme:A-001 is no longer deprecated\n- {deprecated}\n+ {OLD}");
    assert_eq!(differences(&deprecated, OLD)?, [told]);
    assert_eq!(differences("", OLD)?, [format!("minor: acme:A-001 is added\n+ {OLD}")]);
    assert_eq!(differences("", &deprecated)?, [format!("minor: acme:A-001 is added\n+ {deprecated}")]);
    assert_eq!(differences(OLD, "")?, [format!("major: acme:A-001 is removed\n- {OLD}")]);
    assert_eq!(differences(OLD, OLD)?, [""; 0]);
    Ok(())
}

/// A complete line of a code.
const FULL: &str = "acme:A-001 50001 tool 404 retry-after-delay not_found LOST acme A WARN RESOURCE true \
                    exponential/5/100/5000 number:integer,title:string GONE(since:string);MOVED old,older active";

#[test]
fn each_fact_of_a_whole_line_has_its_class() -> Outcome {
    let changes = [
        (" LOST ", " MISSING ", "major: acme:A-001 has a different name"),
        (" acme ", " acme2 ", "major: acme:A-001 has a different module"),
        (" A ", " B ", "minor: acme:A-001 has a different family"),
        ("WARN", "ERROR", "minor: acme:A-001 has a different severity"),
        ("RESOURCE", "GENERAL", "minor: acme:A-001 has a different category"),
        ("true", "false", "major: acme:A-001 has a different recoverable"),
        ("/5000", "/9000", "minor: acme:A-001 has a different retry schedule"),
        ("exponential/5/100/5000", "-", "minor: acme:A-001 has a different retry schedule"),
        ("not_found", "conflict", "major: acme:A-001 has a different kind"),
        // If two parameters swap places, callers may still compile, but are wrong.
        ("number:integer,title:string", "title:string,number:integer", "major: acme:A-001 has different params"),
        ("title:string", "title:list", "major: acme:A-001 has different params"),
        ("number:integer,title:string", "number:integer", "major: acme:A-001 has different params"),
        ("number:integer,title:string", "-", "major: acme:A-001 has different params"),
        ("title:string", "title:string,extra:string", "major: acme:A-001 has different params"),
        ("GONE(since:string)", "GONE(until:string)", "major: acme:A-001 has different scenarios"),
        ("GONE(since:string);MOVED", "GONE(since:string)", "major: acme:A-001 has different scenarios"),
        (";MOVED", ";MOVED;LEFT", "minor: acme:A-001 has different scenarios"),
        ("old,older", "old", "major: acme:A-001 has different aliases"),
        ("old,older", "oldest,old,older", "minor: acme:A-001 has different aliases"),
        ("active", "deprecated", "minor: acme:A-001 is deprecated"),
        ("LOST acme A WARN", "GONE acme A FATAL", "major: acme:A-001 has a different name, severity"),
        ("old,older active", "old,new deprecated", "major: acme:A-001 has different aliases and is deprecated"),
    ];
    for (from, to, told) in changes {
        let new = FULL.replace(from, to);
        assert_ne!(new, FULL, "{from}");
        assert_eq!(differences(FULL, &new)?, [format!("{told}\n- {FULL}\n+ {new}")]);
    }
    // A fact that an old line lacks counts as unchanged.
    assert_eq!(differences("acme:A-001 50001 tool 404 retry-after-delay active", FULL)?, [""; 0]);
    Ok(())
}

/// A registry whose first code has every fact of a lock.
const EVERY_FACT: &str = r#"
[system]
name = "acme"
module = "acme"
title = "Acme"
summary = "A server."

[[families]]
name = "A"
title = "Family A"
summary = "Some errors."

[[families]]
name = "B"
title = "Family B"
summary = "Other errors."

[[codes]]
code = "A-1"
family = "A"
name = "LOST"
title = "Lost"
summary = "The parcel is lost."
hint = "Ask the user for another one."
message = "parcel {number} of {owner} is lost"
params = [{ name = "number", type = "integer", description = "its number" }, { name = "owner", type = "string", description = "its owner" }]
kind = "unavailable"
http_status = 503
severity = "WARN"
category = "RESOURCE"
recoverable = true
retry = { class = "retry-after-delay", backoff = "exponential", attempts = 5, initial_ms = 100, max_ms = 5000 }
surface = "tool"
json_rpc = [{ number = 100001 }]
aliases = ["astray", "mislaid"]
scenarios = [
  { name = "BURNT", title = "Burnt", message = "parcel {number} burnt", params = [{ name = "number", type = "integer", description = "its number" }] },
  { name = "STOLEN", title = "Stolen" },
]

[[codes]]
code = "A-2"
family = "A"
name = "WET"
title = "Wet"
summary = "The parcel is wet."
hint = "Dry it."

[[codes]]
code = "B-1"
family = "B"
name = "HEAVY"
title = "Heavy"
summary = "The parcel is heavy."
hint = "Unpack it."
"#;

/// What is changed in [`EVERY_FACT`], and the column and class of the change.
const CHANGES: [(&str, &str, &str, ChangeClass); 27] = [
    ("100001", "100009", "number", ChangeClass::Major),
    ("[{ number = 100001 }]", "[]", "number", ChangeClass::Major),
    ("number = 100001", "number = 100001, since = \"2025-11-25\"", "number", ChangeClass::Major),
    ("surface = \"tool\"", "surface = \"protocol\"", "surface", ChangeClass::Major),
    ("503", "502", "http_status", ChangeClass::Major),
    ("retry-after-delay", "retry-now-safe", "retry_class", ChangeClass::Major),
    ("\"unavailable\"", "\"timeout\"", "kind", ChangeClass::Major),
    ("\"LOST\"", "\"GONE\"", "name", ChangeClass::Major),
    ("module = \"acme\"", "module = \"acme_errors\"", "module", ChangeClass::Major),
    ("code = \"A-1\"\nfamily = \"A\"", "code = \"A-1\"\nfamily = \"B\"", "family", ChangeClass::Minor),
    ("\"WARN\"", "\"ERROR\"", "severity", ChangeClass::Minor),
    ("\"RESOURCE\"", "\"GENERAL\"", "category", ChangeClass::Minor),
    ("recoverable = true", "recoverable = false", "recoverable", ChangeClass::Major),
    ("\"exponential\"", "\"linear\"", "retry_schedule", ChangeClass::Minor),
    ("attempts = 5, ", "", "retry_schedule", ChangeClass::Minor),
    ("max_ms = 5000", "max_ms = 9000", "retry_schedule", ChangeClass::Minor),
    ("owner", "sender", "params", ChangeClass::Major),
    ("name = \"owner\", type = \"string\"", "name = \"owner\", type = \"list\"", "params", ChangeClass::Major),
    // Two texts that change places compile and are wrong.
    (NUMBER_AND_OWNER, OWNER_AND_NUMBER, "params", ChangeClass::Major),
    ("\"BURNT\"", "\"SOAKED\"", "scenarios", ChangeClass::Major),
    ("  { name = \"STOLEN\", title = \"Stolen\" },\n", "", "scenarios", ChangeClass::Major),
    (
        "burnt\", params = [{ name = \"number\", type = \"integer\"",
        "burnt\", params = [{ name = \"number\", type = \"string\"",
        "scenarios",
        ChangeClass::Major,
    ),
    (
        "title = \"Stolen\" },",
        "title = \"Stolen\" },\n{ name = \"EATEN\", title = \"Eaten\" },",
        "scenarios",
        ChangeClass::Minor,
    ),
    ("\"astray\", \"mislaid\"", "\"mislaid\"", "aliases", ChangeClass::Major),
    ("\"astray\", \"mislaid\"", "\"mislaid\", \"astray\", \"gone astray\"", "aliases", ChangeClass::Minor),
    ("http_status = 503", "http_status = 503\ndeprecated_since = \"2.0.0\"", "state", ChangeClass::Minor),
    ("code = \"A-1\"", "code = \"A-9\"", "system:code", ChangeClass::Major),
];

const NUMBER_AND_OWNER: &str = "[{ name = \"number\", type = \"integer\", description = \"its number\" }, { name = \"owner\", type = \"string\", description = \"its owner\" }]";
const OWNER_AND_NUMBER: &str = "[{ name = \"owner\", type = \"string\", description = \"its owner\" }, { name = \"number\", type = \"integer\", description = \"its number\" }]";

/// Returns the lock of a registry of one file.
fn lock_of(name: &str, text: &str) -> Result<Lock, Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock").join(name);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("acme.toml"), text)?;
    Ok(Generator::new(&folder).lock().map_err(|error| format!("{text}\n{error}"))?)
}

#[test]
fn a_change_of_each_fact_in_a_registry_is_in_its_column_with_its_class() -> Outcome {
    let old = lock_of("facts", EVERY_FACT)?;
    let mut walked = std::collections::BTreeSet::new();
    for (from, to, column, class) in CHANGES {
        assert!(EVERY_FACT.contains(from), "{from}");
        let new = lock_of("facts", &EVERY_FACT.replace(from, to))?;
        let differences = old.differences(&new);
        assert_eq!(ChangeClass::of(&differences), class, "{from} -> {to}: {differences:?}");
        let own = differences.iter().find(|difference| difference.to_string().contains(" acme:A-1 "));
        let facts = own.ok_or_else(|| format!("{from} -> {to} is no change"))?.facts();
        match column {
            // A code with another name is another code.
            "system:code" => assert_eq!((facts.len(), differences.len()), (0, 2)),
            _ => assert_eq!(facts, [(column, class)], "{from} -> {to}"),
        }
        walked.insert(column);
        // The reverse of a minor change of a list or a state takes something away.
        if class == ChangeClass::Minor && ["scenarios", "aliases", "state"].contains(&column) {
            assert_eq!(ChangeClass::of(&new.differences(&old)), ChangeClass::Major, "{to} -> {from}");
        }
    }
    let columns: std::collections::BTreeSet<_> = Lock::columns().map(|(name, _)| name).collect();
    assert_eq!(walked, columns);

    // Wording is not in a lock.
    for word in ["is lost\"", "title = \"Lost\"", "The parcel is lost.", "another one"] {
        assert!(EVERY_FACT.contains(word), "{word}");
        let quoted = if word.ends_with('"') { "of Acme\"" } else { "of Acme" };
        let to = word.trim_end_matches('"').to_owned() + " " + quoted;
        assert_eq!(old.differences(&lock_of("facts", &EVERY_FACT.replace(word, &to))?), []);
    }
    Ok(())
}

#[test]
fn any_text_is_one_word_of_a_line() -> Outcome {
    let folder = registry("words", "reference = \"Demo manual, error 1\"", ALIASES)?;
    let lock = Generator::new(&folder).lock()?;
    let entry = &lock.entries()[0];
    assert_eq!(entry.aliases.as_deref(), Some(["a, b; 50 % (c:d)", "Zu viele Anfragen"].map(str::to_owned).as_slice()));
    assert_eq!(self::lock(&lock.to_string())?, lock);
    assert!(
        entry.to_string().ends_with(" a%2C%20b%3B%2050%20%25%20%28c%3Ad%29,Zu%20viele%20Anfragen active"),
        "{entry}"
    );
    Ok(())
}

const ALIASES: &str = "aliases = [\"a, b; 50 % (c:d)\", \"Zu viele Anfragen\"]";

#[test]
fn the_first_line_names_the_columns() -> Outcome {
    // A file may have fewer columns, or columns of a later version.
    let old = lock(
        "# system:code number surface http_status retry_class name state\nacme:A-001 1 tool 404 do-not-retry LOST active",
    )?;
    assert_eq!((old.entries()[0].name.as_deref(), &old.entries()[0].kind), (Some("LOST"), &None));
    let told = lock("# system:code colour state\n").expect_err("there is no such column");
    assert_eq!(
        told.to_string(),
        "registry.lock:1: column \"colour\" is unknown; a newer version may have written the file [lock-columns]"
    );
    Ok(())
}

#[test]
fn the_readme_promises_what_the_lock_has() -> Outcome {
    let readme = fs::read_to_string("../../registry/README.md")?;
    let rows: Vec<_> = Lock::columns().map(|(name, change)| format!("| `{name}` | {change} |")).collect();
    let table = format!("| fact | a change is |\n|---|---|\n{}\n", rows.join("\n"));
    assert!(readme.contains(&table), "registry/README.md has no such table:\n{table}");
    Ok(())
}

#[test]
fn what_a_registry_extends_is_not_in_its_lock() -> Outcome {
    let folder = registry("extends", "", "")?;
    let without = Generator::new(&folder).lock()?;
    let extends = "[[extends]]\ncode = \"filesystem:FS-001\"\nhint = \"Ask the team.\"\n";
    fs::write(folder.join("team.toml"), extends)?;
    assert_eq!(Generator::new(&folder).lock()?, without);
    // The lock of a registry with only extensions is empty.
    fs::remove_file(folder.join("demo.toml"))?;
    assert!(Generator::new(&folder).lock()?.entries().is_empty());
    Ok(fs::remove_file(folder.join("team.toml"))?)
}

#[test]
fn a_code_of_another_system_is_another_code() -> Outcome {
    let other = OLD.replace("acme", "other");
    let told = [format!("major: acme:A-001 is removed\n- {OLD}"), format!("minor: other:A-001 is added\n+ {other}")];
    assert_eq!(differences(OLD, &other)?, told);
    Ok(())
}

#[test]
fn the_class_of_many_is_that_of_the_worst() -> Outcome {
    let [none, deprecated, removed] = ["", &OLD.replace("active", "deprecated"), ""].map(lock);
    let (none, old) = (none?, lock(OLD)?);
    assert_eq!(ChangeClass::of(&old.differences(&old)), ChangeClass::Patch);
    assert_eq!(ChangeClass::of(&none.differences(&old)), ChangeClass::Minor);
    assert_eq!(ChangeClass::of(&old.differences(&deprecated?)), ChangeClass::Minor);
    assert_eq!(ChangeClass::of(&old.differences(&removed?)), ChangeClass::Major);
    assert!(ChangeClass::Patch < ChangeClass::Minor && ChangeClass::Minor < ChangeClass::Major);
    Ok(())
}

#[test]
fn a_lock_is_written_sorted_and_read_again() -> Outcome {
    let lines = [
        "a:9 1 tool 400 do-not-retry active",
        "b-1:-32001 -32001@..2025-11-25,-33001@2026-07-28.. protocol 404 retry-after-change active",
        "b-1:10 2@2025-03-26..2025-06-18 tool 599 re-auth-then-retry deprecated",
        "b-1:A.1_b -2147483648,2147483647@2026-07-28.. tool 500 retry-after-delay active",
    ];
    let backward: Vec<_> = lines.iter().rev().copied().collect();
    let lock = lock(&format!("# A comment\r\n\r\n  \n{}\r\n#", backward.join("\r\n")))?;
    let text = lock.to_string();
    let written: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(written, lines);
    assert_eq!(
        text.lines().next(),
        Some(
            "# system:code number surface http_status retry_class kind name module family severity category recoverable \
             retry_schedule params scenarios aliases state"
        )
    );
    assert_eq!(self::lock(&text)?, lock);
    Ok(())
}

#[test]
fn every_line_that_cannot_be_read_is_told() {
    let text = "\
# comment
acme:A-001 50001 tool 404 do-not-retry active
acme:A-002 50001 tool 404 do-not-retry
<<<<<<< HEAD
A-003 x toll 40 never gone
:A-004 50001@2025 tool 600 do-not-retry active
acme: 50001@..2025-11-24 Tool 0404 do-not-retry active
acme:A-001 50009 tool 404 do-not-retry active
acme:A-005 9223372036854775808 tool 404 do-not-retry active";
    let classes = "retry-now-safe, retry-after-delay, retry-after-change, do-not-retry, re-auth-then-retry";
    let like = "expected one like 33001 or, by protocol version, -32001@..2025-11-25,-33001@2026-07-28..";
    let columns: Vec<_> = Lock::columns().map(|(name, _)| name).collect();
    let words = format!("expected {}: {}", columns.len(), columns.join(" "));
    let expected = [
        format!("registry.lock:3: line has 5 words; {words}"),
        format!("registry.lock:4: line has 2 words; {words}"),
        "registry.lock:5: \"A-003\" is not the name of a code; expected \"system:code\"".to_owned(),
        "registry.lock:5: http_status \"40\" is not a number between 400 and 599".to_owned(),
        format!("registry.lock:5: number \"x\" is invalid; {like}"),
        format!("registry.lock:5: retry class \"never\" is not one of: {classes}"),
        "registry.lock:5: state \"gone\" is not one of: active, deprecated".to_owned(),
        "registry.lock:5: surface \"toll\" is not one of: tool, protocol, local".to_owned(),
        "registry.lock:6: \":A-004\" is not the name of a code; expected \"system:code\"".to_owned(),
        "registry.lock:6: http_status \"600\" is not a number between 400 and 599".to_owned(),
        format!("registry.lock:6: number \"50001@2025\" is invalid; {like}"),
        "registry.lock:7: \"acme:\" is not the name of a code; expected \"system:code\"".to_owned(),
        format!("registry.lock:7: number \"50001@..2025-11-24\" is invalid; {like}"),
        "registry.lock:7: surface \"Tool\" is not one of: tool, protocol, local".to_owned(),
        "registry.lock:8: code \"acme:A-001\" occurs twice; first at registry.lock:2".to_owned(),
        format!("registry.lock:9: number \"9223372036854775808\" is invalid; {like}"),
    ];
    let told = lock(text).expect_err("most lines are wrong");
    let lines: Vec<_> = told
        .as_slice()
        .iter()
        .map(|problem| format!("{}:{}: {}", problem.file, problem.line, problem.message))
        .collect();
    assert_eq!(lines, expected);
    let checks: Vec<_> = told.as_slice().iter().map(|problem| problem.check).collect();
    assert_eq!(checks.iter().filter(|check| **check == "lock-duplicate").count(), 1);
    assert!(told.to_string().ends_with(" [lock-entry]"));
}

/// The lines of `tests/valid`.
const EXPECTED: [&str; 7] = [
    "acme:-32042 -32042@2025-11-25..2025-11-25 tool 500 do-not-retry operation_failed ASK acme A ERROR GENERAL true - - - - active",
    "acme:A-001 -32602 tool 500 do-not-retry operation_failed FILE_NOT_FOUND acme A ERROR GENERAL true - - - - active",
    "acme:A-002 -32602 tool 500 do-not-retry operation_failed BAD_CURSOR acme A ERROR GENERAL true - - - - active",
    "acme:A-004 50004 tool 500 do-not-retry operation_failed GONE acme A ERROR GENERAL true - - - - deprecated",
    "demo:D-1 100001 tool 500 do-not-retry operation_failed ONE demo D ERROR GENERAL true - - - - active",
    "full:-32602 -32602 protocol 500 do-not-retry operation_failed BAD_REQUEST everything F ERROR GENERAL true - - - - active",
    "full:F-001 -32009@..2025-11-25,-33109@2026-07-28.. tool 500 retry-after-delay operation_failed FileMissing everything F \
     ERROR GENERAL true linear/3/1000/5000 path:string,others:list,seconds:integer LINK_BROKEN(link:string) no%20file active",
];

#[test]
fn a_lock_has_every_code_of_its_registry() -> Outcome {
    let lock = Generator::new("tests/valid").lock()?;
    let lines: Vec<_> = lock.entries().iter().map(ToString::to_string).collect();
    assert_eq!(lines[..EXPECTED.len()], EXPECTED);
    Ok(())
}

#[test]
fn a_lock_follows_where_it_may() -> Outcome {
    use UpdateLock::{Compatible, Major, No};

    let folder = registry("follows", "100001", "100001")?;
    let file = folder.join("registry.lock");
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let (generator, name) = (Generator::new(&folder), file.display());
    let old = "demo:D-1 100001 tool 500 do-not-retry operation_failed ONE demo D ERROR GENERAL true - - - - active";
    let error = generator.try_check_lock(&file, No).expect_err("there is no lock");
    assert_eq!(error.to_string(), format!("{name}: there is no such file; UPDATE_LOCK=1 cargo test creates it"));
    assert!(!file.exists());

    let written = generator.try_check_lock(&file, Compatible)?;
    assert_eq!(
        written.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [format!("minor: demo:D-1 is added\n+ {old}")]
    );
    assert_eq!(fs::read_to_string(&file)?, generator.lock()?.to_string());
    assert_eq!(generator.try_check_lock(&file, No)?, []);

    // A minor change fails without `UPDATE_LOCK`, and is then written.
    registry("follows", "reference = \"Demo manual, error 1\"", "deprecated_since = \"1.1.0\"\nreference = \"D\"")?;
    let new = old.replace("active", "deprecated");
    let told = format!(
        "{name}: the registry differs from what is published\nminor: demo:D-1 is deprecated\n- {old}\n+ {new}\n\
         UPDATE_LOCK=1 cargo test writes the changes"
    );
    assert_eq!(generator.try_check_lock(&file, No).map_err(|error| error.to_string()), Err(told));
    assert_eq!(generator.try_check_lock(&file, Compatible)?.len(), 1);
    assert!(fs::read_to_string(&file)?.contains(&new));

    // A major change is written only with `UPDATE_LOCK=major`.
    registry("follows", "100001", "100002")?;
    let before = fs::read_to_string(&file)?;
    let now = "demo:D-1 100002 tool 500 do-not-retry operation_failed ONE demo D ERROR GENERAL true - - - - active";
    let told = format!(
        "{name}: the registry differs from what is published\n\
         major: demo:D-1 has a different number and is no longer deprecated\n- {new}\n+ {now}\n\
         UPDATE_LOCK=1 writes minor changes only: a published code stays as it is, or becomes deprecated\n\
         for the next major version, UPDATE_LOCK=major cargo test writes every change"
    );
    for update in [No, Compatible] {
        let error = generator.try_check_lock(&file, update).expect_err("the number is published");
        assert_eq!(error.to_string(), told);
        assert!(matches!(error, Error::Lock { path, differences } if path == file && differences.len() == 1));
        assert_eq!(fs::read_to_string(&file)?, before);
    }
    assert_eq!(generator.try_check_lock(&file, Major)?.len(), 1);
    assert_eq!(fs::read_to_string(&file)?, before.replace(&new, now));
    Ok(())
}

#[test]
fn a_lock_that_cannot_be_read_is_never_written_over() -> Outcome {
    let folder = registry("unreadable", "100001", "100001")?;
    let file = folder.join("registry.lock");
    fs::write(&file, "demo:D-1")?;
    for update in [UpdateLock::No, UpdateLock::Compatible, UpdateLock::Major] {
        let error = Generator::new(&folder).try_check_lock(&file, update).expect_err("the line is no entry");
        assert!(matches!(&error, Error::Problems(problems) if problems.as_slice()[0].line == 1), "{error}");
        assert_eq!(fs::read_to_string(&file)?, "demo:D-1");
    }
    fs::write(&file, b"\xff")?;
    let error = Generator::new(&folder).try_check_lock(&file, UpdateLock::Major).expect_err("it is not text");
    assert!(matches!(error, Error::Io { error, .. } if error.kind() == io::ErrorKind::InvalidData));
    Ok(())
}

#[test]
fn better_wording_is_no_difference() -> Outcome {
    let folder = registry("wording", "It went wrong.", "It went wrong, and the demo stopped.")?;
    let file = folder.join("registry.lock");
    let published = Generator::new("tests/valid").lock()?.to_string();
    let lines: Vec<_> = published.lines().filter(|line| line.starts_with("demo:")).rev().collect();
    fs::write(&file, lines.join("\n"))?;
    assert_eq!(Generator::new(&folder).try_check_lock(&file, UpdateLock::No)?, []);
    assert_eq!(fs::read_to_string(&file)?, lines.join("\n"));
    // An update writes the file in its normal form.
    assert_eq!(Generator::new(&folder).try_check_lock(&file, UpdateLock::Compatible)?, []);
    assert_eq!(fs::read_to_string(&file)?, Generator::new(&folder).lock()?.to_string());
    Ok(())
}

#[test]
fn what_is_public_is_plain_data() {
    fn is_plain<T: std::fmt::Debug + Send + Sync + 'static>() {}
    is_plain::<(Lock, mcp_error_codes_build::LockEntry, mcp_error_codes_build::Difference)>();
    is_plain::<(ChangeClass, UpdateLock, Generator, Problems, Error)>();
}

#[test]
fn a_registry_with_mistakes_has_no_lock() {
    let error = Generator::new("tests/fixtures/duplicate_system").lock().expect_err("it has mistakes");
    assert!(matches!(error, Error::Problems(problems) if problems.as_slice().len() == 3));
}
