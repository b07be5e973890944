//! Outputs that are whole or not there.
//!
//! In a folder every file is written under a hidden temporary name beside its place, and all
//! are renamed when the run has ended well. Whatever goes wrong before leaves the folder as it was.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::disk::{self, Disk};
use super::each::{self, EachFiles};
use super::manifest::MANIFEST;
use super::system;
use crate::export::{
    Companion, Container, Exporter, FORMATS, Format, Item, JSON_LINES, Settings, Sink, Target, Written,
};
use crate::finding::Lang;

/// The workbook that `panel` writes.
pub const PANEL_BOOK: &str = "panel.xlsx";

/// Whether this program writes a file of this path in its output folder.
pub(super) fn is_output(within: &Path) -> bool {
    let of_format = |format: &Format| {
        let exporters = format.exporters.iter().map(|exporter| exporter.file);
        let containers = format.containers.iter().map(|container| container.file);
        let companions = format.companions.iter().map(|companion| companion.file);
        exporters.chain(containers).chain(companions).any(|file| Path::new(file) == within)
    };
    let of_panel = within == Path::new(PANEL_BOOK);
    FORMATS.iter().any(of_format) || each::is_output(within) || within == Path::new(MANIFEST) || of_panel
}

/// Why an output could not be written.
#[derive(Debug)]
pub struct OutputError {
    /// The file or folder; `None` for standard output.
    pub path: Option<PathBuf>,
    /// What happened.
    pub cause: OutputCause,
}

/// What happened to an output.
#[derive(Debug)]
pub enum OutputCause {
    /// A file stands where a folder is to be, or a folder where a file is to be.
    Occupied {
        /// Whether a folder was expected.
        folder_expected: bool,
    },
    /// The system refused to write it.
    System(io::Error),
    /// It was written whole, but the system refused to rename it.
    Rename(io::Error),
    /// Another run writes there.
    Busy,
}

impl OutputError {
    pub(super) fn system(path: &Path, error: io::Error) -> Self {
        OutputError { path: Some(path.to_owned()), cause: OutputCause::System(error) }
    }

    pub(super) fn rename(path: &Path, error: io::Error) -> Self {
        OutputError { path: Some(path.to_owned()), cause: OutputCause::Rename(error) }
    }

    pub(super) fn busy(dir: &Path) -> Self {
        OutputError { path: Some(dir.to_owned()), cause: OutputCause::Busy }
    }

    /// Standard output took no more.
    #[must_use]
    pub fn of_stream(error: io::Error) -> Self {
        OutputError { path: None, cause: OutputCause::System(error) }
    }

    pub(super) fn occupied(path: &Path, folder_expected: bool) -> Self {
        OutputError { path: Some(path.to_owned()), cause: OutputCause::Occupied { folder_expected } }
    }

