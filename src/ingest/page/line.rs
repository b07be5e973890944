//! Glyphs → printed lines, with their spaces and the stretches that wide gaps part.

use super::tolerance::{COLUMN_GAP, IDEOGRAPH_GAP, SAME_LINE, WORD_GAP};
use super::{Glyph, Rect, glyphs};

/// A stretch of a line between wide gaps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) text: String,
}

/// A printed line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) area: Rect,
    /// Font size of most of it.
    pub(super) size: f32,
    /// Never empty.
    pub(super) stretches: Vec<Stretch>,
}

impl Line {
    /// What it says, stretches parted by a space.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.stretches.iter().map(|stretch| stretch.text.len() + 1).sum());
        for stretch in &self.stretches {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&stretch.text);
        }
        text
    }
}

/// The lines of glyphs that come sorted from top to bottom; those that say nothing are left out.
pub(super) fn lines(sorted: &[&Glyph]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<&Glyph> = Vec::new();
    let (mut middle, mut height) = (0.0_f32, 0.0_f32);
    for &glyph in sorted {
        let (at, own) = (glyphs::middle(glyph), glyph.area.height());
        if !open.is_empty() && at - middle > SAME_LINE * height.max(own) {
            lines.extend(line(&mut open));
            height = 0.0;
        }
        // A line's middle is that of its first glyph of the usual height: small signs above do not move it.
        if open.is_empty() || own > height {
            (middle, height) = (at, own);
        }
        open.push(glyph);
    }
    lines.extend(line(&mut open));
    lines
}

/// Makes a line of the open glyphs.
fn line(open: &mut Vec<&Glyph>) -> Option<Line> {
    open.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
    let mut writer = Writer::default();
    let mut kept: Vec<&Glyph> = Vec::with_capacity(open.len());
    for glyph in open.drain(..) {
        let near = kept.iter().rev().take(MOST_DOUBLES);
        if near.clone().any(|other| glyphs::is_double(other, glyph)) {
            continue;
        }
        kept.push(glyph);
        writer.add(glyph);
    }
    writer.finish()
}

/// So many glyphs before a glyph are looked at for its double.
const MOST_DOUBLES: usize = 4;

/// Writes the text of a line.
#[derive(Default)]
struct Writer {
    stretches: Vec<Stretch>,
    area: Option<Rect>,
    /// Sizes weigh by their glyphs: the size of the most is that of the line.
    sizes: Vec<(f32, usize)>,
    /// The last glyph that is no space: where it ends, and its last character.
    last: Option<(f32, char)>,
    /// A space was drawn since.
    spaced: bool,
    scratch: String,
}

impl Writer {
    fn add(&mut self, glyph: &Glyph) {
        self.scratch.clear();
        glyphs::push(glyph, &mut self.scratch);
        if self.scratch.trim().is_empty() {
            self.spaced |= !self.scratch.is_empty();
            return;
        }
        let first = self.scratch.trim_start().chars().next().unwrap_or(' ');
        let gap = self.last.map(|(end, last)| (glyph.area.x0 - end, last));
        match gap {
            Some((gap, _)) if gap > COLUMN_GAP * glyph.size => self.begin(glyph),
            Some((gap, last)) if self.spaced || is_word_gap(gap / glyph.size, last, first) => self.go_on(glyph, true),
            Some(_) => self.go_on(glyph, false),
            None => self.begin(glyph),
        }
        self.spaced = self.scratch.ends_with(char::is_whitespace);
        let last = self.scratch.trim_end().chars().next_back().unwrap_or(' ');
        self.last = Some((self.stretches.last().map_or(glyph.area.x1, |stretch| stretch.x1), last));
        self.area = Some(self.area.map_or(glyph.area, |area| area.with(glyph.area)));
        match self.sizes.iter_mut().find(|(size, _)| *size == glyph.size) {
            Some((_, count)) => *count += 1,
            None => self.sizes.push((glyph.size, 1)),
        }
    }

