//! Texts of a workbook whose parts look different: what is struck out is no text, and a digit above the line is the mark of
//! a note. calamine joins the parts and forgets their looks, so it gets them settled.

use memchr::memmem;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::ingest::unified::raised;

/// A part in UTF-8 without what is struck out and with the marks of notes as such, and how many stretches were struck
/// out; as it was if there is neither, or if it is no XML.
pub(super) fn settled(part: Vec<u8>) -> (Vec<u8>, usize) {
    let has = |word: &[u8]| memmem::find(&part, word).is_some();
    if !has(b"rPr>") || !(has(b"strike") || has(b"script")) {
        return (part, 0);
    }
    match Runs::default().settle(&part) {
        Some((settled, struck)) => (settled, struck),
        None => (part, 0),
    }
}

/// How the run in hand looks.
#[derive(Debug, Default)]
struct Runs {
    in_run: bool,
    raised: bool,
    struck: bool,
    /// Stretches of text that were struck out.
    count: usize,
}

impl Runs {
    fn settle(mut self, part: &[u8]) -> Option<(Vec<u8>, usize)> {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().check_end_names = false;
        let mut writer = Writer::new(Vec::with_capacity(part.len()));
        loop {
            let event = reader.read_event().ok()?;
            let kept = match event {
                Event::Eof => return Some((writer.into_inner(), self.count)),
                Event::Start(tag) => {
                    self.opened(&tag);
                    Event::Start(tag)
                }
                Event::Empty(tag) => {
                    self.opened(&tag);
                    Event::Empty(tag)
                }
                Event::End(tag) => {
                    if tag.local_name().as_ref() == "r" {
                        self.in_run = false;
                    }
                    Event::End(tag)
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.in_run && self.struck => {
                    self.count += usize::from(matches!(event, Event::Text(_)));
                    continue;
                }
                Event::Text(text) if self.in_run && self.raised => {
                    let marks: String = text.chars().map(raised).collect();
                    writer.write_event(Event::Text(BytesText::from_escaped(marks))).ok()?;
                    continue;
                }
                other => other,
            };
            writer.write_event(kept).ok()?;
        }
    }

    fn opened(&mut self, tag: &BytesStart<'_>) {
        let value = || tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val");
        match tag.local_name().as_ref() {
            "r" => *self = Runs { in_run: true, count: self.count, ..Runs::default() },
            "strike" => self.struck = value().is_none_or(|value| !matches!(&*value.value, "0" | "false")),
            "vertAlign" => {
                self.raised = value().is_some_and(|value| matches!(&*value.value, "superscript" | "subscript"))
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, usize) {
        let (settled, struck) = settled(text.as_bytes().to_vec());
        (String::from_utf8(settled).expect("UTF-8"), struck)
    }

    #[test]
    fn marks_of_notes_are_marks_and_struck_digits_are_none() {
        let note = r#"<si><r><t>2201</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>"#;
        assert_eq!(of(note), (note.replace(">1<", ">¹<"), 0));
        let struck = r#"<si><r><rPr><strike/></rPr><t>77</t></r><r><rPr><strike val="0"/></rPr><t>5</t></r></si>"#;
        assert_eq!(of(struck), (struck.replace(">77<", "><"), 1));
    }

    #[test]
    fn what_is_no_run_is_left() {
        let phonetic = r#"<si><r><rPr><strike/></rPr></r><rPh sb="0"><t>1</t></rPh></si>"#;
        assert_eq!(of(phonetic), (phonetic.to_owned(), 0));
        let broken = r#"<si><r><rPr><strike/></rPr><t>1</t"#;
        assert_eq!(of(broken), (broken.to_owned(), 0));
    }
}
