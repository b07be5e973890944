//! Sums that are exact whatever their terms.
//!
//! `Decimal` rounds a sum that needs more than 28 digits (and panics beyond its range), so
//! sums are kept in two integers instead. A decimal is below 10²⁹ and has at most 28 places:
//! neither part can overflow before some 10⁹ terms were added.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::Decimal;

use super::Amount;

/// Decimal places of the second part, the most a `Decimal` has.
const PLACES: u32 = Decimal::MAX_SCALE;
/// One whole, counted in units of the second part.
const ONE: i128 = 10_i128.pow(PLACES);

/// An exact sum of decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact {
    whole: i128,
    /// In units of 10⁻²⁸, always `0..ONE`: so the derived order is that of the numbers.
    part: i128,
}

impl Exact {
    /// Whether nothing stands behind the point.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.part == 0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Exact {
        if self.whole < 0 { -self } else { self }
    }

    /// The same as an amount; `None` if it has more digits than one holds.
    #[must_use]
    pub fn amount(self) -> Option<Amount> {
        self.to_string().parse().ok()
    }
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Exact {
        if number.scale() == 0 {
            return Exact { whole: number.mantissa(), part: 0 };
        }
        let unit = 10_i128.pow(number.scale());
        let whole = number.mantissa().div_euclid(unit);
        Exact { whole, part: number.mantissa().rem_euclid(unit) * (ONE / unit) }
    }
}

impl Add for Exact {
    type Output = Exact;

    fn add(self, other: Exact) -> Exact {
        // Both parts are below one: at most one is carried, and no slow division is needed.
        let (whole, part) = (self.whole + other.whole, self.part + other.part);
        if part < ONE { Exact { whole, part } } else { Exact { whole: whole + 1, part: part - ONE } }
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Exact) {
        *self = *self + other;
    }
}

impl Neg for Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        if self.part == 0 {
            Exact { whole: -self.whole, part: 0 }
        } else {
            Exact { whole: -self.whole - 1, part: ONE - self.part }
        }
    }
}

impl Sub for Exact {
    type Output = Exact;

    fn sub(self, other: Exact) -> Exact {
        self + -other
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.whole < 0 { "-" } else { "" };
        let Exact { whole, part } = self.abs();
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{part:0places$}", places = PLACES as usize);
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(terms: &[&str]) -> String {
        let mut sum = Exact::default();
        for term in terms {
            sum += Exact::from(term.parse::<Decimal>().expect("a decimal"));
        }
        sum.to_string()
    }

    macro_rules! sums_to {
        ($($name:ident: $terms:expr => $sum:literal;)*) => {
            $(#[test] fn $name() { assert_eq!(sum(&$terms), $sum); })*
        };
    }

    sums_to! {
        nothing: [] => "0";
        whole: ["1", "2"] => "3";
        decimal: ["0.1", "0.2"] => "0.3";
        carried: ["0.75", "0.25"] => "1";
        negative: ["-0.5"] => "-0.5";
        below_minus_one: ["-2.25", "0.5"] => "-1.75";
        across_zero: ["-0.5", "0.75"] => "0.25";
        smallest: ["0.0000000000000000000000000001", "1"] => "1.0000000000000000000000000001";
        // `Decimal` itself would round the first and refuse the second.
        no_rounding: ["7922816251426433759354395033", "0.05"] => "7922816251426433759354395033.05";
        no_overflow: ["79228162514264337593543950335", "79228162514264337593543950335"] => "158456325028528675187087900670";
    }

    #[test]
    fn order_is_that_of_the_numbers() {
        let numbers = ["-2", "-1.5", "-0.25", "0", "0.1", "0.11", "1", "1.5"];
        let exact: Vec<Exact> =
            numbers.iter().map(|text| Exact::from(text.parse::<Decimal>().expect("a decimal"))).collect();
        assert!(exact.is_sorted());
    }
}
