use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use mcp_error_codes::{Registry, setup};

use crate::catalogue::{self, Catalogue};
use crate::outcome::{Failure, Outcome};
use crate::terminal::{Color, Terminal};
use crate::{
    alerts, audit, budget, check, completions, correlate, coverage, decode, diff, explain, export, ingest, input,
    inspect, list, loaded, man, new, runbook, search, serve, site,
};

/// Look up MCP error codes: what each code means, why it happens and what to do next.
#[derive(Debug, Parser)]
#[command(name = "mcp-errors", version, styles = STYLES, after_help = EXIT_STATUS, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true, propagate_version = true)]
struct Arguments {
    /// When to use colors
    ///
    /// `auto` depends on the terminal and on NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN", display_order = 900)]
    color: Color,

    /// Wrap text at this number of columns
    ///
    /// By default, text is wrapped at the width of the terminal, up to 100 columns. In a pipe, it is not wrapped.
    #[arg(long, global = true, value_name = "COLUMNS", display_order = 901, value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,

    /// Show the codes of a registry in TOML files instead of the built-in codes; repeat it for several registries
    ///
    /// DIR is the directory of the files, or of the package that has them in `registry`. The files are read and checked on each
    /// run. The built-in codes can still be looked up by name, decoded and recognized.
    #[arg(long, global = true, value_name = "DIR", display_order = 902)]
    registry: Vec<PathBuf>,

    /// With --registry, also list the codes of mcp-error-codes
    #[arg(long, global = true, display_order = 903)]
    with_builtin: bool,

    #[command(subcommand)]
    task: Task,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUS: &str = "\
Exit status: 0 if something was found, 1 if nothing was found (for `diff`: if the files differ; for `audit`: if the logs drift from the registry; for \
`check`: if there are mistakes; for `budget`: if the budget is exceeded; for `coverage --min`: if the share is lower), 2 if the \
arguments are invalid or a file cannot be read or written.";

#[derive(Debug, Subcommand)]
enum Task {
    Explain(explain::Explain),
    List(list::List),
    Search(search::Search),
    Decode(decode::Decode),
    Diff(diff::Diff),
    Check(check::Check),
    New(new::New),
    Export(export::Export),
    Site(site::Site),
    Serve(serve::Serve),
    Audit(audit::Audit),
    Coverage(coverage::Coverage),
    Runbook(runbook::Runbook),
    Ingest(ingest::Ingest),
    Inspect(inspect::Inspect),
    Budget(budget::Budget),
    Correlate(correlate::Correlate),
    Alerts(alerts::Alerts),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs the command with the arguments of the process and returns its exit status.
///
/// The process ends at once if the arguments are invalid or ask for help.
#[must_use]
pub fn main() -> ExitCode {
    Command::default().run()
}

/// Runs the command under another name, with a team's registries, and returns its exit status.
///
/// The process ends at once if the arguments are invalid or ask for help.
///
/// ```no_run
/// # mod acme { pub use mcp_error_codes::REGISTRY; }
/// fn main() -> std::process::ExitCode {
///     mcp_error_codes_cli::run("acme-errors", [&acme::REGISTRY])
/// }
/// ```
#[must_use]
pub fn run(name: &str, registries: impl IntoIterator<Item = &'static Registry>) -> ExitCode {
    Command::new(name).registries(registries).run()
}

/// A team's command: the same subcommands for its own codes.
///
/// ```no_run
/// # mod acme { pub use mcp_error_codes::REGISTRY; }
/// use mcp_error_codes_cli::Command;
///
/// fn main() -> std::process::ExitCode {
///     Command::new("acme-errors")
///         .registries([&acme::REGISTRY])
///         .title("Error codes of Acme")
///         .footer("Questions? Ask #acme-tools.")
///         .base("https://errors.acme.example")
///         .run()
/// }
/// ```
#[derive(Debug, Default)]
#[must_use = "it does nothing until `run` is called"]
pub struct Command {
    catalogue: Catalogue,
}

impl Command {
    /// Creates a command with this name.
    pub fn new(name: &str) -> Self {
        Self { catalogue: Catalogue { command: name.to_owned(), ..Catalogue::default() } }
    }

    /// Adds registries. Their codes are listed, searched, exported and served; the codes of `mcp-error-codes` can still be looked
    /// up by name, decoded and recognized.
    pub fn registries(mut self, registries: impl IntoIterator<Item = &'static Registry>) -> Self {
        self.catalogue.own.extend(registries);
        self
    }

