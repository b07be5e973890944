//! What the program writes, a file a kind of test.

#[path = "../export_support/mod.rs"]
mod export_support;

mod docs;
mod files;
mod record;
