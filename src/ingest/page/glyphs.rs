//! The glyphs of a page that are its text: doubles and hidden ones out, odd code points mended.

use std::ops::Range;

use super::tolerance::{SAME_PLACE, TOUCHING};
use super::{Glyph, MOST_DIGITS, Page, Rect, Said};
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
    use super::ordered;

    #[test]
    fn numbers_of_places_are_in_their_order() {
        let places = [f32::NEG_INFINITY, -2.5, -1.0, -f32::MIN_POSITIVE, -0.0, 0.0, 1e-9, 0.5, 841.9, f32::INFINITY];
        assert!(places.windows(2).all(|pair| ordered(pair[0]) < ordered(pair[1])));
    }
}
