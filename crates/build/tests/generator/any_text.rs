//! Any text gives either a source, or mistakes that each have a place.

use mcp_error_codes_build::Generator;
use proptest::prelude::*;

/// Files of a valid registry, by path.
const VALID: [(&str, &str); 3] = [
    ("acme.toml", include_str!("../valid/acme.toml")),
    ("demo.toml", include_str!("../valid/demo.toml")),
    ("full.toml", include_str!("../valid/full.toml")),
];

/// What replaces a line, or the value in it.
const ODDITIES: [&str; 17] = [
    "",
    "[[codes]]",
    "[[extends]]",
    "[[families]]",
    "[[codes.scenarios]]",
    "code = \"\"",
    "name = \"Self\"",
    "superseded_by = \"F-001\"",
    "shares_with = [\"full:-32602\", \":\", \"\"]",
    "message = \"{}{a}{\"",
    "[]",
    "{}",
    "\"é\\u0000\\n\"",
    "-9223372036854775808",
    "1979-05-27",
    "nan",
    "\"\"\"",
];

/// One change to a text, at a line number.
#[derive(Debug, Clone)]
enum Change {
    Remove(usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Line(usize, &'static str),
    Value(usize, &'static str),
    Insert(usize, char),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let oddity = prop::sample::select(ODDITIES.as_slice());
        prop_oneof![
            any::<usize>().prop_map(Self::Remove),
            any::<(usize, usize)>().prop_map(|(from, to)| Self::Repeat(from, to)),
            any::<(usize, usize)>().prop_map(|(one, other)| Self::Swap(one, other)),
            (any::<usize>(), oddity.clone()).prop_map(|(at, text)| Self::Line(at, text)),
            (any::<usize>(), oddity).prop_map(|(at, text)| Self::Value(at, text)),
            any::<(usize, char)>().prop_map(|(at, c)| Self::Insert(at, c)),
        ]
    }

    fn apply(&self, lines: &mut Vec<String>) {
        let count = lines.len().max(1);
        lines.resize(count, String::new());
        match *self {
            Self::Remove(at) => drop(lines.remove(at % count)),
            Self::Repeat(from, to) => lines.insert(to % count, lines[from % count].clone()),
            Self::Swap(one, other) => lines.swap(one % count, other % count),
            Self::Line(at, text) => lines[at % count] = text.to_owned(),
            Self::Value(at, text) => {
                let line = &mut lines[at % count];
                let key = line.split_once('=').map_or("", |(key, _)| key).to_owned();
                *line = format!("{key}= {text}");
            }
            Self::Insert(at, c) => lines[at % count].push(c),
        }
    }
}

/// Generates, and checks each reported mistake.
fn check(files: &[(&str, &str)]) -> Result<(), TestCaseError> {
    let Err(problems) = Generator::generate_from(files) else { return Ok(()) };
    prop_assert!(!problems.as_slice().is_empty());
    let mut places = Vec::new();
    for problem in problems.as_slice() {
        let at = files.iter().position(|(path, _)| *path == problem.file);
        let Some(at) = at else { return Err(TestCaseError::fail(format!("no such file: {problem}"))) };
        let lines = files[at].1.split('\n').count();
        prop_assert!((1..=lines).contains(&problem.line), "no such line: {}", problem);
        prop_assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "not one line: {}", problem);
        places.push((at, problem.line, &problem.message));
    }
    prop_assert!(places.is_sorted());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_judged(text in "\\PC*", lines in prop::collection::vec("[\\[\\]{}a-c=\"'.,#\\\\ 0-9\r\t-]{0,12}", 0..12)) {
        check(&[("text.toml", &text), ("lines.toml", &lines.join("\n"))])?;
    }

    #[test]
    fn any_change_to_a_valid_registry_is_judged(changes in prop::collection::vec((0..3usize, Change::any()), 1..8)) {
        let mut files = VALID.map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>());
        for (file, change) in &changes {
            change.apply(&mut files[*file]);
        }
        let texts = files.map(|lines| lines.join("\n"));
        let files: Vec<_> = VALID.iter().zip(&texts).map(|((path, _), text)| (*path, text.as_str())).collect();
        check(&files)?;
    }
}

#[test]
fn deep_nesting_is_a_mistake_and_not_a_crash() -> Result<(), TestCaseError> {
    let depth = 100_000;
    let dots = vec!["a"; depth].join(".");
    let texts = [
        format!("{dots} = 1"),
        format!("[{dots}]"),
        format!("a = {}", "[".repeat(depth)),
        format!("a = {}", "{ a = ".repeat(depth)),
    ];
    for text in &texts {
        check(&[("deep.toml", text)])?;
        assert!(Generator::generate_from(&[("deep.toml", text)]).is_err());
    }
    Ok(())
}
