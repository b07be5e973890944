//! Characters: bytes in the code page of their font, Unicode with what stands for it elsewhere,
//! symbols, and what of all that is shown.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::fonts::Kind;
use super::state::Sink;
use super::token::{Scanner, Token};
use super::walk::Walker;
use crate::ingest::charset::chinese;
use crate::ingest::unified::raised;
use crate::ingest::word::{charset, symbols};

/// Where symbol fonts put their characters.
const PRIVATE: u32 = 0xf000;
/// Longest text that is captured apart from the body.
const MAX_CAPTURE: usize = 4096;

/// Bytes from which a code page is guessed: at least so many, as fewer are Chinese by chance, and
/// no more than tell.
const GUESSED_FROM: usize = 64;
const GUESSED_FROM_AT_MOST: usize = 64 << 10;

/// Bytes beyond ASCII, and what may be second halves of characters, in the order of the file.
fn bytes_beyond_ascii(file: &[u8]) -> Vec<u8> {
    let mut scan = Scanner::new(file);
    let mut bytes = Vec::new();
    while let Some(token) = scan.next().filter(|_| bytes.len() < GUESSED_FROM_AT_MOST) {
        match token {
            Token::Byte(byte) => bytes.push(byte),
            Token::Raw(raw) => bytes.extend_from_slice(raw),
            // Of text only what may be the second half of the character before it.
            Token::Text(text) if bytes.last().is_some_and(|&last| last > 0x80) => bytes.extend(&text[..1]),
            _ => {}
        }
    }
    bytes
}

impl<'a> Walker<'a> {
    // ---- what is shown ----

    /// Whether text that comes now is read; counts tracked changes on the way.
    #[inline]
    fn shows(&mut self) -> bool {
        match self.state.sink {
            Sink::Silent | Sink::Styles | Sink::Lists => false,
            Sink::Capture | Sink::Fonts => true,
            Sink::Story => {
                // What somebody struck out by hand is as good as deleted.
                let deleted = self.state.deleted || self.state.struck;
                let inserted = self.state.inserted && !deleted;
                let hidden = self.state.is_hidden();
                let last = self.flows.len() - 1;
                let story = &mut self.flows[last].story;
                self.counts.insertions += usize::from(inserted && !story.inserting);
                self.counts.deletions += usize::from(deleted && !story.deleting);
                (story.inserting, story.deleting) = (inserted, deleted);
                !deleted && !hidden
            }
        }
    }

    /// Text to where it goes; it is to be shown.
    #[inline]
    fn emit(&mut self, text: &str) {
        match self.state.sink {
            Sink::Story => {
                self.text += text.len();
                if self.state.raised {
                    let raised: String = text.chars().map(raised).collect();
                    self.flow().story.push_str(&raised);
                } else {
                    self.flow().story.push_str(text);
                }
            }
            Sink::Capture if self.captured.len() < MAX_CAPTURE => self.captured.push_str(text),
            Sink::Fonts => {
                self.fonts.text(text);
                self.kind = None;
            }
            _ => {}
        }
    }

    fn emit_char(&mut self, char: char) {
        self.emit(char.encode_utf8(&mut [0; 4]));
    }

    // ---- characters of all kinds ----

    /// Printable ASCII.
    #[inline]
    pub(super) fn ascii(&mut self, text: &'a [u8]) {
        let text = self.without_fallback(text);
        let text = self.bounded(text);
        if text.is_empty() || !self.shows() {
            return;
        }
        if self.kind() == Kind::Symbols {
            self.flush();
            text.iter().for_each(|&byte| self.symbol(byte));
        } else if self.bytes.bytes.is_empty() {
            self.drop_surrogate();
            self.emit(std::str::from_utf8(text).unwrap_or_default());
        } else {
            // The first may be the second half of a character.
            let encoding = self.bytes.encoding.unwrap_or(self.usual);
            self.push_bytes(text, encoding);
        }
    }

