//! One table of a report as the form prints it: cells, their places and how far they reach.
//!
//! Blocks stand below each other, each with its caption, its header and its rows; a matrix is
//! one block with a corner and labels merged over rows. A record prints its rows across.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::report::{Figure, TableReport, Value};
use crate::template::{BlockDef, FieldDef, Form, Key, Layout, TableDef};

/// Which rows are drawn. Optional rows are drawn only where the report has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Every row of the form: a missing figure is seen as missing.
    All,
    /// Rows with at least one figure that is not missing: a printed cell cannot say that it is not there.
    Present,
}

/// A table with merged cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet<'a> {
    /// Rows of the grid.
    pub rows: usize,
    /// Columns of the grid.
    pub columns: usize,
    /// How many of the columns hold labels; they stand on the left.
    pub label_columns: usize,
    /// Its cells by row, then column. They cover the grid, each place once.
    pub cells: Vec<SheetCell<'a>>,
}

/// A cell; rows and columns count from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell<'a> {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows covered.
    pub rows: usize,
    /// Columns covered.
    pub columns: usize,
    /// What stands in it.
    pub content: Content<'a>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<'a> {
    /// A heading: captions, corner, labels of columns.
    Heading(&'a str),
    /// The label of a row or of a group of rows.
    Label(&'a str),
    /// A figure; `None` where the report says nothing of it, which is to miss it.
    Figure(&'a Key, Option<&'a Figure>),
    /// Text of a row that the form does not have.
    Extra(Cow<'a, str>),
}

impl<'a> Sheet<'a> {
    /// Lays out a table of a report by its form; `None` if the form has no such table, or no
    /// row is to be drawn.
    #[must_use]
    pub fn of(form: &'a Form, report: &'a TableReport, rows: Rows) -> Option<Sheet<'a>> {
        let (index, table) = form.table(&report.id)?;
        let blocks = blocks(form, index, report, rows);
        if blocks.is_empty() {
            return None;
        }
        let mut sheet = match table.layout {
            Layout::Blocks | Layout::Matrix => stacked(table, &blocks),
            Layout::Record => across(&blocks),
            Layout::List => listed(table, &blocks),
        };
        for extra in &report.extra_rows {
            sheet.extra_row(&extra.label, &extra.cells);
        }
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        Some(sheet)
    }

    /// For each place of the grid, row by row, the index of the cell that covers it.
    #[must_use]
    pub fn owners(&self) -> Vec<Option<usize>> {
        let mut owners = vec![None; self.rows * self.columns];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                let start = row * self.columns + cell.column;
                owners[start..start + cell.columns].fill(Some(index));
            }
        }
        owners
    }

    /// The label of a group over its rows, its other cells empty.
    fn group(&mut self, label: &'a str, values: usize) {
        self.put((self.rows, 0), (1, 1), Content::Label(label));
        for column in 1..2 + values {
            self.put((self.rows, column), (1, 1), Content::Extra(Cow::Borrowed("")));
        }
        self.rows += 1;
    }

    fn put(&mut self, (row, column): (usize, usize), (rows, columns): (usize, usize), content: Content<'a>) {
        if rows > 0 && columns > 0 {
            self.cells.push(SheetCell { row, column, rows, columns, content });
        }
    }

    /// Adds a row below the others: the label over the label columns, one cell a column. Cells
    /// for which there is no column share the last.
    fn extra_row(&mut self, label: &'a str, cells: &'a [String]) {
        let mut texts: Vec<Cow<'a, str>> = cells.iter().map(|cell| Cow::Borrowed(cell.as_str())).collect();
        if self.label_columns == 0 && !label.is_empty() {
            texts.insert(0, Cow::Borrowed(label));
        }
        let places = self.columns - self.label_columns;
        if texts.len() > places {
            let rest = texts.split_off(places - 1).join(" ");
            texts.push(Cow::Owned(rest));
        }
        texts.resize(places, Cow::Borrowed(""));
        let row = self.rows;
        self.put((row, 0), (1, self.label_columns), Content::Label(label));
        for (at, text) in texts.into_iter().enumerate() {
            self.put((row, self.label_columns + at), (1, 1), Content::Extra(text));
        }
        self.rows += 1;
    }
}

/// A block with the rows of it that are drawn.
struct Block<'a> {
    caption: Option<&'a str>,
    /// Labels of each column, outermost first.
    columns: Vec<Vec<&'a str>>,
    /// The unit of each line, where each has one of its own.
    units: Vec<&'a str>,
    lines: Vec<Line<'a>>,
}

