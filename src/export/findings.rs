//! `findings.csv`: one row a finding, those about a whole file included.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{Column, Kind, Rows, counted, described, optional, write_head};
use super::{Exporter, Item, Settings};
use crate::finding::{Finding, Lang};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "findings",
    file: "findings.csv",
    about: (
        "one row for each thing that does not add up, is doubtful, or could not be read",
        "每处不相符、存疑或无法读取的情况一行",
    ),
    columns: |_| described(COLUMNS),
    head: |out, settings| write_head(out, COLUMNS.iter().map(|column| column.name), settings),
    write,
};

struct Row<'a> {
    source: &'a str,
    /// The report it is about; `None` for the file as a whole.
    report: Option<u32>,
    finding: &'a Finding,
    lang: Lang,
}

type Get = for<'a> fn(&Row<'a>) -> Cow<'a, str>;

const COLUMNS: &[Column<Get>] = &[
    Column {
        name: "source",
        kind: Kind::Text,
        about: ("file, relative to the input as given, with `/` separators", "文件，相对于所给输入的路径，以 `/` 分隔"),
        get: |row| row.source.into(),
    },
    Column {
        name: "report",
        kind: Kind::Number,
        about: (
            "number of the report within the file, from 1; empty if it is about the file as a whole",
            "报告在文件中的序号，从 1 起；关于整个文件的则为空",
        ),
        get: |row| optional(row.report),
    },
    Column {
        name: "severity",
        kind: Kind::Text,
        about: ("`error`, `warning`, `note` or `hint`", "`error` 错误、`warning` 警告、`note` 提示、`hint` 线索"),
        get: |row| row.finding.severity.name().into(),
    },
    Column {
        name: "code",
        kind: Kind::Text,
        about: (
            "what kind of finding it is; `gongkai explain CODE` says more",
            "类别；`gongkai explain CODE` 给出说明",
        ),
        get: |row| row.finding.code.entry().name.into(),
    },
    Column {
        name: "field",
        kind: Kind::Text,
        about: ("id of the figure it is about; empty if it is about none", "所涉数据的标识；不涉及则为空"),
        get: |row| row.finding.field.as_ref().map_or(Cow::Borrowed(""), |field| field.as_str().to_owned().into()),
    },
    Column {
        name: "message",
        kind: Kind::Text,
        about: (
            "the whole sentence with table, row and column as printed, in the language of `--lang`",
            "完整说明，含表、行、列的印刷名称；语言由 `--lang` 决定",
        ),
        get: |row| sentence(row.finding, row.lang).into(),
    },
    Column {
        name: "expected",
        kind: Kind::Text,
        about: ("what was expected", "应有的内容"),
        get: |row| row.finding.expected.as_deref().unwrap_or_default().into(),
    },
    Column {
        name: "found",
        kind: Kind::Text,
        about: (
            "what was found; for a file that could not be read, the name of the cause",
            "实际的内容；文件无法读取时为原因的名称",
        ),
        get: |row| row.finding.found.as_deref().unwrap_or_default().into(),
    },
    Column {
        name: "page",
        kind: Kind::Number,
        about: ("page, where the file states page breaks", "页码（文件载有分页信息时）"),
        get: |row| counted(row.finding.origin, |origin| origin.page),
    },
    Column {
        name: "table_index",
        kind: Kind::Number,
        about: (
            "number of the table in the document, from 1, nested ones included",
            "文档中第几个表，从 1 起，含嵌套表",
        ),
        get: |row| counted(row.finding.origin, |origin| origin.table),
    },
    Column {
        name: "row",
        kind: Kind::Number,
        about: ("row of that table, from 1", "该表的行号，从 1 起"),
        get: |row| counted(row.finding.origin, |origin| origin.row),
    },
    Column {
        name: "column",
        kind: Kind::Number,
        about: ("grid column of that table, from 1", "该表的网格列号，从 1 起"),
        get: |row| counted(row.finding.origin, |origin| origin.column),
    },
    Column {
        name: "line",
        kind: Kind::Number,
        about: (
            "paragraph of the body; in flattened text, the line of the file, from 1",
            "正文段落序号；纯文本为文件行号，从 1 起",
        ),
        get: |row| counted(row.finding.origin, |origin| origin.line),
    },
];

/// The sentence of a finding; one without a remedy ends without the space before it.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    let mut message = finding.message(lang);
    message.truncate(message.trim_end().len());
    message
}

fn write(out: &mut dyn Write, item: &Item<'_>, settings: &Settings) -> io::Result<()> {
    let mut rows = Rows::new(out, settings);
    let about_file = item.findings.iter().map(|finding| (None, finding));
    let about_reports =
        item.reports.iter().flat_map(|report| report.findings.iter().map(|finding| (Some(report.number), finding)));
    for (report, finding) in about_file.chain(about_reports) {
        let row = Row { source: item.source, report, finding, lang: settings.lang };
        for column in COLUMNS {
            rows.cell(column.kind, &(column.get)(&row))?;
        }
        rows.end_row()?;
    }
    rows.finish()
}
