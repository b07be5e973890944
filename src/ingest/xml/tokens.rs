//! XML cut into tokens.
//!
//! Tags and plain characters, which are nearly everything, are found by looking at the bytes
//! here; whatever is rarer (comments, references, declarations, anything malformed) is left to
//! quick-xml. That both say the same of every file is tested. Names are not matched here.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, Event as Raw};
use quick_xml::reader::Reader;

use super::Stop;
use crate::finding::Words;

/// What the bytes of a part are made of.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Token<'a> {
    /// `<name attributes>`, or with a slash at its end.
    Start { name: &'a [u8], attributes: &'a [u8], empty: bool },
    /// `</name>`
    End { name: &'a [u8] },
    /// Characters, references resolved.
    Text(Cow<'a, str>),
    /// Nothing more.
    Eof,
}

/// Reads tokens from one part.
pub(in crate::ingest) struct Tokens<'a> {
    source: &'a str,
    /// Bytes read so far.
    pub(in crate::ingest) at: usize,
    /// The part goes on after `source`, but not as UTF-8.
    cut: bool,
}

impl<'a> Tokens<'a> {
    /// Reads a part as far as it is UTF-8; there it says [`Stop::NotUtf8`].
    pub(in crate::ingest) fn new(part: &'a [u8]) -> Self {
        let (source, cut) = match simdutf8::compat::from_utf8(part) {
            Ok(source) => (source, false),
            Err(error) => (simdutf8::basic::from_utf8(&part[..error.valid_up_to()]).unwrap_or_default(), true),
        };
        let at = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokens { source, at, cut }
    }

    pub(in crate::ingest) fn source(&self) -> &'a [u8] {
        self.source.as_bytes()
    }

    #[inline]
    pub(in crate::ingest) fn next(&mut self) -> Result<Token<'a>, Stop> {
        let rest = &self.source()[self.at..];
        let common = match rest {
            [b'<', b'/', ..] => self.end(rest),
            [b'<', first, ..] if begins_name(*first) => self.start(rest),
            [b'<' | b'&', ..] | [] => None,
            _ => Some(Token::Text(Cow::Borrowed(self.characters()))),
        };
        match common {
            Some(token) => Ok(token),
            None => self.rare(),
        }
    }

    /// Passes over the end tag of this name, if it comes next and nothing else stands in it. Quotes in a name are
    /// for quick-xml to judge.
    #[inline]
    pub(in crate::ingest) fn ends(&mut self, name: &[u8]) -> bool {
        let tag = self.source()[self.at..].strip_prefix(b"</").and_then(|rest| rest.split_at_checked(name.len()));
        let plain = |byte: &u8| !matches!(byte, b'"' | b'\'');
        let ends = tag.is_some_and(|(written, rest)| {
            rest.first() == Some(&b'>') && written.iter().zip(name).all(|(a, b)| a == b && plain(a))
        });
        if ends {
            self.at += name.len() + 3;
        }
        ends
    }

    /// Passes over the characters up to the next tag or reference.
    pub(in crate::ingest) fn characters(&mut self) -> &'a str {
        let rest = &self.source[self.at..];
        let length = memchr::memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    #[inline]
    fn start(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        let mut at = 1;
        let name = loop {
            match rest.get(at)? {
                b' ' | b'\t' | b'\r' | b'\n' | b'>' => break at,
                b'"' | b'\'' => return None,
                _ => at += 1,
            }
        };
        if rest[at] != b'>' {
            at += tag_end(&rest[at..])?;
        }
        self.at += at + 1;
        let empty = rest[at - 1] == b'/';
        let end = at - usize::from(empty);
        let (name, attributes) = rest[1..end].split_at(name.min(end) - 1);
        Some(Token::Start { name, attributes, empty })
    }

    #[inline]
    fn end(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        let length = rest.iter().position(|&byte| byte == b'>' || byte == b'"' || byte == b'\'')?;
        if rest[length] != b'>' {
            return None;
        }
        self.at += length + 1;
        Some(Token::End { name: rest[2..length].trim_ascii_end() })
    }

    /// Asks quick-xml for the next token.
    #[cold]
    fn rare(&mut self) -> Result<Token<'a>, Stop> {
        let source = self.source();
        let mut reader = Reader::from_reader(&source[self.at..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        // A bare `&` is a common slip of programs that write XML by hand, and harmless.
        config.allow_dangling_amp = true;
        loop {
            let from = self.at;
            let event = reader.read_event();
            self.at = source.len() - reader.get_ref().len();
            return match event {
                Ok(Raw::Start(tag)) => Ok(self.odd_start(from, tag.name().into_inner().len(), false)),
                Ok(Raw::Empty(tag)) => Ok(self.odd_start(from, tag.name().into_inner().len(), true)),
                Ok(Raw::End(_)) => Ok(Token::End { name: source[from + 2..self.at - 1].trim_ascii_end() }),
                Ok(Raw::Text(text)) => Ok(Token::Text(text.into_inner())),
                Ok(Raw::CData(text)) => Ok(Token::Text(text.into_inner())),
                Ok(Raw::GeneralRef(reference)) => Ok(Token::Text(Cow::Owned(resolved(&reference)))),
                Ok(Raw::Decl(_) | Raw::PI(_) | Raw::Comment(_) | Raw::DocType(_)) => continue,
                Ok(Raw::Eof) if !self.cut => Ok(Token::Eof),
                Err(error) if !self.cut => {
                    Err(Stop::Broken { what: Words::new(error.to_string(), in_chinese(&error)), at: self.at })
                }
                Ok(Raw::Eof) | Err(_) => Err(Stop::NotUtf8),
            };
        }
    }

    /// The start tag between `from` and here, with a name of this length.
    fn odd_start(&self, from: usize, name: usize, empty: bool) -> Token<'a> {
        let content = &self.source()[from + 1..self.at - 1 - usize::from(empty)];
        let (name, attributes) = content.split_at(name);
        Token::Start { name, attributes, empty }
    }
}

/// Where the tag ends whose attributes these are, with whatever follows it.
#[inline]
fn tag_end(attributes: &[u8]) -> Option<usize> {
    let first = memchr::memchr(b'>', attributes)?;
    let before = &attributes[..first];
    // Nearly always every quote before the first `>` is closed there.
    let closed = memchr::memchr_iter(b'"', before).count().is_multiple_of(2) && memchr::memchr(b'\'', before).is_none();
    if closed { Some(first) } else { tag_end_behind_quotes(attributes) }
}

/// The same where what is quoted may hold a `>`.
#[cold]
fn tag_end_behind_quotes(attributes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match attributes.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at += memchr::memchr(*quote, &attributes[at + 1..])? + 2,
            _ => at += 1,
        }
    }
}

/// Whether a tag with this first byte is an ordinary one.
fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

/// The characters of a reference. One that is not XML's own stays as it is written.
pub(in crate::ingest) fn resolved(reference: &BytesRef) -> String {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return char.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_xml_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The parser's complaint in Chinese, in general terms.
fn in_chinese(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Syntax(_) => "标记不完整",
        quick_xml::Error::IllFormed(_) => "标签不配对",
        _ => "不是正确的 XML",
    }
}
