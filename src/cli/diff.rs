//! `gongkai diff`: what changed between two runs.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::earlier::warn_if_cut;
use super::{Context, Exit, visible};
use crate::batch::{Change, Difference, OutputError, diff, place};
use crate::export::record::{FigureRecord, FindingRecord, OriginRecord};
use crate::finding::Lang;

/// Says which reports, figures and findings differ between two runs of extract.
///
/// A report is known by the name of its file and its number in it. Exit code 0 if nothing differs, 1 if
/// something does.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Output folder of the older run, or its reports.jsonl.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Output folder of the newer run, or its reports.jsonl.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Sentences, and a count of what differs
    #[default]
    Text,
    /// A row a difference
    Csv,
    /// A JSON object a line
    Json,
}

/// A difference as a row; what does not apply is empty.
#[derive(Default, Serialize)]
struct Row<'a> {
    change: &'static str,
    source: &'a str,
    report: u32,
    field: &'a str,
    old: String,
    old_state: &'a str,
    old_raw: &'a str,
    new: String,
    new_state: &'a str,
    new_raw: &'a str,
    page: Option<u32>,
    table: Option<u32>,
    row: Option<u32>,
    column: Option<u32>,
    line: Option<u32>,
    code: String,
    message: &'a str,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let mut out = Out::new(args.format, context.lang);
    if let Err(error) = diff(&args.old, &args.new, |difference| out.add(difference)) {
        context.error(error.message(context.lang));
        return Exit::Unreadable;
    }
    for run in [&args.old, &args.new] {
        warn_if_cut(run, context);
    }
    match out.finish() {
        Ok(0) => Exit::Clean,
        Ok(_) => Exit::Findings,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Findings,
        Err(error) => {
            context.error(OutputError::of_stream(error).message(context.lang));
            Exit::Unreadable
        }
    }
}

/// Where differences go.
struct Out {
    lang: Lang,
    sink: Sink,
    /// The report of the last difference, so that it is named once.
    report: Option<(String, u32)>,
    counts: [usize; 6],
    error: Option<io::Error>,
}

enum Sink {
    Text(BufWriter<io::Stdout>),
    Csv(Box<csv::Writer<io::Stdout>>),
    Json(BufWriter<io::Stdout>),
}

impl Out {
    fn new(format: Format, lang: Lang) -> Self {
        let stdout = io::stdout();
        let sink = match format {
            Format::Text => Sink::Text(BufWriter::new(stdout)),
            Format::Csv => {
                Sink::Csv(Box::new(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(stdout)))
            }
            Format::Json => Sink::Json(BufWriter::new(stdout)),
        };
        Out { lang, sink, report: None, counts: [0; 6], error: None }
    }

    fn add(&mut self, difference: &Difference<'_>) {
        self.counts[kind(&difference.change)] += 1;
        if self.error.is_some() {
            return;
        }
        let row = row(difference);
        let written = match &mut self.sink {
            Sink::Csv(out) => out.serialize(row).map_err(io::Error::other),
            Sink::Json(out) => {
                serde_json::to_writer(&mut *out, &row).map_err(io::Error::from).and_then(|()| out.write_all(b"\n"))
            }
            Sink::Text(out) => {
                let name = (difference.source.to_owned(), difference.report);
                let named = self.report.as_ref() == Some(&name);
                let head = if named { String::new() } else { headed(difference, self.lang) };
                self.report = Some(name);
                write!(out, "{head}{}", visible(&sentence(&difference.change, self.lang)))
            }
        };
        self.error = written.err();
    }

    /// How many differences there were.
    fn finish(self) -> io::Result<usize> {
        if let Some(error) = self.error {
            return Err(error);
        }
        match self.sink {
            Sink::Text(mut out) => {
                out.write_all(counted(self.counts, self.lang).as_bytes())?;
                out.flush()?;
            }
            Sink::Csv(mut out) => out.flush()?,
            Sink::Json(mut out) => out.flush()?,
        }
        Ok(self.counts.iter().sum())
    }
}

const KINDS: [(&str, &str, &str); 6] = [
    ("report_added", "reports new", "新增报告"),
    ("report_removed", "reports gone", "减少报告"),
    ("about", "facts about reports changed", "报告信息变化"),
    ("figure", "figures changed", "数据变化"),
    ("finding_added", "findings new", "新增检查结果"),
    ("finding_removed", "findings gone", "消除检查结果"),
];

