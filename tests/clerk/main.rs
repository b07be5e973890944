//! What a clerk needs before publication: comments in the Word file, a page with marks, grades and waivers.

#[path = "../support/docx.rs"]
mod docx;

mod annotate;
mod cases;
mod command;
mod every_figure;
mod page;
mod refusals;
mod second_opinion;
mod word;
