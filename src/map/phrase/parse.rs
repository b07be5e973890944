//! A pattern as it is written → what it is made of.
//!
//! Literal characters, `(?:a|b)`, `[ab]`, `[^ab]`, `\d` for 0 to 9, `\` before a sign, `$` for the end, `(?<![ab])` for
//! what neither stands before, and behind any of them `?`, `{m,n}` or `{m,n}?`, behind words and groups also `*`. What else a regular
//! expression may have is refused, so that nothing is taken for a literal by mistake.

use std::iter::Peekable;
use std::str::CharIndices;

use super::parts::{Class, Part, What};
use crate::map::chars::Bits;

/// A group that may stand any number of times is tried this often at most, so that no text makes a deep stack.
const MOST_GROUPS: u16 = 16;

/// The alternatives of a pattern.
pub(super) fn parse(pattern: &'static str) -> Vec<Vec<Part>> {
    let mut reader = Reader { pattern, chars: pattern.char_indices().peekable() };
    let alternatives = reader.alternatives();
    assert!(reader.chars.next().is_none(), "a bracket too many: {pattern}");
    alternatives
}

struct Reader {
    pattern: &'static str,
    chars: Peekable<CharIndices<'static>>,
}

impl Reader {
    fn next(&mut self) -> char {
        self.chars.next().unwrap_or_else(|| panic!("not ended: {}", self.pattern)).1
    }

    fn peek(&mut self) -> Option<char> {
        self.chars.peek().map(|(_, c)| *c)
    }

    fn at(&mut self) -> usize {
        self.chars.peek().map_or(self.pattern.len(), |(at, _)| *at)
    }

    fn takes(&mut self, c: char) -> bool {
        self.chars.next_if(|(_, next)| *next == c).is_some()
    }

    /// To the end of the pattern or of its group.
    fn alternatives(&mut self) -> Vec<Vec<Part>> {
        let mut alternatives = vec![Vec::new()];
        while let Some(c) = self.peek() {
            match c {
                '|' => {
                    self.next();
                    alternatives.push(Vec::new());
                }
                ')' => break,
                _ => {
                    let part = self.part();
                    alternatives.last_mut().expect("one from the start").push(part);
                }
            }
        }
        alternatives
    }

    fn part(&mut self) -> Part {
        let start = self.at();
        let what = match self.next() {
            '$' => What::End,
            '[' => What::Class(self.class()),
            '(' => {
                assert!(self.takes('?'), "a group without ? in {}", self.pattern);
                self.group()
            }
            '\\' => {
                let start = self.at();
                match self.next() {
                    'd' => What::Class(Class { chars: "", bits: Bits::default(), digits: true, not: false }),
                    _ => What::Words(vec![&self.pattern[start..self.at()]]),
                }
            }
            c if "^.+*?{".contains(c) => panic!("not known here: {c} in {}", self.pattern),
            _ => What::Words(vec![self.word(start)]),
        };
        let (least, most) = self.times(matches!(what, What::Class(_)));
        let lazy = (least, most) != (1, 1) && self.takes('?');
        Part { what, least, most, lazy }
    }

    /// What stands behind `(?`.
    fn group(&mut self) -> What {
        if self.takes('<') {
            assert!(self.takes('!') && self.takes('['), "only (?<![ looks back: {}", self.pattern);
            let class = self.class();
            assert!(self.takes(')'), "a group that does not end in {}", self.pattern);
            return What::NotBehind(class);
        }
        assert!(self.takes(':'), "a group without ?: in {}", self.pattern);
        let alternatives = self.alternatives();
        assert!(self.takes(')'), "a group that does not end in {}", self.pattern);
        let word = |parts: &Vec<Part>| match &parts[..] {
            [Part { what: What::Words(words), least: 1, most: 1, .. }] => words.first().copied(),
            _ => None,
        };
        match alternatives.iter().map(word).collect() {
            Some(words) => What::Words(words),
            None => What::Group(alternatives),
        }
    }

    /// Characters from this place on that stand for themselves; if the last is counted, those before it.
    fn word(&mut self, start: usize) -> &'static str {
        let mut end = self.at();
        while self.peek().is_some_and(|c| !"^$[(\\|)?*{.+".contains(c)) {
            let before = self.chars.clone();
            self.next();
            if self.peek().is_some_and(|c| "?*{".contains(c)) {
                self.chars = before;
                break;
            }
            end = self.at();
        }
        &self.pattern[start..end]
    }

    fn class(&mut self) -> Class {
        let not = self.takes('^');
        let start = self.at();
        let mut end = start;
        let mut digits = false;
        loop {
            match self.next() {
                ']' => {
                    let chars = &self.pattern[start..end];
                    return Class { chars, bits: Bits::of(chars), digits, not };
                }
                '\\' => {
                    assert!(self.takes('d') && !digits, "only \\d in a class: {}", self.pattern);
                    digits = true;
                    assert!(self.peek() == Some(']'), "\\d last in a class: {}", self.pattern);
                }
                '-' if self.peek() != Some(']') => panic!("no ranges: {}", self.pattern),
                _ => end = self.at(),
            }
        }
    }

    /// How often the last part stands.
    fn times(&mut self, class: bool) -> (u16, u16) {
        if self.takes('?') {
            (0, 1)
        } else if self.takes('*') {
            assert!(!class, "a run of a class without end makes a long text cost its square: {}", self.pattern);
            (0, MOST_GROUPS)
        } else if self.takes('{') {
            let least = self.number();
            let most = if self.takes(',') { self.number() } else { least };
            assert!(self.takes('}'), "times that do not end in {}", self.pattern);
            (least, most)
        } else {
            (1, 1)
        }
    }

    fn number(&mut self) -> u16 {
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.next();
            number = 10 * number + u16::try_from(digit).expect("one digit");
        }
        number
    }
}
