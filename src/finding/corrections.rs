//! Which corrections would mend which sum that fails.

use super::{Code, Finding};

impl Finding {
    /// How many ways there are to mend all sums with as many changes, of which this correction is one.
    #[must_use]
    pub fn ways(&self) -> usize {
        self.details.get("sets").and_then(|sets| sets.parse().ok()).unwrap_or(1)
    }

    /// Whether this is a correction that mends the very sum that another finding says fails: it names its rule, and
    /// its row or column where the rule holds for several.
    #[must_use]
    pub fn mends(&self, failing: &Finding) -> bool {
        if self.code != Code::LikelyCorrection {
            return false;
        }
        let (Some(sums), Some(place)) = (self.details.get("mends"), &failing.place) else { return false };
        if self.place.as_ref().is_none_or(|own| own.table != place.table) {
            return false;
        }
        let code = failing.code.entry().name;
        let (row, column) = (last(&place.row), last(&place.column));
        sums.split(" and ").any(|sum| match sum.split_once(" (") {
            None => sum == code,
            Some((rule, at)) => rule == code && (names(at, "row", row) || names(at, "column", column)),
        })
    }
}

/// The innermost label of a place.
fn last(labels: &str) -> &str {
    labels.rsplit(" / ").next().unwrap_or_default()
}

/// Whether `row “label”)` names this label of this axis.
fn names(at: &str, axis: &str, label: &str) -> bool {
    let named = at.strip_prefix(axis).and_then(|rest| rest.trim().strip_prefix('“')?.strip_suffix("”)"));
    !label.is_empty() && named == Some(label)
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    fn at(code: Code, row: &str, column: &str) -> Finding {
        let place = Place { table: "甲表".to_owned(), row: row.to_owned(), column: column.to_owned() };
        Finding::new(code).place(place)
    }

    #[test]
    fn a_correction_goes_with_the_sums_that_it_names() {
        let hint = at(Code::LikelyCorrection, "三 / 1.甲", "自然人");
        let hint = hint.detail("mends", "outcomes (column “自然人”) and row_total (row “1.甲”) and review_total");
        let mended = |failing: Finding| usize::from(hint.mends(&failing));
        assert_eq!(mended(at(Code::Outcomes, "三 / （七）总计", "自然人")), 1);
        assert_eq!(mended(at(Code::RowTotal, "三 / 1.甲", "总计")), 1);
        assert_eq!(mended(at(Code::ReviewTotal, "任意", "任意")), 1);
        assert_eq!(mended(at(Code::RowTotal, "三 / 2.乙", "自然人")), 0, "another row");
        assert_eq!(mended(at(Code::Balance, "三 / 1.甲", "自然人")), 0, "another rule");
    }
}
