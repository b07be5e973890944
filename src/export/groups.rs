//! The row groups of a Parquet file. Rows wait packed, then in a [`Spool`], until they are a group; its columns are
//! then written one after the other, so that one column of it is in memory at a time.

use std::fs::File;
use std::io;
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;

use super::Target;
use super::spool::Spool;
use super::table::{Cell, Spec};
use super::waiting::{self, Waiting};

/// When rows go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Bytes that wait in memory until they go to the disk.
    pub segment: usize,
    /// Rows of a group.
    pub rows: usize,
    /// Bytes of a group, as they wait on the disk, with which it is written before it has so many rows.
    pub bytes: usize,
}

/// A file that is being written.
pub(super) struct Groups {
    pub specs: Vec<Spec>,
    bounds: Bounds,
    waiting: Vec<Waiting>,
    /// Bytes that wait in memory, and rows that wait at all.
    bytes: usize,
    rows: usize,
    spool: Spool,
    out: SerializedFileWriter<File>,
}

impl Groups {
    /// # Errors
    /// When the file takes nothing.
    pub fn begin(
        target: Target,
        (specs, schema): (Vec<Spec>, TypePtr),
        properties: WriterProperties,
        bounds: Bounds,
    ) -> Result<Self, ParquetError> {
        let waiting: Vec<Waiting> = specs.iter().map(Waiting::new).collect();
        let spool = Spool::beside(&target.path, waiting.len());
        let out = SerializedFileWriter::new(target.file, schema, Arc::new(properties))?;
        Ok(Groups { specs, bounds, waiting, bytes: 0, rows: 0, spool, out })
    }

    /// Takes the cell of this column in the row that is coming.
    pub fn push(&mut self, column: usize, cell: &Cell<'_>) {
        self.bytes += self.waiting[column].push(cell);
    }

    /// The row that was coming is there: every column has its cell.
    ///
    /// # Errors
    /// When the disk takes no more.
    pub fn end_row(&mut self) -> io::Result<()> {
        self.rows += 1;
        if self.rows >= self.bounds.rows || self.spool.bytes() + self.bytes >= self.bounds.bytes {
            return self.group().map_err(failed);
        }
        if self.bytes >= self.bounds.segment {
            self.spool.add(&mut self.waiting)?;
            self.bytes = 0;
        }
        Ok(())
    }

    /// Writes what waits as one row group.
    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        for (at, (spec, waiting)) in self.specs.iter().zip(&mut self.waiting).enumerate() {
            let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("too few columns".to_owned()))?;
            self.spool.pieces(at, |piece| waiting::write(spec, piece, &mut column))?;
            let mut last = Vec::new();
            waiting.take(&mut last);
            waiting::write(spec, &last, &mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(self.spool.clear()?)
    }

    /// Ends the file; only now it is whole.
    ///
    /// # Errors
    /// When the disk takes no more.
    pub fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.group().map_err(failed)?;
        }
        self.out.close().map(|_| ()).map_err(failed)
    }
}

