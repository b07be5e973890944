//! `reports.csv`: one row a report, one column a field.

use std::io;

use super::rows::{write_head, write_rows};
use super::table::{Cell, Column, Each, Kind, Spec, Table, weights};
use super::{Exporter, Item, Settings};
use crate::finding::Severity;
use crate::report::{Contact, Level, Report, Status, Unit};

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
        name: "level",
        kind: Kind::Text,
        title: ("level", "机关类别"),
        needed: false,
        choices: &Level::NAMES,
        about: (
            "what kind of organ it is: `ministry`, `province`, `prefecture`, `county`, `township`, `department`, `office`, `vertical`; empty where its name does not prove it",
            "机关类别：`ministry` 部委、`province` 省级、`prefecture` 地级、`county` 县级、`township` 乡级、`department` 部门、`office` 办公厅（室）、`vertical` 垂直管理；名称不足以判定时为空",
        ),
        get: |row| row.report.level.map(Level::name).into(),
    },
    Column {
        name: "place_code",
        kind: Kind::Text,
        title: ("division code", "区划代码"),
        needed: false,
        choices: &[],
        about: (
            "six-digit code of the division that the organ belongs to (a government: its own), in the table of `place_year`; empty if it is not known",
            "机关所属（政府为其本身）行政区划的六位代码，以 `place_year` 的区划表为准；不明则为空",
        ),
        get: |row| unit(row).map(|unit| unit.code.as_str()).into(),
    },
    Column {
        name: "place_name",
        kind: Kind::Text,
        title: ("division", "行政区划"),
        needed: false,
        choices: &[],
        about: ("its name, with those above it", "该行政区划的名称，含上级"),
        get: |row| unit(row).map(|unit| unit.name.as_str()).into(),
    },
    Column {
        name: "place_year",
        kind: Kind::Whole,
        title: ("year of the divisions", "区划表年度"),
        needed: false,
        choices: &[],
        about: ("year of the table of divisions that was used", "所用区划表的年度"),
        get: |row| row.report.place.as_ref().map(|place| place.year).into(),
    },
    Column {
        name: "place_by",
        kind: Kind::Text,
        title: ("division by", "区划依据"),
        needed: false,
        choices: &[],
        about: (
            "what settled the division, or left it open: title, body, page_title, file_name, path, index_number, address, option",
            "判定行政区划的依据：title 标题、body 正文、page_title 网页自身的标题、file_name 文件名、path 路径、index_number 索引号、address 联系地址、option 命令选项",
        ),
        get: |row| row.report.place.as_ref().map(|place| place.by.as_str()).into(),
    },
    Column {
        name: "place_candidates",
        kind: Kind::Text,
        title: ("possible divisions", "可能的行政区划"),
        needed: false,
        choices: &[],
        about: (
            "codes and names of all divisions that are possible, where several are, with `; ` between them",
            "有多种可能时，各行政区划的代码与名称，以 `; ` 分隔",
        ),
        get: |row| candidates(row),
    },
    Column {
        name: "parent_code",
        kind: Kind::Text,
        title: ("code of the division above", "上级区划代码"),
        needed: false,
        choices: &[],
        about: (
            "code of the division above: of a government that which its own is part of, else that of the organ’s place",
            "上级行政区划的代码：政府为其上一级，其他机关为其所属",
        ),
        get: |row| row.report.parent.as_ref().map(|unit| unit.code.as_str()).into(),
    },
    Column {
        name: "parent_name",
        kind: Kind::Text,
        title: ("division above", "上级行政区划"),
        needed: false,
        choices: &[],
        about: ("its name, with those above it", "其名称，含上级"),
        get: |row| row.report.parent.as_ref().map(|unit| unit.name.as_str()).into(),
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
        name: "published",
        kind: Kind::Text,
        title: ("published", "发布日期"),
        needed: false,
        choices: &[],
        about: ("date of publication, `YYYY-MM-DD`, where it is stated", "发布日期（载明时），`YYYY-MM-DD`"),
        get: |row| row.report.published.as_ref().map(|published| published.date.as_str()).into(),
    },
    Column {
        name: "document_number",
        kind: Kind::Text,
        title: ("document number", "文号"),
        needed: false,
        choices: &[],
        about: ("document number as printed, where the report bears one", "文号（照原文）；没有则为空"),
        get: |row| row.report.document_number.as_ref().map(|number| number.text.as_str()).into(),
    },
    Column {
        name: "address",
        kind: Kind::Text,
        title: ("address", "地址"),
        needed: false,
        choices: &[],
        about: ("address for questions, where it is surely read", "联系地址（能确定读取时）"),
        get: |row| contact(row, |contact| contact.address.as_deref()),
    },
    Column {
        name: "postcode",
        kind: Kind::Text,
        title: ("postcode", "邮编"),
        needed: false,
        choices: &[],
        about: ("postcode, six digits, where it is surely read", "邮政编码，六位数字（能确定读取时）"),
        get: |row| contact(row, |contact| contact.postcode.as_deref()),
    },
    Column {
        name: "telephone",
        kind: Kind::Text,
        title: ("telephone", "电话"),
        needed: false,
        choices: &[],
        about: ("telephone number, where it is surely read", "联系电话（能确定读取时）"),
        get: |row| contact(row, |contact| contact.telephone.as_deref()),
    },
    Column {
        name: "email",
        kind: Kind::Text,
        title: ("e-mail", "电子邮箱"),
        needed: false,
        choices: &[],
        about: ("e-mail address, where it is surely read", "电子邮箱（能确定读取时）"),
        get: |row| contact(row, |contact| contact.email.as_deref()),
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

fn unit<'a>(row: &Row<'a>) -> Option<&'a Unit> {
    row.report.place.as_ref().and_then(|place| place.unit.as_ref())
}

fn candidates<'a>(row: &Row<'a>) -> Cell<'a> {
    let candidates = row.report.place.as_ref().map_or(&[][..], |place| &place.candidates);
    let texts: Vec<String> = candidates.iter().map(|unit| format!("{} {}", unit.code, unit.name)).collect();
    if texts.is_empty() { Cell::Nothing } else { texts.join("; ").into() }
}

fn contact<'a>(row: &Row<'a>, part: fn(&'a Contact) -> Option<&'a str>) -> Cell<'a> {
    row.report.contact.as_ref().and_then(part).into()
}

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
