//! Every hostile file by itself, in a process of its own: soon, in little memory, to a result or a named error.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::command::{Ended, gongkai, watched};
use crate::zoo::{self, Ends, Maker};

/// Far more than any file takes in a program that is not optimised, on a busy machine. One that hangs takes longer.
const DEADLINE: Duration = Duration::from_secs(60);

/// Kilobytes of memory that no file may take.
const MEMORY: u64 = 1_000_000;

/// Takes each file through the command; what is wrong with the way it ended.
fn all(lang: &str, check: impl Fn(&Maker, &Ended) -> Option<String> + Sync) -> String {
    let root = tempfile::tempdir().expect("a folder");
    let makers = Mutex::new(zoo::all());
    let wrong = Mutex::new(String::new());
    let table = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(maker) = { makers.lock().expect("whole").next() } {
                    let (size, ended) = taken(maker, root.path(), lang);
                    let row = (maker.name, size, ended.peak, ended.took);
                    table.lock().expect("whole").push(row);
                    if let Some(why) = check(maker, &ended) {
                        let _ = writeln!(wrong.lock().expect("whole"), "{}: {why}\n{:.2000}", maker.name, ended.stderr);
                    }
                }
            });
        }
    });
    for (name, size, peak, took) in table.into_inner().expect("whole") {
        println!("{name:40} {:>8} KB {:>5} MB {:>6.2} s", size >> 10, peak >> 10, took.as_secs_f64());
    }
    wrong.into_inner().expect("whole")
}

/// Length of the file, and how the command ended that read it.
fn taken(maker: &Maker, root: &Path, lang: &str) -> (usize, Ended) {
    let bytes = (maker.make)();
    fs::write(root.join(maker.name), &bytes).expect("written");
    let out = format!("out-{}", maker.name);
    let arguments = ["extract", maker.name, "--out", &out, "--lang", lang];
    let more = ["--threads", "1", "--no-journal", "--progress", "json"];
    let ended = watched(gongkai(root, &[&arguments[..], &more].concat()), DEADLINE);
    fs::remove_file(root.join(maker.name)).expect("there");
    fs::remove_dir_all(root.join(out)).expect("there");
    (bytes.len(), ended)
}

/// The events of files, and nothing else of what was said.
pub fn files(said: &str) -> Vec<Value> {
    let events = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{line}")));
    events.filter(|event| event["event"] == "file").collect()
}

/// What is wrong with what was said of a file and those in it.
pub fn wrong(ends: Ends, events: &[&Value]) -> Option<String> {
    let causes: Vec<&str> = events.iter().filter_map(|event| event["cause"].as_str()).collect();
    let flags = events.iter().filter(|event| event["cause"] == "limit").map(|event| {
        let message = event["message"].as_str().unwrap_or_default();
        let (_, flag) = message.split_once("`--limit ").unwrap_or_default();
        flag.split_once('=').unwrap_or_default().0
    });
    let flags: Vec<&str> = flags.collect();
    let right = match ends {
        Ends::Read => causes.iter().all(|cause| cause.ends_with("in_archive")) && !events.is_empty(),
        Ends::Limit(name) => flags.contains(&name),
        Ends::Refused(cause) => causes.contains(&cause),
        Ends::ReadOrLimit => causes.iter().all(|cause| *cause == "limit") && !events.is_empty(),
    };
    let unnamed = flags.iter().any(|flag| flag.is_empty());
    (!right || unnamed).then(|| format!("expected {ends:?}, found causes {causes:?}, limits {flags:?}"))
}

#[test]
fn every_hostile_file_ends_soon_in_little_memory_and_says_why() {
    let wrong = all("zh", |maker, ended| {
        let Some(code) = ended.code else { return Some("no end in sight, or killed".to_owned()) };
        if ended.peak > MEMORY {
            return Some(format!("{} KB of memory", ended.peak));
        }
        if !(0..=2).contains(&code) {
            return Some(format!("exit code {code}"));
        }
        let events = files(&ended.stderr);
        wrong(maker.ends, &events.iter().collect::<Vec<_>>())
    });
    assert!(wrong.is_empty(), "{wrong}");
}
