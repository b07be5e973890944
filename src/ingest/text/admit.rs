//! Which bytes are plain text.

use super::boxes::is_upright;
use super::lines::is_padding;
use crate::finding::Words;
use crate::ingest::{Error, Limits, charset};

/// Whether the bytes are plain text; if not, what they are instead.
pub(super) fn admit(bytes: &[u8]) -> Result<(), Words> {
    match markup(&charset::head(bytes)?) {
        Some(what) => Err(Words::new(format!("looks like {what}"), format!("应是 {what}"))),
        None => Ok(()),
    }
}

/// Refuses a text that is too long, has too many lines, or too many marks that may part cells: all of its lines
/// are looked at before any of them is a paragraph, and all cells of a table before it is one.
pub(super) fn size(text: &str, limits: &Limits) -> Result<(), Error> {
    let most_lines = limits.paragraphs.saturating_add(limits.cells);
    let bytes = text.as_bytes();
    if text.len() > limits.part_bytes {
        return Err(Error::limit("part_bytes", limits.part_bytes, text.len()));
    }
    let lines = memchr::memchr3_iter(b'\n', b'\r', b'\x0c', bytes).count();
    if lines > most_lines {
        return Err(Error::limit("paragraphs", limits.paragraphs, lines));
    }
    let cells: usize = text.split(['\n', '\r']).map(cells).sum();
    if cells > limits.cells { Err(Error::limit("cells", limits.cells, cells)) } else { Ok(()) }
}

/// Cells that a line may have: as many as strokes, tabs or wide gaps part it into; none if it is one piece.
fn cells(line: &str) -> usize {
    let line = line.trim_matches(|c| is_padding(c) || is_upright(c));
    let (mut marks, mut gaps, mut blanks) = (0, 0, 0_usize);
    for c in line.chars() {
        marks += usize::from(is_upright(c) || c == '\t');
        blanks = if is_padding(c) { blanks + 1 } else { 0 };
        gaps += usize::from(blanks == 2);
    }
    let parted = marks.max(gaps);
    parted + usize::from(parted > 0)
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
