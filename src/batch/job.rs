//! Every document of the inputs read, in several threads, and given on in the order of the inputs.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::feed::{Feed, Taken};
use super::journal::{Journal, Key, Packer, Record};
use super::list::Entries;
use super::nested::{Content, Piece};
use super::output::OutputError;
use super::read::Unreadable;
use super::runner::Runner;
use super::{Extract, Outcome, Tally, hexadecimal, kinds, pool};
use crate::export::Item;
use crate::finding::{Lang, Waivers};
use crate::report::Report;
use crate::{Extraction, Options, ingest};

/// How each file is to be read.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Limits and forms.
    pub options: &'a Options,
    /// What is done with the bytes.
    pub extract: Extract,
    /// Language of the messages about files that cannot be read.
    pub lang: Lang,
    /// Who answers for which findings.
    pub waivers: Option<&'a Waivers>,
}

/// How a run over many files goes.
pub struct Plan<'a> {
    /// Threads that read.
    pub threads: NonZeroUsize,
    /// Once it is set no further document is taken.
    pub stop: &'a AtomicBool,
    /// What earlier runs read, and where this one notes what it reads.
    pub journal: Option<&'a Mutex<Journal>>,
}

/// What one file gave.
pub struct Done<'a, M> {
    /// As exporters see it.
    pub item: Item<'a>,
    /// What was made of it in the thread that read it.
    pub made: M,
    /// How many inputs were begun when it was taken.
    pub begun: usize,
    /// Whether its bytes were known from the journal, and not read again.
    pub known: bool,
}

/// What a thread hands on.
enum Worked<M> {
    /// A file whose name promised nothing and whose content is nothing, by ending.
    Skipped(String),
    Read(Box<Read<M>>),
}

struct Read<M> {
    outcome: Outcome,
    packed: bool,
    begun: usize,
    known: bool,
    record: Option<Record>,
    made: M,
}

/// What one thread has for itself.
struct Reader<'a> {
    runner: Runner,
    journal: Option<&'a Mutex<Journal>>,
    packer: Option<Packer>,
}

