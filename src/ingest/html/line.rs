//! A line of text while it is put together, its white space collapsed as on screen.

use crate::ingest::unified::raised;

/// The line that is being written.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// A blank stands before the next character, if one follows in this line.
    blank_due: bool,
    /// Elements now open that keep their white space.
    pub(super) preformatted: usize,
    /// Elements now open that set their text above the line.
    pub(super) raised: usize,
    /// The lines of the file count as lines.
    pub(super) lines_count: bool,
}

/// White space of HTML: a no-break space is none.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl Line {
    /// Adds text. If the line ends within it, what follows is given back.
    pub(super) fn push<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if self.preformatted == 0 && !self.lines_count {
            self.collapse(text);
            return None;
        }
        let (line, rest) = match text.split_once('\n') {
            Some((line, rest)) => (line, Some(rest)),
            None => (text, None),
        };
        if self.preformatted > 0 {
            self.text.push_str(line.trim_end_matches('\r'));
        } else {
            self.collapse(line);
        }
        rest
    }

    fn collapse(&mut self, text: &str) {
        let mut words = text.split(is_blank);
        // Between two parts of the split stands a blank.
        if let Some(first) = words.next() {
            self.word(first);
        }
        for word in words {
            self.blank_due = true;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if std::mem::take(&mut self.blank_due) && !self.text.is_empty() {
            self.text.push(' ');
        }
        if self.raised > 0 {
            self.text.extend(word.chars().map(raised));
        } else {
            self.text.push_str(word);
        }
    }

    /// Ends the line: its text, unless there is none.
    pub(super) fn take(&mut self) -> Option<String> {
        self.blank_due = false;
        let empty = self.text.chars().all(is_blank);
        let text = if empty { None } else { Some(self.text.as_str().to_owned()) };
        self.text.clear();
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collapsed(parts: &[&str]) -> Option<String> {
        let mut line = Line::default();
        assert!(parts.iter().all(|part| line.push(part).is_none()));
        line.take()
    }

    #[test]
    fn white_space_collapses_within_and_across_parts() {
        assert_eq!(collapsed(&["  a \n\t b", " ", " c "]).as_deref(), Some("a b c"));
        assert_eq!(collapsed(&["a", "b"]).as_deref(), Some("ab"));
        assert_eq!(collapsed(&[" \n ", "\t"]), None);
    }

    #[test]
    fn a_no_break_space_is_a_character() {
        assert_eq!(collapsed(&[" \u{a0} "]).as_deref(), Some("\u{a0}"));
    }

    #[test]
    fn preformatted_text_keeps_its_lines_and_blanks() {
        let mut line = Line { preformatted: 1, ..Line::default() };
        assert_eq!(line.push("a  b\r\nc"), Some("c"));
        assert_eq!(line.take().as_deref(), Some("a  b"));
    }
}
