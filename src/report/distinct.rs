//! Whether the numbers of a report are so many that those of another are equal to them by no chance.

use super::Value;
use crate::template::Key;

/// The digits of the different numbers above 0 that a report counts itself: no totals, no stocks.
pub(crate) fn digits<'a>(figures: impl Iterator<Item = (&'a Key, Value)>) -> u32 {
    let own = figures.filter(|(key, _)| !is_sum_or_stock(key.as_str()));
    let numbers = own.filter_map(|(_, value)| value.number()).filter(|number| !number.is_zero());
    let mut numbers: Vec<u128> = numbers.map(|number| number.normalize().mantissa().unsigned_abs()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().map(|number| number.checked_ilog10().unwrap_or(0) + 1).sum()
}

fn is_sum_or_stock(key: &str) -> bool {
    [".total", ".in_force", ".items_last_year"].iter().any(|end| key.ends_with(end))
        || key.contains(".outcomes_total.")
        || key.contains(".carried_in.")
}
