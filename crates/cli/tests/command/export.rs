//! The exports are accepted by a JSON Schema validator, `tsc`, Node, Python and mypy.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Checked, run};
use mcp_error_codes::wire::{RecordObject, StandardResponse};
use mcp_error_codes::{Code, McpError, REGISTRY, filesystem};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

fn export(target: &str) -> String {
    run(&["export", target]).found()
}

#[test]
fn json_is_the_registry() -> Checked {
    assert_eq!(serde_json::from_str::<Value>(&export("json"))?, serde_json::to_value(&REGISTRY)?);
    Ok(())
}

#[test]
fn an_export_may_be_written_to_a_file() -> Checked {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("codes.json");
    let name = path.to_str().ok_or("the path is no text")?;
    assert_eq!(run(&["export", "json", "--output", name]).found(), "");
    assert_eq!(std::fs::read_to_string(&path)?, export("json"));
    let nowhere = run(&["export", "json", "-o", "no/such/folder/codes.json"]);
    assert_eq!(nowhere.status, Some(2));
    assert!(nowhere.err.starts_with("error: no/such/folder/codes.json: "), "{}", nowhere.err);
    Ok(())
}

#[test]
fn exports_are_the_same_each_time() {
    for target in ["json", "json-schema", "markdown", "typescript", "python"] {
        assert_eq!(export(target), export(target));
    }
}

#[test]
fn the_schema_accepts_the_export_and_nothing_else() -> Checked {
    let schema: Value = serde_json::from_str(&export("json-schema"))?;
    jsonschema::draft202012::meta::validate(&schema).map_err(|error| error.to_string())?;
    let validator = jsonschema::draft202012::new(&schema)?;
    let registry = serde_json::to_value(&REGISTRY)?;
    let problems: Vec<_> = validator.iter_errors(&registry).map(|error| error.to_string()).collect();
    assert_eq!(problems, [""; 0]);

    let with = |pointer: &str, value: Value| {
        let mut changed = registry.clone();
        *changed.pointer_mut(pointer).expect("the place exists") = value;
        changed
    };
    for (pointer, value) in [
        ("/codes/0/code", json!("ZZ-999")),
        ("/codes/0/severity", json!("BAD")),
        ("/codes/0/retry", json!({})),
        ("/codes/0/http_status", json!("404")),
        ("/codes/0/json_rpc/0", json!({"number": 1, "since": "1999-01-01"})),
        ("/systems/0/families/0", json!({})),
    ] {
        assert!(!validator.is_valid(&with(pointer, value)), "{pointer}");
    }
    let mut more = registry.clone();
    more["codes"][0]["extra"] = 1.into();
    assert!(!validator.is_valid(&more), "a field that the schema does not know");
    Ok(())
}

#[test]
fn every_field_of_the_schema_occurs() -> Checked {
    let schema: Value = serde_json::from_str(&export("json-schema"))?;
    let text = export("json") + &serde_json::to_string(&RecordObject::new(&full_error()))?;
    // Fields that no entry of the registry uses. `ref` needs a docs base, and signatures need a build with recognition.
    let has_data = |name: &String| {
        !["Alert", "alert", "Signature", "signatures", "Claim", "ref", "docs_base"].contains(&name.as_str())
    };
    let definitions = schema["$defs"].as_object().ok_or("no definitions")?;
    for (_, definition) in definitions.iter().filter(|(name, _)| has_data(name)) {
        let properties = definition["properties"].as_object().into_iter().flat_map(|object| object.keys());
        for name in properties.filter(|name| has_data(name)) {
            assert!(text.contains(&format!("{name:?}:")), "{name}");
        }
    }
    Ok(())
}

/// Returns an error whose record object has every member.
fn full_error() -> McpError {
    filesystem::file_not_found("a.txt").with_error_id("e-1").with_retry_after(std::time::Duration::from_secs(1))
}

#[test]
fn the_schema_of_the_record_object_accepts_every_error() -> Checked {
    let mut schema: Value = serde_json::from_str(&export("json-schema"))?;
    schema = json!({"$ref": "#/$defs/McpErrorObject", "$defs": schema["$defs"]});
    let validator = jsonschema::draft202012::new(&schema)?;
    let errors = Code::all().map(McpError::new).chain([full_error()]);
    for error in errors {
        let object = serde_json::to_value(RecordObject::new(&error))?;
        assert!(validator.is_valid(&object), "{object}");
    }
    let object = serde_json::to_value(RecordObject::new(&full_error()))?;
    for (member, value) in
        [("code", json!("T001")), ("system", json!("acme")), ("retry", json!({"class": "never"})), ("ref", json!(1))]
    {
        let mut changed = object.clone();
        changed[member] = value;
        assert!(!validator.is_valid(&changed), "{member}");
    }
    let mut newer = object.clone();
    newer["added_later"] = 1.into();
    assert!(validator.is_valid(&newer), "a peer may be newer");
    let mut with_docs = object.clone();
    with_docs["ref"] = json!("https://example.com/errors#fs-001");
    assert!(validator.is_valid(&with_docs), "a program with a docs base");
    Ok(())
}

