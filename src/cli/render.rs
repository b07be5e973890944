//! `gongkai render`: writes a report as the official form in Word.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::input::{self, Templates};
use super::{Context, Exit};
use crate::finding::Lang;
use crate::render::docx;
use crate::report::Report;

/// Writes a report as the official form, a Word document with its merged cells.
///
/// Rows and tables that are missing are left out. The file is written whole or not at all; one of
/// the same name is replaced.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A report as `extract --json-each` writes it, or one line of `reports.jsonl`; `-` for standard input.
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// The Word document to write; `-` for standard output.
    #[arg(short, long, value_name = "FILE.docx")]
    output: PathBuf,
    #[command(flatten)]
    templates: Templates,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    match rendered(args, context.lang) {
        Ok(()) => Exit::Clean,
        Err(message) => {
            input::complain(&message);
            Exit::Unreadable
        }
    }
}

fn rendered(args: &Args, lang: Lang) -> Result<(), String> {
    let forms = args.templates.forms(lang)?;
    let text = input::text(&args.report, lang)?;
    let report = read(&text).map_err(|error| {
        let cause = match lang {
            Lang::En => format!("it is not one report in JSON ({error}); give a file of `gongkai extract --json-each`"),
            Lang::Zh => format!("不是一份 JSON 报告（{error}）；请使用 `gongkai extract --json-each` 生成的文件"),
        };
        input::named(&args.report, &cause, lang)
    })?;
    let bytes = docx(&report, &forms).map_err(|error| input::named(&args.report, &error.message(lang), lang))?;
    write(&args.output, &bytes).map_err(|error| input::named(&args.output, &input::cause(&error, lang), lang))
}

/// Reads a report as the JSON exporter writes it.
fn read(text: &str) -> Result<Report, serde_json::Error> {
    serde_json::from_str(text)
}

/// Writes a file whole, or leaves what was there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// A file beside the one to be written, with the rights that a new file gets here.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".gongkai-").tempfile_in(folder)
}
