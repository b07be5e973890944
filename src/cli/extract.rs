//! `gongkai extract`: converts reports to CSV and JSON.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use clap::ValueEnum;

use super::progress::{self, Progress};
use super::{Context, Exit, FailOn, LimitArg, PlaceArg, TemplateArg, WaiversArg, visible};
use super::{input, stop};
use crate::Options;
use crate::batch::{
    Earlier, Entries, Folder, Inputs, Job, Journal, Lines, MANIFEST, Made, Manifest, OutputError, Plan, Summary, Texts,
    Walked, Wanted, fingerprint, walk, write_file,
};
use crate::export::{self, Item, Settings};
use crate::finding::{Code, Finding, Lang, Severity, Waivers};
use crate::ingest::LIMITS;

/// Converts reports to CSV, JSON, workbooks, Parquet and SQLite.
///
/// Folders, and archives (.zip .tar .tar.gz .tgz .gz) like folders, are walked in the order of names;
/// files of kinds that are not read are skipped and counted. Files without an ending, or with one
/// that names no kind (.2021), are read if their content is that of a document, or a text with a
/// report. A file of an archive is called `outer.zip/inner.docx`, here and in every output.
///
/// With --out the folder receives the files of --format, all at once when the run has ended;
/// without it, the lines of reports.jsonl go to standard output.
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
    /// Threads at work, each on a file of its own; as many as there are processors if it is not given. The output does not
    /// depend on it.
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    /// Go on where an earlier run into the same folder was stopped, and read only what is new or changed.
    #[arg(long, requires = "out")]
    resume: bool,
    /// Keep no journal in DIR/.gongkai: a run that is stopped cannot be resumed then.
    #[arg(long, requires = "out", conflicts_with = "resume")]
    no_journal: bool,
    /// How the run shows that it goes on, on standard error.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    progress: Shown,
    #[command(flatten)]
    place: PlaceArg,
    #[command(flatten)]
    waivers: WaiversArg,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

/// How a run shows that it goes on.
#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Shown {
    /// A bar on a terminal, else lines
    #[default]
    Auto,
    /// A bar with rate, failures and time left
    Bar,
    /// A line every ten seconds
    Lines,
    /// Events for programs, one JSON object a line
    Json,
    /// Nothing
    None,
}

