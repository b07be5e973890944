//! The flattened-text reader: every dialect on made-up inputs, the corpus, and mutants.

#![expect(clippy::disallowed_methods, reason = "the corpus is found by the environment and read whole")]

use crate::mutate_text;
use gongkai::document::{Block, Document, Spans};
use gongkai::finding::{Code, Lang};
use gongkai::ingest::{Error, Limits, read, text};

/// The document as lines: `¶ text` for a paragraph, `[a,b,c]` for a row, `=` before a table.
fn shape(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(format!("¶ {}", paragraph.text)),
            Block::Table(index) => {
                let table = &document.tables[*index];
                out.push(if table.wrapped { "= wrapped".to_owned() } else { "=".to_owned() });
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text().replace('\n', "/")).collect();
                    out.push(format!("[{}]", cells.join(",")));
                }
            }
        }
    }
    out
}

fn document(bytes: &[u8]) -> Document {
    read(bytes, &Limits::default()).expect("text is read")
}

#[track_caller]
fn reads(input: &str, variant: &str, expected: &[&str]) {
    let document = document(input.as_bytes());
    assert_eq!(shape(&document), expected);
    assert_eq!(document.variant.as_deref(), Some(format!("{variant}, UTF-8").as_str()));
    assert!(document.tables.iter().all(|table| table.spans == Spans::Lost));
}

#[test]
fn lines_are_paragraphs_without_padding_and_know_their_line_and_page() {
    let document = document("\u{3000}\u{3000}甲\u{a0}\r\n\r\n乙  丙\n\u{c}丁\n".as_bytes());
    let Block::Paragraph(last) = &document.blocks[2] else { panic!("a paragraph") };
    assert_eq!(shape(&document), ["¶ 甲", "¶ 乙  丙", "¶ 丁"]);
    assert_eq!((last.origin.line, last.origin.page), (Some(4), Some(2)));
}

#[test]
fn tabs_open_cells_and_blank_lines_end_rows() {
    let input = "题目\n\n\t甲\n\t乙\n\n\t\n0 \n\t\n\t丙\n丁\n\n\n尾\n\t独\n";
    reads(input, "tabs", &["¶ 题目", "=", "[甲,乙]", "[0,,丙/丁]", "¶ 尾", "¶ 独"]);
    let table = &document(input.as_bytes()).tables[0];
    assert_eq!(table.rows[1].cells.iter().map(|cell| cell.line).collect::<Vec<_>>(), [Some(7), Some(8), Some(9)]);
}

#[test]
fn indented_prose_is_no_table() {
    reads("\t第一段。\n\t第二段。\n\n\t第三段。\n", "lines", &["¶ 第一段。", "¶ 第二段。", "¶ 第三段。"]);
    reads("\t第一段。\n\n\t第二段。\n\n\t第三段。\n", "lines", &["¶ 第一段。", "¶ 第二段。", "¶ 第三段。"]);
    let long = "长".repeat(200);
    let paragraph = format!("¶ {long}");
    let expected = [paragraph.as_str(); 3];
    reads(&format!("\t{long}\n\t{long}\n\n\t{long}\n"), "lines", &expected);
}

#[test]
fn a_tab_between_label_and_numbers() {
    reads("甲\t1\t2\n乙\t\t3\n丙\n", "tab-separated rows", &["=", "[甲,1,2]", "[乙,,3]", "¶ 丙"]);
    reads("电话：\t123\n", "lines", &["¶ 电话：\t123"]);
}

#[test]
fn bars_after_cells() {
    let input = "题\n第一项 |\n名 | 数 | 量 |\n甲 | 0 || |\n | 1 | 2 |\n尾";
    reads(input, "bars", &["¶ 题", "=", "[第一项]", "[名,数,量]", "[甲,0,,]", "[,1,2]", "¶ 尾"]);
}

#[test]
fn bars_around_cells() {
    let input = "| 第一项 | |||\n| 名 | 数 | 量 | \n|| 1 | 2 |\n| \n";
    reads(input, "bars", &["=", "[第一项,,,]", "[名,数,量]", "[,1,2]"]);
}

#[test]
fn separators_part_tables() {
    let input = "| 名 | 数 |\n|---|:-:|\n| 甲 | 1 |\n| 2 | 3 |\n|---|---|\n| 4 | |\n";
    reads(input, "bars", &["=", "[名,数]", "[甲,1]", "=", "[2,3]", "[4,]"]);
}

