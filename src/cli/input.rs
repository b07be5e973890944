//! What a command is given: files and templates, read here because the library touches no disk.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::Lang;
use crate::template::Form;
use crate::{Extraction, Options};

/// `--template FILE`, wherever a form is needed.
#[derive(clap::Args)]
pub(crate) struct Templates {
    /// A form of your own (TOML), asked before the shipped ones; may be given several times.
    #[arg(long, value_name = "FILE")]
    template: Vec<PathBuf>,
}

impl Templates {
    /// The user's forms, then the shipped ones; or what is wrong with a template.
    pub(crate) fn forms(&self, lang: Lang) -> Result<Vec<Arc<Form>>, String> {
        let mut forms = Vec::new();
        for path in &self.template {
            let text = text(path, lang)?;
            let form = Form::from_toml(&text).map_err(|error| named(path, &error.to_string(), lang))?;
            forms.push(Arc::new(form));
        }
        forms.extend(Form::shipped().iter().cloned());
        Ok(forms)
    }
}

/// Reads a report, `-` from standard input; or says in one sentence why it cannot be read.
pub(crate) fn extraction(path: &Path, forms: &[Arc<Form>], lang: Lang) -> Result<Extraction, String> {
    let options = Options { forms: forms.to_vec(), ..Options::default() };
    let bytes = bytes(path, &options, lang)?;
    crate::extract(&bytes, &options).map_err(|error| error.message(lang))
}

fn bytes(path: &Path, options: &Options, lang: Lang) -> Result<Vec<u8>, String> {
    // One byte more than allowed is enough for the reader to refuse it.
    let most = options.limits.file_bytes as u64 + 1;
    let mut bytes = Vec::new();
    let read = match open(path, lang)? {
        Some(file) => file.take(most).read_to_end(&mut bytes),
        None => io::stdin().lock().take(most).read_to_end(&mut bytes),
    };
    read.map(|_| bytes).map_err(|error| cause(&error, lang))
}

/// The text of a file, or of standard input for `-`, without a byte order mark.
pub(crate) fn text(path: &Path, lang: Lang) -> Result<String, String> {
    let options = Options { forms: Vec::new(), ..Options::default() };
    let bytes = bytes(path, &options, lang).map_err(|cause| named(path, &cause, lang))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let cause = if lang == Lang::En { "the file is not UTF-8 text" } else { "文件不是 UTF-8 文本" };
        named(path, cause, lang)
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Opens a file; nothing for `-`.
fn open(path: &Path, lang: Lang) -> Result<Option<File>, String> {
    if path == Path::new("-") {
        return Ok(None);
    }
    if path.is_dir() {
        return Err(match lang {
            Lang::En => "it is a folder; give files, or convert the whole folder with `gongkai extract`".to_owned(),
            Lang::Zh => "这是文件夹；请指定文件，或用 `gongkai extract` 转换整个文件夹".to_owned(),
        });
    }
    File::open(path).map(Some).map_err(|error| cause(&error, lang))
}

/// Why the system refused, and what to do.
pub(crate) fn cause(error: &io::Error, lang: Lang) -> String {
    let (en, zh) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file; check the name", "文件不存在；请检查文件名"),
        io::ErrorKind::PermissionDenied => {
            ("permission denied; check who may read or write it", "没有权限；请检查读写权限")
        }
        io::ErrorKind::StorageFull => ("the disk is full; make room and try again", "磁盘已满；请清理空间后重试"),
        _ => return error.to_string(),
    };
    if lang == Lang::En { en.to_owned() } else { zh.to_owned() }
}

/// `file: cause`.
pub(crate) fn named(path: &Path, cause: &str, lang: Lang) -> String {
    let name = super::words::printable(&path.display().to_string());
    if lang == Lang::En { format!("{name}: {cause}") } else { format!("{name}：{cause}") }
}

/// Prints data to standard output, without colours where they are not wanted. A reader that
/// has seen enough (`| head`) is no error.
pub(crate) fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Says something to people on standard error.
pub(crate) fn complain(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{text}");
}
