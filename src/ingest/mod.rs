//! Bytes → [`Document`]: one reader a format, chosen by content.
//!
//! Readers know nothing of the form. [`READERS`] is the one list of what is read; help, docs,
//! samples, benches and tests loop over it.

mod charset;
mod clamp;
pub mod doc;
pub mod docx;
mod error;
pub mod html;
mod limits;
pub mod odt;
pub mod ofd;
mod ole;
mod page;
pub mod pdf;
pub mod rtf;
pub mod sheet;
mod support;
pub mod text;
mod unified;
mod word;
mod xml;
mod zip;

pub(crate) use charset::of_names as charset_of_names;
pub use error::{Error, Reason};
pub(crate) use limits::Unpacked;
pub use limits::{LIMITS, Limit, Limits, USUAL_MEMORY};
pub use support::{Extent, Support};

use crate::document::{Anatomy, Document, Obstacle};
use crate::finding::Words;

/// One input format.
pub struct Reader {
    /// Its name in every output.
    pub name: &'static str,
    /// File name endings, without the dot, by which folders are walked. The content decides.
    pub extensions: &'static [&'static str],
    /// What it reads, for people: English, Chinese.
    pub about: (&'static str, &'static str),
    /// What of the format is read, and how well: the reader's checklist.
    pub support: &'static [Support],
    /// Whether the bytes are of this format: `Ok` to read them, or the reason why not, in a few words.
    pub recognise: fn(&[u8]) -> Result<(), Words>,
    /// Reads them.
    pub read: fn(&[u8], &Limits) -> Result<Document, Error>,
}

/// Every reader, in the order in which they are asked; text, which takes nearly anything, last.
pub const READERS: &[Reader] = &[
    ofd::READER,
    docx::READER,
    doc::READER,
    rtf::READER,
    odt::READER,
    sheet::READER,
    pdf::READER,
    html::READER,
    text::READER,
];

/// Name of the reader of text, which takes whatever is no other format.
pub const TEXT: &str = text::READER.name;

/// Formats whose pages are drawn, with what gives the pages.
const DRAWN: &[(Reader, Pages)] = &[(pdf::READER, pdf::pages), (ofd::READER, ofd::pages)];

/// Bytes → pages as they are drawn.
type Pages = fn(&[u8], &Limits) -> Result<Vec<page::Page>, Error>;

/// What was found on the pages of a file, drawn over them as SVG; `None` if its format has no drawn pages.
///
/// # Errors
/// As [`read`] does.
pub fn drawing(bytes: &[u8], limits: &Limits) -> Result<Option<String>, Error> {
    limits.admit(bytes.len())?;
    let drawn = DRAWN.iter().find(|(reader, _)| (reader.recognise)(bytes).is_ok());
    drawn.map(|(_, pages)| pages(bytes, limits).map(|pages| page::drawing(&pages))).transpose()
}

/// A Word file with the place of each paragraph in its bytes, for whoever wants to write into it; or what
/// stands in the way.
///
/// # Errors
/// As [`read`] does.
pub fn anatomy(bytes: &[u8], limits: &Limits) -> Result<Result<Anatomy, Obstacle>, Error> {
    limits.admit(bytes.len())?;
    let reader = READERS.iter().find(|reader| (reader.recognise)(bytes).is_ok());
    match reader {
        Some(reader) if reader.name == docx::READER.name => docx::anatomy(bytes, limits),
        _ => Ok(Err(Obstacle::Format)),
    }
}

/// Reads a file with the first reader that recognises it.
///
/// # Errors
/// [`Error`] with the reasons of every reader when none recognises the bytes, or the cause
/// when one does and cannot read them.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    limits.admit(bytes.len())?;
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let mut reasons = Vec::new();
    for reader in READERS {
        match (reader.recognise)(bytes) {
            Ok(()) => return (reader.read)(bytes, limits).map(clamp::reported).map(unified::document),
            Err(why) => reasons.push(Reason { reader: reader.name, why }),
        }
    }
    Err(Error::of_unknown(bytes, reasons))
}
