//! One document, read again and again in one process by gongkai, by office_oxide and by the least that any reader
//! must do; `run` beside this file sets it against other programs.
//!
//! `cargo bench --bench peers -- ROUNDS FILE` prints a line `NAME<tab>SECONDS` for each, the median of the rounds.

#![allow(missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench reads files and the clock")]

use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Instant;

use gongkai::ingest::{self, Limits};
use office_oxide::{Document as Other, DocumentFormat};
use quick_xml::events::Event;

/// A name, and what it does with the bytes of a document.
type Reader<'n, 'w> = (&'n str, &'w dyn Fn(&[u8]) -> usize);

/// Unpacks the main part of a Word file and looks at every event once.
fn floor(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name("word/document.xml").expect("the main part");
    // Cheaper than `read_to_end`, which makes what is left of the buffer zero again with every piece.
    let mut xml = vec![0; part.size() as usize];
    part.read_exact(&mut xml).expect("whole");
    let mut reader = quick_xml::Reader::from_reader(xml.as_slice());
    let mut count = 0;
    while !matches!(reader.read_event().expect("well formed"), Event::Eof) {
        count += 1;
    }
    count
}

/// The text of a Word file, as office_oxide gives it.
fn office_oxide(bytes: &[u8]) -> usize {
    let document = Other::from_reader(Cursor::new(bytes.to_vec()), DocumentFormat::Docx).expect("a Word file");
    document.to_markdown().len()
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(rounds), Some(file)) = (arguments.next().and_then(|rounds| rounds.parse().ok()), arguments.next()) else {
        println!("nothing to do: give a number of rounds and a file");
        return;
    };
    let bytes = std::fs::read(&file).expect("a file that can be read");
    let options = gongkai::Options::default();
    let read = |bytes: &[u8]| ingest::read(bytes, &Limits::default()).expect("a document").blocks.len();
    let extract = |bytes: &[u8]| gongkai::extract(bytes, &options).expect("a report").reports.len();
    let mut who: Vec<Reader> = vec![("gongkai", &extract), ("gongkai, table and text only", &read)];
    if Path::new(&file).extension().is_some_and(|ending| ending == "docx") {
        who.extend([("office_oxide", &office_oxide as &dyn Fn(&[u8]) -> usize), ("floor", &floor)]);
    }
    for (name, seconds) in medians(&who, &bytes, rounds) {
        println!("{name}\t{seconds:.9}");
    }
}

/// The median time of each, all taking turns.
fn medians<'n>(who: &[Reader<'n, '_>], bytes: &[u8], rounds: usize) -> Vec<(&'n str, f64)> {
    let mut times = vec![Vec::with_capacity(rounds); who.len()];
    for _ in 0..rounds {
        for ((_, work), times) in who.iter().zip(&mut times) {
            let started = Instant::now();
            black_box(work(black_box(bytes)));
            times.push(started.elapsed().as_secs_f64());
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    who.iter().zip(&mut times).map(|((name, _), times)| (*name, median(times))).collect()
}
