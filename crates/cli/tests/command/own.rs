//! `--registry` shows the codes of TOML files, `check` checks the files, and `new` creates them.

use std::fs;
use std::path::Path;

use crate::run::{Checked, Run, run, run_with};

/// A registry of another author, with unusual codes and two files for one system.
const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/own_registry/registry");

fn own(arguments: &[&str]) -> Run {
    run(&[&["--registry", OWN], arguments].concat())
}

#[test]
fn every_lookup_knows_the_codes_of_the_files_and_those_of_the_command() -> Checked {
    for (query, title) in [
        ("ACME-001", "Label not found"),
        ("acme:-32603", "Broken"),
        ("S3::NoSuchBucket", "No such bucket"),
        ("auth/invalid-token", "Invalid token"),
        ("depot:NOT_FOUND", "Not found"),
        ("NOT_FOUND", "Not found"),
        ("50001", "Label not found"),
        ("no label at /labels/7", "Label not found"),
        ("FS-001", "File Not Found"),
    ] {
        let out = own(&["explain", query]).out;
        assert!(out.contains(&format!(": {title}\n")), "{query}: {out}");
    }
    let body = r#"{"error":{"code":"auth/invalid-token","message":"it broke"}}"#;
    let decoded = run_with(&["decode", "--registry", OWN], body.as_bytes()).found();
    assert!(decoded.contains("auth/invalid-token"), "{decoded}");
    let miss = own(&["explain", "ACME-0O1"]).missed();
    assert!(miss.contains("ACME-001"), "{miss}");
    Ok(())
}

#[test]
fn lists_and_exports_have_the_codes_of_the_files_only() -> Checked {
    let list = own(&["list"]).found();
    assert!(list.contains("ACME-001") && list.contains("1045/28000") && !list.contains("FS-001"), "{list}");
    let both = own(&["list", "--with-builtin"]).found();
    assert!(both.contains("ACME-001") && both.contains("FS-001"), "{both}");
    let of_system = own(&["list", "--system", "depot", "--severity", "FATAL"]).found();
    assert!(of_system.contains("ABORTED") && !of_system.contains("ACME-001"), "{of_system}");
    assert!(own(&["list", "--system", "filesystem"]).err.contains("possible values: acme, depot"));

    let empty = tempfile::NamedTempFile::new()?;
    let audit = own(&["audit", empty.path().to_str().ok_or("not text")?]).out;
    assert!(audit.contains(&format!("0 codes seen, {} defined codes never seen", list.lines().count())), "{audit}");

    let search = own(&["search", "bucket"]).found();
    assert!(search.starts_with("S3::NoSuchBucket\t"), "{search}");
    let export = own(&["export", "json"]).json()?;
    let systems: Vec<_> = export["systems"].as_array().into_iter().flatten().map(|system| &system["name"]).collect();
    assert_eq!(systems, ["acme", "depot"]);
    assert_eq!(export["codes"].as_array().map(Vec::len), Some(list.lines().count()));
    for target in ["json-schema", "markdown", "typescript", "python"] {
        let text = own(&["export", target]).found();
        assert!(text.contains("ACME-001") && !text.contains("NX-MCP-001"), "{target}");
    }
    Ok(())
}

#[test]
fn exports_of_texts_with_the_marks_of_a_language_are_still_that_language() -> Checked {
    let folder = tempfile::tempdir()?;
    let head = "[system]\nname = \"none\"\ntitle = 'Three \"\"\" and a \\'\nsummary = \"S.\"\n";
    let code = "\n[[codes]]\ncode = \"N-1\"\nname = \"NO_FILE\"\ntitle = \"No file matches **/*.rs\"\nsummary = \"S.\"\nhint = \"H.\"\n";
    fs::write(folder.path().join("none.toml"), head.to_owned() + code)?;
    let export = |target| run(&["--registry", folder.path().to_str().unwrap_or_default(), "export", target]).found();

    let module = export("typescript");
    assert!(module.contains("    /** No file matches **\\/*.rs */\n    NO_FILE: \"N-1\",\n"), "{module}");
    let comments = module.lines().filter(|line| line.trim_start().starts_with("/**"));
    assert!(comments.clone().count() > 10);
    comments.for_each(|line| assert_eq!(line.find("*/"), Some(line.len() - 2), "{line}"));

    let module = export("python");
    let class = "class None_(str, Enum):\n    \"\"\"The codes of Three \\\"\\\"\\\" and a \\\\.\"\"\"\n\n    NO_FILE = \"N-1\"\n";
    assert!(module.contains(class), "{module}");
    Ok(())
}

