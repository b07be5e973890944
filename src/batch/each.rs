//! One file a report, in a folder of their own.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::met::Met;
use super::output::{OutputError, make_folder};
use crate::export::record::ReportRecord;
use crate::export::{Item, Settings, Written, form_workbook};
use crate::report::Report;

/// What is written for each report.
pub(super) struct Kind {
    /// The folder within the output folder.
    folder: &'static str,
    /// The ending of the files.
    ending: &'static str,
    bytes: fn(&Item<'_>, &Report, &Settings) -> io::Result<Vec<u8>>,
}

/// The record of `reports.jsonl`, indented.
pub(super) const JSON: Kind = Kind {
    folder: "reports",
    ending: "json",
    bytes: |item, report, settings| Ok(ReportRecord::new(item, report, settings.lang).pretty().into_bytes()),
};

/// The official form as a workbook.
pub(super) const FORMS: Kind = Kind { folder: "forms", ending: "xlsx", bytes: form_workbook };

/// Whether this program writes a file of this path in its output folder.
pub(super) fn is_output(within: &Path) -> bool {
    [JSON, FORMS].iter().any(|kind| {
        within.parent() == Some(Path::new(kind.folder))
            && within.extension().is_some_and(|ending| ending == kind.ending)
    })
}

/// Whether it is the name of a folder of such files.
pub(super) fn is_folder(name: &str) -> bool {
    [JSON, FORMS].iter().any(|kind| kind.folder == name)
}

/// The files of one kind, in a temporary folder until the run has ended.
pub(super) struct EachFiles {
    kind: Kind,
    dir: PathBuf,
    waiting: TempDir,
    names: Vec<Box<str>>,
    /// Over hash and name of each file.
    hash: Sha256,
    bytes: u64,
    /// Names without regard to case.
    taken: Met,
}

impl EachFiles {
    /// Begins the folder.
    pub(super) fn create(dir: &Path, kind: Kind) -> Result<Self, OutputError> {
        let place = dir.join(kind.folder);
        if place.exists() && !place.is_dir() {
            return Err(OutputError::occupied(&place, true));
        }
        let prefix = format!(".{}.", kind.folder);
        // Behind a link may be another file system, to which nothing can be renamed.
        let beside = if place.is_symlink() { place.canonicalize().ok() } else { None };
        let beside = beside.as_deref().and_then(Path::parent).unwrap_or(dir);
        let waiting = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempdir_in(beside);
        let waiting = waiting.map_err(|error| OutputError::system(dir, error))?;
        Ok(EachFiles {
            kind,
            dir: place,
            waiting,
            names: Vec::new(),
            hash: Sha256::new(),
            bytes: 0,
            taken: Met::default(),
        })
    }

    /// Writes the reports of one input.
    pub(super) fn add(&mut self, item: &Item<'_>, settings: &Settings) -> Result<(), OutputError> {
        for report in item.reports {
            let name = self.name(item.source, report.number);
            let failed = |error| OutputError::system(&self.dir.join(&name), error);
            let bytes = (self.kind.bytes)(item, report, settings).map_err(failed)?;
            let mut file = fs::File::create(self.waiting.path().join(&name)).map_err(failed)?;
            file.write_all(&bytes).map_err(failed)?;
            self.hash.update(format!("{}\t{name:?}\n", super::sha256(&bytes)));
            self.bytes += bytes.len() as u64;
            self.names.push(name.into());
        }
        Ok(())
    }

    /// `<source>-<number>.json`, with part of the source's hash where the name would be too long
    /// or is taken (`a/b` and `a_b` are the same name).
    fn name(&mut self, source: &str, number: u32) -> String {
        let safe = safe_name(source);
        let ending = self.kind.ending;
        let plain = format!("{safe}-{number}.{ending}");
        // File systems of Windows and macOS take names that differ in case only for the same.
        if plain.len() <= LONGEST_NAME && self.taken.insert(plain.to_lowercase()) {
            return plain;
        }
        let hash = super::sha256(source.as_bytes());
        let name = format!("{}~{}-{number}.{ending}", stem(&safe), &hash[..8]);
        self.taken.insert(name.to_lowercase());
        name
    }

    /// Puts the files in their place, and says what they are together.
    pub(super) fn finish(self) -> Result<Written, OutputError> {
        make_folder(&self.dir)?;
        for name in &self.names {
            let place = self.dir.join(&**name);
            let moved = fs::rename(self.waiting.path().join(&**name), &place);
            moved.map_err(|error| OutputError::rename(&place, error))?;
        }
        let sha256 = super::hexadecimal(&self.hash.finalize());
        Ok(Written { file: self.kind.folder, bytes: self.bytes, sha256, files: Some(self.names.len()) })
    }
}

/// The longest file name that every common file system takes, in bytes.
const LONGEST_NAME: usize = 255;
/// What is kept of a name that is longer, so that hash, number and ending fit behind it.
const LONGEST_STEM: usize = 200;

/// The start of a name, cut between two characters.
fn stem(name: &str) -> &str {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST_STEM).last();
    &name[..end.unwrap_or_default()]
}

/// A source as a file name: `_` for separators and for what Windows allows in no name.
fn safe_name(source: &str) -> String {
    let safe = |c: char| if c.is_control() || r#"/\<>:"|?*"#.contains(c) { '_' } else { c };
    let name: String = source.trim_start_matches('/').chars().map(safe).collect();
    // A name that begins with a dot would be hidden.
    if name.starts_with('.') {
        name.replacen('.', "_", 1)
    } else if is_device(&name) {
        format!("_{name}")
    } else {
        name
    }
}

/// Names that Windows gives to devices, also with a number behind them.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// Whether Windows takes a name for that of a device, as it does whatever follows the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_number = |rest: &str| rest.chars().count() == 1 && rest.chars().all(|c| c.is_numeric());
    DEVICES.contains(&&stem[..])
        || NUMBERED_DEVICES.iter().any(|device| stem.strip_prefix(device).is_some_and(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_a_device() {
        for (source, safe) in [
            ("con", "_con"),
            ("AUX.docx", "_AUX.docx"),
            ("nul .txt", "_nul .txt"),
            ("com1.2021.txt", "_com1.2021.txt"),
            ("lpt³", "_lpt³"),
            ("a/con.txt", "a_con.txt"),
            ("console.txt", "console.txt"),
            ("com10.txt", "com10.txt"),
            ("community", "community"),
        ] {
            assert_eq!(safe_name(source), safe);
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let root = tempfile::tempdir().expect("a folder");
        let mut each = EachFiles::create(root.path(), JSON).expect("begun");
        let name = each.name(&"政府信息公开".repeat(30), 12);
        assert!(name.len() <= LONGEST_NAME && name.ends_with("-12.json"), "{name}");
    }
}
