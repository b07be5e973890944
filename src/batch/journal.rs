//! What each file gave, kept on the disk while a run goes on, so that a run that was stopped need
//! not read the same bytes again.
//!
//! ```text
//! file   = frame of the header, frames of records
//! frame  = key (32 bytes), length (u32), CRC-32 of the rest (u32), rest
//! rest   = the header's text, or of a record 0 and JSON, or 1 and deflated JSON
//! ```
//!
//! The key of a record is the SHA-256 of the bytes that were read, or where the source's name says more, of that
//! hash and what it says; that of the header is zero.
//! The header says by which program and with which options: a journal of another is of no use. A frame
//! whose end is not there was being written when the run was stopped, and is cut off. One whose sum is
//! wrong is as if it were not there.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::output::{OutputError, make_folder, sweep};
use crate::Extraction;
use crate::finding::Finding;
use crate::report::Report;

/// SHA-256 of what was read, and of what else decides what it gives.
pub(super) type Key = [u8; 32];

/// The beginning of a key. Should two of a run ever share it, one of them is not noted and would be read again.
type Mark = [u8; 8];

const HEADER: Key = [0; 32];
/// What a record begins with: JSON, or deflated JSON.
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;
/// Key, length and sum.
const PROLOGUE: usize = 32 + 4 + 4;
/// The largest frame that is believed: a report packs into some 3 KB, a book of a thousand into 3 MB.
const LARGEST: usize = 256 << 20;
/// What a frame may unpack to, so that a damaged one cannot eat the memory.
const UNPACKED: u64 = 4 << 30;

/// So many records are made room for at once, in some 20 MB.
const MOST_EXPECTED: usize = 1 << 20;

/// How long what was noted may wait for the disk: what a power cut costs at most.
const SYNC: Duration = Duration::from_secs(2);
/// The folder within the output folder, hidden so that no walk enters it, and the file in it.
const PLACE: [&str; 2] = [".gongkai", "journal"];
/// The journal before, which stays until a run that did not go on with it has ended.
const BEFORE: &str = "journal.old";

/// An open journal. It is locked: no other run writes into the same folder meanwhile.
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Where the frames of earlier runs begin, by the marks of their keys; the whole key stands in the frame.
    places: HashMap<Mark, u64>,
    /// What this run noted. It is not looked up: which of two files with the same bytes is read first is chance.
    noted: HashSet<Mark>,
    /// Where the next frame goes.
    end: u64,
    /// Whether the file stands there.
    at_end: bool,
    synced: Instant,
}

/// How a journal was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Anew.
    New,
    /// With so many files that an earlier run read.
    Resumed(usize),
    /// Anew, for there was none to go on with.
    NoneThere,
    /// Anew, for the one that was there is of another version or other options.
    OfAnother,
}

/// A record as it stands in the journal.
pub(super) struct Packed(Vec<u8>);

impl Packed {
    /// What it says; `None` if that makes no sense.
    pub(super) fn open(&self) -> Option<Extraction> {
        let Given { format, reports, findings } = match self.0.split_first()? {
            (&PLAIN, json) => serde_json::from_slice(json),
            (&DEFLATED, packed) => {
                serde_json::from_reader(io::BufReader::new(DeflateDecoder::new(packed).take(UNPACKED)))
            }
            _ => return None,
        }
        .ok()?;
        Some(Extraction { format, reports, findings })
    }
}

/// A record ready to be appended.
pub(super) struct Record {
    key: Key,
    rest: Vec<u8>,
}

#[derive(Serialize)]
struct Kept<'a> {
    format: &'a str,
    reports: &'a [Report],
    findings: &'a [Finding],
}

#[derive(Deserialize)]
struct Given {
    format: String,
    reports: Vec<Report>,
    findings: Vec<Finding>,
}

/// Makes records, one after the other with the same memory: what packing needs is a hundred times a record. So the first
/// stays plain, which for a run over a single file is all.
#[derive(Default)]
pub(super) struct Packer {
    begun: bool,
    packed: Option<DeflateEncoder<Vec<u8>>>,
    /// A record before it is packed, which is quicker in one piece than in thousands.
    plain: Vec<u8>,
}

