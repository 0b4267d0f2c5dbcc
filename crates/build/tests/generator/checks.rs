//! The lists of checks name every file in the folder. `cargo xtask bless` writes them.

use std::{env, fs, io};

const LISTS: &str = "src/check.rs";

#[test]
fn every_file_of_the_folder_is_a_check_that_runs() -> io::Result<()> {
    let mut names = Vec::new();
    for entry in fs::read_dir("src/check")? {
        names.extend(entry?.path().file_stem().map(|name| name.display().to_string()));
    }
    names.sort();
    let modules: String = names.iter().map(|name| format!("mod {name};\n")).collect();
    let checks: String = names.iter().map(|name| format!("    {name}::CHECK,\n")).collect();
    let source = fs::read_to_string(LISTS)?;
    let drawn = with_list(&source, "// The modules.\n", "\nuse ", &modules);
    let drawn = with_list(&drawn, "const CHECKS: &[Check] = &[\n", "];\n", &checks);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(LISTS, &drawn)?;
    }
    assert!(
        fs::read_to_string(LISTS)? == drawn,
        "{LISTS} does not list every file of its folder; run `cargo xtask bless`"
    );
    Ok(())
}

/// Replaces the list between two texts.
fn with_list(source: &str, start: &str, end: &str, list: &str) -> String {
    let at = source.find(start).expect("the list starts") + start.len();
    let length = source[at..].find(end).expect("the list ends");
    format!("{}{list}{}", &source[..at], &source[at + length..])
}
