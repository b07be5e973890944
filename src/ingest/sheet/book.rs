//! A workbook as every spreadsheet format says it, on its way into the common [`Document`].
//!
//! A sheet is kept as the cells that are there. Rows with one cell are lines of text and part the
//! sheet into tables. Pages are sheets, lines are rows of the sheet, columns are its columns: so
//! a place in the document is a place in the sheet.

use std::collections::{BTreeMap, HashMap};

use super::lines::{Part, SheetRow, parts};
use crate::document::{Aside, AsideKind, Block, Cell, Document, Origin, Paragraph, Row, Table};
use crate::ingest::limits::Copies;
use crate::ingest::{Error, Limits};

/// Blank rows within a table. After more, another table begins.
const MOST_BLANK_ROWS: u32 = 50;

/// Names that programs give to sheets, but for the number: they say nothing.
const USUAL_NAMES: &[&str] = &["Sheet", "sheet", "工作表", "Table"];

/// A cell of a sheet; rows and columns count from 0.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: String,
    /// Rows and columns that it covers.
    pub(super) rows: u32,
    pub(super) columns: u32,
}

impl Seen {
    pub(super) fn new(row: u32, column: u32, text: String) -> Self {
        Seen { row, column, text, rows: 1, columns: 1 }
    }

    fn says_something(&self) -> bool {
        !self.text.trim().is_empty()
    }

    fn end(&self) -> u32 {
        self.column.saturating_add(self.columns)
    }
}

/// Merged cells: the first row and column, and how many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) rows: u32,
    pub(super) columns: u32,
}

/// A sheet as its file says it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Cells with text, and empty ones with a border: they are blanks of a table.
    pub(super) cells: Vec<Seen>,
    pub(super) merges: Vec<Merge>,
    /// The file draws borders around cells, so that cells without one are no cells of a table.
    pub(super) bordered: bool,
}

/// A row of a sheet with its cells from left to right.
#[derive(Debug)]
struct Line {
    number: u32,
    cells: Vec<Seen>,
}

impl Line {
    /// The columns from its first cell to its last.
    fn extent(&self) -> (u32, u32) {
        let first = self.cells.first().map_or(0, |cell| cell.column);
        (first, self.cells.iter().map(Seen::end).max().unwrap_or(first))
    }
}

impl SheetRow for Line {
    fn number(&self) -> Option<usize> {
        Some(self.number as usize)
    }

    fn reach(&self) -> usize {
        self.cells.iter().map(|cell| cell.rows as usize).max().unwrap_or(0)
    }

    fn is_blank(&self) -> bool {
        !self.cells.iter().any(Seen::says_something)
    }
}

/// What may still be taken out of a workbook.
#[derive(Debug, Default)]
pub(super) struct Room {
    limits: Limits,
    cells: usize,
    texts: Copies,
    passed: Option<Error>,
}

impl Room {
    pub(super) fn of(limits: &Limits) -> Self {
        Room { limits: *limits, ..Room::default() }
    }

    /// Takes a cell with this text, unless a limit is passed, now or before.
    pub(super) fn take(&mut self, text: &str) -> bool {
        self.cells += 1;
        let limit = self.limits.cells;
        let counted = if self.cells > limit { Err(Error::limit("cells", limit, self.cells)) } else { Ok(()) };
        let counted = counted.and_then(|()| self.texts.take(Copies::of(text), 1, &self.limits));
        self.passed = self.passed.take().or(counted.err());
        self.passed.is_none()
    }

    /// Whether nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.passed.is_some()
    }

    /// The limit that was passed.
    pub(super) fn passed(self) -> Option<Error> {
        self.passed
    }
}

/// Puts sheets into a document.
pub(super) struct Builder {
    limits: Limits,
    document: Document,
    cells: usize,
    paragraphs: usize,
    /// Sheets that a person sees, those with nothing in them included.
    seen: u32,
    empty: usize,
    hidden: usize,
}

impl Builder {
    pub(super) fn new(limits: &Limits) -> Self {
        let document = Document::default();
        Builder { limits: *limits, document, cells: 0, paragraphs: 0, seen: 0, empty: 0, hidden: 0 }
    }

