//! Tokens → [`Document`]: groups and what they set, control words and what they do.
//!
//! Groups that are open are on a stack, so that no depth of the file is a depth of calls.

use std::cell::OnceCell;
use std::collections::HashSet;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::flow::{Flow, Kind};
use super::fonts::{self, Fonts};
use super::lists::Lists;
use super::state::{Bytes, Capture, Opened, Sink, State};
use super::styles::Styles;
use super::token::{Scanner, Token};
use super::words::Word;
use crate::document::{AsideKind, Document};
use crate::ingest::word::charset;
use crate::ingest::word::story::CHOICE;
use crate::ingest::{Error, Limits};

/// What reading yields beside blocks and tables.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    /// Halves of characters without the other half, and numbers that are no character.
    pub(super) undecodable: usize,
    /// Some tables were nested too deep.
    pub(super) flattened: bool,
}

/// What is wrong with the groups of a file.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// Groups that are open at the end of the file.
    pub(super) unclosed: usize,
    /// Ends of groups that nothing began, with text after them.
    pub(super) surplus: usize,
    /// Binary data that is shorter than it says.
    pub(super) binary: bool,
}

/// Reads one file into one document.
pub(super) struct Walker<'a> {
    pub(super) bytes_of_file: &'a [u8],
    pub(super) scan: Scanner<'a>,
    pub(super) limits: Limits,
    pub(super) document: Document,
    pub(super) counts: Counts,
    pub(super) damage: Damage,

    // ---- groups ----
    pub(super) state: State,
    /// What the groups around the innermost one have set.
    groups: Vec<State>,
    /// The group says that who does not know it must skip it.
    optional: bool,

    // ---- stories ----
    pub(super) flows: Vec<Flow>,
    pub(super) paragraphs: u32,
    pub(super) cells: usize,
    /// Bytes of text so far.
    pub(super) text: usize,
    /// Every aside so far: sections repeat their headers.
    pub(super) asides: HashSet<(u8, String)>,
    /// Text apart from the body.
    pub(super) captured: String,
    has_title: bool,

    // ---- characters ----
    /// The code page of the file.
    pub(super) usual: &'static Encoding,
    default_font: i32,
    pub(super) fonts: Fonts,
    styles: Styles,
    pub(super) lists: Lists,
    /// How the font that was last asked for is read.
    pub(super) kind: Option<((i32, Option<i32>), fonts::Kind)>,
    pub(super) bytes: Bytes,
    /// The first half of a character beyond 16 bits.
    pub(super) surrogate: Option<u32>,
    /// Characters still to skip, as they stand for the one before them.
    pub(super) skip: u32,
    /// The last one skipped may have been the first half of a character.
    pub(super) skip_half: bool,
    /// Code pages of which there is text.
    pub(super) encodings: Vec<&'static Encoding>,
    is_utf8: OnceCell<bool>,
    /// Where the last mark of text stands.
    last_mark: OnceCell<usize>,
    page_is_stated: bool,
    /// The bytes were asked whether they are of another code page, and said so.
    pub(super) page_is_tried: bool,
    pub(super) page_is_guessed: bool,
    /// The symbol of a field is in the text: its result says it again.
    symbol_shown: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        Walker {
            bytes_of_file: bytes,
            scan: Scanner::new(bytes),
            limits: *limits,
            document: Document::default(),
            counts: Counts::default(),
            damage: Damage::default(),
            state: State::new(),
            groups: Vec::new(),
            optional: false,
            flows: vec![Flow::new(Kind::Body, 0, 0)],
            paragraphs: 0,
            cells: 0,
            text: 0,
            asides: HashSet::new(),
            captured: String::new(),
            has_title: false,
            usual: WINDOWS_1252,
            default_font: 0,
            fonts: Fonts::default(),
            styles: Styles::default(),
            lists: Lists::default(),
            kind: None,
            bytes: Bytes::default(),
            surrogate: None,
            skip: 0,
            skip_half: false,
            encodings: Vec::new(),
            is_utf8: OnceCell::new(),
            last_mark: OnceCell::new(),
            page_is_stated: false,
            page_is_tried: false,
            page_is_guessed: false,
            symbol_shown: false,
        }
    }

    /// Whether what stands in the file beyond ASCII is UTF-8, which no other text is by chance.
    pub(super) fn is_utf8(&self) -> bool {
        *self.is_utf8.get_or_init(|| std::str::from_utf8(self.bytes_of_file).is_ok())
    }

    /// Reads the whole file.
    pub(super) fn walk(&mut self) -> Result<(), Error> {
        while let Some(token) = self.scan.next() {
            self.admit_text()?;
            match token {
                Token::Text(text) => self.ascii(text),
                Token::Word(word, number) => self.word(word, number)?,
                Token::Byte(byte) => self.byte(byte),
                Token::Open => self.open_group()?,
                Token::Close => {
                    if !self.close_group()? {
                        break;
                    }
                }
                Token::Raw(bytes) => self.raw(bytes),
                Token::Symbol(symbol) => self.symbol_word(symbol)?,
            }
        }
        self.admit_text()?;
        self.damage.unclosed = self.groups.len();
        if self.state.sink == Sink::Story {
            self.end_text()?;
        }
        while !self.groups.is_empty() {
            self.close_group()?;
        }
        self.close_story()
    }

    /// Refuses a file with more text than a part of any other may have.
    fn admit_text(&self) -> Result<(), Error> {
        let (found, limit) = (self.text + self.bytes.bytes.len(), self.limits.part_bytes);
        if found > limit { Err(Error::limit("part_bytes", limit, found)) } else { Ok(()) }
    }

    // ---- groups ----

    fn open_group(&mut self) -> Result<(), Error> {
        (self.skip, self.optional) = (0, false);
        if self.groups.len() >= self.limits.depth {
            return Err(Error::limit("depth", self.limits.depth, self.groups.len() + 1));
        }
        self.groups.push(self.state);
        self.state.opened = Opened::Nothing;
        if self.state.sink == Sink::Styles {
            self.styles.open(0);
        }
        Ok(())
    }

    /// Ends a group; `false` if that was the whole file.
    fn close_group(&mut self) -> Result<bool, Error> {
        self.skip = 0;
        let Some(&outer) = self.groups.last() else { return Ok(self.surplus()) };
        let opened = self.state.opened;
        if outer.sink != self.state.sink || opened != Opened::Nothing {
            self.flush();
        }
        match opened {
            Opened::Story => self.close_story()?,
            // What the file's own group has set ends with it.
            _ if self.groups.len() == 1 && self.damage.surplus == 0 && self.state.sink == Sink::Story => {
                self.end_text()?
            }
            _ => {}
        }
        self.groups.pop();
        self.state = outer;
        match opened {
            Opened::Nothing | Opened::Story => {}
            Opened::Capture(capture) => self.close_capture(capture),
            Opened::List => self.lists.close_list(),
            Opened::Override => self.lists.close_override(),
        }
        Ok(!self.groups.is_empty() || self.surplus())
    }

    /// All groups have ended: whether text follows all the same.
    fn surplus(&mut self) -> bool {
        let marks = MARKS.iter().filter_map(|mark| memchr::memmem::rfind(self.bytes_of_file, mark));
        let last = *self.last_mark.get_or_init(|| marks.max().unwrap_or(0));
        let goes_on = last >= self.bytes_of_file.len() - self.scan.rest().len();
        self.damage.surplus += usize::from(goes_on);
        self.state.font = self.default_font;
        goes_on
    }

    /// Passes over the rest of the innermost group.
    fn skip_group(&mut self) -> Result<(), Error> {
        // Without an end it stays open, and is counted with the others.
        if self.scan.skip_group() { self.close_group().map(drop) } else { Ok(()) }
    }

    fn sink(&mut self, sink: Sink) {
        if self.state.sink != sink {
            self.flush();
            self.state.sink = sink;
        }
    }

    /// Captures the text of the group, if it stands where such text may; else there is none.
    fn capture(&mut self, capture: Capture, from: Sink) {
        if self.state.sink != from {
            return self.sink(Sink::Silent);
        }
        self.sink(Sink::Capture);
        self.state.opened = Opened::Capture(capture);
        self.captured.clear();
    }

    fn close_capture(&mut self, capture: Capture) {
        let text = std::mem::take(&mut self.captured);
        match capture {
            Capture::Title => self.title(text.trim().to_owned()),
            Capture::Number => self.flow().number = Some(text.trim_end().to_owned()).filter(|text| !text.is_empty()),
            Capture::FieldCode => self.field_code(&text),
            Capture::Pattern => self.lists.pattern(&text),
        }
    }

    /// A file has one title.
    fn title(&mut self, title: String) {
        if !std::mem::replace(&mut self.has_title, true) {
            self.aside(AsideKind::Title, title);
        }
    }

    /// A code is not text, but symbols are written as fields with a result that only Word makes; and what is chosen in a list
    /// stands elsewhere in the file: it is something, and is not read.
    fn field_code(&mut self, code: &str) {
        if code.split_whitespace().next() == Some(CHOICE) {
            self.char('\u{fffd}');
            return;
        }
        let mut words = code.split_whitespace();
        let is_symbol = words.next().is_some_and(|name| name.eq_ignore_ascii_case("SYMBOL"));
        let Some(number) = words.next().filter(|_| is_symbol).and_then(number_of_code) else { return };
        let font = code.split_once("\\f").map_or("", |(_, rest)| rest.trim_start().trim_start_matches('"'));
        let font = font.split(['"', '\\']).next().unwrap_or_default().trim();
        self.symbol_of(font, number);
        self.symbol_shown = true;
    }

    fn story(&mut self, kind: Kind) {
        self.flush();
        self.open_story(kind);
        (self.state.sink, self.state.opened) = (Sink::Story, Opened::Story);
        self.state.plain(self.default_font);
        self.state.paragraph_defaults();
        self.state.in_inner_row = false;
    }

    // ---- control symbols ----

    fn symbol_word(&mut self, symbol: u8) -> Result<(), Error> {
        match symbol {
            b'*' => self.optional = true,
            b'\\' => self.ascii(b"\\"),
            b'{' => self.ascii(b"{"),
            b'}' => self.ascii(b"}"),
            b'~' => self.char('\u{a0}'),
            b'_' => self.char('-'),
            b'\t' => self.char('\t'),
            b'\r' | b'\n' if self.state.sink == Sink::Story => self.paragraph()?,
            _ => {}
        }
        Ok(())
    }

    // ---- control words ----

    #[inline]
    fn word(&mut self, word: Option<Word>, number: Option<i32>) -> Result<(), Error> {
        let optional = std::mem::take(&mut self.optional);
        match word {
            None if optional => self.skip_group(),
            None => Ok(()),
            Some(word) if optional && !word.is_destination() => self.skip_group(),
            Some(word) => self.of_text(word, number),
        }
    }

    /// Words about characters and paragraphs.
    fn of_text(&mut self, word: Word, number: Option<i32>) -> Result<(), Error> {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match word {
            Word::Unicode => self.unicode(value),
            Word::Char(char) => self.char(char),
            Word::LineBreak => self.char('\n'),
            Word::Fallback => self.state.fallback = u32::try_from(value).unwrap_or(0),
            Word::Binary => self.damage.binary |= !self.scan.skip_binary(number),
            Word::Plain => self.state.plain(self.default_font),
            Word::Font => self.font(value),
            Word::OtherFont => self.state.double_font = Some(value),
            Word::SingleBytes | Word::DoubleBytes => self.state.is_double = word == Word::DoubleBytes,
            Word::Hidden if self.state.sink == Sink::Styles => self.styles.hide(on),
            Word::Hidden => self.state.hidden = Some(on),
            Word::Struck => self.state.struck = on,
            Word::Raised => self.state.raised = on,
            Word::OnTheLine => self.state.raised = false,
            Word::Deleted => self.state.deleted = on,
            Word::Inserted => self.state.inserted = on,
            Word::CharacterStyle | Word::ParagraphStyle => self.style(word, value),
            Word::ParagraphDefaults => self.paragraph_defaults(),
            Word::ListOf if self.state.sink == Sink::Lists => self.lists.number(value),
            Word::ListOf => self.state.list = value,
            Word::LevelOf => self.state.level = value,
            Word::InTable => self.state.in_table = on,
            Word::TableDepth => self.state.depth = u32::try_from(value).unwrap_or(0),
            _ => return self.of_story(word, value),
        }
        Ok(())
    }

    /// Words that end something in a story, or define its rows.
    fn of_story(&mut self, word: Word, value: i32) -> Result<(), Error> {
        let in_story = self.state.sink == Sink::Story;
        // None of them stands for a character.
        self.skip = 0;
        match word {
            Word::Paragraph if in_story => self.paragraph()?,
            Word::Section if in_story => self.end_text()?,
            Word::PageBreak if in_story => self.page_break(),
            Word::Cell if in_story => self.cell()?,
            Word::InnerCell if in_story => self.inner_cell()?,
            Word::Row | Word::InnerRow if in_story => self.row(word == Word::InnerRow)?,
            Word::RowDefaults if in_story => self.row_defaults(),
            Word::RowLeft if in_story => self.definition().left(value),
            Word::CellEdge if in_story => self.definition().edge(value),
            Word::MergeBegins | Word::MergeGoesOn if in_story => self.definition().merge(word == Word::MergeBegins),
            Word::MergeDownBegins | Word::MergeDownGoesOn if in_story => {
                self.definition().merge_down(word == Word::MergeDownBegins);
            }
            _ => return self.of_group(word, value),
        }
        Ok(())
    }

    /// Words that say what a group is.
    fn of_group(&mut self, word: Word, value: i32) -> Result<(), Error> {
        match word {
            Word::Skip => return self.skip_group(),
            Word::Silent | Word::Information => self.sink(Sink::Silent),
            Word::Fonts => self.sink(Sink::Fonts),
            Word::Styles => self.sink(Sink::Styles),
            Word::Lists | Word::Overrides => self.sink(Sink::Lists),
            Word::Twice => {
                self.state.before_twice = self.state.sink;
                self.sink(Sink::Silent);
            }
            Word::WithUnicode if self.state.sink == Sink::Silent => self.sink(self.state.before_twice),
            Word::Picture => {
                let seen = [Sink::Story, Sink::Silent].contains(&self.state.sink);
                let seen = seen && !self.state.deleted && !self.state.is_hidden();
                self.document.pictures += usize::from(seen);
                return self.skip_group();
            }
            Word::TextBox => self.story(Kind::TextBox),
            Word::Aside(kind) => self.story(Kind::Aside(kind)),
            Word::Endnote => self.flow().make_endnote(),
            Word::FieldCode => {
                self.symbol_shown = false;
                self.capture(Capture::FieldCode, Sink::Story);
            }
            Word::FieldResult if std::mem::take(&mut self.symbol_shown) => self.sink(Sink::Silent),
            Word::Number => self.capture(Capture::Number, Sink::Story),
            Word::Bullet => self.flow().bullet = true,
            Word::InnerRowProperties => self.state.in_inner_row = true,
            Word::Title => self.capture(Capture::Title, Sink::Silent),
            _ => self.of_head(word, value),
        }
        Ok(())
    }

    /// Words of the tables in the head of the file.
    fn of_head(&mut self, word: Word, value: i32) {
        let in_lists = self.state.sink == Sink::Lists;
        match word {
            Word::CodePage | Word::Macintosh | Word::DefaultLanguage => self.code_page(word, value),
            Word::DefaultFont => (self.default_font, self.state.font) = (value, value),
            Word::FontSet | Word::FontPage if self.state.sink == Sink::Fonts => {
                if word == Word::FontSet {
                    self.fonts.set(value)
                } else {
                    self.fonts.page(value)
                }
                self.kind = None;
            }
            Word::BasedOn if self.state.sink == Sink::Styles => self.styles.base(value),
            Word::List if in_lists => {
                self.state.opened = Opened::List;
                self.lists.open_list();
            }
            Word::Override if in_lists => {
                self.state.opened = Opened::Override;
                self.lists.open_override();
            }
            Word::ListId if in_lists => self.lists.id(value),
            Word::Level if in_lists => self.lists.open_level(),
            Word::LevelOverride if in_lists => self.lists.open_change(),
            Word::Format if in_lists => self.lists.format(value),
            Word::StartsAt if in_lists => self.lists.starts_at(value),
            Word::Legal if in_lists => self.lists.legal(value != 0),
            Word::NoRestart if in_lists && value != 0 => self.lists.never_restarts(),
            Word::Pattern => self.capture(Capture::Pattern, Sink::Lists),
            _ => {}
        }
    }

    // ---- what words set ----

    fn font(&mut self, number: i32) {
        if self.state.sink == Sink::Fonts {
            self.flush();
            self.fonts.open(number);
            self.kind = None;
        }
        self.state.font = number;
    }

    fn style(&mut self, word: Word, number: i32) {
        if self.state.sink == Sink::Styles {
            return self.styles.open(number);
        }
        let hides = self.styles.hides(number);
        if word == Word::CharacterStyle {
            (self.state.hidden, self.state.hidden_by_character_style) = (None, hides);
        } else {
            self.state.hidden_by_paragraph_style = hides;
        }
    }

    fn paragraph_defaults(&mut self) {
        self.state.paragraph_defaults();
        if self.state.sink == Sink::Story {
            let flow = self.flow();
            (flow.in_row, flow.bullet) = (false, false);
        }
    }

    /// The code page is stated, or else that of the language of East Asian text.
    fn code_page(&mut self, word: Word, value: i32) {
        let (page, stated) = match word {
            Word::CodePage => (fonts::page(value), true),
            Word::Macintosh => (Some(MACINTOSH), true),
            _ => {
                let language = u16::try_from(value).map(charset::of_language).ok();
                (language.filter(|page| !self.page_is_stated && !page.is_single_byte()), false)
            }
        };
        if let Some(page) = page {
            (self.usual, self.page_is_stated) = (page, stated);
        }
    }
}

/// What of a text stands after the end of the file's own group, if it does.
const MARKS: [&[u8]; 3] = [b"\\par", b"\\cell", b"\\row"];

/// The number of a symbol: `254`, `0xFE`.
fn number_of_code(number: &str) -> Option<u32> {
    match number.strip_prefix("0x").or_else(|| number.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    }
}
