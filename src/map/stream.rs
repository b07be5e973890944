//! A document as one stream of lines and table rows, in reading order.
//!
//! Layout tables are opened up here: a row that holds other tables, or long prose, is not a row
//! of the form but a frame around it.

use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use super::number;
use crate::document::{Block, Document, Grid, Origin, Slot, Spans, Text};
use crate::template::label::{Label, is_invisible};
use crate::template::printed;

/// One step of the stream.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A paragraph or line of text.
    Line(Line),
    /// A row of a table.
    Row(Row),
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: Text,
    pub origin: Origin,
    /// An empty cell of a table that lost its rows: a blank that the text does show.
    pub blank_cell: bool,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Index of the table in the document.
    pub table: usize,
    /// The file states the table's merged cells, so columns are facts.
    pub stated: bool,
    /// The row is one printed line, of which a real row may take several.
    pub wrapped: bool,
    /// Columns of the table.
    pub width: usize,
    /// A row that ends before the table does: cells were dropped.
    pub short: bool,
    /// Its cells, those that reach in from above included.
    pub cells: Vec<Cell>,
}

/// A cell of a [`Row`]. Rows, entries and slots share its text, so a clone costs next to nothing.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// First and last + 1 grid column, from 0.
    pub columns: std::ops::Range<usize>,
    pub text: Text,
    pub shape: Shape,
    /// The cell is written in this row, not in one above.
    pub own: bool,
    pub origin: Origin,
}

/// What kind of text a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// A number or a mark for none.
    Value,
    /// Anything else, folded as a label.
    Text(Folded),
}

/// A folded label, shared by all that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Folded {
    /// One of a shipped form, as it is printed there.
    OfForm(&'static Label),
    Other(Rc<Label>),
}

impl Folded {
    fn of(text: &str) -> Folded {
        printed::folded(text).map_or_else(|| Label::of(text).into(), Folded::OfForm)
    }
}

impl From<Label> for Folded {
    fn from(label: Label) -> Self {
        Folded::Other(Rc::new(label))
    }
}

impl Deref for Folded {
    type Target = Label;

    fn deref(&self) -> &Label {
        match self {
            Folded::OfForm(label) => label,
            Folded::Other(label) => label,
        }
    }
}

/// A cell with more characters than this is prose, not a label: the longest label has 37.
const LONGEST_LABEL: usize = 160;

/// Puts a document's body in one stream.
pub(super) fn stream(document: &Document) -> Vec<Item> {
    let mut items = Vec::new();
    let mut opened = HashSet::new();
    // An explicit stack: documents nest as deep as they like.
    let mut todo: Vec<Step> = document.blocks.iter().rev().map(Step::Block).collect();
    while let Some(step) = todo.pop() {
        match step {
            Step::Block(Block::Paragraph(paragraph)) => {
                items.push(Item::Line(Line { text: paragraph.printed(), origin: paragraph.origin, blank_cell: false }));
            }
            Step::Block(&Block::Table(at)) => {
                // A table that contains itself cannot be built by a reader, but would never end.
                if at < document.tables.len() && opened.insert(at) {
                    push_table(document, at, &mut items, &mut todo);
                }
            }
            Step::Item(item) => items.push(item),
        }
    }
    items
}

enum Step<'a> {
    Block(&'a Block),
    Item(Item),
}

fn push_table<'a>(document: &'a Document, at: usize, items: &mut Vec<Item>, todo: &mut Vec<Step<'a>>) {
    let table = &document.tables[at];
    let is_frame = |row: &crate::document::Row| is_frame(document, row);
    let grid = table.grid();
    let lost_rows =
        table.spans == Spans::Lost && table.rows.len() > 1 && table.rows.iter().all(|row| row.cells.len() <= 1);
    if !table.rows.iter().any(is_frame) && !lost_rows {
        push_rows(document, at, &grid, items);
        return;
    }
    let mut steps = Vec::new();
    for row in 0..grid.rows() {
        let source = &table.rows[row];
        if is_frame(source) {
            steps.extend(source.cells.iter().flat_map(|cell| &cell.blocks).map(Step::Block));
        } else if lost_rows {
            steps.extend(source.cells.iter().map(|cell| Step::Item(Item::Line(line_of(at, row, cell)))));
        } else {
            steps.push(Step::Item(Item::Row(row_of(document, at, &grid, row, None))));
        }
    }
    todo.extend(steps.into_iter().rev());
}

fn push_rows(document: &Document, at: usize, grid: &Grid, items: &mut Vec<Item>) {
    items.reserve(grid.rows());
    for row in 0..grid.rows() {
        let above = match items.last() {
            Some(Item::Row(above)) if row > 0 => Some(above),
            _ => None,
        };
        let row = row_of(document, at, grid, row, above);
        items.push(Item::Row(row));
    }
}

