//! A report as the form prints it, in lines of a terminal: who and when, the tables, the findings.

use std::collections::HashMap;
use std::sync::Arc;

use anstyle::{AnsiColor, Effects, Style};

use super::drawing::{Align, Drawing, Drawn};
use super::words::{Ruler, visible};
use crate::document::Origin;
use crate::finding::{Finding, Lang, Severity};
use crate::render::{Content, Rows, Sheet, SheetCell};
use crate::report::{Figure, Report, Status, TableReport, Value};
use crate::template::{Form, Key};

/// How to show a report.
pub(crate) struct View<'a> {
    pub(crate) forms: &'a [Arc<Form>],
    pub(crate) lang: Lang,
    /// Columns of the terminal.
    pub(crate) width: usize,
    pub(crate) ruler: Ruler,
}

/// The colour of a weight.
pub(crate) fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().effects(Effects::BOLD),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Note => AnsiColor::Cyan.on_default(),
        Severity::Hint => AnsiColor::Green.on_default(),
    }
}

/// What a finding begins with: `error[row_total] (mandatory)`.
pub(crate) fn finding_head(finding: &Finding, lang: Lang) -> String {
    let (severity, code) = (finding.severity.word(lang), finding.code.entry().name);
    let grade = finding.grade().word(lang);
    match lang {
        Lang::En => format!("{severity}[{code}] ({grade})"),
        Lang::Zh => format!("{severity}[{code}]（{grade}）"),
    }
}

/// The name of a status in words.
pub(crate) fn status_name(status: Status, lang: Lang) -> &'static str {
    let (en, zh) = match status {
        Status::Complete => ("complete", "完整"),
        Status::Incomplete => ("incomplete: a table was not found", "不完整：缺少表格"),
        Status::Narrative => ("narrative: no table of any form", "叙述式：没有表格"),
        Status::Pictures => ("its tables are pictures", "表格是图片"),
        Status::ValuesLost => ("its values were lost before", "数值此前已丢失"),
        Status::BlankForm => ("a blank form", "空白表样"),
        Status::Comparison => ("a comparison of two years", "两个年度的对照"),
    };
    lang.pick(en, zh)
}

/// A place in the file in words, counted from 1; nothing if nothing is known.
pub(crate) fn origin_text(origin: Origin, lang: Lang) -> Option<String> {
    let parts = [
        (origin.page, "page", "页"),
        (origin.table, "table", "个表"),
        (origin.row, "row", "行"),
        (origin.column, "column", "列"),
        (origin.line, "line", "段（行）"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter_map(|&(number, en, zh)| {
            let number = number?;
            Some(if lang == Lang::En { format!("{en} {number}") } else { format!("第{number}{zh}") })
        })
        .collect();
    (!words.is_empty()).then(|| words.join(lang.pick(", ", "，")))
}

/// What a figure's mark says of it; the legend lists those that were used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Fails,
    Doubtful,
    Missing,
    Ambiguous,
    Unreadable,
}

impl Mark {
    fn legend(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Mark::Fails => ("[5] breaks a rule", "[5] 违反规则"),
            Mark::Doubtful => ("5! has a warning", "5! 有警告"),
            Mark::Missing => ("·miss the document has no such cell", "·缺 文档没有该单元格"),
            Mark::Ambiguous => ("? a number may belong here, nothing proves it", "? 可能有数值，但无法证实"),
            Mark::Unreadable => ("«…» text that is no number", "«…» 不是数值的文字"),
        };
        lang.pick(en, zh)
    }

    fn style(self) -> Style {
        match self {
            Mark::Fails => colour(Severity::Error),
            Mark::Doubtful => colour(Severity::Warning),
            Mark::Missing => Style::new().dimmed(),
            Mark::Ambiguous | Mark::Unreadable => AnsiColor::Magenta.on_default(),
        }
    }
}

