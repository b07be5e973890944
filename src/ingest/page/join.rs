//! Tables that go on over a page: heads that are repeated left out, cells that the break cut put together.
//!
//! Nothing here knows the form. What goes on with what is told by the columns, by blanks on one side of
//! the break, by numbers of items, and by whether a line had run out of room.

use std::ops::Range;

use super::line::Line;
use super::table::{Cell, Table};
use super::tolerance::{FULL, MOST_JOINED, SAME_COLUMN};
use crate::ingest::text::numbered::is_numbered;

/// Joins a table of the next page to one that ends a page; gives it back if it is another table.
pub(super) fn join(upper: &mut Table, mut lower: Table) -> Option<Table> {
    let slots = (upper.rows + lower.rows).saturating_mul(upper.xs.len() + lower.xs.len());
    if slots > MOST_JOINED || !same_columns(upper, &lower) {
        return Some(lower);
    }
    unify(upper, &mut lower);
    let lower = without_head(upper, lower);
    append(upper, lower);
    None
}

/// Places of the lines between columns, from the left side of the table.
fn inner(table: &Table) -> Vec<f32> {
    let left = table.xs[0];
    table.xs[1..table.xs.len() - 1].iter().map(|x| x - left).collect()
}

fn width(table: &Table) -> f32 {
    table.xs[table.xs.len() - 1] - table.xs[0]
}

/// Whether both are as wide, and most lines of the one with fewer columns are lines of the other.
fn same_columns(upper: &Table, lower: &Table) -> bool {
    let (a, b) = (inner(upper), inner(lower));
    let (few, many) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let shared = few.iter().filter(|x| many.iter().any(|y| near(**x, *y))).count();
    near(width(upper), width(lower)) && shared * 2 >= few.len()
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_COLUMN
}

/// Gives both the columns of both.
fn unify(upper: &mut Table, lower: &mut Table) {
    let left = upper.xs[0];
    let shift = left - lower.xs[0];
    let mut xs = upper.xs.clone();
    for x in lower.xs.iter().map(|x| x + shift) {
        if !xs.iter().any(|known| near(*known, x)) {
            xs.push(x);
        }
    }
    xs.sort_by(f32::total_cmp);
    for (table, shift) in [(&mut *upper, 0.0), (lower, shift)] {
        let place = |x: f32| {
            let distance = |at: &usize| (xs[*at] - x - shift).abs();
            (0..xs.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
        };
        let places: Vec<usize> = table.xs.iter().map(|x| place(*x)).collect();
        for cell in &mut table.cells {
            cell.columns = places[cell.columns.start]..places[cell.columns.end].max(places[cell.columns.start] + 1);
        }
        table.xs.clone_from(&xs);
    }
}

/// The lower part without the rows with which both begin.
fn without_head(upper: &Table, mut lower: Table) -> Table {
    let most = upper.rows.min(lower.rows.saturating_sub(1));
    let head = (1..=most).take_while(|&rows| same_row(upper, &lower, rows - 1)).last().unwrap_or(0);
    // A cell that reaches below the head is not of it.
    let whole = |rows: &usize| lower.cells.iter().all(|cell| cell.rows.start >= *rows || cell.rows.end <= *rows);
    let Some(head) = (1..=head).rev().find(whole) else { return lower };
    lower.cells.retain(|cell| cell.rows.start >= head);
    for cell in &mut lower.cells {
        cell.rows = cell.rows.start - head..cell.rows.end - head;
    }
    lower.rows -= head;
    lower
}

/// Whether both have the same cells in a row, not all of them blank.
fn same_row(upper: &Table, lower: &Table, row: usize) -> bool {
    let (a, b) = (upper.row(row), lower.row(row));
    let same = |(a, b): (&Cell, &Cell)| a.columns == b.columns && a.rows == b.rows && folded(a) == folded(b);
    let says = |cells: &[Cell]| cells.iter().any(|cell| !cell.is_blank());
    a.len() == b.len() && (says(a) || row > 0 && a.is_empty()) && a.iter().zip(b).all(same)
}

fn folded(cell: &Cell) -> String {
    cell.text().split_whitespace().collect()
}

/// Puts the lower rows below the upper ones, cut rows and cells together.
fn append(upper: &mut Table, lower: Table) {
    let pairs = pairs(upper, &lower);
    let cut = is_cut_row(upper, &lower, &pairs);
    let begin = upper.rows - usize::from(cut);
    let mut taken = vec![false; lower.cells.len()];
    for &(a, b) in &pairs {
        let (above, below) = (&upper.cells[a], &lower.cells[b]);
        if cut || is_cut_cell(above, below, &pairs, upper, &lower) {
            taken[b] = true;
            let end = begin + below.rows.end;
            let page = if above.is_blank() { below.page } else { above.page };
            let items = below.items.clone();
            let above = &mut upper.cells[a];
            above.rows.end = above.rows.end.max(end);
            above.page = page;
            above.items.extend(items);
        }
    }
    let rest = lower.cells.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(cell, _)| cell);
    upper.cells.extend(rest.map(|cell| Cell { rows: begin + cell.rows.start..begin + cell.rows.end, ..cell }));
    upper.cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
    upper.rows = begin + lower.rows;
}

