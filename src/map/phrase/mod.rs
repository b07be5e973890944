//! Patterns of words, written as regular expressions are and read as they stand.
//!
//! Prose is asked for some thousand short Chinese words, in a hundred patterns of which most are never met in a report.
//! As regular expressions they would be compiled anew by every process, which takes longer than all the rest of
//! reading one report; here a pattern is parsed once and then tried only where its first character stands. How one is
//! written is said in [`parse`]; the tests hold it against the `regex` crate.

mod parse;
mod parts;
#[cfg(test)]
mod tests;

use std::ops::Range;

use smallvec::SmallVec;

use super::chars::Bits;
use parse::parse;
use parts::{Part, firsts, goes, seconds};

/// A set of patterns, each with the tag of what it belongs to.
#[derive(Debug)]
pub(in crate::map) struct Phrases {
    /// The parts of each alternative.
    alternatives: Vec<Vec<Part>>,
    /// Which of them begin with what character.
    begins: Begins,
    /// Those that may begin with any character.
    anywhere: Vec<Number>,
}

/// An alternative by its place among all, with its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    at: u16,
    tag: u8,
}

impl Phrases {
    /// One pattern, a constant of the program.
    ///
    /// # Panics
    ///
    /// On a pattern that is none: the tests use them all.
    pub fn new(pattern: &'static str) -> Phrases {
        Phrases::tagged([(0, pattern)])
    }

    /// Patterns with what each belongs to, in the order in which they are tried.
    pub fn tagged(patterns: impl IntoIterator<Item = (usize, &'static str)>) -> Phrases {
        let (mut alternatives, mut begun, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        let all =
            patterns.into_iter().flat_map(|(tag, pattern)| parse(pattern).into_iter().map(move |parts| (tag, parts)));
        for (at, (tag, parts)) in (0..).zip(all) {
            assert!(tag < 64, "so many tags has no one number");
            let number = Number { at, tag: tag as u8 };
            match firsts(&parts) {
                Some(firsts) => {
                    begun.extend(firsts.into_iter().map(|c| Begun { first: c, number, seconds: seconds(&parts, c) }));
                }
                None => anywhere.push(number),
            }
            alternatives.push(parts);
        }
        Phrases { alternatives, begins: Begins::new(begun), anywhere }
    }

    /// Goes over every alternative of these tags that may begin at a place of a text, in order, those of any character
    /// last, and offers tag and end of each to `on`, until it takes one.
    #[inline]
    fn each_at(&self, text: &str, at: usize, tags: Tags, on: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        let mut chars = text[at..].chars();
        let begun = chars
            .next()
            .is_some_and(|c| self.begins.has(c) && self.over(self.begins.with(c, chars.next()), text, at, tags, on));
        begun || self.over(&self.anywhere, text, at, tags, on)
    }

    fn over<'a>(
        &self,
        numbers: impl IntoIterator<Item = &'a Number>,
        text: &str,
        at: usize,
        tags: Tags,
        on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> bool {
        numbers.into_iter().any(|number| {
            let tag = usize::from(number.tag);
            tags.has(tag) && goes(&self.alternatives[usize::from(number.at)], text, at, &mut |end| on(tag, end))
        })
    }

    /// The first alternative that goes from a place of a text to one that `accepts` takes: tag and end.
    #[inline]
    fn first_at(&self, text: &str, at: usize, tags: Tags, accepts: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
        let mut found = None;
        self.each_at(text, at, tags, &mut |tag, end| {
            if accepts(end) {
                found = Some((tag, end));
            }
            found.is_some()
        });
        found
    }

    /// Where in a text, from a place on, a pattern may begin: at some of its characters, or even at its end.
    fn starts<'a>(&'a self, text: &'a str, from: usize) -> impl Iterator<Item = usize> + 'a {
        let anywhere = !self.anywhere.is_empty();
        let starts = text[from..].char_indices().filter(move |(_, c)| anywhere || self.begins.has(*c));
        starts.map(move |(at, _)| from + at).chain(anywhere.then_some(text.len()))
    }

    /// The first place in a text that is a pattern.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.find_from(text, 0)
    }

    fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        self.starts(text, from).find_map(|at| self.first_at(text, at, Tags::ALL, |_| true).map(|(_, end)| at..end))
    }

