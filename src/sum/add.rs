//! Figure by figure: the exact sum of the numbers, or no sum.

use std::collections::{HashMap, HashSet};

use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::report::consolidation::Unit;
use crate::report::{Exact, Figure, Report, Standing, Total, Value};
use crate::template::{FieldDef, Form, Key, Kind};

/// Every figure of the form that is printed, in print order.
pub(super) fn totals(form: &Form, units: &[Unit]) -> Vec<Total> {
    let reports = units.iter().filter(|unit| unit.standing == Standing::Added).filter_map(|unit| unit.report.as_ref());
    let indexed: Vec<HashMap<&Key, &Figure>> = reports.clone().map(index).collect();
    let holes: Vec<HashSet<&Key>> = reports.map(holes).collect();
    form.fields.iter().filter_map(|field| total(form, field, &indexed, &holes)).collect()
}

/// Blank figures that the report's own sums show to be no zeros: what they stand for is not given.
fn holes(report: &Report) -> HashSet<&Key> {
    let implied = |finding: &&Finding| finding.code == Code::ImpliedValue && finding.expected.as_deref() != Some("0");
    report.findings.iter().filter(implied).filter_map(|finding| finding.field.as_ref()).collect()
}

fn index(report: &Report) -> HashMap<&Key, &Figure> {
    // Where a report should have a figure twice, the first counts.
    let mut index = HashMap::new();
    for figure in report.figures() {
        index.entry(&figure.key).or_insert(figure);
    }
    index
}

/// `None` for a row that only some places print, and no unit does.
fn total(form: &Form, field: &FieldDef, units: &[HashMap<&Key, &Figure>], holes: &[HashSet<&Key>]) -> Option<Total> {
    let figures: Vec<Option<&Figure>> = units.iter().map(|unit| unit.get(&field.key).copied()).collect();
    let optional = form.parts(field).2.optional;
    if optional && figures.iter().all(Option::is_none) {
        return None;
    }
    let absent = if optional { None } else { Some(Value::Missing) };
    let parts: Vec<Option<Value>> =
        figures.iter().map(|figure| figure.map_or(absent, |figure| Some(figure.value))).collect();
    let unit = money(field, &figures);
    let lacks = |at: &usize| {
        let hole = parts[*at] == Some(Value::Blank) && holes[*at].contains(&field.key);
        parts[*at].is_some_and(Value::is_lacking) || hole || !in_unit(figures[*at], unit)
    };
    let lacking: Vec<usize> = (0..parts.len()).filter(lacks).collect();
    let mut numbers = Exact::default();
    for at in (0..parts.len()).filter(|at| lacking.binary_search(at).is_err()) {
        numbers += parts[at].and_then(Value::number).map(Exact::from).unwrap_or_default();
    }
    let value = if lacking.is_empty() { value(&parts, numbers) } else { Value::Missing };
    let unit = unit.unwrap_or(&field.unit).to_owned();
    Some(Total { key: field.key.clone(), value, unit, numbers, parts, lacking, draft: None, difference: None })
}

/// What the sum is where every unit is known: a number if there is one, `/` if all have it, else blank.
fn value(parts: &[Option<Value>], numbers: Exact) -> Value {
    let mut known = parts.iter().flatten();
    if parts.iter().flatten().any(|value| value.number().is_some()) {
        return numbers.amount().map_or(Value::Missing, Value::Number);
    }
    if known.all(|value| *value == Value::NotApplicable) { Value::NotApplicable } else { Value::Blank }
}

/// The unit in which amounts of money are added: the form's; where it prints none, that of most units. Counts are
/// counts, whatever their cells say.
fn money<'a>(field: &'a FieldDef, figures: &[Option<&'a Figure>]) -> Option<&'a str> {
    if field.kind != Kind::Amount {
        return None;
    }
    let printed = field.unit.as_str();
    if !printed.is_empty() {
        return Some(printed);
    }
    let units =
        || figures.iter().flatten().filter(|figure| figure.value.number().is_some()).map(|figure| &*figure.unit);
    let votes = |unit: &&str| units().filter(|other| other == unit).count();
    // Of equally many the first by name, so that the order of units is nothing to it.
    Some(units().max_by_key(|unit| (votes(unit), std::cmp::Reverse(*unit))).unwrap_or_default())
}

/// 元 and 万元 do not add up.
fn in_unit(figure: Option<&Figure>, unit: Option<&str>) -> bool {
    let number = figure.filter(|figure| figure.value.number().is_some());
    number.is_none_or(|figure| unit.is_none_or(|unit| figure.unit == unit))
}

/// The figure as the report of the sum has it.
pub(super) fn figure(total: &Total) -> Figure {
    let raw = match total.value {
        Value::Number(number) => Some(number.to_string().into()),
        Value::Blank => Some(Text::default()),
        Value::NotApplicable => Some("/".into()),
        _ => None,
    };
    Figure { key: total.key.clone(), value: total.value, raw, unit: total.unit.as_str().into(), origin: None, by: None }
}
