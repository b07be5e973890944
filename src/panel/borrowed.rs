//! Texts of another organ: equal but for names, years and numbers, beyond what many organs write alike.
//!
//! Of each text a sample of fixed size is kept: the [`KEPT`] smallest hashes of its shingles, names and numbers
//! masked. Which of them are set phrases is known when all reports are there: those that more than [`FEW`]
//! organs have. What is left of two texts is compared only where one of their [`BANDS`] smallest is the same, and
//! as at most [`FEW`] organs have it, that takes time in proportion to the number of reports.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::text::{bare, hash, percent, prose, shingles};
use super::{Check, Panel, Said};
use crate::finding::{Code, Finding};
use crate::report::Report;

pub(super) const CHECK: Check = Check {
    name: "borrowed_text",
    codes: &[Code::BorrowedText],
    doc: "The prose is that of another organ, for the same year or an earlier one. Names of the organ and its place, words for \
          itself (我局, 本镇), numbers, white space and punctuation are left out, then the texts are cut into shingles of 5 \
          characters, of which the 256 smallest hashes are kept. Offices write many sentences from one template: shingles that \
          more than 3 organs of the panel have are no organ's own, and where a shingle could not have shown in the samples of \
          a third of the organs, it is not counted either. Of what is left, at least 0.8 of the shingles in either text must \
          be in both; it must come to 200 characters and 0.3 of each text, and to 24 shingles of the sample. In a panel of \
          fewer than 6 organs nothing shows what is template, so nothing is said. A text that the organ \
          had in an earlier year is its own by now, so only the first is named; of several that it may be from, the one most \
          alike.",
};

/// Hashes kept of a text: of one with a third of its own, 80 are left to compare, right to about 0.05 at 0.8.
const KEPT: usize = 256;
/// A passage of more organs is from a template; a text handed round among so many is still somebody's.
const FEW: usize = 3;
/// Of fewer organs one cannot tell a template: that of half a panel would look like a copy.
const LEAST_ORGANS: usize = 6;
/// How alike the own passages are, in thousandths. A sentence or two are changed by who copies, and a name in a form that
/// is not known as one costs 0.1 where it stands each 100 characters; texts written apart have next to nothing in common.
const ALIKE: u32 = 800;
/// Characters of its own that a text has, about four sentences: two organs may have those of one circular.
const LEAST_OWN: usize = 200;
/// The part of a text that is its own, in thousandths.
const LEAST_PART: usize = 300;
/// Shingles of the sample that are compared: of fewer the share says nothing.
const LEAST_SAMPLE: usize = 24;
/// Own hashes of which two texts share one before they are compared: at 0.8, they miss one another 3 times in a million.
const BANDS: usize = 8;
/// Hashes are counted in so many goes, by their last bits, which divides the memory that it takes.
const GOES: u32 = 16;
/// What stands for a name, and for a number.
const NAME: char = 'O';
const NUMBER: char = 'N';

/// What is kept of a text to find it in the report of another organ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sample {
    /// The smallest hashes of its shingles, in order.
    hashes: Box<[u32]>,
    /// Hash of all of it.
    whole: u64,
    /// Its characters.
    characters: usize,
}

impl Sample {
    /// That of a report's prose, without the names of its organ.
    pub fn of_report(report: &Report) -> Self {
        let organ = report.organ.as_ref();
        let name = organ.map(|organ| format!("{}{}", organ.name, organ.inferred.as_deref().unwrap_or_default()));
        Sample::new(&prose(report), &name.unwrap_or_default())
    }

    fn new(text: &str, organ: &str) -> Self {
        let text: Vec<char> = masked(text, organ).chars().collect();
        let hashes = shingles(&text, KEPT);
        Sample { hashes, characters: text.len(), whole: hash(text.into_iter()) }
    }

    /// The largest hash of which the sample says whether the text has it.
    fn bound(&self) -> u32 {
        if self.hashes.len() < KEPT { u32::MAX } else { self.hashes.last().copied().unwrap_or(u32::MAX) }
    }
}

