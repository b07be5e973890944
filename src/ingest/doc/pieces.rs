//! The piece table: which bytes of the main stream are the text, in which order and encoding.
//!
//! A file saved in a hurry keeps its old text and adds what is new at its end; only this table
//! puts the text together.

use std::ops::Range;

use super::bytes::{Allowance, place, slice, u8, u16, u32};
use super::fib::{Header, Part, Version};
use super::sprm;
use crate::finding::Words;

/// Consecutive characters that stand together in the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The characters, counted over all stories.
    pub(super) characters: Range<u32>,
    /// Byte of the main stream at which they begin.
    pub(super) from: usize,
    /// Bytes of a character: 2 for UTF-16, 1 for a code page.
    pub(super) width: u32,
    /// Changes to the properties of its text that were made in a hurry.
    change: u16,
}

impl Piece {
    /// Byte at which a character of the piece stands.
    pub(super) fn byte_of(&self, character: u32) -> usize {
        self.from + (character - self.characters.start) as usize * self.width as usize
    }

    /// Character of the piece that stands at a byte, or its end.
    pub(super) fn character_at(&self, byte: usize) -> u32 {
        let passed = byte.saturating_sub(self.from) / self.width as usize;
        let end = self.characters.end;
        u32::try_from(passed).map_or(end, |passed| self.characters.start.saturating_add(passed).min(end))
    }
}

/// The text of all stories.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    list: Vec<Piece>,
    /// Lists of properties that changes refer to.
    changes: Vec<&'a [u8]>,
    allowance: Allowance,
    /// Why the list is not to be trusted, if it is not.
    pub(super) damage: Option<Words>,
}

/// Where a piece's place in the stream says that it is one byte a character, and counts half bytes.
const COMPRESSED: u32 = 0x4000_0000;

impl<'a> Pieces<'a> {
    /// Reads the piece table of a file; without one, the text as one piece.
    pub(super) fn read(header: &Header<'_>, tables: &'a [u8], main: &[u8]) -> Self {
        let mut pieces = Pieces::default();
        match (header.place_of(Part::Pieces), header.part(tables, Part::Pieces)) {
            (_, Some(table)) => pieces.read_table(table, header),
            // Files of Word 6 that were not saved in a hurry have none.
            (None, _) if header.version == Version::Word6 => {}
            _ => pieces.damage = Some(("there is no piece table", "缺少文本块表").into()),
        }
        if pieces.list.is_empty() {
            pieces.list = one_piece(header, main);
        }
        pieces.fit(main.len());
        pieces
    }

    fn read_table(&mut self, table: &'a [u8], header: &Header<'_>) {
        let mut at = 0;
        while u8(table, at) == Some(1) {
            let Some(length) = u16(table, at + 1) else { break };
            self.changes.push(slice(table, at + 3, length.into()).unwrap_or_default());
            at += 3 + usize::from(length);
        }
        self.allowance = Allowance::of(at);
        let list = (u8(table, at) == Some(2)).then(|| slice(table, at + 5, place(table, at + 1)?)).flatten();
        match list {
            Some(list) => self.read_list(list, header),
            None => self.damage = Some(("the piece table breaks off", "文本块表不完整").into()),
        }
    }

    /// Boundaries (4 bytes each, one more than pieces), then pieces (8 bytes each).
    fn read_list(&mut self, list: &[u8], header: &Header<'_>) {
        let count = list.len().saturating_sub(4) / 12;
        let (bounds, pieces) = list.split_at(list.len().min(4 * count + 4));
        for at in 0..count {
            let bound = |at: usize| u32(bounds, 4 * at).unwrap_or(0);
            let (start, end) = (bound(at), bound(at + 1));
            let (Some(from), Some(change)) = (u32(pieces, 8 * at + 2), u16(pieces, 8 * at + 6)) else { break };
            if end < start || self.list.last().is_some_and(|last| last.characters.end != start) {
                self.damage = Some(Words::new(
                    format!("the pieces are out of order at character {start}"),
                    format!("文本块的顺序在第{start}个字符处有误"),
                ));
                break;
            }
            let (from, width) = match header.version {
                Version::Word6 => (from, if header.wide { 2 } else { 1 }),
                Version::Word97 if from & COMPRESSED != 0 => ((from & !COMPRESSED) / 2, 1),
                Version::Word97 => (from, 2),
            };
            self.list.push(Piece { characters: start..end, from: from as usize, width, change });
        }
    }

    /// Cuts off what lies outside the stream, and more text than the stream can hold.
    fn fit(&mut self, length: usize) {
        let mut budget = length;
        for piece in &mut self.list {
            let width = piece.width as usize;
            let room = length.saturating_sub(piece.from).min(budget) / width;
            let wanted = (piece.characters.end - piece.characters.start) as usize;
            let kept = wanted.min(room);
            budget -= kept * width;
            if kept < wanted {
                // The last character may be cut off where files end; more is damage.
                let at = piece.characters.start;
                self.damage = Some(Words::new(
                    format!("the text of the piece at character {at} is not there"),
                    format!("第{at}个字符处的文本块缺少文字"),
                ));
                piece.characters.end = at + u32::try_from(kept).unwrap_or(0);
            }
        }
        self.list.retain(|piece| !piece.characters.is_empty());
    }

    /// The piece that holds a character, or the first one after it.
    pub(super) fn at(&self, character: u32) -> Option<&Piece> {
        let at = self.list.partition_point(|piece| piece.characters.end <= character);
        self.list.get(at)
    }

    /// Characters of all pieces.
    pub(super) fn end(&self) -> u32 {
        self.list.last().map_or(0, |piece| piece.characters.end)
    }

    /// The properties that a piece changes: those of a list, or one that fits into the piece itself.
    pub(super) fn change(&self, piece: &Piece) -> Change<'a> {
        if piece.change & 1 == 1 {
            let list = self.changes.get(usize::from(piece.change >> 1)).and_then(|list| self.allowance.spend(list));
            return list.map_or(Change::None, Change::List);
        }
        let [code, value] = [piece.change >> 1 & 0x7f, piece.change >> 8];
        sprm::of_word_6(code.to_le_bytes()[0]).map_or(Change::None, |code| Change::One(code, value.to_le_bytes()[0]))
    }
}

/// What a piece changes in the properties of its text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    None,
    One(u16, u8),
    List(&'a [u8]),
}

/// The whole text as one piece, as the header gives it.
fn one_piece(header: &Header<'_>, main: &[u8]) -> Vec<Piece> {
    let (from, to) = header.text;
    let bytes = to.min(main.len()).saturating_sub(from);
    let stated: usize = header.lengths().iter().map(|&length| length as usize).sum();
    let wide = header.wide || header.version == Version::Word97 && stated > 0 && bytes / 2 >= stated;
    let width = if wide { 2 } else { 1 };
    let characters = u32::try_from(bytes / width as usize).unwrap_or(u32::MAX);
    vec![Piece { characters: 0..characters, from, width, change: 0 }]
}
