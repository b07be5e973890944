//! The table of styles, as far as it bears on text: which of them hide it.

use std::collections::HashMap;

/// Steps from a style to the ones it is based on. Word allows eleven.
const MAX_CHAIN: usize = 32;
/// Styles that are kept; files have a few hundred, and each costs more memory than its bytes.
const MAX_STYLES: usize = 10_000;

/// What a style says itself.
#[derive(Debug, Default, Clone, Copy)]
struct Own {
    hidden: Option<bool>,
    base: Option<i32>,
}

/// Styles of paragraphs and of characters by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    own: HashMap<i32, Own>,
    /// The style whose entry is being read; 0 unless it says otherwise.
    open: i32,
}

impl Styles {
    /// Begins an entry.
    pub(super) fn open(&mut self, number: i32) {
        self.open = number;
    }

    pub(super) fn hide(&mut self, hidden: bool) {
        if let Some(own) = self.entry() {
            own.hidden = Some(hidden);
        }
    }

    pub(super) fn base(&mut self, number: i32) {
        if let Some(own) = self.entry() {
            own.base = Some(number);
        }
    }

    fn entry(&mut self) -> Option<&mut Own> {
        let room = self.own.len() < MAX_STYLES || self.own.contains_key(&self.open);
        room.then(|| self.own.entry(self.open).or_default())
    }

    /// Whether text in this style is hidden.
    pub(super) fn hides(&self, style: i32) -> bool {
        let first = self.own.get(&style);
        let mut chain = std::iter::successors(first, |style| self.own.get(&style.base?)).take(MAX_CHAIN);
        chain.find_map(|style| style.hidden).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Styles;

    #[test]
    fn styles_hide_what_is_based_on_them() {
        let mut styles = Styles::default();
        for (number, base) in [(1, 2), (2, 3), (3, 1), (4, 5)] {
            styles.open(number);
            styles.base(base);
        }
        assert!(!styles.hides(1), "a circle ends");
        styles.open(5);
        styles.hide(true);
        assert_eq!([styles.hides(4), styles.hides(5), styles.hides(6)], [true, true, false]);
    }
}
