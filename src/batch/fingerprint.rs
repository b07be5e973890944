//! What decides what a file gives, besides its bytes.

use crate::Options;
use crate::ingest::LIMITS;

/// A line for the program and its sources, one for the limits and one for each form. Two runs with the same fingerprint
/// read the same out of the same bytes.
#[must_use]
pub fn fingerprint(options: &Options) -> String {
    let mut text = format!("gongkai {} {}\n", env!("CARGO_PKG_VERSION"), env!("GONGKAI_SOURCES"));
    for limit in LIMITS {
        text.push_str(&format!("{}={} ", limit.name, limit.value(&options.limits)));
    }
    for form in &options.forms {
        text.push_str(&format!("\n{} {}", form.edition, form.sha256));
    }
    text
}
