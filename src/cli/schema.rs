//! `gongkai schema`: prints the codebook or the JSON Schema.

use super::{Context, Exit};

/// Prints the codebook or the JSON Schema.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
