//! Reports of the units: read anew, or from the lines of an earlier run.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::Args;
use crate::Options;
use crate::batch::{Job, OfFile, Plan, Walked, units, walk};
use crate::cli::earlier;
use crate::cli::words::visible;
use crate::cli::{Context, Exit, stop, threads};
use crate::finding::{Code, Waivers};
use crate::report::consolidation::Unit;
use crate::report::{Report, Standing};

/// The units, and the files that were passed over by ending.
pub(super) fn read(
    args: &Args,
    options: &Options,
    waivers: Option<&Waivers>,
    context: &Context,
) -> Result<(Vec<Unit>, BTreeMap<String, usize>), Exit> {
    let (runs, inputs): (Vec<PathBuf>, Vec<PathBuf>) =
        args.inputs.iter().cloned().partition(|path| earlier::lines_of(path).is_some());
    let Walked { mut entries, mut skipped, .. } = walk(&inputs, None);
    let own: HashSet<PathBuf> = args
        .output
        .iter()
        .chain(&args.units)
        .chain(args.waivers.path())
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    // What this run writes, and the lists, are no units.
    entries.take_files(|path| path.canonicalize().is_ok_and(|path| own.contains(&path)));
    for path in &own {
        forget(&mut skipped, path, &inputs);
    }
    let threads = threads(args.threads);
    let job = Job { options, extract: crate::extract_named, lang: context.lang, waivers };
    let plan = Plan { threads, stop: stop::requested(), journal: None };
    let (mut units, tally) = units(&job, entries, &plan).map_err(|error| {
        context.error(error.message(context.lang));
        Exit::Unreadable
    })?;
    if stop::requested().load(Ordering::Relaxed) {
        return Err(Exit::Stopped);
    }
    for (kind, count) in tally.skipped {
        *skipped.entry(kind).or_default() += count;
    }
    for run in runs {
        units.extend(of_run(&run, options, waivers, args.quiet, context)?);
    }
    Ok((units, skipped))
}

/// The units of an earlier run. What was to be said of a file beside its reports stands in its findings.csv, and
/// only of files without a report.
fn of_run(
    run: &Path,
    options: &Options,
    waivers: Option<&Waivers>,
    quiet: bool,
    context: &Context,
) -> Result<Vec<Unit>, Exit> {
    let lines = earlier::lines_of(run).unwrap_or_else(|| run.to_owned());
    let mut units = Vec::new();
    let count = earlier::reports(&lines, context, |head, report| {
        let mut report = Report { sections: Vec::new(), claims: Vec::new(), ..report };
        earlier::answer(&head.source, &mut report, options, waivers);
        units.push(Unit::of_report(&head.source, &head.sha256, report));
    })?;
    let standing = |code: Code| match code {
        Code::NotAReport => Standing::NoReport,
        _ => Standing::Unreadable,
    };
    let failure = |code| {
        matches!(
            code,
            Code::Unreadable | Code::Scanned | Code::PartialArchive | Code::TablesArePictures | Code::NotAReport
        )
    };
    for OfFile { source, code, message, .. } in earlier::without_report(&lines, failure) {
        units.push(Unit::of_file(&source, standing(code), message));
    }
    if !quiet {
        let text = earlier::taken(run, count, context.lang) + "\n";
        context.write(anstream::stderr().lock(), visible(&text).as_bytes());
    }
    Ok(units)
}

/// The list and earlier outputs in the folder are no files that were passed over.
fn forget(skipped: &mut BTreeMap<String, usize>, path: &Path, inputs: &[PathBuf]) {
    let within = inputs.iter().filter_map(|input| input.canonicalize().ok()).any(|input| path.starts_with(input));
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy().to_lowercase()));
    if let Some(count) = ending.filter(|_| within).and_then(|ending| skipped.get_mut(&ending)) {
        *count = count.saturating_sub(1);
    }
    skipped.retain(|_, count| *count > 0);
}
