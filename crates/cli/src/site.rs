use std::path::PathBuf;

use clap::Args;

use crate::catalogue;
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Write the catalogue as static HTML, to open from disk or to serve with any web server
///
/// Writes one page per code and an index to search and filter. Existing files are replaced; no file is deleted.
#[derive(Debug, Args)]
pub(crate) struct Site {
    /// The directory, which is created if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The title of the catalogue
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// The text in the footer of each page
    #[arg(long, value_name = "TEXT")]
    footer: Option<String>,

    /// The address where the catalogue is served, for links that search engines follow: https://errors.example.com
    #[arg(long, value_name = "URL")]
    base: Option<String>,
}

impl Site {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let catalogue = catalogue::get();
        let title = self.title.as_deref().unwrap_or(&catalogue.title);
        let mut site = mcp_error_codes_site::Site::new(catalogue::records()).with_title(title);
        if let Some(footer) = self.footer.as_deref().or(catalogue.footer.as_deref()) {
            site = site.with_footer(footer);
        }
        if let Some(base) = self.base.as_deref().or(catalogue.base.as_deref()) {
            site = site.with_base(base);
        }
        let written = site.write_to(&self.folder).map_err(|error| Failure::file(&self.folder, error))?;
        terminal.print(&format!("{written} files; open {}\n", self.folder.join("index.html").display()))?;
        Ok(Outcome::Found)
    }
}
