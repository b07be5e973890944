//! Thousands of damaged Word files: the reader never panics and never makes more than it was given.

use crate::docx::{Builder, p, plain};
use crate::mutate::{self, Random};
use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Limits};

/// Mutants of each kind.
const MUTANTS: usize = 700;

/// A document with something of everything.
fn original() -> Builder {
    let item = r#"<w:p><w:pPr><w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>一</w:t><w:tab/></w:r></w:p>"#;
    let boxed = format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
        p("box"),
        p("old")
    );
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:ins><w:r><w:t>7</w:t></w:r></w:ins><w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType="end"/><w:lastRenderedPageBreak/></w:r></w:p>"#;
    let merged = r#"<w:tbl><w:tblPr><w:tblW w:w="0"/></w:tblPr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="3"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc><w:sdt><w:sdtContent><w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let styles = r#"<w:styles><w:style w:styleId="H"><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>"#;
    Builder::new(&[item, &boxed, field, merged, &plain(&[&["1", "2"], &["3", "4"]]), item].concat())
        .part("numbering.xml", numbering)
        .part("styles.xml", styles)
        .part("header1.xml", &format!("<w:hdr>{}</w:hdr>", p("head")))
}

/// Blocks, cells and bytes of text.
fn size(document: &Document) -> usize {
    let of = |blocks: &[Block]| -> usize {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => 1 + paragraph.printed().len(),
            Block::Table(_) => 1,
        };
        blocks.iter().map(text).sum()
    };
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    of(&document.blocks)
        + cells.map(|cell| 1 + of(&cell.blocks)).sum::<usize>()
        + document.asides.iter().map(|aside| aside.text.len()).sum::<usize>()
}

/// Reads a mutant; what comes out is no more than went in.
fn survive(name: &str, seed: u64, file: &[u8], unpacked: usize) -> bool {
    match ingest::read(file, &Limits::default()) {
        Ok(document) => {
            assert!(size(&document) <= 2 * unpacked, "{name} {seed}: {} of {unpacked}", size(&document));
            for table in &document.tables {
                let _ = table.grid();
            }
            for block in document.blocks.iter().chain(cells(&document)) {
                if let Block::Table(index) = block {
                    assert!(*index < document.tables.len(), "{name} {seed}: a table that is not there");
                }
            }
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

fn cells(document: &Document) -> impl Iterator<Item = &Block> {
    document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks)
}

/// Makes mutants of the whole file or of its main part; how many could be read.
fn run(name: &str, mutate: impl Fn(&Builder, &mut Random) -> Vec<u8>) -> usize {
    let original = original();
    let unpacked: usize = original.parts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() + 4096;
    let survivors = (0..MUTANTS as u64).filter(|&seed| {
        let mut random = Random(seed);
        let file = mutate(&original, &mut random);
        survive(name, seed, &file, unpacked.max(file.len()))
    });
    survivors.count()
}

fn with_main(original: &Builder, mutate: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut builder = Builder { parts: original.parts.clone(), stored: true };
    let main = builder.parts.iter_mut().find(|(name, _)| name == "word/document.xml").expect("the main part");
    main.1 = mutate(&main.1);
    builder.bytes()
}

#[test]
fn the_original_reads_whole() {
    let document = original().read();
    assert!(!document.partial);
    assert_eq!(document.tables.len(), 2);
    assert_eq!(document.asides[0].text, "head");
}

#[test]
fn archives_with_bytes_changed() {
    let read = run("archive", |original, random| mutate::bytes(&original.bytes(), random));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn main_parts_with_bytes_changed() {
    let read = run("bytes", |original, random| with_main(original, |main| mutate::bytes(main, random)));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn main_parts_with_tags_changed() {
    let read = run("tags", |original, random| with_main(original, |main| mutate::tags(main, random)));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn lists_and_styles_with_bytes_changed() {
    let read = run("lists", |original, random| {
        let mut builder = Builder { parts: original.parts.clone(), stored: true };
        for (name, bytes) in &mut builder.parts {
            if name.ends_with("numbering.xml") || name.ends_with("styles.xml") || name.ends_with(".rels") {
                *bytes = mutate::bytes(bytes, random);
            }
        }
        builder.bytes()
    });
    assert!(read > MUTANTS / 2, "only {read} could be read");
}
