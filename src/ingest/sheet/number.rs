//! Numbers, dates and the like as a person sees them in a cell.

use calamine::{CellErrorType, ExcelDateTime};

/// Significant digits of a number: what Excel takes and shows at most. A binary fraction has 17,
/// the last two of which nobody has entered (59237.244899999998 is 59237.2449).
const DIGITS: usize = 15;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// A number in plain digits, without an exponent.
pub(super) fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A share as the percentage that is shown for it.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", plain(share * 100.0))
}

/// Whether a number format (its first part) shows percentages.
pub(super) fn is_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for char in format.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => return false,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// `TRUE` or `FALSE`, as every language of Excel but a few writes them.
pub(super) fn switch(on: bool) -> &'static str {
    if on { "TRUE" } else { "FALSE" }
}

pub(super) fn error(error: &CellErrorType) -> String {
    error.to_string()
}

/// A date, a time, or both: `2022-12-31`, `14:30`, `2022-12-31 14:30`.
pub(super) fn date(date: &ExcelDateTime) -> String {
    let days = date.as_f64();
    // Beyond the calendar of the format there are numbers only.
    if !(0.0..2_958_466.0).contains(&days) {
        return plain(days);
    }
    if date.is_duration() {
        return clock((days * DAY).round());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let seconds = (days.fract() * DAY).round();
    match (days >= 1.0, seconds > 0.0 && seconds < DAY) {
        (true, false) => format!("{year:04}-{month:02}-{day:02}"),
        (true, true) => format!("{year:04}-{month:02}-{day:02} {}", clock(seconds)),
        (false, _) => clock(seconds),
    }
}

/// Hours and minutes, and seconds if there are any.
fn clock(seconds: f64) -> String {
    let whole = seconds as u64;
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

/// A date or time as ISO 8601 writes it, without a time of day that is none.
pub(super) fn iso(text: &str) -> String {
    text.strip_suffix("T00:00:00").unwrap_or(text).replacen('T', " ", 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    /// One line a number: as it is held, and as it is shown.
    macro_rules! shows {
        ($($number:literal => $text:literal)+) => {
            #[test]
            fn numbers_are_shown_with_the_digits_that_were_entered() {
                $(assert_eq!(plain($number.parse().expect("a number")), $text, "{}", $number);)+
            }
        };
    }

    shows! {
        "12345.0" => "12345"
        "0.0" => "0"
        "-0.0" => "0"
        "0.37" => "0.37"
        "59237.244899999998" => "59237.2449"
        "0.30000000000000004" => "0.3"
        "669.1378" => "669.1378"
        "1.005" => "1.005"
        "99999999.0" => "99999999"
        "123456789012345.0" => "123456789012345"
        "-35.0" => "-35"
        "1e21" => "1000000000000000000000"
        "0.0000015" => "0.0000015"
        "4.35" => "4.35"
        "2814749.1100000003" => "2814749.11"
    }

    #[test]
    fn every_amount_of_four_decimals_is_shown_as_entered() {
        for tenthousandths in (0..2_000_000_000_u64).step_by(999_983) {
            let text = format!("{}.{:04}", tenthousandths / 10_000, tenthousandths % 10_000);
            let entered: f64 = text.parse().expect("a number");
            let wanted = text.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(plain(entered), wanted);
            // What sums and products leave in the last bits is not shown.
            assert_eq!(plain(f64::from_bits(entered.to_bits() + u64::from(entered > 0.0))), wanted);
        }
    }

    #[test]
    fn percentages_are_known_by_their_format() {
        assert!(is_percent("0.00%"));
        assert!(!is_percent("0.00\"%\""));
        assert!(!is_percent("0;0%"));
        assert!(!is_percent("General"));
        assert_eq!(percent(0.07), "7%");
        assert_eq!(percent(0.285), "28.5%");
    }

    #[test]
    fn dates_and_times_are_shown_as_such() {
        let shown = |days: f64| date(&ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false));
        assert_eq!(shown(44_926.0), "2022-12-31");
        assert_eq!(shown(44_926.604_166_666_664), "2022-12-31 14:30");
        assert_eq!(shown(0.5), "12:00");
        assert_eq!(shown(1e9), "1000000000");
        assert_eq!(date(&ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false)), "36:00");
        assert_eq!(iso("2022-12-31T00:00:00"), "2022-12-31");
    }
}
