//! The command: arguments, one file a subcommand, exit codes.
//!
//! Data goes to standard output, everything said to people to standard error.

mod check;
mod completions;
mod drawing;
mod explain;
mod extract;
mod field;
mod form_view;
mod input;
mod man;
mod render;
mod schema;
mod show;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::finding::Lang;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings at or above `--fail-on`.
    Findings = 1,
    /// Something could not be read, or not be written.
    Unreadable = 2,
    /// The command was not used as it can be.
    Misuse = 3,
}

/// Turns annual reports on government information disclosure (政府信息公开工作年度报告) into data.
#[derive(Parser)]
#[command(name = "gongkai", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Language of messages; the locale decides if it is not given.
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Zh,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Args),
    Check(check::Args),
    Show(show::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Render(render::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What every subcommand may need.
pub(crate) struct Context {
    /// Language of messages.
    pub lang: Lang,
}

/// Runs the command.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            let exit = if error.use_stderr() { Exit::Misuse } else { Exit::Clean };
            return ExitCode::from(exit as u8);
        }
    };
    let lang = match cli.lang {
        Some(Language::En) => Lang::En,
        Some(Language::Zh) => Lang::Zh,
        None if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("zh")) => Lang::Zh,
        None => Lang::En,
    };
    let context = Context { lang };
    let exit = match &cli.command {
        Command::Extract(args) => extract::run(args, &context),
        Command::Check(args) => check::run(args, &context),
        Command::Show(args) => show::run(args, &context),
        Command::Explain(args) => explain::run(args, &context),
        Command::Schema(args) => schema::run(args, &context),
        Command::Render(args) => render::run(args, &context),
        Command::Completions(args) => completions::run(args, &context),
        Command::Man(args) => man::run(args, &context),
    };
    ExitCode::from(exit as u8)
}
