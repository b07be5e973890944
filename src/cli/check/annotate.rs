//! `--annotate`: a copy of the Word file with a comment at each place that something is said about.

use std::path::Path;

use super::super::input;
use super::super::{Context, Exit};
use crate::Options;
use crate::annotate::{AnnotateError, Said, docx};
use crate::batch::write_file;
use crate::export::Checked;
use crate::finding::Lang;

/// The one file that is to be copied; or what is to be said if there is none.
pub(super) fn only<'a>(files: &[&'a std::path::PathBuf], lang: Lang) -> Result<&'a Path, String> {
    match files {
        [file] if input::is_stdin(file) => Err(match lang {
            Lang::En => "--annotate copies a file, and standard input is none; save it and name the file".to_owned(),
            Lang::Zh => "--annotate 需要文件，不能用标准输入；请先保存为文件再指定".to_owned(),
        }),
        [file] => Ok(file),
        _ => Err(match lang {
            Lang::En => {
                format!("--annotate copies one file, found {}; name one, or use --html for several", files.len())
            }
            Lang::Zh => format!("--annotate 每次只处理一个文件，实为{}个；请只指定一个，或改用 `--html`", files.len()),
        }),
    }
}

/// Whether a copy may have this name: that of a Word file of the kind that is copied.
pub(super) fn is_word(out: &Path) -> bool {
    let is = |ending: &str| out.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    ["docx", "docm", "dotx", "dotm"].into_iter().any(is)
}

/// Writes the copy. A file that could not be checked was complained about already.
pub(super) fn write(file: &Path, out: &Path, checked: &[Checked], options: &Options, context: &Context) -> Exit {
    let [Checked { outcome: Ok((reports, findings)), .. }] = checked else {
        return if checked.iter().any(|checked| checked.outcome.is_err()) {
            Exit::Unreadable
        } else {
            refused(file, &AnnotateError::Obstacle(crate::document::Obstacle::Format), context)
        };
    };
    let (bytes, anatomy) = match input::anatomy(file, options, context.lang) {
        Ok(both) => both,
        Err(cause) => {
            context.error(input::named(file, &cause, context.lang));
            return Exit::Unreadable;
        }
    };
    let said = Said { reports, findings, forms: &options.forms, lang: context.lang };
    let signed = anatomy.as_ref().is_ok_and(|anatomy| anatomy.signed);
    let annotated = anatomy.map_err(AnnotateError::Obstacle).and_then(|anatomy| docx(&bytes, &anatomy, &said));
    match annotated {
        Ok(annotated) => {
            if signed && annotated.comments > 0 {
                context.warning(input::named(file, unsigned(context.lang), context.lang));
            }
            context.wrote(write_file(out, &annotated.bytes))
        }
        Err(error) => refused(file, &error, context),
    }
}

fn refused(file: &Path, error: &AnnotateError, context: &Context) -> Exit {
    context.error(input::named(file, &error.message(context.lang), context.lang));
    Exit::Unreadable
}

fn unsigned(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "it is digitally signed; the copy with comments is not covered by the signature",
        Lang::Zh => "文件带有数字签名；加批注的副本不在签名效力之内",
    }
}
