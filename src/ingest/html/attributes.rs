//! Counts the attributes of a tag that has begun and not ended.
//!
//! The tokenizer looks through all attributes of a tag at each new one. A tag of a million would
//! keep it busy for hours, and it says nothing before the tag has ended.

/// Where in a tag, by the states of the HTML standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing read yet.
    Begin,
    /// After `<`, or `</`.
    Open,
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    /// In a value that this byte ends.
    Quoted(u8),
    Unquoted,
    /// A comment or a declaration: no attributes.
    Other,
}

/// A tag that has begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    state: State,
    /// Attributes so far.
    pub(super) attributes: usize,
}

impl Tag {
    /// A tag whose `<` comes next.
    pub(super) fn new() -> Self {
        Tag { state: State::Begin, attributes: 0 }
    }

    /// Goes on over the next bytes.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.step(byte);
        }
    }

    fn step(&mut self, byte: u8) {
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc);
        self.state = match (self.state, byte) {
            (State::Begin, _) => State::Open,
            (State::Open, b'/') => State::Open,
            (State::Open, _) => {
                if byte.is_ascii_alphabetic() {
                    State::Name
                } else {
                    State::Other
                }
            }
            (State::Name | State::Attribute | State::AfterAttribute, b'/') => State::BeforeAttribute,
            (State::Name | State::Unquoted, _) if blank => State::BeforeAttribute,
            (State::BeforeAttribute, b'/') => State::BeforeAttribute,
            (State::Attribute | State::AfterAttribute, b'=') => State::BeforeValue,
            (State::Attribute, _) if blank => State::AfterAttribute,
            (State::BeforeAttribute | State::AfterAttribute, _) if !blank => {
                self.attributes += 1;
                State::Attribute
            }
            (State::BeforeValue, b'"' | b'\'') => State::Quoted(byte),
            (State::BeforeValue, _) if !blank => State::Unquoted,
            (State::Quoted(end), _) if byte == end => State::BeforeAttribute,
            (state, _) => state,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_they_begin() {
        let cases = [
            ("<a", 0),
            ("<a b", 1),
            ("<a b=c d", 2),
            ("<a b = c d", 2),
            ("<a b=\"c d e\"f='g h'", 2),
            ("<a/b/c/d", 3),
            ("<a b=c/d/e", 1),
            ("</a b c", 2),
            ("<a b c = d e", 3),
            ("<!-- a b c", 0),
            ("<?a b c", 0),
            ("< a b", 0),
        ];
        for (text, count) in cases {
            let mut tag = Tag::new();
            tag.read(text.as_bytes());
            assert_eq!(tag.attributes, count, "{text}");
        }
    }
}
