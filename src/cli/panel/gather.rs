//! Reports for a panel: read anew, or from the lines of an earlier run.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::{Args, is_failure};
use crate::Options;
use crate::batch::{Job, OfFile, Plan, Summary, Walked, walk};
use crate::cli::earlier;
use crate::cli::progress::{self, Progress};
use crate::cli::{Context, Exit, input, stop, threads};
use crate::export::Item;
use crate::finding::{Code, Finding, Lang, Waivers};
use crate::panel::{Entry, Failure, Fields, Gathering};

/// What came together.
pub(super) struct Gathered {
    pub gathering: Gathering,
    /// What was read, in words.
    pub summary: String,
    /// Something could not be read.
    pub unreadable: bool,
}

/// Reads everything that was named.
pub(super) fn gather(
    args: &Args,
    options: &Options,
    waivers: Option<&Waivers>,
    context: &Context,
) -> Result<Gathered, Exit> {
    let mut gathering = Gathering::new(&options.forms);
    let (runs, inputs): (Vec<PathBuf>, Vec<PathBuf>) =
        args.inputs.iter().cloned().partition(|path| earlier::lines_of(path).is_some());
    let mut summary = Summary::default();
    let mut taken = Vec::new();
    for run in runs {
        let lines = earlier::lines_of(&run).unwrap_or_else(|| run.clone());
        let fields = gathering.fields();
        let count = earlier::reports(&lines, context, |record, mut report| {
            earlier::answer(&record.source, &mut report, options, waivers);
            gathering.add(Entry::new(&record.source, &report, &[], &fields));
        })?;
        for OfFile { source, code, found, message, .. } in earlier::without_report(&lines, is_failure) {
            let finding = Finding::new(code).found(found);
            gathering.failed(Failure { source, finding, recorded: Some(message) });
        }
        taken.push((run, count));
    }
    if !inputs.is_empty() {
        (gathering, summary) = read_files(args, &inputs, (options, waivers), gathering, context)?;
    }
    let unreadable = summary.unreadable > 0;
    Ok(Gathered { gathering, summary: said(&summary, &taken, context.lang), unreadable })
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
    lines.extend(runs.iter().map(|(run, reports)| earlier::taken(run, *reports, lang)));
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
    (options, waivers): (&Options, Option<&Waivers>),
    gathering: Gathering,
    context: &Context,
) -> Result<(Gathering, Summary), Exit> {
    let Walked { entries, skipped, repeated } = walk(inputs, args.out.as_deref());
    let summary = Summary { skipped, repeated, ..Summary::default() };
    let fields = gathering.fields();
    let threads = threads(args.threads);
    let job = Job { options, extract: crate::extract_named, lang: context.lang, waivers };
    let plan = Plan { threads, stop: stop::requested(), journal: None };
    let kind = match (args.quiet, std::io::stderr().is_terminal()) {
        (true, _) => progress::Kind::None,
        (false, true) => progress::Kind::Bar,
        (false, false) => progress::Kind::Lines,
    };
    let shown = Progress::new(kind, entries.len(), threads, context.lang);
    let own = *context;
    let ((gathering, mut summary, shown), tally) = job.run(
        entries,
        &plan,
        move |item| kept(item, &fields),
        (gathering, summary, shown),
        move |(gathering, summary, shown), done| {
            summary.add(&done.item);
            shown.file(&done);
            shown.aside(|| tell(&done.item, &own));
            let (entries, failures) = done.made;
            entries.into_iter().for_each(|entry| gathering.add(entry));
            failures.into_iter().for_each(|failure| gathering.failed(failure));
            Ok(())
        },
    );
    shown.finish(&summary, true);
    match tally {
        Ok(tally) if tally.left > 0 || tally.unfinished > 0 => {
            context.warning(stopped(tally.left, context.lang));
            Err(Exit::Stopped)
        }
        Ok(tally) => {
            summary.close(tally);
            Ok((gathering, summary))
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
