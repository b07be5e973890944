//! The reader of flattened text, a file a kind of test.

#[path = "../support/mutate_text.rs"]
mod mutate_text;

mod columns;
mod hostile;
mod reader;
mod torn;
