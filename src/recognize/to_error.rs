use mcp_error_codes_core::Surface;
use serde_json::Value;

use crate::error::Received;
use crate::matching::typed::typed;
use crate::recognize::finding::Finding;
use crate::wire::read::{with_received, with_rest};
use crate::{Certainty, McpError};

impl Finding {
    /// Returns the recognized error, or `None` if the finding is only possible or is not a code of a registry.
    ///
    /// The values of the message and the details become details. The wait, the error id and the surface are those of
    /// the finding.
    ///
    /// ```
    /// use mcp_error_codes::{filesystem, recognize};
    ///
    /// let recognition = recognize("Error: MCP error 33001: File not found: a.txt");
    /// let error = recognition.errors[0].findings[0].to_error().ok_or("no error")?;
    /// assert!(error.is(filesystem::FILE_NOT_FOUND));
    /// assert_eq!(error.detail("path"), Some(&"a.txt".into()));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn to_error(&self) -> Option<McpError> {
        let record = self.record().filter(|_| self.certainty() > Certainty::Possible)?;
        let mut error = McpError::from_record(record);
        let declared = self.scenario().map_or(record.params, |case| case.params);
        for (name, value) in self.params() {
            let ty = declared.iter().find(|param| param.name == name).map(|param| param.ty);
            error = error.with_value(name.to_owned().into(), typed(value, ty));
        }
        if let Some(Value::Object(details)) = self.received_details() {
            for (name, value) in details {
                error = error.with_value(name.clone().into(), value.clone());
            }
        }
        if let Some(message) = self.received_message()
            && error.message() != message
        {
            error = error.with_message(message.to_owned());
        }
        if let Some(data) = self.received_data() {
            error = with_received(error, Received { data: Some(data.clone()), ..Received::default() });
        }
        let mut rest = self.received_rest().clone();
        rest.retain(|name, _| self.received_member(name).is_none() || !matches!(name.as_str(), "hint" | "kind"));
        error = with_rest(error, rest);
        if let Some(hint) = self.received_member("hint").and_then(Value::as_str) {
            error = error.with_hint(hint.to_owned());
        }
        if let Some(kind) = self.received_member("kind").and_then(Value::as_str) {
            error = error.with_kind_word(kind.to_owned().into());
        }
        if let Some(wait) = self.wait() {
            error = error.with_retry_after(wait);
        }
        if let Some(id) = self.received_error_id() {
            error = error.with_error_id(id.to_owned());
        }
        Some(match self.surface() {
            surface if error.surface() == surface => error,
            surface @ (Surface::Tool | Surface::Protocol) => error.with_surface(surface),
            _ => error,
        })
    }
}
