//! Many files: walk, read, guard, sum up, write.
//!
//! Files are taken in the order of the walk, those of an archive in its place, read by several threads,
//! and what each gave goes to the outputs in that order again. One bad file costs only itself.

mod archive;
mod contents;
mod diff;
mod disk;
mod each;
mod earlier;
mod feed;
mod fingerprint;
mod job;
mod journal;
mod kinds;
mod list;
mod manifest;
mod met;
mod nested;
mod output;
mod places;
mod pool;
mod read;
mod runner;
mod summary;
mod system;
mod template;
mod units;
mod waivers;
mod walk;

pub use archive::{PACKINGS, Packing};
pub use diff::{Change, DiffError, Difference, diff, place};
pub use earlier::{Earlier, OfFile, of_files};
pub use fingerprint::fingerprint;
pub use job::{Done, Job, Plan};
pub use journal::{Begun, Journal};
pub use list::{Entries, Entry, Input};
pub use manifest::{Inputs, MANIFEST, Manifest};
pub use output::{Folder, Lines, Made, OutputError, PANEL_BOOK, Texts, Wanted, make_folder, write_file};
pub use places::{PlacesUnusable, places};
pub use read::{Unreadable, read_file, read_stdin};
pub use summary::Summary;
pub use template::{TemplateUnusable, options};
pub use units::units;
pub use waivers::{WaiversUnusable, waivers};
pub use walk::{Walked, walk};

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{Extraction, Options, ingest};

/// Bytes and the source's name → what is in them: [`crate::extract_named`], except in tests of this module.
pub type Extract = fn(&[u8], &str, &Options) -> Result<Extraction, ingest::Error>;

/// What one file gave: an input, a file of an archive, or the archive itself.
#[derive(Debug)]
pub struct Outcome {
    /// Its name in every output.
    pub source: String,
    /// SHA-256 of its bytes; empty for an archive, and for what could not be read.
    pub sha256: String,
    /// What is in it; of an archive, what is to be said about it as a whole.
    pub read: Result<Extraction, Unreadable>,
}

impl Outcome {
    /// Whether it is an archive, whose files have outcomes of their own.
    #[must_use]
    pub fn is_archive(&self) -> bool {
        self.read.as_ref().is_ok_and(|extraction| is_packing(&extraction.format))
    }
}

/// Whether a format is a kind of archive.
#[must_use]
pub fn is_packing(format: &str) -> bool {
    PACKINGS.iter().any(|packing| packing.name == format)
}

/// Whether bytes are an archive, and not a document that is packed like one.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    archive::is_archive(bytes)
}

/// What a run counted beside its items.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Archives that were opened.
    pub archives: usize,
    /// Files of archives that were read.
    pub packed: usize,
    /// Files that were passed over as of kinds that are not read, by ending.
    pub skipped: BTreeMap<String, usize>,
    /// Inputs that were not begun because the run was stopped.
    pub left: usize,
    /// Archives that were begun and not read to their end, for the same reason: at most one.
    pub unfinished: usize,
}

impl Tally {
    fn plus(mut self, other: Tally) -> Self {
        self.archives += other.archives;
        self.packed += other.packed;
        self.left += other.left;
        self.unfinished += other.unfinished;
        for (kind, count) in other.skipped {
            *self.skipped.entry(kind).or_default() += count;
        }
        self
    }
}

/// One thing to read, which was named: a file, something in an archive, or `-` for standard input.
#[must_use]
pub fn named(path: &std::path::Path) -> Entry {
    let stdin = path == std::path::Path::new("-");
    let input = if stdin { Input::Stdin } else { walk::input_of(path) };
    Entry { source: list::slashed(path), input }
}

/// SHA-256 as 64 hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of a file; `None` if there is none, or it cannot be read.
#[must_use]
pub fn digest(path: &std::path::Path) -> Option<String> {
    let bytes =
        if path.is_file() { read::read_file(path, &crate::ingest::Limits::default()).ok()? } else { return None };
    Some(sha256(&bytes))
}

/// Two digits a byte.
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