    /// Adds a sheet.
    ///
    /// # Errors
    /// [`Error::Limit`] if there are too many cells or lines.
    pub(super) fn sheet(&mut self, sheet: Sheet) -> Result<(), Error> {
        if sheet.hidden {
            self.hidden += 1;
            return Ok(());
        }
        self.seen += 1;
        if !sheet.cells.iter().any(Seen::says_something) {
            self.empty += 1;
            return Ok(());
        }
        let (name, bordered) = (sheet.name.clone(), sheet.bordered);
        let lines = rows(sheet);
        let texts: Vec<bool> = (0..lines.len()).map(|at| is_text(&lines, at, bordered)).collect();
        let mut named = false;
        for part in parts(lines, |at, _| texts[at]) {
            if !std::mem::replace(&mut named, true) {
                self.name(&name, matches!(part, Part::Table(_)))?;
            }
            match part {
                Part::Line(line) => self.text(&line)?,
                Part::Table(lines) => self.tables(lines)?,
            }
        }
        Ok(())
    }

    /// The name of a sheet that begins with a table is its caption; beside a title it is no more
    /// than a running head.
    fn name(&mut self, name: &str, caption: bool) -> Result<(), Error> {
        let usual = |usual: &&str| name.strip_prefix(usual).is_some_and(|rest| rest.trim().parse::<u32>().is_ok());
        if name.trim().is_empty() || USUAL_NAMES.iter().any(usual) {
            return Ok(());
        }
        if caption {
            let origin = Origin { page: Some(self.seen), ..Origin::default() };
            return self.paragraph(name.to_owned(), origin);
        }
        self.document.asides.push(Aside { kind: AsideKind::Header, text: name.to_owned() });
        Ok(())
    }

    fn text(&mut self, line: &Line) -> Result<(), Error> {
        let origin = Origin { page: Some(self.seen), ..Origin::of_line(line.number + 1) };
        for text in line.cells.iter().flat_map(|cell| cell.text.lines()) {
            self.paragraph(text.to_owned(), origin)?;
        }
        Ok(())
    }

    fn paragraph(&mut self, text: String, origin: Origin) -> Result<(), Error> {
        self.paragraphs += 1;
        let most = self.limits.paragraphs;
        if self.paragraphs > most {
            return Err(Error::limit("paragraphs", most, self.paragraphs));
        }
        self.document.blocks.push(Block::Paragraph(Paragraph { text: text.into(), number: None, origin }));
        Ok(())
    }

    /// Adds a table, or several where many rows between them are blank.
    fn tables(&mut self, lines: Vec<Line>) -> Result<(), Error> {
        let mut table: Vec<Line> = Vec::new();
        for line in lines {
            let far = |last: &Line| line.number - last.number > MOST_BLANK_ROWS;
            if table.last().is_some_and(far) {
                self.table(std::mem::take(&mut table))?;
            }
            table.push(line);
        }
        self.table(table)
    }

    fn table(&mut self, lines: Vec<Line>) -> Result<(), Error> {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(()) };
        let (top, bottom) = (first.number, last.number);
        let left = lines.iter().map(|line| line.extent().0).min().unwrap_or(0);
        let right = lines.iter().map(|line| line.extent().1).max().unwrap_or(0);
        let mut frame = Frame { page: self.seen, left, right, hanging: vec![0; (right - left) as usize] };
        let mut table = Table { page: Some(self.seen), ..Table::default() };
        let mut lines = lines.into_iter().peekable();
        for number in top..=bottom {
            let cells = lines.next_if(|line| line.number == number).map(|line| line.cells).unwrap_or_default();
            // Counted before it is made, covered places included: a merged cell may be as wide as it likes.
            self.cells += frame.hanging.len().max(1);
            if self.cells > self.limits.cells {
                return Err(Error::limit("cells", self.limits.cells, self.cells));
            }
            table.rows.push(frame.row(number, cells));
        }
        self.document.blocks.push(Block::Table(self.document.tables.len()));
        self.document.tables.push(table);
        Ok(())
    }

    /// The document, and what was left out, for people.
    pub(super) fn finish(self, format: &str) -> Document {
        let mut document = self.document;
        let read = self.seen as usize - self.empty;
        let mut variant = format!("{format}, {read} {}", if read == 1 { "sheet" } else { "sheets" });
        let left: Vec<String> = [(self.hidden, "hidden"), (self.empty, "empty")]
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !left.is_empty() {
            variant.push_str(&format!(" (left out: {})", left.join(", ")));
        }
        document.variant = Some(variant);
        document
    }
}

/// The columns of a table, and what reaches into its rows from above.
struct Frame {
    page: u32,
    left: u32,
    right: u32,
    /// For each column, for how many rows on a cell above covers it.
    hanging: Vec<u32>,
}

