//! Every hostile file by itself.

use std::fs;
use std::time::Duration;

use crate::command::{gongkai, watched};
use crate::zoo;

const DEADLINE: Duration = Duration::from_secs(60);

#[test]
fn explore() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let root = tempfile::tempdir().expect("a folder");
    for (at, hostile) in zoo::all(&only).into_iter().enumerate() {
        fs::write(root.path().join(&hostile.name), &hostile.bytes).expect("written");
        let size = hostile.bytes.len();
        if std::env::var("KEEP").is_ok() { fs::write(format!("/tmp/zoo/{}", hostile.name), &hostile.bytes).unwrap(); }
        let out = at.to_string();
        let arguments = ["extract", &hostile.name, "--out", &out, "--threads", "1", "--no-journal"];
        let ended = watched(gongkai(root.path(), &arguments), DEADLINE);
        let said: String = ended.stderr.lines().filter(|line| !line.starts_with("  ")).take(2).collect::<Vec<_>>().join(" | ");
        println!("{:40} {:>9} {:>6.2}s {:>5} MB code {:?} [{}] {}", hostile.name, size, ended.took.as_secs_f64(), ended.peak >> 10, ended.code, hostile.ends, said.chars().take(230).collect::<String>());
        fs::remove_file(root.path().join(&hostile.name)).unwrap();
    }
}
