//! Columns under a rule of dashes with gaps, as pandoc prints them: the rule says where each
//! column begins and ends, so every cell is certain, blank ones too.
//!
//! Blank lines between the rows, where there are any, part rows of several lines.

use super::build::{Cells, Draft, Piece};
use super::lines::{Line, MEASURES, Measure, trim};
use super::{Found, Part};

/// Lines of a header that may stand between a rule without gaps and the rule of columns.
const HEADER_LINES: usize = 12;

/// A row takes no more lines than this.
const ROW_LINES: usize = 40;

/// Reads a table from its first rule to its last.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    if !is_rule(lines[at].text) {
        return Err(at + 1);
    }
    let columns_at = (at..lines.len().min(at + HEADER_LINES)).find(|&line| gaps(lines[line].text));
    let Some(rule) = columns_at else { return Err(at + 1) };
    let Some(last) = last_rule(lines, rule) else { return Err(rule + 1) };
    let stretches = columns(lines[rule].raw);
    let inner = || lines[at..last].iter().filter(|line| !is_rule(line.text));
    // Header and rows are one table: whoever reads it knows a header by its labels.
    let fits = |measure: &&Measure| inner().all(|line| keeps_gaps(line.raw, &stretches, **measure));
    let Some(measure) = MEASURES.iter().find(fits) else { return Err(rule + 1) };
    let rows = blocks(&lines[at..last]).map(|block| row(block, &stretches, *measure)).collect();
    Ok(Found { dialect: "ruled columns", parts: vec![Part::Table { rows, wrapped: false }], end: last + 1 })
}

/// A line of dashes, with or without gaps.
fn is_rule(text: &str) -> bool {
    text.starts_with("---") && text.chars().all(|c| c == '-' || c == ' ')
}

fn gaps(text: &str) -> bool {
    is_rule(text) && text.contains("- -")
}

/// The rule that closes the table: the next one.
fn last_rule(lines: &[Line<'_>], rule: usize) -> Option<usize> {
    let mut since = 0;
    for (at, line) in lines.iter().enumerate().skip(rule + 1) {
        if is_rule(line.text) {
            return Some(at);
        }
        since = if line.is_blank() { 0 } else { since + 1 };
        if since > ROW_LINES {
            break;
        }
    }
    None
}

/// First column of each stretch of dashes, and the one after its last.
fn columns(rule: &str) -> Vec<(usize, usize)> {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, _) in rule.char_indices().filter(|(_, c)| *c == '-') {
        match columns.last_mut() {
            Some(last) if last.1 == at => last.1 = at + 1,
            _ => columns.push((at, at + 1)),
        }
    }
    columns
}

/// Whether nothing is printed in the gaps between the columns.
fn keeps_gaps(raw: &str, columns: &[(usize, usize)], measure: Measure) -> bool {
    let mut column = 0;
    raw.chars().all(|c| {
        let at = column;
        column += measure(c);
        let inside = columns.iter().any(|(start, end)| (*start..*end).contains(&at));
        c.is_whitespace() || inside || columns.last().is_some_and(|(_, end)| at >= *end)
    })
}

/// The lines of each row: parted by blank lines if there are any inside, else each by itself.
fn blocks<'t, 'a>(lines: &'t [Line<'a>]) -> impl Iterator<Item = &'t [Line<'a>]> {
    let apart = lines.iter().any(Line::is_blank);
    let ends = move |line: &Line<'_>| line.is_blank() || is_rule(line.text);
    let blocks = lines.split(ends).filter(|block| !block.is_empty());
    blocks.flat_map(move |block| block.chunks(if apart { block.len() } else { 1 }))
}

/// The cells of a row: what stands in a column on each of its lines.
fn row<'a>(block: &[Line<'a>], columns: &[(usize, usize)], measure: Measure) -> Cells<'a> {
    let cell = |&(start, end): &(usize, usize)| {
        // What is printed beyond the last column belongs to it.
        let end = if columns.last().is_some_and(|last| last.0 == start) { usize::MAX } else { end };
        let mut pieces = block.iter().map(|line| Piece::of(line, within(line.raw, start, end, measure)));
        let mut draft = Draft::of(pieces.next().unwrap_or_else(|| Piece::of(&block[0], "")));
        pieces.for_each(|piece| draft.add(piece));
        draft
    };
    columns.iter().map(cell).collect()
}

/// The part of a line between two columns.
fn within(raw: &str, start: usize, end: usize, measure: Measure) -> &str {
    let mut column = 0;
    let (mut from, mut to) = (raw.len(), raw.len());
    for (at, c) in raw.char_indices() {
        if column >= start && at < from {
            from = at;
        }
        if column >= end {
            to = at;
            break;
        }
        column += measure(c);
    }
    trim(&raw[from.min(to)..to])
}
