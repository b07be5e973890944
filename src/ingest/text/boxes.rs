//! Tables drawn with characters: `antiword`'s bars, grids of `+---+`, box drawing.
//!
//! Rules between rows, where there are any, part the rows; else a row here is a printed line.

use std::collections::BTreeMap;

use super::build::{Cells, Draft, Piece};
use super::lines::{Line, is_padding, trim, width};
use super::{Found, Part};

/// Reads a drawn table: a run of lines that begin with a bar or the corner of a rule.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    let run = lines[at..].iter().take_while(|line| line.text.starts_with(|c| c == '+' || is_drawn(c))).count();
    if run < 2 {
        return Err(at + run.max(1));
    }
    let end = at + run;
    let lines = &lines[at..end];
    let ruled = lines.iter().filter(|line| is_rule(line.text)).count();
    let (dialect, parts) = if ruled > 0 && ruled < run {
        ("drawn grid", vec![ruled_table(lines)])
    } else if ruled == 0 && is_padded(lines) {
        let rows = lines.iter().map(|line| drafts(line).map(|(_, draft)| draft).collect()).collect();
        ("drawn boxes", vec![Part::Table { rows, wrapped: true }])
    } else {
        return Err(end);
    };
    Ok(Found { dialect, parts, end })
}

/// A character of a drawing: a bar or box drawing.
fn is_drawn(c: char) -> bool {
    c == '|' || matches!(c, '\u{2500}'..='\u{257f}')
}

/// An upright stroke without a part to the side.
pub(super) fn is_upright(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏')
}

/// A character of a horizontal rule, its corners included.
fn is_horizontal(c: char) -> bool {
    matches!(c, '+' | '-' | '=') || (is_drawn(c) && !is_upright(c))
}

/// Whether a line is a rule, all of it or for some columns: it holds a corner next to dashes.
fn is_rule(text: &str) -> bool {
    let ascii = ["+--", "--+", "+==", "==+"].iter().any(|corner| text.contains(corner));
    ascii || text.chars().any(|c| is_drawn(c) && is_horizontal(c))
}

/// Whether all lines are framed, equally wide and padded.
fn is_padded(lines: &[Line<'_>]) -> bool {
    let framed = lines.iter().all(|line| line.text.len() > 1 && line.text.ends_with(is_upright));
    if !framed {
        return false;
    }
    let widths = || lines.iter().map(|line| line.text.chars().map(width).sum::<usize>());
    let (least, most) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
    let padded = lines.iter().any(|line| line.text.contains("  "));
    let cells = lines.iter().flat_map(|line| line.text.split(is_upright)).filter(|cell| !trim(cell).is_empty());
    let (mut all, mut tight) = (0, 0);
    for cell in cells {
        all += 1;
        tight += usize::from(!cell.starts_with(is_padding));
    }
    // Tight cells are antiword's; framed lines of one exact width are drawn by anybody, unless a
    // separator says that they are Markdown.
    let separator = |line: &Line<'_>| line.text.chars().all(|c| matches!(c, '|' | '-' | ':') || is_padding(c));
    let exact = most == least && lines.len() > 2 && lines.iter().all(|line| line.text.starts_with(is_upright));
    padded && !lines.iter().any(separator) && (((most - least) * 10 <= most && tight * 2 > all) || exact)
}

/// A table whose rules part rows, if they part more than a head from a body.
fn ruled_table<'a>(lines: &[Line<'a>]) -> Part<'a> {
    let mut blocks: Vec<Vec<Line<'a>>> = vec![Vec::new()];
    for line in lines {
        if is_rule(line.text) {
            blocks.push(Vec::new());
        }
        // A rule under some columns only has text in the others: it belongs to the row below.
        if let Some(block) = blocks.last_mut() {
            block.push(*line);
        }
    }
    let rows = blocks.iter().filter(|block| block.iter().any(|line| !is_rule(line.text))).count();
    let printed = rows <= 2 && blocks.iter().any(|block| block.iter().filter(|line| !is_rule(line.text)).count() > 1);
    let rows = blocks.iter().flat_map(|block| if printed { each(block) } else { vec![joined(block)] }).collect();
    Part::Table { rows, wrapped: printed }
}

/// A row for each printed line of a block.
fn each<'a>(block: &[Line<'a>]) -> Vec<Cells<'a>> {
    block.iter().map(|line| drafts(line).map(|(_, draft)| draft).collect()).collect()
}

/// One row for a block: the lines of a cell are those that begin at the same column.
fn joined<'a>(block: &[Line<'a>]) -> Cells<'a> {
    let plain = || block.iter().filter(|line| !is_rule(line.text));
    let counts = || plain().map(|line| drafts(line).count());
    let even = counts().min() == counts().max() && plain().count() + 1 >= block.len();
    let partial = block.first().is_some_and(|line| is_rule(line.text) && drafts(line).next().is_some());
    let mut cells: BTreeMap<usize, Draft<'a>> = BTreeMap::new();
    for line in block {
        for (index, (column, draft)) in drafts(line).enumerate() {
            let key = if even && !partial { index } else { column };
            match cells.get_mut(&key) {
                Some(cell) => cell.pieces.extend(draft.pieces),
                None => drop(cells.insert(key, draft)),
            }
        }
    }
    cells.into_values().collect()
}

/// The cells of a line, each with the display column at which it begins; the rules in a line
/// that is partly a rule are left out.
fn drafts<'a>(line: &Line<'a>) -> impl Iterator<Item = (usize, Draft<'a>)> {
    let rule = is_rule(line.text);
    let edge = move |c: char| is_upright(c) || (rule && (c == '+' || is_drawn(c)));
    let inner = line.text.strip_prefix(edge).unwrap_or(line.text);
    let inner = inner.strip_suffix(edge).unwrap_or(inner);
    let mut column = 0;
    let mut cells = Vec::new();
    for text in inner.split(edge) {
        let drawn = rule && text.chars().all(is_horizontal);
        if !(drawn || rule && trim(text).is_empty()) {
            cells.push((column, Draft::of(Piece::of(line, text))));
        }
        column += text.chars().map(width).sum::<usize>() + 1;
    }
    cells.into_iter()
}
