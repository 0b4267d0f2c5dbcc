/// Returns the bytes by which `find` compares spellings: upper case, without the separators `-`, `_` and white space.
///
/// A minus sign before a number stays, since it changes the number. The generator and the library share this rule.
#[doc(hidden)]
pub fn __spelling(text: &str) -> impl Iterator<Item = u8> + Clone + '_ {
    let text = text.trim();
    let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let sign = if is_negative { Some(b'-') } else { None };
    let is_letter = |byte: &u8| !matches!(byte, b'-' | b'_') && !byte.is_ascii_whitespace();
    sign.into_iter().chain(text.bytes().filter(is_letter).map(|byte| byte.to_ascii_uppercase()))
}
