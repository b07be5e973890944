//! The reader of DOCX files, a file a kind of test.

#[path = "../support/docx.rs"]
mod docx;
#[path = "../support/docx_rs_cells.rs"]
mod docx_rs_cells;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test target uses its own share")]
mod mutate;
#[cfg(unix)]
#[path = "../support/robust.rs"]
#[allow(clippy::disallowed_methods, reason = "tests read files and the clock")]
mod robust_files;
#[path = "../support/word_report.rs"]
mod word_report;

mod depth;
mod hostile;
mod mutants;
mod reader;
#[cfg(unix)]
mod robust;
mod second_opinion;
