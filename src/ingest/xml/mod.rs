//! What every format made of XML parts needs: bytes → UTF-8 (`decode`), UTF-8 → `tokens`, and
//! the attributes of a tag. Which names mean what is the business of each format.

pub(super) mod decode;
pub(super) mod part;
pub(super) mod tokens;

use std::borrow::Cow;

use super::Error;
use crate::finding::Words;

/// Why reading a part stops before its end.
#[derive(Debug)]
pub(in crate::ingest) enum Stop {
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

/// Prefix and local part of a name.
#[inline]
pub(in crate::ingest) fn split(name: &[u8]) -> (&[u8], &[u8]) {
    match name.iter().position(|&byte| byte == b':') {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => (&name[..0], name),
    }
}

/// Whether two names are the same. Names have few bytes: looking at each is quicker than a call that compares many.
#[inline]
pub(in crate::ingest) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
}

/// Names and raw values of the attributes of a tag; ends at the tag's end or at the first slip.
pub(in crate::ingest) struct Attributes<'a>(&'a [u8]);

impl<'a> Attributes<'a> {
    pub(in crate::ingest) fn new(raw: &'a [u8]) -> Self {
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
pub(in crate::ingest) fn raw_attribute<'a>(attributes: &'a [u8], local: &[u8]) -> Option<&'a [u8]> {
    Attributes::new(attributes).find(|(name, _)| split(name).1 == local).map(|(_, value)| value)
}

/// The value of the attribute of this local name, with references resolved.
pub(in crate::ingest) fn attribute<'a>(attributes: &'a [u8], local: &[u8]) -> Option<Cow<'a, str>> {
    let value = String::from_utf8_lossy(raw_attribute(attributes, local)?);
    if !value.contains('&') {
        return Some(value);
    }
    let unescaped = quick_xml::escape::unescape(&value).map(Cow::into_owned);
    Some(unescaped.map_or(value, Cow::Owned))
}

/// A whole number; one that is too large is the largest.
pub(in crate::ingest) fn number(raw: &[u8]) -> Option<u32> {
    let digits = raw.trim_ascii();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0'))))
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
