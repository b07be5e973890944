//! The header of the main stream (Word's *file information block*): which Word wrote the file,
//! how long each story is, and where the tables lie.

use super::bytes::{place, slice, u8, u16, u32};

/// What the first two bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    /// Word for Windows 1 and 2: another format.
    Word2,
    /// Word 6 and 95.
    Word6,
    /// Word 97 and later; some files of Word 6 too.
    Word97,
}

/// The kind of file that begins with these bytes.
pub(super) fn magic(main: &[u8]) -> Option<Magic> {
    match u16(main, 0)? {
        0xa59b | 0xa5db => Some(Magic::Word2),
        // The others are of its versions for East Asia.
        0xa5dc | 0xa697..=0xa699 => Some(Magic::Word6),
        0xa5ec => Some(Magic::Word97),
        _ => None,
    }
}

/// The two generations of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Word 6 and 95: one stream, bytes of a code page, properties numbered with a byte.
    Word6,
    /// Word 97 to 2003: a stream of tables beside it, Unicode, properties numbered with two bytes.
    Word97,
}

/// First number of the format that Word 97 wrote.
const FIRST_OF_WORD_97: u16 = 106;

/// A story of the document, by its place among the stories: characters are counted over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Body = 0,
    Footnotes = 1,
    Headers = 2,
    Comments = 4,
    Endnotes = 5,
    TextBoxes = 6,
}

/// Stories in a file: macros (always empty) and text boxes of headers are the others.
const STORIES: usize = 8;

/// A table that the header points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Styles,
    FootnoteTexts,
    CommentTexts,
    Sections,
    HeaderTexts,
    CharacterPages,
    ParagraphPages,
    Fonts,
    Pieces,
    Shapes,
    EndnoteTexts,
    TextBoxTexts,
    Drawings,
    Lists,
    ListUses,
}

/// Where the header keeps place and length of each part: in Word 6, in Word 97.
const PLACES: &[(Part, Option<usize>, usize)] = &[
    (Part::Styles, Some(0x60), 0xa2),
    (Part::FootnoteTexts, Some(0x70), 0xb2),
    (Part::CommentTexts, Some(0x80), 0xc2),
    (Part::Sections, Some(0x88), 0xca),
    (Part::HeaderTexts, Some(0xb0), 0xf2),
    (Part::CharacterPages, Some(0xb8), 0xfa),
    (Part::ParagraphPages, Some(0xc0), 0x102),
    (Part::Fonts, Some(0xd0), 0x112),
    (Part::Pieces, Some(0x160), 0x1a2),
    (Part::EndnoteTexts, Some(0x1da), 0x212),
    (Part::Shapes, None, 0x1da),
    (Part::TextBoxTexts, None, 0x25a),
    (Part::Drawings, None, 0x22a),
    (Part::Lists, None, 0x2e2),
    (Part::ListUses, None, 0x2ea),
];

/// The header.
#[derive(Debug, Clone)]
pub(super) struct Header<'a> {
    bytes: &'a [u8],
    pub(super) version: Version,
    /// Language of the Word that wrote the file.
    pub(super) language: u16,
    /// 1 if the tables lie in `1Table`.
    pub(super) table: usize,
    /// Encrypted or obfuscated.
    pub(super) protected: bool,
    /// All text has two bytes a character. Word 6 for East Asia wrote so long before Word 97 did.
    pub(super) wide: bool,
    /// Where the text begins and ends if it lies in one piece.
    pub(super) text: (usize, usize),
}

impl<'a> Header<'a> {
    /// Reads the header; `None` if the stream is shorter than one or begins as none.
    pub(super) fn read(main: &'a [u8]) -> Option<Self> {
        let number = u16(main, 2)?;
        let old = magic(main)? == Magic::Word6 || number < FIRST_OF_WORD_97;
        let flags = u16(main, 10)?;
        Some(Header {
            bytes: main,
            version: if old { Version::Word6 } else { Version::Word97 },
            language: u16(main, 6)?,
            table: usize::from(flags >> 9 & 1),
            protected: flags & 0x0100 != 0,
            wide: old && flags & 0x1000 != 0,
            text: (place(main, 24)?, place(main, 28)?),
        })
    }

    /// Characters of each story.
    pub(super) fn lengths(&self) -> [u32; STORIES] {
        let first = if self.version == Version::Word6 { 0x34 } else { 0x4c };
        // A length is a signed number; a negative one is nonsense.
        std::array::from_fn(|at| u32(self.bytes, first + 4 * at).filter(|&length| length <= 0x7fff_ffff).unwrap_or(0))
    }

    /// The characters of a story, counted over all stories.
    pub(super) fn story(&self, story: Story) -> std::ops::Range<u32> {
        let lengths = self.lengths();
        let at = story as usize;
        let start = lengths[..at].iter().fold(0_u32, |sum, &length| sum.saturating_add(length));
        start..start.saturating_add(lengths[at])
    }

    /// Place and length of a part in the stream of tables.
    pub(super) fn place_of(&self, part: Part) -> Option<(usize, usize)> {
        let (_, old, new) = PLACES.iter().find(|(known, ..)| *known == part)?;
        let at = if self.version == Version::Word6 { (*old)? } else { *new };
        Some((place(self.bytes, at)?, place(self.bytes, at + 4)?)).filter(|(_, length)| *length > 0)
    }

    /// A part, cut out of the stream of tables.
    pub(super) fn part<'t>(&self, tables: &'t [u8], part: Part) -> Option<&'t [u8]> {
        let (at, length) = self.place_of(part)?;
        slice(tables, at, length)
    }

    /// First page and number of pages of properties, which Word 6 keeps beside the list of
    /// pages: the list of a file that was saved in a hurry may lack some.
    pub(super) fn pages(&self, part: Part) -> Option<(u32, u32)> {
        let at = match (self.version, part) {
            (Version::Word6, Part::CharacterPages) => 0,
            (Version::Word6, Part::ParagraphPages) => 2,
            _ => return None,
        };
        Some((u16(self.bytes, 0x18a + at)?.into(), u16(self.bytes, 0x18e + at)?.into()))
    }

    /// Whether the file was written on a Macintosh, with its character set.
    pub(super) fn macintosh(&self) -> bool {
        u8(self.bytes, 18) == Some(1) || u16(self.bytes, 20) == Some(256)
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Part};

    /// In Word 97 the pairs follow one another from byte 154, in the order of the specification.
    #[test]
    fn places_of_word_97_are_those_of_the_numbered_pairs() {
        let pair = |wanted: Part| {
            let place = PLACES.iter().find(|(part, ..)| *part == wanted).map(|place| place.2);
            (place.expect("every part has a place") - 154) / 8
        };
        let numbered = [
            (Part::Styles, 1),
            (Part::FootnoteTexts, 3),
            (Part::CommentTexts, 5),
            (Part::Sections, 6),
            (Part::HeaderTexts, 11),
            (Part::CharacterPages, 12),
            (Part::ParagraphPages, 13),
            (Part::Fonts, 15),
            (Part::Pieces, 33),
            (Part::Shapes, 40),
            (Part::EndnoteTexts, 47),
            (Part::Drawings, 50),
            (Part::TextBoxTexts, 56),
            (Part::Lists, 73),
            (Part::ListUses, 74),
        ];
        for (part, number) in numbered {
            assert_eq!(pair(part), number, "{part:?}");
        }
        assert_eq!(PLACES.len(), numbered.len());
    }
}
