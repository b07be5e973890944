//! Tags, comments and text that are written as nearly all are, told without the tokenizer, which goes from character to
//! character through states for what else might come.
//!
//! What is told here gives the token that the tokenizer gives, or nothing: then the tokenizer is asked.

use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{LocalName, QualName, local_name, ns};

/// Attributes of a tag that is told here. Each new one is compared with those before it.
const ATTRIBUTES: usize = 32;

/// References to characters that end with their semicolon, whatever stands behind them.
const REFERENCES: &[(&str, &str)] =
    &[("&nbsp;", "\u{a0}"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")];

/// The tag that begins here and where it ends.
pub(super) fn tag(text: &StrTendril, from: usize) -> Option<(Tag, usize)> {
    let bytes = text.as_bytes();
    let mut at = from + 1;
    let kind = if bytes.get(at) == Some(&b'/') {
        at += 1;
        TagKind::EndTag
    } else {
        TagKind::StartTag
    };
    let name = name(text, at).filter(|name| name.as_bytes()[0].is_ascii_alphabetic())?;
    at += name.len();
    let name = local(name);
    if turns(&name) {
        return None;
    }
    let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
    loop {
        let blanks = blanks(&bytes[at..]);
        at += blanks;
        match bytes.get(at)? {
            b'>' => return Some((tag, at + 1)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => {
                tag.self_closing = true;
                return Some((tag, at + 2));
            }
            _ if blanks == 0 => return None,
            _ => {
                let (attribute, end) = attribute(text, at)?;
                let known = tag.attrs.iter().any(|known| known.name == attribute.name);
                if known || tag.attrs.len() == ATTRIBUTES {
                    return None;
                }
                tag.attrs.push(attribute);
                at = end;
            }
        }
    }
}

/// Whether text is read otherwise after the start of this element, or the tokenizer stops at its end (HTML Standard, 13.2.5
/// and 13.2.6: RCDATA, RAWTEXT, script data, PLAINTEXT).
fn turns(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
    )
}

/// The attribute that begins here and where it ends.
fn attribute(text: &StrTendril, from: usize) -> Option<(Attribute, usize)> {
    let bytes = text.as_bytes();
    let name = name(text, from)?;
    let at = from + name.len();
    let name = QualName::new(None, ns!(), local(name));
    let value = |start: usize, end: usize| {
        let plain = memchr::memchr2(b'&', b'\0', &bytes[start..end]).is_none();
        plain.then(|| text.subtendril(start as u32, (end - start) as u32))
    };
    match bytes.get(at)? {
        b'=' => {
            let (value, end) = match *bytes.get(at + 1)? {
                quote @ (b'"' | b'\'') => {
                    let start = at + 2;
                    let end = start + memchr::memchr(quote, &bytes[start..])?;
                    (value(start, end)?, end + 1)
                }
                _ => {
                    let start = at + 1;
                    let length = bytes[start..].iter().position(|&byte| byte == b'>' || is_blank(byte))?;
                    let unquoted = &bytes[start..start + length];
                    let odd = |byte: &u8| matches!(byte, b'"' | b'\'' | b'<' | b'=' | b'`');
                    if length == 0 || unquoted.iter().any(odd) {
                        return None;
                    }
                    (value(start, start + length)?, start + length)
                }
            };
            Some((Attribute { name, value }, end))
        }
        // Were its value yet to come, a `=` would stand where the next attribute begins.
        &byte if is_blank(byte) || matches!(byte, b'>' | b'/') => {
            Some((Attribute { name, value: StrTendril::new() }, at))
        }
        _ => None,
    }
}

/// The text of the comment that begins here and where it ends.
pub(super) fn comment(text: &StrTendril, from: usize) -> Option<(StrTendril, usize)> {
    let start = from + "<!--".len();
    let bytes = text.as_bytes();
    let inside = bytes[from..].strip_prefix(b"<!--")?;
    if inside.starts_with(b">") || inside.starts_with(b"->") {
        return None;
    }
    let (dashes, behind) = memchr::memmem::find_iter(inside, "--")
        .map(|at| (at, inside.get(at + 2)))
        .find(|(_, behind)| matches!(behind, Some(b'>' | b'!' | b'-')))?;
    let told = behind == Some(&b'>') && memchr::memchr(b'\0', &inside[..dashes]).is_none();
    told.then(|| (text.subtendril(start as u32, dashes as u32), start + dashes + "-->".len()))
}

/// Text without references but known ones.
pub(super) fn characters(text: &StrTendril, from: usize, to: usize) -> Option<StrTendril> {
    let text = text.subtendril(from as u32, (to - from) as u32);
    let Some(first) = memchr::memchr2(b'&', b'\0', text.as_bytes()) else { return Some(text) };
    let (before, mut rest) = text.split_at(first);
    let mut told = StrTendril::from_slice(before);
    while !rest.is_empty() {
        let (reference, character) = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference))?;
        told.push_slice(character);
        rest = &rest[reference.len()..];
        let end = memchr::memchr2(b'&', b'\0', rest.as_bytes()).unwrap_or(rest.len());
        told.push_slice(&rest[..end]);
        rest = &rest[end..];
    }
    Some(told)
}

/// The name that begins here, of characters that need no second look.
fn name(text: &str, from: usize) -> Option<&str> {
    let bytes = &text.as_bytes()[from..];
    let usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_' | b'.');
    let length = bytes.iter().take_while(|byte| usual(byte)).count();
    (length > 0).then(|| &text[from..from + length])
}

fn local(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        LocalName::from(name.to_ascii_lowercase())
    } else {
        LocalName::from(name)
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&byte| is_blank(byte)).count()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0xc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_plain_is_left_to_the_tokenizer() {
        let told = |text: &str| tag(&StrTendril::from_slice(text), 0).map(|(_, end)| end);
        for plain in ["<td>", "</TD >", "<br/>", "<a b=c/>", "<a b c='d e'\n\tf=\"g>\">", "<o:p>"] {
            assert_eq!(told(plain), Some(plain.len()), "{plain}");
            assert_eq!(told(&format!("{plain}<a b=\"")), Some(plain.len()), "{plain}");
        }
        for other in [
            "<",
            "<>",
            "<td",
            "< td>",
            "<3>",
            "</>",
            "<!td>",
            "<script>",
            "</Title>",
            "<a b=c b=d>",
            "<a b=c B=d>",
            "<a b=&amp;>",
            "<a b='&amp;'>",
            "<a b='\0'>",
            "<a b",
            "<a b =c>",
            "<a b=>",
            "<a b='c'd>",
            "<a/b>",
            "<a 甲>",
            "<a b=c\"d>",
        ] {
            assert_eq!(told(other), None, "{other:?}");
        }
        let many = |count: usize| format!("<a{}>", (0..count).map(|at| format!(" a{at}=b")).collect::<String>());
        assert!(told(&many(ATTRIBUTES)).is_some() && told(&many(ATTRIBUTES + 1)).is_none());
    }
}
