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
    /// Where it begins and ends on its page, from the top.
    pub(in crate::ingest) height: (f32, f32),
    /// Places and texts.
    pub(in crate::ingest) stretches: Vec<(f32, String)>,
}

/// Lines of several stretches that make a table.
const ROWS: usize = 3;

/// Blanks that part two stretches.
const GAP: usize = 2;

/// A place further to the right than this (in half characters) is none of a page.
const WIDEST: f32 = 1_000.0;

/// White between two lines that is higher than this share of the font size looks like a blank line.
const BLANK: f32 = 1.4;

/// A lone stretch whose size differs by more than this share is a heading, no label of the rows around it.
const OTHER_SIZE: f32 = 0.12;

/// Whether enough lines have several stretches.
pub(in crate::ingest) fn are_likely(stretches: impl Iterator<Item = usize>) -> bool {
    stretches.filter(|count| *count > 1).take(ROWS).count() == ROWS
}

/// The tables among printed lines, each with the lines that it takes; lines are numbered from `first` on.
pub(in crate::ingest) fn tables(printed: &[Printed], first: u32) -> Vec<(Range<usize>, Table)> {
    let raws = raws(printed);
    // Blank lines between printed ones carry the number of the next.
    let lines: Vec<Line<'_>> = raws.iter().map(|(at, raw)| line(printed, *at, raw, first)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match layout::read(&lines, at) {
            Ok(run) => {
                let end = run.end.max(at + 1);
                let taken = raws[at].0..raws[end - 1].0 + 1;
                found.extend(built(run.parts).into_iter().map(|table| (taken.clone(), table)));
                at = end;
            }
            Err(next) => at = next.max(at + 1),
        }
    }
    found
}

fn line<'a>(printed: &[Printed], at: usize, raw: &'a str, first: u32) -> Line<'a> {
    let number = first.saturating_add(u32::try_from(at + 1).unwrap_or(u32::MAX));
    Line { number, page: Some(printed[at].page), raw, text: trim(raw) }
}

fn built(parts: Vec<Part<'_>>) -> Vec<Table> {
    let mut builder = Builder::default();
    for part in parts {
        if let Part::Table { rows, wrapped } = part {
            builder.table(rows, wrapped);
        }
    }
    builder.document.tables
}

/// The lines with blanks that put each stretch in its place, and blank lines where there is white between them.
fn raws(printed: &[Printed]) -> Vec<(usize, String)> {
    let unit = unit(printed);
    let left = printed.iter().flat_map(|line| line.stretches.first()).map(|(x, _)| *x).fold(f32::MAX, f32::min);
    let mut raws = Vec::with_capacity(printed.len());
    for (at, line) in printed.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &printed[before]);
        if before.is_some_and(|before| is_parted(before, line)) {
            raws.push((at, String::new()));
        }
        raws.push((at, raw(line, left, unit)));
    }
    raws
}

/// Whether two lines look as if a blank one stood between them.
fn is_parted(before: &Printed, line: &Printed) -> bool {
    let size = before.size.max(line.size);
    let white = before.page == line.page && line.height.0 - before.height.1 > BLANK * size;
    let lone = before.stretches.len() < 2 || line.stretches.len() < 2;
    white || lone && (before.size - line.size).abs() > OTHER_SIZE * size
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
