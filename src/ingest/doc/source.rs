//! The text and everything said about it, by character and by byte.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::UTF_16LE;

use super::bytes::u16;
use super::charset::{Charset, font_names};
use super::fib::{Header, Part, Version};
use super::pages::Properties;
use super::pieces::{Change, Piece, Pieces};
use super::plc::Plc;
use super::properties::{Character, Data, Lists, Paragraph};
use super::row::RowDefinition;
use super::sprm::Sprms;
use super::styles::Styles;

/// Marks that end a paragraph: of a cell or row, of a paragraph, of a section.
const CELL_MARK: u16 = 0x07;
const PARAGRAPH_MARK: u16 = 0x0d;
const SECTION_MARK: u16 = 0x0c;

/// The end of a paragraph.
pub(super) struct Mark<'a> {
    /// Byte of its last character.
    byte: usize,
    /// The last character is a mark, not text that the story broke off after.
    pub(super) is_mark: bool,
    /// The mark ends a cell.
    pub(super) ends_cell: bool,
    change: Change<'a>,
    pub(super) properties: Paragraph,
}

/// Text with the same properties, in one piece.
pub(super) struct Run<'a> {
    bytes: &'a [u8],
    wide: bool,
    pub(super) character: Character,
}

/// A file's streams, looked up.
pub(super) struct Source<'a> {
    pub(super) header: Header<'a>,
    main: &'a [u8],
    pub(super) pieces: Pieces<'a>,
    pub(super) paragraphs: Properties<'a>,
    pub(super) characters: Properties<'a>,
    pub(super) styles: Styles,
    pub(super) fonts: Vec<String>,
    pub(super) charset: Charset,
    data: Data<'a>,
    /// Where sections of the body end.
    sections: Plc<'a>,
    /// Text boxes: the character on which each hangs, and its text.
    pub(super) boxes: Vec<(Option<u32>, Range<u32>)>,
}

impl<'a> Source<'a> {
    pub(super) fn new(header: Header<'a>, main: &'a [u8], tables: &'a [u8], data: &'a [u8]) -> Self {
        let fonts = header.part(tables, Part::Fonts).filter(|_| header.version == Version::Word97);
        Source {
            main,
            pieces: Pieces::read(&header, tables, main),
            paragraphs: Properties::read(&header, tables, main, Part::ParagraphPages),
            characters: Properties::read(&header, tables, main, Part::CharacterPages),
            styles: Styles::read(&header, tables),
            fonts: fonts.map(font_names).unwrap_or_default(),
            charset: Charset::of(&header, tables),
            data: Data::new(data),
            sections: Plc::new(header.part(tables, Part::Sections).unwrap_or_default(), 12),
            boxes: super::boxes::read(&header, tables),
            header,
        }
    }

    // ---- paragraphs ----

    /// The character after the mark that ends the paragraph, or `limit`.
    pub(super) fn paragraph_end(&self, from: u32, limit: u32) -> u32 {
        let mut at = from;
        while let Some(piece) = self.pieces.at(at).filter(|piece| piece.characters.start < limit) {
            at = at.max(piece.characters.start);
            let end = piece.characters.end.min(limit);
            let found = match piece.width {
                1 => self.find_mark(self.bytes(piece, at..end).iter().map(|&byte| byte.into()), at),
                _ => {
                    let units = self.bytes(piece, at..end).chunks_exact(2);
                    self.find_mark(units.map(|two| u16::from_le_bytes([two[0], two[1]])), at)
                }
            };
            if let Some(mark) = found {
                return mark + 1;
            }
            at = end;
            if at >= limit {
                break;
            }
        }
        limit
    }

    fn find_mark(&self, units: impl Iterator<Item = u16>, from: u32) -> Option<u32> {
        // The units end first, so that counting on never goes past the last character.
        units.zip(from..).find(|&(unit, at)| unit < 0x20 && self.is_mark(unit, at)).map(|(_, at)| at)
    }

    /// A section ends with the sign of a page break; the list of sections tells the two apart.
    fn is_mark(&self, unit: u16, at: u32) -> bool {
        match unit {
            CELL_MARK | PARAGRAPH_MARK => true,
            SECTION_MARK => self.sections.has(at + 1),
            _ => false,
        }
    }

