//! Reports for a panel: read anew, or from the lines of an earlier run.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::{Args, is_failure};
use crate::batch::{self, Job, Plan, Summary, Walked, walk};
use crate::cli::progress::{self, Progress};
use crate::cli::{Context, Exit, input, stop, threads};
use crate::export::{Item, record};
use crate::finding::{Code, Finding, Lang};
use crate::panel::{Entry, Failure, Fields, Gathering};
use crate::{Options, export};

/// Longest line of a reports.jsonl that is read: hundreds of times a long report.
const LONGEST_LINE: u64 = 256 << 20;

/// What came together.
pub(super) struct Gathered {
    pub gathering: Gathering,
    /// What was read, in words.
    pub summary: String,
    /// Something could not be read.
    pub unreadable: bool,
}

/// Reads everything that was named.
pub(super) fn gather(args: &Args, options: &Options, context: &Context) -> Result<Gathered, Exit> {
    let mut gathering = Gathering::new(&options.forms);
    let (runs, inputs): (Vec<PathBuf>, Vec<PathBuf>) =
        args.inputs.iter().cloned().partition(|path| lines_of(path).is_some());
    let mut summary = Summary::default();
    let mut taken = Vec::new();
    for run in runs {
        let lines = lines_of(&run).unwrap_or_else(|| run.clone());
        taken.push((run, read_run(&lines, &mut gathering, context)?));
    }
    if !inputs.is_empty() {
        read_files(args, &inputs, options, &mut gathering, &mut summary, context)?;
    }
    let unreadable = summary.unreadable > 0;
    Ok(Gathered { gathering, summary: said(&summary, &taken, context.lang), unreadable })
}

/// The lines of an earlier run, if that is what a path names.
fn lines_of(path: &Path) -> Option<PathBuf> {
    let in_folder = path.join(export::JSON_LINES.file);
    if path.is_dir() {
        return in_folder.is_file().then_some(in_folder);
    }
    path.extension().is_some_and(|ending| ending == "jsonl").then(|| path.to_owned())
}

fn said(summary: &Summary, runs: &[(PathBuf, usize)], lang: Lang) -> String {
    let text = summary.text(lang);
    // Figures and findings within reports are what extract sums up.
    let head = text.lines().next().unwrap_or_default();
    let skipped = text.lines().skip(1).filter(|line| line.starts_with("skipped") || line.starts_with("已跳过"));
    let mut lines: Vec<String> = Vec::new();
    if summary.files + summary.unreadable > 0 || runs.is_empty() {
        lines.push(head.to_owned());
    }
    lines.extend(skipped.map(str::to_owned));
    for (run, reports) in runs {
        lines.push(match lang {
            Lang::En => format!("{reports} reports taken from an earlier run: {}", run.display()),
            Lang::Zh => format!("报告 {reports} 份取自以前的结果：{}", run.display()),
        });
    }
    lines.join("\n") + "\n"
}

/// What a panel keeps of one input.
fn kept(item: &Item<'_>, fields: &Fields) -> (Vec<Entry>, Vec<Failure>) {
    let entries = item.reports.iter().map(|report| Entry::new(item.source, report, item.findings, fields)).collect();
    let failures = item.findings.iter().filter(|finding| item.reports.is_empty() && is_failure(finding.code));
    let failure =
        |finding: &Finding| Failure { source: item.source.to_owned(), finding: finding.clone(), recorded: None };
    (entries, failures.map(failure).take(1).collect())
}

