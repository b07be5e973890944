//! What becomes of each unit: added, or not and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Ask, about, whole_name};
use crate::division::may_be_one;
use crate::finding::{Code, Finding, Severity};
use crate::report::consolidation::Unit;
use crate::report::{Exact, Report, Standing, Status, counted, shortest};
use crate::template::label::Label;

/// What names of offices may leave out.
const OPTIONAL_ENDINGS: [&str; 3] = ["人民政府", "办事处", "委员会"];
/// Fewer units than this, and one may well have as much as all others together.
const LEAST_UNITS: usize = 3;
/// Figures other than 0 that must be the sum of all others before a report is taken for the whole itself: fewer
/// could be chance where most units have nothing to report.
const LEAST_FIGURES: usize = 5;

/// A name without width, spaces and punctuation.
pub(super) fn folded(name: &str) -> String {
    Label::whole(name)
}

/// A folded name without an ending that the name of an office may leave out.
pub(super) fn plain(name: &str) -> String {
    let name = folded(name);
    let name = shortest(&name).into_owned();
    let ending = OPTIONAL_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    ending.filter(|rest| !rest.is_empty()).map(str::to_owned).unwrap_or(name)
}

/// Settles the standing of every unit that has a report.
pub(super) fn settle(units: &mut [Unit], year: i32, ask: &Ask<'_>) {
    let whole = whole_name(ask).map(|name| plain(&name));
    for unit in units.iter_mut() {
        if let Some(report) = &unit.report {
            unit.standing = alone(unit, report, year, ask, whole.as_deref());
        }
    }
    for same in of_one_organ(units) {
        settle_same(units, &same);
    }
    if let Some(at) = sum_of_others(units) {
        units[at].standing = Standing::Whole;
    }
}

/// What a report is, whatever the others are.
fn alone(unit: &Unit, report: &Report, year: i32, ask: &Ask<'_>, whole: Option<&str>) -> Standing {
    let is_whole =
        is_draft(unit, ask) || (whole.is_some() && unit.organ().map(|name| plain(&name)).as_deref() == whole);
    match report.year {
        Some(own) if own != year => Standing::OffYear,
        _ if is_whole => Standing::Whole,
        _ if !has_figures(report) => Standing::NoFigures,
        None => Standing::NoYear,
        Some(_) => Standing::Added,
    }
}

/// Whether it is the very file that is compared with.
fn is_draft(unit: &Unit, ask: &Ask<'_>) -> bool {
    let same = |draft: &&Unit| draft.sha256 == unit.sha256 && draft.number() == unit.number();
    !unit.sha256.is_empty() && ask.against.as_ref().is_some_and(same)
}

fn has_figures(report: &Report) -> bool {
    matches!(report.status, Status::Complete | Status::Incomplete)
        && report.tables.iter().any(|table| table.edition.is_some())
}

/// The positions of units that could be added and are of one organ, where there are several.
fn of_one_organ(units: &[Unit]) -> Vec<Vec<usize>> {
    let mut organs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.standing == Standing::Added) {
        if let Some(organ) = unit.organ() {
            organs.entry(folded(&organ)).or_default().push(at);
        }
    }
    organs.into_values().flat_map(|same| by_place(units, same)).filter(|same| same.len() > 1).collect()
}

/// Units of one name apart by the places that they name. One without a place may be any of them, so with such a one
/// all stay together.
fn by_place(units: &[Unit], same: Vec<usize>) -> Vec<Vec<usize>> {
    let mut places: Vec<(u32, Vec<usize>)> = Vec::new();
    for at in &same {
        let Some(code) = units[*at].place_code() else { return vec![same] };
        match places.iter_mut().find(|(other, _)| may_be_one(code, *other)) {
            Some((_, there)) => there.push(*at),
            None => places.push((code, vec![*at])),
        }
    }
    places.into_iter().map(|(_, there)| there).collect()
}

/// Of equal reports the first is added; of different ones none.
fn settle_same(units: &mut [Unit], same: &[usize]) {
    let [first, others @ ..] = same else { return };
    let equal = others.iter().all(|other| equal(&units[*first], &units[*other]));
    let standing = if equal { Standing::Double } else { Standing::Conflicting };
    for at in if equal { others } else { same } {
        units[*at].standing = standing;
    }
}

/// Whether two reports say the same of every figure.
pub(super) fn equal(one: &Unit, other: &Unit) -> bool {
    let (Some(one), Some(other)) = (&one.report, &other.report) else { return false };
    let figures = |report: &Report| -> BTreeMap<_, _> {
        report.figures().map(|figure| (figure.key.clone(), (figure.value, figure.unit.clone()))).collect()
    };
    figures(one) == figures(other)
}

