//! A small extraction, built by hand, that the tests of the outputs share.
#![allow(dead_code, reason = "each test uses a part of it")]

use gongkai::Extraction;
use gongkai::document::Origin;
use gongkai::export::{EXPORTERS, Item, Settings};
use gongkai::finding::{Code, Finding, Place};
use gongkai::report::{
    Alignment, Claim, Contact, Evidence, ExtraRow, Figure, Level, Organ, Part, Place as Belonging, Published, Quantity,
    Report, Section, Stated, TableReport, Unit, Value, Verdict,
};
use gongkai::template::{Form, Key};

/// The shipped form of an edition.
pub fn form(edition: &str) -> &'static Form {
    Form::shipped().iter().find(|form| form.edition == edition).expect("shipped")
}

/// A report with every state, text that needs quoting, and text that looks like a formula.
pub fn report() -> Report {
    let form = form("2021");
    let mut tables: Vec<TableReport> = (0..form.tables.len()).map(|at| TableReport::missing(form, at)).collect();
    tables[0].edition = Some("2021".to_owned());
    tables[0].origin = Some(place(1, 1, 1));
    tables[0].extra_rows.push(ExtraRow {
        label: "其他主动公开文件".to_owned(),
        cells: vec!["其他主动公开文件".to_owned(), "7".to_owned()],
        origin: place(1, 9, 1),
    });
    let values = [
        ("proactive.rules.issued", number("3"), Some("３")),
        ("proactive.rules.repealed", number("-35"), Some("-35")),
        ("proactive.rules.in_force", Value::Blank, Some("")),
        ("proactive.normative_documents.issued", Value::NotApplicable, Some("-")),
        ("proactive.normative_documents.repealed", Value::Unreadable, Some("见\"附件\",\n第二页")),
        ("proactive.normative_documents.in_force", Value::Ambiguous, Some("=1+1")),
        ("proactive.fees.amount", number("59237.2449"), Some("59237.2449")),
    ];
    for (at, (key, value, raw)) in (1..).zip(values) {
        set(&mut tables[0], key, value, raw, place(1, at, 2));
    }
    Report {
        number: 1,
        title: Some(Stated {
            text: "示例县2021年政府信息公开工作年度报告".to_owned(), origin: Origin::of_line(1)
        }),
        organ: Some(Organ {
            name: "示例县".to_owned(), inferred: Some("人民政府".to_owned()), by: "title".to_owned()
        }),
        level: Some(Level::County),
        place: Some(Belonging {
            unit: None,
            year: 2021,
            by: "title".to_owned(),
            candidates: vec![unit("440203"), unit("440204")],
        }),
        parent: Some(unit("440200")),
        published: Some(Published {
            date: "2022-01-20".to_owned(),
            by: "signature".to_owned(),
            text: "2022年1月20日".to_owned(),
            origin: Origin::of_line(9),
        }),
        document_number: Some(Stated { text: "示府办〔2022〕3号".to_owned(), origin: Origin::of_line(1) }),
        contact: Some(Contact {
            text: "联系地址：示例路1号，电话：0751-20000000".to_owned(),
            address: Some("示例路1号".to_owned()),
            postcode: None,
            telephone: Some("0751-20000000".to_owned()),
            email: None,
            origin: Origin::of_line(3),
        }),
        year: Some(2021),
        period: Some(("2021-01-01".to_owned(), "2021-12-31".to_owned())),
        evidence: vec![Evidence {
            by: "title".to_owned(),
            year: 2021,
            text: "2021年".to_owned(),
            origin: Origin::of_line(1),
        }],
        tables,
        sections: vec![Section {
            id: Some("overview".to_owned()),
            title: "一、总体情况".to_owned(),
            text: "第一段\n第二段".to_owned(),
            origin: Origin::of_line(2),
            parts: vec![Part {
                title: "（一）主动公开".to_owned(), text: String::new(), origin: Origin::of_line(4)
            }],
        }],
        claims: vec![
            Claim {
                table_number: "10.5".parse().ok(),
                table_fields: Some("=a+b".to_owned()),
                ..claim("12", "件", Quantity::Received, Verdict::Disagrees)
            },
            // More places than a decimal of Parquet has here, and a zero that is printed.
            claim("33.33333330", "%", Quantity::Share, Verdict::Unchecked),
            Claim {
                approximate: true,
                section: None,
                ..claim("-100", "=元", Quantity::AdministrativeFees, Verdict::Approximate)
            },
        ],
        findings: vec![unreadable_figure(), Finding::new(Code::TitleMissing)],
        ..Report::default()
    }
}

