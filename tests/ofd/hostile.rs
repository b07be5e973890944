//! Files made to hang, to fill the memory or to crash: each gives a result or a clear error, soon.

use std::time::{Duration, Instant};

use gongkai::ingest::{Error, Limits};

use super::build::{ENTRY, archive, one, package, page, read, root, said, text, try_read};

/// What any file may take; debug builds on a busy machine included.
const LONGEST: Duration = Duration::from_secs(5);

#[allow(clippy::disallowed_methods, reason = "the test is about time")]
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let outcome = work();
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
    outcome
}

fn limit_of(outcome: &Result<gongkai::document::Document, Error>) -> &'static str {
    match outcome {
        Err(Error::Limit { name, .. }) => name,
        other => panic!("{other:?}"),
    }
}

#[test]
fn groups_of_a_billion_distances_cost_nothing() {
    let content = r#"<ofd:TextObject Boundary="20 20 9 9" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 1000000000 4 g 99999999999999999999 4" DeltaY="g 1000000000 0">正文</ofd:TextCode></ofd:TextObject>"#;
    assert_eq!(said(&soon(|| read(&one(content)))), "正文");
}

#[test]
fn blocks_in_blocks_meet_the_limit_of_depth() {
    let deep = format!("{}{}", "<ofd:PageBlock>".repeat(100_000), "</ofd:PageBlock>".repeat(100_000));
    assert_eq!(limit_of(&soon(|| try_read(&one(&deep)))), "depth");
    let (open, close) = ("<ofd:PageBlock>".repeat(1_000), "</ofd:PageBlock>".repeat(1_000));
    assert_eq!(said(&read(&one(&format!("{open}{}{close}", text(20, 20, "正文"))))), "正文");
}

