use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

use crate::terminal::{Failure, Terminal};
use crate::{completions, decode, diff, explain, export, ingest, inspect, list, man, search, serve, site};

/// Look MCP error codes up: what each means, why it happens, and what to do next.
#[derive(Debug, Parser)]
#[command(name = "mcp-errors", version, styles = STYLES, after_help = EXIT_STATUS, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Arguments {
    /// When to use colours
    ///
    /// `auto` looks at the terminal and at NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN", display_order = 900)]
    color: Color,

    /// Wrap text at this many columns
    ///
    /// Without it, text is wrapped at the width of the terminal, at 100 columns at the most, and not at all in a pipe.
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
Exit status: 0 where something was found, 1 where nothing was (for `diff`: where the files differ), 2 where the \
arguments are wrong or a file cannot be read or written.";

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
    Ingest(ingest::Ingest),
    Inspect(inspect::Inspect),
    Completions(completions::Completions),
    Man(man::Man),
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What a subcommand came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    NotFound,
}

/// Reads the arguments, and does what they say.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
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
        Task::Ingest(task) => task.run(&terminal),
        Task::Inspect(task) => task.run(&terminal),
        Task::Completions(task) => task.run(&terminal),
        Task::Man(task) => task.run(&terminal),
    };
    match outcome {
        // Whoever reads has seen enough.
        Ok(Outcome::Found) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::NotFound) => ExitCode::from(1),
        Err(failure) => {
            terminal.complain(&failure.to_string());
            ExitCode::from(2)
        }
    }
}
