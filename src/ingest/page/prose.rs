//! Printed lines → paragraphs.

use super::line::Line;
use super::tolerance::{CENTRED, FULL, INDENTED, SAME_PARAGRAPH, SAME_SIZE};
use crate::ingest::text::numbered::is_numbered;

/// Where a column of text begins and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Margins {
    /// Of the lines of a column.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut margins = Margins { left: f32::MAX, right: f32::MIN };
        for line in lines {
            margins.left = margins.left.min(line.area.x0);
            margins.right = margins.right.max(line.area.x1);
        }
        margins
    }
}

/// The texts of the paragraphs that lines of one column make.
pub(super) fn paragraphs(lines: &[&Line]) -> Vec<String> {
    let margins = Margins::of(lines.iter().copied());
    let mut paragraphs: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| lines[before]);
        match paragraphs.last_mut() {
            Some(last) if before.is_some_and(|before| goes_on(before, line, margins, true)) => join(last, &line.text()),
            _ => paragraphs.push(line.text()),
        }
    }
    paragraphs
}

/// Whether a line goes on with the paragraph of the one before it; `near` if both stand on one page.
pub(super) fn goes_on(before: &Line, line: &Line, margins: Margins, near: bool) -> bool {
    let size = before.size.max(line.size);
    let alike = (before.size - line.size).abs() <= SAME_SIZE * size;
    let full = before.area.x1 >= margins.right - FULL * size;
    // A title that takes two lines is centred in both.
    let centred = (before.area.middle().0 - line.area.middle().0).abs() <= CENTRED * size;
    let indented = line.area.x0 > margins.left + INDENTED * size && !centred;
    let close =
        !near || line.area.middle().1 - before.area.middle().1 <= SAME_PARAGRAPH * size.max(before.area.height());
    alike && full && !indented && close && !begins_anew(before, line)
}

/// Whether the sentence has ended and an item of a list begins.
fn begins_anew(before: &Line, line: &Line) -> bool {
    let ended =
        before.stretches.last().is_some_and(|stretch| stretch.text.ends_with(['。', '！', '？', '：', '；', '.', ':']));
    ended && line.stretches.first().is_some_and(|stretch| is_numbered(&stretch.text))
}

/// Adds a line to a paragraph, with a space only between Latin words.
pub(super) fn join(paragraph: &mut String, line: &str) {
    let (last, first) = (paragraph.chars().next_back(), line.chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, ',' | ';'));
    if latin(last) && latin(first) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_without_a_space_unless_they_are_latin() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_owned();
            join(&mut text, b);
            text
        };
        assert_eq!(joined("政府信", "息公开"), "政府信息公开");
        assert_eq!(joined("of", "the"), "of the");
        assert_eq!(joined("2024", "年"), "2024年");
    }
}
