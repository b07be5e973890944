//! `cells.parquet`, `reports.parquet`, `findings.parquet`: the tables in typed columns.
//!
//! Rows wait in columns until a row group is full ([`Groups`]). Numbers are exact decimals of a fixed number
//! of places; what has more digits is null there and named, with its digits in `value_text` (of claims, `number_text`).

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::{Type, TypePtr};
use serde::Serialize;

use super::groups::{Bounds, Groups, failed};
use super::table::{Cell, Kind, Spec, Table};
use super::waiting::{DECIMAL_BYTES, PLACES, PRECISION, unscaled};
use super::{Container, Described, Item, Settings, Sink, Target, cells, claims, findings, record, reports};

macro_rules! container {
    ($name:literal, $table:expr) => {
        Container {
            name: $name,
            file: concat!($name, ".parquet"),
            about: $table.about,
            tables: |settings| vec![($name.to_owned(), described(&$table, settings))],
            begin: |target, settings| Ok(Box::new(Columns::begin(target, settings, &$table)?)),
        }
    };
}

pub(super) const CELLS: Container = container!("cells", cells::TABLE);
pub(super) const REPORTS: Container = container!("reports", reports::TABLE);
pub(super) const FINDINGS: Container = container!("findings", findings::TABLE);
pub(super) const CLAIMS: Container = container!("claims", claims::TABLE);

/// Programs that query share groups out among threads and open each of them, so a group is large and several are better
/// than one. Of each chunk of a column some 850 bytes are kept until the end, so few groups are also little to keep.
const BOUNDS: Bounds = Bounds { segment: 64 << 10, rows: 1 << 17, bytes: 32 << 20 };

/// Bytes of a page before it is packed, as many as Snappy looks at together: larger ones would only be more to hold.
const PAGE: usize = 64 << 10;
/// Bytes of the different values of a column in a group, until which each is written once and rows only name it. They are
/// kept until the column ends and take some eight times as much.
const DICTIONARY: usize = 64 << 10;
/// The same of `source` in `cells`, the longest text that stands in every row: the paths of some 650 reports, a group of it.
const SOURCES: usize = 256 << 10;

/// The last column of a table with a column a figure.
const BEYOND: &str = "beyond_decimal";

/// A column that the table itself does not have.
pub(super) fn extra(name: &str, title: (&str, &str), about: (&str, &str)) -> Spec {
    let both = |(en, zh): (&str, &str)| (en.to_owned(), zh.to_owned());
    Spec {
        name: name.to_owned(),
        kind: Kind::Text,
        title: both(title),
        about: both(about),
        unit: String::new(),
        needed: false,
        choices: &[],
        code: name.to_owned(),
        field: None,
    }
}

/// The columns of the file: those of the table, and what keeps every digit.
fn specs(table: &Table, settings: &Settings) -> Vec<Spec> {
    let mut specs = Vec::new();
    for mut spec in (table.columns)(settings) {
        let digits = spec.digits();
        // A number with more places than the column has is null there, needed or not.
        spec.needed &= digits.is_none();
        let of = spec.name.clone();
        specs.push(spec);
        if let Some(digits) = digits {
            let about = (
                &format!("the digits of `{of}` as they stand, however many")[..],
                &format!("`{of}` 的原有各位数字，位数不限")[..],
            );
            specs.push(extra(&digits, ("digits of the value", "数值的数字"), about));
        }
    }
    if specs.iter().any(|spec| spec.field.is_some()) {
        let about = (
            "columns of figures that are null because their number has more than 6 places or 38 digits; null if none; `cells.parquet` has the digits",
            "因小数超过 6 位或总位数超过 38 位而为空的数据列；没有则为空；数字见 `cells.parquet`",
        );
        specs.push(extra(BEYOND, ("beyond decimal", "超出位数"), about));
    }
    specs
}

fn described(table: &Table, settings: &Settings) -> Vec<Described> {
    let describe = |spec: Spec| Described { kind: type_name(spec.kind), name: spec.name, about: spec.about };
    specs(table, settings).into_iter().filter(|spec| spec.field.is_none()).map(describe).collect()
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Whole => "int64",
        Kind::Decimal => "decimal(38, 6)",
    }
}

/// A file that is being written.
struct Columns {
    settings: Arc<Settings>,
    table: &'static Table,
    /// Whether a column has the digits of the one before it.
    digits: Vec<bool>,
    groups: Groups,
}

