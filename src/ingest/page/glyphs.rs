//! The glyphs of a page that are its text: doubles and hidden ones out, odd code points mended.

use std::ops::Range;

use super::tolerance::{RAISED, SAME_PLACE, SMALL_SIGN, STRUCK_ABOVE, STRUCK_BELOW, STRUCK_PAST, TOUCHING};
use super::{Axis, Glyph, MOST_DIGITS, Page, Rect, Said};
use crate::ingest::unified::ideograph;

/// Stands for a character that the file does not spell.
pub(super) const UNKNOWN: &str = "\u{fffd}";

/// The glyphs that are text, from top to bottom. What is invisible counts only over a picture: there it
/// is what somebody's program recognised in it; elsewhere it is hidden.
pub(super) fn of(page: &Page) -> Vec<&Glyph> {
    let text = page.glyphs.iter().filter(|glyph| is_text(glyph, &page.pictures));
    // Both places in one number, beside one another in memory: half the time of looking into the glyphs.
    let place = |glyph: &Glyph| u64::from(ordered(middle(glyph))) << 32 | u64::from(ordered(glyph.area.x0));
    let mut places: Vec<(u64, &Glyph)> = text.map(|glyph| (place(glyph), glyph)).collect();
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, glyph)| glyph).collect()
}

/// Takes out what somebody struck out by hand, and gives how many stretches that were: glyphs with a line through them that
/// begins and ends where they do. The rules of tables do not.
pub(super) fn take_struck(glyphs: &mut Vec<&Glyph>, page: &Page) -> usize {
    let largest = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let mut struck: Vec<usize> = Vec::new();
    let mut count = 0;
    for edge in page.edges.iter().filter(|edge| edge.axis == Axis::Horizontal) {
        let from = glyphs.partition_point(|glyph| middle(glyph) < edge.at - STRUCK_BELOW * largest);
        let near = glyphs[from..].iter().take_while(|glyph| middle(glyph) <= edge.at + STRUCK_ABOVE * largest);
        let is_under = |glyph: &Glyph| {
            let (below, slack) = (edge.at - middle(glyph), STRUCK_PAST * glyph.size);
            below <= STRUCK_BELOW * glyph.size
                && below >= -STRUCK_ABOVE * glyph.size
                && glyph.area.x0 >= edge.from - slack
                && glyph.area.x1 <= edge.to + slack
        };
        let under: Vec<usize> =
            near.enumerate().filter(|(_, glyph)| is_under(glyph)).map(|(at, _)| from + at).collect();
        let begin = under.iter().map(|&at| glyphs[at].area.x0).fold(f32::MAX, f32::min);
        let end = under.iter().map(|&at| glyphs[at].area.x1).fold(f32::MIN, f32::max);
        let Some(size) = under.first().map(|&at| glyphs[at].size) else { continue };
        if begin - edge.from <= STRUCK_PAST * size && edge.to - end <= STRUCK_PAST * size {
            struck.extend(under);
            count += 1;
        }
    }
    struck.sort_unstable();
    let mut at = 0;
    glyphs.retain(|_| {
        at += 1;
        struck.binary_search(&(at - 1)).is_err()
    });
    count
}

