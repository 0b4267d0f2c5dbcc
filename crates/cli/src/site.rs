use std::path::PathBuf;

use clap::Args;
use mcp_error_codes::records;

use crate::command::Outcome;
use crate::terminal::{Failure, Terminal};

/// Write the catalogue as static pages, to be opened from the disk or served by any web server
///
/// A page for each code and an index to search and filter. Files that are there are replaced, and nothing is removed.
#[derive(Debug, Args)]
pub(crate) struct Site {
    /// The folder, which is made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Site {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let site = mcp_error_codes_site::Site::new(records());
        let written = site.write_to(&self.folder).map_err(|error| Failure::file(&self.folder, error))?;
        terminal.print(&format!("{written} files; open {}\n", self.folder.join("index.html").display()))?;
        Ok(Outcome::Found)
    }
}
