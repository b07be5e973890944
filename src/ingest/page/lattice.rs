//! Lines → intersections → slots → cells: the grids that lines draw on a page.
//!
//! As in pdfplumber, lines that meet belong together. Where that looks for boxes whose four corners
//! are joined, here each set of lines spans a grid, and slots of the grid without a wall between them are one cell:
//! so a cell is not lost where a line stops short, and spans come with it.

use std::ops::Range;

use super::edges::Edges;
use super::tolerance::{COVERED, LOWEST, MEET, MOST_SLOTS, SNAP};
use super::{Axis, Edge, Rect};

/// A cell: the columns and rows of its lattice that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
}

/// A grid of cells. Column `i` lies between `xs[i]` and `xs[i + 1]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lattice {
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// From top to bottom, from left to right.
    pub(super) cells: Vec<Cell>,
}

impl Lattice {
    pub(super) fn area(&self) -> Rect {
        let side = |of: &[f32], at: Option<usize>| at.and_then(|at| of.get(at)).copied().unwrap_or(0.0);
        Rect {
            x0: side(&self.xs, Some(0)),
            y0: side(&self.ys, Some(0)),
            x1: side(&self.xs, self.xs.len().checked_sub(1)),
            y1: side(&self.ys, self.ys.len().checked_sub(1)),
        }
    }

    pub(super) fn cell_area(&self, cell: &Cell) -> Rect {
        Rect {
            x0: self.xs[cell.columns.start],
            y0: self.ys[cell.rows.start],
            x1: self.xs[cell.columns.end],
            y1: self.ys[cell.rows.end],
        }
    }
}

/// The lattices of a page that have two cells or more, larger ones first.
pub(super) fn of(edges: &Edges) -> Vec<Lattice> {
    let mut found: Vec<Lattice> = components(edges).into_iter().filter_map(lattice).collect();
    found.retain(|lattice| lattice.cells.len() > 1);
    let size = |lattice: &Lattice| lattice.area().width() * lattice.area().height();
    found.sort_by(|a, b| size(b).total_cmp(&size(a)));
    found
}

/// Lines that meet, directly or through others.
fn components(edges: &Edges) -> Vec<Edges> {
    let (level, upright) = (&edges.horizontal, &edges.vertical);
    let mut groups = Groups::new(level.len() + upright.len());
    for (at, edge) in level.iter().enumerate() {
        let from = upright.partition_point(|other| other.at < edge.from - MEET);
        let crossing = upright[from..].iter().take_while(|other| other.at <= edge.to + MEET);
        for (other, line) in crossing.enumerate() {
            if line.from - MEET <= edge.at && edge.at <= line.to + MEET {
                groups.join(at, level.len() + from + other);
            }
        }
    }
    let mut found: Vec<Edges> = Vec::new();
    let mut place = vec![usize::MAX; level.len() + upright.len()];
    for (at, edge) in level.iter().chain(upright).enumerate() {
        let root = groups.root(at);
        if place[root] == usize::MAX {
            place[root] = found.len();
            found.push(Edges::default());
        }
        let component = &mut found[place[root]];
        match edge.axis {
            Axis::Horizontal => component.horizontal.push(*edge),
            Axis::Vertical => component.vertical.push(*edge),
        }
    }
    let (mut tables, rest): (Vec<Edges>, Vec<Edges>) =
        found.into_iter().partition(|component| component.horizontal.len() > 1 && !component.vertical.is_empty());
    let alone = rest.iter().filter(|component| component.horizontal.is_empty()).flat_map(|lone| &lone.vertical);
    let alone: Vec<Edge> = alone.copied().collect();
    with_open_columns(&mut tables, &alone);
    tables
}

/// A cell that is merged over all rows of a page, and more, shows on it as no more than an upright line beside the others,
/// just as long as they are together: browsers draw no line where a page ends. Such a line is a side of the table.
fn with_open_columns(tables: &mut [Edges], alone: &[Edge]) {
    for table in tables {
        let Some((top, bottom)) = reach(table) else { continue };
        let beside = |edge: &&Edge| (edge.from - top).abs() <= 2.0 * MEET && (edge.to - bottom).abs() <= 2.0 * MEET;
        table.vertical.extend(alone.iter().filter(beside));
    }
}