#[test]
fn markdown_links_lead_to_anchors_and_every_code_has_its_own() {
    let text = export("markdown");
    let mut anchors = BTreeSet::new();
    let mut links = Vec::new();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                if let Some((_, rest)) = html.split_once("id=\"") {
                    assert!(
                        anchors.insert(rest.split('"').next().unwrap_or_default().to_owned()),
                        "{html} occurs twice"
                    );
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('#') => {
                links.push(dest_url[1..].to_owned())
            }
            _ => {}
        }
    }
    let missing: Vec<_> = links.iter().filter(|link| !anchors.contains(*link)).collect();
    assert_eq!(missing, [""; 0]);
    for code in Code::all() {
        let object = serde_json::to_value(StandardResponse::new(&McpError::new(code))).expect("the object serialises");
        let anchor = object["ref"]
            .as_str()
            .and_then(|reference| reference.split_once('#'))
            .expect("the reference has an anchor");
        assert!(anchors.contains(anchor.1) && links.iter().any(|link| link == anchor.1), "{code}");
    }
    for system in REGISTRY.systems() {
        assert_eq!(text.matches(&format!("\n## System {}: ", system.name)).count(), 1, "{system}");
    }
    let families = REGISTRY.systems().iter().flat_map(|system| system.families).count();
    assert_eq!(text.matches("\n### Family ").count(), families);
    assert_eq!(text.matches("\n##### Facts\n").count(), REGISTRY.records().len());
}

const TYPESCRIPT: &str = r#"
import { codes, findMcpErrorObject, META_KEY, RECORDS, recordOf, type ErrorCode, type McpErrorObject, type Severity } from "./mcp_errors.ts";

const code: ErrorCode = codes.filesystem.FILE_NOT_FOUND;
const exact: "FS-001" = codes.filesystem.FILE_NOT_FOUND;
// @ts-expect-error No registry has it.
const wrong: ErrorCode = "ZZ-999";
// @ts-expect-error Records are read only.
RECORDS["filesystem:FS-001"]!.title = "x";
const severity: Severity | undefined = recordOf({ system: "filesystem", code })?.severity;

function check(condition: boolean, what: string): void {
  if (!condition) {
    throw new Error(what);
  }
}
const object: McpErrorObject = OBJECT;
check(exact === object.code && severity === "WARN" && wrong.length > 0, "constants");
check(recordOf(object)?.name === "FILE_NOT_FOUND", "recordOf");
check(recordOf({ system: "toString", code: "" }) === undefined, "a record of nothing");
for (const received of [object, { error: { code: 1, message: "", data: object } }, { _meta: { [META_KEY]: object } }, { jsonrpc: "2.0", id: 1, result: { _meta: { [META_KEY]: object } } }]) {
  check(findMcpErrorObject(received) === object, JSON.stringify(received));
}
for (const received of [undefined, null, 1, "x", [], {}, { error: null }, { data: { ...object, retry: null } }, { data: { ...object, code: 1 } }]) {
  check(findMcpErrorObject(received) === undefined, JSON.stringify(received) ?? "undefined");
}
console.log(Object.keys(RECORDS).length);
"#;

#[test]
fn typescript_compiles_strictly_and_runs() -> Checked {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/typescript/node_modules");
    let compiler = modules.join("typescript/bin/tsc");
    if !compiler.is_file() {
        return skip("the package typescript is not installed");
    }
    let Some(node) = node(&modules) else { return skip("there is no Node") };
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("mcp_errors.ts"), export("typescript"))?;
    let object = serde_json::to_string(&RecordObject::new(&full_error()))?;
    std::fs::write(folder.path().join("use.ts"), TYPESCRIPT.replace("OBJECT", &object))?;
    std::fs::write(folder.path().join("globals.d.ts"), "declare const console: { log(value: unknown): void };\n")?;
    std::fs::write(folder.path().join("package.json"), r#"{"type":"module"}"#)?;
    let options = "--strict --noEmit --noUncheckedIndexedAccess --exactOptionalPropertyTypes --noUnusedLocals --verbatimModuleSyntax \
                   --allowImportingTsExtensions --target es2022 --lib es2022 --module esnext --moduleResolution bundler";
    let mut compile = Command::new(&node);
    compile.arg(compiler).args(options.split_whitespace()).args(["use.ts", "globals.d.ts"]).current_dir(folder.path());
    succeed(&mut compile)?;
    let compiled = succeed(
        Command::new(node).args(["--experimental-strip-types", "--no-warnings", "use.ts"]).current_dir(folder.path()),
    )?;
    assert_eq!(compiled.trim(), REGISTRY.records().len().to_string());
    Ok(())
}