#[test]
fn graphics_that_multiply_meet_a_limit() {
    // Each of eight draws the next ten times, the last a hundred rules: 10^9 of them.
    let unit = |at: usize| {
        let inner = format!(r#"<CompositeObject ResourceID="{}"/>"#, at + 1).repeat(10);
        format!(r#"<CompositeGraphicUnit ID="{at}"><Content>{inner}</Content></CompositeGraphicUnit>"#)
    };
    let rule = r#"<PathObject><AbbreviatedData>M 0 0 L 9 0</AbbreviatedData></PathObject>"#.repeat(100);
    let last = format!(r#"<CompositeGraphicUnit ID="7"><Content>{rule}</Content></CompositeGraphicUnit>"#);
    let resources = format!("<Res>{}{last}</Res>", (0..7).map(unit).collect::<String>());
    let content = page(r#"<ofd:CompositeObject ResourceID="0"/>"#);
    let bytes = package(&[content], "<DocumentRes>Res.xml</DocumentRes>", "", &[("Doc_0/Res.xml", &resources)]);
    let small = Limits { drawn: 100_000, ..Limits::default() };
    let outcome = soon(|| gongkai::ingest::read(&bytes, &small));
    assert!(["drawn", "content_bytes"].contains(&limit_of(&outcome)));
}

#[test]
fn paths_without_end_meet_a_limit() {
    let path = format!(
        "<ofd:PathObject><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>",
        "L 9 0 L 0 0 ".repeat(9_999)
    );
    let small = Limits { drawn: 10_000, ..Limits::default() };
    assert_eq!(limit_of(&gongkai::ingest::read(&one(&path), &small)), "drawn");
    assert!(try_read(&one(&path)).is_ok());
}

#[test]
fn annotations_and_documents_without_end_meet_a_limit() {
    let list = format!("<Annotations>{}</Annotations>", "<FileLoc>A.xml</FileLoc>".repeat(20_000));
    let rest = "<ofd:Annotations>Annots.xml</ofd:Annotations>";
    let more = [("Doc_0/Annots.xml", list.as_str()), ("Doc_0/A.xml", "")];
    let small = Limits { content_bytes: 1 << 20, ..Limits::default() };
    let outcome = soon(|| gongkai::ingest::read(&package(&[page("")], "", rest, &more), &small));
    assert_eq!(limit_of(&outcome), "content_bytes");

    let roots: Vec<String> = (0..300).map(|at| format!("D{at}/Document.xml")).collect();
    let entry = roots.iter().map(|root| format!("<DocBody><DocRoot>{root}</DocRoot></DocBody>")).collect::<String>();
    let entry = format!("<OFD>{entry}</OFD>");
    let mut files: Vec<(&str, &[u8])> = vec![("OFD.xml", entry.as_bytes())];
    files.extend(roots.iter().map(|root| (root.as_str(), &b"<Document><"[..])));
    let small = Limits { pages: 100, ..Limits::default() };
    assert_eq!(limit_of(&soon(|| gongkai::ingest::read(&archive(&files), &small))), "pages");
}

#[test]
fn graphics_and_templates_that_lead_to_themselves_end() {
    let resources = r#"<Res><CompositeGraphicUnit ID="1"><Content><CompositeObject ResourceID="1"/><CompositeObject ResourceID="2"/></Content></CompositeGraphicUnit><CompositeGraphicUnit ID="2"><Content><CompositeObject ResourceID="1"/></Content></CompositeGraphicUnit><DrawParams><DrawParam ID="3" Relative="4"/><DrawParam ID="4" Relative="3"/></DrawParams></Res>"#;
    let common = r#"<DocumentRes>Res.xml</DocumentRes><TemplatePage ID="5" BaseLoc="T.xml"/>"#;
    let looping = r#"<Page><Template TemplateID="5"/><Content><Layer DrawParam="3"/></Content></Page>"#;
    let content = format!(
        r#"<Page><Template TemplateID="5"/><Template TemplateID="5"/><Content><Layer DrawParam="3">{}<CompositeObject ResourceID="1"/></Layer></Content></Page>"#,
        text(20, 20, "正文")
    );
    let bytes = package(&[content], common, "", &[("Doc_0/Res.xml", resources), ("Doc_0/T.xml", looping)]);
    assert_eq!(said(&soon(|| read(&bytes))), "正文");
}

/// A package whose document lists these parts as pages, with one page in it.
fn listing(names: impl Iterator<Item = String>) -> Vec<u8> {
    let listed: String = names.map(|name| format!(r#"<ofd:Page BaseLoc="{name}"/>"#)).collect();
    let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
    let content = page(&text(20, 20, "正文"));
    let files = [("OFD.xml", ENTRY), ("Doc_0/Document.xml", &root), ("Doc_0/Pages/Page_0/Content.xml", &content)];
    archive(&files.map(|(name, text)| (name, text.as_bytes())))
}

#[test]
fn pages_without_end_meet_a_limit() {
    let bytes = listing((0..200_000).map(|_| "Pages/Page_0/Content.xml".to_owned()));
    assert_eq!(limit_of(&soon(|| try_read(&bytes))), "pages");
}

#[test]
fn pages_that_are_not_there_are_said_in_a_few_words_and_keep_their_numbers() {
    let names = (1..5_000).map(|at| format!("{at}.xml")).chain(["Pages/Page_0/Content.xml".to_owned()]);
    let document = soon(|| read(&listing(names)));
    assert!(document.partial);
    assert!(document.findings.len() < 100, "{}", document.findings.len());
    let last = document.blocks.iter().rev().find_map(|block| match block {
        gongkai::document::Block::Paragraph(paragraph) => paragraph.origin.page,
        gongkai::document::Block::Table(_) => None,
    });
    assert_eq!(last, Some(5_000));
}

#[test]
fn parts_that_unpack_to_too_much_meet_a_limit() {
    let bomb = format!("{}{}", page(""), " ".repeat(80 << 20));
    let bytes = package(&[bomb], "", "", &[]);
    let outcome = soon(|| try_read(&bytes));
    assert!(["ratio", "part_bytes"].contains(&limit_of(&outcome)));
}

#[test]
fn absurd_numbers_harm_nobody() {
    let objects: String = ["NaN NaN NaN NaN", "inf 0 1 1", "1e308 1e308 1e308 1e308", "-1e9 -1e9 2e9 2e9", "", "a b c d"]
        .iter()
        .flat_map(|numbers| {
            [
                format!(r#"<ofd:TextObject Boundary="{numbers}" CTM="{numbers} 0 0" Size="1e300" HScale="-1"><ofd:TextCode X="{numbers}" Y="NaN" DeltaX="{numbers}" DeltaY="inf 1e308 1e308">字字字字字</ofd:TextCode></ofd:TextObject>"#),
                format!(r#"<ofd:PathObject Boundary="{numbers}" CTM="{numbers} 0 0" Fill="true"><ofd:AbbreviatedData>M {numbers} L {numbers} B 1 A {numbers} C C L 1e308 0</ofd:AbbreviatedData></ofd:PathObject>"#),
                format!(r#"<ofd:ImageObject Boundary="{numbers}" CTM="{numbers} 0 0"/><ofd:CompositeObject Boundary="{numbers}" CTM="{numbers}"/>"#),
            ]
        })
        .collect();
    let area = r#"<ofd:Area><ofd:PhysicalBox>0 0 1e300 NaN</ofd:PhysicalBox></ofd:Area><ofd:Content>"#;
    let content = page(&format!("{objects}{}", text(20, 20, "正文"))).replace("<ofd:Content>", area);
    assert!(said(&soon(|| read(&package(&[content], "", "", &[])))).contains("正文"));
    let huge = page(&text(20, 20, "正文")).replace(
        "<ofd:Content>",
        "<ofd:Area><ofd:PhysicalBox>0 0 900000 900000</ofd:PhysicalBox></ofd:Area><ofd:Content>",
    );
    assert_eq!(said(&soon(|| read(&package(&[huge], "", "", &[])))), "正文");
}

#[test]
fn characters_that_each_stand_alone_meet_the_limit_of_cells() {
    let content = r#"<ofd:TextObject Boundary="0 20 9 9" Size="1"><ofd:TextCode X="0" Y="1" DeltaX="g 199 5">"#;
    let line = |at: usize| {
        format!(
            "{}{}</ofd:TextCode></ofd:TextObject>",
            content.replace("0 20 9", &format!("0 {at} 9")),
            "字".repeat(40)
        )
    };
    let content: String = (1..20).map(|at| line(at * 10)).collect();
    let small = Limits { cells: 500, ..Limits::default() };
    assert_eq!(limit_of(&soon(|| gongkai::ingest::read(&one(&content), &small))), "cells");
}

#[test]
fn a_page_of_a_million_characters_and_rules_takes_no_longer_than_it_may() {
    let grid: String = (0..300).map(|at| format!("M 0 {at} L 300 {at} M {at} 0 L {at} 300 ")).collect();
    let content = format!(
        r#"<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>{grid}</ofd:AbbreviatedData></ofd:PathObject>{}"#,
        text(20, 20, &"字".repeat(20_000))
    );
    let outcome = soon(|| try_read(&one(&content)));
    assert!(outcome.is_ok() || limit_of(&outcome) == "cells", "{outcome:?}");
}
