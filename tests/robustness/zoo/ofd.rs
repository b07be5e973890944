//! OFD.

use super::{LAUGHS, Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood, zipped_by};
use crate::ofd::{ENTRY, one, package, page, root, text};

pub const FILES: &[Maker] = &[
    file("million-blocks-deep.ofd", Limit("depth"), || loose(&"<ofd:PageBlock>".repeat(MILLION))),
    file("billion-distances.ofd", Read, || {
        one(
            r#"<ofd:TextObject Boundary="20 20 9 9" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 1000000000 4 g 99999999999999999999 4">正文</ofd:TextCode></ofd:TextObject>"#,
        )
    }),
    file("path-of-ten-million.ofd", ReadOrLimit, || {
        loose(&format!(
            "<ofd:PathObject Boundary=\"0 0 99 99\"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>",
            "L 1 1 ".repeat(10 * flood())
        ))
    }),
    file("path-of-a-hundred-thousand.ofd", Read, || {
        loose(&format!(
            "<ofd:PathObject Boundary=\"0 0 99 99\"><ofd:AbbreviatedData>M 0 0 {}</ofd:AbbreviatedData></ofd:PathObject>",
            "L 9 0 L 9 9 L 0 9 L 0 0 ".repeat(flood() / 10)
        ))
    }),
    file("templates-in-a-circle.ofd", Read, || {
        let looping = r#"<Page><Template TemplateID="5"/><Content><Layer/></Content></Page>"#;
        let common = r#"<TemplatePage ID="5" BaseLoc="T.xml"/>"#;
        package(&[looping.to_owned()], common, "", &[("Doc_0/T.xml", looping)])
    }),
    file("parts-from-outside.ofd", Read, || {
        let content = page(&text(20, 20, "正文"));
        let listed: String = [
            "../../../../etc/passwd",
            "/dev/zero",
            "file:///dev/zero",
            "C:\\x",
            "..",
            "",
            "Doc_0/../../x",
            "Pages/Page_0/Content.xml",
        ]
        .iter()
        .map(|name| format!(r#"<ofd:Page BaseLoc="{name}"/>"#))
        .collect();
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        zipped_by(
            zip::CompressionMethod::Stored,
            &[
                ("OFD.xml", ENTRY.as_bytes()),
                ("Doc_0/Document.xml", root.as_bytes()),
                ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes()),
                ("../../x", b"x"),
            ],
        )
    }),
    file("document-lists-itself.ofd", Refused("damaged"), || {
        let entry =
            r#"<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody><DocBody><DocRoot>OFD.xml</DocRoot></DocBody></OFD>"#;
        zipped_by(zip::CompressionMethod::Stored, &[("OFD.xml", entry.as_bytes())])
    }),
    file("million-characters-alone.ofd", Read, || {
        loose(&(0..flood() / 5).map(|at| text((at % 200) as u32, (at / 200 % 290) as u32, "1")).collect::<String>())
    }),
    file("million-rules.ofd", Read, || {
        let rule = |at: usize| {
            format!(
                "<ofd:PathObject Boundary=\"{} {} 9 9\"><ofd:AbbreviatedData>M 0 0 L {} 0</ofd:AbbreviatedData></ofd:PathObject>",
                at % 199,
                at / 199 % 290,
                at % 7
            )
        };
        loose(&(0..flood() / 5).map(rule).collect::<String>())
    }),
    file("pages-without-end.ofd", Limit("pages"), || {
        let listed = r#"<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>"#.repeat(MILLION / 5);
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        let content = page(&text(20, 20, "正文"));
        zipped_by(
            zip::CompressionMethod::Stored,
            &[
                ("OFD.xml", ENTRY.as_bytes()),
                ("Doc_0/Document.xml", root.as_bytes()),
                ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes()),
            ],
        )
    }),
    file("one-page-ten-thousand-times.ofd", ReadOrLimit, || {
        let listed = r#"<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>"#.repeat(flood() / 111);
        let root = root(0, "", &format!("<ofd:Pages>{listed}</ofd:Pages>"));
        let content = page(&text(20, 20, "正文").repeat(1_000));
        zipped_by(
            zip::CompressionMethod::Stored,
            &[
                ("OFD.xml", ENTRY.as_bytes()),
                ("Doc_0/Document.xml", root.as_bytes()),
                ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes()),
            ],
        )
    }),
    file("entities.ofd", Read, || package(&[format!("{LAUGHS}{}", page(&text(20, 20, "&h;&i;")))], "", "", &[])),
    file("ratio.ofd", Limit("ratio"), || package(&[page(&" ".repeat(60 << 20))], "", "", &[])),
    file("boxes-of-a-billion.ofd", Read, || {
        one(
            r#"<ofd:TextObject Boundary="-1000000000 -1000000000 4000000000 4000000000" Size="1000000000" CTM="1e38 0 0 1e38 1e38 1e38"><ofd:TextCode X="1e38" Y="-1e38">正文</ofd:TextCode></ofd:TextObject><ofd:PathObject Boundary="0 0 1e30 1e30"><ofd:AbbreviatedData>M 0 0 L 1e30 0 L 1e30 1e30 A 1e30 1e30 0 1 1 0 0 C</ofd:AbbreviatedData></ofd:PathObject>"#,
        )
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