fn claim(number: &str, unit: &str, quantity: Quantity, verdict: Verdict) -> Claim {
    Claim {
        sentence: format!("全年收到“申请”,\n共{number}{unit}。"),
        text: format!("{number}{unit}"),
        number: number.parse().expect("a decimal"),
        unit: unit.to_owned(),
        quantity,
        approximate: false,
        section: Some("overview".to_owned()),
        origin: Origin { page: Some(1), ..Origin::of_line(3) },
        verdict,
        table_number: None,
        table_fields: None,
    }
}

fn unit(code: &str) -> Unit {
    Unit { code: code.to_owned(), name: format!("示例{code}") }
}

fn unreadable_figure() -> Finding {
    Finding::new(Code::UnreadableFigure)
        .field(&Key::new("proactive.normative_documents.repealed"))
        .place(Place {
            table: "主动公开政府信息情况".to_owned(),
            row: "行政规范性文件".to_owned(),
            column: "本年废止件数".to_owned(),
        })
        .at(place(1, 5, 2))
        .found("见\"附件\",\n第二页")
}

/// Two reports of one file, and a note about the file.
pub fn extraction() -> Extraction {
    let second = Report { number: 2, findings: Vec::new(), title: None, organ: None, year: None, ..report() };
    Extraction {
        format: "text".to_owned(),
        reports: vec![report(), second],
        findings: vec![Finding::new(Code::CharsetGuessed).found("GB18030")],
    }
}

pub fn number(text: &str) -> Value {
    Value::Number(text.parse().expect("a decimal"))
}

fn place(table: u32, row: u32, column: u32) -> Origin {
    Origin { page: Some(2), table: Some(table), row: Some(row), column: Some(column), line: None }
}

fn set(table: &mut TableReport, key: &str, value: Value, raw: Option<&str>, origin: Origin) {
    let figure = table.figures.iter_mut().find(|figure| figure.key.as_str() == key).expect("a figure of the form");
    *figure =
        Figure { value, raw: raw.map(Into::into), origin: Some(origin), by: Some(Alignment::Labels), ..figure.clone() };
}

/// The item of an extraction.
pub fn item<'a>(source: &'a str, extraction: &'a Extraction) -> Item<'a> {
    let Extraction { format, reports, findings } = extraction;
    Item { source, sha256: "ab", format, reports, findings }
}

/// The whole text of one output file.
pub fn written(file: &str, items: &[Item<'_>], settings: &Settings) -> String {
    let exporter = EXPORTERS.iter().find(|exporter| exporter.file == file).expect("an exporter");
    let mut out = Vec::new();
    (exporter.head)(&mut out, settings).expect("memory takes every byte");
    for item in items {
        (exporter.write)(&mut out, item, settings).expect("memory takes every byte");
    }
    String::from_utf8(out).expect("UTF-8")
}

/// The rows of a CSV text as maps from column to cell.
pub fn rows(text: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("a first line").clone();
    let row =
        |record: csv::StringRecord| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.expect("as many cells as headers"))).collect()
}

/// Compares a generated file with the one in the repository; `GONGKAI_BLESS=1` rewrites it.
pub fn same_as_committed(path: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    #[expect(clippy::disallowed_methods, reason = "tests may look at the environment and at files")]
    {
        if std::env::var("GONGKAI_BLESS").is_ok() {
            std::fs::write(&path, text).expect("written");
        }
        let committed = std::fs::read(&path).unwrap_or_default();
        let committed = String::from_utf8(committed).expect("UTF-8").replace("\r\n", "\n");
        assert!(
            committed == text,
            "{} is not what the program says now; GONGKAI_BLESS=1 cargo test rewrites it",
            path.display()
        );
    }
}
