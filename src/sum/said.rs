//! What is to be said of the units that were added, and of figures that are no plain sums.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Group, grouped};
use super::{about, names};
use crate::finding::{Code, Finding, Lang, Place, Severity, Words};
use crate::report::consolidation::Unit;
use crate::report::{Report, Standing, Total, Value};
use crate::template::Form;

/// Units whose own rules fail, that have warnings, or rows that the form does not have.
pub(super) fn of_units(units: &[Unit]) -> Vec<Finding> {
    let added = units.iter().filter(|unit| unit.standing == Standing::Added);
    let with_report = added.filter_map(|unit| Some((unit, unit.report.as_ref()?)));
    with_report
        .flat_map(|(unit, report)| [unnamed(unit), failing(unit, report), doubtful(unit, report), extra(unit, report)])
        .flatten()
        .collect()
}

/// How many of a report's rules fail.
#[must_use]
pub(super) fn broken_rules(report: &Report) -> usize {
    let rule = |finding: &&Finding| finding.severity == Severity::Error && report.checks.of(finding.code).failed > 0;
    report.findings.iter().filter(rule).count()
}

fn unnamed(unit: &Unit) -> Option<Finding> {
    unit.organ().is_none().then(|| about(Code::UnitUnnamed, unit))
}

fn failing(unit: &Unit, report: &Report) -> Option<Finding> {
    let count = broken_rules(report);
    (count > 0).then(|| about(Code::UnitFailing, unit).found(count.to_string()))
}

fn doubtful(unit: &Unit, report: &Report) -> Option<Finding> {
    let open = report.findings.iter().filter(|finding| finding.waived.is_none());
    let warnings = open.filter(|finding| finding.severity == Severity::Warning);
    let codes: Vec<&str> = warnings.map(|finding| finding.code.entry().name).collect();
    let names: BTreeSet<&str> = codes.iter().copied().collect();
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let finding = about(Code::UnitDoubtful, unit).found(codes.len().to_string()).detail("codes", names.join(", "));
    (!codes.is_empty()).then_some(finding)
}

fn extra(unit: &Unit, report: &Report) -> Option<Finding> {
    let rows = report.tables.iter().flat_map(|table| &table.extra_rows);
    let labels: Vec<&str> = rows.map(|row| row.label.as_str()).filter(|label| !label.is_empty()).collect();
    (!labels.is_empty()).then(|| about(Code::UnitExtraRows, unit).found(labels.join("、")))
}

/// Figures that are not given, and figures of which some units left their part empty.
pub(super) fn of_totals(form: &Form, totals: &[Total], units: &[Unit]) -> Vec<Finding> {
    let added: Vec<&Unit> = units.iter().filter(|unit| unit.standing == Standing::Added).collect();
    let mut findings = lacking(form, totals, &added);
    findings.extend(too_long(form, totals));
    findings.extend(empty(form, totals, &added));
    findings
}

fn named(added: &[&Unit], positions: &[usize]) -> String {
    names(positions.iter().map(|at| added[*at]))
}

fn lacking(form: &Form, totals: &[Total], added: &[&Unit]) -> Vec<Finding> {
    let lacking = totals.iter().enumerate().filter(|(_, total)| !total.lacking.is_empty());
    let said: BTreeMap<usize, Vec<usize>> = lacking.map(|(at, total)| (at, total.lacking.clone())).collect();
    let mut groups: Vec<Vec<Group<Vec<usize>>>> = Vec::new();
    // Many rows of which the same units say nothing are said once.
    for group in grouped(form, totals, said) {
        match groups.iter_mut().find(|known| known[0].said == group.said) {
            Some(known) => known.push(group),
            None => groups.push(vec![group]),
        }
    }
    groups.iter().map(|groups| not_given(totals, added, groups)).collect()
}

/// So many rows are named; the form of the sum shows which figures are not given.
const MOST_NAMED: usize = 5;

