//! Outputs that are whole or not there.
//!
//! In a folder every file is written under a hidden temporary name beside its place, and all
//! are renamed when the run has ended well. Whatever goes wrong before leaves the folder as it was.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use super::system;
use crate::export::record::ReportRecord;
use crate::export::{EXPORTERS, Exporter, Item, JSON_LINES, Settings};
use crate::finding::Lang;

/// The folder within the output folder that takes one file a report.
const EACH: &str = "reports";

/// Whether this program writes a file of this path in its output folder.
pub(super) fn is_output(within: &Path) -> bool {
    let ends_in_json = within.extension().is_some_and(|ending| ending == "json");
    EXPORTERS.iter().any(|exporter| Path::new(exporter.file) == within)
        || within.parent() == Some(Path::new(EACH)) && ends_in_json
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
}

impl OutputError {
    fn system(path: &Path, error: io::Error) -> Self {
        OutputError { path: Some(path.to_owned()), cause: OutputCause::System(error) }
    }

    fn rename(path: &Path, error: io::Error) -> Self {
        OutputError { path: Some(path.to_owned()), cause: OutputCause::Rename(error) }
    }

    /// Standard output took no more.
    #[must_use]
    pub fn of_stream(error: io::Error) -> Self {
        OutputError { path: None, cause: OutputCause::System(error) }
    }

    fn occupied(path: &Path, folder_expected: bool) -> Self {
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
        matches!(self.cause, OutputCause::Occupied { .. })
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
pub struct Lines<'a, W> {
    out: W,
    settings: &'a Settings,
}

impl<'a, W: Write> Lines<'a, W> {
    /// Lines to `out`.
    pub fn new(out: W, settings: &'a Settings) -> Self {
        Lines { out, settings }
    }

    /// Writes what one input gave, and hands it on at once.
    ///
    /// # Errors
    /// When the stream takes no more.
    pub fn add(&mut self, item: &Item<'_>) -> Result<(), OutputError> {
        let written = (JSON_LINES.write)(&mut self.out, item, self.settings);
        written.and_then(|()| self.out.flush()).map_err(OutputError::of_stream)
    }
}

/// An output folder while it is being filled.
pub struct Folder<'a> {
    settings: &'a Settings,
    files: Vec<Pending>,
    each: Option<EachFiles>,
}

/// A file under its temporary name.
struct Pending {
    exporter: &'static Exporter,
    path: PathBuf,
    out: BufWriter<NamedTempFile>,
}

/// One file a report, in a temporary folder.
struct EachFiles {
    dir: PathBuf,
    waiting: TempDir,
    names: Vec<String>,
    taken: HashSet<String>,
}

impl<'a> Folder<'a> {
    /// Makes the folder if it is not there and begins every file; with `each`, also one file a report.
    ///
    /// # Errors
    /// When the folder or a file cannot be made, or something else stands in its place.
    pub fn create(dir: &Path, settings: &'a Settings, each: bool) -> Result<Self, OutputError> {
        make_folder(dir)?;
        let files = EXPORTERS.iter().map(|exporter| Pending::create(dir, exporter, settings));
        let files = files.collect::<Result<_, _>>()?;
        let each = if each { Some(EachFiles::create(dir)?) } else { None };
        Ok(Folder { settings, files, each })
    }

    /// Writes what one input gave.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&mut self, item: &Item<'_>) -> Result<(), OutputError> {
        for file in &mut self.files {
            let written = (file.exporter.write)(&mut file.out, item, self.settings);
            written.map_err(|error| OutputError::system(&file.path, error))?;
        }
        match &mut self.each {
            Some(each) => each.add(item, self.settings),
            None => Ok(()),
        }
    }

    /// Puts every file in its place. First all of them are brought to the disk: if it is full,
    /// that is known before anything is replaced.
    ///
    /// # Errors
    /// When a file cannot be finished or renamed.
    pub fn finish(self) -> Result<(), OutputError> {
        let mut done = Vec::new();
        for Pending { path, out, .. } in self.files {
            let file = out.into_inner().map_err(|error| OutputError::system(&path, error.into_error()))?;
            file.as_file().sync_all().map_err(|error| OutputError::system(&path, error))?;
            done.push((file, path));
        }
        if let Some(each) = self.each {
            each.finish()?;
        }
        for (file, path) in done {
            file.persist(&path).map_err(|error| OutputError::rename(&path, error.error))?;
        }
        Ok(())
    }
}

impl Pending {
    fn create(dir: &Path, exporter: &'static Exporter, settings: &Settings) -> Result<Self, OutputError> {
        let path = place(&dir.join(exporter.file));
        if path.exists() && !path.is_file() {
            return Err(OutputError::occupied(&path, false));
        }
        let failed = |error| OutputError::system(&path, error);
        let mut out = BufWriter::new(temporary_file(&path).map_err(failed)?);
        (exporter.head)(&mut out, settings).map_err(failed)?;
        Ok(Pending { exporter, path, out })
    }
}

