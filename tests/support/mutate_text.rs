//! Seeded damage to text files.

/// A small generator of pseudo-random numbers (xorshift), the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound` (0 if that is 0).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 8).unwrap_or(0) % bound.max(1)
    }
}

/// What gets between the characters of text files.
const JUNK: &[&str] = &[
    "|",
    "||",
    "\n",
    "\n\n",
    "\t",
    "\r",
    "\u{c}",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "+--+",
    "│",
    "├─┤",
    "|---|",
    "\0",
    "表",
    "\u{feff}",
    "0",
];

/// The bytes with one to eight wounds: cut, flipped, doubled, mixed, or with junk put in.
pub fn mutate(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(8) {
        wound(&mut out, &mut dice);
    }
    out
}

fn wound(out: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(out.len());
    let to = (at + dice.below(64)).min(out.len());
    match dice.below(7) {
        0 => out.truncate(at),
        1 => out.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.below(8)),
        2 => drop(out.drain(at.min(to)..to)),
        3 => {
            let part = out[at.min(to)..to].to_vec();
            let times = dice.below(20);
            out.splice(at..at, part.repeat(times));
        }
        4 => lines(out, dice),
        _ => {
            let junk = JUNK[dice.below(JUNK.len())].repeat(1 + dice.below(4));
            out.splice(at..at, junk.into_bytes());
        }
    }
}

/// Drops or repeats a whole line.
fn lines(out: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<Vec<u8>> = out.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = dice.below(lines.len());
    if dice.below(2) == 0 {
        lines.remove(at);
    } else {
        lines.insert(at, lines[dice.below(lines.len())].clone());
    }
    *out = lines.join(&b'\n');
}
