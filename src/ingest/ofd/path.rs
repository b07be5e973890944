//! Path objects → the shapes of a page.

use hayro_interpret::kurbo::{BezPath, Point as Place};

use super::drawn::{Budget, Drawn};
use super::geometry::{Area, Matrix, Point, number};
use super::resources::{Parameter, Resources};
use super::scan::{Event, Scan};
use super::text::{is_clear, switch};
use crate::ingest::page::Rect;
use crate::ingest::page::shape::{Ink, Shapes};
use crate::ingest::xml::{Stop, attribute};

/// Millimetres of a line that does not say its width: a point, by the standard.
const USUAL_WIDTH: f64 = 0.353;
/// Millimetres that a pen must move to make a corner: writers round to hundredths and leave the rest behind.
const SAME: f64 = 0.05;

/// A colour, as far as lines depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Wholly transparent.
    Clear,
    /// That of paper.
    White,
    Other,
}

impl Colour {
    /// Of the attributes of a colour element.
    pub(super) fn of(attributes: &[u8]) -> Self {
        if is_clear(attributes) {
            return Colour::Clear;
        }
        let value = attribute(attributes, b"Value").unwrap_or_default();
        let parts: Vec<&str> = value.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        let full = |part: &&str| part.eq_ignore_ascii_case("#ff") || number(part) == Some(255.0);
        let none = |part: &&str| number(part) == Some(0.0) || *part == "#00";
        let white = match parts.len() {
            1 | 3 => parts.iter().all(full),
            4 => parts.iter().all(none),
            _ => false,
        };
        if white { Colour::White } else { Colour::Other }
    }

    /// How it shows; not at all if it is none.
    fn ink(self) -> Option<Ink> {
        match self {
            Colour::Clear => None,
            Colour::White => Some(Ink::Paper),
            Colour::Other => Some(Ink::Colour),
        }
    }
}

/// What holds for the objects of a layer.
#[derive(Clone, Copy)]
pub(super) struct Setting<'r> {
    pub(super) resources: &'r Resources,
    /// What objects are painted with that do not say.
    pub(super) usual: Parameter,
    /// The page, points.
    pub(super) page: Rect,
}

/// Draws the path object just opened; reads its end.
pub(super) fn draw(
    scan: &mut Scan,
    around: Matrix,
    setting: Setting,
    drawn: &mut Drawn,
    budget: &mut Budget,
) -> Result<(), Stop> {
    let attributes = scan.attributes();
    let value = |name| attribute(attributes, name);
    let boundary = value(b"Boundary").and_then(|text| Area::parse(&text));
    let matrix = around.within(boundary, value(b"CTM").as_deref());
    let parameter = value(b"DrawParam").map(|id| setting.resources.parameter(&id)).unwrap_or_default();
    let mut fill = parameter.fill.or(setting.usual.fill).unwrap_or(Colour::Other);
    let mut stroke = parameter.stroke.or(setting.usual.stroke).unwrap_or(Colour::Other);
    let (filled, stroked) = (switch(attributes, b"Fill", false), switch(attributes, b"Stroke", true));
    let width = value(b"LineWidth").and_then(|width| number(&width)).unwrap_or(USUAL_WIDTH);
    let inside = scan.depth();
    let mut data = String::new();
    while scan.depth() >= inside {
        match scan.next()? {
            Event::Open(b"AbbreviatedData") => data = scan.text()?,
            Event::Open(b"FillColor") => fill = Colour::of(scan.attributes()),
            Event::Open(b"StrokeColor") => stroke = Colour::of(scan.attributes()),
            Event::Open(b"Clips") => scan.skip()?,
            Event::End => break,
            _ => {}
        }
    }
    let path = path(&data, budget)?;
    let mut shapes = Shapes { page: &mut drawn.page, seen: setting.page };
    if let (true, Some(ink)) = (filled, fill.ink()) {
        shapes.fill(&path, matrix.affine(), ink);
    }
    if let (true, Some(ink)) = (stroked, stroke.ink()) {
        shapes.stroke(&path, matrix.affine(), narrow(width), ink);
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "shapes are f32, and too large a number is no shape")]
fn narrow(width: f64) -> f32 {
    width as f32
}

