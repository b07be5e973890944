//! Lines of a document → paragraphs of prose.
//!
//! Flattened text breaks its paragraphs wherever the page ended a line: 予以公开⏎154件. Half a sentence reads like another one, so
//! its lines are put together; what cannot be put together is not read.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::MOST_CHARACTERS;
use crate::document::Origin;
use crate::map::phrase::Phrases;
use crate::map::stream::Line;

/// A paragraph, and where each of its lines begins in it.
#[derive(Debug)]
pub(super) struct Prose<'l> {
    pub text: Cow<'l, str>,
    first: Origin,
    /// Where its further lines begin.
    further: Vec<(usize, Origin)>,
    /// It goes on with what was not read, or in what could not be put to it.
    pub torn: bool,
}

impl<'l> Prose<'l> {
    fn of(line: &'l Line, torn: bool) -> Self {
        Prose { text: line.text.trim_end().into(), first: line.origin, further: Vec::new(), torn }
    }

    fn add(&mut self, line: &Line) {
        self.further.push((self.text.len(), line.origin));
        self.text.to_mut().push_str(line.text.trim());
    }

    /// Where what stands at a place of the paragraph stands in the document.
    pub fn origin(&self, at: usize) -> Origin {
        self.further.iter().rev().find(|(start, _)| *start <= at).map_or(self.first, |(_, origin)| *origin)
    }
}

/// A line ends a sentence.
pub(super) fn ends(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || "”）)」".contains(c))
        .ends_with(['。', '；', ';', '：', ':', '！', '？'])
}

/// Whether a line is of prose, and not a label, a heading or a row of figures.
fn is_prose(text: &str, flattened: bool) -> bool {
    let least = if flattened { LEAST } else { LEAST_OF_PAGES };
    text.contains(['，', '。', '；', '、']) && text.chars().count() >= least
}

/// A line that a page ended has more characters than this.
const LEAST: usize = 12;
/// Elsewhere paragraphs are whole, but for a few of pages; a short one may lack its full stop.
const LEAST_OF_PAGES: usize = 20;

/// Whether a line begins a paragraph by its own number: 1.…, （一）…
fn is_numbered(text: &str) -> bool {
    static NUMBER: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）).、．][^\d]"));
    NUMBER.at_start(text.trim_start()).is_some()
}

/// Puts lines together.
#[derive(Debug, Default)]
pub(super) struct Joiner<'l> {
    open: Option<Prose<'l>>,
    /// The line of the text that the open paragraph ends with, if it is of flattened text.
    last: Option<u32>,
    /// That is a heading, with which no paragraph begins.
    heads: bool,
}

impl<'l> Joiner<'l> {
    /// Takes the next line; gives the paragraph before it, if that has ended. `heads` says that the line is a heading.
    pub fn line(&mut self, line: &'l Line, heads: bool) -> Option<Prose<'l>> {
        if line.text.trim().is_empty() {
            return self.end();
        }
        let number = line.origin.line;
        let goes_on = self.open.as_ref().is_some_and(|open| {
            !heads
                && !self.heads
                && !ends(&open.text)
                && is_prose(&open.text, number.is_some())
                && !is_numbered(&line.text)
        });
        let next = self.last.zip(number).is_some_and(|(last, number)| number == last + 1);
        if let Some(open) = self.open.as_mut().filter(|_| goes_on) {
            if next && open.text.len() + line.text.len() <= MOST_CHARACTERS {
                open.add(line);
                self.last = number;
                return None;
            }
            open.torn = true;
        }
        let before = self.end();
        (self.open, self.last, self.heads) = (Some(Prose::of(line, goes_on)), number, heads);
        before
    }

    /// Ends the open paragraph: something else follows.
    pub fn end(&mut self) -> Option<Prose<'l>> {
        self.last = None;
        self.open.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: Option<u32>, text: &str) -> Line {
        Line { text: text.into(), origin: Origin { line: number, ..Origin::default() }, blank_cell: false }
    }

    fn joined(flattened: bool, lines: &[&str]) -> Vec<(String, bool)> {
        let lines: Vec<Line> = (1..).zip(lines).map(|(number, text)| line(flattened.then_some(number), text)).collect();
        let mut joiner = Joiner::default();
        let mut found: Vec<Prose> = lines.iter().filter_map(|line| joiner.line(line, false)).collect();
        found.extend(joiner.end());
        found.into_iter().map(|prose| (prose.text.into_owned(), prose.torn)).collect()
    }

    #[test]
    fn lines_of_flattened_text_are_put_together_to_the_end_of_the_sentence() {
        let lines = ["  全年办结信息公开申请70件，其中予以公开2", "7件，部分公开9件。", "一、总体情况", "收到72件。"];
        let whole = |text: &str| (text.to_owned(), false);
        assert_eq!(
            joined(true, &lines),
            [
                whole("  全年办结信息公开申请70件，其中予以公开27件，部分公开9件。"),
                whole("一、总体情况"),
                whole("收到72件。")
            ]
        );
    }

    #[test]
    fn what_cannot_be_put_together_is_torn() {
        let lines = ["涉及违建拆除、土地征收等事项的行政诉讼、行政复议", "与信息公开无关。"];
        assert_eq!(joined(false, &lines), [(lines[0].to_owned(), true), (lines[1].to_owned(), true)]);
        assert_eq!(joined(false, &["总体情况", "收到72件。"])[1], ("收到72件。".to_owned(), false));
    }

    #[test]
    fn a_sentence_stands_where_its_line_does() {
        let lines = [line(Some(7), "收到申请72件，办结70件，结转6件，均已"), line(Some(8), "答复。予以公开27件。")];
        let mut joiner = Joiner::default();
        assert!(lines.iter().all(|line| joiner.line(line, false).is_none()));
        let prose = joiner.end().expect("one");
        assert_eq!(prose.origin(0).line, Some(7));
        assert_eq!(prose.origin(prose.text.find("予以").expect("there")).line, Some(8));
    }
}
