//! The places that a user gives: a code, or a file of codes.

use std::path::{Path, PathBuf};

use super::read::{Unreadable, read_file};
use crate::division::{Places, PlacesError};
use crate::finding::Lang;
use crate::ingest::Limits;

/// Why places cannot be used.
#[derive(Debug)]
pub struct PlacesUnusable {
    path: PathBuf,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Unreadable(Unreadable),
    NotUtf8,
    Refused(PlacesError),
}

impl PlacesUnusable {
    /// One sentence that names the code or file, the fault and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        match (&self.why, lang) {
            (Why::Unreadable(error), Lang::En) => format!("places {path}: {}", error.message(lang)),
            (Why::Unreadable(error), Lang::Zh) => format!("地区 {path}：{}", error.message(lang)),
            (Why::NotUtf8, Lang::En) => format!("places {path}: the text is not UTF-8; save it as CSV UTF-8"),
            (Why::NotUtf8, Lang::Zh) => format!("地区 {path}：文本不是 UTF-8 编码；请另存为 CSV UTF-8"),
            (Why::Refused(why), Lang::En) => format!("places {path}: {}", why.message(lang)),
            (Why::Refused(why), Lang::Zh) => format!("地区 {path}：{}", why.message(lang)),
        }
    }
}

/// What `--place` says: digits only are a code for every input, anything else is a file.
///
/// # Errors
/// When the code is none, or the file cannot be read or used.
pub fn places(given: &str, limits: &Limits) -> Result<Places, PlacesUnusable> {
    let unusable = |why| PlacesUnusable { path: PathBuf::from(given), why };
    if given.bytes().all(|byte| byte.is_ascii_digit()) {
        return Places::of_code(given).map_err(|error| unusable(Why::Refused(error)));
    }
    let bytes = read_file(Path::new(given), limits).map_err(|error| unusable(Why::Unreadable(error)))?;
    let text = String::from_utf8(bytes).map_err(|_| unusable(Why::NotUtf8))?;
    Places::from_csv(text.trim_start_matches('\u{feff}')).map_err(|error| unusable(Why::Refused(error)))
}
