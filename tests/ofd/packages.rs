//! What is in a package, under which names, and what is missing from it.

use gongkai::document::AsideKind;
use gongkai::finding::Lang;
use gongkai::ingest::Error;

use super::build::{ENTRY, archive, findings, one, package, page, read, root, said, text, try_read};

#[test]
fn a_package_is_known_by_its_first_part() {
    let document = read(&one(&text(20, 20, "示例县")));
    assert_eq!((document.format.as_str(), said(&document).as_str()), ("ofd", "示例县"));
    let other = archive(&[("Other.xml", b"<a/>")]);
    let error = try_read(&other).expect_err("no format");
    assert!(error.message(Lang::En).contains("not ofd: a zip archive without `OFD.xml`"), "{error}");
    assert!(error.message(Lang::Zh).contains("不是 ofd：zip 压缩包中没有 `OFD.xml`"), "{error}");
}

#[test]
fn parts_are_found_whatever_writers_make_of_their_names() {
    let content = page(&text(20, 20, "正文"));
    for (entry, root_name, page_name) in [
        ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("ofd.xml", "doc_0/document.xml", "doc_0/pages/page_0/content.xml"),
        ("OFD.xml", "Doc_0\\Document.xml", "Doc_0\\Pages\\Page_0\\Content.xml"),
        ("OFD.xml", "/Doc_0/Document.xml", "/Doc_0/Pages/Page_0/Content.xml"),
        // From the root of the package, against the standard.
        ("OFD.xml", "Doc_0/Document.xml", "Pages/Page_0/Content.xml"),
    ] {
        let root = root(1, "", "");
        let files = [(entry, ENTRY.as_bytes()), (root_name, root.as_bytes()), (page_name, content.as_bytes())];
        let document = read(&archive(&files));
        assert_eq!((said(&document).as_str(), document.partial), ("正文", false), "{page_name}");
    }
}

#[test]
fn prefixes_and_namespaces_do_not_matter() {
    let written = |prefix: &str, namespace: &str| {
        let change = |text: &str| {
            let text = text.replace("http://www.ofdspec.org/2016", namespace);
            let text = if prefix.is_empty() {
                text.replace("xmlns:ofd", "xmlns")
            } else {
                text.replace("xmlns:ofd", &format!("xmlns:{prefix}"))
            };
            let colon = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
            text.replace("<ofd:", &format!("<{colon}")).replace("</ofd:", &format!("</{colon}"))
        };
        let (entry, root, content) = (change(ENTRY), change(&root(1, "", "")), change(&page(&text(20, 20, "正文"))));
        let files = [("OFD.xml", &entry), ("Doc_0/Document.xml", &root), ("Doc_0/Pages/Page_0/Content.xml", &content)];
        archive(&files.map(|(name, text)| (name, text.as_bytes())))
    };
    for (prefix, namespace) in
        [("", "http://www.ofdspec.org/2016"), ("o", "http://www.ofdspec.org"), ("ofd", ""), ("x", "urn:a")]
    {
        assert_eq!(said(&read(&written(prefix, namespace))), "正文", "{prefix} {namespace}");
    }
}

