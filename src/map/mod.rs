//! [`Document`] + [`Form`]s → [`Report`]s: the only place where both are known.
//!
//! One stream of lines and rows is cut into reports; each row and line goes to the table of the
//! form that its labels name; each table is aligned with the edition that its labels decide.
//! Nothing is placed by counting alone: what labels leave open, sums must prove.

mod about;
mod align;
mod bands;
mod caption;
mod chars;
mod claims;
mod edition;
mod flow;
mod header;
mod locate;
mod number;
mod page;
mod phrase;
mod place;
mod prove;
mod rows;
mod sections;
mod sequence;
mod split;
mod stream;
mod who;
mod wrap;
mod years;

use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Code, Finding, Place, Severity};
use crate::report::{Report, Status, TableReport, Value};
use crate::template::Form;

use align::Aligned;
use stream::{Item, Line};
pub use who::{Source, is_telling};

/// What a document maps to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapped {
    /// Its reports; none if it is no report.
    pub reports: Vec<Report>,
    /// What is to be said about the file as a whole.
    pub findings: Vec<Finding>,
}

/// Finds the reports of a document and places every figure. `forms` are those to look for, the
/// first preferred where nothing decides; none at all yields no report. `source` is what is known of the file
/// besides its content: weaker evidence than any word of the document.
#[must_use]
pub fn map(document: &Document, forms: &[Arc<Form>], source: &Source) -> Mapped {
    let mut findings = document.findings.clone();
    if forms.is_empty() {
        return Mapped { reports: Vec::new(), findings };
    }
    let items = bands::unfold(wrap::join(stream::stream(document), forms), forms);
    let parts = split::reports(forms, &items);
    if parts.is_empty() {
        findings.push(Finding::new(Code::NotAReport));
        return Mapped { reports: Vec::new(), findings };
    }
    let count = parts.len();
    let named = who::Named::new(source.name);
    // What a page says of itself is said of all of it.
    let page = if count == 1 { page::Page::of(document) } else { page::Page::default() };
    let read = |part| report(document, forms, part, (source, &named, &page));
    let mut reports: Vec<Report> = parts.iter().map(read).collect();
    for (at, report) in reports.iter_mut().enumerate() {
        report.number = at as u32 + 1;
        if count > 1 {
            let finding = Finding::new(Code::SeveralReports).found(count.to_string());
            report.findings.insert(0, finding.detail("number", at + 1));
        }
    }
    Mapped { reports, findings }
}

/// Makes what forms, names and sentences need once a process, ahead of the first report: any thread may do it meanwhile.
pub fn prepare() {
    crate::template::prepare();
    crate::division::prepare();
    who::prepare();
    claims::prepare();
}

/// Maps one report.
fn report(
    document: &Document,
    forms: &[Arc<Form>],
    part: &split::Part,
    (source, named, page): (&Source, &who::Named, &page::Page),
) -> Report {
    let mut report = Report::default();
    let lines: Vec<&Line> = part.items.iter().filter_map(line).collect();
    about::describe(&mut report, &part.titles, &lines, (named, page));
    who::describe(&mut report, (source, named, page), part.items, &lines);
    report.sections = sections::sections(part.items, &part.headings);
    let organ = report.organ.as_ref().map(|organ| organ.name.as_str());
    report.claims = claims::claims(part.items, &part.headings, report.year, organ);
    let located = locate::locate(forms, part.items, &part.headings, report.year);
    if let Some(lost) = locate::lost_repeats(forms, &located) {
        report.findings.push(Finding::new(Code::ValuesLost).found(lost));
        report.status = Status::ValuesLost;
        report.tables = missing_tables(edition::of_year(forms, report.year));
        return report;
    }
    report.findings.extend(located.iter().flat_map(|table| foreign(table, forms)));
    report.findings.extend(located.iter().flat_map(|table| apart(table, forms)));
    let aligned = edition::choose(forms, &located, report.year, &mut report.findings);
    if compares_years(&part.titles, &aligned) {
        return comparison(report, &aligned);
    }
    let found = aligned.iter().filter(|table| table.lines > 0).count();
    if found == 0 {
        return without_tables(report, document, forms);
    }
    report.status = if found == aligned.len() { Status::Complete } else { Status::Incomplete };
    for table in aligned {
        if table.lines == 0 {
            report.findings.push(missing(&table.report, forms));
        }
        report.findings.extend(table.findings);
        report.tables.push(table.report);
    }
    blank_form(&mut report);
    report
}

