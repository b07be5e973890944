//! What is text and what is not: destinations, fields, hidden and changed text, boxes, notes.

use gongkai::document::AsideKind;

use super::{body, detail, read, read_bytes, text, view};

#[test]
fn files_are_known_by_content() {
    let document = read_bytes(b"\xef\xbb\xbf\r\n{\\rtf1\\ansi x\\par}\0\0");
    assert_eq!((document.format.as_str(), view::body(&document)), ("rtf", vec!["x".to_owned()]));
    assert!(!document.partial);
}

#[test]
fn unknown_groups_are_skipped_only_if_they_may_be() {
    assert_eq!(text("a{\\*\\nosuch b{c}\\'7d}d{\\nosuch e}"), "ade");
    assert_eq!(text("a{\\*\\datastore 0102{03}}{\\*\\themedata 504b}{\\xe b}c"), "ac");
    assert_eq!(text("a{\\bkmkstart _Toc1}b{\\*\\bkmkend _Toc1}c{\\*\\b d}"), "abc");
}

#[test]
fn binary_data_is_no_text() {
    assert_eq!(text("a{\\pict\\bin9 {\\}}}{\\'7}b"), "ab");
    assert_eq!(text("a\\bin3 {{{b"), "ab");
}

#[test]
fn results_of_fields_are_text_and_codes_are_not() {
    assert_eq!(text("{\\field{\\*\\fldinst { PAGEREF _Toc1 }}{\\fldrslt {7}}}"), "7");
    assert_eq!(text("{\\field\\flddirty{\\fldinst HYPERLINK x}{\\fldrslt y}}"), "y");
    let inner = "{\\field{\\*\\fldinst IF {\\field{\\*\\fldinst REF a}{\\fldrslt 1}}=1 2}{\\fldrslt 3}}";
    assert_eq!(text(inner), "3");
}

#[test]
fn hidden_text_is_out() {
    assert_eq!(text("1{\\v 2}3\\v 4\\v0 5"), "135");
    assert_eq!(text("1\\v 2\\plain 3"), "13");
    assert_eq!(text("1{\\cs11 2}{\\cs11\\v0 3}{\\cs10 4}"), "134");
    assert_eq!(body("\\pard\\s2 1\\par\\pard\\s3 2\\par\\pard 3\\par"), ["", "", "3"]);
    assert_eq!(text("{\\v\\f13\\'d5}\\'fe"), "þ", "half of a hidden character is none");
}

#[test]
fn changes_are_as_if_accepted() {
    let document = read("1{\\revised 2}{\\deleted 3}{\\revised\\deleted 4}5{\\deleted\\par}6\\par");
    assert_eq!(view::body(&document), ["1256"]);
    assert_eq!(
        [detail(&document, "tracked_changes", "insertions"), detail(&document, "tracked_changes", "deletions")],
        ["1", "2"]
    );
    assert_eq!(text("{\\mvf 1}{\\mvt 2}"), "2");
    assert_eq!(body("{\\deleted a\\par}\\pard{\\deleted b\\par}c\\par"), ["c"]);
}

#[test]
fn text_boxes_come_once_after_their_paragraph() {
    let shape = "{\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt \\pard\\plain box\\par}}{\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext box\\par}}}}";
    assert_eq!(body(&format!("a{shape}b\\par c\\par")), ["ab", "box", "c"]);
    assert_eq!(body("a{\\*\\do\\dobxpage{\\dptxbx{\\dptxbxtext old\\par}}}\\par"), ["a", "old"]);
    let in_cell = format!("\\trowd\\cellx1000\\intbl 1{shape}\\cell\\row\\pard x\\par");
    let document = read(&in_cell);
    assert_eq!(view::cells(&document.tables[0]), [["1\nbox"]]);
}

#[test]
fn what_stands_beside_the_text_is_kept_apart() {
    let document = read(
        "{\\info{\\title \\'c4\\'ea\\'b1\\'a8}{\\author me}}{\\header\\pard head\\par}{\\headerf head\\par}{\\footer {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\par}\
         1{\\footnote\\pard{\\super\\chftn} note\\par}2{\\footnote\\ftnalt end\\par}{\\*\\atnid AB}{\\*\\atnauthor A B}\
         {\\*\\annotation{\\*\\atndate 1}{\\*\\atnref 2}\\pard comment\\par}\\par",
    );
    assert_eq!(view::body(&document), ["12"]);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    let wanted = [
        (AsideKind::Title, "年报"),
        (AsideKind::Header, "head"),
        (AsideKind::Footer, "1"),
        (AsideKind::Footnote, " note"),
        (AsideKind::Endnote, "end"),
        (AsideKind::Comment, "comment"),
    ];
    assert_eq!(asides, wanted);
}

#[test]
fn tables_beside_the_text_are_lines_of_it() {
    let document = read("{\\header\\trowd\\cellx500\\cellx900\\intbl 1\\cell 2\\cell\\row{\\pict 00}}x\\par");
    assert_eq!((document.tables.len(), document.pictures, document.asides[0].text.as_str()), (0, 0, "1\n2"));
}

#[test]
fn pictures_are_counted_once() {
    let twice = "{\\*\\shppict{\\pict\\pngblip 89504e47}}{\\nonshppict{\\pict\\wmetafile8 0100}}";
    let floating = "{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict\\pngblip 00}}}}{\\shprslt{\\pict 00}}}";
    let object = "{\\object\\objemb{\\*\\objclass Word.Document.8}{\\*\\objdata 0105}{\\result {\\pict 00} text}}";
    let hidden = "{\\v{\\pict 00}}{\\deleted{\\pict 00}}";
    let document = read(&format!("{twice}{floating}{object}{hidden}\\par"));
    assert_eq!((document.pictures, view::body(&document)), (3, vec![" text".to_owned()]));
}

#[test]
fn sections_end_paragraphs() {
    assert_eq!(body("a\\par\\sect b\\sect c\\par"), ["a", "b", "c"]);
}
