//! Long tables printed in halves side by side: label, value, label, value in one row.
//!
//! Rows say it: a value, then a label that names a row of the form, then a value. Such a table is read band by
//! band, each from top to bottom, since nested rows belong to the row above them in their own band.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::stream::{Cell, Item, Row, Shape};
use crate::template::Form;
use crate::template::lexicon::Term;

/// So many rows must begin a band in one column: one row may have a label in a wrong cell.
const LEAST_ROWS: usize = 2;

/// Puts the bands of every such table one below the other.
pub(super) fn unfold(items: Vec<Item>, forms: &[Arc<Form>]) -> Vec<Item> {
    if !items.iter().any(|item| matches!(item, Item::Row(row) if may_begin_band(row))) {
        return items;
    }
    let mut unfolded = Vec::with_capacity(items.len());
    let mut run: Vec<Row> = Vec::new();
    for item in items {
        match item {
            Item::Row(row) => {
                if run.first().is_some_and(|first| first.table != row.table) {
                    push(std::mem::take(&mut run), forms, &mut unfolded);
                }
                run.push(row);
            }
            Item::Line(_) => {
                push(std::mem::take(&mut run), forms, &mut unfolded);
                unfolded.push(item);
            }
        }
    }
    push(run, forms, &mut unfolded);
    unfolded
}

fn push(rows: Vec<Row>, forms: &[Arc<Form>], unfolded: &mut Vec<Item>) {
    let starts = starts(&rows, forms);
    if starts.is_empty() {
        unfolded.extend(rows.into_iter().map(Item::Row));
        return;
    }
    let ends = starts.iter().copied().chain([usize::MAX]);
    for (start, end) in [0].into_iter().chain(starts.iter().copied()).zip(ends) {
        unfolded.extend(rows.iter().filter_map(|row| band(row, start, end)).map(Item::Row));
    }
}

/// Whether a text stands between two values: a quick look, which most rows end at.
fn may_begin_band(row: &Row) -> bool {
    let shapes = || row.cells.iter().map(|cell| &cell.shape);
    let (first, last) = (shapes().position(is_value), shapes().rposition(is_value));
    let between = first.zip(last).map_or(&[][..], |(first, last)| &row.cells[first..last]);
    between.iter().any(|cell| cell.label().is_some())
}

fn is_value(shape: &Shape) -> bool {
    *shape == Shape::Value
}

/// The columns in which bands begin, but the first.
fn starts(rows: &[Row], forms: &[Arc<Form>]) -> Vec<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| may_begin_band(row)) {
        for column in labels_between(row, forms) {
            *votes.entry(column).or_default() += 1;
        }
    }
    let labels = votes.into_iter().filter(|(_, rows)| *rows >= LEAST_ROWS).map(|(column, _)| column);
    let mut starts: Vec<usize> = Vec::new();
    for label in labels {
        let from = starts.last().map_or(0, |start| start + 1);
        starts.push(repeated(rows, from, label).unwrap_or(label));
    }
    starts
}

/// The columns of labels that name rows of the form, after a row's own label and value, and before another value.
fn labels_between(row: &Row, forms: &[Arc<Form>]) -> Vec<usize> {
    let (mut named, mut valued) = (false, false);
    let mut columns = Vec::new();
    let mut open = None;
    for cell in &row.cells {
        match &cell.shape {
            Shape::Value => {
                valued |= named;
                columns.extend(open.take());
            }
            Shape::Text(_) if names_row(cell, forms) => {
                if cell.own && valued {
                    open = Some(cell.columns.start);
                }
                (named, valued) = (true, false);
            }
            Shape::Text(_) | Shape::Blank => {}
        }
    }
    columns
}

fn names_row(cell: &Cell, forms: &[Arc<Form>]) -> bool {
    let Some(label) = cell.label() else { return false };
    let lexicons = || forms.iter().flat_map(|form| &form.lexicons);
    lexicons().any(|lexicon| lexicon.places(&label.core).any(|entry| matches!(entry.term, Term::Row(..))))
}