/// The cause itself where the system refused.
pub(super) fn failed(error: ParquetError) -> io::Error {
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
    use std::io::Read;
    use std::path::Path;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use proptest::prelude::*;

    use super::super::columnar::{extra, schema};
    use super::super::table::Kind;
    use super::super::waiting::unscaled;
    use super::*;
    use crate::report::Amount;

    /// A row in the making, of which each column takes what is of its kind.
    type Raw = (Option<String>, Option<i64>, Option<(i64, u32)>);

    fn spec((at, (kind, needed)): (usize, (Kind, bool))) -> Spec {
        Spec { kind, needed, ..extra(&format!("column{at}"), ("", ""), ("", "")) }
    }

    fn cell(spec: &Spec, (text, whole, decimal): &Raw) -> Cell<'static> {
        let text = || text.clone().or(spec.needed.then(String::new));
        let whole = || whole.or(spec.needed.then_some(0));
        let decimal = || decimal.or(spec.needed.then_some((0, 0)));
        match spec.kind {
            Kind::Text => text().into(),
            Kind::Whole => whole().map_or(Cell::Nothing, Cell::Whole),
            Kind::Decimal => decimal().map(|(units, scale)| Amount(rust_decimal::Decimal::new(units, scale))).into(),
        }
    }

    fn pushed(cell: &Cell<'_>) -> Field {
        let decimal = |units: i128| parquet::data_type::Decimal::from_bytes(units.to_be_bytes().to_vec().into(), 38, 6);
        match cell {
            Cell::Text(text) => Field::Str(text.clone().into_owned()),
            Cell::Whole(number) => Field::Long(*number),
            Cell::Decimal(number) => Field::Decimal(decimal(unscaled(*number).expect("few places"))),
            _ => Field::Null,
        }
    }

    fn begin(path: &Path, specs: Vec<Spec>, bounds: Bounds) -> Groups {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path).expect("a file");
        let schema = schema("table", &specs).expect("a schema");
        let target = Target { path: path.to_owned(), file };
        Groups::begin(target, (specs, schema), WriterProperties::default(), bounds).expect("begun")
    }

    fn raw() -> impl Strategy<Value = Raw> {
        // Few texts that come again and again, and many that do not.
        let text = prop_oneof!["[甲乙丙]{0,2}", ".{0,40}"];
        let whole = prop_oneof![-3..3_i64, any::<i64>()];
        let decimal = (prop_oneof![0..100_i64, any::<i64>()], 0..7_u32);
        (prop::option::of(text), prop::option::of(whole), prop::option::of(decimal))
    }

    fn kinds() -> impl Strategy<Value = Vec<(Kind, bool)>> {
        let kind = prop_oneof![Just(Kind::Text), Just(Kind::Whole), Just(Kind::Decimal)];
        prop::collection::vec((kind, any::<bool>()), 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn rows_come_back_as_they_went(
            kinds in kinds(),
            rows in prop::collection::vec(raw(), 0..300),
            segment in 1..3_000_usize,
            of_group in 1..400_usize,
            bytes in 1..60_000_usize,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("table.parquet");
            let specs: Vec<Spec> = kinds.into_iter().enumerate().map(spec).collect();
            let mut groups = begin(&path, specs.clone(), Bounds { segment, rows: of_group, bytes });
            let wanted: Vec<Vec<Cell<'_>>> =
                rows.iter().map(|row| specs.iter().map(|spec| cell(spec, row)).collect()).collect();
            for row in &wanted {
                row.iter().enumerate().for_each(|(column, cell)| groups.push(column, cell));
                groups.end_row().expect("room");
            }
            groups.finish().expect("room");

            let reader = SerializedFileReader::new(File::open(&path).expect("the file")).expect("Parquet");
            let sizes: Vec<usize> = reader.metadata().row_groups().iter().map(|group| group.num_rows() as usize).collect();
            prop_assert!(sizes.iter().all(|size| (1..=of_group).contains(size)), "{sizes:?}");
            let read: Vec<Row> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
            prop_assert_eq!(read.len(), wanted.len());
            for (read, wanted) in read.iter().zip(&wanted) {
                let read: Vec<Field> = read.get_column_iter().map(|(_, field)| field.clone()).collect();
                let wanted: Vec<Field> = wanted.iter().map(pushed).collect();
                prop_assert_eq!(read, wanted);
            }
        }
    }

    #[test]
    fn segments_decide_nothing_and_leave_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let written = |name: &str, segment: usize| {
            let path = folder.path().join(name);
            let kinds = [(Kind::Text, true), (Kind::Decimal, false)];
            let specs = kinds.into_iter().enumerate().map(spec).collect();
            let mut groups = begin(&path, specs, Bounds { segment, rows: 1_000, bytes: usize::MAX });
            for number in 0..2_500 {
                groups.push(0, &format!("单位{}", number % 700).into());
                groups.push(1, &Amount(number.into()).into());
                groups.end_row().expect("room");
            }
            // Where files can be without a name, the spool is not seen even while it is in use.
            let seen = std::fs::read_dir(folder.path()).expect("a folder").count();
            assert!(seen == 1 || !cfg!(unix), "{name}");
            groups.finish().expect("room");
            let mut bytes = Vec::new();
            File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes)).expect("the file");
            std::fs::remove_file(&path).expect("removed");
            bytes
        };
        let whole = written("whole", usize::MAX);
        assert!(whole == written("parts", 2_000) && whole == written("rows", 1), "the same bytes");
    }

    #[test]
    fn a_disk_that_takes_no_segment_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let gone = folder.path().join("gone");
        std::fs::create_dir(&gone).expect("a folder");
        let bounds = Bounds { segment: 1, rows: 10, bytes: usize::MAX };
        let mut groups = begin(&gone.join("table.parquet"), vec![spec((0, (Kind::Whole, true)))], bounds);
        std::fs::remove_dir_all(&gone).expect("removed");
        groups.push(0, &Cell::Whole(1));
        assert_eq!(groups.end_row().expect_err("no folder").kind(), io::ErrorKind::NotFound);
    }
}