#[test]
fn a_former_code_has_the_runbook_of_its_successor_in_another_system() -> Checked {
    let folder = tempfile::tempdir()?;
    let head = "[system]\nname = \"acme\"\ntitle = \"Acme\"\nsummary = \"S.\"\n";
    let code = |code: &str, more: &str| {
        format!(
            "\n[[codes]]\ncode = \"{code}\"\nname = \"{code}\"\ntitle = \"{code} failed\"\nsummary = \"S.\"\nhint = \"H.\"\n{more}"
        )
    };
    let former =
        |successor: &str| format!("since = \"1.0.0\"\ndeprecated_since = \"1.1.0\"\nsuperseded_by = \"{successor}\"\n");
    let codes = code("OLD", &former("filesystem:FS-001")) + &code("OLDER", &former("NEW")) + &code("NEW", "");
    fs::write(folder.path().join("acme.toml"), head.to_owned() + &codes)?;
    let given = folder.path().to_str().ok_or("not text")?;
    for (query, title) in [("acme:OLD", "FS-001"), ("acme:OLDER", "NEW"), ("acme:NEW", "NEW"), ("FS-001", "FS-001")] {
        let shown = run(&["--registry", given, "runbook", query]).found();
        assert!(shown.lines().next().is_some_and(|line| line.contains(title)), "{query}: {shown}");
    }
    Ok(())
}

#[test]
fn examples_and_defaults_are_codes_of_the_files() -> Checked {
    let queries = own(&["alerts", "--logql"]).found();
    assert!(queries.contains("\n{app=\"acme\"} |= `ACME-001`\n"), "{queries}");
    for arguments in [
        &["alerts", "--logql"] as &[_],
        &["alerts", "--grafana"],
        &["alerts", "--alertmanager"],
        &["budget", "--help"],
        &["alerts", "--help"],
    ] {
        let out = own(arguments).found();
        assert!(!out.contains("NX-MCP-001") && !out.contains("hyper-bun"), "{arguments:?}: {out}");
    }
    Ok(())
}

#[test]
fn a_catalogue_has_the_title_of_its_team_and_a_page_for_every_code() -> Checked {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("site");
    let arguments = ["--title", "Acme errors", "--footer", "Ask us.", "--base", "https://errors.acme.example/"];
    own(&[&["site", path.to_str().ok_or("not text")?], arguments.as_slice()].concat()).found();
    let index = fs::read_to_string(path.join("index.html"))?;
    for text in ["<title>Acme errors</title>", "<p>Ask us.</p>", "href=\"https://errors.acme.example/\""] {
        assert!(index.contains(text), "{text}");
    }
    assert!(!index.contains("filesystem"), "the codes are those of the files");
    // A code that looks like a path stays in the folder of its system.
    let page = fs::read_to_string(path.join("depot/auth~2finvalid-token.html"))?;
    assert!(page.contains("href=\"https://errors.acme.example/depot/auth~2finvalid-token.html\""), "{page}");
    assert!(page.contains("href=\"../assets/style.css\""), "{page}");
    assert!(path.join("depot/s3~3a~3anosuchbucket.html").is_file());
    Ok(())
}

#[test]
fn what_a_registry_adds_to_other_codes_is_shown_with_them() -> Checked {
    let folder = tempfile::tempdir()?;
    let text =
        "[[extends]]\ncode = \"hyper-bun:NX-MCP-001\"\nhint = \"Ask the tools team.\"\naliases = [\"tool crash\"]\n";
    fs::write(folder.path().join("team.toml"), text)?;
    let given = folder.path().to_str().ok_or("not text")?;
    let team = |arguments: &[&str]| run(&[&["--registry", given], arguments].concat());
    // It has no codes of its own, so these are the ones to show.
    assert!(team(&["list"]).found().contains("FS-001"));
    for arguments in [["explain", "tool crash"], ["export", "json"], ["export", "markdown"], ["search", "tools team"]] {
        let out = team(&arguments).found();
        assert!(out.contains("Ask the tools team.") || arguments[0] == "search" && out.contains("NX-MCP-001"), "{out}");
    }
    let site = folder.path().join("site");
    team(&["site", site.to_str().ok_or("not text")?]).found();
    assert!(fs::read_to_string(site.join("hyper-bun/nx-mcp-001.html"))?.contains("Ask the tools team."));
    Ok(())
}

