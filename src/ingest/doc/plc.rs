//! Lists of places in the text: characters (one more than entries), then an entry for each.

use std::ops::Range;

use super::bytes::{slice, u32};

/// A list of places.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plc<'a> {
    bytes: &'a [u8],
    /// Entries.
    count: usize,
    /// Bytes of an entry.
    width: usize,
}

impl<'a> Plc<'a> {
    pub(super) fn new(bytes: &'a [u8], width: usize) -> Self {
        Plc { bytes, count: bytes.len().saturating_sub(4) / (4 + width), width }
    }

    fn place(&self, at: usize) -> Option<u32> {
        u32(self.bytes, 4 * at).filter(|_| at <= self.count)
    }

    /// Whether one of the places is this character. They are in order in every file that is.
    pub(super) fn has(&self, character: u32) -> bool {
        let (mut low, mut high) = (0, self.count + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.place(middle) {
                Some(place) if place < character => low = middle + 1,
                Some(place) if place == character => return true,
                _ => high = middle,
            }
        }
        false
    }

    /// Each entry with the character at which it stands.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, &'a [u8])> {
        let from = 4 * (self.count + 1);
        (0..self.count)
            .filter_map(move |at| Some((self.place(at)?, slice(self.bytes, from + self.width * at, self.width)?)))
    }

    /// The text from each place to the next, where it lies within a story whose characters the
    /// places count. Places out of order are passed over, so that no text comes twice.
    pub(super) fn texts(self, story: Range<u32>) -> impl Iterator<Item = (usize, Range<u32>)> {
        let mut from = story.start;
        (0..self.count).filter_map(move |at| {
            let bound = |at| Some(story.start.checked_add(self.place(at)?)?.min(story.end));
            let text = bound(at)?..bound(at + 1)?;
            if text.start < from || text.is_empty() {
                return None;
            }
            from = text.end;
            Some((at, text))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Plc;

    fn plc(places: &[u32]) -> Vec<u8> {
        places.iter().flat_map(|place| place.to_le_bytes()).collect()
    }

    #[test]
    fn texts_lie_between_places_and_come_once() {
        let bytes = plc(&[0, 5, 5, 9, 2, 12]);
        let texts: Vec<_> = Plc::new(&bytes, 0).texts(100..110).collect();
        assert_eq!(texts, [(0, 100..105), (2, 105..109)]);
    }

    #[test]
    fn places_are_found() {
        let bytes = plc(&[0, 5, 9, 30]);
        let plc = Plc::new(&bytes, 0);
        assert_eq!([0, 4, 5, 30, 31].map(|place| plc.has(place)), [true, false, true, true, false]);
        assert!(!Plc::default().has(0));
    }
}
