//! A Word file + what is to be said about it → the same file with comments.
//!
//! Nothing of the file is written anew: marks are put between its bytes, at the places that its
//! [`Anatomy`] gives, and every part that needs none stays packed as it is. No clock, no name of a person.
//! What must not go in: rules of reading (a reader gives the places) and judgement (checks give the findings).

mod container;
mod insert;
mod markup;
mod place;
mod remark;

use std::fmt;
use std::sync::Arc;

use crate::document::{Anatomy, Obstacle};
use crate::finding::{Finding, Lang};
use crate::report::Report;
use crate::template::Form;
use container::Part;
use insert::Insertions;
use markup::Markup;
use remark::Remark;

/// Why no comments could be put into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnnotateError {
    /// The file has no room for them.
    Obstacle(Obstacle),
    /// The container could not be written: what it says.
    Container(String),
}

impl AnnotateError {
    /// Name of the cause, for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            AnnotateError::Obstacle(Obstacle::Format) => "not_docx",
            AnnotateError::Obstacle(Obstacle::SingleFile) => "single_file",
            AnnotateError::Obstacle(Obstacle::Damaged(_)) => "damaged",
            AnnotateError::Obstacle(Obstacle::Encoding(_)) => "encoding",
            AnnotateError::Obstacle(Obstacle::Empty) => "no_paragraph",
            AnnotateError::Container(_) => "container",
        }
    }

    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (AnnotateError::Obstacle(obstacle), Lang::En) => english(obstacle),
            (AnnotateError::Obstacle(obstacle), Lang::Zh) => chinese(obstacle),
            (AnnotateError::Container(cause), Lang::En) => {
                format!("the Word file could not be written: {cause}; please report it")
            }
            (AnnotateError::Container(_), Lang::Zh) => "无法生成 Word 文件；请报告此问题".to_owned(),
        }
    }
}

fn english(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Format => "comments can be put into DOCX files only; save it as .docx in Word or WPS, or use --html",
        Obstacle::SingleFile => "it is Word as a single XML file; save it as .docx in Word or WPS, or use --html",
        Obstacle::Damaged(what) => {
            let what = what.of(Lang::En);
            return format!(
                "no comments can be put into a damaged file ({what}); save it anew in Word or WPS, or use --html"
            );
        }
        Obstacle::Encoding(part) => {
            return format!("its part {part} is not UTF-8; save it anew in Word or WPS, or use --html");
        }
        Obstacle::Empty => "it has no paragraph to put a comment at; check that this is the right file",
    }
    .to_owned()
}

fn chinese(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Format => "只能在 DOCX 文件中加批注；请用 Word 或 WPS 另存为 .docx，或改用 `--html`",
        Obstacle::SingleFile => "这是单个 XML 形式的 Word 文件；请用 Word 或 WPS 另存为 .docx，或改用 `--html`",
        Obstacle::Damaged(what) => {
            let what = what.of(Lang::Zh);
            return format!("文件已损坏，无法加批注（{what}）；请用 Word 或 WPS 打开后另存，或改用 `--html`");
        }
        Obstacle::Encoding(part) => {
            return format!("其中的 `{part}` 不是 UTF-8 编码；请用 Word 或 WPS 打开后另存，或改用 `--html`");
        }
        Obstacle::Empty => "没有可加批注的段落；请确认文件是否正确",
    }
    .to_owned()
}

impl fmt::Display for AnnotateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for AnnotateError {}

/// A file with its comments.
#[derive(Debug)]
pub struct Annotated {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many comments were put into it.
    pub comments: usize,
}

/// What a file is said to be, and to have wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Its reports, with their findings.
    pub reports: &'a [Report],
    /// Findings about the file as a whole.
    pub findings: &'a [Finding],
    /// The forms of the reports.
    pub forms: &'a [Arc<Form>],
    /// The language of the comments.
    pub lang: Lang,
}

/// Puts a comment at each place that something is said about, in the order of the document. Findings that somebody
/// answers for get none. A file without any is given back as it is.
///
/// # Errors
/// When the container cannot be read or written anew.
pub fn docx(bytes: &[u8], anatomy: &Anatomy, said: &Said<'_>) -> Result<Annotated, AnnotateError> {
    let remarks = remark::remarks(anatomy, said);
    if remarks.is_empty() {
        return Ok(Annotated { bytes: bytes.to_vec(), comments: 0 });
    }
    let ids = (0..).filter(|id| !anatomy.comment_ids.contains(id));
    let numbered: Vec<(u32, &Remark)> = ids.zip(&remarks).collect();
    let body = Part { name: anatomy.main.name.clone(), text: main(anatomy, &numbered), new: false };
    let mut parts = vec![body];
    parts.extend(container::around(anatomy, &numbered));
    let bytes = container::rewritten(bytes, &parts)?;
    Ok(Annotated { bytes, comments: numbered.len() })
}

/// The body with its marks.
fn main(anatomy: &Anatomy, remarks: &[(u32, &Remark)]) -> Vec<u8> {
    let text = &anatomy.main.text;
    let mut insertions = Insertions::default();
    for (id, remark) in remarks {
        let anchor = &remark.anchor;
        let element = &anchor.element;
        let markup = Markup::of(&text[element.name.clone()], anatomy.namespaces);
        if element.empty {
            insertions.put_within(text, element, &format!("{}{}", markup.start(*id), markup.end(*id)));
        } else {
            insertions.at(anchor.bytes.start, &markup.start(*id));
            insertions.at(anchor.bytes.end, &markup.end(*id));
        }
    }
    insertions.into_text(text)
}
