//! `cells.csv`: one row a figure.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{Column, Kind, Rows, counted, described, optional, write_head};
use super::{Exporter, Item, Settings};
use crate::report::{Alignment, Figure, Report, TableReport, Value};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "cells",
    file: "cells.csv",
    about: (
        "one row for each figure of the form, with its place in the document",
        "表样中每项数据一行，附其在文档中的位置",
    ),
    columns: |_| described(COLUMNS),
    head: |out, settings| write_head(out, COLUMNS.iter().map(|column| column.name), settings),
    write,
};

/// A figure and all that surrounds it.
struct Row<'a> {
    item: &'a Item<'a>,
    report: &'a Report,
    table: &'a TableReport,
    figure: &'a Figure,
    label: &'a str,
}

type Get = for<'a> fn(&Row<'a>) -> Cow<'a, str>;

const COLUMNS: &[Column<Get>] = &[
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
        name: "edition",
        kind: Kind::Text,
        about: (
            "edition that the labels of the table show; empty if the table was not found",
            "由表格标签判定的版式；未找到该表则为空",
        ),
        get: |row| row.table.edition.as_deref().unwrap_or_default().into(),
    },
    Column {
        name: "table",
        kind: Kind::Text,
        about: ("id of the table", "表的标识"),
        get: |row| row.table.id.as_str().into(),
    },
    Column {
        name: "field",
        kind: Kind::Text,
        about: ("id of the figure, as in the codebook", "数据的标识（见编码手册）"),
        get: |row| row.figure.key.as_str().into(),
    },
    Column {
        name: "label",
        kind: Kind::Text,
        about: (
            "printed labels of its row, then of its column, outermost first, joined by ` / `",
            "表样中的行标签与列标签，由外到内，以 ` / ` 连接",
        ),
        get: |row| row.label.into(),
    },
    Column {
        name: "value",
        kind: Kind::Number,
        about: ("the number in plain digits; empty unless `state` is `number`", "数值；`state` 不是 `number` 时为空"),
        get: |row| plain(row.figure.value),
    },
    Column {
        name: "state",
        kind: Kind::Text,
        about: (
            "`number`, `blank`, `not_applicable`, `unreadable`, `missing` or `ambiguous`",
            "状态：`number` 数值、`blank` 空白、`not_applicable` 不适用、`unreadable` 非数值、`missing` 无此单元格、`ambiguous` 位置不明",
        ),
        get: |row| row.figure.value.state().into(),
    },
    Column {
        name: "unit",
        kind: Kind::Text,
        about: (
            "unit of the cell if it names one, else of the form; empty if neither does",
            "单位：单元格自带的，否则为表样的；均无则为空",
        ),
        get: |row| row.figure.unit.as_str().into(),
    },
    Column {
        name: "raw",
        kind: Kind::Text,
        about: ("text of the cell as it stands, line breaks included", "单元格原文，含换行"),
        get: |row| row.figure.raw.as_deref().unwrap_or_default().into(),
    },
    Column {
        name: "page",
        kind: Kind::Number,
        about: (
            "page, where the file states page breaks; in a workbook, the sheet, counted without hidden ones",
            "页码（文件载有分页信息时）；工作簿为第几个工作表（不计隐藏的）",
        ),
        get: |row| counted(row.figure.origin, |origin| origin.page),
    },
    Column {
        name: "table_index",
        kind: Kind::Number,
        about: (
            "number of the table in the document, from 1, nested ones included",
            "文档中第几个表，从 1 起，含嵌套表",
        ),
        get: |row| counted(row.figure.origin, |origin| origin.table),
    },
    Column {
        name: "row",
        kind: Kind::Number,
        about: ("row of that table, from 1", "该表的行号，从 1 起"),
        get: |row| counted(row.figure.origin, |origin| origin.row),
    },
    Column {
        name: "column",
        kind: Kind::Number,
        about: (
            "grid column of that table, from 1; a cell over three columns counts as three",
            "该表的网格列号，从 1 起；跨三列的单元格计为三列",
        ),
        get: |row| counted(row.figure.origin, |origin| origin.column),
    },
    Column {
        name: "line",
        kind: Kind::Number,
        about: (
            "paragraph of the body; in flattened text, the line of the file, in a workbook, the row of the sheet, from 1",
            "正文段落序号；纯文本为文件行号，工作簿为工作表的行号，从 1 起",
        ),
        get: |row| counted(row.figure.origin, |origin| origin.line),
    },
    Column {
        name: "by",
        kind: Kind::Text,
        about: (
            "what settled its place: `labels`, `near_label`, `order` or `arithmetic`; empty if nothing did",
            "归位依据：`labels` 标签、`near_label` 相近标签、`order` 印刷顺序、`arithmetic` 运算；无则为空",
        ),
        get: |row| row.figure.by.map_or("", by_name).into(),
    },
];

/// The digits, or nothing.
pub(super) fn plain<'a>(value: Value) -> Cow<'a, str> {
    if let Value::Number(amount) = value { Cow::Owned(amount.to_string()) } else { Cow::Borrowed("") }
}

/// The name that serde writes too; a test compares them.
fn by_name(by: Alignment) -> &'static str {
    match by {
        Alignment::Labels => "labels",
        Alignment::NearLabel => "near_label",
        Alignment::Order => "order",
        Alignment::Arithmetic => "arithmetic",
    }
}

fn write(out: &mut dyn Write, item: &Item<'_>, settings: &Settings) -> io::Result<()> {
    let mut rows = Rows::new(out, settings);
    for report in item.reports {
        for table in &report.tables {
            for figure in &table.figures {
                let label = settings.label(&table.form, &figure.key);
                let row = Row { item, report, table, figure, label };
                for column in COLUMNS {
                    rows.cell(column.kind, &(column.get)(&row))?;
                }
                rows.end_row()?;
            }
        }
    }
    rows.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_settled_a_place_has_one_name_in_csv_and_json() {
        for by in [Alignment::Labels, Alignment::NearLabel, Alignment::Order, Alignment::Arithmetic] {
            assert_eq!(serde_json::to_value(by).expect("a string"), by_name(by));
        }
    }
}
