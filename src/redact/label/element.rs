//! Values in XML and HTML elements, and in angle brackets.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{MAX_NAME, Strength, is_one_of};

use super::super::run::leading;
use super::parts::Label;
use crate::redact::escape::unit;
use crate::redact::opaque::is_opaque;
use crate::redact::plain::is_placeholder;
use crate::redact::word::words_only;

impl Label<'_> {
    /// Returns where the tag with this name ends, if it opens an element.
    pub(super) fn end_of_tag(&self) -> Option<usize> {
        let before = self.text[..self.start].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ':');
        before.ends_with('<').then_some(())?;
        let rest = &self.bytes()[self.end..];
        let end = rest.iter().take(256).position(|byte| matches!(byte, b'>' | b'\n' | b'<'))?;
        (rest[end] == b'>' && (end == 0 || rest[end - 1] != b'/')).then_some(self.end + end + 1)
    }

    /// Reads `</name><value>` and `</b>:` after a name. Returns where the value starts.
    pub(super) fn tag_after(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let end = rest.bytes().take(MAX_NAME).position(|byte| byte == b'>')? + 1;
        if !rest.starts_with("</") {
            return None;
        }
        let after = &rest[end..];
        let trimmed = after.trim_start();
        let from = at + end + after.len() - trimmed.len();
        if trimmed.starts_with([':', '=']) {
            return Some(from + 1);
        }
        let tag = trimmed.strip_prefix('<')?;
        let length = leading(tag.as_bytes(), 24, |byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let known = [
            "value",
            "string",
            "val",
            "data",
            "text",
            "td",
            "dd",
            "code",
            "span",
            "literal",
            "param-value",
            "env-entry-value",
        ];
        is_one_of(&tag[..length], &known).then_some(())?;
        let close = tag.bytes().take(MAX_NAME).position(|byte| byte == b'>')?;
        Some(from + 1 + close + 1)
    }

    /// Reads the content of an element.
    pub(super) fn element(&self, at: usize, is_attribute: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        // A closing tag has no content.
        if self.text[..self.start].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ':').ends_with("</") {
            return None;
        }
        let before =
            self.text[..self.start].bytes().rev().take(96).find(|byte| matches!(byte, b'<' | b'>' | b';' | b'\n'));
        if !matches!(before, Some(b'<' | b';' | b'>')) {
            return None;
        }
        let mut at = at;
        let rest = &self.text[at..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            return Some(at + 9..at + 9 + end);
        }
        if let Some(tag) = rest.strip_prefix('<') {
            let length = leading(tag.as_bytes(), 24, u8::is_ascii_alphanumeric);
            is_one_of(&tag[..length], &["value", "string", "val", "text", "b", "span", "code"]).then_some(())?;
            at += 1 + tag.bytes().take(MAX_NAME).position(|byte| byte == b'>')? + 1;
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
        }
        let mut end = at;
        while let Some(own) = unit(bytes, end)
            && own.byte != b'<'
        {
            end += own.length;
        }
        let value = self.text.get(at..end)?.trim_end();
        let is_closed = self.text[end..].starts_with("</") || unit(bytes, end).is_some_and(|own| own.length > 1);
        let fits = is_closed
            && (!is_attribute || !words_only(value))
            && !value.is_empty()
            && !is_placeholder(value)
            && (self.strength == Strength::Sure && !(value.contains(' ') && words_only(value))
                || is_opaque(value)
                || self.strength == Strength::Usual && !value.contains(' ') && value.len() >= 6);
        fits.then_some(at..at + value.len())
    }
}

/// Reads a value in angle brackets that is not a placeholder.
pub(super) fn in_angles(text: &str, at: usize, strength: Strength) -> Option<Range<usize>> {
    let inner = text[at..].strip_prefix('<')?;
    let end = inner.bytes().take(512).position(|byte| byte == b'>')?;
    let fits = is_opaque(&inner[..end])
        && inner[..end].bytes().any(|byte| byte.is_ascii_digit())
        && !inner[..end].contains([' ', '/', '='])
        && strength >= Strength::Likely
        && end >= 8;
    fits.then_some(at + 1..at + 1 + end)
}
