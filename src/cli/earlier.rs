//! Reports of an earlier run of `extract`, where the documents are not at hand: the lines of its reports.jsonl, and what
//! its findings.csv says of files without a report.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::words::plural;
use super::{Context, Exit, input};
use crate::Options;
use crate::batch::{self, OfFile};
use crate::export;
use crate::export::record::{ReadError, record};
use crate::finding::{Code, Lang, Waivers};
use crate::report::{Place, Report};

/// Longest line of a reports.jsonl that is read: hundreds of times a long report.
const LONGEST_LINE: u64 = 256 << 20;

/// The lines of an earlier run, if that is what a path names.
pub(super) fn lines_of(path: &Path) -> Option<PathBuf> {
    let in_folder = path.join(export::JSON_LINES.file);
    if path.is_dir() {
        // What a run before the last has left is no result of the last.
        let written = batch::Earlier::of(path).is_none_or(|earlier| earlier.wrote(export::JSON_LINES.file));
        return (written && in_folder.is_file()).then_some(in_folder);
    }
    path.extension().is_some_and(|ending| ending == "jsonl").then(|| path.to_owned())
}

/// Says that a run was stopped before it had read everything.
pub(super) fn warn_if_cut(run: &Path, context: &Context) {
    let folder = if run.is_dir() { Some(run) } else { run.parent() };
    if folder.and_then(batch::Earlier::of).is_some_and(|earlier| !earlier.complete) {
        let run = run.display();
        context.warning(match context.lang {
            Lang::En => format!(
                "{run}: that run was stopped before its end: what is not there may only not have been read; end it with --resume"
            ),
            Lang::Zh => format!("{run}：该次运行中途停止，缺少的内容可能只是尚未读取；请用 --resume 完成"),
        });
    }
}

/// `12 reports taken from an earlier run: out`.
pub(super) fn taken(run: &Path, reports: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} taken from an earlier run: {}", plural(reports, "report"), run.display()),
        Lang::Zh => format!("报告 {reports} 份取自以前的结果：{}", run.display()),
    }
}

/// The reports line by line, each with its record; gives how many they were. A line that is none, or lacks something, is
/// said with its number and ends the run: a sum or a panel of part of them would be wrong in silence.
pub(super) fn reports(path: &Path, context: &Context, mut take: impl FnMut(Head, Report)) -> Result<usize, Exit> {
    let unread = |cause: &str| {
        context.error(input::named(path, cause, context.lang));
        Exit::Unreadable
    };
    let file = File::open(path).map_err(|error| unread(&batch::Unreadable::System(error).message(context.lang)))?;
    warn_if_cut(path, context);
    let mut lines = BufReader::new(file);
    let mut number = 0;
    loop {
        let mut line = String::new();
        let read = (&mut lines).take(LONGEST_LINE).read_line(&mut line);
        match read.map_err(|error| unread(&batch::Unreadable::System(error).message(context.lang)))? {
            0 => return Ok(number),
            _ => number += 1,
        }
        let (head, report) =
            whole(&line).map_err(|error| unread(&at_line(number, &error.message(context.lang), context.lang)))?;
        take(head, report);
    }
}

/// What the user says of a report of an earlier run: its place, and who answers for which findings.
pub(super) fn answer(source: &str, report: &mut Report, options: &Options, waivers: Option<&Waivers>) {
    options.places.note(source);
    if let Some(code) = options.places.of(source) {
        replace(report, code);
    }
    if let Some(waivers) = waivers {
        let year = report.year;
        waivers.apply_to_years(source, report.findings.iter_mut().map(|finding| (year, finding)));
    }
}

/// The place that the user gives, in a report of an earlier run.
fn replace(report: &mut Report, code: u32) {
    let edition = crate::division::edition(report.year);
    let Some((division, year)) = crate::division::of_code_near(code, edition) else { return };
    let unit = crate::report::Unit { code: format!("{code:06}"), name: division.full_name(year) };
    report.place = Some(Place { unit: Some(unit), year, by: "option".to_owned(), candidates: Vec::new() });
}

/// What a line says of the file of its report.
pub(super) struct Head {
    pub source: String,
    pub sha256: String,
}

fn whole(line: &str) -> Result<(Head, Report), ReadError> {
    let record = record(line)?;
    let head = Head { source: record.source.clone(), sha256: record.sha256.clone() };
    Ok((head, record.into_report()?))
}

fn at_line(number: usize, cause: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("line {number}: {cause}"),
        Lang::Zh => format!("第 {number} 行：{cause}"),
    }
}

/// Files without a report for one of these codes, as the findings.csv beside the lines has them; none if it is not
/// there. Of a file the first counts, as it does where files are read.
pub(super) fn without_report(lines: &Path, counts: impl Fn(Code) -> bool) -> Vec<OfFile> {
    let mut unread: Vec<OfFile> = batch::of_files(lines).unwrap_or_default();
    unread.retain(|of| counts(of.code));
    unread.dedup_by(|other, first| other.source == first.source);
    unread
}