/// A path in the format's abbreviated notation. Arcs are only some curve to where they lead.
fn path(data: &str, budget: &mut Budget) -> Result<BezPath, Stop> {
    let mut path = BezPath::new();
    let mut pen = None;
    let mut words = words(data).peekable();
    while let Some(word) = words.next() {
        let Word::Letter(letter) = word else { continue };
        budget.draw(1)?;
        let mut numbers = [f64::NAN; 7];
        let wanted = operands(letter);
        for number in numbers.iter_mut().take(wanted) {
            match words.next_if(|word| matches!(word, Word::Number(_))) {
                Some(Word::Number(found)) => *number = found,
                _ => break,
            }
        }
        let end = wanted.checked_sub(2).map(|at| Point::new(numbers[at], numbers[at + 1]));
        // What lost an operand leads nowhere.
        if end.is_none_or(Point::is_sane) {
            step(letter, end, &mut pen, &mut path);
        }
    }
    Ok(path)
}

/// Carries out one command, `end` being where it leads.
fn step(letter: u8, end: Option<Point>, pen: &mut Option<Point>, path: &mut BezPath) {
    let Some(end) = end else {
        if letter == b'C' && pen.is_some() {
            path.close_path();
        }
        return;
    };
    let place = Place::new(end.x, end.y);
    match (letter, *pen) {
        (b'L', Some(from)) if (from.x - end.x).hypot(from.y - end.y) < SAME => return,
        (b'L', Some(_)) => path.line_to(place),
        (b'Q' | b'B' | b'A', Some(_)) => path.quad_to(place, place),
        _ => path.move_to(place),
    }
    *pen = Some(end);
}

/// How many numbers follow a command; the last two are where it leads.
fn operands(letter: u8) -> usize {
    match letter {
        b'S' | b'M' | b'L' => 2,
        b'Q' => 4,
        b'B' => 6,
        b'A' => 7,
        _ => 0,
    }
}

enum Word {
    Letter(u8),
    Number(f64),
}

/// Commands and numbers, also where writers leave out the spaces between them.
fn words(data: &str) -> impl Iterator<Item = Word> {
    let mut rest = data;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|char: char| char.is_ascii_whitespace() || char == ',');
        let first = rest.chars().next()?;
        if first.is_ascii_alphabetic() && !rest.starts_with("NaN") && !rest.starts_with("inf") {
            rest = &rest[1..];
            return Some(Word::Letter(first.to_ascii_uppercase() as u8));
        }
        let ends = |char: char| char.is_ascii_whitespace() || char == ',' || "SMLQBAC".contains(char);
        let length = rest.find(ends).filter(|&at| at > 0).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        rest = after;
        Some(Word::Number(number(word).unwrap_or(f64::NAN)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Limits;

    fn written(data: &str) -> String {
        path(data, &mut Budget::new(&Limits::default())).expect("a short path").to_svg()
    }

    #[test]
    fn commands_are_read_however_they_are_spaced() {
        assert_eq!(written("M 0 5 L 60 5"), "M0,5 L60,5");
        assert_eq!(written("S0 5L60,5L60 9 C"), "M0,5 L60,5 L60,9 Z");
        assert_eq!(written("M 0 0 M 1 1 L 2 -2e1"), "M0,0 M1,1 L2,-20");
        assert_eq!(written("M 0 0 B 1 1 2 2 30 0 Q 1 1 4 4 A 5 5 0 0 1 9 9"), "M0,0 Q30,0 30,0 Q4,4 4,4 Q9,9 9,9");
    }

    #[test]
    fn corners_that_the_writer_doubled_are_one() {
        assert_eq!(
            written("M 0 0 L 156.14 0 L 156.14 0.02 L 156.14 0.81 L 0 0.8 C"),
            "M0,0 L156.14,0 L156.14,0.81 L0,0.8 Z"
        );
    }

    #[test]
    fn absurd_commands_lead_nowhere() {
        assert_eq!(written("M NaN 0 L 60 0 L 70 0"), "M60,0 L70,0");
        assert_eq!(written("M 0 0 L 1e300 0 L 5"), "M0,0");
        assert_eq!(written("L L L C C M"), "");
        assert_eq!(written("é 世 M 0 5 Z 9 L 60 5"), "M0,5 L60,5");
    }

    #[test]
    fn colours_are_told_from_paper() {
        let of = |attributes: &str| Colour::of(attributes.as_bytes());
        assert_eq!(of(r#"Value="255 255 255""#), Colour::White);
        assert_eq!(of(r##"Value="#ff #FF #ff" ColorSpace="1""##), Colour::White);
        assert_eq!(of(r#"Value="0 0 0 0""#), Colour::White);
        assert_eq!(of(r#"Value="0 0 0""#), Colour::Other);
        assert_eq!(of(r#"Value="255 255 254""#), Colour::Other);
        assert_eq!(of(r#"Value="0 0 0" Alpha="0""#), Colour::Clear);
        assert_eq!(of(""), Colour::Other);
    }
}
