//! Reports of many units added up. The units, what all cells come to, and a draft were made by
//! `tests/second_opinion/sum_units.py`, which takes the sums itself.
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod against;
mod clean;
mod command;
mod earlier;
mod outputs;
mod planted;
mod property;
#[path = "../support/report.rs"]
mod report;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use gongkai::check::check;
use gongkai::report::consolidation::Unit;
use gongkai::report::{Amount, Consolidation, Report};
use gongkai::sum::{Ask, sum};
use gongkai::template::Form;

/// A file beside this one.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sum").join(name)
}

/// Name and text of each unit, in order.
pub fn texts() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(path("units")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let named = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("UTF-8"))
    };
    files.map(named).collect()
}

/// The report in a text.
pub fn unit(source: &str, text: &str) -> Unit {
    /// Most texts are those of other tests: each is read once.
    static READ: Mutex<BTreeMap<String, Report>> = Mutex::new(BTreeMap::new());
    let read = || {
        let mut extraction = gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("a text");
        assert_eq!(extraction.reports.len(), 1, "{source}");
        extraction.reports.remove(0)
    };
    let known = READ.lock().expect("no test panics while it reads").get(text).cloned();
    let report = known.unwrap_or_else(|| {
        let report = read();
        READ.lock().expect("no test panics while it reads").insert(text.to_owned(), report.clone());
        report
    });
    Unit::of_report(source, &gongkai::batch::sha256(text.as_bytes()), report)
}

/// The reports in texts.
pub fn units(texts: &BTreeMap<String, String>) -> Vec<Unit> {
    texts.iter().map(|(source, text)| unit(source, text)).collect()
}

/// The stored draft.
pub fn draft() -> Unit {
    unit("draft.txt", &std::fs::read_to_string(path("draft.txt")).expect("the draft"))
}

/// The sum with the checks of any report.
pub fn added(units: Vec<Unit>, ask: &Ask<'_>) -> Consolidation {
    let mut sum = sum(units, ask, Form::shipped()).expect("a year and units");
    check(&mut sum.report, Form::shipped());
    sum
}

/// The rows of the stored sums: field → sum, and the figure of each unit.
pub fn expected() -> BTreeMap<String, Vec<Amount>> {
    let mut reader = csv::Reader::from_path(path("expected.csv")).expect("the file");
    let row = |row: csv::StringRecord| {
        let numbers = row.iter().skip(1).map(|cell| cell.parse().expect("a decimal")).collect();
        (row[0].to_owned(), numbers)
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// Each finding as `code` and what it is about, in order.
pub fn said(sum: &Consolidation) -> Vec<String> {
    let about = |finding: &gongkai::finding::Finding| {
        let field = finding.field.as_ref().map(ToString::to_string);
        let place = finding.place.as_ref().map(|place| if place.row.is_empty() { &place.table } else { &place.row });
        let detail = |name: &str| finding.details.get(name).cloned();
        let name = detail("unit").or(detail("units")).or(field).or(place.cloned()).unwrap_or_default();
        format!("{} {name}", finding.code.entry().name)
    };
    sum.report.findings.iter().map(about).collect()
}
