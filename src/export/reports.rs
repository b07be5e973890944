//! `reports.csv`: one row a report, one column a field.

use std::io;

use super::rows::{write_head, write_rows};
use super::table::{Cell, Column, Each, Kind, Spec, Table, weights};
use super::{Exporter, Item, Settings};
use crate::finding::Severity;
use crate::report::{Report, Status};

/// The table.
pub(super) const TABLE: Table = Table {
    name: "reports",
    title: ("reports", "报告"),
    about: (
        "one row for each report, every figure of every edition as a column",
        "每份报告一行，各版式的全部数据各为一列",
    ),
    key: &["source", "report"],
    columns,
    rows,
};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "reports",
    file: "reports.csv",
    about: TABLE.about,
    columns: |settings| TABLE.described(settings),
    head: |out, settings| write_head(out, &TABLE, settings),
    write: |out, item, settings| write_rows(out, &TABLE, item, settings),
};

struct Row<'a> {
    item: &'a Item<'a>,
    report: &'a Report,
}

type Get = for<'a> fn(&Row<'a>) -> Cell<'a>;

/// Columns before the editions.
const ABOUT: &[Column<Get>] = &[
    Column {
        name: "source",
        kind: Kind::Text,
        title: ("source file", "来源文件"),
        needed: true,
        choices: &[],
        about: ("file, relative to the input as given, with `/` separators", "文件，相对于所给输入的路径，以 `/` 分隔"),
        get: |row| row.item.source.into(),
    },
    Column {
        name: "report",
        kind: Kind::Whole,
        title: ("report number", "报告序号"),
        needed: true,
        choices: &[],
        about: ("number of the report within the file, from 1", "报告在文件中的序号，从 1 起"),
        get: |row| row.report.number.into(),
    },
    Column {
        name: "sha256",
        kind: Kind::Text,
        title: ("SHA-256", "SHA-256"),
        needed: true,
        choices: &[],
        about: ("SHA-256 of the file, 64 hexadecimal digits", "文件的 SHA-256，64 位十六进制"),
        get: |row| row.item.sha256.into(),
    },
    Column {
        name: "format",
        kind: Kind::Text,
        title: ("reader", "读取器"),
        needed: true,
        choices: &[],
        about: ("reader that read the file", "读取该文件的读取器"),
        get: |row| row.item.format.into(),
    },
    Column {
        name: "title",
        kind: Kind::Text,
        title: ("title", "标题"),
        needed: false,
        choices: &[],
        about: ("title as printed; empty if there is none", "标题（照原文）；没有则为空"),
        get: |row| row.report.title.as_ref().map(|title| title.text.as_str()).into(),
    },
    Column {
        name: "organ",
        kind: Kind::Text,
        title: ("organ", "机关"),
        needed: false,
        choices: &[],
        about: ("name of the organ as printed; empty if it is not named", "机关名称（照原文）；未载明则为空"),
        get: |row| row.report.organ.as_ref().map(|organ| organ.name.as_str()).into(),
    },
    Column {
        name: "year",
        kind: Kind::Whole,
        title: ("year", "年度"),
        needed: false,
        choices: &[],
        about: ("year reported on; empty if it is not stated", "报告年度；未载明则为空"),
        get: |row| row.report.year.into(),
    },
    Column {
        name: "period_start",
        kind: Kind::Text,
        title: ("first day of the period", "统计期限首日"),
        needed: false,
        choices: &[],
        about: (
            "first day of the statistics period, `YYYY-MM-DD`, where it is stated",
            "统计期限首日（载明时），`YYYY-MM-DD`",
        ),
        get: |row| row.report.period.as_ref().map(|period| period.0.as_str()).into(),
    },
    Column {
        name: "period_end",
        kind: Kind::Text,
        title: ("last day of the period", "统计期限末日"),
        needed: false,
        choices: &[],
        about: (
            "last day of the statistics period, `YYYY-MM-DD`, where it is stated",
            "统计期限末日（载明时），`YYYY-MM-DD`",
        ),
        get: |row| row.report.period.as_ref().map(|period| period.1.as_str()).into(),
    },
    Column {
        name: "status",
        kind: Kind::Text,
        title: ("status", "文档类型"),
        needed: true,
        choices: &Status::NAMES,
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
        kind: Kind::Whole,
        title: ("numbers", "数值个数"),
        needed: true,
        choices: &[],
        about: ("figures that are numbers", "数值的个数"),
        get: |row| states(row, "number"),
    },
    Column {
        name: "n_blank",
        kind: Kind::Whole,
        title: ("blanks", "空白个数"),
        needed: true,
        choices: &[],
        about: ("figures whose cell is empty", "空白单元格的个数"),
        get: |row| states(row, "blank"),
    },
    Column {
        name: "n_not_applicable",
        kind: Kind::Whole,
        title: ("not applicable", "不适用个数"),
        needed: true,
        choices: &[],
        about: ("figures whose cell reads `/`, `-`, 无", "“/”“-”“无”的个数"),
        get: |row| states(row, "not_applicable"),
    },
    Column {
        name: "n_unreadable",
        kind: Kind::Whole,
        title: ("unreadable", "非数值个数"),
        needed: true,
        choices: &[],
        about: ("figures whose cell holds text that is no number", "非数值文字的个数"),
        get: |row| states(row, "unreadable"),
    },
    Column {
        name: "n_missing",
        kind: Kind::Whole,
        title: ("missing", "缺失个数"),
        needed: true,
        choices: &[],
        about: ("figures for which the document has no cell", "文档中没有对应单元格的个数"),
        get: |row| states(row, "missing"),
    },
    Column {
        name: "n_ambiguous",
        kind: Kind::Whole,
        title: ("ambiguous", "位置不明个数"),
        needed: true,
        choices: &[],
        about: ("figures whose number cannot be placed", "位置不明的个数"),
        get: |row| states(row, "ambiguous"),
    },
    Column {
        name: "n_errors",
        kind: Kind::Whole,
        title: ("errors", "错误数"),
        needed: true,
        choices: &[],
        about: ("findings of severity `error` about this report", "关于该报告的错误数"),
        get: |row| weighing(row, Severity::Error),
    },
    Column {
        name: "n_warnings",
        kind: Kind::Whole,
        title: ("warnings", "警告数"),
        needed: true,
        choices: &[],
        about: ("findings of severity `warning` about this report", "关于该报告的警告数"),
        get: |row| weighing(row, Severity::Warning),
    },
    Column {
        name: "n_notes",
        kind: Kind::Whole,
        title: ("notes", "提示数"),
        needed: true,
        choices: &[],
        about: ("findings of severity `note` about this report", "关于该报告的提示数"),
        get: |row| weighing(row, Severity::Note),
    },
    Column {
        name: "n_hints",
        kind: Kind::Whole,
        title: ("hints", "线索"),
        needed: true,
        choices: &[],
        about: (
            "findings of severity `hint` about this report: what would mend it, what its sums imply",
            "关于该报告的线索数：可能的更正、由合计推得的数",
        ),
        get: |row| weighing(row, Severity::Hint),
    },
];

