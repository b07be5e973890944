//! One input's bytes, or why there are none.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::system;
use crate::finding::{Code, Finding, Lang, Words};
use crate::ingest::{Error, Limits};

/// Why an input could not be read.
#[derive(Debug)]
pub enum Unreadable {
    /// The system did not give its bytes.
    System(io::Error),
    /// A link that leads to nothing, or back to itself.
    Link,
    /// It was a file of a folder, and has become a pipe or a device since that was listed.
    Replaced,
    /// The run was to end before a pipe had given all.
    Stopped,
    /// Its bytes are no report's.
    Content(Error),
    /// It is encrypted in its archive.
    Locked,
    /// It is packed in its archive by a method that is not read: the method.
    Method(String),
    /// It is damaged in its archive, or all of the archive is: how.
    Packed(Words),
    /// The archive has no file of this name.
    NotInArchive,
    /// The program itself failed on it.
    Fault,
}

impl Unreadable {
    /// Name of the cause, for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Unreadable::System(error) => match error.kind() {
                io::ErrorKind::NotFound => "not_found",
                io::ErrorKind::PermissionDenied => "permission_denied",
                _ => "system",
            },
            Unreadable::Link => "broken_link",
            Unreadable::Replaced => "replaced",
            Unreadable::Stopped => "stopped",
            Unreadable::Content(error) => error.name(),
            Unreadable::Locked => "encrypted_in_archive",
            Unreadable::Method(_) => "packing_method",
            Unreadable::Packed(_) => "damaged_in_archive",
            Unreadable::NotInArchive => "not_in_archive",
            Unreadable::Fault => "fault",
        }
    }

    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Unreadable::System(error), Lang::En) => english(error),
            (Unreadable::System(error), Lang::Zh) => chinese(error),
            (Unreadable::Link, Lang::En) => {
                "it is a link that leads to no file; mend the link, or name the file itself".to_owned()
            }
            (Unreadable::Link, Lang::Zh) => "这是链接，但没有指向任何文件；请修复链接，或直接指定文件".to_owned(),
            (Unreadable::Replaced, Lang::En) => {
                "it was a file when its folder was listed, and is a pipe or a device now; see what replaced it, and run again"
                    .to_owned()
            }
            (Unreadable::Replaced, Lang::Zh) => {
                "列出文件夹时它是文件，现在是管道或设备；请检查后重新运行".to_owned()
            }
            (Unreadable::Stopped, Lang::En) => {
                "the run was stopped before all of it had come; run again, or save it as a file first".to_owned()
            }
            (Unreadable::Stopped, Lang::Zh) => "尚未收到全部内容即停止运行；请重新运行，或先保存为文件".to_owned(),
            (Unreadable::Content(error), lang) => error.message(lang),
            (Unreadable::Fault, Lang::En) => {
                "gongkai itself failed on this file; please report it, with what it says if RUST_BACKTRACE=1 is set, and with the file if you may share it".to_owned()
            }
            (Unreadable::Fault, Lang::Zh) => "处理该文件时程序出错；请报告此问题，并附上设置 RUST_BACKTRACE=1 后的输出，如允许请附上文件".to_owned(),
            (packed, Lang::En) => packed.english(),
            (packed, Lang::Zh) => packed.chinese(),
        }
    }

    /// What concerns files in archives.
    fn english(&self) -> String {
        match self {
            Unreadable::Locked => {
                "it is password-protected in its archive; unpack the archive with its password and name the files"
                    .to_owned()
            }
            Unreadable::Method(method) => {
                format!("it is packed by a method that is not read ({method}); pack it anew as a usual .zip")
            }
            Unreadable::Packed(what) => {
                format!("it is damaged in its archive: {}; get the archive again", what.of(Lang::En))
            }
            _ => "the archive holds no such file; `gongkai extract` names those that it holds".to_owned(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Unreadable::Locked => "在压缩包内设有密码；请用密码解压后指定文件".to_owned(),
            Unreadable::Method(method) => format!("压缩方法不支持（{method}）；请重新打包为普通的 .zip"),
            Unreadable::Packed(what) => format!("在压缩包内已损坏：{}；请重新获取压缩包", what.of(Lang::Zh)),
            _ => "压缩包内没有这个文件；`gongkai extract` 会列出其中的文件".to_owned(),
        }
    }

    /// What the system's refusal to open a path means.
    pub(super) fn refused(path: &Path, error: io::Error) -> Self {
        // A link to what may not be entered is not broken.
        let broken = error.kind() != io::ErrorKind::PermissionDenied && path.is_symlink() && path.metadata().is_err();
        if broken { Unreadable::Link } else { Unreadable::System(error) }
    }

    /// The same as a finding, for `findings.csv`.
    #[must_use]
    pub fn finding(&self, lang: Lang) -> Finding {
        Finding::new(Code::Unreadable).found(self.name()).detail("cause", self.message(lang))
    }
}

