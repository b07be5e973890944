//! Whether a correction looks like a slip of a pen, a key or a reader; it orders hints, no more.

use super::super::ledger::{Known, Ledger};
use super::super::subject::Subject;
use super::search::Change;
use crate::report::Exact;

/// How a wrong number may have come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// 21 for 12.
    Swapped,
    /// 23 for 123.
    Dropped,
    /// 1123 for 123.
    Added,
    /// 128 for 123.
    Misread,
    /// The number of the figure beside, above or below.
    Shifted,
    /// Nothing for a number.
    LeftBlank,
    Other,
}

impl Slip {
    /// The name stored with the finding.
    pub fn name(self) -> &'static str {
        match self {
            Slip::Swapped => "swapped",
            Slip::Dropped => "dropped",
            Slip::Added => "added",
            Slip::Misread => "misread",
            Slip::Shifted => "shifted",
            Slip::LeftBlank => "left_blank",
            Slip::Other => "other",
        }
    }

    /// The lower, the likelier.
    pub fn rank(self) -> u32 {
        match self {
            Slip::Swapped | Slip::Shifted => 0,
            Slip::Dropped | Slip::Added | Slip::LeftBlank => 1,
            Slip::Misread => 2,
            Slip::Other => 4,
        }
    }
}

/// The slip that would have made of the new number what is there.
pub(super) fn of(subject: &Subject, ledger: &Ledger, change: Change) -> Slip {
    let now = match ledger.known[change.at] {
        Known::Blank => return Slip::LeftBlank,
        Known::Number(number) => number,
        Known::Lacking | Known::Absent => return Slip::Other,
    };
    let (wrong, right) = (digits(now), digits(change.number));
    if let Some(slip) = of_digits(&wrong, &right) {
        return slip;
    }
    let beside = neighbours(subject, ledger, change.at).any(|at| ledger.known[at] == Known::Number(now));
    if beside && now != Exact::default() { Slip::Shifted } else { Slip::Other }
}

fn digits(number: Exact) -> Vec<u8> {
    number.to_string().into_bytes()
}

fn of_digits(wrong: &[u8], right: &[u8]) -> Option<Slip> {
    if wrong.len() == right.len() {
        let differ: Vec<usize> = (0..wrong.len()).filter(|at| wrong[*at] != right[*at]).collect();
        return match differ.as_slice() {
            [a, b] if *b == a + 1 && wrong[*a] == right[*b] && wrong[*b] == right[*a] => Some(Slip::Swapped),
            // Of a number of one digit, nothing would be left that was read right.
            [_] if wrong.len() > 1 => Some(Slip::Misread),
            _ => None,
        };
    }
    if wrong.len() + 1 == right.len() && lacks_one(right, wrong) {
        return Some(Slip::Dropped);
    }
    (right.len() + 1 == wrong.len() && lacks_one(wrong, right)).then_some(Slip::Added)
}

/// Whether the shorter is the longer without one of its digits.
fn lacks_one(longer: &[u8], shorter: &[u8]) -> bool {
    let same = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    longer[same + 1..] == shorter[same..]
}

/// The figures beside, above and below a figure in its block.
fn neighbours<'a>(subject: &'a Subject, ledger: &'a Ledger, at: usize) -> impl Iterator<Item = usize> + 'a {
    let own = &subject.form.fields[ledger.position(at)];
    let columns = subject.form.parts(own).1.columns.len();
    let places = [at.checked_sub(1), Some(at + 1), at.checked_sub(columns), Some(at + columns)];
    places.into_iter().flatten().filter(move |other| {
        let inside = *other < ledger.known.len();
        inside && {
            let field = &subject.form.fields[ledger.position(*other)];
            field.block == own.block && (field.row == own.row || field.column == own.column)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! slips {
        ($($wrong:literal for $right:literal => $slip:ident;)*) => {
            #[test]
            fn a_slip_is_known_by_its_digits() {
                $(assert_eq!(of_digits($wrong.as_bytes(), $right.as_bytes()).unwrap_or(Slip::Other), Slip::$slip, "{} for {}", $wrong, $right);)*
            }
        };
    }

    slips! {
        "21" for "12" => Swapped;
        "1032" for "1023" => Swapped;
        "23" for "123" => Dropped;
        "12" for "123" => Dropped;
        "113" for "1123" => Dropped;
        "120" for "12" => Added;
        "1123" for "123" => Added;
        "128" for "123" => Misread;
        "5" for "8" => Other;
        "321" for "123" => Other;
        "12" for "3456" => Other;
        "" for "1" => Dropped;
    }
}
