//! Which figure of its line a value is: by the header's columns, by their order where nothing is
//! missing and nothing left over, else by sums that allow one place only.

use std::ops::Range;

use rust_decimal::Decimal;

use super::header::{Block, Leaf};
use super::number;
use super::stream::{Cell, Shape};
use crate::report::{Alignment, Value};
use crate::template::{Kind, Per, Relation};

/// What stands at one figure of a line.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// This cell.
    Cell { cell: Cell, by: Alignment },
    /// The text shows no cell, and in its dialect a blank one leaves no trace.
    Vanished,
    /// The document has no cell here.
    Missing,
    /// One of these cells may belong here.
    Ambiguous { cells: Vec<Cell> },
}

impl Slot {
    /// The cell may belong here; nothing more is known.
    pub(super) fn doubt(&mut self) {
        if let Slot::Cell { cell, .. } = self {
            *self = Slot::Ambiguous { cells: vec![cell.clone()] };
        }
    }
}

/// Places the cells of a line by the grid columns of the header.
///
/// `None` if cells and header do not fit together: then only the order is left.
pub(super) fn by_position(block: Block, leaves: &[Leaf], cells: &[Cell]) -> Option<Vec<Slot>> {
    if let Some(slots) = one_under_each(block, leaves, cells) {
        return Some(slots);
    }
    let shared = |cell: &Cell| leaves.iter().filter(|leaf| overlaps(cell, leaf)).nth(1).is_some();
    if cells.iter().any(shared) {
        return None;
    }
    let mut slots = vec![Slot::Missing; block.leaves()];
    for leaf in leaves {
        let over = || cells.iter().filter(|cell| overlaps(cell, leaf));
        let filled = || over().filter(|cell| cell.shape != Shape::Blank);
        let by = settled_by(leaf);
        let mut first = filled();
        // Two columns of one label, and nothing says which of them is the report's.
        let twice = leaves.iter().filter(|other| other.leaf == leaf.leaf).nth(1).is_some();
        if twice {
            let under = |cell: &&Cell| leaves.iter().any(|other| other.leaf == leaf.leaf && overlaps(cell, other));
            let both = cells.iter().filter(|cell| cell.shape != Shape::Blank).filter(under);
            slots[leaf.leaf] = Slot::Ambiguous { cells: both.cloned().collect() };
            continue;
        }
        slots[leaf.leaf] = match (first.next(), first.next()) {
            (Some(_), Some(_)) => Slot::Ambiguous { cells: filled().cloned().collect() },
            (Some(cell), None) => Slot::Cell { cell: cell.clone(), by },
            (None, _) => over().next().map_or(Slot::Missing, |cell| Slot::Cell { cell: cell.clone(), by }),
        };
    }
    Some(slots)
}

/// The quick way for nearly every line: from left to right one cell under each label of another column.
fn one_under_each(block: Block, leaves: &[Leaf], cells: &[Cell]) -> Option<Vec<Slot>> {
    let beside = |left: &Range<usize>, right: &Range<usize>| left.end <= right.start;
    let in_order = leaves.len() == cells.len()
        && leaves.iter().zip(cells).all(|(leaf, cell)| overlaps(cell, leaf))
        && leaves.windows(2).zip(cells.windows(2)).all(|(leaves, cells)| {
            beside(&cells[0].columns, &leaves[1].columns) && beside(&leaves[0].columns, &cells[1].columns)
        });
    if !in_order {
        return None;
    }
    let mut slots = vec![Slot::Missing; block.leaves()];
    for (leaf, cell) in leaves.iter().zip(cells) {
        if !matches!(slots[leaf.leaf], Slot::Missing) {
            return None;
        }
        slots[leaf.leaf] = Slot::Cell { cell: cell.clone(), by: settled_by(leaf) };
    }
    Some(slots)
}

fn settled_by(leaf: &Leaf) -> Alignment {
    if leaf.near { Alignment::NearLabel } else { Alignment::Labels }
}

/// Places the cells of a printed line under the labels of a printed header, if the header names
/// every column of the block and each value stands under one of them alone. Columns without a
/// label belong to other blocks of the same table.
pub(super) fn by_alignment(block: Block, leaves: &[Leaf], cells: &[Cell]) -> Option<Vec<Slot>> {
    let filled = cells.iter().any(|cell| cell.shape != Shape::Blank);
    let whole = leaves.len() == block.leaves() && filled && all_under(leaves, cells);
    if !whole {
        return None;
    }
    by_position(block, leaves, cells)
}

/// Whether each cell that is not blank stands under one column alone.
pub(super) fn all_under(leaves: &[Leaf], cells: &[Cell]) -> bool {
    let under_one = |cell: &Cell| leaves.iter().filter(|leaf| overlaps(cell, leaf)).count() == 1;
    cells.iter().filter(|cell| cell.shape != Shape::Blank).all(under_one)
}

