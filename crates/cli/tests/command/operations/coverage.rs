use serde_json::Value;

use crate::operations::fixture::Folder;
use crate::run::{Checked, run};

const PROGRAM: &str = r#"
use mcp_error_codes::filesystem::{self, disk_full};
use mcp_error_codes::{IntoMcpError, McpError, code, hyper_bun, mcp};

/// FS-009 is only described.
const GONE: mcp_error_codes::Code = filesystem::FILE_ALREADY_EXISTS;
const NEVER: &str = "VAL-001";

#[derive(Debug, IntoMcpError)]
enum Fault {
    #[mcp(code = "SEC-001")]
    Outside { path: String },
    #[mcp(code = hyper_bun::TOOL_NOT_FOUND)]
    NeverMade,
}

fn run(path: &str) -> Result<(), McpError> {
    if path.is_empty() {
        return Err(filesystem::file_not_found(path));
    }
    if path == "full" {
        return Err(disk_full());
    }
    if path == "x" {
        return Err(McpError::new(GONE));
    }
    if path.len() > 10 {
        Err(Fault::Outside { path: path.to_owned() })?;
    }
    match other(path) {
        // This code is only compared.
        Err(error) if error.is(filesystem::PERMISSION_DENIED) => Ok(()),
        result => result.map_err(|_| code!("NX-MCP-001").into()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_fails() {
        assert!(super::run("").unwrap_err().is(mcp_error_codes::filesystem::FILE_NOT_FOUND));
        let made = mcp_error_codes::hyper_bun::tool_not_found("only made");
        assert_ne!(super::other("x").unwrap_err(), made);
    }
}
"#;

fn coverage(folder: &Folder, words: &[&str]) -> (Option<i32>, Value) {
    let run = run(&[&["coverage", "--format", "json", &folder.text("")], words].concat());
    (run.status, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err)))
}

/// Returns the codes of a list, each with the lines of its places.
fn codes(list: &Value) -> Vec<(String, Vec<u64>)> {
    let lines = |row: &Value| {
        row["places"].as_array().into_iter().flatten().filter_map(|place| place["line"].as_u64()).collect()
    };
    list.as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["code"].as_str().unwrap_or_default().to_owned(), lines(row)))
        .collect()
}

fn folder() -> Folder {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("src")).expect("a folder can be made");
    std::fs::create_dir_all(folder.path("tests")).expect("a folder can be made");
    folder.write("src/main.rs", PROGRAM);
    folder
}

#[test]
fn rust_is_read_by_its_syntax_tree() {
    let folder = folder();
    folder.write(
        "tests/run.rs",
        "#[test]\nfn fails() {\n    assert_mcp_error!(run(), filesystem::DISK_FULL);\n    expect(run(), \"NX-MCP-001\");\n    \
         let _ = filesystem::file_already_exists(\"only made\");\n}\n",
    );
    let (status, report) = coverage(&folder, &[]);
    assert_eq!(status, Some(0));
    let line = |text: &str| PROGRAM.lines().position(|line| line.contains(text)).map_or(0, |at| at as u64 + 1);
    assert_eq!(
        codes(&report["untested"]),
        [
            ("FS-004".to_owned(), vec![line("McpError::new(GONE)")]),
            ("SEC-001".to_owned(), vec![line("Err(Fault::Outside")])
        ]
    );
    let unraised = [
        ("VAL-001".to_owned(), vec![line("const NEVER")]),
        ("NX-MCP-010".to_owned(), vec![line("code = hyper_bun::TOOL")]),
    ];
    assert_eq!(codes(&report["unraised"]), unraised);
    let raised = |code: &str| {
        let row = report["codes"].as_array().and_then(|rows| rows.iter().find(|row| row["code"] == code));
        row.map_or(0, |row| row["raised"].as_array().map_or(0, Vec::len))
    };
    assert_eq!([raised("FS-001"), raised("NX-MCP-001"), raised("FS-002"), raised("FS-009")], [1, 1, 0, 0]);
    // Three of seven.
    assert_eq!(report["percent"], 42.9);
}

#[test]
fn other_languages_are_read_by_whole_codes() {
    let folder = Folder::new();
    folder.write(
        "server.ts",
        "// FS-009 is only described\nconst GONE = \"FS-001\";\nexport const codes = {\n  \"FS-004\": {\n    status: 500 },\n};\n\
         function a() {\n  throw new McpError(\"FS-002\", \"XFS-003\");\n}\nthrow fail(GONE);\nreturn { code: -32602, id: 'E001' };\n/*\n SEC-001\n*/\n",
    );
    folder.write("server.test.ts", "expect(error.code).toBe(\"FS-002\");\n");
    folder.write("tool.py", "raise Fault('NX-MCP-020')\n");
    folder.write("test_tool.py", "assert code == 'NX-MCP-020'\n");
    let (_, report) = coverage(&folder, &[]);
    let untested = [("FS-001", 10), ("-32602", 11), ("E001", 11)].map(|(code, line)| (code.to_owned(), vec![line]));
    assert_eq!(codes(&report["untested"]), untested);
    assert_eq!(codes(&report["unraised"]), [("FS-004".to_owned(), vec![4])]);
    assert_eq!(report["percent"], 33.3);
}

