//! One file at a time on a thread that can be left behind.
//!
//! A thread cannot be stopped from outside. What runs into the time limit is left to itself, its
//! result is not waited for, and the next file has a new thread. A reader's own limits end nearly
//! everything long before; this one holds for what nobody foresaw.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::Extract;
use super::read::Unreadable;
use crate::ingest::Error;
use crate::{Extraction, Options};

/// Stack of a reading thread. Readers keep stacks of their own for what nests; this is for the libraries
/// below them, of which the interpreter of PDF recurses deepest.
pub(super) const STACK: usize = 16 << 20;

pub(super) type Outcome = Result<Extraction, Unreadable>;

/// Reads file after file.
pub(super) struct Runner {
    extract: Extract,
    options: Arc<Options>,
    thread: Option<Thread>,
}

/// A thread that takes bytes with their source's name and gives outcomes.
struct Thread {
    files: Sender<(Vec<u8>, String)>,
    outcomes: Receiver<Outcome>,
}

impl Runner {
    pub(super) fn new(extract: Extract, options: Arc<Options>) -> Self {
        Runner { extract, options, thread: None }
    }

    /// What is in the bytes of a source.
    pub(super) fn read(&mut self, bytes: Vec<u8>, source: &str) -> Outcome {
        let (extract, options) = (self.extract, &self.options);
        let thread = self.thread.get_or_insert_with(|| Thread::start(extract, Arc::clone(options)));
        let limit = self.options.limits.time;
        // A thread that is not there to take them gives nothing either.
        let _ = thread.files.send((bytes, source.to_owned()));
        let waited = thread.outcomes.recv_timeout(Duration::from_secs(limit as u64));
        waited.unwrap_or_else(|error| {
            self.thread = None;
            match error {
                RecvTimeoutError::Timeout => Err(too_long(limit)),
                RecvTimeoutError::Disconnected => Err(Unreadable::Fault),
            }
        })
    }
}

/// What is said of a file that took longer than so many seconds.
pub(super) fn too_long(limit: usize) -> Unreadable {
    Unreadable::Content(Error::Limit { name: "time", limit, found: limit })
}

impl Thread {
    fn start(extract: Extract, options: Arc<Options>) -> Self {
        let (files, taken) = mpsc::channel::<(Vec<u8>, String)>();
        let (given, outcomes) = mpsc::channel();
        let read = move || {
            for (bytes, source) in taken {
                if given.send(guarded(extract, &bytes, &source, &options)).is_err() {
                    return;
                }
            }
        };
        // Without a thread the channels are closed, which is a fault of this file.
        let _ = thread::Builder::new().name("reader".to_owned()).stack_size(STACK).spawn(read);
        Thread { files, outcomes }
    }
}

/// A fault of the program costs this file only.
pub(super) fn guarded(extract: Extract, bytes: &[u8], source: &str, options: &Options) -> Outcome {
    // Nothing of a file that failed is used afterwards: what it may have left half-done is gone with it.
    match catch_unwind(AssertUnwindSafe(|| extract(bytes, source, options))) {
        Ok(result) => result.map_err(Unreadable::Content),
        Err(_) => Err(Unreadable::Fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Limits;

    fn extraction() -> Extraction {
        Extraction { format: "text".to_owned(), reports: Vec::new(), findings: Vec::new() }
    }

    fn by_content(bytes: &[u8], _: &str, _: &Options) -> Result<Extraction, Error> {
        match bytes {
            b"hang" => loop {
                thread::park();
            },
            b"panic" => panic!("on purpose"),
            _ => Ok(extraction()),
        }
    }

    #[test]
    fn a_file_that_hangs_or_panics_costs_itself_only() {
        let limits = Limits { time: 1, ..Limits::default() };
        let mut runner = Runner::new(by_content, Arc::new(Options { limits, ..Options::default() }));
        let mut read = |bytes: &[u8]| runner.read(bytes.to_vec(), "");
        assert_eq!(read(b"fine").expect("read"), extraction());
        assert!(matches!(read(b"hang"), Err(Unreadable::Content(Error::Limit { name: "time", limit: 1, .. }))));
        assert!(matches!(read(b"panic"), Err(Unreadable::Fault)));
        assert_eq!(read(b"fine").expect("read"), extraction());
    }
}
