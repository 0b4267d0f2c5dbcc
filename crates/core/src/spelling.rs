//! How `find` compares texts. The generator, the library and the command share this rule.

/// Returns the normalised spelling of a text: upper case, without the separators `-`, `_` and white space. The system before
/// a colon and the text after it are normalised separately.
///
/// A minus sign before a number is kept, because it changes the number.
#[doc(hidden)]
pub fn __spelling(text: &str) -> impl Iterator<Item = u8> + Clone + '_ {
    let (system, rest) = text.split_once(':').map_or((None, text), |(system, rest)| (Some(system), rest));
    let system = system.into_iter().flat_map(|system| part(system).chain([b':']));
    system.chain(part(rest))
}

/// Returns the normalised spelling of a text without a system.
fn part(text: &str) -> impl Iterator<Item = u8> + Clone + '_ {
    let text = text.trim();
    let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let sign = is_negative.then_some(b'-');
    let is_kept = |byte: &u8| !matches!(byte, b'-' | b'_') && !byte.is_ascii_whitespace();
    sign.into_iter().chain(text.bytes().filter(is_kept).map(|byte| byte.to_ascii_uppercase()))
}
