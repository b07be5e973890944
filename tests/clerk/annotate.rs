//! Comments in copies of Word files: at the planted places, and nothing else changed.

use std::collections::BTreeMap;

use gongkai::finding::Lang;

use crate::cases::{annotated, copies, extracted, same};
use crate::word::{Comment, comments, is_within, main_part, packed, parts, steps, without_marks};

#[test]
fn every_planted_error_has_its_comment() {
    let mut planted = 0;
    for (case, copy) in copies() {
        let found = comments(&parts(&copy.bytes));
        for (words, code) in &case.planted {
            let named =
                |comment: &&Comment| comment.lines.iter().any(|line| line.starts_with('[') && line.ends_with(code));
            let at: Vec<&str> = found.iter().filter(named).map(|comment| comment.words.as_str()).collect();
            assert!(at.contains(&words.as_str()), "{}: {code} stands at {at:?}, not at {words:?}", case.name);
            planted += 1;
        }
        assert_eq!(found.is_empty(), case.planted.is_empty(), "{}", case.name);
    }
    assert!(planted >= 20, "{planted}");
}

fn listed(bytes: &[u8]) -> String {
    let text =
        |comment: &Comment| format!("{} «{}»\n    {}\n", comment.id, comment.words, comment.lines.join("\n    "));
    comments(&parts(bytes)).iter().map(text).collect()
}

#[test]
fn the_comments_are_the_stored_ones() {
    for (case, copy) in copies() {
        same(&case.folder.join("comments.en.txt"), &listed(&copy.bytes));
    }
    for name in ["sums-2021", "sentence-2021", "text-box-2021"] {
        let case = crate::cases::case_of(name);
        let copy = annotated(&case.bytes, Lang::Zh).expect("annotated");
        same(&case.folder.join("comments.zh.txt"), &listed(&copy.bytes));
    }
}

#[test]
fn taking_the_marks_out_gives_back_the_body() {
    for (case, copy) in copies() {
        let (before, after) = (parts(&case.bytes), parts(&copy.bytes));
        let name = main_part(&before);
        assert!(is_within(&before[&name], &after[&name]), "{}: bytes of the body are lost", case.name);
        let ids: Vec<u32> = comments(&after).iter().map(|comment| comment.id).collect();
        let (original, marked) = (steps(&before[&name]), steps(&after[&name]));
        assert_eq!(original == marked, ids.is_empty(), "{}", case.name);
        assert!(without_marks(&marked, &ids) == original, "{}: more than marks was put in", case.name);
    }
}

/// Parts that may differ, by the end of their names.
const MAY_DIFFER: [&str; 3] = ["[Content_Types].xml", ".xml.rels", "comments.xml"];

#[test]
fn every_other_part_stays_packed_as_it_was() {
    for (case, after) in copies() {
        let (before, after) = (packed(&case.bytes), packed(&after.bytes));
        let main = main_part(&parts(&case.bytes));
        let may = |name: &str| name == main || MAY_DIFFER.iter().any(|end| name.ends_with(end));
        for (name, bytes) in &before {
            assert!(may(name) || after.get(name) == Some(bytes), "{}: {name} was packed anew", case.name);
        }
        let new: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
        assert!(new.iter().all(|name| may(name)), "{}: {new:?} are new", case.name);
    }
}

#[test]
fn parts_around_the_body_are_only_added_to() {
    for (case, copy) in copies() {
        let after = parts(&copy.bytes);
        for (name, bytes) in parts(&case.bytes) {
            assert!(is_within(&bytes, &after[&name]), "{}: {name} lost something", case.name);
            if name.ends_with(".xml") || name.ends_with(".rels") {
                steps(&after[&name]);
            }
        }
    }
}

