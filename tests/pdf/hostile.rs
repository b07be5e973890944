//! Files made to be slow, large or deep: each meets a limit that has a name, soon.

use std::io::Write;
use std::time::{Duration, Instant};

use gongkai::ingest::{self, Error, Limits};

use crate::build::{Pdf, latin};

/// Of processor time, which others at work do not take. No file takes a tenth of it in a release build.
const SOON: Duration = Duration::from_secs(20);

/// Processor time of this thread where the system tells it, else time since `started`.
fn spent(started: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// Reads a file on a thread with as little stack as threads of programs have.
fn read(bytes: Vec<u8>, limits: Limits) -> Result<gongkai::document::Document, Error> {
    let reading = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let started = Instant::now();
        (ingest::read(&bytes, &limits), spent(started))
    });
    let (result, spent) = reading.expect("a thread").join().expect("no panic");
    assert!(spent < SOON, "{spent:?}");
    result
}

fn usual(pdf: &Pdf) -> Result<gongkai::document::Document, Error> {
    read(pdf.bytes(), Limits::default())
}

/// Name of the limit that a file meets.
#[track_caller]
fn limit(result: Result<gongkai::document::Document, Error>) -> &'static str {
    match result {
        Err(Error::Limit { name, .. }) => name,
        other => panic!("no limit: {:?}", other.map(|document| document.blocks.len())),
    }
}

/// Zeros packed by Deflate.
fn packed(bytes: usize) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let chunk = vec![b' '; 1 << 16];
    for _ in 0..bytes >> 16 {
        out.write_all(&chunk).expect("memory");
    }
    out.finish().expect("memory")
}

#[test]
fn streams_that_unpack_to_too_much() {
    let bomb = packed(200 << 20);
    let content = Pdf::of("/X1 Do").x_object("/X1 20 0 R").stream(
        20,
        "/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode",
        &bomb,
    );
    assert_eq!(limit(usual(&content)), "part_bytes");
    let twice = packed_again(&bomb);
    let nested = Pdf::of("/X1 Do").x_object("/X1 20 0 R").stream(
        20,
        "/Subtype /Form /BBox [0 0 9 9] /Filter [/FlateDecode /FlateDecode]",
        &twice,
    );
    assert_eq!(limit(usual(&nested)), "part_bytes");
    let objects = Pdf::of("").stream(20, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb);
    assert_eq!(limit(usual(&objects)), "part_bytes");
}

fn packed_again(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

#[test]
fn forms_that_multiply() {
    // Each of fifty draws the next twice.
    let mut pdf = Pdf::of("/X20 Do").x_object(&(20..70).map(|at| format!("/X{at} {at} 0 R ")).collect::<String>());
    for at in 20..70 {
        let content = format!("/X{} Do /X{} Do", at + 1, at + 1);
        pdf = pdf.stream(at, "/Type /XObject /Subtype /Form /BBox [0 0 600 800]", content.as_bytes());
    }
    assert_eq!(limit(usual(&pdf)), "content_bytes");
    let own = Pdf::of("/X1 Do").x_object("/X1 20 0 R").stream(20, "/Subtype /Form /BBox [0 0 9 9]", b"/X1 Do /X1 Do");
    assert_eq!(limit(usual(&own)), "content_bytes");
}

#[test]
fn a_form_that_draws_itself_once_ends() {
    let content = latin(100.0, 700.0, "page") + "/X1 Do";
    let form = latin(100.0, 600.0, "form") + "/X1 Do";
    let pdf =
        Pdf::of(&content).x_object("/X1 20 0 R").stream(20, "/Subtype /Form /BBox [0 0 600 800]", form.as_bytes());
    // What is drawn again in the same place is read once.
    assert_eq!(crate::paragraphs(&usual(&pdf).expect("read")), ["page", "form"]);
}

#[test]
fn more_than_may_be_drawn() {
    let text = latin(100.0, 700.0, &"0".repeat(4_000));
    let limits = Limits { drawn: 3_000, ..Limits::default() };
    assert_eq!(limit(read(Pdf::of(&text).bytes(), limits)), "drawn");
    let limits = Limits { pages: 2, ..Limits::default() };
    assert_eq!(limit(read(Pdf::of_pages(&["", "", ""]).bytes(), limits)), "pages");
    let limits = Limits { content_bytes: 3_000, ..Limits::default() };
    assert_eq!(limit(read(Pdf::of(&text).bytes(), limits)), "content_bytes");
}

#[test]
fn widths_without_end() {
    let font = |widths: &str| {
        let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [21 0 R] >>";
        let descendant = format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own {widths} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        );
        Pdf::of("BT /T0 9 Tf <0001> Tj ET").font("/T0 20 0 R").object(20, font).object(21, &descendant)
    };
    for widths in ["/W [0 4000000000 500]", "/W [1 [500] 0 4000000000 500]", "/W2 [0 4000000000 1 2 3]"] {
        assert_eq!(usual(&font(widths)).expect_err("refused").name(), "damaged", "{widths}");
    }
    let many = format!("/W [{}]", "0 65535 500 ".repeat(10_000));
    assert_eq!(usual(&font(&many)).expect_err("refused").name(), "damaged");
    assert!(usual(&font("/W [0 65535 500 1 [500 600]]")).is_ok());
}

