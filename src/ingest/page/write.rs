//! Lines and tables in reading order → blocks of a document.

use super::line::Line;
use super::prose::{self, Margins};
use super::sheet::Item;
use super::table::{Cell, Table};
use crate::document::{self, Block, Blocks, Document, Origin, Paragraph, Row};
use crate::ingest::text::columns::{self, Printed};
use crate::ingest::{Error, Limits};

/// Writes blocks from top to bottom.
pub(super) struct Writer<'l> {
    limits: &'l Limits,
    margins: Margins,
    document: Document,
    /// Lines since the last table.
    open: Vec<(Line, u32)>,
    paragraphs: usize,
    cells: usize,
}

impl<'l> Writer<'l> {
    pub(super) fn new(limits: &'l Limits, margins: Margins) -> Self {
        Writer { limits, margins, document: Document::default(), open: Vec::new(), paragraphs: 0, cells: 0 }
    }

    /// Adds a line of a page.
    pub(super) fn line(&mut self, line: Line, page: u32) {
        self.open.push((line, page));
    }

    /// Adds a table below what was added before.
    pub(super) fn table(&mut self, table: Table) -> Result<(), Error> {
        self.close()?;
        let index = self.tables(table)?;
        self.document.blocks.push(Block::Table(index));
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Document, Error> {
        self.close()?;
        Ok(self.document)
    }

    /// Writes the open lines: those in columns as tables, others as paragraphs.
    fn close(&mut self) -> Result<(), Error> {
        let lines = std::mem::take(&mut self.open);
        let printed: Vec<Printed> = if columns::are_likely(lines.iter().map(|(line, _)| line.stretches.len())) {
            lines.iter().map(|(line, page)| printed(line, *page)).collect()
        } else {
            Vec::new()
        };
        let mut at = 0;
        for (range, table) in columns::tables(&printed, self.number()) {
            self.prose(&lines[at..range.start])?;
            at = range.end;
            self.cells += table.rows.iter().map(|row| row.cells.len()).sum::<usize>();
            self.admit()?;
            self.document.blocks.push(Block::Table(self.document.tables.len()));
            self.document.tables.push(table);
        }
        self.prose(&lines[at..])
    }

    fn prose(&mut self, lines: &[(Line, u32)]) -> Result<(), Error> {
        let mut paragraph: Option<(String, u32)> = None;
        for (at, (line, page)) in lines.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &lines[before]);
            let goes_on = before.is_some_and(|(before, on)| prose::goes_on(before, line, self.margins, on == page));
            match &mut paragraph {
                Some((open, _)) if goes_on => prose::join(open, &line.text()),
                _ => self.paragraph(paragraph.replace((line.text(), *page)))?,
            }
        }
        self.paragraph(paragraph)
    }

    fn paragraph(&mut self, paragraph: Option<(String, u32)>) -> Result<(), Error> {
        if let Some((text, page)) = paragraph {
            self.paragraphs += 1;
            let origin = Origin { page: Some(page), ..Origin::of_line(self.number()) };
            self.document.blocks.push(Block::Paragraph(Paragraph { text: text.into(), number: None, origin }));
        }
        self.admit()
    }

    fn number(&self) -> u32 {
        u32::try_from(self.paragraphs).unwrap_or(u32::MAX)
    }

    fn admit(&self) -> Result<(), Error> {
        let Limits { paragraphs, cells, .. } = *self.limits;
        if self.paragraphs > paragraphs {
            return Err(Error::limit("paragraphs", paragraphs, self.paragraphs));
        }
        if self.cells > cells { Err(Error::limit("cells", cells, self.cells)) } else { Ok(()) }
    }

    /// Writes a table, those within it after it; its index.
    fn tables(&mut self, table: Table) -> Result<usize, Error> {
        let index = self.document.tables.len();
        self.document.tables.push(document::Table::default());
        let mut todo = vec![(index, table)];
        while let Some((at, table)) = todo.pop() {
            self.cells += table.cells.len();
            self.admit()?;
            let mut rows: Vec<Row> = vec![Row::default(); table.rows];
            let mut free = Free::of(&table);
            let page = table.page;
            for (at, row) in rows.iter_mut().enumerate() {
                row.cells.reserve_exact(table.row(at).len());
            }
            for cell in table.cells {
                let row = cell.rows.start;
                free.fill(&mut rows[row], row, cell.columns.start);
                free.begin(row, cell.columns.end);
                let written = self.cell(cell, &mut todo);
                rows[row].cells.push(written);
            }
            for (at, row) in rows.iter_mut().enumerate() {
                row.after = free.after(at);
            }
            self.document.tables[at] = document::Table { rows, page: Some(page), ..document::Table::default() };
        }
        Ok(index)
    }

    /// A cell; nested tables are put on the list of what is still to be written.
    fn cell(&mut self, cell: Cell, todo: &mut Vec<(usize, Table)>) -> document::Cell {
        let span = |range: &std::ops::Range<usize>| u32::try_from(range.len()).unwrap_or(u32::MAX);
        let (column_span, row_span, page) = (span(&cell.columns), span(&cell.rows), Some(cell.page));
        let mut blocks = Blocks::new();
        if !cell.is_blank() {
            let nested = cell.items.iter().any(|item| matches!(item, Item::Table(_)));
            if nested {
                self.mixed(cell, &mut blocks, todo);
            } else {
                let page = cell.page;
                cell.paragraphs(|text| blocks.push(block(text, page)));
            }
        }
        document::Cell { blocks, column_span, row_span, page, ..document::Cell::default() }
    }

    /// Lines and tables of a cell in their order.
    fn mixed(&mut self, cell: Cell, blocks: &mut Blocks, todo: &mut Vec<(usize, Table)>) {
        let mut lines: Vec<Line> = Vec::new();
        let flush = |lines: &mut Vec<Line>, blocks: &mut Blocks| {
            let texts = prose::paragraphs(&lines.iter().collect::<Vec<_>>());
            blocks.extend(texts.into_iter().map(|text| block(text, cell.page)));
            lines.clear();
        };
        for item in cell.items {
            match item {
                Item::Line(line) => lines.push(line),
                Item::Table(table) => {
                    flush(&mut lines, blocks);
                    blocks.push(Block::Table(self.document.tables.len()));
                    todo.push((self.document.tables.len(), table));
                    self.document.tables.push(document::Table::default());
                }
            }
        }
        flush(&mut lines, blocks);
    }
}

