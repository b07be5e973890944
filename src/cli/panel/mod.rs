//! `gongkai panel`: reports of many organs and years side by side.

mod gather;
mod tables;
mod view;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::listed::listed;
use super::{Context, Exit, FailOn, LimitArg, PlaceArg, TemplateArg, WaiversArg, visible};
use crate::batch::{self, OutputError, write_file};
use crate::export::{Described, Headers as HeaderNames, Listing, Settings, listings_book};
use crate::finding::{Code, Lang, Severity, Waivers};
use crate::panel::{Bounds, Panel, Said, YEARS};
use gather::Gathered;

/// Puts reports of many organs and years side by side, and says what does not go together.
///
/// Reads folders, files and archives like extract, or reports.jsonl and the output folder of an earlier
/// extract, so that nothing is read twice. Years of an organ that follow each other are compared:
/// gaps, doubles, what is carried over, stocks, copied figures and texts, sentences left standing,
/// jumps. A table of organs and years and the findings go to standard output; with --out the folder
/// receives panel.csv (a line for each organ and year), coverage.csv and findings.csv.
///
/// The exit code goes by what is found across reports; what is wrong within one report is only
/// counted (`findings` in the table): see extract and check.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders and archives to read, reports.jsonl, or output folders of extract.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the outputs, made if it is not there; not that of extract.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write into the folder; both with a comma.
    #[arg(short, long, value_enum, value_delimiter = ',', requires = "out", value_name = "FORMAT", default_values_t = [Format::Csv])]
    format: Vec<Format>,
    /// The first year that each organ should have; reports of earlier years are left out.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(years()))]
    from: Option<i32>,
    /// The last year that each organ should have; reports of later years are left out.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(years()))]
    to: Option<i32>,
    /// A text or CSV file with the name of an organ a line: those that should be there; where several have one name, with
    /// the code of the place (six digits) in another column.
    #[arg(long, value_name = "FILE")]
    organs: Option<PathBuf>,
    /// Figures that panel.csv has as columns: `key` for the totals, `all`, or ids or short names of fields with commas.
    #[arg(long, default_value = "key", value_name = "FIGURES")]
    figures: String,
    /// What names the columns of figures in panel.csv.
    #[arg(long, value_enum, default_value_t, requires = "out")]
    headers: Headers,
    /// Write CSV for spreadsheets: with a byte order mark, and an apostrophe before text that would be computed.
    #[arg(long, requires = "out")]
    excel: bool,
    /// Findings across reports of this severity or above end the run with exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Print no table and no findings: only what went wrong.
    #[arg(short, long)]
    quiet: bool,
    /// Threads at work, each on a file of its own; as many as there are processors if it is not given. The output does not
    /// depend on it.
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
    #[command(flatten)]
    place: PlaceArg,
    #[command(flatten)]
    waivers: WaiversArg,
}

