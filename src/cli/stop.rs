//! Ctrl-C: the first ends a run well, the second at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::Exit;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Whether somebody asked the run to end; from the first call on this is listened for.
pub(crate) fn requested() -> &'static AtomicBool {
    static LISTENING: std::sync::Once = std::sync::Once::new();
    // Where nothing can listen, Ctrl-C ends the program as it always does.
    LISTENING.call_once(|| drop(ctrlc::set_handler(on_signal)));
    &REQUESTED
}

fn on_signal() {
    if REQUESTED.swap(true, Ordering::Relaxed) {
        std::process::exit(i32::from(Exit::Stopped as u8));
    }
}
