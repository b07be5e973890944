//! quick-xml as the second opinion: the same names, attributes and characters in the same order,
//! and the same break at the same byte, for every part of every sample, whole and damaged.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

#[path = "../../../../tests/support/mutate.rs"]
pub(in crate::ingest::docx) mod mutate;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

pub(in crate::ingest::docx) use mutate::Random;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::reader::Reader;

use super::super::names::Bindings;
use super::*;
use crate::ingest::xml::decode;
use crate::ingest::xml::tokens::resolved;

/// Parts longer than this are not damaged again and again.
const LONGEST: usize = 64 << 10;
/// Bytes looked at of one part: some files are bombs.
const MOST: u64 = 8 << 20;

/// What a part says, as far as the two can be compared.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    /// An element a line, characters between them.
    text: String,
    /// Where it breaks; none if it ends as it should.
    broken: Option<usize>,
}

fn by_quick_xml(part: &[u8]) -> Said {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().allow_dangling_amp = true;
    let mut said = Said::default();
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Raw::Start(tag)) => {
                depth += 1;
                said.text += &opened(&tag);
            }
            Ok(Raw::Empty(tag)) => said.text += &(opened(&tag) + "\n</>"),
            Ok(Raw::End(_)) => {
                depth -= 1;
                said.text += "\n</>";
            }
            Ok(Raw::Text(text)) => said.text += &text,
            Ok(Raw::CData(text)) => said.text += &text,
            Ok(Raw::GeneralRef(reference)) => said.text += &resolved(&reference),
            Ok(Raw::Eof) if depth == 0 => return said,
            Ok(Raw::Eof) | Err(_) => {
                said.broken = Some(part.len() - reader.get_ref().len());
                return said;
            }
            Ok(_) => {}
        }
    }
}

fn opened(tag: &BytesStart) -> String {
    let (name, attributes) = tag.split_at(tag.name().into_inner().len());
    format!("\n<{name}|{attributes}>")
}

fn by_us(part: &[u8]) -> Said {
    let mut scan = Scanner::new(part, Bindings::customary(), usize::MAX);
    let mut said = Said::default();
    loop {
        match scan.next() {
            Ok(Event::Open(_)) => {
                let (name, attributes) = (scan.name(), scan.raw_attributes());
                said.text += &format!("\n<{}|{}>", as_text(name), as_text(attributes));
            }
            Ok(Event::Close(_)) => said.text += "\n</>",
            Ok(Event::Text(text)) => said.text += &text,
            Ok(Event::End) => return said,
            Err(Stop::Broken { at, .. }) => {
                said.broken = Some(at);
                return said;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

fn as_text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("cut between characters")
}

fn agree(name: &str, part: &[u8]) {
    let (part, _) = decode::repaired(part);
    let (ours, theirs) = (by_us(&part), by_quick_xml(&part));
    let differs = ours.text.lines().zip(theirs.text.lines()).position(|(ours, theirs)| ours != theirs);
    assert!(ours == theirs, "{name}: line {differs:?}, breaks at {:?} and {:?}", ours.broken, theirs.broken);
}

/// The same for so many damaged copies, and as many again with only their tags changed.
fn agree_on_mutants(name: &str, part: &[u8], mutants: u64) {
    for seed in 0..mutants {
        agree(&format!("{name}, bytes {seed}"), &mutate::bytes(part, &mut Random(seed)));
        agree(&format!("{name}, tags {seed}"), &mutate::tags(part, &mut Random(seed)));
    }
}

/// Files of Word under a folder.
pub(in crate::ingest::docx) fn word_files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let word = |path: &PathBuf| {
        path.extension().is_some_and(|end| ["docx", "docm", "dotx", "xml"].iter().any(|known| end == *known))
    };
    files.map(walkdir::DirEntry::into_path).filter(word).collect()
}

/// The XML parts of a file, by name: all that can be unpacked, or the file itself if it is no archive.
pub(in crate::ingest::docx) fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).expect("a file");
    let name = path.display().to_string();
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes[..])) else { return vec![(name, bytes)] };
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let part_name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let is_xml = part_name.ends_with(".xml") || part_name.ends_with(".rels");
        let mut xml = Vec::new();
        if is_xml && part.take(MOST).read_to_end(&mut xml).is_ok() {
            parts.push((format!("{name}, {part_name}"), xml));
        }
    }
    parts
}

/// How many parts were looked at.
fn agree_on_files(folder: &Path, mutants: u64) -> usize {
    let mut seen = 0;
    for path in word_files(folder) {
        for (name, part) in parts(&path) {
            seen += 1;
            agree(&name, &part);
            if part.len() <= LONGEST {
                agree_on_mutants(&name, &part, mutants);
            }
        }
    }
    seen
}

#[test]
fn samples_read_as_quick_xml_reads_them() {
    let seen = agree_on_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), 12);
    assert!(seen >= 50, "only {seen} parts");
}

#[test]
fn word_files_of_other_projects_read_as_quick_xml_reads_them() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS") else {
        println!("GONGKAI_CORPUS is not set: nothing to compare with");
        return;
    };
    let seen = agree_on_files(&PathBuf::from(folder).join("robust"), 2);
    assert!(seen >= 1000, "only {seen} parts");
}

