//! The table in which waivers are written.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex};

use super::{Waived, Waiver, Waivers};
use crate::finding::{Code, Lang};
use crate::template::{Form, Key};

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
    /// Nobody can have answered on that day: before there were reports, or a day that is still to come.
    FarOff {
        /// The line.
        line: u32,
        /// The day.
        found: String,
    },
}

/// Columns: the name, what it is called in Chinese, whether it must be there.
const COLUMNS: [(&str, &str, bool); 8] = [
    ("source", "文件", false),
    ("code", "类别", true),
    ("field", "字段", false),
    ("text", "句子", false),
    ("found", "数值", false),
    ("reason", "理由", true),
    ("date", "日期", true),
    ("by", "核实人", false),
];

/// The day from which organs have to report (政府信息公开条例).
const FIRST_DAY: &str = "2008-05-01";

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
            WaiverError::FarOff { line, found } => {
                format!(
                    "line {line}: expected the day on which somebody answered for it, between {FIRST_DAY} and today, \
                    found {found}; mend it"
                )
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
            WaiverError::FarOff { line, found } => {
                format!("第{line}行：日期应为核实之日，在 {FIRST_DAY} 与今日之间，实为 {found}；请更正")
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
        Ok(Waivers { list: list.into() })
    }

    /// The same, if none is dated before there were reports, or later than this day (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// The first line whose date is.
    pub fn dated_until(self, last: &str) -> Result<Waivers, WaiverError> {
        let possible = |date: &str| (FIRST_DAY..=last).contains(&date);
        match self.list.iter().find(|waiver| !possible(&waiver.waived.date)) {
            Some(Waiver { line, waived, .. }) => Err(WaiverError::FarOff { line: *line, found: waived.date.clone() }),
            None => Ok(self),
        }
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
        text: row.get("text").map(super::squeezed),
        found: row.get("found").map(str::to_owned),
        waived: Waived {
            reason: row.need("reason")?.to_owned(),
            date: day(date).ok_or_else(|| row.unknown("date", date))?,
            by: row.get("by").map(str::to_owned),
        },
        state: AtomicU8::new(0),
        unclear: Mutex::default(),
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
