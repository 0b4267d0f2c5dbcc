use std::path::PathBuf;

use clap::Args;
use mcp_error_codes::records;

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Write the catalogue as static HTML, to open from disk or to serve with any web server
///
/// One page per code and an index to search and filter. Existing files are replaced; no file is deleted.
#[derive(Debug, Args)]
pub(crate) struct Site {
    /// The directory, which is created if it does not exist
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
