//! How a long run shows that it goes on: a bar, lines, or events for programs; on standard error.

use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::words::{plural, visible};
use crate::batch::{Begun, Done, Summary, is_packing};
use crate::finding::{Code, Lang};

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Bar,
    Lines,
    Json,
    None,
}

/// Between two lines: a log of a night has a few thousand.
const BETWEEN: Duration = Duration::from_secs(10);

/// What was shown so far; one thread after the other tells it how far the run is.
pub(crate) struct Progress {
    kind: Kind,
    lang: Lang,
    bar: ProgressBar,
    inputs: usize,
    started: Instant,
    shown: Mutex<Instant>,
    failed: AtomicUsize,
    known: AtomicUsize,
    begun: AtomicUsize,
}

/// An event of `--progress json`, one a line; its members are documented in `docs/cli.md`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event<'a> {
    Started {
        inputs: usize,
        threads: usize,
    },
    Journal {
        resumed: bool,
        files: usize,
        cause: &'static str,
    },
    File {
        source: &'a str,
        outcome: &'static str,
        format: &'a str,
        reports: usize,
        cause: Option<&'a str>,
        message: Option<String>,
        begun: usize,
    },
    Message {
        severity: &'static str,
        message: &'a str,
    },
    Finished {
        complete: bool,
        files: usize,
        unreadable: usize,
        reports: usize,
        left: usize,
    },
}

#[expect(clippy::disallowed_methods, reason = "what is shown while a run goes on is in no result")]
fn now() -> Instant {
    Instant::now()
}

impl Progress {
    /// Of a run over so many inputs.
    pub(crate) fn new(kind: Kind, inputs: usize, threads: NonZeroUsize, lang: Lang) -> Self {
        let bar = if kind == Kind::Bar { bar(inputs, lang) } else { ProgressBar::hidden() };
        let [failed, known, begun] = [const { AtomicUsize::new(0) }; 3];
        let (started, shown) = (now(), Mutex::new(now()));
        let progress = Progress { kind, lang, bar, inputs, started, shown, failed, known, begun };
        progress.event(&Event::Started { inputs, threads: threads.get() });
        progress
    }

    /// Whether a program reads it: then nothing else is said.
    pub(crate) fn is_for_programs(&self) -> bool {
        self.kind == Kind::Json
    }

    /// How the journal was begun; only what a person did not expect is said.
    pub(crate) fn note(&self, begun: Begun) {
        let (resumed, files, cause) = match begun {
            Begun::New => return,
            Begun::Resumed(files) => (true, files, "resumed"),
            Begun::NoneThere => (false, 0, "none_there"),
            Begun::OfAnother => (false, 0, "of_another"),
        };
        self.event(&Event::Journal { resumed, files, cause });
        if self.kind != Kind::Json && self.kind != Kind::None {
            self.aside(|| say(&journal(begun, self.lang)));
        }
    }

    /// One file more.
    pub(crate) fn file<M>(&self, done: &Done<'_, M>) {
        let item = &done.item;
        let unreadable = item.findings.iter().find(|finding| finding.code == Code::Unreadable);
        self.failed.fetch_add(usize::from(unreadable.is_some()), Ordering::Relaxed);
        self.known.fetch_add(usize::from(done.known), Ordering::Relaxed);
        self.begun.store(done.begun, Ordering::Relaxed);
        match self.kind {
            Kind::Bar => {
                self.bar.set_position(done.begun as u64);
                if self.failed.load(Ordering::Relaxed) > 0 {
                    self.bar.set_message(failures(self.failed.load(Ordering::Relaxed), self.lang));
                }
            }
            Kind::Lines => self.line(done.begun),
            Kind::Json => self.event(&Event::File {
                source: item.source,
                outcome: match unreadable {
                    Some(_) => "unreadable",
                    None if is_packing(item.format) => "archive",
                    None if done.known => "known",
                    None => "read",
                },
                format: item.format,
                reports: item.reports.len(),
                cause: unreadable.and_then(|finding| finding.found.as_deref()),
                message: item.findings.first().map(|finding| finding.message(self.lang)),
                begun: done.begun,
            }),
            Kind::None => {}
        }
    }

