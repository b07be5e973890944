//! Flattened text whose labels were torn from their numbers: the numbers alone, in print order.
//!
//! The order of the numbers names their rows only if there are exactly as many as the form has
//! figures, if every label that stands before numbers stands before those of its own row, and if
//! half of the rows have such a label. The sums must agree as well: `align` asks them later.

use super::align::Labels;
use super::header::Block;
use super::rows::At;
use super::stream::{Cell, Folded, Shape};
use crate::document::Text;
use crate::report::Alignment;
use crate::template::label::Label;

/// Labels of rows, and the values after the last of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    labels: Vec<(At, Folded, Text)>,
    values: Vec<Cell>,
}

/// A row that print order names.
pub(super) struct Row {
    pub row: usize,
    pub labels: Labels,
    pub values: Vec<Cell>,
    /// [`Alignment::Labels`] where one label stands right before the row's values.
    pub by: Alignment,
}

/// Adds a label; the first after values begins a run.
pub(super) fn add_label(runs: &mut Vec<Run>, at: At, label: &Label, text: &str) {
    if runs.last().is_none_or(|run| !run.values.is_empty()) {
        runs.push(Run::default());
    }
    if let Some(run) = runs.last_mut() {
        run.labels.push((at, label.clone().into(), text.into()));
    }
}

/// Adds values to the run in hand.
pub(super) fn add_values(runs: &mut Vec<Run>, values: &[Cell]) {
    if runs.is_empty() {
        runs.push(Run::default());
    }
    if let Some(run) = runs.last_mut() {
        run.values.extend_from_slice(values);
    }
}

/// The rows of a one-block table in print order; `None` unless number and anchors agree.
pub(super) fn rows(block: Block, runs: &[Run]) -> Option<Vec<Row>> {
    let def = &block.def.blocks[block.at];
    let (columns, count) = (def.columns.len(), def.rows.len());
    let values = || runs.iter().flat_map(|run| &run.values);
    if values().count() != columns * count || values().any(|cell| cell.shape != Shape::Value) {
        return None;
    }
    let mut rows = Vec::with_capacity(count);
    let mut anchored = 0;
    for run in runs.iter().filter(|run| !run.values.is_empty()) {
        let first = rows.len();
        let end = first + run.values.len() / columns;
        let of_run = |(at, ..): &&(At, Folded, Text)| (first..end).contains(&at.1);
        let whole = run.values.len().is_multiple_of(columns);
        if !whole || (!run.labels.is_empty() && !run.labels.iter().any(|label| of_run(&label))) {
            return None;
        }
        anchored += run.labels.iter().filter(of_run).count();
        for (row, values) in (first..).zip(run.values.chunks(columns)) {
            rows.push(row_of(run, row, end - first == 1, values));
        }
    }
    (anchored * 2 >= count).then_some(rows)
}

fn row_of(run: &Run, row: usize, alone: bool, values: &[Cell]) -> Row {
    let own = run.labels.iter().filter(|(at, ..)| at.1 == row);
    let labels: Labels = own.map(|(_, label, text)| (label.clone(), text.clone())).collect();
    let by = if alone && labels.len() == 1 { Alignment::Labels } else { Alignment::Order };
    Row { row, labels, values: values.to_vec(), by }
}
