//! MHTML: the pages in a MIME message (RFC 2045, 2557), decoded.

use memchr::memmem;

use crate::finding::Words;
use crate::ingest::{Error, Limits};

/// Messages within messages. Browsers write one level, mail programs two.
const NESTED: usize = 8;

const CUT: (&str, &str) = ("the archive ends before its last part does", "归档在最后一个部分结束之前中断");
const NO_PAGE: (&str, &str) = ("a MIME message without a page", "MIME 邮件中没有网页");

/// A page's bytes.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// The charset that its header states.
    pub(super) label: Option<Vec<u8>>,
    id: String,
}

impl Page {
    /// A file that is the page itself.
    pub(super) fn of_file(bytes: &[u8]) -> Self {
        Page { bytes: bytes.to_vec(), ..Page::default() }
    }
}

/// The pages of a message.
pub(super) struct Archive {
    /// The one to be shown first, then the others in their order.
    pub(super) pages: Vec<Page>,
    /// Why the message cannot be whole, if so.
    pub(super) broken: Option<Words>,
}

/// Takes a message apart.
///
/// # Errors
/// [`Error::Damaged`] where it holds no page, [`Error::Limit`] where it has too many parts.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Archive, Error> {
    let mut archive = Archive { pages: Vec::new(), broken: None };
    let mut start = None;
    let mut entries = 0;
    // What stands before a header would end it before it begins.
    let mut todo = vec![(bytes.trim_ascii_start(), 0)];
    while let Some((bytes, nested)) = todo.pop() {
        entries += 1;
        if entries > limits.entries {
            return Err(Error::limit("entries", limits.entries, entries));
        }
        let entity = Entity::of(bytes);
        if entity.kind == "text/html" || entity.kind == "application/xhtml+xml" {
            archive.pages.push(entity.page());
        } else if let Some(boundary) = entity.parameter("boundary").filter(|_| nested < NESTED) {
            start = start.or_else(|| entity.parameter("start").map(str::to_owned));
            let (parts, closed) = split(entity.body, boundary);
            if !closed {
                archive.broken = Some(CUT.into());
            }
            todo.extend(parts.into_iter().rev().map(|part| (part, nested + 1)));
        }
    }
    if let Some(at) = start.and_then(|start| archive.pages.iter().position(|page| page.id == start)) {
        archive.pages[..=at].rotate_right(1);
    }
    if archive.pages.is_empty() {
        let what = archive.broken.unwrap_or_else(|| NO_PAGE.into());
        return Err(Error::Damaged { reader: super::READER.name, what });
    }
    Ok(archive)
}

/// A part of a message: what its header says, and its body.
struct Entity<'b> {
    /// The type, in small letters.
    kind: String,
    parameters: Vec<(String, String)>,
    encoding: String,
    id: String,
    body: &'b [u8],
}

impl<'b> Entity<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        let (head, body) = head_and_body(bytes);
        let head = String::from_utf8_lossy(head);
        let content_type = field(&head, "content-type").unwrap_or_default();
        let mut parts = content_type.split(';');
        let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameter = |part: &str| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
        };
        let parameters = parts.filter_map(parameter).collect();
        let encoding = field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let id = field(&head, "content-id").unwrap_or_default();
        Entity { kind, parameters, encoding, id, body }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn page(&self) -> Page {
        let bytes = match self.encoding.as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        };
        let label = self.parameter("charset").map(|label| label.as_bytes().to_vec());
        Page { bytes, label, id: self.id.clone() }
    }
}

/// A header ends with the first empty line.
fn head_and_body(bytes: &[u8]) -> (&[u8], &[u8]) {
    let ends = [&b"\r\n\r\n"[..], &b"\n\n"[..], &b"\r\r"[..]];
    let found = ends.iter().filter_map(|end| memmem::find(bytes, end).map(|at| (at, at + end.len()))).min();
    found.map_or((bytes, &[]), |(end, begin)| (&bytes[..end], &bytes[begin..]))
}

/// The value of a header's field, its continued lines joined.
fn field(head: &str, name: &str) -> Option<String> {
    let mut lines = head.split(['\n', '\r']).filter(|line| !line.is_empty());
    let named = |line: &&str| line.split_once(':').is_some_and(|(known, _)| known.trim().eq_ignore_ascii_case(name));
    let first = lines.by_ref().find(named)?;
    let mut value = first.split_once(':').map_or("", |(_, value)| value).trim().to_owned();
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(line.trim());
    }
    Some(value)
}

/// The parts between the boundary's lines, and whether its last line is there.
fn split<'b>(body: &'b [u8], boundary: &str) -> (Vec<&'b [u8]>, bool) {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut begin: Option<usize> = None;
    for at in memmem::find_iter(body, mark.as_bytes()) {
        let after = &body[at + mark.len()..];
        let starts_line = at == 0 || body[at - 1] == b'\n' || body[at - 1] == b'\r';
        let ends = after.starts_with(b"--");
        if !starts_line || !(ends || after.first().is_none_or(u8::is_ascii_whitespace)) {
            continue;
        }
        if let Some(begin) = begin {
            parts.push(&body[begin..at]);
        }
        if ends {
            return (parts, true);
        }
        let line = memchr::memchr(b'\n', after).map_or(after.len(), |end| end + 1);
        begin = Some(at + mark.len() + line);
    }
    parts.extend(begin.map(|begin| &body[begin..]));
    (parts, false)
}

/// Decodes quoted-printable text; what is no code stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match rest {
            [b' ' | b'\t' | b'\r' | b'\n', ..] => rest = after_line(rest),
            [high, low, after @ ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'='),
            },
            _ => out.push(b'='),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// What follows the end of a line; mail programs leave blanks before it (RFC 2045, 6.7, rule 3).
fn after_line(rest: &[u8]) -> &[u8] {
    let text = rest.trim_ascii_start();
    let blank = &rest[..rest.len() - text.len()];
    memchr::memchr(b'\n', blank).map_or(text, |end| &rest[end + 1..])
}

/// Decodes base64; what is none of its characters is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_joins_its_lines_and_keeps_what_is_no_code() {
        assert_eq!(quoted_printable(b"=D6=d0 a=\r\nb=\nc=3"), b"\xd6\xd0 abc=3");
        assert_eq!(quoted_printable(b"1=zz2="), b"1=zz2=");
        assert_eq!(quoted_printable(b"a= \t\r\n b= c"), b"a bc");
    }

    #[test]
    fn base64_passes_over_line_ends_and_padding() {
        assert_eq!(base64(b"PHA+\r\n5Lit\r\nPC8="), "<p>中</".as_bytes());
    }

    #[test]
    fn parts_stand_between_lines_of_the_boundary() {
        let (parts, closed) = split(b"x\n--b\nH: 1\n\none --b\n--b\n\ntwo\n--b--\nz", "b");
        assert_eq!(parts, [&b"H: 1\n\none --b\n"[..], &b"\ntwo\n"[..]]);
        assert!(closed);
        assert!(!split(b"--b\n\none", "b").1);
    }

    #[test]
    fn fields_go_on_in_lines_that_begin_with_a_blank() {
        let head = "Content-Type: multipart/related;\r\n\tboundary=\"x y\"\r\nB: 2";
        assert_eq!(field(head, "content-type").as_deref(), Some("multipart/related; boundary=\"x y\""));
        assert_eq!(field(head, "b").as_deref(), Some("2"));
    }
}
