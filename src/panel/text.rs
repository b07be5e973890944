//! What is kept of a report's prose: enough to say how much of it two reports share.
//!
//! The prose without white space, punctuation and years is cut into shingles: every run of
//! [`SHINGLE`] characters. How alike two texts are is the share of shingles that both have among
//! those that either has (Jaccard's measure). Of each text the [`KEPT`] smallest hashes are kept,
//! which estimates it; of texts with no more shingles than that it is exact.

use unicode_normalization::UnicodeNormalization;

use crate::report::{Report, Section};

/// Characters of a shingle: two or three words of Chinese, so that common words alone do not count.
const SHINGLE: usize = 5;
/// Hashes kept of a text: the estimate of a share of 0.95 is then right to about 0.02.
const KEPT: usize = 128;

/// Characters of a report that are looked at, many times those of the longest report: a file may hold anything.
const MOST: usize = 1_000_000;

/// Sections that the form itself words: their texts are no evidence of copying.
const WORDED_BY_THE_FORM: [&str; 3] = ["proactive", "applications", "review_litigation"];

/// What is kept of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The smallest hashes of its shingles, in order.
    hashes: Box<[u32]>,
    /// Hash of all of it.
    whole: u64,
    /// Hash of its numbers, without those of dates.
    numbers: u64,
    /// Its characters, without white space and punctuation.
    pub characters: u32,
}

impl Sketch {
    /// That of a report's prose.
    pub fn of_report(report: &Report) -> Self {
        Sketch::new(&prose(report))
    }

    fn new(text: &str) -> Self {
        let bare: String = bare(text).chars().take(MOST).collect();
        let numbers = numbers(&bare);
        let text: Vec<char> = without_years(&bare).chars().collect();
        let hashes = shingles(&text, KEPT);
        let characters = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Sketch { hashes, whole: hash(text.into_iter()), numbers, characters }
    }

    /// Whether both state the same numbers, in the same order: a text with new figures was written anew.
    pub fn same_numbers(&self, other: &Sketch) -> bool {
        self.numbers == other.numbers
    }

    /// How alike two texts are, in thousandths; 1000 only where they are equal.
    pub fn likeness(&self, other: &Sketch) -> u32 {
        if self.whole == other.whole && self.characters == other.characters {
            return 1000;
        }
        let mut all: Vec<u32> = self.hashes.iter().chain(&other.hashes).copied().collect();
        all.sort_unstable();
        all.dedup();
        // Beyond the sample of either text it is not known what is in it.
        let whole = self.hashes.len() < KEPT && other.hashes.len() < KEPT;
        if !whole {
            all.truncate(KEPT);
        }
        let has = |sketch: &Sketch, hash: &u32| sketch.hashes.binary_search(hash).is_ok();
        let both = all.iter().filter(|hash| has(self, hash) && has(other, hash)).count();
        let share = (both * 1000).checked_div(all.len()).unwrap_or_default();
        u32::try_from(share).unwrap_or_default().min(999)
    }
}

/// The prose of a report: its sections but those that only introduce tables.
pub(super) fn prose(report: &Report) -> String {
    let own = |section: &&Section| section.id.as_deref().is_some_and(|id| !WORDED_BY_THE_FORM.contains(&id));
    let mut text = String::new();
    for section in report.sections.iter().filter(own) {
        let parts = section.parts.iter().flat_map(|part| [part.title.as_str(), part.text.as_str()]);
        for piece in std::iter::once(section.text.as_str()).chain(parts) {
            text.extend(piece.chars().take(MOST));
            if text.len() > 3 * MOST {
                return text;
            }
        }
    }
    text
}

/// The smallest hashes of the shingles of a text, so many of them, in order.
pub(super) fn shingles(text: &[char], kept: usize) -> Box<[u32]> {
    let of_all = text.windows(SHINGLE).map(|shingle| (hash(shingle.iter().copied()) >> 32) as u32);
    let mut hashes: Vec<u32> = of_all.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(kept);
    hashes.into_boxed_slice()
}

/// Thousandths as a percentage.
pub(super) fn percent(likeness: u32) -> String {
    if likeness == 1000 { "100".to_owned() } else { format!("{}.{}", likeness / 10, likeness % 10) }
}

/// The text without white space, punctuation and years; full-width characters as usual ones.
pub(super) fn plain(text: &str) -> String {
    without_years(&bare(text))
}

/// The text without white space and punctuation.
pub(super) fn bare(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric() || *c == '.' || *c == '%').collect()
}

/// The text with `Y` for every number that can be a year.
fn without_years(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        let number = &rest[start..start + digits];
        out.push_str(&rest[..start]);
        out.push_str(if is_year(number) { "Y" } else { number });
        rest = &rest[start + digits..];
    }
    out + rest
}

/// Hash of the numbers of a text, without years, months and days.
fn numbers(text: &str) -> u64 {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest[start..].split_at(digits);
        if !is_year(number) && !after.starts_with(['年', '月', '日']) {
            kept.extend([number, " "]);
        }
        rest = after;
    }
    hash(kept.chars())
}

/// Whether a number can be a year of a report.
pub(super) fn is_year(number: &str) -> bool {
    number.len() == 4 && number.starts_with("20")
}

/// A hash that is the same on every machine: FNV-1a, its bits spread.
pub(super) fn hash(characters: impl Iterator<Item = char>) -> u64 {
    let fold = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    let mixed = characters.fold(0xcbf2_9ce4_8422_2325, fold);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> u32 {
        Sketch::new(a).likeness(&Sketch::new(b))
    }

    /// A text of so many different words.
    fn text(from: usize, to: usize) -> String {
        (from..to).map(|at| format!("第{at}项工作已经完成，群众满意；")).collect()
    }

    #[test]
    fn years_white_space_and_punctuation_are_no_difference() {
        assert_eq!(likeness("2022年，本机关 公开信息12条。", "2023年本机关公开信息１２条"), 1000);
        assert!(likeness("2022年本机关公开信息12条", "2022年本机关公开信息13条") < 1000);
        assert_eq!(plain("自2022年1月1日起，共12345件（2021年）"), "自Y年1月1日起共12345件Y年");
    }

    #[test]
    fn numbers_but_those_of_dates_are_compared() {
        let same = |a: &str, b: &str| Sketch::new(a).same_numbers(&Sketch::new(b));
        assert!(same("2022年3月1日公开12件", "2023年4月20日公开12件"));
        assert!(!same("公开12件", "公开13件"));
        assert!(!same("公开12件、3条", "公开123件"));
    }

    #[test]
    fn the_estimate_is_near_the_share() {
        assert_eq!(likeness(&text(0, 400), &text(0, 400)), 1000);
        assert_eq!(likeness(&text(0, 400), "完全不同的文字没有一个相同的片段"), 0);
        // 1,000 of 1,100 items are the same; shared words bring the share up a little.
        let near = likeness(&text(0, 1050), &text(50, 1100));
        assert!((850..970).contains(&near), "{near}");
        assert!(likeness(&text(0, 100), &text(50, 150)) < 600);
    }

    #[test]
    fn a_sketch_is_small_however_long_the_text() {
        assert_eq!(Sketch::new(&text(0, 5_000)).hashes.len(), KEPT);
    }
}