#[test]
fn depth_needs_no_stack() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    for content in
        [deep("[", "]") + " TJ", deep("<<", ">>"), deep("q ", "Q "), deep("(", ")") + " Tj", deep("/A BMC ", "EMC ")]
    {
        let _ = usual(&Pdf::of(&content));
    }
    let _ = usual(&Pdf::of("").entries(&format!("/A {}", deep("[", "]"))));
    let _ = usual(&Pdf::of("").entries(&format!("/A {}", deep("<</A ", ">>"))));
    // Page trees within page trees, and one that holds itself.
    let mut tree = Pdf::of("");
    for at in 20..3_000 {
        tree = tree.object(at, &format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", at + 1));
    }
    let bytes = String::from_utf8(tree.bytes()).expect("text").replace("/Pages 2 0 R", "/Pages 20 0 R");
    let _ = read(bytes.into_bytes(), Limits::default());
    let own = String::from_utf8(Pdf::of("").bytes()).expect("text").replace("/Kids [1000 0 R]", "/Kids [2 0 R 2 0 R]");
    let _ = read(own.into_bytes(), Limits::default());
    let chain =
        String::from_utf8(Pdf::of("").bytes()).expect("text").replace("/Contents 1001 0 R", "/Contents 1000 0 R");
    let _ = read(chain.into_bytes(), Limits::default());
}

#[test]
fn a_chain_of_references_ends() {
    let mut pdf = Pdf::of("/X1 Do").x_object("/X1 20 0 R");
    for at in 20..20_000 {
        pdf = pdf.object(at, &format!("{} 0 R", if at == 19_999 { 20 } else { at + 1 }));
    }
    let _ = usual(&pdf);
}

#[test]
fn drawings_of_many_lines_are_no_tables() {
    let mut random = crate::mutate::Random(7);
    let mut content = String::new();
    for _ in 0..60_000 {
        let (x, y, length) = (random.below(600), random.below(800), random.below(400) + 20);
        let line = if random.below(2) == 0 {
            format!("{x} {y} {length} 0.5 re f\n")
        } else {
            format!("{x} {y} 0.5 {length} re f\n")
        };
        content += &line;
    }
    let document = usual(&Pdf::of(&(content + &latin(100.0, 400.0, "in the middle")))).expect("read");
    assert!(document.tables.len() < 10, "{}", document.tables.len());
}

#[test]
fn absurd_numbers() {
    for number in
        ["1e38", "-1e38", "99999999999999999999999999999999999999999999999999", "nan", "0.0000000000000000000000001"]
    {
        let content = format!(
            "{number} 0 0 {number} {number} {number} cm 0 0 {number} {number} re f {number} w 0 0 m {number} 5 l S BT /F1 {number} Tf {number} {number} Td (12) Tj ET"
        );
        let _ = usual(&Pdf::of(&content)).expect("read");
        let _ = usual(&Pdf::of(&latin(1.0, 1.0, "x")).entries(&format!("/CropBox [0 0 {number} {number}]")));
    }
}

#[test]
fn a_line_of_thousands_of_characters_in_one_place() {
    let content = format!("BT /F1 10 Tf 0 Tc 100 700 Td {} ET", "(1) Tj -5.56 0 Td 0 0 Td ".repeat(50_000));
    let _ = usual(&Pdf::of(&content)).expect("read");
    let content: String = (0..50_000).map(|at| latin((at % 600) as f32, 700.0, "12")).collect();
    let _ = usual(&Pdf::of(&content)).expect("read");
}
