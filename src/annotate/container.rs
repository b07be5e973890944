//! The parts around the body that comments need, and the file put together again.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::AnnotateError;
use super::insert::Insertions;
use super::markup::{Markup, escaped};
use super::remark::Remark;
use crate::document::{Anatomy, Attached, Limb, Obstacle};
use crate::finding::Words;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A part with its new bytes.
pub(super) struct Part {
    pub name: String,
    pub text: Vec<u8>,
    /// The file has it not yet.
    pub new: bool,
}

/// The comments, and what leads to them, as far as the file lacks it.
pub(super) fn around(anatomy: &Anatomy, remarks: &[(u32, &Remark)]) -> Vec<Part> {
    let mut parts = vec![comments(anatomy, remarks)];
    let comments = match &anatomy.comments {
        Attached::There(limb) => &limb.part.name,
        Attached::Free(name) => name,
    };
    if !anatomy.commented {
        parts.push(relations(anatomy, comments));
    }
    let typed = format!("/{}", comments.trim_start_matches('/'));
    if !anatomy.typed.iter().any(|known| known.eq_ignore_ascii_case(&typed)) {
        let typed = escaped(&typed);
        let prefix = prefix(&anatomy.types);
        let entry = format!("<{prefix}Override PartName=\"{typed}\" ContentType=\"{COMMENTS_TYPE}\"/>");
        parts.push(extended(&anatomy.types, &entry));
    }
    parts
}

fn comments(anatomy: &Anatomy, remarks: &[(u32, &Remark)]) -> Part {
    let write =
        |markup: &Markup| -> String { remarks.iter().map(|(id, remark)| markup.comment(*id, &remark.lines)).collect() };
    match &anatomy.comments {
        Attached::There(limb) => {
            let root = &limb.part.text[limb.root.name.clone()];
            extended(limb, &write(&Markup::of(root, anatomy.namespaces)))
        }
        Attached::Free(name) => {
            let namespace = anatomy.namespaces.word();
            let list = write(&Markup::of(b"w:comments", anatomy.namespaces));
            let text = format!("{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{list}</w:comments>");
            Part { name: name.clone(), text: text.into_bytes(), new: true }
        }
    }
}

fn relations(anatomy: &Anatomy, comments: &str) -> Part {
    let mut ids = (1..).map(|number: u32| format!("rIdGongkai{number}"));
    let id = ids.find(|id| !anatomy.relation_ids.contains(id)).unwrap_or_default();
    let kind = anatomy.namespaces.comments();
    // It lies in the folder of the body.
    let target = escaped(comments.rsplit('/').next().unwrap_or(comments));
    let entry = |prefix: &str| format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    match &anatomy.relations {
        Attached::There(limb) => extended(limb, &entry(&prefix(limb))),
        Attached::Free(name) => {
            let entry = entry("");
            let text = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">{entry}</Relationships>");
            Part { name: name.clone(), text: text.into_bytes(), new: true }
        }
    }
}

/// The prefix of a part's outermost element, with its colon.
fn prefix(limb: &Limb) -> String {
    let name = String::from_utf8_lossy(&limb.part.text[limb.root.name.clone()]).into_owned();
    name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}

/// A part with something more at its end.
fn extended(limb: &Limb, inserted: &str) -> Part {
    let mut insertions = Insertions::default();
    insertions.put_last(&limb.part.text, &limb.root, inserted);
    Part { name: limb.part.name.clone(), text: insertions.into_text(&limb.part.text), new: false }
}

/// The container with some parts replaced in their places and new ones at its end; all others stay packed as
/// they are.
///
/// # Errors
/// What the library of containers says; or that a part goes by two names, so that nobody knows which programs read.
pub(super) fn rewritten(bytes: &[u8], parts: &[Part]) -> Result<Vec<u8>, AnnotateError> {
    put_together(bytes, parts).map_err(AnnotateError::Container)?.map_err(|name| {
        let words = Words::new(format!("its part {name} goes by two names"), format!("`{name}` 有两个名称"));
        AnnotateError::Obstacle(Obstacle::Damaged(words))
    })
}

/// The file; or the name of a part that is not found by it.
fn put_together(bytes: &[u8], parts: &[Part]) -> Result<Result<Vec<u8>, String>, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| said(&error))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let mut written = vec![false; parts.len()];
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| said(&error))?;
        match parts.iter().position(|part| part.name.as_bytes() == file.name_raw()) {
            Some(at) if !written[at] => {
                let time = file.last_modified().unwrap_or_default();
                written[at] = true;
                write(&mut writer, &parts[at], time)?;
            }
            _ => writer.raw_copy_file(file).map_err(|error| said(&error))?,
        }
    }
    for (part, _) in parts.iter().zip(&written).filter(|(_, written)| !**written) {
        if !part.new {
            return Ok(Err(part.name.clone()));
        }
        write(&mut writer, part, DateTime::default())?;
    }
    writer.set_raw_comment(archive.comment().into()).map_err(|error| said(&error))?;
    Ok(Ok(writer.finish().map_err(|error| said(&error))?.into_inner()))
}

fn write(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    Part { name, text, .. }: &Part,
    time: DateTime,
) -> Result<(), String> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(time);
    writer.start_file(name.as_str(), options).map_err(|error| error.to_string())?;
    writer.write_all(text).map_err(|error| error.to_string())
}
