//! Bytes of an XML part → UTF-8. Nearly every part is UTF-8 already and stays where it is.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Where an XML declaration must end.
const DECLARATION: usize = 256;

/// A part as UTF-8, unless it lies about its encoding.
pub(in crate::ingest) struct Decoded<'a> {
    pub(in crate::ingest) text: Cow<'a, [u8]>,
    /// The encoding it was decoded from, and how many places were no text in it.
    pub(in crate::ingest) undecodable: Option<(&'static str, usize)>,
}

pub(in crate::ingest) fn decoded(bytes: &[u8]) -> Decoded<'_> {
    match encoding(bytes) {
        None => Decoded { text: Cow::Borrowed(bytes), undecodable: None },
        Some(encoding) => {
            let (text, encoding, wrong) = encoding.decode(bytes);
            let places = if wrong { memmem::find_iter(text.as_bytes(), REPLACEMENT).count() } else { 0 };
            let undecodable = wrong.then_some((encoding.name(), places));
            Decoded { text: Cow::Owned(text.into_owned().into_bytes()), undecodable }
        }
    }
}

pub(in crate::ingest) fn decoded_cow(bytes: Cow<'_, [u8]>) -> Decoded<'_> {
    match bytes {
        Cow::Borrowed(bytes) => decoded(bytes),
        Cow::Owned(bytes) if encoding(&bytes).is_none() => Decoded { text: Cow::Owned(bytes), undecodable: None },
        Cow::Owned(bytes) => {
            let Decoded { text, undecodable } = decoded(&bytes);
            Decoded { text: Cow::Owned(text.into_owned()), undecodable }
        }
    }
}

const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// UTF-8 with every byte that is no text replaced, and how many places that were.
pub(in crate::ingest) fn repaired(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut text = Vec::with_capacity(bytes.len() + 64);
    let mut places = 0;
    for chunk in bytes.utf8_chunks() {
        text.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            places += 1;
            text.extend_from_slice(REPLACEMENT);
        }
    }
    (text, places)
}

/// The encoding to decode from; `None` for UTF-8 and whatever is not known.
fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|&encoding| encoding != UTF_8);
    }
    match bytes {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(declaration, b"?>")?];
    let label = super::raw_attribute(declaration, b"encoding")?;
    // UTF-16 that begins with a plain `<` is a part that lies: it was converted and not relabelled.
    Encoding::for_label(label).filter(|&encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings_are_decoded() {
        let gbk = b"<?xml version='1.0' encoding='gb2312'?><a>\xd6\xd0</a>";
        assert!(decoded(gbk).text.ends_with("<a>中</a>".as_bytes()));
        assert!(matches!(decoded("<?xml version='1.0' encoding='UTF-8'?><a/>".as_bytes()).text, Cow::Borrowed(_)));
    }

    #[test]
    fn bytes_that_are_no_text_are_counted() {
        assert_eq!(repaired(b"a\xffb\xfe\xfe"), ("a\u{fffd}b\u{fffd}\u{fffd}".as_bytes().to_vec(), 3));
    }
}
