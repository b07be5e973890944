//! What quick-xml leaves to its users: encodings, attributes by local name, namespaces.

use quick_xml::events::BytesStart;

/// The text of a part, whatever its encoding: by its byte-order mark, else by its declaration.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = declared(&bytes) {
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The encoding of an XML declaration; UTF-16 without a mark is told by its zero bytes.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [b'<', 0, ..] => return Some(encoding_rs::UTF_16LE),
        [0, b'<', ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(200)];
    let head = std::str::from_utf8(head).unwrap_or("");
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let after = &declaration[declaration.find("encoding")? + "encoding".len()..];
    let name = after.trim_start_matches(['=', ' ', '"', '\'']).split(['"', '\'']).next()?;
    encoding_rs::Encoding::for_label(name.as_bytes())
        .filter(|encoding| *encoding != encoding_rs::UTF_8 && !encoding.name().starts_with("UTF-16"))
}

/// An attribute by its local name, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.value.as_ref();
    Some(if value.contains('&') { unescaped(value) } else { value.to_owned() })
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// A number attribute; an absurd one saturates.
pub(super) fn number(tag: &BytesStart, name: &str) -> Option<u32> {
    let text = attribute(tag, name)?;
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(number) => Some(number),
        Err(_) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => Some(u32::MAX),
        Err(_) => None,
    }
}

/// Word's on/off attribute: a tag without `val` is on.
pub(super) fn is_on(tag: &BytesStart) -> bool {
    attribute(tag, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

/// Which prefixes stand for WordprocessingML, transitional or strict.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    prefixes: Vec<(String, bool)>,
}

const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

impl Namespaces {
    /// Takes in the declarations of a tag. A prefix keeps its last meaning: Word's own files
    /// never give one prefix two.
    pub fn declare(&mut self, tag: &BytesStart) {
        if !tag.contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let word = WORD.contains(&attribute.value.as_ref());
            match self.prefixes.iter_mut().find(|(known, _)| known == prefix) {
                Some(known) => known.1 = word,
                None => self.prefixes.push((prefix.to_owned(), word)),
            }
        }
    }

    /// Whether a prefix stands for WordprocessingML. A file that declares nothing is taken at its word.
    pub fn is_word(&self, prefix: &str) -> bool {
        match self.prefixes.iter().find(|(known, _)| known == prefix) {
            Some((_, word)) => *word,
            None => prefix == "w",
        }
    }
}