    /// No more than is refused before the next token is read: one may be nearly the whole file.
    fn bounded(&self, bytes: &'a [u8]) -> &'a [u8] {
        &bytes[..bytes.len().min(self.limits.part_bytes.saturating_add(1))]
    }

    /// A byte written in figures.
    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        if self.skip_byte(byte) || !self.shows() {
            return;
        }
        match self.kind() {
            _ if byte < b' ' && self.state.sink == Sink::Story => self.control(byte),
            Kind::Symbols => {
                self.flush();
                self.symbol(byte);
            }
            Kind::Of(encoding) => self.push_bytes(&[byte], encoding),
            Kind::Usual => {
                let usual = self.usual();
                self.push_bytes(&[byte], usual);
            }
        }
    }

    /// A control character: it parts what stands around it, or says nothing.
    fn control(&mut self, byte: u8) {
        match byte {
            b'\t' => self.char('\t'),
            b'\r' | b'\n' => self.char('\n'),
            _ => {}
        }
    }

    /// Bytes beyond ASCII as they stand in the file.
    pub(super) fn raw(&mut self, bytes: &'a [u8]) {
        let bytes = self.without_fallback(bytes);
        let bytes = self.bounded(bytes);
        if bytes.is_empty() {
            return;
        }
        let encoding = match self.kind() {
            _ if self.is_utf8() => UTF_8,
            Kind::Of(encoding) => encoding,
            _ => self.usual(),
        };
        let shows = self.shows();
        if shows {
            self.push_bytes(bytes, encoding);
        }
        // The second half of a character may look like a brace or a backslash.
        let half = if shows { self.bytes.half } else { bytes.len() % 2 == 1 };
        let halves = half && encoding != UTF_8 && !encoding.is_single_byte() && !self.scan.rest().starts_with(b"\\'");
        if let Some(second) = self.scan.take_if(|byte| halves && b"\\{}".contains(&byte)).filter(|_| shows) {
            self.push_bytes(&[second], encoding);
        }
    }

    /// A character by its number in Unicode, which is a signed one of 16 bits; what stands for it follows.
    #[inline]
    pub(super) fn unicode(&mut self, number: i32) {
        self.skip = self.state.fallback;
        self.skip_half = false;
        if !self.shows() {
            return;
        }
        self.flush_bytes();
        let unit = if (-0x8000..0).contains(&number) { number + 0x1_0000 } else { number };
        let unit = u32::try_from(unit).unwrap_or(u32::MAX);
        match (self.surrogate.take(), unit) {
            (high, 0xd800..=0xdbff) => {
                self.undecodable(high.is_some());
                self.surrogate = Some(unit);
            }
            (Some(high), 0xdc00..=0xdfff) => {
                let char = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
                self.emit_char(char.unwrap_or('\u{fffd}'));
            }
            (high, _) => {
                self.undecodable(high.is_some());
                self.scalar(unit);
            }
        }
    }

    fn scalar(&mut self, number: u32) {
        if (PRIVATE..PRIVATE + 0x100).contains(&number) && self.kind() == Kind::Symbols {
            return self.symbol(u8::try_from(number - PRIVATE).unwrap_or(0));
        }
        match char::from_u32(number) {
            Some(char) if !char.is_control() => self.emit_char(char),
            Some(_) => {}
            None => self.undecodable(true),
        }
    }

