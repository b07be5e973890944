//! The two languages in which people are spoken to, and words said in both.

mod parsed;

use std::borrow::Cow;

/// A language for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// The one of two that is in this language.
    #[must_use]
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

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

    /// What a parser of TOML or JSON complains of, which it says in English only.
    #[must_use]
    pub fn parsed(message: &str) -> Self {
        Words::new(parsed::in_english(message), parsed::in_chinese(message))
    }

    /// The words in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }
}

impl From<(&'static str, &'static str)> for Words {
    fn from((en, zh): (&'static str, &'static str)) -> Self {
        Words::new(en, zh)
    }
}
