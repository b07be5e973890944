//! An entry of the catalogue as docs/checks.md has it.

use super::{Code, Lang};

/// The code with its weight, its meaning, the rules that are reported under it, its sentences and remedies.
#[must_use]
pub fn catalogued(code: Code, rules: &[String]) -> String {
    let entry = code.entry();
    let mut out = format!("\n#### `{}` ({}, {})\n\n", entry.name, entry.severity.name(), entry.grade.name());
    out += &format!("{} {}\n\n", entry.title(Lang::En), entry.title(Lang::Zh));
    for rule in rules {
        out += &format!("{rule}\n");
    }
    out += &format!("- Says: {}\n- 提示：{}\n", entry.message(Lang::En), entry.message(Lang::Zh));
    if !entry.remedy(Lang::En).is_empty() {
        out += &format!("- What to do: {} {}\n", entry.remedy(Lang::En), entry.remedy(Lang::Zh));
    }
    out
}
