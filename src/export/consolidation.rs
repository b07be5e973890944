//! A sum of many reports as CSV (a row a figure, a column a unit) and as JSON.

use std::io;

use serde::Serialize;

use super::record::ReportRecord;
use super::rows::csv_of;
use super::table::Kind;
use super::{Item, Settings};
use crate::finding::{Place, Severity};
use crate::report::consolidation::Unit;
use crate::report::{Amount, Consolidation, Exact, Standing, Total, Value};
use crate::template::Key;

/// Version of the layout of the JSON. It rises when a member changes its meaning or goes away.
const VERSION: u32 = 1;

/// Columns before those of the units.
const COLUMNS: [&str; 10] =
    ["field", "labels", "sum", "state", "numbers", "blanks", "not_applicable", "lacking", "draft", "difference"];

/// One row a figure. A unit's column holds its number, nothing for a blank, `/`, or the name of the state.
///
/// # Errors
/// Never: memory takes every byte.
pub fn csv(sum: &Consolidation, settings: &Settings) -> io::Result<Vec<u8>> {
    let header = COLUMNS.iter().map(|name| (*name).to_owned()).chain(headers(sum));
    let header = header.map(|name| (Kind::Text, name)).collect();
    let rows = sum.totals.iter().map(|total| row(sum, total, settings));
    csv_of(std::iter::once(header).chain(rows), settings.excel)
}

/// The units' names; where two bear one name, with their files.
fn headers(sum: &Consolidation) -> Vec<String> {
    let names: Vec<String> = sum.added().map(Unit::name).collect();
    let twice = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let header = |(unit, name): (&Unit, &String)| {
        if twice(name) { format!("{name} {}", unit.place()) } else { name.clone() }
    };
    sum.added().zip(&names).map(header).collect()
}

fn row(sum: &Consolidation, total: &Total, settings: &Settings) -> Vec<(Kind, String)> {
    let text = |text: &str| (Kind::Text, text.to_owned());
    let label = settings.label(&sum.edition, &total.key);
    let counts = [total.with_number().len(), total.blanks().len(), total.not_applicable().len(), total.lacking.len()];
    let mut row = vec![text(total.key.as_str()), text(label)];
    row.extend([(Kind::Decimal, number(total.value)), text(total.value.state())]);
    row.extend(counts.map(|count| (Kind::Whole, count.to_string())));
    row.push((Kind::Decimal, total.draft.map(shown).unwrap_or_default()));
    row.push((Kind::Decimal, total.difference.map(|off| off.to_string()).unwrap_or_default()));
    let part = |(at, part): (usize, &Option<Value>)| part.map(|value| part_shown(sum, total, at, value));
    row.extend(total.parts.iter().enumerate().map(|cell| (Kind::Decimal, part(cell).unwrap_or_default())));
    row
}

fn number(value: Value) -> String {
    value.number().map_or_else(String::new, |number| number.to_string())
}

fn shown(value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Blank => String::new(),
        Value::NotApplicable => "/".to_owned(),
        other => other.state().to_owned(),
    }
}

/// A number in another unit of money bears its unit, so that nobody adds it.
fn part_shown(sum: &Consolidation, total: &Total, at: usize, value: Value) -> String {
    let text = shown(value);
    let other = value.number().is_some() && total.lacking.binary_search(&at).is_ok();
    if other { format!("{text}{}", money(sum, &total.key, at)) } else { text }
}

/// The unit of money of a unit's figure, `?` where it names none.
pub(super) fn money(sum: &Consolidation, key: &Key, at: usize) -> String {
    let unit = sum.added().nth(at).and_then(|unit| unit.report.as_ref()?.figure(key)).map(|figure| figure.unit.clone());
    unit.filter(|unit| !unit.is_empty()).map_or_else(|| "?".to_owned(), String::from)
}

