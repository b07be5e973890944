//! A digest of the sources, by which the journal of a run tells builds of one version apart: the same sources give the
//! same digest on every machine, wherever the program is copied to. And the shipped forms as JSON, which is read ten times as
//! fast as the TOML in which they are written.

use std::env;
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
    turn_forms()?;
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

/// `catalog/EDITION/NAME.toml` → `EDITION-NAME.json` among what is built.
#[allow(clippy::disallowed_methods, reason = "it runs before there is a program")]
fn turn_forms() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut files = Vec::new();
    gather(Path::new("src/template/catalog"), &mut files)?;
    for path in files {
        let wrong = |said: String| io::Error::other(format!("{}: {said}", path.display()));
        let form: serde_json::Value =
            toml::from_str(&fs::read_to_string(&path)?).map_err(|error| wrong(error.to_string()))?;
        let parts = [path.parent().and_then(Path::file_name), path.file_stem()];
        let [Some(edition), Some(name)] = parts else { return Err(wrong("no name".to_owned())) };
        let turned = format!("{}-{}.json", edition.to_string_lossy(), name.to_string_lossy());
        fs::write(out.join(turned), form.to_string())?;
    }
    Ok(())
}
