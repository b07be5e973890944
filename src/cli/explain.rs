//! `gongkai explain`: the path of one figure of a file, what a field asks, what a code means.

use std::path::Path;
use std::sync::Arc;

use super::field::{self, Choice};
use super::form_view::{colour, finding_head, origin_text};
use super::input;
use super::words::{Ruler, visible};
use super::{Context, Exit, LimitArg, TemplateArg};
use crate::Options;
use crate::check::{RuleUse, rules_using};
use crate::finding::{Code, Finding, Lang};
use crate::report::{Alignment, Figure, Report, TableReport, Value};
use crate::template::{FieldDef, Form, Key, Kind};

/// Explains one figure of a file, a field of the form, or the code of a finding.
///
/// A field is named by its id (`proactive.rules.issued`), its short name (`pro_rules_iss`), or by
/// printed words that only it has (`规章 制发`).
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A report, then a field; or one code or field alone.
    #[arg(value_name = "FILE FIELD|FIELD|CODE", required = true, num_args = 1..=2)]
    what: Vec<String>,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let lang = context.lang;
    let options = match args.template.options(context).and_then(|options| args.limits.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let explained = match args.what.as_slice() {
        [file, field] => of_file(Path::new(file), field, &options, lang),
        [one] if is_file(one, &options.forms) => Err((Exit::Misuse, lacks_field(one, lang))),
        [one] => alone(one, &options.forms, lang),
        _ => unreachable!("clap admits one or two"),
    };
    match explained {
        Ok(text) => context.print_coloured(&text),
        Err((exit, message)) => {
            context.error(message);
            exit
        }
    }
}

type Explained = Result<String, (Exit, String)>;

/// A code, or a field as the codebook has it.
fn alone(word: &str, forms: &[Arc<Form>], lang: Lang) -> Explained {
    if let Some(code) = Code::of_name(word) {
        return Ok(code_text(code, lang));
    }
    let all: Vec<(&Form, &FieldDef)> =
        forms.iter().flat_map(|form| form.fields.iter().map(|field| (&**form, field))).collect();
    let codes = Code::ALL.iter().map(|code| code.entry().name);
    let key = chosen(word, &all, codes, lang)?;
    let of_key = all.into_iter().filter(|(_, field)| field.key == key);
    let texts: Vec<String> = of_key.map(|(form, field)| field_text(form, field, lang)).collect();
    Ok(texts.join("\n"))
}

/// Whether a word names a file and nothing that can be explained alone.
fn is_file(word: &str, forms: &[Arc<Form>]) -> bool {
    let named = crate::batch::named(Path::new(word));
    let packed = matches!(named.input, crate::batch::Input::Within(..));
    (packed || Path::new(word).is_file()) && alone(word, forms, Lang::En).is_err()
}

fn lacks_field(file: &str, lang: Lang) -> String {
    let example = field::EXAMPLE;
    match lang {
        Lang::En => format!("`{file}` is a file: name a field after it, such as `{example}`"),
        Lang::Zh => format!("`{file}` 是文件：请在其后指定字段，如 `{example}`"),
    }
}

/// What to say when a code of a finding stands where a field of the file should.
fn is_code(code: Code, lang: Lang) -> String {
    let name = code.entry().name;
    match lang {
        Lang::En => format!("`{name}` is the code of a finding, not a field; see `gongkai explain {name}`"),
        Lang::Zh => format!("`{name}` 是检查结果的代码，不是字段；请用 `gongkai explain {name}` 查看"),
    }
}

/// A figure in each report of a file that has it.
fn of_file(path: &Path, word: &str, options: &Options, lang: Lang) -> Explained {
    let unread = |cause: String| (Exit::Unreadable, input::named(path, &cause, lang));
    let reports = input::extraction(path, options, lang).map_err(unread)?.reports;
    figures_text(path, &reports, word, &options.forms, lang)
}

fn figures_text(path: &Path, reports: &[Report], word: &str, forms: &[Arc<Form>], lang: Lang) -> Explained {
    let mut found: Vec<Found> = Vec::new();
    for report in reports {
        for table in &report.tables {
            let Some(form) = forms.iter().find(|form| form.edition == table.form) else { continue };
            for figure in &table.figures {
                if let Some(field) = form.field(&figure.key) {
                    found.push(Found { report, table, form, field, figure });
                }
            }
        }
    }
    if found.is_empty() {
        let message = if lang == Lang::En {
            "it has no figures: see `gongkai check`"
        } else {
            "没有数据：请用 `gongkai check` 查看"
        };
        return Err((Exit::Unreadable, input::named(path, message, lang)));
    }
    let fields: Vec<(&Form, &FieldDef)> = found.iter().map(|found| (found.form, found.field)).collect();
    if let Some(code) = Code::of_name(word) {
        return Err((Exit::Misuse, is_code(code, lang)));
    }
    let key = chosen(word, &fields, std::iter::empty(), lang)?;
    let of_key = found.iter().filter(|found| found.figure.key == key);
    Ok(of_key.map(|found| found.text(path, lang)).collect::<Vec<_>>().join("\n"))
}

