//! The part of docs/checks.md about several reports together.

use super::CHECKS;
use crate::finding::catalogued;

const HEAD: &str = "
## Across years and organs

What `gongkai panel` finds in reports that belong together. Only reports of years that follow each other are compared.
";

/// The reference of these findings.
#[must_use]
pub fn markdown() -> String {
    let mut out = HEAD.to_owned();
    for check in CHECKS {
        out += &format!("\n### Check `{}`\n\n{}\n", check.name, check.doc);
        for &code in check.codes {
            out += &catalogued(code, &[]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{ACROSS, Lang};

    #[test]
    fn every_code_across_reports_belongs_to_one_check() {
        let mut codes: Vec<_> = CHECKS.iter().flat_map(|check| check.codes.iter().copied()).collect();
        codes.sort();
        assert_eq!(codes, ACROSS);
        assert!(markdown().contains(ACROSS[0].entry().title(Lang::Zh)));
    }
}
