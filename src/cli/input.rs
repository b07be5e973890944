//! The files that `show`, `check`, `explain` and `render` are given.

use std::panic::catch_unwind;
use std::path::Path;

use crate::batch::{Input, Job, Unreadable, read_file, read_stdin};
use crate::finding::Lang;
use crate::ingest::drawing as drawing_of;
use crate::{Extraction, Options};

/// Reads a report, `-` from standard input; or says in one sentence why it cannot be read.
pub(crate) fn extraction(path: &Path, options: &Options, lang: Lang) -> Result<Extraction, String> {
    let job = Job { options, extract: crate::extract, lang };
    let input = if is_stdin(path) { Input::Stdin } else { Input::File(path.to_owned()) };
    if path.is_dir() {
        return Err(a_folder(lang));
    }
    job.read(input).map(|(_, extraction)| extraction).map_err(|error| error.message(lang))
}

/// What was found on the drawn pages of a file, as SVG.
pub(crate) fn drawing(path: &Path, options: &Options, lang: Lang) -> Result<String, String> {
    if path.is_dir() {
        return Err(a_folder(lang));
    }
    if is_stdin(path) {
        return Err(match lang {
            Lang::En => "its pages cannot be drawn; save it to a file and name that".to_owned(),
            Lang::Zh => "无法绘制其页面；请先保存为文件再指定".to_owned(),
        });
    }
    let bytes = read_file(path, &options.limits).map_err(|error| error.message(lang))?;
    let drawn = catch_unwind(|| drawing_of(&bytes, &options.limits)).map_err(|_| Unreadable::Fault.message(lang))?;
    drawn.map_err(|error| error.message(lang))?.ok_or_else(|| match lang {
        Lang::En => "its format has no drawn pages; leave out `--debug-pdf`".to_owned(),
        Lang::Zh => "该格式没有绘制的页面；请去掉 `--debug-pdf`".to_owned(),
    })
}

/// The text of a file, or of standard input for `-`.
pub(crate) fn text(path: &Path, options: &Options, lang: Lang) -> Result<String, String> {
    if path.is_dir() {
        return Err(a_folder(lang));
    }
    let bytes = if is_stdin(path) { read_stdin(&options.limits) } else { read_file(path, &options.limits) };
    let bytes = bytes.map_err(|error: Unreadable| error.message(lang))?;
    String::from_utf8(bytes).map_err(|_| match lang {
        Lang::En => "the text is not UTF-8; save it as UTF-8".to_owned(),
        Lang::Zh => "文本不是 UTF-8 编码；请另存为 UTF-8".to_owned(),
    })
}

/// Whether a name stands for standard input or output.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn a_folder(lang: Lang) -> String {
    match lang {
        Lang::En => "this is a folder; name its files, or convert all of it with `gongkai extract`".to_owned(),
        Lang::Zh => "这是文件夹；请指定其中的文件，或用 `gongkai extract` 转换整个文件夹".to_owned(),
    }
}

/// `file: cause`.
pub(crate) fn named(path: &Path, cause: &str, lang: Lang) -> String {
    let file = path.display();
    match lang {
        Lang::En if is_stdin(path) => format!("standard input: {cause}"),
        Lang::Zh if is_stdin(path) => format!("标准输入：{cause}"),
        Lang::En => format!("{file}: {cause}"),
        Lang::Zh => format!("{file}：{cause}"),
    }
}
