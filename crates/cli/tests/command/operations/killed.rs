//! `ingest` is killed at random times, while the log grows, is rotated and is emptied. In the end, the store has every error once.

use std::thread::sleep;
use std::time::Duration;

use crate::operations::fixture::{Folder, entry};
use crate::run::command;

const CODE: &str = "NX-MCP-001";
const KILLS: usize = 60;
/// This many errors fill a few transactions.
const ERRORS: usize = 3500;

#[test]
fn nothing_is_lost_or_doubled_when_it_is_killed() {
    let folder = Folder::new();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut written, mut killed, mut rest) = (0, 0, String::new());
    // The maximum time, in microseconds, before a run is killed. It adapts to the speed of the machine.
    let mut longest = 400_000;
    for round in 0..KILLS {
        if round % 6 == 0 {
            let mut lines = String::new();
            for number in written..written + ERRORS {
                lines += &entry(number, CODE, &format!("m{number}"));
                lines += &format!("  requestId: req-{number}\n");
                lines += "an access line that reports nothing\n";
            }
            written += ERRORS;
            // The write ends within an entry: the rest is written later.
            rest = lines.split_off(lines.len() - 100);
            folder.append("app.log", &lines);
        }
        if round % 6 == 3 {
            folder.append("app.log", &std::mem::take(&mut rest));
        }
        match round {
            17 | 47 => folder.rename("app.log", &format!("app.log.{round}")),
            29 => {
                std::fs::copy(folder.path("app.log"), folder.path("app.log.29")).expect("a file can be copied");
                folder.write("app.log", "");
            }
            _ => {}
        }
        let logs: Vec<String> = std::fs::read_dir(folder.path(""))
            .expect("the folder can be read")
            .map(|file| file.expect("the folder can be read").path().display().to_string())
            .filter(|path| path.contains("app.log"))
            .collect();
        let store = folder.text("store.db");
        let mut words = vec!["ingest", "--store", &store];
        words.extend(logs.iter().map(String::as_str));
        let mut child = command(&words).spawn().expect("the command starts");
        // The delays range from before the store is created to after the end of a run.
        sleep(Duration::from_micros(random.below(longest)));
        longest = match child.try_wait().expect("the command can be asked") {
            None => {
                killed += 1;
                (longest * 5 / 4).min(2_000_000)
            }
            Some(_) => (longest * 2 / 3).max(2_000),
        };
        child.kill().expect("the command can be killed");
        child.wait().expect("the command ends");
    }
    folder.ingest(&["@app.log", "@app.log.17", "@app.log.29", "@app.log.47"]);
    let expected: Vec<String> = (0..written).map(|number| format!("m{number}")).collect();
    let messages = folder.messages(CODE);
    assert_eq!(messages.len(), expected.len());
    assert!(messages == expected, "the errors of the store and of the logs differ");
    assert!(killed > KILLS / 4, "only {killed} of {KILLS} runs were killed before their end");
}

/// Random numbers that are the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
