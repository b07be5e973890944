//! Reports written by hand: every figure of a form with a number of its own, so that a shifted
//! cell is seen, and a few figures set to other states.
#![allow(dead_code, reason = "no test uses everything")]

use std::sync::Arc;

use gongkai::document::Origin;
use gongkai::report::{Alignment, Figure, Organ, Part, Report, Section, Stated, TableReport, Value};
use gongkai::template::{Form, Key};

/// The shipped form of this edition.
pub fn form(edition: &str) -> Arc<Form> {
    Form::shipped().iter().find(|form| form.edition == edition).cloned().expect("a shipped edition")
}

/// A report with 1, 2, 3 … in the form's print order; rows that only some provinces print are not there.
pub fn filled(edition: &str) -> Report {
    let form = form(edition);
    let mut number = 0;
    let mut table = |index: usize| {
        let fields = form.fields_of(index).filter(|field| !form.parts(field).2.optional);
        let figures = fields.map(|field| {
            number += 1;
            Figure {
                value: Value::Number(number.into()),
                raw: Some(number.to_string().into()),
                origin: Some(Origin { table: Some(index as u32 + 1), row: Some(1), ..Origin::default() }),
                by: Some(Alignment::Labels),
                ..Figure::missing(field)
            }
        });
        TableReport {
            id: form.tables[index].id.clone(),
            edition: Some(edition.to_owned()),
            form: edition.to_owned(),
            origin: Some(Origin { table: Some(index as u32 + 1), ..Origin::default() }),
            figures: figures.collect(),
            extra_rows: Vec::new(),
        }
    };
    let tables = (0..form.tables.len()).map(&mut table).collect();
    let title = format!("示例市人民政府{edition}年政府信息公开工作年度报告");
    Report {
        number: 1,
        title: Some(Stated { text: title, origin: Origin::of_line(1) }),
        organ: Some(Organ {
            name: "示例市".to_owned(), inferred: Some("人民政府".to_owned()), by: "title".to_owned()
        }),
        year: edition.parse().ok(),
        tables,
        ..Report::default()
    }
}

/// The six sections with a line of text each, the first with two sub-sections.
pub fn sections() -> Vec<Section> {
    let titles = [
        ("overview", "一、总体情况"),
        ("proactive", "二、主动公开政府信息情况"),
        ("applications", "三、收到和处理政府信息公开申请情况"),
        ("review_litigation", "四、政府信息公开行政复议、行政诉讼情况"),
        ("problems", "五、存在的主要问题及改进情况"),
        ("other_matters", "六、其他需要报告的事项"),
    ];
    let section = |(id, title): (&str, &str)| Section {
        id: Some(id.to_owned()),
        title: title.to_owned(),
        text: format!("{id} 第一段。\n第二段。"),
        origin: Origin::default(),
        parts: Vec::new(),
    };
    let mut sections: Vec<Section> = titles.into_iter().map(section).collect();
    for (title, text) in [("（一）主动公开。", "公开 41 条。"), ("（二）依申请公开。", "")] {
        let part = Part { title: title.to_owned(), text: text.to_owned(), origin: Origin::default() };
        sections[0].parts.push(part);
    }
    sections
}

/// The figure of this name.
pub fn figure<'a>(report: &'a mut Report, key: &str) -> &'a mut Figure {
    let key = Key::new(key);
    let mut figures = report.tables.iter_mut().flat_map(|table| &mut table.figures);
    figures.find(|figure| figure.key == key).expect("a figure of the form")
}

/// Sets a figure's state and the text of its cell; a missing one has neither cell nor place.
pub fn set(report: &mut Report, key: &str, value: Value, raw: Option<&str>) {
    let figure = figure(report, key);
    figure.value = value;
    figure.raw = raw.map(Into::into);
    if value == Value::Missing {
        figure.origin = None;
        figure.by = None;
    }
}

/// Sets every figure whose name begins so to missing.
pub fn miss(report: &mut Report, prefix: &str) {
    for table in &mut report.tables {
        for figure in &mut table.figures {
            if figure.key.as_str().starts_with(prefix) {
                figure.value = Value::Missing;
                figure.raw = None;
                figure.origin = None;
                figure.by = None;
            }
        }
    }
}
