//! `gongkai.xlsx`: reports, findings, figures, claims and a legend as sheets; and, a workbook each, the official form.
//!
//! Rows go to a temporary file beside the output as they come, so memory does not grow with
//! them. Text is always written as text: nothing of a document becomes a formula. Equal items
//! give equal bytes: the workbook bears a fixed date.

mod form;
mod listings;
mod style;
mod sums;
mod units;

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rust_xlsxwriter::{ColNum, DocProperties, ExcelDateTime, RowNum, Workbook, Worksheet, XlsxError};

pub use form::form;
pub(super) use listings::of_listings;
pub use units::consolidation;

use self::style::{Styles, widths};
use super::table::{Cell, Spec, Table};
use super::{Container, Described, Item, Settings, Sink, Target, cells, claims, findings, reports};
use crate::finding::Lang;
use crate::report::{Amount, Value};

/// The format's entry in the list.
pub(super) const CONTAINER: Container = Container {
    name: "xlsx",
    file: "gongkai.xlsx",
    about: (
        "a workbook: a sheet each of reports, findings, figures and numbers of the prose, and a legend",
        "工作簿：报告、检查结果、数据、正文数字各一张工作表，另附说明",
    ),
    tables: |settings| TABLES.iter().map(|table| (table.name.to_owned(), described(table, settings))).collect(),
    begin: |target, settings| Ok(Box::new(Book::begin(target, settings, ROWS)?)),
};

/// The sheets, in their order.
const TABLES: [&Table; 4] = [&reports::TABLE, &findings::TABLE, &cells::TABLE, &claims::TABLE];
/// Rows of a sheet, the header included: Excel has no more.
const ROWS: RowNum = 1_048_576;
/// Characters of a cell, in the units of UTF-16: Excel takes no more.
const LONGEST_TEXT: usize = 32_767;
/// Digits of a number that Excel keeps; one of more stands as text.
const DIGITS: usize = 15;
/// Height of the header where columns have long labels, in points.
const TALL_HEADER: f64 = 96.0;

fn described(table: &Table, settings: &Settings) -> Vec<Described> {
    let header = |spec: Spec| Described {
        name: spec.title(settings.lang).to_owned(),
        kind: spec.kind.name(),
        about: spec.about,
    };
    (table.columns)(settings).into_iter().filter(|spec| spec.field.is_none()).map(header).collect()
}

/// A workbook that is being written.
struct Book {
    settings: Arc<Settings>,
    workbook: Workbook,
    file: File,
    styles: Styles,
    sheets: Vec<Pages>,
    /// Texts of which the end was left out.
    cut: usize,
    most: RowNum,
}

/// A table over as many sheets as its rows need.
struct Pages {
    table: &'static Table,
    specs: Vec<Spec>,
    /// Sheets so far.
    count: usize,
    /// The sheet that is being filled: its index in the workbook.
    index: usize,
    /// Its next row.
    row: RowNum,
}