fn kind(change: &Change) -> usize {
    match change {
        Change::Added => 0,
        Change::Removed => 1,
        Change::About { .. } => 2,
        Change::Figure { .. } => 3,
        Change::FindingAdded(_) => 4,
        Change::FindingRemoved(_) => 5,
    }
}

fn row<'a>(difference: &'a Difference<'_>) -> Row<'a> {
    let Difference { source, report, change } = difference;
    let row = Row { change: KINDS[kind(change)].0, source, report: *report, ..Row::default() };
    match change {
        Change::Added | Change::Removed => row,
        Change::About { what, old, new } => Row { field: what, old: old.clone(), new: new.clone(), ..row },
        Change::Figure { field, old, new } => {
            let (old, new) = (old.as_deref(), new.as_deref());
            let row = Row { field, old: digits(old), new: digits(new), ..row };
            let row = Row { old_state: state(old), new_state: state(new), old_raw: raw(old), new_raw: raw(new), ..row };
            at(row, place(old, new))
        }
        Change::FindingAdded(finding) | Change::FindingRemoved(finding) => {
            let FindingRecord { field, message, origin, code, .. } = &**finding;
            let field = field.as_deref().unwrap_or_default();
            at(Row { field, message, code: code.entry().name.to_owned(), ..row }, *origin)
        }
    }
}

fn at<'a>(row: Row<'a>, origin: Option<OriginRecord>) -> Row<'a> {
    let Some(OriginRecord { page, table, row: line_of_table, column, line }) = origin else { return row };
    Row { page, table, row: line_of_table, column, line, ..row }
}

fn digits(figure: Option<&FigureRecord>) -> String {
    figure.and_then(|figure| figure.value).map_or(String::new(), |value| value.to_string())
}

fn state(figure: Option<&FigureRecord>) -> &str {
    figure.map_or("", |figure| &figure.state)
}

fn raw(figure: Option<&FigureRecord>) -> &str {
    figure.and_then(|figure| figure.raw.as_deref()).unwrap_or_default()
}

fn headed(difference: &Difference<'_>, lang: Lang) -> String {
    let (source, report) = (visible(difference.source), difference.report);
    match lang {
        _ if report == 0 => format!("{source}\n"),
        Lang::En => format!("{source}, report {report}\n"),
        Lang::Zh => format!("{source} 第 {report} 份报告\n"),
    }
}

fn sentence(change: &Change, lang: Lang) -> String {
    let word = |en, zh| lang.pick(en, zh);
    match change {
        Change::Added => word("  only in the newer run\n", "  仅见于新结果\n").to_owned(),
        Change::Removed => word("  only in the older run\n", "  仅见于旧结果\n").to_owned(),
        Change::About { what, old, new } => format!("  {what}: {} → {}\n", shown(old), shown(new)),
        Change::Figure { field, old, new } => {
            format!("  {field}: {} → {}\n", in_words(old.as_deref()), in_words(new.as_deref()))
        }
        Change::FindingAdded(finding) => {
            format!("  {}{}\n", word("new finding: ", "新增检查结果："), finding.message.trim_end())
        }
        Change::FindingRemoved(finding) => {
            format!("  {}{}\n", word("finding gone: ", "消除检查结果："), finding.message.trim_end())
        }
    }
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// The digits, or the state; with the raw text where it says more.
fn in_words(figure: Option<&FigureRecord>) -> String {
    let Some(figure) = figure else { return "–".to_owned() };
    let said = figure.value.map_or_else(|| figure.state.clone(), |value| value.to_string());
    match figure.raw.as_deref() {
        Some(raw) if raw != said && !raw.is_empty() => format!("{said} “{}”", raw.replace('\n', "⏎")),
        _ => said,
    }
}

fn counted(counts: [usize; 6], lang: Lang) -> String {
    let some = counts.iter().zip(KINDS).filter(|(count, _)| **count > 0);
    let words: Vec<String> = match lang {
        Lang::En => some.map(|(count, (_, en, _))| format!("{count} {en}")).collect(),
        Lang::Zh => some.map(|(count, (.., zh))| format!("{zh} {count}")).collect(),
    };
    match (words.is_empty(), lang) {
        (true, Lang::En) => "no difference\n".to_owned(),
        (true, Lang::Zh) => "没有差异\n".to_owned(),
        (false, Lang::En) => format!("{}\n", words.join(", ")),
        (false, Lang::Zh) => format!("{}\n", words.join("，")),
    }
}