/// Where the upright lines of a table begin and end.
fn reach(table: &Edges) -> Option<(f32, f32)> {
    let top = table.vertical.iter().map(|edge| edge.from).reduce(f32::min)?;
    let bottom = table.vertical.iter().map(|edge| edge.to).reduce(f32::max)?;
    Some((top, bottom))
}

/// Which things belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// The smaller number is the root, so that the outcome does not hang on the order of joining.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// The grid of one set of lines; `None` if there are more slots than a table can have.
fn lattice(mut component: Edges) -> Option<Lattice> {
    close(&mut component);
    let (xs, ys) = (places(&component.vertical), places(&component.horizontal));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MOST_SLOTS {
        return None;
    }
    let upright = walls(&component.vertical, &xs, &ys);
    let level = walls(&component.horizontal, &ys, &xs);
    let regions = Regions::of(columns, rows, |x, y| upright[x * rows + y], |y, x| level[y * columns + x]);
    Some(without_slits(reduced(Lattice { xs, ys, cells: regions.cells() }))).filter(|lattice| !lattice.cells.is_empty())
}

fn places(edges: &[Edge]) -> Vec<f32> {
    let mut places: Vec<f32> = edges.iter().map(|edge| edge.at).collect();
    places.sort_unstable_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= SNAP / 2.0);
    places
}

/// Tables are often open at the sides: where two lines or more end alike beyond the outermost line across
/// them, a line is put there.
fn close(component: &mut Edges) {
    let ends = [End::Near, End::Far];
    let mut upright = ends.map(|end| missing(&component.horizontal, &component.vertical, end, Axis::Vertical));
    let mut level = ends.map(|end| missing(&component.vertical, &component.horizontal, end, Axis::Horizontal));
    // Two sides that are open meet in the corner between them.
    for side in upright.iter_mut().flatten() {
        for other in level.iter_mut().flatten() {
            meet(side, other.at);
            meet(other, side.at);
        }
    }
    component.vertical.extend(upright.into_iter().flatten());
    component.horizontal.extend(level.into_iter().flatten());
    component.vertical.sort_by(|a, b| a.at.total_cmp(&b.at));
    component.horizontal.sort_by(|a, b| a.at.total_cmp(&b.at));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Near,
    Far,
}

/// Makes a line as long as to reach a place.
fn meet(edge: &mut Edge, place: f32) {
    (edge.from, edge.to) = (edge.from.min(place), edge.to.max(place));
}

/// The line that would close the ends of these, if no line across does.
fn missing(lines: &[Edge], across: &[Edge], end: End, axis: Axis) -> Option<Edge> {
    let out = |place: f32| if end == End::Near { -place } else { place };
    let reach = |edge: &Edge| out(if end == End::Near { edge.from } else { edge.to });
    let farthest = lines.iter().map(reach).fold(f32::MIN, f32::max);
    let alike = || lines.iter().filter(|edge| reach(edge) >= farthest - 2.0 * MEET);
    let from = alike().map(|edge| edge.at).fold(f32::MAX, f32::min);
    let to = alike().map(|edge| edge.at).fold(f32::MIN, f32::max);
    let closes = |edge: &Edge| {
        let beyond = out(edge.at) - farthest;
        beyond > 2.0 * MEET || beyond >= -2.0 * MEET && edge.from <= from + MEET && edge.to >= to - MEET
    };
    if alike().count() < 2 || across.iter().any(closes) {
        return None;
    }
    // A line that closes a part of them says where.
    let near = across.iter().map(|edge| out(edge.at)).filter(|at| (at - farthest).abs() <= 2.0 * MEET);
    Some(Edge { axis, at: out(near.fold(f32::MIN, f32::max).max(farthest)), from, to })
}

