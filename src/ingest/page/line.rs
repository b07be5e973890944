//! Glyphs → printed lines, with their spaces and the stretches that wide gaps part.

use super::tolerance::{COLUMN_GAP, IDEOGRAPH_GAP, MARK_GAP, MARK_HIGHER, SAME_LINE, WORD_GAP};
use super::{Glyph, Rect, glyphs};
use crate::ingest::unified::raised;

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
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Whether it is the mark of a note that stands right behind another line, too high to be on it and not high enough to be
    /// one above it.
    fn is_mark_behind(&self, line: &Line) -> bool {
        let higher = line.area.middle().1 - self.area.middle().1;
        let gap = self.area.x0 - line.area.x1;
        self.stretches.len() == 1
            && (0.0..=MARK_HIGHER * line.size).contains(&higher)
            && (-MARK_GAP * line.size..=MARK_GAP * line.size).contains(&gap)
    }

    /// Adds the mark of a note that stands behind it.
    fn add_mark(&mut self, mark: &Line) {
        let (Some(stretch), Some(own)) = (self.stretches.last_mut(), mark.stretches.first()) else { return };
        stretch.text.extend(own.text.chars().map(raised));
        stretch.x1 = stretch.x1.max(own.x1);
        self.area = self.area.with(mark.area);
    }

    /// Writes what it says, stretches parted by a space.
    pub(super) fn write(&self, to: &mut String) {
        to.reserve(self.stretches.iter().map(|stretch| stretch.text.len() + 1).sum());
        for (at, stretch) in self.stretches.iter().enumerate() {
            if at > 0 {
                to.push(' ');
            }
            to.push_str(&stretch.text);
        }
    }
}

/// Sets lines, one cell or page after another; what it needs on the way is kept from one to the next.
#[derive(Default)]
pub(super) struct Setter<'g> {
    /// Glyphs of the line that is being gathered.
    open: Vec<&'g Glyph>,
    /// Of the glyphs before one, the nearest that is larger, before it the nearest still larger, and so on.
    larger: Vec<&'g Glyph>,
    writer: Writer,
}

impl<'g> Setter<'g> {
    /// Gives the lines of glyphs that come sorted from top to bottom; those that say nothing are left out.
    pub(super) fn lines(&mut self, sorted: &[&'g Glyph], mut give: impl FnMut(Line)) {
        let (mut middle, mut height) = (0.0_f32, 0.0_f32);
        // A line waits for the next one: it may turn out to be a mark behind that.
        let mut waiting: Option<Line> = None;
        for &glyph in sorted {
            let (at, own) = (glyphs::middle(glyph), glyph.area.height());
            if !self.open.is_empty() && at - middle > SAME_LINE * height.max(own) {
                pass(&mut waiting, self.line(), &mut give);
                height = 0.0;
            }
            // A line's middle is that of its first glyph of the usual height: small signs above do not move it.
            if self.open.is_empty() || own > height {
                (middle, height) = (at, own);
            }
            self.open.push(glyph);
        }
        pass(&mut waiting, self.line(), &mut give);
        waiting.map(give);
    }

    /// Makes a line of the open glyphs.
    fn line(&mut self) -> Option<Line> {
        self.open.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        // Doubles are left out: what is kept moves to the front.
        let mut kept = 0_usize;
        for at in 0..self.open.len() {
            let glyph = self.open[at];
            let before = self.open[kept.saturating_sub(MOST_DOUBLES)..kept].iter().rev();
            let mut near = before.take_while(|other| glyphs::may_be_double(other, glyph));
            if !near.any(|other| glyphs::is_double(other, glyph)) {
                // Notes are counted in small digits above the line; these are no digits of the number before them.
                while self.larger.last().is_some_and(|other| other.size <= glyph.size) {
                    self.larger.pop();
                }
                let raised = self.larger.last().is_some_and(|other| glyphs::is_raised(other, glyph));
                self.larger.push(glyph);
                self.writer.add(glyph, raised, self.open.len() - at);
                self.open[kept] = glyph;
                kept += 1;
            }
        }
        self.open.clear();
        self.larger.clear();
        self.writer.finish()
    }
}

/// Gives the line that waits and lets the next one wait, unless the former is the mark of a note behind the latter.
fn pass(waiting: &mut Option<Line>, next: Option<Line>, give: &mut impl FnMut(Line)) {
    let Some(mut line) = next else { return };
    if let Some(mark) = waiting.take_if(|mark| mark.is_mark_behind(&line)) {
        line.add_mark(&mark);
    }
    waiting.replace(line).map(give);
}

/// So many glyphs before a glyph are looked at for its double.
const MOST_DOUBLES: usize = 4;

/// Bytes of most characters of a report in UTF-8.
const USUAL_BYTES: usize = 3;

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
    /// Adds a glyph to the line, as many being left (itself among them).
    fn add(&mut self, glyph: &Glyph, is_raised: bool, left: usize) {
        // The quick way for nearly every glyph.
        if let Some(c) = glyphs::plain(glyph) {
            let c = if is_raised { raised(c) } else { c };
            self.put(glyph, c.encode_utf8(&mut [0; 4]), (c, c), left);
            self.spaced = false;
            return;
        }
        self.scratch.clear();
        glyphs::push(glyph, &mut self.scratch);
        let said = std::mem::take(&mut self.scratch);
        let text = said.trim();
        match (text.chars().next(), text.chars().next_back()) {
            (Some(first), Some(last)) => {
                self.put(glyph, text, (first, last), left);
                self.spaced = said.ends_with(char::is_whitespace);
            }
            _ => self.spaced |= !said.is_empty(),
        }
        self.scratch = said;
    }

