//! What the numbers mean: the table of 2014, where an error is, claims in prose.

#[path = "../support/mutate_text.rs"]
#[allow(dead_code, reason = "only its dice are thrown here")]
mod mutate_text;
#[path = "../support"]
mod support {
    pub mod adding_up;
    pub mod report;
}

mod claims;
mod corrections;
mod doubt;
mod statistics;
mod wounds;
