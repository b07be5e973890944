//! Text of documents as HTML.

/// Characters of a text that are shown. A cell may hold pages of prose.
const LONGEST: usize = 600;

/// Text as HTML shows it, in content and in attributes. Control characters, and those that turn the line around, are
/// made visible: a document must not make the page say something else.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' | '\t' | '\r' => out.push(' '),
            char if char.is_control() || is_direction(char) || is_no_character(char) => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

fn is_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Code points that are no characters, which HTML does not allow.
fn is_no_character(char: char) -> bool {
    matches!(char, '\u{fdd0}'..='\u{fdef}') || u32::from(char) & 0xfffe == 0xfffe
}

/// A text cut where it is too long.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let text = "<script>alert('1')</script>&amp;\u{202e}\u{1b}\u{ffff}\"\n";
        let shown = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;\u{fffd}\u{fffd}\u{fffd}&quot; ";
        assert_eq!(escaped(text), shown);
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let text = "字".repeat(LONGEST + 1);
        assert_eq!(short(&text).chars().count(), LONGEST + 1);
        assert!(short(&text).ends_with('…'));
        assert_eq!(short("字"), "字");
    }
}