impl View<'_> {
    /// The whole report, each line ended by a line break.
    pub(crate) fn report(&self, report: &Report) -> String {
        let mut lines = self.head(report);
        let weights = weights(&report.findings);
        let mut marks = Vec::new();
        for table in &report.tables {
            lines.push(String::new());
            lines.extend(self.table(table, &weights, &mut marks));
        }
        marks.sort_unstable();
        marks.dedup();
        if !marks.is_empty() {
            let legend: Vec<&str> = marks.iter().map(|mark| mark.legend(self.lang)).collect();
            lines.extend(self.ruler.wrap(&legend.join(self.lang.pick("; ", "；")), self.width));
        }
        if !report.findings.is_empty() {
            lines.push(String::new());
            lines.push(format!("{}{}", self.lang.pick("Findings", "检查结果"), self.lang.pick(":", "：")));
            lines.extend(self.findings(&report.findings));
        }
        lines.join("\n") + "\n"
    }

    /// Title, organ, year, editions, status.
    fn head(&self, report: &Report) -> Vec<String> {
        let title = report.title.as_ref().map_or(self.lang.pick("(no title)", "（无标题）"), |title| &title.text);
        let bold = Style::new().bold();
        let title = self.ruler.wrap(&visible(title).replace('\n', ""), self.width).join("\n");
        let unknown = || self.lang.pick("unknown", "不详").to_owned();
        let organ = report.organ.as_ref().map_or_else(unknown, |organ| match &organ.inferred {
            Some(inferred) => format!("{}[{inferred}]", organ.name),
            None => organ.name.clone(),
        });
        let year = report.year.map_or_else(unknown, |year| year.to_string());
        let mut pairs = vec![
            (self.lang.pick("organ", "机关"), visible(&organ)),
            (self.lang.pick("year", "年度"), year),
            (self.lang.pick("edition", "版式"), editions(report).unwrap_or_else(unknown)),
            (self.lang.pick("status", "状态"), status_name(report.status, self.lang).to_owned()),
        ];
        if let Some((from, to)) = &report.period {
            pairs.insert(2, (self.lang.pick("period", "统计期限"), visible(&format!("{from} – {to}"))));
        }
        if let Some(place) = place(report) {
            pairs.insert(1, (self.lang.pick("place", "地区"), visible(&place)));
        }
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}{}{value}", self.lang.pick(": ", "："))).collect();
        let mut lines = vec![format!("{bold}{title}{bold:#}")];
        lines.extend(self.ruler.wrap(&pairs.join(self.lang.pick("; ", "；")), self.width));
        lines
    }

    fn table(&self, table: &TableReport, weights: &HashMap<&Key, Severity>, marks: &mut Vec<Mark>) -> Vec<String> {
        let Some(form) = self.forms.iter().find(|form| form.edition == table.form) else {
            let why = self.lang.pick("its edition is not known, so it cannot be drawn", "版式未知，无法绘制");
            return vec![format!("{}: {why} ({})", visible(&table.id), visible(&table.form))];
        };
        let title = form.table(&table.id).map_or(table.id.as_str(), |(_, def)| &def.title);
        let mut lines = self.ruler.wrap(&self.table_head(title, table), self.width);
        if table.figures.iter().all(|figure| figure.value == Value::Missing) {
            let count = table.figures.len();
            lines.extend(self.ruler.wrap(
                &match self.lang {
                    Lang::En => format!("  not found: its {count} figures are missing, not 0"),
                    Lang::Zh => format!("  没有找到该表：{count}项数据为缺失，不是 0"),
                },
                self.width,
            ));
        } else if let Some(sheet) = Sheet::of(form, table, Rows::All) {
            lines.extend(self.sheet(&sheet, weights, marks));
        }
        lines
    }

    fn table_head(&self, title: &str, table: &TableReport) -> String {
        let Some(edition) = &table.edition else { return title.to_owned() };
        let mut place = match self.lang {
            Lang::En => format!("edition {edition}"),
            Lang::Zh => format!("{edition}版"),
        };
        // Where a table begins is told by its number, or by a line where it has none.
        let begins = |origin: Origin| Origin {
            row: None,
            column: None,
            line: origin.line.filter(|_| origin.table.is_none()),
            ..origin
        };
        if let Some(origin) = table.origin.and_then(|origin| origin_text(begins(origin), self.lang)) {
            place += self.lang.pick(", ", "，");
            place += &origin;
        }
        if self.lang == Lang::En { format!("{title} ({place})") } else { format!("{title}（{place}）") }
    }

    fn sheet(&self, sheet: &Sheet, weights: &HashMap<&Key, Severity>, marks: &mut Vec<Mark>) -> Vec<String> {
        let cells = sheet.cells.iter().map(|cell| self.cell(cell, weights, marks)).collect();
        let (rows, columns, label_columns) = (sheet.rows, sheet.columns, sheet.label_columns);
        Drawing { rows, columns, label_columns, cells, ruler: self.ruler }.lines(self.width)
    }

    fn cell(&self, cell: &SheetCell, weights: &HashMap<&Key, Severity>, marks: &mut Vec<Mark>) -> Drawn {
        let (text, align, mark) = match &cell.content {
            Content::Heading(label) => ((*label).to_owned(), Align::Centre, None),
            Content::Label(label) => ((*label).to_owned(), Align::Left, None),
            Content::Extra(text) => (visible(text).replace('\n', " "), Align::Right, None),
            Content::Figure(key, figure) => {
                let (text, mark) = self.figure(*figure, weights.get(key).copied());
                (text, Align::Right, mark)
            }
        };
        marks.extend(mark);
        // Text that is no number may be long: it is broken like a label.
        let whole = matches!(cell.content, Content::Figure(..)) && mark != Some(Mark::Unreadable);
        let style = mark.map_or_else(Style::new, Mark::style);
        Drawn { place: (cell.row, cell.column), extent: (cell.rows, cell.columns), text, align, style, whole }
    }

    fn figure(&self, figure: Option<&Figure>, weight: Option<Severity>) -> (String, Option<Mark>) {
        let Some(figure) = figure else { return (self.missing(), Some(Mark::Missing)) };
        let text = match figure.value {
            Value::Number(number) => number.to_string(),
            Value::Blank => String::new(),
            Value::NotApplicable => "/".to_owned(),
            Value::Missing => return (self.missing(), Some(Mark::Missing)),
            Value::Ambiguous => return ("?".to_owned(), Some(Mark::Ambiguous)),
            Value::Unreadable => {
                let raw = visible(figure.raw.as_deref().unwrap_or_default()).replace('\n', " ");
                return (format!("«{raw}»"), Some(Mark::Unreadable));
            }
        };
        match weight {
            Some(Severity::Error) => (format!("[{text}]"), Some(Mark::Fails)),
            Some(Severity::Warning) => (format!("{text}!"), Some(Mark::Doubtful)),
            Some(Severity::Note | Severity::Hint) | None => (text, None),
        }
    }

    fn missing(&self) -> String {
        self.lang.pick("·miss", "·缺").to_owned()
    }

    /// Findings, one below the other, the lines after the first indented.
    pub(crate) fn findings(&self, findings: &[Finding]) -> Vec<String> {
        findings.iter().flat_map(|finding| self.finding(finding)).collect()
    }

    fn finding(&self, finding: &Finding) -> Vec<String> {
        let style = colour(finding.severity);
        let head = finding_head(finding, self.lang);
        let mut message = visible(finding.message(self.lang).trim_end()).replace('\n', " ");
        if let Some(waived) = &finding.waived {
            message = format!("{} {message}", visible(&waived.words(self.lang)));
        }
        let lines =
            self.ruler.wrap(&format!("{head}{}{message}", self.lang.pick(": ", "：")), self.width.saturating_sub(4));
        let mut lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| format!("{}{line}", if at == 0 { "  " } else { "    " }))
            .collect();
        // Colour is added once the lines are broken: it has no width.
        lines[0] = lines[0].replacen(&head, &format!("{style}{head}{style:#}"), 1);
        lines
    }
}

/// The heaviest finding of each figure.
fn weights(findings: &[Finding]) -> HashMap<&Key, Severity> {
    let mut weights = HashMap::new();
    for finding in findings {
        if let Some(key) = &finding.field {
            let weight = weights.entry(key).or_insert(finding.severity);
            *weight = finding.severity.max(*weight);
        }
    }
    weights
}

/// The division by name and code, or all that are possible.
fn place(report: &Report) -> Option<String> {
    let place = report.place.as_ref()?;
    let units = place.unit.iter().chain(&place.candidates);
    Some(units.map(|unit| format!("{} {}", unit.name, unit.code)).collect::<Vec<_>>().join(" / "))
}

/// The edition of the tables found, or of each if they differ.
fn editions(report: &Report) -> Option<String> {
    let found: Vec<(&str, &str)> =
        report.tables.iter().filter_map(|table| Some((table.id.as_str(), table.edition.as_deref()?))).collect();
    let (_, first) = *found.first()?;
    if found.iter().all(|(_, edition)| *edition == first) {
        return Some(first.to_owned());
    }
    Some(found.iter().map(|(table, edition)| format!("{table} {edition}")).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
