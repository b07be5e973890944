//! Pages → one document: tables joined, lines made paragraphs or columns.

use super::join;
use super::line::Line;
use super::prose::{self, Margins};
use super::sheet::{Item, Sheet};
use super::table::{Cell, Table};
use super::tolerance::{SCAN, TEXT_WIDTH};
use super::{Page, glyphs};
use crate::document::{self, Block, Document, Origin, Paragraph, Row};
use crate::finding::{Code, Finding};
use crate::ingest::text::columns::{self, Printed};
use crate::ingest::{Error, Limits};

/// A page with fewer characters of its own than this may be a scan: a number, a stamp.
const FEW: usize = 16;

/// Shapes of a page whose characters are drawn as outlines.
const MANY_SHAPES: usize = 64;

/// A table goes on over a page if it ends in the lower part of one (share of its height) …
const ENDS_BELOW: f32 = 0.5;
/// … and begins in the upper part of the next.
const BEGINS_ABOVE: f32 = 0.4;

/// The document of pages without their heads and feet.
pub(super) fn document(sheets: Vec<Sheet>, limits: &Limits) -> Result<Document, Error> {
    let margins = margins(&sheets);
    let mut writer =
        Writer { limits, margins, document: Document::default(), open: Vec::new(), paragraphs: 0, cells: 0 };
    for part in joined(sheets) {
        match part {
            Part::Line(line, page) => writer.open.push((line, page)),
            Part::Table(table) => {
                writer.close()?;
                let index = writer.table(table)?;
                writer.document.blocks.push(Block::Table(index));
            }
        }
    }
    writer.close()?;
    Ok(writer.document)
}

/// A part of the whole, in reading order.
enum Part {
    Line(Line, u32),
    Table(Table),
}

/// Lines and tables of all pages, tables that go on over a page joined.
fn joined(sheets: Vec<Sheet>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The page on which the last part, a table near its foot, ends.
    let mut ends: Option<u32> = None;
    for sheet in sheets {
        let count = sheet.items.len();
        for (at, item) in sheet.items.into_iter().enumerate() {
            let low = at + 1 == count && item.area().y1 >= ENDS_BELOW * sheet.height;
            let high = at == 0 && item.area().y0 <= BEGINS_ABOVE * sheet.height;
            let follows = high && ends.is_some_and(|page| page + 1 == sheet.page);
            ends = (low && matches!(item, Item::Table(_))).then_some(sheet.page);
            let next = match (item, parts.last_mut()) {
                (Item::Line(line), _) => Some(Part::Line(line, sheet.page)),
                (Item::Table(table), Some(Part::Table(upper))) if follows => join::join(upper, table).map(Part::Table),
                (Item::Table(table), _) => Some(Part::Table(table)),
            };
            parts.extend(next);
        }
    }
    parts
}

/// The margins of the text outside of tables. A line that sticks out alone does not move them.
fn margins(sheets: &[Sheet]) -> Margins {
    let lines = || {
        sheets.iter().flat_map(|sheet| &sheet.items).filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
    };
    let mut left: Vec<f32> = lines().map(|line| line.area.x0).collect();
    let mut right: Vec<f32> = lines().map(|line| -line.area.x1).collect();
    let width = sheets.iter().map(|sheet| sheet.width).fold(0.0, f32::max);
    let right = -outermost(&mut right);
    Margins { left: outermost(&mut left), right: if right < TEXT_WIDTH * width { f32::INFINITY } else { right } }
}

/// The least place that another one is near to, else the least.
fn outermost(places: &mut [f32]) -> f32 {
    places.sort_unstable_by(f32::total_cmp);
    let shared = places.windows(2).find(|pair| pair[1] - pair[0] <= 6.0).map(|pair| pair[0]);
    shared.or(places.first().copied()).unwrap_or(0.0)
}

/// Writes blocks from top to bottom.
struct Writer<'l> {
    limits: &'l Limits,
    margins: Margins,
    document: Document,
    /// Lines since the last table.
    open: Vec<(Line, u32)>,
    paragraphs: usize,
    cells: usize,
}

