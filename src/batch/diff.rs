//! Two runs compared: which reports, figures and findings are not the same.
//!
//! Both are read line by line from their `reports.jsonl`; of the older one only the place of each
//! report is held, so that memory does not grow with what the reports hold.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::earlier::{self, Earlier, OfFile};
use super::system;
use crate::export::record::{FigureRecord, FindingRecord, OriginRecord, ReportRecord};
use crate::finding::Lang;

/// Lines of which a run consists, in its output folder.
const LINES: &str = "reports.jsonl";

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Only the newer run has the report.
    Added,
    /// Only the older run has it.
    Removed,
    /// Something about the report: `organ`, `place`, `year`, `title`, `status`, `sha256`, or the edition of a table.
    About {
        /// What.
        what: String,
        /// What it was; empty if nothing.
        old: String,
        /// What it is; empty if nothing.
        new: String,
    },
    /// A figure: value, state, unit or raw text differ.
    Figure {
        /// Its id.
        field: String,
        /// As it was; `None` if it was not listed.
        old: Option<Box<FigureRecord>>,
        /// As it is; `None` if it is not listed.
        new: Option<Box<FigureRecord>>,
    },
    /// A finding that only the newer run has.
    FindingAdded(Box<FindingRecord>),
    /// A finding that only the older run has.
    FindingRemoved(Box<FindingRecord>),
}

/// A difference, and the report that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// The file.
    pub source: &'a str,
    /// Number of the report in it; 0 for the file as a whole.
    pub report: u32,
    /// What differs.
    pub change: Change,
}

/// Why two runs cannot be compared.
#[derive(Debug)]
pub struct DiffError {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    System(io::Error),
    /// A line that is no report, by its number.
    Line(usize, serde_json::Error),
    /// The run wrote no lines.
    NotWritten,
}

impl DiffError {
    fn system(path: &Path, error: io::Error) -> Self {
        DiffError { path: path.to_owned(), cause: Cause::System(error) }
    }

    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        match (&self.cause, lang) {
            (Cause::System(error), Lang::En) => format!(
                "{path}: could not be read ({}); name an output folder of `gongkai extract`, or its {LINES}",
                system::cause(error).of(lang)
            ),
            (Cause::System(error), Lang::Zh) => format!(
                "{path}：无法读取（{}）；请指定 `gongkai extract` 的输出文件夹，或其中的 {LINES}",
                system::cause(error).of(lang)
            ),
            (Cause::NotWritten, Lang::En) => {
                format!(
                    "{path}: the run wrote no {LINES}, which is what runs are compared by; run it again with `--format jsonl` too"
                )
            }
            (Cause::NotWritten, Lang::Zh) => {
                format!("{path}：该次运行未写出 {LINES}，无法比较；请加上 `--format jsonl` 重新运行")
            }
            (Cause::Line(line, error), Lang::En) => {
                format!(
                    "{path}, line {line}: expected a report as `gongkai extract` writes it, found something else ({error}); run extract again"
                )
            }
            (Cause::Line(line, error), Lang::Zh) => {
                format!(
                    "{path} 第 {line} 行：应为 `gongkai extract` 写出的报告，实际不是（{error}）；请重新运行 extract"
                )
            }
        }
    }
}

