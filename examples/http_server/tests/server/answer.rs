//! The response that curl received.

use std::error::Error;
use std::io::Write;
use std::process::Command;

use serde_json::Value;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Runs curl.
    pub(crate) fn to(arguments: &[&str]) -> Result<Self, Box<dyn Error>> {
        // The timeout applies only if there is no answer. A long body is sent without `Expect: 100-continue`.
        let output =
            Command::new("curl").args(["-sS", "-i", "--max-time", "60", "-H", "Expect:"]).args(arguments).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let (head, body) = text.split_once("\r\n\r\n").ok_or("no end of the headers")?;
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or("no status")?.parse()?;
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Ok(Self { status, headers: headers.collect(), body: body.to_owned() })
    }

    /// Returns the value of a header that occurs once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(own, _)| own == name);
        values.next().filter(|_| values.next().is_none()).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Result<Value, Box<dyn Error>> {
        Ok(serde_json::from_str(&self.body)?)
    }

    /// Returns the only message in an event stream.
    pub(crate) fn event(&self) -> Result<Value, Box<dyn Error>> {
        assert_eq!(self.header("content-type"), Some("text/event-stream"), "{}", self.body);
        let mut messages =
            self.body.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|data| !data.is_empty());
        let message = messages.next().ok_or("no message")?;
        assert_eq!(messages.next(), None);
        Ok(serde_json::from_str(message)?)
    }
}

/// Returns whether curl is installed. If it is not, prints why the test is skipped, or fails if it is required.
pub(crate) fn has_curl() -> Result<bool, Box<dyn Error>> {
    if Command::new("curl").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(true);
    }
    let reason = "skipped: curl is not installed; run .ci/install-clients";
    if std::env::var_os("OFFICIAL_CLIENTS").is_some_and(|value| value == "required") {
        return Err(reason.into());
    }
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    writeln!(std::io::stderr(), "{test}: {reason}")?;
    Ok(false)
}
