//! The code page of text that is not Unicode: all text of Word 6 and 95, and of Word 97 what
//! fits into one byte a character.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::bytes::{u8, u16};
use super::fib::{Header, Part, Version};
use crate::ingest::word::charset::{decode, of_font, of_language};

/// What bytes mean in a file.
pub(super) struct Charset {
    /// The code page of the language of the Word that wrote the file.
    usual: &'static Encoding,
    /// The code pages of fonts, where these say more.
    fonts: Vec<Option<&'static Encoding>>,
}

impl Charset {
    pub(super) fn of(header: &Header<'_>, tables: &[u8]) -> Self {
        if header.version == Version::Word97 {
            return Charset { usual: WINDOWS_1252, fonts: Vec::new() };
        }
        let usual = match of_language(header.language) {
            western if western == WINDOWS_1252 && header.macintosh() => MACINTOSH,
            usual => usual,
        };
        // East Asian text names its Western font, so there fonts say nothing.
        let fonts = if usual.is_single_byte() { header.part(tables, Part::Fonts) } else { None };
        Charset { usual, fonts: fonts_of_word_6(fonts.unwrap_or_default()).collect() }
    }

    pub(super) fn name(&self) -> &'static str {
        self.usual.name()
    }

    /// Bytes in a font as text.
    pub(super) fn decode<'b>(&self, bytes: &'b [u8], font: Option<u16>) -> Cow<'b, str> {
        let own = self.fonts.get(usize::from(font.unwrap_or(0))).copied().flatten();
        decode(own.unwrap_or(self.usual), bytes)
    }
}

/// The code pages of the fonts of Word 6: entries with their length first, less one.
fn fonts_of_word_6(fonts: &[u8]) -> impl Iterator<Item = Option<&'static Encoding>> {
    let end = u16(fonts, 0).map_or(0, usize::from).min(fonts.len());
    let mut at = 2;
    std::iter::from_fn(move || {
        let entry = at;
        at += 1 + usize::from(u8(fonts, at)?);
        let set = u8(fonts, entry + 4).filter(|_| entry < end)?;
        Some(of_font(set))
    })
}

/// Names of the fonts of Word 97, in order.
pub(super) fn font_names(fonts: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 4;
    while let Some(length) = u8(fonts, at) {
        let entry = super::bytes::up_to(fonts, at, 1 + usize::from(length));
        let name = entry.get(40..).unwrap_or_default().chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let name: Vec<u16> = name.take_while(|&unit| unit != 0).collect();
        names.push(String::from_utf16_lossy(&name));
        at += 1 + usize::from(length);
    }
    names
}
