//! Small tables of any kind as CSV and as a workbook: what commands about many reports come to.

use std::borrow::Cow;
use std::io;

use rust_xlsxwriter::XlsxError;

use super::table::{Cell, Described, Kind};
use super::workbook;
use crate::finding::Lang;
use crate::report::Amount;

/// A table that is whole in memory.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Its name: of the CSV file, without the ending.
    pub name: &'static str,
    /// What a person would call it: English, Chinese.
    pub title: (&'static str, &'static str),
    /// Its columns, in order.
    pub columns: Vec<Heading>,
    /// Its rows, each with an entry for every column.
    pub rows: Vec<Vec<Entry>>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Name, kind and meaning.
    pub described: Described,
    /// What a person would write over it: English, Chinese.
    pub title: (String, String),
    /// Its width in a workbook, in characters.
    pub width: u16,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing stands there.
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A figure.
    Number(Amount),
    /// A word that means something by itself in a table of states; it is coloured in a workbook.
    State(&'static str, Tone),
}

/// What a state means for whoever looks for what is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something is to be looked at.
    Doubtful,
    /// Something is not there.
    Bad,
}

impl Heading {
    /// A column of texts or whole numbers.
    #[must_use]
    pub fn new(name: &str, kind: &'static str, title: (&str, &str), about: (&str, &str), width: u16) -> Self {
        let both = |(en, zh): (&str, &str)| (en.to_owned(), zh.to_owned());
        let described = Described { name: name.to_owned(), kind, about: both(about) };
        Heading { described, title: both(title), width }
    }
}

impl Entry {
    /// A text, or nothing if it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        if text.is_empty() { Entry::Nothing } else { Entry::Text(text) }
    }

    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Entry::Nothing => Cell::Nothing,
            Entry::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Entry::State(word, _) => Cell::Text(Cow::Borrowed(word)),
            Entry::Whole(number) => Cell::Whole(*number),
            Entry::Number(number) => Cell::Decimal(*number),
        }
    }
}

impl Listing {
    /// The table as CSV: RFC 4180, CRLF, UTF-8; for spreadsheets if `excel`.
    ///
    /// # Errors
    /// Never in practice: memory takes every row.
    pub fn csv(&self, excel: bool) -> io::Result<Vec<u8>> {
        let names: Vec<Entry> = self.columns.iter().map(|column| Entry::text(&column.described.name)).collect();
        let rows = std::iter::once(&names).chain(&self.rows);
        let cells = |row: &'_ Vec<Entry>| -> Vec<(Kind, String)> {
            row.iter()
                .map(|entry| {
                    let cell = entry.cell();
                    let kind = if cell.text().is_some() { Kind::Text } else { Kind::Decimal };
                    (kind, cell.plain().into_owned())
                })
                .collect()
        };
        super::rows::csv_of(rows.map(cells), excel)
    }
}

/// A workbook with a sheet for each table.
///
/// # Errors
/// When the temporary file of the workbook takes no more.
pub fn listings_book(listings: &[Listing], lang: Lang) -> io::Result<Vec<u8>> {
    workbook::of_listings(listings, lang).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    })
}
