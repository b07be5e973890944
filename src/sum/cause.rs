//! Why a draft may differ from the sum: a unit left out, counted twice, or taken in that should not be.
//!
//! Said only where one unit, and no other, explains every figure of a table, a block or a row: those that
//! differ, and those that do not; or where no single one does, two units together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::group::{blocks, place, rows, tables};
use super::pair;
use super::standing::Organs;
use crate::finding::{Code, Finding, Words};
use crate::report::consolidation::Unit;
use crate::report::{Exact, Figure, Report, Standing, Total, counted};
use crate::template::{Form, Key, Kind};

/// A figure that differs alone must differ by at least this much: small numbers are those of many units by chance.
const LEAST_ALONE: i64 = 10;
/// Places that are named; of more only the number of figures is said.
const NAMED: usize = 4;

/// What may have happened.
pub(super) struct Guess {
    /// Index of the unit.
    pub unit: usize,
    pub what: Words,
    /// By how much each total of the draft would differ; `None` where the unit's own figure is unknown.
    pub delta: Vec<Option<Exact>>,
}

/// What explains some figures: one guess, or the pairs of guesses of which each does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    One(usize),
    Pairs(Vec<(usize, usize)>),
}

impl Cause {
    /// What is known to explain a scope, if anything is.
    fn of(guesses: &[Guess], totals: &[Total], scope: &[usize]) -> Option<Cause> {
        let fits: Vec<usize> = (0..guesses.len()).filter(|at| explains(&guesses[*at], totals, scope)).collect();
        match fits[..] {
            [one] => Some(Cause::One(one)),
            [] => Some(pair::pairs(guesses, totals, scope)).filter(|pairs| !pairs.is_empty()).map(Cause::Pairs),
            _ => None,
        }
    }

    /// By how much a total would differ; `None` where that is not known, or there are several causes.
    fn delta(&self, guesses: &[Guess], at: usize) -> Option<Exact> {
        match self {
            Cause::One(one) => guesses[*one].delta[at],
            Cause::Pairs(pairs) => match pairs[..] {
                [(first, second)] => Some(guesses[first].delta[at]? + guesses[second].delta[at]?),
                _ => None,
            },
        }
    }

    fn words(&self, guesses: &[Guess]) -> Words {
        match self {
            Cause::One(one) => guesses[*one].what.clone(),
            Cause::Pairs(pairs) => pair::words(guesses, pairs),
        }
    }
}

/// What single units explain of the differences.
pub(super) fn findings(form: &Form, totals: &[Total], units: &[Unit]) -> Vec<Finding> {
    let differing: BTreeSet<usize> = (0..totals.len()).filter(|at| differs(&totals[*at])).collect();
    if differing.is_empty() {
        return Vec::new();
    }
    let guesses = guesses(form, totals, units);
    let all = vec![(0..totals.len()).collect()];
    let levels: [Vec<Vec<usize>>; 4] = [all, tables(form, totals), blocks(form, totals), rows(form, totals)];
    let mut explained: BTreeMap<Cause, Vec<Vec<usize>>> = BTreeMap::new();
    let mut open = differing.clone();
    for scope in levels.into_iter().flatten() {
        let here: Vec<usize> = scope.iter().copied().filter(|at| differs(&totals[*at])).collect();
        if here.is_empty() || !here.iter().any(|at| open.contains(at)) || !tells(totals, &here) {
            continue;
        }
        if let Some(cause) = Cause::of(&guesses, totals, &scope) {
            open.retain(|at| !here.contains(at));
            explained.entry(cause).or_default().push(scope);
        }
    }
    // What is known of a unit by now explains single figures too, which alone would be chance.
    for at in open {
        let fits = |cause: &&Cause| cause.delta(&guesses, at) == totals[at].difference;
        let fits: Vec<Cause> = explained.keys().filter(fits).cloned().collect();
        if let [one] = fits.as_slice() {
            explained.entry(one.clone()).or_default().push(vec![at]);
        }
    }
    let said = |(cause, scopes): (&Cause, &Vec<Vec<usize>>)| {
        finding(form, totals, &cause.words(&guesses), scopes, differing.len())
    };
    explained.iter().map(said).collect()
}

fn differs(total: &Total) -> bool {
    total.difference.is_some_and(|difference| difference != Exact::default())
}

/// Whether the figures that differ say enough to point at a unit.
fn tells(totals: &[Total], here: &[usize]) -> bool {
    let large = |at: &usize| {
        totals[*at].difference.is_some_and(|off| off.abs() >= Exact::from(rust_decimal::Decimal::from(LEAST_ALONE)))
    };
    here.len() > 1 || here.iter().any(large)
}

