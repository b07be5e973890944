//! Whether each table is of the edition made for the report's year.

use super::Check;
use super::subject::{Subject, Verdicts};
use crate::finding::{Code, Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "edition_of_year",
    codes: &[Code::EditionOfYear],
    doc: "Each table found is of the edition made for the report's year. Reports print old tables for years \
          after a new form came out; their figures are kept under the edition found.",
    run,
};

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    let Subject { report, forms, table, .. } = subject;
    // A table that was not found is of no edition.
    let Some(edition) = &table.edition else { return };
    let found = forms.iter().find(|form| form.edition == *edition);
    let (Some(year), Some(found)) = (report.year, found) else {
        return verdicts.not_assessable(Code::EditionOfYear, 1);
    };
    if found.made_for(year) {
        return verdicts.passed(Code::EditionOfYear, 1);
    }
    let mut finding = Finding::new(Code::EditionOfYear)
        .place(Place::of_table(subject.form, subject.index))
        .found(edition)
        .detail("year", year);
    finding.origin = table.origin;
    let made = forms.iter().find(|form| form.made_for(year) && form.table(&table.id).is_some());
    finding.expected = made.map(|form| form.edition.clone());
    verdicts.failed(finding);
}
