//! The reader of web pages, a file a kind of test.

#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test target uses its own share")]
mod mutate;
#[path = "../support/view.rs"]
mod view;

mod hostile;
mod mutants;
mod reader;
mod second_opinion;
