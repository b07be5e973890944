//! A table while it is being read, and how edges of cells become columns.
//!
//! Binary files and RTF know no grid: each row says where its own cells begin and end. The columns of
//! the table are what lies between the edges of all its rows, as Word itself makes them when it
//! saves such a table as DOCX.

use std::rc::Rc;

use super::{extend, has_text};
use crate::document::{Blocks, Cell, Row, Table};

/// Edges this near to one another (a twentieth of a point each) are one: rows that were drawn or
/// converted apart differ by rounding. No cell that holds text is so narrow.
const NEAR: i32 = 20;

/// What a row says of one of its cells.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct CellShape {
    /// Its right edge, in twentieths of a point.
    pub(in crate::ingest) right: i32,
    /// How it is merged to the side, as the format has it: 0 not at all.
    pub(in crate::ingest) sideways: u16,
    /// It goes on with the cell above.
    pub(in crate::ingest) continues: bool,
}

/// Where the cells of a row begin and end on the page, and which are merged.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct RowShape {
    /// Left edge of the row.
    pub(in crate::ingest) left: i32,
    pub(in crate::ingest) cells: Vec<CellShape>,
}

/// A row that has been read. Rows may share a shape, so that a long one costs no more than its bytes.
#[derive(Debug)]
struct OpenRow {
    cells: Vec<Cell>,
    shape: Rc<RowShape>,
}

/// A table that has begun and not ended.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// Its place in the document's list.
    pub(super) index: usize,
    rows: Vec<OpenRow>,
    /// Cells of the open row.
    cells: Vec<Cell>,
    /// Blocks of the open cell.
    blocks: Blocks,
}

impl OpenTable {
    pub(super) fn new(index: usize) -> Self {
        OpenTable { index, rows: Vec::new(), cells: Vec::new(), blocks: Blocks::new() }
    }

    /// Where the content of the open cell goes.
    pub(super) fn blocks(&mut self) -> &mut Blocks {
        &mut self.blocks
    }

    pub(super) fn close_cell(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.cells.push(Cell { blocks, ..Cell::default() });
    }

    /// Ends the row; what no mark has closed is a cell of its own.
    pub(super) fn close_row(&mut self, shape: Rc<RowShape>) {
        if !self.blocks.is_empty() {
            self.close_cell();
        }
        let cells = std::mem::take(&mut self.cells);
        self.rows.push(OpenRow { cells, shape });
    }

    /// Cells of the open row.
    pub(super) fn open_cells(&self) -> usize {
        self.cells.len()
    }

    /// Forgets the open row: it is deleted.
    pub(super) fn drop_row(&mut self) {
        self.cells.clear();
        self.blocks.clear();
    }

    /// The table has ended.
    pub(super) fn finish(mut self) -> Table {
        if !self.blocks.is_empty() || !self.cells.is_empty() {
            self.close_row(Rc::default());
        }
        let columns = Columns::of(self.rows.iter().map(|row| &row.shape));
        Table { rows: self.rows.into_iter().map(|row| columns.place(row)).collect(), ..Table::default() }
    }
}

/// Left edges of the columns of a table, and the right edge of the last.
#[derive(Debug)]
struct Columns {
    edges: Vec<i32>,
}

