//! Reports and findings → files: one file a format, [`EXPORTERS`] the list of all.
//!
//! What `check` writes ([`check_json`], [`sarif`], [`junit`]) is no exporter: it is about files, not figures.
//! An exporter writes item by item to whatever takes bytes and keeps nothing between items, so
//! memory does not grow with the number of files. Where the bytes go (folder, standard output)
//! is `batch`'s business. Types that are written out live in [`record`], apart from the model.

mod cells;
mod checked;
mod claims;
mod column;
mod findings;
mod jsonl;
mod junit;
pub mod record;
mod reports;
mod sarif;
mod settings;

use std::io::{self, Write};

pub use checked::{Checked, check_json};
pub use column::{Described, Kind};
pub use jsonl::EXPORTER as JSON_LINES;
pub use junit::junit;
pub use sarif::sarif;
pub use settings::{FieldColumn, Headers, Settings};

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

/// Every exporter. Help, docs, the output folder and tests loop over this list.
pub const EXPORTERS: &[Exporter] =
    &[cells::EXPORTER, reports::EXPORTER, findings::EXPORTER, claims::EXPORTER, jsonl::EXPORTER];
