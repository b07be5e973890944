//! The reader of binary Word files, a feature a test. Expectations are written by hand.

use crate::doc::{self, Builder, IN_TABLE, Paragraph, cell, definition, of, p, places, row, row_end, sprm, with};
use crate::docx::{body, cells, codes, grid};
use encoding_rs::{BIG5, GBK, WINDOWS_1252};
use gongkai::document::{AsideKind, Document};

fn read(paragraphs: Vec<Paragraph>) -> Document {
    Builder::new(paragraphs).read()
}

/// The body of a document of one paragraph with these runs.
fn text_of(runs: &[(&str, &[u8])]) -> String {
    body(&read(vec![of(runs, &[])])).join("¶")
}

fn detail<'d>(document: &'d Document, code: &str, name: &str) -> &'d str {
    let finding = document.findings.iter().find(|finding| finding.code.entry().name == code).expect("the finding");
    &finding.details[name]
}

const DELETED: &[u8] = &[0x00, 0x08, 1];
const INSERTED: &[u8] = &[0x01, 0x08, 1];
const HIDDEN: &[u8] = &[0x3c, 0x08, 1];

// ---- text ----

#[test]
fn both_encodings_of_word_97() {
    let paragraphs = vec![p("政府信息公开 1,234"), p("𠀀 beyond the first plane")];
    assert_eq!(body(&read(paragraphs)), ["政府信息公开 1,234", "𠀀 beyond the first plane"]);
    let mut narrow = Builder::new(vec![p("plain – “quoted” é"), p("")]);
    narrow.encoding = Some(WINDOWS_1252);
    assert_eq!(body(&narrow.read()), ["plain – “quoted” é", ""]);
    assert_eq!(narrow.read().variant.as_deref(), Some("Word 97–2003"));
}

#[test]
fn text_saved_in_a_hurry_is_put_together_by_its_pieces() {
    let mut builder = Builder::new(vec![p("一"), p("二"), p("三")]);
    builder.hurried = true;
    assert_eq!(body(&builder.read()), ["一", "二", "三"]);
}

#[test]
fn pieces_change_properties() {
    let mut builder = Builder::new(vec![p("a"), p("b"), p("c")]);
    // One property in the piece itself (92: hidden, by its number of one byte), one in a list.
    builder.changes = vec![92 << 1 | 1 << 8, 0, 1];
    builder.change_lists = vec![HIDDEN.to_vec()];
    assert_eq!(body(&builder.read()), ["", "b", ""]);
}

#[test]
fn signs_within_text() {
    assert_eq!(text_of(&[("a\tb\u{b}c\u{1e}d\u{1f}e\u{a0}f", &[])]), "a\tb\nc-de\u{a0}f");
}

#[test]
fn page_breaks_part_lines_and_section_breaks_part_paragraphs() {
    let mut builder = Builder::new(vec![p("a\u{c}b\u{c}"), Paragraph { mark: '\u{c}', ..p("c") }, p("d")]);
    // Sections end after the fourth, sixth and eighth character.
    builder.parts.push((0xca, [places(&[0, 7, 9]), vec![0; 24]].concat()));
    assert_eq!(body(&builder.read()), ["a\nb", "c", "d"]);
}

#[test]
fn results_of_fields_are_text_and_codes_are_not() {
    assert_eq!(text_of(&[("a\u{13} HYPERLINK \"x\" \u{14}link\u{15}b", &[])]), "alinkb");
    assert_eq!(text_of(&[("\u{13} IF \u{13} X \u{14}1\u{15} \u{14}yes\u{15}", &[])]), "yes");
    assert_eq!(body(&read(vec![p("\u{13} never ended"), p("b")])), ["", "b"]);
}

