//! A user's own form.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::{Unreadable, read_file};
use crate::Options;
use crate::finding::Lang;
use crate::ingest::Limits;
use crate::template::{Form, TemplateError};

/// Why a template could not be used.
#[derive(Debug)]
pub struct TemplateUnusable {
    path: PathBuf,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Unreadable(Unreadable),
    NotUtf8,
    Refused(TemplateError),
}

const WORKING_EN: &str = "compare with a form that works, as `gongkai schema --format toml` prints it";
const WORKING_ZH: &str = "请对照 `gongkai schema --format toml` 输出的可用表样";

impl TemplateUnusable {
    /// One sentence that names the file, the fault and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        match (&self.why, lang) {
            (Why::Unreadable(error), Lang::En) => format!("template {path}: {}", error.message(lang)),
            (Why::Unreadable(error), Lang::Zh) => format!("模板 {path}：{}", error.message(lang)),
            (Why::NotUtf8, Lang::En) => format!("template {path}: the text is not UTF-8; save it as UTF-8"),
            (Why::NotUtf8, Lang::Zh) => format!("模板 {path}：文本不是 UTF-8 编码；请另存为 UTF-8"),
            (Why::Refused(why), Lang::En) => {
                format!("template {path}: {}; {WORKING_EN}", why.message(lang))
            }
            (Why::Refused(why), Lang::Zh) => format!("模板 {path}：{}；{WORKING_ZH}", why.message(lang)),
        }
    }
}

/// The options of every command: the shipped forms, with a user's own before them if there is
/// one. It replaces a shipped form of the same edition.
///
/// # Errors
/// When the template cannot be read, or is refused.
pub fn options(template: Option<&Path>) -> Result<Options, TemplateUnusable> {
    let mut options = Options::default();
    if let Some(path) = template {
        let form = load(path, &options.limits).map_err(|why| TemplateUnusable { path: path.to_owned(), why })?;
        options.forms.retain(|shipped| shipped.edition != form.edition);
        options.forms.insert(0, Arc::new(form));
    }
    Ok(options)
}

fn load(path: &Path, limits: &Limits) -> Result<Form, Why> {
    let bytes = read_file(path, limits).map_err(Why::Unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| Why::NotUtf8)?;
    Form::from_toml(text.trim_start_matches('\u{feff}')).map_err(Why::Refused)
}
