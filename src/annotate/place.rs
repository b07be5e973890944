//! Places of findings → places in the bytes of the body.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::document::{Anatomy, Block, Cell, Element, Grid, Origin, Paragraph, Spot};

/// What a comment is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The paragraph.
    pub element: Element,
    /// The bytes between the marks.
    pub bytes: Range<usize>,
}

/// Looks up places in one file.
pub(super) struct Places<'a> {
    anatomy: &'a Anatomy,
    texts: HashMap<u32, &'a Paragraph>,
    grids: RefCell<HashMap<usize, Rc<Grid>>>,
}

impl<'a> Places<'a> {
    pub fn of(anatomy: &'a Anatomy) -> Self {
        let document = &anatomy.document;
        let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let blocks = document.blocks.iter().chain(cells.flat_map(|cell| &cell.blocks));
        let numbered = |block: &'a Block| match block {
            Block::Paragraph(paragraph) => Some((paragraph.origin.line?, paragraph)),
            Block::Table(_) => None,
        };
        Places { anatomy, texts: blocks.filter_map(numbered).collect(), grids: RefCell::default() }
    }

    /// The whole paragraph of a place: of a cell, its first with text.
    pub fn paragraph(&self, origin: Origin) -> Option<Anchor> {
        let spot = self.spot(self.number(origin)?)?;
        Some(Anchor { element: spot.element.clone(), bytes: spot.element.from..spot.element.to })
    }

    /// The runs of a paragraph that hold a sentence, or all of it where they are not known.
    pub fn sentence(&self, origin: Origin, sentence: &str) -> Option<Anchor> {
        let number = self.number(origin)?;
        let whole = self.paragraph(origin)?;
        Some(self.runs(number, sentence).map_or(whole.clone(), |bytes| Anchor { bytes, ..whole }))
    }

    fn runs(&self, number: u32, sentence: &str) -> Option<Range<usize>> {
        let spot = self.anatomy.paragraphs.get(number as usize - 1)?.as_ref()?;
        if spot.host != number as usize || sentence.is_empty() {
            return None;
        }
        let from = self.texts.get(&number)?.text.find(sentence)?;
        let wanted = from..from + sentence.len();
        let mut over = spot.runs.iter().filter(|run| run.text.start < wanted.end && run.text.end > wanted.start);
        let first = over.next()?;
        let last = over.next_back().unwrap_or(first);
        Some(first.bytes.start..last.bytes.end)
    }

    /// The first paragraph of the body.
    pub fn first(&self) -> Option<Anchor> {
        let spot = self.anatomy.paragraphs.iter().flatten().find(|spot| self.is_own(spot))?;
        Some(Anchor { element: spot.element.clone(), bytes: spot.element.from..spot.element.to })
    }

    /// Whether a paragraph stands in the flow of the text. Text boxes take no comments in some programs; theirs
    /// are put at the paragraph that the box hangs on.
    fn is_own(&self, spot: &Spot) -> bool {
        self.anatomy.paragraphs.get(spot.host - 1).is_some_and(|host| host.as_ref() == Some(spot))
    }

    fn spot(&self, number: u32) -> Option<&Spot> {
        let spot = self.anatomy.paragraphs.get(number.checked_sub(1)? as usize)?.as_ref()?;
        self.anatomy.paragraphs.get(spot.host - 1)?.as_ref()
    }

    /// The paragraph of a place, by number.
    fn number(&self, origin: Origin) -> Option<u32> {
        let Some(table) = origin.table else { return origin.line.filter(|line| *line > 0) };
        let table = table.checked_sub(1)? as usize;
        let rows = &self.anatomy.document.tables.get(table)?.rows;
        let within = match (origin.row, origin.column) {
            (Some(row), Some(column)) => self.slot(table, row, column),
            (Some(row), None) => rows.get(row.checked_sub(1)? as usize).and_then(|row| row.cells.first()),
            (None, _) => None,
        };
        let first = || rows.iter().flat_map(|row| &row.cells).find_map(|cell| self.of_cell(cell));
        within.and_then(|cell| self.of_cell(cell)).or_else(first)
    }

    fn slot(&self, table: usize, row: u32, column: u32) -> Option<&'a Cell> {
        let document = &self.anatomy.document;
        let grid = || Rc::new(document.tables[table].grid());
        let grid = Rc::clone(self.grids.borrow_mut().entry(table).or_insert_with(grid));
        let slot = grid.slot(row.checked_sub(1)? as usize, column.checked_sub(1)? as usize);
        document.tables[table].cell(slot)
    }

    /// The first paragraph with text of a cell and of the tables in it, else the first.
    fn of_cell(&self, cell: &'a Cell) -> Option<u32> {
        let mut todo: Vec<&Block> = cell.blocks.iter().rev().collect();
        let mut first = None;
        // As many steps as there are paragraphs end even what contains itself.
        for _ in 0..=self.texts.len() + self.anatomy.document.tables.len() {
            match todo.pop() {
                Some(Block::Paragraph(paragraph)) => {
                    first = first.or(paragraph.origin.line);
                    if !paragraph.text.trim().is_empty() {
                        return paragraph.origin.line;
                    }
                }
                Some(Block::Table(at)) => {
                    let rows = self.anatomy.document.tables.get(*at).map_or(&[][..], |table| &table.rows);
                    let blocks = rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
                    let mut blocks: Vec<&Block> = blocks.collect();
                    blocks.reverse();
                    todo.append(&mut blocks);
                }
                None => break,
            }
        }
        first
    }
}
