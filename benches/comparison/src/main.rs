//! Draws `docs/comparison.md`. `cargo xtask compare` runs it and writes the page.
//!
//! What the page says of another crate is checked: a fact names the file that shows it, which has to contain a text, and what a crate
//! is said not to have must not be found in its source. What costs something is measured here.

mod cost;
mod facts;
mod source;

use std::fmt::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match page() {
        Ok(page) => {
            print!("{page}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn page() -> Result<String, String> {
    let sources = source::Sources::read()?;
    let mut page = INTRODUCTION.to_owned();
    page += "\n| crate | version | packages that it brings into a build, by default |\n|---|---|---|\n";
    for name in facts::CRATES {
        let _ = writeln!(page, "| `{name}` | {} | {} |", sources.version(name)?, sources.packages(name)?);
    }
    page += FEATURES;
    page += &facts::table(&sources)?;
    page += COST;
    page += &cost::table();
    page += BETTER;
    page += &facts::better(&sources)?;
    Ok(page)
}

const INTRODUCTION: &str = "\
# Comparison

How this crate compares with others that model errors or codes, in Rust. `cargo xtask compare` draws this page: it reads the source of
each crate, in the version named here, and fails if a sentence about it is not shown there; and it measures the costs.
";

const FEATURES: &str = "
## Features

A cell with a file says where the source shows it. `no` means that no file of the crate's library has the words by which it could be
named; `no` with a file, that no member of the type of its errors has them; `no, as read`, that somebody has read the file, because words
do not decide it. It is not a defect: most of these crates have another purpose.

";

const COST: &str = "
## Cost

The fastest of 200 rounds, in which all take turns, on one machine. Only the ratios carry over. The first row is what a server does
when a file is missing: it makes the error and writes it as JSON. Each crate writes its own form. Ours takes the longest: it looks for
secrets in the value, and writes more than twice as many bytes, because the whole record is in them.

";

const BETTER: &str = "
## What they do better

";
