//! `reports.csv`: one row a report, one column a field.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cells::plain;
use super::column::{Column, Described, Kind, Rows, described, optional, write_head};
use super::{Exporter, Item, Settings};
use crate::finding::Severity;
use crate::report::{Report, Value};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "reports",
    file: "reports.csv",
    about: (
        "one row for each report, every figure of every edition as a column",
        "每份报告一行，各版式的全部数据各为一列",
    ),
    columns,
    head,
    write,
};

struct Row<'a> {
    item: &'a Item<'a>,
    report: &'a Report,
}

type Get = for<'a> fn(&Row<'a>) -> Cow<'a, str>;

/// Columns before the editions.
const ABOUT: &[Column<Get>] = &[
    Column {
        name: "source",
        kind: Kind::Text,
        about: ("file, relative to the input as given, with `/` separators", "文件，相对于所给输入的路径，以 `/` 分隔"),
        get: |row| row.item.source.into(),
    },
    Column {
        name: "report",
        kind: Kind::Number,
        about: ("number of the report within the file, from 1", "报告在文件中的序号，从 1 起"),
        get: |row| row.report.number.to_string().into(),
    },
    Column {
        name: "sha256",
        kind: Kind::Text,
        about: ("SHA-256 of the file, 64 hexadecimal digits", "文件的 SHA-256，64 位十六进制"),
        get: |row| row.item.sha256.into(),
    },
    Column {
        name: "format",
        kind: Kind::Text,
        about: ("reader that read the file", "读取该文件的读取器"),
        get: |row| row.item.format.into(),
    },
    Column {
        name: "title",
        kind: Kind::Text,
        about: ("title as printed; empty if there is none", "标题（照原文）；没有则为空"),
        get: |row| row.report.title.as_ref().map_or("", |title| &title.text).into(),
    },
    Column {
        name: "organ",
        kind: Kind::Text,
        about: ("name of the organ as printed; empty if it is not named", "机关名称（照原文）；未载明则为空"),
        get: |row| row.report.organ.as_ref().map_or("", |organ| &organ.name).into(),
    },
    Column {
        name: "year",
        kind: Kind::Number,
        about: ("year reported on; empty if it is not stated", "报告年度；未载明则为空"),
        get: |row| optional(row.report.year),
    },
    Column {
        name: "period_start",
        kind: Kind::Text,
        about: (
            "first day of the statistics period, `YYYY-MM-DD`, where it is stated",
            "统计期限首日（载明时），`YYYY-MM-DD`",
        ),
        get: |row| row.report.period.as_ref().map_or("", |period| &period.0).into(),
    },
    Column {
        name: "period_end",
        kind: Kind::Text,
        about: (
            "last day of the statistics period, `YYYY-MM-DD`, where it is stated",
            "统计期限末日（载明时），`YYYY-MM-DD`",
        ),
        get: |row| row.report.period.as_ref().map_or("", |period| &period.1).into(),
    },
    Column {
        name: "status",
        kind: Kind::Text,
        about: (
            "`complete`, `incomplete`, `narrative`, `pictures`, `values_lost`, `blank_form` or `comparison`",
            "`complete` 完整、`incomplete` 缺表、`narrative` 纯文字、`pictures` 表为图片、`values_lost` 数值已丢失、`blank_form` 空白表样、`comparison` 年度对照",
        ),
        get: |row| row.report.status.name().into(),
    },
];