/// A record larger than this gives its memory back.
const LARGE_RECORD: usize = 1 << 20;

impl Packer {
    /// What bytes of this hash gave.
    pub(super) fn record(&mut self, key: Key, extraction: &Extraction) -> Record {
        let Extraction { format, reports, findings } = extraction;
        self.plain.clear();
        self.plain.push(PLAIN);
        // Neither memory nor the model refuses to be written.
        let written = serde_json::to_writer(&mut self.plain, &Kept { format, reports, findings }).is_ok();
        let is_first = !std::mem::replace(&mut self.begun, true);
        let rest = match (written, is_first && self.plain.len() <= LARGE_RECORD) {
            (false, _) => Vec::new(),
            (true, true) => self.plain.clone(),
            (true, false) => self.pack(),
        };
        if self.plain.capacity() > LARGE_RECORD {
            self.plain = Vec::new();
        }
        Record { key, rest }
    }

    /// What stands in `plain`, deflated.
    fn pack(&mut self) -> Vec<u8> {
        let new = || DeflateEncoder::new(vec![DEFLATED], Compression::fast());
        let packed = self.packed.get_or_insert_with(new);
        let written = packed.write_all(&self.plain[1..]);
        let rest = packed.reset(vec![DEFLATED]).unwrap_or_default();
        if written.is_ok() { rest } else { Vec::new() }
    }
}

impl Journal {
    /// The journal of an output folder: with `resume` that of an earlier run, where there is one of the same
    /// `fingerprint`, else a new one.
    ///
    /// # Errors
    /// When it cannot be written, or another run has it.
    pub fn open(dir: &Path, fingerprint: &str, resume: bool) -> Result<(Self, Begun), OutputError> {
        let folder = dir.join(PLACE[0]);
        // Each by itself, so that what stands in the way is named as it was given.
        make_folder(dir)?;
        make_folder(&folder)?;
        let path = folder.join(PLACE[1]);
        let opened = Journal::locked(&path).and_then(|journal| match journal {
            Some(journal) => {
                let (journal, another) = journal.chosen(fingerprint, resume)?;
                let (journal, begun) = journal.begin(fingerprint, resume)?;
                Ok(Some((journal, if another { Begun::OfAnother } else { begun })))
            }
            None => Ok(None),
        });
        match opened {
            Ok(Some(begun)) => {
                sweep(dir);
                Ok(begun)
            }
            Ok(None) => Err(OutputError::busy(dir)),
            Err(error) => Err(OutputError::system(&path, error)),
        }
    }

