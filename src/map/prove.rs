//! What sums can prove about figures whose labels do not settle them.
//!
//! Figures are those of one table, counted from its first. Blanks read as 0; a figure that is
//! missing or no number proves nothing.

use rust_decimal::Decimal;

use crate::report::{Figure, Value};
use crate::template::{Form, Level, Per, Relation, RuleInstance};

/// The sums of one table that must hold.
fn sums(form: &Form, table: usize) -> impl Iterator<Item = &RuleInstance> {
    let must = |rule: &&RuleInstance| {
        let identity = form.identity(rule);
        identity.relation == Relation::Equal && identity.level == Level::Hard
    };
    form.rules.iter().filter(move |rule| rule.table == table).filter(must)
}

/// Whether there are sums down the columns, and every one holds.
pub(super) fn columns_hold(form: &Form, table: usize, figures: &[Option<Figure>]) -> bool {
    let start = form.range(table).start;
    let mut columns = sums(form, table).filter(|rule| form.identity(rule).per == Per::Column).peekable();
    columns.peek().is_some() && columns.all(|rule| difference(rule, start, figures) == Some(Decimal::ZERO))
}

/// Whether there are sums over figures that are `open` and over others, and every one holds.
pub(super) fn rest_holds(form: &Form, table: usize, figures: &[Option<Figure>], open: impl Fn(usize) -> bool) -> bool {
    let start = form.range(table).start;
    let is_open = |term: &usize| open(*term - start);
    let links = |rule: &&RuleInstance| {
        let terms = || rule.left.iter().chain(rule.right.iter());
        terms().any(is_open) && !terms().all(is_open)
    };
    let mut linking = sums(form, table).filter(links).peekable();
    linking.peek().is_some() && linking.all(|rule| difference(rule, start, figures) == Some(Decimal::ZERO))
}

/// Whether there are sums over a figure, and every one holds.
pub(super) fn holds_with(form: &Form, table: usize, figures: &[Option<Figure>], position: usize) -> bool {
    let start = form.range(table).start;
    let over = |rule: &&RuleInstance| rule.left.iter().chain(rule.right.iter()).any(|term| term - start == position);
    let mut over = sums(form, table).filter(over).peekable();
    over.peek().is_some() && over.all(|rule| difference(rule, start, figures) == Some(Decimal::ZERO))
}

/// Left side less right side; `None` if it cannot be known.
fn difference(rule: &RuleInstance, start: usize, figures: &[Option<Figure>]) -> Option<Decimal> {
    let side = |terms: &[usize]| {
        terms.iter().try_fold(Decimal::ZERO, |sum, &term| sum.checked_add(number(figures[term - start].as_ref()?)?))
    };
    side(&rule.left)?.checked_sub(side(&rule.right)?)
}

fn number(figure: &Figure) -> Option<Decimal> {
    match figure.value {
        Value::Number(number) => Some(number.0),
        Value::Blank | Value::NotApplicable => Some(Decimal::ZERO),
        Value::Unreadable | Value::Missing | Value::Ambiguous => None,
    }
}

/// What the sums want of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// No sum goes over it.
    Open,
    /// Every sum over it holds with this number in its place.
    Number(Decimal),
    /// No number makes every sum over it hold, or that cannot be known.
    Nothing,
}

/// The blank figures of a table, and the number that every sum over each, and at least one,
/// wants in its place.
pub(super) fn wishes(form: &Form, table: usize, figures: &[Option<Figure>]) -> Vec<(usize, Decimal)> {
    let start = form.range(table).start;
    let mut wishes = vec![Wish::Open; figures.len()];
    for rule in sums(form, table) {
        let difference = difference(rule, start, figures);
        let sides = rule
            .left
            .iter()
            .map(|term| (term, -Decimal::ONE))
            .chain(rule.right.iter().map(|term| (term, Decimal::ONE)));
        for (term, sign) in sides {
            let wish = &mut wishes[term - start];
            let wanted = difference.map(|difference| Wish::Number(difference * sign));
            *wish = match (*wish, wanted) {
                (Wish::Open, Some(wanted)) => wanted,
                (known, Some(wanted)) if known == wanted => known,
                _ => Wish::Nothing,
            };
        }
    }
    let blank = |at: &usize| figures[*at].as_ref().is_some_and(|figure| figure.value == Value::Blank);
    let number = |at: usize| match wishes[at] {
        Wish::Number(number) => Some((at, number)),
        Wish::Open | Wish::Nothing => None,
    };
    (0..figures.len()).filter(blank).filter_map(number).collect()
}
