//! Spans made rectangular, once, for every reader.
//!
//! A grid answers one question: which cell covers row *r*, column *c*? Absurd spans are
//! cut to the limits and counted, so that a file of 2 KB cannot ask for 10⁹ slots.

use super::{Cell, Table};

/// How large a grid may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridLimits {
    /// Columns. The widest table of the form has 15; a page of layout tables, a few dozen.
    pub columns: usize,
    /// Slots (rows × columns) of one table.
    pub slots: usize,
}

impl Default for GridLimits {
    fn default() -> Self {
        GridLimits { columns: 256, slots: 4_000_000 }
    }
}

/// What covers one place of a [`Grid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// No cell: the row is shorter than the grid, or leaves the column out.
    None,
    /// The cell `table.rows[row].cells[cell]`.
    Cell {
        /// Row of the table, from 0, in which the cell is written.
        row: usize,
        /// Its place in that row, from 0.
        cell: usize,
    },
}

/// A table's cells by row and column, both from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    rows: usize,
    columns: usize,
    slots: Vec<Slot>,
    clamped: usize,
    dropped_rows: usize,
}

impl Table {
    /// The rectangular view of the table under the default [`GridLimits`].
    #[must_use]
    pub fn grid(&self) -> Grid {
        self.grid_within(GridLimits::default())
    }

    /// The rectangular view of the table under the given limits.
    #[must_use]
    pub fn grid_within(&self, limits: GridLimits) -> Grid {
        let mut builder = Builder { limits, lines: Vec::new(), hanging: Vec::new(), clamped: 0, width: 0 };
        let mut kept = 0;
        for row in 0..self.rows.len() {
            if (row + 1).saturating_mul(builder.width.max(1)) > limits.slots {
                break;
            }
            builder.row(self, row);
            kept = row + 1;
        }
        builder.finish(self.rows.len() - kept)
    }

    /// The cell a [`Slot`] points at.
    #[must_use]
    pub fn cell(&self, slot: Slot) -> Option<&Cell> {
        match slot {
            Slot::None => None,
            Slot::Cell { row, cell } => self.rows.get(row)?.cells.get(cell),
        }
    }
}

impl Grid {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns: that of the widest row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// What covers row `row`, column `column`; [`Slot::None`] outside the grid.
    #[must_use]
    pub fn slot(&self, row: usize, column: usize) -> Slot {
        if row < self.rows && column < self.columns { self.slots[row * self.columns + column] } else { Slot::None }
    }

    /// The slots of one row, from left to right.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Slot] {
        &self.slots[row * self.columns..(row + 1) * self.columns]
    }

    /// How many spans were cut because they passed a limit.
    #[must_use]
    pub fn clamped(&self) -> usize {
        self.clamped
    }

    /// How many rows at the end were left out because the table passed [`GridLimits::slots`].
    #[must_use]
    pub fn dropped_rows(&self) -> usize {
        self.dropped_rows
    }
}

/// A cell that reaches into rows below its own.
#[derive(Clone, Copy)]
struct Hanging {
    slot: Slot,
    rows_left: u32,
}

struct Builder {
    limits: GridLimits,
    lines: Vec<Vec<Slot>>,
    hanging: Vec<Option<Hanging>>,
    clamped: usize,
    width: usize,
}

impl Builder {
    fn row(&mut self, table: &Table, row: usize) {
        let source = &table.rows[row];
        let mut line: Vec<Slot> = Vec::with_capacity(self.width);
        self.advance(&mut line, source.before);
        for (index, cell) in source.cells.iter().enumerate() {
            self.hang(&mut line);
            self.place(&mut line, table, row, index, cell);
        }
        self.advance_hanging_tail(&mut line);
        self.width = self.width.max(line.len());
        self.lines.push(line);
    }

    /// Leaves out `count` columns, as far as the limit goes.
    fn advance(&mut self, line: &mut Vec<Slot>, count: u32) {
        let room = self.limits.columns - line.len();
        let count = self.clamp(count, room);
        line.extend(std::iter::repeat_n(Slot::None, count));
    }

    /// Fills in the cells from above that cover the place where the next cell would begin.
    fn hang(&mut self, line: &mut Vec<Slot>) {
        while let Some(Some(hanging)) = self.hanging.get_mut(line.len()) {
            line.push(hanging.slot);
            hanging.rows_left -= 1;
            if hanging.rows_left == 0 {
                self.hanging[line.len() - 1] = None;
            }
        }
    }

    fn advance_hanging_tail(&mut self, line: &mut Vec<Slot>) {
        self.hang(line);
        let Some(last) = self.hanging.iter().rposition(Option::is_some) else { return };
        while line.len() <= last {
            if self.hanging[line.len()].is_some() {
                self.hang(line);
            } else {
                line.push(Slot::None);
            }
        }
    }

