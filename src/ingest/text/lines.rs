//! Text → lines with number and page, and the measures that every dialect shares.

use unicode_width::UnicodeWidthChar;

/// A line of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Number, from 1. A form feed inside a line parts it into two of the same number.
    pub number: u32,
    /// Page, from 1, where the file holds form feeds.
    pub page: Option<u32>,
    /// The line without its break.
    pub raw: &'a str,
    /// The line without padding on either side.
    pub text: &'a str,
}

impl Line<'_> {
    /// Nothing but padding.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Text without the padding around it: spaces of every width, tabs, zero-width marks.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_padding)
}

/// A character that stands for nothing at the edge of a cell.
pub(super) fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{1a}')
}

/// The lines of a text, broken at LF, CR LF and CR.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let paged = text.contains('\u{c}');
    let mut out = Vec::new();
    let (mut number, mut page) = (0u32, 1u32);
    for physical in text.split('\n') {
        let physical = physical.strip_suffix('\r').unwrap_or(physical);
        for printed in physical.split('\r') {
            number = number.saturating_add(1);
            for (nth, raw) in printed.split('\u{c}').enumerate() {
                page = page.saturating_add(u32::from(nth > 0));
                // What stands around a form feed is a line only if it says something.
                if nth > 0 && trim(raw).is_empty() {
                    continue;
                }
                out.push(Line { number, page: paged.then_some(page), raw, text: trim(raw) });
            }
        }
    }
    out
}

/// Columns that a character takes on a terminal: two for an ideograph, none for a control.
pub(super) fn width(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// A stretch of a line that a gap of two or more blanks sets apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    /// First display column.
    pub start: usize,
    /// Display column after the last.
    pub end: usize,
    /// Its text, without padding.
    pub text: &'a str,
}

/// How a converter counts columns: as a terminal does, or each character as one (`pdftotext`).
pub(super) type Measure = fn(char) -> usize;

/// The measures in use.
pub(super) const MEASURES: [Measure; 2] = [width, |_| 1];

/// The stretches of a line between gaps of two or more blanks, or a tab.
pub(super) fn segments(raw: &str, width: Measure) -> Vec<Segment<'_>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let (mut end_byte, mut end_column) = (0, 0);
    let (mut column, mut blanks) = (0, 0);
    for (at, c) in raw.char_indices() {
        if is_padding(c) {
            blanks += if c == '\t' { 2 } else { 1 };
        } else {
            if blanks >= 2
                && let Some((byte, start)) = open.take()
            {
                out.push(Segment { start, end: end_column, text: &raw[byte..end_byte] });
            }
            open.get_or_insert((at, column));
            blanks = 0;
            (end_byte, end_column) = (at + c.len_utf8(), column + width(c).max(1));
        }
        column += width(c).max(1);
    }
    if let Some((byte, start)) = open {
        out.push(Segment { start, end: end_column, text: &raw[byte..end_byte] });
    }
    out
}
