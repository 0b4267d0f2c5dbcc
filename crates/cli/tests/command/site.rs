//! `mcp-errors site` writes the catalogue.

use crate::run::{Checked, run};

#[test]
fn the_catalogue_is_written_to_a_new_directory() -> Checked {
    let folder = tempfile::tempdir()?;
    let site = folder.path().join("docs/errors");
    let said = run(&["site", &site.display().to_string()]).found();
    let index = site.join("index.html");
    assert!(said.ends_with(&format!(" files; open {}\n", index.display())), "{said}");
    assert!(std::fs::read_to_string(index)?.contains("id=\"fs-001\""));
    assert!(std::fs::read_to_string(site.join("filesystem/fs-001.html"))?.contains("File Not Found"));
    Ok(())
}

#[test]
fn a_directory_that_cannot_be_created_is_an_error() -> Checked {
    let file = tempfile::NamedTempFile::new()?;
    let run = run(&["site", &file.path().display().to_string()]);
    assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with(&format!("error: {}: ", file.path().display())), "{}", run.err);
    Ok(())
}
