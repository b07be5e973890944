//! Builds binary Word files out of paragraphs and lists of properties, so that a test shows
//! exactly what it is about. Neighbours with the same properties share a page of them, and every
//! other gets a page of its own: a waste that Word does not make, but one that its format allows.

#![allow(dead_code, reason = "each test file uses its own share")]

use std::io::{Cursor, Write};

use encoding_rs::Encoding;
use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

/// Where the text begins; the header stands before it.
const TEXT: usize = 0x600;
const PAGE: usize = 512;

/// Text with the same properties.
#[derive(Clone)]
pub struct Run(pub String, pub Vec<u8>);

/// A paragraph with its mark.
#[derive(Clone)]
pub struct Paragraph {
    pub runs: Vec<Run>,
    pub mark: char,
    pub style: u16,
    pub properties: Vec<u8>,
    /// Properties of the mark as a character.
    pub of_mark: Vec<u8>,
}

/// A file in the making.
#[derive(Clone)]
pub struct Builder {
    pub word6: bool,
    /// Code page of the text; UTF-16 if none. Word 6 has no other choice than one.
    pub encoding: Option<&'static Encoding>,
    pub language: u16,
    pub flags: u16,
    /// Paragraphs by story: body, footnotes, headers, –, comments, endnotes, text boxes, –.
    pub stories: [Vec<Paragraph>; 8],
    /// Parts of the stream of tables: where the header keeps their place, and their bytes.
    pub parts: Vec<(usize, Vec<u8>)>,
    pub data: Vec<u8>,
    /// Paragraphs stand in the stream in the order in which they were typed: backwards.
    pub hurried: bool,
    /// A change of properties for the piece of each paragraph.
    pub changes: Vec<u16>,
    /// Lists of properties that such changes name.
    pub change_lists: Vec<Vec<u8>>,
}

/// A paragraph of one run.
pub fn p(text: &str) -> Paragraph {
    with(text, &[])
}

/// A paragraph of one run with these properties.
pub fn with(text: &str, properties: &[u8]) -> Paragraph {
    of(&[(text, &[])], properties)
}

/// A paragraph of runs, with its own properties.
pub fn of(runs: &[(&str, &[u8])], properties: &[u8]) -> Paragraph {
    let runs = runs.iter().map(|(text, list)| Run((*text).to_owned(), list.to_vec())).collect();
    Paragraph { runs, mark: '\r', style: 0, properties: properties.to_vec(), of_mark: Vec::new() }
}

/// Word 97's number of a property, and its value.
pub fn sprm(code: u16, value: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes()[..], value].concat()
}

pub const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];

/// A cell of one paragraph.
pub fn cell(text: &str) -> Paragraph {
    Paragraph { mark: '\u{7}', ..with(text, &IN_TABLE) }
}

/// The definition of a row: edges, and the flags of each cell.
pub fn definition(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let count = edges.len() - 1;
    let mut value = vec![u8::try_from(count).expect("few")];
    edges.iter().for_each(|edge| value.extend(edge.to_le_bytes()));
    for at in 0..count {
        value.extend(flags.get(at).copied().unwrap_or(0).to_le_bytes());
        value.extend([0; 18]);
    }
    let length = u16::try_from(value.len() + 1).expect("short").to_le_bytes();
    [&[0x08, 0xd6], &length[..], &value].concat()
}

/// The end of a row of the outermost table.
pub fn row_end(definition: &[u8]) -> Paragraph {
    let list = [&IN_TABLE[..], &[0x17, 0x24, 1], definition].concat();
    Paragraph { mark: '\u{7}', ..with("", &list) }
}

/// A row of cells, defined by edges and flags.
pub fn row(texts: &[&str], edges: &[i16], flags: &[u16]) -> Vec<Paragraph> {
    texts.iter().map(|text| cell(text)).chain([row_end(&definition(edges, flags))]).collect()
}

impl Paragraph {
    /// The same paragraph in a table within a table: at this depth.
    pub fn at_depth(mut self, depth: u8) -> Self {
        self.properties.extend([0x49, 0x66, depth, 0, 0, 0]);
        self
    }
}

/// A list of places, four bytes each.
pub fn places(places: &[u32]) -> Vec<u8> {
    places.iter().flat_map(|place| place.to_le_bytes()).collect()
}

