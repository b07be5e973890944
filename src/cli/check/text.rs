//! The findings of a check for people.

use std::sync::Arc;

use super::super::form_view::{View, colour};
use super::super::words::{Ruler, plural, visible};
use crate::check::SUM_CODES;
use crate::export::{Asked, Checked};
use crate::finding::{Finding, Lang, Severity};
use crate::report::Report;
use crate::template::Form;

/// Lines are as long as the sentences: a log wraps them as it likes, and `grep` finds them whole.
const UNBROKEN: usize = usize::MAX / 2;

/// Findings file by file and report by report, then one line that sums up. What stands after the `read`
/// files is about waivers.
pub(super) fn text(files: &[Checked], read: usize, forms: &[Arc<Form>], lang: Lang) -> String {
    let view = View { forms, lang, width: UNBROKEN, ruler: Ruler { ambiguous_wide: false } };
    let mut out = String::new();
    for file in files {
        let Ok((reports, findings)) = &file.outcome else { continue };
        for report in reports {
            let several = reports.len() > 1;
            group(&mut out, &view, &heading(&file.file, report, several, lang), &report.findings);
        }
        if reports.is_empty() || !findings.is_empty() {
            group(&mut out, &view, &visible(&file.file), findings);
        }
    }
    out + &summary(files, read, lang) + "\n"
}

fn group(out: &mut String, view: &View, heading: &str, findings: &[Finding]) {
    let bold = anstyle::Style::new().bold();
    *out += &format!("{bold}{heading}{bold:#}\n");
    if findings.is_empty() {
        *out += if view.lang == Lang::En { "  no findings\n" } else { "  未发现问题\n" };
    }
    for line in view.findings(findings) {
        *out += &line;
        out.push('\n');
    }
}

