//! Many files: walk, read, guard, sum up, write.
//!
//! Files are taken one by one in the order of the walk, and what each gave goes to the outputs
//! before the next is opened. One bad file costs only itself.

mod each;
mod output;
mod read;
mod summary;
mod system;
mod template;
mod walk;

pub use output::{Folder, Lines, OutputError, Wanted, write_file};
pub use read::{Unreadable, read_file, read_stdin};
pub use summary::Summary;
pub use template::{TemplateUnusable, options};
pub use walk::{Entry, Input, Walked, walk};

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use crate::export::Item;
use crate::finding::Lang;
use crate::{Extraction, Options, ingest};

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

impl Job<'_> {
    /// Reads the inputs in order and hands what each gave to `each`, which may end the run.
    ///
    /// # Errors
    /// The error of `each`; an input that cannot be read is an item with a finding.
    pub fn run<E>(&self, entries: Vec<Entry>, mut each: impl FnMut(&Item<'_>) -> Result<(), E>) -> Result<(), E> {
        for entry in entries {
            let source = entry.source;
            match self.read(entry.input) {
                Ok((sha256, Extraction { format, reports, findings })) => each(&Item {
                    source: &source,
                    sha256: &sha256,
                    format: &format,
                    reports: &reports,
                    findings: &findings,
                })?,
                Err(unreadable) => {
                    let findings = [unreadable.finding(self.lang)];
                    each(&Item { source: &source, sha256: "", format: "", reports: &[], findings: &findings })?;
                }
            }
        }
        Ok(())
    }

    /// Reads one input: the hash of its bytes, and what is in them.
    ///
    /// # Errors
    /// When its bytes cannot be had, are no report's, or make the program fail.
    pub fn read(&self, input: Input) -> Result<(String, Extraction), Unreadable> {
        let limits = &self.options.limits;
        let bytes = match input {
            Input::Stdin => read_stdin(limits)?,
            Input::File(path) => read_file(&path, limits)?,
            Input::Failed(unreadable) => return Err(unreadable),
        };
        let extraction = self.guarded(&bytes)?;
        Ok((sha256(&bytes), extraction))
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
