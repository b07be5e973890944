//! Rows of text → the document.

use super::lines::{Line, trim};
use crate::document::{Block, Cell, Document, Origin, Paragraph, Row, Spans, Table};

/// A line, or a part of one, in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Number of the line.
    pub line: u32,
    /// Its page.
    pub page: Option<u32>,
    /// What it says, without padding.
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    /// The part `text` of a line.
    pub(super) fn of(line: &Line<'a>, text: &'a str) -> Self {
        Piece { line: line.number, page: line.page, text: trim(text) }
    }
}

/// A cell: the line on which it begins, and a piece for each of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft<'a> {
    /// Line and page on which it begins; its text is not used.
    pub begin: Piece<'a>,
    /// Its lines; blank ones are left out.
    pub pieces: Vec<Piece<'a>>,
}

impl<'a> Draft<'a> {
    /// A cell that begins with this piece.
    pub(super) fn of(piece: Piece<'a>) -> Self {
        let mut draft = Draft { begin: piece, pieces: Vec::new() };
        draft.add(piece);
        draft
    }

    /// Continues the cell.
    pub(super) fn add(&mut self, piece: Piece<'a>) {
        if !piece.text.is_empty() {
            self.pieces.push(piece);
        }
    }

    /// Says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// A row of drafts.
pub(super) type Cells<'a> = Vec<Draft<'a>>;

/// Builds the document from top to bottom.
#[derive(Default)]
pub(super) struct Builder {
    /// What was built so far.
    pub document: Document,
    /// Cells so far, for the limit.
    pub cells: usize,
}

impl Builder {
    /// A line of running text; a blank one is nothing.
    pub(super) fn paragraph(&mut self, line: &Line<'_>) {
        if !line.is_blank() {
            self.document.blocks.push(Block::Paragraph(paragraph(&Piece::of(line, line.text))));
        }
    }

    /// A table; rows without cells are left out, and a table without rows.
    pub(super) fn table(&mut self, rows: Vec<Cells<'_>>, wrapped: bool) {
        let page = rows.iter().flatten().next().and_then(|draft| draft.begin.page);
        let rows: Vec<Row> = rows.iter().filter(|cells| !cells.is_empty()).map(row).collect();
        if rows.is_empty() {
            return;
        }
        self.cells += rows.iter().map(|row| row.cells.len()).sum::<usize>();
        self.document.blocks.push(Block::Table(self.document.tables.len()));
        self.document.tables.push(Table { rows, spans: Spans::Lost, wrapped, page });
    }
}

fn row(cells: &Cells<'_>) -> Row {
    Row { cells: cells.iter().map(cell).collect(), ..Row::default() }
}

fn cell(draft: &Draft<'_>) -> Cell {
    let begin = draft.pieces.first().unwrap_or(&draft.begin);
    Cell {
        blocks: draft.pieces.iter().map(|piece| Block::Paragraph(paragraph(piece))).collect(),
        line: Some(begin.line),
        page: begin.page,
        ..Cell::default()
    }
}

fn paragraph(piece: &Piece<'_>) -> Paragraph {
    let origin = Origin { page: piece.page, line: Some(piece.line), ..Origin::default() };
    Paragraph { text: piece.text.into(), number: None, origin }
}
