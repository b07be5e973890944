//! One report as the panel keeps it: what checks across years need, and no text.

use std::ops::RangeInclusive;

use super::packed::{Fact, Fields, Packed};
use super::sentences::{self, Sentence};
use super::text::{Sketch, hash};
use super::{borrowed, organ};
use crate::finding::{Code, Finding, Severity};
use crate::report::{Level, Report, Status, Unit, Value, digits};
use crate::template::Key;

/// Years that a panel may have: reports are printed since 2008, and lines made by hand may say anything.
pub const YEARS: RangeInclusive<i32> = 1990..=2100;

/// One report: about 6 KB, mostly figures with their places and sentences that belong to a year.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name of its file in every output.
    pub source: Box<str>,
    /// Its number in the file.
    pub number: u32,
    /// The organ as printed, with the words that the name needs.
    pub organ: Option<Box<str>>,
    /// What kind of organ it is.
    pub level: Option<Level>,
    /// The division that the organ belongs to, if it is settled.
    pub place: Option<Unit>,
    /// The year reported on.
    pub year: Option<i32>,
    /// What the document turned out to be.
    pub status: Status,
    /// Editions of its tables, each once, in the order of the tables.
    pub editions: Box<str>,
    /// Its own findings by severity: hint, note, warning, error.
    pub own: [u32; 4],
    /// Its tables are pictures, or pages of it are.
    pub scanned: bool,
    /// Codes of the divisions that it may belong to, where several are possible.
    pub(super) candidates: Box<[u32]>,
    /// By what it is grouped: the organ's name, with a code where organs of several places have that name.
    pub(super) key: Box<str>,
    pub(super) figures: Packed,
    /// Hash of all figures, and how many digits speak against chance if they are another report's too.
    pub(super) figures_hash: u64,
    pub(super) digits: u32,
    pub(super) text: Sketch,
    pub(super) words: borrowed::Sample,
    pub(super) sentences: Box<[Sentence]>,
}

impl Entry {
    /// What is kept of a report; `about_file` is what is to be said about its file as a whole.
    #[must_use]
    pub fn new(source: &str, report: &Report, about_file: &[Finding], fields: &Fields) -> Self {
        let figures = Packed::new(report, fields);
        let facts = figures.facts();
        let mut own = [0; 4];
        for finding in report.findings.iter().filter(|finding| finding.waived.is_none()) {
            own[finding.severity as usize] += 1;
        }
        let pictures = |finding: &Finding| matches!(finding.code, Code::Scanned | Code::TablesArePictures);
        Entry {
            source: source.into(),
            number: report.number,
            organ: report.organ.as_ref().map(|organ| {
                format!("{}{}", organ.name, organ.inferred.as_deref().unwrap_or_default()).into_boxed_str()
            }),
            level: report.level,
            place: report.place.as_ref().and_then(|place| place.unit.clone()),
            candidates: report.place.iter().flat_map(|place| &place.candidates).filter_map(code).collect(),
            year: report.year.filter(|year| YEARS.contains(year)),
            status: report.status,
            editions: editions(report).into_boxed_str(),
            own,
            scanned: report.status == Status::Pictures
                || report.status != Status::Complete && about_file.iter().any(pictures),
            key: report.organ.as_ref().map(organ::key).unwrap_or_default().into_boxed_str(),
            figures_hash: figures_hash(&facts),
            digits: digits(facts.iter().map(|fact| (fields.key(fact), fact.value))),
            figures,
            text: Sketch::of_report(report),
            words: borrowed::Sample::of_report(report),
            sentences: sentences::of_report(report),
        }
    }

    /// The code of the division that it belongs to.
    pub(super) fn code(&self) -> Option<u32> {
        self.place.as_ref().and_then(code)
    }

    /// Its figures by their names, for outputs; missing ones are not there.
    #[must_use]
    pub fn values(&self, fields: &Fields) -> Vec<(Key, Value)> {
        self.figures.facts().iter().map(|fact| (fields.key(fact).clone(), fact.value)).collect()
    }

    /// How many of its own findings weigh as much as a warning.
    #[must_use]
    pub fn complaints(&self) -> u32 {
        self.own[Severity::Warning as usize] + self.own[Severity::Error as usize]
    }

    /// What it may be called in a sentence: the file, and the number where it is not the first.
    pub(super) fn name(&self) -> String {
        if self.number == 1 { self.source.to_string() } else { format!("{}#{}", self.source, self.number) }
    }
}

fn code(unit: &Unit) -> Option<u32> {
    unit.code.parse().ok()
}

fn editions(report: &Report) -> String {
    let mut editions: Vec<&str> = Vec::new();
    for edition in report.tables.iter().filter_map(|table| table.edition.as_deref()) {
        if !editions.contains(&edition) {
            editions.push(edition);
        }
    }
    editions.join("+")
}

/// Two reports with the same hash have the same figures in the same states.
fn figures_hash(facts: &[Fact]) -> u64 {
    let mut lines: Vec<(u32, String)> = facts.iter().map(|fact| (fact.field, shown(fact.value))).collect();
    lines.sort();
    hash(lines.iter().flat_map(|(field, value)| format!("{field}={value}\n").chars().collect::<Vec<_>>()))
}

/// The number without zeros at its end, or the state.
fn shown(value: Value) -> String {
    value.number().map_or_else(|| value.state().to_owned(), |number| number.normalize().to_string())
}