fn heading(file: &str, report: &Report, several: bool, lang: Lang) -> String {
    let title = report.title.as_ref().map(|title| title.text.as_str());
    let number = several.then(|| match lang {
        Lang::En => format!("report {}", report.number),
        Lang::Zh => format!("第{}份报告", report.number),
    });
    let parts = [Some(file.to_owned()), number, title.map(str::to_owned)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    visible(&parts.join(lang.pick(": ", "："))).replace('\n', "")
}

/// `2 files, 3 reports: 1 error, 2 warnings, 0 notes, 1 hint (1 to be mended, …); 42 sums hold; 1 file could not be read`.
fn summary(files: &[Checked], read: usize, lang: Lang) -> String {
    let count =
        |severity| files.iter().flat_map(Checked::findings).filter(|(_, finding)| finding.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Note, Severity::Hint].map(count);
    let reports = || files.iter().filter_map(|file| file.outcome.as_ref().ok()).flat_map(|(reports, _)| reports);
    let sums: u32 = reports().map(|report| report.checks.total(SUM_CODES).passed).sum();
    let unread = files.iter().filter(|file| file.outcome.is_err()).count();
    let style = if counts[0] > 0 { colour(Severity::Error) } else { anstyle::Style::new().bold() };
    let (inputs, tail) = ((read, reports().count()), (sums as usize, unread));
    let asked = Asked::of(files.iter().flat_map(Checked::findings).map(|(_, finding)| finding));
    let text =
        if lang == Lang::En { english(inputs, counts, asked, tail) } else { chinese(inputs, counts, asked, tail) };
    format!("{style}{text}{style:#}")
}

fn english(
    (files, reports): (usize, usize),
    counts: [usize; 4],
    asked: Asked,
    (sums, unread): (usize, usize),
) -> String {
    let [errors, warnings, notes, hints] = counts;
    let named = [(errors, "error"), (warnings, "warning"), (notes, "note"), (hints, "hint")];
    // Hints are there only where something fails.
    let shown = if hints > 0 { 4 } else { 3 };
    let counted: Vec<String> = named[..shown].iter().map(|(n, name)| plural(*n, name)).collect();
    let mut text = format!("{}, {}: {}", plural(files, "file"), plural(reports, "report"), counted.join(", "));
    text += &bracketed(asked, Lang::En);
    if sums > 0 {
        text += &format!("; {} {}", plural(sums, "sum"), if sums == 1 { "holds" } else { "hold" });
    }
    if unread > 0 {
        text += &format!("; {} could not be read", plural(unread, "file"));
    }
    text
}

fn chinese(
    (files, reports): (usize, usize),
    counts: [usize; 4],
    asked: Asked,
    (sums, unread): (usize, usize),
) -> String {
    let [errors, warnings, notes, hints] = counts;
    let mut text = format!("{files}个文件，{reports}份报告：错误{errors}处，警告{warnings}处，提示{notes}处");
    if hints > 0 {
        text += &format!("，线索{hints}处");
    }
    text += &bracketed(asked, Lang::Zh);
    if sums > 0 {
        text += &format!("；{sums}项合计相符");
    }
    if unread > 0 {
        text += &format!("；{unread}个文件无法读取");
    }
    text
}

/// ` (1 to be mended, …)`; nothing if nothing is asked.
fn bracketed(asked: Asked, lang: Lang) -> String {
    let words = asked.words(lang);
    match lang {
        _ if words.is_empty() => words,
        Lang::En => format!(" ({words})"),
        Lang::Zh => format!("（{words}）"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::document::Origin;
    use crate::finding::{Code, Place};
    use crate::report::Stated;
    use crate::template::Key;

    fn finding() -> Finding {
        let place = Place { table: "甲表".to_owned(), row: "一、新收".to_owned(), column: "总计".to_owned() };
        let origin = Origin { page: Some(3), table: Some(2), row: Some(4), column: Some(10), line: None };
        let finding = Finding::new(Code::RowTotal).field(&Key::new("applications.new_received.total")).place(place);
        finding.at(origin).expected("5").found("6").detail("reading", "")
    }

    pub(in super::super) fn files() -> Vec<Checked> {
        let titled = |number, title: &str, findings| Report {
            number,
            title: Some(Stated { text: title.to_owned(), origin: Origin::default() }),
            findings,
            ..Report::default()
        };
        let mut first = vec![titled(1, "甲报告", vec![finding()]), titled(2, "乙报告", Vec::new())];
        first[0].checks.add(Code::Balance, crate::report::Tally { passed: 42, failed: 0, not_assessable: 1 });
        vec![
            Checked {
                file: "a/甲 1.docx".to_owned(),
                outcome: Ok((first, vec![Finding::new(Code::CharsetGuessed).found("GBK")])),
            },
            Checked { file: "b.txt".to_owned(), outcome: Err("the file is empty".to_owned()) },
        ]
    }

    #[test]
    fn text_groups_by_file_and_report_and_sums_up() {
        let text = anstream::adapter::strip_str(&text(&files(), 2, Form::shipped(), Lang::En)).to_string();
        let expected = "\
a/甲 1.docx: report 1: 甲报告
  error[row_total] (mandatory): table “甲表”, row “一、新收”, column “总计” (page 3, table 2, row 4, column 10): the applicants of this row add up to 5, 总计 reads 6. Find the figure that was miscounted, or mend the total.
a/甲 1.docx: report 2: 乙报告
  no findings
a/甲 1.docx
  note[charset_guessed] (confirm): the file does not say how its text is encoded; it was read as GBK. If names look garbled, convert the file to UTF-8.
2 files, 2 reports: 1 error, 0 warnings, 1 note (1 to be mended, 1 to be explained or confirmed); 42 sums hold; 1 file could not be read
";
        assert_eq!(text, expected);
    }

    #[test]
    fn text_in_chinese() {
        let text = anstream::adapter::strip_str(&text(&files()[..1], 1, Form::shipped(), Lang::Zh)).to_string();
        assert!(text.contains("a/甲 1.docx：第1份报告：甲报告\n  错误[row_total]（强制性）：“甲表”表“一、新收”行“总计”列（第3页第2个表第4行第10列）："), "{text}");
        assert!(
            text.ends_with("\n1个文件，2份报告：错误1处，警告0处，提示1处（强制性1处，核实性1处）；42项合计相符\n"),
            "{text}"
        );
    }
}
