//! Many files: walk, read, guard, sum up, write.
//!
//! Files are taken one by one in the order of the walk, those of an archive in its place, and what
//! each gave goes to the outputs before the next is opened. One bad file costs only itself.

mod archive;
mod contents;
mod each;
mod kinds;
mod nested;
mod output;
mod read;
mod summary;
mod system;
mod template;
mod walk;

pub use archive::{PACKINGS, Packing};
pub use output::{Folder, Lines, OutputError, Wanted, write_file};
pub use read::{Unreadable, read_file, read_stdin};
pub use summary::Summary;
pub use template::{TemplateUnusable, options};
pub use walk::{Entry, Input, Walked, walk};

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use crate::export::Item;
use crate::finding::Lang;
use crate::{Extraction, Options, ingest};
use contents::Contents;
use nested::{Content, Piece};

/// Bytes → what is in them: [`crate::extract`], except in tests of this module.
pub type Extract = fn(&[u8], &Options) -> Result<Extraction, ingest::Error>;

/// How each file is to be read.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Limits and forms.
    pub options: &'a Options,
    /// What is done with the bytes.
    pub extract: Extract,
    /// Language of the messages about files that cannot be read.
    pub lang: Lang,
}

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
}

/// One thing to read, which was named: a file, something in an archive, or `-` for standard input.
#[must_use]
pub fn named(path: &std::path::Path) -> Entry {
    let stdin = path == std::path::Path::new("-");
    let input = if stdin { Input::Stdin } else { walk::input_of(path) };
    Entry { source: walk::slashed(path), input }
}

impl Job<'_> {
    /// Reads the inputs in order and hands what each gave to `each`, which may end the run.
    ///
    /// # Errors
    /// The error of `each`; an input that cannot be read is an item with a finding.
    pub fn run<E>(&self, entries: Vec<Entry>, mut each: impl FnMut(&Item<'_>) -> Result<(), E>) -> Result<Tally, E> {
        self.outcomes(entries, |Outcome { source, sha256, read }| match read {
            Ok(Extraction { format, reports, findings }) => each(&Item {
                source: &source,
                sha256: &sha256,
                format: &format,
                reports: &reports,
                findings: &findings,
            }),
            Err(unreadable) => {
                let findings = [unreadable.finding(self.lang)];
                each(&Item { source: &source, sha256: "", format: "", reports: &[], findings: &findings })
            }
        })
    }

    /// The same with outcomes as they are. An archive comes after its files.
    ///
    /// # Errors
    /// The error of `each`.
    pub fn outcomes<E>(&self, entries: Vec<Entry>, mut each: impl FnMut(Outcome) -> Result<(), E>) -> Result<Tally, E> {
        let mut tally = Tally::default();
        let mut taken: HashSet<String> = entries.iter().map(|entry| entry.source.clone()).collect();
        for entry in entries {
            let own = entry.source.clone();
            let mut contents = Contents::of(entry, &self.options.limits);
            while let Some(piece) = next(&mut contents, &own) {
                let is_document = !matches!(piece.content, Content::Archive { .. });
                let Some(mut outcome) = self.outcome(piece, &mut tally) else { continue };
                if outcome.source != own {
                    tally.packed += usize::from(is_document && outcome.read.is_ok());
                    outcome.source = apart(outcome.source, &mut taken);
                }
                each(outcome)?;
            }
            for (kind, count) in contents.skipped() {
                *tally.skipped.entry(kind).or_default() += count;
            }
        }
        Ok(tally)
    }

    /// What a piece gives; nothing if its name does not say that it is a report, and its bytes do not either.
    fn outcome(&self, Piece { source, content }: Piece, tally: &mut Tally) -> Option<Outcome> {
        let (sha256, read) = match content {
            Content::Unreadable(unreadable) => (String::new(), Err(unreadable)),
            Content::Archive { format, findings } => {
                tally.archives += 1;
                let (format, reports) = (format.to_owned(), Vec::new());
                (String::new(), Ok(Extraction { format, reports, findings }))
            }
            Content::Document { bytes, unsaid } => {
                let read = self.guarded(&bytes);
                if unsaid && is_nothing(&read) {
                    *tally.skipped.entry(kinds::kind_of(source.as_ref())).or_default() += 1;
                    return None;
                }
                (if read.is_ok() { sha256(&bytes) } else { String::new() }, read)
            }
        };
        Some(Outcome { source, sha256, read })
    }

    /// A fault of the program costs this file only.
    fn guarded(&self, bytes: &[u8]) -> Result<Extraction, Unreadable> {
        // Nothing of a file that failed is used afterwards: what it may have left half-done is gone with it.
        match catch_unwind(AssertUnwindSafe(|| (self.extract)(bytes, self.options))) {
            Ok(result) => result.map_err(Unreadable::Content),
            Err(_) => Err(Unreadable::Fault),
        }
    }
}

/// The next piece. A fault of the program costs what is left of this input.
fn next(contents: &mut Contents<'_>, own: &str) -> Option<Piece> {
    match catch_unwind(AssertUnwindSafe(|| contents.next())) {
        Ok(piece) => piece,
        Err(_) => {
            contents.close();
            Some(Piece { source: own.to_owned(), content: Content::Unreadable(Unreadable::Fault) })
        }
    }
}

/// Whether bytes whose name promised nothing kept that promise: no reader knows them, or they are a text
/// without a report.
fn is_nothing(read: &Result<Extraction, Unreadable>) -> bool {
    match read {
        Ok(extraction) => extraction.format == ingest::TEXT && extraction.reports.is_empty(),
        Err(error) => matches!(error, Unreadable::Content(ingest::Error::Unknown { .. } | ingest::Error::Empty)),
    }
}

/// A name that no other has: a folder may be called like an archive.
fn apart(name: String, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number: usize| format!("{name}#{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}

/// SHA-256 as 64 hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Two digits a byte.
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
