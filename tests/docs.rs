//! Documents that are made from the program say what the program says.
//!
//! `GONGKAI_BLESS=1 cargo test --test docs` writes them anew.
#![allow(clippy::disallowed_methods, reason = "this test writes files of the repository when told to")]

use std::fs;
use std::path::Path;

use gongkai::report::Value;
use gongkai::template::{Form, codebook};

#[track_caller]
fn holds(path: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("GONGKAI_BLESS").is_some() {
        fs::write(&path, made).expect("the file can be written");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let line = stored.lines().zip(made.lines()).take_while(|(stored, made)| stored == made).count();
    assert!(
        stored == made,
        "{}: line {} is not what the program makes of it:\nstored: {}\nmade:   {}\nrun GONGKAI_BLESS=1 cargo test --test docs",
        path.display(),
        line + 1,
        stored.lines().nth(line).unwrap_or_default(),
        made.lines().nth(line).unwrap_or_default(),
    );
}

#[test]
fn the_codebook_is_that_of_the_forms() {
    let made = codebook::markdown(Form::shipped());
    for state in Value::STATES {
        assert!(made.contains(&format!("| `{state}` |")), "the state `{state}` is not explained");
    }
    holds("docs/codebook.md", &made);
}

#[test]
fn the_checks_are_those_of_the_catalogue() {
    let made = gongkai::check::markdown(Form::shipped()) + &gongkai::panel::markdown();
    holds("docs/checks.md", &made);
}

#[test]
fn the_formats_are_those_of_the_readers_and_archives() {
    holds("docs/formats.md", &gongkai::cli::formats_markdown());
}
