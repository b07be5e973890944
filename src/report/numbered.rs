//! Names of files that a site numbered: their digits are no years.

/// Digits of a number that is no year, and with which sites name their pages.
const LONG: usize = 5;
/// Digits of a date: 20220125.
const DATE: usize = 8;

/// Whether a name of a file or folder is a site's number for a page, as `art_2044_384731` is: in ASCII only, with a number that is too long for a year and is no date.
#[must_use]
pub fn is_numbered(name: &str) -> bool {
    let numbers = name.split(|c: char| !c.is_ascii_digit());
    let is_date = |number: &str| number.len() == DATE && number.starts_with("20");
    name.is_ascii() && numbers.into_iter().any(|number| number.len() >= LONG && !is_date(number))
}

#[cfg(test)]
mod tests {
    use super::is_numbered;

    #[test]
    fn a_long_number_in_a_name_without_words_is_a_sites() {
        for name in ["art_2044_384731.html", "content_2021_1183920", "P020220120384731.doc"] {
            assert!(is_numbered(name), "{name}");
        }
        for name in ["2021", "report-2021.docx", "20220125_2021.docx", "示例局2021年_384731.html", "2021-2022"] {
            assert!(!is_numbered(name), "{name}");
        }
    }
}
