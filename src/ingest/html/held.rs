//! Pages within a page: what it holds without showing it, for a script to show.
//!
//! Many sites send an article as text in a script, a text area or a frame's source. It is read
//! only where the page itself shows no table and less text than that: then a person at a browser
//! sees the held text, and nothing that is shown is passed over.

use std::borrow::Cow;

use super::element::Holder;
use super::tree::{Tree, has_table};

/// Bytes of text without tags by which a held page must outdo what the page shows.
const LEAST: usize = 200;

/// Pages held in one kind of holder: an article, or the parts that its tabs show.
const MOST: usize = 32;

/// The pages that a page holds without showing them, and in what: those of the first kind of
/// holder that has any.
pub(super) fn pages(tree: &Tree) -> Option<(Holder, Vec<String>)> {
    let held = tree.held();
    let first = held.first()?.0;
    let (shown, table) = tree.shown();
    if table {
        return None;
    }
    let mut kinds = vec![first];
    kinds.extend(held.iter().map(|(holder, _)| *holder));
    kinds.dedup();
    kinds.into_iter().find_map(|kind| {
        let of_kind = held.iter().filter(|(holder, _)| *holder == kind);
        let texts = of_kind.flat_map(|(holder, text)| match holder {
            Holder::Script => in_script(text),
            _ => vec![Cow::Borrowed(*text)],
        });
        let mut pages: Vec<String> = Vec::new();
        for text in texts.filter(|text| says(text) > shown.max(LEAST)) {
            if pages.len() < MOST && !pages.iter().any(|page| *page == *text) {
                pages.push(text.into_owned());
            }
        }
        (!pages.is_empty()).then_some((kind, pages))
    })
}

/// Bytes of the text outside of tags, white space left out.
fn says(page: &str) -> usize {
    let texts = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    texts.flat_map(str::split_whitespace).map(str::len).sum()
}

/// The pages in a script: one that is a page itself (`type="text/html"`), or its texts in quotes.
fn in_script(script: &str) -> Vec<Cow<'_, str>> {
    if script.trim_start().starts_with('<') {
        return vec![Cow::Borrowed(script)];
    }
    literals(script)
        .into_iter()
        .filter(|text| text.contains("</"))
        .filter(|text| has_table(text))
        .map(Cow::Owned)
        .collect()
}

/// The texts in quotes of a script or of JSON, their escapes undone (ECMA-262, 12.9.4). Quotes in
/// regular expressions are not told apart: they end in a text that is no page.
fn literals(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find(['"', '\'', '`', '/']) {
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match (mark, rest.as_bytes().first()) {
            (b'/', Some(b'/')) => rest = rest.split_once('\n').map_or("", |(_, after)| after),
            (b'/', Some(b'*')) => rest = rest.split_once("*/").map_or("", |(_, after)| after),
            (b'/', _) => {}
            (quote, _) => {
                let (text, length) = literal(rest, char::from(quote));
                rest = &rest[length..];
                found.push(text);
            }
        }
    }
    found
}

/// The text up to its closing quote, and the bytes up to after it.
fn literal(from: &str, quote: char) -> (String, usize) {
    let mut text = String::new();
    let mut chars = from.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return (text, at + 1);
        }
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some((at, 'u')) => text.push(code(&from[at + 1..], 4, &mut chars)),
            Some((at, 'x')) => text.push(code(&from[at + 1..], 2, &mut chars)),
            Some((_, 'n')) => text.push('\n'),
            Some((_, 't')) => text.push('\t'),
            Some((_, 'r' | '\r' | '\n')) | None => {}
            Some((_, other)) => text.push(other),
        }
    }
    (text, from.len())
}

/// A character by its number in hexadecimal digits, which are passed over.
fn code(from: &str, digits: usize, chars: &mut impl Iterator) -> char {
    let number = from.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    if number.is_some() {
        chars.by_ref().take(digits).for_each(drop);
    }
    number.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_quotes_are_found_and_their_escapes_undone() {
        let script = r#"// it's
            var a = "x\"y\/z\n", b = 'it"s'; /* "no" */ c = {"d": "\u516c\x3c"}, e = `f
g` / 2;"#;
        assert_eq!(literals(script), ["x\"y/z\n", "it\"s", "d", "公<", "f\ng"]);
        assert_eq!(literals("'open \\"), ["open "]);
        assert_eq!(literals(r"'\u12'"), ["\u{fffd}12"]);
    }

    #[test]
    fn what_a_page_says_is_its_text_without_tags() {
        assert_eq!(says("<p class=x>a b</p> c < d"), 4);
    }
}
