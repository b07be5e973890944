//! `gongkai.sqlite`: reports, figures, findings, claims and sections as tables with keys, a view for each table of the form.
//!
//! The file is written in transactions without a journal: it is whole or not there, so nothing
//! is ever rolled back. The same statements in the same order give the same pages.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, Value as Sql};
use rusqlite::{CachedStatement, Connection, ErrorCode, ToSql, params, params_from_iter};

use super::table::{Cell, Kind, Spec, Table};
use super::{Container, Described, Documented, Item, Settings, Sink, cells, claims, findings, record, reports};
use crate::document::Origin;
use crate::report::{Amount, Report};

/// The format's entry in the list.
pub(super) const CONTAINER: Container = Container {
    name: "sqlite",
    file: "gongkai.sqlite",
    about: (
        "a database: reports, figures, findings, claims and sections, and a view for each table of the form",
        "数据库：报告、数据、检查结果、正文数字、章节，以及表样各表的视图",
    ),
    tables: documented,
    begin: |target, settings| Ok(Box::new(Database::begin(&target.path, settings).map_err(failed)?)),
};

/// Marks the file as one of this program: `gong` in bytes.
const APPLICATION: i32 = i32::from_be_bytes(*b"gong");
/// Items that are written between two commits.
const ITEMS_PER_COMMIT: usize = 256;
/// Statements that are kept ready.
const STATEMENTS: usize = 16;

/// Columns of `reports` that say the same in `figures`, `findings` and `claims`.
const OF_REPORT: [&str; 4] = ["source", "report", "organ", "year"];

struct Database {
    settings: Arc<Settings>,
    connection: Connection,
    reports: Insert,
    figures: Insert,
    findings: Insert,
    claims: Insert,
    /// The last report's number in the database, from 1.
    report: i64,
    section: i64,
    /// Items since the last commit.
    items: usize,
}

impl Database {
    fn begin(path: &Path, settings: &Arc<Settings>) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch(&format!(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA foreign_keys = OFF;
             PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; BEGIN;",
            record::VERSION
        ))?;
        connection.execute_batch(&schema(settings))?;
        let insert = |table| Insert::of(table, settings);
        let (reports, figures) = (insert(&reports::TABLE), insert(&cells::TABLE));
        let (findings, claims) = (insert(&findings::TABLE), insert(&claims::TABLE));
        let (report, section, items) = (0, 0, 0);
        let settings = Arc::clone(settings);
        let database = Database { settings, connection, reports, figures, findings, claims, report, section, items };
        database.fields()?;
        Ok(database)
    }

    /// The codebook, so that the file explains itself.
    fn fields(&self) -> rusqlite::Result<()> {
        let mut about = self.connection.prepare("INSERT INTO about VALUES (?, ?)")?;
        about.execute(params!["program", env!("CARGO_PKG_NAME")])?;
        about.execute(params!["version", env!("CARGO_PKG_VERSION")])?;
        let mut insert = self.connection.prepare("INSERT INTO fields VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for (number, field) in (1..).zip(self.settings.fields()) {
            let unit = Some(field.unit.as_str()).filter(|unit| !unit.is_empty());
            let (key, code) = (field.key.as_str(), &field.code);
            insert.execute(params![key, number, field.table, code, field.words, field.printed, unit])?;
        }
        let mut insert = self.connection.prepare("INSERT INTO labels VALUES (?, ?, ?)")?;
        for (edition, field, label) in self.settings.labels() {
            insert.execute(params![edition, field.as_str(), label])?;
        }
        Ok(())
    }

    fn write(&mut self, item: &Item<'_>) -> rusqlite::Result<()> {
        let first = self.report;
        for report in item.reports {
            self.report += 1;
            let own = Item { reports: std::slice::from_ref(report), ..*item };
            self.rows(&self.reports, &own, Some(self.report))?;
            self.rows(&self.figures, &own, Some(self.report))?;
            self.rows(&self.claims, &own, Some(self.report))?;
            self.sections(report)?;
        }
        self.findings(item, first)?;
        self.items += 1;
        if self.items == ITEMS_PER_COMMIT {
            self.items = 0;
            self.connection.execute_batch("COMMIT; BEGIN")?;
        }
        Ok(())
    }

    fn findings(&self, item: &Item<'_>, first: i64) -> rusqlite::Result<()> {
        self.rows(&self.findings, &Item { reports: &[], ..*item }, None)?;
        for (number, report) in (first + 1..).zip(item.reports) {
            let own = Item { reports: std::slice::from_ref(report), findings: &[], ..*item };
            self.rows(&self.findings, &own, Some(number))?;
        }
        Ok(())
    }

    /// Inserts the rows of a table, the number of the report first.
    fn rows(&self, insert: &Insert, item: &Item<'_>, report: Option<i64>) -> rusqlite::Result<()> {
        let Insert { table, kept, sql } = insert;
        let mut insert = self.connection.prepare_cached(sql)?;
        let mut ended = Ok(());
        let each = &mut |cells: &[Cell<'_>]| {
            ended = insert_row(&mut insert, report, kept, cells);
            // The cause is kept above; this only ends the rows.
            if ended.is_ok() { Ok(()) } else { Err(io::ErrorKind::Other.into()) }
        };
        let _ = (table.rows)(item, &self.settings, each);
        ended
    }

    fn sections(&mut self, report: &Report) -> rusqlite::Result<()> {
        for section in &report.sections {
            self.section += 1;
            let whole = self.section;
            self.add_section(None, section.id.as_deref(), (&section.title, &section.text), section.origin)?;
            for part in &section.parts {
                self.section += 1;
                self.add_section(Some(whole), None, (&part.title, &part.text), part.origin)?;
            }
        }
        Ok(())
    }

    fn add_section(
        &self,
        within: Option<i64>,
        id: Option<&str>,
        (title, text): (&str, &str),
        place: Origin,
    ) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached("INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
        insert.execute(params![self.section, self.report, within, id, title, text, place.page, place.line])?;
        Ok(())
    }
}