#[test]
fn a_menu_is_no_table() {
    reads("首页 | 新闻 | 公开\n正文\n", "lines", &["¶ 首页 | 新闻 | 公开", "¶ 正文"]);
}

#[test]
fn bars_on_lines_of_their_own_with_padded_rows() {
    let input = "题\n第一项\n|\n|||\n名\n|\n数\n|\n|\n|\n甲\n|\n1\n|\n2\n|\n|\n尾\n";
    let expected = ["¶ 题", "=", "[第一项,,]", "[名,数,]", "[甲,1,2]", "¶ 尾"];
    reads(input, "bars on lines of their own", &expected);
}

#[test]
fn a_lone_bar_before_each_row() {
    let input = "题\n|\n第一项 | |||\n|\n名 |\n数 |\n量 |\n计 |\n|\n甲 |\n0 |\n|\n|\n|\n乙 |\n5 |\n6 |\n7 |\n|\n丙 |\n1 | ||\n题二\n";
    let expected = ["¶ 题", "=", "[第一项,,,]", "[名,数,量,计]", "[甲,0,,]", "[乙,5,6,7]", "[丙,1,,]", "¶ 题二"];
    reads(input, "bars on lines of their own", &expected);
}

#[test]
fn a_bar_after_each_text_and_no_row_end() {
    let counted = "第一项 |\n||\n名 |\n数 |\n量 |\n甲 |\n0 |\n|\n乙 |\n1 |\n2 |\n";
    reads(counted, "bars on lines of their own", &["=", "[第一项,,]", "[名,数,量]", "[甲,0,]", "[乙,1,2]"]);
    reads("甲 |\n0 |\n|\n1 |\n", "bars on lines of their own", &["=", "[甲]", "[0]", "[]", "[1]"]);
}

#[test]
fn a_bar_before_each_text() {
    let input = "题\n名\n| 单\n位\n| 数\n|\n甲\n| 条\n| 1\n|\n乙\n| 件\n|\n|\n";
    reads(input, "bars on lines of their own", &["¶ 题", "=", "[名,单/位,数]", "[甲,条,1]", "[乙,件,]"]);
}

#[test]
fn padded_boxes_are_printed_lines() {
    let input = "|名称      |数量  |\n|甲的很长的|12    |\n|名字      |      |\n";
    reads(input, "drawn boxes", &["= wrapped", "[名称,数量]", "[甲的很长的,12]", "[名字,]"]);
}

#[test]
fn rules_part_rows() {
    let grid = "+------+----+\n| 名   | 数 |\n| 称   |    |\n+======+====+\n| 甲   | 1  |\n+------+----+\n| 乙   |    |\n+------+----+\n";
    reads(grid, "drawn grid", &["=", "[名/称,数]", "[甲,1]", "[乙,]"]);
    let drawn = "┌──┬──┐\n│甲│1 │\n├──┼──┤\n│乙│  │\n└──┴──┘\n尾\n";
    reads(drawn, "drawn grid", &["=", "[甲,1]", "[乙,]", "¶ 尾"]);
    let listing = "+----+----+\n| 名 | 数 |\n+----+----+\n| 甲 | 1  |\n| 乙 | 2  |\n+----+----+\n";
    reads(listing, "drawn grid", &["= wrapped", "[名,数]", "[甲,1]", "[乙,2]"]);
}

#[test]
fn spaces_align_columns() {
    let input = "题目\n  名称          数量   金额\n  甲的          12      3.5\n  名字\n  乙                      4\n\n尾声，说明。\n";
    let expected =
        ["¶ 题目", "= wrapped", "[名称,数量,金额]", "[甲的,12,3.5]", "[名字,,]", "[乙,,4]", "¶ 尾声，说明。"];
    reads(input, "columns aligned with spaces", &expected);
}

#[test]
fn spaces_align_columns_that_count_each_character_as_one() {
    let input = "一、本年新收数量        627   124   1145\n    （一）予以公开     20    8     52\n（三）不予 1.秘密      4     3     7\n公开  2.禁止        30    4     50\n";
    let expected = [
        "= wrapped",
        "[一、本年新收数量,627,124,1145]",
        "[（一）予以公开,20,8,52]",
        "[（三）不予 1.秘密,4,3,7]",
        "[公开/2.禁止,30,4,50]",
    ];
    reads(input, "columns aligned with spaces", &expected);
}

