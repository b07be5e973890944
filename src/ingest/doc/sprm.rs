//! Lists of properties. Word 6 numbers them with a byte, Word 97 with two bytes that tell the
//! length too; here both come out under the numbers of Word 97.

use super::bytes::{slice, u8, u16};
use super::fib::Version;

// ---- paragraphs ----
pub(super) const STYLE: u16 = 0x4600;
pub(super) const LEVEL: u16 = 0x260a;
pub(super) const LIST: u16 = 0x460b;
pub(super) const IN_TABLE: u16 = 0x2416;
pub(super) const ROW_END: u16 = 0x2417;
pub(super) const INNER_CELL: u16 = 0x244b;
pub(super) const INNER_ROW_END: u16 = 0x244c;
pub(super) const TABLE_DEPTH: u16 = 0x6649;
pub(super) const DEEPER: u16 = 0x664a;
/// The properties stand in the stream `Data`.
pub(super) const ELSEWHERE: [u16; 2] = [0x6645, 0x6646];
/// Further properties of the row stand in the stream `Data`.
pub(super) const ROW_ELSEWHERE: u16 = 0x646b;
// ---- characters ----
pub(super) const DELETED: u16 = 0x0800;
pub(super) const INSERTED: u16 = 0x0801;
pub(super) const FORM_DATA: u16 = 0x0806;
pub(super) const SYMBOL: u16 = 0x6a09;
pub(super) const CHARACTER_STYLE: u16 = 0x4a30;
pub(super) const PLAIN: u16 = 0x2a33;
pub(super) const HIDDEN: u16 = 0x083c;
pub(super) const STRUCK: u16 = 0x0837;
pub(super) const STRUCK_TWICE: u16 = 0x2a53;
pub(super) const RAISED: u16 = 0x2a48;
/// The font in Word 6; Word 97 has fonts for each script instead.
pub(super) const FONT: u16 = 0x483d;
pub(super) const SPECIAL: u16 = 0x0855;
// ---- rows ----
pub(super) const DEFINITION: u16 = 0xd608;
pub(super) const INSERT_CELLS: u16 = 0x7621;
pub(super) const DELETE_CELLS: u16 = 0x5622;
pub(super) const WIDTHS: u16 = 0x7623;
pub(super) const MERGE: u16 = 0x5624;
pub(super) const SPLIT: u16 = 0x5625;
pub(super) const MERGE_DOWN: u16 = 0xd62b;

/// Stands for every property that nobody asks about.
const OTHER: u16 = 0xffff;
/// Tabulators, whose list may be longer than its own length byte can say.
const TABS: u16 = 0xc615;

/// Length of a property's value.
#[derive(Debug, Clone, Copy)]
enum Length {
    Fixed(usize),
    /// In the byte before the value.
    Byte,
    /// In the two bytes before the value, of which the second counts.
    Word,
    Tabs,
}

/// One list of properties.
pub(super) struct Sprms<'a> {
    bytes: &'a [u8],
    version: Version,
}

impl<'a> Sprms<'a> {
    pub(super) fn new(bytes: &'a [u8], version: Version) -> Self {
        Sprms { bytes, version }
    }

    /// Number and length of the property that comes next, and where its value begins.
    fn head(&self) -> Option<(u16, Length, usize)> {
        match self.version {
            Version::Word6 => {
                let code = u8(self.bytes, 0)?;
                Some((of_word_6(code).unwrap_or(OTHER), length_in_word_6(code)?, 1))
            }
            Version::Word97 => {
                let code = u16(self.bytes, 0)?;
                Some((code, length_in_word_97(code), 2))
            }
        }
    }
}

