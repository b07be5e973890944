//! Who and when: organ, level, division, year, contact, and what files' names add, a file a kind of test.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod cases;
mod command;
mod contacts;
mod corpus;
mod pages;
mod second_opinion;
mod short;
