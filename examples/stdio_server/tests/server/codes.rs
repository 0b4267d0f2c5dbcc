//! The server returns every code that it declares, and no others.

use std::process::{Command, Stdio};

use mcp_error_codes::Code;
use mcp_error_codes::testing::Walk;
use rmcp::model::ReadResourceRequestParams;
use serde_json::{Value, json};

use crate::session::{Checked, PROGRAM, Session};

#[tokio::test]
async fn every_code_that_is_declared_is_raised_and_no_other() -> Checked {
    let told = Command::new(PROGRAM).arg("--codes").stdin(Stdio::null()).output()?;
    let told = String::from_utf8(told.stdout)?;
    let declared = told.lines().map(|line| Code::lookup(line).ok_or(line)).collect::<Result<Vec<_>, _>>()?;
    let mut walk = Walk::new(declared);
    let official: Value = serde_json::from_str(include_str!("../../../../tests/clients/conditions.json"))?;
    let official = official["conditions"].as_array().ok_or("no conditions")?;
    for condition in official.iter().chain(injected().as_array().ok_or("no list")?) {
        meet(condition, &mut walk).await?;
    }
    walk.finish();
    Ok(())
}

/// Conditions that the official clients do not cover. Most of them need a disk fault.
fn injected() -> Value {
    let batch = |operation: Value| json!({"operations": [operation]});
    let rollback = json!({
        "atomic": true,
        "operations": [
            {"type": "copy", "source": "notes.txt", "destination": "copy.txt"},
            {"type": "delete", "source": "gone.txt"},
        ],
    });
    let copy = batch(json!({"type": "copy", "source": "docs", "destination": "papers"}));
    let rename = batch(json!({"type": "move", "source": "notes.txt", "destination": "other.txt"}));
    let delete = batch(json!({"type": "delete", "source": "notes.txt"}));
    let read = json!({"path": "notes.txt"});
    let write = json!({"path": "new.txt", "content": "new"});
    json!([
        {"options": ["--fault", "read=denied"], "tool": "read_file", "arguments": read},
        {"options": ["--fault", "read=invalid"], "tool": "read_file", "arguments": read},
        {"options": ["--fault", "write=full"], "tool": "write_file", "arguments": write},
        {"options": ["--fault", "write=nothing"], "tool": "write_file", "arguments": write},
        {"options": ["--fault", "rename=other"], "tool": "batch_operations", "arguments": rename},
        {"options": ["--fault", "remove=other"], "tool": "batch_operations", "arguments": delete},
        {"options": ["--fault", "remove=other"], "tool": "batch_operations", "arguments": rollback},
        {"tool": "batch_operations", "arguments": copy},
    ])
}

/// Starts a server under a condition, as described in `tests/clients/README.md`, and passes its answer to the walk.
async fn meet(condition: &Value, walk: &mut Walk) -> Checked {
    let options: Vec<&str> = condition["options"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let session = match condition["folder"].as_str() {
        Some(folder) => Session::start_in(folder.as_ref(), &options).await?,
        None => Session::start(&options).await?,
    };
    #[cfg(unix)]
    if condition.get("folder").is_none() {
        std::os::unix::fs::symlink("../outside.txt", session.path("link.txt"))?;
        std::os::unix::fs::symlink("..", session.path("up"))?;
    }
    for call in condition["first"].as_array().into_iter().flatten().chain([condition]) {
        match (call["tool"].as_str(), call["resource"].as_str()) {
            (Some(tool), _) => walk.saw(&session.call(tool.to_owned(), call["arguments"].clone()).await),
            (_, Some(uri)) => walk.saw(&session.client.read_resource(ReadResourceRequestParams::new(uri)).await),
            _ => return Err(format!("{call} is no call").into()),
        }
    }
    session.end().await?;
    Ok(())
}
