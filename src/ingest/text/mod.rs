//! Flattened text.
use super::{Error, Limits, Reader};
use crate::document::Document;

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: "text",
    extensions: &["txt", "md"],
    about: ("Flattened text (UTF-8, UTF-16, GB18030)", "纯文本（UTF-8、UTF-16、GB18030）"),
    recognise,
    read,
};

fn recognise(_: &[u8]) -> Result<(), String> {
    Err("not built yet".to_owned())
}

fn read(_: &[u8], _: &Limits) -> Result<Document, Error> {
    Ok(Document::default())
}
