//! Rows that wait on the disk until their row group is full, in pieces of columns: of what waits there, one piece at a
//! time is in memory.
//!
//! ```text
//! spool   = segment*
//! segment = index piece*, a piece of each column
//! index   = end*, of nothing first, then of each piece, counted from where the index ends; four bytes, the lowest first
//! ```

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

use super::waiting::Waiting;

/// Bytes of an end in the index.
const END: usize = size_of::<u32>();

/// A file without a name, so that nothing is left of it however the program ends. Before the first segment there is
/// none, and small runs need none.
pub(super) struct Spool {
    /// Where the file lies: beside the output, since that is where somebody has seen to room.
    dir: PathBuf,
    file: Option<File>,
    columns: usize,
    /// Where each segment begins. The ends of its pieces are in the file: a wide table has many thousand of them.
    starts: Vec<usize>,
    end: usize,
}

impl Spool {
    /// An empty one beside this output.
    pub fn beside(output: &Path, columns: usize) -> Self {
        let dir = output.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Spool { dir: dir.to_owned(), file: None, columns, starts: Vec::new(), end: 0 }
    }

    /// Bytes that wait here.
    pub fn bytes(&self) -> usize {
        self.end
    }

    /// Takes what waits of all columns as a segment.
    ///
    /// # Errors
    /// When the disk takes no more.
    pub fn add(&mut self, waiting: &mut [Waiting]) -> io::Result<()> {
        let (mut index, mut pieces) = (vec![0; END], Vec::new());
        for column in waiting {
            column.take(&mut pieces);
            let end = u32::try_from(pieces.len()).map_err(|_| ErrorKind::FileTooLarge)?;
            index.extend(end.to_le_bytes());
        }
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(tempfile::tempfile_in(&self.dir)?),
        };
        file.seek(SeekFrom::Start(self.end as u64))?;
        file.write_all(&index)?;
        file.write_all(&pieces)?;
        self.starts.push(self.end);
        self.end += index.len() + pieces.len();
        Ok(())
    }

    /// Hands out the pieces of a column in the order of their rows.
    ///
    /// # Errors
    /// When the disk does not give them, or the taker fails.
    pub fn pieces(
        &mut self,
        column: usize,
        mut each: impl FnMut(&[u8]) -> Result<(), ParquetError>,
    ) -> Result<(), ParquetError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut piece = Vec::new();
        for segment in &self.starts {
            let mut read = |at: usize, into: &mut [u8]| {
                file.seek(SeekFrom::Start((segment + at) as u64)).and_then(|_| file.read_exact(into))
            };
            let mut ends = [[0; END]; 2];
            read(column * END, ends.as_flattened_mut())?;
            let [start, end] = ends.map(|end| u32::from_le_bytes(end) as usize);
            piece.resize(end - start, 0);
            read((self.columns + 1) * END + start, &mut piece)?;
            each(&piece)?;
        }
        Ok(())
    }

    /// Forgets everything and gives its room on the disk back.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn clear(&mut self) -> io::Result<()> {
        self.starts.clear();
        self.end = 0;
        self.file.as_ref().map_or(Ok(()), |file| file.set_len(0))
    }
}
