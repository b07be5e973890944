//! Places that a user gives: one code for all files, or a table of files and codes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::lang::{Lang, Words};

use super::{LAST_YEAR, of_code_near};

/// Ends of a path that a pattern may be: as many as paths have folders, unless an archive is made to cost time.
const DEEPEST: usize = 64;

/// Codes for sources. The default gives none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The first that fits counts.
    rows: Vec<Row>,
    met: Met,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// Its line in the file; 0 of a code for all.
    line: u64,
    pattern: String,
    code: u32,
}

/// Which rows fitted some source, told by all clones.
#[derive(Debug, Clone, Default)]
struct Met(Arc<[AtomicBool]>);

/// What was met changes no place.
impl PartialEq for Met {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Met {}

/// What the columns may be called.
const SOURCE: [&str; 3] = ["source", "文件", "来源"];
const CODE: [&str; 6] = ["code", "代码", "行政区划代码", "区划代码", "地区代码", "地区"];

/// Why places cannot be used: one sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesError(Words);

impl PlacesError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        self.0.of(lang)
    }

    fn new(en: String, zh: String) -> Self {
        PlacesError(Words::new(en, zh))
    }
}

impl Places {
    /// One code for every source.
    ///
    /// # Errors
    /// When it is no code of any year's table.
    pub fn of_code(code: &str) -> Result<Self, PlacesError> {
        known(code).map(|code| Places::of_rows(vec![Row { line: 0, pattern: "*".to_owned(), code }])).ok_or_else(|| {
            PlacesError::new(
                "it is no code of a division of any year; expected six digits, such as 440203".to_owned(),
                "不是任何年度的行政区划代码；应为六位数字，如 440203".to_owned(),
            )
        })
    }

    fn of_rows(rows: Vec<Row>) -> Self {
        let met = Met(rows.iter().map(|_| AtomicBool::new(false)).collect());
        Places { rows, met }
    }

    /// The rows of a CSV file with the columns `source` and `code`, 文件 and 代码; others are for the user's own notes.
    /// A source is a path as in the outputs, or the end of one, with `*` for any characters.
    ///
    /// # Errors
    /// When a column is missing, a row has no source, or its code is in no year's table.
    pub fn from_csv(text: &str) -> Result<Self, PlacesError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers = reader.headers().cloned().map_err(|error| broken(&error))?;
        let column = |names: &[&str]| {
            let place = |name: &&str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == *name);
            names.iter().find_map(place).ok_or_else(|| lacking(names))
        };
        let (source, code) = (column(&SOURCE)?, column(&CODE)?);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let (pattern, text) = (record.get(source).unwrap_or(""), record.get(code).unwrap_or(""));
            if pattern.is_empty() && text.is_empty() {
                continue;
            }
            let code = known(text).filter(|_| !pattern.is_empty()).ok_or_else(|| no_place(line, pattern, text))?;
            rows.push(Row { line, pattern: pattern.replace('\\', "/"), code });
        }
        Ok(Places::of_rows(rows))
    }

    /// The code for a source; the first row that fits.
    #[must_use]
    pub fn of(&self, source: &str) -> Option<u32> {
        self.rows.iter().find(|row| fits(&row.pattern, source)).map(|row| row.code)
    }

    /// Notes that there is a source of this name.
    pub fn note(&self, source: &str) {
        let open = self.rows.iter().zip(&*self.met.0).filter(|(_, met)| !met.load(Ordering::Relaxed));
        open.filter(|(row, _)| fits(&row.pattern, source)).for_each(|(_, met)| met.store(true, Ordering::Relaxed));
    }

    /// The rows of the file that fitted no source that was noted: line and pattern.
    #[must_use]
    pub fn unmet(&self) -> Vec<(u64, String)> {
        let open = self.rows.iter().zip(&*self.met.0).filter(|(row, met)| row.line > 0 && !met.load(Ordering::Relaxed));
        open.map(|(row, _)| (row.line, row.pattern.clone())).collect()
    }
}

