//! Patterns of words, written as regular expressions are and read as they stand.
//!
//! Prose is asked for some thousand short Chinese words, in a hundred patterns of which most are never met in a report.
//! As regular expressions they would be compiled anew by every process, which takes longer than all the rest of
//! reading one report; here a pattern is parsed once and then tried only where its first character stands. What
//! is written in it: literal characters, `(?:a|b)`, `[ab]`, `[^ab]`, `\d` for 0 to 9, `\` before a sign, `^` and
//! `$`, `(?<![ab])` for what neither stands before, and behind any of them `?`, `*`, `{m,n}` or `{m,n}?`. The tests hold it against the `regex` crate.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// A group that may stand any number of times is tried this often at most, so that no text makes a deep stack.
const MOST_GROUPS: u16 = 16;

/// A set of patterns, each with the tag of what it belongs to.
#[derive(Debug)]
pub(super) struct Phrases {
    alternatives: Vec<Alternative>,
    /// With what characters alternatives begin, and which, in order.
    firsts: Vec<(char, u16)>,
    /// Those characters: most of a text begin nothing.
    begins: Begins,
    /// Those that may begin with any character.
    anywhere: Vec<u16>,
}

#[derive(Debug)]
struct Alternative {
    tag: usize,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    what: What,
    least: u16,
    most: u16,
    /// Fewer times go before more.
    lazy: bool,
}

#[derive(Debug)]
enum What {
    /// One of these.
    Words(Vec<&'static str>),
    Class(Class),
    Group(Vec<Vec<Part>>),
    Start,
    End,
    /// None of these stands right before.
    NotBehind(Class),
}

#[derive(Debug, Clone, Copy)]
struct Class {
    chars: &'static str,
    digits: bool,
    not: bool,
}

impl Class {
    fn has(self, c: char) -> bool {
        (self.digits && c.is_ascii_digit() || self.chars.contains(c)) != self.not
    }
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
        let mut phrases =
            Phrases { alternatives: Vec::new(), firsts: Vec::new(), begins: Begins::default(), anywhere: Vec::new() };
        for (tag, pattern) in patterns {
            for parts in parse(pattern) {
                phrases.push(Alternative { tag, parts });
            }
        }
        phrases.firsts.sort_unstable();
        phrases.firsts.dedup();
        phrases
    }

    fn push(&mut self, alternative: Alternative) {
        assert!(alternative.tag < 64, "so many tags has no one number");
        let number = u16::try_from(self.alternatives.len()).expect("patterns are constants");
        match firsts(&alternative.parts) {
            Some(firsts) => {
                firsts.iter().for_each(|c| self.begins.add(*c));
                self.firsts.extend(firsts.into_iter().map(|c| (c, number)));
            }
            None => self.anywhere.push(number),
        }
        self.alternatives.push(alternative);
    }

    /// Goes over every alternative of these tags that may begin at a place of a text, in order, those of any character
    /// last, and offers tag and end of each to `on`, until it takes one.
    #[inline]
    fn each_at(&self, text: &str, at: usize, tags: Tags, on: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        let Some(c) = text[at..].chars().next() else {
            return self.over(&self.anywhere, text, at, tags, on);
        };
        if !self.begins.has(c) {
            return !self.anywhere.is_empty() && self.over(&self.anywhere, text, at, tags, on);
        }
        let from = self.firsts.partition_point(|(first, _)| *first < c);
        let these = self.firsts[from..].iter().take_while(|(first, _)| *first == c).map(|(_, number)| number);
        self.over(these, text, at, tags, on) || self.over(&self.anywhere, text, at, tags, on)
    }

