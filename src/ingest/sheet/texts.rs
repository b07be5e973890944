//! The shared texts of an XLS workbook: how long each is, before anybody makes a copy of it for every
//! cell that shows it.

/// Flags of a text: its characters have two bytes; runs of looks, and more about its language, follow it.
const WIDE: u8 = 0x01;
const EXTENDED: u8 = 0x04;
const RICH: u8 = 0x08;

/// Bytes of a run of looks.
const RUN: usize = 4;

/// Bytes before the first text: two counts.
const COUNTS: usize = 8;

/// Most bytes that a character of one byte, or of two, has in UTF-8.
const NARROW_BYTES: usize = 2;
const WIDE_BYTES: usize = 3;

/// The record of texts and those that go on with it.
#[derive(Debug, Default)]
pub(super) struct Texts {
    records: Vec<Vec<u8>>,
}

impl Texts {
    pub(super) fn push(&mut self, record: &[u8]) {
        self.records.push(record.to_vec());
    }

    /// Bytes that each text has in UTF-8 at most, as far as they can be followed.
    pub(super) fn lengths(&self) -> Vec<usize> {
        let mut at = Place { records: &self.records, record: 0, byte: COUNTS };
        std::iter::from_fn(|| at.text()).collect()
    }
}

/// A place in the records.
struct Place<'r> {
    records: &'r [Vec<u8>],
    record: usize,
    byte: usize,
}

impl Place<'_> {
    /// Bytes that are left in this record.
    fn left(&self) -> usize {
        self.records.get(self.record).map_or(0, |record| record.len().saturating_sub(self.byte))
    }

    /// Goes on in the next record if nothing is left in this one.
    fn settle(&mut self) -> Option<()> {
        while self.left() == 0 {
            (self.record, self.byte) = (self.record + 1, 0);
            self.records.get(self.record)?;
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        self.settle()?;
        let byte = self.records[self.record][self.byte];
        self.byte += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |sum, at| Some(sum | usize::from(self.byte()?) << (8 * at)))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.settle()?;
            let step = bytes.min(self.left());
            (self.byte, bytes) = (self.byte + step, bytes - step);
        }
        Some(())
    }

    /// Passes a text and gives its length.
    fn text(&mut self) -> Option<usize> {
        let characters = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & RICH > 0 { self.number(2)? } else { 0 };
        let more = if flags & EXTENDED > 0 { self.number(4)? } else { 0 };
        let length = self.characters(characters, flags & WIDE > 0)?;
        // What cannot be passed is the end of the last text.
        let _ = self.skip(runs * RUN + more);
        Some(length)
    }

    /// Passes characters; in each further record a flag says anew how many bytes they have.
    fn characters(&mut self, mut left: usize, mut wide: bool) -> Option<usize> {
        let mut length = 0;
        loop {
            let here = left.min(self.left() / if wide { 2 } else { 1 });
            length += here * if wide { WIDE_BYTES } else { NARROW_BYTES };
            self.byte += here * if wide { 2 } else { 1 };
            left -= here;
            if left == 0 {
                return Some(length);
            }
            (self.record, self.byte) = (self.record + 1, 0);
            wide = self.byte()? & WIDE > 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_in_the_next_record_with_characters_of_another_width() {
        let mut texts = Texts::default();
        texts.push(&[&[0; 8][..], &[2, 0, 0, b'a', b'b'], &[4, 0, 8, 1, 0, b'a', b'b']].concat());
        texts.push(&[&[1, 0x2d, 0x4e, 0x87, 0x65][..], &[0; 4], &[1, 0, 1, 0x2d, 0x4e]].concat());
        assert_eq!(texts.lengths(), [4, 10, 3]);
    }

    #[test]
    fn texts_that_lie_about_their_length_end_it() {
        let mut texts = Texts::default();
        texts.push(&[&[0; 8][..], &[1, 0, 0, b'a'], &[0xff, 0xff, 1, 0, 0]].concat());
        assert_eq!(texts.lengths(), [2]);
        assert!(Texts::default().lengths().is_empty());
    }
}