    /// Sets the title of the catalogue.
    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.catalogue.title);
        self
    }

    /// Sets the text in the footer of each page of the catalogue.
    pub fn footer(mut self, footer: &str) -> Self {
        self.catalogue.footer = Some(footer.to_owned());
        self
    }

    /// Sets the address where the catalogue is served.
    pub fn base(mut self, base: &str) -> Self {
        self.catalogue.base = Some(base.to_owned());
        self
    }

    /// Runs the command with the arguments of the process and returns its exit status.
    ///
    /// The process ends at once if the arguments are invalid or ask for help.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let given: Vec<OsString> = std::env::args_os().collect();
        // The possible values of options come from the registries, so the registries are read first.
        if let Err(failure) = self.prepare(&given) {
            complain(&failure, &Terminal::new(Color::Auto, None));
            return ExitCode::from(2);
        }
        let takes_text = task(&given).is_some_and(|task| task == "explain" || task == "decode");
        let marked = |argument| if takes_text { input::marked(argument) } else { argument };
        let matches = command().get_matches_from(given.into_iter().map(marked));
        match Arguments::from_arg_matches(&matches) {
            Ok(arguments) => perform(&arguments),
            Err(error) => error.exit(),
        }
    }

    /// Reads the registries and registers them.
    fn prepare(self, given: &[OsString]) -> Result<(), Failure> {
        let Self { mut catalogue } = self;
        let folders = folders(given);
        if !folders.is_empty() {
            catalogue.own = loaded::registries(&folders.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        }
        catalogue.with_builtin = given.iter().any(|argument| argument == "--with-builtin");
        let known = setup().registries(catalogue.own.iter().copied()).apply();
        catalogue::set(catalogue);
        known.map_err(|error| Failure::File(error.to_string()))
    }
}

/// Returns the values of `--registry`. They are needed before the other arguments are parsed.
fn folders(given: &[OsString]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut arguments = given.iter().skip(1).take_while(|argument| *argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == "--registry" {
            folders.extend(arguments.next().map(PathBuf::from));
        } else if let Some(folder) = argument.to_str().and_then(|text| text.strip_prefix("--registry=")) {
            folders.push(PathBuf::from(folder));
        }
    }
    folders
}

/// Returns the name of the subcommand: the first argument that is not an option or the value of one.
fn task(given: &[OsString]) -> Option<&OsString> {
    let mut arguments = given.iter().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--color" | "--width" | "--registry") => drop(arguments.next()),
            Some(option) if option.starts_with('-') => {}
            _ => return Some(argument),
        }
    }
    None
}

/// Returns the command under the team's name.
fn command() -> clap::Command {
    let name = catalogue::get().command.as_str();
    Arguments::command().name(name).bin_name(name)
}

fn perform(arguments: &Arguments) -> ExitCode {
    let terminal = Terminal::new(arguments.color, arguments.width.map(usize::from));
    let outcome = match &arguments.task {
        Task::Explain(task) => task.run(&terminal),
        Task::List(task) => task.run(&terminal),
        Task::Search(task) => task.run(&terminal),
        Task::Decode(task) => task.run(&terminal),
        Task::Diff(task) => task.run(&arguments.registry, &terminal),
        Task::Check(task) => task.run(&terminal),
        Task::New(task) => task.run(&terminal),
        Task::Export(task) => task.run(&terminal),
        Task::Site(task) => task.run(&terminal),
        Task::Serve(task) => task.run(&terminal),
        Task::Audit(task) => task.run(&terminal),
        Task::Coverage(task) => task.run(&terminal),
        Task::Runbook(task) => task.run(&terminal),
        Task::Ingest(task) => task.run(&terminal),
        Task::Inspect(task) => task.run(&terminal),
        Task::Budget(task) => task.run(&terminal),
        Task::Correlate(task) => task.run(&terminal),
        Task::Alerts(task) => task.run(&terminal),
        Task::Completions(task) => task.run(command(), &terminal),
        Task::Man(task) => task.run(command(), &terminal),
    };
    match outcome {
        // A reader that closes the pipe has read all it needs.
        Ok(Outcome::Found) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::NotFound) => ExitCode::from(1),
        Err(failure) => {
            complain(&failure, &terminal);
            ExitCode::from(2)
        }
    }
}

/// Prints a failure. Each mistake of a registry is a line of its own, as `check` prints it.
fn complain(failure: &Failure, terminal: &Terminal) {
    failure.to_string().lines().for_each(|line| terminal.complain(line));
}
