//! The places that a user gives: a code, or a file of codes.

use std::path::{Path, PathBuf};

use super::read::{Unreadable, read_file};
use super::waivers::decoded;
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
    NotText,
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
            (Why::NotText, Lang::En) => {
                format!("places {path}: the text is neither UTF-8 nor GB18030; save the table as CSV in one of them")
            }
            (Why::NotText, Lang::Zh) => {
                format!("地区 {path}：文本既非 UTF-8，也非 GB18030；请将表格另存为其中一种编码的 CSV")
            }
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
    let text = decoded(&bytes).ok_or_else(|| unusable(Why::NotText))?;
    Places::from_csv(&text).map_err(|error| unusable(Why::Refused(error)))
}