    /// All such places, none over another.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = Some(0);
        std::iter::from_fn(move || {
            let found = self.find_from(text, from?)?;
            let next = text[found.start..].chars().next().map(|c| found.start + c.len_utf8());
            from = next.map(|next| next.max(found.end));
            Some(found)
        })
    }

    /// Whether a pattern stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Whether a text is one.
    pub fn is(&self, text: &str) -> bool {
        self.first_at(text, 0, Tags::ALL, |end| end == text.len()).is_some()
    }

    /// The tag of the first that a text begins with, and where that ends.
    pub fn at_start(&self, text: &str) -> Option<(usize, usize)> {
        self.first_at(text, 0, Tags::ALL, |_| true)
    }

    /// The tags of all that go from somewhere to one of these ends, each once with the first place it does so from.
    pub fn to_ends(&self, text: &str, ends: &[usize], mut found: impl FnMut(usize, usize)) {
        let mut left = Tags::ALL;
        for at in self.starts(text, 0) {
            self.each_at(text, at, left, &mut |tag, end| {
                if left.has(tag) && ends.contains(&end) {
                    found(tag, at);
                    left.remove(tag);
                }
                false
            });
        }
    }

    /// Places of a text that can be reached from its start over patterns of these tags alone; `stop` ends the search.
    fn reached(&self, text: &str, tags: Tags, mut stop: impl FnMut(usize) -> bool) -> bool {
        let mut reached = Places::up_to(text.len());
        reached.add(0);
        while let Some(at) = reached.take_first() {
            if stop(at) {
                return true;
            }
            self.each_at(text, at, tags, &mut |_, end| {
                // Over nothing no other place is reached.
                if end > at {
                    reached.add(end);
                }
                false
            });
        }
        false
    }

    /// Whether a text is nothing but such patterns, however they are put together.
    pub fn cover(&self, text: &str, tags: Tags) -> bool {
        self.reached(text, tags, |at| at == text.len())
    }

    /// Whether over such patterns one of these other tags is met.
    pub fn meet(&self, text: &str, over: Tags, tags: Tags) -> bool {
        self.reached(text, over, |at| self.each_at(text, at, tags, &mut |_, _| true))
    }

    /// A text without such patterns, of those that begin alike the longest.
    pub fn without(&self, text: &str, tags: Tags) -> String {
        let mut left = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let mut next = at;
            self.each_at(text, at, tags, &mut |_, end| {
                next = next.max(end);
                false
            });
            if next == at {
                left.push(c);
                next += c.len_utf8();
            }
            at = next;
        }
        left
    }
}

/// Places of a text, a bit each: those of a sentence need no memory of their own.
struct Places(SmallVec<[u64; 8]>);

impl Places {
    fn up_to(last: usize) -> Places {
        Places(SmallVec::from_elem(0, last / 64 + 1))
    }

    fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// The first of them, which is none any more.
    fn take_first(&mut self) -> Option<usize> {
        let word = self.0.iter().position(|word| *word != 0)?;
        let bit = self.0[word].trailing_zeros() as usize;
        self.0[word] &= self.0[word] - 1;
        Some(64 * word + bit)
    }
}

/// What begins with which character.
#[derive(Debug, Default)]
struct Begins {
    /// The characters with which something begins: most of a text begin nothing.
    chars: Bits,
    /// How many places of that table hold something before each of its words …
    earlier: [u16; 16],
    /// … and where in `begun` each of them begins; then where the last ends.
    starts: Vec<u16>,
    /// Those of a place of the table together, their numbers in order.
    begun: Vec<Begun>,
}

/// What begins with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    first: char,
    number: Number,
    /// With which characters it may go on: [`parts::seconds`].
    seconds: u64,
}

impl Begins {
    fn new(mut begun: Vec<Begun>) -> Begins {
        begun.sort_unstable_by_key(|begun| (Bits::place(begun.first), begun.first, begun.number));
        begun.dedup();
        let mut begins = Begins::default();
        for (at, Begun { first, .. }) in (0..).zip(&begun) {
            if !begins.has(*first) {
                begins.starts.push(at);
                begins.chars.add(*first);
            }
        }
        begins.starts.push(u16::try_from(begun.len()).expect("patterns are constants"));
        let mut earlier = 0;
        for (word, count) in begins.chars.words().iter().zip(&mut begins.earlier) {
            *count = earlier;
            earlier += word.count_ones() as u16;
        }
        begins.begun = begun;
        begins
    }

    /// Whether something may begin with a character.
    #[inline]
    fn has(&self, c: char) -> bool {
        self.chars.may_have(c)
    }

    /// The numbers of what begins with a character, of which [`Begins::has`] says yes, and may go on with the next, in order.
    #[inline]
    fn with(&self, c: char, next: Option<char>) -> impl Iterator<Item = &Number> {
        let (word, bit) = Bits::place(c);
        let before = (self.chars.words()[word] & ((1 << bit) - 1)).count_ones();
        let place = usize::from(self.earlier[word]) + before as usize;
        let these = &self.begun[usize::from(self.starts[place])..usize::from(self.starts[place + 1])];
        let next = next.map_or(0, parts::bit);
        let may = move |begun: &&Begun| begun.first == c && (begun.seconds & next != 0 || begun.seconds == u64::MAX);
        these.iter().filter(may).map(|begun| &begun.number)
    }
}

/// Some of up to 64 tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::map) struct Tags(u64);

impl Tags {
    const ALL: Tags = Tags(u64::MAX);

    pub const fn of(tag: usize) -> Tags {
        Tags(1 << tag)
    }

    pub const fn and(self, tag: usize) -> Tags {
        Tags(self.0 | 1 << tag)
    }

    fn remove(&mut self, tag: usize) {
        self.0 &= !(1 << tag);
    }

    fn has(self, tag: usize) -> bool {
        self.0 >> tag & 1 == 1
    }
}