impl Columns {
    fn of<'r>(rows: impl Iterator<Item = &'r Rc<RowShape>>) -> Self {
        let mut edges: Vec<i32> = Vec::new();
        let mut last = None;
        for shape in rows.filter(|shape| !shape.cells.is_empty()) {
            // Shapes that rows share are looked at once.
            if last.replace(Rc::as_ptr(shape)) != Some(Rc::as_ptr(shape)) {
                edges.extend(std::iter::once(shape.left).chain(shape.cells.iter().map(|cell| cell.right)));
            }
        }
        edges.sort_unstable();
        edges.dedup_by(|edge, kept| edge.saturating_sub(*kept) <= NEAR);
        Columns { edges }
    }

    /// How many columns end at or before an edge.
    fn before(&self, edge: i32) -> u32 {
        let at = self.edges.partition_point(|&known| known <= edge);
        u32::try_from(at.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The row with its spans.
    fn place(&self, row: OpenRow) -> Row {
        let OpenRow { cells, shape } = row;
        if shape.cells.is_empty() {
            return Row { cells, ..Row::default() };
        }
        let before = self.before(shape.left);
        let mut placed = Row { before, cells: Vec::with_capacity(cells.len()), ..Row::default() };
        let mut at = before;
        let mut first = 0;
        for (index, mut cell) in cells.into_iter().enumerate() {
            let Some(shape) = shape.cells.get(index) else {
                // More marks than the row defines cells: they are there, though nobody knows where.
                placed.cells.push(cell);
                continue;
            };
            let end = self.before(shape.right);
            let width = end.saturating_sub(at);
            cell.column_span = width;
            cell.continues = shape.continues;
            at = at.max(end);
            // Which of the two marks begins a merged group and which goes on with it is told differently
            // by the specification and by what Word wrote; that the leftmost begins it is certain.
            let sideways = shape.sideways;
            match placed.cells.last_mut() {
                Some(left) if first != 0 && sideways != 0 && sideways != first => extend(left, cell),
                // Narrower than any column and empty: no cell that anybody sees.
                _ if width == 0 && !has_text(&cell) => {}
                _ => {
                    first = sideways;
                    cell.column_span = width.max(1);
                    placed.cells.push(cell);
                }
            }
        }
        let columns = u32::try_from(self.edges.len().saturating_sub(1)).unwrap_or(u32::MAX);
        placed.after = columns.saturating_sub(at);
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shape with these edges and merges to the side.
    fn shape(edges: &[i32], sideways: &[u16]) -> Rc<RowShape> {
        let cell = |(at, &right): (usize, &i32)| {
            let sideways = sideways.get(at).copied().unwrap_or(0);
            CellShape { right, sideways, continues: false }
        };
        Rc::new(RowShape { left: edges[0], cells: edges[1..].iter().enumerate().map(cell).collect() })
    }

    /// Spans of each row of a table, with the columns left out before and after it.
    fn spans(rows: &[(usize, &[i32], &[u16])]) -> Vec<(u32, Vec<u32>, u32)> {
        let mut table = OpenTable::new(0);
        for (cells, edges, flags) in rows {
            (0..*cells).for_each(|_| table.close_cell());
            table.close_row(shape(edges, flags));
        }
        let rows = table.finish().rows.into_iter();
        rows.map(|row| (row.before, row.cells.iter().map(|cell| cell.column_span).collect(), row.after)).collect()
    }

    #[test]
    fn edges_of_all_rows_make_the_columns() {
        let found = spans(&[(1, &[0, 3000], &[]), (3, &[0, 1000, 2000, 3000], &[]), (2, &[5, 1990, 3000], &[])]);
        assert_eq!(found, [(0, vec![3], 0), (0, vec![1, 1, 1], 0), (0, vec![2, 1], 0)]);
    }

    #[test]
    fn rows_may_begin_late_and_end_early() {
        let found = spans(&[(2, &[0, 1000, 2000], &[]), (1, &[1000, 2000], &[]), (1, &[0, 1000], &[])]);
        assert_eq!(found, [(0, vec![1, 1], 0), (1, vec![1], 0), (0, vec![1], 1)]);
    }

    #[test]
    fn both_ways_of_merging_to_the_side_are_understood() {
        let edges: &[i32] = &[0, 1000, 2000, 3000, 4000, 5000];
        for flags in [[1, 2, 2, 1, 2], [2, 1, 1, 2, 1], [3, 1, 1, 3, 1]] {
            assert_eq!(spans(&[(5, edges, &flags)]), [(0, vec![3, 2], 0)], "{flags:?}");
        }
        assert_eq!(spans(&[(5, edges, &[0, 1, 2, 0, 0])]), [(0, vec![1, 2, 1, 1], 0)]);
    }

    #[test]
    fn empty_cells_without_width_are_none() {
        let edges: &[i32] = &[0, 10, 1000, 1000, 2000];
        let found = spans(&[(4, edges, &[]), (4, edges, &[0, 1, 2, 0]), (2, &[0, 1000, 2000], &[])]);
        assert_eq!(found, [(0, vec![1, 1], 0), (0, vec![1, 1], 0), (0, vec![1, 1], 0)]);
    }

    #[test]
    fn more_marks_than_defined_cells_lose_nothing() {
        assert_eq!(spans(&[(3, &[0, 1000, 2000], &[])]), [(0, vec![1, 1, 1], 0)]);
    }
}