/// Whether a row only frames other tables or prose. A table of one cell with a value in it is no
/// more than a box around the value.
fn is_frame(document: &Document, row: &crate::document::Row) -> bool {
    let is_prose = |cell: &crate::document::Cell| {
        cell.blocks.len() > 3
            && cell
                .blocks
                .iter()
                .map(|block| match block {
                    Block::Paragraph(paragraph) => paragraph.text.len(),
                    Block::Table(_) => 0,
                })
                .sum::<usize>()
                > 3 * LONGEST_LABEL
    };
    let is_table = |block: &Block| matches!(block, Block::Table(_)) && boxed_value(document, block).is_none();
    row.cells.iter().any(|cell| cell.blocks.iter().any(is_table) || is_prose(cell))
}

/// The value in a table of one cell.
fn boxed_value(document: &Document, block: &Block) -> Option<String> {
    let &Block::Table(at) = block else { return None };
    let [row] = document.tables.get(at)?.rows.as_slice() else { return None };
    let [cell] = row.cells.as_slice() else { return None };
    let text = cell.text();
    let plain = cell.blocks.iter().all(|block| matches!(block, Block::Paragraph(_)));
    (plain && number::is_value(&text)).then_some(text)
}

/// A cell's text with the values that stand in boxes of their own.
fn text_of(document: &Document, cell: &crate::document::Cell) -> String {
    let boxes = cell.blocks.iter().filter_map(|block| boxed_value(document, block));
    boxes.fold(cell.text(), |text, value| if text.trim().is_empty() { value } else { format!("{text}\n{value}") })
}

fn line_of(table: usize, row: usize, cell: &crate::document::Cell) -> Line {
    let text = Text::from(cell.text());
    let origin = Origin {
        page: cell.page,
        table: Some(table as u32 + 1),
        row: Some(row as u32 + 1),
        column: Some(1),
        line: cell.line,
    };
    Line { blank_cell: text.trim().is_empty(), text, origin }
}

/// One row of the grid; `above` is the row before it, if that was made from the same table.
fn row_of(document: &Document, table_at: usize, grid: &Grid, row: usize, above: Option<&Row>) -> Row {
    let table = &document.tables[table_at];
    let slots = grid.row(row);
    let mut cells: Vec<Cell> = Vec::with_capacity(table.rows[row].cells.len());
    let mut last = Slot::None;
    for (column, &slot) in slots.iter().enumerate() {
        let Slot::Cell { row: home, cell } = slot else {
            last = slot;
            continue;
        };
        if slot == last {
            if let Some(cell) = cells.last_mut() {
                cell.columns.end = column + 1;
            }
            continue;
        }
        last = slot;
        let reaching = above.filter(|_| home < row).and_then(|above| above.reaching(home, column));
        cells.push(reaching.unwrap_or_else(|| {
            let source = &table.rows[home].cells[cell];
            let (text, shape) = read(document, source);
            let origin = Origin {
                page: source.page.or(table.page),
                table: Some(table_at as u32 + 1),
                row: Some(home as u32 + 1),
                column: Some(column as u32 + 1),
                line: source.line,
            };
            Cell { columns: column..column + 1, shape, text, own: home == row, origin }
        }));
    }
    let stated_end = slots.len().saturating_sub(table.rows[row].after as usize);
    let short =
        slots.iter().take(stated_end).rposition(|slot| *slot != Slot::None).is_none_or(|at| at + 1 < stated_end);
    Row {
        table: table_at,
        stated: table.spans == Spans::Stated,
        wrapped: table.wrapped,
        width: grid.columns(),
        short,
        cells,
    }
}

/// Text and shape of a cell.
fn read(document: &Document, cell: &crate::document::Cell) -> (Text, Shape) {
    let text: Text = match cell.blocks.as_slice() {
        [Block::Paragraph(paragraph)] if paragraph.number.is_none() => paragraph.text.clone(),
        _ => text_of(document, cell).into(),
    };
    let shape = shape(&text);
    (text, shape)
}

pub(super) fn shape(text: &str) -> Shape {
    if number::is_value(text) {
        Shape::Value
    } else if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        Shape::Blank
    } else if text.len() > 3 * LONGEST_LABEL {
        Shape::Text(Label::default().into())
    } else {
        Shape::Text(Folded::of(text))
    }
}

impl Row {
    /// The cell written in row `home` of the table that begins in this column, as it goes on
    /// in the row below.
    fn reaching(&self, home: usize, column: usize) -> Option<Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.columns.start).ok()?;
        let cell = &self.cells[at];
        let same = cell.origin.row == Some(home as u32 + 1) && cell.origin.column == Some(column as u32 + 1);
        same.then(|| Cell { columns: column..column + 1, own: false, ..cell.clone() })
    }
}

impl Cell {
    /// The folded label of a text cell.
    pub fn label(&self) -> Option<&Label> {
        self.shared_label().map(|label| &**label)
    }

    /// Whether it is a label of a shipped form as it is printed there, and so nothing else.
    pub fn is_of_form(&self) -> bool {
        matches!(self.shape, Shape::Text(Folded::OfForm(_)))
    }

    /// The label, to be kept.
    pub fn shared_label(&self) -> Option<&Folded> {
        match &self.shape {
            Shape::Text(label) => Some(label),
            Shape::Blank | Shape::Value => None,
        }
    }
}