    /// Whoever was to read the output has gone: no fault, and nothing to say.
    #[must_use]
    pub fn reader_is_gone(&self) -> bool {
        self.path.is_none()
            && matches!(&self.cause, OutputCause::System(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether another place would do: the command was not used as it can be.
    #[must_use]
    pub fn is_misuse(&self) -> bool {
        matches!(self.cause, OutputCause::Occupied { .. } | OutputCause::Busy)
    }

    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        let place = self.path.as_ref().map_or("standard output".to_owned(), |path| path.display().to_string());
        match &self.cause {
            OutputCause::Occupied { folder_expected: true } => {
                format!("{place}: expected a folder, found a file; name another folder")
            }
            OutputCause::Occupied { .. } => {
                format!("{place}: expected a file or nothing, found a folder or a device; name another place")
            }
            OutputCause::Busy => {
                format!("{place}: another run is writing there; wait for its end, or name another folder")
            }
            OutputCause::System(error) => {
                let (cause, remedy) = (system::cause(error), system::remedy(error, Lang::En));
                let untouched = if self.path.is_none() { "" } else { "; what was there before is untouched" };
                format!("{place}: could not be written ({}); {remedy}{untouched}", cause.of(Lang::En))
            }
            OutputCause::Rename(error) => format!(
                "{place}: the new file could not be put in its place ({}); close it in other programs and run again",
                system::cause(error).of(Lang::En)
            ),
        }
    }

    fn chinese(&self) -> String {
        let place = self.path.as_ref().map_or("标准输出".to_owned(), |path| path.display().to_string());
        match &self.cause {
            OutputCause::Occupied { folder_expected: true } => {
                format!("{place}：应为文件夹，实为文件；请另指定文件夹")
            }
            OutputCause::Occupied { .. } => {
                format!("{place}：应为文件或不存在，实为文件夹或设备；请另指定位置")
            }
            OutputCause::Busy => format!("{place}：另一次运行正在写入；请等其结束，或另指定文件夹"),
            OutputCause::System(error) => {
                let (cause, remedy) = (system::cause(error), system::remedy(error, Lang::Zh));
                let untouched = if self.path.is_none() { "" } else { "；原有内容未改动" };
                format!("{place}：无法写入（{}）；{remedy}{untouched}", cause.of(Lang::Zh))
            }
            OutputCause::Rename(error) => format!(
                "{place}：新文件无法就位（{}）；请在其他程序中关闭该文件后重新运行",
                system::cause(error).of(Lang::Zh)
            ),
        }
    }
}

/// Standard output (or any other stream): the lines of `reports.jsonl`.
pub struct Lines<W> {
    out: W,
    settings: Arc<Settings>,
}

impl<W: Write> Lines<W> {
    /// Lines to `out`.
    pub fn new(out: W, settings: &Arc<Settings>) -> Self {
        Lines { out, settings: Arc::clone(settings) }
    }

    /// What makes the lines of an item, for the threads that read.
    #[must_use]
    pub fn texts(&self) -> Texts {
        Texts { settings: Arc::clone(&self.settings), exporters: vec![&JSON_LINES] }
    }

    /// Writes what one input gave, and hands it on at once; `made` is what [`Texts::make`] made of it.
    ///
    /// # Errors
    /// When the stream takes no more.
    pub fn add(&mut self, made: Made) -> Result<(), OutputError> {
        for text in made.0 {
            let written = text.and_then(|text| self.out.write_all(&text)).and_then(|()| self.out.flush());
            written.map_err(OutputError::of_stream)?;
        }
        Ok(())
    }
}

/// What an output folder is to receive.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Its formats; files that several of them write are written once.
    pub formats: &'a [&'static Format],
    /// Also one JSON file a report.
    pub json_each: bool,
    /// Also one workbook a report, laid out as the official form.
    pub forms: bool,
}

/// An output folder while it is being filled.
pub struct Folder {
    settings: Arc<Settings>,
    texts: Vec<Text>,
    containers: Vec<Filling>,
    companions: Vec<Waiting>,
    each: Vec<EachFiles>,
    disk: Disk,
}

/// Makes the texts of items; it touches no file, and borrows nothing from the folder.
pub struct Texts {
    settings: Arc<Settings>,
    exporters: Vec<&'static Exporter>,
}

/// What an item adds to each text of a folder.
pub struct Made(Vec<io::Result<Vec<u8>>>);

impl Texts {
    /// What an item adds to each text.
    #[must_use]
    pub fn make(&self, item: &Item<'_>) -> Made {
        let text = |exporter: &&Exporter| {
            let mut text = Vec::new();
            (exporter.write)(&mut text, item, &self.settings).map(|()| text)
        };
        Made(self.exporters.iter().map(text).collect())
    }
}

/// A file under its temporary name, written item by item.
struct Text {
    exporter: &'static Exporter,
    path: PathBuf,
    out: BufWriter<Hashed>,
}

/// A file, and the hash of what was written into it.
struct Hashed {
    file: NamedTempFile,
    hash: Sha256,
    bytes: u64,
    /// How many of them have been sent to the disk.
    brought: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file under its temporary name that has an end.
struct Filling {
    container: &'static Container,
    path: PathBuf,
    sink: Box<dyn Sink>,
    file: NamedTempFile,
}

/// A file that is written when the others are whole.
struct Waiting {
    companion: &'static Companion,
    path: PathBuf,
    file: NamedTempFile,
}

impl Folder {
    /// Makes the folder if it is not there and begins every file.
    ///
    /// # Errors
    /// When the folder or a file cannot be made, or something else stands in its place.
    pub fn create(dir: &Path, settings: &Arc<Settings>, wanted: Wanted) -> Result<Self, OutputError> {
        make_folder(dir)?;
        let formats = || wanted.formats.iter();
        let texts = once(formats().flat_map(|format| format.exporters), |exporter| exporter.file);
        let containers = once(formats().flat_map(|format| format.containers), |container| container.file);
        let companions = once(formats().flat_map(|format| format.companions), |companion| companion.file);
        let each = [(wanted.json_each, each::JSON), (wanted.forms, each::FORMS)];
        let each = each.into_iter().filter(|(wanted, _)| *wanted).map(|(_, kind)| EachFiles::create(dir, kind));
        Ok(Folder {
            settings: Arc::clone(settings),
            texts: texts.into_iter().map(|one| Text::create(dir, one, settings)).collect::<Result<_, _>>()?,
            containers: containers
                .into_iter()
                .map(|one| Filling::create(dir, one, settings))
                .collect::<Result<_, _>>()?,
            companions: companions.into_iter().map(|one| Waiting::create(dir, one)).collect::<Result<_, _>>()?,
            each: each.collect::<Result<_, _>>()?,
            disk: Disk::default(),
        })
    }

