//! The reader of flattened text, a file a kind of test.

#[path = "../support/mutate_text.rs"]
mod mutate_text;

mod columns;
mod hostile;
mod reader;
mod torn;

/// The only report of a text.
fn report(text: &str) -> gongkai::report::Report {
    let mut reports = gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("a report").reports;
    reports.remove(0)
}
