//! `cells.parquet`, `reports.parquet`, `findings.parquet`: the tables in typed columns.
//!
//! Rows wait in columns until a row group is full. Numbers are exact decimals of a fixed number
//! of places; what has more digits is null there and named, with its digits in `value_text` (of claims, `number_text`).

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde::Serialize;

use super::table::{Cell, Kind, Spec, Table};
use super::{Container, Described, Item, Settings, Sink, Target, cells, claims, findings, record, reports};
use crate::report::Amount;

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

/// Digits of a decimal, and those of them behind the point: amounts in 万元 to the fen.
const PRECISION: u32 = 38;
const PLACES: u32 = 6;
/// Bytes of a decimal of that many digits.
const DECIMAL_BYTES: usize = 16;
/// Rows, and bytes of them, that wait until they are written as a group. What a group has in each column is
/// kept until the file is done, so few large groups take less memory than many small ones.
const GROUP_ROWS: usize = 1 << 15;
const GROUP_BYTES: usize = 4 << 20;

/// The last column of a table with a column a figure.
const BEYOND: &str = "beyond_decimal";

/// A column that the table itself does not have.
fn extra(name: &str, title: (&str, &str), about: (&str, &str)) -> Spec {
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

/// The number in units of the last place; `None` if it has more places or digits.
fn unscaled(number: Amount) -> Option<i128> {
    let number = number.0.normalize();
    let places = PLACES.checked_sub(number.scale())?;
    let units = number.mantissa().checked_mul(10_i128.pow(places))?;
    (units.unsigned_abs() < 10_u128.pow(PRECISION)).then_some(units)
}

/// The cells of one column that wait.
struct Waiting {
    cells: Cells,
    /// Whether a cell may be null.
    nullable: bool,
}

enum Cells {
    Texts(Coded<ByteArrayType>),
    Wholes(Coded<Int64Type>),
    Decimals(Coded<FixedLenByteArrayType>),
}

impl Waiting {
    fn new(spec: &Spec) -> Self {
        let cells = match spec.kind {
            Kind::Text => Cells::Texts(Coded::default()),
            Kind::Whole => Cells::Wholes(Coded::default()),
            Kind::Decimal => Cells::Decimals(Coded::default()),
        };
        Waiting { cells, nullable: !spec.needed }
    }

    /// Takes a cell; how many bytes it holds on to.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        match &mut self.cells {
            Cells::Texts(cells) => match cell.text() {
                Some(text) => cells.push(text.as_bytes(), || ByteArray::from(text.as_bytes().to_vec())),
                None => cells.push_null(self.nullable),
            },
            Cells::Wholes(cells) => match cell.whole() {
                Some(whole) => cells.push(&whole.to_be_bytes(), || whole),
                None => cells.push_null(self.nullable),
            },
            Cells::Decimals(cells) => match cell.decimal().and_then(unscaled) {
                Some(units) => {
                    let bytes = units.to_be_bytes();
                    cells.push(&bytes, || FixedLenByteArray::from(bytes.to_vec()))
                }
                None => cells.push_null(self.nullable),
            },
        }
    }

    fn write(&mut self, out: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match &mut self.cells {
            Cells::Texts(cells) => cells.write(out, self.nullable),
            Cells::Wholes(cells) => cells.write(out, self.nullable),
            Cells::Decimals(cells) => cells.write(out, self.nullable),
        }
    }
}

/// Cells as numbers of the different values among them: most columns say the same over and over, so that
/// many rows wait in little memory.
struct Coded<T: DataType> {
    known: HashMap<Box<[u8]>, u32>,
    values: Vec<T::T>,
    cells: Vec<u32>,
    /// What the last value was.
    last: Box<[u8]>,
}

/// The number of no value.
const NULL: u32 = u32::MAX;
/// Cells that are handed over together.
const BATCH: usize = 1024;

impl<T: DataType> Default for Coded<T> {
    fn default() -> Self {
        Coded { known: HashMap::new(), values: Vec::new(), cells: Vec::new(), last: Box::default() }
    }
}

impl<T: DataType> Coded<T> {
    fn push(&mut self, key: &[u8], value: impl FnOnce() -> T::T) -> usize {
        // Nearly always the row before says the same.
        if let Some(&last) = self.cells.last()
            && last != NULL
            && *self.last == *key
        {
            self.cells.push(last);
            return size_of::<u32>();
        }
        self.last = key.into();
        if let Some(&known) = self.known.get(key) {
            self.cells.push(known);
            return size_of::<u32>();
        }
        let number = self.values.len() as u32;
        self.values.push(value());
        self.known.insert(key.into(), number);
        self.cells.push(number);
        2 * key.len() + size_of::<T::T>() + size_of::<(Box<[u8]>, u32)>() + size_of::<u32>()
    }