/// Whether every figure that can be compared differs by just what the guess says.
fn explains(guess: &Guess, totals: &[Total], scope: &[usize]) -> bool {
    let compared = scope.iter().filter(|at| totals[**at].difference.is_some());
    compared.into_iter().all(|at| guess.delta[*at] == totals[*at].difference)
}

fn guesses(form: &Form, totals: &[Total], units: &[Unit]) -> Vec<Guess> {
    let own: Vec<Vec<Option<Exact>>> = units.iter().map(|unit| values(form, totals, unit)).collect();
    let organs = Organs::of(units);
    let mut guesses = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let minus = || own[at].iter().map(|value| value.map(|value| -value)).collect();
        match unit.standing {
            Standing::Added => {
                guesses.push(Guess { unit: at, what: left_out(unit), delta: minus() });
                guesses.push(Guess { unit: at, what: twice(unit), delta: own[at].clone() });
            }
            Standing::Conflicting | Standing::OffYear | Standing::NoYear => {
                guesses.push(Guess { unit: at, what: taken_in(unit), delta: own[at].clone() });
                if let [other] = organs.others(at, Standing::Added).as_slice() {
                    let less = |(new, old): (&Option<Exact>, &Option<Exact>)| Some((*new)? - (*old)?);
                    let delta = own[at].iter().zip(&own[*other]).map(less).collect();
                    guesses.push(Guess { unit: at, what: instead(unit, &units[*other]), delta });
                }
            }
            _ => {}
        }
    }
    guesses
}

/// What a unit has for each total; a figure that it need not have counts as nothing.
fn values(form: &Form, totals: &[Total], unit: &Unit) -> Vec<Option<Exact>> {
    let figures: HashMap<&Key, &Figure> =
        unit.report.iter().flat_map(Report::figures).map(|figure| (&figure.key, figure)).collect();
    totals.iter().map(|total| value(form, total, figures.get(&total.key).copied())).collect()
}

fn value(form: &Form, total: &Total, figure: Option<&Figure>) -> Option<Exact> {
    let field = form.field(&total.key)?;
    let Some(figure) = figure else { return form.parts(field).2.optional.then(Exact::default) };
    let other_unit = field.kind == Kind::Amount && figure.value.number().is_some() && figure.unit != total.unit;
    counted(figure.value).filter(|_| !other_unit)
}

fn left_out(unit: &Unit) -> Words {
    let (name, place) = (unit.name(), unit.place());
    Words::new(format!("“{name}” ({place}) is probably not in the draft"), format!("草案可能漏计“{name}”（{place}）"))
}

fn twice(unit: &Unit) -> Words {
    let (name, place) = (unit.name(), unit.place());
    Words::new(
        format!("“{name}” ({place}) is probably in the draft twice"),
        format!("草案可能重复计入“{name}”（{place}）"),
    )
}

fn taken_in(unit: &Unit) -> Words {
    let (name, place) = (unit.name(), unit.place());
    Words::new(
        format!("the draft probably has “{name}” by {place}, which was not added here"),
        format!("草案可能计入了“{name}”的 {place}，而该报告未计入汇总"),
    )
}

fn instead(unit: &Unit, added: &Unit) -> Words {
    let (name, place, other) = (unit.name(), unit.place(), added.place());
    Words::new(
        format!("the draft probably has “{name}” by {place} instead of {other}"),
        format!("草案中“{name}”可能采用了 {place}，而非 {other}"),
    )
}

fn finding(form: &Form, totals: &[Total], what: &Words, scopes: &[Vec<usize>], all: usize) -> Finding {
    let explained: BTreeSet<usize> = scopes.iter().flatten().copied().filter(|at| differs(&totals[*at])).collect();
    let finding = Finding::new(Code::LikelyCause).found(explained.len().to_string()).expected(all.to_string());
    finding.detail_words("what", what).detail_words("where", &places(form, totals, scopes))
}

/// The rows or tables that are explained; nothing where it is everything.
fn places(form: &Form, totals: &[Total], scopes: &[Vec<usize>]) -> Words {
    if scopes.iter().any(|scope| scope.len() == totals.len()) || scopes.len() > NAMED {
        return Words::new("", "");
    }
    let name = |scope: &Vec<usize>| {
        let place = place(form, totals, scope);
        let label = if place.row.is_empty() { place.table } else { place.row };
        format!("“{label}”")
    };
    let names: Vec<String> = scopes.iter().map(name).collect();
    Words::new(format!(": {}", names.join(", ")), format!("：{}", names.join("、")))
}
