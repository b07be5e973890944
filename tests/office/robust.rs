//! OpenDocument texts made by other projects to test their own readers, where `GONGKAI_CORPUS` names
//! the folder that holds them: each gives a result or a clear error, soon and in little memory.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// No file takes a tenth of it; only one that hangs takes more.
const DEADLINE: Duration = Duration::from_secs(5);
/// Kilobytes of address space.
const MEMORY: usize = 500_000;

/// The files, or `None` (said aloud) where the tests run without them.
fn files() -> Option<Vec<PathBuf>> {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else {
        println!("GONGKAI_CORPUS is not set: nothing to read");
        return None;
    };
    let entries = walkdir::WalkDir::new(folder.join("robust")).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.expect("an entry").into_path());
    let ends = ["odt", "ott", "fodt", "ods", "xls", "xlsx", "xlsb"];
    let known =
        |path: &PathBuf| path.extension().is_some_and(|end| ends.iter().any(|known| end.eq_ignore_ascii_case(known)));
    Some(paths.filter(known).collect())
}

fn start(file: &Path, out: &Path) -> Child {
    Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$0\" extract \"$1\" -o \"$2\""))
        .args([Path::new(env!("CARGO_BIN_EXE_gongkai")), file, out])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command")
}

/// Exit code and what was said, or `None` if it did not end in time.
fn finish(mut child: Child) -> Option<(Option<i32>, String)> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the child") {
            let mut said = String::new();
            child.stderr.take().expect("piped").read_to_string(&mut said).expect("what was said");
            return Some((status.code(), said));
        }
        if started.elapsed() > DEADLINE {
            child.kill().expect("the child");
            child.wait().expect("the child");
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
#[cfg(unix)]
fn every_file_gives_a_result_or_a_clear_error() {
    let Some(files) = files() else { return };
    assert!(files.len() >= 52, "only {} files", files.len());
    let folder = tempfile::tempdir().expect("a folder");
    let mut failures = String::new();
    for (at, file) in files.iter().enumerate() {
        let wrong = match finish(start(file, &folder.path().join(at.to_string()))) {
            None => "no end in sight".to_owned(),
            Some((_, said)) if said.contains("panicked") || said.contains("memory allocation") => said,
            Some((Some(0 | 1), _)) => continue,
            Some((Some(2), said)) if !said.trim().is_empty() => continue,
            Some((code, said)) => format!("exit code {code:?}: {said}"),
        };
        failures.push_str(&format!("\n{}: {wrong}", file.display()));
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{} files read or refused", files.len());
}
