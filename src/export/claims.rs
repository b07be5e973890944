//! `claims.csv`: one row a number that the prose states.

use std::io;

use super::rows::{write_head, write_rows};
use super::table::{Cell, Column, Each, Kind, Table, counted};
use super::{Exporter, Item, Settings};
use crate::finding::Lang;
use crate::report::{Claim, Report, Verdict};

/// The table.
pub(super) const TABLE: Table = Table {
    name: "claims",
    title: ("claims", "正文数字"),
    about: (
        "one row for each number that the prose states, with what it is read as and whether the tables agree",
        "正文所述的每个数字一行，附其含义及是否与表格一致",
    ),
    key: &[],
    columns: |_| COLUMNS.iter().map(Column::spec).collect(),
    rows,
};

/// The exporter's entry in the list.
pub(super) const EXPORTER: Exporter = Exporter {
    name: "claims",
    file: "claims.csv",
    about: TABLE.about,
    columns: |settings| TABLE.described(settings),
    head: |out, settings| write_head(out, &TABLE, settings),
    write: |out, item, settings| write_rows(out, &TABLE, item, settings),
};

struct Row<'a> {
    item: &'a Item<'a>,
    report: &'a Report,
    claim: &'a Claim,
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
        get: |row| row.item.source.into(),
    },
    Column {
        name: "report",
        kind: Kind::Whole,
        title: ("report number", "报告序号"),
        needed: true,
        choices: &[],
        about: ("number of the report within the file, from 1", "报告在文件中的序号，从 1 起"),
        get: |row| Some(row.report.number).into(),
    },
    Column {
        name: "organ",
        kind: Kind::Text,
        title: ("organ", "机关"),
        needed: false,
        choices: &[],
        about: ("name of the organ as printed; empty if it is not named", "机关名称（照原文）；未载明则为空"),
        get: |row| row.report.organ.as_ref().map_or(Cell::Nothing, |organ| organ.name.as_str().into()),
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
        name: "section",
        kind: Kind::Text,
        title: ("section", "部分"),
        needed: false,
        choices: &[],
        about: (
            "id of the section in which it stands; empty if it is none of the form's",
            "所在部分的标识；不属表样各部分则为空",
        ),
        get: |row| row.claim.section.as_deref().map_or(Cell::Nothing, Cell::from),
    },
    Column {
        name: "quantity",
        kind: Kind::Text,
        title: ("quantity", "含义标识"),
        needed: true,
        choices: &[],
        about: ("what the number is read as", "数字的含义（标识）"),
        get: |row| row.claim.quantity.name().into(),
    },
    Column {
        name: "meaning",
        kind: Kind::Text,
        title: ("meaning", "含义"),
        needed: true,
        choices: &[],
        about: ("the same in words, in the language of `--lang`", "数字的含义（文字）；语言由 `--lang` 决定"),
        get: |row| match row.lang {
            Lang::En => row.claim.quantity.about().0.into(),
            Lang::Zh => row.claim.quantity.about().1.into(),
        },
    },
    Column {
        name: "number",
        kind: Kind::Decimal,
        title: ("number", "数值"),
        needed: true,
        choices: &[],
        about: ("the number in plain digits", "数值"),
        get: |row| Cell::Decimal(row.claim.number),
    },
    Column {
        name: "unit",
        kind: Kind::Text,
        title: ("unit", "单位"),
        needed: true,
        choices: &[],
        about: (
            "its unit as written; `%` for a share of the number before it",
            "单位（照原文）；`%` 表示占前一数字的比例",
        ),
        get: |row| row.claim.unit.as_str().into(),
    },
    Column {
        name: "verdict",
        kind: Kind::Text,
        title: ("verdict", "比较结果"),
        needed: true,
        choices: &Verdict::NAMES,
        about: (
            "`agrees`, `disagrees`, `approximate` (rounded, so not compared) or `unchecked` (nothing to compare with)",
            "`agrees` 与表格一致、`disagrees` 不一致、`approximate` 约数不比较、`unchecked` 无可比较",
        ),
        get: |row| row.claim.verdict.name().into(),
    },
    Column {
        name: "table_number",
        kind: Kind::Decimal,
        title: ("number of the tables", "表格数值"),
        needed: false,
        choices: &[],
        about: (
            "what the tables have, in the unit of the form: by the reading that agrees, else by the plainest; empty if \
             nothing was compared",
            "表格中的数值（单位同表样）：取一致的读法，均不一致时取最直接的读法；未比较则为空",
        ),
        get: |row| row.claim.table_number.map_or(Cell::Nothing, Cell::Decimal),
    },
    Column {
        name: "table_fields",
        kind: Kind::Text,
        title: ("fields of the tables", "表格字段"),
        needed: false,
        choices: &[],
        about: (
            "ids of the fields that it is the sum of, `a+b-c`; empty for a share",
            "该数值由哪些字段加减而得（`a+b-c`）；比例则为空",
        ),
        get: |row| row.claim.table_fields.as_deref().map_or(Cell::Nothing, Cell::from),
    },
    Column {
        name: "text",
        kind: Kind::Text,
        title: ("words", "文字"),
        needed: true,
        choices: &[],
        about: ("the words that were read", "据以判断的文字"),
        get: |row| row.claim.text.as_str().into(),
    },
    Column {
        name: "sentence",
        kind: Kind::Text,
        title: ("sentence", "句子"),
        needed: true,
        choices: &[],
        about: ("the sentence in which it stands", "所在句子"),
        get: |row| row.claim.sentence.as_str().into(),
    },
    Column {
        name: "page",
        kind: Kind::Whole,
        title: ("page", "页"),
        needed: false,
        choices: &[],
        about: ("page, where the file states page breaks", "页码（文件载有分页信息时）"),
        get: |row| counted(Some(row.claim.origin), |origin| origin.page),
    },
    Column {
        name: "line",
        kind: Kind::Whole,
        title: ("line", "段（行）"),
        needed: false,
        choices: &[],
        about: (
            "paragraph of the body; in flattened text, the line of the file, from 1",
            "正文段落序号；纯文本为文件行号，从 1 起",
        ),
        get: |row| counted(Some(row.claim.origin), |origin| origin.line),
    },
];

fn rows(item: &Item<'_>, settings: &Settings, each: &mut Each<'_>) -> io::Result<()> {
    let mut cells = Vec::with_capacity(COLUMNS.len());
    for report in item.reports {
        for claim in &report.claims {
            let row = Row { item, report, claim, lang: settings.lang };
            cells.clear();
            cells.extend(COLUMNS.iter().map(|column| (column.get)(&row)));
            each(&cells)?;
        }
    }
    Ok(())
}
