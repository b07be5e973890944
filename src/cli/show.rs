//! `gongkai show`: shows a report's tables as the form prints them.

use std::path::{Path, PathBuf};

use super::form_view::View;
use super::input;
use super::words::Ruler;
use super::{Context, Exit, LimitArg, PlaceArg, TemplateArg};
use crate::batch::write_file;
use crate::finding::Lang;
use crate::{Extraction, Options};

/// Where nobody asks for a width and there is no terminal.
const USUAL_WIDTH: usize = 100;
/// Below this nothing can be drawn.
const LEAST_WIDTH: u16 = 20;

/// Shows a report's tables as the form prints them.
///
/// An empty cell is shown empty, `/` as `/`; `·miss` is a figure for which the document has no cell,
/// `?` one that could not be placed for sure, «text» one that is no number; `[5]` breaks a rule and
/// `5!` has a warning. The findings stand below.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The report, also one in an archive (`outer.zip/inner.docx`); `-` for standard input.
    file: PathBuf,
    /// Columns to use; those of the terminal if it is not given, else 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(i64::from(LEAST_WIDTH)..))]
    width: Option<u16>,
    /// Columns of “ ” … × and their like: 2 in some terminals set up for Chinese. Boxes are then drawn with + - |.
    #[arg(long, value_name = "1|2", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    ambiguous_width: u8,
    /// Also draws what was found on the pages of a PDF or OFD file over them (characters in their places, lines,
    /// cells with row and column, numbered tables), as a picture to look at where a table came out wrong.
    #[arg(long, value_name = "OUT.svg")]
    debug_pdf: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArg,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let lang = context.lang;
    let options = args.template.options(context).and_then(|options| args.limits.apply(options, context));
    let options = match options.and_then(|options| args.place.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    if let Some(out) = &args.debug_pdf
        && let Err(exit) = draw(&args.file, out, &options, context)
    {
        return exit;
    }
    let ruler = Ruler { ambiguous_wide: args.ambiguous_width == 2 };
    let view = View { forms: &options.forms, lang, width: width(args.width), ruler };
    match input::extraction(&args.file, &options, lang) {
        Ok(extraction) => context.print_coloured(&shown(&view, &extraction)),
        Err(cause) => {
            context.error(input::named(&args.file, &cause, lang));
            Exit::Unreadable
        }
    }
}

/// Writes the picture of a file's pages.
fn draw(file: &Path, out: &Path, options: &Options, context: &Context) -> Result<(), Exit> {
    let svg = input::drawing(file, options, context.lang).map_err(|cause| {
        context.error(input::named(file, &cause, context.lang));
        Exit::Unreadable
    })?;
    write_file(out, svg.as_bytes()).map_err(|error| {
        context.error(error.message(context.lang));
        if error.is_misuse() { Exit::Misuse } else { Exit::Unreadable }
    })
}

/// Every report of a file, one below the other, then what is to be said about the file.
fn shown(view: &View, extraction: &Extraction) -> String {
    let mut out = String::new();
    let all = extraction.reports.len();
    for (at, report) in extraction.reports.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if all > 1 {
            out += &match view.lang {
                Lang::En => format!("Report {} of {all}\n", at + 1),
                Lang::Zh => format!("第{}份报告，共{all}份\n", at + 1),
            };
        }
        out += &view.report(report);
    }
    if all == 0 {
        out += if view.lang == Lang::En { "No report.\n" } else { "没有报告。\n" };
    }
    for line in view.findings(&extraction.findings) {
        out += &line;
        out.push('\n');
    }
    out
}

/// The width asked for, else that of the terminal if there is one.
pub(super) fn width(asked: Option<u16>) -> usize {
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
    asked.or_else(terminal).filter(|width| *width >= LEAST_WIDTH).map_or(USUAL_WIDTH, usize::from)
}