/// Slots of a table that no cell covers: open to the outside, or left over.
struct Free {
    columns: usize,
    free: Vec<bool>,
    /// Where the next cell of each row may begin.
    at: Vec<usize>,
}

impl Free {
    fn of(table: &Table) -> Self {
        let columns = table.xs.len() - 1;
        let mut free = vec![true; columns * table.rows];
        for cell in &table.cells {
            for row in cell.rows.clone() {
                free[row * columns..][cell.columns.clone()].fill(false);
            }
        }
        Free { columns, free, at: vec![0; table.rows] }
    }

    /// Leaves out the free slots before a cell: those at the left side as such, others as blank cells.
    fn fill(&self, row: &mut Row, at: usize, column: usize) {
        for free in self.at[at]..column {
            if !self.free[at * self.columns + free] {
                continue;
            }
            let leading = row.cells.is_empty() && self.free[at * self.columns..][..free].iter().all(|free| *free);
            if leading {
                row.before += 1;
            } else {
                row.cells.push(document::Cell::default());
            }
        }
    }

    fn begin(&mut self, row: usize, end: usize) {
        self.at[row] = end;
    }

    /// Free slots at the right side.
    fn after(&self, row: usize) -> u32 {
        let slots = &self.free[row * self.columns..][..self.columns];
        u32::try_from(slots.iter().rev().take_while(|free| **free).count()).unwrap_or(u32::MAX)
    }
}

fn block(text: String, page: u32) -> Block {
    let origin = Origin { page: Some(page), ..Origin::default() };
    Block::Paragraph(Paragraph { text: text.into(), number: None, origin })
}

fn printed(line: &Line, page: u32) -> Printed {
    let stretches = line.stretches.iter().map(|stretch| (stretch.x0, stretch.text.clone())).collect();
    Printed { page, size: line.size, height: (line.area.y0, line.area.y1), stretches }
}
