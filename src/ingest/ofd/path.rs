//! Paths → the straight rules that a person sees.
//!
//! A stroked segment along an axis is a rule; a filled box is one if it is thin, else its four
//! sides are. Curves and slanting lines draw no table.

use super::drawn::{Budget, Drawn};
use super::geometry::{Area, Matrix, Point, bounds, narrow, number};
use super::resources::Resources;
use super::scan::{Event, Scan};
use super::text::{is_clear, switch};
use crate::ingest::page::{Axis, Edge, Rect};
use crate::ingest::xml::{Stop, attribute};

/// How far, in points, the ends of a rule may be off its axis: writers round to a tenth of a millimetre.
const CROOKED: f32 = 0.5;
/// Points up to which a filled box is a line. Table rules are 0.25 to 1.5 wide, double ones 2.25.
const THIN: f32 = 3.0;
/// A thin box is a line if it is so many times longer than wide; less is a dot.
const LINE: f32 = 2.0;
/// A filled box that covers so much of both sides of the page is its paper, not a frame on it.
const PAPER: f32 = 0.97;

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
}

/// How a path is drawn.
#[derive(Debug, Clone, Copy)]
struct Paint {
    stroke: bool,
    fill: bool,
    /// The filling cannot be told from paper.
    white: bool,
}

/// What holds for the objects of a layer.
#[derive(Clone, Copy)]
pub(super) struct Setting<'r> {
    pub(super) resources: &'r Resources,
    /// What is filled with where an object does not say.
    pub(super) fill: Option<Colour>,
    /// The page's width and height, points.
    pub(super) page: (f32, f32),
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
    let parameter = value(b"DrawParam").and_then(|id| setting.resources.fill(&id));
    let mut fill = parameter.or(setting.fill).unwrap_or(Colour::Other);
    let mut stroke = switch(attributes, b"Stroke", true);
    let filled = switch(attributes, b"Fill", false);
    let inside = scan.depth();
    let mut data = String::new();
    while scan.depth() >= inside {
        match scan.next()? {
            Event::Open(b"AbbreviatedData") => data = scan.text()?,
            Event::Open(b"FillColor") => fill = Colour::of(scan.attributes()),
            Event::Open(b"StrokeColor") => stroke &= !is_clear(scan.attributes()),
            Event::Open(b"Clips") => scan.skip()?,
            Event::End => break,
            _ => {}
        }
    }
    let paint = Paint { stroke, fill: filled && fill != Colour::Clear, white: fill == Colour::White };
    let from = drawn.page.edges.len();
    rules(&data, matrix, paint, setting.page, &mut drawn.page.edges);
    budget.spend(1 + drawn.page.edges.len() - from)
}

/// A stretch of a path that is drawn without lifting the pen.
#[derive(Debug, Default)]
struct Stretch {
    /// Its corners, on the page.
    points: Vec<Point>,
    /// Which of the segments that end at a corner are straight.
    straight: Vec<bool>,
    closed: bool,
}

/// Adds the rules of a path in the format's abbreviated notation.
fn rules(data: &str, matrix: Matrix, paint: Paint, page: (f32, f32), edges: &mut Vec<Edge>) {
    for stretch in stretches(data, matrix) {
        if paint.stroke {
            stroked(&stretch, edges);
        }
        if paint.fill {
            filled(&stretch, paint.white, page, edges);
        }
    }
}

fn stretches(data: &str, matrix: Matrix) -> Vec<Stretch> {
    let mut stretches = vec![Stretch::default()];
    let mut words = words(data).peekable();
    while let Some(word) = words.next() {
        let Word::Letter(letter) = word else { continue };
        let mut numbers = [0.0; 7];
        let wanted = operands(letter);
        for number in numbers.iter_mut().take(wanted) {
            match words.next_if(|word| matches!(word, Word::Number(_))) {
                Some(Word::Number(found)) => *number = found,
                // A command that lost an operand has no place; what follows may have.
                _ => break,
            }
        }
        let end = wanted.checked_sub(2).map(|at| matrix.apply(Point::new(numbers[at], numbers[at + 1])));
        step(letter, end, &mut stretches);
    }
    stretches
}