impl EachFiles {
    fn create(dir: &Path) -> Result<Self, OutputError> {
        let place = dir.join(EACH);
        if place.exists() && !place.is_dir() {
            return Err(OutputError::occupied(&place, true));
        }
        let waiting = tempfile::Builder::new().prefix(".reports.").suffix(".tmp").tempdir_in(dir);
        let waiting = waiting.map_err(|error| OutputError::system(dir, error))?;
        Ok(EachFiles { dir: place, waiting, names: Vec::new(), taken: HashSet::new() })
    }

    fn add(&mut self, item: &Item<'_>, settings: &Settings) -> Result<(), OutputError> {
        for report in item.reports {
            let name = self.name(item.source, report.number);
            let failed = |error| OutputError::system(&self.dir.join(&name), error);
            let text = ReportRecord::new(item, report, settings.lang).pretty();
            let mut file = fs::File::create(self.waiting.path().join(&name)).map_err(failed)?;
            file.write_all(text.as_bytes()).map_err(failed)?;
            self.names.push(name);
        }
        Ok(())
    }

    /// `<source>-<number>.json`, with part of the source's hash where the name would be too long
    /// or is taken (`a/b` and `a_b` are the same name).
    fn name(&mut self, source: &str, number: u32) -> String {
        let safe = safe_name(source);
        let plain = format!("{safe}-{number}.json");
        // File systems of Windows and macOS take names that differ in case only for the same.
        if plain.len() <= LONGEST_NAME && self.taken.insert(plain.to_lowercase()) {
            return plain;
        }
        let hash = super::sha256(source.as_bytes());
        let name = format!("{}~{}-{number}.json", stem(&safe), &hash[..8]);
        self.taken.insert(name.to_lowercase());
        name
    }

    fn finish(self) -> Result<(), OutputError> {
        make_folder(&self.dir)?;
        for name in &self.names {
            let place = self.dir.join(name);
            let moved = fs::rename(self.waiting.path().join(name), &place);
            moved.map_err(|error| OutputError::rename(&place, error))?;
        }
        Ok(())
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
    if name.starts_with('.') { name.replacen('.', "_", 1) } else { name }
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

fn make_folder(dir: &Path) -> Result<(), OutputError> {
    match fs::create_dir_all(dir) {
        Ok(()) => Ok(()),
        // A device or a pipe is no folder either.
        Err(_) if dir.ancestors().find(|part| part.exists()).is_some_and(|part| !part.is_dir()) => {
            Err(OutputError::occupied(dir, true))
        }
        Err(error) => Err(OutputError::system(dir, error)),
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

    #[test]
    fn a_run_that_does_not_end_leaves_the_folder_as_it_was() {
        let root = tempfile::tempdir().expect("a folder");
        fs::File::create(root.path().join("cells.csv")).and_then(|mut file| file.write_all(b"before")).expect("a file");
        let settings = Settings::new(Form::shipped());
        let reports = [Report { number: 1, ..Report::default() }];
        let mut folder = Folder::create(root.path(), &settings, false).expect("begun");
        folder.add(&item(&reports, "a.txt")).expect("written");
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
        let settings = Settings::new(Form::shipped());
        let reports = [Report { number: 1, ..Report::default() }, Report { number: 2, ..Report::default() }];
        let mut folder = Folder::create(root.path(), &settings, true).expect("begun");
        for source in ["a/b.txt", "a_b.txt", "A/b.txt", ".x"] {
            folder.add(&item(&reports, source)).expect("written");
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
    fn a_long_name_is_cut_between_characters() {
        let root = tempfile::tempdir().expect("a folder");
        let mut each = EachFiles::create(root.path()).expect("begun");
        let name = each.name(&"政府信息公开".repeat(30), 12);
        assert!(name.len() <= LONGEST_NAME && name.ends_with("-12.json"), "{name}");
    }

    #[test]
    fn something_else_in_the_place_is_misuse() {
        let root = tempfile::tempdir().expect("a folder");
        let settings = Settings::new(Form::shipped());
        let file = root.path().join("file");
        fs::File::create(&file).expect("a file");
        for dir in [file.clone(), file.join("below")] {
            let error = Folder::create(&dir, &settings, false).err().expect("a file is no folder");
            assert!(error.is_misuse(), "{}", error.message(Lang::En));
        }
        fs::create_dir(root.path().join("reports.csv")).expect("a folder");
        let error = Folder::create(root.path(), &settings, false).err().expect("a folder is no file");
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
        let settings = Settings::new(Form::shipped());
        let reports = [Report { number: 1, ..Report::default() }];
        for (kind, quiet) in [(io::ErrorKind::BrokenPipe, true), (io::ErrorKind::StorageFull, false)] {
            let mut lines = Lines::new(Refusing(kind), &settings);
            let error = lines.add(&item(&reports, "a")).expect_err("refused");
            assert_eq!(error.reader_is_gone(), quiet, "{kind:?}");
            assert!(!error.is_misuse());
        }
    }
}
