//! What sums imply of figures that are not there: beside the data, never among them.

use std::collections::BTreeMap;

use super::Check;
use super::ledger::{Equation, Known, Ledger};
use super::subject::{Subject, Verdicts};
use super::sums::shown;
use crate::finding::Code;
use crate::report::Exact;

pub(super) const CHECK: Check = Check {
    name: "implied",
    codes: &[Code::ImpliedValue],
    doc: "What the sums imply of a figure that is missing, unreadable, ambiguous or left blank, where every rule \
          over it that has no other such figure wants the same number. It is said beside the data and never \
          filled in. A blank that counts as 0 everywhere implies nothing.",
    run,
};

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    if subject.ledger.is_settled() {
        return;
    }
    let mut ledger = subject.ledger.clone();
    let before = ledger.known.clone();
    for (at, number) in implied(&mut ledger) {
        let position = ledger.position(at);
        let (field, figure) = (&subject.form.fields[position], subject.figure(position));
        let finding = subject.finding(Code::ImpliedValue, field).expected(number.to_string());
        let finding = finding.found(figure.map_or_else(|| "missing".to_owned(), shown));
        let others = |equation: &&Equation| equation.terms.iter().any(|(term, _)| *term == at);
        let blanks = ledger.equations.iter().filter(others).flat_map(|equation| equation.terms.iter());
        let read = blanks.into_iter().any(|(term, _)| *term != at && before[*term] == Known::Blank);
        verdicts.hint(if read { finding.detail("reading", "blanks_are_zero") } else { finding });
    }
}

/// Fills in every figure that the sums imply; says which, and the number of each.
pub(super) fn implied(ledger: &mut Ledger) -> BTreeMap<usize, Exact> {
    let mut implied = fill(ledger, Known::Lacking);
    if blanks_are_holes(ledger) {
        implied.append(&mut fill(ledger, Known::Blank));
    }
    implied
}

/// Fills in lacking figures, and blank ones that the sums show to be holes: for the search of
/// corrections, which takes them as they are implied.
pub(super) fn filled(ledger: &mut Ledger) {
    fill(ledger, Known::Lacking);
}

/// Blank cells are holes, not zeros, if with 0 some sum fails, and filling them in mends all.
fn blanks_are_holes(ledger: &Ledger) -> bool {
    let fails = |equation: &Equation| ledger.residual(equation).is_some_and(|over| over != Exact::default());
    ledger.equations.iter().any(fails)
}

/// Fills in every figure of this state for which some rule has no other such figure, and all such
/// rules want the same number; again until nothing more follows.
fn fill(ledger: &mut Ledger, state: Known) -> BTreeMap<usize, Exact> {
    let mut found = BTreeMap::new();
    loop {
        let wishes = wishes(ledger, state);
        let agreed: Vec<(usize, Exact)> = wishes
            .into_iter()
            .filter_map(|(at, wish)| Some((at, wish?)))
            .filter(|&(at, number)| ledger.allows(at, number))
            .collect();
        let before = found.len();
        for (at, number) in agreed {
            ledger.imply(at, number);
            if ledger.bounds_hold(at) {
                found.insert(at, number);
            } else {
                ledger.forget(at, state);
            }
        }
        if found.len() == before {
            doubt(ledger, state, &mut found);
            return found;
        }
    }
}

/// Takes back what stands in a sum that fails all the same: then something else is wrong.
fn doubt(ledger: &mut Ledger, state: Known, found: &mut BTreeMap<usize, Exact>) {
    loop {
        let fails = |equation: &&Equation| ledger.residual(equation).is_some_and(|over| over != Exact::default());
        let doubtful: Vec<usize> = ledger
            .equations
            .iter()
            .filter(fails)
            .flat_map(|equation| equation.terms.iter().map(|(at, _)| *at))
            .filter(|at| found.contains_key(at))
            .collect();
        if doubtful.is_empty() {
            return;
        }
        for at in doubtful {
            ledger.forget(at, state);
            found.remove(&at);
        }
    }
}

/// What the rules want of each figure that is the only one of its state in them; `None` where
/// they disagree, or where a blank may well be the 0 that it counts as.
fn wishes(ledger: &Ledger, state: Known) -> BTreeMap<usize, Option<Exact>> {
    let mut wishes: BTreeMap<usize, Option<Exact>> = BTreeMap::new();
    for equation in &ledger.equations {
        let mut open = equation.terms.iter().filter(|(at, _)| ledger.known[*at] == state);
        let (Some(&(at, left)), None) = (open.next(), open.next()) else { continue };
        let rest = equation.terms.iter().filter(|(term, _)| *term != at);
        let over = rest.into_iter().try_fold(Exact::default(), |sum, &(term, left)| {
            let number = ledger.number(term)?;
            Some(if left { sum + number } else { sum - number })
        });
        let Some(over) = over else { continue };
        let wanted = if left { -over } else { over };
        let wish = wishes.entry(at).or_insert(Some(wanted));
        if *wish != Some(wanted) {
            *wish = None;
        }
    }
    if state == Known::Blank {
        wishes.retain(|_, wish| wish.is_some_and(|number| number != Exact::default()));
    }
    wishes
}
