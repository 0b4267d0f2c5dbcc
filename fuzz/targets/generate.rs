//! Whatever text a registry is made of, the generator writes source, or lists mistakes that each have a place.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::draw;
use libfuzzer_sys::fuzz_target;
use mcp_error_codes_build::Generator;
use mcp_error_codes_core::schema::Object;

/// A registry that has every field.
const FULL: &str = include_str!("../../crates/build/tests/valid/full.toml");
/// A registry of the usual fields.
const ACME: &str = include_str!("../../crates/build/tests/valid/acme.toml");

/// Values that a field may not have been made for.
const VALUES: [&str; 20] = [
    "",
    "\"\"",
    "[]",
    "{}",
    "true",
    "-1",
    "0",
    "9223372036854775807",
    "1.5",
    "nan",
    "1979-05-27",
    "\"{a}{b}\"",
    "\"{\"",
    "\"F-001\"",
    "\"self\"",
    "\"full:-32602\"",
    "[\"\", 1]",
    "{ since = \"2025-11-25\" }",
    "\"\\u0000é\\n\"",
    "\"\"\"",
];

/// Makes a line: a header, a field with a value, or anything.
fn line(u: &mut Unstructured<'_>) -> Result<String> {
    let object = u.choose(Object::ALL)?;
    let fields = object.fields();
    Ok(match u.int_in_range(0..=4)? {
        0 => format!(
            "[[{}]]",
            u.choose(&[
                "codes",
                "extends",
                "families",
                "claims",
                "codes.scenarios",
                "codes.params",
                "codes.alert",
                "system"
            ])?
        ),
        1 => format!("[{}]", u.choose(&["system", "preferred", "codes.retry", "a.b"])?),
        2 => String::from_utf8_lossy(&draw::piece(u)?).into_owned(),
        _ if fields.is_empty() => String::new(),
        _ => format!("{} = {}", u.choose(&fields)?.name, u.choose(&VALUES)?),
    })
}

/// Changes some lines of a valid registry.
fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut lines: Vec<String> = u.choose(&[FULL, ACME])?.lines().map(str::to_owned).collect();
    for _ in 0..u.int_in_range(0..=6)? {
        let at = u.choose_index(lines.len())?;
        match u.int_in_range(0..=5)? {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => {
                let other = u.choose_index(lines.len())?;
                lines.swap(at, other);
            }
            2 => lines.insert(at, line(u)?),
            3 => {
                let copy = lines[u.choose_index(lines.len())?].clone();
                lines.insert(at, copy);
            }
            4 => {
                let key = lines[at].split_once('=').map_or("", |(key, _)| key).to_owned();
                lines[at] = format!("{key}= {}", u.choose(&VALUES)?);
            }
            _ => lines[at] += &draw::word(u)?,
        }
    }
    Ok(lines.join("\n").into_bytes())
}

fuzz_target!(|input: &[u8]| {
    let text = fuzz::text(input, written);
    let text = String::from_utf8_lossy(&text);
    match Generator::generate_from(&[("a.toml", &text)]) {
        Ok(source) => assert!(!source.is_empty()),
        Err(problems) => {
            assert!(!problems.as_slice().is_empty(), "it fails without a reason");
            let lines = text.split('\n').count();
            for problem in problems.as_slice() {
                assert!(problem.file == "a.toml" && (1..=lines).contains(&problem.line), "no such place: {problem}");
                assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "not one line: {problem}");
            }
            assert!(problems.as_slice().is_sorted_by_key(|problem| problem.line), "not in order");
        }
    }
});