    /// A character that a control word stands for.
    pub(super) fn char(&mut self, char: char) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.shows() {
            self.flush();
            self.emit_char(char);
        }
    }

    /// A character of the symbol font that is set.
    fn symbol(&mut self, byte: u8) {
        let code = format!("{:x}", PRIVATE + u32::from(byte));
        if let Some(char) = symbols::of(self.fonts.name(self.state.font), &code) {
            self.emit_char(char);
        }
    }

    /// A character of a symbol font that a field names.
    pub(super) fn symbol_of(&mut self, font: &str, code: u32) {
        if self.shows()
            && let Some(char) = symbols::of(font, &format!("{code:x}"))
        {
            self.flush();
            self.emit_char(char);
        }
    }

    fn undecodable(&mut self, wrong: bool) {
        if wrong {
            self.counts.undecodable += 1;
            self.emit_char('\u{fffd}');
        }
    }

    // ---- what stands for Unicode elsewhere ----

    /// The text without what stands for the character before it.
    #[inline]
    fn without_fallback(&mut self, text: &'a [u8]) -> &'a [u8] {
        self.skip_half = false;
        if self.skip == 0 {
            return text;
        }
        let skipped = (self.skip as usize).min(text.len());
        self.skip -= u32::try_from(skipped).unwrap_or(0);
        &text[skipped..]
    }

    /// Whether a byte stands for the character before it.
    fn skip_byte(&mut self, byte: u8) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            // Some count a character of two bytes as one: then its second byte is still to come.
            self.skip_half = byte > 0x80 && !self.skip_half && !self.encoding().is_single_byte();
            return true;
        }
        std::mem::take(&mut self.skip_half)
    }

    // ---- bytes ----

    /// How text of the font that is set is read.
    #[inline]
    fn kind(&mut self) -> Kind {
        let double = self.state.double_font.filter(|_| self.state.is_double);
        let key = (self.state.font, double);
        if self.state.sink == Sink::Fonts && self.fonts.kind(key.0) == Kind::Symbols {
            // The name of a symbol font is written in letters.
            return Kind::Usual;
        }
        match self.kind {
            Some((known, kind)) if known == key => kind,
            _ => {
                let kind = self.kind_of(key.0, double);
                self.kind = Some((key, kind));
                kind
            }
        }
    }

    /// Text of double bytes is in the font of such, if the other font does not know them.
    fn kind_of(&self, font: i32, double: Option<i32>) -> Kind {
        let kind = self.fonts.kind(font);
        let knows = |kind: Kind| matches!(kind, Kind::Of(encoding) if !encoding.is_single_byte());
        match double.map(|font| self.fonts.kind(font)) {
            Some(other) if !knows(kind) && knows(other) => other,
            _ => kind,
        }
    }

    /// The code page of the file. One of single bytes fits any bytes and so is no evidence; where
    /// nothing else says that text is Chinese, the bytes may.
    fn usual(&mut self) -> &'static Encoding {
        if self.state.sink == Sink::Story && !std::mem::replace(&mut self.page_is_tried, true) {
            let open = self.usual.is_single_byte() && !self.fonts.know_double_bytes();
            let bytes = if open { bytes_beyond_ascii(self.bytes_of_file) } else { Vec::new() };
            if bytes.len() >= GUESSED_FROM
                && let Some(page) = chinese(&bytes)
            {
                self.usual = page;
                self.page_is_guessed = true;
            }
        }
        self.usual
    }

    fn encoding(&mut self) -> &'static Encoding {
        match self.kind() {
            Kind::Of(encoding) => encoding,
            Kind::Usual => self.usual,
            Kind::Symbols => WINDOWS_1252,
        }
    }

    fn push_bytes(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        if self.bytes.encoding != Some(encoding) {
            self.flush();
            self.bytes.encoding = Some(encoding);
        }
        self.drop_surrogate();
        self.bytes.half = bytes.iter().fold(self.bytes.half, |half, &byte| !half && byte > 0x80);
        self.bytes.bytes.extend_from_slice(bytes);
    }

    /// Half a character that nothing completes.
    fn drop_surrogate(&mut self) {
        let half = self.surrogate.take().is_some();
        self.undecodable(half);
    }

    /// Makes text of the bytes and halves that wait.
    pub(super) fn flush(&mut self) {
        self.flush_bytes();
        self.drop_surrogate();
    }

    fn flush_bytes(&mut self) {
        if self.bytes.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes.bytes);
        let encoding = self.bytes.encoding.take().unwrap_or(self.usual);
        if !self.encodings.contains(&encoding) && !bytes.is_ascii() && self.state.sink == Sink::Story {
            self.encodings.push(encoding);
        }
        self.emit(&charset::decode(encoding, &bytes));
        self.bytes.bytes = bytes;
        self.bytes.bytes.clear();
        self.bytes.half = false;
    }
}