#[test]
fn a_registry_with_mistakes_is_not_shown() -> Checked {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("acme.toml"), "[system]\nname = \"acme\"\n\n[[codes]]\nhnt = \"x\"\n")?;
    let given = folder.path().to_str().ok_or("not text")?;
    let shown = run(&["list", "--registry", given]);
    assert_eq!((shown.status, shown.out.as_str()), (Some(2), ""));
    assert!(shown.err.contains("acme.toml:5: code has no field \"hnt\"; did you mean \"hint\"?"), "{}", shown.err);
    // The mistakes look the same as those that `check` prints.
    fs::write(folder.path().join("b.toml"), "[system]\nname = \"b\"\ntilte = \"B\"\n\n[[codes]]\nhnt = \"x\"\n")?;
    let several = run(&["list", "--registry", given]).err;
    assert_eq!(several, run(&["check", given]).err);
    assert!(several.lines().count() > 2 && several.lines().all(|line| line.starts_with("error: ")), "{several}");
    let missing = run(&["list", "--registry", "no/such/folder"]);
    assert_eq!(shown.err.matches("\"hint\"").count(), 1, "{}", shown.err);
    assert_eq!(missing.status, Some(2));
    assert!(missing.err.contains("no/such/folder: "), "{}", missing.err);
    Ok(())
}

#[test]
fn check_prints_every_mistake_without_a_build() -> Checked {
    let folder = tempfile::tempdir()?;
    let given = folder.path().to_str().ok_or("not text")?;
    let file = folder.path().join("acme.toml");
    fs::write(&file, "[system]\nname = \"acme\"\ntitle = \"Acme\"\nsummary = \"A server.\"\n\n[codes]\nhnt = \"x\"\n")?;
    let checked = run(&["check", given]);
    assert_eq!((checked.status, checked.out.as_str()), (Some(1), ""));
    assert!(checked.err.contains("acme.toml:6: field \"codes\" is a table; expected a list: write [[codes]]"));
    assert_eq!(run(&["check", "no/such/folder"]).status, Some(2));
    assert_eq!(run(&["check", given, "--no-such-option"]).status, Some(2));
    fs::write(&file, b"[system]\nname = \"\xff\"\n")?;
    assert!(run(&["check", given]).err.contains("acme.toml:2: the file is not UTF-8 from this line on"));
    Ok(())
}

#[test]
fn new_writes_a_registry_that_check_accepts_and_blesses() -> Checked {
    let folder = tempfile::tempdir()?;
    let package = folder.path().join("acme-tools");
    let given = package.to_str().ok_or("not text")?;
    let told = run(&["new", given]).found();
    assert!(told.contains("mcp-error-codes-build = ") && told.contains("acme_tools::item_not_found"), "{told}");
    assert!(told.ends_with(&format!(" check {given} --bless` writes the lock file.\n")), "{told}");
    for file in ["registry/acme-tools.toml", "build.rs", "tests/registry.rs"] {
        assert!(package.join(file).is_file(), "{file}");
    }
    let again = run(&["new", given]);
    assert_eq!(again.status, Some(2));
    assert!(again.err.contains("exists already; no file was written"), "{}", again.err);
    let elsewhere = folder.path().join("elsewhere");
    for (system, told) in [
        ("No System", "cannot name a system"),
        ("std", "module \"std\" has the name of a crate"),
        ("type", "module \"type\" cannot name a Rust module"),
        ("filesystem", "is defined by mcp-error-codes"),
    ] {
        let refused = run(&["new", elsewhere.to_str().ok_or("not text")?, "--system", system]);
        assert_eq!(refused.status, Some(2));
        assert!(refused.err.contains(told) && refused.err.contains("--system"), "{}", refused.err);
        assert!(!elsewhere.exists());
    }

    // The package, and the folder of its files.
    assert!(run(&["check", given]).found().starts_with("1 code is valid; there is no lock file"));
    let lock = package.join("registry.lock");
    assert!(run(&["check", given, "--bless"]).found().ends_with("1 code is valid\n"));
    assert!(fs::read_to_string(&lock)?.contains("\nacme-tools:ACMETOOLS-001 100001 tool 404 "));
    let inner = package.join("registry");
    assert_eq!(run(&["check", inner.to_str().ok_or("not text")?]).found(), "1 code is valid\n");

    // Published facts do not change.
    let file = inner.join("acme-tools.toml");
    let text = fs::read_to_string(&file)?;
    fs::write(&file, text.replace("ITEM_NOT_FOUND", "ITEM_MISSING").replace("100001", "3000000000"))?;
    let changed = run(&["check", given]);
    assert_eq!((changed.status, changed.out.as_str()), (Some(1), ""));
    assert!(changed.err.contains("major: acme-tools:ACMETOOLS-001 has a different number, name"), "{}", changed.err);
    assert!(changed.err.contains("warning: ") && changed.err.contains("does not fit 32 bits"), "{}", changed.err);
    assert_eq!(run(&["check", given, "--bless"]).status, Some(1));
    assert_eq!(run(&["check", given, "--bless", "--major"]).status, Some(0));
    assert_eq!(run(&["check", given]).status, Some(0));

    // `diff` compares a lock with the files.
    let old = package.join("old.lock");
    fs::copy(&lock, &old)?;
    fs::write(&file, text)?;
    let old = old.to_str().ok_or("not text")?;
    let diff = run(&["diff", old, "--registry", given]);
    assert_eq!(diff.status, Some(1));
    assert!(diff.out.starts_with("major: acme-tools:ACMETOOLS-001 has a different number, name\n"), "{}", diff.out);
    assert_eq!(run(&["diff", old]).status, Some(2));
    Ok(())
}