impl Writer<'_> {
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
        let mut paragraph: Option<Paragraph> = None;
        for (at, (line, page)) in lines.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &lines[before]);
            let goes_on = before.is_some_and(|(before, on)| prose::goes_on(before, line, self.margins, on == page));
            match &mut paragraph {
                Some(open) if goes_on => prose::join(&mut open.text, &line.text()),
                _ => {
                    let origin = Origin { page: Some(*page), ..Origin::default() };
                    let next = Paragraph { text: line.text(), number: None, origin };
                    self.paragraph(paragraph.replace(next))?;
                }
            }
        }
        self.paragraph(paragraph)
    }

    fn paragraph(&mut self, paragraph: Option<Paragraph>) -> Result<(), Error> {
        if let Some(mut paragraph) = paragraph {
            self.paragraphs += 1;
            paragraph.origin.line = Some(self.number());
            self.document.blocks.push(Block::Paragraph(paragraph));
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

    /// Adds a table, those within it after it; its index.
    fn table(&mut self, table: Table) -> Result<usize, Error> {
        let index = self.document.tables.len();
        self.document.tables.push(document::Table::default());
        let mut todo = vec![(index, table)];
        while let Some((at, table)) = todo.pop() {
            self.cells += table.cells.len();
            self.admit()?;
            let mut rows: Vec<Row> = vec![Row::default(); table.rows];
            let mut free = Free::of(&table);
            let page = table.page;
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
        let mut blocks = Vec::new();
        if !cell.is_blank() {
            let nested = cell.items.iter().any(|item| matches!(item, Item::Table(_)));
            if nested {
                self.mixed(cell, &mut blocks, todo);
            } else {
                blocks.extend(cell.paragraphs().into_iter().map(|text| block(text, cell.page)));
            }
        }
        document::Cell { blocks, column_span, row_span, page, ..document::Cell::default() }
    }

    /// Lines and tables of a cell in their order.
    fn mixed(&mut self, cell: Cell, blocks: &mut Vec<Block>, todo: &mut Vec<(usize, Table)>) {
        let mut lines: Vec<Line> = Vec::new();
        let flush = |lines: &mut Vec<Line>, blocks: &mut Vec<Block>| {
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
    Block::Paragraph(Paragraph { text, number: None, origin })
}

fn printed(line: &Line, page: u32) -> Printed {
    let stretches = line.stretches.iter().map(|stretch| (stretch.x0, stretch.text.clone())).collect();
    Printed { page, size: line.size, height: (line.area.y0, line.area.y1), stretches }
}

/// What is to be said about the pages: scans, recognised text, characters that are not spelled.
pub(super) fn findings(pages: &[Page], sheets: &[Sheet]) -> Vec<Finding> {
    let numbers = |is: fn(&Page) -> bool| -> Vec<u32> {
        pages.iter().zip(sheets).filter(|(page, _)| is(page)).map(|(_, sheet)| sheet.page).collect()
    };
    let said = |code: Code, pages: Vec<u32>| {
        let origin = Origin { page: pages.first().copied(), ..Origin::default() };
        let count = pages.len().to_string();
        (!pages.is_empty()).then(|| Finding::new(code).found(count).detail("pages", ranges(&pages)).at(origin))
    };
    let unspelled: usize = pages.iter().map(unspelled).sum();
    let unspelled = said(Code::TextNotSpelled, numbers(|page| unspelled_on(page)))
        .map(|finding| finding.found(unspelled.to_string()));
    let scanned = said(Code::Scanned, numbers(is_scan));
    let recognised = said(Code::TextRecognised, numbers(is_recognised));
    scanned.into_iter().chain(recognised).chain(unspelled).collect()
}

fn unspelled_on(page: &Page) -> bool {
    unspelled(page) > 0
}

fn unspelled(page: &Page) -> usize {
    page.glyphs.iter().filter(|glyph| glyph.text.is_none()).count()
}

/// A page of pictures (or of drawn outlines) with next to no text.
fn is_scan(page: &Page) -> bool {
    let written = |glyph: &&super::Glyph| glyph.text.as_deref().is_none_or(|text| !text.trim().is_empty());
    let characters = page.glyphs.iter().filter(written).take(FEW).count();
    let area = page.width * page.height;
    let pictured = page.pictures.iter().map(|picture| picture.width() * picture.height()).sum::<f32>() >= SCAN * area;
    characters < FEW && pictured || characters == 0 && (page.shapes >= MANY_SHAPES || !page.pictures.is_empty())
}

/// A page whose text was recognised in a picture of it.
fn is_recognised(page: &Page) -> bool {
    page.glyphs.iter().any(|glyph| glyphs::is_recognised(glyph, &page.pictures))
}

/// `1–3, 5`.
fn ranges(pages: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => parts.push((page, page)),
        }
    }
    let shown = parts
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_in_stretches() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), "1–3, 5, 7–8");
        assert_eq!(ranges(&[]), "");
    }
}
