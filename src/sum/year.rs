//! Which year is added up.

use std::collections::{BTreeMap, HashSet};

use super::standing::folded;
use super::{Ask, SumError};
use crate::report::consolidation::Unit;

/// The year asked for, else that of most organs; where two have equally many, that of the draft.
pub(super) fn of(units: &[Unit], ask: &Ask<'_>) -> Result<i32, SumError> {
    if let Some(year) = ask.year {
        return Ok(year);
    }
    let mut counted: BTreeMap<i32, usize> = BTreeMap::new();
    let mut seen = HashSet::new();
    for unit in units {
        let Some(year) = unit.report.as_ref().and_then(|report| report.year) else { continue };
        // A report that was handed in twice is no vote more.
        if seen.insert((folded(&unit.name()), year)) {
            *counted.entry(year).or_default() += 1;
        }
    }
    let most = counted.values().max().copied().ok_or(SumError::NoReport)?;
    let leading: Vec<(i32, usize)> = counted.into_iter().filter(|(_, count)| *count == most).collect();
    let draft = ask.against.and_then(|draft| draft.report.as_ref()?.year);
    match leading.as_slice() {
        [(year, _)] => Ok(*year),
        _ => leading.iter().map(|(year, _)| *year).find(|year| Some(*year) == draft).ok_or(SumError::YearTie(leading)),
    }
}
