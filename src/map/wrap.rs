//! Tables whose rows are printed lines: drawn boxes without rules, columns aligned with spaces.
//!
//! A row of the real table takes as many lines as its longest label. Which lines go together is
//! settled by the form's labels: fragments below one another in a column are one label as long as
//! some label of the form begins with them. A line with values is a row; the labels whose lines
//! cover it are its labels.

use std::sync::Arc;

use super::number;
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
    let lines = with_units_apart(with_whole_numbers(without_numbers_of_items(lines), forms), forms);
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
            let mut labels = labels.iter().filter(|span| span.column == column).peekable();
            if labels.peek().is_none() {
                let torn = cell.label().is_some();
                let blank = || Cell { text: "".into(), shape: Shape::Blank, ..cell.clone() };
                row.cells.push(if torn { blank() } else { cell.clone() });
            }
            let label = |span: &&Span| Cell {
                text: span.text.as_str().into(),
                shape: stream::shape(&span.text),
                ..span.cell.clone()
            };
            row.cells.extend(labels.map(label));
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

/// A label in the making: its fragments, and how many of them spell a label of the form.
struct Draft<'a> {
    fragments: Vec<(usize, &'a str, &'a Cell)>,
    text: String,
    spelled: usize,
}

/// Lines of other text that may stand between two fragments of a label.
const MOST_APART: usize = 4;

/// Labels that may be open side by side: outer group, group, row.
const MOST_OPEN: usize = 4;

/// Fragments put together, column by column; one that begins no label stands for itself.
///
/// Columns of labels often overlap (a group's centred label beside the indented ones of its
/// rows), so several labels may be open at a time: a fragment goes on with the latest that it fits.
fn spans(lines: &[Row], forms: &[Arc<Form>]) -> Vec<Span> {
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let mut spans = Vec::new();
    for column in 0..width {
        let mut open: Vec<Draft> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(cell) = line.cells.get(column) else { continue };
            match cell.shape {
                Shape::Value => close(column, &mut open, &mut spans, 0),
                Shape::Blank => {}
                Shape::Text(_) => {
                    for fragment in fragments(&cell.text) {
                        add(&mut open, (at, fragment, cell), forms);
                        close(column, &mut open, &mut spans, MOST_OPEN);
                    }
                }
            }
        }
        close(column, &mut open, &mut spans, 0);
    }
    spans.sort_by_key(|span| (span.lines.0, span.column));
    spans
}

/// The words of a line of a label. A number at its end is that of a label whose words stand above and below: it says nothing,
/// and would be taken for the beginning of the next one.
fn fragments(text: &str) -> impl Iterator<Item = &str> {
    let mut words = text.split_whitespace().peekable();
    std::iter::from_fn(move || {
        let word = words.next()?;
        let number_alone = words.peek().is_none() && Label::of(word).core.is_empty();
        (!number_alone).then_some(word)
    })
}

/// Goes on with the latest open label that the fragment fits, or opens one.
fn add<'a>(open: &mut Vec<Draft<'a>>, fragment: (usize, &'a str, &'a Cell), forms: &[Arc<Form>]) {
    let (at, text, _) = fragment;
    // A number of its own begins a label.
    let numbered = Label::of(text).ordinal.is_some();
    // A label that is whole may leave a bracket open; the next one does not close it.
    let whole = reads(text, forms) == Reads::Label;
    let ended = |draft: &Draft| whole && draft.spelled == draft.fragments.len();
    let near = |draft: &Draft| {
        let last = draft.fragments.last();
        draft.fragments.len() < MOST_LINES && last.is_some_and(|(last, ..)| at - last <= MOST_APART)
    };
    let fits = |draft: &Draft| reads(&format!("{}{text}", draft.text), forms);
    let found = if numbered {
        None
    } else {
        open.iter().rposition(|draft| near(draft) && !ended(draft) && fits(draft) != Reads::No)
    };
    let mut draft = match found {
        Some(at) => open.remove(at),
        None => Draft { fragments: Vec::new(), text: String::new(), spelled: 0 },
    };
    draft.fragments.push(fragment);
    draft.text.push_str(text);
    if reads(&draft.text, forms) == Reads::Label {
        draft.spelled = draft.fragments.len();
    }
    open.push(draft);
}

/// What a text is to the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    Label,
    Beginning,
    No,
}

fn reads(text: &str, forms: &[Arc<Form>]) -> Reads {
    let label = Label::of(text);
    let lexicons = || forms.iter().flat_map(|form| &form.lexicons);
    if lexicons().any(|lexicon| lexicon.places(&label.core).next().is_some()) {
        Reads::Label
    } else if label.core.is_empty() || lexicons().any(|lexicon| lexicon.begins(&label.core)) {
        Reads::Beginning
    } else {
        Reads::No
    }
}

