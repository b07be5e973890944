//! What a check found, as one page for the screen and for paper: the form with the document's own figures, those
//! that fail marked, and beside them what is to be said.
//!
//! The page is whole: no script, nothing from elsewhere, and a policy that forbids both, since its text is that of
//! documents of any origin. Marks are told by signs as well as by colour.

mod findings;
mod form;
mod text;

use std::collections::HashMap;
use std::sync::Arc;

use self::findings::{Numbered, first_claims};
use self::text::{escaped, short};
use super::checked::{Asked, Checked};
use crate::document::Origin;
use crate::finding::Lang;
use crate::report::Report;
use crate::template::Form;

const STYLE: &str = include_str!("style.css");

/// Nothing is loaded and nothing runs, whatever a document smuggles in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A report on the page.
struct OnPage<'a> {
    /// What the ids of all that belongs to it begin with: `f1r1`.
    id: String,
    file: &'a str,
    report: &'a Report,
    findings: Numbered<'a>,
    /// Its claims by place and words.
    claims: HashMap<(Origin, &'a str), usize>,
}

/// How the page is written.
#[derive(Clone, Copy)]
struct Page<'a> {
    forms: &'a [Arc<Form>],
    lang: Lang,
}

/// One page about all files; an index heads it where there are several reports.
#[must_use]
pub fn html(files: &[Checked], forms: &[Arc<Form>], lang: Lang) -> String {
    let page = Page { forms, lang };
    let title = page.lang.pick("Check of annual reports", "年度报告检查结果");
    let language = page.lang.pick("en", "zh-CN");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    );
    let asked = Asked::of(files.iter().flat_map(Checked::findings).map(|(_, finding)| finding));
    out += &page.asked(asked);
    out += &page.guide();
    out += "</header>\n<main>\n";
    let reports = files.iter().filter_map(|file| file.outcome.as_ref().ok()).map(|(reports, _)| reports.len());
    if files.len() > 1 || reports.sum::<usize>() > 1 {
        out += &page.index(files);
    }
    for (at, file) in files.iter().enumerate() {
        page.file(&mut out, at + 1, file);
    }
    out + "</main>\n</body>\n</html>\n"
}

impl Page<'_> {
    /// How many findings of each grade, in a line.
    fn asked(&self, asked: Asked) -> String {
        let words = asked.words(self.lang);
        let class = if asked.mandatory > 0 { "mandatory" } else { "counts" };
        let words = if words.is_empty() { self.lang.pick("no findings", "未发现问题").to_owned() } else { words };
        format!("<p class=\"{class}\">{}</p>\n", escaped(&words))
    }

    /// What the marks mean.
    fn guide(&self) -> String {
        let parts = [
            ("must", self.lang.pick("to be mended (mandatory)", "强制性：必须更正")),
            ("may", self.lang.pick("to be explained or confirmed", "核实性：须说明或确认")),
            ("waived", self.lang.pick("waived", "已核实")),
            ("lacking", self.lang.pick("the document has no such cell (not 0)", "文档没有该单元格（不是 0）")),
        ];
        let mut out = String::from("<ul class=\"guide\">\n");
        for (class, words) in parts {
            out += &format!("<li><span class=\"sample {class}\"></span>{words}</li>\n");
        }
        out + "</ul>\n"
    }

    fn index(&self, files: &[Checked]) -> String {
        let mut out =
            format!("<nav>\n<h2>{}</h2>\n<table class=\"index\">\n<thead><tr>", self.lang.pick("Contents", "目录"));
        let heads = [
            self.lang.pick("file", "文件"),
            self.lang.pick("report", "报告"),
            self.lang.pick("to be mended", "强制性"),
            self.lang.pick("to be confirmed", "核实性"),
            self.lang.pick("waived", "已核实"),
        ];
        out.extend(heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")));
        out += "</tr></thead>\n<tbody>\n";
        for (at, file) in files.iter().enumerate() {
            self.index_rows(&mut out, at + 1, file);
        }
        out + "</tbody>\n</table>\n</nav>\n"
    }

    fn index_rows(&self, out: &mut String, number: usize, file: &Checked) {
        let name = escaped(&file.file);
        let mut row = |id: &str, title: &str, cells: [String; 3]| {
            *out += &format!("<tr><td>{name}</td><td><a href=\"#{id}\">{title}</a></td>");
            out.extend(cells.iter().map(|cell| format!("<td class=\"number\">{cell}</td>")));
            *out += "</tr>\n";
        };
        let counts = |asked: Asked| [asked.mandatory, asked.confirm, asked.waived].map(|count| count.to_string());
        let Ok((reports, findings)) = &file.outcome else {
            let unread = self.lang.pick("could not be read", "无法读取");
            return row(&format!("f{number}"), unread, ["–", "–", "–"].map(str::to_owned));
        };
        for (at, report) in reports.iter().enumerate() {
            row(&format!("f{number}r{}", at + 1), &self.title(report), counts(Asked::of(&report.findings)));
        }
        if reports.is_empty() || !findings.is_empty() {
            row(&format!("f{number}"), self.lang.pick("the file as a whole", "整个文件"), counts(Asked::of(findings)));
        }
    }

    fn title(&self, report: &Report) -> String {
        let untitled = self.lang.pick("(no title)", "（无标题）");
        report.title.as_ref().map_or_else(|| untitled.to_owned(), |title| escaped(&short(&title.text)))
    }

    fn file(&self, out: &mut String, number: usize, file: &Checked) {
        let id = format!("f{number}");
        *out += &format!("<div class=\"file\" id=\"{id}\">\n");
        let name = escaped(&file.file);
        match &file.outcome {
            Err(cause) => {
                *out += &format!("<h2>{name}</h2>\n<p class=\"mandatory\">{}</p>\n", escaped(cause));
            }
            Ok((reports, findings)) => {
                if reports.is_empty() || !findings.is_empty() {
                    *out += &format!("<h2>{name}</h2>\n");
                    let numbered = Numbered::of(&id, findings);
                    self.findings(out, &numbered, &|_| None);
                }
                for (at, report) in reports.iter().enumerate() {
                    let id = format!("{id}r{}", at + 1);
                    let findings = Numbered::of(&id, &report.findings);
                    let claims = first_claims(&report.claims);
                    self.report(out, &OnPage { id, file: &file.file, report, findings, claims });
                }
            }
        }
        *out += "</div>\n";
    }

    fn report(&self, out: &mut String, on: &OnPage) {
        let OnPage { id, file, report, findings, .. } = on;
        *out += &format!("<article id=\"{id}\">\n<h2>{}</h2>\n", self.title(report));
        let facts = [
            (self.lang.pick("file", "文件"), escaped(file)),
            (
                self.lang.pick("organ", "机关"),
                report.organ.as_ref().map(|organ| escaped(&organ.name)).unwrap_or_default(),
            ),
            (self.lang.pick("year", "年度"), report.year.map(|year| year.to_string()).unwrap_or_default()),
        ];
        *out += "<p class=\"facts\">";
        let facts = facts.iter().filter(|(_, value)| !value.is_empty());
        let facts: Vec<String> =
            facts.map(|(name, value)| format!("{name}{}{value}", self.lang.pick(": ", "："))).collect();
        *out += &facts.join(self.lang.pick("; ", "；"));
        *out += "</p>\n";
        self.findings(out, findings, &|finding| on.mark(finding));
        for (at, table) in report.tables.iter().enumerate() {
            self.table(out, on, at, table);
        }
        self.claims(out, on);
        *out += "</article>\n";
    }
}
