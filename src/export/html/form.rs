//! The tables of a report as the form prints them, with the document's own figures.

use std::collections::HashMap;

use super::findings::{Mark, heaviest, links};
use super::text::{escaped, short};
use super::{OnPage, Page};
use crate::report::{Figure, TableReport, Value};
use crate::sheet::{Content, Rows, Sheet, SheetCell};
use crate::template::Key;

/// The id of a figure: its table and its place in it.
pub(super) fn figure_id(report: &str, table: usize, figure: usize) -> String {
    format!("{report}t{}c{}", table + 1, figure + 1)
}

/// A table on the page.
struct Drawn<'a> {
    report: &'a str,
    table: usize,
    places: HashMap<&'a Key, usize>,
    marks: HashMap<&'a Key, Vec<Mark<'a>>>,
}

impl Page<'_> {
    pub(super) fn table(&self, out: &mut String, on: &OnPage, at: usize, table: &TableReport) {
        let Some(form) = self.forms.iter().find(|form| form.edition == table.form) else { return };
        let title = form.table(&table.id).map_or(table.id.as_str(), |(_, def)| &def.title);
        *out += &format!("<h3 lang=\"zh-CN\">{}</h3>\n", escaped(title));
        if table.figures.iter().all(|figure| figure.value == Value::Missing) {
            let why = self.lang.pick(
                "This table was not found: its figures are missing, not 0.",
                "没有找到该表：其数据为缺失，不是 0。",
            );
            *out += &format!("<p class=\"mandatory\">{why}</p>\n");
        }
        let Some(sheet) = Sheet::of(form, table, Rows::All) else { return };
        let mut marks: HashMap<&Key, Vec<Mark>> = HashMap::new();
        for (number, id, finding) in on.findings.which(|finding| finding.field.is_some()) {
            if let Some(key) = &finding.field {
                marks.entry(key).or_default().push((number, id, finding));
            }
        }
        let places = table.figures.iter().enumerate().map(|(place, figure)| (&figure.key, place)).collect();
        self.sheet(out, &sheet, &Drawn { report: &on.id, table: at, places, marks });
    }

    fn sheet(&self, out: &mut String, sheet: &Sheet, drawn: &Drawn) {
        *out += "<div class=\"wide\">\n<table class=\"form\" lang=\"zh-CN\">\n";
        let mut cells = sheet.cells.iter().peekable();
        for row in 0..sheet.rows {
            *out += "<tr>";
            while let Some(cell) = cells.next_if(|cell| cell.row <= row) {
                self.cell(out, cell, drawn);
            }
            *out += "</tr>\n";
        }
        *out += "</table>\n</div>\n";
    }

    fn cell(&self, out: &mut String, cell: &SheetCell, drawn: &Drawn) {
        let mut spans = String::new();
        if cell.rows > 1 {
            spans += &format!(" rowspan=\"{}\"", cell.rows);
        }
        if cell.columns > 1 {
            spans += &format!(" colspan=\"{}\"", cell.columns);
        }
        *out += &match &cell.content {
            Content::Heading(label) => format!("<th{spans}>{}</th>", escaped(label)),
            Content::Label(label) => format!("<th class=\"label\"{spans}>{}</th>", escaped(label)),
            Content::Extra(text) => format!("<td class=\"extra\"{spans}>{}</td>", escaped(&short(text))),
            Content::Figure(key, figure) => self.figure(key, *figure, &spans, drawn),
        };
    }

    fn figure(&self, key: &Key, figure: Option<&Figure>, spans: &str, drawn: &Drawn) -> String {
        let none = Vec::new();
        let marks = drawn.marks.get(key).unwrap_or(&none);
        let (text, state) = self.shown(figure);
        let class = heaviest(marks.iter().map(|(.., finding)| *finding));
        let classes: Vec<&str> = [Some("figure"), class, state].into_iter().flatten().collect();
        let id = drawn.places.get(key).map(|place| figure_id(drawn.report, drawn.table, *place));
        let id = id.map_or_else(String::new, |id| format!(" id=\"{id}\""));
        format!("<td{id} class=\"{}\"{spans}>{text}{}</td>", classes.join(" "), links(marks))
    }

    /// A figure as the document prints it, and the class of what is no number.
    fn shown(&self, figure: Option<&Figure>) -> (String, Option<&'static str>) {
        let missing = || (self.lang.pick("·miss", "·缺").to_owned(), Some("lacking"));
        let Some(figure) = figure else { return missing() };
        let raw = || escaped(&short(figure.raw.as_deref().unwrap_or_default().trim()));
        match figure.value {
            Value::Missing => missing(),
            Value::Ambiguous => ("?".to_owned(), Some("lacking")),
            Value::Unreadable => (format!("«{}»", raw()), None),
            Value::Number(number) if figure.raw.is_none() => (number.to_string(), None),
            Value::Number(_) | Value::Blank | Value::NotApplicable => (raw(), None),
        }
    }
}
