//! The reader of binary Word files, a file a kind of test.

#[path = "../support/doc.rs"]
mod doc;
#[path = "../support/docx.rs"]
mod docx;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test target uses its own share")]
mod mutate;

mod hostile;
mod mutants;
mod reader;
mod round_trip;
mod second_opinion;
