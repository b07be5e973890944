//! The control words that bear on text, and what each does. All others are about looks.

use crate::document::AsideKind;

/// What a control word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    // ---- characters ----
    /// Stands for a character.
    Char(char),
    /// A character by its number in Unicode.
    Unicode,
    /// How many characters after each of these stand for it in programs without Unicode.
    Fallback,
    LineBreak,
    PageBreak,
    /// Binary data follows.
    Binary,

    // ---- properties of characters ----
    Plain,
    Font,
    /// The font of the other script of this text.
    OtherFont,
    /// Text that comes now is of single bytes, of double bytes.
    SingleBytes,
    DoubleBytes,
    Hidden,
    /// Struck out by hand, once or twice.
    Struck,
    /// Set above the line, and back.
    Raised,
    OnTheLine,
    Deleted,
    Inserted,
    CharacterStyle,

    // ---- paragraphs ----
    Paragraph,
    Section,
    ParagraphDefaults,
    ParagraphStyle,
    /// A list and its level.
    ListOf,
    LevelOf,
    InTable,
    TableDepth,

    // ---- tables ----
    RowDefaults,
    RowLeft,
    CellEdge,
    MergeBegins,
    MergeGoesOn,
    MergeDownBegins,
    MergeDownGoesOn,
    Cell,
    Row,
    InnerCell,
    InnerRow,

    // ---- the head of the file ----
    CodePage,
    Macintosh,
    DefaultFont,
    DefaultLanguage,
    Fonts,
    FontSet,
    FontPage,
    Styles,
    BasedOn,
    Information,
    Title,
    Lists,
    List,
    ListId,
    Level,
    Format,
    StartsAt,
    Legal,
    NoRestart,
    Pattern,
    Overrides,
    Override,
    LevelOverride,

    // ---- groups ----
    /// Nothing of it is text.
    Skip,
    /// It holds no text of its own, though groups in it may.
    Silent,
    /// It is marked as one to be skipped by who does not know it, and holds text like any other.
    Known,
    /// The same text twice: without Unicode, then with it.
    Twice,
    WithUnicode,
    Picture,
    TextBox,
    Aside(AsideKind),
    /// A footnote is an endnote.
    Endnote,
    FieldCode,
    FieldResult,
    /// The printed number of a list item.
    Number,
    /// The item has a bullet.
    Bullet,
    InnerRowProperties,
}

impl Word {
    /// Whether it says what a group is, so that one marked as optional is read.
    pub(super) fn is_destination(self) -> bool {
        use Word as W;
        matches!(
            self,
            W::Fonts | W::Styles | W::Lists | W::Overrides | W::CharacterStyle | W::Silent | W::Known | W::WithUnicode
        ) || matches!(
            self,
            W::Picture | W::TextBox | W::Aside(_) | W::FieldCode | W::FieldResult | W::Number | W::InnerRowProperties
        )
    }
}

