//! Thousands of damaged workbooks: the readers never panic, and what they read is a document.

use std::path::Path;

use gongkai::document::Block;
use gongkai::ingest::{self, Limits};

use crate::mutate::{self, Random};
use crate::package::Package;

/// Mutants of each kind.
const MUTANTS: u64 = 300;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).expect("the sample")
}

/// The parts of an archive, not packed, so that damage meets what is in them.
fn unpacked(bytes: &[u8]) -> Package {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("its bytes");
        parts.push((file.name().expect("a name").into_owned(), bytes));
    }
    Package { parts, stored: true }
}

/// Whether the mutant was read.
fn survive(name: &str, seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits { cells: 200_000, ..Limits::default() }) {
        Ok(document) => {
            for table in &document.tables {
                drop(table.grid());
            }
            for block in &document.blocks {
                if let Block::Table(index) = block {
                    assert!(*index < document.tables.len(), "{name} {seed}: a table that is not there");
                }
            }
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

fn run(name: &str, least: u64, mutate: impl Fn(&mut Random) -> Vec<u8>) {
    let read = (0..MUTANTS).filter(|&seed| survive(name, seed, &mutate(&mut Random(seed)))).count();
    assert!(read as u64 >= least, "{name}: only {read} could be read");
}

/// Damage to each part in turn.
fn parts(name: &str, sample_name: &str, mutate: fn(&[u8], &mut Random) -> Vec<u8>) {
    let original = unpacked(&sample(sample_name));
    let xml = |name: &str| (name.ends_with(".xml") || name.ends_with(".rels")) && !name.starts_with("docProps");
    let places: Vec<usize> = (0..original.parts.len()).filter(|&at| xml(&original.parts[at].0)).collect();
    run(name, MUTANTS / 4, |random| {
        let mut package = original.clone();
        let part = &mut package.parts[places[random.below(places.len())]].1;
        *part = mutate(part, random);
        package.bytes()
    });
}

#[test]
fn xlsx_parts_with_bytes_changed() {
    parts("xlsx bytes", "xlsx-2021/input.xlsx", mutate::bytes);
}

#[test]
fn xlsx_parts_with_tags_changed() {
    parts("xlsx tags", "xlsx-2021/input.xlsx", mutate::tags);
}

#[test]
fn ods_parts_with_bytes_changed() {
    parts("ods bytes", "ods-2021/input.ods", mutate::bytes);
}

#[test]
fn ods_parts_with_tags_changed() {
    parts("ods tags", "ods-2021/input.ods", mutate::tags);
}

#[test]
fn archives_with_bytes_changed() {
    let bytes = sample("xlsx-2021/input.xlsx");
    run("archive", MUTANTS / 4, |random| mutate::bytes(&bytes, random));
}

#[test]
fn containers_of_records_with_bytes_changed() {
    let bytes = sample("xls-2021/input.xls");
    run("container", MUTANTS / 4, |random| mutate::bytes(&bytes, random));
}

#[test]
fn records_with_bytes_changed() {
    let bytes = sample("xls-numbers-2021/input.xls");
    let mut container = cfb::CompoundFile::open(std::io::Cursor::new(&bytes[..])).expect("a container");
    let mut stream = Vec::new();
    std::io::Read::read_to_end(&mut container.open_stream("Workbook").expect("a workbook"), &mut stream)
        .expect("records");
    // Without a container: its records only.
    run("records", MUTANTS / 4, |random| mutate::bytes(&stream, random));
    run("few records", 0, |random| {
        let mut mutant = stream.clone();
        for _ in 0..40 {
            mutant = mutate::bytes(&mutant, random);
        }
        mutant
    });
}
