//! Why a user's form was refused: what, where in the file, expected, found.

use std::fmt;

use crate::lang::{Lang, Words};

/// Why a template was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError(Words);

/// Characters of the offending line that are shown.
const SHOWN: usize = 60;

impl TemplateError {
    pub(super) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        TemplateError(Words::new(en.into(), zh.into()))
    }

    /// What the parser of TOML met, with the line and its words.
    pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let what = Words::parsed(error.message());
        let (en, zh) = (what.of(Lang::En), what.of(Lang::Zh));
        let Some(span) = error.span() else { return TemplateError::new(en, zh) };
        let (line, column, shown) = place(text, span.start);
        TemplateError::new(
            format!("line {line}, column {column}, `{shown}`: {en}"),
            format!("第{line}行第{column}列 `{shown}`：{zh}"),
        )
    }

    /// The sentence, without the name of the file and without a remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        self.0.of(lang)
    }
}

/// Line and column of a byte, counted from 1, and the words of the line.
fn place(text: &str, at: usize) -> (usize, usize, String) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let shown =
        if line.chars().count() > SHOWN { line.chars().take(SHOWN).chain(['…']).collect() } else { line.to_owned() };
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1, shown)
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for TemplateError {}