    fn line(&self, begun: usize) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if now().duration_since(*shown) < BETWEEN {
            return;
        }
        *shown = now();
        let (failed, passed) = (self.failed.load(Ordering::Relaxed), now().duration_since(self.started));
        say(&line(begun, self.inputs, failed, passed, self.lang));
    }

    /// Says something else without spoiling the bar.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// What to answer at once when somebody asks the run to end; nothing where nothing is shown.
    pub(crate) fn answer_to_stop(&self) -> Option<String> {
        let message = match self.lang {
            Lang::En => "stopping once the files in hand are read; Ctrl-C again ends at once and writes nothing",
            Lang::Zh => "正在停止：读完手头的文件后结束；再按一次 Ctrl-C 立即结束，不写出结果",
        };
        match self.kind {
            Kind::None => None,
            Kind::Json => serde_json::to_string(&Event::Message { severity: "note", message }).ok(),
            Kind::Bar | Kind::Lines => Some(message.to_owned()),
        }
    }

    /// Something about the run as a whole, to a program.
    pub(crate) fn message(&self, severity: &'static str, message: &str) {
        self.event(&Event::Message { severity, message });
    }

    /// The run has ended: well, or by an error, and then what was not begun was not counted.
    pub(crate) fn finish(&self, summary: &Summary, well: bool) {
        self.bar.finish_and_clear();
        let Summary { files, unreadable, reports, left, .. } = *summary;
        let left = if well { left } else { self.inputs.saturating_sub(self.begun.load(Ordering::Relaxed)) };
        let complete = well && summary.is_complete();
        self.event(&Event::Finished { complete, files, unreadable, reports, left });
        let known = self.known.load(Ordering::Relaxed);
        if known > 0 && matches!(self.kind, Kind::Bar | Kind::Lines) {
            say(&match self.lang {
                Lang::En => format!("{known} of them known from the journal, not read again"),
                Lang::Zh => format!("其中 {known} 个已在日志中，未重新读取"),
            });
        }
    }

    fn event(&self, event: &Event<'_>) {
        if self.kind == Kind::Json {
            let json = serde_json::to_string(event).unwrap_or_default();
            // Whoever listened may have gone; the run goes on.
            let _ = writeln!(std::io::stderr().lock(), "{json}");
        }
    }
}

fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", visible(text));
}

fn bar(inputs: usize, lang: Lang) -> ProgressBar {
    let pattern = match lang {
        Lang::En => "{bar:24} {human_pos} of {human_len}, {per_sec}, {eta} left {msg}",
        Lang::Zh => "{bar:24} {human_pos}/{human_len}，{per_sec}，剩余 {eta} {msg}",
    };
    let style = ProgressStyle::with_template(pattern).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::stderr()).with_style(style)
}

fn failures(failed: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("({failed} could not be read)"),
        Lang::Zh => format!("（{failed} 个无法读取）"),
    }
}

fn line(begun: usize, inputs: usize, failed: usize, passed: Duration, lang: Lang) -> String {
    let rate = begun as f64 / passed.as_secs_f64().max(f64::EPSILON);
    let left = (inputs.saturating_sub(begun)) as f64 / rate.max(f64::EPSILON);
    match lang {
        Lang::En => format!(
            "{begun} of {inputs} inputs, {rate:.0} a second, {failed} could not be read, about {left:.0} s left"
        ),
        Lang::Zh => format!("{begun}/{inputs} 个输入，每秒 {rate:.0} 个，{failed} 个无法读取，约剩 {left:.0} 秒"),
    }
}

fn journal(begun: Begun, lang: Lang) -> String {
    match (begun, lang) {
        (Begun::Resumed(files), Lang::En) => format!("going on: {} known from the journal", plural(files, "file")),
        (Begun::Resumed(files), Lang::Zh) => format!("继续：日志中已有 {files} 个文件"),
        (Begun::OfAnother, Lang::En) => {
            "the journal in the folder is of another version or other options: every file is read again".to_owned()
        }
        (Begun::OfAnother, Lang::Zh) => "文件夹中的日志属于其他版本或其他选项：全部重新读取".to_owned(),
        (_, Lang::En) => "there is no journal to go on with: every file is read".to_owned(),
        (_, Lang::Zh) => "没有可继续的日志：全部读取".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_how_fast_and_how_long() {
        let after = Duration::from_secs(10);
        assert_eq!(
            line(100, 300, 2, after, Lang::En),
            "100 of 300 inputs, 10 a second, 2 could not be read, about 20 s left"
        );
        assert_eq!(line(100, 300, 2, after, Lang::Zh), "100/300 个输入，每秒 10 个，2 个无法读取，约剩 20 秒");
    }
}
