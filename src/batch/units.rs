//! Files and folders → the reports in them, each with its file, and the files that gave none.

use super::{Entry, Job, OutputError, Plan, Tally, is_packing};
use crate::export::Item;
use crate::finding::{Code, Finding, Lang, Severity};
use crate::report::{Report, Standing, Unit};

/// Reads the inputs in the threads of `plan`. Texts and claims are left out: figures are what is wanted.
///
/// # Errors
/// That of the journal, if there is one.
pub fn units(job: &Job<'_>, entries: Vec<Entry>, plan: &Plan<'_>) -> Result<(Vec<Unit>, Tally), OutputError> {
    let mut units = Vec::new();
    let tally = job.run(
        entries,
        plan,
        |item| of_item(item, job.lang),
        |done| {
            units.extend(done.made);
            Ok(())
        },
    )?;
    Ok((units, tally))
}

fn of_item(item: &Item<'_>, lang: Lang) -> Vec<Unit> {
    let doubtful = |finding: &&Finding| finding.severity >= Severity::Warning;
    let about: Vec<&Finding> = item.findings.iter().filter(doubtful).collect();
    if item.reports.is_empty() {
        return without_report(item, &about, lang).into_iter().collect();
    }
    let unit = |report: &Report| {
        // What is doubtful about the file is so about each of its reports.
        let findings = report.findings.iter().chain(about.iter().copied()).cloned().collect();
        let report = Report { sections: Vec::new(), claims: Vec::new(), findings, ..report.clone() };
        Unit::of_report(item.source, item.sha256, report)
    };
    item.reports.iter().map(unit).collect()
}

/// A file that gave no report, and why; nothing for an archive that is whole, whose files speak for themselves.
fn without_report(item: &Item<'_>, about: &[&Finding], lang: Lang) -> Option<Unit> {
    if is_packing(item.format) && about.is_empty() {
        return None;
    }
    let unread = |finding: &&Finding| {
        matches!(finding.code, Code::Unreadable | Code::Scanned | Code::PartialArchive | Code::TablesArePictures)
    };
    let standing = if about.iter().any(unread) { Standing::Unreadable } else { Standing::NoReport };
    let causes: Vec<String> = about.iter().map(|finding| finding.message(lang).trim().to_owned()).collect();
    let cause = match (causes.is_empty(), lang) {
        (false, _) => causes.join(" "),
        (true, Lang::En) => "no report was found in it.".to_owned(),
        (true, Lang::Zh) => "其中没有年度报告。".to_owned(),
    };
    let ended = cause.trim_end_matches(['。', '.', '；', ';']).to_owned();
    Some(Unit::of_file(item.source, standing, ended))
}
