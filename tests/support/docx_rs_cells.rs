//! The texts of a Word file's table cells as docx-rs reads them.

use std::io::Write;

use docx_rs::{
    DocumentChild, InsertChild, MoveToChild, Paragraph, ParagraphChild, Run, RunChild, StructuredDataTag,
    StructuredDataTagChild, Table, TableCell, TableCellContent, TableChild, TableRowChild,
};

/// Tables in the order in which they open; rows; cells.
pub type Cells = Vec<Vec<Vec<String>>>;

/// The relationships of the main part: a file whose main part refers to nothing may go without,
/// but docx-rs does not.
const RELATIONSHIPS: &str = "word/_rels/document.xml.rels";

/// The file with the relationships that docx-rs asks for.
fn completed(bytes: &[u8]) -> Option<Vec<u8>> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    if archive.index_for_name(RELATIONSHIPS).is_some() {
        return None;
    }
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.merge_archive(archive).ok()?;
    writer.start_file(RELATIONSHIPS, zip::write::SimpleFileOptions::default()).ok()?;
    let empty = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>"#;
    writer.write_all(empty.as_bytes()).ok()?;
    Some(writer.finish().ok()?.into_inner())
}

/// Every table of a file, or why it could not be read.
pub fn read(bytes: &[u8]) -> Result<Cells, String> {
    let completed = completed(bytes);
    let file = docx_rs::read_docx(completed.as_deref().unwrap_or(bytes)).map_err(|error| error.to_string())?;
    let mut cells = Cells::new();
    for child in &file.document.children {
        match child {
            DocumentChild::Table(inner) => table(inner, &mut cells),
            DocumentChild::StructuredDataTag(inner) => controls(inner, &mut cells, &mut Vec::new()),
            _ => {}
        }
    }
    Ok(cells)
}

fn table(table: &Table, cells: &mut Cells) {
    let at = cells.len();
    cells.push(Vec::new());
    for TableChild::TableRow(row) in &table.rows {
        let texts = row.cells.iter().map(|TableRowChild::TableCell(inner)| cell(inner, cells)).collect();
        cells[at].push(texts);
    }
}

/// The cell's own paragraphs, a line each; tables in it are added to the list.
fn cell(cell: &TableCell, cells: &mut Cells) -> String {
    let mut lines = Vec::new();
    for child in &cell.children {
        match child {
            TableCellContent::Paragraph(inner) => lines.push(paragraph(inner)),
            TableCellContent::Table(inner) => table(inner, cells),
            TableCellContent::StructuredDataTag(inner) => controls(inner, cells, &mut lines),
            TableCellContent::TableOfContents(_) => {}
        }
    }
    lines.join("\n")
}

fn controls(tag: &StructuredDataTag, cells: &mut Cells, lines: &mut Vec<String>) {
    for child in &tag.children {
        match child {
            StructuredDataTagChild::Run(inner) => lines.push(run(inner)),
            StructuredDataTagChild::Paragraph(inner) => lines.push(paragraph(inner)),
            StructuredDataTagChild::Table(inner) => table(inner, cells),
            StructuredDataTagChild::StructuredDataTag(inner) => controls(inner, cells, lines),
            _ => {}
        }
    }
}

fn paragraph(paragraph: &Paragraph) -> String {
    paragraph.children.iter().map(part).collect()
}

fn part(child: &ParagraphChild) -> String {
    match child {
        ParagraphChild::Run(inner) => run(inner),
        ParagraphChild::Insert(insert) => insert.children.iter().map(inserted).collect(),
        ParagraphChild::MoveTo(moved) => moved.children.iter().map(moved_here).collect(),
        ParagraphChild::Hyperlink(link) => link.children.iter().map(part).collect(),
        ParagraphChild::StructuredDataTag(tag) => {
            let mut lines = Vec::new();
            controls(tag, &mut Vec::new(), &mut lines);
            lines.concat()
        }
        _ => String::new(),
    }
}

fn inserted(child: &InsertChild) -> String {
    if let InsertChild::Run(inner) = child { run(inner) } else { String::new() }
}

fn moved_here(child: &MoveToChild) -> String {
    if let MoveToChild::Run(inner) = child { run(inner) } else { String::new() }
}

fn run(run: &Run) -> String {
    if run.run_property.vanish.is_some() {
        return String::new();
    }
    let text = |child: &RunChild| match child {
        RunChild::Text(text) => text.text.clone(),
        RunChild::Tab(_) | RunChild::PTab(_) => "\t".to_owned(),
        RunChild::Break(_) | RunChild::CarriageReturn(_) => "\n".to_owned(),
        _ => String::new(),
    };
    run.children.iter().map(text).collect()
}
