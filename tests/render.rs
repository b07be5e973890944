//! The Word form: its cells read back with docx-rs and compared with grids written by hand.
//!
//! A line of an expectation is a row of Word's table: cells between bars, `*4` after the text of
//! a cell that spans four columns, `v` after one that begins a vertical merge, `^` for one that goes on (`*3^` spans three columns too).

#[path = "support/filled.rs"]
mod support;

use docx_rs::{DocumentChild, Docx, Paragraph, Table, TableCell, TableCellContent, TableChild, TableRowChild};
use gongkai::document::Origin;
use gongkai::render::{RenderError, Rows, Sheet, docx};
use gongkai::report::{ExtraRow, Report, Value};
use gongkai::template::Form;
use support::{filled, form, miss, sections, set};

fn render(report: &Report) -> Vec<u8> {
    docx(report, Form::shipped()).expect("a shipped form")
}

fn read(report: &Report) -> Docx {
    docx_rs::read_docx(&render(report)).expect("docx-rs reads what it wrote")
}

/// Paragraphs of the body, and `[table]` for each table.
fn body(docx: &Docx) -> Vec<String> {
    let child = |child: &DocumentChild| match child {
        DocumentChild::Paragraph(paragraph) => Some(paragraph.raw_text()),
        DocumentChild::Table(_) => Some("[table]".to_owned()),
        _ => None,
    };
    docx.document.children.iter().filter_map(child).filter(|text| !text.is_empty()).collect()
}

fn tables(docx: &Docx) -> Vec<&Table> {
    fn table(child: &DocumentChild) -> Option<&Table> {
        if let DocumentChild::Table(table) = child { Some(table) } else { None }
    }
    docx.document.children.iter().filter_map(table).collect()
}

fn grids(docx: &Docx) -> String {
    let grids: Vec<String> = tables(docx).into_iter().map(grid).collect();
    grids.join("\n")
}

fn grid(table: &Table) -> String {
    let row = |TableChild::TableRow(row): &TableChild| {
        let cells: Vec<String> = row.cells.iter().map(|TableRowChild::TableCell(cell)| written(cell)).collect();
        cells.join(" | ") + "\n"
    };
    table.rows.iter().map(row).collect()
}

fn written(cell: &TableCell) -> String {
    let property = serde_json::to_value(&cell.property).expect("docx-rs writes JSON");
    let text = |content: &TableCellContent| match content {
        TableCellContent::Paragraph(paragraph) => paragraph.raw_text(),
        _ => panic!("a cell holds paragraphs only"),
    };
    let mut written: String = cell.children.iter().map(text).collect();
    if let Some(span) = property["gridSpan"].as_u64() {
        written += &format!("*{span}");
    }
    match property["verticalMerge"].as_str() {
        Some("restart") => written += "v",
        Some(_) => written += "^",
        None => {}
    }
    written
}

#[test]
fn the_form_of_2021_is_drawn_as_the_circular_prints_it() {
    assert_eq!(grids(&read(&filled("2021"))), include_str!("render/2021.txt"));
}

#[test]
fn the_form_of_2019_is_drawn_as_the_circular_prints_it() {
    assert_eq!(grids(&read(&filled("2019"))), include_str!("render/2019.txt"));
}

#[test]
fn every_row_fills_the_grid() {
    for edition in ["2021", "2019"] {
        let docx = read(&filled(edition));
        for table in tables(&docx) {
            for TableChild::TableRow(row) in &table.rows {
                let span = |TableRowChild::TableCell(cell): &TableRowChild| {
                    serde_json::to_value(&cell.property).expect("JSON")["gridSpan"].as_u64().unwrap_or(1)
                };
                assert_eq!(row.cells.iter().map(span).sum::<u64>(), table.grid.len() as u64);
            }
        }
    }
}