impl Sink for Database {
    fn item(&mut self, item: &Item<'_>) -> io::Result<()> {
        self.write(item).map_err(failed)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.connection.execute_batch("COMMIT").map_err(failed)?;
        self.connection.close().map_err(|(_, error)| failed(error))
    }
}

/// A column of a table that the database keeps.
struct Kept {
    /// Its place among the cells of a row.
    at: usize,
    spec: Spec,
}

/// The columns of a table that are kept: no figure of `reports`, since `figures` has it, and
/// nothing twice of a report.
fn kept(table: &Table, settings: &Settings) -> Vec<Kept> {
    let specs = (table.columns)(settings).into_iter().enumerate().map(|(at, spec)| Kept { at, spec });
    let repeats = |name: &str| match table.name {
        "reports" => false,
        // A file that could not be read has findings and no report.
        "findings" => name == "report",
        // The labels are in `labels`, once.
        _ => OF_REPORT.contains(&name) || name == "label",
    };
    specs.filter(|kept| kept.spec.field.is_none() && !repeats(&kept.spec.name)).collect()
}

/// The table's name in the database.
fn name(table: &Table) -> &'static str {
    if table.name == "cells" { "figures" } else { table.name }
}

/// How the rows of a table go into the database.
struct Insert {
    table: &'static Table,
    kept: Vec<Kept>,
    sql: String,
}

impl Insert {
    fn of(table: &'static Table, settings: &Settings) -> Self {
        let kept = kept(table, settings);
        let mut names = vec![if table.name == "reports" { "id" } else { "report_id" }.to_owned()];
        for Kept { spec, .. } in &kept {
            names.push(quoted(&spec.name));
            names.extend(spec.digits().map(|digits| quoted(&digits)));
        }
        let values = vec!["?"; names.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({values})", name(table), names.join(", "));
        Insert { table, kept, sql }
    }
}

fn insert_row(
    insert: &mut CachedStatement,
    report: Option<i64>,
    kept: &[Kept],
    cells: &[Cell],
) -> rusqlite::Result<()> {
    let mut values = vec![Bound::Sql(report.map_or(Sql::Null, Sql::Integer))];
    for Kept { at, spec } in kept {
        let cell = cells.get(*at).unwrap_or(&Cell::Nothing);
        values.push(Bound::of(cell));
        if spec.digits().is_some() {
            values.push(Bound::Sql(cell.decimal().map_or(Sql::Null, |number| Sql::Text(number.to_string()))));
        }
    }
    insert.execute(params_from_iter(values)).map(|_| ())
}

/// A value on its way into the database.
enum Bound<'a> {
    Sql(Sql),
    Text(&'a str),
}

impl<'a> Bound<'a> {
    fn of(cell: &'a Cell<'_>) -> Self {
        match cell {
            Cell::Nothing => Bound::Sql(Sql::Null),
            Cell::Text(text) => Bound::Text(text),
            Cell::Whole(number) => Bound::Sql(Sql::Integer(*number)),
            Cell::Decimal(_) | Cell::Figure(..) => Bound::Sql(cell.decimal().map_or(Sql::Null, number)),
        }
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Bound::Sql(value) => value.to_sql(),
            Bound::Text(text) => text.to_sql(),
        }
    }
}