#[test]
fn a_rule_of_dashes_says_where_columns_are() {
    let apart =
        "  ------ ---- ----\n  名称   数   额\n\n  甲的   12\n  名字\n\n  乙          4\n  ------ ---- ----\n\n尾\n";
    reads(apart, "ruled columns", &["=", "[名称,数,额]", "[甲的/名字,12,]", "[乙,,4]", "¶ 尾"]);
    let close = "-----------\n 名称   数\n------ ----\n 甲     12\n 乙\n-----------\n";
    reads(close, "ruled columns", &["=", "[名称,数]", "[甲,12]", "[乙,]"]);
    let rule = "前\n\n------\n\n后\n";
    reads(rule, "lines", &["¶ 前", "¶ ------", "¶ 后"]);
}

#[test]
fn prose_with_gaps_is_no_table() {
    let input = "今年  公开信息若干条\n其中主动公开  若干条，依申请\n公开若干条，  不予公开若干\n";
    let lines = ["¶ 今年  公开信息若干条", "¶ 其中主动公开  若干条，依申请", "¶ 公开若干条，  不予公开若干"];
    reads(input, "lines", &lines);
}

#[test]
fn charsets_by_mark_and_by_content() {
    let sample = "信息公开年度报告\n主动公开0件\n";
    let utf16 = |order: fn(u16) -> [u8; 2]| sample.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (gb, ..) = encoding_rs::GB18030.encode(sample);
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let cases: [(Vec<u8>, &str, bool); 7] = [
        (sample.into(), "UTF-8", false),
        (marked(b"\xef\xbb\xbf", sample.into()), "UTF-8", false),
        (marked(b"\xff\xfe", utf16(u16::to_le_bytes)), "UTF-16LE", false),
        (marked(b"\xfe\xff", utf16(u16::to_be_bytes)), "UTF-16BE", false),
        (utf16(u16::to_le_bytes), "UTF-16LE", true),
        (utf16(u16::to_be_bytes), "UTF-16BE", true),
        (gb.into_owned(), "GB18030", true),
    ];
    for (bytes, charset, guessed) in cases {
        let document = document(&bytes);
        assert_eq!(shape(&document), ["¶ 信息公开年度报告", "¶ 主动公开0件"], "{charset}");
        assert_eq!(document.variant.as_deref(), Some(format!("lines, {charset}").as_str()));
        let codes: Vec<Code> = document.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, if guessed { vec![Code::CharsetGuessed] } else { vec![] }, "{charset}");
    }
}

#[test]
fn a_character_cut_off_at_the_end_is_said() {
    let bytes = "年度报告".as_bytes();
    let document = document(&bytes[..bytes.len() - 1]);
    assert_eq!(shape(&document), ["¶ 年度报\u{fffd}"]);
    let finding = &document.findings[0];
    assert_eq!((finding.code, finding.found.as_deref()), (Code::UndecodableText, Some("1")));
    let (gb, ..) = encoding_rs::GB18030.encode("政府信息公开年度报告");
    assert!(read(&gb[..gb.len() - 1], &Limits::default()).unwrap().variant.unwrap().ends_with("GB18030"));
}

#[test]
fn big5_and_gb18030_are_told_apart() {
    let mainland = "示例县人民政府2021年政府信息公开工作年度报告";
    let taiwan = "示例縣人民政府2021年政府信息公開工作年度報告";
    for (encoding, text, charset) in [
        (encoding_rs::BIG5, taiwan, "Big5"),
        (encoding_rs::GB18030, taiwan, "GB18030"),
        (encoding_rs::GB18030, mainland, "GB18030"),
    ] {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable);
        let document = document(&bytes);
        assert_eq!(shape(&document), [format!("¶ {text}")]);
        assert_eq!(document.variant, Some(format!("lines, {charset}")));
    }
}