    /// What makes the texts of an item, for the threads that read.
    #[must_use]
    pub fn texts(&self) -> Texts {
        Texts { settings: Arc::clone(&self.settings), exporters: self.texts.iter().map(|text| text.exporter).collect() }
    }

    /// Writes what one input gave; `made` is what [`Texts::make`] made of it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&mut self, item: &Item<'_>, made: Made) -> Result<(), OutputError> {
        for (Text { path, out, .. }, text) in self.texts.iter_mut().zip(made.0) {
            let written = text.and_then(|text| out.write_all(&text));
            written.map_err(|error| OutputError::system(path, error))?;
            let Hashed { file, bytes, brought, .. } = out.get_mut();
            self.disk.written(path, file.as_file(), *bytes, brought);
        }
        for Filling { path, sink, .. } in &mut self.containers {
            sink.item(item).map_err(|error| OutputError::system(path, error))?;
        }
        self.each.iter_mut().try_for_each(|each| each.add(item, &self.settings))
    }

    /// Puts every file in its place. First all of them are brought to the disk: if it is full,
    /// that is known before anything is replaced.
    ///
    /// Gives length and hash of each file.
    ///
    /// # Errors
    /// When a file cannot be finished or renamed.
    pub fn finish(self) -> Result<Vec<Written>, OutputError> {
        let mut done = Vec::new();
        let mut written = Vec::new();
        for Text { exporter, path, out } in self.texts {
            let failed = |error| OutputError::system(&path, error);
            let Hashed { file, hash, bytes, .. } = out.into_inner().map_err(|error| failed(error.into_error()))?;
            let sha256 = super::hexadecimal(&hash.finalize());
            written.push(Written { file: exporter.file, bytes, sha256, files: None });
            done.push((path, file));
        }
        let mut further = Vec::new();
        for Filling { container, path, sink, mut file } in self.containers {
            let failed = |error| OutputError::system(&path, error);
            sink.finish().map_err(failed)?;
            further.push(hashed(container.file, file.as_file_mut()).map_err(failed)?);
            done.push((path, file));
        }
        for Waiting { companion, path, mut file } in self.companions {
            let failed = |error| OutputError::system(&path, error);
            file.write_all((companion.text)(&self.settings, &written).as_bytes()).map_err(failed)?;
            further.push(hashed(companion.file, file.as_file_mut()).map_err(failed)?);
            done.push((path, file));
        }
        written.append(&mut further);
        self.disk.finish()?;
        disk::bring(done.iter().map(|(path, file)| (&**path, file.as_file())))?;
        for each in self.each {
            written.push(each.finish()?);
        }
        for (path, file) in done {
            file.persist(&path).map_err(|error| OutputError::rename(&path, error.error))?;
        }
        Ok(written)
    }
}

/// Each of them once, by its file.
fn once<'t, T: 't>(all: impl Iterator<Item = &'t &'static T>, file: fn(&T) -> &'static str) -> Vec<&'static T> {
    let mut seen = HashSet::new();
    all.copied().filter(|one| seen.insert(file(one))).collect()
}

/// Bytes that are hashed at a time.
const PIECE: usize = 1 << 16;

/// Length and hash of a file that is whole.
fn hashed(name: &'static str, file: &mut fs::File) -> io::Result<Written> {
    file.rewind()?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(Written { file: name, bytes, sha256: super::hexadecimal(&hash.finalize()), files: None });
        }
        hash.update(&piece[..read]);
        bytes += read as u64;
    }
}

