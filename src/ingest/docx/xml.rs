//! XML events with names resolved: a thin layer over quick-xml.
//!
//! It borrows everything from the bytes, keeps the open elements on a stack of its own (bounded),
//! and can pass over an element of properties without an event for each of its children, which
//! is half of what Word writes. Entities of the document's own are never expanded.

use std::borrow::Cow;

use memchr::memmem::Finder;
use quick_xml::events::Event as Raw;
use quick_xml::reader::Reader;

use super::names::{self, Bindings, Ns, Tag};
use crate::finding::Words;
use crate::ingest::Error;

/// Bytes of an element of properties that are looked at ahead. Longer ones take the slow way, so
/// that many unclosed ones cannot make the look-ahead expensive.
const HOP_BYTES: usize = 16 << 10;

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

/// Why reading a part stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// It breaks off or is not XML from there on.
    Broken {
        /// What was met.
        what: Words,
        /// Byte of the part, from 0.
        at: usize,
    },
    /// Its bytes are not UTF-8.
    NotUtf8,
    /// It passes a limit.
    Limit(Error),
}

/// Reads events from one part.
pub(super) struct Scanner<'a> {
    source: &'a [u8],
    reader: Reader<&'a [u8]>,
    bindings: Bindings<'a>,
    open: Vec<Tag>,
    /// The element just opened is empty and still to be closed.
    empty: bool,
    name: &'a [u8],
    attributes: &'a [u8],
    depth_limit: usize,
    xmlns: Finder<'static>,
    /// Where the next declaration of a prefix may stand.
    next_xmlns: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: &'a [u8], bindings: Bindings<'a>, depth_limit: usize) -> Self {
        let mut reader = Reader::from_reader(source);
        // A bare `&` is a common slip of programs that write XML by hand, and harmless.
        reader.config_mut().allow_dangling_amp = true;
        let xmlns = Finder::new(b"xmlns");
        let next_xmlns = xmlns.find(source).unwrap_or(usize::MAX);
        let open = Vec::with_capacity(32);
        let (name, attributes) = (&source[..0], &source[..0]);
        Scanner { source, reader, bindings, open, empty: false, name, attributes, depth_limit, xmlns, next_xmlns }
    }

    /// The next event.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Event<'a>, Stop> {
        if self.empty {
            self.empty = false;
            return Ok(Event::Close(self.close()));
        }
        loop {
            let event = self.reader.read_event();
            return match event {
                Ok(Raw::Start(tag)) => self.start(tag.len(), tag.name().into_inner().len(), false),
                Ok(Raw::Empty(tag)) => self.start(tag.len(), tag.name().into_inner().len(), true),
                Ok(Raw::End(_)) => Ok(Event::Close(self.close())),
                Ok(Raw::Text(text)) => Ok(Event::Text(text.into_inner())),
                Ok(Raw::CData(text)) => Ok(Event::Text(text.into_inner())),
                Ok(Raw::GeneralRef(reference)) => Ok(Event::Text(Cow::Owned(resolved(&reference)))),
                Ok(Raw::Eof) if self.open.is_empty() => Ok(Event::End),
                Ok(Raw::Eof) => Err(self.broken(("it ends inside an element", "在元素中间结束"))),
                Ok(Raw::Decl(_) | Raw::PI(_) | Raw::Comment(_) | Raw::DocType(_)) => continue,
                Err(quick_xml::Error::Encoding(_)) => Err(Stop::NotUtf8),
                Err(error) => Err(self.broken(Words::new(error.to_string(), in_chinese(&error)))),
            };
        }
    }

    #[inline]
    fn start(&mut self, length: usize, name: usize, empty: bool) -> Result<Event<'a>, Stop> {
        let end = self.position() - 1 - usize::from(empty);
        let (name, attributes) = self.source[end - length..end].split_at(name);
        (self.name, self.attributes, self.empty) = (name, attributes, empty);
        if end > self.next_xmlns {
            self.declare(end)?;
        }
        let (prefix, local) = names::split(name);
        let tag = names::tag(self.bindings.resolve(prefix), local);
        if self.open.len() >= self.depth_limit {
            return Err(Stop::Limit(Error::limit("depth", self.depth_limit, self.open.len() + 1)));
        }
        self.open.push(tag);
        Ok(Event::Open(tag))
    }

    fn declare(&mut self, end: usize) -> Result<(), Stop> {
        if !self.bindings.declare(self.attributes, self.open.len() + 1) {
            return Err(self.broken(("more namespace prefixes than any document needs", "命名空间前缀过多")));
        }
        self.next_xmlns = self.xmlns.find(&self.source[end..]).map_or(usize::MAX, |at| end + at);
        Ok(())
    }

    #[inline]
    fn close(&mut self) -> Tag {
        // quick-xml has checked that every end has its beginning.
        let tag = self.open.pop().unwrap_or(Tag::Other);
        self.bindings.leave(self.open.len());
        tag
    }

    /// Bytes read so far.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.source.len() - self.reader.get_ref().len()
    }

    /// Elements open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Local name of the element just opened.
    pub(super) fn local_name(&self) -> &'a [u8] {
        names::split(self.name).1
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
    pub(super) fn properties<T: Default>(&mut self, visit: fn(&mut T, Ns, &'a [u8], &'a [u8])) -> Result<T, Stop> {
        let mut properties = T::default();
        if self.empty {
            self.next()?;
            return Ok(properties);
        }
        let hopped = self.hop(&mut |ns, local, attributes| {
            visit(&mut properties, ns, local, attributes);
            (!is_former(local)).then_some(())
        });
        if hopped.is_some() {
            self.next()?;
            return Ok(properties);
        }
        properties = T::default();
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            if let Event::Open(_) = self.next()? {
                let (prefix, local) = names::split(self.name);
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
        let from = self.position();
        let window = &self.source[from..self.source.len().min(from + HOP_BYTES)];
        for at in memchr::memchr_iter(b'<', window) {
            let tag = &window[at + 1..];
            match tag.first()? {
                b'!' | b'?' => return None,
                b'/' => {
                    let rest = tag[1..].strip_prefix(self.name);
                    if rest.is_some_and(|rest| matches!(rest.first(), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n'))) {
                        if from + at > self.next_xmlns {
                            return None;
                        }
                        *self.reader.get_mut() = &self.source[from + at..];
                        return Some(());
                    }
                }
                _ => {
                    let length =
                        tag.iter().position(|byte| matches!(byte, b' ' | b'/' | b'>' | b'\t' | b'\r' | b'\n'))?;
                    let (name, rest) = tag.split_at(length);
                    if name == self.name {
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
        let rest = &self.source[self.position()..];
        // Nearly always there is nothing but characters up to the end tag.
        if let Some(end) = memchr::memchr2(b'<', b'&', rest)
            && rest[end] == b'<'
        {
            out.push_str(std::str::from_utf8(&rest[..end]).map_err(|_| Stop::NotUtf8)?);
            *self.reader.get_mut() = &rest[end..];
        }
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

/// The parser's complaint in Chinese, in general terms.
fn in_chinese(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Syntax(_) => "标记不完整",
        quick_xml::Error::IllFormed(_) => "标签不配对",
        _ => "不是正确的 XML",
    }
}

/// Whether an element records properties as they were before a tracked change.
fn is_former(local: &[u8]) -> bool {
    local.ends_with(b"PrChange")
}

/// The characters of a reference. One that is not XML's own stays as it is written.
fn resolved(reference: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return char.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_xml_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// Names and raw values of the attributes of a tag; ends at the tag's end or at the first slip.
pub(super) struct Attributes<'a>(&'a [u8]);

impl<'a> Attributes<'a> {
    pub(super) fn new(raw: &'a [u8]) -> Self {
        Attributes(raw)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let raw = self.0.trim_ascii_start();
        let equals = raw.iter().position(|byte| matches!(byte, b'=' | b'>' | b'<'))?;
        if raw[equals] != b'=' {
            return None;
        }
        let name = raw[..equals].trim_ascii_end();
        let value = raw[equals + 1..].trim_ascii_start();
        let quote = *value.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
        let end = memchr::memchr(quote, &value[1..])? + 1;
        self.0 = &value[end + 1..];
        Some((name, &value[1..end]))
    }
}

/// The raw value of the attribute of this local name, whatever its prefix.
#[inline]
pub(super) fn raw_attribute<'a>(attributes: &'a [u8], local: &[u8]) -> Option<&'a [u8]> {
    Attributes::new(attributes).find(|(name, _)| names::split(name).1 == local).map(|(_, value)| value)
}

/// The value of the attribute of this local name, with references resolved.
pub(super) fn attribute<'a>(attributes: &'a [u8], local: &[u8]) -> Option<Cow<'a, str>> {
    let value = String::from_utf8_lossy(raw_attribute(attributes, local)?);
    if !value.contains('&') {
        return Some(value);
    }
    let unescaped = quick_xml::escape::unescape(&value).map(Cow::into_owned);
    Some(unescaped.map_or(value, Cow::Owned))
}

/// A whole number; one that is too large is the largest.
pub(super) fn number(raw: &[u8]) -> Option<u32> {
    let digits = raw.trim_ascii();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0'))))
}

/// Whether a switch such as `<w:vanish w:val="0"/>` is on; on where nothing is said.
pub(super) fn switch(attributes: &[u8]) -> bool {
    !matches!(raw_attribute(attributes, b"val"), Some(b"0" | b"false" | b"off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_end_where_the_tag_ends() {
        let found: Vec<_> = Attributes::new(b" a = '1' w:b=\"x>y\"/><w:c d=\"2\">").collect();
        assert_eq!(found, [(&b"a"[..], &b"1"[..]), (b"w:b", b"x>y")]);
    }

    #[test]
    fn numbers_saturate_and_nothing_else_is_a_number() {
        assert_eq!(number(b" 12 "), Some(12));
        assert_eq!(number(b"99999999999999999999"), Some(u32::MAX));
        assert_eq!(number(b"-1"), None);
        assert_eq!(number(b""), None);
    }
}