const PYTHON: &str = r#"
import json
import mcp_errors
from mcp_errors import ErrorCode, McpErrorObject

code: ErrorCode = "FS-001"
record = mcp_errors.record_of("filesystem", code)
assert record is not None and record["name"] == "FILE_NOT_FOUND", record
text: str = record["code"]
assert text == mcp_errors.Filesystem.FILE_NOT_FOUND
assert mcp_errors.Filesystem("FS-001") is mcp_errors.Filesystem.FILE_NOT_FOUND
assert mcp_errors.record_of("filesystem", "T001") is None

with open("export.json", encoding="utf-8") as file:
    export = json.load(file)
assert list(mcp_errors.RECORDS.values()) == export["codes"]

with open("object.json", encoding="utf-8") as file:
    loaded: object = json.load(file)
found: McpErrorObject | None = mcp_errors.find_mcp_error_object(loaded)
assert found is not None and found["retry"]["class"] == "retry-after-delay" and found["retry"]["after_ms"] == 1000
meta = {"_meta": {mcp_errors.META_KEY: loaded}}
for received in (loaded, {"error": {"data": loaded}}, meta, {"jsonrpc": "2.0", "id": 1, "result": meta}):
    assert mcp_errors.find_mcp_error_object(received) == loaded, received
broken: dict[str, object] = {**found, "retry": None}
nothings: list[object] = [None, 1, "x", [], {}, {"error": None}, {"data": broken}]
for nothing in nothings:
    assert mcp_errors.find_mcp_error_object(nothing) is None, nothing
"#;

#[test]
fn python_runs_and_is_clean_to_mypy() -> Checked {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/python");
    let own = [".venv/bin/python", ".venv/Scripts/python.exe"].map(|python| clients.join(python));
    let has_mypy = |python: &PathBuf| succeed(Command::new(python).args(["-c", "import mypy"])).is_ok();
    let Some(python) = own.into_iter().chain([PathBuf::from("python3")]).find(has_mypy) else {
        return skip("there is no Python with the package mypy");
    };
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("mcp_errors.py"), export("python"))?;
    std::fs::write(folder.path().join("use.py"), PYTHON)?;
    std::fs::write(folder.path().join("export.json"), export("json"))?;
    std::fs::write(folder.path().join("object.json"), serde_json::to_string(&RecordObject::new(&full_error()))?)?;
    succeed(Command::new(&python).args(["-B", "use.py"]).current_dir(folder.path()))?;
    let mypy =
        ["-m", "mypy", "--strict", "--python-version", "3.10", "--cache-dir", ".mypy", "use.py", "mcp_errors.py"];
    succeed(Command::new(python).args(mypy).current_dir(folder.path()))?;
    Ok(())
}

/// Returns the path of Node: from the packages, or else from the system.
fn node(modules: &Path) -> Option<PathBuf> {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let own = modules.join(format!("node-{}-{architecture}/bin/node", std::env::consts::OS));
    [own, PathBuf::from("node")].into_iter().find(|node| succeed(Command::new(node).arg("--version")).is_ok())
}

/// Runs a program and returns its output, or an error with its error output.
fn succeed(program: &mut Command) -> Result<String, Box<dyn std::error::Error>> {
    let output = program.output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(told)
    } else {
        Err(format!("{told}{}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// Skips a test with a message, which is printed even if the output of passing tests is captured.
fn skip(reason: &str) -> Checked {
    let reason = format!("skipped: {reason}; .ci/install-clients installs it");
    if std::env::var_os("OFFICIAL_CLIENTS").is_some_and(|value| value == "required") {
        return Err(reason.into());
    }
    writeln!(std::io::stderr(), "{}: {reason}", std::thread::current().name().unwrap_or_default())?;
    Ok(())
}