#[test]
fn bytes_that_are_lost_or_wrong_do_not_hide_the_charset() {
    let (gb, ..) = encoding_rs::GB18030.encode("政府信息公开工作年度报告\n一、总体情况\n本年度工作有序开展");
    // A byte of 度 is lost: what is paired anew up to the end of the line is not readable.
    let lost = [&gb[..19], &gb[20..]].concat();
    let wrong = [&gb[..24], b"\xff\xff", &gb[24..]].concat();
    for bytes in [lost, wrong] {
        let document = document(&bytes);
        assert_eq!(shape(&document)[1..], ["¶ 一、总体情况", "¶ 本年度工作有序开展"]);
        let codes: Vec<Code> = document.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::CharsetGuessed, Code::UndecodableText]);
        assert_eq!(document.findings[1].expected.as_deref(), Some("GB18030"));
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_reason() {
    let cases: [(&[u8], &str); 8] = [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"%PDF-1.4", "a PDF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old binary Office file"),
        (b"<!DOCTYPE html><p>x", "looks like HTML"),
        (b"\n<html><body>x", "looks like HTML"),
        (b"<?xml version='1.0'?><a/>", "looks like XML"),
        (b"{\\rtf1 x}", "looks like RTF"),
    ];
    for (bytes, reason) in cases {
        let refusal = (text::READER.recognise)(bytes).expect_err(reason);
        assert_eq!(refusal.of(Lang::En), reason);
    }
    let binary: Vec<u8> = (0..=255u8).cycle().take(2000).collect();
    assert!((text::READER.recognise)(&binary).unwrap_err().of(Lang::En).starts_with("binary data"));
    assert!((text::READER.recognise)("a < b，正常的文字".as_bytes()).is_ok());
}

#[test]
fn too_many_cells_pass_the_limit() {
    let limits = Limits { cells: 3, ..Limits::default() };
    let error = read("a | b |\nc | d |\n".as_bytes(), &limits).unwrap_err();
    assert!(matches!(error, Error::Limit { name: "cells", .. }), "{error}");
}

/// Every character that says something, in reading order.
fn spoken(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => out.push_str(&paragraph.text),
            Block::Table(index) => {
                document.tables[*index].rows.iter().flat_map(|row| &row.cells).for_each(|cell| {
                    out.push_str(&cell.text());
                });
            }
        }
    }
    out.retain(|c| !c.is_whitespace() && c != '|' && c != '\u{feff}');
    out
}

/// The same of a source, separator lines left out.
fn source(text: &str) -> String {
    let separator = |line: &&str| line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let mut out: String = text.lines().filter(|line| !separator(line)).collect();
    out.retain(|c| !c.is_whitespace() && c != '|' && c != '\u{feff}');
    out
}

#[test]
fn the_corpus_is_kept_to_the_last_character() {
    let Ok(root) = std::env::var("GONGKAI_CORPUS") else { return };
    let cases = corpus(&root);
    assert!(cases.len() >= 19);
    for (name, bytes) in cases {
        assert_eq!(spoken(&document(&bytes)), source(std::str::from_utf8(&bytes).unwrap()), "{name}");
    }
}

/// Cells of each row of each table.
fn widths(document: &Document) -> Vec<Vec<usize>> {
    document.tables.iter().map(|table| table.rows.iter().map(|row| row.cells.len()).collect()).collect()
}