/// A sum with all that its units gave.
#[derive(Serialize)]
struct SumRecord<'a> {
    version: u32,
    year: i32,
    edition: &'a str,
    draft: Option<DraftRecord<'a>>,
    units: Vec<UnitRecord<'a>>,
    figures: Vec<TotalRecord<'a>>,
    /// The sum itself as one report, as in `reports.jsonl`.
    report: ReportRecord,
}

#[derive(Serialize)]
struct DraftRecord<'a> {
    source: &'a str,
    title: Option<&'a str>,
}

/// A unit, added or not.
#[derive(Serialize)]
struct UnitRecord<'a> {
    name: String,
    source: &'a str,
    /// Number of the report within the file; null for a file without one.
    report: Option<u32>,
    sha256: &'a str,
    organ: Option<String>,
    year: Option<i32>,
    standing: Standing,
    /// Why it gave no report.
    cause: Option<&'a str>,
    errors: usize,
    warnings: usize,
}

/// A figure of the sum.
#[derive(Serialize)]
struct TotalRecord<'a> {
    field: &'a str,
    place: Option<Place>,
    unit: &'a str,
    value: Option<Amount>,
    state: &'static str,
    /// The sum of the numbers that are there, as text; that of the figure unless some are lacking.
    numbers: String,
    /// What each unit that was added has, in the order of `units`: a number or the name of a state.
    parts: Vec<PartRecord>,
    /// Positions in `parts`, from 0, of what cannot be added.
    lacking: &'a [usize],
    draft: Option<PartRecord>,
    difference: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PartRecord {
    Number(Amount),
    State(&'static str),
    /// A row that the unit need not have.
    Nothing,
}

impl From<Option<Value>> for PartRecord {
    fn from(value: Option<Value>) -> Self {
        match value {
            Some(Value::Number(number)) => PartRecord::Number(number),
            Some(other) => PartRecord::State(other.state()),
            None => PartRecord::Nothing,
        }
    }
}

/// One JSON object, ended by a line break.
///
/// # Panics
/// Never: a record has only string keys.
#[must_use]
pub fn json(sum: &Consolidation, settings: &Settings) -> String {
    let item = Item { source: "", sha256: "", format: "sum", reports: &[], findings: &[] };
    let record = SumRecord {
        version: VERSION,
        year: sum.year,
        edition: &sum.edition,
        draft: sum.draft.as_ref().map(|draft| DraftRecord { source: &draft.source, title: draft.title.as_deref() }),
        units: sum.units.iter().map(unit_record).collect(),
        figures: sum.totals.iter().map(|total| total_record(sum, total, settings)).collect(),
        report: ReportRecord::new(&item, &sum.report, settings.lang),
    };
    let mut text = serde_json::to_string_pretty(&record).expect("records have string keys only");
    text.push('\n');
    text
}

fn unit_record(unit: &Unit) -> UnitRecord<'_> {
    let report = unit.report.as_ref();
    let found = |severity| {
        report.map_or(0, |report| report.findings.iter().filter(|finding| finding.severity == severity).count())
    };
    UnitRecord {
        name: unit.name(),
        source: &unit.source,
        report: report.map(|report| report.number),
        sha256: &unit.sha256,
        organ: unit.organ(),
        year: report.and_then(|report| report.year),
        standing: unit.standing,
        cause: unit.cause.as_deref(),
        errors: found(Severity::Error),
        warnings: found(Severity::Warning),
    }
}

fn total_record<'a>(sum: &'a Consolidation, total: &'a Total, settings: &Settings) -> TotalRecord<'a> {
    let form = settings.form(&sum.edition);
    let place = form.and_then(|form| Some(Place::of(form, form.field(&total.key)?)));
    TotalRecord {
        field: total.key.as_str(),
        place,
        unit: &total.unit,
        value: total.value.number().map(Amount),
        state: total.value.state(),
        numbers: total.numbers.to_string(),
        parts: total.parts.iter().map(|part| PartRecord::from(*part)).collect(),
        lacking: &total.lacking,
        draft: total.draft.map(|draft| PartRecord::from(Some(draft))),
        difference: total.difference.map(|off: Exact| off.to_string()),
    }
}