/// Where the header begins anew, with a column of serial numbers say, no further right than the labels.
fn repeated(rows: &[Row], from: usize, label: usize) -> Option<usize> {
    let again = |row: &Row| {
        let first = row.cells.iter().find(|cell| cell.label().is_some())?;
        let same = |cell: &&Cell| cell.columns.start > first.columns.start && cell.text.trim() == first.text.trim();
        let within = |cell: &&Cell| (from..=label).contains(&cell.columns.start);
        row.cells.iter().filter(same).filter(within).map(|cell| cell.columns.start).next_back()
    };
    rows.iter().find_map(again)
}

/// A row's cells in one band; one that reaches into several belongs to the first.
fn band(row: &Row, start: usize, end: usize) -> Option<Row> {
    let of_band = row.cells.iter().filter(|cell| (start..end).contains(&cell.columns.start));
    let cells: Vec<Cell> =
        of_band.map(|cell| Cell { columns: cell.columns.start..cell.columns.end.min(end), ..cell.clone() }).collect();
    let short = row.short && end > row.width;
    (!cells.is_empty()).then_some(Row { cells, short, ..*row })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::stream;

    /// Rows of one table, a column for each cell.
    fn rows(texts: &[&[&str]]) -> Vec<Row> {
        let row = |(at, texts): (usize, &&[&str])| Row {
            table: 0,
            stated: true,
            wrapped: false,
            width: texts.len(),
            short: false,
            cells: texts
                .iter()
                .enumerate()
                .map(|(column, text)| Cell {
                    columns: column..column + 1,
                    text: (*text).into(),
                    shape: stream::shape(text),
                    own: true,
                    origin: crate::document::Origin { row: Some(at as u32 + 1), ..Default::default() },
                })
                .collect(),
        };
        texts.iter().enumerate().map(row).collect()
    }

    fn starts_of(texts: &[&[&str]]) -> Vec<usize> {
        starts(&rows(texts), Form::shipped())
    }

    #[test]
    fn bands_begin_where_rows_have_a_second_label_with_a_value() {
        let left = ["统计指标", "统计数", "统计指标", "统计数"];
        let first = ["1.当面申请数", "5", "2.传真申请数", "9"];
        let second = ["3.网络申请数", "26", "4.信函申请数", "21"];
        assert_eq!(starts_of(&[&left, &first, &second]), [2]);
        // One row may have a label in a wrong cell.
        assert_eq!(starts_of(&[&left, &first]), [0; 0]);
    }

    #[test]
    fn serial_numbers_belong_to_the_band_that_they_number() {
        let header = ["序号", "统计指标", "统计数", "序号", "统计指标", "统计数"];
        let first = ["1", "1.当面申请数", "5", "3", "3.网络申请数", "26"];
        let second = ["2", "2.传真申请数", "9", "4", "4.信函申请数", "21"];
        assert_eq!(starts_of(&[&header, &first, &second]), [3]);
    }

    #[test]
    fn remarks_begin_no_band() {
        let first = ["1.当面申请数", "5", "含电话", "1"];
        let second = ["2.传真申请数", "9", "见附件", "2"];
        assert_eq!(starts_of(&[&first, &second]), [0; 0]);
    }

    #[test]
    fn bands_are_read_one_after_the_other() {
        let first: &[&str] = &["1.当面申请数", "5", "3.网络申请数", "26"];
        let second: &[&str] = &["2.传真申请数", "9", "4.信函申请数", "21"];
        let items = rows(&[first, second]).into_iter().map(Item::Row).collect();
        let texts: Vec<String> = unfold(items, Form::shipped())
            .iter()
            .map(|item| match item {
                Item::Row(row) => row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"),
                Item::Line(line) => line.text.to_string(),
            })
            .collect();
        assert_eq!(texts, ["1.当面申请数|5", "2.传真申请数|9", "3.网络申请数|26", "4.信函申请数|21"]);
    }
}