/// A report that has, figure by figure, what all others have together: an earlier sum that lies among them.
fn sum_of_others(units: &[Unit]) -> Option<usize> {
    let added: Vec<usize> = (0..units.len()).filter(|at| units[*at].standing == Standing::Added).collect();
    if added.len() < LEAST_UNITS {
        return None;
    }
    let mut all: BTreeMap<_, Exact> = BTreeMap::new();
    for figure in added.iter().filter_map(|at| units[*at].report.as_ref()).flat_map(Report::figures) {
        *all.entry(&figure.key).or_default() += counted(figure.value).unwrap_or_default();
    }
    // Where all others have nothing but one that is equal, that one is a copy, and neither is the whole.
    let copied = |at: &usize| added.iter().any(|other| other != at && equal(&units[*at], &units[*other]));
    let whole = |at: &usize| {
        let Some(report) = &units[*at].report else { return false };
        let own: Vec<_> = report.figures().map(|figure| (&figure.key, counted(figure.value))).collect();
        let half = own.iter().all(|(key, own)| own.is_some_and(|own| Some(&(own + own)) == all.get(key)));
        half && own.iter().filter(|(_, own)| *own != Some(Exact::default())).count() >= LEAST_FIGURES
    };
    added.iter().copied().find(|at| whole(at) && !copied(at))
}

/// Units by organ, so that the others of one organ are found without asking all.
pub(super) struct Organs<'a> {
    units: &'a [Unit],
    /// The folded name of each unit's organ.
    names: Vec<Option<String>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl<'a> Organs<'a> {
    pub(super) fn of(units: &'a [Unit]) -> Self {
        let names: Vec<Option<String>> = units.iter().map(|unit| unit.organ().map(|organ| folded(&organ))).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            by_name.entry(name.clone().unwrap_or_default()).or_default().push(at);
        }
        Organs { units, names, by_name }
    }

    /// Positions of the other units of the same organ and of a standing; none where no organ is named.
    pub(super) fn others(&self, at: usize, standing: Standing) -> Vec<usize> {
        let same = self.names[at].as_ref().and_then(|name| self.by_name.get(name));
        let wanted = |other: &usize| *other != at && self.units[*other].standing == standing;
        same.into_iter().flatten().copied().filter(wanted).collect()
    }

    fn places(&self, positions: &[usize]) -> String {
        positions.iter().map(|at| self.units[*at].place()).collect::<Vec<_>>().join("、")
    }
}

/// What is to be said about units that were not added.
pub(super) fn findings(units: &[Unit], ask: &Ask<'_>, year: i32) -> Vec<Finding> {
    let organs = Organs::of(units);
    (0..units.len()).filter_map(|at| finding(at, &organs, ask, year)).collect()
}

fn finding(at: usize, organs: &Organs<'_>, ask: &Ask<'_>, year: i32) -> Option<Finding> {
    let unit = &organs.units[at];
    let cause = || unit.cause.clone().unwrap_or_default();
    Some(match unit.standing {
        Standing::Added => return None,
        Standing::Unreadable => about(Code::UnitUnreadable, unit).detail("cause", cause()),
        Standing::NoReport => about(Code::UnitNoReport, unit).detail("cause", cause()),
        Standing::NoFigures => {
            let status = unit.report.as_ref().map_or(Status::Narrative, |report| report.status);
            about(Code::UnitNoFigures, unit).detail("status", status.name())
        }
        Standing::NoYear => about(Code::UnitNoYear, unit),
        Standing::OffYear => off_year(at, organs, year),
        Standing::Double => {
            about(Code::UnitDouble, unit).detail("others", organs.places(&organs.others(at, Standing::Added)))
        }
        Standing::Conflicting => return conflict(at, organs),
        Standing::Whole if is_draft(unit, ask) => about(Code::UnitIsWhole, unit).severity(Severity::Note),
        Standing::Whole => about(Code::UnitIsWhole, unit),
    })
}

/// A report of last year beside this year's is harmless; alone it means that this year's is missing.
fn off_year(at: usize, organs: &Organs<'_>, year: i32) -> Finding {
    let unit = &organs.units[at];
    let found = unit.report.as_ref().and_then(|report| report.year).unwrap_or_default();
    let finding = about(Code::UnitOffYear, unit).expected(year.to_string()).found(found.to_string());
    let here = [Standing::Added, Standing::Conflicting, Standing::Whole];
    let there = here.into_iter().any(|standing| !organs.others(at, standing).is_empty());
    if there { finding.severity(Severity::Note) } else { finding }
}

/// One finding for all reports of an organ that differ: said with the first of them.
fn conflict(at: usize, organs: &Organs<'_>) -> Option<Finding> {
    let others = organs.others(at, Standing::Conflicting);
    if others.iter().any(|other| *other < at) {
        return None;
    }
    let (unit, units) = (&organs.units[at], others.iter().map(|other| &organs.units[*other]).collect::<Vec<_>>());
    let finding = about(Code::UnitConflict, unit).detail("others", organs.places(&others));
    Some(finding.detail("figures", differing(unit, &units)))
}

/// How many figures differ between a report and any of the others.
pub(super) fn differing(unit: &Unit, others: &[&Unit]) -> usize {
    let Some(report) = &unit.report else { return 0 };
    let others: Vec<&Report> = others.iter().filter_map(|other| other.report.as_ref()).collect();
    let keys =
        std::iter::once(report).chain(others.iter().copied()).flat_map(Report::figures).map(|figure| &figure.key);
    let keys: BTreeSet<_> = keys.collect();
    let value = |report: &Report, key| report.figure(key).map(|figure| (figure.value, figure.unit.clone()));
    keys.into_iter().filter(|key| others.iter().any(|other| value(other, key) != value(report, key))).count()
}