fn line(item: &Item) -> Option<&Line> {
    match item {
        Item::Line(line) => Some(line),
        Item::Row(_) => None,
    }
}

fn missing_tables(form: &Form) -> Vec<TableReport> {
    (0..form.tables.len()).map(|table| TableReport::missing(form, table)).collect()
}

/// The place of a table of the form.
fn place_of(located: &locate::Located, forms: &[Arc<Form>]) -> Place {
    let title = forms.iter().find_map(|form| form.table(&located.id)).map_or("", |(_, def)| def.title.as_str());
    Place { table: title.to_owned(), row: String::new(), column: String::new() }
}

/// What is to be said about tables that are none of the report's own.
fn apart(located: &locate::Located, forms: &[Arc<Form>]) -> Vec<Finding> {
    let place = place_of(located, forms);
    let finding = |(words, origin): &(String, crate::document::Origin)| {
        Finding::new(Code::TableLeftOut).place(place.clone()).at(*origin).found(words)
    };
    located.apart.iter().map(finding).collect()
}

/// What is to be said about tables of other forms.
fn foreign(located: &locate::Located, forms: &[Arc<Form>]) -> Vec<Finding> {
    let place = place_of(located, forms);
    let finding = |(found, origin): &(String, crate::document::Origin)| {
        Finding::new(Code::ForeignTable).place(place.clone()).at(*origin).found(found)
    };
    located.foreign.iter().map(finding).collect()
}

fn missing(table: &TableReport, forms: &[Arc<Form>]) -> Finding {
    let def = forms.iter().find_map(|form| form.table(&table.id));
    let title = def.map_or_else(|| table.id.clone(), |(_, def)| def.title.clone());
    let place = crate::finding::Place { table: title, row: String::new(), column: String::new() };
    Finding::new(Code::TableMissing).place(place)
}

/// Headers that set two years side by side are no report's.
fn compares_years(titles: &[about::Title], aligned: &[Aligned]) -> bool {
    let named = titles.iter().any(|title| ["对比", "比较", "对照"].iter().any(|word| title.stated.text.contains(word)));
    named || aligned.iter().any(|table| table.years.len() > 1)
}

fn comparison(mut report: Report, aligned: &[Aligned]) -> Report {
    let years = aligned.iter().map(|table| &table.years).find(|years| years.len() > 1);
    let years = years.map_or_else(String::new, |years| years.iter().map(i32::to_string).collect::<Vec<_>>().join("/"));
    report.findings.push(Finding::new(Code::ComparisonDocument).found(years));
    // Of two years, by its nature.
    report.findings.retain(|finding| finding.code != Code::YearOpen);
    report.status = Status::Comparison;
    report
}

/// No table at all: pictures, prose of the years before the form, or tables left out.
fn without_tables(mut report: Report, document: &Document, forms: &[Arc<Form>]) -> Report {
    let of_the_form = report
        .sections
        .iter()
        .filter_map(|section| section.id.as_deref())
        .any(|id| id == "applications" || id == "review_litigation");
    let made_for = report.year.is_none_or(|year| forms.iter().any(|form| form.made_for(year)));
    if !(of_the_form && made_for) {
        report.status = Status::Narrative;
        // Before there was a form, prose was the rule; since then it is a loss.
        let weight = if made_for { Severity::Warning } else { Severity::Note };
        report.findings.push(Finding::new(Code::NoTables).severity(weight));
        return report;
    }
    report.tables = missing_tables(edition::of_year(forms, report.year));
    report.status = Status::Incomplete;
    if document.pictures > 0 {
        report.status = Status::Pictures;
        report.findings.push(Finding::new(Code::TablesArePictures).found(document.pictures.to_string()));
    }
    let findings: Vec<Finding> = report.tables.iter().map(|table| missing(table, forms)).collect();
    report.findings.extend(findings);
    report
}

/// Every figure that is there is blank: nobody filled the form in.
fn blank_form(report: &mut Report) {
    let there: Vec<Value> =
        report.figures().map(|figure| figure.value).filter(|value| *value != Value::Missing).collect();
    if !there.is_empty() && there.iter().all(|value| *value == Value::Blank) {
        report.status = Status::BlankForm;
        report.findings.push(Finding::new(Code::BlankForm));
    }
}
