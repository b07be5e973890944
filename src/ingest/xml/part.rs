//! An XML part on its way from the archive to its walker, and why it was not read to its end.

use std::borrow::Cow;

use super::{Stop, decode};
use crate::finding::{Code, Finding, Lang, Words};
use crate::ingest::Error;
use crate::ingest::zip::Unzipped;

/// A part as it was unpacked.
pub(in crate::ingest) struct Part<'p> {
    pub(in crate::ingest) name: String,
    /// UTF-8, unless the part lies about its encoding.
    pub(in crate::ingest) text: Cow<'p, [u8]>,
    /// Why unpacking stopped or cannot be trusted, if it did.
    pub(in crate::ingest) broken: Option<Words>,
    /// The encoding it was decoded from, and how many places were no text in it.
    pub(in crate::ingest) undecodable: Option<(&'static str, usize)>,
}

impl<'p> Part<'p> {
    pub(in crate::ingest) fn of(file: Unzipped<'p>) -> Self {
        let decode::Decoded { text, undecodable } = decode::decoded_cow(file.bytes);
        Part { name: file.name, text, broken: file.broken, undecodable }
    }

    /// Why it was not read to its end, if it was not.
    ///
    /// # Errors
    /// The limit that it passes, if that is what stopped it.
    pub(in crate::ingest) fn cause(&self, stop: Option<Stop>) -> Result<Option<Words>, Error> {
        let name = &self.name;
        let both = |say: &dyn Fn(Lang) -> String| Some(Words::new(say(Lang::En), say(Lang::Zh)));
        Ok(match (stop, &self.broken) {
            (Some(Stop::Limit(error)), _) => return Err(error),
            (Some(Stop::Broken { what, at }), why) => both(&|lang| broken(name, at, &what, why.as_ref(), lang)),
            (Some(Stop::NotUtf8), _) => Some(Words::new(format!("{name} is not text"), format!("{name} 不是文本"))),
            (None, Some(why)) => both(&|lang| format!("{name}{}{}", lang.pick(": ", "："), why.of(lang))),
            (None, None) => None,
        })
    }
}

/// Says that so many places of a part were no text in its encoding.
pub(in crate::ingest) fn undecodable(encoding: &str, places: usize) -> Finding {
    Finding::new(Code::UndecodableText).expected(encoding).found(places.to_string())
}

/// `part, byte 12: what (why)`.
fn broken(name: &str, at: usize, what: &Words, why: Option<&Words>, lang: Lang) -> String {
    let what = what.of(lang);
    match (lang, why.map(|why| why.of(lang))) {
        (Lang::En, None) => format!("{name}, byte {at}: {what}"),
        (Lang::En, Some(why)) => format!("{name}, byte {at}: {what} ({why})"),
        (Lang::Zh, None) => format!("{name} 第{at}字节：{what}"),
        (Lang::Zh, Some(why)) => format!("{name} 第{at}字节：{what}（{why}）"),
    }
}
