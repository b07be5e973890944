//! Which characters are read, from which fonts, in which direction.

use gongkai::document::AsideKind;
use gongkai::finding::Code;

use crate::build::{Pdf, chinese, hex, latin};
use crate::{codes, paragraphs, read};

#[test]
fn a_font_that_is_not_embedded_is_read_by_its_character_map() {
    let document = read(&Pdf::of(&chinese(100.0, 700.0, "政府信息公开2024年")).bytes());
    assert_eq!(paragraphs(&document), ["政府信息公开2024年"]);
    assert_eq!(document.format, "pdf");
}

#[test]
fn what_is_filled_and_stroked_is_read_once() {
    let twice = latin(100.0, 700.0, "bold 11") + &latin(100.4, 700.0, "bold 11");
    let stroked = "BT /F1 10 Tf 2 Tr 100 650 Td (both 22) Tj ET\n";
    let document = read(&Pdf::of(&(twice + stroked)).bytes());
    assert_eq!(paragraphs(&document), ["bold 11", "both 22"]);
}

#[test]
fn text_of_forms_and_annotations_is_read() {
    let file = Pdf::of("q 1 0 0 1 0 100 cm /X1 Do Q\n")
        .x_object("/X1 20 0 R")
        .stream(20, "/Type /XObject /Subtype /Form /BBox [0 0 600 800]", latin(100.0, 600.0, "in a form").as_bytes())
        .entries("/Annots [<< /Subtype /FreeText /Rect [100 500 300 520] /AP << /N 21 0 R >> >>]")
        .stream(
            21,
            "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
            latin(0.0, 5.0, "in a note").as_bytes(),
        );
    assert_eq!(paragraphs(&read(&file.bytes())), ["in a form", "in a note"]);
}

#[test]
fn glyphs_that_are_drawn_by_instructions_are_read_by_name() {
    let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] \
        /CharProcs << /one 21 0 R /two 21 0 R >> /Encoding << /Type /Encoding /Differences [65 /one /two] >> \
        /FirstChar 65 /LastChar 66 /Widths [600 600] /Resources << >> >>";
    let file = Pdf::of("BT /T3 10 Tf 100 700 Td (ABA) Tj ET\n").font("/T3 20 0 R").object(20, font).stream(
        21,
        "",
        b"600 0 0 0 600 700 d1 0 0 500 700 re f",
    );
    assert_eq!(paragraphs(&read(&file.bytes())), ["121"]);
}

/// The Chinese font with a map of our own from codes to characters.
fn mapped(map: &str) -> Pdf {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 21 0 R >>";
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {map} endcmap end"
    );
    Pdf::of("BT /T0 10 Tf 100 700 Td <000100020003> Tj ET\n").font("/T0 20 0 R").object(20, font).stream(
        21,
        "",
        map.as_bytes(),
    )
}

#[test]
fn codes_are_read_by_the_map_that_the_file_states() {
    let document = read(&mapped("3 beginbfchar <0001> <0037> <0002> <00660069> <0003> <2F00> endbfchar").bytes());
    assert_eq!(paragraphs(&document), ["7fi一"]);
}

#[test]
fn codes_without_characters_stay_unreadable_and_are_said() {
    for map in [
        "2 beginbfchar <0001> <0037> <0003> <0038> endbfchar",
        "3 beginbfchar <0001> <0037> <0002> <E123> <0003> <0038> endbfchar",
    ] {
        let document = read(&mapped(map).bytes());
        assert_eq!(paragraphs(&document), ["7\u{fffd}8"]);
        assert_eq!(codes(&document), [Code::TextNotSpelled]);
    }
}

#[test]
fn a_font_that_cannot_be_read_is_never_guessed_at() {
    // Its codes look like digits.
    let file = Pdf::of("BT /T0 10 Tf 100 700 Td (1234) Tj ET\n")
        .font("/T0 20 0 R")
        .object(20, "<< /Type /Font /Subtype /Type0 /BaseFont /Own >>");
    let document = read(&file.bytes());
    assert!(
        paragraphs(&document).iter().all(|text| !text.contains(|c: char| c.is_ascii_digit())),
        "{:?}",
        paragraphs(&document)
    );
    assert!(codes(&document).contains(&Code::FontsUnreadable));
}