impl Book {
    fn begin(target: Target, settings: &Arc<Settings>, most: RowNum) -> io::Result<Self> {
        let mut workbook = new_workbook()?;
        if let Some(dir) = target.path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            workbook.set_tempdir(dir).map_err(failed)?;
        }
        let (styles, sheets) = (Styles::new(), Vec::new());
        let own = Arc::clone(settings);
        let mut book = Book { settings: own, workbook, file: target.file, styles, sheets, cut: 0, most };
        for table in TABLES {
            let specs = (table.columns)(settings);
            book.sheets.push(Pages { table, specs, count: 0, index: 0, row: 0 });
            let at = book.sheets.len() - 1;
            book.page(at)?;
        }
        Ok(book)
    }

    /// Begins the next sheet of a table: its header, widths, filter and frozen first row.
    fn page(&mut self, at: usize) -> io::Result<()> {
        let lang = self.settings.lang;
        let index = self.workbook.worksheets().len();
        let pages = &mut self.sheets[at];
        (pages.count, pages.index, pages.row) = (pages.count + 1, index, 1);
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        head(sheet, &page_name(pages.table, pages.count, lang), &pages.specs, lang, &self.styles).map_err(failed)
    }

    fn row(&mut self, at: usize, cells: &[Cell<'_>]) -> io::Result<()> {
        if self.sheets[at].row == self.most {
            self.end_page(at)?;
            self.page(at)?;
        }
        let pages = &mut self.sheets[at];
        let sheet = self.workbook.worksheet_from_index(pages.index).map_err(failed)?;
        for (column, cell) in (0..).zip(cells) {
            self.cut += usize::from(put(sheet, (pages.row, column), cell, &self.styles).map_err(failed)?);
        }
        pages.row += 1;
        Ok(())
    }

    /// The filter covers the rows that are there.
    fn end_page(&mut self, at: usize) -> io::Result<()> {
        let pages = &self.sheets[at];
        let sheet = self.workbook.worksheet_from_index(pages.index).map_err(failed)?;
        let last = column_number(pages.specs.len() - 1);
        sheet.autofilter(0, 0, pages.row - 1, last).map(|_| ()).map_err(failed)
    }

    fn items(&mut self, item: &Item<'_>) -> io::Result<()> {
        for (at, table) in TABLES.iter().enumerate() {
            let settings = Arc::clone(&self.settings);
            (table.rows)(item, &settings, &mut |cells| self.row(at, cells))?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        for at in 0..self.sheets.len() {
            self.end_page(at)?;
        }
        let pages = self.sheets.iter().map(|pages| (pages.table, pages.count)).collect::<Vec<_>>();
        style::legend(self.workbook.add_worksheet(), &pages, self.cut, self.settings.lang, &self.styles)
            .map_err(failed)?;
        self.workbook.save_to_writer(&self.file).map_err(failed)
    }
}

impl Sink for Book {
    fn item(&mut self, item: &Item<'_>) -> io::Result<()> {
        told(|| self.items(item))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        told(|| self.end())
    }
}

/// A workbook of a fixed date: Excel's first, since none is known to all runs.
fn new_workbook() -> io::Result<Workbook> {
    let date = ExcelDateTime::from_ymd(1900, 1, 1).map_err(failed)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_author(env!("CARGO_PKG_NAME")).set_creation_datetime(&date));
    Ok(workbook)
}

/// The library panics where its temporary file takes no more; that is an error like any other.
fn told(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    // A workbook that failed is never looked at again.
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| Err(io::ErrorKind::StorageFull.into()))
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// `报告`, `报告 2`, …
fn page_name(table: &Table, number: usize, lang: Lang) -> String {
    let title = table.title(lang);
    if number == 1 { title.to_owned() } else { format!("{title} {number}") }
}

/// Forms have far fewer columns than a sheet.
fn column_number(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}

fn head(sheet: &mut Worksheet, name: &str, specs: &[Spec], lang: Lang, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let figures = specs.iter().any(|spec| spec.field.is_some());
    if figures {
        sheet.set_row_height(0, TALL_HEADER)?;
    }
    for (column, spec) in (0..).zip(specs) {
        sheet.set_column_width(column, widths(spec))?;
        sheet.write_string_with_format(0, column, spec.title(lang), &styles.header)?;
    }
    // Of a report, its name goes along: file and number stand first.
    sheet.set_freeze_panes(1, if figures { 2 } else { 0 })?;
    Ok(())
}

/// Writes a cell; whether its text had to be cut.
fn put(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    cell: &Cell,
    styles: &Styles,
) -> Result<bool, XlsxError> {
    match cell {
        Cell::Nothing => {}
        Cell::Text(text) => return put_text(sheet, (row, column), text, None),
        Cell::Whole(number) => {
            sheet.write_string_or_number(row, column, Amount::from(*number), None)?;
        }
        Cell::Decimal(number) => {
            sheet.write_string_or_number(row, column, *number, None)?;
        }
        Cell::Figure(figure, weight) => {
            let format = styles.of_figure(figure.value, *weight);
            match figure.value {
                Value::Number(number) => sheet.write_string_or_number(row, column, number, format)?,
                Value::NotApplicable | Value::Unreadable => {
                    return put_text(sheet, (row, column), figure.raw.as_deref().unwrap_or_default(), format);
                }
                Value::Blank | Value::Missing | Value::Ambiguous => {
                    if let Some(format) = format {
                        sheet.write_blank(row, column, format)?;
                    }
                }
            }
        }
    }
    Ok(false)
}

/// Writes text as text, cut where Excel takes no more; whether it was.
fn put_text(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    text: &str,
    format: Option<&rust_xlsxwriter::Format>,
) -> Result<bool, XlsxError> {
    let short = shortened(text);
    let shown = short.as_deref().unwrap_or(text);
    match format {
        Some(format) => sheet.write_string_with_format(row, column, shown, format)?,
        None => sheet.write_string(row, column, shown)?,
    };
    Ok(short.is_some())
}