/// A row of the codebook.
struct Line<'a> {
    /// Labels of the row, outermost first.
    labels: Vec<&'a str>,
    cells: Vec<(&'a Key, Option<&'a Figure>)>,
}

fn blocks<'a>(form: &'a Form, index: usize, report: &'a TableReport, rows: Rows) -> Vec<Block<'a>> {
    let figures: HashMap<&Key, &Figure> = report.figures.iter().map(|figure| (&figure.key, figure)).collect();
    let mut blocks = Vec::new();
    for (at, def) in form.tables[index].blocks.iter().enumerate() {
        let fields: Vec<&FieldDef> = form.fields_of(index).filter(|field| field.block == at).collect();
        let lines = fields.chunks(def.columns.len()).filter_map(|fields| line(form, def, fields, &figures, rows));
        let lines: Vec<Line> = lines.collect();
        let unit = |line: &Line<'a>| form.field(line.cells[0].0).map_or("", |field| field.unit.as_str());
        let units = lines.iter().map(unit).collect();
        if !lines.is_empty() {
            let columns = fields[..def.columns.len()].iter().map(|field| form.printed(field).1).collect();
            blocks.push(Block { caption: def.caption.as_deref(), columns, units, lines });
        }
    }
    blocks
}

/// A row, if it is to be drawn.
fn line<'a>(
    form: &'a Form,
    block: &BlockDef,
    fields: &[&'a FieldDef],
    figures: &HashMap<&Key, &'a Figure>,
    rows: Rows,
) -> Option<Line<'a>> {
    let cells: Vec<_> = fields.iter().map(|field| (&field.key, figures.get(&field.key).copied())).collect();
    let listed = cells.iter().any(|(_, figure)| figure.is_some());
    let present = cells.iter().any(|(_, figure)| figure.is_some_and(|figure| figure.value != Value::Missing));
    let drawn = match rows {
        Rows::All => listed || !block.rows[fields[0].row].optional,
        Rows::Present => present,
    };
    let mut labels = form.printed(fields[0]).0;
    if block.caption.is_some() {
        // The caption is a line of its own, no label of the row.
        labels.remove(0);
    }
    drawn.then_some(Line { labels, cells })
}

fn stacked<'a>(table: &'a TableDef, blocks: &[Block<'a>]) -> Sheet<'a> {
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let label_columns = lines.map(|line| line.labels.len()).max().unwrap_or(1);
    let values = blocks.iter().map(|block| block.columns.len()).max().unwrap_or(1);
    let mut sheet = Sheet { rows: 0, columns: label_columns + values, label_columns, cells: Vec::new() };
    for block in blocks {
        if let Some(caption) = block.caption {
            sheet.put((sheet.rows, 0), (1, sheet.columns), Content::Heading(caption));
            sheet.rows += 1;
        }
        block_header(&mut sheet, table, block, values);
        block_rows(&mut sheet, block, values);
    }
    sheet
}

/// A line for each row, with its own unit before its figure; the labels of groups stand in lines
/// of their own.
fn listed<'a>(table: &'a TableDef, blocks: &[Block<'a>]) -> Sheet<'a> {
    let values = blocks.iter().map(|block| block.columns.len()).max().unwrap_or(1);
    let mut sheet = Sheet { rows: 1, columns: 2 + values, label_columns: 2, cells: Vec::new() };
    for (column, heading) in [&table.row_heading, &table.unit_heading].into_iter().enumerate() {
        sheet.put((0, column), (1, 1), Content::Heading(heading.as_deref().unwrap_or_default()));
    }
    for (at, labels) in blocks.iter().take(1).flat_map(|block| block.columns.iter().enumerate()) {
        sheet.put((0, 2 + at), (1, 1), Content::Heading(labels.last().copied().unwrap_or_default()));
    }
    let mut printed: Vec<&[&str]> = Vec::new();
    for block in blocks {
        for (line, unit) in block.lines.iter().zip(&block.units) {
            for outer in (1..line.labels.len()).map(|depth| &line.labels[..depth]) {
                if !printed.contains(&outer) {
                    printed.push(outer);
                    sheet.group(outer[outer.len() - 1], values);
                }
            }
            printed.push(&line.labels);
            let label = line.labels.last().copied().unwrap_or_default();
            sheet.put((sheet.rows, 0), (1, 1), Content::Label(label));
            sheet.put((sheet.rows, 1), (1, 1), Content::Label(unit));
            for (at, &(key, figure)) in line.cells.iter().enumerate() {
                sheet.put((sheet.rows, 2 + at), (1, 1), Content::Figure(key, figure));
            }
            sheet.rows += 1;
        }
    }
    sheet
}

/// The labels of the columns; left of them the corner, above them the heading over all.
fn block_header<'a>(sheet: &mut Sheet<'a>, table: &'a TableDef, block: &Block<'a>, values: usize) {
    let left = sheet.label_columns;
    let above = usize::from(table.column_heading.is_some());
    let items = items(block.columns.iter().cloned(), |at| span(at, block.columns.len(), values));
    let depth = depth(&items);
    let corner = table.corner.as_deref().or(table.row_heading.as_deref()).unwrap_or_default();
    sheet.put((sheet.rows, 0), (above + depth, left), Content::Heading(corner));
    if let Some(heading) = &table.column_heading {
        sheet.put((sheet.rows, left), (1, values), Content::Heading(heading));
    }
    let top = sheet.rows + above;
    for part in nest(&items, depth) {
        let (place, extent) = ((top + part.level, left + part.start), (part.levels, part.length));
        sheet.put(place, extent, Content::Heading(part.label));
    }
    sheet.rows = top + depth;
}

fn block_rows<'a>(sheet: &mut Sheet<'a>, block: &Block<'a>, values: usize) {
    let left = sheet.label_columns;
    let items = items(block.lines.iter().map(|line| line.labels.clone()), |_| 1);
    for part in nest(&items, left) {
        let (place, extent) = ((sheet.rows + part.start, part.level), (part.length, part.levels));
        sheet.put(place, extent, Content::Label(part.label));
    }
    for line in &block.lines {
        for (at, &(key, figure)) in line.cells.iter().enumerate() {
            let extent = (1, span(at, line.cells.len(), values));
            sheet.put((sheet.rows, left + at), extent, Content::Figure(key, figure));
        }
        sheet.rows += 1;
    }
}