#[test]
fn a_header_stays_with_the_row_below_it() {
    let xml = document_xml(&filled("2021"));
    let row = |label: &str| {
        let at = xml.find(&format!(">{label}<")).expect(label);
        let start = xml[..at].rfind("<w:tr>").or_else(|| xml[..at].rfind("<w:tr ")).expect("a row");
        &xml[start..at + xml[at..].find("</w:tr>").expect("its end")]
    };
    for header in ["信息内容", "申请人情况", "商业企业", "未经复议直接起诉"] {
        assert!(row(header).contains("keepNext"), "{header}");
    }
    assert!(!row("行政许可").contains("keepNext"));
}

#[test]
fn sections_and_tables_stand_in_order() {
    let report = Report { sections: sections(), ..filled("2021") };
    let expected = [
        "示例市人民政府2021年政府信息公开工作年度报告",
        "一、总体情况",
        "overview 第一段。",
        "第二段。",
        "（一）主动公开。",
        "公开 41 条。",
        "（二）依申请公开。",
        "二、主动公开政府信息情况",
        "proactive 第一段。",
        "第二段。",
        "[table]",
        "三、收到和处理政府信息公开申请情况",
        "applications 第一段。",
        "第二段。",
        "[table]",
        "四、政府信息公开行政复议、行政诉讼情况",
        "review_litigation 第一段。",
        "第二段。",
        "[table]",
        "五、存在的主要问题及改进情况",
        "problems 第一段。",
        "第二段。",
        "六、其他需要报告的事项",
        "other_matters 第一段。",
        "第二段。",
    ];
    assert_eq!(body(&read(&report)), expected);
}

#[test]
fn a_report_without_sections_gets_those_of_the_form() {
    let headings: Vec<String> = body(&read(&Report { title: None, ..filled("2019") }));
    assert_eq!(headings[0], "一、总体情况");
    assert_eq!(headings[1..3], ["二、主动公开政府信息情况", "[table]"]);
    assert_eq!(headings.last().map(String::as_str), Some("六、其他需要报告的事项"));
}

#[test]
fn a_section_that_a_table_needs_is_added_in_its_place() {
    let mut report = Report { title: None, ..filled("2021") };
    report.sections = sections().into_iter().filter(|section| section.text.starts_with("o")).collect();
    report.sections[0].parts.clear();
    let expected = [
        "一、总体情况",
        "overview 第一段。",
        "第二段。",
        "二、主动公开政府信息情况",
        "[table]",
        "三、收到和处理政府信息公开申请情况",
        "[table]",
        "四、政府信息公开行政复议、行政诉讼情况",
        "[table]",
        "六、其他需要报告的事项",
        "other_matters 第一段。",
        "第二段。",
    ];
    assert_eq!(body(&read(&report)), expected);
}

/// The cells of the row that begins with this label.
fn row(report: &Report, label: &str) -> String {
    let grids = grids(&read(report));
    grids.lines().find(|line| line.contains(label)).unwrap_or("not drawn").to_owned()
}

#[test]
fn each_state_is_drawn_as_a_cell_shows_it() {
    let mut report = filled("2021");
    set(&mut report, "applications.new_received.natural_person", Value::Blank, None);
    set(&mut report, "applications.new_received.business", Value::NotApplicable, None);
    set(&mut report, "applications.new_received.research", Value::NotApplicable, Some("——"));
    set(&mut report, "applications.new_received.public_welfare", Value::Unreadable, Some("详见<附件> & “表”"));
    set(&mut report, "applications.new_received.legal_service", Value::Number(22.into()), Some(" 22\t（修订 16 件）"));
    set(&mut report, "applications.new_received.other", Value::Number(7.into()), None);
    set(&mut report, "applications.new_received.total", Value::Missing, None);
    let expected = "一、本年新收政府信息公开申请数量*3 |  | / | —— | 详见<附件> & “表” |  22\t（修订 16 件） | 7 | ";
    assert_eq!(row(&report, "一、本年新收"), expected);
}

#[test]
fn a_number_broken_over_lines_keeps_its_break_in_one_paragraph() {
    let mut report = filled("2021");
    set(&mut report, "proactive.fees.amount", Value::Number(13612.into()), Some("\n1361\n2"));
    let xml = document_xml(&report);
    assert!(xml.contains("<w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\">1361</w:t><w:br"), "{xml}");
}