#[test]
fn two_registries_may_refer_to_each_other() -> Checked {
    let folder = tempfile::tempdir()?;
    let team = folder.path().join("team");
    fs::create_dir_all(&team)?;
    fs::write(team.join("team.toml"), TEAM)?;
    let team = team.to_str().ok_or("not text")?;
    let out = run(&["--registry", OWN, "--registry", team, "explain", "first of acme"]).found();
    assert!(out.starts_with("ACME-001: ") && out.contains("Ask the team."), "{out}");
    let reversed = run(&["--registry", team, "--registry", OWN, "explain", "first of acme"]).found();
    assert_eq!(reversed, out, "the order does not matter");
    let list = run(&["--registry", team, "--registry", OWN, "list"]).found();
    assert!(list.starts_with("team:ACME-003\tShared"), "{list}");
    // A mistake is reported whichever registry has it.
    let broken = folder.path().join("broken");
    fs::create_dir_all(&broken)?;
    fs::write(broken.join("b.toml"), TEAM.replace("\"team\"", "\"broken\"").replace("hint =", "hnt ="))?;
    let broken = broken.to_str().ok_or("not text")?;
    for order in [[broken, OWN, team], [OWN, team, broken], [team, broken, OWN]] {
        let options = order.iter().flat_map(|folder| ["--registry", folder]);
        let refused = run(&options.chain(["list"]).collect::<Vec<_>>());
        assert_eq!(refused.status, Some(2));
        assert!(refused.err.contains("code has no field \"hnt\"; did you mean \"hint\"?"), "{}", refused.err);
        assert!(!refused.err.contains("does not exist"), "{}", refused.err);
    }
    let alone = run(&["check", team]);
    assert_eq!(alone.status, Some(1));
    assert!(alone.err.contains("is not a code of mcp-error-codes or of a known registry"), "{}", alone.err);
    assert_eq!(run(&["check", team, "--knows", &format!("acme={OWN}")]).status, Some(0));
    // One name, two systems.
    let twice = run(&["--registry", OWN, "--registry", OWN, "list"]);
    assert_eq!(twice.status, Some(2));
    assert!(twice.err.contains("system \"acme\" is defined by"), "{}", twice.err);
    assert!(Path::new(OWN).is_dir());

    // Without a package, a registry has the name of the directory around `registry`.
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    for (package, code) in [(&first, "F-1"), (&second, "S-1")] {
        fs::create_dir_all(package.join("registry"))?;
        let system = code.to_lowercase();
        let head =
            format!("[system]\nname = \"{system}\"\ntitle = \"T\"\nsummary = \"S.\"\n\n[[codes]]\ncode = \"{code}\"\n");
        let rest =
            "name = \"ONE\"\ntitle = \"T\"\nsummary = \"S.\"\nhint = \"Wait.\"\njson_rpc = [{ number = 100007 }]\n";
        fs::write(package.join("registry/codes.toml"), head + rest)?;
    }
    let (first, second) = (first.to_str().ok_or("not text")?, second.to_str().ok_or("not text")?);
    let clash = run(&["--registry", first, "--registry", second, "list"]);
    assert!(clash.err.contains("number 100007 is taken by f-1:F-1 of first;"), "{}", clash.err);
    Ok(())
}

const TEAM: &str = r#"
[system]
name = "team"
title = "Team"
summary = "A server of the same team."

[[codes]]
code = "ACME-003"
name = "SHARED"
title = "Shared"
summary = "The text is that of another registry."
hint = "Try something else."
shares_with = ["acme:ACME-003"]
related = [{ code = "depot:S3::NoSuchBucket", description = "what comes first" }]

[[extends]]
code = "acme:ACME-001"
hint = "Ask the team."
aliases = ["first of acme"]
"#;
