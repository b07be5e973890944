//! Programs of others open the copies, and see the comments where the program put them.

use std::collections::BTreeMap;

use crate::cases::copies;
use crate::word::{comments, parts};

/// What `tests/second_opinion/annotate_libreoffice.py` stored: for each case, words of the paragraph and first line.
fn libreoffice() -> BTreeMap<String, Vec<(String, String)>> {
    serde_json::from_str(include_str!("../second_opinion/annotate_libreoffice.json")).expect("JSON")
}

#[test]
fn libreoffice_sees_every_comment_at_its_place() {
    let theirs = libreoffice();
    for (case, copy) in copies() {
        let ours = comments(&parts(&copy.bytes));
        let theirs = theirs.get(&case.name).unwrap_or_else(|| panic!("{} is new: run the script", case.name));
        assert_eq!(ours.len(), theirs.len(), "{}", case.name);
        for (ours, (paragraph, first)) in ours.iter().zip(theirs) {
            assert_eq!(&ours.lines[0], first, "{}", case.name);
            // A comment may be about a sentence of its paragraph; a note's number is text of LibreOffice's own.
            assert!(paragraph.contains(&ours.words), "{}: {:?} in {paragraph:?}", case.name, ours.words);
            assert_eq!(paragraph.is_empty(), ours.words.is_empty(), "{}: {first}", case.name);
        }
    }
}

/// Cases of which docx-rs does not read the comments, and why.
const NOT_BY_DOCX_RS: [(&str, &str); 1] =
    [("strict-2021", "it wants word/document.xml, and here the main part has another name")];

#[test]
fn docx_rs_reads_the_comments_too() {
    for (case, copy) in copies() {
        let read = docx_rs::read_docx(&copy.bytes).ok().map(|docx| docx.json());
        let value: Option<serde_json::Value> = read.and_then(|json| serde_json::from_str(&json).ok());
        let all = value.and_then(|value| Some(value["comments"]["comments"].as_array()?.clone())).unwrap_or_default();
        let own = all.iter().filter(|comment| comment["author"] == "gongkai").count();
        let known = NOT_BY_DOCX_RS.iter().find(|(name, _)| *name == case.name);
        assert_eq!(own == copy.comments, known.is_none(), "{}: {own} of {}", case.name, copy.comments);
    }
}
