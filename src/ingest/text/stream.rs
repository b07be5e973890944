//! Text and bars on alternating lines: cells one after another, rows to be found again.
//!
//! Every bar closes a cell, so the number of cells is certain; where a row ends is not. A line of
//! several bars pads a row to the table's width and so ends it: the distances between such lines
//! are multiples of the width, and the smallest of them is the width. A lone bar is an empty cell
//! or a row's end; with the width known it does not matter which.

use super::bars::{Kind, kind};
use super::build::{Cells, Draft, Piece};
use super::lines::{Line, trim};
use super::{Found, Part};

/// More lines of text than these in a row are no cell.
const CELL_LINES: usize = 3;

/// How the lines of a run share text and bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `text`, `|`.
    Apart,
    /// `text |`.
    After,
    /// `| text`.
    Before,
}

/// Numbers of cells after which a row may end, ascending.
#[derive(Default)]
struct Marks {
    /// The numbers.
    counts: Vec<usize>,
    /// The smallest distance between two of them, or from the first cell to the first of them.
    smallest: usize,
    /// The greatest common divisor of all distances.
    divisor: usize,
}

impl Marks {
    /// Adds a mark, if cells stand between it and the last.
    fn push(&mut self, count: usize) {
        let distance = count - self.counts.last().copied().unwrap_or(0);
        if distance == 0 {
            return;
        }
        self.smallest = if self.counts.is_empty() { distance } else { self.smallest.min(distance) };
        self.divisor = greatest_divisor(self.divisor, distance);
        self.counts.push(count);
    }

    /// The number of cells in a row, if every distance is a multiple of the smallest.
    fn width(&self) -> Option<usize> {
        (self.smallest > 1 && self.divisor == self.smallest).then_some(self.smallest)
    }
}

fn greatest_divisor(mut a: usize, mut b: usize) -> usize {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A table in the making.
#[derive(Default)]
struct Draftsman<'a> {
    /// Closed cells.
    cells: Cells<'a>,
    /// The cell that no bar has closed yet.
    open: Option<Draft<'a>>,
    /// Numbers of cells after which a line of several bars stood.
    strong: Marks,
    /// The same for the second of two lone bars.
    double: Marks,
    /// The same for a lone bar after `text |`.
    lone: Marks,
    /// It began with a lone bar.
    led: bool,
}

/// Reads a run of alternating lines.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    let first = kind(&lines[at]);
    let second = lines.get(at + 1).map_or(Kind::Blank, kind);
    let opens = matches!(first, Kind::Bars(_) | Kind::TextBars(_) | Kind::BarText | Kind::Row);
    let labels = first == Kind::Text && matches!(second, Kind::Bars(_) | Kind::BarText);
    if !opens && !labels {
        return Err(at + 1);
    }
    let (end, kinds) = gather(lines, at);
    let barred = kinds.iter().filter(|kind| !matches!(kind, Kind::Text | Kind::Blank)).count();
    if barred < 3 {
        return Err(if labels { at + 1 } else { end });
    }
    let style = style(&kinds);
    if labels && style == Style::After {
        return Err(at + 1);
    }
    let parts = rebuild(&lines[at..end], &kinds, style);
    Ok(Found { dialect: "bars on lines of their own", parts, end })
}