/// Columns after the editions, before the fields.
const COUNTS: &[Column<Get>] = &[
    Column {
        name: "n_number",
        kind: Kind::Number,
        about: ("figures that are numbers", "数值的个数"),
        get: |row| states(row, "number"),
    },
    Column {
        name: "n_blank",
        kind: Kind::Number,
        about: ("figures whose cell is empty", "空白单元格的个数"),
        get: |row| states(row, "blank"),
    },
    Column {
        name: "n_not_applicable",
        kind: Kind::Number,
        about: ("figures whose cell reads `/`, `-`, 无", "“/”“-”“无”的个数"),
        get: |row| states(row, "not_applicable"),
    },
    Column {
        name: "n_unreadable",
        kind: Kind::Number,
        about: ("figures whose cell holds text that is no number", "非数值文字的个数"),
        get: |row| states(row, "unreadable"),
    },
    Column {
        name: "n_missing",
        kind: Kind::Number,
        about: ("figures for which the document has no cell", "文档中没有对应单元格的个数"),
        get: |row| states(row, "missing"),
    },
    Column {
        name: "n_ambiguous",
        kind: Kind::Number,
        about: ("figures whose number cannot be placed", "位置不明的个数"),
        get: |row| states(row, "ambiguous"),
    },
    Column {
        name: "n_errors",
        kind: Kind::Number,
        about: ("findings of severity `error` about this report", "关于该报告的错误数"),
        get: |row| weighing(row, Severity::Error),
    },
    Column {
        name: "n_warnings",
        kind: Kind::Number,
        about: ("findings of severity `warning` about this report", "关于该报告的警告数"),
        get: |row| weighing(row, Severity::Warning),
    },
    Column {
        name: "n_notes",
        kind: Kind::Number,
        about: ("findings of severity `note` about this report", "关于该报告的提示数"),
        get: |row| weighing(row, Severity::Note),
    },
    Column {
        name: "n_hints",
        kind: Kind::Number,
        about: (
            "findings of severity `hint` about this report: what would mend it, what its sums imply",
            "关于该报告的线索数：可能的更正、由合计推得的数",
        ),
        get: |row| weighing(row, Severity::Hint),
    },
];

fn states<'a>(row: &Row<'a>, state: &str) -> Cow<'a, str> {
    row.report.figures().filter(|figure| figure.value.state() == state).count().to_string().into()
}

fn weighing<'a>(row: &Row<'a>, severity: Severity) -> Cow<'a, str> {
    row.report.findings.iter().filter(|finding| finding.severity == severity).count().to_string().into()
}

/// The columns except the fields, which the codebook describes.
fn columns(settings: &Settings) -> Vec<Described> {
    let edition = |table: &String| Described {
        name: edition_column(table),
        kind: Kind::Text.name(),
        about: (
            format!("edition that the labels of table `{table}` show; empty if it was not found"),
            format!("由标签判定的表 `{table}` 的版式；未找到则为空"),
        ),
    };
    let mut columns = described(ABOUT);
    columns.extend(settings.tables().iter().map(edition));
    columns.extend(described(COUNTS));
    columns
}

fn edition_column(table: &str) -> String {
    format!("edition_{table}")
}

fn head(out: &mut dyn Write, settings: &Settings) -> io::Result<()> {
    let editions: Vec<String> = settings.tables().iter().map(|table| edition_column(table)).collect();
    let names = ABOUT.iter().map(|column| column.name);
    let names = names.chain(editions.iter().map(String::as_str)).chain(COUNTS.iter().map(|column| column.name));
    write_head(out, names.chain(settings.fields().iter().map(|field| settings.header(field))), settings)
}

fn write(out: &mut dyn Write, item: &Item<'_>, settings: &Settings) -> io::Result<()> {
    let mut rows = Rows::new(out, settings);
    for report in item.reports {
        let row = Row { item, report };
        for column in ABOUT {
            rows.cell(column.kind, &(column.get)(&row))?;
        }
        for id in settings.tables() {
            let table = report.tables.iter().find(|table| table.id == *id);
            let edition = table.and_then(|table| table.edition.as_deref());
            rows.cell(Kind::Text, edition.unwrap_or_default())?;
        }
        for column in COUNTS {
            rows.cell(column.kind, &(column.get)(&row))?;
        }
        for value in values(report, settings) {
            rows.cell(Kind::Number, &value.map_or(Cow::Borrowed(""), plain))?;
        }
        rows.end_row()?;
    }
    rows.finish()
}

/// The report's value for each field, in the order of the columns.
fn values(report: &Report, settings: &Settings) -> Vec<Option<Value>> {
    let mut values = vec![None; settings.fields().len()];
    for figure in report.figures() {
        if let Some(at) = settings.position(&figure.key) {
            values[at] = Some(figure.value);
        }
    }
    values
}