    fn begin(&mut self, glyph: &Glyph) {
        let text = self.scratch.trim().to_owned();
        self.stretches.push(Stretch { x0: glyph.area.x0, x1: glyph.area.x1, text });
    }

    fn go_on(&mut self, glyph: &Glyph, space: bool) {
        let Some(stretch) = self.stretches.last_mut() else { return };
        if space {
            stretch.text.push(' ');
        }
        stretch.text.push_str(self.scratch.trim());
        stretch.x1 = stretch.x1.max(glyph.area.x1);
    }

    fn finish(self) -> Option<Line> {
        let size = self.sizes.iter().max_by_key(|(_, count)| *count)?.0;
        Some(Line { area: self.area?, size, stretches: self.stretches })
    }
}

/// Whether a gap (a share of the font size) between two characters is a space.
fn is_word_gap(gap: f32, left: char, right: char) -> bool {
    gap > if glyphs::is_wide(left) || glyphs::is_wide(right) { IDEOGRAPH_GAP } else { WORD_GAP }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of 10 points from `x` on, ideographs as wide as high, others half as wide; `_` is a gap of a point.
    fn set(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let mut at = x;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if c == '_' {
                1.0
            } else if glyphs::is_wide(c) {
                10.0
            } else {
                5.0
            };
            let area = Rect { x0: at, y0: y, x1: at + width, y1: y + 10.0 };
            at += width;
            if c != '_' {
                let text = (c != '?').then(|| c.to_string().into());
                glyphs.push(Glyph { text, area, size: 10.0, invisible: false });
            }
        }
        glyphs
    }

    fn read(glyphs: &[Glyph]) -> Vec<Vec<String>> {
        let mut sorted: Vec<&Glyph> = glyphs.iter().collect();
        sorted.sort_by(|a, b| glyphs::middle(a).total_cmp(&glyphs::middle(b)));
        let texts = |line: Line| line.stretches.into_iter().map(|stretch| stretch.text).collect();
        lines(&sorted).into_iter().map(texts).collect()
    }

    macro_rules! line {
        ($($set:literal => $read:expr;)*) => {
            $(assert_eq!(read(&set($set, 0.0, 0.0)), [$read], "{}", $set);)*
        };
    }

    #[test]
    fn spaces_are_what_a_person_sees() {
        line! {
            "2024年" => ["2024年"];
            // Programs put a quarter of a character between scripts.
            "2024___年" => ["2024年"];
            "ab___cd" => ["ab cd"];
            "12 34" => ["12 34"];
            "12__34" => ["1234"];
            "商________业" => ["商 业"];
            "甲____________________7" => ["甲", "7"];
            "一 、" => ["一 、"];
            "1?2" => ["1\u{fffd}2"];
        }
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let mut bold = set("总计11", 0.0, 0.0);
        let shifted = |mut glyph: Glyph| {
            (glyph.area.x0, glyph.area.x1) = (glyph.area.x0 + 0.4, glyph.area.x1 + 0.4);
            glyph
        };
        bold.extend(set("总计11", 0.0, 0.0).into_iter().map(shifted));
        assert_eq!(read(&bold), [["总计11"]]);
    }

    #[test]
    fn a_sign_above_the_line_stays_in_it_and_the_next_line_does_not() {
        let mut glyphs = set("10", 0.0, 0.0);
        let sign = Rect { x0: 10.0, y0: -1.0, x1: 13.0, y1: 5.0 };
        glyphs.push(Glyph { text: Some("2".into()), area: sign, size: 6.0, invisible: false });
        glyphs.extend(set("乙", 0.0, 12.0));
        assert_eq!(read(&glyphs), [["102"], ["乙"]]);
    }

    #[test]
    fn radicals_that_stand_for_ideographs_are_these() {
        line! { "⼀、⾏政" => ["一、行政"]; }
    }
}