#[test]
fn the_comments_belong_to_the_body() {
    for (case, copy) in copies().iter().filter(|(case, _)| !case.planted.is_empty()) {
        let after = parts(&copy.bytes);
        let types = String::from_utf8(after["[Content_Types].xml"].clone()).expect("UTF-8");
        assert_eq!(types.matches("wordprocessingml.comments+xml").count(), 1, "{}: {types}", case.name);
        let related: Vec<&Vec<u8>> =
            after.iter().filter(|(name, _)| name.starts_with("word/_rels/")).map(|(_, part)| part).collect();
        let related = String::from_utf8(related[0].clone()).expect("UTF-8");
        assert_eq!(related.matches("/relationships/comments\"").count(), 1, "{}: {related}", case.name);
        let strict = String::from_utf8_lossy(&after[&main_part(&after)]).contains("purl.oclc.org");
        assert_eq!(
            related.contains("purl.oclc.org/ooxml/officeDocument/relationships/comments"),
            strict,
            "{}",
            case.name
        );
    }
}

#[test]
fn the_copy_says_the_same_as_the_file() {
    for (case, copy) in copies() {
        assert_eq!(extracted(&copy.bytes).reports, extracted(&case.bytes).reports, "{}", case.name);
        let again = annotated(&case.bytes, Lang::En).expect("annotated");
        assert_eq!(copy.bytes, again.bytes, "{}: the same bytes each time", case.name);
    }
}

#[test]
fn comments_of_others_stay_and_keep_their_numbers() {
    let case = crate::cases::case_of("commented-2021");
    let (before, after) = (parts(&case.bytes), parts(&annotated(&case.bytes, Lang::Zh).expect("annotated").bytes));
    let own: Vec<u32> = comments(&after).iter().map(|comment| comment.id).collect();
    assert_eq!(own, [2, 3], "0 and 1 are taken");
    let ids: BTreeMap<u32, usize> = numbers(&after["word/comments.xml"]);
    assert!(ids.values().all(|count| *count == 1) && ids.len() == 4, "{ids:?}");
    assert_eq!(numbers(&before["word/comments.xml"]).len(), 2);
}

/// The numbers of all comments of a part, and how often each is there.
fn numbers(part: &[u8]) -> BTreeMap<u32, usize> {
    let mut numbers = BTreeMap::new();
    for step in steps(part) {
        if let crate::word::Step::Open(name, attributes) = step
            && name == "comment"
        {
            *numbers.entry(attributes["id"].parse().expect("a number")).or_default() += 1;
        }
    }
    numbers
}

#[test]
fn a_copy_may_be_annotated_again() {
    let case = crate::cases::case_of("sums-2021");
    let once = annotated(&case.bytes, Lang::Zh).expect("annotated");
    let twice = annotated(&once.bytes, Lang::Zh).expect("annotated");
    assert_eq!(comments(&parts(&twice.bytes)).len(), 2 * once.comments);
    assert_eq!(extracted(&twice.bytes).reports, extracted(&case.bytes).reports);
}

#[test]
fn what_somebody_answers_for_needs_no_comment() {
    let case = crate::cases::case_of("sentence-2021");
    let mut extraction = extracted(&case.bytes);
    for finding in &mut extraction.reports[0].findings {
        finding.waived =
            Some(gongkai::finding::Waived {
                reason: "口径不同".to_owned(), date: "2025-01-08".to_owned(), by: None
            });
    }
    let copy = crate::cases::commented(&case.bytes, &extraction, Lang::Zh).expect("annotated");
    assert_eq!((copy.comments, copy.bytes == case.bytes), (0, true), "a copy of the file as it is");
}

/// A report whose every sentence contradicts its tables: more than anybody reads, and than programs bear.
#[test]
fn thousands_of_findings_give_a_file_that_opens() {
    let case = crate::cases::case_of("sentence-2021");
    let mut extraction = extracted(&case.bytes);
    let finding = extraction.reports[0].findings[0].clone();
    extraction.reports[0].findings = (0..5_000).map(|number: u32| finding.clone().found(number.to_string())).collect();
    let copy = crate::cases::commented(&case.bytes, &extraction, Lang::En).expect("annotated");
    let found = comments(&parts(&copy.bytes));
    assert_eq!(found.len(), 2);
    assert!(found[0].lines[0].starts_with("… and 3000 findings more"), "{:?}", found[0].lines);
}