/// A whole number where it is one, so that sums are exact; else the nearest binary number.
fn number(number: Amount) -> Sql {
    let plain = number.0.normalize();
    match i64::try_from(plain) {
        Ok(whole) if plain.scale() == 0 => Sql::Integer(whole),
        _ => plain.to_string().parse().map_or(Sql::Null, Sql::Real),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A column with its type, and what is sure of it.
fn column(spec: &Spec) -> String {
    let name = quoted(&spec.name);
    let kind = match spec.kind {
        Kind::Text => "TEXT",
        Kind::Whole => "INTEGER",
        Kind::Decimal => "NUMERIC",
    };
    let needed = if spec.needed { " NOT NULL" } else { "" };
    let choices = match spec.choices {
        [] => String::new(),
        choices => {
            let listed: Vec<String> = choices.iter().map(|choice| literal(choice)).collect();
            format!(" CHECK ({name} IN ({}))", listed.join(", "))
        }
    };
    let text = spec.digits().map_or(String::new(), |digits| format!(", {} TEXT", quoted(&digits)));
    format!("{name} {kind}{needed}{choices}{text}")
}

fn columns(table: &Table, settings: &Settings) -> String {
    let columns = kept(table, settings).into_iter().map(|kept| column(&kept.spec));
    columns.collect::<Vec<_>>().join(",\n  ")
}

/// The statements that make the tables, indexes and views.
fn schema(settings: &Settings) -> String {
    let mut sql = format!(
        "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fields (
  field TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, \"table\" TEXT NOT NULL, code TEXT NOT NULL UNIQUE,
  english TEXT NOT NULL, chinese TEXT NOT NULL, unit TEXT
) WITHOUT ROWID;
CREATE TABLE labels (
  edition TEXT NOT NULL, field TEXT NOT NULL REFERENCES fields (field), label TEXT NOT NULL,
  PRIMARY KEY (edition, field)
) WITHOUT ROWID;
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  {},
  UNIQUE (source, report)
);
CREATE TABLE figures (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  {},
  PRIMARY KEY (report_id, field),
  FOREIGN KEY (field) REFERENCES fields (field)
) WITHOUT ROWID;
CREATE INDEX figures_by_field ON figures (field, report_id);
CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  report_id INTEGER REFERENCES reports (id),
  {}
);
CREATE INDEX findings_by_report ON findings (report_id);
CREATE INDEX findings_by_code ON findings (code);
CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES reports (id),
  {}
);
CREATE INDEX claims_by_report ON claims (report_id);
CREATE INDEX claims_by_quantity ON claims (quantity, report_id);
CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES reports (id),
  part_of INTEGER REFERENCES sections (id),
  section TEXT, title TEXT NOT NULL, text TEXT NOT NULL, page INTEGER, line INTEGER
);
CREATE INDEX sections_by_report ON sections (report_id);
",
        columns(&reports::TABLE, settings),
        columns(&cells::TABLE, settings),
        columns(&findings::TABLE, settings),
        columns(&claims::TABLE, settings),
    );
    for table in settings.tables() {
        sql.push_str(&view(settings, table, table, "value"));
        sql.push_str(&view(settings, table, &format!("{table}_states"), "state"));
    }
    sql
}

/// One row a report, one column a figure of the table.
///
/// Each column is looked up by itself, so that a query pays only for those it names.
fn view(settings: &Settings, table: &str, name: &str, what: &str) -> String {
    let fields = settings.fields().iter().filter(|field| field.table == table);
    let columns: String = fields
        .map(|field| {
            let (key, shown) = (literal(field.key.as_str()), quoted(field.key.as_str()));
            format!(",\n  (SELECT {what} FROM figures WHERE report_id = reports.id AND field = {key}) AS {shown}")
        })
        .collect();
    let edition = quoted(&format!("edition_{table}"));
    format!(
        "CREATE VIEW {} AS SELECT id, source, report, organ, year, {edition} AS edition{columns}\nFROM reports;\n",
        quoted(name)
    )
}

/// A column: name, type, what it holds in English and Chinese.
type Plain = (&'static str, &'static str, &'static str, &'static str);

const REPORT_ID: Plain = ("report_id", "INTEGER", "`id` of the report", "报告的 `id`");

