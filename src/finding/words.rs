//! A few words in both languages, for what is no finding of its own: causes and reasons.

use std::borrow::Cow;

use super::Lang;

/// The same said in English and in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    en: Cow<'static, str>,
    zh: Cow<'static, str>,
}

impl Words {
    /// The two of them.
    pub fn new(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Self {
        Words { en: en.into(), zh: zh.into() }
    }

    /// The words in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl From<(&'static str, &'static str)> for Words {
    fn from((en, zh): (&'static str, &'static str)) -> Self {
        Words::new(en, zh)
    }
}