/// The last column of a block with fewer columns than others reaches to the edge.
fn span(at: usize, columns: usize, values: usize) -> usize {
    if at + 1 == columns { values - at } else { 1 }
}

/// Rows side by side, each label over the columns of its row, and one line of figures.
fn across<'a>(blocks: &[Block<'a>]) -> Sheet<'a> {
    let lines = || blocks.iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
    let widths: Vec<usize> = lines().map(|(_, line)| line.cells.len()).collect();
    let routes = items(lines().map(|(_, line)| line.labels.clone()), |at| widths[at]);
    let columns = items(lines().flat_map(|(block, _)| block.columns.iter().cloned()), |_| 1);
    let (above, below) = (depth(&routes), depth(&columns));
    let mut sheet = Sheet { rows: above + below + 1, columns: columns.len(), label_columns: 0, cells: Vec::new() };
    for (top, parts) in [(0, nest(&routes, above)), (above, nest(&columns, below))] {
        for part in parts {
            sheet.put((top + part.level, part.start), (part.levels, part.length), Content::Heading(part.label));
        }
    }
    for (at, &(key, figure)) in lines().flat_map(|(_, line)| &line.cells).enumerate() {
        sheet.put((above + below, at), (1, 1), Content::Figure(key, figure));
    }
    sheet
}

/// Something with nested labels that covers `length` lines from `start`.
struct Item<'a> {
    path: Vec<&'a str>,
    start: usize,
    length: usize,
}

/// A label with its extent across the levels and along the lines.
struct Part<'a> {
    label: &'a str,
    level: usize,
    levels: usize,
    start: usize,
    length: usize,
}

fn items<'a>(paths: impl Iterator<Item = Vec<&'a str>>, length: impl Fn(usize) -> usize) -> Vec<Item<'a>> {
    let mut start = 0;
    let item = |(at, path)| {
        let length = length(at);
        start += length;
        Item { path, start: start - length, length }
    };
    paths.enumerate().map(item).collect()
}

fn depth(items: &[Item]) -> usize {
    items.iter().map(|item| item.path.len()).max().unwrap_or(1)
}

/// Merges the labels of groups over their neighbours; a last label reaches down to `depth`.
fn nest<'a>(items: &[Item<'a>], depth: usize) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut before: &[&str] = &[];
    for (at, item) in items.iter().enumerate() {
        let last = item.path.len() - 1;
        for (level, &label) in item.path.iter().enumerate() {
            let outer = &item.path[..=level];
            if level == last {
                parts.push(Part { label, level, levels: depth - level, start: item.start, length: item.length });
            } else if before.len() <= level + 1 || before[..=level] != *outer {
                let same =
                    items[at..].iter().take_while(|next| next.path.len() > level + 1 && next.path.starts_with(outer));
                let length = same.map(|item| item.length).sum();
                parts.push(Part { label, level, levels: 1, start: item.start, length });
            }
        }
        before = &item.path;
    }
    parts
}