#[test]
fn invisible_text_is_read_over_a_picture_only() {
    let hidden = "BT /F1 10 Tf 3 Tr 100 700 Td (unseen) Tj ET\n";
    let document = read(&Pdf::of(&(latin(100.0, 600.0, "seen") + hidden)).bytes());
    assert_eq!((paragraphs(&document), codes(&document)), (vec!["seen"], vec![]));
    let over = Pdf::of(&format!("q 600 0 0 800 0 0 cm /P Do Q {hidden}")).x_object("/P 20 0 R").stream(
        20,
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"\x7f",
    );
    let document = read(&over.bytes());
    assert_eq!(paragraphs(&document), ["unseen"]);
    assert!(codes(&document).contains(&Code::TextRecognised), "{:?}", document.findings);
}

#[test]
fn text_that_the_clip_hides_or_that_lies_off_the_page_is_not_read() {
    let clipped =
        format!("q 90 640 100 40 re W n {}{} Q\n", latin(100.0, 650.0, "inside"), latin(100.0, 700.0, "outside"));
    let document = read(&Pdf::of(&(clipped + &latin(100.0, 900.0, "above"))).bytes());
    assert_eq!(paragraphs(&document), ["inside"]);
    let cropped =
        Pdf::of(&(latin(100.0, 700.0, "kept") + &latin(100.0, 100.0, "cut off"))).entries("/CropBox [0 400 600 800]");
    assert_eq!(paragraphs(&read(&cropped.bytes())), ["kept"]);
}

#[test]
fn a_number_that_the_edge_cuts_is_read_whole() {
    // The page ends at 600, and the last two digits lie beyond.
    let edge = read(&Pdf::of(&(latin(582.0, 700.0, "1124") + &latin(100.0, 700.0, "in force"))).bytes());
    assert_eq!(paragraphs(&edge), ["in force 1124"]);
    let clipped = format!("q 90 640 15 40 re W n {} Q\n", latin(100.0, 650.0, "1124"));
    assert_eq!(paragraphs(&read(&Pdf::of(&clipped).bytes())), ["1124"]);
}

#[test]
fn text_in_every_direction_is_turned_to_be_read() {
    for (matrix, rotate) in [
        ("1 0 0 1 100 500", 0),
        ("0 1 -1 0 100 500", 0),
        ("-1 0 0 -1 400 500", 0),
        ("0 -1 1 0 100 500", 0),
        ("0 1 -1 0 100 500", 90),
        ("-1 0 0 -1 400 500", 180),
    ] {
        let lines = format!("BT /F1 10 Tf 15 TL {matrix} Tm (first line) Tj T* (second) Tj ET\n");
        let document = read(&Pdf::of(&lines).entries(&format!("/Rotate {rotate}")).bytes());
        assert_eq!(paragraphs(&document), ["first line", "second"], "{matrix} {rotate}");
    }
}

#[test]
fn text_set_askew_is_an_aside() {
    let page = latin(100.0, 700.0, "body") + "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (DRAFT) Tj ET\n";
    let document = read(&Pdf::of(&page).bytes());
    assert_eq!(paragraphs(&document), ["body"]);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    assert_eq!(asides, [(AsideKind::Header, "DRAFT")]);
}

#[test]
fn vertical_writing_reads_from_top_to_bottom() {
    let page = format!("BT /F3 10 Tf 100 700 Td <{}> Tj ET\n", hex("三本年"));
    let document = read(&Pdf::of(&page).bytes());
    assert_eq!(paragraphs(&document).concat(), "三本年");
}

#[test]
fn paragraphs_are_put_together_from_their_lines() {
    let line = |y: f32, x: f32, text: &str| chinese(x, y, text);
    let full = "政府信息公开工作年度报告统计期限自一月起政府信息公开工作年度报告统计期限自一月起";
    let page = [
        line(700.0, 120.0, &full[..full.len() - 6]),
        line(682.0, 100.0, full),
        line(664.0, 100.0, "至十二月止。"),
        line(646.0, 120.0, "一、总体情况"),
    ];
    let joined = format!("{}{full}至十二月止。", &full[..full.len() - 6]);
    assert_eq!(paragraphs(&read(&Pdf::of(&page.concat()).bytes())), [joined.as_str(), "一、总体情况"]);
}

#[test]
fn short_lines_are_no_paragraph_however_few_long_ones_there_are() {
    let long = "政府信息公开工作年度报告统计期限自一月起政府信息公开工作年度报告统计期限自一月起";
    let page = [
        chinese(100.0, 700.0, long),
        chinese(100.0, 660.0, "五、存在的主要问题及改进情况"),
        chinese(100.0, 640.0, "公开内容还不够丰富，提高质量。"),
    ];
    let document = read(&Pdf::of(&page.concat()).bytes());
    assert_eq!(paragraphs(&document), [long, "五、存在的主要问题及改进情况", "公开内容还不够丰富，提高质量。"]);
}
