//! Folders full of trouble: what is no file, what may not be read, what changes while it is read, and names
//! that no file should have.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::archive::{report, zip, zip_raw};
use crate::command::{Ended, gongkai, watched};

/// Only a run that waits for something that never comes takes so long.
const DEADLINE: Duration = Duration::from_secs(60);

fn extract(root: &Path, more: &[&str]) -> Ended {
    watched(gongkai(root, &[&["extract", "in", "--out", "out"][..], more].concat()), DEADLINE)
}

/// A folder `in` with one good report.
fn inputs() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("in")).expect("a folder");
    fs::write(root.path().join("in/good.txt"), report(41)).expect("written");
    root
}

fn figures(root: &Path) -> String {
    fs::read_to_string(root.join("out/cells.csv")).expect("written")
}

#[test]
fn links_in_circles_pipes_sockets_and_devices_are_no_files() {
    let root = inputs();
    let inside = root.path().join("in");
    fs::create_dir(inside.join("deep")).expect("a folder");
    for (target, link) in [
        ("..", "deep/up"),
        (".", "here"),
        ("self.docx", "self.docx"),
        ("b.docx", "a.docx"),
        ("a.docx", "b.docx"),
        ("gone.pdf", "dangling.pdf"),
        ("/dev/zero", "zero.docx"),
        ("/dev/full", "full.txt"),
        ("/proc/self/fd/0", "stdin.txt"),
        ("good.txt", "again.txt"),
    ] {
        symlink(target, inside.join(link)).expect("a link");
    }
    for pipe in ["pipe.docx", "pipe", "deep/pipe.txt"] {
        assert!(Command::new("mkfifo").arg(inside.join(pipe)).status().expect("runs").success());
    }
    let _listening = UnixListener::bind(inside.join("socket.txt")).expect("a socket");
    let ended = extract(root.path(), &["--threads", "2", "--lang", "en"]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    for link in ["a.docx", "b.docx", "dangling.pdf", "self.docx"] {
        let sentence =
            format!("error: {link}: it is a link that leads to no file; mend the link, or name the file itself");
        assert!(ended.stderr.contains(&sentence), "{}", ended.stderr);
    }
    assert!(ended.stderr.contains("1 file read, 1 report, 4 could not be read"), "{}", ended.stderr);
    assert!(figures(root.path()).contains("good.txt,"));
}

/// Runs the command as a user who may not read everything; `None` (said aloud) where this test runs as none who
/// could be another.
fn as_nobody(root: &Path) -> Option<Command> {
    let program = root.join("gongkai");
    fs::copy(env!("CARGO_BIN_EXE_gongkai"), &program).expect("copied");
    for path in [root, &program] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("permissions");
    }
    let mut other = Command::new("setpriv");
    other.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&program);
    let answers = Command::new("setpriv")
        .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
        .arg(&program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !answers {
        println!("nobody else can be run here: permissions are not tested");
        return None;
    }
    other.current_dir(root).env("LC_ALL", "en_US.UTF-8");
    Some(other)
}

#[test]
fn folders_and_files_that_may_not_be_read_are_named_and_the_others_read() {
    let root = inputs();
    let inside = root.path().join("in");
    fs::create_dir(inside.join("closed")).expect("a folder");
    fs::write(inside.join("closed/r.txt"), report(1)).expect("written");
    fs::write(inside.join("closed.docx"), report(1)).expect("written");
    for closed in ["closed", "closed.docx"] {
        fs::set_permissions(inside.join(closed), fs::Permissions::from_mode(0o000)).expect("permissions");
    }
    let Some(mut command) = as_nobody(root.path()) else { return };
    command.args(["extract", "in", "--out", "out", "--lang", "en"]);
    let ended = watched(command, DEADLINE);
    fs::set_permissions(inside.join("closed"), fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    for closed in ["closed", "closed.docx"] {
        let sentence = format!(
            "error: {closed}: permission to read it was denied; change its permissions, or run as a user who may read it"
        );
        assert!(ended.stderr.contains(&sentence), "{}", ended.stderr);
    }
    assert!(figures(root.path()).contains("good.txt,"));
}

/// Writes, empties, lengthens, replaces and removes files until it is told to stop.
fn churn(folder: &Path, stop: &AtomicBool) {
    let whole = zip(&[("a.txt", &report(1)), ("b.txt", &report(2))]);
    for round in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        for at in 0..20_usize {
            let path = folder.join(format!("{:02}.{}", (at + round) % 20, if at % 2 == 0 { "zip" } else { "txt" }));
            // Whatever is refused is what somebody else just did.
            let _ = match (at + round) % 5 {
                0 => fs::write(&path, &whole),
                1 => fs::write(&path, b""),
                2 => fs::write(&path, whole.repeat(50)),
                3 => fs::remove_file(&path),
                _ => fs::rename(&path, folder.join(format!("{:02}.txt", at % 20))),
            };
        }
    }
}