    fn over<'a>(
        &self,
        numbers: impl IntoIterator<Item = &'a u16>,
        text: &str,
        at: usize,
        tags: Tags,
        on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> bool {
        numbers.into_iter().any(|number| {
            let Alternative { tag, parts } = &self.alternatives[usize::from(*number)];
            tags.has(*tag) && goes(parts, text, at, &mut |end| on(*tag, end))
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
            while let Some((tag, _)) = self.first_at(text, at, left, |end| ends.contains(&end)) {
                found(tag, at);
                left.remove(tag);
            }
        }
    }

    /// Places of a text that can be reached from its start over patterns of these tags alone; `stop` ends the search.
    fn reached(&self, text: &str, tags: Tags, mut stop: impl FnMut(usize) -> bool) -> bool {
        let mut reached = vec![false; text.len() + 1];
        reached[0] = true;
        for at in 0..=text.len() {
            if !reached[at] {
                continue;
            }
            if stop(at) {
                return true;
            }
            self.each_at(text, at, tags, &mut |_, end| {
                reached[end] = true;
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

/// Characters by their low ten bits: all of a set, and hardly any other.
#[derive(Debug, Default)]
struct Begins([u64; 16]);

impl Begins {
    fn add(&mut self, c: char) {
        self.0[(u32::from(c) >> 6) as usize & 15] |= 1 << (u32::from(c) & 63);
    }

    fn has(&self, c: char) -> bool {
        self.0[(u32::from(c) >> 6) as usize & 15] >> (u32::from(c) & 63) & 1 == 1
    }
}

/// Which of up to 64 tags are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tags(u64);

impl Tags {
    const ALL: Tags = Tags(u64::MAX);

    pub const fn of(tags: &[usize]) -> Tags {
        let (mut bits, mut at) = (0, 0);
        while at < tags.len() {
            bits |= 1 << tags[at];
            at += 1;
        }
        Tags(bits)
    }

    fn remove(&mut self, tag: usize) {
        self.0 &= !(1 << tag);
    }

    fn has(self, tag: usize) -> bool {
        self.0 >> tag & 1 == 1
    }
}

/// Goes over parts from a place of a text and offers each end to `on`, in the order of regular expressions, until it
/// takes one.
fn goes(parts: &[Part], text: &str, at: usize, on: &mut dyn FnMut(usize) -> bool) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return on(at);
    };
    match &part.what {
        What::Start => at == 0 && goes(rest, text, at, on),
        What::End => at == text.len() && goes(rest, text, at, on),
        What::NotBehind(class) => {
            !text[..at].chars().next_back().is_some_and(|c| class.has(c)) && goes(rest, text, at, on)
        }
        What::Class(class) => over_class(*class, part, rest, text, at, on),
        // Quick way: nearly all parts stand once or not at all.
        What::Words(words) if part.most == 1 && !part.lazy => {
            let after = &text.as_bytes()[at..];
            words.iter().any(|word| after.starts_with(word.as_bytes()) && goes(rest, text, at + word.len(), on))
                || part.least == 0 && goes(rest, text, at, on)
        }
        What::Words(_) | What::Group(_) => over_group(part, 0, rest, text, at, on),
    }
}

fn over_class(
    class: Class,
    part: &Part,
    rest: &[Part],
    text: &str,
    at: usize,
    on: &mut dyn FnMut(usize) -> bool,
) -> bool {
    let run = text[at..].chars().take(usize::from(part.most)).take_while(|c| class.has(*c));
    let mut ends = run.scan(at, |end, c| {
        *end += c.len_utf8();
        Some(*end)
    });
    let least = usize::from(part.least);
    let first = match least {
        0 => Some(at),
        _ => ends.nth(least - 1),
    };
    let Some(first) = first else {
        return false;
    };
    if part.lazy {
        return goes(rest, text, first, on) || ends.any(|end| goes(rest, text, end, on));
    }
    let mut end = ends.last().unwrap_or(first);
    loop {
        if goes(rest, text, end, on) {
            return true;
        }
        if end == first {
            return false;
        }
        end -= text[..end].chars().next_back().map_or(1, char::len_utf8);
    }
}

fn over_group(part: &Part, done: u16, rest: &[Part], text: &str, at: usize, on: &mut dyn FnMut(usize) -> bool) -> bool {
    let enough = done >= part.least;
    if part.lazy && enough && goes(rest, text, at, on) {
        return true;
    }
    if done < part.most {
        let mut again = |end: usize| {
            // Of nothing at all there is enough.
            (end > at || done < part.least) && over_group(part, done + 1, rest, text, end, on)
        };
        let once = match &part.what {
            What::Words(words) => words.iter().any(|word| text[at..].starts_with(word) && again(at + word.len())),
            What::Group(alternatives) => alternatives.iter().any(|parts| goes(parts, text, at, &mut again)),
            What::Class(_) | What::Start | What::End | What::NotBehind(_) => false,
        };
        if once {
            return true;
        }
    }
    !part.lazy && enough && goes(rest, text, at, on)
}

/// With what characters parts may begin; none if with any, or with nothing.
fn firsts(parts: &[Part]) -> Option<Vec<char>> {
    let mut all = Vec::new();
    for part in parts {
        let empty = match &part.what {
            What::Words(words) => {
                all.extend(words.iter().filter_map(|word| word.chars().next()));
                false
            }
            What::NotBehind(_) => true,
            What::Class(class) if class.not => return None,
            What::Class(class) => {
                all.extend(class.chars.chars());
                all.extend(('0'..='9').filter(|_| class.digits));
                false
            }
            What::Group(alternatives) => {
                let mut empty = false;
                for parts in alternatives {
                    match firsts(parts) {
                        Some(firsts) => all.extend(firsts),
                        None if parts.is_empty() => empty = true,
                        None => return None,
                    }
                }
                empty
            }
            What::Start | What::End => return None,
        };
        if !empty && part.least > 0 {
            return Some(all);
        }
    }
    None
}

/// The alternatives of a pattern.
fn parse(pattern: &'static str) -> Vec<Vec<Part>> {
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
            '^' => What::Start,
            '$' => What::End,
            '[' => What::Class(self.class()),
            '(' => {
                assert!(self.takes('?'), "a group without ? in {}", self.pattern);
                self.group()
            }
            '\\' => {
                let start = self.at();
                match self.next() {
                    'd' => What::Class(Class { chars: "", digits: true, not: false }),
                    _ => What::Words(vec![&self.pattern[start..self.at()]]),
                }
            }
            c if ".+".contains(c) => panic!("not known here: {c} in {}", self.pattern),
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
                ']' => return Class { chars: &self.pattern[start..end], digits, not },
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
        let any = if class { u16::MAX } else { MOST_GROUPS };
        if self.takes('?') {
            (0, 1)
        } else if self.takes('*') {
            (0, any)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// All that a pattern may have.
    const PATTERNS: &[&str] = &[
        "收到",
        "收到?|接收到?",
        "(?:上一?年度?|去年|20\\d\\d年)(?:度)?(?:结转|转结)(?:[至到]?(?:本|今)年度?)?",
        "新(?:收|受理)(?:到|办)?(?:[^件宗条]{1,6}?(?:信息|公开)申请|(?:的)?(?:(?:信息)?(?:公开)?(?:申请)?)?)?",
        "(?:^|[^务息])(?:公开|发布)[^，、]{0,4}(?:文件|申请)[^，、]{0,3}",
        "结转(?:自)?(?:上一?年度?|去年)(?:继续)?(?:[^件]{0,10}申请)?",
        "[（(]?[一二\\d][）)、.-]|同时",
        "(?:均|也|从)*(?:未|没有|没)(?:有|收到)?(?:过|到)?",
        "收{2}|\\(年",
        "(?:公开|信息)$",
        "[^。]*信息",
        "",
    ];

    fn texts() -> impl Strategy<Value = String> {
        let words = [
            "收", "到", "接", "上", "一", "年", "度", "去", "2021", "结转", "转", "至", "本", "新", "受理", "的",
            "信息", "公开", "申请", "件", "条", "务", "息", "发布", "文件", "，", "继续", "(", "（", "二", "、",
            "同时", "均", "也", "未", "没有", "过", "。", "x",
        ];
        prop::collection::vec(prop::sample::select(words.to_vec()), 0..12).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn patterns_are_read_as_regular_expressions_are(text in texts()) {
            for pattern in PATTERNS {
                let ours = Phrases::new(pattern);
                let of = |text: String| Regex::new(&text.replace("\\d", "[0-9]")).expect("a pattern");
                let regex = of((*pattern).to_owned());
                let all: Vec<_> = regex.find_iter(&text).map(|found| found.range()).collect();
                if ours.anywhere.is_empty() || ours.firsts.is_empty() {
                    prop_assert_eq!(ours.find_all(&text).collect::<Vec<_>>(), all, "{} in {}", pattern, text);
                }
                prop_assert_eq!(ours.is_in(&text), regex.is_match(&text), "{} in {}", pattern, text);
                let start = of(format!("^(?:{pattern})")).find(&text).map(|found| found.end());
                prop_assert_eq!(ours.at_start(&text).map(|(_, end)| end), start, "{} before {}", pattern, text);
                prop_assert_eq!(ours.is(&text), of(format!("^(?:{pattern})$")).is_match(&text), "{} is {}", pattern, text);
                let end = of(format!("(?:{pattern})$")).find(&text).map(|found| found.start());
                let mut first = None;
                ours.to_ends(&text, &[text.len()], |_, at| first = first.or(Some(at)));
                prop_assert_eq!(first, end, "{} ends {}", pattern, text);
                let cover = of(format!("^(?:{pattern})*$")).is_match(&text);
                prop_assert_eq!(ours.cover(&text, Tags::of(&[0])), cover, "{} covers {}", pattern, text);
            }
        }
    }

    #[test]
    fn of_tags_only_those_asked_for_cover() {
        let words = Phrases::tagged([(0, "全年|共"), (1, "收到"), (2, "认真|在[^，]*下")]);
        assert!(words.cover("全年共收到", Tags::of(&[0, 1])));
        assert!(!words.cover("全年共收到", Tags::of(&[0])));
        assert_eq!(words.without("全年县局收到共", Tags::of(&[0, 1])), "县局");
        assert!(words.meet("全年认真做好", Tags::of(&[0]), Tags::of(&[2])));
        assert!(!words.meet("县局认真做好", Tags::of(&[0]), Tags::of(&[2])));
    }

    #[test]
    fn what_stands_before_may_rule_a_pattern_out() {
        let published = Phrases::new("(?<![务息])(?:公开|发布)");
        assert_eq!(published.find("信息公开、公开"), Some(15..21));
        assert_eq!(published.find("公开"), Some(0..6));
        assert!(!published.is_in("政务公开"));
    }

    #[test]
    fn no_text_makes_a_deep_stack() {
        let text = "均".repeat(100_000);
        assert!(!Phrases::new("(?:均|也)*未").is(&text));
        assert!(!Phrases::new("[^。]*未").is(&text));
        assert!(Phrases::new("均").cover(&text, Tags::of(&[0])));
    }
}