#[test]
fn wujiang_has_its_three_tables() {
    let Ok(root) = std::env::var("GONGKAI_CORPUS") else { return };
    let (_, bytes) = corpus(&root).into_iter().find(|(name, _)| name == "wujiang-2021").unwrap();
    let document = document(&bytes);
    let mut applications = vec![2, 4, 8, 8, 8, 9, 9];
    applications.extend([10; 19]);
    applications.extend([9, 8]);
    let expected = vec![vec![1, 4, 4, 4, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2], applications, vec![2, 7, 15, 15]];
    assert_eq!(widths(&document), expected);
    let text = |table: usize, row: usize| -> Vec<String> {
        document.tables[table].rows[row].cells.iter().map(gongkai::document::Cell::text).collect()
    };
    assert_eq!(text(0, 13), ["行政事业性收费", "743.03"]);
    assert_eq!(text(1, 2), ["", "", "商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他", ""]);
    assert_eq!(text(1, 26), ["", "（七）总计", "5", "0", "0", "0", "0", "0", "5"]);
    assert_eq!(text(2, 3), ["0", "0", "2", "0", "2", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"]);
}

/// Inputs of every dialect, damaged below.
const SEEDS: &[&str] = &[
    "题\n\t甲\n\t乙\n续\n\n\t\n\t1\n\n尾\n",
    "题\n名 | 数 | 量 |\n|---|---|---|\n甲 | 0 || |\n尾\n甲\t1\t2\n乙\t3\t4\n",
    "题\n第一项\n|\n|||\n名\n|\n数\n|\n|\n|\n甲\n|\n1\n|\n2\n|\n|\n题\n又\n|\n||||\n丙\n|\n||||\n",
    "题\n|\n第一项 | |||\n|\n名 |\n数 |\n量 |\n计 |\n|\n甲 |\n0 |\n|\n|\n题二\n",
    "名\n| 单\n位\n| 数\n|\n甲\n| 条\n| 1\n|\n",
    "|名称      |数量  |\n|甲的很长的|12    |\n|名字      |      |\n",
    "+------+----+\n| 名   | 数 |\n+======+====+\n| 甲   | 1  |\n|      +----+\n| 乙   |    |\n+------+----+\n",
    "┌──┬──┐\n│甲│1 │\n├──┼──┤\n│乙│  │\n└──┴──┘\n",
    "  名称          数量   金额\n  甲的          12      3.5\n  名字\n  乙                      4\n",
];

#[test]
fn damaged_text_neither_panics_nor_grows() {
    let mut seeds: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    seeds.extend(SEEDS.iter().map(|seed| encoding_rs::GB18030.encode(seed).0.into_owned()));
    if let Ok(root) = std::env::var("GONGKAI_CORPUS") {
        seeds.extend(corpus(&root).into_iter().map(|(_, bytes)| bytes));
    }
    for seed in 0..3000u64 {
        let bytes = mutate_text::mutate(&seeds[usize::try_from(seed).unwrap() % seeds.len()], seed);
        let Ok(document) = read(&bytes, &Limits::default()) else { continue };
        let cells: usize = widths(&document).iter().flatten().sum();
        assert!(cells <= bytes.len() * 4 + 16, "seed {seed}: {cells} cells of {} bytes", bytes.len());
        assert!(spoken(&document).len() <= bytes.len() * 3 + 16, "seed {seed}");
        assert!(document.blocks.len() <= bytes.len() + 1, "seed {seed}");
    }
}

#[test]
fn long_files_of_every_dialect_take_no_longer_by_the_line() {
    for seed in SEEDS {
        let big = seed.repeat(4_000);
        assert!(!document(big.as_bytes()).blocks.is_empty());
    }
    let joints = "甲\n|\n||\n乙\n丙\n|\n丁\n|\n".repeat(20_000);
    assert!(!document(joints.as_bytes()).blocks.is_empty());
}

fn corpus(root: &str) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for case in std::fs::read_dir(format!("{root}/corpus")).unwrap() {
        let case = case.unwrap().path();
        for file in ["source.txt", "source.md"] {
            if let Ok(bytes) = std::fs::read(case.join(file)) {
                out.push((case.file_name().unwrap().to_string_lossy().into_owned(), bytes));
            }
        }
    }
    out.sort();
    out
}

#[test]
fn bars_of_the_corpus_give_the_rows_a_person_sees() {
    let Ok(root) = std::env::var("GONGKAI_CORPUS") else { return };
    let cases = [
        ("x-qiaoxi-zhongshan-2021", "[规章,0,0,0]"),
        ("x-qiaoxi-zhongshan-2021", "[行政许可,2910,,]"),
        ("x-jishui-mzj-2023", "[规范性文件,0,0,0]"),
        ("x-scjdgl-trad-2024", "[行政許可,2468,,]"),
        ("x-hanyang-qfb-2022", "[规章,0,0,]"),
        ("x-hanyang-qfb-2022", "[行政规范性文件,5,12,8]"),
        ("x-dingxi-form-2009", "[指 标 名 称,计量/单位,代码,本期实际,本年累计]"),
        ("x-dingxi-form-2009", "[行政诉讼数,件,33,,,]"),
        ("x-changchun-tyjr-2023", "[一、本年新收政府信息公开申请数量,3,0,0,0,0,0,3,,]"),
    ];
    let corpus = corpus(&root);
    for (name, row) in cases {
        let (_, bytes) = corpus.iter().find(|(case, _)| case == name).unwrap();
        let lines = shape(&document(bytes));
        assert!(lines.iter().any(|line| line == row), "{name}: {row} in {lines:#?}");
    }
}
