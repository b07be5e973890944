//! What is asked of whoever publishes a report, in the words of the trade.

use serde::{Deserialize, Serialize};

use super::Lang;

/// What is asked of whoever publishes the report. A severity says how sure it is that something is
/// wrong, a grade what has to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 核实性: to be explained or confirmed; real and correct reports may have it.
    Confirm,
    /// 强制性: to be mended; no explanation makes it right.
    Mandatory,
}

impl Grade {
    /// Every name, the lighter first.
    pub const NAMES: [&'static str; 2] = ["confirm", "mandatory"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Grade::NAMES[self as usize]
    }

    /// The word for people.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (grade, Lang::En) => grade.name(),
            (Grade::Confirm, Lang::Zh) => "核实性",
            (Grade::Mandatory, Lang::Zh) => "强制性",
        }
    }

    /// What is to be done, in a few words.
    #[must_use]
    pub fn about(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Grade::Confirm, Lang::En) => "to be explained or confirmed",
            (Grade::Confirm, Lang::Zh) => "须说明或确认",
            (Grade::Mandatory, Lang::En) => "to be mended",
            (Grade::Mandatory, Lang::Zh) => "必须更正",
        }
    }
}