/// Of cells that an unsure header placed, those of lines that are whole and whose sums hold; each
/// of the other values may belong to each of the other figures.
pub(super) fn lines_that_hold(block: Block, mut slots: Vec<Slot>, cells: &[Cell]) -> Vec<Slot> {
    slots.resize(block.leaves(), Slot::Missing);
    let line = block.def.blocks[block.at].columns.len();
    let filled = |slot: &Slot| matches!(slot, Slot::Cell { cell, .. } if cell.shape != Shape::Blank);
    let holds = |at: usize| {
        // The sums of the other lines are those of nothing: they hold.
        let mut alone = vec![Slot::Vanished; slots.len()];
        alone[at..at + line].clone_from_slice(&slots[at..at + line]);
        alone[at..at + line].iter().all(filled) && slots_hold(block, &alone)
    };
    let (held, open): (Vec<usize>, Vec<usize>) = (0..slots.len()).step_by(line).partition(|at| holds(*at));
    let placed = |cell: &&Cell| {
        let mut held = held.iter().flat_map(|at| &slots[*at..at + line]);
        held.any(|slot| matches!(slot, Slot::Cell { cell: other, .. } if other.origin == cell.origin))
    };
    let filled = cells.iter().filter(|cell| cell.shape != Shape::Blank);
    let left: Vec<Cell> = filled.filter(|cell| !placed(cell)).cloned().collect();
    for at in open {
        slots[at..at + line].fill(Slot::Ambiguous { cells: left.clone() });
    }
    slots
}

/// Whether the sums along a line hold as its cells are placed, blanks read as 0. Sums of nothing
/// but zeros prove no place.
pub(super) fn slots_hold(block: Block, slots: &[Slot]) -> bool {
    let numbers: Vec<Option<Decimal>> = slots.iter().map(number_in).collect();
    numbers.iter().flatten().any(|number| !number.is_zero()) && line_sums_hold(block, &numbers) == Some(true)
}

/// Whether the sums along a line fail as its cells are placed.
pub(super) fn slots_fail(block: Block, slots: &[Slot]) -> bool {
    let numbers: Vec<Option<Decimal>> = slots.iter().map(number_in).collect();
    line_sums_hold(block, &numbers) == Some(false)
}

/// The number of a placed cell, 0 for a blank one.
fn number_in(slot: &Slot) -> Option<Decimal> {
    match slot {
        Slot::Cell { cell, .. } => number_of(cell),
        Slot::Vanished => Some(Decimal::ZERO),
        Slot::Missing | Slot::Ambiguous { .. } => None,
    }
}

/// The number of a cell, 0 for a blank one; none if it cannot be read.
fn number_of(cell: &Cell) -> Option<Decimal> {
    match number::read(&cell.text, Kind::Count).value {
        Value::Blank | Value::NotApplicable => Some(Decimal::ZERO),
        value => value.number(),
    }
}

fn overlaps(cell: &Cell, leaf: &Leaf) -> bool {
    cell.columns.start < leaf.columns.end && leaf.columns.start < cell.columns.end
}

/// Places cells by the order of the columns. `order` holds the figures of the line that the
/// header names; `labelled` says that it does name them.
pub(super) fn by_order(block: Block, order: &[usize], cells: &[Cell], labelled: bool) -> Vec<Slot> {
    let mut slots = vec![Slot::Missing; block.leaves()];
    let by = if labelled { Alignment::Labels } else { Alignment::Order };
    match window(block, order, cells) {
        Window::At(start) => {
            for (leaf, cell) in order.iter().zip(&cells[start..]) {
                slots[*leaf] = Slot::Cell { cell: cell.clone(), by };
            }
        }
        Window::None if cells.iter().all(|cell| cell.shape == Shape::Blank) => {
            for leaf in order {
                slots[*leaf] = Slot::Vanished;
            }
        }
        Window::None => proved(block, order, cells, &mut slots),
        Window::Unsure => {
            let filled: Vec<Cell> = cells.iter().filter(|cell| cell.shape != Shape::Blank).cloned().collect();
            for leaf in order {
                slots[*leaf] = Slot::Ambiguous { cells: filled.clone() };
            }
        }
    }
    slots
}

/// Where the figures of a line begin among its cells.
enum Window {
    /// There are too few cells.
    None,
    /// With this one.
    At(usize),
    /// Nothing says with which.
    Unsure,
}

