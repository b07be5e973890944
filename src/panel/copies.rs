//! Copied reports: all figures those of another report, or the text last year's but for the year.

use std::collections::HashMap;

use super::text::percent;
use super::{Check, Pair, Panel, Said};
use crate::finding::{Code, Finding};

pub(super) const FIGURES: Check = Check {
    name: "copied_figures",
    codes: &[Code::CopiedFigures],
    doc: "Reports with the same figures in the same states: of the same organ in the year before, else of another organ in \
          any year. Reports of nothing but zeros, blanks and small numbers are alike by nature, so the different numbers \
          above 0 of a report must have at least 6 digits together before it counts; totals and stocks (现行有效件数, \
          上一年项目数量, 上年结转) do not count among these, and of a stretch of equal reports each but the first is named.",
};

pub(super) const TEXT: Check = Check {
    name: "copied_text",
    codes: &[Code::CopiedText],
    doc: "The prose is that of the year before, or of an earlier year of the same organ. Years, white space and punctuation are left out, then both texts are cut into \
          shingles of 5 characters; the share of shingles in both among those in either (Jaccard's measure) must be at \
          least 0.95. It is estimated from the 128 smallest hashes of each text, and said to be 100 % only of equal texts. \
          The numbers in both must be the same, but for dates: a text with new figures was written for its year. \
          Texts under 150 characters, and those that introduce tables, are not compared.",
};

/// Digits that the different numbers of a report have together before equal reports are no chance.
const DIGITS: u32 = 6;
/// How alike texts are that were copied, in thousandths.
const ALIKE: u32 = 950;
/// Shorter texts are set phrases. In characters without punctuation.
const SHORTEST: u32 = 150;

/// Of reports with the same figures each but the first.
pub(super) fn figures(panel: &Panel, pairs: &[(usize, usize)], said: &mut Vec<Said>) {
    let before: HashMap<usize, usize> = pairs.iter().map(|(before, now)| (*now, *before)).collect();
    let mut first: HashMap<u64, usize> = HashMap::new();
    for now in panel.in_lines() {
        let entry = &panel.entries[now];
        if entry.digits < DIGITS {
            continue;
        }
        let same = |other: usize| panel.entries[other].figures_hash == entry.figures_hash;
        let earlier = *first.entry(entry.figures_hash).or_insert(now);
        let last_year = before.get(&now).copied().filter(|before| same(*before));
        if let Some(other) = last_year.or((earlier != now).then_some(earlier)) {
            let finding = Finding::new(Code::CopiedFigures).detail("theirs", panel.organ_of(other));
            said.push(panel.said(now, panel.against(finding, other)));
        }
    }
}

/// Whether the text of a pair is the same but for years; then it is said.
pub(super) fn text(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) -> bool {
    let likeness = copied(panel, pair.before, pair.now);
    said.extend(likeness.map(|likeness| says(panel, (pair.before, pair.now), likeness)));
    likeness.is_some()
}

/// Of an organ's reports, by year, each that has the text of one before the last: of the latest of them. `copied_last` are
/// those that have the text of the last.
pub(super) fn older_texts(panel: &Panel, reports: &[usize], copied_last: &[usize], said: &mut Vec<Said>) {
    for (at, &now) in reports.iter().enumerate().filter(|(_, now)| !copied_last.contains(now)) {
        let last_year = |before: usize| {
            let year = |entry: usize| panel.entries[entry].year;
            year(before).is_some_and(|before| year(now) == Some(before + 1))
        };
        let mut earlier = reports[..at].iter().rev().filter(|before| !last_year(**before));
        let found = earlier.find_map(|&before| Some((before, copied(panel, before, now)?)));
        said.extend(found.map(|(before, likeness)| says(panel, (before, now), likeness)));
    }
}

/// How alike two texts are, if the second is a copy of the first.
fn copied(panel: &Panel, before: usize, now: usize) -> Option<u32> {
    let (before, now) = (&panel.entries[before].text, &panel.entries[now].text);
    let likeness = before.likeness(now);
    let long = before.characters.min(now.characters) >= SHORTEST;
    (long && likeness >= ALIKE && before.same_numbers(now)).then_some(likeness)
}

fn says(panel: &Panel, (before, now): (usize, usize), likeness: u32) -> Said {
    panel.said(now, panel.against(Finding::new(Code::CopiedText).found(percent(likeness)), before))
}
