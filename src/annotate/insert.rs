//! Bytes put between those of a text; none of its own is left out or changed.

use crate::document::Element;

/// What is to be put where.
#[derive(Default)]
pub(super) struct Insertions {
    list: Vec<(usize, String)>,
}

impl Insertions {
    /// Puts something before the byte at `at`; of several there, the first stays first.
    pub fn at(&mut self, at: usize, text: &str) {
        self.list.push((at, text.to_owned()));
    }

    /// Puts something at the end of what an element holds.
    pub fn put_last(&mut self, text: &[u8], element: &Element, inserted: &str) {
        if element.empty {
            self.put_within(text, element, inserted);
        } else {
            self.at(element.to, inserted);
        }
    }

    /// Puts something into an empty element: `<x/>` becomes `<x>…</x>`, its own slash going into the end tag.
    pub fn put_within(&mut self, text: &[u8], element: &Element, inserted: &str) {
        self.at(element.from, &format!(">{inserted}<"));
        self.at(element.from + 1, &String::from_utf8_lossy(&text[element.name.clone()]));
    }

    /// The text with everything in its place.
    pub fn into_text(mut self, text: &[u8]) -> Vec<u8> {
        self.list.sort_by_key(|(at, _)| *at);
        let more: usize = self.list.iter().map(|(_, inserted)| inserted.len()).sum();
        let mut out = Vec::with_capacity(text.len() + more);
        let mut from = 0;
        for (at, inserted) in &self.list {
            let at = (*at).clamp(from, text.len());
            out.extend_from_slice(&text[from..at]);
            out.extend_from_slice(inserted.as_bytes());
            from = at;
        }
        out.extend_from_slice(&text[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_element_is_opened_by_insertion_alone() {
        let text = b"<a><w:p w:x='1' /></a>";
        let element = Element { name: 4..7, from: 16, to: 16, empty: true };
        let mut insertions = Insertions::default();
        insertions.put_last(text, &element, "!");
        assert_eq!(insertions.into_text(text), b"<a><w:p w:x='1' >!</w:p></a>");
    }

    #[test]
    fn what_comes_first_stays_first() {
        let mut insertions = Insertions::default();
        for (at, text) in [(2, "c"), (0, "a"), (2, "d"), (1, "b")] {
            insertions.at(at, text);
        }
        assert_eq!(insertions.into_text(b"123"), b"a1b2cd3");
    }
}
