//! What a check is given: one table of a report with its form, every figure by its position.

use std::sync::Arc;

use super::ledger::Ledger;
use crate::finding::{Code, Finding, Place};
use crate::report::{Checks, Figure, Report, TableReport, Tally};
use crate::template::{FieldDef, Form, Kind};

/// One table of a report, with its form.
pub(super) struct Subject<'a> {
    pub report: &'a Report,
    pub forms: &'a [Arc<Form>],
    pub table: &'a TableReport,
    pub form: &'a Form,
    /// Index of the table in the form.
    pub index: usize,
    /// Position of the table's first figure in the form.
    start: usize,
    /// The figures by their position in the form, counted from `start`.
    figures: Vec<Option<&'a Figure>>,
    /// Its sums as equations.
    pub ledger: Ledger<'a>,
}

impl<'a> Subject<'a> {
    /// `None` if no form of ours has this table: then nothing can be said about it.
    pub(super) fn new(report: &'a Report, table: &'a TableReport, forms: &'a [Arc<Form>]) -> Option<Self> {
        let form = forms.iter().find(|form| form.edition == table.form)?;
        let (index, _) = form.table(&table.id)?;
        let range = form.range(index);
        let start = range.start;
        let mut figures = vec![None; range.len()];
        let mut next = start;
        for figure in &table.figures {
            // Figures stand in print order, so the next is nearly always the one; rows left out need a look-up.
            let here = range.contains(&next) && form.fields[next].key == figure.key;
            let at = if here { Some(next) } else { form.position(&figure.key) };
            if let Some(at) = at.filter(|at| range.contains(at)) {
                figures[at - start].get_or_insert(figure);
                next = at + 1;
            }
        }
        let mut subject = Subject { report, forms, table, form, index, start, figures, ledger: Ledger::default() };
        subject.ledger = Ledger::of(&subject);
        Some(subject)
    }

    /// The figure at a position of the form; `None` where the report does not list it.
    pub(super) fn figure(&self, position: usize) -> Option<&'a Figure> {
        self.figures[position - self.start]
    }

    /// The positions of the form at which the table's figures stand.
    pub(super) fn positions(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.figures.len()
    }

    /// The figures that the report lists, in print order, with their definitions.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&'a FieldDef, &'a Figure)> {
        let fields = &self.form.fields[self.start..];
        fields.iter().zip(&self.figures).filter_map(|(field, figure)| Some((field, (*figure)?)))
    }

    /// Whether a figure counts in the unit of the form. Counts do whatever the cell says (件, 条, 个);
    /// an amount in 元 does not where the form prints 万元.
    pub(super) fn in_unit(&self, field: &FieldDef, figure: &Figure) -> bool {
        field.kind != Kind::Amount || figure.unit == field.unit
    }

    /// A finding about a figure: its name, its printed place, its place in the file.
    pub(super) fn finding(&self, code: Code, field: &FieldDef) -> Finding {
        let finding = Finding::new(code).field(&field.key).place(Place::of(self.form, field));
        let figure = self.form.position(&field.key).and_then(|position| self.figure(position));
        match figure.and_then(|figure| figure.origin) {
            Some(origin) => finding.at(origin),
            None => finding,
        }
    }
}

/// What the checks said.
#[derive(Default)]
pub(super) struct Verdicts {
    pub findings: Vec<Finding>,
    pub checks: Checks,
}

impl Verdicts {
    /// The rule holds in so many places.
    pub(super) fn passed(&mut self, code: Code, places: u32) {
        self.checks.add(code, Tally { passed: places, ..Tally::default() });
    }

    /// The rule lacks what it needs in so many places.
    pub(super) fn not_assessable(&mut self, code: Code, places: u32) {
        self.checks.add(code, Tally { not_assessable: places, ..Tally::default() });
    }

    /// Something that says where an error may be, and is none itself.
    pub(super) fn hint(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The rule fails in one place.
    pub(super) fn failed(&mut self, finding: Finding) {
        self.checks.add(finding.code, Tally { failed: 1, ..Tally::default() });
        self.findings.push(finding);
    }
}
