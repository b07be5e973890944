//! The table of fonts: what bytes mean in each, and which are fonts of symbols.

use std::collections::HashMap;

use encoding_rs::{Encoding, GB18030, MACINTOSH, UTF_8};

use crate::ingest::word::charset::of_font;

/// Character set of fonts of symbols.
const SYMBOLS: i32 = 2;
/// Fonts of symbols. Others that call themselves so are fonts of text with a wrong label.
const SYMBOL_FONTS: &[&str] =
    &["symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "mt extra", "marlett", "monotype sorts"];
/// Character sets that any Western font has: they say nothing of East Asian text.
const WESTERN: i32 = 0;
/// Fonts that are kept; files have a few hundred, and each costs more memory than its bytes.
const MAX_FONTS: usize = 10_000;
/// Longest name of a font that is kept.
const MAX_NAME: usize = 64;

/// Code pages by number, where the name is not the number.
const PAGES: &[(i32, &str)] = &[
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (951, "big5"),
    (1361, "euc-kr"),
    (866, "ibm866"),
    (874, "windows-874"),
    (20932, "euc-jp"),
    (20936, "gbk"),
    (20949, "euc-kr"),
    (28592, "iso-8859-2"),
    (51932, "euc-jp"),
    (51936, "gbk"),
    (51949, "euc-kr"),
];

/// The encoding of a code page, if that is known.
pub(super) fn page(number: i32) -> Option<&'static Encoding> {
    match number {
        10000 => Some(MACINTOSH),
        54936 => Some(GB18030),
        65001 => Some(UTF_8),
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => {
            let (_, label) = PAGES.iter().find(|(known, _)| *known == number)?;
            Encoding::for_label(label.as_bytes())
        }
    }
}

/// What a font says.
#[derive(Debug, Default, Clone)]
struct Font {
    name: String,
    set: i32,
    page: Option<&'static Encoding>,
}

/// How the text of a font is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its bytes are of this code page.
    Of(&'static Encoding),
    /// Its bytes are of the code page of the file.
    Usual,
    /// Its characters are symbols.
    Symbols,
}

/// Fonts by number.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    /// The font whose entry is being read.
    open: i32,
}

impl Fonts {
    /// Begins the entry of a font.
    pub(super) fn open(&mut self, number: i32) {
        self.open = number;
        if self.fonts.len() < MAX_FONTS {
            self.fonts.insert(number, Font { set: 1, ..Font::default() });
        }
    }

    pub(super) fn set(&mut self, set: i32) {
        if let Some(font) = self.fonts.get_mut(&self.open) {
            font.set = set;
        }
    }

    pub(super) fn page(&mut self, number: i32) {
        if let Some(font) = self.fonts.get_mut(&self.open) {
            font.page = page(number);
        }
    }

    /// Text of the table: the name of the open font, up to a semicolon.
    pub(super) fn text(&mut self, text: &str) {
        let Some(Font { name, .. }) = self.fonts.get_mut(&self.open) else { return };
        if name.len() < MAX_NAME && !name.ends_with(';') {
            let end = text.find(';').map_or(text.len(), |end| end + 1);
            name.push_str(&text[..end]);
        }
    }

    /// How text in a font is to be read.
    pub(super) fn kind(&self, number: i32) -> Kind {
        let Some(font) = self.fonts.get(&number) else { return Kind::Usual };
        if font.set == SYMBOLS && SYMBOL_FONTS.contains(&self.name(number).to_ascii_lowercase().as_str()) {
            return Kind::Symbols;
        }
        let by_set = || u8::try_from(font.set).ok().filter(|_| font.set != WESTERN).and_then(of_font);
        font.page.or_else(by_set).map_or(Kind::Usual, Kind::Of)
    }

    /// Whether any font is one of East Asian text.
    pub(super) fn know_double_bytes(&self) -> bool {
        self.fonts.keys().any(|&number| matches!(self.kind(number), Kind::Of(page) if !page.is_single_byte()))
    }

    /// The name of a font.
    pub(super) fn name(&self, number: i32) -> &str {
        self.fonts.get(&number).map_or("", |font| font.name.trim_end_matches(';').trim())
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GBK, WINDOWS_1252};

    use super::*;

    #[test]
    fn code_pages_have_their_encodings() {
        for (number, label) in PAGES {
            assert!(page(*number).is_some(), "{number} {label}");
        }
        assert_eq!([page(936), page(1252), page(65001)], [Some(GBK), Some(WINDOWS_1252), Some(UTF_8)]);
        assert_eq!([page(0), page(437), page(-1)], [None; 3]);
    }

    #[test]
    fn fonts_say_what_bytes_mean() {
        let mut fonts = Fonts::default();
        for (number, set) in [(1, 134), (2, 2), (3, 0), (4, 136)] {
            fonts.open(number);
            fonts.set(set);
            fonts.text("Webdings;");
        }
        let kinds = [1, 2, 3, 4, 9].map(|number| fonts.kind(number));
        assert_eq!(kinds, [Kind::Of(GBK), Kind::Symbols, Kind::Usual, Kind::Of(BIG5), Kind::Usual]);
        fonts.open(2);
        fonts.text("Wing");
        fonts.text("dings;Other");
        fonts.text("x");
        assert_eq!(fonts.name(2), "Wingdings");
    }
}
