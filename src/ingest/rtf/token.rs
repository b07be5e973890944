//! Bytes → tokens: groups, control words and text. Nothing of what they mean.

use memchr::memchr3;

use super::words::{HASH_BEGIN, Word, hash_step, look_up};

/// A piece of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// Printable ASCII.
    Text(&'a [u8]),
    /// Bytes beyond ASCII that stand in the file as they are.
    Raw(&'a [u8]),
    /// `\'xx`.
    Byte(u8),
    /// A control word with its number; `None` if it is not in the list.
    Word(Option<Word>, Option<i32>),
    /// A control symbol: a backslash and something that is no letter.
    Symbol(u8),
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Raw,
    Control,
    /// Line ends and other control characters, which say nothing.
    Nothing,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Nothing; 256];
    let mut at = 0x20;
    while at < 256 {
        classes[at] = if at < 0x7f { Class::Text } else { Class::Raw };
        at += 1;
    }
    classes[0x7f] = Class::Nothing;
    classes[b'\t' as usize] = Class::Control;
    classes[b'\\' as usize] = Class::Control;
    classes[b'{' as usize] = Class::Control;
    classes[b'}' as usize] = Class::Control;
    classes
}

/// Goes through the bytes of a file.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Scanner { bytes, at: 0 }
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte, if it is taken.
    pub(super) fn take_if(&mut self, wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let byte = self.peek().filter(|&byte| wanted(byte))?;
        self.at += 1;
        Some(byte)
    }

    /// The next token; `None` at the end.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            match CLASSES[usize::from(byte)] {
                Class::Nothing => self.at += 1,
                Class::Text => return Some(Token::Text(self.run(Class::Text))),
                Class::Raw => return Some(Token::Raw(self.run(Class::Raw))),
                Class::Control => {
                    self.at += 1;
                    return match byte {
                        b'{' => Some(Token::Open),
                        b'}' => Some(Token::Close),
                        b'\t' => Some(Token::Symbol(b'\t')),
                        _ => self.control(),
                    };
                }
            }
        }
    }

    #[inline]
    fn run(&mut self, class: Class) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| CLASSES[usize::from(byte)] != class).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    #[inline]
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        if first != b'\'' {
            return Some(Token::Symbol(first));
        }
        let digit = |at: usize| self.bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(self.at), digit(self.at + 1)) else { return Some(Token::Symbol(first)) };
        self.at += 2;
        Some(Token::Byte(u8::try_from(high << 4 | low).unwrap_or(0)))
    }

    /// Letters, a number, and one blank that only ends them.
    #[inline]
    fn word(&mut self) -> Token<'a> {
        let rest = self.rest();
        let mut length = 0;
        let mut hash = HASH_BEGIN;
        while let Some(&byte) = rest.get(length).filter(|byte| byte.is_ascii_alphabetic()) {
            hash = hash_step(hash, byte);
            length += 1;
        }
        self.at += length;
        let number = self.number();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Token::Word(look_up(&rest[..length], hash), number)
    }

    /// A number, at most what fits.
    #[inline]
    fn number(&mut self) -> Option<i32> {
        let rest = self.rest();
        let negative = rest.first() == Some(&b'-');
        let from = usize::from(negative);
        let mut length = from;
        let mut value = 0_i32;
        while let Some(&digit) = rest.get(length).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(i32::from(digit - b'0'));
            length += 1;
        }
        if length == from {
            return None;
        }
        self.at += length;
        Some(if negative { -value } else { value })
    }

    /// Passes over binary data; `false` if there are not as many bytes.
    pub(super) fn skip_binary(&mut self, length: Option<i32>) -> bool {
        let length = usize::try_from(length.unwrap_or(0)).unwrap_or(0);
        let there = length <= self.rest().len();
        if there {
            self.at += length;
        }
        there
    }

    /// Passes over the rest of a group, its end included; `false` if it has none.
    pub(super) fn skip_group(&mut self) -> bool {
        let mut depth = 1_usize;
        while let Some(found) = memchr3(b'\\', b'{', b'}', self.rest()) {
            self.at += found + 1;
            match self.bytes[self.at - 1] {
                b'{' => depth += 1,
                b'}' if depth == 1 => return true,
                b'}' => depth -= 1,
                _ => self.skip_control(),
            }
        }
        self.at = self.bytes.len();
        false
    }

    /// Passes over what follows a backslash: data, or a character that means nothing here.
    fn skip_control(&mut self) {
        let data = self.rest().strip_prefix(b"bin").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit));
        if !data {
            self.at = (self.at + 1).min(self.bytes.len());
            return;
        }
        self.at += 3;
        let length = self.number();
        self.take_if(|byte| byte == b' ');
        self.skip_binary(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &[u8]) -> Vec<Token<'_>> {
        let mut scan = Scanner::new(text);
        std::iter::from_fn(|| scan.next()).collect()
    }

    #[test]
    fn words_take_one_blank_and_numbers_a_sign() {
        use Token::{Byte, Close, Open, Raw, Symbol, Text};
        let word = |word, number| Token::Word(Some(word), number);
        assert_eq!(tokens(b"{\\par  a\r\nb}"), [Open, word(Word::Paragraph, None), Text(b" a"), Text(b"b"), Close]);
        assert_eq!(tokens(b"\\u-12?"), [word(Word::Unicode, Some(-12)), Text(b"?")]);
        assert_eq!(tokens(b"\\par-x"), [word(Word::Paragraph, None), Text(b"-x")]);
        assert_eq!(
            tokens(b"\\nosuch1x\\'d5\\'5"),
            [Token::Word(None, Some(1)), Text(b"x"), Byte(0xd5), Symbol(b'\''), Text(b"5")]
        );
        assert_eq!(tokens(b"\xd5\xfe\\~\t\\"), [Raw(b"\xd5\xfe"), Symbol(b'~'), Symbol(b'\t')]);
    }

    #[test]
    fn numbers_too_large_are_as_large_as_can_be() {
        let word = |number| [Token::Word(Some(Word::CellEdge), Some(number))];
        assert_eq!(tokens(b"\\cellx99999999999999999999"), word(i32::MAX));
        assert_eq!(tokens(b"\\cellx-99999999999999999999"), word(-i32::MAX));
    }

    #[test]
    fn skipped_groups_end_where_their_braces_say() {
        let rest = |text: &'static [u8]| {
            let mut scan = Scanner::new(text);
            scan.skip_group().then(|| scan.rest())
        };
        assert_eq!(rest(b"a{b\\}c}d}e"), Some(&b"e"[..]));
        assert_eq!(rest(b"\\bin3 }}}}e"), Some(&b"e"[..]));
        assert_eq!(rest(b"\\binary}e"), Some(&b"e"[..]));
        assert_eq!(rest(b"\\bin9 }e"), Some(&b"e"[..]), "there are no nine bytes");
        assert_eq!(rest(b"{}"), None);
        assert_eq!(rest(b"\\"), None);
    }
}
