//! `gongkai check`: checks a report's sums before it is published.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::form_view::{View, colour};
use super::input::{self, Templates};
use super::words::{Ruler, printable};
use super::{Context, Exit};
use crate::export::{self, Checked};
use crate::finding::{Finding, Lang, Severity};
use crate::report::Report;
use crate::template::Form;

/// Checks reports: every sum of the form, and every place that could not be read for sure.
///
/// Each finding names table, row and column as printed. The exit code is 1 if a finding weighs
/// as much as `--fail-on` says, 2 if a file could not be read (the others are still checked).
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Reports; `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The lightest finding that makes the exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    #[command(flatten)]
    templates: Templates,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// An array with an object a file.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
}

/// What makes a run end with exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A rule that must hold is broken.
    Error,
    /// That, or a warning.
    Warning,
    /// Nothing.
    Never,
}

impl FailOn {
    /// The lightest weight that counts.
    pub(crate) fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Never => None,
        }
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let lang = context.lang;
    let forms = match args.templates.forms(lang) {
        Ok(forms) => forms,
        Err(message) => {
            input::complain(&message);
            return Exit::Unreadable;
        }
    };
    let files: Vec<Checked> = args.files.iter().map(|path| checked(path, &forms, lang)).collect();
    for file in &files {
        if let Err(cause) = &file.outcome {
            input::complain(&input::named(Path::new(&file.file), cause, lang));
        }
    }
    match written(&files, args, &forms, lang) {
        Ok(text) => input::print(&text),
        Err(cause) => {
            input::complain(&cause);
            return Exit::Unreadable;
        }
    }
    ended(&files, args.fail_on)
}

fn checked(path: &Path, forms: &[Arc<Form>], lang: Lang) -> Checked {
    let file = path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
    let outcome = input::extraction(path, forms, lang).map(|extraction| (extraction.reports, extraction.findings));
    Checked { file, outcome }
}

fn written(files: &[Checked], args: &Args, forms: &[Arc<Form>], lang: Lang) -> Result<String, String> {
    Ok(match args.format {
        Format::Text => text(files, forms, lang),
        Format::Json => export::json(files, lang),
        Format::Sarif => export::sarif(files, lang),
        Format::Junit => export::junit(files, args.fail_on.least(), lang).map_err(|error| error.to_string())?,
    })
}

fn ended(files: &[Checked], fail_on: FailOn) -> Exit {
    if files.iter().any(|file| file.outcome.is_err()) {
        return Exit::Unreadable;
    }
    let worst = files.iter().flat_map(Checked::findings).map(|(_, finding)| finding.severity).max();
    let fails = fail_on.least().is_some_and(|least| worst >= Some(least));
    if fails { Exit::Findings } else { Exit::Clean }
}

/// Lines are as long as the sentences: a log wraps them as it likes, and `grep` finds them whole.
const UNBROKEN: usize = usize::MAX / 2;

/// Findings file by file and report by report, then one line that sums up.
fn text(files: &[Checked], forms: &[Arc<Form>], lang: Lang) -> String {
    let view = View { forms, lang, width: UNBROKEN, ruler: Ruler { ambiguous_wide: false } };
    let mut out = String::new();
    for file in files {
        let Ok((reports, findings)) = &file.outcome else { continue };
        for report in reports {
            let several = reports.len() > 1;
            group(&mut out, &view, &heading(&file.file, report, several, lang), &report.findings);
        }
        if reports.is_empty() || !findings.is_empty() {
            group(&mut out, &view, &printable(&file.file), findings);
        }
    }
    out + &summary(files, lang) + "\n"
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
    printable(&parts.join(if lang == Lang::En { ": " } else { "：" })).replace('\n', "")
}

/// `2 files, 3 reports: 1 error, 2 warnings, 0 notes; 1 file could not be read`.
fn summary(files: &[Checked], lang: Lang) -> String {
    let count =
        |severity| files.iter().flat_map(Checked::findings).filter(|(_, finding)| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let reports: usize =
        files.iter().filter_map(|file| file.outcome.as_ref().ok()).map(|(reports, _)| reports.len()).sum();
    let unread = files.iter().filter(|file| file.outcome.is_err()).count();
    let style = if errors > 0 { colour(Severity::Error) } else { anstyle::Style::new().bold() };
    let text = match lang {
        Lang::En => {
            let counted =
                [(errors, "error"), (warnings, "warning"), (notes, "note")].map(|(n, name)| plural(n, name)).join(", ");
            let unread =
                if unread > 0 { format!("; {} could not be read", plural(unread, "file")) } else { String::new() };
            format!("{}, {}: {counted}{unread}", plural(files.len(), "file"), plural(reports, "report"))
        }
        Lang::Zh => {
            let unread = if unread > 0 { format!("；{unread}个文件无法读取") } else { String::new() };
            let all = files.len();
            format!("{all}个文件，{reports}份报告：错误{errors}处，警告{warnings}处，提示{notes}处{unread}")
        }
    };
    format!("{style}{text}{style:#}")
}

fn plural(count: usize, name: &str) -> String {
    if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") }
}

#[cfg(test)]
mod tests {
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

    fn files() -> Vec<Checked> {
        let titled = |number, title: &str, findings| Report {
            number,
            title: Some(Stated { text: title.to_owned(), origin: Origin::default() }),
            findings,
            ..Report::default()
        };
        let first = vec![titled(1, "甲报告", vec![finding()]), titled(2, "乙报告", Vec::new())];
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
        let text = anstream::adapter::strip_str(&text(&files(), Form::shipped(), Lang::En)).to_string();
        let expected = "\
a/甲 1.docx: report 1: 甲报告
  error[row_total]: table “甲表”, row “一、新收”, column “总计” (page 3, table 2, row 4, column 10): the applicants of this row add up to 5, 总计 reads 6. Find the figure that was miscounted, or mend the total.
a/甲 1.docx: report 2: 乙报告
  no findings
a/甲 1.docx
  note[charset_guessed]: the file does not say how its text is encoded; it was read as GBK. If names look garbled, convert the file to UTF-8.
2 files, 2 reports: 1 error, 0 warnings, 1 note; 1 file could not be read
";
        assert_eq!(text, expected);
    }

    #[test]
    fn text_in_chinese() {
        let text = anstream::adapter::strip_str(&text(&files()[..1], Form::shipped(), Lang::Zh)).to_string();
        assert!(text.contains("a/甲 1.docx：第1份报告：甲报告\n  错误[row_total]：“甲表”表“一、新收”行“总计”列（第3页第2个表第4行第10列）："), "{text}");
        assert!(text.ends_with("\n1个文件，2份报告：错误1处，警告0处，提示1处\n"), "{text}");
    }

    #[test]
    fn exit_codes() {
        let files = files();
        assert_eq!(ended(&files, FailOn::Never), Exit::Unreadable);
        assert_eq!(ended(&files[..1], FailOn::Error), Exit::Findings);
        assert_eq!(ended(&files[..1], FailOn::Never), Exit::Clean);
        let mut light = files[0].clone();
        light.outcome.as_mut().expect("read").0[0].findings[0].severity = Severity::Warning;
        assert_eq!(ended(std::slice::from_ref(&light), FailOn::Error), Exit::Clean);
        assert_eq!(ended(&[light], FailOn::Warning), Exit::Findings);
        assert_eq!(ended(&[], FailOn::Warning), Exit::Clean);
    }
}