/// The field meant, or what to say if none or several are.
fn chosen<'a>(
    word: &str,
    fields: &[(&'a Form, &'a FieldDef)],
    others: impl Iterator<Item = &'a str>,
    lang: Lang,
) -> Result<Key, (Exit, String)> {
    match field::choose(word, fields) {
        Choice::One(key) => Ok(key),
        Choice::Several(keys) => Err((Exit::Misuse, field::several(word, &keys, lang))),
        Choice::None => Err((Exit::Misuse, field::nearest(word, fields, others, lang))),
    }
}

/// A name and what is to be said under it; an empty name goes on with the line above.
struct Line(&'static str, String);

/// Lines with their names in a column of their own.
fn laid_out(head: &str, lines: &[Line]) -> String {
    let ruler = Ruler { ambiguous_wide: false };
    let wide = lines.iter().map(|line| ruler.width(line.0)).max().unwrap_or(0);
    let bold = anstyle::Style::new().bold();
    let mut out = format!("{bold}{head}{bold:#}\n");
    for Line(name, text) in lines {
        let space = " ".repeat(wide - ruler.width(name));
        for (at, part) in text.split('\n').enumerate() {
            let name = if at == 0 { format!("{name}{space}") } else { " ".repeat(wide) };
            out += format!("  {name}  {part}").trim_end();
            out.push('\n');
        }
    }
    out
}

fn code_text(code: Code, lang: Lang) -> String {
    let entry = code.entry();
    let en = lang == Lang::En;
    let style = colour(entry.severity);
    let severity = format!("{style}{}{style:#}", entry.severity.word(lang));
    let grade = format!("{}{}{}", entry.grade.word(lang), if en { ": " } else { "：" }, entry.grade.about(lang));
    let mut lines = vec![
        Line(if en { "means" } else { "含义" }, entry.title(lang).to_owned()),
        Line(if en { "weight" } else { "级别" }, severity),
        Line(if en { "grade" } else { "性质" }, grade),
        Line(if en { "says" } else { "说明" }, entry.message(lang).to_owned()),
    ];
    if !entry.remedy(lang).is_empty() {
        lines.push(Line(if en { "to do" } else { "处理" }, entry.remedy(lang).to_owned()));
    }
    laid_out(entry.name, &lines)
}

/// What the codebook says of a field in one edition.
fn field_text(form: &Form, field: &FieldDef, lang: Lang) -> String {
    let en = lang == Lang::En;
    let mut lines = vec![Line(if en { "edition" } else { "版式" }, format!("{} {}", form.edition, form.source))];
    lines.extend(printed_lines(form, field, lang));
    let (_, _, row, _) = form.parts(field);
    lines.push(Line(if en { "asks for" } else { "类型" }, kind_text(field.kind, &field.unit, lang)));
    if row.optional {
        let note = if en { "printed in some places only" } else { "仅部分地区的表样有此行" };
        lines.push(Line("", note.to_owned()));
    }
    lines.extend(rule_lines(form, field, lang));
    laid_out(&format!("{} · {}", field.key, field.code), &lines)
}

fn printed_lines(form: &Form, field: &FieldDef, lang: Lang) -> Vec<Line> {
    let en = lang == Lang::En;
    let (table, ..) = form.parts(field);
    let (rows, columns) = form.printed(field);
    vec![
        Line(if en { "table" } else { "表" }, table.title.clone()),
        Line(if en { "row" } else { "行" }, rows.join(" / ")),
        Line(if en { "column" } else { "列" }, columns.join(" / ")),
    ]
}

fn kind_text(kind: Kind, unit: &str, lang: Lang) -> String {
    let (en, zh) = match kind {
        Kind::Count => ("a whole number from 0", "非负整数"),
        Kind::Change => ("a whole number, may be negative", "整数，可为负"),
        Kind::Amount => ("an amount, may have decimals", "金额，可有小数"),
    };
    match (lang, unit) {
        (Lang::En, "") => format!("{en}; no unit is printed, so the cell must say"),
        (Lang::Zh, "") => format!("{zh}；表样未印单位，以单元格所注为准"),
        (Lang::En, unit) => format!("{en}, in {unit}"),
        (Lang::Zh, unit) => format!("{zh}，单位：{unit}"),
    }
}

/// The sum rules that use a field.
fn rule_lines(form: &Form, field: &FieldDef, lang: Lang) -> Vec<Line> {
    let text = |rule: RuleUse| format!("{}: {}", rule.code.entry().name, rule.formula(lang));
    let rules: Vec<String> = rules_using(form, &field.key).into_iter().map(text).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    vec![Line(lang.pick("rules", "规则"), rules.join("\n"))]
}

/// A figure of a report with all that describes it.
struct Found<'a> {
    report: &'a Report,
    table: &'a TableReport,
    form: &'a Form,
    field: &'a FieldDef,
    figure: &'a Figure,
}

