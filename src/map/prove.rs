//! What sums can prove about figures whose labels do not settle them.

use rust_decimal::Decimal;

use crate::report::{Figure, Value};
use crate::template::{Identity, Level, Per, Relation, TableDef};

/// Whether every sum down the columns of a one-block table holds, blanks read as 0.
/// A figure that is missing or no number proves nothing, so the answer is then no.
pub(super) fn columns_hold(def: &TableDef, figures: &[Option<Figure>]) -> bool {
    let sums = || def.identities.iter().filter(|identity| is_sum(identity, Per::Column));
    let columns = def.blocks[0].columns.len();
    sums().next().is_some() && (0..columns).all(|column| sums().all(|identity| holds(def, figures, identity, column)))
}

fn is_sum(identity: &Identity, per: Per) -> bool {
    identity.per == per && identity.relation == Relation::Equal && identity.level == Level::Hard
}

fn holds(def: &TableDef, figures: &[Option<Figure>], identity: &Identity, place: usize) -> bool {
    let left = sum(def, figures, identity, &identity.left, place);
    left.is_some() && left == sum(def, figures, identity, &identity.right, place)
}

fn sum(
    def: &TableDef,
    figures: &[Option<Figure>],
    identity: &Identity,
    ids: &[String],
    place: usize,
) -> Option<Decimal> {
    ids.iter().try_fold(Decimal::ZERO, |sum, id| {
        let figure = figures[position(def, identity, id, place)?].as_ref()?;
        let number = match figure.value {
            Value::Number(number) => number.0,
            Value::Blank | Value::NotApplicable => Decimal::ZERO,
            Value::Unreadable | Value::Missing | Value::Ambiguous => return None,
        };
        sum.checked_add(number)
    })
}

/// Where a term of a sum stands among the figures of a one-block table.
fn position(def: &TableDef, identity: &Identity, id: &str, place: usize) -> Option<usize> {
    let block = &def.blocks[0];
    let columns = block.columns.len();
    Some(match identity.per {
        Per::Column => block.rows.iter().position(|row| row.id == id)? * columns + place,
        Per::Row => place * columns + block.columns.iter().position(|column| column.id == id)?,
    })
}

/// Blank figures that every sum over them, and at least one, wants to be this number.
pub(super) fn blanks_wanting(def: &TableDef, figures: &[Option<Figure>], number: Decimal) -> Vec<usize> {
    if def.blocks.len() != 1 {
        return Vec::new();
    }
    let blank = |at: &usize| figures[*at].as_ref().is_some_and(|figure| figure.value == Value::Blank);
    (0..figures.len()).filter(blank).filter(|at| wants(def, figures, *at, number)).collect()
}

fn wants(def: &TableDef, figures: &[Option<Figure>], at: usize, number: Decimal) -> bool {
    let columns = def.blocks[0].columns.len();
    let (row, column) = (at / columns, at % columns);
    let mut filled = figures.to_vec();
    if let Some(figure) = &mut filled[at] {
        figure.value = Value::Number(crate::report::Amount(number));
    }
    let over = |per, term: usize, place: usize| {
        def.identities.iter().filter(move |identity| is_sum(identity, per)).filter_map(move |identity| {
            let id = match per {
                Per::Column => &def.blocks[0].rows[term].id,
                Per::Row => &def.blocks[0].columns[term].id,
            };
            (identity.left.contains(id) || identity.right.contains(id)).then_some((identity, place))
        })
    };
    let mut any = false;
    for (identity, place) in over(Per::Column, row, column).chain(over(Per::Row, column, row)) {
        if !holds(def, &filled, identity, place) {
            return false;
        }
        any = true;
    }
    any
}