#[test]
fn characters_that_xml_does_not_have_are_left_out() {
    let mut report = filled("2021");
    set(&mut report, "proactive.fees.amount", Value::Unreadable, Some("一\u{0}二\u{1b}三\u{ffff}"));
    assert_eq!(row(&report, "行政事业性收费"), "行政事业性收费 | 一二三*3");
}

#[test]
fn rows_and_tables_that_are_missing_are_left_out() {
    let mut report = filled("2021");
    miss(&mut report, "proactive.");
    miss(&mut report, "applications.denied.");
    miss(&mut report, "review_litigation.litigation_after_review.");
    let docx = read(&report);
    assert_eq!(tables(&docx).len(), 2);
    let grids = grids(&docx);
    assert!(!grids.contains("不予公开"));
    assert!(grids.contains("三、本年度办理结果v | （一）予以公开*2 | 25 |"), "{grids}");
    assert!(grids.ends_with("行政复议*5v | 行政诉讼*5\n*5^ | 未经复议直接起诉*5\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n186 | 187 | 188 | 189 | 190 | 191 | 192 | 193 | 194 | 195\n"), "{grids}");
}

#[test]
fn a_block_without_rows_has_no_caption() {
    let mut report = filled("2021");
    miss(&mut report, "proactive.licensing");
    let grids = grids(&read(&report));
    assert!(!grids.contains("第二十条第（五）项"));
    assert_eq!(grids.matches("本年处理决定数量").count(), 1);
}

#[test]
fn each_table_is_drawn_by_the_form_it_names() {
    let mut report = filled("2021");
    report.tables[1] = filled("2019").tables.swap_remove(1);
    let grids = grids(&read(&report));
    assert!(grids.contains("本年制发件数"));
    assert!(grids.contains("^ | （六）其他处理*2 |"), "{grids}");
}

#[test]
fn an_optional_row_is_drawn_where_it_stands() {
    let form = form("2019");
    let mut report = filled("2019");
    assert_eq!(row(&report, "其他主动公开文件"), "not drawn");
    let fields = form.fields_of(0).filter(|field| form.parts(field).2.optional);
    for (at, field) in fields.enumerate() {
        let figure = gongkai::report::Figure::missing(field);
        let value = Value::Number((900 + at as i64).into());
        report.tables[0].figures.push(gongkai::report::Figure { value, ..figure });
    }
    assert_eq!(row(&report, "其他主动公开文件"), "其他主动公开文件 | 900 | 901 | 902");
}