const LIST: &[(&str, Word)] = &[
    ("u", Word::Unicode),
    ("uc", Word::Fallback),
    ("tab", Word::Char('\t')),
    ("emdash", Word::Char('—')),
    ("endash", Word::Char('–')),
    ("emspace", Word::Char('\u{2003}')),
    ("enspace", Word::Char('\u{2002}')),
    ("qmspace", Word::Char('\u{2005}')),
    ("bullet", Word::Char('•')),
    ("lquote", Word::Char('‘')),
    ("rquote", Word::Char('’')),
    ("ldblquote", Word::Char('“')),
    ("rdblquote", Word::Char('”')),
    ("line", Word::LineBreak),
    ("lbr", Word::LineBreak),
    ("page", Word::PageBreak),
    ("column", Word::PageBreak),
    ("bin", Word::Binary),
    ("plain", Word::Plain),
    ("f", Word::Font),
    ("af", Word::OtherFont),
    ("loch", Word::SingleBytes),
    ("hich", Word::SingleBytes),
    ("dbch", Word::DoubleBytes),
    ("v", Word::Hidden),
    ("strike", Word::Struck),
    ("striked", Word::Struck),
    ("super", Word::Raised),
    ("sub", Word::Raised),
    ("nosupersub", Word::OnTheLine),
    ("deleted", Word::Deleted),
    ("mvf", Word::Deleted),
    ("revised", Word::Inserted),
    ("mvt", Word::Inserted),
    ("cs", Word::CharacterStyle),
    ("par", Word::Paragraph),
    ("sect", Word::Section),
    ("pard", Word::ParagraphDefaults),
    ("s", Word::ParagraphStyle),
    ("ls", Word::ListOf),
    ("ilvl", Word::LevelOf),
    ("intbl", Word::InTable),
    ("itap", Word::TableDepth),
    ("trowd", Word::RowDefaults),
    ("trleft", Word::RowLeft),
    ("cellx", Word::CellEdge),
    ("clmgf", Word::MergeBegins),
    ("clmrg", Word::MergeGoesOn),
    ("clvmgf", Word::MergeDownBegins),
    ("clvmrg", Word::MergeDownGoesOn),
    ("cell", Word::Cell),
    ("row", Word::Row),
    ("nestcell", Word::InnerCell),
    ("nestrow", Word::InnerRow),
    ("nesttableprops", Word::InnerRowProperties),
    ("nonesttables", Word::Skip),
    ("ansicpg", Word::CodePage),
    ("mac", Word::Macintosh),
    ("deff", Word::DefaultFont),
    ("deflangfe", Word::DefaultLanguage),
    ("fonttbl", Word::Fonts),
    ("fcharset", Word::FontSet),
    ("cpg", Word::FontPage),
    ("stylesheet", Word::Styles),
    ("sbasedon", Word::BasedOn),
    ("info", Word::Information),
    ("title", Word::Title),
    ("listtable", Word::Lists),
    ("list", Word::List),
    ("listid", Word::ListId),
    ("listlevel", Word::Level),
    ("levelnfc", Word::Format),
    ("levelnfcn", Word::Format),
    ("levelstartat", Word::StartsAt),
    ("levellegal", Word::Legal),
    ("levelnorestart", Word::NoRestart),
    ("leveltext", Word::Pattern),
    ("levelnumbers", Word::Skip),
    ("listname", Word::Skip),
    ("liststylename", Word::Skip),
    ("listoverridetable", Word::Overrides),
    ("listoverride", Word::Override),
    ("lfolevel", Word::LevelOverride),
    ("upr", Word::Twice),
    ("ud", Word::WithUnicode),
    ("pict", Word::Picture),
    ("shppict", Word::Known),
    ("nonshppict", Word::Skip),
    ("shpinst", Word::Silent),
    ("shptxt", Word::TextBox),
    ("shprslt", Word::Skip),
    ("do", Word::Silent),
    ("dptxbxtext", Word::TextBox),
    ("header", Word::Aside(AsideKind::Header)),
    ("headerl", Word::Aside(AsideKind::Header)),
    ("headerr", Word::Aside(AsideKind::Header)),
    ("headerf", Word::Aside(AsideKind::Header)),
    ("footer", Word::Aside(AsideKind::Footer)),
    ("footerl", Word::Aside(AsideKind::Footer)),
    ("footerr", Word::Aside(AsideKind::Footer)),
    ("footerf", Word::Aside(AsideKind::Footer)),
    ("footnote", Word::Aside(AsideKind::Footnote)),
    ("ftnalt", Word::Endnote),
    ("annotation", Word::Aside(AsideKind::Comment)),
    ("fldinst", Word::FieldCode),
    ("fldrslt", Word::FieldResult),
    ("listtext", Word::Number),
    ("pntext", Word::Number),
    ("pn", Word::Silent),
    ("pnlvlblt", Word::Bullet),
    // Heads of the file, and what stands by the text without being any of it.
    ("colortbl", Word::Skip),
    ("filetbl", Word::Skip),
    ("revtbl", Word::Skip),
    ("rsidtbl", Word::Skip),
    ("themedata", Word::Skip),
    ("colorschememapping", Word::Skip),
    ("latentstyles", Word::Skip),
    ("datastore", Word::Skip),
    ("generator", Word::Skip),
    ("xmlnstbl", Word::Skip),
    ("template", Word::Skip),
    ("private", Word::Skip),
    ("panose", Word::Skip),
    ("falt", Word::Skip),
    ("fontemb", Word::Skip),
    ("objdata", Word::Skip),
    ("objclass", Word::Skip),
    ("objname", Word::Skip),
    ("objalias", Word::Skip),
    ("objsect", Word::Skip),
    ("objtime", Word::Skip),
    ("datafield", Word::Skip),
    ("formfield", Word::Skip),
    ("fldtype", Word::Skip),
    ("bkmkstart", Word::Skip),
    ("bkmkend", Word::Skip),
    ("atnid", Word::Skip),
    ("atnauthor", Word::Skip),
    ("atntime", Word::Skip),
    ("atndate", Word::Skip),
    ("atnref", Word::Skip),
    ("atnparent", Word::Skip),
    ("atnicn", Word::Skip),
    ("atrfstart", Word::Skip),
    ("atrfend", Word::Skip),
    ("ftnsep", Word::Skip),
    ("ftnsepc", Word::Skip),
    ("ftncn", Word::Skip),
    ("aftnsep", Word::Skip),
    ("aftnsepc", Word::Skip),
    ("aftncn", Word::Skip),
    ("xe", Word::Skip),
    ("tc", Word::Skip),
    ("tcn", Word::Skip),
    ("rxe", Word::Skip),
    ("txe", Word::Skip),
    ("rtfsp", Word::Skip),
    ("pnseclvl", Word::Skip),
    ("background", Word::Skip),
    ("mmath", Word::Skip),
    ("moMath", Word::Skip),
    ("mmathPict", Word::Skip),
];

