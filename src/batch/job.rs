//! Every document of the inputs read, in several threads, and given on in the order of the inputs.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::feed::{Feed, Taken};
use super::journal::{Journal, Key, Packer, Record};
use super::list::Entries;
use super::nested::{Content, Piece};
use super::output::OutputError;
use super::pool::{self, Hand, Sink, Work, locked};
use super::read::Unreadable;
use super::runner::{self, Runner};
use super::{Extract, Outcome, Tally, hexadecimal, kinds};
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
    /// Threads at work: each reads, and hands on what is due.
    pub threads: NonZeroUsize,
    /// Once it is set no further document is taken.
    pub stop: &'static AtomicBool,
    /// What earlier runs read, and where this one notes what it reads.
    pub journal: Option<&'a Arc<Mutex<Journal>>>,
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
    /// Until it is handed on.
    made: Option<M>,
}

/// What the threads of a run do. One of them may be left behind, so this borrows nothing.
struct Reading<G> {
    options: Arc<Options>,
    extract: Extract,
    lang: Lang,
    waivers: Option<Waivers>,
    journal: Option<Arc<Mutex<Journal>>>,
    make: G,
}

/// What is known of a document whose bytes are being read.
struct Ticket {
    source: String,
    packed: bool,
    begun: usize,
}

impl Job<'_> {
    /// Reads the inputs in the threads of `plan`; `make` makes something of each item in the thread that read
    /// it, and `each` takes all in the order of the inputs into `state`, in one thread after the other, and may end the
    /// run. An archive comes after its files.
    ///
    /// Gives `state` back, and what was counted or the error of `each`, or that of the journal; an input that cannot be
    /// read is an item with a finding.
    pub fn run<M: Send + 'static, S: Send + 'static>(
        &self,
        entries: Entries,
        plan: &Plan<'_>,
        make: impl Fn(&Item<'_>) -> M + Send + Sync + 'static,
        state: S,
        each: impl FnMut(&mut S, Done<'_, M>) -> Result<(), OutputError> + Send + 'static,
    ) -> (S, Result<Tally, OutputError>) {
        if let Some(journal) = plan.journal {
            locked(journal).expect(entries.len());
        }
        let feed = Arc::new(Mutex::new(Feed::new(entries, self.options.limits, plan.stop)));
        let take = {
            let (feed, stop) = (Arc::clone(&feed), plan.stop);
            move || if stop.load(Ordering::Relaxed) { None } else { locked(&feed).next() }
        };
        let limit = Duration::from_secs(self.options.limits.time as u64);
        let (lang, journal) = (self.lang, plan.journal.cloned());
        let reading = Arc::new(self.reading(journal.clone(), make));
        let handing = Handing { lang, journal, counted: Tally::default(), state, each };
        let (Handing { mut counted, state, .. }, ended) = pool::ordered(plan.threads, limit, take, reading, handing);
        let mut feed = locked(&feed);
        counted.left = feed.left();
        counted.unfinished = usize::from(feed.is_within());
        (state, ended.map(|()| counted.plus(std::mem::take(&mut feed.tally))))
    }

    fn reading<G>(&self, journal: Option<Arc<Mutex<Journal>>>, make: G) -> Reading<G> {
        let Job { extract, lang, waivers, .. } = *self;
        Reading { options: Arc::new(self.options.clone()), extract, lang, waivers: waivers.cloned(), journal, make }
    }

    /// Reads a few inputs one after the other and hands on outcomes as they are.
    ///
    /// # Errors
    /// The error of `each`.
    pub fn outcomes<E>(&self, entries: Entries, mut each: impl FnMut(Outcome) -> Result<(), E>) -> Result<Tally, E> {
        let reading = self.reading(None, |_: &Item<'_>| ());
        let mut runner = Runner::new(self.extract, Arc::clone(&reading.options));
        static NEVER: AtomicBool = AtomicBool::new(false);
        let mut feed = Feed::new(entries, self.options.limits, &NEVER);
        let mut counted = Tally::default();
        for taken in feed.by_ref() {
            let worked = reading.document(&mut None, taken, |bytes, ticket| Some(runner.read(bytes, &ticket.source)));
            let Some(mut worked) = worked else { continue };
            if counted.count(&mut worked).is_some()
                && let Worked::Read(read) = worked
            {
                each(read.outcome)?;
            }
        }
        Ok(counted.plus(feed.tally))
    }
}

impl<M: Send + 'static, G: Fn(&Item<'_>) -> M + Send + Sync + 'static> Work for Reading<G> {
    type Item = Taken;
    /// What packs records for the journal.
    type Worker = Option<Packer>;
    type Ticket = Ticket;
    type Result = Worked<M>;

    fn hire(&self) -> Option<Packer> {
        self.journal.as_ref().map(|_| Packer::default())
    }

    fn work(&self, packer: &mut Option<Packer>, taken: Taken, hand: &Hand<Ticket>) -> Option<Worked<M>> {
        self.document(packer, taken, |bytes, ticket| {
            let source = ticket.source.clone();
            hand.take_up(ticket);
            let read = runner::guarded(self.extract, &bytes, &source, &self.options);
            hand.put_down().then_some(read)
        })
    }

    fn lost(&self, Ticket { source, packed, begun }: Ticket) -> Worked<M> {
        let read = Err(runner::too_long(self.options.limits.time));
        self.worked(Outcome { source, sha256: String::new(), read }, (packed, begun), None)
    }
}

