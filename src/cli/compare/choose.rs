//! The one report that is meant.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::super::{Context, input, words::visible};
use crate::batch::{Outcome, Unreadable};
use crate::export::record;
use crate::finding::Lang;
use crate::report::Report;
use crate::{Extraction, Options, export};

/// Reports that are named to somebody who has to choose one.
const CHOICES: usize = 10;

/// A report, and what it is from.
pub(super) struct Chosen {
    pub source: String,
    pub report: Report,
}

/// The report of a file that is meant; if there is none or it is not clear which, that is said.
pub(super) fn chosen(path: &Path, which: Option<&str>, options: &Options, context: &Context) -> Option<Chosen> {
    let lang = context.lang;
    let of_run = if path.is_dir() { path.join(export::JSON_LINES.file) } else { path.to_owned() };
    let is_record = of_run.extension().is_some_and(|ending| ending == "json" || ending == "jsonl") && of_run.is_file();
    let found = if is_record { of_records(&of_run, which, lang) } else { of_document(path, which, options, lang) };
    let settled = found.and_then(|found| one(found, which, lang));
    settled.map_err(|cause| context.error(input::named(path, &cause, lang))).ok()
}

/// The only report, or the list of those that it may be.
fn one(mut found: Vec<Chosen>, which: Option<&str>, lang: Lang) -> Result<Chosen, String> {
    match (found.len(), which) {
        (1, _) => Ok(found.remove(0)),
        // 示例市东区人民政府 is also a part of other names, but only one organ has just this one.
        (2.., Some(which)) if found.iter().filter(|one| is_named(one, which)).count() == 1 => {
            let at = found.iter().position(|one| is_named(one, which)).unwrap_or_default();
            Ok(found.remove(at))
        }
        (0, None) => Err(match lang {
            Lang::En => "it holds no report; check that this is the right file".to_owned(),
            Lang::Zh => "其中没有报告；请确认文件是否正确".to_owned(),
        }),
        (0, Some(which)) => Err(match lang {
            Lang::En => format!("it holds no report that is “{which}”; leave the choice out to see which there are"),
            Lang::Zh => format!("其中没有符合“{which}”的报告；不指定时会列出其中的报告"),
        }),
        _ => Err(several(&found, lang)),
    }
}

/// Whether the choice names the organ, and perhaps the year, in full.
fn is_named(chosen: &Chosen, which: &str) -> bool {
    let organ = chosen.report.organ.as_ref().map_or("", |organ| &organ.name);
    which.split_whitespace().any(|part| part == organ)
}

fn several(found: &[Chosen], lang: Lang) -> String {
    let name = |chosen: &Chosen| {
        let title = chosen.report.title.as_ref().map_or(String::new(), |title| format!(" {}", title.text));
        visible(&format!("{}#{}{title}", chosen.source, chosen.report.number)).replace('\n', " ")
    };
    let names: Vec<String> = found.iter().take(CHOICES).map(name).collect();
    let rest = if found.len() > CHOICES { "…" } else { "" };
    match lang {
        Lang::En => format!(
            "it may be one of several reports; choose with --first or --second, by number or name: {}{rest}",
            names.join("; ")
        ),
        Lang::Zh => {
            format!("其中有多份报告；请用 `--first` 或 `--second` 按序号或名称指定：{}{rest}", names.join("；"))
        }
    }
}

/// Whether a report is the one meant: by its number over all files, or by parts of its names.
fn is_meant(source: &str, report: &Report, number: usize, which: Option<&str>) -> bool {
    let Some(which) = which else { return true };
    if let Ok(wanted) = which.parse::<usize>()
        && wanted < 1000
    {
        return wanted == number;
    }
    let title = report.title.as_ref().map_or("", |title| &title.text);
    let organ = report.organ.as_ref().map_or("", |organ| &organ.name);
    let year = report.year.map_or(String::new(), |year| year.to_string());
    let name = format!("{source}#{}", report.number);
    let is_part = |part: &str| title.contains(part) || organ.contains(part) || year == part || name.contains(part);
    which.split_whitespace().all(is_part)
}

fn of_document(path: &Path, which: Option<&str>, options: &Options, lang: Lang) -> Result<Vec<Chosen>, String> {
    let outcomes = input::outcomes(path, usize::MAX, options, lang)?;
    let mut found = Vec::new();
    let mut number = 0;
    let mut failed = None;
    for Outcome { source, read, .. } in outcomes {
        match read {
            Err(error) => failed = failed.or(Some(error.message(lang))),
            Ok(Extraction { reports, .. }) => {
                for report in reports {
                    number += 1;
                    if is_meant(&source, &report, number, which) {
                        found.push(Chosen { source: source.clone(), report });
                    }
                }
            }
        }
    }
    match failed {
        Some(failed) if found.is_empty() => Err(failed),
        _ => Ok(found),
    }
}

/// Reports as extract wrote them; no more are kept than are named.
fn of_records(path: &Path, which: Option<&str>, lang: Lang) -> Result<Vec<Chosen>, String> {
    let system = |error| Unreadable::System(error).message(lang);
    let lines = path.extension().is_some_and(|ending| ending == "jsonl");
    let file = BufReader::new(File::open(path).map_err(system)?);
    let mut found = Vec::new();
    let texts: Box<dyn Iterator<Item = std::io::Result<String>>> =
        if lines { Box::new(file.lines()) } else { Box::new(std::iter::once(std::io::read_to_string(file))) };
    for (number, text) in (1..).zip(texts) {
        let record = record::record(&text.map_err(system)?).map_err(|error| error.message(lang))?;
        let source = record.source.clone();
        let report = record.into_report().map_err(|error| error.message(lang))?;
        if found.len() <= CHOICES && is_meant(&source, &report, number, which) {
            found.push(Chosen { source, report });
        }
    }
    Ok(found)
}