/// That sums are not given because of the same units: one place, or the rows by name.
fn not_given(totals: &[Total], added: &[&Unit], groups: &[Group<Vec<usize>>]) -> Finding {
    let all: Vec<usize> = groups.iter().flat_map(|group| group.totals.iter().copied()).collect();
    let finding = Finding::new(Code::TotalNotGiven).detail("count", all.len());
    let finding = finding.detail_words("units", &whose(totals, &all, added, &groups[0].said));
    let [group] = groups else {
        let rows: Vec<String> = groups.iter().take(MOST_NAMED).map(Group::name).collect();
        let (en, zh) = match groups.len().saturating_sub(MOST_NAMED) {
            0 => (String::new(), String::new()),
            more => (format!("; and {more} more"), format!("；另{more}处")),
        };
        let rows = Words::new(format!(" ({}{en})", rows.join("; ")), format!("（{}{zh}）", rows.join("；")));
        return finding.detail_words("rows", &rows).detail("rest", "");
    };
    let finding = group.place(finding, totals).detail("rows", "");
    match group.totals.as_slice() {
        [one] => {
            let others = totals[*one].numbers.to_string();
            finding.detail("others", &others).detail_words("rest", &rest(&others))
        }
        _ => finding.detail("rest", ""),
    }
}

/// Each unit with its file and what it has instead of a figure that can be added.
fn whose(totals: &[Total], group: &[usize], added: &[&Unit], lacking: &[usize]) -> Words {
    let states = |at: usize| -> BTreeSet<&str> {
        group.iter().filter_map(|total| totals[*total].parts[at]).map(Value::state).collect()
    };
    let one = |lang: Lang, at: usize| {
        let (unit, words) = (added[at], states(at).into_iter().map(|state| state_words(state, lang)));
        let states = words.collect::<Vec<_>>().join(lang.pick(", ", "、"));
        let (name, place) = (unit.name(), unit.place());
        match (lang, name == place) {
            (Lang::En, true) => format!("{place} ({states})"),
            (Lang::Zh, true) => format!("{place}（{states}）"),
            (Lang::En, false) => format!("{name} ({place}: {states})"),
            (Lang::Zh, false) => format!("{name}（{place}：{states}）"),
        }
    };
    let all = |lang| lacking.iter().map(|at| one(lang, *at)).collect::<Vec<_>>().join("、");
    Words::new(all(Lang::En), all(Lang::Zh))
}

/// A number that cannot be added is one in another unit of money.
fn state_words(state: &str, lang: Lang) -> &str {
    match (state, lang) {
        ("missing", Lang::Zh) => "缺失",
        ("unreadable", Lang::Zh) => "非数值",
        ("ambiguous", Lang::Zh) => "位置不明",
        ("blank", Lang::Zh) => "空白",
        ("number", Lang::En) => "in another unit of money",
        ("number", Lang::Zh) => "金额单位不同",
        (state, _) => state,
    }
}

fn rest(others: &str) -> Words {
    Words::new(format!(" The others add up to {others}."), format!("其余单位之和为 {others}。"))
}

/// More digits than an exact decimal holds.
fn too_long(form: &Form, totals: &[Total]) -> Vec<Finding> {
    let long = |total: &&Total| total.lacking.is_empty() && total.value == Value::Missing;
    let finding = |total: &Total| {
        let place = form.field(&total.key).map(|field| Place::of(form, field));
        let finding = Finding::new(Code::TotalTooLong).field(&total.key).found(total.numbers.to_string());
        place.into_iter().fold(finding, Finding::place)
    };
    totals.iter().filter(long).map(finding).collect()
}

/// A blank adds nothing, but nobody knows whether it was meant to.
fn empty(form: &Form, totals: &[Total], added: &[&Unit]) -> Vec<Finding> {
    let numbered = totals.iter().enumerate().filter(|(_, total)| total.value.number().is_some());
    let empty = numbered.map(|(at, total)| (at, (total.blanks(), total.not_applicable())));
    let said: BTreeMap<usize, (Vec<usize>, Vec<usize>)> =
        empty.filter(|(_, (blanks, none))| !blanks.is_empty() || !none.is_empty()).collect();
    let finding = |group: &Group<(Vec<usize>, Vec<usize>)>| {
        let (blanks, none) = &group.said;
        let all: BTreeSet<usize> = blanks.iter().chain(none).copied().collect();
        let all: Vec<usize> = all.into_iter().collect();
        let finding = group.place(Finding::new(Code::TotalBlanks), totals).detail("units", named(added, &all));
        finding.detail("blanks", blanks.len()).detail("not_applicable", none.len()).detail("count", group.totals.len())
    };
    grouped(form, totals, said).iter().map(finding).collect()
}
