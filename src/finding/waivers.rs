//! Waivers: who answers for which findings, why and since when.
//!
//! A waiver is taken for findings that are to be confirmed, never for those that are to be mended.
//! It stays with the finding, which then no longer counts for how a run ends.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use serde::{Deserialize, Serialize};

use super::{Code, Finding, Grade, Lang};
use crate::document::Origin;
use crate::template::{Form, Key};

/// That somebody answers for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Waived {
    /// Why it is right as it is.
    pub reason: String,
    /// Since when, `YYYY-MM-DD`.
    pub date: String,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Waived {
    /// The same in words: `[waived 2025-01-08 by 张三: reason]`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let Waived { reason, date, by } = self;
        match (lang, by) {
            (Lang::En, None) => format!("[waived {date}: {reason}]"),
            (Lang::En, Some(by)) => format!("[waived {date} by {by}: {reason}]"),
            (Lang::Zh, None) => format!("【已核实（{date}）：{reason}】"),
            (Lang::Zh, Some(by)) => format!("【已核实（{date}，{by}）：{reason}】"),
        }
    }
}

/// A line of the file, and what became of it: the flags below.
#[derive(Debug)]
struct Waiver {
    line: u32,
    /// Name of a file, or the end of its path.
    source: Option<String>,
    code: Code,
    field: Option<Key>,
    waived: Waived,
    state: AtomicU8,
}

/// A file that it names was read.
const SEEN: u8 = 1;
/// It was taken for some finding.
const USED: u8 = 2;
/// A file that it names could not be read, so nobody knows.
const OPEN: u8 = 4;

/// The waivers of a file. Several threads may apply them.
#[derive(Debug, Default)]
pub struct Waivers {
    list: Vec<Waiver>,
}

/// Why a text is no list of waivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaiverError {
    /// The first line lacks a column: its name.
    NoColumn(&'static str),
    /// The first line has a column that means nothing here.
    UnknownColumn(String),
    /// It is no CSV.
    NotCsv {
        /// The line.
        line: u32,
    },
    /// A line lacks what it must have: the column.
    Lacks {
        /// The line.
        line: u32,
        /// The column.
        column: &'static str,
    },
    /// What a line has is not known, or no date: the column, and what it has.
    Unknown {
        /// The line.
        line: u32,
        /// The column.
        column: &'static str,
        /// What it has.
        found: String,
    },
}

/// Columns: the name, what it is called in Chinese, whether it must be there.
const COLUMNS: [(&str, &str, bool); 6] = [
    ("source", "文件", false),
    ("code", "类别", true),
    ("field", "字段", false),
    ("reason", "理由", true),
    ("date", "日期", true),
    ("by", "核实人", false),
];

impl WaiverError {
    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        let names = COLUMNS.map(|(name, ..)| name).join(", ");
        match self {
            WaiverError::NoColumn(column) => {
                format!("line 1: expected the columns {names}, found no `{column}`; add it")
            }
            WaiverError::UnknownColumn(found) => {
                format!("line 1: expected the columns {names}, found `{found}`; delete or rename it")
            }
            WaiverError::NotCsv { line } => {
                format!("line {line}: it is no CSV; save the table as CSV (UTF-8 or GB18030, with commas)")
            }
            WaiverError::Lacks { line, column: "code" } => {
                format!("line {line}: it has no code; copy it from the finding, such as `claim_disagrees`")
            }
            WaiverError::Lacks { line, column } => {
                format!("line {line}: a waiver needs a {column}, found none; fill in the column `{column}`")
            }
            WaiverError::Unknown { line, column: "date", found } => {
                format!("line {line}: expected a date such as 2025-01-08, found `{found}`; mend it")
            }
            WaiverError::Unknown { line, column, found } => {
                format!(
                    "line {line}: the {column} `{found}` is not known; `gongkai explain {found}` names what is near"
                )
            }
        }
    }

    fn chinese(&self) -> String {
        let names = COLUMNS.map(|(_, zh, _)| zh).join("、");
        match self {
            WaiverError::NoColumn(column) => format!("第1行：应有{names}各列，缺“{}”列；请补上", title(column)),
            WaiverError::UnknownColumn(found) => format!("第1行：应有{names}各列，实有 `{found}`；请删除或改名"),
            WaiverError::NotCsv { line } => {
                format!("第{line}行：不是 CSV；请将表格另存为 CSV（UTF-8 或 GB18030，以逗号分隔）")
            }
            WaiverError::Lacks { line, column: "code" } => {
                format!("第{line}行：缺少类别；请照检查结果填写，如 `claim_disagrees`")
            }
            WaiverError::Lacks { line, column } => {
                format!("第{line}行：核实说明须有{0}；请填写“{0}”列", title(column))
            }
            WaiverError::Unknown { line, column: "date", found } => {
                format!("第{line}行：日期应如 2025-01-08，实为 `{found}`；请更正")
            }
            WaiverError::Unknown { line, column, found } => {
                format!("第{line}行：{} `{found}` 不存在；`gongkai explain {found}` 列出相近的名称", title(column))
            }
        }
    }
}