impl Found<'_> {
    fn text(&self, path: &Path, lang: Lang) -> String {
        let en = lang == Lang::En;
        let title = self.report.title.as_ref().map_or_else(String::new, |title| visible(&title.text).replace('\n', ""));
        let number = self.report.number;
        let file = visible(&path.display().to_string());
        let report = if en { format!("{file}, report {number}") } else { format!("{file}，第{number}份报告") };
        let mut lines =
            vec![Line(if en { "file" } else { "文件" }, report), Line(if en { "title" } else { "标题" }, title)];
        lines.push(Line(if en { "edition" } else { "版式" }, self.edition(lang)));
        lines.extend(printed_lines(self.form, self.field, lang));
        lines.push(Line(if en { "place" } else { "位置" }, self.place(lang)));
        lines.push(Line(if en { "cell" } else { "原文" }, self.raw(lang)));
        lines.push(Line(if en { "read as" } else { "读作" }, self.value(lang)));
        lines.push(Line(if en { "placed by" } else { "归位依据" }, by_text(self.figure.by, lang).to_owned()));
        lines.extend(rule_lines(self.form, self.field, lang));
        lines.extend(self.findings(lang));
        laid_out(&format!("{} · {}", self.field.key, self.field.code), &lines)
    }

    fn edition(&self, lang: Lang) -> String {
        match (&self.table.edition, lang) {
            (Some(edition), _) => edition.clone(),
            (None, Lang::En) => format!("{} (assumed: the table was not found)", self.table.form),
            (None, Lang::Zh) => format!("{}（推定：没有找到该表）", self.table.form),
        }
    }

    fn place(&self, lang: Lang) -> String {
        let place = self.figure.origin.and_then(|origin| origin_text(origin, lang));
        let nowhere = lang.pick("the document has no such cell", "文档没有该单元格");
        place.unwrap_or_else(|| nowhere.to_owned())
    }

    fn raw(&self, lang: Lang) -> String {
        match (&self.figure.raw, lang) {
            (Some(raw), _) => format!("«{}»", visible(&raw.replace('\n', "⏎"))),
            (None, Lang::En) => "none".to_owned(),
            (None, Lang::Zh) => "无".to_owned(),
        }
    }

    fn value(&self, lang: Lang) -> String {
        let state = self.figure.value.state();
        let (en, zh) = match self.figure.value {
            Value::Number(_) => ("a number", "数值"),
            Value::Blank => ("an empty cell, not 0", "空白单元格，不是 0"),
            Value::NotApplicable => ("does not apply", "不适用"),
            Value::Unreadable => ("text that is no number", "不是数值的文字"),
            Value::Missing => ("the document has no such cell, not 0", "文档没有该单元格，不是 0"),
            Value::Ambiguous => ("a number may belong here, nothing proves it", "可能有数值，但无法证实"),
        };
        let words = lang.pick(en, zh);
        let number = match self.figure.value {
            Value::Number(number) => format!("{number} {}", self.figure.unit).trim_end().to_owned() + " · ",
            _ => String::new(),
        };
        format!("{number}{state}: {words}")
    }

    /// Findings that name the figure.
    fn findings(&self, lang: Lang) -> Option<Line> {
        let own = |finding: &&Finding| finding.field.as_ref() == Some(&self.figure.key);
        let text = |finding: &Finding| {
            let style = colour(finding.severity);
            let head = finding_head(finding, lang);
            let message = visible(finding.message(lang).trim_end()).replace('\n', " ");
            format!("{style}{head}{style:#}{}{message}", lang.pick(": ", "："))
        };
        let found: Vec<String> = self.report.findings.iter().filter(own).map(text).collect();
        (!found.is_empty()).then(|| Line(lang.pick("findings", "检查结果"), found.join("\n")))
    }
}

