//! Archives are walked like folders, whatever they are called and however they were made or broken.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod damaged;
mod detection;
mod hostile;
mod make;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "archives are changed by bytes only")]
mod mutate;
mod names;
mod nested;
mod run;
