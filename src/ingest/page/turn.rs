//! Pages whose text does not run from left to right: turned until it does.

use super::{Axis, Edge, Page, Rect};

/// A baseline may lean so much (tangent) and still be level: scans that were straightened do.
const LEAN: f64 = 0.05;

/// Which way text runs, in quarter turns clockwise from left-to-right.
pub(in crate::ingest) type Turns = [usize; 4];

/// In quarter turns; `None` if the baseline is neither level nor upright.
pub(in crate::ingest) fn turn(ux: f64, uy: f64) -> Option<usize> {
    match (ux.abs() <= LEAN, uy.abs() <= LEAN) {
        (false, true) => Some(if ux > 0.0 { 0 } else { 2 }),
        (true, false) => Some(if uy > 0.0 { 1 } else { 3 }),
        _ => None,
    }
}

/// The page, turned so that most of its text is level.
pub(in crate::ingest) fn upright(page: Page, turns: Turns) -> Page {
    let most = (0..turns.len()).rev().max_by_key(|&turn| turns[turn]).unwrap_or(0);
    (0..most).fold(page, |page, _| turned(page))
}

/// Turned by a quarter against the clock: what ran down the page runs from left to right.
fn turned(page: Page) -> Page {
    let width = page.width;
    let area = |area: Rect| Rect { x0: area.y0, y0: width - area.x1, x1: area.y1, y1: width - area.x0 };
    let edge = |edge: Edge| match edge.axis {
        Axis::Horizontal => Edge { axis: Axis::Vertical, at: edge.at, from: width - edge.to, to: width - edge.from },
        Axis::Vertical => Edge { axis: Axis::Horizontal, at: width - edge.at, from: edge.from, to: edge.to },
    };
    let mut page = page;
    page.glyphs.iter_mut().for_each(|glyph| glyph.area = area(glyph.area));
    page.edges.iter_mut().for_each(|line| *line = edge(*line));
    page.pictures.iter_mut().for_each(|picture| *picture = area(*picture));
    page.fills.iter_mut().for_each(|fill| *fill = area(*fill));
    (page.width, page.height) = (page.height, page.width);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let mark = Rect { x0: 10.0, y0: 20.0, x1: 30.0, y1: 60.0 };
        let edge = Edge { axis: Axis::Vertical, at: 90.0, from: 5.0, to: 45.0 };
        Page { width: 100.0, height: 200.0, pictures: vec![mark], edges: vec![edge], ..Page::default() }
    }

    #[test]
    fn text_that_runs_down_is_turned_against_the_clock() {
        let turned = upright(page(), [1, 5, 0, 2]);
        assert_eq!((turned.width, turned.height), (200.0, 100.0));
        // What was near the right border is near the top now.
        assert_eq!(turned.edges, [Edge { axis: Axis::Horizontal, at: 10.0, from: 5.0, to: 45.0 }]);
        assert_eq!(turned.pictures, [Rect { x0: 20.0, y0: 70.0, x1: 60.0, y1: 90.0 }]);
    }

    #[test]
    fn four_quarters_are_none() {
        let again = (0..4).fold(page(), |page, _| turned(page));
        assert_eq!(again, page());
        assert_eq!(upright(page(), [0; 4]), page());
    }
}
