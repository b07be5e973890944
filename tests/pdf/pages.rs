//! What goes on over pages, and what stands on every page.

use gongkai::document::{AsideKind, Block};
use gongkai::finding::Code;
use gongkai::ingest::{self, Error, Limits};

use crate::build::{Pdf, chinese, grid, latin};
use crate::{codes, paragraphs, read, rows, sample_bytes};

const XS: [f32; 4] = [100.0, 200.0, 250.0, 300.0];

/// A table with rows of 20 points downwards from `top`.
fn table(top: f32, rows: &[[&str; 3]]) -> String {
    let ys: Vec<f32> = (0..=rows.len()).map(|at| top - 20.0 * at as f32).rev().collect();
    let mut page = grid(&XS, &ys);
    for (row, y) in rows.iter().zip((0..).map(|at| top - 20.0 * at as f32 - 14.0)) {
        for (text, x) in row.iter().zip(XS) {
            page += &chinese(x + 4.0, y, text);
        }
    }
    page
}

fn joined(upper: &[[&str; 3]], lower: &[[&str; 3]]) -> Vec<Vec<Vec<String>>> {
    let bottom = 80.0 + 20.0 * upper.len() as f32;
    let document = read(&Pdf::of_pages(&[&table(bottom, upper), &table(720.0, lower)]).bytes());
    document.tables.iter().map(rows).collect()
}

#[test]
fn a_table_goes_on_without_its_header() {
    let tables = joined(&[["行", "甲", "乙"], ["1.一", "1", "2"]], &[["2.二", "3", "4"]]);
    assert_eq!(tables, [[["行", "甲", "乙"], ["1.一", "1", "2"], ["2.二", "3", "4"]]]);
}

#[test]
fn a_repeated_header_is_left_out() {
    let tables = joined(&[["行", "甲", "乙"], ["1.一", "1", "2"]], &[["行", "甲", "乙"], ["2.二", "3", "4"]]);
    assert_eq!(tables, [[["行", "甲", "乙"], ["1.一", "1", "2"], ["2.二", "3", "4"]]]);
}

#[test]
fn a_row_that_the_break_cut_is_put_together() {
    // The label had run out of room; its values stand above the break.
    let tables =
        joined(&[["行", "甲", "乙"], ["1.要求行政机关确认", "1", "2"]], &[["或重新出具", "", ""], ["2.二", "3", "4"]]);
    assert_eq!(tables, [[["行", "甲", "乙"], ["1.要求行政机关确认\n或重新出具", "1", "2"], ["2.二", "3", "4"]]]);
}

#[test]
fn rows_that_are_whole_stay_apart() {
    for lower in [["2.二", "", ""], ["其他", "3", "4"], ["", "3", "4"], ["行政处罚", "", ""]] {
        let tables = joined(&[["行", "甲", "乙"], ["1.一", "1", "2"]], &[lower, ["3.三", "5", "6"]]);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0][1], ["1.一", "1", "2"], "{lower:?}");
        assert_eq!(tables[0][2], lower, "{lower:?}");
    }
}

#[test]
fn tables_of_other_columns_are_other_tables() {
    let upper = table(140.0, &[["行", "甲", "乙"], ["1.一", "1", "2"]]);
    let lower = grid(&[100.0, 400.0, 450.0], &[680.0, 700.0, 720.0]) + &latin(110.0, 705.0, "x");
    assert_eq!(read(&Pdf::of_pages(&[&upper, &lower]).bytes()).tables.len(), 2);
}

#[test]
fn a_heading_between_parts_two_tables() {
    let upper = table(140.0, &[["行", "甲", "乙"], ["1.一", "1", "2"]]);
    let lower = chinese(100.0, 740.0, "三、其他") + &table(700.0, &[["2.二", "3", "4"]]);
    let document = read(&Pdf::of_pages(&[&upper, &lower]).bytes());
    assert_eq!(document.tables.len(), 2);
    assert!(matches!(document.blocks[1], Block::Paragraph(_)));
}

#[test]
fn cells_say_on_which_page_they_stand() {
    let upper = table(140.0, &[["行", "甲", "乙"], ["1.一", "1", "2"]]);
    let document = read(&Pdf::of_pages(&[&upper, &table(720.0, &[["2.二", "3", "4"]])]).bytes());
    let pages: Vec<_> = document.tables[0].rows.iter().map(|row| row.cells[1].page).collect();
    assert_eq!((document.tables[0].page, pages), (Some(1), vec![Some(1), Some(1), Some(2)]));
}

#[test]
fn page_numbers_and_repeated_heads_are_asides() {
    let page = |number: u32, body: &str| {
        latin(100.0, 770.0, "Annual report") + &latin(100.0, 400.0, body) + &latin(290.0, 30.0, &number.to_string())
    };
    let document = read(&Pdf::of_pages(&[&page(7, "one"), &page(8, "two"), &page(9, "three")]).bytes());
    assert_eq!(paragraphs(&document), ["one", "two", "three"]);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    let foot = |text| (AsideKind::Footer, text);
    assert_eq!(asides, [(AsideKind::Header, "Annual report"), foot("7"), foot("8"), foot("9")]);
}