fn english(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder; check the name".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "permission to read it was denied; change its permissions, or run as a user who may read it".to_owned()
        }
        io::ErrorKind::IsADirectory => "this is a folder, expected a file; name a file in it".to_owned(),
        _ => {
            let cause = system::cause(error);
            format!("the system could not read it ({}); check the disk, or read a copy of it", cause.of(Lang::En))
        }
    }
}

fn chinese(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹；请检查名称".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取权限；请修改权限，或换用有权限的用户运行".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹，应为文件；请指定其中的文件".to_owned(),
        _ => format!("系统无法读取（{}）；请检查磁盘，或改读其副本", system::cause(error).of(Lang::Zh)),
    }
}

/// The bytes of a file, not more of them than the limit allows.
///
/// # Errors
/// When there is no such file, it may not be read, it is too large, or it is a folder.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    read_open(open_file(path)?, limits)
}

/// A file that is open, with the length that the system says: 0 of a pipe or a device.
pub(super) struct Open {
    pub(super) file: File,
    pub(super) length: u64,
}

/// A file that somebody named, opened for reading; of a pipe that nobody writes to this waits for a writer.
pub(super) fn open_file(path: &Path) -> Result<Open, Unreadable> {
    opened(path, OpenOptions::new().read(true)).map(|(file, _)| file)
}

/// A file of a folder, opened for reading: what has become a pipe since is not waited for.
pub(super) fn open_found(path: &Path) -> Result<Open, Unreadable> {
    let mut how = OpenOptions::new();
    how.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut how, libc::O_NONBLOCK);
    let (file, is_file) = opened(path, &how)?;
    if is_file { Ok(file) } else { Err(Unreadable::Replaced) }
}

/// What is opened, and whether it is a file that has its bytes on a disk.
fn opened(path: &Path, how: &OpenOptions) -> Result<(Open, bool), Unreadable> {
    let file = how.open(path).map_err(|error| Unreadable::refused(path, error))?;
    let about = file.metadata().map_err(Unreadable::System)?;
    if about.is_dir() {
        return Err(Unreadable::System(io::ErrorKind::IsADirectory.into()));
    }
    Ok((Open { file, length: about.len() }, about.is_file()))
}

/// The bytes of an open file from where it stands.
pub(super) fn read_open(Open { file, length }: Open, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    read_all(file, usize::try_from(length).unwrap_or(usize::MAX), limits)
}

/// How often it is looked whether the run is to end while a pipe is waited for.
const LOOK: Duration = Duration::from_millis(50);

/// The bytes of a pipe or a device that somebody named. They may never come: a run that is to end does not wait for them.
pub(super) fn read_waiting(
    open: impl FnOnce(&Limits) -> Result<Vec<u8>, Unreadable> + Send + 'static,
    limits: &Limits,
    stop: &AtomicBool,
) -> Result<Vec<u8>, Unreadable> {
    let (give, given) = mpsc::channel();
    let limits = *limits;
    // Without a thread the channel is closed. One that waits for ever ends with the program.
    let _ = thread::Builder::new().name("pipe".to_owned()).spawn(move || give.send(open(&limits)));
    loop {
        match given.recv_timeout(LOOK) {
            Ok(bytes) => return bytes,
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => return Err(Unreadable::Stopped),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Unreadable::Fault),
        }
    }
}