impl Shown {
    fn kind(self, quiet: bool) -> progress::Kind {
        match self {
            Shown::Json => progress::Kind::Json,
            Shown::None => progress::Kind::None,
            _ if quiet => progress::Kind::None,
            Shown::Bar => progress::Kind::Bar,
            Shown::Lines => progress::Kind::Lines,
            Shown::Auto if io::stderr().is_terminal() => progress::Kind::Bar,
            Shown::Auto => progress::Kind::Lines,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// cells.csv, reports.csv, findings.csv and claims.csv
    Csv,
    /// reports.jsonl: all that is known of each report
    Jsonl,
    /// gongkai.xlsx: sheets of reports, findings and figures
    Xlsx,
    /// cells.parquet, reports.parquet, findings.parquet and claims.parquet
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

    /// The options on which the outputs depend, as the manifest has them.
    fn noted(&self, options: &Options, lang: Lang) -> BTreeMap<&'static str, String> {
        let formats: Vec<&str> = self.format.iter().map(|format| format.entry().name).collect();
        let limits = LIMITS.iter().map(|limit| format!("{}={}", limit.name, limit.value(&options.limits)));
        let headers = self.headers.to_possible_value().map(|value| value.get_name().to_owned());
        BTreeMap::from([
            ("format", formats.join(",")),
            ("headers", headers.unwrap_or_default()),
            ("excel", self.excel.to_string()),
            ("json_each", self.json_each.to_string()),
            ("forms", self.forms.to_string()),
            ("lang", lang.pick("en", "zh").to_owned()),
            ("waivers", self.waivers.name()),
            ("waivers_sha256", self.waivers.path().map_or_else(String::new, |path| digest_of(path))),
            ("limits", limits.collect::<Vec<_>>().join(" ")),
            ("place", self.place.noted()),
            ("place_sha256", digest_of(Path::new(&self.place.noted()))),
        ])
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = args.template.options(context).and_then(|options| args.limits.apply(options, context));
    let options = match options.and_then(|options| args.place.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let waivers = match args.waivers.load(&options, context) {
        Ok(waivers) => waivers,
        Err(exit) => return exit,
    };
    let settings = Settings::new(&options.forms).lang(context.lang).headers(args.headers.into()).excel(args.excel);
    let settings = Arc::new(settings);
    let Walked { entries, skipped, repeated } = walk(&args.inputs, args.out.as_deref());
    let progress =
        Progress::new(args.progress.kind(args.quiet), entries.len(), super::threads(args.threads), context.lang);
    let summary = Summary { skipped, repeated, ..Summary::default() };
    progress.answer_to_stop().into_iter().for_each(stop::answer);
    let mut run = Run {
        args,
        context,
        options: &options,
        waivers: waivers.as_ref(),
        summary,
        inputs: Inputs::default(),
        teller: Teller { context: *context, quiet: args.quiet, progress: Arc::new(progress) },
        kept: false,
        earlier_stays: false,
    };
    let ended = match &args.out {
        Some(dir) => run.fill_folder(dir, entries, &settings),
        None => {
            let lines = Lines::new(BufWriter::new(io::stdout()), &settings);
            run.read(entries, None, lines.texts(), lines, |lines, _, made| lines.add(made)).map(drop)
        }
    };
    run.end(ended)
}

/// A run while it goes on.
struct Run<'a> {
    args: &'a Args,
    context: &'a Context,
    options: &'a Options,
    waivers: Option<&'a Waivers>,
    summary: Summary,
    inputs: Inputs,
    teller: Teller,
    /// A journal keeps what is read.
    kept: bool,
    /// The run was stopped, and the folder has the complete result of an earlier one.
    earlier_stays: bool,
}

/// Says how a run goes while it does, whichever thread hands on.
#[derive(Clone)]
struct Teller {
    context: Context,
    quiet: bool,
    progress: Arc<Progress>,
}

impl Run<'_> {
    fn fill_folder(&mut self, dir: &Path, entries: Entries, settings: &Arc<Settings>) -> Result<(), OutputError> {
        let formats: Vec<_> = self.args.format.iter().map(|format| format.entry()).collect();
        let journal = self.journal(dir)?;
        self.kept = journal.is_some();
        let folder = Folder::create(dir, settings, self.args.wanted(&formats))?;
        let folder = self.read(entries, journal.as_ref(), folder.texts(), folder, Folder::add)?;
        if !self.summary.is_complete() && Earlier::of(dir).is_some_and(|earlier| earlier.complete) {
            self.earlier_stays = true;
            return Ok(());
        }
        let outputs = folder.finish()?;
        let manifest = Manifest {
            options: self.args.noted(self.options, self.context.lang),
            forms: &self.options.forms,
            summary: &self.summary,
            inputs: &self.inputs,
            outputs: &outputs,
        };
        write_file(&dir.join(MANIFEST), manifest.json().as_bytes())?;
        if let Some(journal) = journal.filter(|_| self.summary.is_complete()) {
            journal.lock().unwrap_or_else(PoisonError::into_inner).settle();
        }
        Ok(())
    }

    /// The journal of the folder, if one is wanted.
    fn journal(&self, dir: &Path) -> Result<Option<Arc<Mutex<Journal>>>, OutputError> {
        if self.args.no_journal {
            return Ok(None);
        }
        let (journal, begun) = Journal::open(dir, &fingerprint(self.options), self.args.resume)?;
        self.teller.progress.note(begun);
        Ok(Some(Arc::new(Mutex::new(journal))))
    }

    /// Reads the inputs and writes what they give into `to`, which comes back.
    fn read<W: Send + 'static>(
        &mut self,
        entries: Entries,
        journal: Option<&Arc<Mutex<Journal>>>,
        texts: Texts,
        to: W,
        write: fn(&mut W, &Item<'_>, Made) -> Result<(), OutputError>,
    ) -> Result<W, OutputError> {
        let (lang, waivers) = (self.context.lang, self.waivers);
        let job = Job { options: self.options, extract: crate::extract_named, lang, waivers };
        let plan = Plan { threads: super::threads(self.args.threads), stop: stop::requested(), journal };
        let texts = Arc::new(texts);
        let made = Arc::clone(&texts);
        let teller = self.teller.clone();
        let (filled, tally) = job.run(
            entries,
            &plan,
            move |item| made.make(item),
            (mem::take(&mut self.summary), mem::take(&mut self.inputs), to),
            move |(summary, inputs, to), done| {
                summary.add(&done.item);
                inputs.add(&done.item);
                teller.progress.file(&done);
                teller.tell(&done.item);
                write(to, &done.item, done.made)
            },
        );
        let mut to;
        (self.summary, self.inputs, to) = filled;
        self.summary.close(tally?);
        let progress = &self.teller.progress;
        if !progress.is_for_programs() && !stop::requested().load(Ordering::Relaxed) {
            progress.aside(|| {
                self.args.place.say_unmet(self.options, self.context);
                self.args.waivers.say_unseen(self.waivers, self.context);
            });
        }
        let findings = self.waivers.map(Waivers::findings).unwrap_or_default();
        if !findings.is_empty() {
            let source = &self.args.waivers.name();
            let item = Item { source, sha256: "", format: "", reports: &[], findings: &findings };
            self.summary.add_findings(&item);
            self.teller.tell(&item);
            write(&mut to, &item, texts.make(&item))?;
        }
        Ok(to)
    }

    fn end(&self, ended: Result<(), OutputError>) -> Exit {
        // A reader that has had enough ends the run well, and wants no summary.
        let gone = ended.as_ref().is_err_and(OutputError::reader_is_gone);
        let failed = ended.err().filter(|_| !gone);
        // For a program that it has ended is the last that it hears.
        let for_programs = self.teller.progress.is_for_programs();
        if !for_programs {
            self.teller.progress.finish(&self.summary, failed.is_none());
        }
        let exit = self.conclude(failed.as_ref(), self.args.quiet || for_programs || gone);
        if for_programs {
            self.teller.progress.finish(&self.summary, failed.is_none());
        }
        exit
    }

    /// Says how the run ended.
    fn conclude(&self, failed: Option<&OutputError>, brief: bool) -> Exit {
        if let Some(error) = failed {
            self.say("error", &error.message(self.context.lang));
            if error.is_misuse() {
                return Exit::Misuse;
            }
            self.say_how_to_go_on();
            return Exit::Unreadable;
        }
        if !brief {
            let summary = visible(&self.summary.text(self.context.lang));
            let _ = anstream::stderr().lock().write_all(summary.as_bytes());
        }
        if stop::requested().load(Ordering::Relaxed) {
            self.say("warning", &self.stopped());
            self.say_how_to_go_on();
            return Exit::Stopped;
        }
        let findings = self.args.fail_on.exit(self.summary.worst());
        if self.summary.unreadable > 0 { Exit::Unreadable } else { findings }
    }

    /// Says something about the run as a whole, to whoever it shows itself to.
    fn say(&self, severity: &'static str, message: &str) {
        match severity {
            _ if self.teller.progress.is_for_programs() => self.teller.progress.message(severity, message),
            "error" => self.context.error(message),
            _ => self.context.warning(message),
        }
    }

    /// What was read is not lost.
    fn say_how_to_go_on(&self) {
        if self.kept {
            let message = match self.context.lang {
                Lang::En => "what was read is kept: the same command with --resume goes on from there",
                Lang::Zh => "已读取的内容已保留：用同一命令加 --resume 即可从中断处继续",
            };
            self.say("warning", message);
        }
    }

    /// What a run that was stopped leaves.
    fn stopped(&self) -> String {
        let Summary { left, unfinished, .. } = self.summary;
        let lang = self.context.lang;
        let within = match (unfinished, lang) {
            (0, _) => "",
            (_, Lang::En) => ", and an archive (or a pipe) was not read to its end",
            (_, Lang::Zh) => "，另有一个压缩包（或管道）未读完",
        };
        match (self.earlier_stays, lang) {
            (false, Lang::En) => format!(
                "stopped as asked; what is written is complete for the inputs read, {left} were not begun{within}"
            ),
            (false, Lang::Zh) => {
                format!("已按要求停止；已写出的内容对已读取的输入是完整的，尚有 {left} 个输入未开始{within}")
            }
            (true, Lang::En) => format!(
                "stopped as asked; the folder keeps the complete result of an earlier run, {left} inputs were not begun{within}"
            ),
            (true, Lang::Zh) => {
                format!("已按要求停止；文件夹中仍为以前一次完整运行的结果，尚有 {left} 个输入未开始{within}")
            }
        }
    }
}

impl Teller {
    /// Says what concerns a file as a whole: it is in no line of standard output.
    fn tell(&self, item: &Item<'_>) {
        if self.progress.is_for_programs() {
            return;
        }
        for finding in item.findings {
            let lang = self.context.lang;
            let sentence =
                |finding: &Finding| input::named(Path::new(item.source), finding.message(lang).trim_end(), lang);
            if finding.code == Code::Unreadable {
                self.progress.aside(|| self.context.error(sentence(finding)));
            } else if !self.quiet && finding.severity >= Severity::Warning {
                self.progress.aside(|| self.context.warning(sentence(finding)));
            }
        }
    }
}

/// The SHA-256 of a file that an option names; empty where it names none.
fn digest_of(path: &Path) -> String {
    crate::batch::digest(path).unwrap_or_default()
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
