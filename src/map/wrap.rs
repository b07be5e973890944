//! Tables whose rows are printed lines: drawn boxes without rules, columns aligned with spaces.
//!
//! A row of the real table takes as many lines as its longest label. Which lines go together is
//! settled by the form's labels: fragments below one another in a column are one label as long as
//! some label of the form begins with them. A line with values is a row; the labels whose lines
//! cover it are its labels.

use std::sync::Arc;

use super::stream::{self, Cell, Item, Row, Shape};
use crate::template::Form;
use crate::template::label::Label;

/// A label broken over more lines than this (one character a line) is not put together.
const MOST_LINES: usize = 40;

/// A label printed over some lines of one column.
struct Span {
    column: usize,
    /// First and last line.
    lines: (usize, usize),
    text: String,
    cell: Cell,
}

/// Joins the lines of every wrapped table of the stream.
pub(super) fn join(items: Vec<Item>, forms: &[Arc<Form>]) -> Vec<Item> {
    if !items.iter().any(is_wrapped) {
        return items;
    }
    let mut joined = Vec::with_capacity(items.len());
    let mut run: Vec<Row> = Vec::new();
    for item in items {
        match item {
            Item::Row(row) if row.wrapped => {
                if run.first().is_some_and(|first| first.table != row.table) {
                    joined.extend(rows(std::mem::take(&mut run), forms).into_iter().map(Item::Row));
                }
                run.push(row);
            }
            other => {
                joined.extend(rows(std::mem::take(&mut run), forms).into_iter().map(Item::Row));
                joined.push(other);
            }
        }
    }
    joined.extend(rows(run, forms).into_iter().map(Item::Row));
    joined
}

fn is_wrapped(item: &Item) -> bool {
    matches!(item, Item::Row(row) if row.wrapped)
}

fn rows(lines: Vec<Row>, forms: &[Arc<Form>]) -> Vec<Row> {
    let lines = with_whole_numbers(lines);
    let full: Vec<bool> = lines.iter().map(|line| line.cells.iter().any(|cell| cell.shape == Shape::Value)).collect();
    let spans = spans(&lines, forms);
    // The labels of each line: of the first with values among those they cover, else of their first.
    let mut own: Vec<Vec<&Span>> = vec![Vec::new(); lines.len()];
    for span in &spans {
        let (first, last) = span.lines;
        own[(first..=last).find(|line| full[*line]).unwrap_or(first)].push(span);
    }
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let labels = &own[at];
        if !full[at] && labels.is_empty() {
            continue;
        }
        let mut row = Row { cells: Vec::with_capacity(line.cells.len()), ..*line };
        for (column, cell) in line.cells.iter().enumerate() {
            let label = labels.iter().find(|span| span.column == column);
            row.cells.push(match label {
                Some(span) => {
                    Cell { text: span.text.as_str().into(), shape: stream::shape(&span.text), ..span.cell.clone() }
                }
                None if cell.label().is_some() => Cell { text: "".into(), shape: Shape::Blank, ..cell.clone() },
                None => cell.clone(),
            });
        }
        if !full[at] {
            // A label whose line has no value anywhere was torn from its row: its blanks are not
            // the form's blank cells.
            row.cells.retain(|cell| cell.shape != Shape::Blank);
        }
        rows.push(row);
    }
    rows
}

/// Fragments put together, column by column; one that begins no label stands for itself.
fn spans(lines: &[Row], forms: &[Arc<Form>]) -> Vec<Span> {
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let mut spans = Vec::new();
    for column in 0..width {
        let mut at = 0;
        while at < lines.len() {
            let Some(cell) = lines[at].cells.get(column).filter(|cell| cell.label().is_some()) else {
                at += 1;
                continue;
            };
            let (last, text) = longest(lines, column, at, forms);
            spans.push(Span { column, lines: (at, last), text, cell: cell.clone() });
            at = last + 1;
        }
    }
    spans
}

/// The longest run of fragments from this line down that spells a label of the form.
fn longest(lines: &[Row], column: usize, first: usize, forms: &[Arc<Form>]) -> (usize, String) {
    let mut text = String::new();
    let mut found = None;
    for (at, line) in lines.iter().enumerate().skip(first).take(MOST_LINES) {
        let Some(cell) = line.cells.get(column) else { break };
        match cell.shape {
            Shape::Value => break,
            Shape::Blank => continue,
            Shape::Text(_) => text.push_str(cell.text.trim()),
        }
        let label = Label::of(&text);
        let lexicons = || forms.iter().flat_map(|form| &form.lexicons);
        if lexicons().any(|lexicon| lexicon.places(&label.core).next().is_some()) {
            found = Some((at, text.clone()));
        }
        let open = label.core.is_empty() || lexicons().any(|lexicon| lexicon.begins(&label.core));
        if !open {
            break;
        }
    }
    found.unwrap_or_else(|| (first, lines[first].cells[column].text.as_ref().to_owned()))
}

/// A number too long for its column goes on in the next line: that line has a value or two where
/// the one before has a whole row of them.
fn with_whole_numbers(lines: Vec<Row>) -> Vec<Row> {
    let values = |row: &Row| row.cells.iter().filter(|cell| cell.shape == Shape::Value).count();
    let mut whole: Vec<Row> = Vec::with_capacity(lines.len());
    for mut line in lines {
        let count = values(&line);
        if let Some(above) =
            whole.last_mut().filter(|above| count > 0 && values(above) >= 5 && count * 3 <= values(above))
        {
            for (cell, upper) in line.cells.iter_mut().zip(&mut above.cells) {
                if cell.shape == Shape::Value && upper.shape == Shape::Value {
                    upper.text = format!("{}\n{}", upper.text, cell.text).into();
                    (cell.text, cell.shape) = ("".into(), Shape::Blank);
                }
            }
        }
        whole.push(line);
    }
    whole
}
