//! Each format read back as rows of text: a number as plain digits without zeros at its end, nothing as `None`.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use gongkai::report::Amount;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::types::ValueRef;

/// Column names, and the rows.
pub struct Rows {
    pub names: Vec<String>,
    pub rows: Vec<Vec<Option<String>>>,
}

impl Rows {
    pub fn column(&self, name: &str) -> usize {
        self.names
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| panic!("no column {name}: {:?}", self.names))
    }
}

/// Plain digits, zeros at the end left out.
pub fn plain(digits: &str) -> String {
    let amount: Amount = digits.parse().unwrap_or_else(|_| panic!("no number: {digits}"));
    amount.0.normalize().to_string()
}

/// A CSV file, its byte order mark left out.
pub fn csv(path: &Path) -> Rows {
    let bytes = std::fs::read(path).expect("the file");
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let cell = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rows = reader.records().map(|row| row.expect("a row").iter().map(cell).collect()).collect();
    Rows { names, rows }
}

/// A sheet of a workbook.
pub fn sheet(path: &Path, name: &str) -> Rows {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut rows = range.rows().map(|row| row.iter().map(cell).collect::<Vec<_>>());
    let names = rows.next().expect("a header").into_iter().map(Option::unwrap_or_default).collect();
    Rows { names, rows: rows.collect() }
}

fn cell(data: &Data) -> Option<String> {
    match data {
        Data::Empty => None,
        Data::String(text) => (!text.is_empty()).then(|| text.clone()),
        Data::Float(number) => Some(number.to_string()),
        Data::Int(number) => Some(number.to_string()),
        other => panic!("{other:?} was not written"),
    }
}

/// A Parquet file.
pub fn parquet(path: &Path) -> Rows {
    let reader = SerializedFileReader::new(std::fs::File::open(path).expect("the file")).expect("Parquet");
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names = schema.columns().iter().map(|column| column.name().to_owned()).collect();
    let rows = reader.get_row_iter(None).expect("rows");
    let row = |row: parquet::record::Row| row.get_column_iter().map(|(_, field)| value(field)).collect();
    Rows { names, rows: rows.map(|one| row(one.expect("a row"))).collect() }
}

fn value(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Long(number) => Some(number.to_string()),
        Field::Decimal(decimal) => {
            let units = i128::from_be_bytes(decimal.data().try_into().expect("16 bytes"));
            let places = u32::try_from(decimal.scale()).expect("places");
            Some(
                rust_decimal::Decimal::try_from_i128_with_scale(units, places)
                    .expect("a decimal")
                    .normalize()
                    .to_string(),
            )
        }
        other => panic!("{other:?} was not written"),
    }
}

/// What a query gives.
pub fn query(path: &Path, sql: &str) -> Rows {
    let database =
        rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).expect("SQLite");
    let mut statement = database.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| (0..names.len()).map(|at| row.get_ref(at).map(sql_value)).collect());
    Rows { rows: rows.expect("rows").collect::<Result<_, _>>().expect("rows"), names }
}

fn sql_value(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8(text.to_vec()).expect("UTF-8")),
        ValueRef::Blob(_) => panic!("no blob was written"),
    }
}