#[test]
fn codes_of_a_registry_of_ones_own_are_declared() {
    let folder = Folder::new();
    folder.write(
        "acme.toml",
        "[system]\nname = \"acme\"\n\n[[families]]\nname = \"ACME\"\n\n[[codes]]\ncode = \"ACME-001\"\nname = \"TICKET_NOT_FOUND\"\n\n\
         [[codes]]\ncode = \"ACME-002\"\nname = \"NEVER\"\n\n[[codes]]\ncode = \"ACME-003\"\nname = \"NOT_REFUNDABLE\"\n\n\
         [[codes.scenarios]]\nname = \"NEVER_PAID\"\n",
    );
    folder.write(
        "main.rs",
        "fn a() -> McpError { acme::ticket_not_found(7) }\nfn b() -> McpError { acme::never_paid(7) }\n",
    );
    let (_, report) = coverage(&folder, &[]);
    assert_eq!(codes(&report["untested"]), [("ACME-001".to_owned(), vec![1]), ("ACME-003".to_owned(), vec![2])]);
    assert_eq!(codes(&report["unraised"]), [("ACME-002".to_owned(), vec![12])]);
}

#[test]
fn a_registry_may_be_split_over_files_and_written_in_any_way_that_toml_allows() {
    let folder = Folder::new();
    folder.write(
        "a.toml",
        "codes = [{ code = 'ACME-001', name = 'LATE' }]\nsystem = { name = \"acme\", module = \"shop\" } # ours\n",
    );
    folder.write(
        "b.toml",
        "[ system ] # ours\nname = \"acme\"\n[[ codes ]] # first\n\"code\" = \"ACME-\\u003002\"\nname = \"EMPTY\"\n",
    );
    folder.write("broken.toml", "[[codes]]\ncode = \"ACME-003\n");
    folder.write("settings.toml", "[tool]\nname = \"x\"\n");
    folder.write("main.rs", "fn a() -> McpError { shop::late() }\nfn b() -> McpError { shop::empty() }\n");
    let (_, report) = coverage(&folder, &[]);
    assert_eq!(codes(&report["untested"]), [("ACME-001".to_owned(), vec![1]), ("ACME-002".to_owned(), vec![2])]);
    let declared = |at: usize| report["codes"][at]["declared"][0]["line"].as_u64();
    assert_eq!([declared(0), declared(1)], [Some(1), Some(4)]);
    let complaint = run(&["coverage", &folder.text("")]).err;
    assert!(complaint.contains("broken.toml") && !complaint.contains("settings.toml"), "{complaint}");
}

#[test]
fn a_percentage_can_be_demanded_and_a_system_chosen() -> Checked {
    let folder = folder();
    assert_eq!(coverage(&folder, &["--min", "10"]).0, Some(0));
    assert_eq!(coverage(&folder, &["--min", "90"]).0, Some(1));
    let (_, report) = coverage(&folder, &["--system", "hyper-bun"]);
    assert!(report["codes"].as_array().ok_or("no list")?.iter().all(|row| row["system"] == "hyper-bun"));
    let table = run(&["coverage", &folder.text("src")]).found();
    assert!(table.contains("Raised, but not tested\n- ") && table.contains("main.rs:"), "{table}");
    folder.write("src/broken.rs", "fn { FS-005 \"FS-005\"");
    let broken = run(&["coverage", &folder.text("src")]);
    assert!(broken.err.contains("broken.rs: line 1") && broken.out.contains("FS-005"), "{}{}", broken.err, broken.out);
    assert_eq!(run(&["coverage", "nowhere"]).status, Some(2));
    Ok(())
}

#[test]
fn the_runbook_of_a_code_begins_with_what_to_do_at_once() {
    let runbook = run(&["runbook", "NX-MCP-031"]).found();
    let place = |part: &str| runbook.find(part).unwrap_or_else(|| panic!("{part}: {runbook}"));
    assert!(runbook.starts_with("Runbook: NX-MCP-031, MCP Server Initialization Failed\n"), "{runbook}");
    assert!(place("page-and-escalate") < place("Emergency recovery procedure"));
    assert!(place("Emergency procedure: FATAL errors") < place("Resolution"));
    let former = run(&["runbook", "NX-800"]).found();
    assert!(former.starts_with("Runbook: NX-MCP-001"), "{former}");
    assert!(run(&["runbook", "FS-001", "--format", "markdown"]).found().starts_with("# Runbook: FS-001"));
    assert_eq!(run(&["runbook", "no-such-code"]).status, Some(1));
    assert_eq!(run(&["runbook", "-32002"]).status, Some(2));
}
