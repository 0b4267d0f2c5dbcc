//! Which codes a program raises, and which of them its tests expect.

mod known;
mod mention;
mod registry;
mod rust;
mod sources;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use self::known::{Code, Known};
use self::mention::{Mentions, Place, Use};
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::{input, json, style, table};

/// Find the codes that a program raises but no test expects
///
/// Rust is parsed: constants, constructors, `code!`, strings, and the attributes of the derive macro count. In other languages,
/// whole codes in the text count. Files and folders that are named like tests count as tests, and so does `#[cfg(test)]`.
#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// Source files, and directories of source files. A registry file among them defines the program's own codes
    #[arg(value_name = "SRC", required = true)]
    sources: Vec<PathBuf>,

    /// Only codes of this system
    #[arg(long, value_name = "SYSTEM")]
    system: Option<String>,

    /// Fail if the share of tested codes is lower
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    min: Option<u8>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table, and the places of the codes without a test
    Table,
    /// An object with `percent`, `codes`, `untested` and `unraised`
    Json,
}

/// A code that the program names.
struct Row<'m> {
    code: &'m Code,
    uses: &'m BTreeMap<Use, BTreeSet<Place>>,
}

impl Coverage {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let (sources, registries) = sources::below(&self.sources)?;
        let mut known = Known::new();
        let mut mentions = Mentions::default();
        registry::read(&registries, &mut known, &mut mentions, terminal)?;
        for source in &sources {
            let file = source.path.display().to_string();
            let text = input::file(&source.path)?;
            if source.path.extension().is_none_or(|ending| ending != "rs") {
                text::read(&text, &file, source.is_test, &known, &mut mentions);
            } else if let Err(problem) = rust::read(&text, &file, source.is_test, &known, &mut mentions) {
                terminal.complain(&format!("{file}: {problem}; its codes are found in its text"));
                text::read(&text, &file, source.is_test, &known, &mut mentions);
            }
        }
        mentions.resolve();
        let report = Report::new(&mentions, self.system.as_deref());
        terminal.print(&match self.format {
            Format::Table => report.table(terminal.table_width()),
            Format::Json => json::pretty(&report.json())?,
        })?;
        let is_enough = self.min.is_none_or(|min| report.percent() >= f64::from(min));
        Ok(if is_enough { Outcome::Found } else { Outcome::NotFound })
    }
}

struct Report<'m> {
    /// The codes that the program raises or declares.
    rows: Vec<Row<'m>>,
}

impl<'m> Report<'m> {
    fn new(mentions: &'m Mentions, system: Option<&str>) -> Self {
        let rows = mentions.codes().map(|(code, uses)| Row { code, uses });
        let is_own = |row: &Row<'_>| row.is(Use::Raises) || row.is(Use::Declares);
        let is_of_system = |row: &Row<'_>| system.is_none_or(|system| row.code.0.eq_ignore_ascii_case(system));
        Self { rows: rows.filter(|row| is_own(row) && is_of_system(row)).collect() }
    }

    fn count(&self, is: impl Fn(&Row<'_>) -> bool) -> usize {
        self.rows.iter().filter(|row| is(row)).count()
    }

    /// The percentage of the program's codes that its tests expect. A program without codes has 100 %.
    fn percent(&self) -> f64 {
        match self.rows.len() {
            0 => 100.0,
            all => (self.count(|row| row.is(Use::Tests)) as f64 * 1000.0 / all as f64).round() / 10.0,
        }
    }

    fn untested(&self) -> impl Iterator<Item = &Row<'m>> {
        self.rows.iter().filter(|row| row.is(Use::Raises) && !row.is(Use::Tests))
    }

    fn unraised(&self) -> impl Iterator<Item = &Row<'m>> {
        self.rows.iter().filter(|row| !row.is(Use::Raises))
    }

    fn table(&self, width: Option<usize>) -> String {
        let mut out = String::new();
        let places = |row: &Row<'_>, is| row.places(is).count().to_string();
        let cells = |row: &Row<'_>| {
            vec![
                row.code.1.clone(),
                row.code.0.clone(),
                places(row, Use::Raises),
                places(row, Use::Tests),
                places(row, Use::Declares),
            ]
        };
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        if !rows.is_empty() {
            out += &table::framed(&["Code", "System", "Raised", "Tested", "Declared"], &rows, width);
        }
        let tested = self.count(|row| row.is(Use::Tests));
        let _ = writeln!(out, "{tested} of {} codes are tested: {} %", self.rows.len(), self.percent());
        let mut list = |title: &str, rows: &mut dyn Iterator<Item = &Row<'m>>, is| {
            let mut rows = rows.peekable();
            if rows.peek().is_some() {
                let _ = writeln!(out, "\n{}", style::paint(style::HEADING, title));
            }
            for row in rows {
                let places: Vec<String> =
                    row.places(is).map(|place| format!("{}:{}", place.file, place.line)).collect();
                let _ = writeln!(out, "- {}: {}", row.code.1, style::harmless(&places.join(", ")));
            }
        };
        list("Raised, but not tested", &mut self.untested(), Use::Raises);
        list("Declared, but never raised", &mut self.unraised(), Use::Declares);
        out
    }

    fn json(&self) -> Value {
        let places = |row: &Row<'_>, is| row.places(is).map(|place| json!(place)).collect::<Vec<_>>();
        let code = |row: &Row<'_>| {
            json!({
                "system": row.code.0,
                "code": row.code.1,
                "raised": places(row, Use::Raises),
                "tested": places(row, Use::Tests),
                "declared": places(row, Use::Declares),
            })
        };
        let name = |row: &Row<'_>, is| json!({"system": row.code.0, "code": row.code.1, "places": places(row, is)});
        json!({
            "percent": self.percent(),
            "codes": self.rows.iter().map(code).collect::<Vec<_>>(),
            "untested": self.untested().map(|row| name(row, Use::Raises)).collect::<Vec<_>>(),
            "unraised": self.unraised().map(|row| name(row, Use::Declares)).collect::<Vec<_>>(),
        })
    }
}

impl Row<'_> {
    fn is(&self, is: Use) -> bool {
        self.uses.get(&is).is_some_and(|places| !places.is_empty())
    }

    fn places(&self, is: Use) -> impl Iterator<Item = &Place> {
        self.uses.get(&is).into_iter().flatten()
    }
}
