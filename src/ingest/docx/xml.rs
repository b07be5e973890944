//! XML events with names resolved and matched.
//!
//! It borrows everything from the bytes, keeps the open elements on a stack of its own (bounded),
//! and can pass over an element of properties without an event for each of its children, which
//! is half of what Word writes. Entities of the document's own are never expanded.

use std::borrow::Cow;

use super::names::{self, Bindings, Ns, Tag};
use crate::finding::Words;
use crate::ingest::Error;
use crate::ingest::xml::tokens::{Token, Tokens};
pub(super) use crate::ingest::xml::{Attributes, Stop, attribute, number, raw_attribute, same};

/// Bytes of an element of properties that are looked at ahead. Longer ones take the slow way, so
/// that many unclosed ones cannot make the look-ahead expensive.
const HOP_BYTES: usize = 16 << 10;

/// Longest element of properties that is kept to be known again, in bytes, and how many of a kind are kept.
const KNOWN_BYTES: usize = 1 << 10;
const MOST_KNOWN: usize = 8;

/// Takes in a child of an element of properties: namespace, local name, attributes.
type Visit<'a, T> = fn(&mut T, Ns, &'a [u8], &'a [u8]);

/// Elements of one kind of properties that were read last. Word writes the same few in every cell and run, and to see that
/// they are the same takes a small part of the time that reading them takes.
#[derive(Debug)]
pub(super) struct Known<'a, T> {
    list: Vec<Same<'a, T>>,
    /// Which of them is replaced next.
    oldest: usize,
}

/// An element of properties that was read.
#[derive(Debug)]
struct Same<'a, T> {
    /// What follows its start tag, to the end of its end tag. There is nothing in it but plain tags, so it says the same
    /// wherever it stands, as long as the prefixes mean the same.
    raw: &'a [u8],
    name: &'a [u8],
    version: usize,
    properties: T,
}

impl<T> Default for Known<'_, T> {
    fn default() -> Self {
        Known { list: Vec::new(), oldest: 0 }
    }
}

impl<'a, T> Known<'a, T> {
    fn find(&self, rest: &[u8], name: &[u8], version: usize) -> Option<&Same<'a, T>> {
        self.list.iter().find(|known| rest.starts_with(known.raw) && known.version == version && same(known.name, name))
    }

    fn keep(&mut self, read: Same<'a, T>) {
        if read.raw.len() > KNOWN_BYTES {
            return;
        }
        if self.list.len() < MOST_KNOWN {
            self.list.push(read);
        } else {
            self.list[self.oldest] = read;
            self.oldest = (self.oldest + 1) % MOST_KNOWN;
        }
    }
}

/// What an XML part consists of.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins; its attributes are in [`Scanner::attributes`].
    Open(Tag),
    /// An element ends; an empty one too.
    Close(Tag),
    /// Characters.
    Text(Cow<'a, str>),
    /// The part ends as it should.
    End,
}

/// An open element, and its name as written.
pub(super) type Opened<'a> = (Tag, &'a [u8]);

