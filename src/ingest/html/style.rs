//! What of an inline style decides whether and how text is printed.

use std::borrow::Cow;

use super::element::Group;

/// What `display` and its kin make of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Not printed.
    Hidden,
    /// In lines of its own.
    Block,
    /// A table, and its parts.
    Table,
    Group(Group),
    Row,
    Cell,
    /// In a line, or in a way of its own.
    Other,
}

/// A style as far as it matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) display: Option<Display>,
    /// The list of a Word file's comments.
    pub(super) comments: bool,
    /// What Excel writes to the right of the last cell of a row.
    pub(super) filler: bool,
    pub(super) struck: bool,
    /// Set above the line.
    pub(super) raised: bool,
    /// In pixels.
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

/// Reads the declarations of a `style` attribute.
pub(super) fn of(text: &str) -> Style {
    let mut style = Style::default();
    let mut hidden = false;
    for declaration in text.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim(), value.trim());
        let value = value.split('!').next().unwrap_or_default().trim_end();
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        let lower = || name.to_ascii_lowercase().into();
        let name: Cow<'_, str> = if name.bytes().any(|byte| byte.is_ascii_uppercase()) { lower() } else { name.into() };
        match &*name {
            // A later declaration wins over an earlier one.
            "display" => style.display = Some(display(value)),
            "visibility" if is("hidden") || is("collapse") => hidden = true,
            "mso-hide" => hidden |= is("all"),
            "text-decoration" | "text-decoration-line" => {
                style.struck = value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("line-through"));
            }
            "vertical-align" => style.raised = is("super") || is("sub"),
            "font-size" | "opacity" => hidden |= is_nothing(value),
            "mso-ignore" => style.filler |= is("colspan"),
            "mso-element" => style.comments |= is("comment-list"),
            "width" => style.width = pixels(value),
            "height" => style.height = pixels(value),
            _ => {}
        }
    }
    if hidden {
        style.display = Some(Display::Hidden);
    }
    style
}

/// `0`, `0px`, `0.0`: text of that size or opacity is not seen.
fn is_nothing(value: &str) -> bool {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    digits.parse() == Ok(0.0)
}

fn display(value: &str) -> Display {
    match value.to_ascii_lowercase().as_str() {
        "none" => Display::Hidden,
        "block" => Display::Block,
        "table" => Display::Table,
        "table-header-group" => Display::Group(Group::Head),
        "table-row-group" => Display::Group(Group::Body),
        "table-footer-group" => Display::Group(Group::Foot),
        "table-row" => Display::Row,
        "table-cell" => Display::Cell,
        _ => Display::Other,
    }
}

/// A length that is stated in pixels, or without a unit.
pub(super) fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let unit = value[digits..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let length = value[..digits].parse().ok()?;
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_is_what_is_not_printed() {
        for text in ["display:none", "COLOR:red; Display : NONE !important", "mso-hide:all", "visibility:hidden;"] {
            assert_eq!(of(text).display, Some(Display::Hidden), "{text}");
        }
        for text in ["", "display:block", "display:none;display:block", "mso-hide:screen", "background:none", "x"] {
            assert_ne!(of(text).display, Some(Display::Hidden), "{text}");
        }
    }

    #[test]
    fn lengths_are_pixels_or_nothing() {
        assert_eq!(
            ["16", "16px", " 20.5 PX ", "2em", "50%", "", "auto"].map(pixels),
            [Some(16), Some(16), Some(20), None, None, None, None]
        );
    }
}
