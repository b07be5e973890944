//! Thousands of damaged web pages: the reader never panics and never makes more than it was given.

use crate::mutate::{self, Random};
use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Limits};

/// Mutants of each kind.
const MUTANTS: usize = 500;

/// A page with something of everything.
const PAGE: &str = "<!DOCTYPE html><html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta charset=utf-8>\
<title>年报</title><meta name=PubDate content='2022-01-20'><style>p{}</style></head><body><nav><ul><li><a href=a>首页</a></ul></nav>\
<h1>示例县<br>2021年年度报告</h1><!-- c --><p style='display:block'>一、<b>总<i>体</b>情</i>况&nbsp;&amp;</p>\
<table border=1><caption>表</caption><thead><tr><td colspan=3 rowspan=2>a<td>b</thead><tfoot><tr><th>f</tfoot>\
<tbody><tr><td rowspan=0>1<td><table><tr><td>内<p>层</table><td style='mso-ignore:colspan'></td></tr>\
<![if !supportMisalignedColumns]><tr height=0><td></td></tr><![endif]></table><pre>x\n y</pre><del>7</del><ins>8</ins>\
<script>if (a < b) document.write('<p>')</script><img src=a.png><input value=5><template><p>t</template></body></html>";

/// An archive of two pages.
fn archive() -> String {
    let part = |encoding: &str, body: &str| {
        format!(
            "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
        )
    };
    let frames = part("base64", "PGh0bWw+PGZyYW1lc2V0PjxmcmFtZT48L2ZyYW1lc2V0PjwvaHRtbD4=");
    let page = part("quoted-printable", &PAGE.replace('=', "=3D").replace("年报", "=E5=B9=B4=E6=8A=A5"));
    format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n{frames}{page}--B--\r\n")
}

/// Blocks, cells and bytes of text.
fn size(document: &Document) -> usize {
    let of = |blocks: &[Block]| -> usize {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => 1 + paragraph.text.len(),
            Block::Table(_) => 1,
        };
        blocks.iter().map(text).sum()
    };
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    of(&document.blocks)
        + cells.map(|cell| 1 + of(&cell.blocks)).sum::<usize>()
        + document.asides.iter().map(|aside| aside.text.len()).sum::<usize>()
}

/// Reads a mutant; what comes out is no more than went in. A byte that is no text is three bytes
/// of a replacement.
fn survives(name: &str, seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits::default()) {
        Ok(document) => {
            assert!(size(&document) <= 3 * file.len() + 64, "{name} {seed}: {} of {}", size(&document), file.len());
            let mut placed = vec![0; document.tables.len()];
            let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
            for block in document.blocks.iter().chain(cells.flat_map(|cell| &cell.blocks)) {
                if let Block::Table(index) = block {
                    placed[*index] += 1;
                }
            }
            assert!(placed.iter().all(|times| *times == 1), "{name} {seed}: tables placed {placed:?}");
            document.tables.iter().for_each(|table| drop(table.grid()));
            document.format == "html"
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

/// Makes mutants of a file; how many the reader took.
fn run(name: &str, original: &[u8], mutate: fn(&[u8], &mut Random) -> Vec<u8>) -> usize {
    let seeds = 0..MUTANTS as u64;
    seeds.filter(|&seed| survives(name, seed, &mutate(original, &mut Random(seed)))).count()
}

#[test]
fn the_originals_read_whole() {
    for file in [PAGE.to_owned(), archive()] {
        let document = ingest::read(file.as_bytes(), &Limits::default()).expect("a page");
        assert!(!document.partial, "{:?}", document.findings);
        assert_eq!(document.tables.len(), 2, "{:?}", document.blocks);
    }
}

#[test]
fn pages_with_bytes_changed() {
    let read = run("bytes", PAGE.as_bytes(), mutate::bytes);
    assert!(read > MUTANTS * 9 / 10, "only {read} could be read");
}

#[test]
fn pages_with_tags_changed() {
    let read = run("tags", PAGE.as_bytes(), mutate::tags);
    assert!(read > MUTANTS * 9 / 10, "only {read} could be read");
}

#[test]
fn pages_of_other_charsets_with_bytes_changed() {
    let gbk = encoding_rs::GBK.encode(&PAGE.replace("utf-8", "gbk")).0.into_owned();
    let utf16: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, file) in [("gbk", gbk), ("utf-16", utf16)] {
        let read = run(name, &file, mutate::bytes);
        assert!(read > MUTANTS / 2, "{name}: only {read} could be read");
    }
}

#[test]
fn archives_with_bytes_changed() {
    let read = run("archive", archive().as_bytes(), mutate::bytes);
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn a_page_cut_anywhere_keeps_what_came_before() {
    // A sheet of Excel is parted at rows of one cell, and a cut makes such rows.
    let page = PAGE.replace(" xmlns:x='urn:schemas-microsoft-com:office:excel'", "");
    let whole = ingest::read(page.as_bytes(), &Limits::default()).expect("a page");
    // What is left of a cut tag's first two characters is text, by the standard.
    let is_text = |at: usize| page.is_char_boundary(at) && !page[..at].ends_with(['<', '/']);
    let cuts = (200..page.len()).step_by(7).filter(|&at| is_text(at));
    for at in cuts {
        let Ok(document) = ingest::read(&page.as_bytes()[..at], &Limits::default()) else { continue };
        assert!(document.blocks.len() <= whole.blocks.len(), "cut at {at}");
        // The last block may be cut as well; those before it are whole.
        let before = document.blocks.len().saturating_sub(1);
        assert_eq!(document.blocks[..before], whole.blocks[..before], "cut at {at}");
    }
}
