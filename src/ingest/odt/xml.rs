//! XML events of OpenDocument, with the names that matter matched.
//!
//! The bytes are cut into tokens as those of DOCX are (`ingest/xml`). Here the open elements are kept on a
//! bounded stack, and prefixes find their namespace by what the first tag declares, else by custom.

use std::borrow::Cow;

use crate::finding::Words;
use crate::ingest::Error;
use crate::ingest::xml::tokens::{Token, Tokens};
use crate::ingest::xml::{Attributes, Stop, attribute, number, raw_attribute, split};

/// A namespace, as far as the readers tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Ns {
    /// The frame of every document.
    Office,
    /// Text.
    Text,
    /// Tables and sheets.
    Table,
    /// Drawings.
    Draw,
    /// Styles.
    Style,
    /// Data styles: how numbers and dates are printed.
    Number,
    /// The Dublin Core: title, author, date.
    Core,
    /// Anything else.
    Other,
}

/// The last words of the namespaces' names (`urn:oasis:names:tc:opendocument:xmlns:text:1.0`,
/// `http://openoffice.org/2000/text`), which are also their customary prefixes.
const NAMESPACES: &[(&[u8], Ns)] = &[
    (b"office", Ns::Office),
    (b"text", Ns::Text),
    (b"table", Ns::Table),
    (b"draw", Ns::Draw),
    (b"style", Ns::Style),
    (b"number", Ns::Number),
    (b"dc", Ns::Core),
];
const OASIS: &[u8] = b"urn:oasis:names:tc:opendocument:xmlns:";
const OPENOFFICE: &[u8] = b"http://openoffice.org/2000/";
const DUBLIN_CORE: &[u8] = b"http://purl.org/dc/elements/1.1/";

fn of_custom(word: &[u8]) -> Ns {
    NAMESPACES.iter().find(|(known, _)| *known == word).map_or(Ns::Other, |&(_, ns)| ns)
}

fn of_uri(uri: &[u8]) -> Ns {
    if uri == DUBLIN_CORE {
        return Ns::Core;
    }
    let word = uri.strip_prefix(OASIS).map(|rest| rest.strip_suffix(b":1.0").unwrap_or(rest));
    // The data styles' namespace is called so.
    match word.or_else(|| uri.strip_prefix(OPENOFFICE)) {
        Some(b"datastyle") => Ns::Number,
        Some(b"drawing") => Ns::Draw,
        Some(word) => of_custom(word),
        None => Ns::Other,
    }
}