/// Closes the oldest labels until so many are open: the fragments that spell one are its span,
/// every other stands for itself.
fn close(column: usize, open: &mut Vec<Draft>, spans: &mut Vec<Span>, keep: usize) {
    let closed = open.len().saturating_sub(keep);
    for draft in open.drain(..closed) {
        let (label, rest) = draft.fragments.split_at(draft.spelled);
        if let (Some((first, _, cell)), Some((last, ..))) = (label.first(), label.last()) {
            let text = label.iter().map(|(_, text, _)| *text).collect();
            spans.push(Span { column, lines: (*first, *last), text, cell: (*cell).clone() });
        }
        for &(at, text, cell) in rest {
            spans.push(Span { column, lines: (at, at), text: text.to_owned(), cell: cell.clone() });
        }
    }
}

/// `2.` before the values of a line is the number of its item, not one of them.
fn without_numbers_of_items(mut lines: Vec<Row>) -> Vec<Row> {
    let is_number = |text: &str| {
        let digits = text.trim().strip_suffix(['.', '．', '、']);
        digits.is_some_and(|digits| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    for line in &mut lines {
        let mut values = line.cells.iter_mut().filter(|cell| cell.shape == Shape::Value);
        if let Some(first) = values.next().filter(|first| is_number(&first.text))
            && values.next().is_some()
        {
            (first.text, first.shape) = ("".into(), Shape::Blank);
        }
    }
    lines
}

/// A label that fills its column stands right before the unit of the row, and so the two became one text: the unit goes into
/// the column of units, which is blank there, or into a column of its own.
fn with_units_apart(mut lines: Vec<Row>, forms: &[Arc<Form>]) -> Vec<Row> {
    let named = |form: &Arc<Form>| form.tables.iter().any(|table| table.unit_heading.is_some());
    if !forms.iter().any(named) {
        return lines;
    }
    let found: Vec<(usize, usize, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(line, row)| unit_behind_label(row, forms).map(|(cell, unit)| (line, cell, unit)))
        .collect();
    let is_free =
        |&(line, cell, _): &(usize, usize, _)| lines[line].cells.get(cell + 1).is_some_and(|c| c.shape == Shape::Blank);
    if let Some(&(_, column, _)) = found.iter().find(|place| !is_free(place)) {
        if found.iter().any(|&(_, other, _)| other != column) {
            return lines;
        }
        for line in &mut lines {
            if let Some(label) = line.cells.get(column) {
                let blank = Cell { text: "".into(), shape: Shape::Blank, ..label.clone() };
                line.cells.insert(column + 1, blank);
            }
        }
    }
    for (line, cell, name) in found {
        let [label, unit] = &mut lines[line].cells[cell..=cell + 1] else { continue };
        let text = label.text[..label.text.len() - name.len()].to_owned();
        label.shape = stream::shape(&text);
        label.text = text.into();
        (unit.text, unit.shape) = (name.into(), stream::shape(name));
    }
    lines
}

/// The last cell before the values of a line and the unit that ends it, if without it the cell reads as a label does, or as
/// the beginning of one, and with it as none.
fn unit_behind_label(line: &Row, forms: &[Arc<Form>]) -> Option<(usize, &'static str)> {
    let first = line.cells.iter().position(|cell| cell.shape == Shape::Value)?;
    let (at, label) = line.cells[..first].iter().enumerate().rfind(|(_, cell)| cell.shape != Shape::Blank)?;
    let own = label.text.rsplit(char::is_whitespace).next()?;
    let (rest, unit) = number::without_unit(own);
    let apart = !rest.is_empty() && reads(own, forms) == Reads::No && reads(rest, forms) != Reads::No;
    unit.filter(|_| apart).map(|unit| (at, unit))
}

/// A number too long for its column goes on in the next line: that line has a value or two where
/// the one before has a whole row of them, and does not begin a row with a label of its own.
fn with_whole_numbers(lines: Vec<Row>, forms: &[Arc<Form>]) -> Vec<Row> {
    let known =
        |core: &str| forms.iter().flat_map(|form| &form.lexicons).any(|form| form.places(core).next().is_some());
    let begins_row =
        |row: &Row| row.cells.iter().filter_map(Cell::label).any(|label| label.ordinal.is_some() || known(&label.core));
    let values = |row: &Row| row.cells.iter().filter(|cell| cell.shape == Shape::Value).count();
    let mut whole: Vec<Row> = Vec::with_capacity(lines.len());
    for mut line in lines {
        let count = values(&line);
        if let Some(above) = whole
            .last_mut()
            .filter(|above| count > 0 && values(above) >= 5 && count * 3 <= values(above) && !begins_row(&line))
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