/// Cells of the same columns on both sides of the break.
fn pairs(upper: &Table, lower: &Table) -> Vec<(usize, usize)> {
    let ends = upper.cells.iter().enumerate().filter(|(_, cell)| cell.rows.end == upper.rows);
    let begin =
        |columns: &Range<usize>| lower.cells.iter().position(|cell| cell.rows.start == 0 && cell.columns == *columns);
    ends.filter_map(|(at, cell)| begin(&cell.columns).map(|other| (at, other))).collect()
}

/// Digits and marks that stand for a value.
fn is_value(cell: &Cell) -> bool {
    let text = cell.text();
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_numeric() || c.is_whitespace() || ".,+-/％%—－−".contains(c))
}

/// Whether text had run out of room at the end of its cell, or left a bracket open.
fn runs_on(cell: &Cell) -> bool {
    let text = cell.text();
    let open = text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
    // The margin at the right side is that at the left, which a centred label does not show.
    let margin = cell.lines().map(|line| line.area.x0 - cell.area.x0).fold(f32::MAX, f32::min);
    let room = |line: &Line| cell.area.x1 - line.area.x1 - margin.clamp(0.0, line.size);
    let full = cell.lines().next_back().is_some_and(|line| room(line) <= FULL * line.size);
    open || full
}

/// Whether the lower text may be the rest of the upper one.
fn is_rest(above: &Cell, below: &Cell) -> bool {
    !is_value(above) && !is_value(below) && !is_numbered(&below.text()) && runs_on(above)
}

/// Whether the first row below the break is the rest of the last row above it: the cells are the same, none
/// has a value on both sides, and labels either go on or stand on one side only.
fn is_cut_row(upper: &Table, lower: &Table, pairs: &[(usize, usize)]) -> bool {
    let last: Vec<usize> = (0..upper.cells.len()).filter(|&at| upper.cells[at].rows.end == upper.rows).collect();
    let first = lower.cells.iter().filter(|cell| cell.rows.start == 0).count();
    if pairs.len() != last.len() || pairs.len() != first || pairs.len() < 2 {
        return false;
    }
    let both = || pairs.iter().map(|&(a, b)| (&upper.cells[a], &lower.cells[b]));
    let fits = |(above, below): (&Cell, &Cell)| above.is_blank() || below.is_blank() || is_rest(above, below);
    let values = |side: fn((&Cell, &Cell)) -> bool| both().filter(|&pair| side(pair)).count();
    let (above, below) = (values(|(above, _)| is_value(above)), values(|(_, below)| is_value(below)));
    // The row proper: cells of this row only, not of a group beside it.
    let own = || both().filter(|(above, below)| above.rows.len() == 1 && below.rows.len() == 1);
    let goes_on = own().any(|(above, below)| !above.is_blank() && !below.is_blank());
    let unlabelled = own().filter(|(_, below)| !below.is_blank()).all(|(_, below)| is_value(below));
    let labelled = own().any(|(above, _)| !above.is_blank() && !is_value(above));
    // The white below a row's text goes over to the next page, too.
    let only_white = both().all(|(_, below)| below.is_blank());
    both().all(fits)
        && (above > 0 && below == 0 && (goes_on || only_white)
            || above == 0 && below > 0 && (goes_on || unlabelled && labelled))
}

/// Whether a cell goes on below the break while others beside it begin there.
fn is_cut_cell(above: &Cell, below: &Cell, pairs: &[(usize, usize)], upper: &Table, lower: &Table) -> bool {
    let merged = above.rows.len() > 1 || below.rows.len() > 1;
    if above.is_blank() && below.is_blank() || is_value(above) || is_value(below) {
        return false;
    }
    if above.is_blank() || below.is_blank() {
        return merged;
    }
    if is_numbered(&below.text()) {
        return false;
    }
    if merged && is_numbered(&above.text()) {
        return true;
    }
    // Two rows that are whole on both sides are two rows, however narrow their labels are.
    let whole = pairs.iter().all(|&(a, b)| !upper.cells[a].is_blank() && !lower.cells[b].is_blank());
    runs_on(above) && (merged || !(whole && pairs.len() > 1 && pairs.len() == lower.row(0).len()))
}
