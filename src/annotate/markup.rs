//! The elements of comments, in the names that the document uses.

use crate::document::Namespaces;

/// Who comments.
const AUTHOR: &str = "gongkai";
const INITIALS: &str = "gk";

impl Namespaces {
    /// The namespace of the body's elements.
    pub(super) fn word(self) -> &'static str {
        match self {
            Namespaces::Transitional => "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            Namespaces::Strict => "http://purl.oclc.org/ooxml/wordprocessingml/main",
        }
    }

    /// The type of the relationship to comments.
    pub(super) fn comments(self) -> &'static str {
        match self {
            Namespaces::Transitional => "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
            Namespaces::Strict => "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
        }
    }
}

/// How elements are called at a place.
pub(super) struct Markup {
    /// With its colon. Attributes have no namespace without one, so there is always one.
    prefix: String,
    /// What declares it, where the document has none.
    declared: String,
}

impl Markup {
    /// The names beside, or within, an element of this name.
    pub fn of(name: &[u8], namespaces: Namespaces) -> Self {
        match name.iter().position(|byte| *byte == b':') {
            Some(colon) => {
                let prefix = String::from_utf8_lossy(&name[..=colon]).into_owned();
                Markup { prefix, declared: String::new() }
            }
            None => Markup { prefix: "w:".to_owned(), declared: format!(" xmlns:w=\"{}\"", namespaces.word()) },
        }
    }

    /// Where what the comment is about begins.
    pub fn start(&self, id: u32) -> String {
        let Markup { prefix, declared } = self;
        format!("<{prefix}commentRangeStart{declared} {prefix}id=\"{id}\"/>")
    }

    /// Where it ends, and the mark of the comment.
    pub fn end(&self, id: u32) -> String {
        let Markup { prefix, declared } = self;
        format!(
            "<{prefix}commentRangeEnd{declared} {prefix}id=\"{id}\"/>\
             <{prefix}r{declared}><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>"
        )
    }

    /// The comment itself, a paragraph a line.
    pub fn comment(&self, id: u32, lines: &[String]) -> String {
        let Markup { prefix, declared } = self;
        let mut text = format!(
            "<{prefix}comment{declared} {prefix}id=\"{id}\" {prefix}author=\"{AUTHOR}\" {prefix}initials=\"{INITIALS}\">"
        );
        for (at, line) in lines.iter().enumerate() {
            // The mark by which programs lead back to the place stands in the first line.
            let mark = if at == 0 { format!("<{prefix}r><{prefix}annotationRef/></{prefix}r>") } else { String::new() };
            let line = escaped(line);
            text += &format!(
                "<{prefix}p>{mark}<{prefix}r><{prefix}t xml:space=\"preserve\">{line}</{prefix}t></{prefix}r></{prefix}p>"
            );
        }
        text + &format!("</{prefix}comment>")
    }
}

/// Text as XML has it; what XML forbids is made visible.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' => out.push(' '),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_called_as_their_neighbours() {
        let other = Markup::of(b"x:p", Namespaces::Transitional);
        assert_eq!(other.start(3), r#"<x:commentRangeStart x:id="3"/>"#);
        let none = Markup::of(b"p", Namespaces::Strict);
        assert_eq!(
            none.start(3),
            r#"<w:commentRangeStart xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:id="3"/>"#
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escaped("<a>&\"\u{0}\u{1b}\u{ffff}\t"), "&lt;a&gt;&amp;&quot;\u{fffd}\u{fffd}\u{fffd} ");
    }
}