impl Frame {
    /// A row with its cells, and empty ones in the places between.
    fn row(&mut self, number: u32, cells: Vec<Seen>) -> Row {
        let mut row = Row { before: self.left, ..Row::default() };
        let mut cells = cells.into_iter().peekable();
        let mut column = self.left;
        while column < self.right {
            let at = (column - self.left) as usize;
            if let Some(seen) = cells.next_if(|seen| seen.column == column) {
                let end = seen.end().min(self.right);
                self.hanging[at..(end - self.left) as usize].fill(seen.rows);
                column = end;
                row.cells.push(self.cell(number, seen));
            } else {
                column += 1;
                if self.hanging[at] == 0 {
                    row.cells.push(self.cell(number, Seen::new(number, column, String::new())));
                }
            }
        }
        self.hanging.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        row
    }

    fn cell(&self, number: u32, seen: Seen) -> Cell {
        let origin = Origin { page: Some(self.page), ..Origin::of_line(number + 1) };
        let paragraph = |line: &str| Block::Paragraph(Paragraph { text: line.into(), number: None, origin });
        Cell {
            blocks: seen.text.lines().map(paragraph).collect(),
            column_span: seen.columns,
            row_span: seen.rows,
            line: origin.line,
            page: origin.page,
            ..Cell::default()
        }
    }
}

/// The rows of a sheet in which something is, their cells merged as it says.
fn rows(sheet: Sheet) -> Vec<Line> {
    let Sheet { mut cells, merges, .. } = sheet;
    let merges: HashMap<(u32, u32), Merge> =
        merges.into_iter().map(|merge| ((merge.row, merge.column), merge)).collect();
    cells.extend(merges.keys().map(|&(row, column)| Seen::new(row, column, String::new())));
    // Of cells in one place that with text comes first, and stays.
    cells.sort_by_key(|cell| (cell.row, cell.column, cell.text.is_empty()));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    let mut covered = Covered::default();
    let mut lines: Vec<Line> = Vec::new();
    for mut cell in cells {
        if covered.holds(cell.row, cell.column) {
            continue;
        }
        if let Some(&merge) = merges.get(&(cell.row, cell.column))
            && covered.add(merge)
        {
            (cell.rows, cell.columns) = (merge.rows, merge.columns);
        }
        match lines.last_mut() {
            Some(line) if line.number == cell.row => line.cells.push(cell),
            _ => lines.push(Line { number: cell.row, cells: vec![cell] }),
        }
    }
    lines
}

/// The places that merged cells cover, row after row: by first column, the end and the last row.
#[derive(Default)]
struct Covered(BTreeMap<u32, (u32, u32)>);

impl Covered {
    fn holds(&self, row: u32, column: u32) -> bool {
        let before = self.0.range(..=column).next_back();
        before.is_some_and(|(_, &(end, last))| column < end && row <= last)
    }

    /// Adds merged cells, unless they overlap with others: that is against the rules.
    fn add(&mut self, merge: Merge) -> bool {
        let end = merge.column.saturating_add(merge.columns);
        let is_over = |last: u32| last < merge.row;
        let before = self.0.range(..merge.column).next_back();
        if before.is_some_and(|(_, &(other, last))| other > merge.column && !is_over(last)) {
            return false;
        }
        while let Some((&first, &(_, last))) = self.0.range(merge.column..end).next() {
            if !is_over(last) {
                return false;
            }
            self.0.remove(&first);
        }
        self.0.insert(merge.column, (end, merge.row.saturating_add(merge.rows - 1)));
        true
    }
}

/// Whether a row is a line of text and no row of a table: it has one cell, and
/// - that is merged, and not just as wide as the row of cells next to it, whose caption it would be;
/// - or it is not merged, and does not stand within the rows of a table that draws no borders:
///   there it may be a label with blanks beside it.
fn is_text(lines: &[Line], at: usize, bordered: bool) -> bool {
    let line = &lines[at];
    let [cell] = &line.cells[..] else { return false };
    if cell.rows > 1 || !cell.says_something() {
        return false;
    }
    let above = at.checked_sub(1).map(|above| &lines[above]).filter(|above| above.number + 1 == line.number);
    let below = lines.get(at + 1).filter(|below| below.number == line.number + 1);
    let is_row = |line: &&Line| line.cells.len() > 1;
    if cell.columns > 1 {
        let beside = below.filter(is_row).or(above.filter(is_row));
        return beside.is_none_or(|beside| beside.extent() != line.extent());
    }
    bordered || !(above.is_some_and(|above| is_row(&above)) && below.is_some_and(|below| is_row(&below)))
}