/// Compares two runs and hands each difference to `each`: report by report in the order of the newer
/// run, then the reports that only the older one has.
///
/// # Errors
/// When a run cannot be read.
pub fn diff(old: &Path, new: &Path, mut each: impl FnMut(&Difference<'_>)) -> Result<(), DiffError> {
    let (path_of_old, path) = (lines_of(old)?, lines_of(new)?);
    let files = (by_key(&path_of_old), by_key(&path));
    let mut old = Index::open(&path_of_old)?;
    let mut lines = Lines::open(&path)?;
    while let Some(newer) = lines.next::<ReportRecord>()? {
        let (source, report) = (&newer.source[..], newer.report);
        match old.take(&newer)? {
            Some(older) => {
                for change in changes(&older, &newer) {
                    each(&Difference { source, report, change });
                }
            }
            None => each(&Difference { source, report, change: Change::Added }),
        }
    }
    for (source, report) in old.left() {
        each(&Difference { source: &source, report, change: Change::Removed });
    }
    if let (Some(old), Some(new)) = files {
        let missing = |in_one: &OfFiles, other: &OfFiles| -> Vec<(String, FindingRecord)> {
            let lacking = in_one.iter().filter(|(key, _)| !other.contains_key(*key));
            lacking.map(|((source, ..), finding)| (source.clone(), finding.clone())).collect()
        };
        for (source, finding) in missing(&new, &old) {
            each(&Difference { source: &source, report: 0, change: Change::FindingAdded(Box::new(finding)) });
        }
        for (source, finding) in missing(&old, &new) {
            each(&Difference { source: &source, report: 0, change: Change::FindingRemoved(Box::new(finding)) });
        }
    }
    Ok(())
}

/// The lines of a run: the file itself, or that in its folder, if the run there wrote it.
fn lines_of(run: &Path) -> Result<PathBuf, DiffError> {
    if !run.is_dir() {
        return Ok(run.to_owned());
    }
    match Earlier::of(run) {
        Some(earlier) if !earlier.wrote(LINES) => Err(DiffError { path: run.to_owned(), cause: Cause::NotWritten }),
        _ => Ok(run.join(LINES)),
    }
}

/// Findings about files as a whole, by source, code and what was found: the sentence depends on the language.
type OfFiles = BTreeMap<(String, String, String), FindingRecord>;

/// The findings about files of a run, if it wrote any.
fn by_key(lines: &Path) -> Option<OfFiles> {
    let record = |of: OfFile| {
        let key = (of.source, of.code.entry().name.to_owned(), of.found.clone());
        let finding = FindingRecord {
            severity: of.severity,
            grade: None,
            code: of.code,
            field: None,
            place: None,
            message: of.message,
            expected: None,
            found: Some(of.found),
            origin: None,
            details: BTreeMap::new(),
            waived: None,
        };
        (key, finding)
    };
    Some(earlier::of_files(lines)?.into_iter().map(record).collect())
}

/// A file of lines, and where it is read.
struct Lines {
    path: PathBuf,
    file: BufReader<File>,
    text: String,
    number: usize,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, DiffError> {
        let file = File::open(path).map_err(|error| DiffError::system(path, error))?;
        Ok(Lines { path: path.to_owned(), file: BufReader::new(file), text: String::new(), number: 0 })
    }

    fn next<T: for<'d> Deserialize<'d>>(&mut self) -> Result<Option<T>, DiffError> {
        self.text.clear();
        let read = self.file.read_line(&mut self.text).map_err(|error| DiffError::system(&self.path, error))?;
        self.number += 1;
        if read == 0 {
            return Ok(None);
        }
        let failed = |error| DiffError { path: self.path.clone(), cause: Cause::Line(self.number, error) };
        serde_json::from_str(&self.text).map(Some).map_err(failed)
    }
}

/// What names a report.
#[derive(Deserialize)]
struct Name {
    source: String,
    report: u32,
}

/// The older run: where each of its reports stands.
struct Index {
    lines: Lines,
    /// Number of the line, and its place in the file.
    places: HashMap<(String, u32), (usize, u64)>,
}

impl Index {
    fn open(path: &Path) -> Result<Self, DiffError> {
        let mut lines = Lines::open(path)?;
        let mut places = HashMap::new();
        let mut place = 0;
        while let Some(Name { source, report }) = lines.next()? {
            places.insert((source, report), (lines.number, place));
            place += lines.text.len() as u64;
        }
        Ok(Index { lines, places })
    }

    /// The report of the same name, which is not left then.
    fn take(&mut self, like: &ReportRecord) -> Result<Option<ReportRecord>, DiffError> {
        let Some((number, place)) = self.places.remove(&(like.source.clone(), like.report)) else { return Ok(None) };
        let sought = self.lines.file.seek(SeekFrom::Start(place));
        sought.map_err(|error| DiffError::system(&self.lines.path, error))?;
        self.lines.number = number - 1;
        self.lines.next()
    }

    /// The names that were not taken, in the order of the run.
    fn left(self) -> Vec<(String, u32)> {
        let by_line: BTreeMap<_, _> = self.places.into_iter().map(|(name, (line, _))| (line, name)).collect();
        by_line.into_values().collect()
    }
}

/// What differs between two states of one report.
fn changes(old: &ReportRecord, new: &ReportRecord) -> Vec<Change> {
    let mut changes = about(old, new);
    changes.extend(figures(old, new));
    changes.extend(findings(old, new));
    changes
}

/// The code of the division, if it is settled.
fn place_of(report: &ReportRecord) -> String {
    let unit = report.place.as_ref().and_then(|place| place.unit.as_ref());
    unit.map_or(String::new(), |unit| unit.code.clone())
}

fn about(old: &ReportRecord, new: &ReportRecord) -> Vec<Change> {
    let facts = |report: &ReportRecord| {
        let mut facts = vec![
            ("sha256".to_owned(), report.sha256.clone()),
            ("status".to_owned(), report.status.name().to_owned()),
            ("title".to_owned(), report.title.as_ref().map_or(String::new(), |title| title.text.clone())),
            ("organ".to_owned(), report.organ.as_ref().map_or(String::new(), |organ| organ.name.clone())),
            ("place".to_owned(), place_of(report)),
            ("year".to_owned(), report.year.map_or(String::new(), |year| year.to_string())),
        ];
        let editions = report.tables.iter().map(|table| (format!("{} edition", table.id), table.form.clone()));
        facts.extend(editions);
        facts
    };
    let pairs = paired(facts(old), facts(new));
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    differing
        .map(|(what, old, new)| Change::About { what, old: old.unwrap_or_default(), new: new.unwrap_or_default() })
        .collect()
}

fn figures(old: &ReportRecord, new: &ReportRecord) -> Vec<Change> {
    let listed = |report: &ReportRecord| {
        let figures = report.tables.iter().flat_map(|table| &table.figures);
        figures.map(|figure| (figure.field.clone(), figure.clone())).collect::<Vec<_>>()
    };
    // Where a figure stands, and what settled that, may differ without its being another.
    let read = |figure: &Option<FigureRecord>| {
        figure.as_ref().map(|figure| (figure.value, figure.state.clone(), figure.raw.clone(), figure.unit.clone()))
    };
    let pairs = paired(listed(old), listed(new)).into_iter();
    let differing = pairs.filter(|(_, old, new)| read(old) != read(new));
    differing
        .map(|(field, old, new)| Change::Figure { field, old: old.map(Box::new), new: new.map(Box::new) })
        .collect()
}

fn findings(old: &ReportRecord, new: &ReportRecord) -> Vec<Change> {
    // The language of a message is no difference, nor is the place of a paragraph that moved.
    let named = |finding: &FindingRecord| {
        (finding.code, finding.field.clone(), finding.place.clone(), finding.expected.clone(), finding.found.clone())
    };
    let only = |these: &[FindingRecord], those: &[FindingRecord]| {
        let mut others: Vec<_> = those.iter().map(named).collect();
        let mut rest = Vec::new();
        for finding in these {
            match others.iter().position(|other| *other == named(finding)) {
                Some(at) => drop(others.swap_remove(at)),
                None => rest.push(Box::new(finding.clone())),
            }
        }
        rest
    };
    let added = only(&new.findings, &old.findings).into_iter().map(Change::FindingAdded);
    added.chain(only(&old.findings, &new.findings).into_iter().map(Change::FindingRemoved)).collect()
}

/// Each name with what it had and what it has, in the order of the newer, then what only the older has.
fn paired<T>(old: Vec<(String, T)>, new: Vec<(String, T)>) -> Vec<(String, Option<T>, Option<T>)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut older: Vec<Option<(String, T)>> = Vec::with_capacity(old.len());
    for (at, (name, value)) in old.into_iter().enumerate() {
        places.insert(name.clone(), at);
        older.push(Some((name, value)));
    }
    let mut pairs = Vec::with_capacity(new.len());
    for (name, value) in new {
        let was = places.get(&name).and_then(|at| older[*at].take());
        pairs.push((name, was.map(|(_, value)| value), Some(value)));
    }
    pairs.extend(older.into_iter().flatten().map(|(name, value)| (name, Some(value), None)));
    pairs
}

/// Where the figure of a change stands, in the newer run if it is there.
#[must_use]
pub fn place(old: Option<&FigureRecord>, new: Option<&FigureRecord>) -> Option<OriginRecord> {
    new.and_then(|figure| figure.origin).or_else(|| old.and_then(|figure| figure.origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paired_in_the_order_of_the_newer() {
        let owned = |pairs: &[(&str, i32)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let pairs = paired(owned(&[("a", 1), ("b", 2), ("c", 3)]), owned(&[("c", 4), ("a", 1), ("d", 5)]));
        let wanted = [("c", Some(3), Some(4)), ("a", Some(1), Some(1)), ("d", None, Some(5)), ("b", Some(2), None)];
        assert_eq!(pairs, wanted.map(|(name, old, new)| (name.to_owned(), old, new)));
    }
}
