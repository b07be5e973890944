//! Numbers that the edge of the page, or of a clip, cuts: of 112 of which 11 is seen, 11 is not the figure.
//!
//! Glyphs outside of what is seen are no text, but a number is one thing: if any of its digits is seen, all are kept.

use crate::ingest::page::{Glyph, MOST_DIGITS, Rect};

/// Digits of a number follow one another within this share of their size.
const GAP: f32 = 0.25;

/// The number that is being drawn.
#[derive(Default)]
pub(super) struct Cut {
    /// Where its last digit stands.
    last: Option<Rect>,
    /// Whether a digit of it was seen.
    seen: bool,
    /// Its digits so far, if none was seen.
    waiting: Vec<Glyph>,
}

impl Cut {
    /// Takes the next glyph and whether it is seen; gives those that belong to the page by it, in order.
    pub(super) fn take(&mut self, glyph: Glyph, is_seen: bool, mut give: impl FnMut(Glyph)) {
        let digit = glyph.text.is_digit();
        if !digit || self.last.is_none_or(|last| !follows(last, &glyph)) {
            self.waiting.clear();
            self.seen = false;
        }
        self.last = digit.then_some(glyph.area);
        self.seen |= is_seen;
        if is_seen || digit && self.seen {
            self.waiting.drain(..).for_each(&mut give);
            give(glyph);
        } else if digit && self.waiting.len() < MOST_DIGITS {
            self.waiting.push(glyph);
        }
    }
}

/// Whether a glyph begins where the last one ends, along the line or down the page, as far as it runs.
fn follows(last: Rect, glyph: &Glyph) -> bool {
    let Glyph { area, size, .. } = glyph;
    let near = |a: f32, b: f32| (a - b).abs() <= GAP * size;
    near(area.y0, last.y0) && (near(area.x0, last.x1) || near(area.x1, last.x0))
        || near(area.x0, last.x0) && (near(area.y0, last.y1) || near(area.y1, last.y0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::page::Said;

    /// What is kept of characters of width 10, each at its place and seen or not.
    fn kept(drawn: &[(char, f32, bool)]) -> String {
        let mut cut = Cut::default();
        let glyph = |(c, x): (char, f32)| {
            let area = Rect { x0: x, y0: 0.0, x1: x + 10.0, y1: 20.0 };
            Glyph { text: Said::One(c), area, size: 20.0, invisible: false }
        };
        let mut kept = String::new();
        for &(c, x, seen) in drawn {
            cut.take(glyph((c, x)), seen, |glyph| {
                kept.push(match glyph.text {
                    Said::One(c) => c,
                    _ => '?',
                });
            });
        }
        kept
    }

    #[test]
    fn a_number_is_seen_whole_or_not_at_all() {
        assert_eq!(kept(&[('1', 0.0, true), ('1', 10.0, true), ('2', 20.0, false)]), "112");
        assert_eq!(kept(&[('1', 0.0, false), ('.', 10.0, false), ('2', 20.0, true)]), "1.2");
        assert_eq!(kept(&[('1', 0.0, false), ('2', 10.0, false)]), "");
    }

    #[test]
    fn what_stands_apart_or_is_no_digit_is_not_a_part_of_it() {
        assert_eq!(kept(&[('1', 0.0, true), ('2', 30.0, false)]), "1");
        assert_eq!(kept(&[('1', 0.0, false), ('2', 30.0, true)]), "2");
        assert_eq!(kept(&[('规', 0.0, true), ('章', 10.0, false), ('7', 20.0, false)]), "规");
        assert_eq!(kept(&[('1', 0.0, false), ('件', 10.0, true)]), "件");
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut drawn: Vec<(char, f32, bool)> = (0..100u8).map(|at| ('1', f32::from(at) * 10.0, false)).collect();
        drawn.push(('2', 1000.0, true));
        assert_eq!(kept(&drawn).len(), MOST_DIGITS + 1);
    }
}
