//! Word documents.

use super::{LAUGHS, Limit, MILLION, Maker, Read, ReadOrLimit, file, flood};
use crate::docx::{Builder, document_xml, p};

pub const FILES: &[Maker] = &[
    file("million-elements-deep.docx", Limit("depth"), || body(&"<w:smartTag>".repeat(MILLION))),
    file("million-tables-deep.docx", Limit("depth"), || body(&"<w:tbl><w:tr><w:tc>".repeat(MILLION / 3))),
    file("million-text-boxes-deep.docx", Limit("depth"), || body(&"<w:p><w:r><w:txbxContent>".repeat(MILLION / 3))),
    file("million-tables.docx", Limit("part_bytes"), || stored(&TABLE.repeat(MILLION))),
    file("tables-to-the-limit.docx", ReadOrLimit, || stored(&TABLE.repeat(flood() * 8 / 10))),
    file("billion-spans.docx", Read, || {
        let cell = r#"<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/><w:vMerge/></w:tcPr><w:p/></w:tc>"#;
        let row = r#"<w:tr><w:trPr><w:gridBefore w:val="1000000000"/><w:gridAfter w:val="4294967295"/></w:trPr>"#;
        body(&format!("<w:tbl>{}</w:tbl>", format!("{row}{}</w:tr>", cell.repeat(100)).repeat(flood() / 5_000)))
    }),
    file("ratio.docx", Limit("ratio"), || body(&p(&" ".repeat(60 << 20)))),
    file("part-too-large.docx", Limit("part_bytes"), || stored(&p(&"1".repeat(65 << 20)))),
    file("one-long-paragraph.docx", Read, || stored(&p(&"１２".repeat(10 * flood())))),
    file("entities.docx", Read, || {
        let xml = document_xml(&p("&h;&i;")).replacen("<w:document", &format!("{LAUGHS}<w:document"), 1);
        Builder::of_main("word/document.xml", xml.into_bytes()).bytes()
    }),
    file("styles-in-a-circle.docx", Read, styles_in_a_circle),
    file("numbers-without-end.docx", Read, numbers_without_end),
    file("parts-from-outside.docx", Read, parts_from_outside),
    file("million-cells.docx", ReadOrLimit, || {
        stored(&format!(
            "<w:tbl>{}</w:tbl>",
            format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(100)).repeat(flood() / 99)
        ))
    }),
    file("million-paragraphs.docx", Read, || stored(&p("1").repeat(flood() * 99 / 100))),
    file("million-headers.docx", Read, million_headers),
];

/// A table of one cell.
const TABLE: &str = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

fn body(xml: &str) -> Vec<u8> {
    stored(xml)
}

/// Not packed, so that no ratio stands in the way.
fn stored(xml: &str) -> Vec<u8> {
    let mut builder = Builder::new(xml);
    builder.stored = xml.len() < 66 << 20 && !xml.contains(&" ".repeat(1 << 16));
    builder.bytes()
}

/// Each style is based on the next, the last on the first; so are lists.
fn styles_in_a_circle() -> Vec<u8> {
    let count = flood() / 10;
    let style = |at: usize| {
        format!(r#"<w:style w:type="paragraph" w:styleId="S{at}"><w:basedOn w:val="S{}"/></w:style>"#, (at + 1) % count)
    };
    let styles: String = (0..count).map(style).collect();
    let list = |at: usize| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{at}"><w:numStyleLink w:val="L{}"/><w:styleLink w:val="L{at}"/></w:abstractNum><w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>"#,
            (at + 1) % count
        )
    };
    let lists: String = (0..count).map(list).collect();
    let numbered = |at: usize| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="S{at}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#
        )
    };
    let body: String = (0..count).step_by(7).map(numbered).collect();
    Builder::new(&body)
        .part("styles.xml", &format!("<w:styles>{styles}</w:styles>"))
        .part("numbering.xml", &format!("<w:numbering>{lists}</w:numbering>"))
        .bytes()
}

/// Lists that begin at two billions in letters and Roman figures, and whose pattern repeats all levels.
fn numbers_without_end() -> Vec<u8> {
    let level = |at: usize, format: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="2147483647"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{}"/></w:lvl>"#,
            "%1%2%3%4%5%6%7%8%9".repeat(500)
        )
    };
    let formats = ["upperRoman", "lowerLetter", "chineseCountingThousand", "decimal", "ideographTraditional"];
    let levels: String = (0..9).map(|at| level(at, formats[at % 5])).collect();
    let lists = format!(
        r#"<w:numbering><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    let one = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#;
    Builder::new(&one.repeat(flood() / 20)).part("numbering.xml", &lists).bytes()
}

/// Relations that lead out of the archive, to devices, and around.
fn parts_from_outside() -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header";
    let target =
        |(at, target): (usize, &&str)| format!(r#"<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>"#);
    let targets =
        ["../../../../etc/passwd", "/dev/zero", "file:///dev/zero", "//host/x", "C:\\x", "document.xml", "..", ""];
    let relations: String = targets.iter().enumerate().map(target).collect();
    let references: String = (0..targets.len()).map(|at| format!(r#"<w:headerReference r:id="r{at}"/>"#)).collect();
    Builder::new(&format!("{}<w:sectPr>{references}</w:sectPr>", p("x")))
        .raw(
            "word/_rels/document.xml.rels",
            format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#).as_bytes(),
        )
        .raw("../../etc/passwd", b"<w:hdr/>")
        .bytes()
}

/// A part that is a header of every one of a million sections.
fn million_headers() -> Vec<u8> {
    let section = r#"<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:pPr></w:p>"#;
    let mut builder = Builder::new(&section.repeat(flood() / 3))
        .part("header1.xml", &format!("<w:hdr>{}</w:hdr>", p("h").repeat(10_000)));
    builder.stored = true;
    builder.bytes()
}