    fn bytes(&self, piece: &Piece, characters: Range<u32>) -> &'a [u8] {
        self.main.get(piece.byte_of(characters.start)..piece.byte_of(characters.end)).unwrap_or_default()
    }

    /// The end of the paragraph whose last character this is; `None` if there is no such character.
    pub(super) fn mark(&self, last: u32) -> Option<Mark<'a>> {
        let piece = self.pieces.at(last).filter(|piece| piece.characters.start <= last)?;
        let byte = piece.byte_of(last);
        let unit = if piece.width == 2 { u16(self.main, byte)? } else { (*self.main.get(byte)?).into() };
        let change = self.pieces.change(piece);
        let properties = self.paragraph(byte, change);
        let outer_cell = unit == CELL_MARK;
        let ends_cell = if properties.depth() > 1 { properties.inner_cell } else { outer_cell };
        Some(Mark { byte, is_mark: self.is_mark(unit, last), ends_cell, change, properties })
    }

    fn lists(&self, byte: usize) -> Lists<'a> {
        Lists::of(self.paragraphs.at(byte).0, &self.data, self.header.version)
    }

    fn paragraph(&self, byte: usize, change: Change<'_>) -> Paragraph {
        let version = self.header.version;
        let lists = self.lists(byte);
        let mut paragraph = Paragraph::of_style(lists.style);
        paragraph.apply(lists.list, version);
        paragraph.apply(lists.elsewhere.unwrap_or_default(), version);
        paragraph.apply_change(change, version);
        paragraph
    }

    /// The definition of the row that a mark ends.
    pub(super) fn row(&self, mark: &Mark<'_>) -> RowDefinition {
        RowDefinition::read(&self.lists(mark.byte), &self.data, mark.change, self.header.version)
    }

    // ---- characters ----

    /// The properties of the mark itself.
    pub(super) fn character(&self, mark: &Mark<'_>) -> Character {
        self.character_of(self.characters.at(mark.byte).0, mark.change, mark.properties.style)
    }

    fn character_of(&self, list: &[u8], change: Change<'_>, style: u16) -> Character {
        let version = self.header.version;
        let mut character = Character::of_style(self.styles.hides(style), self.styles.font(style));
        let style_hides = |style| self.styles.hides(style);
        Sprms::new(list, version).for_each(|(code, value)| character.set(code, value, &style_hides));
        character.apply_change(change, version);
        character
    }

    /// The text of a paragraph, parted where properties change.
    pub(super) fn runs(&self, characters: Range<u32>, style: u16) -> impl Iterator<Item = Run<'a>> {
        let mut at = characters.start;
        std::iter::from_fn(move || {
            let piece = self.pieces.at(at).filter(|_| at < characters.end)?;
            at = at.max(piece.characters.start);
            if at >= characters.end {
                return None;
            }
            let (list, until) = self.characters.at(piece.byte_of(at));
            // At least one character, though its second byte may already be another's.
            let end = piece.character_at(until).max(at + 1).min(characters.end);
            let bytes = self.bytes(piece, at..end);
            at = end;
            let character = self.character_of(list, self.pieces.change(piece), style);
            Some(Run { bytes, wide: piece.width == 2, character })
        })
    }

    /// The text of a run, and how many places of it are no text.
    pub(super) fn decode(&self, run: &Run<'a>) -> (Cow<'a, str>, usize) {
        if run.wide {
            let (text, wrong) = UTF_16LE.decode_without_bom_handling(run.bytes);
            let places = if wrong { text.chars().filter(|&char| char == '\u{fffd}').count() } else { 0 };
            return (text, places);
        }
        (self.charset.decode(run.bytes, run.character.font), 0)
    }

    // ---- text boxes ----

    /// Text boxes that hang on a character of the paragraph.
    pub(super) fn boxes_in(&self, characters: Range<u32>) -> Vec<Range<u32>> {
        let first = self.boxes.partition_point(|(anchor, _)| anchor.is_some_and(|anchor| anchor < characters.start));
        let hanging = self.boxes[first..].iter().take_while(|(anchor, _)| anchor.is_some_and(|at| at < characters.end));
        hanging.map(|(_, text)| text.clone()).collect()
    }

    /// Text boxes of which nothing says where they hang.
    pub(super) fn loose_boxes(&self) -> Vec<Range<u32>> {
        self.boxes.iter().filter(|(anchor, _)| anchor.is_none()).map(|(_, text)| text.clone()).collect()
    }
}
