//! `gongkai extract`: converts reports to CSV and JSON.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input;
use super::{Context, Exit, FailOn, LimitArg, TemplateArg, visible};
use crate::Options;
use crate::batch::{Folder, Job, Lines, OutputError, Summary, Walked, walk};
use crate::export::{self, Item, Settings};
use crate::finding::{Code, Finding, Severity};

/// Converts reports to CSV and JSON.
///
/// Folders are walked in the order of their names; files of kinds that are not read are skipped
/// and counted. With --out the folder receives cells.csv, reports.csv, findings.csv,
/// claims.csv and reports.jsonl, all at once when the run has ended; without it, the lines of reports.jsonl go
/// to standard output.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files and folders to read; `-` is standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the outputs, made if it is not there; other files in it are left alone.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What names the columns of figures in reports.csv.
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

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context).and_then(|options| args.limits.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let settings = Settings::new(&options.forms).lang(context.lang).headers(args.headers.into()).excel(args.excel);
    let Walked { entries, skipped, repeated } = walk(&args.inputs, args.out.as_deref());
    let mut run =
        Run { args, context, options: &options, summary: Summary { skipped, repeated, ..Summary::default() } };
    let ended = match &args.out {
        Some(dir) => Folder::create(dir, &settings, args.json_each).and_then(|mut folder| {
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
        job.run(entries, |item| {
            self.summary.add(item);
            self.tell(item);
            write(item)
        })
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
