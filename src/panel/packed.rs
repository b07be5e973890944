//! The figures of a report in a few bytes each, so that a million reports fit into memory.
//!
//! About 9 bytes a figure, where a [`Figure`] takes over 150: a full report comes to under 2 KB.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::Origin;
use crate::finding::Place;
use crate::report::{Amount, Figure, Report, Value};
use crate::template::{Form, Key, Kind};

/// Every figure of all forms by number, in print order, the newest edition first.
#[derive(Debug, Clone)]
pub struct Fields {
    forms: Vec<Arc<Form>>,
    keys: Vec<Key>,
    numbers: HashMap<Key, u32>,
}

impl Fields {
    /// The figures of these forms.
    #[must_use]
    pub fn new(forms: &[Arc<Form>]) -> Self {
        let mut fields = Fields { forms: forms.to_vec(), keys: Vec::new(), numbers: HashMap::new() };
        for field in forms.iter().flat_map(|form| &form.fields) {
            let next = u32::try_from(fields.keys.len()).unwrap_or(u32::MAX);
            if !fields.numbers.contains_key(&field.key) {
                fields.numbers.insert(field.key.clone(), next);
                fields.keys.push(field.key.clone());
            }
        }
        fields
    }

    /// The name of a figure.
    pub(super) fn key(&self, fact: &Fact) -> &Key {
        &self.keys[fact.field as usize]
    }

    /// The name of the figure of this number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.keys[number as usize].as_str()
    }

    /// The number of a figure.
    pub(super) fn number(&self, key: &str) -> Option<u32> {
        self.numbers.get(&Key::new(key)).copied()
    }

    /// Where the form prints a figure.
    pub(super) fn place(&self, fact: &Fact) -> Option<Place> {
        let form = self.forms.get(fact.form as usize)?;
        form.field(self.key(fact)).map(|field| Place::of(form, field))
    }

    /// What numbers a figure takes.
    pub(super) fn kind(&self, fact: &Fact) -> Option<Kind> {
        let form = self.forms.get(fact.form as usize)?;
        form.field(self.key(fact)).map(|field| field.kind)
    }

    /// The edition whose figures are listed as such.
    fn form(&self, edition: &str) -> Option<(u32, &Form)> {
        let at = self.forms.iter().position(|form| form.edition == edition)?;
        Some((u32::try_from(at).ok()?, &self.forms[at]))
    }
}

/// One figure, unpacked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fact {
    /// Its number among [`Fields`].
    pub field: u32,
    /// Index of the form as whose figure it is listed.
    pub form: u32,
    /// What the document shows; never [`Value::Missing`].
    pub value: Value,
    /// Its cell names a unit of its own, so that it compares with nothing.
    pub own_unit: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// The figures that a report has, packed: missing ones are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packed(Box<[u8]>);

/// The state takes the low bits of a figure's first byte, these the next.
const STATE: u8 = 0b0111;
const OWN_UNIT: u8 = 0b1000;

impl Packed {
    /// Those of a report.
    pub fn new(report: &Report, fields: &Fields) -> Self {
        let mut bytes = Vec::new();
        for table in &report.tables {
            let Some((at, form)) = fields.form(&table.form) else { continue };
            for figure in &table.figures {
                let Some(field) = fields.numbers.get(&figure.key) else { continue };
                if figure.value != Value::Missing {
                    pack(&mut bytes, *field, at, figure, form);
                }
            }
        }
        Packed(bytes.into_boxed_slice())
    }

    /// The figures, in the order of the report.
    pub fn facts(&self) -> Vec<Fact> {
        let mut bytes = self.0.iter().copied();
        let mut facts = Vec::new();
        while let Some(fact) = unpack(&mut bytes) {
            facts.push(fact);
        }
        facts
    }

