//! Values on the lines after their name, as in YAML.

use std::ops::Range;

use mcp_error_codes_core::secret_name::Strength;

use super::super::run::leading;
use super::parts::Label;
use crate::redact::ending::{end_of_line, quoted};
use crate::redact::escape::unit;
use crate::redact::opaque::is_opaque;
use crate::redact::plain::{is_code, is_placeholder};

impl Label<'_> {
    /// Reads the values below a name that heads a column, in lines of fields that commas, tabs or bars separate. The heads of
    /// a table with bars, or with one column, are underlined.
    ///
    /// Rows whose value was replaced before are skipped. Returns the first value, or of a long table all from the first value
    /// to the last.
    pub(super) fn in_column(&self) -> Option<Range<usize>> {
        const MAX_HEAD: usize = 256;
        const MAX_ROWS: usize = 64;
        // Each pass over a text replaces one.
        const MAX_SINGLE: usize = 4;
        let from = self.start.saturating_sub(MAX_HEAD);
        let start = self.text.as_bytes()[from..self.start]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(from, |end| from + end + 1);
        let head = self.text.get(start..)?;
        let head = &head[..head.bytes().take(MAX_HEAD).position(|byte| byte == b'\n')?];
        let mut at = start + head.len() + 1;
        let rule = self.text.get(at..)?.split('\n').next()?;
        let is_rule =
            rule.contains("---") && rule.bytes().all(|byte| matches!(byte, b'-' | b'+' | b'|' | b' ' | b'\r'));
        let separator = match is_rule {
            true => '|',
            false => [',', '\t'].into_iter().find(|sign| head.contains(*sign))?,
        };
        let is_name = |field: &str| {
            let field = field.trim().trim_matches('"');
            (is_rule || !field.is_empty())
                && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        head.split(separator).all(is_name).then_some(())?;
        let column = self.text[start..self.start].matches(separator).count();
        let count = head.split(separator).count();
        at += if is_rule { rule.len() + 1 } else { 0 };
        let mut found: Vec<Range<usize>> = Vec::new();
        for row in self.text.get(at..)?.split('\n').take(MAX_ROWS) {
            if row.split(separator).count() != count {
                break;
            }
            let before: usize = row.split(separator).take(column).map(|field| field.len() + 1).sum();
            let field = row.split(separator).nth(column)?;
            let value = field.trim().trim_matches(['"', '\r']);
            let value_at = at + before + field.find(value)?;
            if is_opaque(value) && !is_placeholder(value) && !is_code(value) {
                found.push(value_at..value_at + value.len());
            }
            at += row.len() + 1;
        }
        let (first, last) = (found.first()?, found.last()?);
        Some(if found.len() > MAX_SINGLE { first.start..last.end } else { first.clone() })
    }

    /// Reads a value on the line after its name, as in YAML.
    pub(super) fn next_line(&self, at: usize) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let indent = |place: usize| {
            let line = bytes[..place].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            (line, leading(&bytes[line..place], usize::MAX, |byte| matches!(byte, b' ' | b'\t')))
        };
        let (at, is_item) = match self.text[at..].strip_prefix("- ") {
            Some(_) => (at + 2, true),
            None => (at, false),
        };
        let (own, value) = (indent(self.start).1, indent(at).1);
        let is_flat = value <= own && !is_item;
        if is_flat && (value < own || self.strength == Strength::Likely) {
            return None;
        }
        if !is_flat && matches!(unit(bytes, at)?.byte, b'"' | b'\'') {
            let (found, next) = quoted(bytes, at)?;
            let value = self.text.get(found.clone())?;
            return (bytes.get(next) != Some(&b':') && !is_placeholder(value)).then_some(found);
        }
        let line = end_of_line(bytes, at);
        let value = self.text.get(at..line)?.trim_end();
        let is_value = !value.contains(": ")
            && !value.ends_with(':')
            && !value.contains(' ')
            && !is_placeholder(value)
            && is_opaque(value)
            && !is_code(value)
            && (!is_flat
                || value.len() >= 8 && !value.contains(['=', ':']) && value.bytes().any(|byte| byte.is_ascii_digit()));
        is_value.then_some(at..at + value.len())
    }
}

/// Reads an indented block after `|` or `>`.
pub(super) fn block(bytes: &[u8], at: usize, name: usize) -> Option<Range<usize>> {
    let line = end_of_line(bytes, at);
    (line - at <= 4 && bytes.get(line).is_some_and(|byte| matches!(byte, b'\n' | b'\r'))).then_some(())?;
    let start_of = bytes[..name].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let indent = |from: usize| leading(&bytes[from..], usize::MAX, |byte| *byte == b' ');
    let own = indent(start_of);
    let start = line + 1 + usize::from(bytes[line..].starts_with(b"\r\n"));
    let mut end = start;
    while end < bytes.len() {
        let next = bytes[end..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |next| end + next);
        let is_blank = bytes[end..next].iter().all(u8::is_ascii_whitespace);
        if !is_blank && indent(end) <= own {
            break;
        }
        end = (next + 1).min(bytes.len());
    }
    let first = start + indent(start.min(bytes.len()));
    let last = bytes[..end].iter().rposition(|byte| !byte.is_ascii_whitespace())? + 1;
    (last > first).then_some(first..last)
}
