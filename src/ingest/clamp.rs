//! Tables that pass what a grid can hold: said once, for every reader.
//!
//! Readers pass spans on as the file states them; [`Table::grid`] cuts them. Whoever reads the
//! grid cannot tell that it was cut, so the findings are added here, where the document is made.

use crate::document::{Document, GridLimits, Origin, Table};
use crate::finding::{Code, Finding};

/// Columns up to which no grid is made just to see whether it clamps.
const SURELY_FITS: u64 = 64;

/// The document with a finding for each table whose grid is cut.
pub(super) fn reported(mut document: Document) -> Document {
    let limits = GridLimits::default();
    for (index, table) in document.tables.iter().enumerate() {
        if surely_fits(table, limits) {
            continue;
        }
        let grid = table.grid_within(limits);
        let number = u32::try_from(index + 1).ok();
        let origin = Origin { table: number, page: table.page, ..Origin::default() };
        let mut report = |code, expected: usize, found: usize| {
            if found > 0 {
                let finding = Finding::new(code).expected(expected.to_string()).found(found.to_string());
                document.findings.push(finding.at(origin));
            }
        };
        report(Code::SpanClamped, limits.columns, grid.clamped());
        report(Code::TableTruncated, limits.slots, grid.dropped_rows());
    }
    document
}

/// Whether the table is so small that nothing can be cut, told without making its grid.
fn surely_fits(table: &Table, limits: GridLimits) -> bool {
    let mut widest = 0_u64;
    // Cells that reach down push those of later rows to the right.
    let mut hanging = 0_u64;
    for row in &table.rows {
        let mut width = u64::from(row.before);
        for cell in &row.cells {
            let span = u64::from(cell.column_span.max(1));
            width = width.saturating_add(span);
            hanging = hanging.saturating_add(if cell.row_span > 1 { span } else { 0 });
        }
        widest = widest.max(width);
    }
    let columns = widest.saturating_add(hanging);
    columns <= SURELY_FITS && table.rows.len() as u64 * columns <= limits.slots as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Row};

    fn document(rows: usize, span: u32, count: usize) -> Document {
        let cell = Cell { column_span: span, ..Cell::of_text("1") };
        let row = Row { cells: vec![cell; count], ..Row::default() };
        Document { tables: vec![Table { rows: vec![row; rows], ..Table::default() }], ..Document::default() }
    }

    fn said(document: Document) -> Vec<(Code, Option<String>, Option<u32>)> {
        let findings = reported(document).findings.into_iter();
        findings.map(|finding| (finding.code, finding.found, finding.origin.and_then(|origin| origin.table))).collect()
    }

    #[test]
    fn spans_within_the_limit_are_no_matter() {
        assert_eq!(said(document(3, 65, 1)), []);
        assert_eq!(said(document(3, 2, 15)), []);
    }

    #[test]
    fn cut_spans_are_counted_and_placed() {
        assert_eq!(said(document(3, 4_000_000_000, 1)), [(Code::SpanClamped, Some("3".to_owned()), Some(1))]);
    }

    #[test]
    fn dropped_rows_are_counted_and_placed() {
        assert_eq!(said(document(20_000, 250, 1)), [(Code::TableTruncated, Some("4000".to_owned()), Some(1))]);
    }
}
