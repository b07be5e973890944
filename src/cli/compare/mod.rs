//! `gongkai compare`: two reports side by side.

mod choose;
mod view;
mod written;

use std::path::PathBuf;

use super::{Context, Exit, LimitArg, TemplateArg};
use crate::compare::compare;
use choose::chosen;

/// Puts two reports side by side: figures with differences and percentages, sections with what changed.
///
/// Each is a file, a file in an archive (outer.zip/inner.docx), or a reports.jsonl of extract; where it holds
/// several reports, --first and --second choose one by number or by parts of organ, title, year or file. A blank
/// or `/` is no 0: nothing is computed from it, nor a percentage of 0. Figures of two editions are put
/// together only where both ask the same. The similarity of texts is the share of characters that both have.
/// Exit code 0, whatever differs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The first report.
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The second report; it may be the same file.
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Which report of A: its number from 1, or parts of its organ, title, year or file (“教育局 2022”).
    #[arg(long, value_name = "WHICH")]
    first: Option<String>,
    /// Which report of B.
    #[arg(long, value_name = "WHICH")]
    second: Option<String>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show figures and sections that are the same, too; for programs they are always there.
    #[arg(long)]
    all: bool,
    /// Columns of the terminal; 100 where there is none.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(60..))]
    width: Option<u16>,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Tables, and texts with [-what went-] and {+what came+}
    #[default]
    Text,
    /// A row a figure, then a row a section
    Csv,
    /// One object with both reports, figures and sections
    Json,
}

/// Columns where there is no terminal.
const USUAL_WIDTH: u16 = 100;

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context).and_then(|options| args.limits.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let both = [(&args.a, &args.first), (&args.b, &args.second)];
    let [Some(first), Some(second)] = both.map(|(path, which)| chosen(path, which.as_deref(), &options, context))
    else {
        return Exit::Unreadable;
    };
    let comparison = compare(&first.report, &second.report, &options.forms);
    match args.format {
        Format::Json => context.print(&written::json(&first, &second, &comparison)),
        Format::Csv => context.print(&written::csv(&comparison)),
        Format::Text => {
            let width = args.width.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0));
            let view = view::View { lang: context.lang, width: width.unwrap_or(USUAL_WIDTH).into(), all: args.all };
            context.print_coloured(&view.text(&first, &second, &comparison))
        }
    }
}
