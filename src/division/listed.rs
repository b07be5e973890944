//! A list of organs that should report, each with the code of its place where names alone are not enough.

use super::{LAST_YEAR, of_code_near, stood_together};

/// What codes are divided by so that equal results mean one province, one prefecture.
const WIDER: [u32; 2] = [10_000, 100];
const CODE_DIGITS: usize = 6;

/// An organ of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The code of its place, if the list gives one.
    pub code: Option<u32>,
}

impl From<&str> for Listed {
    fn from(name: &str) -> Self {
        Listed { name: name.to_owned(), code: None }
    }
}

impl Listed {
    /// That of a row: the first cell that is no number, and the code in whatever column it stands. `None` of a row
    /// without a name.
    ///
    /// # Errors
    /// The six digits, if they are no code of any year's table.
    pub fn of_row<'c>(cells: impl Iterator<Item = &'c str>) -> Result<Option<Self>, String> {
        let (mut name, mut code) = (None, None);
        for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
            let is_code = cell.len() == CODE_DIGITS && cell.bytes().all(|byte| byte.is_ascii_digit());
            if is_code && code.is_none() {
                let known = cell.parse().ok().filter(|code| of_code_near(*code, LAST_YEAR).is_some());
                code = Some(known.ok_or_else(|| cell.to_owned())?);
            } else if name.is_none() && !is_number(cell) {
                name = Some(cell.to_owned());
            }
        }
        Ok(name.map(|name| Listed { name, code }))
    }

    /// Whether it may be an organ of that place: a list or a report that names none says nothing against it.
    #[must_use]
    pub fn may_be_at(&self, code: Option<u32>) -> bool {
        let (Some(own), Some(code)) = (self.code, code) else { return true };
        may_be_one(own, code)
    }
}

/// Whether one place may have had both codes: equal ones, one that took the place of the other, or, as one report says
/// less than the other, that of the division above.
#[must_use]
pub fn may_be_one(one: u32, other: u32) -> bool {
    let province = one / WIDER[0] == other / WIDER[0];
    province && (one == other || is_within(one, other) || is_within(other, one) || !stood_together(one, other))
}

/// The number of a row in its list: 1, 02, 3., （4）.
fn is_number(cell: &str) -> bool {
    let bare = cell.trim_matches(|c: char| ".．、()（）".contains(c));
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_within(code: u32, above: u32) -> bool {
    WIDER.iter().any(|unit| above.is_multiple_of(*unit) && code / unit == above / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_in_any_column() {
        let row = |cells: &[&'static str]| Listed::of_row(cells.iter().copied());
        let listed = |code| Ok(Some(Listed { name: "鼓楼区教育局".to_owned(), code }));
        assert_eq!(row(&["鼓楼区教育局", "350102"]), listed(Some(350_102)));
        assert_eq!(row(&["350102", " 鼓楼区教育局 ", "备注"]), listed(Some(350_102)));
        assert_eq!(row(&["鼓楼区教育局", "12"]), listed(None));
        assert_eq!(row(&["鼓楼区教育局", "999999"]), Err("999999".to_owned()));
        assert_eq!(row(&["", " "]), Ok(None));
        for number in ["1", "02", "3.", "（4）"] {
            assert_eq!(row(&[number, "鼓楼区教育局", "350102"]), listed(Some(350_102)), "{number}");
        }
        assert_eq!(row(&["13", ""]), Ok(None));
    }

    #[test]
    fn a_place_that_is_not_named_speaks_against_nothing() {
        let listed = Listed { name: "鼓楼区教育局".to_owned(), code: Some(350_102) };
        for (code, wanted) in [(Some(350_102), true), (Some(350_100), true), (Some(320_106), false), (None, true)] {
            assert_eq!(listed.may_be_at(code), wanted, "{code:?}");
        }
    }
}
