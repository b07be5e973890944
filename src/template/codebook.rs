//! The codebook: every figure of the forms as Markdown for people, CSV and JSON for programs.
//!
//! Pure functions of the forms; `gongkai schema` prints them, and a test holds docs/codebook.md to them.

use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::{BlockDef, FieldDef, Form, GroupDef, TableDef};

/// What docs/codebook.md says before the first edition.
const HEAD: &str = "\
# Codebook

Every figure of the forms, by the name it has in every output. Made from `src/template/catalog`; edit that, then run
`GONGKAI_BLESS=1 cargo test --test docs`.

A figure's **field** is `<table>.<row>.<column>`, e.g. `applications.granted.total`; its **code**, a short name that Stata and
SPSS take too, is made the same way from the short names of table, row and column: `app_grant_tot`. A name never
changes meaning, and two editions share it only where they ask the same thing.

| kind | values |
|---|---|
| `count` | whole numbers from 0 |
| `change` | whole numbers, signed |
| `amount` | exact decimals from 0 |

| state of a value | what the document shows |
|---|---|
| `number` | a number |
| `blank` | the cell is there and empty; not a zero |
| `not_applicable` | `/`, `-`, `—`, 无 |
| `unreadable` | text that is no number; the text is kept |
| `missing` | no such cell |
| `ambiguous` | a number that may belong here, and nothing proves it; no value is taken |
";

/// One figure, as the CSV and the JSON write it.
#[derive(Serialize)]
struct Record<'a> {
    edition: &'a str,
    table: &'a str,
    section: &'a str,
    row: &'a str,
    column: &'a str,
    field: &'a str,
    code: &'a str,
    row_label: String,
    column_label: String,
    unit: &'a str,
    kind: &'a str,
}

fn record<'a>(form: &'a Form, field: &'a FieldDef) -> Record<'a> {
    let (table, _, row, column) = form.parts(field);
    let (rows, columns) = form.printed(field);
    Record {
        edition: &form.edition,
        table: &table.id,
        section: &table.section,
        row: &row.id,
        column: &column.id,
        field: field.key.as_str(),
        code: &field.code,
        row_label: rows.join(" / "),
        column_label: columns.join(" / "),
        unit: &field.unit,
        kind: field.kind.name(),
    }
}

fn records(forms: &[Arc<Form>]) -> impl Iterator<Item = Record<'_>> {
    forms.iter().flat_map(|form| form.fields.iter().map(move |field| record(form, field)))
}

/// One line a figure, UTF-8 with a header, lines ended by `\n`.
#[must_use]
pub fn csv(forms: &[Arc<Form>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records(forms) {
        writer.serialize(record).expect("memory takes every line");
    }
    let bytes = writer.into_inner().expect("memory takes every line");
    String::from_utf8(bytes).expect("written from strings")
}

/// An array with an object a figure, ended by `\n`.
#[must_use]
pub fn json(forms: &[Arc<Form>]) -> String {
    let records: Vec<Record> = records(forms).collect();
    serde_json::to_string_pretty(&records).expect("strings only") + "\n"
}

/// The whole codebook for people.
#[must_use]
pub fn markdown(forms: &[Arc<Form>]) -> String {
    let mut out = HEAD.to_owned();
    for form in forms {
        write_form(&mut out, form);
    }
    out
}

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr, $($arguments:tt)*) => { writeln!($out, $($arguments)*).expect("memory takes every line") };
}

fn write_form(out: &mut String, form: &Form) {
    line!(out, "\n## Edition {}\n", form.edition);
    let last = form.last_year.map_or_else(|| "on".to_owned(), |year| format!("to {year}"));
    line!(out, "{}, for the years from {} {last}; {} figures.\n", form.source, form.first_year, form.fields.len());
    line!(out, "| section | printed |\n|---|---|");
    for section in &form.sections {
        line!(out, "| `{}` | {} |", section.id, section.heading());
    }
    for (index, table) in form.tables.iter().enumerate() {
        write_table(out, form, index, table);
    }
}

fn write_table(out: &mut String, form: &Form, index: usize, table: &TableDef) {
    line!(out, "\n### Edition {}: table `{}` ({})", form.edition, table.id, table.title);
    line!(out, "\nIn section `{}`; short name `{}`; {} figures.", table.section, table.code, form.range(index).len());
    if !table.decisive.is_empty() {
        line!(out, "Any of these labels decides the edition: {}.", table.decisive.join(" · "));
    }
    for block in &table.blocks {
        if let Some(caption) = &block.caption {
            line!(out, "\n**{caption}**");
        }
        write_rows(out, table, block);
        write_columns(out, table, block);
    }
}

fn write_rows(out: &mut String, table: &TableDef, block: &BlockDef) {
    let units = block.rows.iter().any(|row| row.unit.is_some());
    let more = if units { (" unit | kind |", "---|---|") } else { ("", "") };
    line!(out, "\n| row | code | printed |{}\n|---|---|---|{}", more.0, more.1);
    for row in &block.rows {
        let printed = table.row_path(block, row).join(" / ");
        let note = if row.optional { " (in some places only)" } else { "" };
        let unit = row.unit.as_deref().unwrap_or_default();
        let more = if units { format!(" {unit} | {} |", row.kind.unwrap_or_default().name()) } else { String::new() };
        line!(out, "| `{}` | `{}` | {printed}{note} |{more}", row.id, row.code);
    }
}

fn write_columns(out: &mut String, table: &TableDef, block: &BlockDef) {
    line!(out, "\n| column | code | printed | unit | kind |\n|---|---|---|---|---|");
    for column in &block.columns {
        let printed = path(table, column.group.as_deref(), &table.column_groups, &column.label);
        let of_rows = column.unit.is_empty() && block.rows.iter().all(|row| row.unit.is_some());
        let unit = match column.unit.as_str() {
            "" if of_rows => "that of the row",
            "" => "none printed",
            unit => unit,
        };
        line!(out, "| `{}` | `{}` | {printed} | {unit} | {} |", column.id, column.code, column.kind.name());
    }
}

fn path(table: &TableDef, group: Option<&str>, groups: &[GroupDef], label: &str) -> String {
    let mut labels = table.path(group, groups);
    labels.push(label);
    labels.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_csv_has_a_line_for_each_figure() {
        let text = csv(Form::shipped());
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("edition,table,section,row,column,field,code,row_label,column_label,unit,kind"));
        assert_eq!(
            lines.clone().find(|line| line.contains("denied.state_secret.business")),
            Some(
                "2021,applications,applications,denied.state_secret,business,applications.denied.state_secret.business,\
                 app_den_secret_biz,三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密,法人或其他组织 / 商业企业,件,count"
            )
        );
        assert_eq!(lines.count(), Form::shipped().iter().map(|form| form.fields.len()).sum::<usize>());
    }

    #[test]
    fn the_json_says_the_same() {
        let records: Vec<serde_json::Value> = serde_json::from_str(&json(Form::shipped())).expect("an array");
        let fees = records.iter().find(|record| record["field"] == "proactive.fees.amount").expect("a figure of 2021");
        assert_eq!(fees["unit"], "万元");
        assert_eq!(fees["kind"], "amount");
        assert_eq!(fees["row_label"], "第二十条第（八）项 / 行政事业性收费");
    }
}