    /// The file, locked; `None` if another run has it.
    fn locked(path: &Path) -> io::Result<Option<Self>> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some network disks have no locks; then nobody else is kept out.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let (places, noted, synced) = (HashMap::new(), HashSet::new(), now());
        Ok(Some(Journal { path: path.to_owned(), file, places, noted, end: 0, at_end: false, synced }))
    }

    /// The journal to go on with, if one is wanted: this or the one before it, whichever has more. What is not gone on with
    /// becomes the one before. Gives also whether it was wanted and is of another version or other options.
    fn chosen(mut self, fingerprint: &str, resume: bool) -> io::Result<(Self, bool)> {
        let before = self.path.with_file_name(BEFORE);
        let length = if resume { self.length_of(fingerprint)? } else { 0 };
        if resume && before.is_file() {
            let other = Journal::locked(&before)?;
            if let Some(mut other) = other
                && other.length_of(fingerprint)? > length
            {
                let aside = self.path.with_extension("aside");
                fs::rename(&self.path, &aside)?;
                fs::rename(&before, &self.path)?;
                fs::rename(&aside, &before)?;
                other.path = self.path;
                return Ok((other, false));
            }
        }
        let held = self.file.metadata()?.len();
        if length > 0 || held == 0 {
            return Ok((self, false));
        }
        let another = resume && frame(&mut self.file, 0, held)?.is_some();
        // Of what was not gone on with the longer stays.
        if fs::metadata(&before).is_ok_and(|about| about.len() >= held) {
            self.file.set_len(0)?;
            return Ok((self, another));
        }
        fs::rename(&self.path, &before)?;
        let anew = Journal::locked(&self.path)?.ok_or(io::ErrorKind::WouldBlock)?;
        Ok((anew, another))
    }

    /// Its length in bytes, if it is of this fingerprint; else 0.
    fn length_of(&mut self, fingerprint: &str) -> io::Result<u64> {
        let length = self.file.metadata()?.len();
        let is_of = frame(&mut self.file, 0, length)?.is_some()
            && rest(&mut self.file, 0, &HEADER)?.as_deref() == Some(fingerprint.as_bytes());
        Ok(if is_of { length } else { 0 })
    }

    /// The run has ended well: what it did not go on with is of no use any more.
    pub fn settle(&self) {
        let _ = fs::remove_file(self.path.with_file_name(BEFORE));
    }

    fn begin(mut self, fingerprint: &str, resume: bool) -> io::Result<(Self, Begun)> {
        let begun = if resume { self.index()? } else { Begun::New };
        if !matches!(begun, Begun::Resumed(_)) {
            self.places.clear();
            self.end = 0;
        }
        self.file.set_len(self.end)?;
        if self.end == 0 {
            self.write(HEADER, fingerprint.as_bytes())?;
        }
        Ok((self, begun))
    }

    /// Notes where each record stands, up to the first that is not whole.
    fn index(&mut self) -> io::Result<Begun> {
        let length = self.file.metadata()?.len();
        while let Some((key, next)) = frame(&mut self.file, self.end, length)? {
            if self.end > 0 {
                self.places.insert(mark(&key), self.end);
            }
            self.end = next;
        }
        Ok(if self.end == 0 { Begun::NoneThere } else { Begun::Resumed(self.places.len()) })
    }

    /// Makes room for so many records: a table that grows leaves the memory in pieces.
    pub(super) fn expect(&mut self, records: usize) {
        self.noted.reserve(records.min(MOST_EXPECTED));
    }

    /// What bytes of this hash gave in an earlier run; `None` if that is not known, or no longer readable.
    pub(super) fn find(&mut self, key: &Key) -> Option<Packed> {
        let place = *self.places.get(&mark(key))?;
        self.at_end = false;
        rest(&mut self.file, place, key).ok()?.map(Packed)
    }

    /// Adds a record, unless it is known, and from time to time brings all to the disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn note(&mut self, record: &Record) -> Result<(), OutputError> {
        self.append(record).map_err(|error| OutputError::system(&self.path, error))
    }

    fn append(&mut self, record: &Record) -> io::Result<()> {
        let key = mark(&record.key);
        if record.rest.is_empty() || self.places.contains_key(&key) || !self.noted.insert(key) {
            return Ok(());
        }
        self.write(record.key, &record.rest)?;
        if now().duration_since(self.synced) < SYNC {
            return Ok(());
        }
        self.synced = now();
        self.file.sync_data()
    }

    fn write(&mut self, key: Key, rest: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(rest.len()) else { return Ok(()) };
        let mut frame = Vec::with_capacity(PROLOGUE + rest.len());
        frame.extend_from_slice(&key);
        frame.extend_from_slice(&length.to_le_bytes());
        frame.extend_from_slice(&sum(rest).to_le_bytes());
        frame.extend_from_slice(rest);
        // What fails half-way leaves the file anywhere.
        if !std::mem::take(&mut self.at_end) {
            self.file.seek(SeekFrom::Start(self.end))?;
        }
        self.file.write_all(&frame)?;
        self.at_end = true;
        self.end += frame.len() as u64;
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "how often the disk is bothered is in no result")]
fn now() -> Instant {
    Instant::now()
}

fn mark(key: &Key) -> Mark {
    let mut mark = Mark::default();
    mark.copy_from_slice(&key[..size_of::<Mark>()]);
    mark
}

fn sum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn prologue(file: &mut File, at: u64) -> io::Result<(Key, usize, u32)> {
    let mut bytes = [0; PROLOGUE];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let mut key = [0; 32];
    key.copy_from_slice(&bytes[..32]);
    Ok((key, number(32) as usize, number(36)))
}

