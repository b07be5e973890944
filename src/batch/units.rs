//! Files and folders → the reports in them, each with its file, and the files that gave none.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Entries, Job, OutputError, Plan, Tally, is_packing};
use crate::export::Item;
use crate::finding::{Code, Finding, Lang, Severity};
use crate::report::consolidation::Unit;
use crate::report::{Report, Standing};

/// Reads the inputs in the threads of `plan`. Texts and claims are left out: figures are what is wanted.
///
/// # Errors
/// That of the journal, if there is one.
pub fn units(job: &Job<'_>, mut entries: Entries, plan: &Plan<'_>) -> Result<(Vec<Unit>, Tally), OutputError> {
    let own = entries.take_files(is_own_workbook);
    let units: Vec<Unit> = own.iter().map(|source| of_own_workbook(source, job.lang)).collect();
    let lang = job.lang;
    let (units, tally) = job.run(
        entries,
        plan,
        move |item| of_item(item, lang),
        units,
        |units, done| {
            units.extend(done.made);
            Ok(())
        },
    );
    Ok((units, tally?))
}

/// Most of the properties of a workbook that is looked at: those of ours are far shorter.
const PROPERTIES: u64 = 1 << 16;

/// Whether a file is a workbook that this program wrote: the figures in it are no unit's report once more.
fn is_own_workbook(path: &Path) -> bool {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return false;
    }
    let mut text = String::new();
    let archive = File::open(path).ok().and_then(|file| zip::ZipArchive::new(file).ok());
    let read = archive.and_then(|mut archive| {
        archive.by_name("docProps/core.xml").ok()?.take(PROPERTIES).read_to_string(&mut text).ok()
    });
    read.is_some() && text.contains(concat!("<dc:creator>", env!("CARGO_PKG_NAME"), "</dc:creator>"))
}

fn of_own_workbook(source: &str, lang: Lang) -> Unit {
    let cause = match lang {
        Lang::En => "it is a workbook that this program wrote",
        Lang::Zh => "这是本程序写出的工作簿",
    };
    Unit::of_file(source, Standing::NoReport, cause.to_owned())
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
