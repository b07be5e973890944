//! The six states of a figure, and numbers without binary rounding.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact decimal, written with the digits the document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub Decimal);

impl From<i64> for Amount {
    fn from(number: i64) -> Self {
        Amount(Decimal::from(number))
    }
}

impl FromStr for Amount {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Amount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quick way: nearly all are whole.
        match i64::try_from(self.0) {
            Ok(whole) if self.0.scale() == 0 && whole != 0 && f.precision().is_none() => whole.fmt(f),
            _ => self.0.fmt(f),
        }
    }
}

/// A JSON number with exactly the document's digits.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.0) {
            Ok(whole) if self.0.scale() == 0 => serializer.serialize_i64(whole),
            _ => serde_json::Number::from_string_unchecked(self.0.to_string()).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.as_str().parse().map_err(|error| de::Error::custom(format!("`{number}` is no exact decimal: {error}")))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "An exact decimal with the document's digits; read it as a decimal, not as a binary float." })
    }
}

/// What the document shows for one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number.
    Number(Amount),
    /// The cell is there and empty. Not a zero.
    Blank,
    /// `/`, `-`, `—`, 无.
    NotApplicable,
    /// Text that is no number.
    Unreadable,
    /// The document has no such cell.
    Missing,
    /// A number may belong here, and nothing proves it.
    Ambiguous,
}

impl Value {
    /// Names of the states, in the order of the codebook.
    pub const STATES: [&'static str; 6] = ["number", "blank", "not_applicable", "unreadable", "missing", "ambiguous"];

    /// The name of the state used in every output.
    #[must_use]
    pub fn state(self) -> &'static str {
        Value::STATES[match self {
            Value::Number(_) => 0,
            Value::Blank => 1,
            Value::NotApplicable => 2,
            Value::Unreadable => 3,
            Value::Missing => 4,
            Value::Ambiguous => 5,
        }]
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(self) -> Option<Decimal> {
        match self {
            Value::Number(Amount(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether it is unknown what the figure is: neither a number nor a cell left empty.
    #[must_use]
    pub fn is_lacking(self) -> bool {
        matches!(self, Value::Unreadable | Value::Missing | Value::Ambiguous)
    }

    /// The value of this state; a number needs `number`.
    #[must_use]
    pub fn of_state(state: &str, number: Option<Amount>) -> Option<Value> {
        Some(match (state, number) {
            ("number", Some(number)) => Value::Number(number),
            ("blank", None) => Value::Blank,
            ("not_applicable", None) => Value::NotApplicable,
            ("unreadable", None) => Value::Unreadable,
            ("missing", None) => Value::Missing,
            ("ambiguous", None) => Value::Ambiguous,
            _ => return None,
        })
    }
}

/// `{"state": "number", "number": 5}`, or the state alone.
#[derive(Serialize, Deserialize)]
struct Written {
    state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<Amount>,
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = if let Value::Number(number) = self { Some(*number) } else { None };
        Written { state: self.state().to_owned(), number }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { state, number } = Written::deserialize(deserializer)?;
        Value::of_state(&state, number)
            .ok_or_else(|| de::Error::custom(format!("the state `{state}` and the number do not go together")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_digits_through_json() {
        for text in ["0", "743.03", "59237.2449", "-35", "99999999", "0.10"] {
            let amount: Amount = text.parse().expect("a decimal");
            assert_eq!(serde_json::to_string(&amount).expect("written"), text);
            let back: Amount = serde_json::from_str(text).expect("read");
            assert_eq!(back.to_string(), text);
        }
    }

    #[test]
    fn a_state_and_its_number_must_agree() {
        assert!(serde_json::from_str::<Value>(r#"{"state":"number"}"#).is_err());
        assert!(serde_json::from_str::<Value>(r#"{"state":"blank","number":0}"#).is_err());
        assert_eq!(serde_json::from_str::<Value>(r#"{"state":"blank"}"#).expect("blank"), Value::Blank);
    }
}
