//! The same said of many figures is said once: of a whole table, else of a whole row.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place};
use crate::report::Total;
use crate::template::{FieldDef, Form};

/// Figures of which the same is to be said: a table, a row, or one figure.
pub(super) struct Group<T> {
    /// Positions in the totals.
    pub totals: Vec<usize>,
    pub said: T,
    place: Place,
}

impl<T> Group<T> {
    /// The row in printed words, with its column where it is one figure; of a whole table its title.
    pub(super) fn name(&self) -> String {
        let Place { table, row, column } = &self.place;
        match (row.is_empty(), column.is_empty()) {
            (true, _) => table.clone(),
            (false, true) => row.clone(),
            (false, false) => format!("{row} | {column}"),
        }
    }

    /// Puts the place into a finding, and the figure if it is one.
    pub(super) fn place(&self, finding: Finding, totals: &[Total]) -> Finding {
        let finding = finding.place(self.place.clone());
        match self.totals.as_slice() {
            [one] => finding.field(&totals[*one].key),
            _ => finding,
        }
    }
}

/// The definition of a figure of the sum.
fn field<'a>(form: &'a Form, total: &Total) -> &'a FieldDef {
    form.field(&total.key).unwrap_or(&form.fields[0])
}

/// Positions of totals that stand together, by what `name` says of their place, in print order.
fn together<K: Ord>(form: &Form, totals: &[Total], name: impl Fn(&FieldDef) -> K) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, total) in totals.iter().enumerate() {
        groups.entry(name(field(form, total))).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

/// Tables, as positions of their totals.
pub(super) fn tables(form: &Form, totals: &[Total]) -> Vec<Vec<usize>> {
    together(form, totals, |field| field.table)
}

/// Blocks.
pub(super) fn blocks(form: &Form, totals: &[Total]) -> Vec<Vec<usize>> {
    together(form, totals, |field| (field.table, field.block))
}

/// Rows.
pub(super) fn rows(form: &Form, totals: &[Total]) -> Vec<Vec<usize>> {
    together(form, totals, |field| (field.table, field.block, field.row))
}

/// The place of a table, a row or a figure in printed words.
pub(super) fn place(form: &Form, totals: &[Total], group: &[usize]) -> Place {
    let fields: Vec<&FieldDef> = group.iter().map(|at| field(form, &totals[*at])).collect();
    let [first, ..] = fields.as_slice() else { return Place::of_table(form, 0) };
    let row = |field: &&&FieldDef| (field.block, field.row) == (first.block, first.row);
    match fields.len() {
        1 => Place::of(form, first),
        count if fields.iter().filter(row).count() == count => {
            Place { column: String::new(), ..Place::of(form, first) }
        }
        count if fields.iter().filter(|field| field.block == first.block).count() == count => block(form, first),
        _ => Place::of_table(form, first.table),
    }
}

/// A block by its caption, where it has one.
fn block(form: &Form, field: &FieldDef) -> Place {
    let caption = form.parts(field).1.caption.clone().unwrap_or_default();
    Place { row: caption, ..Place::of_table(form, field.table) }
}

/// What is to be said of single totals, by position, as few groups as may be.
pub(super) fn grouped<T: PartialEq + Clone>(
    form: &Form,
    totals: &[Total],
    mut said: BTreeMap<usize, T>,
) -> Vec<Group<T>> {
    let mut groups = Vec::new();
    let singles: Vec<Vec<usize>> = (0..totals.len()).map(|at| vec![at]).collect();
    for candidate in tables(form, totals).into_iter().chain(rows(form, totals)).chain(singles) {
        let first = said.get(&candidate[0]).cloned();
        let Some(first) = first.filter(|first| candidate.iter().all(|at| said.get(at) == Some(first))) else {
            continue;
        };
        for at in &candidate {
            said.remove(at);
        }
        groups.push(Group { place: place(form, totals, &candidate), totals: candidate, said: first });
    }
    groups.sort_by(|a, b| a.totals.cmp(&b.totals));
    groups
}
