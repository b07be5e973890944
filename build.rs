//! A digest of the sources, by which the journal of a run tells builds of one version apart: the same sources give the
//! same digest on every machine, wherever the program is copied to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// FNV-1a, 64 bits: nobody has to be kept from finding two sources with one digest.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

#[allow(clippy::disallowed_methods, reason = "it runs before there is a program")]
fn main() -> io::Result<()> {
    let mut files = Vec::new();
    gather(Path::new("src"), &mut files)?;
    // The versions of what it is built from; a packaged crate may lack them.
    files.extend([PathBuf::from("Cargo.lock")].into_iter().filter(|path| path.exists()));
    files.sort();
    let mut digest = BASIS;
    for path in &files {
        let name = path.to_string_lossy().replace('\\', "/");
        // A checkout on Windows may end its lines otherwise.
        let bytes = fs::read(path)?.into_iter().filter(|byte| *byte != b'\r');
        for byte in name.into_bytes().into_iter().chain(bytes) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=GONGKAI_SOURCES={digest:016x}");
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "it runs before there is a program")]
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
