//! `gongkai man`: prints the manual page.

use std::io;

use clap_mangen::Man;

use super::{Context, Exit};

/// Prints the manual page (roff): `gongkai man | man -l -`.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, context: &Context) -> Exit {
    context.print(&page(&super::command()))
}

/// One page for the command and its subcommands, each a section of its own.
fn page(command: &clap::Command) -> String {
    let mut command = command.clone().disable_help_subcommand(true);
    command.build();
    let mut text = rendered(|roff| {
        let man = Man::new(command.clone());
        man.render_title(roff)?;
        man.render_name_section(roff)?;
        man.render_synopsis_section(roff)?;
        man.render_description_section(roff)?;
        man.render_options_section(roff)
    });
    for subcommand in command.get_subcommands() {
        let section = rendered(|roff| {
            let man = Man::new(subcommand.clone());
            man.render_description_section(roff)?;
            man.render_synopsis_section(roff)?;
            man.render_options_section(roff)
        });
        let title = subcommand.get_name().to_uppercase();
        // Sections of a page of its own become parts of this one; its description needs no title.
        let section = section.replace(".SH DESCRIPTION\n", "").replace(".SH ", ".SS ");
        text.push_str(&format!(".SH \"GONGKAI {title}\"\n{}", without_preamble(&section)));
    }
    text.push_str(&rendered(|roff| Man::new(command.clone()).render_extra_section(roff)));
    text
}

fn rendered(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut roff = Vec::new();
    write(&mut roff).expect("memory takes every byte");
    String::from_utf8(roff).expect("help texts are UTF-8")
}

fn without_preamble(section: &str) -> String {
    section.to_owned()
}