/// What a column is called in Chinese.
fn title(column: &str) -> &'static str {
    COLUMNS.iter().find(|(name, ..)| *name == column).map_or("", |(_, zh, _)| zh)
}

impl Waivers {
    /// Reads a table with a line of column names, parted by commas, or by tabs if the first line has
    /// no comma. Lines without anything in them are passed over.
    ///
    /// # Errors
    /// When a column, a reason or a date is lacking, or a code, field or date is none.
    pub fn from_csv(text: &str, forms: &[Arc<Form>]) -> Result<Waivers, WaiverError> {
        let head = text.lines().next().unwrap_or_default();
        let delimiter = if head.contains('\t') && !head.contains(',') { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let places = places(reader.headers().map_err(|_| WaiverError::NotCsv { line: 1 })?)?;
        let mut list = Vec::new();
        let mut lines = Lines { text, at: 0, line: 1 };
        for record in reader.records() {
            let position = |position: Option<&csv::Position>| position.map_or(0, csv::Position::byte);
            let record = record.map_err(|error| WaiverError::NotCsv { line: lines.of(position(error.position())) })?;
            let line = lines.of(position(record.position()));
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                list.push(waiver(&Row { places: &places, record: &record, line }, forms)?);
            }
        }
        Ok(Waivers { list })
    }

    /// Marks the findings of one file that somebody answers for.
    pub fn apply<'f>(&self, source: &str, findings: impl Iterator<Item = &'f mut Finding>) {
        let named: Vec<&Waiver> = self.list.iter().filter(|waiver| waiver.names(source)).collect();
        named.iter().for_each(|waiver| waiver.set(SEEN));
        if named.is_empty() {
            return;
        }
        for finding in findings {
            for waiver in &named {
                if waiver.fits(finding) {
                    waiver.set(USED);
                    finding.waived.get_or_insert_with(|| waiver.waived.clone());
                }
            }
        }
    }

    /// Notes that a file could not be read: whatever is said of it may still be true.
    pub fn could_not_read(&self, source: &str) {
        self.list.iter().filter(|waiver| waiver.names(source)).for_each(|waiver| waiver.set(OPEN));
    }

    /// What is to be said about the waivers themselves, once all files are read: those refused, and
    /// those that match nothing any more. Of files that were not looked at nothing is said.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.list.iter().filter_map(Waiver::finding).collect()
    }
}

impl Waiver {
    fn set(&self, flag: u8) {
        self.state.fetch_or(flag, Ordering::Relaxed);
    }

