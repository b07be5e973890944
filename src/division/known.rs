//! Whether a text may be the name of a division: the quick answer to nearly every look-up.

use std::sync::LazyLock;

use super::{BY_NAME, short};

/// Few of so many bits are set: three for each name.
const BITS: usize = 1 << 16;

/// A bit for what each name is known by, in full and in short.
static KNOWN: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut known = vec![0; BITS / 64];
    let mut add = |place: usize| known[place / 64] |= 1 << (place % 64);
    for division in BY_NAME.iter() {
        place(division.name, 0).into_iter().for_each(&mut add);
        let short = short::shortened(division.name);
        short.and_then(|short| place(short, 0)).into_iter().for_each(&mut add);
        // 恩施州 has a character more than 恩施.
        let called = short.filter(|_| division.name.contains("自治"));
        called.and_then(|short| place(short, 1)).into_iter().for_each(&mut add);
    }
    known
});

/// Sets the bits ahead of the first look.
pub(super) fn prepare() {
    LazyLock::force(&KNOWN);
}

/// Whether a text may be the name of a division, in full or in short, of any year; if not, it is none.
pub(super) fn may_be(name: &str) -> bool {
    place(name, 0).is_some_and(|place| KNOWN[place / 64] >> (place % 64) & 1 == 1)
}

/// By what a name with so many characters more is known: its first two characters and its length. None has less than two.
fn place(name: &str, more: u32) -> Option<usize> {
    let mut chars = name.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let length = chars.count() as u32 + more;
    // Odd constants spread what is close together over all places.
    let mixed = (first as u32).wrapping_mul(0x9e37_79b1)
        ^ (second as u32).wrapping_mul(0x85eb_ca6b)
        ^ length.wrapping_mul(0xc2b2_ae35);
    Some(mixed as usize >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::division::{called, either};
    use crate::template::printed;

    #[test]
    fn every_name_may_be_one_and_hardly_anything_else() {
        for division in BY_NAME.iter() {
            let year = division.years.0;
            assert!(called(division.name, year).contains(&division), "{}", division.name);
            let Some(short) = short::shortened(division.name) else { continue };
            assert!(!either(short, year).0.is_empty(), "{short}");
            for (kind, end) in [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")] {
                if division.name.ends_with(kind) {
                    assert!(!called(&format!("{short}{end}"), year).is_empty(), "{short}{end}");
                }
            }
        }
        assert!(!may_be("") && !may_be("县"));
        let others: Vec<&str> = printed::all().filter(|label| may_be(label)).collect();
        assert!(others.len() * 5 < printed::all().count(), "{others:?}");
    }
}
