//! The files that `show`, `check`, `explain` and `render` are given.

use std::panic::catch_unwind;
use std::path::Path;

use crate::batch::{Job, Outcome, Unreadable, is_archive, named as entry, read_file, read_stdin};
use crate::document::{Anatomy, Obstacle};
use crate::finding::{Finding, Lang, Waivers};
use crate::ingest::{anatomy as anatomy_of, drawing as drawing_of};
use crate::{Extraction, Options};

/// Files of an archive that are named to somebody who has to choose one.
const CHOICES: usize = 10;

/// Reads a report, `-` from standard input; or says in one sentence why it cannot be read. Of an archive
/// it reads the only file.
pub(crate) fn extraction(path: &Path, options: &Options, lang: Lang) -> Result<Extraction, String> {
    let outcomes = outcomes(path, CHOICES + 1, options, lang)?;
    let (archives, mut files): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Outcome::is_archive);
    let mut about: Vec<Finding> =
        archives.into_iter().filter_map(|archive| archive.read.ok()).flat_map(|archive| archive.findings).collect();
    match files.len() {
        0 => Err(about.first().map_or_else(|| nothing(lang), |finding| finding.message(lang))),
        1 => files.remove(0).read.map_err(|error| error.message(lang)).map(|mut extraction| {
            about.append(&mut extraction.findings);
            Extraction { findings: about, ..extraction }
        }),
        _ => Err(choice(&files, lang)),
    }
}

/// What a file gave, and of an archive what each of its files gave, `most` of them.
pub(crate) fn outcomes(path: &Path, most: usize, options: &Options, lang: Lang) -> Result<Vec<Outcome>, String> {
    outcomes_with(path, most, options, None, lang)
}

/// The same, with findings marked that somebody answers for.
pub(crate) fn outcomes_with(
    path: &Path,
    most: usize,
    options: &Options,
    waivers: Option<&Waivers>,
    lang: Lang,
) -> Result<Vec<Outcome>, String> {
    if path.is_dir() {
        return Err(a_folder(lang));
    }
    let job = Job { options, extract: crate::extract_named, lang, waivers };
    let mut outcomes = Vec::new();
    // The only error is that there are enough.
    let _ = job.outcomes([entry(path)].into_iter().collect(), |outcome| {
        outcomes.push(outcome);
        if outcomes.len() < most { Ok(()) } else { Err(()) }
    });
    Ok(outcomes)
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

/// The bytes of a Word file and where its paragraphs lie in them, or what stands in the way.
pub(crate) fn anatomy(path: &Path, options: &Options, lang: Lang) -> Result<(Vec<u8>, Dissected), String> {
    if !path.is_file() {
        return Err(match lang {
            Lang::En => "comments are put into a file of its own, not into one in an archive; unpack it".to_owned(),
            Lang::Zh => "只能在单独的文件中加批注，不能在压缩包内加；请先解压".to_owned(),
        });
    }
    let bytes = read_file(path, &options.limits).map_err(|error| error.message(lang))?;
    let read = catch_unwind(|| anatomy_of(&bytes, &options.limits)).map_err(|_| Unreadable::Fault.message(lang))?;
    let anatomy = read.map_err(|error| error.message(lang))?;
    Ok((bytes, anatomy))
}

/// An anatomy, or why there is none.
type Dissected = Result<Anatomy, Obstacle>;

/// The text of a file, or of standard input for `-`.
pub(crate) fn text(path: &Path, options: &Options, lang: Lang) -> Result<String, String> {
    if path.is_dir() {
        return Err(a_folder(lang));
    }
    let bytes = if is_stdin(path) { read_stdin(&options.limits) } else { read_file(path, &options.limits) };
    let bytes = bytes.map_err(|error: Unreadable| error.message(lang))?;
    if is_archive(&bytes) {
        return Err(an_archive(lang));
    }
    String::from_utf8(bytes).map_err(|_| match lang {
        Lang::En => "the text is not UTF-8; save it as UTF-8".to_owned(),
        Lang::Zh => "文本不是 UTF-8 编码；请另存为 UTF-8".to_owned(),
    })
}

/// An archive of texts that are no reports.
fn nothing(lang: Lang) -> String {
    match lang {
        Lang::En => "the archive holds no report; check that this is the right file".to_owned(),
        Lang::Zh => "压缩包内没有报告；请确认文件是否正确".to_owned(),
    }
}

/// Asks for one file of an archive that holds several.
fn choice(files: &[Outcome], lang: Lang) -> String {
    let names: Vec<&str> = files.iter().take(CHOICES).map(|file| file.source.as_str()).collect();
    let more = files.len() > CHOICES;
    match lang {
        Lang::En => {
            let rest = if more { ", …" } else { "" };
            format!("the archive holds several files; name one of them: {}{rest}", names.join(", "))
        }
        Lang::Zh => {
            let rest = if more { "、……" } else { "" };
            format!("压缩包内有多个文件；请指定其中一个：{}{rest}", names.join("、"))
        }
    }
}

fn an_archive(lang: Lang) -> String {
    match lang {
        Lang::En => {
            "this is an archive, expected a report in JSON; convert it with `gongkai extract --json-each` and name \
            one of the files that this writes"
                .to_owned()
        }
        Lang::Zh => {
            "这是压缩包，应为 JSON 格式的报告；请用 `gongkai extract --json-each` 转换，再指定其写出的文件".to_owned()
        }
    }
}

/// A path with `/` separators, as every output names it.
pub(crate) fn slashed(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
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