/// The place of an output, and a temporary file beside it.
fn begun(dir: &Path, file: &str) -> Result<(PathBuf, NamedTempFile), OutputError> {
    let path = place(&dir.join(file));
    if path.exists() && !path.is_file() {
        return Err(OutputError::occupied(&path, false));
    }
    let file = temporary_file(&path).map_err(|error| OutputError::system(&path, error))?;
    Ok((path, file))
}

impl Text {
    fn create(dir: &Path, exporter: &'static Exporter, settings: &Settings) -> Result<Self, OutputError> {
        let (path, file) = begun(dir, exporter.file)?;
        let mut out = BufWriter::new(Hashed { file, hash: Sha256::new(), bytes: 0, brought: 0 });
        (exporter.head)(&mut out, settings).map_err(|error| OutputError::system(&path, error))?;
        Ok(Text { exporter, path, out })
    }
}

impl Filling {
    fn create(dir: &Path, container: &'static Container, settings: &Arc<Settings>) -> Result<Self, OutputError> {
        let (path, file) = begun(dir, container.file)?;
        let target = file.as_file().try_clone().map(|own| Target { path: file.path().to_owned(), file: own });
        let sink = target.and_then(|target| (container.begin)(target, settings));
        Ok(Filling { container, sink: sink.map_err(|error| OutputError::system(&path, error))?, path, file })
    }
}

impl Waiting {
    fn create(dir: &Path, companion: &'static Companion) -> Result<Self, OutputError> {
        let (path, file) = begun(dir, companion.file)?;
        Ok(Waiting { companion, path, file })
    }
}

/// Writes one file: it is whole, or what was there before still is. A device or a pipe is
/// written to, never replaced.
///
/// # Errors
/// When it cannot be written or renamed, or a folder stands in its place.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if path.is_dir() {
        return Err(OutputError::occupied(path, false));
    }
    let failed = |error| OutputError::system(path, error);
    if path.exists() && !path.is_file() {
        let device = fs::OpenOptions::new().write(true).open(path);
        return device.and_then(|mut device| device.write_all(bytes)).map_err(failed);
    }
    let place = place(path);
    let mut file = temporary_file(&place).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(&place).map(|_| ()).map_err(|error| OutputError::rename(path, error.error))
}

/// The path to write: of a link the file that it leads to, so that the link stays.
fn place(path: &Path) -> PathBuf {
    let target = if path.is_symlink() { path.canonicalize().ok() } else { None };
    target.unwrap_or_else(|| path.to_owned())
}

/// Makes the folder of the outputs, if it is not there.
///
/// # Errors
/// When it cannot be made, or a file stands in its place.
pub fn make_folder(dir: &Path) -> Result<(), OutputError> {
    match fs::create_dir_all(dir) {
        Ok(()) => Ok(()),
        // A device or a pipe is no folder either.
        Err(_) if dir.ancestors().find(|part| part.exists()).is_some_and(|part| !part.is_dir()) => {
            Err(OutputError::occupied(dir, true))
        }
        Err(error) => Err(OutputError::system(dir, error)),
    }
}

/// Removes what a run left behind that was killed. Only who knows that no other run writes here may do it.
pub(super) fn sweep(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let own =
            name.strip_prefix('.').and_then(|name| name.strip_suffix(".tmp")).and_then(|name| name.rsplit_once('.'));
        let Some((own, _)) = own else { continue };
        // What cannot be removed costs room, no more.
        let _ = if is_output(Path::new(own)) {
            fs::remove_file(entry.path())
        } else if each::is_folder(own) {
            fs::remove_dir_all(entry.path())
        } else {
            Ok(())
        };
    }
}

