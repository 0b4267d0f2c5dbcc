use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The result of a task: nothing, or what went wrong.
pub(crate) type Outcome = Result<(), String>;

/// Returns the root of the workspace.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Returns the target directory of Cargo.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns a command that runs in the root of the workspace. The line is split at spaces.
pub(crate) fn command(line: &str) -> Command {
    let mut words = line.split(' ');
    let program = words.next().unwrap_or_default();
    // `cargo xtask` sets variables for its toolchain, which would override a `+nightly`.
    let mut command = match words.clone().next() {
        Some(toolchain) if toolchain.starts_with('+') => {
            let mut command = Command::new("rustup");
            command.args(["run", &toolchain[1..], program]).args(words.skip(1));
            ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"].iter().for_each(|name| {
                command.env_remove(name);
            });
            command
        }
        _ => {
            let mut command = Command::new(program);
            command.args(words);
            command
        }
    };
    command.current_dir(root());
    command
}

/// Runs a command and prints it.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    println!("\n== {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(problem) => Err(format!("{shown}: {problem}")),
    }
}

/// Runs a command and drops its standard output.
pub(crate) fn run_quietly(command: &mut Command) -> Outcome {
    run(command.stdout(Stdio::null()))
}

/// Returns the command line with the variables that it sets.
fn shown(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let variables = variables.map(|(name, value)| format!("{}={:?}", name.display(), value.to_string_lossy()));
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| word.to_string_lossy().into_owned());
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

/// The steps of a task, each with its time.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    times: Vec<(String, Duration)>,
}

impl Steps {
    /// Runs a step and prints its time.
    pub(crate) fn run(&mut self, name: &str, step: impl FnOnce() -> Outcome) -> Outcome {
        let start = Instant::now();
        let outcome = step();
        let time = start.elapsed();
        println!("-- {name}: {:.1} s", time.as_secs_f64());
        self.times.push((name.to_owned(), time));
        outcome
    }

    /// Prints the times of all steps.
    pub(crate) fn print(&self) {
        println!();
        for (name, time) in &self.times {
            println!("{name:<16} {:>8.1} s", time.as_secs_f64());
        }
        let total: Duration = self.times.iter().map(|(_, time)| *time).sum();
        println!("{:<16} {:>8.1} s", "total", total.as_secs_f64());
    }
}
