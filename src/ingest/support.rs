//! The checklist of a reader: what of its format is read, and how well, for `gongkai formats`.

use crate::finding::Lang;

/// How much of something is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Read,
    /// Part of it; the words say which.
    Partly,
    /// Nothing of it.
    Not,
}

/// Something that files of a format hold, and how well it is read.
#[derive(Debug, Clone, Copy)]
pub struct Support {
    /// How much of it.
    pub extent: Extent,
    what: (&'static str, &'static str),
    how: (&'static str, &'static str),
}

impl Support {
    /// Read: what (English, Chinese), and how or which of it.
    #[must_use]
    pub const fn read(what: (&'static str, &'static str), how: (&'static str, &'static str)) -> Self {
        Support { extent: Extent::Read, what, how }
    }

    /// Partly read: what, and which part.
    #[must_use]
    pub const fn partly(what: (&'static str, &'static str), how: (&'static str, &'static str)) -> Self {
        Support { extent: Extent::Partly, what, how }
    }

    /// Not read: what, and what to do about it.
    #[must_use]
    pub const fn not(what: (&'static str, &'static str), how: (&'static str, &'static str)) -> Self {
        Support { extent: Extent::Not, what, how }
    }

    /// What every format with looks does with text that is struck out or set above the line.
    pub(crate) const MARKS: Support = Support::read(
        ("struck out, above the line", "删除线与上标"),
        (
            "struck text out, with a finding; digits above the line are marks of notes, no part of a number",
            "删除线文字不计并提示；上标数字是注释标记，不属于数字",
        ),
    );

    /// What it is about.
    #[must_use]
    pub fn what(&self, lang: Lang) -> &'static str {
        lang.pick(self.what.0, self.what.1)
    }

    /// How, or which of it; empty where there is nothing to add.
    #[must_use]
    pub fn how(&self, lang: Lang) -> &'static str {
        lang.pick(self.how.0, self.how.1)
    }
}

impl Extent {
    /// The name in `formats --format json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Extent::Read => "read",
            Extent::Partly => "partly",
            Extent::Not => "not",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Extent::Read => lang.pick("read", "读取"),
            Extent::Partly => lang.pick("partly", "部分读取"),
            Extent::Not => lang.pick("not read", "不读取"),
        }
    }
}