fn years() -> std::ops::RangeInclusive<i64> {
    i64::from(*YEARS.start())..=i64::from(*YEARS.end())
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// panel.csv, coverage.csv and findings.csv
    Csv,
    /// panel.xlsx with a sheet for each of them
    Xlsx,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Headers {
    /// Field ids: proactive.rules.issued
    #[default]
    Id,
    /// Printed labels, in Chinese
    Zh,
    /// Short names of at most 32 characters, for Stata and SPSS
    Code,
}

impl From<Headers> for HeaderNames {
    fn from(headers: Headers) -> Self {
        match headers {
            Headers::Id => HeaderNames::Id,
            Headers::Zh => HeaderNames::Zh,
            Headers::Code => HeaderNames::Code,
        }
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    match ran(args, context) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn ran(args: &Args, context: &Context) -> Result<Exit, Exit> {
    let options = args.template.options(context).and_then(|options| args.limits.apply(options, context))?;
    let options = args.place.apply(options, context)?;
    let waivers = args.waivers.load(&options, context)?;
    let settings = Settings::new(&options.forms).lang(context.lang).headers(args.headers.into()).excel(args.excel);
    let bounds = args.bounds(&options, context)?;
    let columns = tables::columns(&args.figures, &settings)
        .map_err(|unknown| misuse(context, &unknown_figure(&unknown, context.lang)))?;
    if let Some(dir) = args.out.as_deref().filter(|dir| dir.join(batch::MANIFEST).exists()) {
        return Err(misuse(context, &another_run(dir, context.lang)));
    }
    let Gathered { gathering, summary, unreadable } = gather::gather(args, &options, waivers.as_ref(), context)?;
    let mut panel = gathering.finish(&bounds);
    if let Some(waivers) = &waivers {
        waive(waivers, &args.waivers.name(), &mut panel);
    }
    args.place.say_unmet(&options, context);
    args.waivers.say_unseen(waivers.as_ref(), context);
    let listings =
        [tables::panel(&panel, &settings, &columns), tables::coverage(&panel), tables::findings(&panel, context.lang)];
    if let Some(dir) = &args.out {
        args.write(dir, &listings, context.lang).map_err(|error| {
            context.error(error.message(context.lang));
            if error.is_misuse() { Exit::Misuse } else { Exit::Unreadable }
        })?;
    }
    let printed = if args.quiet {
        Exit::Clean
    } else {
        context.print_coloured(&view::text(&panel, args.out.is_some(), context.lang))
    };
    if !args.quiet {
        let _ = anstream::stderr().lock().write_all(visible(&summary).as_bytes());
    }
    let found = if unreadable { Exit::Unreadable } else { args.fail_on.exit(worst(&panel)) };
    Ok(found.max(printed))
}

/// The columns of panel.csv before the figures, in words, for the documentation.
#[must_use]
pub fn panel_columns() -> Vec<Described> {
    tables::about().into_iter().map(|heading| heading.described).collect()
}

/// Marks what somebody answers for, and adds what is to be said about the waivers themselves.
fn waive(waivers: &Waivers, file: &str, panel: &mut Panel) {
    for Said { source, place, finding, .. } in &mut panel.said {
        let year = place.map(|(_, year)| year);
        waivers.apply_to_years(source, std::iter::once((year, finding)));
    }
    let of_list = |finding| Said { source: file.to_owned(), number: None, place: None, finding };
    panel.said.extend(waivers.findings().into_iter().map(of_list));
}

/// The weight of the heaviest finding across reports that nobody answers for.
fn worst(panel: &Panel) -> Option<Severity> {
    panel.said.iter().filter(|said| said.finding.waived.is_none()).map(|said| said.finding.severity).max()
}

fn misuse(context: &Context, message: &str) -> Exit {
    context.error(message);
    Exit::Misuse
}

impl Args {
    fn bounds(&self, options: &crate::Options, context: &Context) -> Result<Bounds, Exit> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(misuse(context, &turned(from, to, context.lang)));
        }
        let list = |path: &PathBuf| Ok((path.display().to_string(), listed(path, options, context)?));
        let organs = self.organs.as_ref().map(list).transpose()?;
        Ok(Bounds { from: self.from, to: self.to, organs })
    }

    fn write(&self, dir: &Path, listings: &[Listing], lang: Lang) -> Result<(), OutputError> {
        batch::make_folder(dir)?;
        let place = |name: String| dir.join(name);
        let failed = OutputError::of_stream;
        if self.format.contains(&Format::Csv) {
            for listing in listings {
                write_file(&place(format!("{}.csv", listing.name)), &listing.csv(self.excel).map_err(failed)?)?;
            }
        }
        if self.format.contains(&Format::Xlsx) {
            write_file(&place(batch::PANEL_BOOK.to_owned()), &listings_book(listings, lang).map_err(failed)?)?;
        }
        Ok(())
    }
}

fn turned(from: i32, to: i32, lang: Lang) -> String {
    match lang {
        Lang::En => format!("--from {from} is later than --to {to}; name the earlier year first"),
        Lang::Zh => format!("`--from` {from} 晚于 `--to` {to}；请先写较早的年度"),
    }
}

fn unknown_figure(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!(
            "`--figures`: `{name}` is no field; `gongkai schema` lists them, `key` and `all` are the other values"
        ),
        Lang::Zh => format!("`--figures`：没有字段 `{name}`；`gongkai schema` 列出全部字段，另可用 `key`、`all`"),
    }
}

fn another_run(dir: &Path, lang: Lang) -> String {
    let dir = dir.display();
    match lang {
        Lang::En => format!(
            "{dir}: this folder holds a run of `gongkai extract`, whose findings.csv would be lost; name another folder"
        ),
        Lang::Zh => {
            format!("{dir}：该文件夹存有 `gongkai extract` 的结果，其中的 `findings.csv` 会被覆盖；请另指定文件夹")
        }
    }
}

/// Whether a finding about a file without a report is one that a panel keeps.
fn is_failure(code: Code) -> bool {
    matches!(code, Code::Unreadable | Code::Scanned | Code::TablesArePictures | Code::NotAReport)
}