#[test]
fn symbols_have_a_font_and_a_place() {
    let fonts = [&[2, 0, 0, 0][..], &font("SimSun"), &font("Wingdings")].concat();
    let mut builder = Builder::new(vec![of(&[("(", &[0x09, 0x6a, 1, 0, 0xfe, 0xf0]), ("是", &[])], &[])]);
    builder.parts.push((0x112, fonts));
    assert_eq!(body(&builder.read()), ["☑是"]);
}

/// A font of Word 97: its length less one, 39 bytes, its name.
fn font(name: &str) -> Vec<u8> {
    let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    [vec![u8::try_from(39 + name.len()).expect("short")], vec![0; 39], name].concat()
}

#[test]
fn pictures_are_counted_and_data_of_form_fields_is_none() {
    let special: &[u8] = &[0x55, 0x08, 1];
    let form: &[u8] = &[0x55, 0x08, 1, 0x06, 0x08, 1];
    let document = read(vec![of(&[("\u{1}", special), ("a", &[]), ("\u{1}", form)], &[])]);
    assert_eq!((document.pictures, body(&document)), (1, vec!["a".to_owned()]));
}

/// A record of a drawing: its kind, what its kind counts, its number, what it holds.
fn record(kind: u16, count: u16, number: u16, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("small").to_le_bytes();
    [&(kind | count << 4).to_le_bytes()[..], &number.to_le_bytes(), &length, content].concat()
}

#[test]
fn pictures_that_float_are_counted_and_those_of_headers_are_not() {
    let shape = |properties: &[u8]| {
        let count = u16::try_from(properties.len() / 6).expect("few");
        record(15, 0, 0xf004, &[record(2, 75, 0xf00a, &[0; 8]), record(3, count, 0xf00b, properties)].concat())
    };
    // The picture is property 0x104, here with the sign that its value is a number among pictures.
    let (picture, line) = (shape(&[0x04, 0x41, 1, 0, 0, 0]), shape(&[0x81, 0x01, 1, 0, 0, 0]));
    let drawing = |shapes: &[&[u8]]| record(15, 0, 0xf002, &shapes.concat());
    let common = record(15, 0, 0xf000, &[0; 16]);
    let drawings = [&common[..], &[1], &drawing(&[&picture]), &[0], &drawing(&[&picture, &line, &picture])].concat();
    let mut builder = Builder::new(vec![p("\u{8}\u{8}")]);
    builder.parts.push((0x22a, drawings));
    assert_eq!(builder.read().pictures, 2);
}

// ---- hidden text, revisions ----

#[test]
fn hidden_text_is_out() {
    assert_eq!(text_of(&[("a", &[]), ("b", HIDDEN), ("c", &[0x3c, 0x08, 0])]), "ac");
}

#[test]
fn styles_hide_text_and_runs_show_it_again() {
    // Style 0 shows; style 1 hides; style 2 is based on style 1.
    let styles = [style(0x0fff, &[]), style(0x0fff, HIDDEN), style(1, &[])].concat();
    let sheet = [&[18, 0, 3, 0, 10, 0][..], &[0; 14], &styles].concat();
    let styled = |style: u16, runs: &[(&str, &[u8])]| Paragraph { style, ..of(runs, &[]) };
    let mut builder = Builder::new(vec![
        styled(0, &[("a", &[])]),
        styled(2, &[("b", &[]), ("c", &[0x3c, 0x08, 0]), ("d", &[0x3c, 0x08, 0x81]), ("e", &[0x3c, 0x08, 0x80])]),
    ]);
    builder.parts.push((0xa2, sheet));
    assert_eq!(body(&builder.read()), ["a", "cd"]);
}