impl<M, G: Fn(&Item<'_>) -> M> Reading<G> {
    /// Reads a document with `read`; `None` if that is not waited for any more.
    fn document(
        &self,
        packer: &mut Option<Packer>,
        taken: Taken,
        read: impl FnOnce(Vec<u8>, Ticket) -> Option<runner::Outcome>,
    ) -> Option<Worked<M>> {
        let Taken { piece: Piece { source, content }, packed, begun } = taken;
        if !matches!(content, Content::Archive { .. }) {
            self.options.places.note(&source);
        }
        let mut of_journal = None;
        let (sha256, read) = match content {
            Content::Unreadable(unreadable) => (String::new(), Err(unreadable)),
            Content::Archive { format, findings } => {
                (String::new(), Ok(Extraction { format: format.to_owned(), reports: Vec::new(), findings }))
            }
            Content::Document { bytes, unsaid } => {
                let hash: Key = Sha256::digest(&bytes).into();
                let key = self.key(hash, &source);
                let kept = self.kept(&key);
                let known = kept.is_some();
                let read = match kept {
                    Some(kept) => Ok(kept),
                    None => read(bytes, Ticket { source: source.clone(), packed, begun })?,
                };
                if unsaid && is_nothing(&read) {
                    return Some(Worked::Skipped(kinds::kind_of(source.as_ref())));
                }
                let record = read.as_ref().ok().filter(|_| !known);
                of_journal = Some((known, record.zip(packer.as_mut()).map(|(read, packer)| packer.record(key, read))));
                (if read.is_ok() { hexadecimal(&hash) } else { String::new() }, read)
            }
        };
        Some(self.worked(Outcome { source, sha256, read }, (packed, begun), of_journal))
    }

    /// What is handed on; `of_journal` says whether it was known from there, and what it is to have of it.
    fn worked(
        &self,
        mut outcome: Outcome,
        (packed, begun): (bool, usize),
        of_journal: Option<(bool, Option<Record>)>,
    ) -> Worked<M> {
        // What is kept for later runs is what the bytes gave, without what somebody says about it.
        if let Some(waivers) = &self.waivers {
            outcome.waive(waivers);
        }
        let made = outcome.as_item(self.lang, &self.make);
        let (known, record) = of_journal.unwrap_or_default();
        Worked::Read(Box::new(Read { outcome, packed, begun, known, record, made: Some(made) }))
    }

    /// What a record of the journal is kept under: what the bytes are, and what the name adds if it adds anything.
    fn key(&self, hash: Key, source: &str) -> Key {
        match crate::said_by_name(source, &self.options) {
            Some(said) => Sha256::new().chain_update(hash).chain_update(said).finalize().into(),
            None => hash,
        }
    }

    /// What these bytes gave before.
    fn kept(&self, key: &Key) -> Option<Extraction> {
        let packed = locked(self.journal.as_ref()?).find(key)?;
        packed.open()
    }
}

/// What hands on what the threads worked on.
struct Handing<S, E> {
    lang: Lang,
    journal: Option<Arc<Mutex<Journal>>>,
    counted: Tally,
    state: S,
    each: E,
}

impl<M, S, E> Sink<Worked<M>> for Handing<S, E>
where
    S: Send + 'static,
    E: FnMut(&mut S, Done<'_, M>) -> Result<(), OutputError> + Send + 'static,
{
    type Error = OutputError;

    fn take(&mut self, worked: &mut Worked<M>) -> Result<(), OutputError> {
        let Some(Read { outcome, begun, known, made, record, .. }) = self.counted.count(worked) else { return Ok(()) };
        if let (Some(journal), Some(record)) = (&self.journal, &record) {
            locked(journal).note(record)?;
        }
        let (Some(made), begun, known) = (made.take(), *begun, *known) else { return Ok(()) };
        let (state, each) = (&mut self.state, &mut self.each);
        outcome.as_item(self.lang, |item| each(state, Done { item: *item, made, begun, known }))
    }
}

impl Tally {
    /// Counts what a thread handed on, and gives what is not skipped.
    fn count<'w, M>(&mut self, worked: &'w mut Worked<M>) -> Option<&'w mut Read<M>> {
        match worked {
            Worked::Skipped(kind) => {
                *self.skipped.entry(std::mem::take(kind)).or_default() += 1;
                None
            }
            Worked::Read(read) => {
                self.packed += usize::from(read.packed && !read.outcome.is_archive() && read.outcome.read.is_ok());
                Some(read)
            }
        }
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

/// Whether bytes whose name promised nothing kept that promise: no reader knows them, or they are a text
/// without a report.
fn is_nothing(read: &Result<Extraction, Unreadable>) -> bool {
    match read {
        Ok(extraction) => extraction.format == ingest::TEXT && extraction.reports.is_empty(),
        Err(error) => matches!(error, Unreadable::Content(ingest::Error::Unknown { .. } | ingest::Error::Empty)),
    }
}
