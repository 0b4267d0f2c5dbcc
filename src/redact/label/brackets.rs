//! Values in brackets: lists and objects.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{MAX_NAME, Strength, is_one_of};

use super::super::run::leading;
use super::parts::{Label, Sign};
use crate::redact::ending::group;
use crate::redact::opaque::is_opaque;
use crate::redact::plain::{is_complaint, is_placeholder};
use crate::redact::word::words_only;

impl Label<'_> {
    pub(super) fn in_brackets(&self, sign: Sign, at: usize, is_closed: bool, is_spaced: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let Some(end) = group(bytes, at) else {
            return self.without_quotes(sign, at, at, is_spaced, is_closed);
        };
        let inner = self.text.get(at + 1..end - 1)?;
        // `set password {..}` in Tcl.
        if sign == Sign::Space && bytes[at] == b'{' && self.text[..self.start].ends_with("set ") && is_opaque(inner) {
            return Some(at + 1..end - 1);
        }
        // A scheme or a format precedes the value: `password={AES}abc`.
        let is_prefix = bytes[at] == b'{' && bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric());
        if is_prefix && sign != Sign::Space && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return self.without_quotes(sign, at, at, is_spaced, is_closed);
        }
        if matches!(sign, Sign::Space | Sign::Call)
            || is_placeholder(&self.text[at..end])
            || is_placeholder(inner)
            || self.text[at..end].starts_with("[redacted")
        {
            return None;
        }
        if bytes[at] == b'(' {
            return (sign == Sign::Equals
                && !is_spaced
                && (self.strength == Strength::Sure || is_opaque(inner))
                && !inner.contains('('))
            .then_some(at + 1..end - 1);
        }
        let is_whole = self.strength == Strength::Sure || self.strength == Strength::Usual;
        if !(is_whole || bytes[at] == b'[' && inner.contains("earer ")) {
            return None;
        }
        // A value that continues after the bracket: `password={abc}x`.
        if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            return self.without_quotes(sign, at, at, is_spaced, is_closed);
        }
        let has_value = match bytes[at] {
            b'{' => !is_description(inner),
            _ => list_has_secret(inner, self.strength),
        };
        has_value.then_some(at..end)
    }
}

/// Returns whether an object describes a secret without containing it: it names a type, a place or a policy.
pub(super) fn is_description(inner: &str) -> bool {
    const KEYS: &[&str] = &[
        "type",
        "name",
        "namespace",
        "format",
        "mode",
        "enabled",
        "required",
        "minlength",
        "maxlength",
        "min_length",
        "max_length",
        "max_age",
        "http_only",
        "same_site",
        "secret_key_ref",
        "value_from",
        "minimum",
        "maximum",
        "pattern",
        "description",
        "secure",
        "httponly",
        "maxage",
        "path",
        "domain",
        "samesite",
        "expires",
        "key",
        "ref",
        "$ref",
        "id",
        "arn",
        "kind",
        "valuefrom",
        "secretkeyref",
        "in",
        "scheme",
        "default",
        "title",
        "example",
        "version",
        "fromsecret",
        "env",
        "file",
        "source",
        "error",
        "errors",
        "message",
        "code",
        "status",
        "count",
        "min",
        "max",
        "length",
        "policy",
        "optional",
        "nullable",
        "allownull",
        "provider",
        "vault",
        "external",
        "driver",
        "rules",
        "validate",
        "label",
        "placeholder",
        "iss",
        "alg",
        "ttl",
        "scopes",
        "scope",
    ];
    let first = inner.trim_start().trim_start_matches(['"', '\'', '\\', '`']);
    let length =
        leading(first.as_bytes(), MAX_NAME, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-'));
    let after = first[length..].trim_start_matches(['"', '\'', '\\', ' ', '`', '?']);
    let is_key = after.starts_with([':', '=']);
    inner.trim().is_empty() || is_key && is_one_of(&first[..length], KEYS)
}

/// Returns whether a list contains a string that can be a secret.
pub(super) fn list_has_secret(inner: &str, strength: Strength) -> bool {
    let items =
        inner.split(',').map(|item| item.trim().trim_matches(['"', '\'', '\\', '`'])).filter(|item| !item.is_empty());
    let is_secret = |item: &str| match strength {
        _ if is_placeholder(item)
            || is_complaint(item)
            || item.contains(' ') && words_only(item) && !item.starts_with("Bearer ") =>
        {
            false
        }
        Strength::Sure | Strength::Usual => !item.starts_with('*') || item.len() > 3,
        Strength::Likely => is_opaque(item),
    };
    let is_text = inner.contains(['"', '\'']) || strength == Strength::Sure || inner.contains("earer ");
    let all = items.take(32);
    is_text && !all.clone().any(is_complaint) && all.clone().any(is_secret)
        || strength == Strength::Usual
            && inner.contains(' ')
            && !words_only(inner)
            && is_opaque(inner.split(' ').next_back().unwrap_or(""))
}
