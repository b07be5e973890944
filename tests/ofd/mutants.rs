//! Thousands of damaged packages: the reader never panics and always ends.

use gongkai::ingest::{self, Limits};

use super::build::{ENTRY, archive, root};
use super::mutate::{self, Random};

/// Mutants of each kind.
const MUTANTS: u64 = 150;

/// A page with something of everything.
const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>
<ofd:Template TemplateID="5" ZOrder="Background"/><ofd:PageRes>PageRes.xml</ofd:PageRes><ofd:Content><ofd:Layer ID="1" Type="Body" DrawParam="7"><ofd:PageBlock ID="2"><ofd:TextObject ID="3" Boundary="20 20 100 5" CTM="1 0 0 1 0 0" Size="4" HScale="0.9" ReadDirection="0" CharDirection="90">
<ofd:FillColor Value="0 0 0" Alpha="255"/><ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>1 2 3 4</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="4" DeltaX="g 2 4 2 -3.5" DeltaY="0 0 0">甲乙&amp;¤\0020</ofd:TextCode></ofd:TextObject></ofd:PageBlock>
<ofd:PathObject ID="4" Boundary="20 30 80 20" LineWidth="0.3" Fill="true"><ofd:Clips><ofd:Clip/></ofd:Clips><ofd:AbbreviatedData>M 0 0 L 80 0 L 80 20 L 0 20 C S 0 10 L 80 10 Q 1 2 3 4 B 1 2 3 4 5 6 A 1 1 0 0 1 9 9 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:ImageObject ID="6" Boundary="20 60 10 10" CTM="10 0 0 10 0 0" ResourceID="9"/><ofd:CompositeObject ID="8" ResourceID="11" Boundary="0 0 9 9"/></ofd:Layer></ofd:Content></ofd:Page>"#;
const RESOURCES: &str = r#"<ofd:Res><ofd:DrawParams><ofd:DrawParam ID="7" Relative="8"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam></ofd:DrawParams><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="11"><ofd:Content><ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData></ofd:PathObject></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"#;
const NOTES: &str = r#"<PageAnnot><Annot Type="Watermark"><Appearance><TextObject><TextCode>张三</TextCode></TextObject></Appearance></Annot></PageAnnot>"#;
const LIST: &str = "<Annotations><Page PageID='0'><FileLoc>A.xml</FileLoc></Page></Annotations>";

/// The package with one of its parts replaced.
fn with(replaced: &str, bytes: &[u8]) -> Vec<u8> {
    let common =
        r#"<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="5" BaseLoc="Pages/Page_1/Content.xml"/>"#;
    let root = root(2, common, "<ofd:Annotations>Annots.xml</ofd:Annotations>");
    let parts = [
        ("OFD.xml", ENTRY),
        ("Doc_0/Document.xml", &root),
        ("Doc_0/Res.xml", RESOURCES),
        ("Doc_0/Pages/Page_0/Content.xml", PAGE),
        ("Doc_0/Pages/Page_1/Content.xml", PAGE),
        ("Doc_0/Annots.xml", LIST),
        ("Doc_0/A.xml", NOTES),
    ];
    let files: Vec<_> =
        parts.iter().map(|(name, text)| (*name, if *name == replaced { bytes } else { text.as_bytes() })).collect();
    archive(&files)
}

fn original(name: &str) -> Vec<u8> {
    let bytes = with("", b"");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name(name).expect("a part"), &mut text).expect("memory");
    text
}

/// Whether it is read at all.
fn survives(file: &[u8]) -> bool {
    ingest::read(file, &Limits::default()).is_ok()
}

#[test]
fn the_original_reads_whole() {
    let document = ingest::read(&with("", b""), &Limits::default()).expect("readable");
    assert_eq!((document.format.as_str(), document.pictures), ("ofd", 4));
}

#[test]
fn parts_with_bytes_and_tags_changed() {
    let mut read = 0;
    for name in [
        "OFD.xml",
        "Doc_0/Document.xml",
        "Doc_0/Res.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Annots.xml",
        "Doc_0/A.xml",
    ] {
        let part = original(name);
        for seed in 0..MUTANTS {
            read += u64::from(survives(&with(name, &mutate::bytes(&part, &mut Random(seed)))));
            read += u64::from(survives(&with(name, &mutate::tags(&part, &mut Random(seed)))));
        }
    }
    // Damage to one part leaves most of the rest.
    assert!(read > 6 * MUTANTS, "{read}");
}

#[test]
fn archives_with_bytes_changed() {
    let whole = with("", b"");
    let read = (0..2 * MUTANTS).filter(|seed| survives(&mutate::bytes(&whole, &mut Random(*seed)))).count();
    assert!(read > 0, "{read}");
}
