//! Sentences of the year before that were left standing.

use std::collections::HashSet;

use super::sentences::{Kind, Sentence};
use super::{Check, Pair, Panel, Said};
use crate::finding::{Code, Finding};

pub(super) const CHECK: Check = Check {
    name: "stale_sentence",
    codes: &[Code::StaleSentence],
    doc: "A sentence stands word for word in the report of the year before, and either names that year (and not the year \
          reported on), or states at least two counts of together at least 5 digits, which do not repeat by chance. Left \
          out are set phrases without such numbers, years and counts in a title (《…》), laws and dates of the past, \
          contacts, and what an organ has or keeps (staff, offices, stocks); and all sentences where the whole text is \
          last year's, which is said once.",
};

/// Every such sentence of the later report.
pub(super) fn sentences(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) {
    let (before, now) = (&panel.entries[pair.before].sentences, &panel.entries[pair.now].sentences);
    let has = |kind: Kind| before.iter().filter(move |sentence| sentence.kind == kind).map(|sentence| sentence.hash);
    let (own_year, counts): (HashSet<u64>, HashSet<u64>) = (has(Kind::OwnYear).collect(), has(Kind::Counts).collect());
    let mut last = None;
    for sentence in now.iter().filter(|sentence| match sentence.kind {
        Kind::LastYear => own_year.contains(&sentence.hash),
        Kind::Counts => counts.contains(&sentence.hash),
        Kind::OwnYear => false,
    }) {
        if last != Some(sentence.number) {
            last = Some(sentence.number);
            said.push(panel.said(pair.now, panel.against(finding(sentence), pair.before)));
        }
    }
}

fn finding(sentence: &Sentence) -> Finding {
    let why = if sentence.kind == Kind::Counts { "same_counts" } else { "names_last_year" };
    Finding::new(Code::StaleSentence).at(sentence.origin).detail("text", &sentence.start).detail("why", why)
}
