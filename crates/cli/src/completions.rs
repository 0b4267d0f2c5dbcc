use clap::{Args, Command};
use clap_complete::Shell;

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Print the completion script of a shell
///
/// For bash, write it to a file with the name of this command in `~/.local/share/bash-completion/completions/`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, mut command: Command, terminal: &Terminal) -> Result<Outcome, Failure> {
        let name = command.get_name().to_owned();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        terminal.print(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Found)
    }
}
