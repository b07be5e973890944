//! The units that should report, against those that did.

use super::standing::{folded, plain};
use crate::division::Listed;
use crate::finding::{Code, Finding, Words};
use crate::report::Standing;
use crate::report::consolidation::Unit;

/// Units of the list that are not in the sum, then units of the sum that are not in the list.
pub(super) fn findings(listed: &[Listed], units: &[Unit]) -> Vec<Finding> {
    let reported: Vec<&Unit> = units.iter().filter(|unit| counts(unit)).collect();
    let matched = matched(listed, &reported);
    let missing = listed.iter().zip(&matched).filter(|(_, unit)| unit.is_none());
    let mut findings: Vec<Finding> = missing.map(|(organ, _)| missing_unit(organ, units)).collect();
    // Several reports of one organ are one unit.
    let found = || listed.iter().zip(&matched).filter_map(|(organ, at)| Some((organ, reported[(*at)?].name())));
    let is_known = |unit: &&Unit| found().any(|(organ, name)| name == unit.name() && is_there(organ, unit));
    let mut unlisted: Vec<&Unit> = reported.iter().copied().filter(|unit| !is_known(unit)).collect();
    unlisted.dedup_by_key(|unit| (unit.name(), unit.place_code()));
    findings.extend(unlisted.into_iter().map(|unit| super::about(Code::UnitUnlisted, unit)));
    findings
}

/// Whether a report is one of this year, in the sum or beside it for a reason of its own.
fn counts(unit: &Unit) -> bool {
    matches!(unit.standing, Standing::Added | Standing::Conflicting)
}

/// Whether a unit is of the place that the list gives to an organ.
fn is_there(organ: &Listed, unit: &Unit) -> bool {
    organ.may_be_at(unit.place_code())
}

/// For each name of the list, the position of the unit that bears it: the very name, else the only one whose name
/// ends with it (财政局 for 示例县财政局), if no other name of the list could be its own.
fn matched(listed: &[Listed], units: &[&Unit]) -> Vec<Option<usize>> {
    let names: Vec<String> = listed.iter().map(|organ| plain(&organ.name)).collect();
    let organs: Vec<String> = units.iter().map(|unit| plain(&unit.name())).collect();
    let exact = |(name, organ): (&String, &Listed)| {
        (0..units.len()).find(|at| organs[*at] == *name && is_there(organ, units[*at]))
    };
    let mut matched: Vec<Option<usize>> = names.iter().zip(listed).map(exact).collect();
    let taken = |organ: &String| names.contains(organ);
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let ends = |organ: &&String| organ.ends_with(name.as_str()) && !taken(organ);
        let mut ending: Vec<&String> = organs.iter().filter(ends).collect();
        ending.dedup();
        if let (None, [organ]) = (matched[at], ending.as_slice()) {
            let rivals = names.iter().filter(|other| organ.ends_with(other.as_str()) && !other.is_empty()).count();
            let position =
                (0..units.len()).find(|unit| organs[*unit] == **organ && is_there(&listed[at], units[*unit]));
            matched[at] = position.filter(|_| rivals == 1);
        }
    }
    matched
}

/// What there is of a unit instead of its report: that of another year, or a file named like it.
fn missing_unit(organ: &Listed, units: &[Unit]) -> Finding {
    let name = organ.name.as_str();
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
