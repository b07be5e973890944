//! What the name of a file says about reading it, and what its first bytes say where the name is silent.

use std::ffi::OsStr;
use std::path::Path;

use super::archive;
use crate::ingest::READERS;

/// What a walk makes of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// A reader, or a kind of archive, lists its ending.
    Listed,
    /// Its ending is that of another kind.
    Other,
    /// It has no ending, or one that names no kind (`年报.2021`, `关于年度报告.的通知`): its bytes decide.
    Unsaid,
}

/// What the name of a file promises.
pub(super) fn promise(path: &Path) -> Promise {
    match path.extension() {
        Some(ending) if ending.to_str().is_some_and(is_listed) => Promise::Listed,
        Some(ending) if names_a_kind(ending) => Promise::Other,
        _ => Promise::Unsaid,
    }
}

/// Whether a reader or a kind of archive lists an ending.
fn is_listed(ending: &str) -> bool {
    let readers = READERS.iter().flat_map(|reader| reader.extensions);
    let archives = archive::PACKINGS.iter().flat_map(|packing| packing.extensions);
    readers.chain(archives).chain(archive::REFUSED).any(|known| known.eq_ignore_ascii_case(ending))
}

/// Characters of the longest endings in use.
const LONGEST_ENDING: usize = 8;

/// Whether an ending looks like that of a kind: Latin letters and digits, few, and not digits alone.
fn names_a_kind(ending: &OsStr) -> bool {
    let bytes = ending.as_encoded_bytes();
    let plain = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-~".contains(byte));
    plain && bytes.len() <= LONGEST_ENDING && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// The ending by which a skipped file is counted; empty if it has none that names a kind.
pub(super) fn kind_of(path: &Path) -> String {
    let ending = path.extension().filter(|ending| names_a_kind(ending));
    ending.map(|ending| format!(".{}", ending.to_string_lossy().to_ascii_lowercase())).unwrap_or_default()
}

/// Hidden by its name, or a lock file that Word leaves beside an open document.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// First bytes by which it is decided whether a file without an ending is read whole: as many as
/// readers of text look at.
pub(super) const FIRST: usize = 64 << 10;

/// First bytes of containers, whose readers want to see the whole of them.
const CONTAINERS: [&[u8]; 2] = [b"PK", b"\xd0\xcf\x11\xe0"];

/// Whether a file that begins so may be one that is read.
pub(super) fn is_promising(first: &[u8]) -> bool {
    !first.is_empty()
        && (archive::begins(first)
            || CONTAINERS.iter().any(|magic| first.starts_with(magic))
            || READERS.iter().any(|reader| (reader.recognise)(first).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_what_people_mean_by_them() {
        for (name, promised) in [
            ("a.docx", Promise::Listed),
            ("A.HTM", Promise::Listed),
            ("a.zip", Promise::Listed),
            ("a.tar.gz", Promise::Listed),
            ("a.rar", Promise::Listed),
            ("a.jpg", Promise::Other),
            ("a.mp3", Promise::Other),
            ("年度报告", Promise::Unsaid),
            ("年度报告.2021", Promise::Unsaid),
            ("2021.年度报告", Promise::Unsaid),
            ("1. 某县政府信息公开年报", Promise::Unsaid),
            ("a.", Promise::Unsaid),
        ] {
            assert_eq!(promise(Path::new(name)), promised, "{name}");
        }
    }

    #[test]
    fn only_what_may_be_read_is_promising() {
        for (first, promising) in [
            (&b""[..], false),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0", false),
            (b"\x89PNG\r\n\x1a\n", false),
            (b"<html><body>", true),
            ("示例县".as_bytes(), true),
            (b"PK\x03\x04", true),
            (b"Rar!\x1a\x07", true),
        ] {
            assert_eq!(is_promising(first), promising, "{first:?}");
        }
    }
}