#[test]
fn rows_that_the_form_does_not_have_stand_below() {
    let mut report = filled("2021");
    let extra = |label: &str, cells: &[&str]| ExtraRow {
        label: label.to_owned(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        origin: Origin::default(),
    };
    report.tables[0].extra_rows.push(extra("其他", &["5"]));
    report.tables[1].extra_rows.push(extra("五、备注", &["1", "2", "3", "4", "5", "6", "7", "8"]));
    let grids = grids(&read(&report));
    assert!(grids.contains("\n其他 | 5 |  | \n"), "{grids}");
    assert!(grids.contains("\n五、备注*3 | 1 | 2 | 3 | 4 | 5 | 6 | 7 8\n"), "{grids}");
}

#[test]
fn a_users_own_form_is_drawn_from_its_template() {
    let template = r#"
        edition = "own"
        source = "own"
        first_year = 2030
        [[section]]
        id = "s"
        number = "一"
        title = "统计"
        [[table]]
        id = "t"
        code = "t"
        section = "s"
        title = "统计"
        layout = "matrix"
        row_heading = "项目"
        [[table.group]]
        id = "g"
        label = "组"
        [[table.column_group]]
        id = "k"
        label = "合并"
        [[table.block]]
        [[table.block.column]]
        id = "a"
        code = "a"
        label = "甲"
        unit = "件"
        group = "k"
        [[table.block.column]]
        id = "b"
        code = "b"
        label = "乙"
        unit = "件"
        group = "k"
        [[table.block.row]]
        id = "x"
        code = "x"
        label = "一行"
        [[table.block.row]]
        id = "y"
        code = "y"
        label = "二行"
        group = "g"
    "#;
    let form = std::sync::Arc::new(Form::from_toml(template).expect("a template"));
    let mut table = gongkai::report::TableReport::missing(&form, 0);
    for (at, figure) in table.figures.iter_mut().enumerate() {
        figure.value = Value::Number((at as i64 + 1).into());
    }
    let report = Report { tables: vec![table], ..Report::default() };
    let bytes = docx(&report, &[form]).expect("its own form");
    let docx = docx_rs::read_docx(&bytes).expect("read");
    assert_eq!(body(&docx), ["一、统计", "[table]"]);
    assert_eq!(grids(&docx), "项目*2v | 合并*2\n*2^ | 甲 | 乙\n一行*2 | 1 | 2\n组 | 二行 | 3 | 4\n");
}

#[test]
fn an_edition_that_is_not_known_is_named() {
    let mut report = filled("2021");
    report.tables[2].form = "1999".to_owned();
    let error = docx(&report, Form::shipped()).expect_err("no such form");
    assert_eq!(error, RenderError::UnknownForm { table: "review_litigation".to_owned(), edition: "1999".to_owned() });
    assert!(error.to_string().contains("`1999`"));
}

#[test]
fn equal_reports_give_equal_bytes() {
    let report = Report { sections: sections(), ..filled("2021") };
    let first = render(&report);
    // docx-rs numbers paragraphs by a counter of the thread: another document in between moves it on.
    let _ = docx_rs::Docx::new().add_paragraph(Paragraph::new());
    let _ = render(&filled("2019"));
    assert!(first == render(&report));
    let elsewhere = std::thread::spawn(move || render(&report)).join().expect("no panic");
    assert!(first == elsewhere);
}

#[test]
fn no_part_bears_a_date() {
    let bytes = render(&filled("2021"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    for index in 0..zip.len() {
        let time = zip.by_index(index).expect("a part").last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1));
    }
}

fn document_xml(report: &Report) -> String {
    let bytes = render(report);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").expect("a part"), &mut xml).expect("UTF-8");
    xml
}

#[test]
fn the_cells_of_a_sheet_cover_its_grid_once() {
    for form in Form::shipped() {
        for table in &filled(&form.edition).tables {
            let sheet = Sheet::of(form, table, Rows::All).expect("rows");
            assert!(sheet.owners().iter().all(Option::is_some));
            let area: usize = sheet.cells.iter().map(|cell| cell.rows * cell.columns).sum();
            assert_eq!(area, sheet.rows * sheet.columns, "{} {}", form.edition, table.id);
        }
    }
}

#[test]
fn what_is_drawn_is_read_back() {
    for edition in ["2021", "2019"] {
        let mut report = Report { sections: sections(), ..filled(edition) };
        set(&mut report, "applications.new_received.natural_person", Value::Blank, Some(""));
        set(&mut report, "applications.new_received.business", Value::NotApplicable, Some("——"));
        set(&mut report, "applications.granted.other", Value::Unreadable, Some("见附件"));
        miss(&mut report, "applications.carried_out.");
        let extraction = gongkai::extract(&render(&report), &gongkai::Options::default()).expect("a Word file");
        let [back] = extraction.reports.as_slice() else { panic!("one report") };
        assert_eq!(back.title.as_ref().map(|title| &title.text), report.title.as_ref().map(|title| &title.text));
        assert_eq!(back.figures().count(), report.figures().count());
        for (figure, original) in back.figures().zip(report.figures()) {
            let (found, wanted) =
                ((&figure.key, figure.value, &figure.raw), (&original.key, original.value, &original.raw));
            assert_eq!(found, wanted, "{edition}");
        }
        let headings = |report: &Report| -> Vec<(Option<String>, String)> {
            report.sections.iter().map(|section| (section.id.clone(), section.title.clone())).collect()
        };
        assert_eq!(headings(back), headings(&report));
    }
}
