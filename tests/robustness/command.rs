//! The built command under watch: how it ended, what it said, the most memory that it had.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Between two looks at the memory: the system keeps the most that there was, so that only the
/// last moments of a process are missed.
const BETWEEN: Duration = Duration::from_millis(3);

/// How a run ended.
pub struct Ended {
    /// Exit code; `None` if it was killed, by this test or by a signal.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// Kilobytes of memory at most.
    pub peak: u64,
    pub took: Duration,
}

/// The command with its arguments, in a folder, one arena for all threads: what an allocator reserves for each
/// thread is no memory of a file.
pub fn gongkai<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).args(arguments).env("LC_ALL", "en_US.UTF-8").env("MALLOC_ARENA_MAX", "1");
    command.env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null());
    command
}

/// Runs it, and kills it at the deadline.
pub fn watched(mut command: Command, deadline: Duration) -> Ended {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let stdout = collected(child.stdout.take().expect("piped"));
    let stderr = collected(child.stderr.take().expect("piped"));
    let mut peak = 0;
    let code = loop {
        peak = memory(&child).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().expect("the child") {
            break status.code();
        }
        if started.elapsed() > deadline {
            child.kill().expect("the child");
            child.wait().expect("the child");
            break None;
        }
        thread::sleep(BETWEEN);
    };
    let took = started.elapsed();
    Ended { code, stdout: stdout.join().expect("no panic"), stderr: stderr.join().expect("no panic"), peak, took }
}

fn collected(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("a pipe");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find(|line| line.starts_with("VmHWM"))?.split_whitespace().nth(1)?.parse().ok()
}