/// Whether edges at `places[i]` cover the side between `across[j]` and `across[j + 1]`; index
/// `i * (across.len() - 1) + j`.
fn walls(edges: &[Edge], places: &[f32], across: &[f32]) -> Vec<bool> {
    let sides = across.len() - 1;
    let mut covered = vec![0.0_f32; places.len() * sides];
    for edge in edges {
        let after = places.partition_point(|place| *place <= edge.at + SNAP / 2.0);
        let Some(place) = after.checked_sub(1) else { continue };
        let first = across.partition_point(|at| *at <= edge.from).saturating_sub(1);
        for side in first..sides {
            let shared = edge.to.min(across[side + 1]) - edge.from.max(across[side]);
            if across[side] >= edge.to {
                break;
            }
            covered[place * sides + side] += shared.max(0.0);
        }
    }
    let wall = |(at, length): (usize, &f32)| {
        let side = at % sides;
        *length >= COVERED * (across[side + 1] - across[side])
    };
    covered.iter().enumerate().map(wall).collect()
}

/// Slots without a wall between them.
struct Regions {
    columns: usize,
    rows: usize,
    /// Region of each slot, by row; `usize::MAX` for what lies outside.
    of: Vec<usize>,
}

impl Regions {
    /// `upright(x, row)` is whether a wall stands at line `x` beside the row, `level(y, column)` at line `y`.
    fn of(
        columns: usize,
        rows: usize,
        upright: impl Fn(usize, usize) -> bool,
        level: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let outside = columns * rows;
        let mut groups = Groups::new(outside + 1);
        for row in 0..rows {
            for column in 0..columns {
                let slot = row * columns + column;
                let right = if column + 1 < columns { slot + 1 } else { outside };
                let below = if row + 1 < rows { slot + columns } else { outside };
                if !upright(column + 1, row) {
                    groups.join(slot, right);
                }
                if !level(row + 1, column) {
                    groups.join(slot, below);
                }
                if column == 0 && !upright(0, row) || row == 0 && !level(0, column) {
                    groups.join(slot, outside);
                }
            }
        }
        let out = groups.root(outside);
        let of = (0..outside).map(|slot| groups.root(slot)).map(|root| if root == out { usize::MAX } else { root });
        Regions { columns, rows, of: of.collect() }
    }

    /// Each region as a cell; one that is no box gives several.
    fn cells(&self) -> Vec<Cell> {
        let mut taken = vec![false; self.of.len()];
        let mut cells = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let slot = row * self.columns + column;
                if !taken[slot] && self.of[slot] != usize::MAX {
                    let cell = self.cell(row, column, &taken);
                    for row in cell.rows.clone() {
                        taken[row * self.columns..][cell.columns.clone()].fill(true);
                    }
                    cells.push(cell);
                }
            }
        }
        cells
    }

    /// The largest box of one region that begins at a slot: first as wide, then as high as may be.
    fn cell(&self, row: usize, column: usize, taken: &[bool]) -> Cell {
        let region = self.of[row * self.columns + column];
        let same = |row: usize, column: usize| {
            let slot = row * self.columns + column;
            self.of[slot] == region && !taken[slot]
        };
        let right = (column..self.columns).find(|&at| !same(row, at)).unwrap_or(self.columns);
        let whole = |at: usize| (column..right).all(|column| same(at, column));
        let bottom = (row..self.rows).find(|&at| !whole(at)).unwrap_or(self.rows);
        Cell { columns: column..right, rows: row..bottom }
    }
}

/// Without lines that bound no cell: ends of rules, marks inside cells.
fn reduced(lattice: Lattice) -> Lattice {
    let Lattice { xs, ys, mut cells } = lattice;
    let (xs, columns) = bounds(xs, cells.iter().map(|cell| &cell.columns));
    let (ys, rows) = bounds(ys, cells.iter().map(|cell| &cell.rows));
    for cell in &mut cells {
        cell.columns = columns[cell.columns.start]..columns[cell.columns.end];
        cell.rows = rows[cell.rows.start]..rows[cell.rows.end];
    }
    Lattice { xs, ys, cells }
}

