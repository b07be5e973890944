//! What an element is to this reader, told from its name and attributes when it is made.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use html5ever::interface::Attribute;
use html5ever::{LocalName, QualName, local_name, ns};

use super::style::{self, Display, Style};

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
    /// Is not shown, and may hold the text of a page for a script to show.
    Holder(Holder),
    /// Holds the article, and its own heads and feet.
    Article,
    /// Is kept apart from the text.
    Beside(Part),
    /// Was taken out of the text.
    Deleted,
    /// Was put into the text.
    Inserted,
    /// Is set above the line.
    Raised,
    Table,
    Group(Group),
    Row,
    Cell,
    Link,
    Image,
    /// A field whose value is printed.
    Field,
    /// Shows one of its options.
    Choice,
    /// One of them.
    Choosable,
    /// A formula, whose parts side by side say something else.
    Formula,
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

/// What a page keeps text of a page in without showing it, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    TextArea,
    Frame,
    Field,
    NoScript,
    Script,
}

impl Holder {
    /// Its name in a finding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Holder::TextArea => "text_area",
            Holder::Frame => "frame_source",
            Holder::Field => "hidden_field",
            Holder::NoScript => "without_scripts",
            Holder::Script => "in_script",
        }
    }
}

/// What says that an element is a table, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    Tag,
    /// Its role: a table for those who hear the page.
    Role,
    /// Its style alone, which pages use to line things up as well.
    Style,
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
    /// Not shown, whatever it is.
    pub(super) hidden: bool,
    pub(super) made: Made,
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
        "template",
    ]),
    (Kind::Preformatted, &["pre", "listing", "xmp", "plaintext"]),
    (Kind::Silent, &[
        "style", "meta", "link", "base", "datalist", "button",
        "object", "embed", "audio", "video", "canvas", "svg", "map", "area", "col",
        "colgroup", "rp", "rt", "noframes", "noembed", "xml",
    ]),
    (Kind::Holder(Holder::TextArea), &["textarea"]),
    (Kind::Holder(Holder::Frame), &["iframe"]),
    (Kind::Holder(Holder::NoScript), &["noscript"]),
    (Kind::Holder(Holder::Script), &["script"]),
    (Kind::List, &["ul", "ol", "menu", "dir"]),
    (Kind::Break, &["br"]),
    (Kind::Article, &["article", "main"]),
    (Kind::Beside(Part::Title), &["title"]),
    (Kind::Beside(Part::Menu), &["nav"]),
    (Kind::Beside(Part::Head), &["header"]),
    (Kind::Beside(Part::Foot), &["footer"]),
    (Kind::Deleted, &["del", "s", "strike"]),
    (Kind::Inserted, &["ins"]),
    (Kind::Raised, &["sup", "sub"]),
    (Kind::Table, &["table"]),
    (Kind::Group(Group::Head), &["thead"]),
    (Kind::Group(Group::Body), &["tbody"]),
    (Kind::Group(Group::Foot), &["tfoot"]),
    (Kind::Row, &["tr"]),
    (Kind::Cell, &["td", "th"]),
    (Kind::Link, &["a"]),
    (Kind::Image, &["img"]),
    (Kind::Field, &["input"]),
    (Kind::Choice, &["select"]),
    (Kind::Choosable, &["option"]),
    (Kind::Frames, &["frameset"]),
];

/// [`KINDS`] by name.
static BY_NAME: LazyLock<HashMap<&str, Kind, FixedState>> =
    LazyLock::new(|| KINDS.iter().flat_map(|(kind, names)| names.iter().map(|name| (*name, *kind))).collect());

/// Pictures printed smaller than this are marks and buttons.
const SMALLEST_PICTURE: u32 = 64;

/// The element of this name with these attributes.
pub(super) fn of(name: &QualName, attributes: &[Attribute]) -> Element {
    let style = attribute(attributes, &local_name!("style")).map_or_else(Style::default, style::of);
    let mut kind = kind(name);
    if style.comments {
        kind = Kind::Beside(Part::Comments);
    }
    kind = match kind {
        Kind::Image if is_small(attributes, &style) => Kind::Silent,
        Kind::Inline if style.struck => Kind::Deleted,
        Kind::Inline if style.raised => Kind::Raised,
        Kind::Field if !is_printed(attributes) => Kind::Holder(Holder::Field),
        kind => kind,
    };
    let hidden = name.local == local_name!("template") || attribute(attributes, &local_name!("hidden")).is_some();
    let mut element = Element {
        kind,
        hidden,
        made: Made::Tag,
        column_span: 1,
        row_span: 1,
        leads_to_picture: false,
        filler: style.filler,
    };
    if let Some(role) = attribute(attributes, &local_name!("role")) {
        element.play(role);
    }
    if let Some(display) = style.display {
        element.lay_out(display);
    }
    element.leads_to_picture =
        kind == Kind::Link && attribute(attributes, &local_name!("href")).is_some_and(is_picture);
    if element.kind == Kind::Cell {
        let aria = element.made != Made::Tag;
        let (across, down) = if aria {
            (local_name!("aria-colspan"), local_name!("aria-rowspan"))
        } else {
            (local_name!("colspan"), local_name!("rowspan"))
        };
        let span = |name| attribute(attributes, name).map_or(1, span);
        (element.column_span, element.row_span) = (span(&across).max(1), span(&down));
    }
    element
}

impl Element {
    /// Takes on a role (WAI-ARIA 1.2, 5.3.3), unless its tag has one of its own.
    fn play(&mut self, role: &str) {
        let kind = match role.trim().to_ascii_lowercase().as_str() {
            "table" | "grid" | "treegrid" => Kind::Table,
            "rowgroup" => Kind::Group(Group::Body),
            "row" => Kind::Row,
            "cell" | "gridcell" | "columnheader" | "rowheader" => Kind::Cell,
            _ => return,
        };
        self.turn_into(kind, Made::Role);
    }

    /// Is laid out as a style says.
    pub(super) fn lay_out(&mut self, display: Display) {
        let kind = match display {
            Display::Hidden => {
                self.hidden = true;
                return;
            }
            Display::Block => Kind::Block,
            Display::Table => Kind::Table,
            Display::Group(group) => Kind::Group(group),
            Display::Row => Kind::Row,
            Display::Cell => Kind::Cell,
            Display::Other => return,
        };
        if kind != Kind::Block || self.kind == Kind::Inline {
            self.turn_into(kind, Made::Style);
        }
    }

    fn turn_into(&mut self, kind: Kind, made: Made) {
        if matches!(self.kind, Kind::Inline | Kind::Block) {
            (self.kind, self.made) = (kind, made);
        }
    }

    /// Whether a browser shows it.
    pub(super) fn is_shown(&self) -> bool {
        !self.hidden && !matches!(self.kind, Kind::Silent | Kind::Holder(_) | Kind::Choice)
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [Attribute], name: &LocalName) -> Option<&'a str> {
    attributes.iter().find(|attribute| attribute.name.local == *name).map(|attribute| &*attribute.value)
}

fn kind(name: &QualName) -> Kind {
    if name.ns != ns!(html) {
        return if *name.local == *"math" { Kind::Formula } else { Kind::Silent };
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
    let stated = |name: &LocalName| attribute(attributes, name).and_then(style::pixels);
    let sides = [stated(&local_name!("width")), stated(&local_name!("height")), style.width, style.height];
    sides.into_iter().flatten().any(|side| side < SMALLEST_PICTURE)
}

/// A field that shows its value as text.
fn is_printed(attributes: &[Attribute]) -> bool {
    attribute(attributes, &local_name!("type"))
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
