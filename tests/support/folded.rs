//! JSON of which whatever fits stands on one line: a cell, a figure, a finding. A change of one of
//! them changes one line, and a file is a third of what it would be spread out.

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

/// The longest line that is made of several.
const WIDTH: usize = 240;

/// The value as JSON, folded.
pub fn folded(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut writer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
    value.serialize(&mut writer).expect("string keys");
    fold(&String::from_utf8(bytes).expect("UTF-8"))
}

fn fold(spread: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = Vec::new();
    for line in spread.lines() {
        lines.push(line.to_owned());
        // A string ends with a quotation mark, so only real brackets end or begin a line.
        if line.ends_with(['{', '[']) {
            open.push(lines.len() - 1);
        } else if line.trim_start().starts_with(['}', ']']) {
            close(&mut lines, open.pop().expect("balanced"));
        }
    }
    lines.join("\n") + "\n"
}

/// Makes one line of those from `start` on, if it is not too long.
fn close(lines: &mut Vec<String>, start: usize) {
    let mut joined = lines[start].clone();
    for line in &lines[start + 1..] {
        let bare = line.trim_start();
        let gap = if joined.ends_with(',') { " " } else { "" };
        joined = joined + gap + bare;
    }
    if joined.chars().count() <= WIDTH {
        lines.truncate(start);
        lines.push(joined);
    }
}
