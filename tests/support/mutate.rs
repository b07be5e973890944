//! Damage to order: the same seed gives the same mutants on every machine.

/// A small generator of numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// A stretch of at most `longest` bytes within `length`.
    fn stretch(&mut self, length: usize, longest: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        from..(from + 1 + self.below(longest)).min(length)
    }
}

/// The bytes with one to four changes: flips, deletions, repetitions, a cut.
pub fn bytes(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut mutant = original.to_vec();
    for _ in 0..=random.below(4) {
        if mutant.is_empty() {
            break;
        }
        let length = mutant.len();
        match random.below(8) {
            0..=2 => {
                let at = random.below(length);
                mutant[at] ^= 1 << random.below(8);
            }
            3 => {
                let at = random.below(length);
                mutant[at] = [0, b'<', b'>', b'"', b'&', 0xff, b'/', b':'][random.below(8)];
            }
            4 => {
                mutant.drain(random.stretch(length, 64));
            }
            5 => {
                let piece = mutant[random.stretch(length, 512)].to_vec();
                let at = random.below(length);
                mutant.splice(at..at, piece);
            }
            6 => {
                let piece = mutant[random.stretch(length, 64)].to_vec();
                let at = random.below(length);
                let end = (at + piece.len()).min(length);
                mutant.splice(at..end, piece);
            }
            _ if random.below(4) == 0 => mutant.truncate(random.below(length)),
            _ => {}
        }
    }
    mutant
}

/// The XML with one to three of its tags changed: swapped, dropped, doubled, or made the other kind.
pub fn tags(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut mutant = original.to_vec();
    for _ in 0..=random.below(3) {
        let starts: Vec<usize> =
            mutant.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at).collect();
        if starts.len() < 2 {
            break;
        }
        let tag = |at: usize, mutant: &[u8]| {
            let end = mutant[at..].iter().position(|&byte| byte == b'>').map_or(mutant.len(), |end| at + end + 1);
            at..end
        };
        let one = tag(starts[random.below(starts.len())], &mutant);
        let other = mutant[tag(starts[random.below(starts.len())], &mutant)].to_vec();
        match random.below(5) {
            0 => drop(mutant.splice(one, other)),
            1 => drop(mutant.drain(one)),
            2 => drop(mutant.splice(one.start..one.start, other)),
            3 => drop(mutant.splice(one.end - 1..one.end - 1, *b"/")),
            _ => drop(mutant.splice(one.start + 1..one.start + 1, *b"/")),
        }
    }
    mutant
}
