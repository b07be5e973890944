//! Which bytes are a web page, and what a page's first bytes say about it.

use memchr::memmem;

use crate::finding::Words;
use crate::ingest::charset;

/// What holds the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The file is the page.
    Page,
    /// The file is text with tables of HTML in it.
    Lines,
    /// The file is an archive of a page and what belongs to it (MHTML).
    Archive,
}

/// How much of a file is looked at; Word's and Excel's style sheets come after the first tags.
const HEAD: usize = 16 << 10;

const NO_TAG: (&str, &str) = ("no tag of a page in its first 16 KiB", "开头部分没有网页标签");

/// How far into a page its charset is stated: the standard says 1024, pages with scripts in their
/// head say otherwise.
const LABEL_WITHIN: usize = 64 << 10;

/// Tags that only a whole page has.
const WHOLE: &[&str] = &["!doctype html", "html", "head", "body"];

/// Tags that a page, or a part of one, may begin with.
const FIRST: &[&str] = &[
    "table",
    "div",
    "p",
    "span",
    "center",
    "font",
    "meta",
    "title",
    "style",
    "link",
    "script",
    "base",
    "section",
    "article",
    "main",
    "header",
    "nav",
    "form",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "hr",
    "b",
    "strong",
    "a",
    "img",
    "pre",
    "blockquote",
    "frameset",
    "tr",
    "td",
    "tbody",
];

/// The shape of a file, or why it is no page.
pub(super) fn shape(bytes: &[u8]) -> Result<Shape, Words> {
    // What else the bytes are, the reader of text says.
    let head = charset::head(&bytes[..bytes.len().min(HEAD)]).map_err(|_| NO_TAG)?;
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase();
    if is_archive(&head) {
        return Ok(Shape::Archive);
    }
    if let Some(root) = xml_root(&head) {
        let known = WHOLE.contains(&root) || FIRST.contains(&root);
        return if known {
            Ok(Shape::Page)
        } else {
            Err(Words::new(format!("XML of <{root}>"), format!("根元素为 <{root}> 的 XML")))
        };
    }
    let has = |names: &[&str]| tags(&head).any(|tag| names.contains(&tag));
    if has(WHOLE) {
        return Ok(Shape::Page);
    }
    let begins = head.starts_with('<') && tags(&head).next().is_some_and(|tag| FIRST.contains(&tag));
    match (begins, has(&["table"])) {
        (true, _) => Ok(Shape::Page),
        (false, true) => Ok(Shape::Lines),
        (false, false) => Err(NO_TAG.into()),
    }
}

/// Names of the tags in a text, in order; comments and what only looks like tags left out.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|rest| {
        if rest.starts_with("!doctype html") {
            return Some(&rest[..13]);
        }
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let ends = rest[name.len()..].starts_with(['>', '/', ' ', '\t', '\r', '\n']);
        (!name.is_empty() && ends).then_some(name)
    })
}

/// The name of the first element of an XML file; `None` if it is no XML file.
fn xml_root(head: &str) -> Option<&str> {
    let mut rest = head.strip_prefix("<?xml")?;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        if rest.starts_with("!doctype html") {
            return Some("html");
        }
        if rest.starts_with("!--") {
            rest = &rest[rest.find("-->")?..];
        } else if !rest.starts_with(['!', '?', '/']) {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
            return Some(&rest[..end]);
        }
    }
}

/// Whether a text begins with the header of a MIME message that holds a page.
fn is_archive(head: &str) -> bool {
    let header = head.split("\n\n").next().unwrap_or_default();
    let header = header.split("\r\n\r\n").next().unwrap_or_default();
    let named =
        |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(['<', ' ']));
    named(header.lines().next().unwrap_or_default())
        && header.contains("mime-version:")
        && ["multipart/related", "multipart/alternative", "multipart/mixed", "text/html"]
            .iter()
            .any(|kind| header.contains(kind))
}

/// The charset that a page says it is in: in a `meta` tag outside of comments, or as XML.
pub(super) fn label(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    let stated = |tag: &'_ [u8], key: &[u8]| {
        let lower = tag.to_ascii_lowercase();
        memmem::find_iter(&lower, key).map(|at| at + key.len()).collect::<Vec<_>>()
    };
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            rest = memmem::find(rest, b"-->").map_or(&[][..], |end| &rest[end..]);
            continue;
        }
        let named = |name: &[u8]| rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        let key: &[u8] = match () {
            () if named(b"meta") => b"charset",
            () if named(b"?xml") => b"encoding",
            () => continue,
        };
        let tag = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
        if let Some(label) = stated(tag, key).into_iter().find_map(|at| value(&tag[at..])) {
            return Some(label);
        }
    }
    None
}

/// `="gb2312"`, `=gb2312"`.
fn value(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)).count();
    (length > 0).then(|| &rest[..length])
}

/// How far into a page its maker is stated: in its first tag, after comments.
const MAKER_WITHIN: usize = 4096;

/// What [`maker`] calls Excel.
pub(super) const EXCEL: &str = "Excel";

/// The program that saved the page, if it says so.
pub(super) fn maker(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(MAKER_WITHIN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text.as_bytes()[..end];
    let marks: [(&[u8], &str); 2] =
        [(b"urn:schemas-microsoft-com:office:excel", EXCEL), (b"urn:schemas-microsoft-com:office:word", "Word")];
    marks.iter().find(|(mark, _)| memmem::find(head, mark).is_some()).map(|(_, maker)| *maker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found_however_they_are_written() {
        let cases: [(&str, Option<&str>); 9] = [
            ("<meta charset=\"gb2312\">", Some("gb2312")),
            ("<META http-equiv=Content-Type content='text/html; Charset=GBK'>", Some("GBK")),
            ("<meta charset = utf-8>", Some("utf-8")),
            ("<?xml version='1.0' encoding='gb18030'?><html>", Some("gb18030")),
            ("<script src=a.js></script>charset", None),
            ("<p>", None),
            ("<!-- <meta charset=big5> --><meta charset=gbk>", Some("gbk")),
            ("<script charset=utf-8 src=a.js></script><meta name=a><meta charset='gbk'>", Some("gbk")),
            ("<?xml version='1.0'?><meta charset=gbk", Some("gbk")),
        ];
        for (text, wanted) in cases {
            assert_eq!(label(text.as_bytes()), wanted.map(str::as_bytes), "{text}");
        }
    }
}