impl<'a> Iterator for Sprms<'a> {
    type Item = (u16, &'a [u8]);

    /// A list that breaks off ends there.
    fn next(&mut self) -> Option<Self::Item> {
        let (code, length, at) = self.head()?;
        let bytes = self.bytes;
        let (from, length) = match length {
            Length::Fixed(length) => (at, length),
            Length::Byte => (at + 1, u8(bytes, at)?.into()),
            Length::Word => (at + 2, usize::from(u16(bytes, at)?).saturating_sub(1)),
            Length::Tabs => (at + 1, tabs(bytes, at)?),
        };
        let value = slice(bytes, from, length)?;
        self.bytes = &bytes[from + length..];
        Some((code, value))
    }
}

/// Length of a list of tabulators: tabulators taken away, then tabulators added.
fn tabs(bytes: &[u8], at: usize) -> Option<usize> {
    let stated = u8(bytes, at)?;
    if stated < u8::MAX {
        return Some(stated.into());
    }
    let away = 1 + 4 * usize::from(u8(bytes, at + 1)?);
    Some(away + 1 + 3 * usize::from(u8(bytes, at + 1 + away)?))
}

fn length_in_word_97(code: u16) -> Length {
    match code {
        DEFINITION | 0xd606 => return Length::Word,
        TABS => return Length::Tabs,
        _ => {}
    }
    match code >> 13 {
        0 | 1 => Length::Fixed(1),
        3 => Length::Fixed(4),
        6 => Length::Byte,
        7 => Length::Fixed(3),
        _ => Length::Fixed(2),
    }
}

/// Lengths of the properties of Word 6; `None` where the number is not known, and so no way past it.
fn length_in_word_6(code: u8) -> Option<Length> {
    Some(match code {
        188 | 190 => Length::Word,
        23 => Length::Tabs,
        0 | 52 | 83 => Length::Fixed(0),
        3 | 12 | 15 | 68 | 74 | 81 | 82 | 103 | 105 | 106 | 108 | 111..=116 | 120 | 133 | 191 => Length::Byte,
        2 | 16..=19 | 21 | 22 | 26..=28 | 30..=36 | 38..=43 | 45..=49 | 69 | 72 | 80 | 93 | 96 | 97 | 99 | 101 => {
            Length::Fixed(2)
        }
        107 | 109 | 110 | 121..=124 | 140 | 141 | 144 | 145 | 148..=150 | 154..=157 | 160 | 161 | 164..=171 => {
            Length::Fixed(2)
        }
        182..=184 | 189 | 195 | 197 | 198 => Length::Fixed(2),
        73 | 95 | 136 | 137 => Length::Fixed(3),
        20 | 70 | 192 | 194 | 196 | 200 => Length::Fixed(4),
        193 | 199 => Length::Fixed(5),
        187 => Length::Fixed(12),
        4..=11 | 13 | 14 | 24 | 25 | 29 | 37 | 44 | 50 | 51 | 53..=67 | 71 | 75..=79 | 85..=92 | 94 | 98 | 100 => {
            Length::Fixed(1)
        }
        102 | 104 | 117..=119 | 131 | 132 | 138 | 139 | 142 | 143 | 146 | 147 | 151..=153 | 158 | 159 | 162 | 163 => {
            Length::Fixed(1)
        }
        185 | 186 => Length::Fixed(1),
        _ => return None,
    })
}

/// What the numbers of Word 6 that matter are in Word 97.
pub(super) fn of_word_6(code: u8) -> Option<u16> {
    Some(match code {
        2 => STYLE,
        24 => IN_TABLE,
        25 => ROW_END,
        65 => DELETED,
        66 => INSERTED,
        71 => FORM_DATA,
        74 => SYMBOL,
        80 => CHARACTER_STYLE,
        83 => PLAIN,
        87 => STRUCK,
        92 => HIDDEN,
        93 => FONT,
        104 => RAISED,
        117 => SPECIAL,
        190 => DEFINITION,
        194 => INSERT_CELLS,
        195 => DELETE_CELLS,
        196 => WIDTHS,
        197 => MERGE,
        198 => SPLIT,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], version: Version) -> Vec<(u16, usize)> {
        Sprms::new(bytes, version).map(|(code, value)| (code, value.len())).collect()
    }

    #[test]
    fn values_have_the_length_their_number_says() {
        let bytes = [0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0, 0x3e, 0xc6, 2, 9, 9, 0x17, 0x24, 1];
        assert_eq!(read(&bytes, Version::Word97), [(IN_TABLE, 1), (TABLE_DEPTH, 4), (0xc63e, 2), (ROW_END, 1)]);
        assert_eq!(read(&[24, 1, 69, 0, 0, 25, 1], Version::Word6), [(IN_TABLE, 1), (OTHER, 2), (ROW_END, 1)]);
    }

    #[test]
    fn long_lists_of_tabulators_are_passed_over() {
        let mut bytes = vec![0x15, 0xc6, 255, 2];
        bytes.extend([0; 8]);
        bytes.push(1);
        bytes.extend([0; 3]);
        bytes.extend([0x16, 0x24, 1]);
        assert_eq!(read(&bytes, Version::Word97), [(TABS, 13), (IN_TABLE, 1)]);
    }

    #[test]
    fn a_list_that_breaks_off_ends_there() {
        assert_eq!(read(&[0x16, 0x24], Version::Word97), []);
        assert_eq!(read(&[0x08, 0xd6, 0xff, 0xff, 1], Version::Word97), []);
        assert_eq!(read(&[24, 1, 255, 25, 1], Version::Word6), [(IN_TABLE, 1)]);
    }
}