/// Carries out one command, `end` being where it leads.
fn step(letter: u8, end: Option<Point>, stretches: &mut Vec<Stretch>) {
    if matches!(letter, b'S' | b'M') && stretches.last().is_some_and(|stretch| !stretch.points.is_empty()) {
        stretches.push(Stretch::default());
    }
    let Some(stretch) = stretches.last_mut() else { return };
    match end {
        Some(end) => {
            stretch.points.push(end);
            stretch.straight.push(letter == b'L');
        }
        None => stretch.closed |= letter == b'C',
    }
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

fn stroked(stretch: &Stretch, edges: &mut Vec<Edge>) {
    let pairs = stretch.points.iter().zip(stretch.points.iter().skip(1));
    for ((from, to), straight) in pairs.zip(stretch.straight.iter().skip(1)) {
        if *straight {
            edges.extend(rule(*from, *to));
        }
    }
    if let (true, Some(first), Some(last)) = (stretch.closed, stretch.points.first(), stretch.points.last()) {
        edges.extend(rule(*last, *first));
    }
}

/// The rule between two points, if they lie along an axis.
fn rule(from: Point, to: Point) -> Option<Edge> {
    let rect = bounds(&[from, to])?;
    let (width, height) = (rect.x1 - rect.x0, rect.y1 - rect.y0);
    if height <= CROOKED && width > height {
        return Some(Edge { axis: Axis::Horizontal, at: f32::midpoint(rect.y0, rect.y1), from: rect.x0, to: rect.x1 });
    }
    let upright = width <= CROOKED && height > width;
    upright.then(|| Edge { axis: Axis::Vertical, at: f32::midpoint(rect.x0, rect.x1), from: rect.y0, to: rect.y1 })
}

fn filled(stretch: &Stretch, white: bool, page: (f32, f32), edges: &mut Vec<Edge>) {
    let Some(rect) = bounds(&stretch.points) else { return };
    if !is_box(stretch, rect) {
        return;
    }
    let (width, height) = (rect.x1 - rect.x0, rect.y1 - rect.y0);
    let horizontal = |at| Edge { axis: Axis::Horizontal, at, from: rect.x0, to: rect.x1 };
    let vertical = |at| Edge { axis: Axis::Vertical, at, from: rect.y0, to: rect.y1 };
    if height <= THIN && width >= LINE * height && width > 0.0 {
        edges.push(horizontal(f32::midpoint(rect.y0, rect.y1)));
    } else if width <= THIN && height >= LINE * width && height > 0.0 {
        edges.push(vertical(f32::midpoint(rect.x0, rect.x1)));
    } else if !white && (width < PAPER * page.0 || height < PAPER * page.1) {
        edges.extend([horizontal(rect.y0), horizontal(rect.y1), vertical(rect.x0), vertical(rect.x1)]);
    }
}

/// Whether a stretch goes round its bounds and nowhere else.
fn is_box(stretch: &Stretch, rect: Rect) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= CROOKED;
    let corner = |point: &Point| {
        let (x, y) = narrow(*point);
        (near(x, rect.x0) || near(x, rect.x1)) && (near(y, rect.y0) || near(y, rect.y1))
    };
    stretch.points.len() >= 4
        && stretch.straight.iter().skip(1).all(|straight| *straight)
        && stretch.points.iter().all(corner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: (f32, f32) = (595.0, 842.0);
    const STROKE: Paint = Paint { stroke: true, fill: false, white: false };
    const FILL: Paint = Paint { stroke: false, fill: true, white: false };

    /// The rules of a path, in millimetres, as `-at from to` and `|at from to`.
    fn drawn(data: &str, paint: Paint) -> Vec<String> {
        let matrix = Matrix::of_page(Area { x: 0.0, y: 0.0, width: 210.0, height: 297.0 });
        let mut edges = Vec::new();
        rules(data, matrix, paint, PAGE, &mut edges);
        let millimetres = |points: f32| (points * 25.4 / 72.0 * 10.0).round() / 10.0;
        let show = |edge: &Edge| {
            let axis = if edge.axis == Axis::Horizontal { '-' } else { '|' };
            format!("{axis}{} {} {}", millimetres(edge.at), millimetres(edge.from), millimetres(edge.to))
        };
        edges.iter().map(show).collect()
    }

    #[test]
    fn straight_segments_along_an_axis_are_rules() {
        assert_eq!(drawn("M 0 5 L 60 5", STROKE), ["-5 0 60"]);
        assert_eq!(drawn("S 60 5 L 0 5.1", STROKE), ["-5 0 60"]);
        assert_eq!(drawn("M0 5L60 5L60 9", STROKE), ["-5 0 60", "|60 5 9"]);
        assert_eq!(drawn("M 0 0 L 10 0 L 10 10 L 0 10 C", STROKE), ["-0 0 10", "|10 0 10", "-10 0 10", "|0 0 10"]);
        assert_eq!(drawn("M 0 0 L 30 20", STROKE), [""; 0]);
        assert_eq!(drawn("M 0 0 B 1 1 2 2 30 0 L 40 0", STROKE), ["-0 30 40"]);
        assert_eq!(drawn("M 0 0 A 5 5 0 0 1 10 0 Q 1 1 20 0", STROKE), [""; 0]);
    }

    #[test]
    fn filled_boxes_are_rules_if_thin_and_frames_if_not() {
        assert_eq!(drawn("M 0 0 L 60 0.02 L 60 0.3 L 0 0.28 C", FILL), ["-0.2 0 60"]);
        assert_eq!(drawn("M 0 0 L 0.3 0 L 0.3 9 L 0 9 C", FILL), ["|0.2 0 9"]);
        assert_eq!(drawn("M 0 0 L 20 0 L 20 10 L 0 10 C", FILL).len(), 4);
        assert_eq!(drawn("M 0 0 L 20 0 L 20 10 L 0 10 C", Paint { white: true, ..FILL }), [""; 0]);
        assert_eq!(drawn("M 0 0 L 210 0 L 210 297 L 0 297 C", FILL), [""; 0]);
        assert_eq!(drawn("M 0 0 L 20 5 L 20 10 L 0 10 C", FILL), [""; 0]);
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

    #[test]
    fn absurd_numbers_draw_nothing() {
        assert_eq!(drawn("M NaN 0 L 60 0", STROKE), [""; 0]);
        assert_eq!(drawn("M 0 0 L 1e300 0 L", STROKE), [""; 0]);
        assert_eq!(drawn("L L L C C M", STROKE), [""; 0]);
        assert_eq!(drawn("é 世 M 0 5 L 60 5", STROKE), ["-5 0 60"]);
    }
}