    /// What it takes, in bytes.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

fn pack(bytes: &mut Vec<u8>, field: u32, form_at: u32, figure: &Figure, form: &Form) {
    let state = Value::STATES.iter().position(|state| *state == figure.value.state()).unwrap_or_default();
    let own_unit = form.field(&figure.key).is_some_and(|field| field.unit != figure.unit);
    bytes.push(u8::try_from(state).unwrap_or_default() | if own_unit { OWN_UNIT } else { 0 });
    varint(bytes, field.into());
    varint(bytes, form_at.into());
    if let Value::Number(Amount(number)) = figure.value {
        varint(bytes, number.scale().into());
        let digits = number.mantissa();
        varint(bytes, (digits.unsigned_abs() << 1) | u128::from(digits < 0));
    }
    let Origin { page, table, row, column, line } = figure.origin.unwrap_or_default();
    for part in [page, table, row, column, line] {
        varint(bytes, part.map_or(0, |part| u128::from(part) + 1));
    }
}

fn unpack(bytes: &mut impl Iterator<Item = u8>) -> Option<Fact> {
    let head = bytes.next()?;
    let field = u32::try_from(read_varint(bytes)?).ok()?;
    let form = u32::try_from(read_varint(bytes)?).ok()?;
    let state = Value::STATES[usize::from(head & STATE)];
    let number = if state == Value::STATES[0] { Some(read_number(bytes)?) } else { None };
    let value = Value::of_state(state, number)?;
    let mut part = || -> Option<Option<u32>> {
        let part = u32::try_from(read_varint(bytes)?).ok()?;
        Some(part.checked_sub(1))
    };
    let (page, table, row, column, line) = (part()?, part()?, part()?, part()?, part()?);
    let origin = Origin { page, table, row, column, line };
    Some(Fact { field, form, value, own_unit: head & OWN_UNIT != 0, origin })
}

fn read_number(bytes: &mut impl Iterator<Item = u8>) -> Option<Amount> {
    let scale = u32::try_from(read_varint(bytes)?).ok()?;
    let digits = read_varint(bytes)?;
    let size = i128::try_from(digits >> 1).ok()?;
    let signed = if digits & 1 == 1 { -size } else { size };
    Decimal::try_from_i128_with_scale(signed, scale).ok().map(Amount)
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn varint(bytes: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_varint(bytes: &mut impl Iterator<Item = u8>) -> Option<u128> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes.next()?;
        number |= u128::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::TableReport;

    #[test]
    fn what_is_packed_comes_out_again() {
        let form = &Form::shipped()[0];
        let fields = Fields::new(Form::shipped());
        let mut table = TableReport::missing(form, 0);
        let values = [
            Value::Number("-35".parse().expect("a number")),
            Value::Number("59237.2449".parse().expect("a number")),
            Value::Number("79228162514264337593543950335".parse().expect("the largest")),
            Value::Blank,
            Value::NotApplicable,
            Value::Unreadable,
            Value::Ambiguous,
        ];
        let origin = Origin { page: Some(3), table: Some(200), row: Some(0), column: None, line: Some(70_000) };
        for (figure, value) in table.figures.iter_mut().zip(values) {
            (figure.value, figure.origin) = (value, Some(origin));
        }
        table.figures[1].unit = "元".into();
        let report = Report { tables: vec![table], ..Report::default() };
        let facts = Packed::new(&report, &fields).facts();
        assert_eq!(facts.iter().map(|fact| fact.value).collect::<Vec<_>>(), values);
        assert!(facts.iter().all(|fact| fact.origin == origin));
        assert_eq!(facts.iter().map(|fact| fact.own_unit).collect::<Vec<_>>()[..3], [false, true, false]);
        assert_eq!(fields.key(&facts[0]).as_str(), "proactive.rules.issued");
        assert!(fields.place(&facts[0]).is_some());
    }

    #[test]
    fn a_full_report_takes_less_than_two_kilobytes() {
        let form = &Form::shipped()[0];
        let mut tables: Vec<TableReport> = (0..form.tables.len()).map(|at| TableReport::missing(form, at)).collect();
        for figure in tables.iter_mut().flat_map(|table| &mut table.figures) {
            figure.value = Value::Number(Amount::from(1234));
            figure.origin =
                Some(Origin { page: Some(2), table: Some(2), row: Some(9), column: Some(8), line: Some(70) });
        }
        let report = Report { tables, ..Report::default() };
        let packed = Packed::new(&report, &Fields::new(Form::shipped()));
        assert_eq!(packed.facts().len(), 200);
        assert!(packed.len() <= 2_400, "{}", packed.len());
    }
}
