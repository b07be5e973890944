//! The three tables of a panel: a line for each organ and year, organs by years, findings.

use std::collections::HashMap;

use super::super::words::visible;
use crate::export::{Entry as Shown, FieldColumn, Heading, Listing, Settings, Tone};
use crate::finding::{Finding, Lang, Severity};
use crate::panel::{Cell, Entry, Panel, Said, State};
use crate::report::{Amount, Level, Value};
use crate::template::Key;

/// The figures that `--figures key` means: the totals that say most.
const KEY_FIGURES: &[&str] = &[
    "proactive.rules.in_force",
    "proactive.normative_documents.issued",
    "proactive.normative_documents.repealed",
    "proactive.normative_documents.in_force",
    "proactive.normative_documents.made",
    "proactive.normative_documents.total",
    "proactive.licensing.decisions",
    "proactive.penalties.decisions",
    "proactive.compulsion.decisions",
    "proactive.fees.amount",
    "applications.new_received.total",
    "applications.carried_in.total",
    "applications.granted.total",
    "applications.partially_granted.total",
    "applications.outcomes_total.total",
    "applications.carried_out.total",
    "review_litigation.review.total",
    "review_litigation.litigation_direct.total",
    "review_litigation.litigation_after_review.total",
    "statistics.disclosed.value",
    "statistics.received.value",
    "statistics.replied.value",
    "statistics.review.value",
    "statistics.litigation.value",
];

/// The columns of figures that are asked for, in the order of the forms; or the name that is none.
pub(super) fn columns(asked: &str, settings: &Settings) -> Result<Vec<FieldColumn>, String> {
    let named = |field: &FieldColumn, name: &str| field.key.as_str() == name || field.code == name;
    let names: Vec<&str> = match asked {
        "all" => return Ok(settings.fields().to_vec()),
        "key" => KEY_FIGURES.to_vec(),
        names => names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
    };
    let known = |name: &str| settings.fields().iter().any(|field| named(field, name));
    // A form of one's own need not have the totals of the shipped ones.
    if let Some(unknown) = names.iter().find(|name| asked != "key" && !known(name)) {
        return Err((*unknown).to_owned());
    }
    let wanted = settings.fields().iter().filter(|field| names.iter().any(|name| named(field, name)));
    Ok(wanted.cloned().collect())
}

fn heading(name: &str, kind: &'static str, title: (&str, &str), about: (&str, &str), width: u16) -> Heading {
    Heading::new(name, kind, title, about, width)
}

/// A column: name, type, title, what it holds, width in characters.
type Fixed = (&'static str, &'static str, (&'static str, &'static str), (&'static str, &'static str), u16);

/// The columns of panel.csv before the figures; [`row`] gives their cells in this order.
const ABOUT: &[Fixed] = &[
    (
        "organ",
        "text",
        ("organ", "机关"),
        (
            "name of the organ, as its last report prints it or as the list of organs has it; its place follows in brackets where several have the name",
            "机关名称：照最近一份报告，或照机关名单；有同名机关时括注所在地",
        ),
        30,
    ),
    ("year", "number", ("year", "年度"), ("year", "年度"), 8),
    (
        "state",
        "text",
        ("state", "状态"),
        (
            "`ok`, `findings` (a report with warnings or errors, its own or across reports), `missing`, `scanned`, `unreadable`",
            "`ok` 正常、`findings` 有问题（报告内部或报告之间有警告或错误）、`missing` 缺失、`scanned` 扫描件、`unreadable` 无法读取",
        ),
        12,
    ),
    (
        "place",
        "text",
        ("place", "区划代码"),
        (
            "six-digit code of the division that the organ belongs to, as `place_code` in `reports.csv`; empty if it is not settled, or there is no report",
            "机关所属行政区划的六位代码，同 `reports.csv` 的 `place_code`；不明或没有报告则为空",
        ),
        9,
    ),
    (
        "level",
        "text",
        ("level", "机关类别"),
        ("what kind of organ it is, as in `reports.csv`", "机关类别，同 `reports.csv`"),
        12,
    ),
    (
        "status",
        "text",
        ("status", "文档类型"),
        ("what the document turned out to be, as in `reports.csv`", "文档类型，同 `reports.csv`"),
        12,
    ),
    (
        "editions",
        "text",
        ("editions", "版式"),
        ("editions of its tables, joined by `+`", "各表的版式，以 `+` 相连"),
        10,
    ),
    (
        "source",
        "text",
        ("source file", "来源文件"),
        (
            "file of the report, or the unreadable or scanned file that its name puts here",
            "报告所在文件；或文件名对应此处但无法读取的文件、扫描件",
        ),
        36,
    ),
    (
        "report",
        "number",
        ("report number", "报告序号"),
        ("number of the report within the file, from 1", "报告在文件中的序号，从 1 起"),
        8,
    ),
    (
        "own_errors",
        "number",
        ("errors within", "报告内错误"),
        ("findings of severity `error` within the report", "报告内部的错误数"),
        8,
    ),
    (
        "own_warnings",
        "number",
        ("warnings within", "报告内警告"),
        ("findings of severity `warning` within the report", "报告内部的警告数"),
        8,
    ),
    (
        "across_errors",
        "number",
        ("errors across", "报告间错误"),
        ("findings of severity `error` across reports", "报告之间的错误数"),
        8,
    ),
    (
        "across_warnings",
        "number",
        ("warnings across", "报告间警告"),
        ("findings of severity `warning` across reports", "报告之间的警告数"),
        8,
    ),
];