    fn names(&self, source: &str) -> bool {
        let Some(own) = &self.source else { return true };
        source.strip_suffix(own.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    fn is_refused(&self) -> bool {
        self.code.entry().grade == Grade::Mandatory
    }

    fn fits(&self, finding: &Finding) -> bool {
        let same_field = self.field.is_none() || self.field == finding.field;
        !self.is_refused() && self.code == finding.code && same_field
    }

    fn finding(&self) -> Option<Finding> {
        let state = self.state.load(Ordering::Relaxed);
        let code = if self.is_refused() {
            Code::WaiverRefused
        } else if state & SEEN != 0 && state & (USED | OPEN) == 0 {
            Code::WaiverStale
        } else {
            return None;
        };
        Some(Finding::new(code).at(Origin::of_line(self.line)).found(self.code.entry().name))
    }
}

/// A line of the table by the names of its columns.
struct Row<'a> {
    places: &'a BTreeMap<&'static str, usize>,
    record: &'a csv::StringRecord,
    line: u32,
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let cell = self.record.get(*self.places.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    fn need(&self, column: &'static str) -> Result<&str, WaiverError> {
        self.get(column).ok_or(WaiverError::Lacks { line: self.line, column })
    }

    fn unknown(&self, column: &'static str, found: &str) -> WaiverError {
        WaiverError::Unknown { line: self.line, column, found: found.to_owned() }
    }
}

/// Numbers of lines as an editor shows them. The parser counts a record from the end of the one before, blank
/// lines included.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the record that begins at or after this byte; bytes come in their order.
    fn of(&mut self, byte: u64) -> u32 {
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let bytes = self.text.as_bytes();
        let from = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, bytes.len());
        let start = from + bytes[from..].iter().take_while(|byte| ends(byte)).count();
        let passed = memchr::memchr_iter(b'\n', &bytes[self.at..start]).count();
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.at = start;
        self.line
    }
}

/// Where each column stands; names may be in either language.
fn places(header: &csv::StringRecord) -> Result<BTreeMap<&'static str, usize>, WaiverError> {
    let mut places = BTreeMap::new();
    for (at, cell) in header.iter().enumerate() {
        let cell = cell.trim_start_matches('\u{feff}').trim();
        let known = COLUMNS.iter().find(|(name, zh, _)| cell.eq_ignore_ascii_case(name) || cell == *zh);
        match known {
            Some((name, ..)) => {
                places.entry(*name).or_insert(at);
            }
            // Spreadsheets leave columns without a name at the end.
            None if cell.is_empty() => {}
            None => return Err(WaiverError::UnknownColumn(cell.to_owned())),
        }
    }
    let lacking = COLUMNS.iter().find(|(name, _, needed)| *needed && !places.contains_key(name));
    lacking.map_or(Ok(places), |(name, ..)| Err(WaiverError::NoColumn(name)))
}

fn waiver(row: &Row, forms: &[Arc<Form>]) -> Result<Waiver, WaiverError> {
    let code = row.need("code")?;
    let code = Code::of_name(code).ok_or_else(|| row.unknown("code", code))?;
    let field = row.get("field").map(|word| key(word, forms).ok_or_else(|| row.unknown("field", word))).transpose()?;
    let date = row.need("date")?;
    Ok(Waiver {
        line: row.line,
        source: row.get("source").map(|source| source.replace('\\', "/").trim_start_matches("./").to_owned()),
        code,
        field,
        waived: Waived {
            reason: row.need("reason")?.to_owned(),
            date: day(date).ok_or_else(|| row.unknown("date", date))?,
            by: row.get("by").map(str::to_owned),
        },
        state: AtomicU8::new(0),
    })
}

/// A field by its name, or by its short one.
fn key(word: &str, forms: &[Arc<Form>]) -> Option<Key> {
    let mut fields = forms.iter().flat_map(|form| &form.fields);
    fields.find(|field| field.key.as_str() == word || field.code == word).map(|field| field.key.clone())
}

