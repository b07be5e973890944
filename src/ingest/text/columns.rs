//! Columns aligned by place on a page: the same steps that read columns aligned with spaces.

use std::ops::Range;

use super::build::Builder;
use super::lines::{Line, trim, width};
use super::{Part, layout};
use crate::document::Table;

/// A printed line: its stretches with the place where each begins, from left to right.
pub(in crate::ingest) struct Printed {
    /// Its page.
    pub(in crate::ingest) page: u32,
    /// Font size, in the unit of the places.
    pub(in crate::ingest) size: f32,
    /// Places and texts.
    pub(in crate::ingest) stretches: Vec<(f32, String)>,
}

/// Lines of several stretches that make a table.
const ROWS: usize = 3;

/// Blanks that part two stretches.
const GAP: usize = 2;

/// A place further to the right than this (in half characters) is none of a page.
const WIDEST: f32 = 1_000.0;

/// Whether enough lines have several stretches.
pub(in crate::ingest) fn are_likely(stretches: impl Iterator<Item = usize>) -> bool {
    stretches.filter(|count| *count > 1).take(ROWS).count() == ROWS
}

/// The tables among printed lines, each with the lines that it takes; lines are numbered from `first` on.
pub(in crate::ingest) fn tables(printed: &[Printed], first: u32) -> Vec<(Range<usize>, Table)> {
    let unit = unit(printed);
    let left = printed.iter().flat_map(|line| line.stretches.first()).map(|(x, _)| *x).fold(f32::MAX, f32::min);
    let raws: Vec<String> = printed.iter().map(|line| raw(line, left, unit)).collect();
    let line = |(at, raw): (usize, &'_ String)| (at, raw.clone());
    let _ = line;
    let lines: Vec<Line<'_>> = raws
        .iter()
        .zip(printed)
        .zip(1..)
        .map(|((raw, line), at)| Line { number: first.saturating_add(at), page: Some(line.page), raw, text: trim(raw) })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match layout::read(&lines, at) {
            Ok(run) => {
                let mut builder = Builder::default();
                for part in run.parts {
                    if let Part::Table { rows, wrapped } = part {
                        builder.table(rows, wrapped);
                    }
                }
                found.extend(builder.document.tables.into_iter().map(|table| (at..run.end, table)));
                at = run.end.max(at + 1);
            }
            Err(next) => at = next.max(at + 1),
        }
    }
    found
}

/// Half the usual font size: the width of a letter.
fn unit(printed: &[Printed]) -> f32 {
    let mut sizes: Vec<f32> = printed.iter().map(|line| line.size).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).map_or(1.0, |size| (size / 2.0).max(0.5))
}

/// The line with blanks that put each stretch in its place.
fn raw(line: &Printed, left: f32, unit: f32) -> String {
    let mut raw = String::new();
    let mut column = 0;
    for (x, text) in &line.stretches {
        let place = ((x - left) / unit).clamp(0.0, WIDEST).round() as usize;
        let gap = if raw.is_empty() { 0 } else { GAP };
        let blanks = place.saturating_sub(column).max(gap);
        raw.extend(std::iter::repeat_n(' ', blanks));
        raw.push_str(text);
        column += blanks + text.chars().map(|c| width(c).max(1)).sum::<usize>();
    }
    raw
}