/// The text without white space and punctuation, with [`NAME`] for names of the organ and words for itself, and
/// [`NUMBER`] for each number.
fn masked(text: &str, organ: &str) -> String {
    let mut text = without_numbers(&bare(text));
    for name in names(&bare(organ)) {
        text = text.replace(&name, NAME.encode_utf8(&mut [0; 4]));
    }
    let mut last = None;
    text.retain(|c| last.replace(c) != Some(c) || c != NAME);
    text
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let within = out.ends_with(NUMBER);
        match c {
            '0'..='9' if within => {}
            '0'..='9' => out.push(NUMBER),
            '.' if within => {}
            _ => out.push(c),
        }
    }
    out
}

/// What the names of places end with.
const PLACES: [char; 10] = ['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡', '道'];
/// 我局, 本机关, 全市.
const SELF: [&str; 4] = ["我", "本", "全", "各"];
const KINDS: [&str; 17] =
    ["机关", "单位", "部门", "街道", "局", "委", "办", "厅", "院", "镇", "乡", "县", "区", "市", "处", "会", "校"];

/// What every place has: no name of one organ.
const GENERAL: [&str; 2] = ["人民政府", "办事处"];

/// The name, the places in it, its parts before and after each, and what an organ calls itself; the longest first.
fn names(organ: &str) -> Vec<String> {
    let mut names = vec![organ.to_owned()];
    let mut begin = 0;
    for (at, end) in organ.char_indices().filter(|(_, c)| PLACES.contains(c)) {
        let after = at + end.len_utf8();
        names.extend([&organ[begin..after], &organ[..after], &organ[at..], &organ[after..]].map(str::to_owned));
        begin = after;
    }
    names.retain(|name| name.chars().count() > 1 && !GENERAL.contains(&name.as_str()));
    names.extend(SELF.iter().flat_map(|own| KINDS.iter().map(move |kind| format!("{own}{kind}"))));
    names.sort_by_key(|name| (Reverse(name.len()), name.clone()));
    names.dedup();
    names
}

/// The texts that are compared.
struct Texts<'a> {
    panel: &'a Panel,
    /// Line and entry of each, by year and line.
    reports: Vec<(usize, usize)>,
    /// Hashes that are no organ's own.
    shared: HashSet<u32>,
}

/// Of each report the one of another organ and no later year whose text it has, where its organ had not had it before.
pub(super) fn texts(panel: &Panel, said: &mut Vec<Said>) {
    let Some(texts) = Texts::of(panel) else { return };
    let mut by_hash: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in 0..texts.reports.len() {
        let smallest: Vec<u32> = texts.own(at, u32::MAX).take(BANDS).collect();
        let mut others: Vec<usize> = smallest.iter().filter_map(|hash| by_hash.get(hash)).flatten().copied().collect();
        others.sort_unstable();
        others.dedup();
        if let Some((other, likeness)) = texts.borrowed(at, &others) {
            said.push(texts.said(at, other, likeness));
        }
        smallest.into_iter().for_each(|hash| by_hash.entry(hash).or_default().push(at));
    }
}

impl<'a> Texts<'a> {
    /// Those of a panel; `None` where it has too few organs.
    fn of(panel: &'a Panel) -> Option<Self> {
        let cells = panel
            .lines
            .iter()
            .enumerate()
            .flat_map(|(line, of)| of.cells.iter().filter_map(move |cell| cell.entry.map(|entry| (line, entry))));
        let mut reports: Vec<(usize, usize)> =
            cells.filter(|(_, entry)| panel.entries[*entry].words.characters >= LEAST_OWN).collect();
        reports.sort_by_key(|(line, entry)| (panel.entries[*entry].year, *line));
        let organs: HashSet<usize> = reports.iter().map(|(line, _)| *line).collect();
        let mut texts = Texts { panel, reports, shared: HashSet::new() };
        texts.shared = (organs.len() >= LEAST_ORGANS).then(|| texts.shared())?;
        Some(texts)
    }

