//! The same registry gives the same source wherever and whenever it is generated.

use std::path::{Path, PathBuf};
use std::{fs, io};

use mcp_error_codes_build::{Error, Generator};

/// The registry of the library.
const REGISTRY: &str = "../../registry";

fn source(folder: impl Into<PathBuf>) -> String {
    generate(&Generator::new(folder))
}

/// The source of the library's registry, independent of its location.
fn library(folder: impl Into<PathBuf>) -> String {
    generate(&Generator::new(folder).__builtin())
}

fn generate(generator: &Generator) -> String {
    match generator.generate() {
        Ok(source) => source,
        Err(error) => panic!("{error}"),
    }
}

/// Creates an empty folder for a test, and returns its path.
fn empty_folder(name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[test]
fn the_same_registry_gives_the_same_bytes() {
    assert_eq!(library(REGISTRY), library(REGISTRY));
}

#[test]
fn the_place_of_the_registry_is_not_in_the_source() -> io::Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let registry = package.join(REGISTRY).canonicalize()?;
    let source = library(REGISTRY);
    assert_eq!(source, library(&registry));
    for path in [package, &registry, Path::new(REGISTRY)] {
        assert!(!source.contains(&path.display().to_string()), "{} is in the source", path.display());
    }
    Ok(())
}

#[test]
fn the_source_does_not_ask_for_features() {
    let source = library(REGISTRY);
    assert!(!source.contains("cfg(feature") && !source.contains("cfg_attr(feature"));
}

#[test]
fn the_registry_of_the_library_is_not_that_of_a_user() {
    let Err(Error::Problems(problems)) = Generator::new(REGISTRY).generate() else {
        panic!("its systems are the library's")
    };
    let systems = problems.as_slice().iter().filter(|problem| problem.message.starts_with("system "));
    let systems: Vec<_> = systems.map(|problem| problem.line).collect();
    let files = fs::read_dir(REGISTRY).expect("the folder exists").filter_map(Result::ok);
    // claims.toml has no system.
    let has_system = |path: &Path| fs::read_to_string(path).is_ok_and(|text| text.contains("\n[system]\n"));
    let files = files.filter(|file| has_system(&file.path())).count();
    assert_eq!(systems.len(), files);
    // A system is reported by its name and its module; its codes are not reported one by one.
    assert_eq!(problems.as_slice().len(), 2 * files);
}

#[test]
fn files_are_taken_in_the_order_of_their_names() -> io::Result<()> {
    let names = ["acme.toml", "demo.toml", "full.toml"];
    let [forward, backward] = [empty_folder("forward")?, empty_folder("backward")?];
    for (name, other) in names.into_iter().zip(names.into_iter().rev()) {
        fs::copy(Path::new("tests/valid").join(name), forward.join(name))?;
        fs::copy(Path::new("tests/valid").join(other), backward.join(other))?;
    }
    fs::write(backward.join("README.md"), "Other files do not count.")?;
    assert_eq!(source(&forward), source(&backward));

    for name in names {
        fs::write(forward.join(name), "system = 1")?;
    }
    let Err(Error::Problems(problems)) = Generator::new(&forward).generate() else { panic!("the registry is valid") };
    let mut files: Vec<_> = problems.as_slice().iter().map(|problem| problem.file.clone()).collect();
    files.dedup();
    assert_eq!(files, names.map(|name| forward.join(name).display().to_string()));
    Ok(())
}

#[test]
fn without_constructors_only_they_are_missing() {
    let source = source("tests/valid");
    let Ok(without) = Generator::new("tests/valid").constructors(false).generate() else { panic!("it is valid") };
    assert!(source.contains("pub fn file_missing(") && source.contains("pub fn link_broken("));
    assert!(!without.contains("pub fn ") && without.contains("pub const FILE_MISSING: Code"));
}

#[test]
fn a_large_registry_has_extracts_and_no_json() {
    let head = "[system]\nname = \"large\"\ntitle = \"Large\"\nsummary = \"Many codes.\"\n";
    let code = |at: usize| {
        format!(
            "[[codes]]\ncode = \"L-{at}\"\nname = \"E{at}\"\ntitle = \"No\"\nsummary = \"Some.\"\nhint = \"Stop.\"\n"
        )
    };
    let generate = |count| {
        let codes: String = (0..count).map(code).collect();
        let text = head.to_owned() + &codes;
        Generator::generate_from(&[("registry/large.toml", &text)]).expect("it is valid")
    };
    let (small, large) = (generate(1_000), generate(1_001));
    assert!(small.contains("JsonText::__new(") && small.contains("## Facts"));
    assert!(!large.contains("JsonText::__new(") && !large.contains("## Facts"));
    assert!(large.contains("`L-7`: No.\\n\\nSome.\\n\\nHint: Stop.\\n"));
}