/// What stands at the end of a text that was cut.
const CUT: &str = "…〔下略 / cut here〕";

/// The text as far as a cell takes it, with a mark at its end; `None` if it takes all.
fn shortened(text: &str) -> Option<String> {
    // No text has more units than bytes.
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return None;
    }
    let room = LONGEST_TEXT - CUT.encode_utf16().count();
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= room
    });
    Some(kept.chain(CUT.chars()).collect())
}

/// The number as Excel keeps it; `None` if it has more digits than that.
fn excel_number(number: Amount) -> Option<f64> {
    let number = number.0.normalize();
    let digits = number.mantissa().unsigned_abs().to_string();
    if digits.len() > DIGITS { None } else { number.to_string().parse().ok() }
}

/// Numbers that a cell holds exactly are numbers, others text.
trait Exactly {
    fn write_string_or_number(
        &mut self,
        row: RowNum,
        column: ColNum,
        number: Amount,
        format: Option<&rust_xlsxwriter::Format>,
    ) -> Result<(), XlsxError>;
}

impl Exactly for Worksheet {
    fn write_string_or_number(
        &mut self,
        row: RowNum,
        column: ColNum,
        number: Amount,
        format: Option<&rust_xlsxwriter::Format>,
    ) -> Result<(), XlsxError> {
        match (excel_number(number), format) {
            (Some(number), Some(format)) => self.write_number_with_format(row, column, number, format),
            (Some(number), None) => self.write_number(row, column, number),
            (None, Some(format)) => self.write_string_with_format(row, column, number.to_string(), format),
            (None, None) => self.write_string(row, column, number.to_string()),
        }
        .map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_too_many_digits_are_no_excel_numbers() {
        for (text, wanted) in [
            ("0.10", Some(0.1)),
            ("-35", Some(-35.0)),
            ("59237.2449", Some(59237.2449)),
            ("123456789012345", Some(123_456_789_012_345.0)),
            ("1234567890123456", None),
            ("12345678901234560000", None),
            ("0.1234567890123456", None),
        ] {
            assert_eq!(excel_number(text.parse().expect("a decimal")), wanted, "{text}");
        }
    }

    #[test]
    fn a_table_that_outgrows_its_sheet_goes_on_in_the_next() {
        use calamine::{Data, Reader, Xlsx};

        let form = &crate::template::Form::shipped()[0];
        let tables = vec![crate::report::TableReport::missing(form, 0)];
        let reports = [crate::report::Report { number: 1, tables, ..Default::default() }];
        let item = Item { source: "a", sha256: "b", format: "text", reports: &reports, findings: &[] };
        let settings = Arc::new(Settings::new(crate::template::Form::shipped()));
        let place = tempfile::NamedTempFile::new().expect("a file");
        let target = Target { path: place.path().to_owned(), file: place.reopen().expect("a handle") };
        // Ten figures, four rows and a header a sheet.
        let mut book = Box::new(Book::begin(target, &settings, 5).expect("begun"));
        book.item(&item).expect("written");
        book.finish().expect("finished");
        let mut book: Xlsx<_> = calamine::open_workbook(place.path()).expect("a workbook");
        assert_eq!(
            book.sheet_names(),
            ["reports", "findings", "figures", "claims", "figures 2", "figures 3", "legend"]
        );
        let rows = ["figures", "figures 2", "figures 3"].map(|name| {
            let range = book.worksheet_range(name).expect("a sheet");
            assert_eq!(range.get((0, 6)), Some(&Data::String("field".to_owned())), "each has its header");
            range.height()
        });
        assert_eq!(rows, [5, 5, 3]);
        let legend = book.worksheet_range("legend").expect("a sheet");
        assert!(legend.used_cells().any(|(_, _, cell)| cell.to_string().contains("3 in all, the last “figures 3”")));
    }

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        assert_eq!(shortened("短"), None);
        assert_eq!(shortened(&"字".repeat(LONGEST_TEXT)), None);
        for long in ["字".repeat(LONGEST_TEXT + 1), "𠮷".repeat(LONGEST_TEXT)] {
            let short = shortened(&long).expect("too long");
            assert!(short.encode_utf16().count() <= LONGEST_TEXT);
            assert!(short.ends_with(CUT) && long.starts_with(short.trim_end_matches(CUT)));
        }
    }
}
