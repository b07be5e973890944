//! OFD.

use super::{LAUGHS, MILLION, Maker, file, zipped_by};
use crate::ofd::{ENTRY, one, package, page, root, text};

pub const FILES: &[Maker] = &[
    file("million-blocks-deep.ofd", "limit depth", || loose(&"<ofd:PageBlock>".repeat(MILLION))),
    file("billion-distances.ofd", "read", || {
        one(r#"<ofd:TextObject Boundary="20 20 9 9" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 1000000000 4 g 99999999999999999999 4">正文</ofd:TextCode></ofd:TextObject>"#)
    }),
    file("path-of-ten-million.ofd", "limit drawn", || {
        loose(&format!("<ofd:PathObject Boundary=\"0 0 99 99\"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>", "L 1 1 ".repeat(10 * MILLION)))
    }),
    file("path-of-a-hundred-thousand.ofd", "read", || {
        loose(&format!("<ofd:PathObject Boundary=\"0 0 99 99\"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>", "L 9 0 L 9 9 L 0 9 L 0 0 ".repeat(100_000)))
    }),
    file("templates-in-a-circle.ofd", "read", || {
        let looping = r#"<Page><Template TemplateID="5"/><Content><Layer/></Content></Page>"#;
        let common = r#"<TemplatePage ID="5" BaseLoc="T.xml"/>"#;
        package(&[looping.to_owned()], common, "", &[("Doc_0/T.xml", looping)])
    }),
    file("parts-from-outside.ofd", "read", || {
        let content = page(&text(20, 20, "正文"));
        let listed: String = ["../../../../etc/passwd", "/dev/zero", "file:///dev/zero", "C:\\x", "..", "", "Doc_0/../../x", "Pages/Page_0/Content.xml"].iter().map(|name| format!(r#"<ofd:Page BaseLoc="{name}"/>"#)).collect();
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        zipped_by(zip::CompressionMethod::Stored, &[("OFD.xml", ENTRY.as_bytes()), ("Doc_0/Document.xml", root.as_bytes()), ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes()), ("../../x", b"x")])
    }),
    file("document-lists-itself.ofd", "read", || {
        let entry = r#"<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody><DocBody><DocRoot>OFD.xml</DocRoot></DocBody></OFD>"#;
        zipped_by(zip::CompressionMethod::Stored, &[("OFD.xml", entry.as_bytes())])
    }),
    file("million-characters-alone.ofd", "read", || loose(&(0..200_000).map(|at| text(at % 200, at / 200 % 290, "1")).collect::<String>())),
    file("million-rules.ofd", "read", || {
        let rule = |at: usize| format!("<ofd:PathObject Boundary=\"{} {} 9 9\"><ofd:AbbreviatedData>M 0 0 L {} 0</ofd:AbbreviatedData></ofd:PathObject>", at % 199, at / 199 % 290, at % 7);
        loose(&(0..200_000).map(rule).collect::<String>())
    }),
    file("pages-without-end.ofd", "limit pages", || {
        let listed = r#"<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>"#.repeat(MILLION / 5);
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        let content = page(&text(20, 20, "正文"));
        zipped_by(zip::CompressionMethod::Stored, &[("OFD.xml", ENTRY.as_bytes()), ("Doc_0/Document.xml", root.as_bytes()), ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes())])
    }),
    file("one-page-ten-thousand-times.ofd", "limit content_bytes", || {
        let listed = r#"<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>"#.repeat(9_000);
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        let content = page(&text(20, 20, "正文").repeat(1_000));
        zipped_by(zip::CompressionMethod::Stored, &[("OFD.xml", ENTRY.as_bytes()), ("Doc_0/Document.xml", root.as_bytes()), ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes())])
    }),
    file("entities.ofd", "read", || {
        package(&[format!("{LAUGHS}{}", page(&text(20, 20, "&h;&i;")))], "", "", &[])
    }),
    file("ratio.ofd", "limit ratio", || package(&[page(&" ".repeat(60 << 20))], "", "", &[])),
    file("boxes-of-a-billion.ofd", "read", || {
        one(r#"<ofd:TextObject Boundary="-1000000000 -1000000000 4000000000 4000000000" Size="1000000000" CTM="1e38 0 0 1e38 1e38 1e38"><ofd:TextCode X="1e38" Y="-1e38">正文</ofd:TextCode></ofd:TextObject><ofd:PathObject Boundary="0 0 1e30 1e30"><ofd:AbbreviatedData>M 0 0 L 1e30 0 L 1e30 1e30 A 1e30 1e30 0 1 1 0 0 C</ofd:AbbreviatedData></ofd:PathObject>"#)
    }),
];

/// A page that is not packed, so that no ratio stands in the way.
fn loose(content: &str) -> Vec<u8> {
    let (root, page) = (root(1, "", ""), page(content));
    zipped_by(
        zip::CompressionMethod::Stored,
        &[
            ("OFD.xml", ENTRY.as_bytes()),
            ("Doc_0/Document.xml", root.as_bytes()),
            ("Doc_0/Pages/Page_0/Content.xml", page.as_bytes()),
        ],
    )
}