#[test]
fn documents_of_one_package_follow_one_another() {
    let entry = ENTRY.replace(
        "<ofd:DocRoot>Doc_0",
        "<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody><ofd:DocBody><ofd:DocRoot>Doc_0",
    );
    let root = root(1, "", "");
    let (first, second) = (page(&text(20, 20, "前一份")), page(&text(20, 20, "后一份")));
    let document = read(&archive(&[
        ("OFD.xml", entry.as_bytes()),
        ("Doc_0/Document.xml", root.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", second.as_bytes()),
        ("Doc_1/Document.xml", root.as_bytes()),
        ("Doc_1/Pages/Page_0/Content.xml", first.as_bytes()),
    ]));
    let said = said(&document);
    assert!(said.find("前一份") < said.find("后一份"), "{said}");
    assert!(said.contains("后一份"), "{said}");
}

#[test]
fn the_current_version_is_read_where_only_versions_are_named() {
    let entry = r#"<OFD><DocBody><Versions><Version ID="1" Index="1" BaseLoc="Doc_0/Versions/1.xml"/><Version ID="2" Index="2" Current="true" BaseLoc="Doc_0/Versions/2.xml"/></Versions></DocBody></OFD>"#;
    let version = |name: &str| format!("<DocVersion><FileList/><DocRoot>/Doc_0/{name}.xml</DocRoot></DocVersion>");
    let roots = [1, 2].map(|at| root(1, "", "").replace("Page_0", &format!("Page_{at}")));
    let (old, new) = (page(&text(20, 20, "旧")), page(&text(20, 20, "新")));
    let document = read(&archive(&[
        ("OFD.xml", entry.as_bytes()),
        ("Doc_0/Versions/1.xml", version("One").as_bytes()),
        ("Doc_0/Versions/2.xml", version("Two").as_bytes()),
        ("Doc_0/One.xml", roots[0].as_bytes()),
        ("Doc_0/Two.xml", roots[1].as_bytes()),
        ("Doc_0/Pages/Page_1/Content.xml", old.as_bytes()),
        ("Doc_0/Pages/Page_2/Content.xml", new.as_bytes()),
    ]));
    assert_eq!(said(&document), "新");
}

#[test]
fn encrypted_packages_are_named_as_such() {
    let root = root(1, "", "");
    let encryptions = ("Encryptions.xml", &b"<Encryptions/>"[..]);
    let locked: [&[(&str, &[u8])]; 3] = [
        &[("OFD.xml", ENTRY.as_bytes()), encryptions],
        &[("OFD.xml", ENTRY.as_bytes()), encryptions, ("Doc_0/Document.xml", b"\x8f\x01\x02\x03")],
        &[("OFD.xml", ENTRY.as_bytes()), encryptions, ("Doc_0/Document.xml", root.as_bytes())],
    ];
    for files in locked {
        assert_eq!(try_read(&archive(files)), Err(Error::PasswordProtected));
    }
    let content = page(&text(20, 20, "正文"));
    let open = archive(&[
        ("OFD.xml", ENTRY.as_bytes()),
        encryptions,
        ("Doc_0/Document.xml", root.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", content.as_bytes()),
    ]);
    assert_eq!(said(&read(&open)), "正文");
}

#[test]
fn what_is_missing_or_breaks_off_is_said() {
    let whole = [page(&text(20, 20, "第一页")), page(&text(20, 20, "第二页"))];
    let broken = whole[1].replace("</ofd:TextObject>", &format!("</ofd:TextObject>{}", &text(20, 40, "下文")[..60]));
    let document = read(&package(&[whole[0].clone(), broken], "", "", &[]));
    assert_eq!((said(&document).as_str(), document.partial), ("第一页第二页", true));
    assert_eq!(findings(&document), ["partial_file"]);

    let root = root(2, "", "");
    let files = [("OFD.xml", ENTRY), ("Doc_0/Document.xml", &root), ("Doc_0/Pages/Page_1/Content.xml", &whole[1])];
    let document = read(&archive(&files.map(|(name, text)| (name, text.as_bytes()))));
    assert_eq!((said(&document).as_str(), document.partial), ("第二页", true));
    let said = document.findings[0].message(Lang::En);
    assert!(said.contains("/Doc_0/Pages/Page_0/Content.xml is missing from the archive"), "{said}");

    for files in [
        &[("OFD.xml", "<OFD/>")][..],
        &[("OFD.xml", ENTRY)],
        &[("OFD.xml", "")],
        &[("OFD.xml", ENTRY), ("Doc_0/Document.xml", "<a>")],
    ] {
        let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let outcome = try_read(&archive(&files));
        assert!(matches!(outcome, Err(Error::Damaged { reader: "ofd", .. })), "{outcome:?}");
    }
}

#[test]
fn a_lost_directory_or_first_part_does_not_hide_the_pages() {
    let bytes = one(&text(20, 20, "正文"));
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    let document = read(&bytes[..directory]);
    assert_eq!((said(&document).as_str(), document.partial), ("正文", true));
    let (root, content) = (root(1, "", ""), page(&text(20, 20, "正文")));
    let files =
        [("OFD.xml", "<OFD><DocBody>"), ("Doc_0/Document.xml", &root), ("Doc_0/Pages/Page_0/Content.xml", &content)];
    let document = read(&archive(&files.map(|(name, text)| (name, text.as_bytes()))));
    assert_eq!((said(&document).as_str(), document.partial), ("正文", true));
    // A root part that breaks off before its list of pages.
    let files = [
        ("OFD.xml", ENTRY),
        ("Doc_0/Document.xml", "<Document><CommonData>"),
        ("Doc_0/Pages/Page_0/Content.xml", &content),
    ];
    let document = read(&archive(&files.map(|(name, text)| (name, text.as_bytes()))));
    assert_eq!((said(&document).as_str(), document.partial), ("正文", true));
}

#[test]
fn annotations_are_kept_apart() {
    let list = r#"<Annotations><Page PageID="0"><FileLoc>Page_0/Annotation.xml</FileLoc></Page></Annotations>"#;
    let notes = format!(
        r#"<PageAnnot><Annot Type="Watermark"><Appearance>{}</Appearance></Annot><Annot Type="Watermark"><Appearance>{}</Appearance></Annot><Annot Type="Stamp"><Remark>校对</Remark><Appearance/></Annot><Annot/></PageAnnot>"#,
        text(30, 30, "张三 777"),
        text(60, 60, "张三 777")
    );
    let more = [("Doc_0/Annots/Annotations.xml", list), ("Doc_0/Annots/Page_0/Annotation.xml", &notes)];
    let rest = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>";
    let document = read(&package(&[page(&text(20, 20, "正文"))], "", rest, &more));
    assert_eq!(said(&document), "正文");
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    assert_eq!(asides, [(AsideKind::Comment, "张三 777"), (AsideKind::Comment, "校对")]);
}

#[test]
fn parts_in_other_encodings_are_decoded() {
    let content = page(&text(20, 20, "正文"));
    let gbk = format!("<?xml version='1.0' encoding='GBK'?>{content}");
    let gbk = encoding_rs::GBK.encode(&gbk).0.into_owned();
    let wide: Vec<u8> = std::iter::once('\u{feff}')
        .chain(content.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [gbk, wide] {
        let root = root(1, "", "");
        let files = [
            ("OFD.xml", ENTRY.as_bytes()),
            ("Doc_0/Document.xml", root.as_bytes()),
            ("Doc_0/Pages/Page_0/Content.xml", &bytes[..]),
        ];
        let document = read(&archive(&files));
        assert_eq!((said(&document).as_str(), findings(&document)), ("正文", vec![]));
    }
    let mut lying = content.into_bytes();
    let at = lying.windows(3).position(|window| window == "正".as_bytes()).expect("the text");
    lying[at] = 0xff;
    let root = root(1, "", "");
    let files = [
        ("OFD.xml", ENTRY.as_bytes()),
        ("Doc_0/Document.xml", root.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", &lying[..]),
    ];
    assert!(findings(&read(&archive(&files))).contains(&"undecodable_text"));
}