fn known(code: &str) -> Option<u32> {
    let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    code.parse().ok().filter(|code| digits && of_code_near(*code, LAST_YEAR).is_some())
}

fn broken(error: &csv::Error) -> PlacesError {
    PlacesError::new(
        format!("it is no CSV ({error}); save it as CSV in UTF-8 with the columns source and code"),
        "不是 CSV；请另存为 UTF-8 编码的 CSV，含文件、代码两列".to_owned(),
    )
}

fn lacking(names: &[&str]) -> PlacesError {
    PlacesError::new(
        format!("it has no column `{}`; the first line names the columns: source,code", names[0]),
        format!("缺少“{}”列；首行应为列名：文件,代码", names[1]),
    )
}

fn no_place(line: u64, pattern: &str, code: &str) -> PlacesError {
    PlacesError::new(
        format!("line {line}: expected a source and six digits of a division, found `{pattern}` and `{code}`"),
        format!("第{line}行：应为来源和六位行政区划代码，实为“{pattern}”和“{code}”"),
    )
}

/// Whether a pattern is the whole of a path, or its end after a `/`.
fn fits(pattern: &str, source: &str) -> bool {
    let whole = std::iter::once(source);
    let ends = source.rmatch_indices('/').take(DEEPEST).map(|(at, _)| &source[at + 1..]);
    whole.chain(ends).any(|text| matches(pattern, text))
}

/// `*` stands for any characters, `/` among them.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    // What stands behind the last star ends the text; each part between is best found as early as possible.
    let last = parts.pop().unwrap_or("");
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_path_or_the_end_of_one() {
        let text = "source,note,code\n武江区/*,a,440203\nb.docx,,440204\n*/c/*.docx,,110105\n\n*2021*x*,,440200\n";
        let places = Places::from_csv(text).expect("places");
        assert_eq!(places.of("韶关市/武江区/甲/a.docx"), Some(440203));
        assert_eq!(places.of("b.docx"), Some(440204));
        assert_eq!(places.of("in/b.docx"), Some(440204));
        assert_eq!(places.of("in/xb.docx"), None);
        assert_eq!(places.of("in/c/d/e.docx"), Some(110105));
        assert_eq!(places.of("2021-x"), Some(440200));
        assert_eq!(Places::default().of("b.docx"), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let error = |text: &str| Places::from_csv(text).expect_err(text).message(Lang::En).to_owned();
        assert!(error("file,code\na,440203\n").contains("`source`"));
        assert!(error("source\na\n").contains("`code`"));
        assert!(error("source,code\na,440203\nb,44020\n").starts_with("line 3: "));
        assert!(error("source,code\n,440203\n").starts_with("line 2: "));
        assert!(error("source,code\na,999999\n").contains("`999999`"));
        assert!(Places::of_code("440203").is_ok_and(|places| places.of("any") == Some(440203)));
        assert!(Places::of_code("440299").expect_err("none").message(Lang::Zh).contains("440203"));
    }

    #[test]
    fn columns_have_chinese_names_and_rows_that_fit_nothing_are_known() {
        let text = "文件,代码\na.docx,440203\n没有.docx,440204\n*.docx,440205\n";
        let places = Places::from_csv(text).expect("places");
        let clone = places.clone();
        clone.note("in/a.docx");
        assert_eq!(places.unmet(), [(3, "没有.docx".to_owned())]);
        for head in ["文件,行政区划代码", "文件,地区", "来源,地区代码", "地区,文件,代码"] {
            let row = if head.starts_with("地区") { "武江区,a,440203" } else { "a,440203" };
            assert_eq!(Places::from_csv(&format!("{head}\n{row}\n")).expect("places").of("a"), Some(440203), "{head}");
        }
        assert_eq!(Places::of_code("440203").expect("a code").unmet(), []);
    }
}