/// A number that is greater where the place is, in the order of `total_cmp`.
fn ordered(place: f32) -> u32 {
    let bits = place.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

/// Whether the glyph is of a text layer that was recognised in a picture.
pub(super) fn is_recognised(glyph: &Glyph, pictures: &[Rect]) -> bool {
    glyph.invisible && pictures.iter().any(|picture| picture.holds(glyph.area.middle()))
}

fn is_text(glyph: &Glyph, pictures: &[Rect]) -> bool {
    glyph.size > 0.0 && (!glyph.invisible || is_recognised(glyph, pictures))
}

/// Height of the middle.
pub(super) fn middle(glyph: &Glyph) -> f32 {
    (glyph.area.y0 + glyph.area.y1) / 2.0
}

/// Whether the second begins where the first does; none further to the left can be its double.
pub(super) fn may_be_double(first: &Glyph, second: &Glyph) -> bool {
    (first.area.x0 - second.area.x0).abs() <= SAME_PLACE * first.size.max(second.size)
}

/// Whether the second is the first drawn again, for bold or for a shadow.
pub(super) fn is_double(first: &Glyph, second: &Glyph) -> bool {
    let near = SAME_PLACE * first.size;
    (first.area.x0 - second.area.x0).abs() <= near
        && (middle(first) - middle(second)).abs() <= near
        && first.text == second.text
}

/// Whether the second is set small above the line of the first.
pub(super) fn is_raised(first: &Glyph, second: &Glyph) -> bool {
    second.size <= SMALL_SIGN * first.size && middle(first) - middle(second) >= RAISED * first.size
}

/// Runs of digits of one number among glyphs in their order, two or more each.
pub(super) fn numbers(glyphs: &[&Glyph]) -> impl Iterator<Item = Range<usize>> {
    let goes_on = |a: &&Glyph, b: &&Glyph| a.text.is_digit() && b.text.is_digit() && touch(a, b);
    let runs = glyphs.chunk_by(goes_on).scan(0, |at, run| {
        *at += run.len();
        Some(*at - run.len()..*at)
    });
    runs.filter(|run| (2..=MOST_DIGITS).contains(&run.len()))
}

/// Whether the second stands on the line of the first and begins where that ends.
fn touch(first: &Glyph, second: &Glyph) -> bool {
    let near = TOUCHING * first.size;
    (middle(first) - middle(second)).abs() <= near && (second.area.x0 - first.area.x1).abs() <= near
}

/// Writes what a glyph says.
pub(super) fn push(glyph: &Glyph, to: &mut String) {
    match &glyph.text {
        Said::One(c) => push_one(*c, to),
        Said::Many(text) => text.chars().for_each(|c| push_one(c, to)),
        Said::Nothing => to.push_str(UNKNOWN),
    }
}

/// The character that a glyph says, if it is one that is written as it is and no space.
pub(super) fn plain(glyph: &Glyph) -> Option<char> {
    match glyph.text {
        Said::One(c @ ('!'..='~' | '\u{3001}'..='\u{9fff}')) => Some(c),
        _ => None,
    }
}

/// Many fonts map ideographs to radicals and compatibility forms that only look like them.
fn push_one(c: char, to: &mut String) {
    match c {
        ' '..='~' | '\u{3000}'..='\u{9fff}' => to.push(c),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => to.push(ideograph(c)),
        '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
        c if c.is_control() => {}
        c => to.push(c),
    }
}

/// An ideograph, or a mark as wide as one.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Edge};
    use super::*;

    /// What is left of `9952`, characters of 5 by 10 points, with a level line at this height from there to there.
    fn left(at: f32, from: f32, to: f32) -> String {
        let glyph = |(c, x): (char, f32)| {
            let area = Rect { x0: x, y0: 0.0, x1: x + 5.0, y1: 10.0 };
            Glyph { text: Said::One(c), area, size: 10.0, invisible: false }
        };
        let glyphs = "9952".chars().zip([0.0, 5.0, 10.0, 15.0]).map(glyph).collect();
        let page = Page { glyphs, edges: vec![Edge { axis: Axis::Horizontal, at, from, to }], ..Page::default() };
        let mut glyphs = of(&page);
        let count = take_struck(&mut glyphs, &page);
        let mut text = String::new();
        glyphs.iter().for_each(|glyph| push(glyph, &mut text));
        assert_eq!(count > 0, text != "9952");
        text
    }

    #[test]
    fn what_is_struck_out_is_gone_and_what_is_ruled_or_underlined_is_not() {
        assert_eq!(left(6.0, 0.0, 10.0), "52");
        assert_eq!(left(5.0, -0.5, 20.5), "");
        for (at, from, to) in
            [(6.0, -20.0, 60.0), (6.0, 0.0, 60.0), (9.5, 0.0, 10.0), (2.0, 0.0, 10.0), (6.0, 2.0, 8.0)]
        {
            assert_eq!(left(at, from, to), "9952", "{at} {from} {to}");
        }
    }

    #[test]
    fn numbers_of_places_are_in_their_order() {
        let places = [f32::NEG_INFINITY, -2.5, -1.0, -f32::MIN_POSITIVE, -0.0, 0.0, 1e-9, 0.5, 841.9, f32::INFINITY];
        assert!(places.windows(2).all(|pair| ordered(pair[0]) < ordered(pair[1])));
    }
}