/// What an XML part consists of.
#[derive(Debug)]
pub(in crate::ingest) enum Event<'a> {
    /// An element begins: its namespace and local name.
    Open(Ns, &'a [u8]),
    /// The innermost element ends; an empty one too.
    Close,
    /// Characters.
    Text(Cow<'a, str>),
    /// The part ends as it should.
    End,
}

/// Reads events from one part.
pub(in crate::ingest) struct Scanner<'a> {
    tokens: Tokens<'a>,
    /// Names of the open elements, as written.
    open: Vec<&'a [u8]>,
    /// The element just opened is empty and still to be closed.
    empty: bool,
    attributes: &'a [u8],
    depth_limit: usize,
    /// What the first tag declares.
    prefixes: Vec<(&'a [u8], Ns)>,
}

impl<'a> Scanner<'a> {
    pub(in crate::ingest) fn new(part: &'a [u8], depth_limit: usize) -> Self {
        let tokens = Tokens::new(part);
        Scanner { tokens, open: Vec::new(), empty: false, attributes: b"", depth_limit, prefixes: Vec::new() }
    }

    pub(in crate::ingest) fn next(&mut self) -> Result<Event<'a>, Stop> {
        if std::mem::take(&mut self.empty) {
            self.open.pop();
            return Ok(Event::Close);
        }
        match self.tokens.next()? {
            Token::Start { name, attributes, empty } => self.start(name, attributes, empty),
            Token::End { name } => self.end(name),
            Token::Text(text) => Ok(Event::Text(text)),
            Token::Eof if self.open.is_empty() => Ok(Event::End),
            Token::Eof => Err(self.broken(("it ends inside an element", "在元素中间结束"))),
        }
    }

    fn start(&mut self, name: &'a [u8], attributes: &'a [u8], empty: bool) -> Result<Event<'a>, Stop> {
        (self.attributes, self.empty) = (attributes, empty);
        if self.open.is_empty() {
            self.declare();
        }
        if self.open.len() >= self.depth_limit {
            return Err(Stop::Limit(Error::limit("depth", self.depth_limit, self.open.len() + 1)));
        }
        self.open.push(name);
        let (prefix, local) = split(name);
        Ok(Event::Open(self.namespace(prefix), local))
    }

    fn end(&mut self, name: &[u8]) -> Result<Event<'a>, Stop> {
        if self.open.pop_if(|open| *open == name).is_some() {
            return Ok(Event::Close);
        }
        let name = String::from_utf8_lossy(name);
        Err(self.broken(Words::new(
            format!("`</{name}>` does not close what is open"),
            format!("`</{name}>` 与未关闭的元素不配对"),
        )))
    }

    fn broken(&self, what: impl Into<Words>) -> Stop {
        Stop::Broken { what: what.into(), at: self.tokens.at }
    }

    fn declare(&mut self) {
        let declared = Attributes::new(self.attributes).filter_map(|(name, value)| {
            let ns = of_uri(value);
            name.strip_prefix(b"xmlns:").filter(|_| ns != Ns::Other).map(|prefix| (prefix, ns))
        });
        self.prefixes = declared.take(NAMESPACES.len()).collect();
    }

    fn namespace(&self, prefix: &[u8]) -> Ns {
        let declared = self.prefixes.iter().find(|(known, _)| *known == prefix);
        declared.map_or_else(|| of_custom(prefix), |&(_, ns)| ns)
    }

    /// Elements open.
    pub(in crate::ingest) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Local name of the innermost open element.
    pub(in crate::ingest) fn local(&self) -> &'a [u8] {
        self.open.last().map_or(&b""[..], |name| split(name).1)
    }

    /// The attribute of this local name of the element just opened.
    pub(in crate::ingest) fn attribute(&self, local: &[u8]) -> Option<Cow<'a, str>> {
        attribute(self.attributes, local)
    }

    /// The same as written, its references not resolved.
    pub(in crate::ingest) fn raw(&self, local: &[u8]) -> Option<&'a [u8]> {
        raw_attribute(self.attributes, local)
    }

    /// Whether the element just opened has the attribute with this value.
    pub(in crate::ingest) fn says(&self, local: &[u8], value: &[u8]) -> bool {
        self.raw(local) == Some(value)
    }

    /// A whole number in an attribute.
    pub(in crate::ingest) fn number(&self, local: &[u8]) -> Option<u32> {
        self.raw(local).and_then(number)
    }

    /// Passes over the rest of the element just opened, its end included.
    pub(in crate::ingest) fn skip(&mut self) -> Result<(), Stop> {
        let outside = self.open.len().saturating_sub(1);
        while self.open.len() > outside {
            if let Event::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The characters of the element just opened, those within its children too; reads its end.
    pub(in crate::ingest) fn text(&mut self) -> Result<String, Stop> {
        let outside = self.open.len().saturating_sub(1);
        let mut text = String::new();
        while self.open.len() > outside {
            match self.next()? {
                Event::Text(more) => text.push_str(&more),
                Event::End => break,
                Event::Open(..) | Event::Close => {}
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(xml: &str) -> Vec<(Ns, String)> {
        let mut scan = Scanner::new(xml.as_bytes(), 9);
        let mut names = Vec::new();
        while let Ok(event) = scan.next() {
            match event {
                Event::Open(ns, local) => names.push((ns, String::from_utf8_lossy(local).into_owned())),
                Event::End => break,
                _ => {}
            }
        }
        names
    }

    #[test]
    fn prefixes_mean_what_the_first_tag_declares() {
        let xml = r#"<o:a xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="http://openoffice.org/2000/table"><t:b/><text:c/><x:d/></o:a>"#;
        let found = names(xml);
        let expected = [(Ns::Office, "a"), (Ns::Table, "b"), (Ns::Text, "c"), (Ns::Other, "d")];
        assert_eq!(found, expected.map(|(ns, name)| (ns, name.to_owned())));
    }

    #[test]
    fn an_element_is_passed_over_with_all_that_is_in_it() {
        let mut scan = Scanner::new(b"<a><b><c/>x<b/></b>y</a>", 9);
        scan.next().expect("a");
        scan.next().expect("b");
        scan.skip().expect("its end");
        assert!(matches!(scan.next(), Ok(Event::Text(text)) if text == "y"));
        assert_eq!(scan.depth(), 1);
    }
}
