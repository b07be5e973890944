//! Definitions of rows: they stand before the cells, after them, or hold from the row above.

use std::rc::Rc;

use crate::ingest::word::table::{CellShape, RowShape};

/// Cells of a row whose place is kept. Word allows 63; each costs more memory than its bytes.
const MAX_CELLS: usize = 1000;
/// How a cell is merged to the side.
const BEGINS: u16 = 1;
const GOES_ON: u16 = 2;

/// The definition of rows that end now, and the one before it.
#[derive(Debug, Default)]
pub(super) struct Definition {
    shape: Rc<RowShape>,
    /// Merges of the cell whose edge comes next.
    sideways: u16,
    continues: bool,
    /// What held before, if nothing has ended since.
    before: Option<Rc<RowShape>>,
}

impl Definition {
    /// Begins a definition.
    pub(super) fn begin(&mut self) {
        self.before = Some(std::mem::take(&mut self.shape));
        (self.sideways, self.continues) = (0, false);
    }

    pub(super) fn left(&mut self, left: i32) {
        Rc::make_mut(&mut self.shape).left = left;
    }

    pub(super) fn merge(&mut self, begins: bool) {
        self.sideways = if begins { BEGINS } else { GOES_ON };
    }

    pub(super) fn merge_down(&mut self, begins: bool) {
        self.continues = !begins;
    }

    pub(super) fn edge(&mut self, right: i32) {
        let (sideways, continues) = (std::mem::take(&mut self.sideways), std::mem::take(&mut self.continues));
        if self.shape.cells.len() < MAX_CELLS {
            Rc::make_mut(&mut self.shape).cells.push(CellShape { right, sideways, continues });
        }
    }

    /// The shape of a row that ends now.
    pub(super) fn shape(&self) -> Rc<RowShape> {
        Rc::clone(&self.shape)
    }

    /// A cell or a row has ended: no definition is in between any more.
    pub(super) fn settle(&mut self) {
        self.before = None;
    }

    /// The shape of a row of so many cells that is full and was defined anew since its last cell:
    /// another row has begun, and the end of this one is lost.
    pub(super) fn lost(&mut self, cells: usize) -> Option<Rc<RowShape>> {
        self.before.take().filter(|before| !before.cells.is_empty() && cells >= before.cells.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_hold_until_the_next_one() {
        let mut row = Definition::default();
        row.begin();
        row.left(-108);
        row.merge(true);
        row.edge(1000);
        row.merge_down(false);
        row.edge(2000);
        let cells = vec![
            CellShape { right: 1000, sideways: BEGINS, continues: false },
            CellShape { right: 2000, sideways: 0, continues: true },
        ];
        assert_eq!(*row.shape(), RowShape { left: -108, cells });
        assert!(Rc::ptr_eq(&row.shape(), &row.shape()), "a long definition is not copied for every row");
        row.begin();
        assert_eq!(row.shape().cells, []);
    }

    #[test]
    fn a_full_row_that_is_defined_anew_has_lost_its_end() {
        let mut row = Definition::default();
        row.begin();
        row.edge(1000);
        row.begin();
        assert_eq!(row.lost(1).map(|shape| shape.cells.len()), Some(1));
        assert_eq!(row.lost(1), None, "only once");
        row.begin();
        row.settle();
        assert_eq!(row.lost(1), None);
    }
}
