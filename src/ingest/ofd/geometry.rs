//! Millimetres → points: boxes, matrices, and numbers that are none.

use hayro_interpret::kurbo::Affine;

use crate::ingest::page::Rect;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Points from the page's corner beyond which nothing is drawn: 350 metres. Sums of such numbers
/// stay exact to a hundredth in the page's `f32`.
const FARTHEST: f64 = 1e6;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn new(x: f64, y: f64) -> Self {
        Point { x, y }
    }

    /// Whether a page may have it.
    pub(super) fn is_sane(self) -> bool {
        self.x.abs() <= FARTHEST && self.y.abs() <= FARTHEST
    }
}

/// x, y, width and height, millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// Of four numbers; none if there are fewer, or one is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = numbers(text);
        let mut next = || numbers.next().flatten();
        Some(Area { x: next()?, y: next()?, width: next()?, height: next()? })
    }

    /// Its extent on the page.
    pub(super) fn corners(self) -> [Point; 4] {
        let (x1, y1) = (self.x + self.width, self.y + self.height);
        [Point::new(self.x, self.y), Point::new(x1, self.y), Point::new(x1, y1), Point::new(self.x, y1)]
    }
}

/// The affine map `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Matrix {
    /// Millimetres from the corner of a page's box to points from the corner of the page.
    pub(super) fn of_page(page: Area) -> Self {
        Matrix { a: POINTS, b: 0.0, c: 0.0, d: POINTS, e: -page.x * POINTS, f: -page.y * POINTS }
    }

    fn of_numbers(text: &str) -> Option<Self> {
        let mut numbers = numbers(text);
        let mut next = || numbers.next().flatten();
        Some(Matrix { a: next()?, b: next()?, c: next()?, d: next()?, e: next()?, f: next()? })
    }

    /// Of the space inside a thing: its own matrix first, then its place, then the space around it.
    pub(super) fn within(self, boundary: Option<Area>, own: Option<&str>) -> Self {
        let place = boundary.map_or(self, |area| self.after(Matrix::shift(area.x, area.y)));
        own.and_then(Matrix::of_numbers).map_or(place, |own| place.after(own))
    }

    fn shift(x: f64, y: f64) -> Self {
        Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: x, f: y }
    }

    /// `inner` first, then this.
    fn after(self, inner: Matrix) -> Self {
        let column = |x: f64, y: f64| (self.a * x + self.c * y, self.b * x + self.d * y);
        let ((a, b), (c, d)) = (column(inner.a, inner.b), column(inner.c, inner.d));
        let at = self.apply(Point::new(inner.e, inner.f));
        Matrix { a, b, c, d, e: at.x, f: at.y }
    }

    pub(super) fn apply(self, point: Point) -> Point {
        Point::new(self.a * point.x + self.c * point.y + self.e, self.b * point.x + self.d * point.y + self.f)
    }

    /// How much taller than itself an upright thing is shown.
    pub(super) fn vertical_scale(self) -> f64 {
        self.c.hypot(self.d)
    }

    /// Where a level line runs on the page, of length 1.
    pub(super) fn level(self) -> (f64, f64) {
        let length = self.a.hypot(self.b);
        if length > 0.0 { (self.a / length, self.b / length) } else { (1.0, 0.0) }
    }

    pub(super) fn affine(self) -> Affine {
        Affine::new([self.a, self.b, self.c, self.d, self.e, self.f])
    }
}

/// The box around points; none if one of them is too far away, or no number.
pub(super) fn bounds(points: &[Point]) -> Option<Rect> {
    let mut rect = Rect { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    for point in points {
        if !point.is_sane() {
            return None;
        }
        let (x, y) = narrow(*point);
        rect = Rect { x0: rect.x0.min(x), y0: rect.y0.min(y), x1: rect.x1.max(x), y1: rect.y1.max(y) };
    }
    (!points.is_empty()).then_some(rect)
}

/// Width and height of a page, points; none if it has none.
pub(super) fn extent(page: Area) -> Option<(f32, f32)> {
    let (width, height) = narrow(Point::new(page.width * POINTS, page.height * POINTS));
    let sane = Point::new(page.width, page.height).is_sane() && page.width > 0.0 && page.height > 0.0;
    sane.then_some((width, height))
}

#[expect(clippy::cast_possible_truncation, reason = "the page's numbers are f32, and these are sane")]
pub(super) fn narrow(point: Point) -> (f32, f32) {
    (point.x as f32, point.y as f32)
}

/// A finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The numbers of a list, `None` for what is none.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = Option<f64>> {
    text.split(|char: char| char.is_ascii_whitespace() || char == ',').filter(|word| !word.is_empty()).map(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: Area = Area { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };

    #[test]
    fn a_thing_is_turned_first_and_placed_then() {
        let inside = Matrix::of_page(A4).within(Area::parse("25.4 50.8 1 1"), Some("2 0 0 2 25.4 0"));
        assert_eq!(narrow(inside.apply(Point::new(12.7, 0.0))), (72.0 + 72.0 + 72.0, 144.0));
        assert_eq!(inside.level(), (1.0, 0.0));
        assert_eq!(Matrix::of_page(A4).within(None, Some("0 2 -2 0 0 0")).level(), (0.0, 1.0));
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert_eq!(Area::parse("0 0 NaN 1"), None);
        assert_eq!(Area::parse("0 0 1"), None);
        assert_eq!(Area::parse("1,2 3 4").map(|area| area.y), Some(2.0));
        assert_eq!(number("inf"), None);
        assert_eq!(bounds(&[Point::new(1e9, 0.0)]), None);
        assert_eq!(bounds(&[Point::new(f64::NAN, 0.0)]), None);
    }
}
