//! The rows of a CSV file: RFC 4180, CRLF, UTF-8.

use std::borrow::Cow;
use std::io::{self, Write};

use super::table::{Kind, Table};
use super::{Item, Settings};

/// Bytes that tell Excel that a file is UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// Writes the first line, after a byte order mark where spreadsheets are to read the file.
pub(super) fn write_head(out: &mut dyn Write, table: &Table, settings: &Settings) -> io::Result<()> {
    if settings.excel {
        out.write_all(BOM)?;
    }
    let mut rows = Rows::new(out, settings);
    for spec in (table.columns)(settings) {
        rows.cell(Kind::Text, &spec.name)?;
    }
    rows.end_row()?;
    rows.finish()
}

/// Writes the rows of one input.
pub(super) fn write_rows(out: &mut dyn Write, table: &Table, item: &Item<'_>, settings: &Settings) -> io::Result<()> {
    let mut rows = Rows::new(out, settings);
    (table.rows)(item, settings, &mut |cells| {
        for cell in cells {
            let kind = if cell.text().is_some() { Kind::Text } else { Kind::Decimal };
            rows.cell(kind, &cell.plain())?;
        }
        rows.end_row()
    })?;
    rows.finish()
}

/// Rows of texts and numbers as one CSV file.
pub(super) fn csv_of(rows: impl Iterator<Item = Vec<(Kind, String)>>, excel: bool) -> io::Result<Vec<u8>> {
    let mut bytes = if excel { BOM.to_vec() } else { Vec::new() };
    let mut out = Rows::of(&mut bytes, excel);
    for row in rows {
        for (kind, text) in row {
            out.cell(kind, &text)?;
        }
        out.end_row()?;
    }
    out.finish()?;
    Ok(bytes)
}

/// The rows of one CSV file.
struct Rows<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    excel: bool,
}

impl<'a> Rows<'a> {
    fn new(out: &'a mut dyn Write, settings: &Settings) -> Self {
        Rows::of(out, settings.excel)
    }

    fn of(out: &'a mut dyn Write, excel: bool) -> Self {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        Rows { writer, excel }
    }

    fn cell(&mut self, kind: Kind, text: &str) -> io::Result<()> {
        let guard = self.excel && kind == Kind::Text;
        let text = if guard { guarded(text) } else { Cow::Borrowed(text) };
        self.writer.write_field(text.as_bytes()).map_err(io_error)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The cause itself, so that a broken pipe is still known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// First characters after which a spreadsheet computes instead of showing the text. Excel in
/// East Asian locales takes the full-width forms too.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Text that a spreadsheet shows as it stands: an apostrophe before what it would compute.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_that_starts_a_formula_is_guarded() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+1036", "'+1036"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("－", "'－"),
            ("—", "—"),
            ("'=1", "'=1"),
            ("a=1", "a=1"),
            ("", ""),
            ("/", "/"),
        ];
        for (text, wanted) in cases {
            assert_eq!(guarded(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_full_disk_is_told_with_its_own_cause() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let settings = Settings::new(crate::template::Form::shipped());
        for exporter in super::super::EXPORTERS.iter().filter(|exporter| exporter.file.ends_with(".csv")) {
            let error = (exporter.head)(&mut Full, &settings).expect_err("nothing fits");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{}", exporter.name);
        }
    }
}
