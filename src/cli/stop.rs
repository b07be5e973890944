//! Ctrl-C: the first ends a run well, the second at once.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Exit;

static REQUESTED: AtomicBool = AtomicBool::new(false);
/// What is said at the first, in one line.
static ANSWER: OnceLock<String> = OnceLock::new();

/// Sets what is said at once when somebody asks the run to end: a file in hand may take a minute.
pub(crate) fn answer(line: String) {
    // A process has one run.
    let _ = ANSWER.set(line);
}

/// Whether somebody asked the run to end; from the first call on this is listened for.
pub(crate) fn requested() -> &'static AtomicBool {
    static LISTENING: std::sync::Once = std::sync::Once::new();
    // Where nothing can listen, Ctrl-C ends the program as it always does.
    LISTENING.call_once(|| drop(ctrlc::set_handler(on_signal)));
    &REQUESTED
}

/// Lets a write fail that is too long for a limit of the system (`ulimit -f`): it is then said like that of a full disk.
/// Unasked, the signal of that limit ends the process without a word.
pub(crate) fn outlive_file_limit() {
    #[cfg(unix)]
    drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default()));
}

fn on_signal() {
    if REQUESTED.swap(true, Ordering::Relaxed) {
        std::process::exit(i32::from(Exit::Stopped as u8));
    }
    if let Some(line) = ANSWER.get() {
        // Not in the handler of a signal, but in a thread of its own.
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}
