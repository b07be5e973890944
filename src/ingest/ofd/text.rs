//! Text objects → glyphs with their boxes.
//!
//! The file says where each character begins, not how wide it is: widths are taken from the way to
//! the next one where that is credible, else from the kind of character.

use unicode_width::UnicodeWidthChar;

use super::drawn::{Budget, Drawn};
use super::geometry::{Area, Matrix, Point, bounds, number};
use super::scan::{Event, Scan};
use crate::ingest::page::turn::turn;
use crate::ingest::page::{Glyph, Said};
use crate::ingest::xml::{Stop, attribute, raw_attribute};

/// Where a Chinese font's box begins above the line and ends below it, by its size.
const ASCENT: f64 = 0.88;
const DESCENT: f64 = 0.12;
/// What stands in the place of a character that the writer did not know.
const UNKNOWN: char = '¤';

/// How the characters of one object are set.
struct Setting {
    matrix: Matrix,
    /// Millimetres, before the matrix.
    size: f64,
    stretch: f64,
    /// Quarter turns to the right of each character, and of the way they are read.
    turned: u8,
    read: u8,
    invisible: bool,
    /// Where the last code began: one that does not say begins there too.
    at: Point,
}

/// Draws the text object just opened; reads its end.
pub(super) fn draw(scan: &mut Scan, around: Matrix, drawn: &mut Drawn, budget: &mut Budget) -> Result<(), Stop> {
    let mut setting = Setting::of(scan.attributes(), around);
    let inside = scan.depth();
    while scan.depth() >= inside {
        match scan.next()? {
            Event::Open(b"TextCode") => {
                let attributes = scan.attributes();
                let text = scan.text()?;
                setting.code(attributes, &text, drawn, budget)?;
            }
            Event::Open(b"FillColor") => setting.invisible |= is_clear(scan.attributes()),
            Event::Open(b"Clips") => scan.skip()?,
            Event::End => break,
            _ => {}
        }
    }
    Ok(())
}

/// Whether a thing or a colour is wholly transparent.
pub(super) fn is_clear(attributes: &[u8]) -> bool {
    attribute(attributes, b"Alpha").and_then(|alpha| number(&alpha)).is_some_and(|alpha| alpha <= 0.0)
}

/// A switch of the object, or what it is where nothing is said.
pub(super) fn switch(attributes: &[u8], name: &[u8], usual: bool) -> bool {
    match raw_attribute(attributes, name).map(<[u8]>::trim_ascii) {
        Some(b"true" | b"True" | b"TRUE" | b"1") => true,
        Some(b"false" | b"False" | b"FALSE" | b"0") => false,
        _ => usual,
    }
}

impl Setting {
    fn of(attributes: &[u8], around: Matrix) -> Self {
        let value = |name| attribute(attributes, name);
        let sized =
            |name, usual| value(name).and_then(|text| number(&text)).filter(|size| *size > 0.0).unwrap_or(usual);
        let turns = |name| match raw_attribute(attributes, name) {
            Some(b"90") => 1,
            Some(b"180") => 2,
            Some(b"270") => 3,
            _ => 0,
        };
        let boundary = value(b"Boundary").and_then(|text| Area::parse(&text));
        let painted = switch(attributes, b"Fill", true) || switch(attributes, b"Stroke", false);
        Setting {
            matrix: around.within(boundary, value(b"CTM").as_deref()),
            size: sized(b"Size", USUAL_SIZE),
            stretch: sized(b"HScale", 1.0),
            turned: turns(b"CharDirection"),
            read: turns(b"ReadDirection"),
            invisible: !painted || is_clear(attributes),
            at: Point::new(0.0, 0.0),
        }
    }

    /// Adds the characters of one code.
    fn code(&mut self, attributes: &[u8], text: &str, drawn: &mut Drawn, budget: &mut Budget) -> Result<(), Stop> {
        let value = |name| attribute(attributes, name);
        let place = |name, last| value(name).and_then(|text| number(&text)).unwrap_or(last);
        self.at = Point::new(place(b"X", self.at.x), place(b"Y", self.at.y));
        let (across, down) = (value(b"DeltaX"), value(b"DeltaY"));
        let mut steps =
            Steps { across: across.as_deref().and_then(Deltas::of), down: down.as_deref().and_then(Deltas::of) };
        let Some(turn) = self.turn() else {
            let text: String = characters(text).collect();
            budget.draw(text.len())?;
            drawn.askew(&text);
            return Ok(());
        };
        let mut pen = self.at;
        let mut characters = characters(text).peekable();
        while let Some(character) = characters.next() {
            budget.draw(1)?;
            let step = if characters.peek().is_some() { steps.next() } else { None };
            drawn.page.glyphs.extend(self.glyph(character, pen, step));
            drawn.turns[turn] += usize::from(!character.is_whitespace());
            let step = step.unwrap_or_else(|| self.usual_step(character));
            pen = Point::new(pen.x + step.x, pen.y + step.y);
        }
        Ok(())
    }

    /// Which way the feet of its characters stand on the page; none if they stand askew.
    fn turn(&self) -> Option<usize> {
        let (x, y) = self.matrix.level();
        turn(x, y).map(|turn| (turn + usize::from(self.turned)) % 4)
    }

