//! Figures of two reports, line by line.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::finding::Place;
use crate::report::{Amount, Figure, Report, TableReport, Text, Value};
use crate::template::{Form, Key};

/// A figure in two reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its public name.
    pub key: Key,
    /// Where the form prints it, after the edition of the first report that asks for it.
    pub place: Place,
    /// What the first report shows.
    pub first: Side,
    /// What the second report shows.
    pub second: Side,
    /// The second less the first; only of two numbers in one unit.
    pub difference: Option<Amount>,
    /// The same in percent of the first, to one place; never of 0.
    pub percent: Option<Amount>,
}

/// A figure in one report.
#[derive(Debug, Clone, PartialEq)]
pub enum Side {
    /// The edition of the table does not ask for it.
    NotAsked,
    /// What stands there.
    Shown {
        /// Its value or state.
        value: Value,
        /// Its unit.
        unit: Text,
        /// The text of the cell.
        raw: Option<Text>,
    },
}

impl Side {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        if let Side::Shown { value, .. } = self { value.number() } else { None }
    }

    /// `not_asked`, or the name of the state.
    #[must_use]
    pub fn state(&self) -> &'static str {
        if let Side::Shown { value, .. } = self { value.state() } else { "not_asked" }
    }

    fn unit(&self) -> Option<&str> {
        if let Side::Shown { unit, .. } = self { Some(unit) } else { None }
    }
}

impl Line {
    /// Whether both show the same: equal numbers in one unit, or the same state.
    #[must_use]
    pub fn is_same(&self) -> bool {
        match (self.first.number(), self.second.number()) {
            (Some(first), Some(second)) => first == second && self.first.unit() == self.second.unit(),
            (None, None) => self.first.state() == self.second.state(),
            _ => false,
        }
    }
}

/// Every figure that either report has.
pub(super) fn lines(first: &Report, second: &Report, forms: &[Arc<Form>]) -> Vec<Line> {
    let mut ids: Vec<&str> = Vec::new();
    for table in first.tables.iter().chain(&second.tables) {
        if !ids.contains(&table.id.as_str()) {
            ids.push(&table.id);
        }
    }
    let table = |report: &'_ Report, id: &str| report.tables.iter().position(|table| table.id == id);
    let mut lines = Vec::new();
    for id in ids {
        let pair = (table(first, id).map(|at| &first.tables[at]), table(second, id).map(|at| &second.tables[at]));
        of_table(pair, forms, &mut lines);
    }
    lines
}

fn of_table(pair: (Option<&TableReport>, Option<&TableReport>), forms: &[Arc<Form>], lines: &mut Vec<Line>) {
    let figures = |table: Option<&'_ TableReport>| {
        table.map(|table| table.figures.iter().map(|figure| figure.key.clone()).collect::<Vec<_>>()).unwrap_or_default()
    };
    let mut keys = figures(pair.0);
    keys.extend(figures(pair.1).into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>());
    for key in keys {
        let (first, second) = (side(pair.0, &key, forms), side(pair.1, &key, forms));
        let place = [pair.0, pair.1].into_iter().flatten().find_map(|table| place(table, &key, forms));
        let Some(place) = place else { continue };
        let difference = difference(&first, &second);
        let percent = difference.and_then(|difference| percent(difference, first.number()?));
        lines.push(Line {
            key,
            place,
            first,
            second,
            difference: difference.map(Amount),
            percent: percent.map(Amount),
        });
    }
}

fn form<'f>(table: &TableReport, forms: &'f [Arc<Form>]) -> Option<&'f Form> {
    forms.iter().find(|form| form.edition == table.form).map(Arc::as_ref)
}

fn place(table: &TableReport, key: &Key, forms: &[Arc<Form>]) -> Option<Place> {
    let form = form(table, forms)?;
    form.field(key).map(|field| Place::of(form, field))
}

/// What a table shows of a figure. A report without any such table lacks the figure; one whose table is of an
/// edition that does not ask for it was not asked.
fn side(table: Option<&TableReport>, key: &Key, forms: &[Arc<Form>]) -> Side {
    let Some(table) = table else { return Side::NotAsked };
    if let Some(Figure { value, unit, raw, .. }) = table.figures.iter().find(|figure| figure.key == *key) {
        return Side::Shown { value: *value, unit: unit.clone(), raw: raw.clone() };
    }
    let optional = form(table, forms).is_some_and(|form| form.field(key).is_some());
    if optional { Side::Shown { value: Value::Missing, unit: Text::default(), raw: None } } else { Side::NotAsked }
}

fn difference(first: &Side, second: &Side) -> Option<Decimal> {
    let (from, to) = (first.number()?, second.number()?);
    (first.unit() == second.unit()).then(|| to.checked_sub(from)).flatten()
}

/// To one place, halves away from 0.
fn percent(difference: Decimal, from: Decimal) -> Option<Decimal> {
    let hundredfold = difference.checked_mul(Decimal::ONE_HUNDRED)?;
    // Of 0 there is no percentage.
    let percent = hundredfold.checked_div(from.abs())?;
    Some(percent.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(text: &str) -> Side {
        let value = match text {
            "" => Value::Blank,
            "/" => Value::NotApplicable,
            number => Value::Number(number.parse().expect("a number")),
        };
        Side::Shown { value, unit: "件".into(), raw: None }
    }

    #[test]
    fn only_numbers_have_a_difference_and_only_what_was_there_a_percentage() {
        for (first, second, wanted, share) in [
            ("12", "15", Some("3"), Some("25")),
            ("15", "12", Some("-3"), Some("-20")),
            ("3", "1", Some("-2"), Some("-66.7")),
            ("0", "5", Some("5"), None),
            ("5", "0", Some("-5"), Some("-100")),
            ("-4", "4", Some("8"), Some("200")),
            ("", "5", None, None),
            ("/", "0", None, None),
            ("0.10", "0.1", Some("0"), Some("0")),
        ] {
            let (first, second) = (side(first), side(second));
            let difference = difference(&first, &second);
            let percent = difference.and_then(|difference| percent(difference, first.number()?));
            let shown = |number: Option<Decimal>| number.map(|number| number.normalize().to_string());
            assert_eq!(
                (shown(difference).as_deref(), shown(percent).as_deref()),
                (wanted, share),
                "{first:?} {second:?}"
            );
        }
    }

    #[test]
    fn units_are_never_mixed() {
        let money = |unit: &str| Side::Shown {
            value: Value::Number("52".parse().expect("a number")),
            unit: unit.into(),
            raw: None,
        };
        assert_eq!(difference(&money("元"), &money("万元")), None);
        assert_eq!(difference(&money("元"), &money("元")), Some(Decimal::ZERO));
    }
}