#[test]
fn odd_markup_reads_as_quick_xml_reads_it() {
    for part in [
        "",
        "a",
        "<a/>",
        "<a>b</a>",
        "<a >b</a >",
        "<a\t/>\n",
        "<a/ >x</a/ >",
        "<a/b/>",
        "<>x</>",
        "< a></ a>",
        "<a",
        "<a b='>'>\"</a>",
        "<a b=\"'>\">'</a>",
        "<a b='\">",
        "<a\"b c\">d</a\"b c\">",
        "<a\"b>c\">d</a\"b>e\"></a>",
        "<a\"b\">c</a\"b\">",
        "</a>",
        "<a></b>",
        "<a></a b=\">\">",
        "<a></a></a>",
        "<a>&lt;&#x4e00;&x;&</a>",
        "<a>&b<c/>&d;&&e;</a>",
        "<a><![CDATA[<b>&]]></a>",
        "<a><!-- <b> --></a>",
        "<a><!-- ",
        "<a><?b <c>?></a>",
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"<c>\">]><a>&b;</a>",
        "<a><!b></a>",
        "\u{feff}<a/>",
        "<a>\u{feff}</a>",
        "<a>\u{feff}&amp;\u{feff}<b/>",
        "<一 二='三'>四</一>",
        "<-a>x</-a>",
        "<a></a",
        "<a></",
        "<a>\u{0}</a>",
        "<a/>b",
        "b<a/>",
        "<a:b:c/>",
        "<:a/>",
        "<_/>",
        "<a>]]></a>",
        "<a\u{a0}b/>",
    ] {
        agree(part, part.as_bytes());
        agree_on_mutants(part, part.as_bytes(), 40);
    }
}

/// Parts put together at random out of what tags may be made of.
#[test]
fn any_markup_reads_as_quick_xml_reads_it() {
    const PIECES: [&str; 26] = [
        "<",
        ">",
        "/",
        "</",
        "/>",
        "\"",
        "'",
        "=",
        " ",
        "\n",
        "a",
        "w:b",
        "一",
        "<a>",
        "</a>",
        "<a b=\"c\">",
        "<a b='>'/>",
        "<w:b c=\"d\" e='f\"'>",
        "</w:b>",
        "&amp;",
        "&",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "?",
    ];
    for seed in 0..40_000 {
        let mut random = Random(seed);
        let mut part = String::new();
        for _ in 0..random.below(14) {
            part.push_str(PIECES[random.below(PIECES.len())]);
        }
        agree(&part, part.as_bytes());
    }
}

/// The children of an element of properties, as they are shown to whoever reads them.
#[derive(Debug, Default, Clone, PartialEq)]
struct Shown(Vec<(Ns, Vec<u8>, Vec<Attribute>)>);

/// Name and value.
type Attribute = (Vec<u8>, Vec<u8>);

impl Shown {
    fn visit(&mut self, ns: Ns, local: &[u8], attributes: &[u8]) {
        let attributes = Attributes::new(attributes).map(|(name, value)| (name.to_vec(), value.to_vec()));
        self.0.push((ns, local.to_vec(), attributes.collect()));
    }
}

/// What each element of properties holds and where it ends, and where the part breaks.
fn properties(part: &[u8], known: bool) -> (Vec<(Shown, usize)>, String) {
    let mut scan = Scanner::new(part, Bindings::customary(), 12);
    let (mut found, mut memory) = (Vec::new(), Known::default());
    loop {
        let read = match scan.next() {
            Ok(Event::Open(Tag::RunProperties)) if known => scan.known_properties(&mut memory, Shown::visit),
            Ok(Event::Open(Tag::RunProperties)) => scan.properties(Shown::visit),
            Ok(Event::End) => return (found, String::new()),
            Ok(_) => continue,
            Err(stop) => Err(stop),
        };
        match read {
            Ok(shown) => found.push((shown, scan.position())),
            Err(stop) => return (found, format!("{stop:?}")),
        }
    }
}

/// What was read before is known only where it says the same: other prefixes, other names, children cut short.
#[test]
fn known_properties_are_those_that_would_be_read() {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let opened = ["<w:r>", "<w:r xmlns:w='urn:other'>", &format!("<w:r xmlns:x='{WORD}'>"), "<w:r xmlns:y='urn:more'>"];
    const NAMES: [&str; 3] = ["w:rPr", "x:rPr", "v:rPr"];
    const CHILDREN: [&str; 9] = [
        "",
        "<w:b/>",
        "<x:b/><w:vanish w:val=\"0\"/>",
        "<w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange>",
        "<!-- --><w:b/>",
        "<w:i w:val='>'></w:i>",
        "<w:c xmlns:w='urn:other'/>",
        "text<w:b/>",
        "<w:rPr><w:b/></w:rPr>",
    ];
    let mut again = 0;
    for seed in 0..4_000 {
        let mut random = Random(seed);
        let mut part = String::from("<w:p>");
        for _ in 0..random.below(30) {
            let (name, children) = (NAMES[random.below(3)], CHILDREN[random.below(CHILDREN.len())]);
            let space = if random.below(8) == 0 { " " } else { "" };
            part += &format!("{}<{name}>{children}</{name}{space}></w:r>", opened[random.below(4)]);
        }
        part += "</w:p>";
        let damaged = mutate::bytes(part.as_bytes(), &mut random);
        for part in [part.as_bytes(), &decode::repaired(&damaged).0] {
            let (known, read) = (properties(part, true), properties(part, false));
            assert_eq!(known, read, "{}", String::from_utf8_lossy(part));
            again += read.0.len();
        }
    }
    assert!(again > 10_000, "only {again} elements");
}
