//! `gongkai completions`: prints a completion script for a shell.

use super::{Context, Exit};

/// Prints a completion script for a shell.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