impl Job<'_> {
    /// Reads the inputs in the threads of `plan`; `make` makes something of each item in the thread that read
    /// it, and `each` takes all in the order of the inputs, and may end the run. An archive comes after its files.
    ///
    /// # Errors
    /// The error of `each`, or that of the journal; an input that cannot be read is an item with a finding.
    pub fn run<M: Send>(
        &self,
        entries: Entries,
        plan: &Plan<'_>,
        make: impl Fn(&Item<'_>) -> M + Sync,
        mut each: impl FnMut(Done<'_, M>) -> Result<(), OutputError>,
    ) -> Result<Tally, OutputError> {
        let options = Arc::new(self.options.clone());
        let mut feed = Feed::new(entries, &self.options.limits, plan.stop);
        let mut counted = Tally::default();
        let hire = || Reader::new(Runner::new(self.extract, Arc::clone(&options)), plan.journal);
        let take = || if plan.stop.load(Ordering::Relaxed) { None } else { feed.next() };
        let work = |reader: &mut Reader<'_>, taken| self.work(reader, taken, &make);
        pool::ordered(plan.threads, take, hire, work, |worked| {
            let Some(read) = counted.count(worked) else { return Ok(()) };
            if let (Some(journal), Some(record)) = (plan.journal, &read.record) {
                locked(journal).note(record)?;
            }
            let Read { outcome, begun, known, made, .. } = read;
            outcome.as_item(self.lang, |item| each(Done { item: *item, made, begun, known }))
        })?;
        counted.left = feed.left();
        counted.unfinished = usize::from(feed.is_within());
        Ok(counted.plus(feed.tally))
    }

    /// Reads a few inputs one after the other and hands on outcomes as they are.
    ///
    /// # Errors
    /// The error of `each`.
    pub fn outcomes<E>(&self, entries: Entries, mut each: impl FnMut(Outcome) -> Result<(), E>) -> Result<Tally, E> {
        let runner = Runner::new(self.extract, Arc::new(self.options.clone()));
        let mut reader = Reader::new(runner, None);
        static NEVER: AtomicBool = AtomicBool::new(false);
        let mut feed = Feed::new(entries, &self.options.limits, &NEVER);
        let mut counted = Tally::default();
        for taken in feed.by_ref() {
            if let Some(read) = counted.count(self.work(&mut reader, taken, &|_: &Item<'_>| ())) {
                each(read.outcome)?;
            }
        }
        Ok(counted.plus(feed.tally))
    }

    /// What a record of the journal is kept under: what the bytes are, and what the name adds if it adds anything.
    fn key(&self, hash: Key, source: &str) -> Key {
        match crate::said_by_name(source, self.options) {
            Some(said) => Sha256::new().chain_update(hash).chain_update(said).finalize().into(),
            None => hash,
        }
    }

    fn work<M>(&self, reader: &mut Reader<'_>, taken: Taken, make: &impl Fn(&Item<'_>) -> M) -> Worked<M> {
        let Taken { piece: Piece { source, content }, packed, begun } = taken;
        if !matches!(content, Content::Archive { .. }) {
            self.options.places.note(&source);
        }
        let mut known = false;
        let mut record = None;
        let (sha256, read) = match content {
            Content::Unreadable(unreadable) => (String::new(), Err(unreadable)),
            Content::Archive { format, findings } => {
                (String::new(), Ok(Extraction { format: format.to_owned(), reports: Vec::new(), findings }))
            }
            Content::Document { bytes, unsaid } => {
                let hash: Key = Sha256::digest(&bytes).into();
                let key = self.key(hash, &source);
                let kept = reader.kept(&key);
                known = kept.is_some();
                let read = kept.map_or_else(|| reader.runner.read(bytes, &source), Ok);
                if unsaid && is_nothing(&read) {
                    return Worked::Skipped(kinds::kind_of(source.as_ref()));
                }
                record = read.as_ref().ok().filter(|_| !known).and_then(|read| reader.record(key, read));
                (if read.is_ok() { hexadecimal(&hash) } else { String::new() }, read)
            }
        };
        let mut outcome = Outcome { source, sha256, read };
        // What is kept for later runs is what the bytes gave, without what somebody says about it.
        if let Some(waivers) = self.waivers {
            outcome.waive(waivers);
        }
        let made = outcome.as_item(self.lang, make);
        Worked::Read(Box::new(Read { outcome, packed, begun, known, record, made }))
    }
}

impl Tally {
    /// Counts what a thread handed on, and gives what is not skipped.
    fn count<M>(&mut self, worked: Worked<M>) -> Option<Read<M>> {
        match worked {
            Worked::Skipped(kind) => {
                *self.skipped.entry(kind).or_default() += 1;
                None
            }
            Worked::Read(read) => {
                self.packed += usize::from(read.packed && !read.outcome.is_archive() && read.outcome.read.is_ok());
                Some(*read)
            }
        }
    }
}

impl<'a> Reader<'a> {
    fn new(runner: Runner, journal: Option<&'a Mutex<Journal>>) -> Self {
        Reader { runner, journal, packer: journal.map(|_| Packer::default()) }
    }

    /// What the journal is to have of these bytes, if there is one.
    fn record(&mut self, key: Key, read: &Extraction) -> Option<Record> {
        self.packer.as_mut().map(|packer| packer.record(key, read))
    }

    /// What these bytes gave before.
    fn kept(&self, key: &Key) -> Option<Extraction> {
        let packed = locked(self.journal?).find(key)?;
        packed.open()
    }
}

impl Outcome {
    fn waive(&mut self, waivers: &Waivers) {
        match &mut self.read {
            Ok(Extraction { reports, findings, .. }) => {
                let of_reports = reports.iter_mut().flat_map(|Report { year, findings, .. }| {
                    let year = *year;
                    findings.iter_mut().map(move |finding| (year, finding))
                });
                let of_file = findings.iter_mut().map(|finding| (None, finding));
                waivers.apply_to_years(&self.source, of_reports.chain(of_file));
            }
            Err(_) => waivers.could_not_read(&self.source),
        }
    }

    /// The same as exporters see it.
    fn as_item<T>(&self, lang: Lang, then: impl FnOnce(&Item<'_>) -> T) -> T {
        let (source, sha256) = (&self.source[..], &self.sha256[..]);
        match &self.read {
            Ok(Extraction { format, reports, findings }) => then(&Item { source, sha256, format, reports, findings }),
            Err(unreadable) => {
                let findings = [unreadable.finding(lang)];
                then(&Item { source, sha256: "", format: "", reports: &[], findings: &findings })
            }
        }
    }
}

/// A thread that panicked has left the journal between two steps.
fn locked(journal: &Mutex<Journal>) -> MutexGuard<'_, Journal> {
    journal.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether bytes whose name promised nothing kept that promise: no reader knows them, or they are a text
/// without a report.
fn is_nothing(read: &Result<Extraction, Unreadable>) -> bool {
    match read {
        Ok(extraction) => extraction.format == ingest::TEXT && extraction.reports.is_empty(),
        Err(error) => matches!(error, Unreadable::Content(ingest::Error::Unknown { .. } | ingest::Error::Empty)),
    }
}
