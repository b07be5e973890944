//! What each file gave, kept on the disk while a run goes on, so that a run that was stopped need
//! not read the same bytes again.
//!
//! ```text
//! file   = frame of the header, frames of records
//! frame  = key (32 bytes), length (u32), CRC-32 of the rest (u32), rest (deflated JSON)
//! ```
//!
//! The key of a record is the SHA-256 of the bytes that were read; that of the header is zero.
//! The header says by which program and with which options: a journal of another is of no use. A frame
//! whose end is not there was being written when the run was stopped, and is cut off. One whose sum is
//! wrong is as if it were not there.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::Extraction;
use crate::finding::Finding;
use crate::report::Report;

/// SHA-256 of what was read.
pub(super) type Key = [u8; 32];

const HEADER: Key = [0; 32];
/// Key, length and sum.
const PROLOGUE: usize = 32 + 4 + 4;
/// The largest frame that is believed: a report packs into some 3 KB, a book of a thousand into 3 MB.
const LARGEST: usize = 256 << 20;
/// What a frame may unpack to, so that a damaged one cannot eat the memory.
const UNPACKED: u64 = 4 << 30;

/// An open journal.
pub(super) struct Journal {
    path: PathBuf,
    file: Mutex<File>,
    /// Where the frame of each key begins.
    places: HashMap<Key, u64>,
    /// Where the next frame goes.
    end: u64,
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

impl Record {
    /// What bytes of this hash gave.
    pub(super) fn new(key: Key, extraction: &Extraction) -> Self {
        let Extraction { format, reports, findings } = extraction;
        let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
        // Neither memory nor the model refuses to be written.
        let written = serde_json::to_writer(&mut out, &Kept { format, reports, findings });
        let rest = out.finish().unwrap_or_default();
        Record { key, rest: if written.is_ok() { rest } else { Vec::new() } }
    }
}

impl Journal {
    /// Begins a new one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn create(path: &Path, fingerprint: &str) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        let mut journal =
            Journal { path: path.to_owned(), file: Mutex::new(file), places: HashMap::new(), end: 0 };
        journal.write(HEADER, fingerprint.as_bytes())?;
        Ok(journal)
    }

    /// Goes on with that of an earlier run; `None` if there is none of the same program and options.
    ///
    /// # Errors
    /// When the file is there and cannot be read and written.
    pub(super) fn resume(path: &Path, fingerprint: &str) -> io::Result<Option<Self>> {
        let mut file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        let mut places = HashMap::new();
        let mut end = 0;
        while let Some((key, next)) = frame(&mut file, end, length)? {
            match (end, key) {
                (0, HEADER) if rest(&mut file, 0)?.as_deref() == Some(fingerprint.as_bytes()) => {}
                (0, _) => return Ok(None),
                _ => {
                    places.insert(key, end);
                }
            }
            end = next;
        }
        if end == 0 {
            return Ok(None);
        }
        file.set_len(end)?;
        Ok(Some(Journal { path: path.to_owned(), file: Mutex::new(file), places, end }))
    }

    /// How many files it knows.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Where it stands.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What bytes of this hash gave; `None` if it is not known, or no longer readable.
    pub(super) fn find(&self, key: &Key) -> Option<Extraction> {
        let place = *self.places.get(key)?;
        let rest = rest(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), place).ok()??;
        let Given { format, reports, findings } =
            serde_json::from_reader(io::BufReader::new(DeflateDecoder::new(&rest[..]).take(UNPACKED))).ok()?;
        Some(Extraction { format, reports, findings })
    }

    /// Adds a record, unless it is known.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn append(&mut self, record: &Record) -> io::Result<()> {
        if record.rest.is_empty() || self.places.contains_key(&record.key) {
            return Ok(());
        }
        self.places.insert(record.key, self.end);
        self.write(record.key, &record.rest)
    }

    fn write(&mut self, key: Key, rest: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(rest.len()) else { return Ok(()) };
        let mut frame = Vec::with_capacity(PROLOGUE + rest.len());
        frame.extend_from_slice(&key);
        frame.extend_from_slice(&length.to_le_bytes());
        frame.extend_from_slice(&sum(rest).to_le_bytes());
        frame.extend_from_slice(rest);
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(&frame)?;
        self.end += frame.len() as u64;
        Ok(())
    }

    /// Brings what was added to the disk.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.file.get_mut().unwrap_or_else(PoisonError::into_inner).sync_data()
    }
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

/// What follows the prologue; `None` if its sum is wrong.
fn rest(file: &mut File, at: u64) -> io::Result<Option<Vec<u8>>> {
    let (_, length, stated) = prologue(file, at)?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok((sum(&bytes) == stated).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn extraction(number: u32) -> Extraction {
        let reports = vec![Report { number, ..Report::default() }];
        Extraction { format: "text".to_owned(), reports, findings: Vec::new() }
    }

    fn key(number: u8) -> Key {
        [number; 32]
    }

    /// A journal of records 1 to 3, and its bytes.
    fn three(dir: &Path) -> (PathBuf, Vec<u8>) {
        let path = dir.join("journal");
        let mut journal = Journal::create(&path, "this").expect("begun");
        for number in 1..=3 {
            journal.append(&Record::new(key(number), &extraction(number.into()))).expect("written");
        }
        journal.sync().expect("synced");
        let bytes = fs::File::open(&path).and_then(|mut file| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map(|_| bytes)
        });
        (path, bytes.expect("there"))
    }

    fn put(path: &Path, bytes: &[u8]) {
        fs::File::create(path).and_then(|mut file| file.write_all(bytes)).expect("writable");
    }

    #[test]
    fn what_was_kept_is_found_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, _) = three(dir.path());
        let journal = Journal::resume(&path, "this").expect("readable").expect("the same program");
        assert_eq!(journal.len(), 3);
        assert_eq!(journal.find(&key(2)), Some(extraction(2)));
        assert_eq!(journal.find(&key(9)), None);
        assert!(Journal::resume(&path, "another").expect("readable").is_none());
        assert!(Journal::resume(&dir.path().join("none"), "this").expect("nothing").is_none());
    }

    #[test]
    fn cut_anywhere_it_keeps_the_whole_records_and_goes_on() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, bytes) = three(dir.path());
        let mut kept = Vec::new();
        for end in 0..=bytes.len() {
            put(&path, &bytes[..end]);
            let Some(mut journal) = Journal::resume(&path, "this").expect("readable") else {
                kept.push(0);
                continue;
            };
            kept.push(journal.len());
            assert!((1..=3).filter_map(|n| journal.find(&key(n))).count() == journal.len(), "{end}");
            journal.append(&Record::new(key(7), &extraction(7))).expect("written");
            let again = Journal::resume(&path, "this").expect("readable").expect("the same");
            assert_eq!(again.find(&key(7)), Some(extraction(7)), "{end}");
        }
        assert!(kept.is_sorted());
        assert_eq!((kept[0], kept[bytes.len() - 1], kept[bytes.len()]), (0, 2, 3));
    }

    #[test]
    fn a_byte_changed_anywhere_gives_nothing_that_was_not_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, bytes) = three(dir.path());
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x41;
            put(&path, &changed);
            let Some(journal) = Journal::resume(&path, "this").expect("readable") else { continue };
            for number in 1..=3 {
                let found = journal.find(&key(number));
                assert!(found.is_none() || found == Some(extraction(number.into())), "byte {at}");
            }
        }
    }
}
