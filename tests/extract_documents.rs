//! The documents under `tests/cmd`: commands as a person types them, with what is printed.
//!
//! A block headed `text file=NAME` makes a file, one headed `zip file=NAME` an archive: each of its
//! lines is a path in it and the file that is put there. In a `console` block each line that starts
//! with `$ ` is run in a fresh folder of the document; what follows is standard output, then
//! standard error, then `[exit N]` unless it is 0. `$ cat FILE` and `$ ls DIR` are built in, and
//! `< FILE` feeds standard input. `GONGKAI_BLESS=1` rewrites what is printed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
#[expect(clippy::disallowed_methods, reason = "tests may look at the environment and at files")]
fn the_documents_show_what_the_command_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("tests/cmd").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let document = fs::read_to_string(&path).expect("UTF-8").replace("\r\n", "\n");
        let played = play(&document);
        if std::env::var("GONGKAI_BLESS").is_ok() {
            fs::write(&path, &played).expect("written");
        } else {
            assert_eq!(played, document, "{}", path.display());
        }
    }
}

/// The document with what is printed now.
fn play(document: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut played = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(played, "{line}");
        let block: Vec<&str> = match line.strip_prefix("```") {
            Some(head) if !head.is_empty() => lines.by_ref().take_while(|line| *line != "```").collect(),
            _ => continue,
        };
        if let Some(name) = line.strip_prefix("```text file=") {
            make(&folder.path().join(name), &block);
            block.iter().for_each(|line| played.extend([line, "\n"]));
        } else if let Some(name) = line.strip_prefix("```zip file=") {
            pack(folder.path(), name, &block);
            block.iter().for_each(|line| played.extend([line, "\n"]));
        } else if line == "```console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let _ = write!(played, "$ {command}\n{}", run(command, folder.path()));
            }
        }
        played.push_str("```\n");
    }
    played
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn make(path: &Path, lines: &[&str]) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    fs::write(path, text).expect("written");
}

fn pack(folder: &Path, name: &str, lines: &[&str]) {
    let archive = fs::File::create(folder.join(name)).expect("a file");
    let mut writer = zip::ZipWriter::new(archive);
    for line in lines {
        let (path, file) = line.split_once(' ').expect("a path and a file");
        writer.start_file(path, zip::write::SimpleFileOptions::default()).expect("written");
        let mut from = fs::File::open(folder.join(file)).expect("a file");
        std::io::copy(&mut from, &mut writer).expect("written");
    }
    writer.finish().expect("written");
}

fn run(line: &str, folder: &Path) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["cat", file] => fs::read_to_string(folder.join(file)).expect("a file").replace("\r\n", "\n"),
        ["ls", dir] => listing(&folder.join(dir)),
        ["gongkai", ref arguments @ .., "<", file] => {
            let input = fs::File::open(folder.join(file)).expect("a file");
            gongkai(arguments, input.into(), folder)
        }
        ["gongkai", ref arguments @ ..] => gongkai(arguments, Stdio::null(), folder),
        _ => panic!("not a command of these documents: {line}"),
    }
}

fn listing(dir: &Path) -> String {
    let mut names: Vec<String> = fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names.iter().flat_map(|name| [name, "\n"]).collect()
}

fn gongkai(arguments: &[&str], input: Stdio, folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(arguments).current_dir(folder).stdin(input).env("LC_ALL", "en_US.UTF-8").env("NO_COLOR", "1");
    let output = command.output().expect("the program runs");
    let mut text = String::from_utf8(output.stdout).expect("UTF-8");
    text.push_str(&String::from_utf8(output.stderr).expect("UTF-8"));
    match output.status.code() {
        Some(0) => text,
        Some(code) => text + &format!("[exit {code}]\n"),
        None => text + "[killed]\n",
    }
}