/// The columns of panel.csv before the figures.
pub(super) fn about() -> Vec<Heading> {
    ABOUT.iter().map(|&(name, kind, title, about, width)| heading(name, kind, title, about, width)).collect()
}

/// A line for each organ and year, of which there is a report or should be one.
pub(super) fn panel(panel: &Panel, settings: &Settings, columns: &[FieldColumn]) -> Listing {
    let mut headings = about();
    headings.extend(columns.iter().map(|field| {
        let about = (format!("figure `{}`", field.key), format!("数据 `{}`", field.key));
        let title = (&field.words[..], &field.printed[..]);
        heading(settings.header(field), "number", title, (&about.0, &about.1), 12)
    }));
    let mut rows = Vec::new();
    for line in &panel.lines {
        for (cell, year) in line.cells.iter().zip(&panel.years).filter(|(cell, _)| cell.state != State::None) {
            rows.push(row(panel, &line.organ, *year, cell, columns));
        }
    }
    Listing { name: "panel", title: ("panel", "汇编"), columns: headings, rows }
}

fn row(panel: &Panel, organ: &str, year: i32, cell: &Cell, columns: &[FieldColumn]) -> Vec<Shown> {
    let entry = cell.entry.map(|at| &panel.entries[at]);
    let count = |count: Option<u32>| count.map_or(Shown::Nothing, |count| Shown::Whole(count.into()));
    let own = |severity: Severity| count(entry.map(|entry| entry.own[severity as usize]));
    let across = |severity: Severity| count(Some(cell.across[severity as usize]));
    let source = entry.map(|entry| &*entry.source).or(cell.file.as_deref()).unwrap_or_default();
    let mut row = vec![
        Shown::text(organ),
        Shown::Whole(year.into()),
        state(cell.state),
        Shown::text(entry.and_then(|entry| entry.place.as_ref()).map_or("", |place| &*place.code)),
        Shown::text(entry.and_then(|entry| entry.level).map_or("", Level::name)),
        Shown::text(entry.map_or("", |entry| entry.status.name())),
        Shown::text(entry.map_or("", |entry| &*entry.editions)),
        Shown::text(source),
        count(entry.map(|entry| entry.number)),
        own(Severity::Error),
        own(Severity::Warning),
        across(Severity::Error),
        across(Severity::Warning),
    ];
    row.extend(figures(panel, entry, columns));
    row
}

/// The numbers; nothing where the report shows none.
fn figures(panel: &Panel, entry: Option<&Entry>, columns: &[FieldColumn]) -> Vec<Shown> {
    let values: HashMap<Key, Value> =
        entry.map(|entry| entry.values(panel.fields())).unwrap_or_default().into_iter().collect();
    let number = |field: &FieldColumn| values.get(&field.key).and_then(|value| value.number());
    columns.iter().map(|field| number(field).map_or(Shown::Nothing, |number| Shown::Number(Amount(number)))).collect()
}

