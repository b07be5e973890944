//! Cells that reach down too far.
//!
//! Whoever counts rows by hand counts wrong: a label over 22 rows says 23, and a browser pushes the
//! row below it to the right, its last number out of the table. Such a span is cut where three
//! things agree: the rows from there on are too wide for the table with it, just wide enough
//! without it, and built like other rows. Where they do not, everything stays as it is written.

use std::collections::HashMap;

use crate::document::Row;

/// Cells from above that may reach into a row. Labels stand at most three within one another;
/// looking at more would cost a hostile page hours.
const HANGING: usize = 64;

/// A cell that reaches below its row.
struct Hanging {
    row: usize,
    cell: usize,
    columns: u64,
    /// The first row that it does not reach.
    end: usize,
}

/// A span to be cut: row and cell that it belongs to, rows that are left of it.
type Cut = (usize, usize, u32);

/// Cuts the spans of a table that reach too far; how many.
pub(super) fn cut(rows: &mut [Row]) -> usize {
    let Some(cuts) = widths(rows).into_iter().filter_map(|width| cuts(rows, width)).find(|cuts| !cuts.is_empty())
    else {
        return 0;
    };
    for &(row, cell, left) in &cuts {
        rows[row].cells[cell].row_span = left;
    }
    cuts.len()
}

/// How wide the table may be meant: as its first row, or as most of its rows.
fn widths(rows: &[Row]) -> Vec<u64> {
    let mut hanging = Vec::new();
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if !hang(&mut hanging, at) {
            return Vec::new();
        }
        *counts.entry(own(row) + above(&hanging)).or_default() += 1;
        hanging.extend(reaching(row, at));
    }
    let most = counts.into_iter().max_by_key(|&(width, count)| (count, width)).map(|(width, _)| width);
    rows.first().map(own).into_iter().chain(most).collect()
}

/// The cuts after which no row is wider than the table; `None` if there are no such cuts.
fn cuts(rows: &[Row], width: u64) -> Option<Vec<Cut>> {
    let mut built: HashMap<Vec<u32>, usize> = HashMap::new();
    for row in rows {
        *built.entry(build(row)).or_default() += 1;
    }
    let mut hanging = Vec::new();
    let mut cuts = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if !hang(&mut hanging, at) {
            return None;
        }
        let total = own(row) + above(&hanging);
        if total > width && !ends_blank(row, total - width) {
            while own(row) + above(&hanging) > width {
                let Hanging { row, cell, .. } = hanging.pop()?;
                cuts.push((row, cell, u32::try_from(at - row).ok()?));
            }
            let fits = own(row) + above(&hanging) == width;
            if !fits || built[&build(row)] < 2 {
                return None;
            }
        }
        hanging.extend(reaching(row, at));
    }
    Some(cuts)
}

/// Lets go of the cells that do not reach into a row; whether few enough are left.
fn hang(hanging: &mut Vec<Hanging>, row: usize) -> bool {
    hanging.retain(|cell| cell.end > row);
    hanging.len() <= HANGING
}

fn reaching(row: &Row, at: usize) -> impl Iterator<Item = Hanging> {
    row.cells.iter().enumerate().filter(|(_, cell)| cell.row_span > 1).map(move |(index, cell)| Hanging {
        row: at,
        cell: index,
        columns: cell.column_span.into(),
        end: at.saturating_add(cell.row_span as usize),
    })
}

fn own(row: &Row) -> u64 {
    row.cells.iter().map(|cell| u64::from(cell.column_span)).sum()
}

fn above(hanging: &[Hanging]) -> u64 {
    hanging.iter().map(|cell| cell.columns).sum()
}

fn build(row: &Row) -> Vec<u32> {
    row.cells.iter().map(|cell| cell.column_span).collect()
}

/// Whether the row is only too wide by empty cells at its end.
fn ends_blank(row: &Row, excess: u64) -> bool {
    let blank = row.cells.iter().rev().take_while(|cell| cell.blocks.is_empty());
    blank.map(|cell| u64::from(cell.column_span)).sum::<u64>() >= excess
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cell;

    /// Rows of cells `columns` or `columns/rows`; `.` before them makes an empty cell.
    fn rows(lines: &[&str]) -> Vec<Row> {
        let cell = |word: &str| {
            let (columns, down) = word.trim_start_matches('.').split_once('/').unwrap_or((word, "1"));
            let number = |text: &str| text.trim_start_matches('.').parse().expect("a number");
            let text = if word.starts_with('.') { "" } else { "x" };
            Cell { column_span: number(columns), row_span: number(down), ..Cell::of_text(text) }
        };
        let row = |line: &&str| Row { cells: line.split(' ').map(cell).collect(), ..Row::default() };
        lines.iter().map(row).collect()
    }

    fn spans(lines: &[&str]) -> (usize, Vec<u32>) {
        let mut rows = rows(lines);
        let count = cut(&mut rows);
        let all = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.row_span);
        (count, all.filter(|&span| span > 1).collect())
    }

    #[test]
    fn a_span_ends_where_a_row_leaves_it_no_room() {
        assert_eq!(spans(&["2 1", "2 1", "1/9 1 1", "1 1", "2 1"]), (1, vec![2]));
        // The inner of two labels; the head of the table over everything.
        let labels = ["3 1", "1/6 1/3 1 1", "1 1", "1/2 1 1", "1 1", "1/2 1 1", "1 1", "3 1"];
        assert_eq!(spans(&labels), (1, vec![6, 2, 2, 2]));
        assert_eq!(spans(&["2/99 1", "1", "2 1", "2 1", "2 1"]), (1, vec![2]));
    }

    #[test]
    fn honest_spans_and_what_nothing_proves_stay() {
        assert_eq!(spans(&["2 1", "1/2 1 1", "1 1", "2 1"]).0, 0);
        // An empty cell too many at the end of a row; a row like no other; rows of any width.
        assert_eq!(spans(&["1 1 1", "1/2 1 1", "1 1 .1", "1 1 1"]).0, 0);
        assert_eq!(spans(&["2 2", "1/2 1 1 1", "2 1 1"]).0, 0);
        assert_eq!(spans(&["1/3 1", "5", "2 2"]).0, 0);
    }
}
