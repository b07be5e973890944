//! What the numbers mean: the table of 2014, where an error is, claims in prose.

#[path = "../support/report.rs"]
mod report;

mod statistics;
