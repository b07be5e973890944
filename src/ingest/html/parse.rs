//! Text → tree, a piece at a time, so that hostile text is stopped before it costs anything.
//!
//! The tokenizer and the tree builder of the HTML standard repair whatever they are given. This
//! watches them: what of the page was left open at its end, and how many attributes a tag asks for.

use std::cell::Cell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use super::attributes::Tag;
use super::plain;
use super::tree::{Handle, Sink, Tree};
use crate::finding::Words;
use crate::ingest::{Error, Limits};

/// Attributes of one tag. Word writes up to 20.
const ATTRIBUTES: usize = 500;

/// Bytes given to the tokenizer at once: it cannot be stopped within them.
const PIECE: usize = 1024;

/// The longest name of a character, `&CounterClockwiseContourIntegral;`, with room.
const LONGEST_REFERENCE: usize = 40;

/// A page and how far it was read.
pub(super) struct Parsed {
    pub(super) tree: Tree,
    /// Why it was not read to its end, or cannot have been whole.
    pub(super) broken: Option<Words>,
}

/// Parses a page.
///
/// # Errors
/// [`Error::Limit`] where its tree passes the limits on depth and nodes.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Error> {
    let mut feeder = Feeder::new(text, limits);
    run(&mut feeder, Feeder::advance)?;
    Ok(feeder.finish())
}

/// Goes on to the end of the page, or to where it cannot be read.
fn run(feeder: &mut Feeder, advance: fn(&mut Feeder)) -> Result<(), Error> {
    while feeder.at < feeder.text.len() && !feeder.has_too_many_attributes() {
        advance(feeder);
        if let Some(error) = feeder.watch().builder.sink.passed() {
            return Err(error);
        }
    }
    Ok(())
}

/// Gives the text to the tokenizer, or past it to the tree builder.
struct Feeder {
    tokenizer: Tokenizer<Watch>,
    queue: BufferQueue,
    text: StrTendril,
    at: usize,
    /// The tag, comment or declaration that has begun and not ended.
    tag: Option<Tag>,
    /// The tokenizer may hold back what it was given last, until it sees more.
    holds_back: bool,
}

impl Feeder {
    fn new(text: &str, limits: &Limits) -> Self {
        let builder = TreeBuilder::new(Sink::new(limits), TreeBuilderOpts::default());
        let watch = Watch {
            builder,
            tokens: Cell::new(0),
            tables: Cell::new(0),
            raw: Cell::new(false),
            plaintext: Cell::new(false),
            ended: Cell::new(false),
            xml: text.trim_start().starts_with("<?xml"),
        };
        // The mark of a byte order goes here, since the tokenizer may not be the first to be given something.
        let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
        Feeder {
            tokenizer: Tokenizer::new(watch, options),
            queue: BufferQueue::default(),
            text: lines(text.strip_prefix('\u{feff}').unwrap_or(text)),
            at: 0,
            tag: None,
            holds_back: false,
        }
    }

    fn watch(&self) -> &Watch {
        &self.tokenizer.sink
    }

    fn has_too_many_attributes(&self) -> bool {
        self.tag.is_some_and(|tag| tag.attributes > ATTRIBUTES)
    }

    fn finish(self) -> Parsed {
        let broken = if self.has_too_many_attributes() {
            Some(Words::new(
                format!("a tag has more than {ATTRIBUTES} attributes"),
                format!("有标签的属性超过{ATTRIBUTES}个"),
            ))
        } else {
            self.watch().left_open(self.tag.is_some()).map(Words::from)
        };
        self.tokenizer.end();
        Parsed { tree: self.tokenizer.sink.builder.sink.finish(), broken }
    }

    fn advance(&mut self) {
        if !self.plain() {
            self.step();
        }
    }