#[test]
fn a_registry_of_another_author_states_what_it_does_not_say_otherwise() {
    let text = include_str!("../valid/acme.toml");
    assert_eq!(text.matches("stated = ").count(), 0);
    let everything = ", Fact::ALL, ";
    let codes = text.matches("[[codes]]").count();
    let source = Generator::generate_from(&[("registry/acme.toml", text)]).expect("it is valid");
    assert_eq!(source.matches(everything).count(), codes);

    let narrower = text.replacen("surface = \"tool\"", "surface = \"tool\"\nstated = [\"severity\"]", 1);
    let source = Generator::generate_from(&[("registry/acme.toml", &narrower)]).expect("it is valid");
    assert_eq!(source.matches(everything).count(), codes - 1);
    assert_eq!(source.matches(", &[Fact::Severity], ").count(), 1);
}

/// A registry whose only code states a kind and none of the facts that follow from it.
const OF_A_KIND: &str = r#"
[system]
name = "acme"
module = "acme"
title = "Acme"
summary = "A server."
since = "1.0.0"
reference = "manual"

[[families]]
name = "A"
title = "Errors"
summary = "What goes wrong."

[[codes]]
code = "ACME-429"
family = "A"
name = "BUSY"
title = "Busy"
summary = "Too many requests were sent."
hint = "Wait."
kind = "rate_limited"
reference = "manual, page 1"
signatures = [{ number = 429, message = "busy: {reason}", sender = "Acme 1", source = "its source" }]

[[claims]]
number = -32000
sender = "Acme 2"
meaning = "busy"
source = "its manual"

[preferred]
rate_limited = "ACME-429"
"#;

fn of_a_kind(recognition: bool) -> io::Result<String> {
    let folder = empty_folder(if recognition { "recognition" } else { "kind" })?;
    fs::write(folder.join("acme.toml"), OF_A_KIND)?;
    Ok(generate(&Generator::new(folder).recognition(recognition)))
}

#[test]
fn the_kind_of_a_code_gives_the_facts_that_its_entry_leaves_out() -> io::Result<()> {
    let source = of_a_kind(false)?;
    let facts = "Kind::RateLimited, false, 429, Severity::Warn, Category::Validation, true, \
                 Retry::new(RetryClass::RetryAfterDelay), Surface::Tool";
    assert!(source.contains(facts), "{source}");
    // It has no JSON-RPC number.
    assert!(!source.contains("JsonRpcNumber::") && source.contains("\\\"code\\\":-32603,"), "{source}");
    assert!(source.contains("PREFERRED: [(Kind, u16); 1] = [\n        (Kind::RateLimited, 0),\n"), "{source}");

    let without = OF_A_KIND.replace("kind = \"rate_limited\"\n", "");
    let source = Generator::generate_from(&[("acme.toml", &without)]).expect("operation_failed is the default");
    let facts = "Kind::OperationFailed, false, 500, Severity::Error, Category::General, true, \
                 Retry::new(RetryClass::RetryAfterChange), Surface::Tool";
    assert!(source.contains(facts), "{source}");
    let stated = "http_status = 500\nseverity = \"ERROR\"\ncategory = \"GENERAL\"\nrecoverable = true\n\
                  retry = { class = \"do-not-retry\" }\nsurface = \"tool\"\n";
    let stated = OF_A_KIND.replace("kind = \"rate_limited\"\n", stated);
    let source = Generator::generate_from(&[("acme.toml", &stated)]).expect("every fact is there");
    let facts = "Kind::OperationFailed, false, 500, Severity::Error, Category::General, true, \
                 Retry::new(RetryClass::DoNotRetry), Surface::Tool";
    assert!(source.contains(facts), "{source}");
    Ok(())
}

#[test]
fn signatures_and_claims_are_written_for_recognition_only() -> io::Result<()> {
    let (without, with) = (of_a_kind(false)?, of_a_kind(true)?);
    assert!(!without.contains("Signature") && !without.contains("Claim::") && !without.contains("Acme 2"), "{without}");
    let signature =
        "Signature::__new(Some(429), Some(\"busy: {reason}\"), None, None, \"Acme 1\", None, false, \"its source\")";
    assert!(with.contains(&format!(", &[{signature}])")), "{with}");
    assert!(with.contains("Claim::__new(Some(-32000), None, \"Acme 2\", \"busy\", None, \"its manual\")"), "{with}");
    Ok(())
}
