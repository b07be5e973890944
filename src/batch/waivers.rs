//! A file of waivers.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::read::{Unreadable, read_file};
use crate::Options;
use crate::finding::{Lang, WaiverError, Waivers};

/// Why a file of waivers could not be used.
#[derive(Debug)]
pub struct WaiversUnusable {
    path: PathBuf,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Unreadable(Unreadable),
    NotText,
    Refused(WaiverError),
}

impl WaiversUnusable {
    /// One sentence that names the file, the fault and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        let why = match (&self.why, lang) {
            (Why::Unreadable(error), lang) => error.message(lang),
            (Why::NotText, Lang::En) => {
                "the text is neither UTF-8 nor GB18030; save the table as CSV in one of them".to_owned()
            }
            (Why::NotText, Lang::Zh) => "文本既非 UTF-8，也非 GB18030；请将表格另存为其中一种编码的 CSV".to_owned(),
            (Why::Refused(why), lang) => why.message(lang),
        };
        match lang {
            Lang::En => format!("waivers {path}: {why}"),
            Lang::Zh => format!("核实说明 {path}：{why}"),
        }
    }
}

/// The waivers of a file, as CSV in UTF-8, in UTF-16 with its mark, or in GB18030, as Chinese
/// spreadsheets save it.
///
/// # Errors
/// When the file cannot be read, or something in it is lacking or not known.
pub fn waivers(path: &Path, options: &Options) -> Result<Waivers, WaiversUnusable> {
    load(path, options).map_err(|why| WaiversUnusable { path: path.to_owned(), why })
}

fn load(path: &Path, options: &Options) -> Result<Waivers, Why> {
    let bytes = read_file(path, &options.limits).map_err(Why::Unreadable)?;
    let text = decoded(&bytes).ok_or(Why::NotText)?;
    let waivers = Waivers::from_csv(&text, &options.forms);
    waivers.and_then(|waivers| waivers.dated_until(&today())).map_err(Why::Refused)
}

/// The day, `YYYY-MM-DD`, that it is where days begin first: elsewhere none is later.
#[expect(clippy::disallowed_methods, reason = "what is refused is in no result")]
fn today() -> String {
    const FIRST_ZONE: u64 = 14 * 3_600;
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    day((seconds + FIRST_ZONE) / 86_400)
}

/// The day so many days after 1970-01-01.
fn day(mut days: u64) -> String {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, length)| (encoding, &bytes[length..]));
    let usual = || [UTF_8, GB18030].map(|encoding| (encoding, bytes));
    let mut tries = marked.map_or_else(|| usual().to_vec(), |marked| vec![marked]).into_iter();
    tries.find_map(|(encoding, bytes)| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let known = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_453, "2025-12-31")];
        for (days, expected) in known {
            assert_eq!(day(days), expected);
        }
    }

    #[test]
    fn spreadsheets_save_in_several_encodings() {
        let utf16: Vec<u8> = "\u{feff}类别".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in ["类别".as_bytes(), "\u{feff}类别".as_bytes(), b"\xc0\xe0\xb1\xf0", &utf16] {
            assert_eq!(decoded(bytes).as_deref(), Some("类别"));
        }
        assert_eq!(decoded(b"\xff\xff\xff"), None);
    }
}
