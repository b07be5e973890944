//! What is read of spreadsheets, a feature a test.

use gongkai::document::{Block, Document, Origin};
use gongkai::finding::Lang;
use gongkai::ingest::{self, Error, Limits};

use crate::package::{Package, cell, flat, row};
use crate::view::{body, cells, codes, grid};

fn xlsx(sheet: &str) -> Document {
    Package::xlsx(&[("Sheet1", "", sheet)]).read()
}

/// A row of a worksheet: text cells from column A on, empty ones left out.
fn texts(number: u32, cells: &[&str]) -> String {
    let columns = ('A'..='Z').zip(cells).filter(|(_, text)| !text.is_empty());
    let cells: String = columns.map(|(column, text)| inline(column, number, text)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

fn inline(column: char, row: u32, text: &str) -> String {
    match text {
        "□" => format!(r#"<c r="{column}{row}" s="1"/>"#),
        _ => format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#),
    }
}

fn data(rows: &[String]) -> String {
    format!("<sheetData>{}</sheetData>", rows.concat())
}

fn merged(regions: &[&str]) -> String {
    let regions: String = regions.iter().map(|region| format!(r#"<mergeCell ref="{region}"/>"#)).collect();
    format!("<mergeCells>{regions}</mergeCells>")
}

// ---- cells ----

#[test]
fn cells_are_shown_as_a_person_sees_them() {
    let row = concat!(
        r#"<row r="1"><c r="A1"><v>12345</v></c><c r="B1"><v>0.37</v></c><c r="C1"><v>59237.244899999998</v></c>"#,
        r#"<c r="D1" t="s"><v>0</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#REF!</v></c><c r="G1" s="2"><v>0.285</v></c>"#,
        r#"<c r="H1" s="3"><v>44926</v></c><c r="I1"><f>1+1</f><v>2</v></c><c r="J1" t="str"><f>"a"</f><v>a</v></c><c r="K1"><v>-35</v></c></row>"#
    );
    let document = xlsx(&data(&[row.to_owned()]));
    let expected = ["12345", "0.37", "59237.2449", "shared", "TRUE", "#REF!", "28.5%", "2022-12-31", "2", "a", "-35"];
    assert_eq!(cells(&document.tables[0]), [expected]);
}

#[test]
fn lines_of_a_cell_are_paragraphs() {
    let document = xlsx(&data(&[texts(1, &["本年\r\n新收", "a\nb"])]));
    assert_eq!(cells(&document.tables[0]), [["本年\n新收", "a\nb"]]);
    let Block::Paragraph(second) = &document.tables[0].rows[0].cells[1].blocks[1] else { panic!("a paragraph") };
    assert_eq!(second.text, "b");
}

#[test]
fn places_are_those_of_the_sheet() {
    let rows = [texts(3, &["", "标题"]), texts(5, &["", "", "a", "b"]), texts(6, &["", "", "c", "d"])];
    let document =
        Package::xlsx(&[("a", r#"state="hidden""#, &data(&[])), ("b", "", &data(&[])), ("c", "", &data(&rows))]).read();
    let Block::Paragraph(title) = &document.blocks[0] else { panic!("a line") };
    assert_eq!(title.origin, Origin { page: Some(2), line: Some(3), ..Origin::default() });
    let table = &document.tables[0];
    assert_eq!(grid(table), [". . a b", ". . c d"]);
    assert_eq!((table.page, table.rows[1].cells[0].line, table.rows[1].before), (Some(2), Some(6), 2));
}

#[test]
fn merged_cells_are_stated_and_what_they_cover_is_not_read() {
    let rows = [texts(1, &["a", "no", "b"]), texts(2, &["no", "no", "c"]), texts(3, &["d", "e", "f"])];
    let document = xlsx(&(data(&rows) + &merged(&["A1:B2"])));
    assert_eq!(cells(&document.tables[0]), vec![vec!["a", "b"], vec!["c"], vec!["d", "e", "f"]]);
    assert_eq!(grid(&document.tables[0]), ["a a b", "a a c", "d e f"]);
}

#[test]
fn merged_cells_that_overlap_are_against_the_rules() {
    let rows = [texts(1, &["a", "b", "c"]), texts(2, &["d", "e", "f"])];
    let document = xlsx(&(data(&rows) + &merged(&["A1:B1", "B1:C2", "A2:C2", "B2:A1"])));
    assert_eq!(grid(&document.tables[0]), ["a a c", "d d d"]);
}

#[test]
fn blanks_within_a_table_are_cells() {
    let rows = [texts(1, &["a", "b", "c"]), texts(2, &["规章"]), texts(3, &["d", "", "e"])];
    assert_eq!(grid(&xlsx(&data(&rows)).tables[0]), ["a b c", "规章  ", "d  e"]);
}

// ---- lines and tables ----

#[test]
fn rows_of_one_cell_part_a_sheet() {
    let rows = [
        texts(1, &["标题"]),
        texts(2, &["一、总体情况"]),
        texts(4, &["第二十条"]),
        texts(5, &["a", "b", "c"]),
        texts(6, &["d", "e", "f"]),
        texts(8, &["三、收到"]),
        texts(9, &["说明一\n说明二"]),
        texts(10, &["x", "y"]),
    ];
    let document = xlsx(&(data(&rows) + &merged(&["A1:H1", "A4:C4"])));
    assert_eq!(body(&document), ["标题", "一、总体情况", "[table 1]", "三、收到", "说明一", "说明二", "[table 2]"]);
    // A merged cell as wide as the row below it is its caption, and part of the table.
    assert_eq!(grid(&document.tables[0]), ["第二十条 第二十条 第二十条", "a b c", "d e f"]);
}

#[test]
fn borders_tell_a_label_with_blanks_from_a_line() {
    let rows = [texts(1, &["a", "□"]), texts(2, &["规章", "□"]), texts(3, &["四、情况"]), texts(4, &["x", "□"])];
    let document = xlsx(&data(&rows));
    assert_eq!(body(&document), ["[table 1]", "四、情况", "[table 2]"]);
    assert_eq!(grid(&document.tables[0]), ["a ", "规章 "]);
    // Without borders nothing tells them apart within a table, and nothing is torn.
    let rows = [texts(1, &["a", "b"]), texts(2, &["规章"]), texts(3, &["c", "d"])];
    assert_eq!(body(&xlsx(&data(&rows))), ["[table 1]"]);
}

#[test]
fn bordered_blanks_around_what_is_filled_in_are_no_rows() {
    let mut rows = vec![texts(1, &["□", "□"]), texts(2, &["a", "b"])];
    rows.extend((3..500).map(|number| texts(number, &["□", "□"])));
    assert_eq!(grid(&xlsx(&data(&rows)).tables[0]), ["a b"]);
}

#[test]
fn far_tables_are_tables_of_their_own() {
    let rows = [texts(1, &["a", "b"]), texts(2, &["c", "d"]), texts(900_000, &["x", "y"])];
    let document = xlsx(&data(&rows));
    assert_eq!(body(&document), ["[table 1]", "[table 2]"]);
    assert_eq!(document.tables[1].rows[0].cells[0].line, Some(900_000));
}

// ---- sheets ----

#[test]
fn hidden_and_empty_sheets_are_left_out_and_counted() {
    let sheet = data(&[texts(1, &["a", "b"])]);
    let blank = data(&[texts(1, &[" ", "□"])]);
    let sheets = [
        ("甲", "", &sheet[..]),
        ("乙", r#"state="hidden""#, &sheet),
        ("丙", r#"state="veryHidden""#, &sheet),
        ("丁", "", &blank),
    ];
    let document = Package::xlsx(&sheets).read();
    assert_eq!(document.variant.as_deref(), Some("XLSX, 1 sheet (left out: 2 hidden, 1 empty)"));
    assert_eq!(body(&document), ["甲", "[table 1]"]);
}

#[test]
fn a_sheets_name_is_the_caption_of_its_table_or_beside_its_title() {
    let titled = data(&[texts(1, &["标题"]), texts(3, &["a", "b"])]);
    let bare = data(&[texts(1, &["a", "b"])]);
    let sheets =
        [("东湖区", "", &titled[..]), ("依申请公开", "", &bare), ("Sheet3", "", &bare), ("工作表 4", "", &bare)];
    let document = Package::xlsx(&sheets).read();
    assert_eq!(body(&document), ["标题", "[table 1]", "依申请公开", "[table 2]", "[table 3]", "[table 4]"]);
    assert_eq!(document.asides.iter().map(|aside| aside.text.as_str()).collect::<Vec<_>>(), ["东湖区"]);
}

// ---- OpenDocument ----

#[test]
fn opendocument_cells_are_taken_from_their_values() {
    let of = |kind: &str, value: &str, shown: &str| cell(&format!(r#"office:value-type="{kind}" {value}"#), shown);
    let cells_of_row = [
        of("float", r#"office:value="669.1378""#, "669.14"),
        of("percentage", r#"office:value="0.285""#, "29%"),
        of("date", r#"office:date-value="2022-12-31""#, "31.12.22"),
        of("boolean", r#"office:boolean-value="true""#, "WAHR"),
        of("string", "", "a<text:s/>b</text:p><text:p>c"),
        of("time", r#"office:time-value="PT14H30M00S""#, "14:30"),
        of("float", r#"office:value="59237.244899999998""#, "59237.24"),
        r#"<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation><text:p>d</text:p></table:table-cell>"#.to_owned(),
    ];
    let row = row(&cells_of_row.each_ref().map(String::as_str));
    let document = Package::ods(&format!(r#"<table:table table:name="Sheet1">{row}</table:table>"#), "").read();
    let expected = ["669.1378", "28.5%", "2022-12-31", "TRUE", "a b\nc", "14:30", "59237.2449", "d"];
    assert_eq!(cells(&document.tables[0]), [expected]);
    assert_eq!(document.variant.as_deref(), Some("ODS, 1 sheet"));
}

#[test]
fn opendocument_repeats_and_covers() {
    let rows = [
        row(&[&cell(r#"table:number-columns-spanned="2" table:number-rows-spanned="2""#, "a"), r#"<table:covered-table-cell/>"#, &cell("", "b")]),
        row(&[r#"<table:covered-table-cell table:number-columns-repeated="2"/>"#, &cell("", "c"), r#"<table:table-cell table:number-columns-repeated="16381"/>"#]),
        format!(r#"<table:table-row table:number-rows-repeated="2">{}</table:table-row>"#, cell(r#"table:number-columns-repeated="3""#, "0")),
        r#"<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#.to_owned(),
    ];
    let document = Package::ods(&format!("<table:table>{}</table:table>", rows.concat()), "").read();
    assert_eq!(grid(&document.tables[0]), ["a a b", "a a c", "0 0 0", "0 0 0"]);
    assert_eq!(document.tables[0].rows[3].cells[0].line, Some(4));
}

#[test]
fn flat_and_encrypted_opendocument() {
    let sheet = format!("<table:table>{}</table:table>", row(&[&cell("", "a"), &cell("", "b")]));
    let flat = flat("spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", &sheet);
    let document = ingest::read(flat.as_bytes(), &Limits::default()).expect("a flat file");
    assert_eq!(
        (document.format.as_str(), cells(&document.tables[0])),
        ("sheet", vec![vec!["a".to_owned(), "b".to_owned()]])
    );
    let manifest = r#"<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>"#;
    let package = Package::ods(&sheet, "").part("META-INF/manifest.xml", manifest);
    assert_eq!(package.refused(&Limits::default()), Error::PasswordProtected);
}

// ---- containers ----

#[test]
fn other_files_are_refused_with_the_reason() {
    let reason =
        |bytes: &[u8]| (ingest::sheet::READER.recognise)(bytes).expect_err("a refusal").of(Lang::En).to_owned();
    assert_eq!(reason(b"plain"), "neither a zip archive nor a workbook of Excel");
    assert_eq!(reason(b"<html/>"), "XML, but not OpenDocument");
    assert_eq!(reason(&Package::new(&[("a.txt", "")]).bytes()), "a zip archive without a workbook");
    assert_eq!(reason(&Package::odt("", "").bytes()), "an OpenDocument text");
}

#[test]
fn what_is_broken_is_said_and_the_rest_is_read() {
    let rows = data(&[texts(1, &["a", "b"]), texts(2, &["c", "d"])]);
    let cut = format!("{}<row r=\"3\"><c r=\"A3\"", rows.trim_end_matches("</sheetData>"));
    let package = Package::xlsx(&[("甲", "", &cut), ("乙", "", &rows)]);
    let broken = String::from_utf8(package.parts[6].1.clone()).expect("UTF-8").replace("</worksheet>", "");
    let document = package.part("xl/worksheets/sheet1.xml", &broken).read();
    assert_eq!(codes(&document), ["partial_file"]);
    assert!(document.findings[0].details["cause"].starts_with("甲: "), "{:?}", document.findings[0].details);
    assert_eq!(document.tables.len(), 2);
    assert_eq!(grid(&document.tables[0]), ["a b", "c d"]);
}

#[test]
fn a_workbook_without_its_directory_is_read() {
    let bytes = Package::xlsx(&[("Sheet1", "", &data(&[texts(1, &["a", "b"])]))]).bytes();
    let document = ingest::read(&bytes[..bytes.len() - 30], &Limits::default()).expect("the wreck");
    assert!(document.partial);
    assert_eq!(grid(&document.tables[0]), ["a b"]);
}
