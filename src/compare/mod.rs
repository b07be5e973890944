//! Two [`Report`]s side by side → [`Comparison`]: figures with their differences, sections with what changed in them.
//!
//! A figure is the same in both where its key is: editions share a key only for the same question.
//! What only one edition asks stands alone, and nothing is computed from what is no number.

mod figures;
mod text;

use std::sync::Arc;

pub use figures::{Line, Side};
pub use text::{Piece, Text, diff};

use crate::report::{Report, Section};
use crate::template::Form;

/// Two reports side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Tables that are of different editions: id, the edition of the first and of the second.
    pub editions: Vec<(String, String, String)>,
    /// Every figure that either has, table by table in print order.
    pub figures: Vec<Line>,
    /// Every section that either has, in the order of the first.
    pub sections: Vec<Paired>,
}

/// A section of both reports, or of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// The form's id of the section; `None` if it has none.
    pub id: Option<String>,
    /// Its heading in the first report; `None` if it is not there.
    pub first: Option<String>,
    /// Its heading in the second.
    pub second: Option<String>,
    /// What is the same, and what is not.
    pub text: Text,
}

/// Compares two reports.
#[must_use]
pub fn compare(first: &Report, second: &Report, forms: &[Arc<Form>]) -> Comparison {
    let pairs = first.tables.iter().filter_map(|table| {
        let other = second.tables.iter().find(|other| other.id == table.id)?;
        (other.form != table.form).then(|| (table.id.clone(), table.form.clone(), other.form.clone()))
    });
    Comparison {
        editions: pairs.collect(),
        figures: figures::lines(first, second, forms),
        sections: sections(&first.sections, &second.sections),
    }
}

fn sections(first: &[Section], second: &[Section]) -> Vec<Paired> {
    let mut left: Vec<&Section> = second.iter().collect();
    let mut pairs = Vec::new();
    for section in first {
        let same = |other: &&Section| match (&section.id, &other.id) {
            (None, None) => section.title == other.title,
            (id, other) => id == other,
        };
        let other = left.iter().position(same).map(|at| left.remove(at));
        pairs.push(paired(Some(section), other));
    }
    pairs.extend(left.into_iter().map(|section| paired(None, Some(section))));
    pairs
}

fn paired(first: Option<&Section>, second: Option<&Section>) -> Paired {
    let title = |section: Option<&Section>| section.map(|section| section.title.clone());
    let text = |section: Option<&Section>| section.map(whole).unwrap_or_default();
    Paired {
        id: first.or(second).and_then(|section| section.id.clone()),
        first: title(first),
        second: title(second),
        text: diff(&text(first), &text(second)),
    }
}

/// The text of a section with its parts, a line for each paragraph.
fn whole(section: &Section) -> String {
    let parts = section.parts.iter().flat_map(|part| [part.title.as_str(), part.text.as_str()]);
    let texts = std::iter::once(section.text.as_str()).chain(parts);
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}
