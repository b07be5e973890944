//! What a clerk needs before publication: comments in the Word file, a page with marks, grades and waivers.

#[path = "../support/docx.rs"]
mod docx;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test target uses its own share")]
mod mutate;

mod annotate;
mod cases;
mod command;
mod every_figure;
mod mutants;
mod page;
mod refusals;
mod second_opinion;
mod word;
