//! Text for a terminal: widths, lines, and nothing that a document could steer the terminal with.

use unicode_width::UnicodeWidthChar;

/// `1 report`, `2 reports`.
pub(crate) fn plural(count: usize, name: &str) -> String {
    if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") }
}

/// How wide characters are that Unicode calls ambiguous (“ ” … ×): 1 in most terminals, 2 in
/// some set up for Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ruler {
    pub(crate) ambiguous_wide: bool,
}

impl Ruler {
    pub(crate) fn char_width(self, c: char) -> usize {
        let width = if self.ambiguous_wide { c.width_cjk() } else { c.width() };
        width.unwrap_or(0)
    }

    pub(crate) fn width(self, text: &str) -> usize {
        text.chars().map(|c| self.char_width(c)).sum()
    }

    /// Breaks a text into lines of at most `width`: at spaces and around wide characters; inside
    /// a word only where the word alone is wider than a line. Closing marks do not begin a line.
    pub(crate) fn wrap(self, text: &str, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for line in text.split('\n') {
            self.wrap_line(line, width.max(2), &mut lines);
        }
        lines
    }

    fn wrap_line(self, text: &str, width: usize, lines: &mut Vec<String>) {
        let mut line = String::new();
        let mut used = 0;
        for unit in self.units(text) {
            let unit_width = self.width(unit);
            if used + unit_width > width && used > 0 {
                lines.push(line.trim_end().to_owned());
                (line, used) = (String::new(), 0);
                if unit == " " {
                    continue;
                }
            }
            for c in unit.chars() {
                let char_width = self.char_width(c);
                if used + char_width > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += char_width;
            }
        }
        lines.push(line.trim_end().to_owned());
    }

    /// Pieces that stay together: a space, a word, a wide character with the closing marks after
    /// it and the opening marks before it.
    fn units(self, text: &str) -> Vec<&str> {
        let mut units = Vec::new();
        let mut start = 0;
        let mut before: Option<char> = None;
        for (at, c) in text.char_indices() {
            if before.is_some_and(|before| !self.sticks(before, c)) {
                units.push(&text[start..at]);
                start = at;
            }
            before = Some(c);
        }
        if start < text.len() {
            units.push(&text[start..]);
        }
        units
    }

    fn sticks(self, before: char, c: char) -> bool {
        let narrow = |c: char| c != ' ' && self.char_width(c) < 2;
        is_closing(c) || is_opening(before) || (narrow(before) && narrow(c) && !is_closing(before))
    }
}

fn is_closing(c: char) -> bool {
    "，。、；：！？）】》”’」»%".contains(c)
}

fn is_opening(c: char) -> bool {
    "（【《“‘「«".contains(c)
}

/// The text without control and direction characters: a document must not move the cursor,
/// change colours, or turn the line around.
pub(crate) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => '\n',
        '\t' | '\r' => ' ',
        c if c.is_control() || is_direction(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Ruler = Ruler { ambiguous_wide: false };
    const WIDE: Ruler = Ruler { ambiguous_wide: true };

    #[test]
    fn widths_count_columns() {
        assert_eq!(NARROW.width("三、本年12"), 10);
        assert_eq!(NARROW.width("“三”"), 4);
        assert_eq!(WIDE.width("“三”"), 6);
    }

    #[test]
    fn lines_fit_and_closing_marks_do_not_begin_one() {
        assert_eq!(NARROW.wrap("三、本年度办理结果", 6), ["三、本", "年度办", "理结果"]);
        assert_eq!(NARROW.wrap("（三）不予公开", 6), ["（三）", "不予公", "开"]);
        assert_eq!(NARROW.wrap("数量12345", 6), ["数量", "12345"]);
        assert_eq!(NARROW.wrap("不予公开，附", 8), ["不予公", "开，附"]);
        assert_eq!(NARROW.wrap("the row adds up", 7), ["the row", "adds up"]);
        assert_eq!(NARROW.wrap("1234567", 4), ["1234", "567"]);
        assert_eq!(NARROW.wrap("", 4), [""]);
        assert_eq!(NARROW.wrap("a\nb", 4), ["a", "b"]);
    }

    #[test]
    fn a_document_cannot_steer_the_terminal() {
        assert_eq!(visible("5\u{1b}[31m\u{202e}\t6\n"), "5\u{fffd}[31m\u{fffd} 6\n");
    }
}
