use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use crate::command::{Arguments, Outcome};
use crate::terminal::{Failure, Terminal};

/// Print the man page: `mcp-errors man | man -l -`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write it to this folder instead, with a page for each subcommand
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let command = Arguments::command();
        if let Some(folder) = &self.dir {
            let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
            written.map_err(|error| Failure::file(folder, error))?;
            return Ok(Outcome::Found);
        }
        let mut page = Vec::new();
        Page::new(command).render(&mut page).map_err(Failure::writing)?;
        terminal.print(&String::from_utf8_lossy(&page))?;
        Ok(Outcome::Found)
    }
}
