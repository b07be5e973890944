//! Bringing outputs to the disk while they are still being written, so that little is left to wait for at the end.

use std::fs::File;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

use super::output::OutputError;

/// So many bytes are written before they are brought to the disk.
const PIECE: u64 = 8 << 20;

/// A thread that brings files to the disk, as soon as one has something to bring.
#[derive(Default)]
pub(super) struct Disk {
    thread: Option<Bringing>,
}

/// What takes files with the names that they will have, and what comes of it.
type Bringing = (SyncSender<(PathBuf, File)>, JoinHandle<Result<(), OutputError>>);

impl Disk {
    /// Notes that a file has become so long; `brought` is how long it was when it last went to the disk. What the thread
    /// cannot take now goes with what comes.
    pub(super) fn written(&mut self, path: &Path, file: &File, length: u64, brought: &mut u64) {
        if length - *brought < PIECE {
            return;
        }
        let Ok(file) = file.try_clone() else { return };
        let (give, _) = self.thread.get_or_insert_with(start);
        if give.try_send((path.to_owned(), file)).is_ok() {
            *brought = length;
        }
    }

    /// Waits until nothing is on its way.
    ///
    /// # Errors
    /// The first that the system reported: whoever asks it again of the same file learns nothing of it.
    pub(super) fn finish(self) -> Result<(), OutputError> {
        let Some((give, thread)) = self.thread else { return Ok(()) };
        drop(give);
        thread.join().unwrap_or(Ok(()))
    }
}

/// Brings files to the disk, under the names that they will have, all at once: each waits for nothing but the disk.
///
/// # Errors
/// That of the first file that has one.
pub(super) fn bring<'f>(files: impl Iterator<Item = (&'f Path, &'f File)>) -> Result<(), OutputError> {
    let one = |(path, file): (&Path, &File)| file.sync_all().map_err(|error| OutputError::system(path, error));
    thread::scope(|scope| {
        let begun: Vec<_> =
            files.map(|file| thread::Builder::new().spawn_scoped(scope, move || one(file)).map_err(|_| file)).collect();
        // Without a thread it only takes longer.
        begun.into_iter().try_for_each(|begun| match begun {
            Ok(thread) => thread.join().unwrap_or_else(|fault| resume_unwind(fault)),
            Err(file) => one(file),
        })
    })
}

fn start() -> Bringing {
    let (give, taken) = mpsc::sync_channel::<(PathBuf, File)>(1);
    let bring = move || {
        let mut all = Ok(());
        for (path, file) in taken {
            all = all.and(file.sync_data().map_err(|error| OutputError::system(&path, error)));
        }
        all
    };
    (give, thread::spawn(bring))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_was_written_is_brought_piece_by_piece() {
        let mut file = tempfile::tempfile().expect("a file");
        let mut disk = Disk::default();
        let (mut length, mut brought) = (0, 0);
        let piece = vec![b'x'; 1 << 20];
        for _ in 0..20 {
            file.write_all(&piece).expect("written");
            length += piece.len() as u64;
            disk.written(Path::new("a"), &file, length, &mut brought);
            assert_eq!(disk.thread.is_some(), length >= PIECE);
        }
        assert!((PIECE..=length).contains(&brought), "{brought}");
        disk.finish().expect("no error");
        Disk::default().finish().expect("nothing to bring");
    }

    /// A pipe has no disk to be brought to, which the system says.
    #[cfg(unix)]
    #[test]
    fn an_error_on_the_way_is_not_lost() {
        let (_reader, writer) = std::io::pipe().expect("a pipe");
        let file = File::from(std::os::fd::OwnedFd::from(writer));
        let mut disk = Disk::default();
        disk.written(Path::new("a.csv"), &file, PIECE, &mut 0);
        assert_eq!(disk.finish().expect_err("no disk").path.as_deref(), Some(Path::new("a.csv")));
    }

    #[cfg(unix)]
    #[test]
    fn all_at_once_the_first_error_is_told() {
        let (_reader, writer) = std::io::pipe().expect("a pipe");
        let (pipe, file) = (File::from(std::os::fd::OwnedFd::from(writer)), tempfile::tempfile().expect("a file"));
        let files = |names: [&'static str; 3]| names.map(Path::new).into_iter().zip([&file, &pipe, &pipe]);
        let error = bring(files(["a.csv", "b.csv", "c.csv"])).expect_err("no disk");
        assert_eq!(error.path.as_deref(), Some(Path::new("b.csv")));
        bring(files(["a.csv", "b.csv", "c.csv"]).take(1)).expect("a disk");
    }
}
