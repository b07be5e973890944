//! The sums of a printed form as formulas, and what they come to.
//!
//! A total whose parts add up to what was published may be shown by its formula: both give the
//! same number. Any other published number stays as it is, and the formula stands beside it.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, RowNum, row_col_to_cell};

use crate::report::{Figure, TableReport, Value};
use crate::template::{Form, Key, Kind, Relation, RuleInstance};

/// Where the figures of a table stand on its sheet.
pub(super) type Places<'a> = HashMap<&'a Key, (RowNum, ColNum)>;

/// Arguments of a function and characters of a formula: Excel takes no more.
const MOST_ARGUMENTS: usize = 255;
const LONGEST_FORMULA: usize = 8_000;

/// A rule of the form in one row or column of a report.
pub(super) struct Rule<'a> {
    pub instance: &'a RuleInstance,
    pub left: Side,
    pub right: Side,
    pub relation: Relation,
}

/// One side of a rule.
pub(super) struct Side {
    /// Its figures as a formula without `=`.
    pub formula: String,
    /// What they come to, blanks read as 0; `None` where one is lacking.
    pub sum: Option<Decimal>,
}

impl<'a> Rule<'a> {
    /// The total that stands alone on its side, its parts, and their sum.
    fn total(&self) -> Option<(usize, &'a [usize], &Side)> {
        let RuleInstance { left, right, .. } = self.instance;
        match (left.as_slice(), right.as_slice()) {
            _ if self.relation != Relation::Equal => None,
            (terms, [total]) if terms.len() > 1 => Some((*total, terms, &self.left)),
            ([total], terms) if terms.len() > 1 => Some((*total, terms, &self.right)),
            _ => None,
        }
    }

    /// Whether it holds; `None` where it cannot be assessed.
    pub fn holds(&self) -> Option<bool> {
        let (left, right) = (self.left.sum?, self.right.sum?);
        Some(match self.relation {
            Relation::Equal => left == right,
            Relation::AtMost => left <= right,
        })
    }

    /// Left less right.
    pub fn difference(&self) -> Option<Decimal> {
        self.left.sum?.checked_sub(self.right.sum?)
    }
}

/// The rules of a table that concern figures on its sheet, in the form's order.
pub(super) fn rules<'a>(form: &'a Form, table: usize, report: &TableReport, places: &Places) -> Vec<Rule<'a>> {
    let figures: HashMap<&Key, &Figure> = report.figures.iter().map(|figure| (&figure.key, figure)).collect();
    let of_table = form.rules.iter().filter(|rule| rule.table == table);
    of_table.filter_map(|rule| instance(form, rule, &figures, places)).collect()
}

fn instance<'a>(
    form: &'a Form,
    instance: &'a RuleInstance,
    figures: &HashMap<&Key, &Figure>,
    places: &Places,
) -> Option<Rule<'a>> {
    let side = |terms: &[usize]| side(form, terms, figures, places);
    let (left, right) = (side(&instance.left)?, side(&instance.right)?);
    Some(Rule { instance, left, right, relation: form.identity(instance).relation })
}

/// `None` where no figure of it is on the sheet, or Excel would not take the formula.
fn side(form: &Form, terms: &[usize], figures: &HashMap<&Key, &Figure>, places: &Places) -> Option<Side> {
    let mut cells = Vec::new();
    let mut sum = Some(Decimal::ZERO);
    for field in terms.iter().map(|term| &form.fields[*term]) {
        let (figure, place) = (figures.get(&field.key), places.get(&field.key));
        let column = form.parts(field).3;
        let number = match figure.map(|figure| figure.value) {
            Some(Value::Number(number)) => Some(number.0),
            Some(Value::Blank | Value::NotApplicable) => Some(Decimal::ZERO),
            None if form.parts(field).2.optional => Some(Decimal::ZERO),
            _ => None,
        };
        // 元 and 万元 do not add up.
        let in_unit = column.kind != Kind::Amount || figure.is_none_or(|figure| figure.unit == column.unit);
        sum = sum.zip(number.filter(|_| in_unit)).and_then(|(sum, number)| sum.checked_add(number));
        cells.extend(place);
    }
    let formula = formula(&cells)?;
    Some(Side { formula, sum })
}

