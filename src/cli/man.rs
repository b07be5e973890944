//! `gongkai man`: prints the manual page.

use super::{Context, Exit};

/// Prints the manual page.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
