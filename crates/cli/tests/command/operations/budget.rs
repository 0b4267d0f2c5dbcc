use crate::operations::fixture::{Folder, entry};
use crate::run::{Checked, expect};

fn folder() -> Folder {
    let folder = Folder::new();
    let mut log = String::new();
    for (number, tool) in ["probe", "probe", "probe", "search", "unmeasured"].into_iter().enumerate() {
        let code = if number == 0 { "NX-800" } else { "NX-MCP-001" };
        log += &format!("{}  toolName: {tool}\n", entry(number, code, "m"));
    }
    // Another code does not count.
    log += &format!("{}  toolName: search\n", entry(9, "NX-MCP-002", "m"));
    folder.write("app.log", log);
    folder.write(
        "requests.csv",
        "endpoint,timestamp,requests\nprobe,2025-01-15T01:00:00Z,400\nsearch,2025-01-15T01:00:00Z,200\nprobe,2024-01-01,1000000\n",
    );
    folder.ingest(&["@app.log", "--requests", &folder.text("requests.csv")]);
    folder
}

const NOW: [&str; 2] = ["--now", "2025-01-15T02:00:00Z"];

#[test]
fn a_budget_is_spent_above_it_and_not_at_it() -> Checked {
    let folder = folder();
    let spent = folder.run(&[&["budget"], &NOW[..]].concat());
    assert_eq!(spent.status, Some(1));
    expect("budget.txt", &spent.out);
    // 3 of 400 are 0.75 %.
    let kept = folder.run(&[&["budget", "NX-800", "--budget", "0.75%"], &NOW[..]].concat());
    assert_eq!(kept.status, Some(0), "{}", kept.out);
    let spent = folder.run(&[&["budget", "--budget", "0.0074"], &NOW[..]].concat());
    assert_eq!(spent.status, Some(1));
    // With a million requests long ago, the rate is small.
    assert_eq!(folder.run(&[&["budget", "--since", "2023-01-01"], &NOW[..]].concat()).status, Some(0));
    let empty = folder.run(&[&["budget", "--since", "30m"], &NOW[..]].concat());
    assert_eq!(empty.err, "error: the store has no requests and no NX-MCP-001 errors in this period\n");
    Ok(())
}

#[test]
fn requests_that_are_taken_in_again_replace_the_earlier_ones() -> Checked {
    let folder = folder();
    folder.write("requests.csv", "requests, endpoint, timestamp\n1000, probe, 2025-01-15T01:00:00Z\n");
    folder.run(&["ingest", "--requests", "@requests.csv"]).found();
    let found = folder.run(&[&["budget", "--format", "json"], &NOW[..]].concat());
    let found: Vec<serde_json::Value> = serde_json::from_str(&found.out)?;
    let probe = found.iter().find(|row| row["endpoint"] == "probe").ok_or("there is no such endpoint")?;
    assert_eq!((&probe["requests"], &probe["is_spent"]), (&1000.into(), &false.into()));
    folder.write("requests.csv", "endpoint,timestamp,requests\nprobe,2025-01-15,1\nprobe,soon,2\n");
    let wrong = folder.run(&["ingest", "--requests", "@requests.csv"]);
    assert!(wrong.err.ends_with("requests.csv:3: timestamp \"soon\" is not a time\n"), "{}", wrong.err);
    Ok(())
}
