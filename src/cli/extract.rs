//! `gongkai extract`: converts reports to CSV and JSON.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input;
use super::{Context, Exit, FailOn, LimitArg, TemplateArg, visible};
use crate::Options;
use crate::batch::{Folder, Job, Lines, OutputError, Summary, Walked, Wanted, walk};
use crate::export::{self, Item, Settings};
use crate::finding::{Code, Finding, Severity};

/// Converts reports to CSV, JSON, workbooks, Parquet and SQLite.
///
/// Folders, and archives (.zip .tar .tar.gz .tgz .gz) like folders, are walked in the order of names;
/// files of kinds that are not read are skipped and counted. Files without an ending, or with one
/// that names no kind (.2021), are read if their content is that of a document, or a text with a
/// report. A file of an archive is called `outer.zip/inner.docx`, here and in every output.
///
/// With --out the folder receives the files of --format, all at once when the run has ended; without
/// it, the lines of reports.jsonl go to standard output.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders and archives to read, or files in archives; `-` is standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the outputs, made if it is not there; other files in it are left alone.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write into the folder; several with commas, or given several times.
    #[arg(
        short, long, value_enum, value_delimiter = ',', requires = "out", value_name = "FORMAT",
        default_values_t = [Format::Csv, Format::Jsonl]
    )]
    format: Vec<Format>,
    /// Also write the official form of each report as a workbook with live sums, into DIR/forms.
    #[arg(long, requires = "out")]
    forms: bool,
    /// What names the columns of figures in reports.csv and reports.parquet.
    #[arg(long, value_enum, default_value_t, requires = "out")]
    headers: Headers,
    /// Also write one indented JSON file for each report, into DIR/reports.
    #[arg(long, requires = "out")]
    json_each: bool,
    /// Write CSV for spreadsheets: with a byte order mark, and an apostrophe before text that would be computed.
    #[arg(long, requires = "out")]
    excel: bool,
    /// Findings of this severity or above end the run with exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Say only what went wrong: no summary, nothing about single files that were read.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// cells.csv, reports.csv and findings.csv
    Csv,
    /// reports.jsonl: all that is known of each report
    Jsonl,
    /// gongkai.xlsx: sheets of reports, findings and figures
    Xlsx,
    /// cells.parquet, reports.parquet and findings.parquet
    Parquet,
    /// gongkai.sqlite: a database with a view for each table of the form
    Sqlite,
    /// The CSV files with datapackage.json, and scripts that load them into Stata and R
    Datapackage,
}

impl Format {
    /// Its entry in the list of formats; a test holds both to one another.
    fn entry(self) -> &'static export::Format {
        &export::FORMATS[self as usize]
    }
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

impl From<Headers> for export::Headers {
    fn from(headers: Headers) -> Self {
        match headers {
            Headers::Id => export::Headers::Id,
            Headers::Zh => export::Headers::Zh,
            Headers::Code => export::Headers::Code,
        }
    }
}

impl Args {
    fn wanted<'a>(&self, formats: &'a [&'static export::Format]) -> Wanted<'a> {
        Wanted { formats, json_each: self.json_each, forms: self.forms }
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context).and_then(|options| args.limits.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let settings = Settings::new(&options.forms).lang(context.lang).headers(args.headers.into()).excel(args.excel);
    let Walked { entries, skipped, repeated } = walk(&args.inputs, args.out.as_deref());
    let formats: Vec<_> = args.format.iter().map(|format| format.entry()).collect();
    let mut run =
        Run { args, context, options: &options, summary: Summary { skipped, repeated, ..Summary::default() } };
    let ended = match &args.out {
        Some(dir) => Folder::create(dir, &settings, args.wanted(&formats)).and_then(|mut folder| {
            run.read(entries, |item| folder.add(item))?;
            folder.finish()
        }),
        None => {
            let mut lines = Lines::new(BufWriter::new(io::stdout().lock()), &settings);
            run.read(entries, |item| lines.add(item))
        }
    };
    run.end(ended)
}

/// A run while it goes on.
struct Run<'a> {
    args: &'a Args,
    context: &'a Context,
    options: &'a Options,
    summary: Summary,
}

impl Run<'_> {
    fn read(
        &mut self,
        entries: Vec<crate::batch::Entry>,
        mut write: impl FnMut(&Item<'_>) -> Result<(), OutputError>,
    ) -> Result<(), OutputError> {
        let lang = self.context.lang;
        let job = Job { options: self.options, extract: crate::extract, lang };
        let tally = job.run(entries, |item| {
            self.summary.add(item);
            self.tell(item);
            write(item)
        })?;
        self.summary.close(tally);
        Ok(())
    }

    /// Says what concerns a file as a whole: it is in no line of standard output.
    fn tell(&self, item: &Item<'_>) {
        for finding in item.findings {
            let lang = self.context.lang;
            let sentence =
                |finding: &Finding| input::named(Path::new(item.source), finding.message(lang).trim_end(), lang);
            if finding.code == Code::Unreadable {
                self.context.error(sentence(finding));
            } else if !self.args.quiet && finding.severity >= Severity::Warning {
                self.context.warning(sentence(finding));
            }
        }
    }

    fn end(&self, ended: Result<(), OutputError>) -> Exit {
        match ended {
            Err(error) if !error.reader_is_gone() => {
                self.context.error(error.message(self.context.lang));
                return if error.is_misuse() { Exit::Misuse } else { Exit::Unreadable };
            }
            // A reader that has had enough wants no summary either.
            Err(_) => {}
            Ok(()) if self.args.quiet => {}
            Ok(()) => {
                let summary = visible(&self.summary.text(self.context.lang));
                let _ = anstream::stderr().lock().write_all(summary.as_bytes());
            }
        }
        let findings = self.args.fail_on.exit(self.summary.worst());
        if self.summary.unreadable > 0 { Exit::Unreadable } else { findings }
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_format_is_its_entry() {
        assert_eq!(Format::value_variants().len(), export::FORMATS.len());
        for format in Format::value_variants() {
            let word = format.to_possible_value().expect("not hidden");
            assert_eq!(word.get_name(), format.entry().name);
        }
    }
}
