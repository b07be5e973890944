//! Which reports of one name are of one place: 鼓楼区教育局 of 福州 is not that of 南京, and an organ whose place
//! came under another code is still one.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use crate::division::may_be_one;
use crate::report::Status;

/// What stands in a key between the name of an organ and the code of its place; names have letters and digits only.
const AT: char = '@';
/// What codes are divided by so that equal results mean one province, one prefecture, one division.
const NEARER: [u32; 3] = [10_000, 100, 1];

/// The codes of a name, and the years of the reports that have them.
type Known = BTreeMap<u32, BTreeSet<i32>>;

/// The name in a key.
pub(super) fn name_of(key: &str) -> &str {
    key.split(AT).next().unwrap_or(key)
}

/// The key of an organ of that name and place.
pub(super) fn key_at(name: &str, code: u32) -> String {
    format!("{name}{AT}{code:06}")
}

/// The code in a key.
pub(super) fn code_of(key: &str) -> Option<u32> {
    key.split(AT).nth(1)?.parse().ok()
}

/// Whether other organs have the name in a key.
pub(super) fn is_shared(key: &str) -> bool {
    key.contains(AT)
}

/// Puts the place into the keys of reports whose name organs of several places have; gives those of which nobody
/// says which place is theirs.
pub(super) fn part(entries: &mut [Entry]) -> BTreeSet<usize> {
    let mut names: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.key.is_empty()) {
        names.entry(entry.key.clone()).or_default().push(at);
    }
    let mut apart = BTreeSet::new();
    for (name, reports) in names {
        let places = places(&known(entries, &reports));
        for at in reports {
            match of(&entries[at], &places) {
                Of::TheOne => continue,
                Of::Place(code) => entries[at].key = key_at(&name, code).into(),
                Of::Nobody => {
                    entries[at].key = format!("{name}{AT}").into();
                    apart.insert(at);
                }
            }
        }
    }
    apart
}

/// The settled codes of reports, with their years. Two years side by side are no report of either.
fn known(entries: &[Entry], reports: &[usize]) -> Known {
    let mut known = Known::new();
    for entry in reports.iter().map(|at| &entries[*at]).filter(|entry| entry.status != Status::Comparison) {
        if let (Some(code), Some(year)) = (entry.code(), entry.year) {
            known.entry(code).or_default().insert(year);
        }
    }
    known
}

/// Of which of the places of its name a report is.
enum Of {
    /// There is no second one.
    TheOne,
    /// The one that has this code, the smallest if it has had several.
    Place(u32),
    /// It may be of several, or is of none of them.
    Nobody,
}

fn of(entry: &Entry, places: &[BTreeSet<u32>]) -> Of {
    let own = entry.code().and_then(|code| places.iter().find(|place| place.contains(&code)));
    match (own, places) {
        (Some(_), [_]) | (_, []) => Of::TheOne,
        (Some(place), _) => place.first().map_or(Of::Nobody, |code| Of::Place(*code)),
        (None, [only]) if possible(entry, only) => Of::TheOne,
        (None, _) => Of::Nobody,
    }
}

/// Whether what is known of a report's place leaves this one possible.
fn possible(entry: &Entry, place: &BTreeSet<u32>) -> bool {
    entry.candidates.is_empty() || entry.candidates.iter().any(|code| fit(&BTreeSet::from([*code]), place))
}

/// The places that codes are of: each the codes that one place may have had in turn.
///
/// Where that leaves more than one reading (two organs of a name whose codes changed in the same year), only codes
/// of one prefecture are taken together; where that does too, none.
fn places(known: &Known) -> Vec<BTreeSet<u32>> {
    let mut settled = Vec::new();
    let mut open = vec![known.keys().copied().collect::<BTreeSet<u32>>()];
    open.retain(|codes| !codes.is_empty());
    for unit in NEARER {
        let parts = open.iter().flat_map(|codes| joined(known, codes.clone(), unit));
        let (sure, unsure): (Vec<_>, Vec<_>) = parts.partition(|part| is_one(known, part));
        settled.extend(sure);
        open = unsure;
    }
    settled
}

/// Codes put together that may be of one place, over others if need be.
fn joined(known: &Known, mut codes: BTreeSet<u32>, unit: u32) -> Vec<BTreeSet<u32>> {
    let mut parts = Vec::new();
    while let Some(first) = codes.pop_first() {
        let (mut part, mut open) = (BTreeSet::new(), vec![first]);
        while let Some(code) = open.pop() {
            part.insert(code);
            let (near, rest) =
                codes.into_iter().partition(|other| code / unit == other / unit && may_be(known, code, *other));
            codes = rest;
            open.extend::<BTreeSet<u32>>(near);
        }
        parts.push(part);
    }
    parts
}

fn is_one(known: &Known, part: &BTreeSet<u32>) -> bool {
    part.iter().all(|one| part.range(one + 1..).all(|other| may_be(known, *one, *other)))
}

/// No year has reports of both, and the codes may be of one place.
fn may_be(known: &Known, one: u32, other: u32) -> bool {
    known[&one].is_disjoint(&known[&other]) && may_be_one(one, other)
}

/// Whether two names may be of one place, as far as codes say; names without any may.
pub(super) fn fit(some: &BTreeSet<u32>, others: &BTreeSet<u32>) -> bool {
    some.iter().all(|one| others.iter().all(|other| may_be_one(*one, *other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: &[(u32, &[i32])]) -> Vec<Vec<u32>> {
        let known = known.iter().map(|(code, years)| (*code, years.iter().copied().collect())).collect();
        let mut places: Vec<Vec<u32>> = places(&known).into_iter().map(|place| place.into_iter().collect()).collect();
        places.sort();
        places
    }

    #[test]
    fn a_code_that_took_the_place_of_another_is_of_the_same_place() {
        assert_eq!(
            found(&[(341_521, &[2013, 2014]), (340_422, &[2015])]),
            [[340_422, 341_521]],
            "寿县 came under 淮南"
        );
        assert_eq!(found(&[(512_081, &[2015]), (510_185, &[2016, 2017])]), [[510_185, 512_081]], "简阳市 under 成都");
        assert_eq!(found(&[(350_102, &[2020])]), [[350_102]]);
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn codes_that_stood_side_by_side_are_of_two_places() {
        assert_eq!(found(&[(320_106, &[2019]), (320_302, &[2020])]), [[320_106], [320_302]], "鼓楼区 of 南京 and 徐州");
        assert_eq!(found(&[(320_106, &[2019]), (350_102, &[2020])]), [[320_106], [350_102]], "of two provinces");
        assert_eq!(found(&[(341_521, &[2014, 2015]), (340_422, &[2015])]), [[340_422], [341_521]], "a year of both");
    }

    #[test]
    fn less_said_in_another_year_is_no_other_place_unless_it_may_be_two() {
        assert_eq!(found(&[(320_100, &[2019]), (320_106, &[2020])]), [[320_100, 320_106]]);
        let two = found(&[(320_100, &[2019]), (320_106, &[2020]), (320_102, &[2020])]);
        assert_eq!(two, [[320_100], [320_102], [320_106]]);
    }

    #[test]
    fn of_two_changes_at_once_those_of_one_prefecture_go_together() {
        // 铜陵 and 淮南 took up a county each in 2015, from 安庆 and 六安: which is which, codes do not say.
        let known: [(u32, &[i32]); 4] =
            [(340_823, &[2014]), (340_722, &[2015]), (341_521, &[2014]), (340_422, &[2015])];
        assert_eq!(found(&known), [[340_422], [340_722], [340_823], [341_521]]);
    }
}
