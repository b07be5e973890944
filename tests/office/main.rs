//! OpenDocument texts and spreadsheets: what is read of them, what damage does, and what other
//! programs see in the same files.

#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

#[path = "../support/mutate.rs"]
mod mutate;
mod odt;
mod odt_hostile;
mod odt_mutants;
mod package;
#[cfg(unix)]
mod robust;
mod second_opinion;
mod sheet;
mod sheet_hostile;
mod sheet_mutants;
#[path = "../support/view.rs"]
mod view;
mod xls;
