//! Word documents.

use super::{LAUGHS, MILLION, Maker, file, varied};
use crate::docx::{Builder, document_xml, p};

pub const FILES: &[Maker] = &[
    file("million-elements-deep.docx", "limit depth", || body(&"<w:smartTag>".repeat(MILLION))),
    file("million-tables-deep.docx", "limit depth", || body(&"<w:tbl><w:tr><w:tc>".repeat(MILLION / 3))),
    file("million-text-boxes-deep.docx", "limit depth", || body(&"<w:p><w:r><w:txbxContent>".repeat(MILLION / 3))),
    file("million-tables.docx", "limit part_bytes", million_tables),
    file("half-million-tables.docx", "read", || {
        stored(&varied(300_000, |_| "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned()))
    }),
    file("billion-spans.docx", "read", || {
        let cell = r#"<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/><w:vMerge/></w:tcPr><w:p/></w:tc>"#;
        let row = r#"<w:tr><w:trPr><w:gridBefore w:val="1000000000"/><w:gridAfter w:val="4294967295"/></w:trPr>"#;
        body(&format!("<w:tbl>{}</w:tbl>", format!("{row}{}</w:tr>", cell.repeat(300)).repeat(300)))
    }),
    file("ratio.docx", "limit ratio", || body(&p(&" ".repeat(60 << 20)))),
    file("part-too-large.docx", "limit part_bytes", || stored(&p(&"1".repeat(65 << 20)))),
    file("one-long-paragraph.docx", "read", || stored(&p(&"１２".repeat(10 << 20)))),
    file("entities.docx", "read", || {
        let xml = document_xml(&p("&h;&i;")).replacen("<w:document", &format!("{LAUGHS}<w:document"), 1);
        Builder::of_main("word/document.xml", xml.into_bytes()).bytes()
    }),
    file("styles-in-a-circle.docx", "read", styles_in_a_circle),
    file("numbers-without-end.docx", "read", numbers_without_end),
    file("parts-from-outside.docx", "read", parts_from_outside),
    file("million-cells.docx", "limit cells", || {
        stored(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(2_200)).repeat(1_000)))
    }),
    file("two-million-cells.docx", "read", || {
        stored(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(100)).repeat(19_900)))
    }),
    file("million-paragraphs.docx", "read", || stored(&p("1").repeat(990_000))),
    file("million-headers.docx", "read", million_headers),
];

fn body(xml: &str) -> Vec<u8> {
    stored(xml)
}

/// Not packed, so that no ratio stands in the way.
fn stored(xml: &str) -> Vec<u8> {
    let mut builder = Builder::new(xml);
    builder.stored = xml.len() < 66 << 20 && !xml.contains(&" ".repeat(1 << 16));
    builder.bytes()
}

fn million_tables() -> Vec<u8> {
    stored(&"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".repeat(MILLION * 9 / 10))
}

/// Each style is based on the next, the last on the first; so are lists.
fn styles_in_a_circle() -> Vec<u8> {
    const STYLES: usize = 100_000;
    let style = |at: usize| {
        format!(r#"<w:style w:type="paragraph" w:styleId="S{at}"><w:basedOn w:val="S{}"/></w:style>"#, (at + 1) % STYLES)
    };
    let styles: String = (0..STYLES).map(style).collect();
    let list = |at: usize| {
        format!(r#"<w:abstractNum w:abstractNumId="{at}"><w:numStyleLink w:val="L{}"/><w:styleLink w:val="L{at}"/></w:abstractNum><w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>"#, (at + 1) % STYLES)
    };
    let lists: String = (0..STYLES).map(list).collect();
    let numbered = |at: usize| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="S{at}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#)
    };
    let body: String = (0..STYLES).step_by(7).map(numbered).collect();
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
    Builder::new(&one.repeat(20_000)).part("numbering.xml", &lists).bytes()
}

/// Relations that lead out of the archive, to devices, and around.
fn parts_from_outside() -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header";
    let target = |(at, target): (usize, &&str)| {
        format!(r#"<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>"#)
    };
    let targets = ["../../../../etc/passwd", "/dev/zero", "file:///dev/zero", "//host/x", "C:\\x", "document.xml", "..", ""];
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
    let mut builder = Builder::new(&section.repeat(400_000)).part("header1.xml", &format!("<w:hdr>{}</w:hdr>", p("h").repeat(10_000)));
    builder.stored = true;
    builder.bytes()
}
