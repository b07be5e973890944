//! Tabs: a converter's cells, one a line behind a tab; and rows whose cells tabs part.

use super::build::{Cells, Draft, Piece};
use super::lines::Line;
use super::{Found, Part};

/// A cell longer than this is a paragraph that happens to be indented.
const LONG_CELL: usize = 120;

/// Rows of `label<TAB>numbers`: at least two such lines after one another.
pub(super) fn pairs<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    if !lines[at].text.contains('\t') {
        return Err(at + 1);
    }
    // Behind the label of a row of blanks stand nothing but tabs.
    let ends_in_tabs = |line: &Line<'_>| line.raw.trim_end_matches(['\r', '\n', ' ']).ends_with('\t');
    let opens_cell = |line: &Line<'_>| line.raw.starts_with('\t');
    let is_row =
        |line: &&Line<'_>| line.text.contains('\t') || !line.is_blank() && !opens_cell(line) && ends_in_tabs(line);
    let run = lines[at..].iter().take_while(is_row).count();
    if run < 2 {
        return Err(at + 1);
    }
    let rows = lines[at..at + run].iter().map(split).collect();
    let parts = vec![Part::Table { rows, wrapped: false }];
    Ok(Found { dialect: "tab-separated rows", parts, end: at + run })
}

fn split<'a>(line: &Line<'a>) -> Cells<'a> {
    line.raw.split('\t').map(|text| Draft::of(Piece::of(line, text))).collect()
}

/// A converter's table: a tab opens a cell, a line without one continues it, a blank line ends
/// the row, and a line without a tab after a blank one ends the table.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    if !lines[at].raw.starts_with('\t') {
        return Err(at + 1);
    }
    let mut rows: Vec<Cells<'a>> = Vec::new();
    let mut row: Cells<'a> = Vec::new();
    let mut end = at;
    for (index, line) in lines.iter().enumerate().skip(at) {
        if let Some(text) = line.raw.strip_prefix('\t') {
            row.push(Draft::of(Piece::of(line, text)));
        } else if line.is_blank() {
            rows.push(std::mem::take(&mut row));
            continue;
        } else if let Some(cell) = row.last_mut() {
            cell.add(Piece::of(line, line.text));
        } else {
            break;
        }
        end = index + 1;
    }
    rows.push(row);
    rows.retain(|cells| !cells.is_empty());
    if is_table(&rows) {
        Ok(Found { dialect: "tabs", parts: vec![Part::Table { rows, wrapped: false }], end })
    } else {
        Err(end)
    }
}

/// Two rows, one of two cells, and few cells that are as long as a paragraph or a sentence.
fn is_table(rows: &[Cells<'_>]) -> bool {
    let filled = rows.iter().flatten().filter(|cell| !cell.is_empty());
    let length = |cell: &Draft<'_>| cell.pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
    let (mut all, mut long) = (0, 0);
    for cell in filled {
        all += 1;
        let sentence = cell.pieces.last().is_some_and(|piece| piece.text.ends_with('。'));
        long += usize::from(sentence || length(cell) > LONG_CELL);
    }
    rows.len() >= 2 && rows.iter().any(|cells| cells.len() >= 2) && all > 0 && long * 4 <= all
}