/// The end of the run, and the kinds of its lines. A line without a bar belongs to it if a line
/// of cells follows within a few lines, and no row has visibly ended just before it.
fn gather(lines: &[Line<'_>], at: usize) -> (usize, Vec<Kind>) {
    let mut kinds = Vec::new();
    let mut end = at;
    while let Some(line) = lines.get(end) {
        match kind(line) {
            Kind::Separator => break,
            Kind::Blank => {
                if !matches!(lines.get(end + 1).map(kind), Some(Kind::Bars(_) | Kind::BarText)) {
                    break;
                }
                kinds.push(Kind::Blank);
            }
            Kind::Text => {
                let Some(texts) = attached(&lines[end..]) else { break };
                if texts > 1 && ended(&kinds) {
                    break;
                }
                kinds.extend(std::iter::repeat_n(Kind::Text, texts));
                end += texts;
                continue;
            }
            other => kinds.push(other),
        }
        end += 1;
    }
    (end, kinds)
}

/// How many lines of text stand before the next line of cells, if few do.
fn attached(lines: &[Line<'_>]) -> Option<usize> {
    let texts = lines.iter().take(CELL_LINES + 1).take_while(|line| kind(line) == Kind::Text).count();
    let next = kind(lines.get(texts)?);
    let few = texts <= CELL_LINES && matches!(next, Kind::Bars(_) | Kind::BarText | Kind::TextBars(_));
    // A line before `text |` stands in no cell of its own once a row has ended: `rebuild` decides.
    few.then_some(texts)
}

/// Whether the lines so far end with a visible end of a row.
fn ended(kinds: &[Kind]) -> bool {
    matches!(kinds, [.., Kind::Bars(2..) | Kind::TextBars(2..)] | [.., Kind::Bars(1), Kind::Bars(1)])
}

/// How most of the lines share text and bars.
fn style(kinds: &[Kind]) -> Style {
    let count = |wanted: fn(&Kind) -> bool| kinds.iter().filter(|kind| wanted(kind)).count();
    let after = count(|kind| matches!(kind, Kind::TextBars(_)));
    let before = count(|kind| matches!(kind, Kind::BarText));
    let apart = count(|kind| matches!(kind, Kind::Text));
    if before > after && before * 2 > apart {
        Style::Before
    } else if after >= apart {
        Style::After
    } else {
        Style::Apart
    }
}

/// Cells, then rows.
fn rebuild<'a>(lines: &[Line<'a>], kinds: &[Kind], style: Style) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut table = Draftsman::default();
    let mut at = 0;
    while at < lines.len() {
        if kinds[at] != Kind::Text {
            table.line(&lines[at], kinds, at, style);
            at += 1;
            continue;
        }
        let texts = kinds[at..].iter().take_while(|kind| **kind == Kind::Text).count();
        let next = kinds.get(at + texts).copied().unwrap_or(Kind::Blank);
        // Lines that say nothing of the next cell: a heading between two tables.
        let own = usize::from(style != Style::After && !matches!(next, Kind::TextBars(_)));
        let apart = texts.saturating_sub(own);
        if apart > 0 && table.at_row_end(style, kinds, at) {
            std::mem::take(&mut table).finish(&mut parts);
            parts.extend(lines[at..at + apart].iter().map(|line| Part::Line(*line)));
            at += apart;
        }
        while at < lines.len() && kinds[at] == Kind::Text {
            table.line(&lines[at], kinds, at, style);
            at += 1;
        }
    }
    table.finish(&mut parts);
    parts
}

impl<'a> Draftsman<'a> {
    /// Takes a line: its texts into cells, its bars as their ends.
    fn line(&mut self, line: &Line<'a>, kinds: &[Kind], at: usize, style: Style) {
        if self.cells.is_empty() && self.open.is_none() && kinds[at] == Kind::Bars(1) {
            self.led = true;
        }
        let mut parts = line.text.split('|').peekable();
        while let Some(part) = parts.next() {
            let piece = Piece::of(line, part);
            if !trim(part).is_empty() {
                match &mut self.open {
                    Some(draft) => draft.add(piece),
                    None => self.open = Some(Draft::of(piece)),
                }
            }
            if parts.peek().is_some() {
                let cell = self.open.take().unwrap_or_else(|| Draft::of(piece));
                self.cells.push(cell);
            }
        }
        self.mark(kinds, at, style);
    }

    /// Notes what the line just taken tells of the end of a row.
    fn mark(&mut self, kinds: &[Kind], at: usize, style: Style) {
        let count = self.cells.len();
        let next = kinds.get(at + 1).copied().unwrap_or(Kind::Blank);
        let before = at.checked_sub(1).map(|at| kinds[at]);
        match kinds[at] {
            Kind::Bars(2..) | Kind::TextBars(2..) => self.strong.push(count),
            Kind::Bars(1) if style == Style::Before && next == Kind::Text => self.strong.push(count),
            Kind::Bars(1) if style == Style::Before => {}
            Kind::Bars(1) if count > 1 && before == Some(Kind::Bars(1)) => self.double.push(count),
            Kind::Bars(1) if style == Style::After && count > 1 => self.lone.push(count),
            _ => {}
        }
    }