/// The bytes of standard input, not more of them than the limit allows.
///
/// # Errors
/// When standard input fails or gives too much.
pub fn read_stdin(limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    read_all(io::stdin().lock(), 0, limits)
}

/// `length` is what the system says; pipes and devices say 0 and give more.
fn read_all(from: impl Read, length: usize, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    let limit = limits.file_bytes;
    let too_large = |found| Unreadable::Content(Error::Limit { name: "file_bytes", limit, found });
    if length > limit {
        return Err(too_large(length));
    }
    // One byte more than allowed is enough to know that it is too large.
    let mut from = from.take((limit as u64).saturating_add(1));
    let mut bytes = at_once(&mut from, length).map_err(Unreadable::System)?;
    from.read_to_end(&mut bytes).map_err(Unreadable::System)?;
    if bytes.len() > limit { Err(too_large(bytes.len())) } else { Ok(bytes) }
}

/// As many bytes as there should be, asked for at once: `read_to_end` feels its way.
fn at_once(from: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut there = 0;
    while there < length {
        match from.read(&mut bytes[there..]) {
            Ok(0) => break,
            Ok(count) => there += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(there);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read_even_of_what_has_no_length() {
        let limits = Limits { file_bytes: 4, ..Limits::default() };
        assert_eq!(read_all(&b"abcd"[..], 0, &limits).expect("at the limit"), b"abcd");
        let error = read_all(io::repeat(0), 0, &limits).expect_err("endless");
        assert_eq!(error.name(), "limit");
        let error = read_all(&b"abcd"[..], 9, &limits).expect_err("too long by its length");
        assert!(error.message(Lang::En).contains("found 9"), "{}", error.message(Lang::En));
    }

    #[test]
    fn a_pipe_that_gives_nothing_is_not_waited_for_when_the_run_is_to_end() {
        let for_ever = |_: &Limits| loop {
            thread::park();
        };
        let stop = AtomicBool::new(true);
        assert!(matches!(read_waiting(for_ever, &Limits::default(), &stop), Err(Unreadable::Stopped)));
        stop.store(false, Ordering::Relaxed);
        let read = read_waiting(|_| Ok(b"text".to_vec()), &Limits::default(), &stop);
        assert_eq!(read.expect("read"), b"text");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_a_folder_that_became_a_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("runs").success());
        assert!(matches!(open_found(&path), Err(Unreadable::Replaced)));
        std::fs::remove_file(&path).expect("a pipe");
        drop(File::create(&path).expect("a file"));
        assert!(open_found(&path).is_ok());
    }

    #[test]
    fn every_cause_has_a_name_and_a_remedy_in_both_languages() {
        let kinds = [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied, io::ErrorKind::Other];
        let mut causes: Vec<Unreadable> = kinds.into_iter().map(|kind| Unreadable::System(kind.into())).collect();
        causes.extend([Unreadable::Link, Unreadable::Content(Error::Empty), Unreadable::Fault, Unreadable::Locked]);
        causes.extend([Unreadable::Method("LZMA".to_owned()), Unreadable::NotInArchive]);
        causes.extend([Unreadable::Replaced, Unreadable::Stopped]);
        causes.push(Unreadable::Packed(Words::new("cut", "截断")));
        let mut names = std::collections::HashSet::new();
        for cause in causes {
            assert!(names.insert(cause.name()), "{}", cause.name());
            assert!(cause.message(Lang::En).contains("; "), "{}", cause.message(Lang::En));
            assert!(cause.message(Lang::Zh).contains('；'), "{}", cause.message(Lang::Zh));
        }
    }
}