impl Columns {
    fn begin(target: Target, settings: &Arc<Settings>, table: &'static Table) -> io::Result<Self> {
        let specs = specs(table, settings);
        let before = [false].into_iter().chain(specs.iter().map(|spec| spec.digits().is_some()));
        let digits = before.take(specs.len()).collect();
        let schema = schema(table.name, &specs).map_err(failed)?;
        let properties = properties(table, &specs);
        let groups = Groups::begin(target, (specs, schema), properties, BOUNDS).map_err(failed)?;
        Ok(Columns { settings: Arc::clone(settings), table, digits, groups })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let mut beyond = Vec::new();
        let mut before = &Cell::Nothing;
        let mut cells = cells.iter();
        for at in 0..self.groups.specs.len() {
            let spec = &self.groups.specs[at];
            match spec.name.as_str() {
                _ if self.digits[at] => {
                    self.groups.push(at, &before.decimal().map(|number| number.to_string()).into());
                }
                BEYOND => {
                    let names = Some(beyond.join(" ")).filter(|names| !names.is_empty());
                    self.groups.push(at, &names.into());
                }
                name => {
                    before = cells.next().unwrap_or(&Cell::Nothing);
                    if spec.field.is_some() && before.decimal().is_some_and(|number| unscaled(number).is_none()) {
                        beyond.push(name.to_owned());
                    }
                    self.groups.push(at, before);
                }
            }
        }
        self.groups.end_row()
    }
}

impl Sink for Columns {
    fn item(&mut self, item: &Item<'_>) -> io::Result<()> {
        let (table, settings) = (self.table, Arc::clone(&self.settings));
        (table.rows)(item, &settings, &mut |cells| self.row(cells))
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.groups.finish()
    }
}

pub(super) fn schema(name: &str, specs: &[Spec]) -> Result<TypePtr, ParquetError> {
    let fields = specs.iter().map(|spec| column(spec).map(Arc::new)).collect::<Result<_, _>>()?;
    Type::group_type_builder(name).with_fields(fields).build().map(Arc::new)
}

fn column(spec: &Spec) -> Result<Type, ParquetError> {
    let repetition = if spec.needed { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let typed = |physical| Type::primitive_type_builder(&spec.name, physical).with_repetition(repetition);
    match spec.kind {
        Kind::Text => typed(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
        Kind::Whole => typed(Physical::INT64),
        Kind::Decimal => typed(Physical::FIXED_LEN_BYTE_ARRAY)
            .with_length(DECIMAL_BYTES as i32)
            .with_logical_type(Some(LogicalType::decimal(PLACES as i32, PRECISION as i32)))
            .with_precision(PRECISION as i32)
            .with_scale(PLACES as i32),
    }
    .build()
}

fn properties(table: &Table, specs: &[Spec]) -> WriterProperties {
    let pair = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let columns = serde_json::to_string(&specs.iter().map(Labels::of).collect::<Vec<_>>()).unwrap_or_default();
    let mut properties = WriterProperties::builder()
        .set_created_by(format!("{} version {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_data_page_size_limit(PAGE)
        .set_dictionary_page_size_limit(DICTIONARY)
        .set_key_value_metadata(Some(vec![
            pair("gongkai.version", env!("CARGO_PKG_VERSION").to_owned()),
            pair("gongkai.layout", record::VERSION.to_string()),
            pair("gongkai.table", table.name.to_owned()),
            pair("gongkai.columns", columns),
        ]));
    // Where a row is a report no path comes twice, and a large dictionary of them would only be held.
    if table.name == cells::TABLE.name {
        properties = properties.set_column_dictionary_page_size_limit("source".into(), SOURCES);
    }
    properties.build()
}

/// What the file says of a column, in JSON.
#[derive(Serialize)]
struct Labels<'a> {
    name: &'a str,
    /// Title in English and Chinese.
    en: &'a str,
    zh: &'a str,
    /// What it holds in English and Chinese.
    about_en: &'a str,
    about_zh: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    code: &'a str,
}

impl<'a> Labels<'a> {
    fn of(spec: &'a Spec) -> Self {
        Labels {
            name: &spec.name,
            en: &spec.title.0,
            zh: &spec.title.1,
            about_en: &spec.about.0,
            about_zh: &spec.about.1,
            unit: &spec.unit,
            field: spec.field.as_ref().map(|field| field.as_str()),
            code: &spec.code,
        }
    }
}