/// What settled a figure's place.
fn by_text(by: Option<Alignment>, lang: Lang) -> &'static str {
    let (en, zh) = match by {
        Some(Alignment::Labels) => ("labels of its row and column", "行、列标签"),
        Some(Alignment::NearLabel) => ("a label near to the form's, with no second as near", "与表样相近的唯一标签"),
        Some(Alignment::Order) => ("the print order of the form", "表样的印刷顺序"),
        Some(Alignment::Arithmetic) => ("sums that allow this place only", "合计只允许此处"),
        None => ("nothing", "无"),
    };
    lang.pick(en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;
    use crate::report::{Amount, Stated};

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    fn report() -> Report {
        let form = &Form::shipped()[0];
        let mut table = TableReport::missing(form, 1);
        table.edition = Some("2021".to_owned());
        let figure = table.figures.iter_mut().find(|figure| figure.key.as_str() == "applications.granted.total");
        let figure = figure.expect("a figure");
        figure.value = Value::Number(Amount::from(13612));
        figure.raw = Some("1361\n2".into());
        figure.origin = Some(Origin { page: Some(3), table: Some(2), row: Some(6), column: Some(10), line: None });
        figure.by = Some(Alignment::Labels);
        let finding = Finding::new(Code::NumberJoined).field(&figure.key).expected("13612").found("1361 2");
        let title = Some(Stated { text: "示例市报告".to_owned(), origin: Origin::default() });
        Report { number: 1, title, tables: vec![table], findings: vec![finding], ..Report::default() }
    }

    fn figure(word: &str, lang: Lang) -> String {
        plain(&figures_text(Path::new("a.docx"), &[report()], word, Form::shipped(), lang).expect("explained"))
    }

    #[test]
    fn the_path_of_a_figure() {
        let expected = "\
applications.granted.total · app_grant_tot
  file       a.docx, report 1
  title      示例市报告
  edition    2021
  table      收到和处理政府信息公开申请情况
  row        三、本年度办理结果 / （一）予以公开
  column     总计
  place      page 3, table 2, row 6, column 10
  cell       «1361⏎2»
  read as    13612 件 · number: a number
  placed by  labels of its row and column
  rules      outcomes: “（一）予以公开” + “（二）部分公开（区分处理的，只计这一情形，不计其他情形）” + … + “3.其他” (21 terms) = “（七）总计”, in column “总计”
             row_total: “自然人” + “商业企业” + “科研机构” + “社会公益组织” + “法律服务机构” + “其他” = “总计”, in row “（一）予以公开”
  findings   note[number_joined] (confirm): the digits stand on several lines (1361 2) and were read as 13612.
";
        assert_eq!(figure("予以公开 总计", Lang::En), expected);
    }

    #[test]
    fn a_missing_figure_in_chinese() {
        let text = figure("app_out_np", Lang::Zh);
        assert!(
            text.contains(
                "\n  位置      文档没有该单元格\n  原文      无\n  读作      missing: 文档没有该单元格，不是 0\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_field_alone_and_in_both_editions() {
        let text = plain(&alone("proactive.fees.amount", Form::shipped(), Lang::En).expect("a field"));
        let expected = "\
proactive.fees.amount · pro_fees_amt
  edition   2021 国办公开办函〔2021〕30号
  table     主动公开政府信息情况
  row       第二十条第（八）项 / 行政事业性收费
  column    本年收费金额（单位：万元）
  asks for  an amount, may have decimals, in 万元
";
        assert_eq!(text, expected);
        let text = plain(&alone("app_new_tot", Form::shipped(), Lang::Zh).expect("a field"));
        assert_eq!(text.matches("  版式  ").count(), 2, "{text}");
        assert!(text.contains("  类型  非负整数，单位：件\n"), "{text}");
    }

    #[test]
    fn a_code() {
        let expected = "\
integral
  means   A count is a whole number.
  weight  error
  grade   mandatory: to be mended
  says    a count is a whole number, found {found}.
  to do   Mend the figure.
";
        assert_eq!(plain(&alone("integral", Form::shipped(), Lang::En).expect("a code")), expected);
    }

    #[test]
    fn what_is_not_known_is_misuse() {
        let (exit, message) = alone("integrel", Form::shipped(), Lang::En).expect_err("no such code");
        assert_eq!((exit, message.as_str()), (Exit::Misuse, "`integrel` is not known; perhaps `integral`"));
        let none = figures_text(Path::new("a.docx"), &[], "x", Form::shipped(), Lang::En);
        assert_eq!(none.expect_err("no figures").0, Exit::Unreadable);
    }
}
