use std::fs;
use std::io::Write;

use crate::operations::fixture::{Folder, entry};
use crate::run::Checked;

const CODE: &str = "NX-MCP-001";

fn entries(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| entry(number, CODE, &format!("m{number}"))).collect()
}

fn messages(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(|number| format!("m{number}")).collect()
}

#[test]
fn a_log_that_is_read_twice_counts_once() {
    let folder = Folder::new();
    folder.write("a.log", entries(0..3));
    assert_eq!(folder.ingest(&["@a.log"]), "3 errors new, from 1 log\n");
    assert_eq!(folder.ingest(&["@a.log", "@a.log"]), "0 errors new, from 2 logs\n");
    folder.append("a.log", &entries(3..4));
    assert_eq!(folder.ingest(&["@a.log"]), "1 error new, from 1 log\n");
    assert_eq!(folder.messages(CODE), messages(0..4));
}

#[test]
fn a_rotated_log_counts_once_however_it_was_rotated() -> Checked {
    let folder = Folder::new();
    // The log is renamed and a new one begins.
    folder.write("app.log", entries(0..3));
    folder.ingest(&["@app.log"]);
    folder.append("app.log", &entries(3..5));
    folder.rename("app.log", "app.log.1");
    folder.write("app.log", entries(5..6));
    folder.ingest(&["@app.log.1", "@app.log"]);
    assert_eq!(folder.messages(CODE), messages(0..6));
    // The log is copied and emptied, while the program keeps writing to the same file.
    folder.append("app.log", &entries(6..8));
    fs::copy(folder.path("app.log"), folder.path("app.log.0"))?;
    folder.write("app.log", entries(8..9));
    folder.ingest(&["@app.log", "@app.log.0", "@app.log.1"]);
    assert_eq!(folder.messages(CODE), messages(0..9));
    // The log is compressed.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&fs::read(folder.path("app.log.1"))?)?;
    folder.write("app.log.2.gz", gzip.finish()?);
    let zstd = zstd::encode_all(&fs::read(folder.path("app.log"))?[..], 3)?;
    folder.write("app.log.3.zst", zstd);
    assert_eq!(folder.ingest(&["@app.log.2.gz", "@app.log.3.zst"]), "0 errors new, from 2 logs\n");
    assert_eq!(folder.messages(CODE), messages(0..9));
    Ok(())
}

#[test]
fn a_packed_log_is_read_like_a_plain_one() -> Checked {
    let folder = Folder::new();
    // A log that was compressed in two parts.
    let mut packed = Vec::new();
    for part in [entries(0..2), entries(2..500)] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(part.as_bytes())?;
        packed.extend(gzip.finish()?);
    }
    folder.write("a.log.gz", &packed);
    folder.ingest(&["@a.log.gz"]);
    assert_eq!(folder.messages(CODE), messages(0..500));
    // The readable part of a broken log counts, and the next log is read too.
    folder.write("broken.log.gz", &packed[..packed.len() / 2]);
    folder.write("b.log", entries(500..501));
    let run = folder.run(&["ingest", "@broken.log.gz", "@b.log"]);
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("broken.log.gz: "), "{}", run.err);
    assert_eq!(folder.messages(CODE), messages(0..501));
    Ok(())
}

#[test]
fn a_log_that_was_cut_counts_once_and_goes_on() {
    let folder = Folder::new();
    folder.write("a.log", entries(0..6));
    folder.ingest(&["@a.log"]);
    // The log ends within the fourth entry.
    let cut = &entries(0..4)[..entries(0..3).len() + 40];
    folder.write("a.log", cut);
    assert_eq!(folder.ingest(&["@a.log"]), "0 errors new, from 1 log\n");
    folder.append("a.log", &format!("\n{}", entries(10..12)));
    assert_eq!(folder.ingest(&["@a.log"]), "2 errors new, from 1 log\n");
    assert_eq!(folder.ingest(&["@a.log"]), "0 errors new, from 1 log\n");
    folder.append("a.log", &entries(12..13));
    folder.ingest(&["@a.log"]);
    assert_eq!(folder.messages(CODE), [messages(0..6), messages(10..13)].concat());
}

#[test]
fn a_log_that_was_emptied_is_another_log() {
    let folder = Folder::new();
    folder.write("a.log", entries(0..5));
    folder.ingest(&["@a.log"]);
    for generation in 1..4 {
        let first = generation * 100;
        folder.write("a.log", entries(first..first + 7));
        assert_eq!(folder.ingest(&["@a.log"]), "7 errors new, from 1 log\n");
        assert_eq!(folder.ingest(&["@a.log"]), "0 errors new, from 1 log\n");
    }
    assert_eq!(folder.messages(CODE).len(), 26);
}

#[test]
fn logs_with_the_same_beginning_are_told_apart() {
    let folder = Folder::new();
    let banner = "server started with a banner\n".repeat(300);
    folder.write("a.log", format!("{banner}{}", entries(0..4)));
    folder.write("b.log", format!("{banner}{}", entries(4..8)));
    folder.ingest(&["@a.log", "@b.log"]);
    assert_eq!(folder.ingest(&["@b.log", "@a.log"]), "0 errors new, from 2 logs\n");
    assert_eq!(folder.messages(CODE), messages(0..8));
}

#[test]
fn an_entry_that_is_written_piece_by_piece_counts_once() {
    let folder = Folder::new();
    let whole = format!("{}  toolName: research\n  bookmaker: draftkings\n", entry(1, CODE, "Tool execution failed"));
    folder.write("a.log", "");
    let mut last = String::new();
    for piece in whole.as_bytes().chunks(7) {
        folder.append("a.log", &String::from_utf8_lossy(piece));
        last = folder.ingest(&["@a.log"]);
    }
    assert_eq!(last, "0 errors new, 1 completed, from 1 log\n");
    let found = folder.occurrences(CODE);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["message"], "Tool execution failed");
    assert_eq!(found[0]["details"], serde_json::json!({"toolName": "research", "bookmaker": "draftkings"}));
    // The index is updated too.
    assert_eq!(folder.run(&["inspect", CODE, "--where", "bookmaker=draftkings"]).status, Some(0));
    assert_eq!(folder.run(&["inspect", CODE, "--where", "bookmaker=draft"]).status, Some(1));
}

#[test]
fn a_directory_is_read_whole_and_what_is_no_text_is_named() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("logs/older")).expect("a folder can be made");
    folder.write("logs/a.log", entries(0..1));
    folder.write("logs/older/b.log", entries(1..2));
    folder.write("logs/core", [0, 1, 2, 3]);
    let run = folder.run(&["ingest", "@logs"]);
    assert_eq!((run.status, run.out.as_str()), (Some(0), "2 errors new, from 2 logs\n"));
    assert!(run.err.contains("core is not text; skipped"), "{}", run.err);
    let run = folder.run(&["ingest", "@missing.log"]);
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("missing.log: "), "{}", run.err);
}

#[test]
fn a_root_cause_that_was_written_into_the_store_stays() -> Checked {
    let folder = Folder::new();
    folder.write("a.log", entry(0, CODE, "m"));
    folder.ingest(&["@a.log"]);
    let store = rusqlite::Connection::open(folder.path("store.db"))?;
    store.execute("UPDATE mcp_errors SET rca_completed_at = 1736985600000", [])?;
    folder.append("a.log", "  toolName: late\n");
    folder.ingest(&["@a.log"]);
    let found = &folder.occurrences(CODE)[0];
    assert_eq!(found["rca_completed_at"], "2025-01-16T00:00:00.000Z");
    assert_eq!(found["tool_name"], "late");
    Ok(())
}
