use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{CommandFactory, Parser, Subcommand};

use crate::outcome::{Failure, Outcome};
use crate::terminal::{Color, Terminal};
use crate::{
    alerts, audit, budget, completions, correlate, coverage, decode, diff, explain, export, ingest, input, inspect,
    list, man, runbook, search, serve, site,
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
    /// By default, text is wrapped at the width of the terminal, but at most at 100 columns. In a pipe, it is not wrapped.
    #[arg(long, global = true, value_name = "COLUMNS", display_order = 901, value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,

    #[command(subcommand)]
    task: Task,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUS: &str = "\
Exit status: 0 if something was found, 1 if nothing was found (for `diff`: if the files differ; for `audit`: if the logs drift from the registry), 2 if the arguments are \
invalid or a file cannot be read or written.";

#[derive(Debug, Subcommand)]
enum Task {
    Explain(explain::Explain),
    List(list::List),
    Search(search::Search),
    Decode(decode::Decode),
    Diff(diff::Diff),
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
    let given: Vec<OsString> = std::env::args_os().collect();
    let takes_text = given.iter().any(|argument| argument == "explain" || argument == "decode");
    let marked = |argument| if takes_text { input::marked(argument) } else { argument };
    let arguments = Arguments::parse_from(given.into_iter().map(marked));
    let terminal = Terminal::new(arguments.color, arguments.width.map(usize::from));
    let outcome = match &arguments.task {
        Task::Explain(task) => task.run(&terminal),
        Task::List(task) => task.run(&terminal),
        Task::Search(task) => task.run(&terminal),
        Task::Decode(task) => task.run(&terminal),
        Task::Diff(task) => task.run(&terminal),
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
        Task::Completions(task) => task.run(Arguments::command(), &terminal),
        Task::Man(task) => task.run(Arguments::command(), &terminal),
    };
    match outcome {
        // A reader that closes the pipe has read all it needs.
        Ok(Outcome::Found) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::NotFound) => ExitCode::from(1),
        Err(failure) => {
            terminal.complain(&failure.to_string());
            ExitCode::from(2)
        }
    }
}