    /// Whether a row may have ended before line `at`: nothing is open, and the width allows it.
    fn at_row_end(&self, style: Style, kinds: &[Kind], at: usize) -> bool {
        if self.open.is_some() {
            return false;
        }
        if self.cells.is_empty() || style == Style::Before || ended(&kinds[..at]) {
            return true;
        }
        let marks = if self.strong.counts.is_empty() { &self.double } else { &self.strong };
        marks.width().is_none_or(|width| self.cells.len().is_multiple_of(width))
    }

    /// Parts the cells into rows and adds the table.
    fn finish(mut self, parts: &mut Vec<Part<'a>>) {
        self.cells.extend(self.open.take());
        let mut ends = self.ends();
        let mut rows: Vec<Cells<'a>> = Vec::new();
        let mut cells = self.cells.into_iter();
        let mut taken = 0;
        ends.dedup();
        for end in ends {
            rows.push(cells.by_ref().take(end - taken).collect());
            taken = end;
        }
        rows.push(cells.collect());
        rows.retain(|row| !row.is_empty());
        if self.led {
            without_leading_bars(&mut rows);
        } else {
            without_closing_bars(&mut rows);
        }
        parts.push(Part::Table { rows, wrapped: false });
    }

    /// Numbers of cells after which a row ends, ascending.
    fn ends(&self) -> Vec<usize> {
        let count = self.cells.len();
        for (marks, enough) in [(&self.strong, 1), (&self.double, 1), (&self.lone, 2)] {
            if let Some(width) = marks.width().filter(|_| marks.counts.len() >= enough) {
                return (1..=count / width).map(|nth| nth * width).collect();
            }
        }
        if self.strong.counts.is_empty() {
            return (1..=count).collect();
        }
        self.ends_by_marks()
    }

    /// Row ends where the distances are no multiples of one width: every mark, and between marks
    /// the width where it fits.
    fn ends_by_marks(&self) -> Vec<usize> {
        let smallest = self.strong.smallest;
        let mut doubles = self.double.counts.iter().copied().peekable();
        let mut ends = Vec::new();
        let mut begin = 0;
        for &end in &self.strong.counts {
            let fits = smallest > 1 && (end - begin).is_multiple_of(smallest);
            if fits {
                ends.extend((begin + smallest..end).step_by(smallest));
            }
            while let Some(double) = doubles.next_if(|&double| double < end) {
                if !fits && double > begin {
                    ends.push(double);
                }
            }
            ends.push(end);
            begin = end;
        }
        ends
    }
}

/// Where every row begins with the empty cell that a bar before the row makes, that cell goes;
/// so does a last row that only such a bar opened.
fn without_leading_bars(rows: &mut Vec<Cells<'_>>) {
    let leads = |row: &Cells<'_>| row.first().is_some_and(Draft::is_empty);
    if !rows.iter().all(leads) {
        return;
    }
    for row in rows.iter_mut() {
        row.remove(0);
    }
    rows.retain(|row| !row.is_empty());
}

/// Where every row ends with an empty cell, its bar stands for the row's end, and that cell goes.
/// A shorter last row, broken off, does not count.
fn without_closing_bars(rows: &mut [Cells<'_>]) {
    let whole = rows.first().map_or(0, Vec::len);
    let closed = |row: &Cells<'_>| row.len() == whole && row.last().is_some_and(Draft::is_empty);
    let Some((last, others)) = rows.split_last() else { return };
    if whole < 3 || others.len() < 2 || !others.iter().all(closed) || !(closed(last) || last.len() < whole) {
        return;
    }
    for row in rows.iter_mut().filter(|row| row.len() == whole) {
        row.pop();
    }
}
