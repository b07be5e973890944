//! Files made by other projects to test their own readers, where `GONGKAI_CORPUS` names the folder that
//! holds them: the command takes each in a process of its own, to a result or a clear error.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// No file takes a tenth of it; only one that hangs takes more.
const DEADLINE: Duration = Duration::from_secs(2);
/// Kilobytes of address space.
const MEMORY: usize = 500_000;

/// The files with these endings, or `None` (said aloud) where the tests run without them.
pub fn files(endings: &[&str]) -> Option<Vec<PathBuf>> {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else {
        println!("GONGKAI_CORPUS is not set: nothing to read");
        return None;
    };
    let entries = walkdir::WalkDir::new(folder.join("robust")).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.expect("an entry").into_path());
    let known = |path: &PathBuf| {
        let end = path.extension().unwrap_or_default().to_ascii_lowercase();
        endings.iter().any(|known| end == *known)
    };
    Some(paths.filter(known).collect())
}

/// Takes each file through the command; panics with all that went wrong.
pub fn each_gives_a_result_or_a_clear_error(files: &[PathBuf]) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut failures = String::new();
    for (at, file) in files.iter().enumerate() {
        if let Some(wrong) = wrong(file, &folder.path().join(at.to_string())) {
            failures.push_str(&format!("\n{}: {wrong}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{} files read or refused", files.len());
}

fn start(file: &Path, out: &Path) -> Child {
    Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$0\" extract \"$1\" -o \"$2\" --threads 1"))
        // What an allocator reserves for threads is no memory of a file.
        .env("MALLOC_ARENA_MAX", "1")
        .args([Path::new(env!("CARGO_BIN_EXE_gongkai")), file, out])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command")
}

/// Exit code and what was said, or `None` if it did not end in time.
fn finish(mut child: Child) -> Option<(Option<i32>, String)> {
    let started = Instant::now();
    let mut stderr = child.stderr.take().expect("piped");
    let said = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).map(|_| String::from_utf8_lossy(&bytes).into_owned())
    });
    loop {
        if let Some(status) = child.try_wait().expect("the child") {
            return Some((status.code(), said.join().expect("no panic").expect("what was said")));
        }
        if started.elapsed() > DEADLINE {
            child.kill().expect("the child");
            child.wait().expect("the child");
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What is wrong with the way the command took a file.
fn wrong(file: &Path, out: &Path) -> Option<String> {
    let Some((code, said)) = finish(start(file, out)) else { return Some("no end in sight".to_owned()) };
    if said.contains("panicked") || said.contains("memory allocation") || said.contains("overflowed its stack") {
        return Some(said);
    }
    match code {
        Some(0 | 1) => None,
        Some(2) if !said.trim().is_empty() => None,
        Some(2) => Some("refused without a word".to_owned()),
        other => Some(format!("exit code {other:?}: {said}")),
    }
}