/// A day as `YYYY-MM-DD`. Spreadsheets turn 2025-01-08 into 2025/1/8.
fn day(text: &str) -> Option<String> {
    let text = text.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    let (year, month, day): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1..=days(year, month)?).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Waivers, WaiverError> {
        Waivers::from_csv(text, Form::shipped())
    }

    fn claim() -> Finding {
        Finding::new(Code::ClaimDisagrees)
    }

    #[test]
    fn a_finding_that_somebody_answers_for_is_marked() {
        let text = "source,code,field,reason,date,by\r\na/甲.docx,claim_disagrees,,口径不同,2025/1/8,张三\r\n,,,,,\r\n";
        let waivers = read(text).expect("waivers");
        let mut findings = [claim(), Finding::new(Code::FeesUnit)];
        waivers.apply("x/a/甲.docx", findings.iter_mut());
        let waived =
            Waived { reason: "口径不同".to_owned(), date: "2025-01-08".to_owned(), by: Some("张三".to_owned()) };
        assert_eq!(findings[0].waived.as_ref(), Some(&waived));
        assert_eq!(findings[1].waived, None);
        assert_eq!(waivers.findings(), []);
        assert_eq!(waived.words(Lang::En), "[waived 2025-01-08 by 张三: 口径不同]");
    }

    #[test]
    fn a_name_fits_whole_steps_of_a_path_only() {
        let waivers = read("source,code,reason,date\n甲.docx,claim_disagrees,r,2025-01-08\n").expect("waivers");
        let mut finding = claim();
        waivers.apply("乙甲.docx", std::iter::once(&mut finding));
        assert_eq!(finding.waived, None);
        assert_eq!(waivers.findings(), [], "its file was not looked at");
    }

    #[test]
    fn a_field_narrows_a_waiver_and_may_be_a_short_name() {
        let text = "类别\t字段\t理由\t日期\nfees_unit\tpro_fees_amt\t属实\t2025年1月8日\n";
        let waivers = read(text).expect("waivers");
        let mut other = Finding::new(Code::FeesUnit).field(&Key::new("proactive.licensing.decisions"));
        waivers.apply("a", std::iter::once(&mut other));
        assert_eq!(other.waived, None);
        let mut fees = Finding::new(Code::FeesUnit).field(&Key::new("proactive.fees.amount"));
        waivers.apply("a", std::iter::once(&mut fees));
        assert_eq!(fees.waived.map(|waived| waived.date).as_deref(), Some("2025-01-08"));
    }

    #[test]
    fn what_must_be_mended_is_refused_and_what_matches_nothing_is_stale() {
        let text = "code,reason,date\nrow_total,because,2025-01-08\nclaim_disagrees,r,2025-01-08\n";
        let waivers = read(text).expect("waivers");
        let mut sum = Finding::new(Code::RowTotal);
        waivers.apply("a", std::iter::once(&mut sum));
        assert_eq!(sum.waived, None);
        let said: Vec<(Code, Option<u32>)> = waivers
            .findings()
            .iter()
            .map(|finding| (finding.code, finding.origin.and_then(|origin| origin.line)))
            .collect();
        assert_eq!(said, [(Code::WaiverRefused, Some(2)), (Code::WaiverStale, Some(3))]);
        waivers.could_not_read("b");
        assert_eq!(waivers.findings().len(), 1, "of a file that could not be read nobody knows");
    }

    #[test]
    fn every_lack_is_named_with_its_line() {
        let head = "code,reason,date\n";
        for (text, expected) in [
            ("code,reason\n", WaiverError::NoColumn("date")),
            ("code,reason,date,severity\n", WaiverError::UnknownColumn("severity".to_owned())),
            (&format!("{head}claim_disagrees,,2025-01-08\n"), WaiverError::Lacks { line: 2, column: "reason" }),
            (&format!("{head}claim_disagrees,r\n"), WaiverError::Lacks { line: 2, column: "date" }),
            (&format!("{head}\r\nnothing,r,2025-01-08\n"), unknown(3, "code", "nothing")),
            (&format!("{head}claim_disagrees,r,2025-02-29\n"), unknown(2, "date", "2025-02-29")),
            (&format!("{head}claim_disagrees,r,08.01.2025\n"), unknown(2, "date", "08.01.2025")),
            ("code,field,reason,date\nfees_unit,x.y,r,2025-01-08\n", unknown(2, "field", "x.y")),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(error, expected, "{text}");
            assert!(error.message(Lang::En).contains("; "), "{}", error.message(Lang::En));
            assert!(error.message(Lang::Zh).contains('；'), "{}", error.message(Lang::Zh));
        }
    }

    fn unknown(line: u32, column: &'static str, found: &str) -> WaiverError {
        WaiverError::Unknown { line, column, found: found.to_owned() }
    }
}