/// Key and end of the frame that begins here; `None` where no whole one does.
fn frame(file: &mut File, at: u64, length: u64) -> io::Result<Option<(Key, u64)>> {
    if at + PROLOGUE as u64 > length {
        return Ok(None);
    }
    let (key, rest, _) = prologue(file, at)?;
    let end = at + (PROLOGUE + rest) as u64;
    let is_whole = rest > 0 && rest <= LARGEST && end <= length;
    Ok(is_whole.then_some((key, end)))
}

/// What follows the prologue; `None` if its sum is wrong, or it is of another key.
fn rest(file: &mut File, at: u64, key: &Key) -> io::Result<Option<Vec<u8>>> {
    let (of, length, stated) = prologue(file, at)?;
    if of != *key {
        return Ok(None);
    }
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok((sum(&bytes) == stated).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extraction(number: u32) -> Extraction {
        let reports = vec![Report { number, ..Report::default() }];
        Extraction { format: "text".to_owned(), reports, findings: Vec::new() }
    }

    fn key(number: u8) -> Key {
        [number; 32]
    }

    fn resumed(dir: &Path) -> (Journal, Begun) {
        Journal::open(dir, "this", true).expect("writable")
    }

    fn found(journal: &mut Journal, number: u8) -> Option<Extraction> {
        journal.find(&key(number))?.open()
    }

    /// The bytes of a journal of records 1 to 3.
    fn three(dir: &Path) -> Vec<u8> {
        let (mut journal, _) = Journal::open(dir, "this", false).expect("begun");
        // The first is plain, the others are deflated.
        let mut packer = Packer::default();
        for number in 1..=3 {
            journal.append(&packer.record(key(number), &extraction(number.into()))).expect("written");
        }
        let mut bytes = Vec::new();
        File::open(place(dir)).and_then(|mut file| file.read_to_end(&mut bytes)).expect("there");
        bytes
    }

    fn place(dir: &Path) -> PathBuf {
        dir.join(PLACE[0]).join(PLACE[1])
    }

    fn put(dir: &Path, bytes: &[u8]) {
        File::create(place(dir)).and_then(|mut file| file.write_all(bytes)).expect("writable");
    }

    #[test]
    fn what_was_kept_is_found_again() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(resumed(dir.path()).1, Begun::NoneThere);
        three(dir.path());
        let (mut journal, begun) = resumed(dir.path());
        assert_eq!(begun, Begun::Resumed(3));
        for number in 1..=3 {
            assert_eq!(found(&mut journal, number), Some(extraction(number.into())));
        }
        assert_eq!(found(&mut journal, 9), None);
    }

    #[test]
    fn one_of_another_version_is_of_no_use_and_one_in_use_is_not_touched() {
        let dir = tempfile::tempdir().expect("a folder");
        three(dir.path());
        let (journal, begun) = Journal::open(dir.path(), "another", true).expect("writable");
        assert_eq!(begun, Begun::OfAnother);
        assert!(Journal::open(dir.path(), "another", true).is_err_and(|error| error.is_misuse()));
        drop(journal);
        assert_eq!(Journal::open(dir.path(), "another", true).expect("free").1, Begun::Resumed(0));
    }

    #[test]
    fn cut_anywhere_it_keeps_the_whole_records_and_goes_on() {
        let dir = tempfile::tempdir().expect("a folder");
        let bytes = three(dir.path());
        let mut kept = Vec::new();
        for end in 0..=bytes.len() {
            put(dir.path(), &bytes[..end]);
            let (mut journal, _) = resumed(dir.path());
            kept.push((1..=3).filter(|number| found(&mut journal, *number).is_some()).count());
            journal.append(&Packer::default().record(key(7), &extraction(7))).expect("written");
            drop(journal);
            assert_eq!(found(&mut resumed(dir.path()).0, 7), Some(extraction(7)), "{end}");
        }
        assert!(kept.is_sorted());
        assert_eq!((kept[0], kept[bytes.len() - 1], kept[bytes.len()]), (0, 2, 3));
    }

    #[test]
    fn a_byte_changed_anywhere_gives_nothing_that_was_not_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let bytes = three(dir.path());
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x41;
            put(dir.path(), &changed);
            let (mut journal, _) = resumed(dir.path());
            for number in 1..=3 {
                let found = found(&mut journal, number);
                assert!(found.is_none() || found == Some(extraction(number.into())), "byte {at}");
            }
        }
    }
}
