//! The reader of binary Word files, a file a kind of test.

#[path = "../support/doc.rs"]
mod doc;
#[path = "../support/docx.rs"]
mod docx;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test target uses its own share")]
mod mutate;
#[cfg(unix)]
#[path = "../support/robust.rs"]
#[allow(clippy::disallowed_methods, reason = "tests read files and the clock")]
mod robust_files;

mod hostile;
mod mutants;
mod office_oxide_opinion;
mod reader;
#[cfg(unix)]
mod robust;
mod round_trip;
mod second_opinion;