#[test]
fn files_that_vanish_and_change_while_they_are_read_cost_themselves_only() {
    let root = inputs();
    let inside = root.path().join("in");
    for at in 0..30 {
        fs::write(inside.join(format!("z{at}.txt")), report(at)).expect("written");
    }
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| churn(&inside, &stop));
        for _ in 0..6 {
            let ended = extract(root.path(), &["--threads", "3", "--lang", "en"]);
            let failed = ended.code.is_none_or(|code| code > 2) || ended.stderr.contains("itself failed");
            if failed || (0..30).any(|at| !figures(root.path()).contains(&format!("z{at}.txt,"))) {
                stop.store(true, Ordering::Relaxed);
                panic!("{:?}: {}", ended.code, ended.stderr);
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// Names that Windows gives to devices, whatever follows the first dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt9"];

/// Whether a file may be called so on every common system.
fn is_safe(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let forbidden = |c: char| c.is_control() || r#"/\<>:"|?*"#.contains(c);
    name.len() <= 255
        && !name.contains(forbidden)
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !DEVICES.contains(&&stem[..])
}

#[test]
fn outputs_have_safe_names_whatever_the_inputs_are_called() {
    let root = inputs();
    let inside = root.path().join("in");
    let long = format!("{}.txt", "长".repeat(80));
    let names: [&[u8]; 13] = [
        b"con.txt",
        b"AUX.txt",
        b"nul .txt",
        b"lpt9.2021.txt",
        b"a\nb\x1b[31m.txt",
        b"bad\xff\xfe.txt",
        b"bad\xff\xfd.txt",
        b"a:b|c?.txt",
        b"back\\slash.txt",
        b"trailing. .txt",
        b"-rf.txt",
        "\u{202e}txt.exe.txt".as_bytes(),
        long.as_bytes(),
    ];
    for name in names {
        fs::write(inside.join(OsStr::from_bytes(name)), report(41)).expect("written");
    }
    let one = report(7);
    let packed = |name: &[u8]| (name.to_vec(), &one[..]);
    let endless = [&b"x".repeat(4_000)[..], b".txt"].concat();
    let listed: Vec<_> =
        [&b"../../up.txt"[..], b"/abs.txt", b"con", b"com1.txt", &endless].iter().map(|name| packed(name)).collect();
    fs::write(inside.join("names.zip"), zip_raw(&listed)).expect("written");

    let ended = extract(root.path(), &["--json-each", "--forms", "--lang", "en"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
    for (folder, count) in [("out/reports", 19), ("out/forms", 19)] {
        let entries = fs::read_dir(root.path().join(folder)).expect("a folder");
        let names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
        let unsafe_names: Vec<&String> = names.iter().filter(|name| !is_safe(name)).collect();
        assert!(unsafe_names.is_empty(), "{unsafe_names:#?}");
        let apart: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!((names.len(), apart.len()), (count, count), "{names:#?}");
    }
    assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 2, "nothing was written elsewhere");
    // Two names that are no text are told apart by numbers, and the others keep theirs.
    let cells = figures(root.path());
    for source in ["\ngood.txt,", "\nbad\u{fffd}\u{fffd}.txt,", "\nbad\u{fffd}\u{fffd}.txt#2,"] {
        assert!(cells.contains(source), "{source}");
    }
}

#[test]
fn names_that_are_no_text_may_be_given() {
    let root = inputs();
    let name = OsStr::from_bytes(b"in/bad\xff.txt");
    fs::write(root.path().join(name), report(3)).expect("written");
    for command in ["extract", "check", "show"] {
        let ended = watched(gongkai(root.path(), &[OsStr::new(command), name]), DEADLINE);
        assert!(ended.code.is_some_and(|code| code < 2), "{command}: {}", ended.stderr);
    }
    let out = OsStr::from_bytes(b"out\xff");
    let ended = watched(gongkai(root.path(), &[OsStr::new("extract"), name, OsStr::new("--out"), out]), DEADLINE);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let gone = OsStr::from_bytes(b"gone\xff.txt");
    let ended = watched(gongkai(root.path(), &[OsStr::new("extract"), gone]), DEADLINE);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains('\u{fffd}'), "{}", ended.stderr);
}
