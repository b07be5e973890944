//! What the fuzz targets do with a fuzzer's bytes.

use std::io::{Cursor, Write};

use gongkai::Options;
use gongkai::ingest::{Limits, READERS};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Bounds under which no input takes long: a fuzzer wants thousands of runs a second, and a limit that
/// does not hold shows itself all the sooner.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        file_bytes: 4 << 20,
        part_bytes: 4 << 20,
        depth: 500,
        nested_tables: 8,
        cells: 50_000,
        paragraphs: 50_000,
        nodes: 100_000,
        entries: 200,
        pages: 50,
        content_bytes: 4 << 20,
        drawn: 50_000,
        ..Limits::default()
    }
}

/// Reads the bytes with one reader, whether it recognises them or not.
///
/// # Panics
/// When there is no such reader, and when the reader itself fails.
pub fn read(name: &str, bytes: &[u8]) {
    let reader = READERS.iter().find(|reader| reader.name == name).expect("a reader of this name");
    let _ = (reader.recognise)(bytes);
    if let Ok(document) = (reader.read)(bytes, &limits()) {
        for table in &document.tables {
            let _ = table.grid();
        }
    }
}

/// Reads, maps and checks, with whatever reader recognises the bytes.
pub fn extract(bytes: &[u8]) {
    let options = Options { limits: limits(), ..Options::default() };
    let _ = gongkai::extract(bytes, &options);
}

/// A container of stored parts.
///
/// # Panics
/// Never: it is written to memory.
#[must_use]
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}
