//! The OFD reader: packages, pages, hostile and damaged files, and what others read of the samples.

#[path = "../support/mutate.rs"]
mod mutate;

mod build;
mod drawing;
mod hostile;
mod mutants;
mod packages;
mod second_opinion;
