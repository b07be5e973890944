//! `gongkai completions`: prints a completion script for a shell.

use clap_complete::Shell;

use super::{Context, Exit};

/// Prints a completion script for a shell.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "gongkai", &mut script);
    context.print(&String::from_utf8_lossy(&script))
}