fn read_files(
    args: &Args,
    inputs: &[PathBuf],
    options: &Options,
    gathering: &mut Gathering,
    summary: &mut Summary,
    context: &Context,
) -> Result<(), Exit> {
    let Walked { entries, skipped, repeated } = walk(inputs, args.out.as_deref());
    summary.skipped.extend(skipped);
    summary.repeated += repeated;
    let fields = gathering.fields();
    let threads = threads(args.threads);
    let job = Job { options, extract: crate::extract_named, lang: context.lang, waivers: None };
    let plan = Plan { threads, stop: stop::requested(), journal: None };
    let kind = match (args.quiet, std::io::stderr().is_terminal()) {
        (true, _) => progress::Kind::None,
        (false, true) => progress::Kind::Bar,
        (false, false) => progress::Kind::Lines,
    };
    let shown = Progress::new(kind, entries.len(), threads, context.lang);
    let tally = job.run(
        entries,
        &plan,
        |item| kept(item, &fields),
        |done| {
            summary.add(&done.item);
            shown.file(&done);
            shown.aside(|| tell(&done.item, context));
            let (entries, failures) = done.made;
            entries.into_iter().for_each(|entry| gathering.add(entry));
            failures.into_iter().for_each(|failure| gathering.failed(failure));
            Ok(())
        },
    );
    shown.finish(summary);
    match tally {
        Ok(tally) if tally.left > 0 => {
            context.warning(stopped(tally.left, context.lang));
            Err(Exit::Stopped)
        }
        Ok(tally) => {
            summary.close(tally);
            Ok(())
        }
        Err(error) => {
            context.error(error.message(context.lang));
            Err(Exit::Unreadable)
        }
    }
}

/// A panel of half the files would name gaps that are none.
fn stopped(left: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("stopped as asked, {left} inputs were not begun: nothing is said of a part of them"),
        Lang::Zh => format!("已按要求停止，尚有 {left} 个输入未开始：不对其中一部分作出汇编"),
    }
}

fn tell(item: &Item<'_>, context: &Context) {
    for finding in item.findings.iter().filter(|finding| finding.code == Code::Unreadable) {
        context.error(input::named(Path::new(item.source), finding.message(context.lang).trim_end(), context.lang));
    }
}

/// Takes the reports of an earlier run line by line, and what its findings.csv says of files without one; gives how
/// many they were.
fn read_run(path: &Path, gathering: &mut Gathering, context: &Context) -> Result<usize, Exit> {
    let fields = gathering.fields();
    let unread = |cause: &str| {
        context.error(input::named(path, cause, context.lang));
        Exit::Unreadable
    };
    let file = File::open(path).map_err(|error| unread(&batch::Unreadable::System(error).message(context.lang)))?;
    let mut lines = BufReader::new(file);
    let mut number = 0;
    loop {
        let mut line = String::new();
        let read = (&mut lines).take(LONGEST_LINE).read_line(&mut line);
        match read.map_err(|error| unread(&batch::Unreadable::System(error).message(context.lang)))? {
            0 => break,
            _ => number += 1,
        }
        let whole = record::record(&line).and_then(|record| Ok((record.source.clone(), record.into_report()?)));
        let (source, report) =
            whole.map_err(|error| unread(&at_line(number, &error.message(context.lang), context.lang)))?;
        gathering.add(Entry::new(&source, &report, &[], &fields));
    }
    failures(&path.with_file_name("findings.csv"), gathering);
    Ok(number)
}

fn at_line(number: usize, cause: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("line {number}: {cause}"),
        Lang::Zh => format!("第 {number} 行：{cause}"),
    }
}

/// Files without a report, as the findings.csv beside the lines has them; none if it is not there.
fn failures(path: &Path, gathering: &mut Gathering) {
    let Ok(mut rows) = csv::Reader::from_path(path) else { return };
    let Ok(names) = rows.headers().cloned() else { return };
    let column = |name: &str| names.iter().position(|known| known.trim_start_matches('\u{feff}') == name);
    let (Some(source), Some(report), Some(code), Some(found), Some(message)) =
        (column("source"), column("report"), column("code"), column("found"), column("message"))
    else {
        return;
    };
    // Of a file the first counts, as it does where files are read.
    let mut last = String::new();
    for row in rows.records().map_while(Result::ok).filter(|row| row.get(report) == Some("")) {
        let code = row.get(code).and_then(Code::of_name).filter(|code| is_failure(*code));
        let (Some(code), Some(source)) = (code, row.get(source)) else { continue };
        if last == source {
            continue;
        }
        source.clone_into(&mut last);
        let finding = Finding::new(code).found(row.get(found).unwrap_or_default());
        let recorded = row.get(message).map(str::to_owned);
        gathering.failed(Failure { source: source.to_owned(), finding, recorded });
    }
}
