//! What a pattern is made of, and how a text is gone over by it.

use crate::map::chars::Bits;

#[derive(Debug)]
pub(super) struct Part {
    pub what: What,
    pub least: u16,
    pub most: u16,
    /// Fewer times go before more.
    pub lazy: bool,
}

#[derive(Debug)]
pub(super) enum What {
    /// One of these.
    Words(Vec<&'static str>),
    Class(Class),
    Group(Vec<Vec<Part>>),
    End,
    /// None of these stands right before.
    NotBehind(Class),
}

#[derive(Debug)]
pub(super) struct Class {
    pub chars: &'static str,
    /// The same, so that hardly a character is looked for among them.
    pub bits: Bits,
    pub digits: bool,
    pub not: bool,
}

impl Class {
    fn has(&self, c: char) -> bool {
        (self.digits && c.is_ascii_digit() || self.bits.may_have(c) && self.chars.contains(c)) != self.not
    }
}

/// Goes over parts from a place of a text and offers each end to `on`, in the order of regular expressions, until it
/// takes one.
pub(super) fn goes(parts: &[Part], text: &str, at: usize, on: &mut dyn FnMut(usize) -> bool) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return on(at);
    };
    match &part.what {
        What::End => at == text.len() && goes(rest, text, at, on),
        What::NotBehind(class) => {
            !text[..at].chars().next_back().is_some_and(|c| class.has(c)) && goes(rest, text, at, on)
        }
        What::Class(class) => over_class(class, part, rest, text, at, on),
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
    class: &Class,
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
            What::Class(_) | What::End | What::NotBehind(_) => false,
        };
        if once {
            return true;
        }
    }
    !part.lazy && enough && goes(rest, text, at, on)
}

/// With what characters parts may begin; none if with any, or with nothing.
pub(super) fn firsts(parts: &[Part]) -> Option<Vec<char>> {
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
            What::End => return None,
        };
        if !empty && part.least > 0 {
            return Some(all);
        }
    }
    None
}

/// With what characters a text may go on where parts begin with `c`, as [`bit`]s; all bits if with any, or not at all.
pub(super) fn seconds(parts: &[Part], c: char) -> u64 {
    let mut all = 0;
    for (at, part) in parts.iter().enumerate() {
        // One character has been gone over, and no more of this part may come.
        let behind = || match firsts(&parts[at + 1..]) {
            Some(firsts) if part.most == 1 => firsts.into_iter().map(bit).fold(0, |all, bit| all | bit),
            _ => u64::MAX,
        };
        let empty = match &part.what {
            What::NotBehind(_) => true,
            What::Words(words) => {
                for mut word in words.iter().map(|word| word.chars()).filter(|word| word.clone().next() == Some(c)) {
                    all |= word.nth(1).map_or_else(behind, bit);
                }
                false
            }
            What::Class(class) => {
                all |= if class.has(c) { behind() } else { 0 };
                false
            }
            What::Group(alternatives) => {
                all |= alternatives.iter().map(|parts| seconds(parts, c)).fold(0, |all, bits| all | bits);
                false
            }
            // It is no end where `c` stands.
            What::End => return all,
        };
        if !empty && part.least > 0 {
            return all;
        }
    }
    u64::MAX
}

/// The bit of a character: some share one.
pub(super) fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}
