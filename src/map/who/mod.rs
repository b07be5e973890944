//! Of what kind the organ is, to which division it belongs, what the file's own name says of it, and what
//! the report says of itself: when it was published, its number, whom to ask.
//!
//! What is not surely read is not there. The file's name never outvotes the document.

mod agree;
mod contact;
mod contact_rows;
mod date;
mod name;
mod organ;
mod own;
mod period;
mod place;
mod said;
mod short;
mod span;

pub(super) use name::Named;
pub use name::is_telling;
pub(super) use organ::differ;
pub(super) use own::is_signature;
pub(super) use said::{organ as said_organ, signing as signing_organ};
pub(super) use span::period;

use super::page::Page;
use super::stream::{Item, Line};
use crate::report::Report;

/// Whether a text is the name of an organ and nothing else: it begins with its division, and ends like one of a known kind.
pub(super) fn is_organ(text: &str) -> bool {
    let plain = (4..=30).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic);
    let parts = plain.then(|| organ::parts(text, None));
    parts.is_some_and(|parts| parts.level.is_some() && parts.reading.is_some())
}

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// Its name in the outputs, with the folders and archives that it stands in; empty if it has none.
    pub name: &'a str,
    /// The code of the division, if the user gives it.
    pub place: Option<u32>,
}

/// Makes what the name and the sentences of most reports ask for, in the order in which they do.
pub(super) fn prepare() {
    let _ = is_telling("示例市示例县教育局2021年政府信息公开工作年度报告.docx");
    said::prepare();
    agree::prepare();
}

/// Fills in level, place, parent, and what the report says of itself.
pub(super) fn describe(
    report: &mut Report,
    (source, named, page): (&Source, &Named, &Page),
    items: &[Item],
    lines: &[&Line],
) {
    report.contact = match contact_rows::lines(items) {
        Some(lines) => contact::contact(&lines.iter().collect::<Vec<_>>()),
        None => contact::contact(lines),
    };
    place::settle(report, source, named, items, lines);
    let head = own::Head::of(items);
    report.published = own::published(report, &head, lines, page);
    report.document_number = own::number(report, &head, lines);
    agree::check(report, &head, lines);
}
