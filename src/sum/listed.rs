//! The units that should report, against those that did.

use super::standing::{folded, plain};
use crate::finding::{Code, Finding, Words};
use crate::report::Standing;
use crate::report::consolidation::Unit;

/// Units of the list that are not in the sum, then units of the sum that are not in the list.
pub(super) fn findings(listed: &[String], units: &[Unit]) -> Vec<Finding> {
    let reported: Vec<&Unit> = units.iter().filter(|unit| counts(unit)).collect();
    let matched = matched(listed, &reported);
    let missing = listed.iter().zip(&matched).filter(|(_, unit)| unit.is_none());
    let mut findings: Vec<Finding> = missing.map(|(name, _)| missing_unit(name, units)).collect();
    // Several reports of one organ are one unit.
    let known: Vec<String> = matched.iter().flatten().map(|at| reported[*at].name()).collect();
    let mut unlisted: Vec<&Unit> = reported.into_iter().filter(|unit| !known.contains(&unit.name())).collect();
    unlisted.dedup_by_key(|unit| unit.name());
    findings.extend(unlisted.into_iter().map(|unit| super::about(Code::UnitUnlisted, unit)));
    findings
}

/// Whether a report is one of this year, in the sum or beside it for a reason of its own.
fn counts(unit: &Unit) -> bool {
    matches!(unit.standing, Standing::Added | Standing::Conflicting)
}

/// For each name of the list, the position of the unit that bears it: the very name, else the only one whose name
/// ends with it (财政局 for 示例县财政局), if no other name of the list could be its own.
fn matched(listed: &[String], units: &[&Unit]) -> Vec<Option<usize>> {
    let names: Vec<String> = listed.iter().map(|name| plain(name)).collect();
    let organs: Vec<String> = units.iter().map(|unit| plain(&unit.name())).collect();
    let exact = |name: &String| organs.iter().position(|organ| organ == name);
    let mut matched: Vec<Option<usize>> = names.iter().map(exact).collect();
    let taken = |organ: &String| names.contains(organ);
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let ends = |organ: &&String| organ.ends_with(name.as_str()) && !taken(organ);
        let mut ending: Vec<&String> = organs.iter().filter(ends).collect();
        ending.dedup();
        if let (None, [organ]) = (matched[at], ending.as_slice()) {
            let rivals = names.iter().filter(|other| organ.ends_with(other.as_str()) && !other.is_empty()).count();
            matched[at] = (rivals == 1).then(|| organs.iter().position(|other| other == *organ)).flatten();
        }
    }
    matched
}

/// What there is of a unit instead of its report: that of another year, or a file named like it.
fn missing_unit(name: &str, units: &[Unit]) -> Finding {
    let bears = |unit: &&Unit| {
        let own = unit.organ().is_some_and(|organ| plain(&organ).ends_with(&plain(name)));
        own || (unit.organ().is_none() && folded(&unit.source).contains(&plain(name)))
    };
    let instead = units.iter().filter(|unit| !counts(unit)).filter(bears).map(Unit::place).collect::<Vec<_>>();
    let finding = Finding::new(Code::UnitMissing).detail("unit", name);
    if instead.is_empty() {
        return finding.detail("instead", "");
    }
    let files = instead.join("、");
    let words = Words::new(format!(" (not added: {files})"), format!("（未计入：{files}）"));
    finding.detail_words("instead", &words)
}