    fn push_null(&mut self, nullable: bool) -> usize {
        debug_assert!(nullable, "a column that is needed has a value in every row");
        self.cells.push(NULL);
        size_of::<u32>()
    }

    fn write(&mut self, mut out: SerializedColumnWriter<'_>, nullable: bool) -> Result<(), ParquetError> {
        let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
        for cells in self.cells.chunks(BATCH) {
            values.clear();
            levels.clear();
            values.extend(cells.iter().filter(|cell| **cell != NULL).map(|cell| self.values[*cell as usize].clone()));
            // 1 where a cell holds something, 0 where it is null.
            levels.extend(cells.iter().map(|cell| i16::from(*cell != NULL)));
            out.typed::<T>().write_batch(&values, nullable.then_some(&levels[..]), None)?;
        }
        self.known.clear();
        self.values.clear();
        self.cells.clear();
        out.close()
    }
}

/// A file that is being written.
struct Columns<'a> {
    settings: &'a Settings,
    table: &'static Table,
    specs: Vec<Spec>,
    /// Place of the column that has the digits of the one before it.
    digits: Option<usize>,
    waiting: Vec<Waiting>,
    rows: usize,
    bytes: usize,
    out: SerializedFileWriter<File>,
}

impl<'a> Columns<'a> {
    fn begin(target: Target, settings: &'a Settings, table: &'static Table) -> io::Result<Self> {
        let specs = specs(table, settings);
        let schema = schema(table, &specs).map_err(failed)?;
        let properties = Arc::new(properties(table, &specs));
        let out = SerializedFileWriter::new(target.file, schema, properties).map_err(failed)?;
        let waiting = specs.iter().map(Waiting::new).collect();
        let digits = specs.iter().position(|spec| spec.digits().is_some()).map(|number| number + 1);
        Ok(Columns { settings, table, specs, digits, waiting, rows: 0, bytes: 0, out })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let mut beyond = Vec::new();
        let mut before = &Cell::Nothing;
        let mut cells = cells.iter();
        for ((at, spec), waiting) in self.specs.iter().enumerate().zip(&mut self.waiting) {
            self.bytes += match spec.name.as_str() {
                _ if self.digits == Some(at) => waiting.push(&before.decimal().map(|number| number.to_string()).into()),
                BEYOND => waiting.push(&Some(beyond.join(" ")).filter(|names| !names.is_empty()).into()),
                name => {
                    before = cells.next().unwrap_or(&Cell::Nothing);
                    if spec.field.is_some() && before.decimal().is_some_and(|number| unscaled(number).is_none()) {
                        beyond.push(name);
                    }
                    waiting.push(before)
                }
            };
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.group().map_err(failed) } else { Ok(()) }
    }

    /// Writes what waits as one row group.
    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        for waiting in &mut self.waiting {
            let column = group.next_column()?.ok_or_else(|| ParquetError::General("too few columns".to_owned()))?;
            waiting.write(column)?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Sink for Columns<'_> {
    fn item(&mut self, item: &Item<'_>) -> io::Result<()> {
        let (table, settings) = (self.table, self.settings);
        (table.rows)(item, settings, &mut |cells| self.row(cells))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.rows > 0 {
            self.group().map_err(failed)?;
        }
        self.out.close().map(|_| ()).map_err(failed)
    }
}

fn schema(table: &Table, specs: &[Spec]) -> Result<TypePtr, ParquetError> {
    let fields = specs.iter().map(|spec| column(spec).map(Arc::new)).collect::<Result<_, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
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
    WriterProperties::builder()
        .set_created_by(format!("{} version {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(vec![
            pair("gongkai.version", env!("CARGO_PKG_VERSION").to_owned()),
            pair("gongkai.layout", record::VERSION.to_string()),
            pair("gongkai.table", table.name.to_owned()),
            pair("gongkai.columns", columns),
        ]))
        .build()
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

/// The cause itself where the system refused.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other.to_string()),
        },
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_not_there() {
        for (text, wanted) in [
            ("0", Some(0)),
            ("-35", Some(-35_000_000)),
            ("0.10", Some(100_000)),
            ("59237.2449", Some(59_237_244_900)),
            ("0.0000010", Some(1)),
            ("0.0000001", None),
            ("52.150000000000006", None),
            ("79228162514264337593543950335", Some(79_228_162_514_264_337_593_543_950_335_000_000)),
        ] {
            assert_eq!(unscaled(text.parse().expect("a decimal")), wanted, "{text}");
        }
    }
}
