use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Answers, Data, Question, Words, questions, script, skip};

type Failure = Box<dyn std::error::Error>;

/// The command in the documentation: every line of the file becomes an error.
const LOAD: &str = r"\copy mcp_error_lines from 'errors.jsonl' with (format csv, quote e'\x01', delimiter e'\x02')";

/// Starts a server for this test, loads the data and runs the queries. Returns `None` if PostgreSQL is missing.
pub(super) fn answers(data: &Data) -> Result<Option<Answers>, Failure> {
    let Some(programs) = programs() else {
        skip("PostgreSQL");
        return Ok(None);
    };
    let server = Server::start(&programs)?;
    let mut sql = script("postgres") + &script("postgres") + LOAD + "\n";
    sql += "\\copy mcp_requests from 'requests.csv' with (format csv, header)\n";
    for event in &data.events {
        let value = event.value.map_or_else(|| "NULL".to_owned(), |value| value.to_string());
        let keys = event.keys.to_string().replace('\'', "''");
        sql += &format!("INSERT INTO mcp_events VALUES ('{}', '{}', {value}, '{keys}');\n", event.id, event.time);
    }
    server.psql(&data.folder.path(""), &sql)?;
    let words = Words { millis: "floor(extract(epoch FROM TIME) * 1000)::bigint" };
    let answer = |question: &Question| -> Result<_, Failure> {
        let rows = format!("SELECT json_build_array({}) FROM {};", question.columns.join(", "), question.from);
        let lines = server.psql(&data.folder.path(""), &rows)?;
        Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    };
    let answers: Result<Answers, Failure> = questions(&words).iter().map(answer).collect();
    Ok(Some(answers?))
}

/// Returns the directory with the programs of the server.
pub(crate) fn programs() -> Option<PathBuf> {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.and_then(|told| String::from_utf8(told.stdout).ok()).map(|told| PathBuf::from(told.trim()));
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = installed.map(|version| version.path().join("bin")).chain(told).collect();
    found.retain(|bin| bin.join("initdb").is_file() && bin.join("psql").is_file());
    found.sort();
    found.pop()
}

/// A server that stops when it is dropped.
pub(crate) struct Server<'a> {
    programs: &'a Path,
    folder: TempDir,
}

impl<'a> Server<'a> {
    pub(crate) fn start(programs: &'a Path) -> Result<Self, Failure> {
        let server = Self { programs, folder: tempfile::tempdir()? };
        if is_root() {
            // The server refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(server.folder.path()))?;
        }
        let folder = server.folder.path().display().to_string();
        server.as_server(&format!("initdb -D '{folder}/data' -A trust -U postgres -E UTF8 --locale=C"))?;
        let options = format!("-k {folder} -c listen_addresses= -c fsync=off");
        server.as_server(&format!("pg_ctl -D '{folder}/data' -w -l '{folder}/log' -o '{options}' start"))?;
        Ok(server)
    }

    /// Returns the directory of its socket.
    pub(crate) fn socket(&self) -> &Path {
        self.folder.path()
    }

    fn as_server(&self, command: &str) -> Result<String, Failure> {
        let command = format!("'{}'/{command}", self.programs.display());
        if is_root() {
            run(Command::new("su").args(["postgres", "-c", &command]))
        } else {
            run(Command::new("sh").args(["-c", &command]))
        }
    }

    fn psql(&self, folder: &Path, sql: &str) -> Result<String, Failure> {
        let mut command = Command::new(self.programs.join("psql"));
        command
            .current_dir(folder)
            .args(["-U", "postgres", "-v", "ON_ERROR_STOP=1", "-qAtX", "-h"])
            .arg(self.folder.path());
        command.env("PGOPTIONS", "-c client_min_messages=warning -c timezone=Asia/Tokyo");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().ok_or("psql has no standard input")?;
        let sql = sql.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(sql.as_bytes()));
        let output = child.wait_with_output()?;
        let _ = writer.join();
        let error = String::from_utf8_lossy(&output.stderr);
        if output.status.success() { Ok(String::from_utf8(output.stdout)?) } else { Err(error.into()) }
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        let folder = self.folder.path().display();
        let _ = self.as_server(&format!("pg_ctl -D '{folder}/data' -m immediate stop"));
    }
}

fn is_root() -> bool {
    run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn run(command: &mut Command) -> Result<String, Failure> {
    // The server would inherit the handles of this process, and keep them open.
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output()?;
    let text = String::from_utf8(output.stdout)?;
    if output.status.success() { Ok(text) } else { Err(format!("{command:?} fails: {text}").into()) }
}
