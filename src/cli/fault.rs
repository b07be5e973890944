//! Faults of the program and of the libraries below it: what a person sees of them.
//!
//! Wherever a fault can be caught it becomes a named error of one file or output, and its own words, which
//! help nobody who is not to mend it, are kept from the terminal. `RUST_BACKTRACE` shows them.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::{Context, Exit};
use crate::finding::Lang;

/// The variable with which those who mend programs ask for everything.
const ASKED: &str = "RUST_BACKTRACE";

/// Where the last fault was.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs a command. A fault that nothing below has caught ends it with a sentence.
pub(super) fn guarded(context: &Context, run: impl FnOnce() -> Exit) -> Exit {
    if std::env::var_os(ASKED).is_none_or(|asked| asked == "0") {
        panic::set_hook(Box::new(note));
    }
    // Nothing of a run that failed is used afterwards.
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        context.error(sentence(&LAST.lock().unwrap_or_else(PoisonError::into_inner), context.lang));
        Exit::Unreadable
    })
}

fn note(fault: &PanicHookInfo<'_>) {
    let place = fault.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = place;
}

fn sentence(place: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("gongkai itself failed ({place}); please report it, with what it says if {ASKED}=1 is set"),
        Lang::Zh => format!("程序出错（{place}）；请报告此问题，并附上设置 {ASKED}=1 后的输出"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_nothing_caught_ends_the_run_with_its_place() {
        let before = panic::take_hook();
        let exit = guarded(&Context { lang: Lang::En }, || panic!("on purpose"));
        panic::set_hook(before);
        assert_eq!(exit, Exit::Unreadable);
        if std::env::var_os(ASKED).is_none_or(|asked| asked == "0") {
            assert!(LAST.lock().expect("whole").contains("fault.rs:"));
        }
    }
}
