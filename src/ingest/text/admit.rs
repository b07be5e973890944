//! Which bytes are plain text.

use crate::finding::Words;
use crate::ingest::charset;

/// Whether the bytes are plain text; if not, what they are instead.
pub(super) fn admit(bytes: &[u8]) -> Result<(), Words> {
    match markup(&charset::head(bytes)?) {
        Some(what) => Err(Words::new(format!("looks like {what}"), format!("应是 {what}"))),
        None => Ok(()),
    }
}

/// The markup in which the text is written, if it is.
fn markup(text: &str) -> Option<&'static str> {
    let head: String = text.trim_start().chars().take(4096).collect::<String>().to_ascii_lowercase();
    if head.starts_with("{\\rtf") {
        return Some("RTF");
    }
    if head.starts_with("mime-version:") {
        return Some("MHTML");
    }
    let html = ["<!doctype html", "<html", "<body", "<table", "<div"];
    if head.starts_with('<') && html.iter().any(|tag| head.contains(tag)) {
        return Some("HTML");
    }
    if head.starts_with("<?xml") {
        return Some("XML");
    }
    let pages = ["<html>", "<html ", "<body>", "<body ", "<table>", "<table "];
    pages.iter().any(|tag| head.contains(tag)).then_some("HTML")
}
