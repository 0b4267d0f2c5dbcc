//! The JSON of bare errors, which the library copies instead of writing it anew. The tests of the library hold it to what its
//! `Serialize` writes.

use std::fmt::{self, Display, Formatter, Write};

use mcp_error_codes_core::{__Reference, Record};

/// Prints the expression that makes the ready JSON of a record.
pub(crate) struct JsonSource<'a>(pub(crate) &'a Record);

impl Display for JsonSource<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let record = self.0;
        let message = Text(record.__bare_message());
        let mut text = format!(",\"error\":{{\"code\":{}", record.json_rpc_number());
        let number_end = text.len();
        write!(text, ",\"message\":\"{message}\",\"data\":")?;
        let object = text.len();
        write!(text, "{{\"system\":\"{}\",\"code\":\"{}\"", Text(record.system.name), Text(record.code))?;
        write!(text, ",\"name\":\"{}\",\"message\":\"", Text(record.name))?;
        let message_at = text.len();
        write!(text, "{message}")?;
        let message_end = text.len();
        text.push_str("\",\"hint\":\"");
        let hint = text.len();
        write!(text, "{}", Text(record.hint))?;
        let hint_end = text.len();
        write!(text, "\",\"category\":\"{}\",\"severity\":\"{}\"", record.category, record.severity)?;
        write!(text, ",\"recoverable\":{},\"retry\":", record.recoverable)?;
        let retry = text.len();
        write!(text, "{{\"class\":\"{}\"", record.retry.class)?;
        if let Some(wait) = record.retry.initial_ms {
            write!(text, ",\"after_ms\":{wait}")?;
        }
        text.push('}');
        let retry_end = text.len();
        write!(text, ",\"ref\":\"{}\"}}}}}}", Text(&__Reference(record).to_string()))?;
        let places = [number_end, object, message_at, message_end, hint, hint_end, retry, retry_end];
        write!(f, "JsonText::__new({text:?}, {places:?})")
    }
}

/// Prints a text as it stands between the quotes of JSON, escaped as `serde_json` does it.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\u{8}' => f.write_str("\\b")?,
                '\u{c}' => f.write_str("\\f")?,
                control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}
