//! `gongkai explain`: explains one figure of a file, or one code.

use super::{Context, Exit};

/// Explains one figure of a file, or one code.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