/// `SUM(D8:I8)`, neighbours as one range; one cell as a number, since what is printed in it may be none (`/`).
fn formula(cells: &[(RowNum, ColNum)]) -> Option<String> {
    let ranges = ranges(cells);
    let text = match ranges.as_slice() {
        [] => return None,
        [(from, to)] if from == to => format!("N({})", row_col_to_cell(from.0, from.1)),
        ranges if ranges.len() > MOST_ARGUMENTS => return None,
        ranges => format!("SUM({})", ranges.iter().map(range).collect::<Vec<_>>().join(",")),
    };
    (text.len() <= LONGEST_FORMULA).then_some(text)
}

type Range = ((RowNum, ColNum), (RowNum, ColNum));

fn range((from, to): &Range) -> String {
    let first = row_col_to_cell(from.0, from.1);
    if from == to { first } else { format!("{first}:{}", row_col_to_cell(to.0, to.1)) }
}

/// Cells that follow one another along a row or a column, taken together.
fn ranges(cells: &[(RowNum, ColNum)]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for &cell in cells {
        match ranges.last_mut() {
            Some((from, to)) if from.0 == cell.0 && *to == (cell.0, cell.1.wrapping_sub(1)) => *to = cell,
            Some((from, to)) if from.1 == cell.1 && *to == (cell.0.wrapping_sub(1), cell.1) => *to = cell,
            _ => ranges.push((cell, cell)),
        }
    }
    ranges
}

/// For each total whose parts add up to it, by every rule about it, the formula that may stand in
/// its cell. No formula leads back to itself, whatever rules a form has.
pub(super) fn totals<'a>(form: &'a Form, rules: &[Rule<'a>]) -> HashMap<&'a Key, String> {
    let mut totals = HashMap::new();
    let mut parts: HashMap<usize, &[usize]> = HashMap::new();
    let failing: HashSet<usize> =
        rules.iter().filter(|rule| rule.holds() == Some(false)).map(|rule| rule.instance.subject).collect();
    for rule in rules.iter().filter(|rule| rule.holds() == Some(true)) {
        let Some((total, terms, side)) = rule.total() else { continue };
        if !failing.contains(&total) && !parts.contains_key(&total) && !leads_to(terms, total, &parts) {
            parts.insert(total, terms);
            totals.insert(&form.fields[total].key, side.formula.clone());
        }
    }
    totals
}

/// Whether some of the terms is the total, or is shown by a formula over it.
fn leads_to(terms: &[usize], total: usize, parts: &HashMap<usize, &[usize]>) -> bool {
    let mut seen = HashSet::new();
    let mut todo = terms.to_vec();
    while let Some(term) = todo.pop() {
        if term == total {
            return true;
        }
        if seen.insert(term) {
            todo.extend(parts.get(&term).copied().unwrap_or_default());
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_range() {
        for (cells, wanted) in [
            (&[(7, 3), (7, 4), (7, 5)][..], Some("SUM(D8:F8)")),
            (&[(1, 0), (2, 0), (4, 0)], Some("SUM(A2:A3,A5)")),
            (&[(0, 0), (1, 1)], Some("SUM(A1,B2)")),
            (&[(0, 0), (0, 1), (1, 1)], Some("SUM(A1:B1,B2)")),
            (&[(2, 2)], Some("N(C3)")),
            (&[], None),
        ] {
            assert_eq!(formula(cells).as_deref(), wanted);
        }
    }

    #[test]
    fn no_formula_leads_back_to_itself() {
        let parts = HashMap::from([(1, &[2, 3][..]), (3, &[4][..])]);
        assert!(leads_to(&[1], 4, &parts));
        assert!(leads_to(&[4], 4, &parts));
        assert!(!leads_to(&[1], 5, &parts));
    }
}
