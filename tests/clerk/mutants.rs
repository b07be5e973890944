//! Damaged bodies: what is refused is refused by name, and what is accepted comes out as whole as it went in.

use gongkai::finding::Lang;
use gongkai::ingest::{Limits, anatomy};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::cases::{case_of, commented};
use crate::docx::Builder;
use crate::every_figure::everywhere;
use crate::mutate::{Random, bytes as any, tags};
use crate::word::{comments, is_within, main_part, parts, steps, without_marks};

/// Mutants that are tried; each is read twice.
const MUTANTS: u64 = 60;

/// Whether a strict parser takes a part to its end.
fn is_whole(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let mut reader = Reader::from_str(text);
    let mut open = 0_i32;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.attributes().all(|attribute| attribute.is_ok()) => open += 1,
            Ok(Event::Empty(tag)) if tag.attributes().all(|attribute| attribute.is_ok()) => {}
            Ok(Event::End(_)) => open -= 1,
            Ok(Event::Eof) => return open == 0,
            Err(_) | Ok(Event::Start(_) | Event::Empty(_)) => return false,
            Ok(_) => {}
        }
    }
}

/// An element, from its first byte to its last, that begins at or after `from`.
fn element(xml: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let at = from + xml[from..].match_indices("<w:").map(|(at, _)| at).next()?;
    let name = xml[at + 1..].split([' ', '>', '/']).next()?;
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut to) = (0, at);
    loop {
        let next = to + xml[to..].find('<')?;
        let end = next + xml[next..].find('>')? + 1;
        let tag = &xml[next..end];
        let own = tag.starts_with(&open) && tag[open.len()..].starts_with([' ', '>', '/']);
        depth += i32::from(own && !tag.ends_with("/>")) - i32::from(tag == close);
        to = end;
        if depth == 0 {
            return Some(at..to);
        }
    }
}

/// The XML with one to three elements dropped, doubled, or put where they do not belong: well-formed, but no Word any more.
fn moved(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut xml = String::from_utf8(original.to_vec()).expect("UTF-8");
    let body = xml.find("<w:body>").expect("a body") + "<w:body>".len();
    for _ in 0..=random.below(3) {
        let mut somewhere = |xml: &str| {
            let mut at = body + random.below(xml.len() - body);
            while !xml.is_char_boundary(at) {
                at -= 1;
            }
            element(xml, at)
        };
        let (Some(one), Some(other)) = (somewhere(&xml), somewhere(&xml)) else { continue };
        let piece = xml[one.clone()].to_owned();
        match random.below(3) {
            0 => xml.replace_range(one, ""),
            1 => xml.insert_str(other.start, &piece),
            _ => xml.insert_str(other.end, &piece),
        }
    }
    xml.into_bytes()
}

#[test]
fn a_damaged_body_is_refused_or_comes_out_as_it_went_in() {
    let whole = parts(&case_of("nested-2021").bytes);
    let body = &whole[&main_part(&whole)];
    let (mut taken, mut refused) = (0, 0);
    for seed in 0..MUTANTS {
        let damage = [moved, moved, moved, tags, any][seed as usize % 5];
        let mutant = damage(body, &mut Random(seed));
        let bytes = Builder::of_main("word/document.xml", mutant.clone()).bytes();
        let (Ok(Ok(_)), Ok(mut extraction)) =
            (anatomy(&bytes, &Limits::default()), gongkai::extract(&bytes, &gongkai::Options::default()))
        else {
            refused += 1;
            continue;
        };
        extraction.reports.iter_mut().for_each(everywhere);
        let copy = parts(&commented(&bytes, &extraction, Lang::En).expect("annotated").bytes);
        let copy_body = &copy["word/document.xml"];
        assert!(is_within(&mutant, copy_body), "seed {seed}");
        if is_whole(&mutant) {
            let ids: Vec<u32> = comments(&copy).iter().map(|comment| comment.id).collect();
            assert!(without_marks(&steps(copy_body), &ids) == steps(&mutant), "seed {seed}");
            taken += 1;
        }
    }
    assert!(taken > 20 && refused > 5, "{taken} taken, {refused} refused");
}