    fn sample(&self, at: usize) -> &'a Sample {
        &self.panel.entries[self.reports[at].1].words
    }

    /// The hashes that more than [`FEW`] organs have, as far as their samples show.
    fn shared(&self) -> HashSet<u32> {
        let bounds = self.bounds();
        let mut shared = HashSet::new();
        for go in 0..GOES {
            let of_text = |at: usize| {
                let line = self.reports[at].0;
                self.sample(at).hashes.iter().filter(move |hash| *hash % GOES == go).map(move |hash| (*hash, line))
            };
            let mut seen: Vec<(u32, usize)> = (0..self.reports.len()).flat_map(of_text).collect();
            seen.sort_unstable();
            seen.dedup();
            for organs in seen.chunk_by(|one, other| one.0 == other.0) {
                let hash = organs[0].0;
                let visible = bounds.len() - bounds.partition_point(|bound| *bound < hash);
                if organs.len() * bounds.len() > FEW * visible {
                    shared.insert(hash);
                }
            }
        }
        shared
    }

    /// Up to which hash the samples of each organ show what it has, in order.
    fn bounds(&self) -> Vec<u32> {
        let mut bounds: HashMap<usize, u32> = HashMap::new();
        for at in 0..self.reports.len() {
            let bound = bounds.entry(self.reports[at].0).or_default();
            *bound = self.sample(at).bound().max(*bound);
        }
        let mut bounds: Vec<u32> = bounds.into_values().collect();
        bounds.sort_unstable();
        bounds
    }

    /// The own hashes of a text up to this one, in order.
    fn own(&self, at: usize, bound: u32) -> impl Iterator<Item = u32> {
        let hashes = self.sample(at).hashes.iter().copied();
        hashes.take_while(move |hash| *hash <= bound).filter(|hash| !self.shared.contains(hash))
    }

    /// Of these texts the one that is most alike, and how much in thousandths; none where one is of the same organ.
    fn borrowed(&self, at: usize, others: &[usize]) -> Option<(usize, u32)> {
        let alike = others.iter().filter_map(|other| Some((self.likeness(at, *other)?, *other)));
        let alike: Vec<(u32, usize)> = alike.filter(|(likeness, _)| *likeness >= ALIKE).collect();
        if alike.iter().any(|(_, other)| self.reports[*other].0 == self.reports[at].0) {
            return None;
        }
        let (likeness, other) = alike.into_iter().max_by_key(|(likeness, other)| (*likeness, Reverse(*other)))?;
        Some((other, likeness))
    }

    fn said(&self, at: usize, other: usize, likeness: u32) -> Said {
        let [now, other] = [at, other].map(|at| self.reports[at].1);
        let finding = Finding::new(Code::BorrowedText).found(percent(likeness));
        self.panel.said(now, self.panel.against(finding.detail("theirs", self.panel.organ_of(other)), other))
    }

    /// How alike what is their own is in two texts, in thousandths; `None` where that is too little.
    fn likeness(&self, one: usize, other: usize) -> Option<u32> {
        let (first, second) = (self.sample(one), self.sample(other));
        let bound = first.bound().min(second.bound());
        let [ours, theirs] = [one, other].map(|at| self.own(at, bound).collect::<Vec<u32>>());
        let both = ours.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count();
        let all = ours.len() + theirs.len() - both;
        let enough = is_enough(first, &ours, bound) && is_enough(second, &theirs, bound) && all >= LEAST_SAMPLE;
        let equal = first.whole == second.whole && first.characters == second.characters;
        let share = u32::try_from((both * 1000).checked_div(all)?).ok()?;
        enough.then(|| if equal { 1000 } else { share.min(999) })
    }
}

/// Whether so many own hashes up to the bound stand for enough of a text.
fn is_enough(sample: &Sample, own: &[u32], bound: u32) -> bool {
    let looked_at = sample.hashes.partition_point(|hash| *hash <= bound);
    own.len() * 1000 >= LEAST_PART * looked_at && own.len() * sample.characters >= LEAST_OWN * looked_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_years_and_numbers_are_no_difference() {
        let ours = masked("2022年，示例市教育局（我局）公开信息12.5万条，市教育局机关共345件。", "示例市教育局");
        let theirs = masked("2023年，样本县水利局（我局）公开信息7万条，县水利局机关共8件。", "样本县水利局");
        assert_eq!(ours, theirs);
        assert_eq!(ours, "N年O公开信息N万条O机关共N件");
        let town = masked("示例市东区河口镇人民政府和河口镇各村，东区人民政府要求", "示例市东区河口镇人民政府");
        assert_eq!(town, "O和O各村O人民政府要求");
    }

    #[test]
    fn a_sample_is_small_however_long_the_text() {
        let text: String = (0u32..9_000).filter_map(|at| char::from_u32(0x4e00 + at * 7 % 9_001)).collect();
        assert_eq!(Sample::new(&text, "示例市教育局").hashes.len(), KEPT);
    }
}
