//! What an element is to this reader, told from its name and attributes when it is made.

use std::collections::HashMap;
use std::sync::LazyLock;

use html5ever::interface::Attribute;
use html5ever::{QualName, ns};

use super::style::{self, Style};

/// Kinds of elements, by what they do to the text in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stands in a line.
    Inline,
    /// Stands in lines of its own.
    Block,
    /// Ends a line.
    Break,
    /// Holds items: a menu, if all of them are links.
    List,
    /// Keeps its white space.
    Preformatted,
    /// Is not shown, or is no text.
    Silent,
    /// Holds the article, and its own heads and feet.
    Article,
    /// Is kept apart from the text.
    Beside(Part),
    /// Was taken out of the text.
    Deleted,
    /// Was put into the text.
    Inserted,
    Table,
    Group(Group),
    Row,
    Cell,
    Link,
    Image,
    /// A field whose value is printed.
    Field,
    /// Pages side by side: the text is in other files.
    Frames,
}

/// Parts of a page beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What the page calls itself.
    Title,
    Menu,
    Head,
    Foot,
    /// Reviewers' comments that Word saved into the page.
    Comments,
}

/// Groups of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Head,
    Body,
    Foot,
}

/// An element as far as it matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) kind: Kind,
    pub(super) column_span: u32,
    /// 0: to the end of the group of rows.
    pub(super) row_span: u32,
    /// A link that leads to a picture.
    pub(super) leads_to_picture: bool,
    /// A cell that Excel writes where its sheet has none.
    pub(super) filler: bool,
}

/// Elements by name; what is not listed stands in a line.
#[rustfmt::skip]
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Block, &[
        "address", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "hr",
        "html", "legend", "li", "p", "search", "section", "summary",
    ]),
    (Kind::Preformatted, &["pre", "listing", "xmp", "plaintext", "textarea"]),
    (Kind::Silent, &[
        "script", "style", "template", "noscript", "meta", "link", "base", "select", "datalist", "button",
        "iframe", "object", "embed", "audio", "video", "canvas", "svg", "math", "map", "area", "col",
        "colgroup", "rp", "rt", "noframes", "noembed", "xml",
    ]),
    (Kind::List, &["ul", "ol", "menu", "dir"]),
    (Kind::Break, &["br"]),
    (Kind::Article, &["article", "main"]),
    (Kind::Beside(Part::Title), &["title"]),
    (Kind::Beside(Part::Menu), &["nav"]),
    (Kind::Beside(Part::Head), &["header"]),
    (Kind::Beside(Part::Foot), &["footer"]),
    (Kind::Deleted, &["del"]),
    (Kind::Inserted, &["ins"]),
    (Kind::Table, &["table"]),
    (Kind::Group(Group::Head), &["thead"]),
    (Kind::Group(Group::Body), &["tbody"]),
    (Kind::Group(Group::Foot), &["tfoot"]),
    (Kind::Row, &["tr"]),
    (Kind::Cell, &["td", "th"]),
    (Kind::Link, &["a"]),
    (Kind::Image, &["img"]),
    (Kind::Field, &["input"]),
    (Kind::Frames, &["frameset"]),
];

/// [`KINDS`] by name.
static BY_NAME: LazyLock<HashMap<&str, Kind>> =
    LazyLock::new(|| KINDS.iter().flat_map(|(kind, names)| names.iter().map(|name| (*name, *kind))).collect());

/// Pictures printed smaller than this are marks and buttons.
const SMALLEST_PICTURE: u32 = 64;

/// The element of this name with these attributes.
pub(super) fn of(name: &QualName, attributes: &[Attribute]) -> Element {
    let style = attribute(attributes, "style").map_or_else(Style::default, style::of);
    let span = |name| attribute(attributes, name).map_or(1, span);
    let mut kind = kind(name);
    if kind == Kind::Inline && style.block {
        kind = Kind::Block;
    }
    if style.comments {
        kind = Kind::Beside(Part::Comments);
    }
    let silent = match kind {
        Kind::Image => is_small(attributes, &style),
        Kind::Field => !is_printed(attributes),
        _ => false,
    };
    if silent || style.hidden || attribute(attributes, "hidden").is_some() {
        kind = Kind::Silent;
    }
    let leads_to_picture = kind == Kind::Link && attribute(attributes, "href").is_some_and(is_picture);
    let (column_span, row_span) = if kind == Kind::Cell { (span("colspan").max(1), span("rowspan")) } else { (1, 1) };
    Element { kind, column_span, row_span, leads_to_picture, filler: style.filler }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn kind(name: &QualName) -> Kind {
    if name.ns != ns!(html) {
        return Kind::Silent;
    }
    BY_NAME.get(&*name.local).copied().unwrap_or(Kind::Inline)
}

/// A whole number at the beginning of a value; 1 where there is none, the largest where it is larger.
fn span(value: &str) -> u32 {
    let value = value.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = &value[..value.bytes().take_while(u8::is_ascii_digit).count()];
    if digits.is_empty() { 1 } else { digits.parse().unwrap_or(u32::MAX) }
}

/// A picture whose width or height the page states to be that of a mark.
fn is_small(attributes: &[Attribute], style: &Style) -> bool {
    let stated = |name| attribute(attributes, name).and_then(style::pixels);
    let sides = [stated("width"), stated("height"), style.width, style.height];
    sides.into_iter().flatten().any(|side| side < SMALLEST_PICTURE)
}

/// A field that shows its value as text.
fn is_printed(attributes: &[Attribute]) -> bool {
    attribute(attributes, "type")
        .is_none_or(|kind| ["text", "number", ""].iter().any(|text| kind.eq_ignore_ascii_case(text)))
}

fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["jpg", "jpeg", "png", "gif", "bmp", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_the_whole_number_at_the_beginning() {
        let cases =
            [("2", 2), (" 3px", 3), ("+4", 4), ("0", 0), ("-1", 1), ("", 1), ("x", 1), ("99999999999", u32::MAX)];
        for (value, number) in cases {
            assert_eq!(span(value), number, "{value:?}");
        }
    }

    #[test]
    fn no_name_is_listed_twice() {
        let mut names: Vec<&str> = KINDS.iter().flat_map(|(_, names)| *names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn pictures_are_known_by_their_ending() {
        assert!(is_picture("/a/b.JPG?x=1.htm"));
        assert!(!is_picture("/a/b.htm#c.jpg"));
    }
}