    fn place(&mut self, line: &mut Vec<Slot>, table: &Table, row: usize, index: usize, cell: &Cell) {
        let start = line.len();
        let room = self.limits.columns - start;
        let width = self.clamp(cell.column_span.max(1), room);
        let above = |column: usize| {
            let line = self.lines.last()?;
            line.get(column).copied().filter(|slot| *slot != Slot::None)
        };
        let own = Slot::Cell { row, cell: index };
        let slot = if cell.continues { above(start).unwrap_or(own) } else { own };
        line.extend(std::iter::repeat_n(slot, width));
        let below = u32::try_from(table.rows.len() - row - 1).unwrap_or(u32::MAX);
        // A span that ends below the table is common and harmless (HTML readers cut it too),
        // so it is cut without counting as clamped.
        let rows_left = cell.row_span.max(1).saturating_sub(1).min(below);
        if rows_left > 0 {
            if self.hanging.len() < line.len() {
                self.hanging.resize(line.len(), None);
            }
            self.hanging[start..line.len()].fill(Some(Hanging { slot, rows_left }));
        }
    }

    fn clamp(&mut self, wanted: u32, room: usize) -> usize {
        let wanted = wanted as usize;
        if wanted > room {
            self.clamped += 1;
        }
        wanted.min(room)
    }

    fn finish(self, dropped_rows: usize) -> Grid {
        let columns = self.width;
        let rows = self.lines.len();
        let fits = rows.saturating_mul(columns) <= self.limits.slots;
        let kept = if fits { rows } else { self.limits.slots / columns.max(1) };
        let mut slots = Vec::with_capacity(kept * columns);
        for mut line in self.lines.into_iter().take(kept) {
            line.resize(columns, Slot::None);
            slots.append(&mut line);
        }
        Grid { rows: kept, columns, slots, clamped: self.clamped, dropped_rows: dropped_rows + rows - kept }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Row, Spans};
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::of_text(text)
    }

    /// Builds a table from cells of the form (text, column span, row span).
    fn table(rows: &[&[(&str, u32, u32)]]) -> Table {
        let row = |cells: &&[(&str, u32, u32)]| Row {
            cells: cells
                .iter()
                .map(|&(text, column_span, row_span)| Cell { column_span, row_span, ..cell(text) })
                .collect(),
            ..Row::default()
        };
        Table { rows: rows.iter().map(row).collect(), spans: Spans::Stated, ..Table::default() }
    }

    /// The grid as text, `.` where no cell is.
    fn drawn(table: &Table) -> Vec<String> {
        let grid = table.grid();
        let text = |slot: &Slot| table.cell(*slot).map_or_else(|| ".".to_owned(), Cell::text);
        (0..grid.rows()).map(|row| grid.row(row).iter().map(text).collect::<Vec<_>>().concat()).collect()
    }

    #[test]
    fn column_and_row_spans_cover_their_places() {
        let table = table(&[&[("a", 2, 1), ("b", 1, 2)], &[("c", 1, 1), ("d", 1, 1)]]);
        assert_eq!(drawn(&table), ["aab", "cdb"]);
    }

    #[test]
    fn a_row_span_past_the_end_is_cut() {
        let table = table(&[&[("a", 1, 9), ("b", 1, 1)], &[("c", 1, 1)]]);
        assert_eq!(drawn(&table), ["ab", "ac"]);
        assert_eq!(table.grid().clamped(), 0);
    }

    #[test]
    fn short_rows_end_in_nothing() {
        let table = table(&[&[("a", 1, 1)], &[("b", 1, 1), ("c", 1, 1)]]);
        assert_eq!(drawn(&table), ["a.", "bc"]);
    }

    #[test]
    fn vertical_continuation_takes_the_cell_above() {
        let mut table = table(&[&[("a", 1, 1), ("b", 1, 1)], &[("", 1, 1), ("c", 1, 1)]]);
        table.rows[1].cells[0].continues = true;
        assert_eq!(drawn(&table), ["ab", "ac"]);
    }

    #[test]
    fn columns_left_out_before_are_no_cells() {
        let mut table = table(&[&[("a", 1, 1), ("b", 1, 1)], &[("c", 1, 1)]]);
        table.rows[1].before = 1;
        assert_eq!(drawn(&table), ["ab", ".c"]);
    }

    #[test]
    fn absurd_spans_are_clamped_and_counted() {
        let table = table(&[&[("a", 20_000_000, 1), ("b", 1, 4_000_000_000)], &[("c", u32::MAX, 1)]]);
        let grid = table.grid();
        assert_eq!(grid.columns(), 256);
        assert_eq!(grid.clamped(), 3, "two spans cut, one cell pushed out");
    }

    #[test]
    fn a_table_over_the_limit_loses_its_last_rows_and_says_so() {
        let rows: Vec<&[(&str, u32, u32)]> = vec![&[("a", 4, 1)]; 10];
        let grid = table(&rows).grid_within(GridLimits { columns: 8, slots: 20 });
        assert_eq!((grid.rows(), grid.dropped_rows()), (5, 5));
    }
}
