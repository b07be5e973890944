//! The sets of changes after which every sum holds, and of which no part would do.
//!
//! Some figure of a set must stand in the first sum that fails. Either the set's other figure does not stand
//! there too, and the sum's difference is its change; or one of the two has a sum of its own, whose
//! difference is its change. So it is enough to try the differences of the failing sums, and what is left
//! must be mended by one figure more.

use super::super::ledger::{Equation, Known, Ledger};
use crate::report::Exact;

/// Sets of more figures are not looked for.
const MOST_FIGURES: usize = 2;

/// A new number for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    /// Index of the figure, counted from the table's first.
    pub at: usize,
    pub number: Exact,
}

/// Changes that belong together, by figure.
pub(super) type Set = Vec<Change>;

/// Sums, by index, that have figures in common.
pub(super) type Part = Vec<usize>;

/// The equations that fail, with left less right.
pub(super) fn failing(ledger: &Ledger) -> Vec<(usize, Exact)> {
    let over = |(index, equation): (usize, &Equation)| Some((index, ledger.residual(equation)?));
    let all = ledger.equations.iter().enumerate().filter_map(over);
    all.filter(|(_, over)| *over != Exact::default()).collect()
}

/// The assessable sums in groups without a figure in common; only groups with a failing sum.
pub(super) fn parts(ledger: &Ledger) -> Vec<Part> {
    let failing = failing(ledger);
    if failing.is_empty() {
        return Vec::new();
    }
    let assessable = |index: &usize| ledger.residual(&ledger.equations[*index]).is_some();
    let mut open: Vec<usize> = (0..ledger.equations.len()).filter(assessable).collect();
    let mut parts = Vec::new();
    while let Some(first) = open.first().copied() {
        let mut part = vec![first];
        let mut figures = vec![false; ledger.known.len()];
        loop {
            for &index in &part {
                ledger.equations[index].terms.iter().for_each(|(at, _)| figures[*at] = true);
            }
            let touches = |index: &usize| ledger.equations[*index].terms.iter().any(|(at, _)| figures[*at]);
            let (joined, rest): (Vec<usize>, Vec<usize>) = open.iter().partition(|index| touches(index));
            open = rest;
            let grown = joined.iter().any(|index| !part.contains(index));
            part.extend(joined.into_iter().filter(|index| !part.contains(index)).collect::<Vec<_>>());
            if !grown {
                break;
            }
        }
        if failing.iter().any(|(index, _)| part.contains(index)) {
            parts.push(part);
        }
    }
    parts
}

/// Every set of at most [`MOST_FIGURES`] changes that mends, but for those of which a part would do: the smaller ones first.
pub(super) fn minimal(ledger: &Ledger, part: &Part) -> Vec<Set> {
    let search = Search::of(ledger, part);
    let mut minimal: Vec<Set> = Vec::new();
    for size in 1..=MOST_FIGURES {
        let mut sets = Vec::new();
        search.extend(&search.residuals, &mut Vec::new(), size, &mut sets);
        sets.sort();
        sets.dedup();
        let within = |less: &Set, set: &Set| less.iter().all(|change| set.contains(change));
        sets.retain(|set| !minimal.iter().any(|less| within(less, set)));
        minimal.append(&mut sets);
    }
    minimal
}

struct Search<'a> {
    ledger: &'a Ledger<'a>,
    /// Terms of the sums of the part.
    sums: Vec<&'a [(usize, bool)]>,
    /// For each figure, the sums of the part over it, and whether it stands on the left.
    over: Vec<Vec<(usize, bool)>>,
    residuals: Vec<Exact>,
}

impl<'a> Search<'a> {
    fn of(ledger: &'a Ledger<'a>, part: &Part) -> Self {
        let sums: Vec<&[(usize, bool)]> = part.iter().map(|index| &*ledger.equations[*index].terms).collect();
        let mut over = vec![Vec::new(); ledger.known.len()];
        for (sum, terms) in sums.iter().enumerate() {
            terms.iter().for_each(|&(at, left)| over[at].push((sum, left)));
        }
        let residual = |index: &usize| ledger.residual(&ledger.equations[*index]).unwrap_or_default();
        Search { ledger, sums, over, residuals: part.iter().map(residual).collect() }
    }

    /// Adds every way to mend these differences with `left` figures more than are in `set`.
    fn extend(&self, residuals: &[Exact], set: &mut Vec<(usize, Exact)>, left: usize, sets: &mut Vec<Set>) {
        let fails = |residual: &&Exact| **residual != Exact::default();
        let Some(first) = residuals.iter().position(|residual| fails(&residual)) else {
            return;
        };
        let widest = self.over.iter().map(Vec::len).max().unwrap_or(0);
        if residuals.iter().filter(fails).count() > left * widest {
            return;
        }
        for &(at, _) in self.sums[first] {
            if !self.may_change(at) || set.iter().any(|(other, _)| *other == at) {
                continue;
            }
            let mut tried: Vec<Exact> = Vec::new();
            for &(sum, on_left) in &self.over[at] {
                let change = if on_left { -residuals[sum] } else { residuals[sum] };
                if change == Exact::default() || tried.contains(&change) {
                    continue;
                }
                tried.push(change);
                self.try_change(residuals, set, (at, change), left, sets);
            }
        }
    }

    fn try_change(
        &self,
        residuals: &[Exact],
        set: &mut Vec<(usize, Exact)>,
        (at, change): (usize, Exact),
        left: usize,
        sets: &mut Vec<Set>,
    ) {
        let mut after = residuals.to_vec();
        for &(sum, on_left) in &self.over[at] {
            after[sum] = if on_left { after[sum] + change } else { after[sum] - change };
        }
        let mended = after.iter().all(|residual| *residual == Exact::default());
        set.push((at, change));
        if mended {
            sets.extend(self.accepted(set));
        } else if left > 1 {
            self.extend(&after, set, left - 1, sets);
        }
        set.pop();
    }

    /// What a figure is, not what something implies of it, can be wrong.
    fn may_change(&self, at: usize) -> bool {
        matches!(self.ledger.known[at], Known::Number(_) | Known::Blank) && !self.ledger.is_implied(at)
    }

    /// The set with its new numbers, if each is allowed, the bounds hold, and what is lacking still has room.
    fn accepted(&self, set: &[(usize, Exact)]) -> Option<Set> {
        let number = |&(at, change): &(usize, Exact)| Some(Change { at, number: self.ledger.number(at)? + change });
        let mut changes: Set = set.iter().map(number).collect::<Option<_>>()?;
        changes.sort();
        let allowed = changes.iter().all(|change| self.ledger.allows(change.at, change.number));
        let numbers: Vec<(usize, Exact)> = changes.iter().map(|change| (change.at, change.number)).collect();
        (allowed && self.ledger.bounds_hold_with(&numbers) && self.ledger.leave_room(&numbers)).then_some(changes)
    }
}