#[test]
fn a_bare_number_that_does_not_count_with_the_pages_stays() {
    let page = |number: &str| latin(100.0, 400.0, "body") + &latin(290.0, 30.0, number);
    let document = read(&Pdf::of_pages(&[&page("40"), &page("7")]).bytes());
    assert_eq!(paragraphs(&document), ["body", "40", "body", "7"]);
}

#[test]
fn titles_of_two_reports_are_no_running_head() {
    let page = |year: u32| {
        format!(
            "BT /F1 22 Tf 100 750 Td (Report) Tj ET\n{}",
            latin(100.0, 400.0, &format!("all that was done in the year {year}"))
        )
    };
    let document = read(&Pdf::of_pages(&[&page(2022), &page(2023)]).bytes());
    assert_eq!(paragraphs(&document).iter().filter(|text| **text == "Report").count(), 2);
}

#[test]
fn pages_without_text_are_said_to_be_scans() {
    let document = read(&sample_bytes("pdf-scanned"));
    assert_eq!(codes(&document), [Code::Scanned]);
    assert_eq!(document.findings[0].details["pages"], "1–2");
    assert_eq!((document.pictures, document.blocks.len()), (2, 0));
    // A page with nothing on it is none.
    assert_eq!(codes(&read(&Pdf::of_pages(&["", ""]).bytes())), []);
}

#[test]
fn columns_without_lines_are_a_table_whose_merged_cells_are_lost() {
    let row = |y: f32, texts: [&str; 3]| {
        texts.iter().zip([100.0, 250.0, 350.0]).map(|(text, x)| latin(x, y, text)).collect::<String>()
    };
    let page =
        [row(700.0, ["name", "first", "second"]), row(685.0, ["one", "1", "2"]), row(670.0, ["two", "33", "44"])];
    let document = read(&Pdf::of(&page.concat()).bytes());
    assert_eq!(rows(&document.tables[0]), [["name", "first", "second"], ["one", "1", "2"], ["two", "33", "44"]]);
    assert_eq!(document.tables[0].spans, gongkai::document::Spans::Lost);
}

fn error(bytes: &[u8]) -> Error {
    ingest::read(bytes, &Limits::default()).expect_err("an error")
}

#[test]
fn a_password_is_asked_for_and_an_owners_password_is_none() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/pdf/password.pdf");
    assert_eq!(error(&std::fs::read(path).expect("a file")), Error::PasswordProtected);
    assert_eq!(read(&sample_bytes("pdf-encrypted-2021")).tables.len(), 3);
}

#[test]
fn lost_cross_references_are_rebuilt() {
    let whole = sample_bytes("pdf-label-cut-2021");
    let at = memchr::memmem::rfind(&whole, b"xref\n0").expect("cross references");
    let mut bytes = whole.clone();
    bytes.truncate(at);
    assert_eq!(read(&bytes).tables, read(&whole).tables);
    let mut bytes = whole.clone();
    bytes.splice(20..20, *b"a line that puts every offset out\n");
    assert_eq!(read(&bytes).tables, read(&whole).tables);
    // Servers put things before the mark.
    let mut bytes = b"\r\n\r\n".to_vec();
    bytes.extend(whole.iter());
    assert_eq!(read(&bytes).tables, read(&whole).tables);
}

#[test]
fn what_has_no_pages_is_damaged() {
    for bytes in [&b"%PDF-1.7\n"[..], b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF", b"%PDF-"] {
        assert_eq!(error(bytes).name(), "damaged");
    }
    assert_eq!(error(&Pdf::of_pages(&[]).bytes()).name(), "damaged");
}

#[test]
fn the_same_file_reads_the_same() {
    for case in crate::samples() {
        let bytes = sample_bytes(&case);
        assert_eq!(read(&bytes), read(&bytes), "{case}");
    }
}

#[test]
fn the_form_gives_the_report_that_its_word_file_gives() {
    for edition in ["2021", "2019"] {
        let report = |case: &str, file: &str| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case).join(file);
            let extraction = gongkai::extract(&std::fs::read(path).expect("a sample"), &gongkai::Options::default());
            without_places(serde_json::to_value(extraction.expect("a report").reports).expect("JSON"))
        };
        let word = report(&format!("docx-{edition}"), "input.docx");
        assert_eq!(report(&format!("pdf-{edition}"), "input.pdf"), word, "{edition}");
    }
}

/// Without pages and lines, which are the format's own.
fn without_places(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(key, _)| key != "page" && key != "line")
            .map(|(key, value)| (key, without_places(value)))
            .collect(),
        Value::Array(values) => values.into_iter().map(without_places).collect(),
        other => other,
    }
}