/// The main stream and the stream of tables while they are written.
struct Streams {
    main: Vec<u8>,
    tables: Vec<u8>,
}

impl Streams {
    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.main[at..at + bytes.len()].copy_from_slice(bytes);
    }

    fn number(&mut self, at: usize, value: usize) {
        self.put(at, &u32::try_from(value).expect("small").to_le_bytes());
    }
}

impl Builder {
    /// A file of Word 97 in UTF-16 with this body.
    pub fn new(body: Vec<Paragraph>) -> Self {
        let mut stories: [Vec<Paragraph>; 8] = Default::default();
        stories[0] = body;
        Builder {
            word6: false,
            encoding: None,
            language: 0x0804,
            flags: 0,
            stories,
            parts: Vec::new(),
            data: Vec::new(),
            hurried: false,
            changes: Vec::new(),
            change_lists: Vec::new(),
        }
    }

    /// A file of Word 6 in a code page. Its properties have numbers of one byte.
    pub fn word6(encoding: &'static Encoding, language: u16, body: Vec<Paragraph>) -> Self {
        Builder { word6: true, encoding: Some(encoding), language, ..Builder::new(body) }
    }

    fn bytes_of(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            Some(encoding) => encoding.encode(text).0.into_owned(),
            None => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    fn width(&self) -> usize {
        if self.encoding.is_some() { 1 } else { 2 }
    }

    /// Characters of a text, as they are counted in the file.
    pub fn length(&self, text: &str) -> usize {
        self.bytes_of(text).len() / self.width()
    }

    /// The streams, by name.
    pub fn streams(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut streams = Streams { main: vec![0; TEXT], tables: vec![0; 4] };
        let paragraphs: Vec<&Paragraph> = self.stories.iter().flatten().collect();
        let mut order: Vec<usize> = (0..paragraphs.len()).collect();
        if self.hurried {
            order.reverse();
        }
        // For each paragraph where it stands, and the runs of text with their ends.
        let mut places = vec![0; paragraphs.len()];
        let (mut papx, mut chpx) = (Vec::new(), Vec::new());
        for at in order {
            let paragraph = paragraphs[at];
            let from = streams.main.len();
            places[at] = from;
            let mark = Run(paragraph.mark.to_string(), paragraph.of_mark.clone());
            for Run(text, list) in paragraph.runs.iter().chain([&mark]) {
                let from = streams.main.len();
                streams.main.extend(self.bytes_of(text));
                chpx.push((from, streams.main.len(), list.clone()));
            }
            let list = [&paragraph.style.to_le_bytes()[..], &paragraph.properties].concat();
            papx.push((from, streams.main.len(), list));
        }
        let end = streams.main.len();
        self.header(&mut streams, end);
        let paragraph_pages = self.pages(&mut streams, &papx, true);
        let character_pages = self.pages(&mut streams, &chpx, false);
        let clx = self.pieces(&paragraphs, &places);
        let own = if self.word6 { [0xc0, 0xb8, 0x160] } else { [0x102, 0xfa, 0x1a2] };
        let mut parts: Vec<(usize, Vec<u8>)> = own.into_iter().zip([paragraph_pages, character_pages, clx]).collect();
        parts.extend(self.parts.iter().cloned());
        for (at, bytes) in parts {
            let stream = if self.word6 { &mut streams.main } else { &mut streams.tables };
            let from = stream.len();
            stream.extend(&bytes);
            streams.number(at, from);
            streams.number(at + 4, bytes.len());
        }
        let mut list = vec![("WordDocument", streams.main)];
        if !self.word6 {
            list.push(("1Table", streams.tables));
        }
        if !self.data.is_empty() {
            list.push(("Data", self.data.clone()));
        }
        list
    }

    fn header(&self, streams: &mut Streams, end: usize) {
        let (magic, number, lengths) = if self.word6 { (0xa5dc_u16, 104_u16, 0x34) } else { (0xa5ec, 193, 0x4c) };
        streams.put(0, &magic.to_le_bytes());
        streams.put(2, &number.to_le_bytes());
        streams.put(6, &self.language.to_le_bytes());
        streams.put(10, &(self.flags | 0x0200).to_le_bytes());
        streams.number(24, TEXT);
        streams.number(28, end);
        for (at, story) in self.stories.iter().enumerate() {
            let length: usize = story.iter().map(|paragraph| self.characters(paragraph)).sum();
            streams.number(lengths + 4 * at, length);
        }
    }

    fn characters(&self, paragraph: &Paragraph) -> usize {
        paragraph.runs.iter().map(|Run(text, _)| self.length(text)).sum::<usize>() + 1
    }

    /// Writes a page for each entry; the list of pages.
    fn pages(&self, streams: &mut Streams, entries: &[(usize, usize, Vec<u8>)], paragraphs: bool) -> Vec<u8> {
        let entries = joined(entries);
        let (mut bounds, mut numbers) = (Vec::new(), Vec::new());
        for (from, to, list) in &entries {
            streams.main.resize(streams.main.len().next_multiple_of(PAGE), 0);
            let number = u32::try_from(streams.main.len() / PAGE).expect("small");
            numbers.extend(number.to_le_bytes().into_iter().take(if self.word6 { 2 } else { 4 }));
            bounds.push(u32::try_from(*from).expect("small"));
            streams.main.extend(self.page(*from, *to, list, paragraphs));
        }
        bounds.extend(entries.last().map(|(_, to, _)| u32::try_from(*to).expect("small")));
        [places(&bounds), numbers].concat()
    }

    fn page(&self, from: usize, to: usize, list: &[u8], paragraphs: bool) -> Vec<u8> {
        let mut page = places(&[u32::try_from(from).expect("small"), u32::try_from(to).expect("small")]);
        let offset: u8 = 12;
        page.push(if list.is_empty() { 0 } else { offset });
        page.resize(2 * usize::from(offset), 0);
        let byte = |length: usize| u8::try_from(length).expect("a list that fits its page");
        match (paragraphs, self.word6) {
            (true, true) => page.push(byte(list.len().div_ceil(2))),
            (true, false) => page.extend([0, byte(list.len().div_ceil(2))]),
            _ => page.push(byte(list.len())),
        }
        page.extend(list);
        page.resize(PAGE, 0);
        page[PAGE - 1] = 1;
        page
    }

    /// The piece table: a piece for each paragraph.
    fn pieces(&self, paragraphs: &[&Paragraph], from: &[usize]) -> Vec<u8> {
        let mut clx = Vec::new();
        for list in &self.change_lists {
            clx.push(1);
            clx.extend(u16::try_from(list.len()).expect("short").to_le_bytes());
            clx.extend(list);
        }
        let (mut bounds, mut pieces, mut at) = (vec![0], Vec::new(), 0);
        for (index, paragraph) in paragraphs.iter().enumerate() {
            at += self.characters(paragraph);
            bounds.push(u32::try_from(at).expect("small"));
            let from = u32::try_from(from[index]).expect("small");
            let from = if !self.word6 && self.encoding.is_some() { (from * 2) | 0x4000_0000 } else { from };
            pieces.extend([0, 0]);
            pieces.extend(from.to_le_bytes());
            pieces.extend(self.changes.get(index).copied().unwrap_or(0).to_le_bytes());
        }
        let list = [places(&bounds), pieces].concat();
        clx.push(2);
        clx.extend(u32::try_from(list.len()).expect("small").to_le_bytes());
        clx.extend(list);
        clx
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        container(&self.streams())
    }

    /// What the reader makes of it.
    pub fn read(&self) -> Document {
        ingest::read(&self.bytes(), &Limits::default()).expect("a readable file")
    }

    /// Why the reader refuses it under these limits.
    pub fn refused(&self, limits: &Limits) -> Error {
        ingest::read(&self.bytes(), limits).expect_err("a file that is refused")
    }
}

/// Neighbours with the same list as one entry.
fn joined(entries: &[(usize, usize, Vec<u8>)]) -> Vec<(usize, usize, Vec<u8>)> {
    let mut entries: Vec<_> = entries.iter().filter(|(from, to, _)| from < to).cloned().collect();
    entries.sort_by_key(|(from, ..)| *from);
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.1 && next.2 == kept.2;
        if same {
            kept.1 = next.1;
        }
        same
    });
    entries
}

/// A container of these streams.
pub fn container(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("memory");
    for (name, bytes) in streams {
        container.create_stream(name).expect("a new name").write_all(bytes).expect("memory");
    }
    container.flush().expect("memory");
    container.into_inner().into_inner()
}
