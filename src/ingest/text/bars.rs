//! Bars: a row a line, a bar between cells, with or without one before the first and after the last.

use super::build::{Cells, Draft, Piece};
use super::lines::{Line, is_padding, trim};
use super::{Found, Part};

/// What a line says by its bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing but padding.
    Blank,
    /// No bar.
    Text,
    /// So many bars and no text.
    Bars(usize),
    /// One text and so many bars after it.
    TextBars(usize),
    /// One text after bars.
    BarText,
    /// Several texts, or one between bars.
    Row,
    /// Markdown's line under a header.
    Separator,
}

/// Kind of a line.
pub(super) fn kind(line: &Line<'_>) -> Kind {
    let text = line.text;
    let bars = memchr::memchr_iter(b'|', text.as_bytes()).count();
    if bars == 0 {
        return if text.is_empty() { Kind::Blank } else { Kind::Text };
    }
    if is_separator(text) {
        return Kind::Separator;
    }
    let texts = text.split('|').filter(|part| !trim(part).is_empty()).count();
    match (texts, text.starts_with('|'), text.ends_with('|')) {
        (0, ..) => Kind::Bars(bars),
        (1, false, true) => Kind::TextBars(bars),
        (1, true, false) => Kind::BarText,
        _ => Kind::Row,
    }
}

/// `|---|:-:|`: bars, dashes and colons.
fn is_separator(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| matches!(c, '|' | '-' | ':') || is_padding(c))
}

/// Reads a run of lines with bars, if enough of them are whole rows.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    let kinds: Vec<Kind> =
        lines[at..].iter().map(kind).take_while(|kind| !matches!(kind, Kind::Blank | Kind::Text)).collect();
    if kinds.is_empty() {
        return Err(at + 1);
    }
    let end = at + kinds.len();
    let run = &lines[at..end];
    if !is_table(run, &kinds) {
        return Err(end);
    }
    let leading = leads(run, &kinds);
    let mut parts = Vec::new();
    let mut rows: Vec<Cells<'a>> = Vec::new();
    for (index, (line, kind)) in run.iter().zip(&kinds).enumerate() {
        if *kind == Kind::Separator {
            continue;
        }
        if kinds.get(index + 1) == Some(&Kind::Separator) && !rows.is_empty() {
            parts.push(Part::Table { rows: std::mem::take(&mut rows), wrapped: false });
        }
        rows.push(cells(line, leading));
    }
    parts.push(Part::Table { rows, wrapped: false });
    Ok(Found { dialect: "bars", parts, end })
}

/// Whether a fifth of the lines are whole rows, and the bars are more than a menu's.
fn is_table(run: &[Line<'_>], kinds: &[Kind]) -> bool {
    let count = |wanted: Kind| kinds.iter().filter(|&&kind| kind == wanted).count();
    let (rows, separators) = (count(Kind::Row), count(Kind::Separator));
    let closed = run.iter().filter(|line| line.text.ends_with('|')).count();
    let whole = (rows + separators) * 5 >= kinds.len();
    whole && rows > 0 && (closed * 2 >= kinds.len() || separators > 0 || kinds.len() >= 3)
}

/// Whether whole rows begin with a bar that opens the first cell.
fn leads(run: &[Line<'_>], kinds: &[Kind]) -> bool {
    let rows = run.iter().zip(kinds).filter(|(_, kind)| **kind == Kind::Row);
    let (mut all, mut leading) = (0, 0);
    for (line, _) in rows {
        all += 1;
        leading += usize::from(line.text.starts_with('|'));
    }
    leading * 2 > all
}

/// The cells of a line: the bar at its end closes the last cell, the bar at its start opens the
/// first where `leading`, and closes an empty first cell where not.
fn cells<'a>(line: &Line<'a>, leading: bool) -> Cells<'a> {
    let text = if leading { line.text.strip_prefix('|').unwrap_or(line.text) } else { line.text };
    if trim(text).is_empty() {
        return Vec::new();
    }
    let text = text.trim_end_matches(is_padding);
    let text = text.strip_suffix('|').unwrap_or(text);
    text.split('|').map(|cell| Draft::of(Piece::of(line, cell))).collect()
}
