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
        }
    }
}

impl Limits {
    /// Refuses a file that is too large.
    pub(super) fn admit(&self, bytes: usize) -> Result<(), Error> {
        let limit = self.file_bytes;
        if bytes > limit { Err(Error::limit("file_bytes", limit, bytes)) } else { Ok(()) }
    }
}
