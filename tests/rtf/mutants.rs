//! Thousands of damaged files: the reader never panics and never makes more than it was given.

use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Limits};

use super::HEAD;
use super::mutate::{self, Random};

/// Mutants of each kind.
const MUTANTS: usize = 700;

/// Something of everything.
const BODY: &str = "{\\info{\\title t}}{\\*\\listtable{\\list{\\listlevel\\levelnfc39\\levelstartat1{\\leveltext\\'02\\'00\\'a1\\'a2;}}\\listid7}}\
{\\*\\listoverridetable{\\listoverride\\listid7\\ls1}}{\\header\\pard head\\par}\\pard\\ls1 \\f13\\'d7\\'dc\\'cc\\'e5\\par\\pard{\\listtext 2.\\tab}\\ls1\\u25919\\'d5\\'fe x\\par\
\\trowd\\trleft-108\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\pard\\intbl a\\cell b\\cell\\cell\\row\
\\trowd\\trleft-108\\clvmrg\\cellx1000\\cellx3000\\pard\\intbl\\cell\\pard\\intbl\\itap2 n\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\nestrow}{\\nonesttables\\par}\\pard\\intbl m\\cell\\row\
\\pard 1{\\v 2}{\\revised 3}{\\deleted 4\\par}{\\field{\\*\\fldinst SYMBOL 254 \\\\f Wingdings}{\\fldrslt}}{\\footnote n\\par}{\\upr{a}{\\*\\ud\\u97?}}\
{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv {\\pict\\bin4 }}}}}}}{\\shptxt box\\par}}{\\shprslt x}}{\\*\\shppict{\\pict 0102}}\\f15\\'fe\\uc1\\u-10179?\\u-8704?\\sect\\page end\\par}";

fn cells(document: &Document) -> impl Iterator<Item = &Block> {
    document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks)
}

/// Blocks, cells and bytes of text.
fn size(document: &Document) -> usize {
    let of = |blocks: &[Block]| -> usize {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => 1 + paragraph.printed().len(),
            Block::Table(_) => 1,
        };
        blocks.iter().map(text).sum()
    };
    of(&document.blocks)
        + cells(document).map(|block| of(std::slice::from_ref(block))).sum::<usize>()
        + document.tables.iter().flat_map(|table| &table.rows).map(|row| 1 + row.cells.len()).sum::<usize>()
        + document.asides.iter().map(|aside| aside.text.len()).sum::<usize>()
}

/// Reads a mutant; what comes out is no more than went in, and every table stands in one place.
fn survives(seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits::default()) {
        Ok(document) => {
            assert!(size(&document) <= 3 * file.len() + 64, "{seed}: {} of {}", size(&document), file.len());
            let mut placed = vec![0; document.tables.len()];
            for block in document.blocks.iter().chain(cells(&document)) {
                if let Block::Table(index) = block {
                    placed[*index] += 1;
                }
            }
            assert!(placed.iter().all(|times| *times == 1), "{seed}: tables placed {placed:?}");
            document.tables.iter().for_each(|table| drop(table.grid()));
            document.format == "rtf"
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{seed}");
            false
        }
    }
}

/// The bytes with one to three of their control words or braces changed: swapped, dropped, doubled.
fn words(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut mutant = original.to_vec();
    for _ in 0..=random.below(3) {
        let starts: Vec<usize> = (1..mutant.len()).filter(|&at| b"\\{}".contains(&mutant[at])).collect();
        let piece = |at: usize, mutant: &[u8]| {
            let end = mutant[at + 1..].iter().position(|byte| b"\\{} ".contains(byte)).unwrap_or(0);
            at..at + 1 + end
        };
        let one = piece(starts[random.below(starts.len())], &mutant);
        let other = mutant[piece(starts[random.below(starts.len())], &mutant)].to_vec();
        match random.below(4) {
            0 => drop(mutant.splice(one, other)),
            1 => drop(mutant.drain(one)),
            _ => drop(mutant.splice(one.start..one.start, other)),
        }
    }
    mutant
}

fn run(mutate: fn(&[u8], &mut Random) -> Vec<u8>) -> usize {
    let original = format!("{HEAD}{BODY}");
    let seeds = 0..MUTANTS as u64;
    seeds.filter(|&seed| survives(seed, &mutate(original.as_bytes(), &mut Random(seed)))).count()
}

#[test]
fn the_original_reads_whole() {
    let document = super::read(BODY.strip_suffix('}').expect("a brace"));
    assert_eq!((document.tables.len(), document.pictures, document.asides.len()), (2, 2, 3));
}

#[test]
fn files_with_bytes_changed() {
    let read = run(mutate::bytes);
    assert!(read > MUTANTS * 9 / 10, "only {read} could be read");
}

#[test]
fn files_with_words_changed() {
    let read = run(words);
    assert!(read > MUTANTS * 9 / 10, "only {read} could be read");
}

#[test]
fn a_file_cut_anywhere_keeps_what_came_before() {
    let file = format!(
        "{HEAD}a\\par{{\\b b}}\\par\\trowd\\cellx1\\cellx900\\intbl 1\\cell 2\\cell\\row\\pard{{\\field{{\\*\\fldinst X}}{{\\fldrslt c}}}}\\par d\\par}}"
    );
    let whole = super::read_bytes(file.as_bytes());
    for at in HEAD.len()..file.len() {
        let Ok(document) = ingest::read(&file.as_bytes()[..at], &Limits::default()) else { continue };
        assert!(document.partial, "cut at {at}");
        let before = document.blocks.len().saturating_sub(1);
        assert_eq!(document.blocks[..before], whole.blocks[..before], "cut at {at}");
    }
}
