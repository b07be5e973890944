//! The sum against the report of the whole, figure by figure.

use std::collections::{BTreeMap, HashMap};

use super::group::{Group, grouped};
use crate::finding::{Code, Finding, Place, Words};
use crate::report::consolidation::Unit;
use crate::report::{Exact, Figure, Total, Value, counted};
use crate::template::{Form, Key, Kind};

/// Writes the draft's figures beside the sums, and says where they differ.
pub(super) fn compare(form: &Form, totals: &mut [Total], draft: &Unit, year: i32) -> Vec<Finding> {
    let report = draft.report.as_ref();
    let figures: HashMap<&Key, &Figure> =
        report.into_iter().flat_map(|report| report.figures()).map(|figure| (&figure.key, figure)).collect();
    for total in totals.iter_mut() {
        set(form, total, figures.get(&total.key).copied());
    }
    let own = report.and_then(|report| report.year).filter(|own| *own != year);
    let finding = |own: i32| super::about(Code::DraftOffYear, draft).expected(year.to_string()).found(own.to_string());
    let mut findings: Vec<Finding> = own.map(finding).into_iter().collect();
    findings.extend(report.and_then(|report| super::edition::finding(form, draft, report)));
    findings.extend(lacking(form, totals));
    findings.extend(totals.iter().filter_map(|total| differs(form, total, &figures)));
    findings
}

fn set(form: &Form, total: &mut Total, figure: Option<&Figure>) {
    let optional = form.field(&total.key).is_some_and(|field| form.parts(field).2.optional);
    let draft = figure.map_or(if optional { Value::Blank } else { Value::Missing }, |figure| figure.value);
    total.draft = Some(draft);
    let known = comparable(form, total, figure).then_some(draft).and_then(counted);
    total.difference = total.exact().zip(known).map(|(sum, draft)| draft - sum);
}

/// 元 against 万元 says nothing.
fn comparable(form: &Form, total: &Total, figure: Option<&Figure>) -> bool {
    let money = form.field(&total.key).is_some_and(|field| field.kind == Kind::Amount);
    let numbers = total.value.number().is_some() && figure.is_some_and(|figure| figure.value.number().is_some());
    !(money && numbers) || figure.is_some_and(|figure| figure.unit == total.unit)
}

/// Figures that the sum has and the draft has not.
fn lacking(form: &Form, totals: &[Total]) -> Vec<Finding> {
    let lacks = |total: &&Total| total.exact().is_some() && total.difference.is_none();
    let said: BTreeMap<usize, &str> = totals
        .iter()
        .enumerate()
        .filter(|(_, total)| lacks(total))
        .map(|(at, total)| (at, total.draft.map_or("missing", Value::state)))
        .collect();
    let finding = |group: &Group<&str>| {
        let finding = group.place(Finding::new(Code::DraftLacks), totals).detail("state", group.said);
        let sum = match group.totals.as_slice() {
            [one] => totals[*one].exact().unwrap_or_default().to_string(),
            _ => String::new(),
        };
        let words = match sum.as_str() {
            "" => Words::new("", ""),
            sum => Words::new(format!(" The units add up to {sum}."), format!("各单位之和为 {sum}。")),
        };
        finding.detail("count", group.totals.len()).detail_words("sum", &words)
    };
    grouped(form, totals, said).iter().map(finding).collect()
}

fn differs(form: &Form, total: &Total, figures: &HashMap<&Key, &Figure>) -> Option<Finding> {
    let difference = total.difference.filter(|difference| *difference != Exact::default())?;
    let field = form.field(&total.key)?;
    let finding = Finding::new(Code::TotalDiffers).field(&total.key).place(Place::of(form, field));
    let finding = finding.expected(total.exact()?.to_string()).found(shown(total.draft?));
    let finding = finding.detail("difference", signed(difference));
    let origin = figures.get(&total.key).and_then(|figure| figure.origin);
    Some(origin.into_iter().fold(finding, Finding::at))
}

/// `+3`, `-2`.
fn signed(difference: Exact) -> String {
    if difference > Exact::default() { format!("+{difference}") } else { difference.to_string() }
}

fn shown(value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::NotApplicable => "/".to_owned(),
        other => other.state().to_owned(),
    }
}
