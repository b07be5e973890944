//! Paths → edges and fills: which drawn shapes are lines of a table.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use super::{Axis, Edge, Page, Rect};

/// A box no thicker than this (points) is a line. Rules of forms are 0.25 to 2.25 points.
const THIN: f32 = 3.0;

/// A line thicker than this (points) is a box.
const THICK: f32 = 4.0;

/// A segment that strays so far (points) from level or upright is still so.
const STRAY: f32 = 0.5;

/// How paint shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Ink {
    /// White on white paper: a line only where something coloured lies below.
    Paper,
    /// Anything else.
    Colour,
}

/// Adds shapes to a page, as far as they are seen.
pub(in crate::ingest) struct Shapes<'p> {
    pub(in crate::ingest) page: &'p mut Page,
    pub(in crate::ingest) seen: Rect,
}

/// What two boxes share; empty boxes have no width or height.
pub(in crate::ingest) fn common(a: Rect, b: Rect) -> Rect {
    let (x0, y0) = (a.x0.max(b.x0), a.y0.max(b.y0));
    Rect { x0, y0, x1: a.x1.min(b.x1).max(x0), y1: a.y1.min(b.y1).max(y0) }
}

fn between(a: (f32, f32), b: (f32, f32)) -> Rect {
    Rect { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) }
}

/// How far the corners of a box may stray, level and upright. Sides of a box that is set into the page are cut
/// aslant at their ends, by as much as they are thick.
fn stray(area: Rect) -> (f32, f32) {
    let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
    let cut = |side: f32, thickness: f32| if thickness <= THIN && thickness < side { thickness } else { 0.0 };
    (STRAY + cut(width, height), STRAY + cut(height, width))
}

impl Shapes<'_> {
    /// The segments of a stroked path that are level or upright.
    pub(in crate::ingest) fn stroke(&mut self, path: &BezPath, at: Affine, width: f32, ink: Ink) {
        let [a, b, c, d, ..] = at.as_coeffs();
        let scale = (a * d - b * c).abs().sqrt() as f32;
        let width = width * scale;
        let point = |p: Point| {
            let p = at * p;
            (p.x as f32, p.y as f32)
        };
        let (mut first, mut last) = ((0.0, 0.0), (0.0, 0.0));
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (first, last) = (point(to), point(to)),
                PathEl::LineTo(to) => {
                    let to = point(to);
                    self.segment(last, to, width, ink);
                    last = to;
                }
                PathEl::ClosePath => {
                    self.segment(last, first, width, ink);
                    last = first;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = point(to),
            }
        }
    }

    fn segment(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: Ink) {
        let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        let mut area = between(from, to);
        if dx > STRAY && dy > STRAY || !(dx.is_finite() && dy.is_finite()) {
            return;
        }
        if width > THICK {
            let half = width / 2.0;
            if dx >= dy {
                (area.y0, area.y1) = (area.y0 - half, area.y1 + half);
            } else {
                (area.x0, area.x1) = (area.x0 - half, area.x1 + half);
            }
        }
        self.area(area, ink);
    }

    /// The boxes of a filled path; other shapes are only counted.
    pub(in crate::ingest) fn fill(&mut self, path: &BezPath, at: Affine, ink: Ink) {
        let mut corners: Vec<(f32, f32)> = Vec::with_capacity(5);
        let mut curved = false;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    self.outline(&corners, curved, ink);
                    corners.clear();
                    curved = false;
                    let to = at * to;
                    corners.push((to.x as f32, to.y as f32));
                }
                PathEl::LineTo(to) => {
                    let to = at * to;
                    corners.push((to.x as f32, to.y as f32));
                }
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => curved = true,
                PathEl::ClosePath => {}
            }
        }
        self.outline(&corners, curved, ink);
    }

    fn outline(&mut self, corners: &[(f32, f32)], curved: bool, ink: Ink) {
        let Some(&first) = corners.first() else { return };
        let area = corners.iter().fold(between(first, first), |area, &(x, y)| Rect {
            x0: area.x0.min(x),
            y0: area.y0.min(y),
            x1: area.x1.max(x),
            y1: area.y1.max(y),
        });
        let (across, down) = stray(area);
        let near = |at: f32, side: f32, stray: f32| (at - side).abs() <= stray;
        let on_corner = |&(x, y): &(f32, f32)| {
            (near(x, area.x0, across) || near(x, area.x1, across)) && (near(y, area.y0, down) || near(y, area.y1, down))
        };
        if !curved && corners.len() <= 5 && corners.iter().all(on_corner) {
            self.area(area, ink);
        } else {
            self.page.shapes += 1;
        }
    }

    /// A box that is seen: a line if it is thin, else something with four edges.
    fn area(&mut self, area: Rect, ink: Ink) {
        if !(area.x0.is_finite() && area.y0.is_finite() && area.x1.is_finite() && area.y1.is_finite()) {
            return;
        }
        // Lines along the border of what is seen are half hidden; they count.
        let slack =
            Rect { x0: self.seen.x0 - THIN, y0: self.seen.y0 - THIN, x1: self.seen.x1 + THIN, y1: self.seen.y1 + THIN };
        if area.x1 < slack.x0 || area.x0 > slack.x1 || area.y1 < slack.y0 || area.y0 > slack.y1 {
            return;
        }
        let area = common(area, slack);
        let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
        let line = width.min(height) <= THIN;
        if ink == Ink::Paper && !(line && self.on_colour(area)) {
            return;
        }
        if !line {
            self.page.fills.push(area);
            return;
        }
        // A dot is a piece of a dotted line, either way.
        if height <= THIN {
            let edge = Edge { axis: Axis::Horizontal, at: (area.y0 + area.y1) / 2.0, from: area.x0, to: area.x1 };
            self.page.edges.push(edge);
        }
        if width <= THIN {
            let edge = Edge { axis: Axis::Vertical, at: (area.x0 + area.x1) / 2.0, from: area.y0, to: area.y1 };
            self.page.edges.push(edge);
        }
    }

    /// Whether a white line lies on something coloured that was drawn before.
    fn on_colour(&self, line: Rect) -> bool {
        let (x, y) = ((line.x0 + line.x1) / 2.0, (line.y0 + line.y1) / 2.0);
        let holds = |fill: &Rect| x > fill.x0 && x < fill.x1 && y > fill.y0 && y < fill.y1;
        // The latest fills lie on top; one far back is as good as covered.
        self.page.fills.iter().rev().take(MOST_BELOW).any(holds)
    }

    /// A picture; one that is thin is a line, as some programs draw rules.
    pub(in crate::ingest) fn picture(&mut self, area: Rect) {
        if area.x1 - area.x0 <= THIN || area.y1 - area.y0 <= THIN {
            self.area(area, Ink::Colour);
            return;
        }
        let shown = common(area, self.seen);
        if shown.x1 > shown.x0 && shown.y1 > shown.y0 {
            self.page.pictures.push(shown);
        }
    }
}

/// So many fills are looked at below a white line.
const MOST_BELOW: usize = 256;
