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
        // Sections of a page of its own become parts of this one; its description needs no title.
        let section = section.replace(".SH DESCRIPTION\n", "").replace(".SH ", ".SS ");
        let name = subcommand.get_name().to_uppercase();
        text.push_str(&format!(".SH \"GONGKAI {name}\"\n{section}"));
    }
    text.push_str(&format!(".SH \"EXIT STATUS\"\n.nf\n{}\n.fi\n", super::EXIT_CODES));
    once(&text)
}

fn rendered(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut roff = Vec::new();
    write(&mut roff).expect("memory takes every byte");
    String::from_utf8(roff).expect("help texts are UTF-8")
}

/// Every section comes with the same two definitions; the page needs them once, at its top.
fn once(text: &str) -> String {
    let is_definition = |line: &&str| line.starts_with(".ie \\n(.g .ds Aq") || line.starts_with(".el .ds Aq");
    let definitions = text.lines().filter(is_definition).take(2);
    let body = text.lines().filter(|line| !is_definition(line));
    definitions.chain(body).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_subcommand_has_its_section_and_dates_have_none() {
        let command = crate::cli::command();
        let page = super::page(&command);
        for subcommand in command.get_subcommands() {
            let title = format!(".SH \"GONGKAI {}\"\n", subcommand.get_name().to_uppercase());
            assert_eq!(page.matches(&title).count(), 1, "{title}");
        }
        assert_eq!(page.matches(".ds Aq").count(), 2);
        assert_eq!(page.matches(".TH ").count(), 1);
    }
}
