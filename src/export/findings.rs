//! `findings.csv`: one row a finding, those about a whole file included.

use std::io;

use super::rows::{write_head, write_rows};
use super::table::{Cell, Column, Each, Kind, Table, counted};
use super::{Exporter, Item, Settings};
use crate::finding::{Finding, Grade, Lang, Severity, Waived};

/// The table.
pub(super) const TABLE: Table = Table {
    name: "findings",
    title: ("findings", "检查结果"),
    about: (
        "one row for each thing that does not add up, is doubtful, or could not be read",
        "每处不相符、存疑或无法读取的情况一行",
    ),
    key: &[],
    columns: |_| COLUMNS.iter().map(Column::spec).collect(),
    rows,
};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "findings",
    file: "findings.csv",
    about: TABLE.about,
    columns: |settings| TABLE.described(settings),
    head: |out, settings| write_head(out, &TABLE, settings),
    write: |out, item, settings| write_rows(out, &TABLE, item, settings),
};

struct Row<'a> {
    source: &'a str,
    /// The report it is about; `None` for the file as a whole.
    report: Option<u32>,
    finding: &'a Finding,
    lang: Lang,
}

type Get = for<'a> fn(&Row<'a>) -> Cell<'a>;

const COLUMNS: &[Column<Get>] = &[
    Column {
        name: "source",
        kind: Kind::Text,
        title: ("source file", "来源文件"),
        needed: true,
        choices: &[],
        about: ("file, relative to the input as given, with `/` separators", "文件，相对于所给输入的路径，以 `/` 分隔"),
        get: |row| row.source.into(),
    },
    Column {
        name: "report",
        kind: Kind::Whole,
        title: ("report number", "报告序号"),
        needed: false,
        choices: &[],
        about: (
            "number of the report within the file, from 1; empty if it is about the file as a whole",
            "报告在文件中的序号，从 1 起；关于整个文件的则为空",
        ),
        get: |row| row.report.into(),
    },
    Column {
        name: "severity",
        kind: Kind::Text,
        title: ("severity", "严重程度"),
        needed: true,
        choices: &Severity::NAMES,
        about: ("`error`, `warning`, `note` or `hint`", "`error` 错误、`warning` 警告、`note` 提示、`hint` 线索"),
        get: |row| row.finding.severity.name().into(),
    },
    Column {
        name: "grade",
        kind: Kind::Text,
        title: ("grade", "审核性质"),
        needed: true,
        choices: &Grade::NAMES,
        about: (
            "`mandatory`: to be mended; `confirm`: to be explained or confirmed",
            "`mandatory` 强制性，必须更正；`confirm` 核实性，须说明或确认",
        ),
        get: |row| row.finding.grade().name().into(),
    },
    Column {
        name: "code",
        kind: Kind::Text,
        title: ("code", "类别"),
        needed: true,
        choices: &[],
        about: (
            "what kind of finding it is; `gongkai explain CODE` says more",
            "类别；`gongkai explain CODE` 给出说明",
        ),
        get: |row| row.finding.code.entry().name.into(),
    },
    Column {
        name: "field",
        kind: Kind::Text,
        title: ("field", "字段"),
        needed: false,
        choices: &[],
        about: ("id of the figure it is about; empty if it is about none", "所涉数据的标识；不涉及则为空"),
        get: |row| row.finding.field.as_ref().map(|field| field.as_str()).into(),
    },
    Column {
        name: "message",
        kind: Kind::Text,
        title: ("message", "说明"),
        needed: true,
        choices: &[],
        about: (
            "the whole sentence with table, row and column as printed, in the language of `--lang`",
            "完整说明，含表、行、列的印刷名称；语言由 `--lang` 决定",
        ),
        get: |row| sentence(row.finding, row.lang).into(),
    },
    Column {
        name: "expected",
        kind: Kind::Text,
        title: ("expected", "应有"),
        needed: false,
        choices: &[],
        about: ("what was expected", "应有的内容"),
        get: |row| row.finding.expected.as_deref().into(),
    },
    Column {
        name: "found",
        kind: Kind::Text,
        title: ("found", "实有"),
        needed: false,
        choices: &[],
        about: (
            "what was found; for a file that could not be read, the name of the cause",
            "实际的内容；文件无法读取时为原因的名称",
        ),
        get: |row| row.finding.found.as_deref().into(),
    },
    Column {
        name: "page",
        kind: Kind::Whole,
        title: ("page", "页"),
        needed: false,
        choices: &[],
        about: (
            "page, where the file states page breaks; in a workbook, the sheet, counted without hidden ones",
            "页码（文件载有分页信息时）；工作簿为第几个工作表（不计隐藏的）",
        ),
        get: |row| counted(row.finding.origin, |origin| origin.page),
    },
    Column {
        name: "table_index",
        kind: Kind::Whole,
        title: ("table number", "表序号"),
        needed: false,
        choices: &[],
        about: (
            "number of the table in the document, from 1, nested ones included",
            "文档中第几个表，从 1 起，含嵌套表",
        ),
        get: |row| counted(row.finding.origin, |origin| origin.table),
    },
    Column {
        name: "row",
        kind: Kind::Whole,
        title: ("row", "行"),
        needed: false,
        choices: &[],
        about: ("row of that table, from 1", "该表的行号，从 1 起"),
        get: |row| counted(row.finding.origin, |origin| origin.row),
    },
    Column {
        name: "column",
        kind: Kind::Whole,
        title: ("column", "列"),
        needed: false,
        choices: &[],
        about: ("grid column of that table, from 1", "该表的网格列号，从 1 起"),
        get: |row| counted(row.finding.origin, |origin| origin.column),
    },
    Column {
        name: "line",
        kind: Kind::Whole,
        title: ("line", "段（行）"),
        needed: false,
        choices: &[],
        about: (
            "paragraph of the body; in flattened text, the line of the file, in a workbook, the row of the sheet, from 1",
            "正文段落序号；纯文本为文件行号，工作簿为工作表的行号，从 1 起",
        ),
        get: |row| counted(row.finding.origin, |origin| origin.line),
    },
    Column {
        name: "waived_reason",
        kind: Kind::Text,
        title: ("waived because", "核实说明"),
        needed: false,
        choices: &[],
        about: ("why somebody answers for it; empty if nobody does", "核实说明；未作说明则为空"),
        get: |row| waived(row, |waived| Some(&waived.reason)),
    },
    Column {
        name: "waived_date",
        kind: Kind::Text,
        title: ("waived on", "核实日期"),
        needed: false,
        choices: &[],
        about: ("since when, `YYYY-MM-DD`", "核实的日期，`YYYY-MM-DD`"),
        get: |row| waived(row, |waived| Some(&waived.date)),
    },
    Column {
        name: "waived_by",
        kind: Kind::Text,
        title: ("waived by", "核实人"),
        needed: false,
        choices: &[],
        about: ("who answers for it, where the waiver says so", "核实人（说明中载明时）"),
        get: |row| waived(row, |waived| waived.by.as_ref()),
    },
];

fn waived<'a>(row: &Row<'a>, get: fn(&Waived) -> Option<&String>) -> Cell<'a> {
    row.finding.waived.as_ref().and_then(get).map(String::as_str).into()
}

/// The sentence of a finding; one without a remedy ends without the space before it.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    let mut message = finding.message(lang);
    message.truncate(message.trim_end().len());
    message
}

fn rows(item: &Item<'_>, settings: &Settings, each: &mut Each<'_>) -> io::Result<()> {
    let about_file = item.findings.iter().map(|finding| (None, finding));
    let about_reports =
        item.reports.iter().flat_map(|report| report.findings.iter().map(|finding| (Some(report.number), finding)));
    let mut cells = Vec::with_capacity(COLUMNS.len());
    for (report, finding) in about_file.chain(about_reports) {
        let row = Row { source: item.source, report, finding, lang: settings.lang };
        cells.clear();
        cells.extend(COLUMNS.iter().map(|column| (column.get)(&row)));
        each(&cells)?;
    }
    Ok(())
}
