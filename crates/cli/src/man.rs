use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::Man as Page;

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Print the man page, to read with `man -l -`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write the man page and one for each subcommand to this directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, command: Command, terminal: &Terminal) -> Result<Outcome, Failure> {
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