/// A paragraph style: base, name (empty), properties of paragraphs (none) and characters.
fn style(base: u16, characters: &[u8]) -> Vec<u8> {
    let mut style = vec![0, 0];
    style.extend((base << 4 | 1).to_le_bytes());
    style.extend([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    style.extend([2, 0, 0, 0]);
    style.extend(u16::try_from(characters.len()).expect("short").to_le_bytes());
    style.extend(characters);
    let length = u16::try_from(style.len()).expect("short").to_le_bytes();
    let padding = vec![0; style.len() % 2];
    [&length[..], &style, &padding].concat()
}

#[test]
fn insertions_are_in_deletions_out_and_both_are_counted() {
    let document = read(vec![of(&[("1", &[]), ("2", DELETED), ("3", INSERTED), ("4", &[])], &[])]);
    assert_eq!(body(&document), ["134"]);
    assert_eq!(codes(&document), ["tracked_changes"]);
    assert_eq!(
        [detail(&document, "tracked_changes", "insertions"), detail(&document, "tracked_changes", "deletions")],
        ["1", "1"]
    );
}

#[test]
fn a_deleted_mark_joins_paragraphs() {
    let joined = Paragraph { of_mark: DELETED.to_vec(), ..p("a") };
    assert_eq!(body(&read(vec![joined.clone(), p("b"), joined])), ["ab", "a"]);
}

#[test]
fn a_deleted_row_is_out() {
    let mut rows = row(&["1", "2"], &[0, 100, 200], &[]);
    rows.extend(row(&["3", "4"], &[0, 100, 200], &[]));
    rows[2].of_mark = DELETED.to_vec();
    rows.push(p(""));
    let document = read(rows);
    assert_eq!(cells(&document.tables[0]), [["3", "4"]]);
    assert_eq!(detail(&document, "tracked_changes", "deletions"), "1");
}

// ---- tables ----

#[test]
fn edges_become_spans() {
    let mut paragraphs = vec![p("before")];
    paragraphs.extend(row(&["A", "B"], &[0, 2000, 3000], &[]));
    paragraphs.extend(row(&["C", "D", "E"], &[0, 1000, 2000, 3000], &[]));
    paragraphs.extend(row(&["F"], &[1000, 3000], &[]));
    paragraphs.push(p("after"));
    let document = read(paragraphs);
    assert_eq!(body(&document), ["before", "[table 1]", "after"]);
    assert_eq!(grid(&document.tables[0]), ["A A B", "C D E", ". F F"]);
}

#[test]
fn cells_merged_downwards_and_to_the_side() {
    let mut paragraphs = row(&["A", "B", "x", "C"], &[0, 1000, 2000, 3000, 4000], &[0x60, 1, 2, 0]);
    paragraphs.extend(row(&["", "D", "E", "F"], &[0, 1000, 2000, 3000, 4000], &[0x20]));
    paragraphs.push(p(""));
    let document = read(paragraphs);
    assert_eq!(cells(&document.tables[0])[0], ["A", "B\nx", "C"]);
    assert!(document.tables[0].rows[1].cells[0].continues);
    let first = &document.tables[0].rows[0].cells[1];
    assert_eq!(first.column_span, 2);
}

#[test]
fn a_cell_may_hold_paragraphs() {
    let paragraphs = vec![with("a", &IN_TABLE), cell("b"), cell("c"), row_end(&definition(&[0, 1, 2], &[])), p("")];
    assert_eq!(cells(&read(paragraphs).tables[0]), [["a\nb", "c"]]);
}

#[test]
fn tables_within_tables() {
    let inner = |text: &str| with(text, &[&IN_TABLE[..], &sprm(0x244b, &[1])].concat()).at_depth(2);
    let inner_end = with(
        "",
        &[&IN_TABLE[..], &sprm(0x244b, &[1]), &sprm(0x244c, &[1]), &definition(&[0, 1000, 2000], &[])].concat(),
    );
    let paragraphs = vec![
        cell("outer"),
        inner("1"),
        inner("2"),
        inner_end.at_depth(2),
        cell(""),
        row_end(&definition(&[0, 3000, 6000], &[])),
        p("after"),
    ];
    let document = read(paragraphs);
    assert_eq!(body(&document), ["[table 1]", "after"]);
    assert_eq!(cells(&document.tables[0]), [["outer", "[table 2]\n"]]);
    assert_eq!(cells(&document.tables[1]), [["1", "2"]]);
}

#[test]
fn definitions_too_long_for_their_page_stand_elsewhere() {
    let list = definition(&[0, 1000, 2000], &[0x60, 0]);
    let length = u16::try_from(list.len()).expect("short").to_le_bytes();
    let end = |code: u16| row_end(&sprm(code, &[4, 0, 0, 0]));
    for (code, prefix) in [(0x646b, vec![]), (0x6646, [&IN_TABLE[..], &[0x17, 0x24, 1]].concat())] {
        let list = [&prefix[..], &list].concat();
        let length = if prefix.is_empty() { length } else { u16::try_from(list.len()).expect("short").to_le_bytes() };
        let mut paragraphs = vec![cell("a"), end(code)];
        paragraphs.extend(row(&["b", "c"], &[0, 500, 1000], &[]));
        paragraphs.push(p(""));
        let mut builder = Builder::new(paragraphs);
        builder.data = [&[0; 4][..], &length, &list].concat();
        let table = &builder.read().tables[0];
        assert_eq!(grid(table), ["a a", "b c"], "{code:x}");
        assert_eq!(table.rows[1].after, 1, "{code:x}");
    }
}

// ---- beside the body ----

#[test]
fn notes_comments_headers_and_footers_are_asides() {
    let mut builder = Builder::new(vec![p("body\u{2}")]);
    builder.stories[1] = vec![p("\u{2}note"), p("")];
    builder.stories[2] = vec![p("separator"), p("head"), p("foot"), p("")];
    builder.stories[4] = vec![p("\u{5}comment"), p("")];
    builder.stories[5] = vec![p("\u{2}end"), p("")];
    builder.parts.push((0xb2, places(&[0, 6, 7])));
    builder.parts.push((0xc2, places(&[0, 9, 10])));
    builder.parts.push((0x212, places(&[0, 5, 6])));
    // Lines between text and notes, then even and odd heads, even and odd feet, first pages.
    let heads = [0, 10, 10, 10, 10, 10, 10, 10, 15, 15, 20, 20, 20, 21];
    builder.parts.push((0xf2, places(&heads)));
    let document = builder.read();
    assert_eq!(body(&document), ["body"]);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    let expected = [
        (AsideKind::Header, "head"),
        (AsideKind::Footer, "foot"),
        (AsideKind::Footnote, "note"),
        (AsideKind::Endnote, "end"),
        (AsideKind::Comment, "comment"),
    ];
    assert_eq!(asides, expected);
}

#[test]
fn text_boxes_follow_the_paragraph_on_which_they_hang() {
    let mut builder = Builder::new(vec![p("a"), p("\u{8}b"), p("c")]);
    builder.stories[6] = vec![p("second"), p("first"), p("")];
    let shape = |number: u32| [&number.to_le_bytes()[..], &[0; 22]].concat();
    let text = |number: u32| [&[0; 14][..], &number.to_le_bytes(), &[0; 4]].concat();
    // Shape 8 hangs on the third character; of shape 9 nothing is known.
    builder.parts.push((0x1da, [places(&[2, 6]), shape(8)].concat()));
    builder.parts.push((0x25a, [places(&[0, 7, 13, 14]), text(9), text(8), text(0)].concat()));
    let lines: Vec<String> = body(&builder.read()).into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["a", "b", "first", "c", "second"]);
}

// ---- lists ----

#[test]
fn automatic_numbers_are_rebuilt() {
    // One list of one level: 一、 二、
    let mut lists = vec![1, 0, 7, 0, 0, 0];
    lists.resize(2 + 28, 0);
    lists[2 + 26] = 1;
    let stated = lists.len();
    let mut level = vec![1, 0, 0, 0, 37];
    level.resize(28, 0);
    level.extend([2, 0, 0, 0, 0x01, 0x30]);
    lists.extend(level);
    let uses = [&[1, 0, 0, 0][..], &[7, 0, 0, 0], &[0; 12], &[0xff; 4]].concat();
    let item = |text: &str| with(text, &[0x0a, 0x26, 0, 0x0b, 0x46, 1, 0]);
    let mut builder = Builder::new(vec![item("总体情况"), p("x"), item("主动公开")]);
    builder.parts.push((0x2e2, lists));
    builder.parts.push((0x2ea, uses));
    let bytes = with_length(&builder, 0x2e2, stated);
    let document = gongkai::ingest::read(&bytes, &gongkai::ingest::Limits::default()).expect("readable");
    assert_eq!(body(&document), ["一、总体情况", "x", "二、主动公开"]);
}

/// The file with another length for a part: the levels of lists stand behind what is stated.
fn with_length(builder: &Builder, at: usize, length: usize) -> Vec<u8> {
    let mut streams = builder.streams();
    streams[0].1[at + 4..at + 8].copy_from_slice(&u32::try_from(length).expect("small").to_le_bytes());
    doc::container(&streams)
}

// ---- Word 6 ----

/// The definition of a row in Word 6: edges, then ten bytes a cell.
fn old_row_end(edges: &[i16]) -> Paragraph {
    let count = edges.len() - 1;
    let mut value = vec![u8::try_from(count).expect("few")];
    edges.iter().for_each(|edge| value.extend(edge.to_le_bytes()));
    value.extend(vec![0; 10 * count]);
    let length = u16::try_from(value.len() + 1).expect("short").to_le_bytes();
    Paragraph { mark: '\u{7}', ..with("", &[&[24, 1, 25, 1, 190][..], &length, &value].concat()) }
}

fn old_cell(text: &str) -> Paragraph {
    Paragraph { mark: '\u{7}', ..with(text, &[24, 1]) }
}

fn old_body() -> Vec<Paragraph> {
    let cells = ["信息内容", "数量", "规章", "12", "34"];
    let mut body = vec![of(&[("政府信息公开工作", &[]), ("删", &[65, 1]), ("年度报告", &[])], &[])];
    body.extend(cells[..2].iter().map(|text| old_cell(text)).chain([old_row_end(&[0, 1000, 3000])]));
    body.extend(cells[2..].iter().map(|text| old_cell(text)).chain([old_row_end(&[0, 1000, 2000, 3000])]));
    body.push(p("完"));
    body
}

#[test]
fn word_6_in_a_chinese_code_page() {
    let document = Builder::word6(GBK, 0x0804, old_body()).read();
    assert_eq!(body(&document), ["政府信息公开工作年度报告", "[table 1]", "完"]);
    assert_eq!(grid(&document.tables[0]), ["信息内容 数量 数量", "规章 12 34"]);
    assert_eq!(document.variant.as_deref(), Some("Word 6/95, GBK"));
    assert_eq!(codes(&document), ["tracked_changes"]);
}

#[test]
fn word_6_for_taiwan_and_with_two_bytes_a_character() {
    let old = Builder::word6(BIG5, 0x0404, vec![p("政府資訊")]);
    assert_eq!(body(&old.read()), ["政府資訊"]);
    let wide = Builder { encoding: None, flags: 0x1000, ..Builder::word6(GBK, 0x0804, old_body()) };
    assert_eq!(grid(&wide.read().tables[0]), ["信息内容 数量 数量", "规章 12 34"]);
}

#[test]
fn word_6_without_a_container_and_without_pieces() {
    let mut streams = Builder::word6(GBK, 0x0804, old_body()).streams();
    let main = &mut streams[0].1;
    main[0x160..0x168].fill(0);
    let document = gongkai::ingest::read(main, &gongkai::ingest::Limits::default()).expect("readable");
    assert_eq!(body(&document), ["政府信息公开工作年度报告", "[table 1]", "完"]);
}
