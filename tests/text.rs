//! The flattened-text reader: every dialect on made-up inputs, the corpus, and mutants.

use gongkai::document::{Block, Document};
use gongkai::ingest::{Limits, read};

/// The document as lines: `¶ text` for a paragraph, `[a,b,c]` for a row, `=` before a table.
fn shape(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(format!("¶ {}", paragraph.text)),
            Block::Table(index) => {
                let table = &document.tables[*index];
                out.push(if table.wrapped { "= wrapped".to_owned() } else { "=".to_owned() });
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text().replace('\n', "/")).collect();
                    out.push(format!("[{}]", cells.join(",")));
                }
            }
        }
    }
    out
}

#[test]
#[ignore = "prints the corpus"]
fn dump() {
    let Ok(root) = std::env::var("GONGKAI_CORPUS") else { return };
    for (name, bytes) in corpus(&root) {
        let document = read(&bytes, &Limits::default()).unwrap();
        println!("##### {name} {:?}", document.variant);
        for line in shape(&document) {
            println!("{}", line.chars().take(100).collect::<String>());
        }
    }
}

fn corpus(root: &str) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for case in std::fs::read_dir(format!("{root}/corpus")).unwrap() {
        let case = case.unwrap().path();
        for file in ["source.txt", "source.md"] {
            if let Ok(bytes) = std::fs::read(case.join(file)) {
                out.push((case.file_name().unwrap().to_string_lossy().into_owned(), bytes));
            }
        }
    }
    out.sort();
    out
}
