//! Values that a name announces: `password=..`, `"token": ".."`, `<secret>..</secret>`, `--api-key ..`.

mod assignment;
mod bounds;
mod brackets;
mod element;
mod header;
mod lines;
mod pair;
mod parts;
mod quotes;
mod sign;

use std::ops::Range;

use mcp_error_codes_core::secret_name::{Lists, Strength, is_header, is_one_of, lists};

use self::bounds::{Bounds, quote_before, word_before};
use self::element::in_angles;
use self::header::has_cookie;
use self::lines::block;
use self::parts::{Label, Sign};
use super::ending::{end_of_line, quoted};
use super::escape::{UNSEEN, unit};
use super::name::{Names, strength, strength_of_two};
use super::plain::REDACTED;
use super::run::leading;
use super::token::is_generated;

/// Finds the value after the name at the given position, unless an earlier search found that the name has none.
pub(super) fn find(
    names: &Names,
    text: &str,
    floor: usize,
    at: usize,
    judged: &mut Range<usize>,
) -> Option<Range<usize>> {
    if judged.contains(&at) {
        return None;
    }
    let bounds = Bounds::at(text, floor, at)?;
    *judged = at..bounds.end.max(at + 1);
    if bounds.is_in_sentence() {
        return None;
    }
    let bytes = text.as_bytes();
    // Most keys are words of a sentence.
    if matches!(bytes[bounds.end..], [b'.' | b',', ..] | [b' ', b'a'..=b'z' | b'A'..=b'Z', ..])
        && bounds.dashes == 0
        && is_bare_key(&text[bounds.start..bounds.end], word_before(text, floor, bounds.outer))
    {
        return None;
    }
    let label = Label::new(names, floor, bounds)?;
    if heads_column(&bytes[label.end..])
        && let Some(found) = label.in_column()
    {
        return Some(found);
    }
    let found = label
        .sign()
        .and_then(|(sign, sign_at, from, is_closed)| label.value(sign, sign_at, from, is_closed))
        .or_else(|| label.value_before())?;
    let found = found.start..found.end.min(bytes.len());
    let value = text.get(found.clone())?;
    // A key without a word before it may be that of a list, unless a generator made it.
    if is_bare_key(label.name(), word_before(text, floor, label.start)) && !is_generated(value.as_bytes()) {
        return None;
    }
    (!value.trim().is_empty() && value.trim() != REDACTED && found.start >= floor).then_some(found)
}

impl<'t> Label<'t> {
    /// Checks whether a name announces a secret.
    fn new(names: &Names, floor: usize, bounds: Bounds<'t>) -> Option<Self> {
        let Bounds { text, start, end, outer: before, dashes } = bounds;
        let bytes = text.as_bytes();
        let name = &text[start..end];
        let lead = word_before(text, floor, before);
        let (own, mut name_strength) = judged(names, name, lead)?;
        if !own && dashes == 0 && start > 0 && bytes[start - 1] == b'.' {
            name_strength = name_strength.min(Strength::Usual);
        }
        if dashes >= 1
            && matches!(
                bytes.get(before.wrapping_sub(1)),
                None | Some(b' ' | b'"' | b'\'' | b'[' | b',' | b'(' | b'\t' | b'\n' | b'`')
            )
            && name_strength == Strength::Usual
        {
            name_strength = Strength::Sure;
        }
        let quote = quote_before(bytes, before);
        let is_identifier = name.contains(['_', '-'])
            || name.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        Some(Self {
            text,
            start,
            end,
            strength: name_strength,
            dashes,
            quote,
            is_header: is_header(name),
            is_identifier,
        })
    }

    /// Reads the value after a separator.
    fn value(&self, sign: Sign, sign_at: usize, from: usize, is_closed: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        if sign == Sign::Comma {
            return self.after_comma(from);
        }
        let (mut at, mut lines) = (from, 0);
        while let Some(own) = unit(bytes, at)
            && matches!(own.byte, b' ' | b'\t' | b'\n' | b'\r' | UNSEEN)
        {
            lines += usize::from(own.byte == b'\n' && bytes[at] != b'\r');
            if lines > 0 && !matches!(sign, Sign::Colon | Sign::Equals | Sign::Arrow | Sign::Tag) || lines > 2 {
                return None;
            }
            at += own.length;
        }
        if sign == Sign::Tag {
            return self.element(at, is_closed);
        }
        let is_spaced = at > from || bytes.get(sign_at.wrapping_sub(1)) == Some(&b' ');
        let at = self.past_wrappers(at);
        let own = unit(bytes, at)?;
        if lines > 0 && sign == Sign::Colon && !self.is_header && own.byte != b'[' {
            return self.next_line(at);
        }
        if self.is_header
            && matches!(sign, Sign::Colon | Sign::Equals | Sign::Arrow)
            && own.byte != b'['
            && own.byte != b'{'
            && own.byte != b'('
            && own.byte != b'<'
        {
            if let Some(found) = self.header(at, is_closed, sign) {
                return Some(found);
            }
            // `sid=<value>; Path=/`
            if has_cookie(self.name())
                && self.text[at..end_of_line(bytes, at)]
                    .split(['"', '\'', '&', ' ', '\n'])
                    .next()
                    .is_some_and(|value| value.contains('='))
            {
                return None;
            }
            if has_cookie(self.name())
                && matches!(own.byte, b'"' | b'\'')
                && quoted(bytes, at).is_some_and(|(found, _)| self.text[found].contains('='))
            {
                return None;
            }
        }
        match own.byte {
            b'"' | b'\'' | b'`' => self.in_quotes(sign, at, is_closed),
            b'[' | b'{' | b'(' => self.in_brackets(sign, at, is_closed, is_spaced),
            b'|' | b'>' if sign == Sign::Colon => block(bytes, at, self.start),
            b'<' => in_angles(self.text, at, self.strength),
            _ => self.without_quotes(sign, from, at, is_spaced, is_closed),
        }
    }
}

/// Returns whether a name can head a column, given the text after it.
fn heads_column(after: &[u8]) -> bool {
    match after {
        [b',' | b'\n' | b'\t' | b'"', ..] => true,
        [b' ', ..] => {
            let spaces = leading(after, 64, |byte| *byte == b' ');
            matches!(after.get(spaces), Some(b'|' | b'\n'))
        }
        _ => false,
    }
}

/// Returns whether a name is `key`, and no word before it says which.
fn is_bare_key(name: &str, lead: &str) -> bool {
    is_one_of(name, &["key"]) && lead.bytes().all(|byte| byte.is_ascii_digit())
}

/// Checks a name, together with the word before it if both form one name. Returns whether they do.
fn judged(names: &Names, name: &str, lead: &str) -> Option<(bool, Strength)> {
    if !lead.is_empty() && lists(lead).has(Lists::LEADS) && !name.contains(['_', '-', '.']) {
        return strength_of_two(names, lead, name).map(|own| (true, own));
    }
    if !(3..=6).contains(&name.len()) {
        return strength(names, name).map(|own| (false, own));
    }
    // `using RSA key 4AEE18F8` names an id.
    if is_one_of(name, &["key"]) && lists(lead).has(Lists::ALGORITHMS) {
        return None;
    }
    if is_bare_key(name, lead) {
        return Some((false, Strength::Likely));
    }
    if is_one_of(name, &["token", "tokens", "key"]) && !lead.is_empty() {
        return strength_of_two(names, lead, name).map(|own| (false, own.min(Strength::Usual)));
    }
    strength(names, name).map(|own| (false, own))
}