fn states<'a>(row: &Row<'a>, state: &str) -> Cell<'a> {
    row.report.figures().filter(|figure| figure.value.state() == state).count().into()
}

fn weighing<'a>(row: &Row<'a>, severity: Severity) -> Cell<'a> {
    row.report.findings.iter().filter(|finding| finding.severity == severity).count().into()
}

/// Columns about the report, then one for each figure of every edition.
fn columns(settings: &Settings) -> Vec<Spec> {
    let mut columns: Vec<Spec> = ABOUT.iter().map(Column::spec).collect();
    columns.extend(settings.tables().iter().map(|table| edition(table)));
    columns.extend(COUNTS.iter().map(Column::spec));
    columns.extend(settings.fields().iter().map(|field| Spec::of_field(field, settings)));
    columns
}

/// The column that names the edition of a table.
fn edition(table: &str) -> Spec {
    let name = format!("edition_{table}");
    Spec {
        code: name.clone(),
        name,
        kind: Kind::Text,
        title: (format!("edition of {table}"), format!("{table} 的版式")),
        about: (
            format!("edition that the labels of table `{table}` show; empty if it was not found"),
            format!("由标签判定的表 `{table}` 的版式；未找到则为空"),
        ),
        unit: String::new(),
        needed: false,
        choices: &[],
        field: None,
    }
}

fn rows(item: &Item<'_>, settings: &Settings, each: &mut Each<'_>) -> io::Result<()> {
    let mut cells = Vec::new();
    for report in item.reports {
        let row = Row { item, report };
        cells.clear();
        cells.extend(ABOUT.iter().map(|column| (column.get)(&row)));
        cells.extend(settings.tables().iter().map(|id| {
            let table = report.tables.iter().find(|table| table.id == *id);
            Cell::from(table.and_then(|table| table.edition.as_deref()))
        }));
        cells.extend(COUNTS.iter().map(|column| (column.get)(&row)));
        figures(&mut cells, report, settings);
        each(&cells)?;
    }
    Ok(())
}

/// Adds a cell for each field, in the order of the columns.
fn figures<'a>(cells: &mut Vec<Cell<'a>>, report: &'a Report, settings: &Settings) {
    let start = cells.len();
    let weights = weights(report);
    cells.resize(start + settings.fields().len(), Cell::Nothing);
    for figure in report.figures() {
        if let Some(at) = settings.position(&figure.key) {
            cells[start + at] = Cell::Figure(figure, weights.get(&figure.key).copied());
        }
    }
}