/// Reads events from one part.
pub(super) struct Scanner<'a> {
    source: &'a [u8],
    tokens: Tokens<'a>,
    bindings: Bindings<'a>,
    open: Vec<Opened<'a>>,
    /// The element just opened is empty and still to be closed.
    empty: bool,
    attributes: &'a [u8],
    depth_limit: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(part: &'a [u8], bindings: Bindings<'a>, depth_limit: usize) -> Self {
        let tokens = Tokens::new(part);
        let source = tokens.source();
        let (open, attributes) = (Vec::with_capacity(32), &source[..0]);
        Scanner { source, tokens, bindings, open, empty: false, attributes, depth_limit }
    }

    /// The next event.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Event<'a>, Stop> {
        if self.empty {
            self.empty = false;
            return Ok(Event::Close(self.close()));
        }
        if let Some((_, name)) = self.open.last()
            && self.tokens.ends(name)
        {
            return Ok(Event::Close(self.close()));
        }
        match self.tokens.next()? {
            Token::Start { name, attributes, empty } => self.start(name, attributes, empty),
            Token::End { name } => self.end(name),
            Token::Text(text) => Ok(Event::Text(text)),
            Token::Eof if self.open.is_empty() => Ok(Event::End),
            Token::Eof => Err(self.broken(("it ends inside an element", "在元素中间结束"))),
        }
    }

    #[inline]
    fn start(&mut self, name: &'a [u8], attributes: &'a [u8], empty: bool) -> Result<Event<'a>, Stop> {
        (self.attributes, self.empty) = (attributes, empty);
        if may_declare(attributes) {
            self.declare()?;
        }
        let (prefix, local) = names::split(name);
        let tag = names::tag(self.bindings.resolve(prefix), local);
        if self.open.len() >= self.depth_limit {
            return Err(Stop::Limit(Error::limit("depth", self.depth_limit, self.open.len() + 1)));
        }
        self.open.push((tag, name));
        Ok(Event::Open(tag))
    }

    #[inline]
    fn end(&mut self, name: &[u8]) -> Result<Event<'a>, Stop> {
        match self.open.last() {
            Some((_, open)) if same(open, name) => Ok(Event::Close(self.close())),
            open => Err(self.mismatch(open.map(|(_, open)| *open), name)),
        }
    }

    #[cold]
    fn mismatch(&self, open: Option<&[u8]>, name: &[u8]) -> Stop {
        let name = String::from_utf8_lossy(name);
        match open.map(String::from_utf8_lossy) {
            Some(open) => self.broken(Words::new(
                format!("`</{name}>` where `{open}` is open"),
                format!("`</{name}>` 与未关闭的 `{open}` 不配对"),
            )),
            None => self.broken(Words::new(
                format!("`</{name}>` where nothing is open"),
                format!("`</{name}>` 没有对应的开始标签"),
            )),
        }
    }

    #[cold]
    fn declare(&mut self) -> Result<(), Stop> {
        if !self.bindings.declare(self.attributes, self.open.len() + 1) {
            return Err(self.broken(("more namespace prefixes than any document needs", "命名空间前缀过多")));
        }
        Ok(())
    }

    /// Closes the innermost element; there is one.
    #[inline]
    fn close(&mut self) -> Tag {
        let tag = self.open.pop().map_or(Tag::Other, |(tag, _)| tag);
        self.bindings.leave(self.open.len());
        tag
    }

    /// The part, as far as it is text.
    pub(super) fn source(&self) -> &'a [u8] {
        self.source
    }

    /// Bytes read so far.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.tokens.at
    }

    /// Elements open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Name of the element just opened, as written.
    pub(super) fn name(&self) -> &'a [u8] {
        self.open.last().map_or(&self.source[..0], |(_, name)| *name)
    }

    /// Whether the element just opened is empty, so that its end comes next.
    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    /// The open elements, the innermost first.
    pub(super) fn innermost(&self) -> impl Iterator<Item = Opened<'a>> + '_ {
        self.open.iter().rev().copied()
    }

    /// Whether so many elements more may be open.
    pub(super) fn has_room_for(&self, elements: usize) -> bool {
        self.open.len() + elements <= self.depth_limit
    }

    /// Whether the innermost open elements are these, and no meaning of a prefix ends with them.
    pub(super) fn ends_with(&self, elements: &[Opened]) -> bool {
        let Some(outer) = self.open.len().checked_sub(elements.len()) else { return false };
        let alike = |(a, b): (&Opened, &Opened)| a.0 == b.0 && same(a.1, b.1);
        self.open.iter().rev().zip(elements).all(alike) && self.bindings.outlive(outer)
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.source[self.position()..]
    }

    /// As long as this is the same, every prefix means the same.
    pub(super) fn version(&self) -> usize {
        self.bindings.version()
    }

    /// Passes over bytes whose meaning is known.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.tokens.at += bytes;
    }

    /// Opens an element among the bytes that were passed over.
    pub(super) fn enter(&mut self, (tag, name): Opened<'a>, attributes: &'a [u8]) {
        self.attributes = attributes;
        self.open.push((tag, name));
    }

    /// Closes one.
    pub(super) fn leave(&mut self) -> Tag {
        self.close()
    }

    /// Where the name of the element just opened begins in the part.
    pub(super) fn name_at(&self) -> usize {
        (self.name().as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize)
    }

    /// Local name of the element just opened.
    pub(super) fn local_name(&self) -> &'a [u8] {
        names::split(self.name()).1
    }

    /// The attributes of the element just opened, as written.
    pub(super) fn raw_attributes(&self) -> &'a [u8] {
        self.attributes
    }

    /// The attribute of this local name of the element just opened.
    pub(super) fn attribute(&self, local: &[u8]) -> Option<Cow<'a, str>> {
        attribute(self.attributes, local)
    }

    fn broken(&self, what: impl Into<Words>) -> Stop {
        Stop::Broken { what: what.into(), at: self.position() }
    }

    /// Passes over the rest of the element just opened, its end included.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        self.skip_to(self.open.len() - 1)
    }

    /// Passes over everything up to the end that leaves `depth` elements open.
    pub(super) fn skip_to(&mut self, depth: usize) -> Result<(), Stop> {
        while self.open.len() > depth {
            if let Event::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// Passes over an element that is likely short and flat, its end included.
    pub(super) fn skip_flat(&mut self) -> Result<(), Stop> {
        if !self.empty && self.hop(&mut |_, _, _| Some(())).is_some() {
            self.next()?;
            return Ok(());
        }
        self.skip()
    }

    /// Shows every child of the element of properties just opened, at any depth but for records of
    /// former properties, to `visit(namespace, local name, attributes)`; reads its end.
    pub(super) fn properties<T: Default>(&mut self, visit: Visit<'a, T>) -> Result<T, Stop> {
        match self.hopped(visit) {
            Some(properties) => {
                self.next()?;
                Ok(properties)
            }
            None => self.walked(visit),
        }
    }

    /// The same where such an element has likely been read before, byte for byte.
    pub(super) fn known_properties<T: Default + Clone>(
        &mut self,
        known: &mut Known<'a, T>,
        visit: Visit<'a, T>,
    ) -> Result<T, Stop> {
        let (from, name, version) = (self.position(), self.name(), self.bindings.version());
        if let Some(known) = known.find(&self.source[from..], name, version).filter(|_| !self.empty) {
            self.tokens.at += known.raw.len();
            self.close();
            return Ok(known.properties.clone());
        }
        match self.hopped(visit) {
            Some(properties) => {
                self.next()?;
                known.keep(Same {
                    raw: &self.source[from..self.position()],
                    name,
                    version,
                    properties: properties.clone(),
                });
                Ok(properties)
            }
            None => self.walked(visit),
        }
    }

    /// The properties, read up to the end tag, if nothing in them needs a real parser.
    fn hopped<T: Default>(&mut self, visit: Visit<'a, T>) -> Option<T> {
        let mut properties = T::default();
        if self.empty {
            return None;
        }
        self.hop(&mut |ns, local, attributes| {
            visit(&mut properties, ns, local, attributes);
            (!is_former(local)).then_some(())
        })?;
        Some(properties)
    }

    /// The properties, event by event.
    fn walked<T: Default>(&mut self, visit: Visit<'a, T>) -> Result<T, Stop> {
        let mut properties = T::default();
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            if let Event::Open(_) = self.next()? {
                let (prefix, local) = names::split(self.name());
                if is_former(local) {
                    self.skip()?;
                } else {
                    visit(&mut properties, self.bindings.resolve(prefix), local, self.attributes);
                }
            }
        }
        Ok(properties)
    }

    /// Moves to the end tag of the element just opened, showing each tag on the way, if nothing
    /// on the way needs a real parser: comments, CDATA, an element of the same name, a declaration.
    fn hop(&mut self, show: &mut dyn FnMut(Ns, &'a [u8], &'a [u8]) -> Option<()>) -> Option<()> {
        let (from, own) = (self.position(), self.name());
        let window = &self.source[from..self.source.len().min(from + HOP_BYTES)];
        for at in memchr::memchr_iter(b'<', window) {
            let tag = &window[at + 1..];
            match tag.first()? {
                b'!' | b'?' => return None,
                b'/' => {
                    let (name, rest) = tag[1..].split_at_checked(own.len())?;
                    if matches!(rest.first(), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')) && same(name, own) {
                        if may_declare(&window[..at]) {
                            return None;
                        }
                        self.tokens.at = from + at;
                        return Some(());
                    }
                }
                _ => {
                    let length =
                        tag.iter().position(|byte| matches!(byte, b' ' | b'/' | b'>' | b'\t' | b'\r' | b'\n'))?;
                    let (name, rest) = tag.split_at(length);
                    if same(name, own) {
                        return None;
                    }
                    let (prefix, local) = names::split(name);
                    show(self.bindings.resolve(prefix), local, rest)?;
                }
            }
        }
        None
    }

    /// Appends the characters of the element just opened, reads its end. What stands in it
    /// besides characters is passed over.
    pub(super) fn text(&mut self, out: &mut String) -> Result<(), Stop> {
        if self.empty {
            self.next()?;
            return Ok(());
        }
        let outside = self.open.len() - 1;
        // Nearly always there is nothing but characters up to the end tag.
        out.push_str(self.tokens.characters());
        loop {
            match self.next()? {
                Event::Text(text) => out.push_str(&text),
                Event::Open(_) => self.skip()?,
                Event::Close(_) | Event::End if self.open.len() <= outside => return Ok(()),
                Event::Close(_) | Event::End => {}
            }
        }
    }
}

/// Whether bytes of tags may declare a prefix. Hardly a tag but the first has the letter.
#[inline]
fn may_declare(tags: &[u8]) -> bool {
    memchr::memchr_iter(b'x', tags).any(|at| tags[at..].starts_with(b"xmlns"))
}

/// Whether an element records properties as they were before a tracked change.
fn is_former(local: &[u8]) -> bool {
    local.ends_with(b"PrChange")
}

/// Whether a switch such as `<w:vanish w:val="0"/>` is on; on where nothing is said.
pub(super) fn switch(attributes: &[u8]) -> bool {
    !matches!(raw_attribute(attributes, b"val"), Some(b"0" | b"false" | b"off"))
}

#[cfg(test)]
pub(super) mod second_opinion;
