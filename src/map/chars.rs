//! Sets of characters, asked of every character of a text.

/// Characters by their low ten bits: all of a set, and hardly any other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bits([u64; 16]);

impl Bits {
    /// The characters of a text.
    pub fn of(text: &str) -> Bits {
        let mut bits = Bits::default();
        text.chars().for_each(|c| bits.add(c));
        bits
    }

    pub const fn add(&mut self, c: char) {
        let (word, bit) = Bits::place(c);
        self.0[word] |= 1 << bit;
    }

    /// Whether a character may be one of the set; if not, it is none.
    #[inline]
    pub const fn may_have(&self, c: char) -> bool {
        let (word, bit) = Bits::place(c);
        self.0[word] >> bit & 1 == 1
    }

    /// Whether all characters of a word may be in the set.
    pub fn may_spell(&self, word: &str) -> bool {
        word.chars().all(|c| self.may_have(c))
    }

    /// The words of the table, sixty-four places each.
    pub fn words(&self) -> &[u64; 16] {
        &self.0
    }

    /// Word and bit of a character.
    #[inline]
    pub const fn place(c: char) -> (usize, u32) {
        let c = c as u32;
        ((c >> 6) as usize & 15, c & 63)
    }
}

/// A set of characters, a constant of the program.
#[derive(Debug)]
pub(super) struct Chars {
    bits: Bits,
    chars: &'static [char],
}

impl Chars {
    pub const fn of(chars: &'static [char]) -> Chars {
        let mut bits = Bits([0; 16]);
        let mut at = 0;
        while at < chars.len() {
            bits.add(chars[at]);
            at += 1;
        }
        Chars { bits, chars }
    }

    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.bits.may_have(c) && self.chars.contains(&c)
    }

    /// Whether one of them stands in a text.
    pub fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // The place of a character of three bytes, as nearly all are, is read off its last two.
            let (word, bit, length) = match bytes[at] {
                byte @ ..0x80 => (byte >> 6, byte, 1),
                byte @ ..0xe0 => (byte, bytes[at + 1], 2),
                ..0xf0 => (bytes[at + 1], bytes[at + 2], 3),
                _ => (bytes[at + 2], bytes[at + 3], 4),
            };
            let may = self.bits.0[usize::from(word & 15)] >> (bit & 63) & 1 == 1;
            if may && text[at..].starts_with(self.chars) {
                return true;
            }
            at += length;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        static SET: Chars = Chars::of(&['件', '0', '\u{10000}']);
        for c in '\0'..='\u{20000}' {
            assert_eq!(SET.has(c), ['件', '0', '\u{10000}'].contains(&c), "{c:?}");
        }
        assert!(SET.any_in("十件") && !SET.any_in("十") && !SET.any_in(""));
        // Each is found in a text however many bytes it and those before it have.
        for c in ('\0'..='\u{20000}').chain(['\u{10ffff}']) {
            static ONE_OF_EACH: Chars = Chars::of(&['a', 'é', '件', '\u{10000}']);
            let text = format!("bß中𠀀{c}");
            assert_eq!(ONE_OF_EACH.any_in(&text), ['a', 'é', '件', '\u{10000}'].contains(&c), "{c:?}");
        }
    }

    #[test]
    fn a_text_may_have_all_words_that_stand_in_it() {
        let bits = Bits::of("县教育局");
        assert!(bits.may_spell("教育") && bits.may_spell("") && !bits.may_spell("教师"));
    }
}