    /// Hands on a tag, a comment or text that needs no tokenizer; whether there was one.
    fn plain(&mut self) -> bool {
        if self.tag.is_some() || self.holds_back || self.watch().is_elsewhere() {
            return false;
        }
        let (token, end) = if self.text.as_bytes()[self.at] == b'<' {
            let tag = plain::tag(&self.text, self.at).map(|(tag, end)| (Token::TagToken(tag), end));
            let comment = || plain::comment(&self.text, self.at).map(|(text, end)| (Token::CommentToken(text), end));
            let Some(told) = tag.or_else(comment) else { return false };
            told
        } else {
            let end = self.end();
            let Some(characters) = plain::characters(&self.text, self.at, end) else { return false };
            (Token::CharacterTokens(characters), end)
        };
        self.at = end;
        // It asks for nothing: what it would ask a tokenizer for comes with elements that are not handed on here.
        let _ = self.watch().process_token(token, 1);
        true
    }

    /// Gives the next piece. A tag begins with a piece, or right after one that is a lone `<`:
    /// as long as no token comes, what was given since is one tag or one comment.
    fn step(&mut self) {
        let from = self.at;
        let opens = self.text.as_bytes()[from] == b'<';
        // What is held back comes out at the `<`, and would hide that a tag begins with it.
        let alone = opens && self.holds_back;
        self.at = if alone { from + 1 } else { self.end() };
        let before = self.watch().tokens.get();
        let length = (self.at - from) as u32;
        self.queue.push_back(self.text.subtendril(from as u32, length));
        // It stops at the end of each script, for whoever would run it.
        while !self.queue.is_empty() {
            let _ = self.tokenizer.feed(&self.queue);
        }
        let silent = self.watch().tokens.get() == before;
        let piece = &self.text.as_bytes()[from..self.at];
        if !silent || self.tag.is_none() {
            self.tag = (opens && (silent || alone)).then(Tag::new);
        }
        if let Some(tag) = &mut self.tag {
            tag.read(piece);
        }
        self.holds_back = silent || alone || memchr::memrchr(b'&', piece).is_some_and(|at| may_go_on(&piece[at + 1..]));
    }

    /// Where the piece ends that begins here: before the next `<`, and between characters.
    fn end(&self) -> usize {
        let bytes = self.text.as_bytes();
        let most = bytes.len().min(self.at + PIECE);
        let end = memchr::memchr(b'<', &bytes[self.at + 1..most]).map_or(most, |found| self.at + 1 + found);
        (self.at + 1..=end).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(bytes.len())
    }
}

/// Whether a reference to a character that begins so may go on behind it. Numbers go on however long they are.
fn may_go_on(reference: &[u8]) -> bool {
    reference.len() < LONGEST_REFERENCE || reference.iter().all(|&byte| byte == b'#' || byte.is_ascii_alphanumeric())
}

/// The text with one character at the end of each line (HTML Standard, 13.2.3.5).
fn lines(text: &str) -> StrTendril {
    let Some(first) = memchr::memchr(b'\r', text.as_bytes()) else { return StrTendril::from_slice(text) };
    let mut lines = StrTendril::with_capacity(text.len() as u32);
    lines.push_slice(&text[..first]);
    let mut rest = &text[first..];
    while let Some(behind) = rest.strip_prefix('\r') {
        let behind = behind.strip_prefix('\n').unwrap_or(behind);
        let end = memchr::memchr(b'\r', behind.as_bytes()).unwrap_or(behind.len());
        lines.push_char('\n');
        lines.push_slice(&behind[..end]);
        rest = &behind[end..];
    }
    lines
}

/// The tree builder, watched.
struct Watch {
    builder: TreeBuilder<Handle, Sink>,
    tokens: Cell<usize>,
    /// Tables that have begun and not ended.
    tables: Cell<isize>,
    /// In the text of a script, a style sheet, a title.
    raw: Cell<bool>,
    /// Nothing is a tag any more.
    plaintext: Cell<bool>,
    /// The end tag of the page was there.
    ended: Cell<bool>,
    /// The page says that it is XML: an element may end with its first tag, `<script src="x"/>`.
    xml: bool,
}

