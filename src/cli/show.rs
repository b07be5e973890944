//! `gongkai show`: shows a report's tables as the form prints them.

use super::{Context, Exit};

/// Shows a report's tables as the form prints them.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
