//! `gongkai render`: writes a report as the official form in Word.

use super::{Context, Exit};

/// Writes a report as the official form in Word.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _context: &Context) -> Exit {
    Exit::Clean
}
