//! Reports and findings → files: one file a format, [`EXPORTERS`] the list of all.
//!
//! What `check` writes ([`check_json`], [`sarif`], [`junit`], [`html()`]) is no exporter: it is about files, not figures.
//! An exporter writes item by item to whatever takes bytes and keeps nothing between items, so
//! memory does not grow with the number of files. Where the bytes go (folder, standard output)
//! is `batch`'s business. Types that are written out live in [`record`], apart from the model.

mod cells;
mod checked;
mod claims;
mod columnar;
mod consolidation;
mod database;
mod findings;
mod groups;
mod html;
mod jsonl;
mod junit;
mod listing;
mod package;
pub mod record;
mod reports;
mod rows;
mod sarif;
mod script;
mod settings;
mod spool;
mod table;
mod waiting;
mod workbook;

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

pub use checked::{Asked, Checked, check_json};
pub use consolidation::{csv as consolidation_csv, json as consolidation_json};
pub use html::html;
pub use jsonl::EXPORTER as JSON_LINES;
pub use junit::junit;
pub use listing::{Entry, Heading, Listing, Tone, listings_book};
pub use sarif::sarif;
pub use settings::{FieldColumn, Headers, Settings};
pub use table::{Described, Kind};
pub use workbook::{consolidation as consolidation_workbook, form as form_workbook};

use crate::finding::Finding;
use crate::report::Report;

/// What one input gave, as every exporter sees it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The input's name, relative to what was given on the command line.
    pub source: &'a str,
    /// SHA-256 of its bytes, 64 hexadecimal digits; empty if it could not be read.
    pub sha256: &'a str,
    /// Name of the reader that read it; empty if none did.
    pub format: &'a str,
    /// Its reports.
    pub reports: &'a [Report],
    /// What is to be said about the file as a whole.
    pub findings: &'a [Finding],
}

/// One output format.
pub struct Exporter {
    /// Its name.
    pub name: &'static str,
    /// The file it writes into the output folder.
    pub file: &'static str,
    /// What the file holds: English, Chinese.
    pub about: (&'static str, &'static str),
    /// The columns (or members) of the file, in order, for the documentation.
    pub columns: fn(&Settings) -> Vec<Described>,
    /// Writes what stands once at the top of the file.
    pub head: fn(&mut dyn Write, &Settings) -> io::Result<()>,
    /// Writes what one input gave.
    pub write: fn(&mut dyn Write, &Item<'_>, &Settings) -> io::Result<()>,
}

/// An output format whose file has a state and an end: nothing of it is of use before
/// [`Sink::finish`]. Its memory does not grow with the number of items either.
pub struct Container {
    /// Its name.
    pub name: &'static str,
    /// The file it writes into the output folder.
    pub file: &'static str,
    /// What the file holds: English, Chinese.
    pub about: (&'static str, &'static str),
    /// The tables in the file and their columns, in order, for the documentation.
    pub tables: fn(&Settings) -> Vec<Documented>,
    /// Begins the file.
    pub begin: Begin,
}

/// Begins a container: its target, how it is to be written.
pub type Begin = fn(Target, &Arc<Settings>) -> io::Result<Box<dyn Sink>>;

/// A table by its name, with its columns in words.
pub type Documented = (String, Vec<Described>);

/// Where a container is written: an empty file that is there.
#[derive(Debug)]
pub struct Target {
    /// Its path; further temporary files may stand beside it.
    pub path: PathBuf,
    /// The file itself.
    pub file: File,
}

/// A file that takes items in their order and has an end.
pub trait Sink: Send {
    /// Takes what one input gave.
    ///
    /// # Errors
    /// When the file takes no more; it is of no use then.
    fn item(&mut self, item: &Item<'_>) -> io::Result<()>;

    /// Ends the file; only now it is whole.
    ///
    /// # Errors
    /// When the file takes no more.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A small text made when the run has ended, about the CSV files beside it.
pub struct Companion {
    /// Its name.
    pub name: &'static str,
    /// The file it is written into.
    pub file: &'static str,
    /// What the file holds: English, Chinese.
    pub about: (&'static str, &'static str),
    /// Its text; the files are those of the same format.
    pub text: fn(&Settings, &[Written]) -> String,
}

/// A file that was written whole, or a folder with one file a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the output folder.
    pub file: &'static str,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, 64 hexadecimal digits; of a folder that of a line for each file in the order in which they
    /// were written: its own hash, a tab, its name in quotes.
    pub sha256: String,
    /// How many files a folder has; `None` for a file.
    pub files: Option<usize>,
}

/// What one word of `--format` writes.
pub struct Format {
    /// The word.
    pub name: &'static str,
    /// Files that are written item by item.
    pub exporters: &'static [&'static Exporter],
    /// Files with an end.
    pub containers: &'static [&'static Container],
    /// Files about the others.
    pub companions: &'static [&'static Companion],
}

/// Every exporter. Docs and tests loop over this list.
pub const EXPORTERS: &[Exporter] =
    &[cells::EXPORTER, reports::EXPORTER, findings::EXPORTER, claims::EXPORTER, jsonl::EXPORTER];

/// Every format. Help, docs, the output folder and tests loop over this list.
pub const FORMATS: &[Format] = &[
    Format { name: "csv", exporters: CSV, containers: &[], companions: &[] },
    Format { name: "jsonl", exporters: &[&jsonl::EXPORTER], containers: &[], companions: &[] },
    Format { name: "xlsx", exporters: &[], containers: &[&workbook::CONTAINER], companions: &[] },
    Format { name: "parquet", exporters: &[], containers: PARQUET, companions: &[] },
    Format { name: "sqlite", exporters: &[], containers: &[&database::CONTAINER], companions: &[] },
    Format { name: "datapackage", exporters: CSV, containers: &[], companions: COMPANIONS },
];

const PARQUET: &[&Container] = &[&columnar::CELLS, &columnar::REPORTS, &columnar::FINDINGS, &columnar::CLAIMS];

const CSV: &[&Exporter] = &[&cells::EXPORTER, &reports::EXPORTER, &findings::EXPORTER, &claims::EXPORTER];
const COMPANIONS: &[&Companion] = &[&package::COMPANION, &script::STATA, &script::R];
