//! Pieces of text from the registry.

use arbitrary::{Result, Unstructured};
use mcp_error_codes::{Record, records, registries};
use mcp_error_codes_core::template::{Piece, Pieces};

/// Characters and short texts on which a reader stumbles.
const ODD: [&str; 40] = [
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\\",
    "\"",
    "'",
    "\\\"",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ": ",
    "=",
    ", ",
    "://",
    "@",
    "-",
    "--",
    "_",
    "é",
    "İ",
    "🦀",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{1b}[31m",
    "… [1 more]",
    "[redacted]",
    "null",
    "-0",
    "1e999",
    "9223372036854775808",
];

/// Names and beginnings that announce a secret or a part of an error.
const NAMES: [&str; 24] = [
    "password",
    "token",
    "api_key",
    "Authorization: Bearer ",
    "sk-",
    "ghp_",
    "AKIA",
    "eyJ",
    "-----BEGIN PRIVATE KEY-----",
    "postgres://a:b@c/d",
    "--password ",
    "\"secret\":\"",
    "error",
    "\"error\":",
    "\"code\":",
    "\"message\":",
    "\"data\":",
    "isError",
    "structuredContent",
    "_meta",
    "io.github.mcp-error-codes/error",
    "jsonrpc",
    "Hint: ",
    "Retry after ",
];

/// Picks a record.
pub fn record(u: &mut Unstructured<'_>) -> Result<&'static Record> {
    let count = records().count();
    let at = u.choose_index(count)?;
    records().nth(at).ok_or(arbitrary::Error::EmptyChoose)
}

/// Makes a short text: letters, or any characters.
pub fn word(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=3)? {
        0 => (*u.choose(&ODD)?).to_owned(),
        1 => u.arbitrary::<&str>()?.chars().take(64).collect(),
        2 => (*u.choose(&NAMES)?).to_owned(),
        _ => letters(u)?,
    })
}

/// Makes a short word of small letters.
pub fn letters(u: &mut Unstructured<'_>) -> Result<String> {
    let length = u.int_in_range(1..=24)?;
    (0..length).map(|_| Ok(char::from(u.int_in_range(b'a'..=b'z')?))).collect()
}

/// Fills the placeholders of a template with short texts.
pub fn filled(u: &mut Unstructured<'_>, template: &str) -> Result<String> {
    filled_with(u, template, word)
}

/// Fills the placeholders of a template with the texts that `value` makes.
pub fn filled_with(
    u: &mut Unstructured<'_>,
    template: &str,
    value: fn(&mut Unstructured<'_>) -> Result<String>,
) -> Result<String> {
    let mut text = String::new();
    for piece in Pieces::new(template) {
        match piece {
            Ok(Piece::Literal(literal)) => text += literal,
            Ok(Piece::Placeholder(_)) => text += &value(u)?,
            Err(_) => return Err(arbitrary::Error::IncorrectFormat),
        }
    }
    Ok(text)
}

/// Makes a piece of text that means something in the registry, or nothing at all.
pub fn piece(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let record = record(u)?;
    Ok(match u.int_in_range(0..=11)? {
        0 => record.code.into(),
        1 => record.full_name().to_string().into(),
        2 => record.json_rpc_number().to_string().into(),
        3 => record.title.into(),
        4 => record.hint.into(),
        5 => filled(u, record.message.unwrap_or(record.title))?.into(),
        6 => match record.examples.is_empty() {
            true => record.name.into(),
            false => u.choose(record.examples)?.text.into(),
        },
        7 => match record.signatures.is_empty() {
            true => record.summary.into(),
            false => {
                let signature = u.choose(record.signatures)?;
                filled(u, signature.message.unwrap_or_default())?.into()
            }
        },
        8 => {
            let registry = registries().next().ok_or(arbitrary::Error::EmptyChoose)?;
            u.choose(registry.claims()).map(|claim| claim.meaning.into()).unwrap_or_default()
        }
        9 => format!("MCP error {}: {}", record.json_rpc_number(), filled(u, record.message.unwrap_or(record.title))?)
            .into(),
        10 => u.arbitrary::<&[u8]>()?.iter().copied().take(64).collect(),
        _ => word(u)?.into(),
    })
}

/// Makes a text of a few pieces.
pub fn pieces(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for _ in 0..u.int_in_range(1..=6)? {
        text.extend(piece(u)?);
        text.extend(u.choose(&["", " ", "\n", ": ", ", ", "\n  "])?.as_bytes());
    }
    Ok(text)
}