    /// A character with the pen at a place; none if that is nowhere near a page.
    fn glyph(&self, character: char, pen: Point, step: Option<Point>) -> Option<Glyph> {
        let width = self.width(character, step);
        let (up, down) = (-ASCENT * self.size, DESCENT * self.size);
        let corners = [(0.0, up), (width, up), (width, down), (0.0, down)];
        let place = |(x, y): (f64, f64)| {
            let (x, y) = match self.turned {
                1 => (-y, x),
                2 => (-x, -y),
                3 => (y, -x),
                _ => (x, y),
            };
            self.matrix.apply(Point::new(pen.x + x, pen.y + y))
        };
        let area = bounds(&corners.map(place))?;
        let (_, size) = super::geometry::narrow(Point::new(0.0, self.size * self.matrix.vertical_scale()));
        let text = if character == UNKNOWN { Said::Nothing } else { Said::One(character) };
        Some(Glyph { text, area, size, invisible: self.invisible })
    }

    /// Millimetres that a character takes.
    fn width(&self, character: char, step: Option<Point>) -> f64 {
        let em = self.size * self.stretch;
        match step {
            Some(step) if self.turned == 0 && step.x > 0.0 && step.x <= WIDEST * em => step.x,
            _ => usual_width(character) * em,
        }
    }

    /// Where the next character begins if the file does not say: by the standard at the same place,
    /// but whoever writes so means its usual place.
    fn usual_step(&self, character: char) -> Point {
        let width = usual_width(character) * self.size * self.stretch;
        match self.read {
            1 => Point::new(0.0, self.size),
            2 => Point::new(-width, 0.0),
            3 => Point::new(0.0, -self.size),
            _ => Point::new(width, 0.0),
        }
    }
}

/// Millimetres of text that does not say its size: that of 小四.
const USUAL_SIZE: f64 = 4.233;
/// The part of its size that an ordinary Latin letter or digit takes.
const NARROW: f64 = 0.5;
/// The most that the way to the next character may be without a gap before it, by the size and with its
/// writer's rounding: simple writers set digits as far apart as ideographs.
const WIDEST: f64 = 1.05;

/// The usual width of a character by its size.
fn usual_width(character: char) -> f64 {
    match character.width_cjk() {
        Some(2) => 1.0,
        Some(0) => 0.0,
        _ => NARROW,
    }
}

/// The characters of a code: what a writer put in to make its XML look nice is none.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let lines = text.split(['\n', '\r']);
    let nice = text.contains(['\n', '\r']);
    lines.flat_map(move |line| Escaped(if nice { line.trim() } else { line }))
}

/// Characters, those written as `\` and four hexadecimal digits resolved: what XML cannot hold is written so.
struct Escaped<'t>(&'t str);

impl Iterator for Escaped<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let escaped = self.0.strip_prefix('\\').and_then(|rest| rest.get(..4));
        let hexadecimal = escaped.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = hexadecimal.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        let mut rest = self.0.chars();
        let next = rest.next();
        self.0 = if code.is_some() { &self.0[5..] } else { rest.as_str() };
        code.or(next)
    }
}

/// The ways from character to character.
struct Steps<'t> {
    across: Option<Deltas<'t>>,
    down: Option<Deltas<'t>>,
}

impl Steps<'_> {
    /// The way to the next character; none if the file says none at all.
    fn next(&mut self) -> Option<Point> {
        if self.across.is_none() && self.down.is_none() {
            return None;
        }
        let step = |deltas: &mut Option<Deltas>| deltas.as_mut().map_or(0.0, Deltas::next);
        Some(Point::new(step(&mut self.across), step(&mut self.down)))
    }
}

/// A list of distances in which `g 3 4.2` stands for `4.2 4.2 4.2`. It is read as far as there
/// are characters; one that is too short goes on as it ends.
struct Deltas<'t> {
    words: std::str::SplitAsciiWhitespace<'t>,
    last: f64,
    again: u64,
}

impl<'t> Deltas<'t> {
    fn of(list: &'t str) -> Option<Self> {
        let words = list.split_ascii_whitespace();
        words.clone().next().map(|_| Deltas { words, last: 0.0, again: 0 })
    }

    fn next(&mut self) -> f64 {
        while self.again == 0 {
            match self.words.next() {
                Some("g" | "G") => {
                    self.again = self.words.next().and_then(|count| count.parse().ok()).unwrap_or(1);
                    self.take();
                }
                Some(word) => {
                    self.last = number(word).unwrap_or(self.last);
                    self.again = 1;
                }
                None => self.again = 1,
            }
        }
        self.again -= 1;
        self.last
    }

    fn take(&mut self) {
        self.last = self.words.next().and_then(number).unwrap_or(self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(list: &str, count: usize) -> Vec<f64> {
        let mut deltas = Deltas::of(list).expect("a list");
        (0..count).map(|_| deltas.next()).collect()
    }

    #[test]
    fn groups_of_distances_are_written_out() {
        assert_eq!(first("1 2 3", 3), [1.0, 2.0, 3.0]);
        assert_eq!(first("g 2 4 g 1 -3.5 2", 4), [4.0, 4.0, -3.5, 2.0]);
        assert_eq!(first("g 1000000000 1", 3), [1.0; 3]);
        assert_eq!(first("g 0 9 2", 2), [2.0, 2.0]);
        assert_eq!(first("1 2", 4), [1.0, 2.0, 2.0, 2.0]);
        assert_eq!(first("1 NaN g x", 3), [1.0; 3]);
        assert!(Deltas::of("  ").is_none());
    }

    #[test]
    fn characters_are_those_of_the_text() {
        let said = |text| characters(text).collect::<String>();
        assert_eq!(said("a b "), "a b ");
        assert_eq!(said("\n    一、\n   二 三\n  "), "一、二 三");
        assert_eq!(said(r"a\0020b\002"), r"a b\002");
        assert_eq!(said(r"\\d800x"), r"\\d800x");
        assert_eq!(said("\\中文字三"), "\\中文字三");
    }
}