/// Elements of HTML that never have an end tag.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// The end tag of an element of XML that ends with its first tag.
fn end_of(token: &Token) -> Option<html5ever::tokenizer::Tag> {
    match token {
        Token::TagToken(tag) if tag.self_closing && tag.kind == TagKind::StartTag => Some(tag),
        _ => None,
    }
    .filter(|tag| !VOID.contains(&&*tag.name) && !["svg", "math"].contains(&&*tag.name))
    .map(|tag| html5ever::tokenizer::Tag {
        kind: TagKind::EndTag,
        self_closing: false,
        attrs: Vec::new(),
        ..tag.clone()
    })
}

impl Watch {
    fn tag(&self, kind: TagKind, name: &str) {
        match (kind, name) {
            (TagKind::StartTag, "table") => self.tables.set(self.tables.get() + 1),
            (TagKind::EndTag, "table") => self.tables.set(self.tables.get() - 1),
            (TagKind::EndTag, "body" | "html") => self.ended.set(true),
            _ => {}
        }
        if kind == TagKind::EndTag {
            self.raw.set(false);
        }
    }

    /// Whether a `<` may begin something else than a tag where it stands: in scripts and the like, in SVG and formulas.
    fn is_elsewhere(&self) -> bool {
        self.raw.get() || self.plaintext.get() || self.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// What the page left open at its end so that it cannot have been whole.
    fn left_open(&self, in_tag: bool) -> Option<(&'static str, &'static str)> {
        if self.ended.get() {
            return None;
        }
        if in_tag {
            Some(("the page ends within a tag or a comment", "网页在标签或注释中中断"))
        } else if self.raw.get() {
            Some(("the page ends within a script, a style sheet or its title", "网页在脚本、样式表或标题中中断"))
        } else {
            (self.tables.get() > 0).then_some(("the page ends within a table", "网页在表格中中断"))
        }
    }
}

impl TokenSink for Watch {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        if let Token::TagToken(tag) = &token {
            self.tag(tag.kind, &tag.name);
        }
        let foreign = self.adjusted_current_node_present_but_not_in_html_namespace();
        if let Some(end) = Some(&token).filter(|_| self.xml && !foreign).and_then(end_of) {
            let _ = self.builder.process_token(token, line);
            return self.process_token(Token::TagToken(end), line);
        }
        let result = self.builder.process_token(token, line);
        match result {
            TokenSinkResult::RawData(_) => self.raw.set(true),
            TokenSinkResult::Plaintext => self.plaintext.set(true),
            _ => {}
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The page as it is read, and as the tokenizer alone reads it.
    fn both(text: &str) -> [(String, Option<Words>); 2] {
        [Feeder::advance as fn(&mut Feeder), Feeder::step].map(|advance| {
            let mut feeder = Feeder::new(text, &Limits::default());
            run(&mut feeder, advance).expect("within the limits");
            let Parsed { tree, broken } = feeder.finish();
            (tree.dump(), broken)
        })
    }

    fn agrees(text: &str) {
        let [told, tokenized] = both(text);
        assert_eq!(told, tokenized, "{text:?}");
    }

    const NAMES: &[&str] = &[
        "html",
        "head",
        "body",
        "p",
        "div",
        "span",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "TD",
        "th",
        "caption",
        "col",
        "colgroup",
        "b",
        "font",
        "a",
        "u",
        "sup",
        "br",
        "img",
        "input",
        "select",
        "option",
        "li",
        "ul",
        "pre",
        "h1",
        "o:p",
        "form",
        "button",
        "template",
        "frameset",
        "frame",
        "svg",
        "math",
        "mi",
        "desc",
        "annotation-xml",
        "title",
        "style",
        "script",
        "textarea",
        "noscript",
        "noembed",
        "noframes",
        "iframe",
        "xmp",
        "plaintext",
        "image",
        "nobr",
        "meta",
        "xml",
    ];
    const ATTRIBUTES_WRITTEN: &[&str] = &[
        "",
        " ",
        "\n",
        " class=x",
        " CLASS=\"x y\"",
        " style='display:none'",
        " hidden",
        " hidden ",
        " class = b",
        " class=b/",
        " class=\"b>c\"",
        " class='<b>'",
        " class=\"&amp;\"",
        " class=b&c",
        " class=b class=c",
        " class=\"b\"c",
        "/",
        " /",
        " class=",
        " class=\"",
        " =a",
        " class=b\"c",
        " class =x",
        " hidden =x",
        " colspan=2",
        "\r\nrowspan=\"2\"",
        "\t\u{c}id=i",
        " 甲=乙",
        " class=甲",
        " class=\0",
        " type=hidden",
        " encoding=text/html",
        " <",
    ];
    const ENDS: &[&str] = &[">", ">", ">", ">", "/>", " />", "", " >"];
    const TEXTS: &[&str] = &[
        "",
        " ",
        "\n",
        "\r\n",
        "\r",
        "件",
        "收到申请 5 件",
        "&nbsp;",
        "&nbsp;&nbsp;1",
        "&nbsp",
        "&amp;lt;",
        "&lt;p&gt;",
        "&quot;",
        "&",
        "&#160;",
        "&#x4e00;",
        "&#00000000000000000000000000000000000000000000000048",
        "&copy",
        "&notit;",
        "<",
        "<<",
        "< p>",
        "</",
        "</>",
        "</ p>",
        "<3",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE html>",
        "<!doctype",
        "<!",
        "<!x>",
        "<!-- a -->",
        "<!---->",
        "<!-->",
        "<!--->",
        "<!-- a --!>",
        "<!-- a -- b -->",
        "<!-- a --->",
        "<!-- <!-- a -->",
        "<!-- <!--> -->",
        "<!--",
        "-->",
        "<!-- \0 -->",
        "<!--[if gte mso 9]><xml><b>",
        "<![endif]-->",
        "<![if !supportMisalignedColumns]>",
        "<![CDATA[ a <b> ",
        "]]>",
        "\0",
        "\u{feff}",
        ">",
        "\"",
        "'",
        "=",
    ];

    fn soup() -> impl Strategy<Value = String> {
        let name = || prop::sample::select(NAMES);
        let attributes = prop::collection::vec(prop::sample::select(ATTRIBUTES_WRITTEN), 0..4);
        let start = (name(), attributes, prop::sample::select(ENDS))
            .prop_map(|(name, attributes, end)| format!("<{name}{}{end}", attributes.concat()));
        let end = (name(), prop::sample::select(ENDS)).prop_map(|(name, end)| format!("</{name}{end}"));
        let text = prop::sample::select(TEXTS).prop_map(str::to_owned);
        prop::collection::vec(prop_oneof![3 => start, 2 => end, 2 => text], 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn what_is_told_is_what_the_tokenizer_tells(text in soup()) {
            agrees(&text);
        }
    }

    #[test]
    fn lines_end_with_one_character() {
        for text in ["", "a", "\r", "\r\n", "a\r\nb\rc\n\r\r\n", "\n\r"] {
            let wanted = text.replace("\r\n", "\n").replace('\r', "\n");
            assert_eq!(&*lines(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn pages_are_told_as_the_tokenizer_tells_them() {
        let pages: [&[u8]; 4] = [
            include_bytes!("../../../samples/html-2021/input.html"),
            include_bytes!("../../../samples/html-site-2021/input.html"),
            include_bytes!("../../../samples/html-word-2021/input.doc"),
            include_bytes!("../../../samples/html-excel-2021/input.xls"),
        ];
        for page in pages {
            agrees(&crate::ingest::charset::decode(page, None).text);
        }
        for first in ["\u{feff}<p>a", "\u{feff}\u{feff}a", "a\u{feff}<p>", "<p>\u{feff}a &copy; \u{feff}"] {
            agrees(first);
        }
        for long in ["&amp", "<a b=\"", "<!--", "<p ", "a", "&#48"] {
            agrees(&format!("<td>a</td>{long}{}</td><b>", "0".repeat(3_000)));
        }
    }
}
