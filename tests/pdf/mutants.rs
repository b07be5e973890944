//! Hundreds of damaged PDF files: the reader never panics through, and never makes more than it was given.

use gongkai::document::Document;
use gongkai::finding::Code;
use gongkai::ingest::{self, Limits};

use crate::build::{Pdf, grid, latin};
use crate::mutate::{self, Random};
use crate::{codes, sample_bytes};

/// Mutants of a small open file, and of each whole report.
const MUTANTS: u64 = 250;
const WHOLE: u64 = 40;

/// A file with something of everything, none of it packed.
fn open() -> Vec<u8> {
    let content = grid(&[100.0, 200.0, 300.0], &[600.0, 650.0, 700.0])
        + &latin(110.0, 670.0, "cell")
        + "q 0.9 g 100 300 50 20 re f Q q 1 0 0 1 5 5 cm /X1 Do Q BT /T0 10 Tf 100 100 Td [<0001> -200 <0002>] TJ ET\n\
           q 20 0 0 20 300 300 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q /Sh sh BT /T3 12 Tf 50 50 Td (A) Tj ET\n";
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 21 0 R >>";
    let map = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0009> <0031> endbfrange endcmap";
    let drawn = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /one 24 0 R >> \
        /Encoding << /Differences [65 /one] >> /FirstChar 65 /LastChar 65 /Widths [6] /Resources << >> >>";
    Pdf::of_pages(&[&content, &content])
        .font("/T0 20 0 R /T3 23 0 R")
        .object(20, font)
        .stream(21, "", map)
        .x_object("/X1 22 0 R")
        .stream(
            22,
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 0 0]",
            latin(9.0, 9.0, "form").as_bytes(),
        )
        .object(23, drawn)
        .stream(24, "", b"6 0 0 0 6 7 d1 0 0 5 7 re f")
        .entries(
            "/Rotate 90 /CropBox [0 0 590 790] /Annots [<< /Subtype /Stamp /Rect [1 1 9 9] /AP << /N 22 0 R >> >>]",
        )
        .bytes()
}

fn characters(document: &Document) -> usize {
    serde_json::to_string(&(&document.blocks, &document.tables)).expect("JSON").matches("\"text\"").count()
}

/// Reads a mutant; whether it could be read.
fn survives(name: &str, seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits::default()) {
        Ok(document) => {
            assert!(characters(&document) <= 4 * file.len() + 64, "{name} {seed}");
            document.tables.iter().for_each(|table| drop(table.grid()));
            document.format == "pdf"
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

fn run(name: &str, original: &[u8], mutants: u64) -> u64 {
    let read = |seed: &u64| survives(name, *seed, &mutate::bytes(original, &mut Random(*seed)));
    (0..mutants).filter(read).count() as u64
}

#[test]
fn the_original_reads_whole() {
    let document = ingest::read(&open(), &Limits::default()).expect("a PDF file");
    assert!(!document.partial, "{:?}", document.findings);
    assert_eq!(document.tables.len(), 2);
}

#[test]
fn open_files_with_bytes_changed() {
    let read = run("open", &open(), MUTANTS);
    assert!(read > MUTANTS * 8 / 10, "only {read} could be read");
}

#[test]
fn packed_files_with_bytes_changed() {
    for case in ["pdf-wps-2021", "pdf-not-spelled-2021", "pdf-encrypted-2021"] {
        let read = run(case, &sample_bytes(case), WHOLE);
        assert!(read > WHOLE / 4, "{case}: only {read} could be read");
    }
}

#[test]
fn a_file_that_was_cut_off_says_so() {
    for case in ["pdf-2021", "pdf-wps-2021", "pdf-label-cut-2021", "pdf-encrypted-2021"] {
        let whole = sample_bytes(case);
        let says_so = |bytes: &[u8]| match ingest::read(bytes, &Limits::default()) {
            Ok(document) => document.partial && codes(&document).contains(&Code::PartialFile),
            Err(_) => true,
        };
        assert!(!says_so(&whole), "{case}: nothing is missing");
        for at in (1..20).map(|share| whole.len() * share / 20) {
            assert!(says_so(&whole[..at]), "{case} cut at {at}");
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    let whole = sample_bytes("pdf-label-cut-2021");
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        survives("cut", at as u64, &whole[..at]);
    }
}