/// Where the line's cells may begin, when whatever lies outside is blank padding.
fn window(block: Block, order: &[usize], cells: &[Cell]) -> Window {
    let wanted = order.len();
    // Where two cells have become one, their number says nothing.
    if wanted > 1 && cells.iter().any(holds_several) {
        return Window::Unsure;
    }
    if cells.len() < wanted {
        return Window::None;
    }
    let blank = |cell: &Cell| cell.shape == Shape::Blank;
    // Every cell blank: any window says the same.
    let Some(first) = cells.iter().position(|cell| !blank(cell)) else { return Window::At(0) };
    let last = cells.iter().rposition(|cell| !blank(cell)).unwrap_or(first);
    let fitting: Vec<usize> = ((last + 1).saturating_sub(wanted)..=first.min(cells.len() - wanted)).collect();
    let holds = |start: &usize| sums_hold(block, order, &cells[*start..*start + wanted]) == Some(true);
    match fitting.as_slice() {
        [] => return Window::None,
        // Behind blanks that are none of it, a line that begins with a blank may as well lack its last cell.
        [one] if *one > 0 && blank(&cells[*one]) && !holds(one) => return Window::Unsure,
        [one] => return Window::At(*one),
        _ => {}
    }
    // Padding comes after the total far more often than before the first figure, but only a sum
    // proves it; without one, a row that begins with a figure has its padding behind.
    let mut proved = fitting.iter().copied().filter(holds);
    match (proved.next(), proved.next()) {
        (Some(one), None) => Window::At(one),
        _ if !blank(&cells[0]) && !fitting.iter().any(|start| *start > 0) => Window::At(0),
        _ => Window::Unsure,
    }
}

/// Whether a cell holds several numbers, side by side.
fn holds_several(cell: &Cell) -> bool {
    let number = |text: &str| number::read(text, Kind::Count).value.number().is_some();
    cell.text.split_whitespace().nth(1).is_some() && !number(&cell.text) && cell.text.split_whitespace().all(number)
}

/// Tries every way to spread too few cells over the columns; a figure that is the same in every
/// way that the sums allow is proved, the rest stay ambiguous.
fn proved(block: Block, order: &[usize], cells: &[Cell], slots: &mut [Slot]) {
    let filled: Vec<Cell> = cells.iter().filter(|cell| cell.shape != Shape::Blank).cloned().collect();
    let ways = if filled.len() < order.len() { spreads(filled.len(), order.len()) } else { Vec::new() };
    let mut allowed: Vec<Vec<usize>> = Vec::new();
    for way in ways {
        let spread = |at: usize| way.iter().position(|place| *place == at).map(|cell| filled[cell].clone());
        let line: Vec<Option<Cell>> = (0..order.len()).map(spread).collect();
        if sums_hold_sparse(block, order, &line) == Some(true) {
            allowed.push(way);
        }
    }
    for (place, leaf) in order.iter().enumerate() {
        let at = |way: &Vec<usize>| way.iter().position(|other| *other == place);
        let mut found: Vec<Option<usize>> = allowed.iter().map(at).collect();
        found.sort_unstable();
        found.dedup();
        slots[*leaf] = match found.as_slice() {
            [Some(cell)] => Slot::Cell { cell: filled[*cell].clone(), by: Alignment::Arithmetic },
            [None] => Slot::Missing,
            _ => Slot::Ambiguous { cells: filled.clone() },
        };
    }
}

/// Every way to put `count` things in order into `places` places. There are at most 35 for the
/// seven columns of the form; a wider line is not tried.
fn spreads(count: usize, places: usize) -> Vec<Vec<usize>> {
    if count == 0 || places > 10 {
        return Vec::new();
    }
    let masks = (0u32..1 << places).filter(|mask| mask.count_ones() as usize == count);
    masks.map(|mask| (0..places).filter(|place| mask >> place & 1 == 1).collect()).collect()
}

/// Whether the sums along the line hold, blanks read as 0; `None` if the line has no sum or a
/// cell is no number.
pub(super) fn sums_hold(block: Block, order: &[usize], cells: &[Cell]) -> Option<bool> {
    let line: Vec<Option<Cell>> = cells.iter().cloned().map(Some).collect();
    sums_hold_sparse(block, order, &line)
}

fn sums_hold_sparse(block: Block, order: &[usize], line: &[Option<Cell>]) -> Option<bool> {
    let mut numbers: Vec<Option<Decimal>> = vec![None; block.leaves()];
    for (leaf, cell) in order.iter().zip(line) {
        numbers[*leaf] = cell.as_ref().map_or(Some(Decimal::ZERO), number_of);
    }
    line_sums_hold(block, &numbers)
}

/// Whether the sums along a line of numbers hold.
pub(super) fn line_sums_hold(block: Block, numbers: &[Option<Decimal>]) -> Option<bool> {
    let def = &block.def.blocks[block.at];
    let columns = def.columns.len();
    let position = |id: &String| def.columns.iter().position(|column| column.id == *id);
    let mut holds = None;
    for identity in &block.def.identities {
        if identity.per != Per::Row || identity.relation != Relation::Equal {
            continue;
        }
        let routes = if block.is_record() { 0..def.rows.len() } else { 0..1 };
        for route in routes {
            if block.is_record() && !identity.only.is_empty() && !identity.only.contains(&def.rows[route].id) {
                continue;
            }
            let sum = |ids: &[String]| -> Option<Decimal> {
                ids.iter()
                    .map(|id| numbers.get(route * columns + position(id)?).copied().flatten())
                    .try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number?))
            };
            let equal = sum(&identity.left)? == sum(&identity.right)?;
            holds = Some(holds.unwrap_or(true) && equal);
        }
    }
    holds
}
