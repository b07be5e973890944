//! What decides what a file gives, besides its bytes.

use std::time::UNIX_EPOCH;

use crate::Options;
use crate::ingest::LIMITS;

/// A line for the program, one for the limits and one for each form. Two runs with the same fingerprint
/// read the same out of the same bytes.
#[must_use]
pub fn fingerprint(options: &Options) -> String {
    let mut text = format!("gongkai {} {}\n", env!("CARGO_PKG_VERSION"), build());
    for limit in LIMITS {
        text.push_str(&format!("{}={} ", limit.name, limit.value(&options.limits)));
    }
    for form in &options.forms {
        text.push_str(&format!("\n{} {}", form.edition, form.sha256));
    }
    text
}

/// Length and time of the program's file, by which two builds of one version are told apart.
fn build() -> String {
    let about = std::env::current_exe().and_then(|path| path.metadata());
    let Ok(about) = about else { return String::new() };
    let written = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{} {}", about.len(), written.map_or(0, |time| time.as_nanos()))
}