/// The columns that tables have here before those that they have in every format.
const FIRST: &[(&Table, &[Plain])] = &[
    (
        &reports::TABLE,
        &[("id", "INTEGER", "number of the report in the database, from 1", "报告在数据库中的编号，从 1 起")],
    ),
    (&cells::TABLE, &[REPORT_ID]),
    (
        &findings::TABLE,
        &[
            ("id", "INTEGER", "number of the finding", "检查结果的编号"),
            (
                "report_id",
                "INTEGER",
                "`id` of the report; NULL if it is about the file as a whole",
                "报告的 `id`；关于整个文件的则为 NULL",
            ),
        ],
    ),
    (&claims::TABLE, &[("id", "INTEGER", "number of the claim", "正文数字的编号"), REPORT_ID]),
];

/// The tables that are here only.
const OWN: &[(&str, &[Plain])] = &[
    (
        "sections",
        &[
            ("id", "INTEGER", "number of the section", "章节的编号"),
            REPORT_ID,
            (
                "part_of",
                "INTEGER",
                "`id` of the section that it is part of; NULL if it is none's",
                "所属章节的 `id`；没有则为 NULL",
            ),
            (
                "section",
                "TEXT",
                "the form's id of the section; NULL for a part, or an unknown one",
                "表样中章节的标识；下级各节及未知章节为 NULL",
            ),
            ("title", "TEXT", "its heading as printed", "标题原文"),
            ("text", "TEXT", "its text without tables and sub-sections", "正文，不含表格和下级各节"),
            (
                "page",
                "INTEGER",
                "page of its heading, where the file states page breaks",
                "标题所在页码（文件载有分页信息时）",
            ),
            (
                "line",
                "INTEGER",
                "paragraph of its heading; in flattened text, the line of the file",
                "标题的段落序号；纯文本为文件行号",
            ),
        ],
    ),
    (
        "labels",
        &[
            ("edition", "TEXT", "edition of the form", "版式"),
            ("field", "TEXT", "id of a figure of it", "其中数据的标识"),
            (
                "label",
                "TEXT",
                "its printed labels there, as `label` of `cells.csv`",
                "该版式中的印刷标签，同 `cells.csv` 的 `label`",
            ),
        ],
    ),
    (
        "fields",
        &[
            ("field", "TEXT", "id of a figure, as in the codebook", "数据的标识（见编码手册）"),
            ("number", "INTEGER", "its place in print order, the newest edition first", "印刷次序，最新版式在前"),
            ("table", "TEXT", "id of its table", "所属表的标识"),
            ("code", "TEXT", "its short name", "短名"),
            ("english", "TEXT", "its id in words", "标识的英文说明"),
            ("chinese", "TEXT", "its printed labels", "印刷标签"),
            ("unit", "TEXT", "its unit; NULL if none is printed", "单位；未印出则为 NULL"),
        ],
    ),
];

/// The tables and their columns, for the documentation.
fn documented(settings: &Settings) -> Vec<Documented> {
    let of_formats = FIRST.iter().map(|(table, first)| {
        let columns = first.iter().map(described).chain(kept(table, settings).into_iter().flat_map(described_kept));
        (name(table).to_owned(), columns.collect())
    });
    let own = OWN.iter().map(|(name, columns)| ((*name).to_owned(), columns.iter().map(described).collect()));
    of_formats.chain(own).collect()
}

fn described(&(name, kind, en, zh): &Plain) -> Described {
    Described { name: name.to_owned(), kind, about: (en.to_owned(), zh.to_owned()) }
}

/// A column of every format, and the one that keeps its digits.
fn described_kept(kept: Kept) -> Vec<Described> {
    let kind = ["TEXT", "INTEGER", "NUMERIC"][kept.spec.kind as usize];
    let of = kept.spec.name.clone();
    let digits = kept.spec.digits().map(|name| {
        let about = (format!("the digits of `{of}` as they stand"), format!("`{of}` 的原有数字"));
        Described { name, kind: "TEXT", about }
    });
    let own = Described { name: kept.spec.name, kind, about: kept.spec.about };
    std::iter::once(own).chain(digits).collect()
}

/// The cause as the system would give it, where there is one.
fn failed(error: rusqlite::Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::ErrorKind::StorageFull.into(),
        Some(ErrorCode::ReadOnly) => io::ErrorKind::ReadOnlyFilesystem.into(),
        Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => io::ErrorKind::PermissionDenied.into(),
        _ => io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_whole_and_others_the_nearest() {
        for (text, wanted) in [
            ("0", Sql::Integer(0)),
            ("5.00", Sql::Integer(5)),
            ("-35", Sql::Integer(-35)),
            ("59237.2449", Sql::Real(59237.2449)),
            ("79228162514264337593543950335", Sql::Real(7.922_816_251_426_434e28)),
        ] {
            assert_eq!(number(text.parse().expect("a decimal")), wanted, "{text}");
        }
    }
}
