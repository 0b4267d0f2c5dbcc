use mcp_error_codes::observe::names;
use serde_json::{Map, Value};

use crate::logs::logfmt;
use crate::logs::members::{take_time, text_of};
use crate::logs::time::{self, Millis};

/// Where an error happened, if the surrounding entry says so: gateways, clients and structured logs name the server and the tool
/// next to the error that they pass on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) time: Option<Millis>,
    pub(crate) tool: Option<String>,
    pub(crate) server: Option<String>,
    pub(crate) http_status: Option<u16>,
}

/// The names of members that contain a server.
pub(crate) const SERVER: &[&str] = &[
    "server",
    "server_name",
    "serverName",
    "mcp_server",
    "mcpServer",
    "mcp.server.name",
    "mcp.server",
    "mcp.target",
    "target_server",
    "upstream",
    "backend",
    "gateway.server",
];
/// The names of members that contain a tool.
const TOOL: &[&str] = &["tool_name", "toolName", "tool", names::TOOL, "mcp.tool", "mcp.tool.name", "requestedTool"];
/// The names of members that contain the HTTP status of a response.
const STATUS: &[&str] =
    &["http_status", "httpStatus", "http.status", "http.response.status_code", "status_code", "status"];

impl Place {
    /// Reads the place of an entry: the members around an object, the pairs of a line in logfmt, or the name in brackets that
    /// clients write after the time.
    pub(crate) fn of(entry: &str) -> Self {
        let line = entry.lines().next().unwrap_or_default();
        let prefix = line.find('{').map_or(line, |start| &line[..start]);
        let mut place = Self { server: bracketed(prefix), http_status: http_status(prefix), ..Self::default() };
        let members = match entry.trim_start().starts_with('{') {
            true => object(entry),
            false => logfmt::members(prefix.trim_end()),
        };
        if let Some(members) = members {
            place.fill(members);
        }
        if let Some(start) = entry.find('{').filter(|_| place.tool.is_none()) {
            place.tool = object(&entry[start..]).and_then(|members| tool_of_params(&members));
        }
        place
    }

    fn fill(&mut self, mut members: Map<String, Value>) {
        self.time = take_time(&mut members);
        // `tracing-subscriber` puts the fields of an event into a member.
        if let Some(Value::Object(fields)) = members.remove("fields") {
            members.extend(fields);
        }
        let text = |names: &[&str]| names.iter().find_map(|name| members.get(*name).and_then(name_of));
        self.tool = text(TOOL).or_else(|| tool_of_params(&members));
        self.server = text(SERVER).or_else(|| self.server.take());
        let status = STATUS.iter().find_map(|name| members.get(*name)?.as_u64());
        let status = status.and_then(|status| u16::try_from(status).ok()).filter(|status| (100..600).contains(status));
        self.http_status = status.or(self.http_status);
    }

    /// Returns the server that a client's log is about, from the name of the file: `mcp-server-files.log` of Claude Desktop.
    pub(crate) fn server_of_file(name: &str) -> Option<&str> {
        let name = name.strip_prefix("mcp-server-")?;
        let end = name.find(".log")?;
        Some(&name[..end]).filter(|name| !name.is_empty())
    }
}

/// Returns the text of a member, or the `name` of an object.
fn name_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Object(members) => members.get("name").and_then(text_of)?,
        value => text_of(value)?,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Returns the tool of a request that is logged together with its response.
fn tool_of_params(members: &Map<String, Value>) -> Option<String> {
    let holder = members.get("request").and_then(Value::as_object).unwrap_or(members);
    let is_call = holder.get("method").and_then(Value::as_str).is_none_or(|method| method == "tools/call");
    holder.get("params")?.get("name").filter(|_| is_call).and_then(text_of)
}

fn object(text: &str) -> Option<Map<String, Value>> {
    let value = serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()?;
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// Returns the name in brackets before the level: `2025-03-22T17:05:16.477Z [files] [info] Message from server: ..`.
fn bracketed(line: &str) -> Option<String> {
    const LEVELS: [&str; 7] = ["trace", "debug", "info", "warn", "warning", "error", "fatal"];
    let is_level = |word: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word.trim()));
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (name, following) = after.split_once(']')?;
        let is_first = before.trim().is_empty() || time::parse(before.trim()).is_some();
        // VS Code writes `[server files]`.
        let of_code = name.strip_prefix("server ").or_else(|| name.strip_prefix("mcp-server-"));
        let next = following.trim_start().strip_prefix('[').and_then(|next| next.split_once(']'));
        if let Some(name) = of_code {
            return Some(name.to_owned());
        }
        let is_name = !is_level(name) && time::parse(name).is_none() && !name.is_empty() && !name.contains(' ');
        if is_first && is_name && next.is_some_and(|(word, _)| is_level(word)) {
            return Some(name.to_owned());
        }
        rest = following;
    }
    None
}

/// Returns the status in `HTTP/1.1 200`, `HTTP 200` or `" 200 ` of an access log.
fn http_status(line: &str) -> Option<u16> {
    let after = line.find("HTTP").map(|at| &line[at + 4..])?;
    let version = after
        .strip_prefix('/')
        .map_or(after, |version| version.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    let digits = version.trim_start_matches(['"', ' ']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|status| (100..600).contains(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_tools_and_statuses_are_found_where_logs_name_them() {
        let claude = Place::of(r#"2025-03-22T17:05:16.477Z [files] [info] Message from server: {"jsonrpc":"2.0"}"#);
        assert_eq!(claude.server.as_deref(), Some("files"));
        assert_eq!(Place::of("2025-01-15 14:23:45.123 [info] [server files] failed").server.as_deref(), Some("files"));
        assert_eq!(Place::of("[2025-01-15 14:23:45] [error] no name").server, None);
        let gateway = Place::of(
            r#"{"ts":1736951025,"server":{"name":"crm"},"tool":"search","status":502,"error":{"code":-32603}}"#,
        );
        assert_eq!((gateway.server.as_deref(), gateway.tool.as_deref()), (Some("crm"), Some("search")));
        assert_eq!((gateway.time, gateway.http_status), (Some(1_736_951_025_000), Some(502)));
        let call = Place::of(r#"{"request":{"method":"tools/call","params":{"name":"read"}},"response":{}}"#);
        assert_eq!(call.tool.as_deref(), Some("read"));
        let agent = Place::of("2025-09-01T12:00:00Z info request http.status=200 mcp.target=everything mcp.tool=echo");
        assert_eq!(
            (agent.server.as_deref(), agent.tool.as_deref(), agent.http_status),
            (Some("everything"), Some("echo"), Some(200))
        );
        assert_eq!(Place::of("\"POST /mcp HTTP/1.1\" 200 17 {}").http_status, Some(200));
        assert_eq!(Place::server_of_file("mcp-server-files.log"), Some("files"));
        assert_eq!(Place::server_of_file("mcp.log"), None);
    }
}
