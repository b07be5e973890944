//! `gongkai render`: writes a report as the official form in Word.

use std::path::PathBuf;

use super::{Context, Exit, TemplateArg, input};
use crate::Options;
use crate::batch::write_file;
use crate::export::record;
use crate::finding::Lang;
use crate::render::docx;

/// Writes a report as the official form, a Word document with its merged cells.
///
/// Rows and tables that are missing are left out. The file is written whole or not at all; one of
/// the same name is replaced.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A report as `extract --json-each` writes it, or one line of `reports.jsonl`; `-` for standard input.
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// The Word document to write; `-` for standard output.
    #[arg(short, long, value_name = "FILE.docx")]
    output: PathBuf,
    #[command(flatten)]
    template: TemplateArg,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let bytes = match rendered(args, &options, context.lang) {
        Ok(bytes) => bytes,
        Err(cause) => {
            context.error(input::named(&args.report, &cause, context.lang));
            return Exit::Unreadable;
        }
    };
    if input::is_stdin(&args.output) {
        return context.write(std::io::stdout().lock(), &bytes);
    }
    context.wrote(write_file(&args.output, &bytes))
}

fn rendered(args: &Args, options: &Options, lang: Lang) -> Result<Vec<u8>, String> {
    let text = input::text(&args.report, options, lang)?;
    let report = record::read(&text).map_err(|error| error.message(lang))?;
    docx(&report, &options.forms).map_err(|error| error.message(lang))
}