    /// Adds what a glyph says, with its first and last characters.
    fn put(&mut self, glyph: &Glyph, text: &str, (first, last): (char, char), left: usize) {
        let gap = self.last.map(|(end, last)| (glyph.area.x0 - end, last));
        match (gap, self.stretches.last_mut()) {
            (Some((gap, before)), Some(stretch)) if gap <= COLUMN_GAP * glyph.size => {
                if self.spaced || is_word_gap(gap / glyph.size, before, first) {
                    stretch.text.push(' ');
                }
                stretch.text.push_str(text);
                stretch.x1 = stretch.x1.max(glyph.area.x1);
            }
            _ => {
                // As a rule the first stretch is the whole line.
                let room = if self.stretches.is_empty() { left * USUAL_BYTES } else { 0 };
                let mut own = String::with_capacity(room.max(text.len()));
                own.push_str(text);
                self.stretches.push(Stretch { x0: glyph.area.x0, x1: glyph.area.x1, text: own });
            }
        }
        self.last = Some((self.stretches.last().map_or(glyph.area.x1, |stretch| stretch.x1), last));
        self.area = Some(self.area.map_or(glyph.area, |area| area.with(glyph.area)));
        match self.sizes.iter_mut().find(|(size, _)| *size == glyph.size) {
            Some((_, count)) => *count += 1,
            None => self.sizes.push((glyph.size, 1)),
        }
    }

    /// The line, if anything was said; the writer is ready for the next.
    fn finish(&mut self) -> Option<Line> {
        let size = self.sizes.iter().max_by_key(|(_, count)| *count).map(|(size, _)| *size);
        self.sizes.clear();
        (self.last, self.spaced) = (None, false);
        Some(Line { area: self.area.take()?, size: size?, stretches: std::mem::take(&mut self.stretches) })
    }
}

/// Whether a gap (a share of the font size) between two characters is a space.
fn is_word_gap(gap: f32, left: char, right: char) -> bool {
    gap > if glyphs::is_wide(left) || glyphs::is_wide(right) { IDEOGRAPH_GAP } else { WORD_GAP }
}

#[cfg(test)]
mod tests {
    use super::super::Said;
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
                let text = if c == '?' { Said::Nothing } else { Said::One(c) };
                glyphs.push(Glyph { text, area, size: 10.0, invisible: false });
            }
        }
        glyphs
    }

    fn read(glyphs: &[Glyph]) -> Vec<Vec<String>> {
        let mut sorted: Vec<&Glyph> = glyphs.iter().collect();
        sorted.sort_by(|a, b| glyphs::middle(a).total_cmp(&glyphs::middle(b)));
        let mut lines = Vec::new();
        let mut give = |line: Line| lines.push(line.stretches.into_iter().map(|stretch| stretch.text).collect());
        Setter::default().lines(&sorted, &mut give);
        lines
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
        glyphs.push(Glyph { text: Said::One('2'), area: sign, size: 6.0, invisible: false });
        glyphs.extend(set("乙", 0.0, 12.0));
        assert_eq!(read(&glyphs), [["10²"], ["乙"]]);
    }

    #[test]
    fn a_sign_as_large_as_the_text_and_half_a_line_higher_stands_behind_it() {
        let glyphs = |x: f32, y: f32| [set("[7]", x, y), set("3", 0.0, 5.0)].concat();
        assert_eq!(read(&glyphs(5.0, 0.0)), [["3[⁷]"]]);
        // A number that goes on in the next line begins further to the left, and lower.
        assert_eq!(read(&glyphs(0.0, 0.0)), [["[7]"], ["3"]]);
        assert_eq!(read(&glyphs(5.0, -7.0)), [["[7]"], ["3"]]);
    }

    #[test]
    fn small_digits_on_the_line_or_below_it_are_digits() {
        for (y0, size) in [(4.0, 6.0), (3.5, 8.0), (6.0, 5.0)] {
            let mut glyphs = set("10", 0.0, 0.0);
            let sign = Rect { x0: 10.0, y0, x1: 13.0, y1: y0 + size };
            glyphs.push(Glyph { text: Said::One('2'), area: sign, size, invisible: false });
            assert_eq!(read(&glyphs), [["102"]], "{y0} {size}");
        }
    }

    #[test]
    fn radicals_that_stand_for_ideographs_are_these() {
        line! { "⼀、⾏政" => ["一、行政"]; }
    }
}
