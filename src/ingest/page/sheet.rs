//! One page → its tables and lines in reading order.

use std::cmp::Reverse;

use super::lattice::{self, Lattice};
use super::line::{Line, Setter};
use super::table::Table;
use super::{Glyph, Page, Rect, edges, glyphs};

/// Something on a page, or in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

impl Item {
    pub(super) fn area(&self) -> Rect {
        match self {
            Item::Line(line) => line.area,
            Item::Table(table) => table.area,
        }
    }
}

/// What a person sees on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// Its number, from 1.
    pub(super) page: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// From top to bottom.
    pub(super) items: Vec<Item>,
    pub(super) askew: String,
    /// Stretches of text that were struck out and are left out here.
    pub(super) struck: usize,
}

impl Sheet {
    pub(super) fn of(page: &Page, number: u32) -> Self {
        let mut glyphs = glyphs::of(page);
        let struck = glyphs::take_struck(&mut glyphs, page);
        let lattices = lattices(page, &glyphs);
        let items = Nest::of(&lattices).items(&glyphs, number);
        Sheet { page: number, width: page.width, height: page.height, items, askew: page.askew.clone(), struck }
    }

    /// How many cells its tables have, and the lines of several stretches that may yet be tables.
    pub(super) fn cells(&self) -> usize {
        let mut todo: Vec<&Item> = self.items.iter().collect();
        let mut count = 0;
        while let Some(item) = todo.pop() {
            match item {
                Item::Table(table) => {
                    count += table.cells.len();
                    todo.extend(table.cells.iter().flat_map(|cell| &cell.items));
                }
                Item::Line(line) if line.stretches.len() > 1 => count += line.stretches.len(),
                Item::Line(_) => {}
            }
        }
        count
    }
}

/// The lattices that are tables, larger ones first.
pub(super) fn lattices(page: &Page, glyphs: &[&Glyph]) -> Vec<Lattice> {
    let mut lattices = lattice::of(&edges::of(page));
    lattices.retain(|lattice| holds_text(lattice, glyphs) && is_ruled(lattice, page));
    lattices
}

/// A grid without a character is a drawing.
fn holds_text(lattice: &Lattice, glyphs: &[&Glyph]) -> bool {
    let area = lattice.area();
    let is_in = |glyph: &&Glyph| area.holds(glyph.area.middle()) && !glyph.text.is_space();
    glyphs.iter().any(is_in)
}

/// Lines of text on coloured ground, one below the other, look like a table of one column; that needs drawn lines.
fn is_ruled(lattice: &Lattice, page: &Page) -> bool {
    let area = lattice.area();
    let is_in = |edge: &super::Edge| match edge.axis {
        super::Axis::Vertical => false,
        super::Axis::Horizontal => {
            edge.at > area.y0 - 1.0 && edge.at < area.y1 + 1.0 && edge.to > area.x0 && edge.from < area.x1
        }
    };
    lattice.xs.len() > 2 || page.edges.iter().any(is_in)
}

/// Which table lies in which cell.
struct Nest<'l> {
    lattices: &'l [Lattice],
    /// The cell of each slot of each lattice, by row.
    slots: Vec<Vec<usize>>,
    /// Lattice and cell in which each lattice lies; always one before it in the list.
    within: Vec<Option<(usize, usize)>>,
}

impl<'l> Nest<'l> {
    fn of(lattices: &'l [Lattice]) -> Self {
        let slots = lattices.iter().map(slots).collect();
        let mut nest = Nest { lattices, slots, within: Vec::with_capacity(lattices.len()) };
        for (at, lattice) in lattices.iter().enumerate() {
            let within = nest.deepest(lattice.area().middle(), at);
            nest.within.push(within);
        }
        nest
    }

    /// The innermost cell that holds a point, among the first lattices.
    fn deepest(&self, point: (f32, f32), among: usize) -> Option<(usize, usize)> {
        let holding = (0..among).rev().filter(|&at| self.lattices[at].area().holds(point));
        holding.into_iter().find_map(|at| self.cell_at(at, point).map(|cell| (at, cell)))
    }

    /// The cell of a lattice that holds a point.
    fn cell_at(&self, at: usize, (x, y): (f32, f32)) -> Option<usize> {
        let slot = |places: &[f32], at: f32| places.partition_point(|place| *place <= at).checked_sub(1);
        let Lattice { xs, ys, .. } = &self.lattices[at];
        let (column, row) = (slot(xs, x)?, slot(ys, y)?);
        let columns = xs.len() - 1;
        let cell = self.slots[at].get(row * columns + column).copied().filter(|_| column < columns)?;
        (cell != NONE).then_some(cell)
    }

