//! `cells.csv`: one row a figure.

use std::io;

use super::rows::{write_head, write_rows};
use super::table::{Cell, Column, Each, Kind, Table, counted};
use super::{Exporter, Item, Settings};
use crate::report::{Alignment, Amount, Figure, Report, TableReport, Value};

/// The table.
pub(super) const TABLE: Table = Table {
    name: "cells",
    title: ("figures", "数据"),
    about: (
        "one row for each figure of the form, with its place in the document",
        "表样中每项数据一行，附其在文档中的位置",
    ),
    key: &["source", "report", "field"],
    columns: |_| COLUMNS.iter().map(Column::spec).collect(),
    rows,
};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "cells",
    file: "cells.csv",
    about: TABLE.about,
    columns: |settings| TABLE.described(settings),
    head: |out, settings| write_head(out, &TABLE, settings),
    write: |out, item, settings| write_rows(out, &TABLE, item, settings),
};

/// What settles a place, by the names of [`by_name`].
const BY: &[&str] = &["labels", "near_label", "order", "arithmetic"];

/// A figure and all that surrounds it.
struct Row<'a> {
    item: &'a Item<'a>,
    report: &'a Report,
    table: &'a TableReport,
    figure: &'a Figure,
    label: &'a str,
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
        name: "edition",
        kind: Kind::Text,
        title: ("edition", "版式"),
        needed: false,
        choices: &[],
        about: (
            "edition that the labels of the table show; empty if the table was not found",
            "由表格标签判定的版式；未找到该表则为空",
        ),
        get: |row| row.table.edition.as_deref().into(),
    },
    Column {
        name: "table",
        kind: Kind::Text,
        title: ("table", "表"),
        needed: true,
        choices: &[],
        about: ("id of the table", "表的标识"),
        get: |row| row.table.id.as_str().into(),
    },
    Column {
        name: "field",
        kind: Kind::Text,
        title: ("field", "字段"),
        needed: true,
        choices: &[],
        about: ("id of the figure, as in the codebook", "数据的标识（见编码手册）"),
        get: |row| row.figure.key.as_str().into(),
    },
    Column {
        name: "label",
        kind: Kind::Text,
        title: ("printed labels", "印刷标签"),
        needed: false,
        choices: &[],
        about: (
            "printed labels of its row, then of its column, outermost first, joined by ` / `",
            "表样中的行标签与列标签，由外到内，以 ` / ` 连接",
        ),
        get: |row| row.label.into(),
    },
    Column {
        name: "value",
        kind: Kind::Decimal,
        title: ("value", "数值"),
        needed: false,
        choices: &[],
        about: ("the number in plain digits; empty unless `state` is `number`", "数值；`state` 不是 `number` 时为空"),
        get: |row| row.figure.value.number().map(Amount).into(),
    },
    Column {
        name: "state",
        kind: Kind::Text,
        title: ("state", "状态"),
        needed: true,
        choices: &Value::STATES,
        about: (
            "`number`, `blank`, `not_applicable`, `unreadable`, `missing` or `ambiguous`",
            "状态：`number` 数值、`blank` 空白、`not_applicable` 不适用、`unreadable` 非数值、`missing` 无此单元格、`ambiguous` 位置不明",
        ),
        get: |row| row.figure.value.state().into(),
    },
    Column {
        name: "unit",
        kind: Kind::Text,
        title: ("unit", "单位"),
        needed: false,
        choices: &[],
        about: (
            "unit that the cell, its label or its header names, else that of the form; empty if none does",
            "单位：单元格、行列标签所载的，否则为表样的；均无则为空",
        ),
        get: |row| row.figure.unit.as_str().into(),
    },
    Column {
        name: "raw",
        kind: Kind::Text,
        title: ("text of the cell", "单元格原文"),
        needed: false,
        choices: &[],
        about: ("text of the cell as it stands, line breaks included", "单元格原文，含换行"),
        get: |row| row.figure.raw.as_deref().into(),
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
        get: |row| counted(row.figure.origin, |origin| origin.page),
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
        get: |row| counted(row.figure.origin, |origin| origin.table),
    },
    Column {
        name: "row",
        kind: Kind::Whole,
        title: ("row", "行"),
        needed: false,
        choices: &[],
        about: ("row of that table, from 1", "该表的行号，从 1 起"),
        get: |row| counted(row.figure.origin, |origin| origin.row),
    },
    Column {
        name: "column",
        kind: Kind::Whole,
        title: ("column", "列"),
        needed: false,
        choices: &[],
        about: (
            "grid column of that table, from 1; a cell over three columns counts as three",
            "该表的网格列号，从 1 起；跨三列的单元格计为三列",
        ),
        get: |row| counted(row.figure.origin, |origin| origin.column),
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
        get: |row| counted(row.figure.origin, |origin| origin.line),
    },
    Column {
        name: "by",
        kind: Kind::Text,
        title: ("placed by", "归位依据"),
        needed: false,
        choices: BY,
        about: (
            "what settled its place: `labels`, `near_label`, `order` or `arithmetic`; empty if nothing did",
            "归位依据：`labels` 标签、`near_label` 相近标签、`order` 印刷顺序、`arithmetic` 运算；无则为空",
        ),
        get: |row| row.figure.by.map(by_name).into(),
    },
];

/// The name that serde writes too; a test compares them.
fn by_name(by: Alignment) -> &'static str {
    match by {
        Alignment::Labels => "labels",
        Alignment::NearLabel => "near_label",
        Alignment::Order => "order",
        Alignment::Arithmetic => "arithmetic",
    }
}

fn rows(item: &Item<'_>, settings: &Settings, each: &mut Each<'_>) -> io::Result<()> {
    let mut cells = Vec::with_capacity(COLUMNS.len());
    for report in item.reports {
        for table in &report.tables {
            for figure in &table.figures {
                let label = settings.label(&table.form, &figure.key);
                let row = Row { item, report, table, figure, label };
                cells.clear();
                cells.extend(COLUMNS.iter().map(|column| (column.get)(&row)));
                each(&cells)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_settled_a_place_has_one_name_in_csv_and_json() {
        let all = [Alignment::Labels, Alignment::NearLabel, Alignment::Order, Alignment::Arithmetic];
        for by in all {
            assert_eq!(serde_json::to_value(by).expect("a string"), by_name(by));
        }
        assert_eq!(all.map(by_name), BY);
    }
}
