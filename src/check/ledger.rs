//! The sums of one table as equations over its figures: which fail, and by how much.
//!
//! Only rules that must hold, or nearly always do (hard and strong), are equations here; a rule that
//! lacks a figure is none, until something implies the figure.

use std::borrow::Cow;

use super::subject::Subject;
use crate::report::Exact;
use crate::report::Value;
use crate::template::{Kind, Level, Relation, RuleInstance};

/// What is known of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Its number.
    Number(Exact),
    /// It is blank or not applicable: read as 0.
    Blank,
    /// Missing, unreadable, ambiguous, or in another unit.
    Lacking,
    /// A row that this form does not print.
    Absent,
}

/// A sum rule: its terms, those on the left counted as they are, those on the right negated.
#[derive(Debug, Clone)]
pub(super) struct Equation<'a> {
    pub rule: &'a RuleInstance,
    /// Index of the figure, counted from the table's first, and whether it stands on the left.
    pub terms: Cow<'a, [(usize, bool)]>,
}

/// The figures of a table and the rules over them.
#[derive(Debug, Default, Clone)]
pub(super) struct Ledger<'a> {
    pub known: Vec<Known>,
    implied: Vec<bool>,
    pub equations: Vec<Equation<'a>>,
    /// Hard bounds: left ≤ right.
    bounds: Vec<Equation<'a>>,
    /// Which figures count things, and so are whole numbers.
    counts: Vec<bool>,
    /// Which figures may be negative.
    signed: Vec<bool>,
    start: usize,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Ledger<'a> {
        let positions = subject.positions();
        let known: Vec<Known> = positions.clone().map(|position| known(subject, position)).collect();
        let kinds = || positions.clone().map(|position| subject.form.fields[position].kind);
        let mut ledger = Ledger {
            implied: vec![false; known.len()],
            known,
            equations: Vec::new(),
            bounds: Vec::new(),
            counts: kinds().map(|kind| kind != Kind::Amount).collect(),
            signed: kinds().map(|kind| kind == Kind::Change).collect(),
            start: positions.start,
        };
        for rule in subject.form.rules.iter().filter(|rule| rule.table == subject.index) {
            ledger.add(subject, rule);
        }
        ledger
    }

    fn add(&mut self, subject: &Subject<'a>, rule: &'a RuleInstance) {
        let identity = subject.form.identity(rule);
        let list = match (identity.relation, identity.level) {
            (Relation::Equal, Level::Hard | Level::Strong) => &mut self.equations,
            (Relation::AtMost, Level::Hard) => &mut self.bounds,
            _ => return,
        };
        let there = |(at, _): &(usize, bool)| self.known[*at] != Known::Absent;
        let terms = if rule.terms.iter().all(there) {
            Cow::from(&rule.terms)
        } else {
            rule.terms.iter().copied().filter(there).collect()
        };
        let both = terms.iter().any(|(_, left)| *left) && terms.iter().any(|(_, left)| !left);
        if both {
            list.push(Equation { rule, terms });
        }
    }

    /// Nothing is lacking and every sum holds: then there is nothing to imply and nothing to correct.
    pub(super) fn is_settled(&self) -> bool {
        let holds = |equation: &Equation| self.residual(equation) == Some(Exact::default());
        !self.known.contains(&Known::Lacking) && self.equations.iter().all(holds)
    }

    /// The position in the form of a figure of this table.
    pub(super) fn position(&self, at: usize) -> usize {
        self.start + at
    }

    /// The number that a figure counts as; `None` if it is lacking.
    pub(super) fn number(&self, at: usize) -> Option<Exact> {
        match self.known[at] {
            Known::Number(number) => Some(number),
            Known::Blank => Some(Exact::default()),
            Known::Lacking | Known::Absent => None,
        }
    }

    /// Left side less right side; `None` if a term is lacking.
    pub(super) fn residual(&self, equation: &Equation) -> Option<Exact> {
        equation.terms.iter().try_fold(Exact::default(), |sum, &(at, left)| {
            let number = self.number(at)?;
            Some(if left { sum + number } else { sum - number })
        })
    }

    /// Whether a figure may be this number: whole if it counts, not negative.
    pub(super) fn allows(&self, at: usize, number: Exact) -> bool {
        (self.signed[at] || number >= Exact::default()) && (!self.counts[at] || number.is_whole())
    }

    /// Takes a number for a figure that is lacking.
    pub(super) fn imply(&mut self, at: usize, number: Exact) {
        self.known[at] = Known::Number(number);
        self.implied[at] = true;
    }

    /// Takes back what was implied.
    pub(super) fn forget(&mut self, at: usize, state: Known) {
        self.known[at] = state;
        self.implied[at] = false;
    }

    /// Whether the number of a figure is only implied.
    pub(super) fn is_implied(&self, at: usize) -> bool {
        self.implied[at]
    }

    /// Whether the hard bounds over a figure hold, as far as they can be assessed.
    pub(super) fn bounds_hold(&self, at: usize) -> bool {
        let number = self.number(at).unwrap_or_default();
        self.bounds_hold_with(&[(at, number)])
    }

    /// Whether the hard bounds over these figures would hold with these numbers.
    pub(super) fn bounds_hold_with(&self, changed: &[(usize, Exact)]) -> bool {
        let number = |at: usize| changed.iter().find(|(other, _)| *other == at).map(|(_, number)| *number);
        let touched = |bound: &&Equation| bound.terms.iter().any(|(at, _)| number(*at).is_some());
        let over = |bound: &Equation| {
            bound.terms.iter().try_fold(Exact::default(), |sum, &(at, left)| {
                let number = number(at).or_else(|| self.number(at))?;
                Some(if left { sum + number } else { sum - number })
            })
        };
        self.bounds.iter().filter(touched).all(|bound| over(bound).is_none_or(|over| over <= Exact::default()))
    }

    /// Whether the sums over these figures that lack others leave room for those with these numbers: what is lacking
    /// on one side of a sum is not less than 0 together.
    pub(super) fn leave_room(&self, changed: &[(usize, Exact)]) -> bool {
        let number = |at: usize| changed.iter().find(|(other, _)| *other == at).map(|(_, number)| *number);
        let leaves_room = |equation: &Equation| {
            let (mut over, mut open) = (Exact::default(), [false; 2]);
            for &(at, left) in equation.terms.iter() {
                match number(at).or_else(|| self.number(at)) {
                    Some(number) => over = if left { over + number } else { over - number },
                    // A change may be less than 0.
                    None if self.signed[at] => return true,
                    None => open[usize::from(left)] = true,
                }
            }
            match open {
                [false, true] => over <= Exact::default(),
                [true, false] => over >= Exact::default(),
                _ => true,
            }
        };
        let touched = |equation: &&Equation| equation.terms.iter().any(|(at, _)| number(*at).is_some());
        self.equations.iter().filter(touched).all(leaves_room)
    }
}

fn known(subject: &Subject, position: usize) -> Known {
    let field = &subject.form.fields[position];
    let Some(figure) = subject.figure(position) else {
        return if subject.form.parts(field).2.optional { Known::Absent } else { Known::Lacking };
    };
    match figure.value {
        Value::Number(number) if subject.in_unit(field, figure) => Known::Number(Exact::from(number.0)),
        Value::Blank | Value::NotApplicable => Known::Blank,
        _ => Known::Lacking,
    }
}