    /// Glyphs by the innermost cell that holds their middle; a number that runs over a side of its cell stays whole.
    fn part<'g>(&self, glyphs: &[&'g Glyph]) -> Parted<'g> {
        let mut firsts = vec![0];
        firsts.extend(self.lattices.iter().scan(0, |sum, lattice| {
            *sum += lattice.cells.len();
            Some(*sum)
        }));
        let outside = firsts[self.lattices.len()];
        // Most glyphs lie in the cell of the one before.
        let mut last: Option<(Rect, usize)> = None;
        let part = |glyph: &&Glyph| {
            let point = glyph.area.middle();
            if let Some((area, part)) = last
                && is_within(area, point)
            {
                return part;
            }
            let found = self.deepest(point, self.lattices.len());
            let part = found.map_or(outside, |(lattice, cell)| firsts[lattice] + cell);
            last = found.and_then(|(lattice, cell)| self.undivided(lattice, cell)).map(|area| (area, part));
            part
        };
        let mut parts: Vec<usize> = glyphs.iter().map(part).collect();
        for number in glyphs::numbers(glyphs) {
            let cells = &mut parts[number];
            if let Some(own) = most(cells, outside) {
                cells.fill(own);
            }
        }
        Parted::of(glyphs, &parts, outside + 1)
    }

    /// Where a cell is, if no smaller table lies in it.
    fn undivided(&self, lattice: usize, cell: usize) -> Option<Rect> {
        let area = self.lattices[lattice].cell_area(&self.lattices[lattice].cells[cell]);
        let meets = |other: &Lattice| {
            let other = other.area();
            other.x0 <= area.x1 && other.x1 >= area.x0 && other.y0 <= area.y1 && other.y1 >= area.y0
        };
        (!self.lattices[lattice + 1..].iter().any(meets)).then_some(area)
    }

    /// The items of the page: glyphs go to the innermost cell that holds their middle.
    fn items(&self, glyphs: &[&Glyph], page: u32) -> Vec<Item> {
        let parted = self.part(glyphs);
        let mut parts = parted.parts();
        let mut setter = Setter::default();
        let mut set = |glyphs| {
            let mut items = Vec::new();
            setter.lines(glyphs, |line| items.push(Item::Line(line)));
            items
        };
        let mut cells: Vec<Vec<Vec<Item>>> = Vec::with_capacity(self.lattices.len());
        for lattice in self.lattices {
            cells.push(parts.by_ref().take(lattice.cells.len()).map(&mut set).collect());
        }
        let mut top: Vec<Item> = parts.flat_map(&mut set).collect();
        // Smaller tables first, so that each is whole before it goes into the cell that holds it.
        for at in (0..self.lattices.len()).rev() {
            let table = Item::Table(Table::of(&self.lattices[at], cells.pop().unwrap_or_default(), page));
            match self.within[at] {
                Some((outer, cell)) => insert(&mut cells[outer][cell], table),
                None => insert(&mut top, table),
            }
        }
        top
    }
}

/// The part that most have of those that are not outside, the first of several; nothing where all have it.
fn most(parts: &[usize], outside: usize) -> Option<usize> {
    if parts.iter().all(|part| *part == parts[0]) {
        return None;
    }
    let count = |part: &&usize| parts.iter().filter(|other| other == part).count();
    parts.iter().filter(|part| **part != outside).min_by_key(|part| Reverse(count(part))).copied()
}

/// Whether a cell holds a point; what lies on its right or lower side lies in the next one.
fn is_within(area: Rect, (x, y): (f32, f32)) -> bool {
    x >= area.x0 && x < area.x1 && y >= area.y0 && y < area.y1
}

/// Glyphs in as many parts as there are cells on a page, and one for what lies outside of them; each in its order.
struct Parted<'g> {
    glyphs: Vec<&'g Glyph>,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl<'g> Parted<'g> {
    /// `part` says of each glyph into which of so many parts it goes.
    fn of(glyphs: &[&'g Glyph], part: &[usize], parts: usize) -> Self {
        let mut ends = vec![0; parts];
        for &part in part {
            ends[part] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // Where the part begins; it moves to its end while the part fills.
            sum += std::mem::replace(end, sum);
        }
        let mut sorted = glyphs.to_vec();
        for (&glyph, &part) in glyphs.iter().zip(part) {
            sorted[ends[part]] = glyph;
            ends[part] += 1;
        }
        Parted { glyphs: sorted, ends }
    }

    fn parts(&self) -> impl Iterator<Item = &[&'g Glyph]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, &end)| &self.glyphs[begin..end])
    }
}

/// No cell.
const NONE: usize = usize::MAX;

fn slots(lattice: &Lattice) -> Vec<usize> {
    let (columns, rows) = (lattice.xs.len() - 1, lattice.ys.len() - 1);
    let mut slots = vec![NONE; columns * rows];
    for (at, cell) in lattice.cells.iter().enumerate() {
        for row in cell.rows.clone() {
            slots[row * columns..][cell.columns.clone()].fill(at);
        }
    }
    slots
}

/// Puts a table where it stands among lines and tables.
fn insert(items: &mut Vec<Item>, table: Item) {
    let top = table.area().y0;
    let at = items.iter().position(|item| item.area().middle().1 > top).unwrap_or(items.len());
    items.insert(at, table);
}
