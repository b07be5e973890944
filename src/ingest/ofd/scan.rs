//! XML events by local names: writers disagree about prefix and namespace, and no two elements of
//! the format differ by their namespace alone.

use std::borrow::Cow;

use crate::finding::Words;
use crate::ingest::Error;
use crate::ingest::xml::tokens::{Token, Tokens};
use crate::ingest::xml::{Stop, attribute, split};

/// What a part consists of.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins; its attributes are in [`Scan::attributes`].
    Open(&'a [u8]),
    /// An element ends; an empty one too.
    Close,
    /// Characters.
    Text(Cow<'a, str>),
    /// The part ends as it should.
    End,
}

/// Reads events from one part.
pub(super) struct Scan<'a> {
    tokens: Tokens<'a>,
    /// The open elements, as written.
    open: Vec<&'a [u8]>,
    /// The element just opened is empty and still to be closed.
    empty: bool,
    attributes: &'a [u8],
    depth_limit: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(part: &'a [u8], depth_limit: usize) -> Self {
        let tokens = Tokens::new(part);
        Scan { tokens, open: Vec::with_capacity(16), empty: false, attributes: &[], depth_limit }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Stop> {
        if std::mem::take(&mut self.empty) {
            self.open.pop();
            return Ok(Event::Close);
        }
        match self.tokens.next()? {
            Token::Start { name, attributes, empty } => self.start(name, attributes, empty),
            Token::End { name } if self.open.last() == Some(&name) => {
                self.open.pop();
                Ok(Event::Close)
            }
            Token::End { name } => Err(self.mismatch(name)),
            Token::Text(text) => Ok(Event::Text(text)),
            Token::Eof if self.open.is_empty() => Ok(Event::End),
            Token::Eof => Err(self.broken(("it ends inside an element", "在元素中间结束"))),
        }
    }

    fn start(&mut self, name: &'a [u8], attributes: &'a [u8], empty: bool) -> Result<Event<'a>, Stop> {
        if self.open.len() >= self.depth_limit {
            return Err(Stop::Limit(Error::limit("depth", self.depth_limit, self.open.len() + 1)));
        }
        self.open.push(name);
        (self.attributes, self.empty) = (attributes, empty);
        Ok(Event::Open(split(name).1))
    }

    fn mismatch(&self, name: &[u8]) -> Stop {
        let name = String::from_utf8_lossy(name);
        let open = self.open.last().map_or(Cow::Borrowed(""), |open| String::from_utf8_lossy(open));
        self.broken(Words::new(
            format!("`</{name}>` where `{open}` is open"),
            format!("`</{name}>` 与未关闭的 `{open}` 不配对"),
        ))
    }

    fn broken(&self, what: impl Into<Words>) -> Stop {
        Stop::Broken { what: what.into(), at: self.position() }
    }

    /// Bytes read so far.
    pub(super) fn position(&self) -> usize {
        self.tokens.at
    }

    /// Elements open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The attributes of the element just opened, as written.
    pub(super) fn attributes(&self) -> &'a [u8] {
        self.attributes
    }

    /// The attribute of this local name of the element just opened.
    pub(super) fn attribute(&self, local: &[u8]) -> Option<Cow<'a, str>> {
        attribute(self.attributes, local)
    }

    /// Passes over the rest of the element just opened, its end included.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The characters of the element just opened, those of elements in it included; reads its end.
    pub(super) fn text(&mut self) -> Result<String, Stop> {
        let mut text = String::new();
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            if let Event::Text(characters) = self.next()? {
                text.push_str(&characters);
            }
        }
        Ok(text)
    }
}
