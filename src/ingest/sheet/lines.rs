//! A sheet is no table but a page of lines and tables, which its lines part.
//!
//! Title, headings, prose and captions stand in rows with one cell. Which rows these are, whoever
//! has the rows says: a page saved by Excel and a sheet know different things about their cells.

/// A stretch of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Part<R> {
    /// A line of text.
    Line(R),
    /// Rows of a table; the first and the last of them say something.
    Table(Vec<R>),
}

/// What one must know of a row.
pub(in crate::ingest) trait SheetRow {
    /// Its number in the sheet, if that is not its place among the rows that are there.
    fn number(&self) -> Option<usize> {
        None
    }
    /// How many rows its cells reach down, itself included.
    fn reach(&self) -> usize;
    /// Whether no cell of it says anything.
    fn is_blank(&self) -> bool;
}

/// Parts a sheet at its lines. A row into which a cell from above reaches is none.
pub(in crate::ingest) fn parts<R: SheetRow>(rows: Vec<R>, is_line: impl Fn(usize, &R) -> bool) -> Vec<Part<R>> {
    let (mut parts, mut table) = (Vec::new(), Vec::new());
    let mut reach = 0;
    for (at, row) in rows.into_iter().enumerate() {
        let number = row.number().unwrap_or(at);
        let crossed = reach > number;
        reach = reach.max(number.saturating_add(row.reach()));
        if !crossed && is_line(at, &row) {
            close(&mut parts, &mut table);
            parts.push(Part::Line(row));
        } else {
            table.push(row);
        }
    }
    close(&mut parts, &mut table);
    parts
}

/// Ends a table; blank rows at its edges belong to the sheet.
fn close<R: SheetRow>(parts: &mut Vec<Part<R>>, table: &mut Vec<R>) {
    let mut rows = std::mem::take(table);
    let kept = rows.iter().rposition(|row| !row.is_blank()).map_or(0, |last| last + 1);
    rows.truncate(kept);
    let first = rows.iter().position(|row| !row.is_blank()).unwrap_or(rows.len());
    rows.drain(..first);
    if !rows.is_empty() {
        parts.push(Part::Table(rows));
    }
}