/// Places of the index; twice as many as words, so that few collide.
const PLACES: usize = 512;
/// For each place of the index the number of a word, from 1.
static INDEX: [u8; PLACES] = index();

/// The hash of no letters.
pub(super) const HASH_BEGIN: u32 = 0x811c_9dc5;

/// The hash of some letters and one more (FNV).
#[inline]
pub(super) const fn hash_step(hash: u32, letter: u8) -> u32 {
    (hash ^ letter as u32).wrapping_mul(0x0100_0193)
}

const fn place(hash: u32) -> usize {
    (hash ^ (hash >> 15)) as usize % PLACES
}

const fn index() -> [u8; PLACES] {
    assert!(LIST.len() < 256, "a number of a word is one byte");
    let mut index = [0; PLACES];
    let mut at = 0;
    while at < LIST.len() {
        let name = LIST[at].0.as_bytes();
        let mut hash = HASH_BEGIN;
        let mut letter = 0;
        while letter < name.len() {
            hash = hash_step(hash, name[letter]);
            letter += 1;
        }
        let mut place = place(hash);
        while index[place] != 0 {
            place = (place + 1) % PLACES;
        }
        at += 1;
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 256, see above")]
        {
            index[place] = at as u8;
        }
    }
    index
}

/// The word of this name, whose hash is known.
#[inline]
pub(super) fn look_up(name: &[u8], hash: u32) -> Option<Word> {
    let mut place = place(hash);
    loop {
        let number = usize::from(INDEX[place]);
        let (known, word) = LIST[number.checked_sub(1)?];
        if known.as_bytes() == name {
            return Some(word);
        }
        place = (place + 1) % PLACES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<Word> {
        look_up(name.as_bytes(), name.bytes().fold(HASH_BEGIN, hash_step))
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        for (at, (name, word)) in LIST.iter().enumerate() {
            assert_eq!(find(name), Some(*word), "{name}");
            assert!(LIST[at + 1..].iter().all(|(other, _)| other != name), "{name} stands twice");
        }
        for name in ["", "pa", "Par", "parx", "fs", "lang"] {
            assert_eq!(find(name), None, "{name}");
        }
    }
}
