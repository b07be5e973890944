//! A lattice with its text → a table of the page.

use std::ops::Range;

use super::lattice::Lattice;
use super::line::Line;
use super::sheet::Item;
use super::tolerance::MOST_LABEL_LINES;
use super::{Rect, prose};

/// A cell as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
    pub(super) area: Rect,
    /// Lines and nested tables from top to bottom.
    pub(super) items: Vec<Item>,
    /// Page on which it begins.
    pub(super) page: u32,
}

/// A table as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) area: Rect,
    pub(super) xs: Vec<f32>,
    /// Rows; places of their lines count only within a page.
    pub(super) rows: usize,
    /// From top to bottom, from left to right.
    pub(super) cells: Vec<Cell>,
    /// Page on which it begins.
    pub(super) page: u32,
}

impl Table {
    /// The table of a lattice, with the items of each of its cells.
    pub(super) fn of(lattice: &Lattice, items: Vec<Vec<Item>>, page: u32) -> Self {
        let cells = lattice.cells.iter().zip(items).map(|(cell, items)| Cell {
            columns: cell.columns.clone(),
            rows: cell.rows.clone(),
            area: lattice.cell_area(cell),
            items,
            page,
        });
        let (area, rows) = (lattice.area(), lattice.ys.len() - 1);
        Table { area, xs: lattice.xs.clone(), rows, cells: cells.collect(), page }
    }

    /// The cells that begin in a row.
    pub(super) fn row(&self, row: usize) -> &[Cell] {
        let from = self.cells.partition_point(|cell| cell.rows.start < row);
        let to = self.cells.partition_point(|cell| cell.rows.start <= row);
        &self.cells[from..to]
    }
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn lines(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
    }

    /// Its own lines, joined by breaks.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, line) in self.lines().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            line.write(&mut text);
        }
        text
    }

    /// Gives the texts of its paragraphs: one for a label or a number, however many lines it takes.
    pub(super) fn paragraphs(self, mut give: impl FnMut(String)) {
        let lines: Vec<&Line> = if self.items.len() > MOST_LABEL_LINES { self.lines().collect() } else { Vec::new() };
        if lines.len() > MOST_LABEL_LINES {
            prose::paragraphs(&lines).into_iter().for_each(give);
        } else {
            give(self.into_text());
        }
    }

    /// Its [text](Cell::text), taken where it is one piece.
    fn into_text(mut self) -> String {
        match self.items.as_mut_slice() {
            [Item::Line(line)] if line.stretches.len() == 1 => std::mem::take(&mut line.stretches[0].text),
            _ => self.text(),
        }
    }
}
