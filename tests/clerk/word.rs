//! Word files taken apart by other means than the program's: the zip crate and quick-xml, with all its checks on.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

/// The parts by name, unpacked.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    each(bytes, |archive, at| {
        let mut content = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut content).expect("unpacked");
        content
    })
}

/// The parts by name, as they are packed.
pub fn packed(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    each(bytes, |archive, at| {
        let mut content = Vec::new();
        archive.by_index_raw(at).expect("a part").read_to_end(&mut content).expect("read");
        content
    })
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn each(bytes: &[u8], mut take: impl FnMut(&mut Archive<'_>, usize) -> Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let name = archive.by_index_raw(at).expect("a part").name().expect("a name").into_owned();
        let content = take(&mut archive, at);
        assert!(parts.insert(name.clone(), content).is_none(), "{name} is there twice");
    }
    parts
}

/// The name of the part with the body.
pub fn main_part(parts: &BTreeMap<String, Vec<u8>>) -> String {
    let types = String::from_utf8(parts["[Content_Types].xml"].clone()).expect("UTF-8");
    let before = types.split("document.main+xml").next().expect("a main part");
    let name = before.rsplit("PartName=\"/").next().expect("a name");
    name.split('"').next().expect("a name").to_owned()
}

/// A step through a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

/// Every step through a part that must be well-formed; prefixes are left out, and so is what declares them.
pub fn steps(xml: &[u8]) -> Vec<Step> {
    let text = std::str::from_utf8(xml).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    let mut steps = Vec::new();
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    loop {
        let event = reader.read_event().expect("well-formed");
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let name = local(tag.name().as_ref());
                let attributes = tag.attributes().map(|attribute| attribute.expect("well-formed"));
                let attributes = attributes.filter(|attribute| !attribute.key.as_ref().starts_with("xmlns"));
                let attributes =
                    attributes.map(|attribute| (local(attribute.key.as_ref()), attribute.value.to_string()));
                steps.push(Step::Open(name.clone(), attributes.collect()));
                if matches!(event, Event::Empty(_)) {
                    steps.push(Step::Close(name));
                }
            }
            Event::End(tag) => steps.push(Step::Close(local(tag.name().as_ref()))),
            Event::Text(text) => steps.push(Step::Text(text.to_string())),
            Event::CData(text) => steps.push(Step::Text(text.to_string())),
            Event::GeneralRef(reference) => steps.push(Step::Text(format!("&{};", &*reference))),
            Event::Eof => return steps,
            _ => {}
        }
    }
}

const MARKS: [&str; 3] = ["commentRangeStart", "commentRangeEnd", "commentReference"];

/// The number of the comment that a step is a mark of.
fn mark(step: &Step) -> Option<(&str, u32)> {
    let Step::Open(name, attributes) = step else { return None };
    MARKS.contains(&name.as_str()).then(|| (name.as_str(), attributes["id"].parse().expect("a number")))
}

/// The steps without the marks of these comments, and without the runs that hold nothing else.
pub fn without_marks(steps: &[Step], ids: &[u32]) -> Vec<Step> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let own = |step: Option<&Step>| step.and_then(mark).is_some_and(|(_, id)| ids.contains(&id));
        let is_run = matches!(&steps[at], Step::Open(name, attributes) if name == "r" && attributes.is_empty());
        if is_run && own(steps.get(at + 1)) && matches!(steps.get(at + 3), Some(Step::Close(name)) if name == "r") {
            at += 4;
        } else if own(steps.get(at)) {
            at += 2;
        } else {
            kept.push(steps[at].clone());
            at += 1;
        }
    }
    kept
}

/// A comment as it stands in a file: its number, the words between its marks, its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: u32,
    pub words: String,
    pub lines: Vec<String>,
}

/// The comments that the program put into a file, in the order of the body. Every mark must be there once.
pub fn comments(parts: &BTreeMap<String, Vec<u8>>) -> Vec<Comment> {
    let lines = lines(parts);
    let words = words(&steps(&parts[&main_part(parts)]), &lines.keys().copied().collect::<Vec<_>>());
    let of =
        |(id, words): &(u32, String)| Some(Comment { id: *id, words: words.clone(), lines: lines.get(id)?.clone() });
    let found: Vec<Comment> = words.iter().filter_map(of).collect();
    assert_eq!(found.len(), lines.len(), "a comment without a place");
    found
}

/// The lines of each of the program's comments.
fn lines(parts: &BTreeMap<String, Vec<u8>>) -> BTreeMap<u32, Vec<String>> {
    let Some((_, part)) = parts.iter().find(|(name, _)| name.ends_with("/comments.xml")) else {
        return BTreeMap::new();
    };
    let mut comments: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut open: Option<u32> = None;
    for step in steps(part) {
        match step {
            Step::Open(name, attributes) if name == "comment" => {
                let own = attributes.get("author").is_some_and(|author| author == "gongkai");
                open = own.then(|| attributes["id"].parse().expect("a number"));
                if let Some(id) = open {
                    assert!(comments.insert(id, Vec::new()).is_none(), "comment {id} is there twice");
                    assert!(!attributes.contains_key("date"), "a clock");
                }
            }
            Step::Open(name, _) if name == "p" => {
                if let Some(lines) = open.and_then(|id| comments.get_mut(&id)) {
                    lines.push(String::new());
                }
            }
            Step::Text(text) => {
                if let Some(line) = open.and_then(|id| comments.get_mut(&id)?.last_mut()) {
                    line.push_str(&text);
                }
            }
            _ => {}
        }
    }
    comments
}

/// The text of `w:t` between the marks of each of these comments, text boxes and deleted text left out.
fn words(steps: &[Step], own: &[u32]) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    for step in steps {
        match mark(step).filter(|(_, id)| own.contains(id)) {
            Some(("commentRangeStart", id)) => {
                assert!(found.iter().all(|(known, _)| *known != id), "comment {id} begins twice");
                open.push(id);
                found.push((id, String::new()));
            }
            Some(("commentRangeEnd", id)) => {
                assert!(open.contains(&id), "comment {id} ends before it begins");
                open.retain(|known| *known != id);
            }
            _ => {}
        }
        match step {
            Step::Open(name, _) => path.push(name),
            Step::Close(name) => assert_eq!(path.pop(), Some(name.as_str())),
            Step::Text(text) => {
                let left_out = ["txbxContent", "del", "moveFrom"].iter().any(|name| path.contains(name));
                if path.last() == Some(&"t") && !left_out {
                    found.iter_mut().filter(|(id, _)| open.contains(id)).for_each(|(_, words)| words.push_str(text));
                }
            }
        }
    }
    assert!(open.is_empty(), "{open:?} never end");
    found
}

/// Whether the longer text holds the shorter, byte after byte, with something put between.
pub fn is_within(shorter: &[u8], longer: &[u8]) -> bool {
    let mut rest = longer.iter();
    shorter.iter().all(|byte| rest.any(|other| other == byte))
}
