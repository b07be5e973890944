//! What one file may cost, as named constants with reasons.

use super::Error;

/// Bounds on one file. Each is named in the error that it causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself. The largest real reports, full of photographs, are near 50 MB.
    pub file_bytes: usize,
    /// Bytes of one unpacked part. A report's `document.xml` is 0.1 to 3 MB.
    pub part_bytes: usize,
    /// Unpacked size divided by packed size of one part. XML packs 10 to 60 to 1; bombs 1000 to 1.
    pub ratio: usize,
    /// Elements open at once. Word nests about 30; each open element costs memory.
    pub depth: usize,
    /// Tables within tables. Deeper ones are kept as text, with a finding.
    pub nested_tables: usize,
    /// Cells of the whole document. A report has about 500; a book of a province's, 200,000.
    pub cells: usize,
    /// Paragraphs of the whole document. A report has about 700; a book of 1,000 pages, 40,000.
    pub paragraphs: usize,
    /// Elements, texts and comments of a web page. A report's page has 4,000.
    pub nodes: usize,
    /// Files in one archive. A report full of photographs has a few hundred.
    pub entries: usize,
}

/// Unpacked bytes up to which no ratio is looked at: an honest part full of empty cells packs
/// 300 to 1, and 1 MiB hurts nobody.
const RATIO_FREE: usize = 1 << 20;

/// What one part may unpack to, and by which limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unpacked {
    name: &'static str,
    limit: usize,
    /// Bytes allowed.
    pub(super) bytes: usize,
    packed: usize,
}

impl Unpacked {
    /// Refuses a part that unpacks to more.
    pub(super) fn admit(self, bytes: usize) -> Result<(), Error> {
        if bytes <= self.bytes {
            return Ok(());
        }
        let found = if self.name == "ratio" { bytes / self.packed.max(1) } else { bytes };
        Err(Error::limit(self.name, self.limit, found))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 256 << 20,
            part_bytes: 64 << 20,
            ratio: 200,
            depth: 2_000,
            nested_tables: 32,
            cells: 2_000_000,
            paragraphs: 1_000_000,
            nodes: 5_000_000,
            entries: 20_000,
        }
    }
}

impl Limits {
    /// What a part of so many packed bytes may unpack to.
    pub(super) fn unpacked(&self, packed: usize) -> Unpacked {
        let by_ratio = packed.saturating_mul(self.ratio).max(RATIO_FREE);
        if by_ratio < self.part_bytes {
            Unpacked { name: "ratio", limit: self.ratio, bytes: by_ratio, packed }
        } else {
            Unpacked { name: "part_bytes", limit: self.part_bytes, bytes: self.part_bytes, packed }
        }
    }

    /// Refuses a file that is too large.
    pub(super) fn admit(&self, bytes: usize) -> Result<(), Error> {
        let limit = self.file_bytes;
        if bytes > limit { Err(Error::limit("file_bytes", limit, bytes)) } else { Ok(()) }
    }
}