fn state(state: State) -> Shown {
    match state {
        State::None => Shown::Nothing,
        State::Ok => Shown::State(state.name(), Tone::Good),
        State::Findings => Shown::State(state.name(), Tone::Doubtful),
        State::Missing | State::Scanned | State::Unreadable => Shown::State(state.name(), Tone::Bad),
    }
}

/// Organs by years.
pub(super) fn coverage(panel: &Panel) -> Listing {
    let about = ("name of the organ", "机关名称");
    let mut columns = vec![heading("organ", "text", ("organ", "机关"), about, 30)];
    columns.extend(panel.years.iter().map(|year| {
        let year = year.to_string();
        heading(&year, "text", (&year, &year), ("state of that year", "该年度的状态"), 11)
    }));
    let row = |line: &crate::panel::Line| -> Vec<Shown> {
        let states = line.cells.iter().map(|cell| state(cell.state));
        std::iter::once(Shown::text(&line.organ)).chain(states).collect()
    };
    Listing { name: "coverage", title: ("coverage", "覆盖"), columns, rows: panel.lines.iter().map(row).collect() }
}

/// The columns of findings.csv of extract.
pub(super) const FINDINGS: [&str; 17] = [
    "source",
    "report",
    "severity",
    "grade",
    "code",
    "field",
    "message",
    "expected",
    "found",
    "page",
    "table_index",
    "row",
    "column",
    "line",
    "waived_reason",
    "waived_date",
    "waived_by",
];

/// What is to be said across reports, and of files that could not be read.
pub(super) fn findings(panel: &Panel, lang: Lang) -> Listing {
    let failures = panel
        .failures
        .iter()
        .map(|failure| finding_row(&failure.source, None, (&failure.finding, &failure.message(lang))));
    let said = panel
        .said
        .iter()
        .map(|Said { source, number, finding, .. }| finding_row(source, *number, (finding, &finding.message(lang))));
    let columns = FINDINGS.iter().map(|name| {
        let (kind, width) = match *name {
            "message" => ("text", 80),
            "source" => ("text", 36),
            "report" | "page" | "table_index" | "row" | "column" | "line" => ("number", 8),
            _ => ("text", 18),
        };
        heading(
            name,
            kind,
            (name, chinese_title(name)),
            ("as in findings.csv of extract", "同 extract 的 `findings.csv`"),
            width,
        )
    });
    Listing {
        name: "findings",
        title: ("findings", "检查结果"),
        columns: columns.collect(),
        rows: failures.chain(said).collect(),
    }
}

fn chinese_title(name: &str) -> &'static str {
    match name {
        "source" => "来源文件",
        "report" => "报告序号",
        "severity" => "严重程度",
        "grade" => "审核性质",
        "code" => "类别",
        "field" => "字段",
        "message" => "说明",
        "expected" => "应有",
        "found" => "实有",
        "page" => "页",
        "table_index" => "表序号",
        "row" => "行",
        "column" => "列",
        "waived_reason" => "核实说明",
        "waived_date" => "核实日期",
        "waived_by" => "核实人",
        _ => "段（行）",
    }
}

fn finding_row(source: &str, number: Option<u32>, (finding, message): (&Finding, &str)) -> Vec<Shown> {
    let optional = |text: &Option<String>| Shown::text(text.as_deref().unwrap_or_default());
    let count = |part: Option<u32>| part.map_or(Shown::Nothing, |part| Shown::Whole(part.into()));
    let origin = finding.origin.unwrap_or_default();
    let waived = finding.waived.as_ref();
    vec![
        Shown::text(source),
        count(number),
        Shown::text(finding.severity.name()),
        Shown::text(finding.code.entry().grade.name()),
        Shown::text(finding.code.entry().name),
        Shown::text(finding.field.as_ref().map_or("", |field| field.as_str())),
        Shown::text(visible(message.trim_end())),
        optional(&finding.expected),
        optional(&finding.found),
        count(origin.page),
        count(origin.table),
        count(origin.row),
        count(origin.column),
        count(origin.line),
        Shown::text(waived.map_or("", |waived| &waived.reason)),
        Shown::text(waived.map_or("", |waived| &waived.date)),
        Shown::text(waived.and_then(|waived| waived.by.as_deref()).unwrap_or_default()),
    ]
}