/// A hidden file beside the one it will become, with the permissions that a new file has.
fn temporary_file(place: &Path) -> io::Result<NamedTempFile> {
    let dir = place.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; an output is as readable as any other file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(dir)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::template::Form;

    fn item<'a>(reports: &'a [Report], source: &'a str) -> Item<'a> {
        Item { source, sha256: "", format: "text", reports, findings: &[] }
    }

    fn listing(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(dir)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    }

    /// CSV and JSON lines.
    fn texts(json_each: bool) -> Wanted<'static> {
        static FORMATS_WANTED: [&Format; 2] = [&FORMATS[0], &FORMATS[1]];
        Wanted { formats: &FORMATS_WANTED, json_each, forms: false }
    }

    fn add(folder: &mut Folder, item: &Item<'_>) {
        let made = folder.texts().make(item);
        folder.add(item, made).expect("written");
    }

    #[test]
    fn what_a_killed_run_left_behind_is_swept_away_and_nothing_else() {
        let root = tempfile::tempdir().expect("a folder");
        let names = [".cells.csv.Xa1.tmp", ".mine.tmp", "cells.csv.tmp", ".reports.csv.keep"];
        for name in names {
            fs::File::create(root.path().join(name)).expect("a file");
        }
        fs::create_dir_all(root.path().join(".reports.b2.tmp/below")).expect("a folder");
        sweep(root.path());
        assert_eq!(listing(root.path()), [".mine.tmp", ".reports.csv.keep", "cells.csv.tmp"]);
    }

    #[test]
    fn a_run_that_does_not_end_leaves_the_folder_as_it_was() {
        let root = tempfile::tempdir().expect("a folder");
        fs::File::create(root.path().join("cells.csv")).and_then(|mut file| file.write_all(b"before")).expect("a file");
        let settings = Arc::new(Settings::new(Form::shipped()));
        let reports = [Report { number: 1, ..Report::default() }];
        let mut folder = Folder::create(root.path(), &settings, texts(false)).expect("begun");
        add(&mut folder, &item(&reports, "a.txt"));
        drop(folder);
        assert_eq!(listing(root.path()), ["cells.csv"]);
        assert_eq!(fs::read_to_string(root.path().join("cells.csv")).expect("still there"), "before");
    }

    #[test]
    fn a_finished_run_replaces_its_own_files_and_leaves_others() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["cells.csv", "mine.xlsx"] {
            fs::File::create(root.path().join(name)).and_then(|mut file| file.write_all(b"before")).expect("a file");
        }
        let settings = Arc::new(Settings::new(Form::shipped()));
        let reports = [Report { number: 1, ..Report::default() }, Report { number: 2, ..Report::default() }];
        let mut folder = Folder::create(root.path(), &settings, texts(true)).expect("begun");
        for source in ["a/b.txt", "a_b.txt", "A/b.txt", ".x"] {
            add(&mut folder, &item(&reports, source));
        }
        folder.finish().expect("finished");
        assert_eq!(
            listing(root.path()),
            ["cells.csv", "claims.csv", "findings.csv", "mine.xlsx", "reports", "reports.csv", "reports.jsonl"]
        );
        assert_eq!(fs::read_to_string(root.path().join("mine.xlsx")).expect("untouched"), "before");
        assert_ne!(fs::read_to_string(root.path().join("cells.csv")).expect("replaced"), "before");
        let each = listing(&root.path().join("reports"));
        assert_eq!(each.len(), 8, "{each:?}");
        assert!(each.contains(&"a_b.txt-1.json".to_owned()) && each.contains(&"_x-2.json".to_owned()), "{each:?}");
    }

    #[test]
    fn something_else_in_the_place_is_misuse() {
        let root = tempfile::tempdir().expect("a folder");
        let settings = Arc::new(Settings::new(Form::shipped()));
        let file = root.path().join("file");
        fs::File::create(&file).expect("a file");
        for dir in [file.clone(), file.join("below")] {
            let error = Folder::create(&dir, &settings, texts(false)).err().expect("a file is no folder");
            assert!(error.is_misuse(), "{}", error.message(Lang::En));
        }
        fs::create_dir(root.path().join("reports.csv")).expect("a folder");
        let error = Folder::create(root.path(), &settings, texts(false)).err().expect("a folder is no file");
        assert!(error.is_misuse() && error.message(Lang::En).contains("reports.csv"), "{}", error.message(Lang::En));
        assert_eq!(listing(root.path()), ["file", "reports.csv"]);
    }

    #[test]
    fn lines_end_quietly_when_nobody_reads_and_loudly_when_the_disk_is_full() {
        struct Refusing(io::ErrorKind);
        impl Write for Refusing {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let settings = Arc::new(Settings::new(Form::shipped()));
        let reports = [Report { number: 1, ..Report::default() }];
        for (kind, quiet) in [(io::ErrorKind::BrokenPipe, true), (io::ErrorKind::StorageFull, false)] {
            let mut lines = Lines::new(Refusing(kind), &settings);
            let made = lines.texts().make(&item(&reports, "a"));
            let error = lines.add(made).expect_err("refused");
            assert_eq!(error.reader_is_gone(), quiet, "{kind:?}");
            assert!(!error.is_misuse());
        }
    }
}