/// Without rows that are too low for any text: what the end of a page leaves of a row, the white between cells that are
/// drawn apart. Each goes to the row below it, the last to that above.
fn without_slits(lattice: Lattice) -> Lattice {
    let Lattice { xs, ys, mut cells } = lattice;
    // There may be no row at all: what bounds no cell went before.
    let rows = ys.len().saturating_sub(1);
    let kept: Vec<usize> = (0..rows).filter(|&row| ys[row + 1] - ys[row] >= LOWEST).collect();
    let Some(&last) = kept.last().filter(|_| kept.len() < rows) else { return Lattice { xs, ys, cells } };
    for cell in &mut cells {
        let number = |row: usize| kept.partition_point(|kept| *kept < row);
        cell.rows = number(cell.rows.start)..number(cell.rows.end);
    }
    cells.retain(|cell| !cell.rows.is_empty());
    let inner = kept.iter().filter(|&&row| row != last).map(|row| ys[row + 1]);
    let ys = std::iter::once(ys[0]).chain(inner).chain([ys[rows]]).collect();
    Lattice { xs, ys, cells }
}

/// The places that bound a cell, and the new number of each old one.
fn bounds<'c>(places: Vec<f32>, cells: impl Iterator<Item = &'c Range<usize>>) -> (Vec<f32>, Vec<usize>) {
    let mut bound = vec![false; places.len()];
    for cell in cells {
        (bound[cell.start], bound[cell.end]) = (true, true);
    }
    let mut numbers = Vec::with_capacity(places.len());
    let mut kept = Vec::with_capacity(places.len());
    for (place, bounds) in places.into_iter().zip(bound) {
        numbers.push(kept.len());
        if bounds {
            kept.push(place);
        }
    }
    (kept, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Edge {
        Edge { axis: Axis::Horizontal, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Edge {
        Edge { axis: Axis::Vertical, at, from, to }
    }

    /// Cells as (columns, rows) of each lattice.
    fn cells(horizontal: &[Edge], vertical: &[Edge]) -> Vec<Vec<(Range<usize>, Range<usize>)>> {
        let edges = Edges { horizontal: horizontal.to_vec(), vertical: vertical.to_vec() };
        let shown = |lattice: Lattice| lattice.cells.into_iter().map(|cell| (cell.columns, cell.rows)).collect();
        of(&edges).into_iter().map(shown).collect()
    }

    #[test]
    fn lines_around_no_cell_are_no_table() {
        let bare = without_slits(reduced(Lattice { xs: vec![0.0, 9.0], ys: vec![0.0, 9.0], cells: Vec::new() }));
        assert!(bare.xs.is_empty() && bare.ys.is_empty() && bare.cells.is_empty());
    }

    #[test]
    fn four_cells() {
        let rows: Vec<Edge> = [0.0, 20.0, 40.0].map(|at| level(at, 0.0, 100.0)).into();
        let columns: Vec<Edge> = [0.0, 50.0, 100.0].map(|at| upright(at, 0.0, 40.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..1), (1..2, 0..1), (0..1, 1..2), (1..2, 1..2)]]);
    }

    #[test]
    fn merged_cells_have_no_wall_within() {
        let rows = [level(0.0, 0.0, 90.0), level(20.0, 30.0, 90.0), level(40.0, 0.0, 90.0)];
        let columns =
            [upright(0.0, 0.0, 40.0), upright(30.0, 0.0, 40.0), upright(60.0, 20.0, 40.0), upright(90.0, 0.0, 40.0)];
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..2), (1..3, 0..1), (1..2, 1..2), (2..3, 1..2)]]);
    }

    #[test]
    fn lines_that_miss_one_another_by_little_meet() {
        let rows: Vec<Edge> = [0.0, 20.0, 40.0].map(|at| level(at, 1.0, 48.5)).into();
        let columns: Vec<Edge> = [0.0, 50.0].map(|at| upright(at, 1.5, 38.5)).into();
        assert_eq!(cells(&rows, &columns)[0].len(), 2);
    }

    #[test]
    fn tables_open_at_the_sides_are_closed() {
        let rows: Vec<Edge> = [0.0, 20.0, 40.0].map(|at| level(at, 0.0, 100.0)).into();
        assert_eq!(cells(&rows, &[upright(50.0, 0.0, 40.0)])[0].len(), 4);
    }

    #[test]
    fn tables_open_at_the_foot_are_closed() {
        let columns: Vec<Edge> = [0.0, 50.0, 100.0].map(|at| upright(at, 0.0, 60.0)).into();
        assert_eq!(cells(&[level(0.0, 0.0, 100.0), level(20.0, 0.0, 100.0)], &columns)[0].len(), 4);
    }

    #[test]
    fn tables_open_at_two_sides_are_closed_in_the_corner() {
        let rows: Vec<Edge> = [0.0, 20.0].map(|at| level(at, 0.0, 100.0)).into();
        let columns: Vec<Edge> = [0.0, 50.0].map(|at| upright(at, 0.0, 60.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..1), (1..2, 0..1), (0..1, 1..2), (1..2, 1..2)]]);
    }

    #[test]
    fn rows_too_low_for_text_are_none() {
        let rows: Vec<Edge> = [0.0, 4.0, 24.0, 28.0, 48.0, 52.0].map(|at| level(at, 0.0, 100.0)).into();
        let columns: Vec<Edge> = [0.0, 50.0, 100.0].map(|at| upright(at, 0.0, 52.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..1), (1..2, 0..1), (0..1, 1..2), (1..2, 1..2)]]);
        // A cell that reaches over them is as high as the rows that are left.
        let rows: Vec<Edge> = [level(0.0, 0.0, 100.0), level(20.0, 50.0, 100.0), level(24.0, 50.0, 100.0)].into();
        let rows = [rows, vec![level(44.0, 0.0, 100.0)]].concat();
        let columns: Vec<Edge> = [0.0, 50.0, 100.0].map(|at| upright(at, 0.0, 44.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..2), (1..2, 0..1), (1..2, 1..2)]]);
    }

    #[test]
    fn a_foot_that_is_drawn_in_part_is_whole() {
        let rows = [level(0.0, 0.0, 100.0), level(20.0, 30.0, 100.0), level(40.0, 30.0, 100.0)];
        let columns: Vec<Edge> = [0.0, 30.0, 100.0].map(|at| upright(at, 0.0, 40.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..2), (1..2, 0..1), (1..2, 1..2)]]);
    }

    #[test]
    fn a_column_of_one_cell_whose_ends_are_not_drawn_is_one() {
        let rows: Vec<Edge> = [0.0, 20.0, 40.0].map(|at| level(at, 30.0, 100.0)).into();
        let columns: Vec<Edge> = [0.0, 30.0, 100.0].map(|at| upright(at, 0.0, 40.0)).into();
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..2), (1..2, 0..1), (1..2, 1..2)]]);
        // A line that is longer or shorter than the table has nothing to do with it.
        let others = [upright(0.0, 0.0, 60.0), columns[1], columns[2]];
        assert_eq!(cells(&rows, &others), [[(0..1, 0..1), (0..1, 1..2)]]);
    }

    #[test]
    fn what_is_open_to_the_outside_is_no_cell() {
        // Two rows of one width, a third only half as wide.
        let rows = [level(0.0, 0.0, 100.0), level(20.0, 0.0, 100.0), level(40.0, 0.0, 50.0)];
        let columns = [upright(0.0, 0.0, 40.0), upright(50.0, 0.0, 40.0), upright(100.0, 0.0, 20.0)];
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..1), (1..2, 0..1), (0..1, 1..2)]]);
    }

    #[test]
    fn a_frame_and_an_underline_are_no_tables() {
        let frame = [level(0.0, 0.0, 100.0), level(90.0, 0.0, 100.0), level(50.0, 20.0, 60.0)];
        assert_eq!(cells(&frame, &[upright(0.0, 0.0, 90.0), upright(100.0, 0.0, 90.0)]), Vec::<Vec<_>>::new());
    }

    #[test]
    fn a_region_that_is_no_box_is_parted() {
        // The wall between the two left slots of the lower row is missing, and so is that above the right one.
        let rows = [level(0.0, 0.0, 100.0), level(20.0, 0.0, 50.0), level(40.0, 0.0, 100.0)];
        let columns = [upright(0.0, 0.0, 40.0), upright(50.0, 0.0, 20.0), upright(100.0, 0.0, 40.0)];
        assert_eq!(cells(&rows, &columns), [[(0..1, 0..1), (1..2, 0..2), (0..1, 1..2)]]);
    }
}
