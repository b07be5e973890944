//! Events for programs, and silence where it is asked for.

use super::{inputs, run, said};

#[test]
fn every_file_is_an_event_and_nothing_else_is_said() {
    let (root, out) = (inputs(10), tempfile::tempdir().expect("a folder"));
    let output = run(root.path(), out.path(), &["--progress", "json", "--threads", "2"]);
    let events: Vec<serde_json::Value> =
        said(&output).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    assert_eq!(events[0]["event"], "started");
    assert_eq!((&events[0]["inputs"], &events[0]["threads"]), (&12.into(), &2.into()));
    let outcome = |source: &str| {
        let event = events.iter().find(|event| event["source"] == source).unwrap_or_else(|| panic!("{source}"));
        (
            event["outcome"].as_str().expect("a word"),
            event["cause"].as_str(),
            event["reports"].as_u64().expect("a count"),
        )
    };
    assert_eq!(outcome("0001.txt"), ("read", None, 1));
    assert_eq!(outcome("0050-empty.docx"), ("unreadable", Some("empty"), 0));
    assert_eq!(outcome("0100-packed.zip"), ("archive", None, 0));
    assert_eq!(outcome("0100-packed.zip/0005.txt"), ("read", None, 1));
    let last = events.last().expect("an end");
    assert_eq!((&last["event"], &last["complete"], &last["reports"]), (&"finished".into(), &true.into(), &10.into()));
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let (root, out) = (inputs(6), tempfile::tempdir().expect("a folder"));
    let output = run(root.path(), out.path(), &["--quiet"]);
    let told = said(&output);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.lines().all(|line| line.starts_with("error: ")), "{told}");
    std::fs::remove_file(root.path().join("0050-empty.docx")).expect("removed");
    std::fs::remove_file(root.path().join("0060-broken.docx")).expect("removed");
    assert_eq!(said(&run(root.path(), out.path(), &["--quiet"])), "");
}
