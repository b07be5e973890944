//! Where paragraphs and their runs lie in the bytes of the body, noted while it is read.

use super::xml::Scanner;
use crate::document::{Element, Run, Spot};

/// A paragraph whose end has not come yet.
struct Open {
    /// Its place in the list.
    at: usize,
    /// Elements open within it: itself the last of them.
    depth: usize,
    /// Where its open run began: in the part, and in the text.
    run: Option<(usize, usize)>,
}

/// The paragraphs met so far.
#[derive(Default)]
pub(super) struct Places {
    list: Vec<Option<Spot>>,
    open: Vec<Open>,
}

/// The element that was just opened.
pub(super) fn element(scan: &Scanner) -> Element {
    let (name, end) = (scan.name_at(), scan.position());
    let empty = end >= 2 && scan.source()[end - 2] == b'/';
    let from = if empty { end - 2 } else { end };
    Element { name: name..name + scan.name().len(), from, to: from, empty }
}

/// Where the end tag begins that was just read.
pub(super) fn end_tag(scan: &Scanner) -> usize {
    memchr::memrchr(b'<', &scan.source()[..scan.position()]).unwrap_or(0)
}

impl Places {
    /// A paragraph is counted that may be no element.
    pub(super) fn count(&mut self) {
        self.list.push(None);
    }

    /// The paragraph last counted is the element just opened.
    pub(super) fn open(&mut self, scan: &Scanner) {
        let Some(at) = self.list.len().checked_sub(1) else { return };
        let host = self.open.first().map_or(at, |outer| outer.at) + 1;
        self.list[at] = Some(Spot { element: element(scan), host, runs: Vec::new() });
        self.open.push(Open { at, depth: scan.depth(), run: None });
    }

    /// The properties of the open paragraph have ended.
    pub(super) fn properties(&mut self, scan: &Scanner) {
        if let Some(open) = self.open.last().filter(|open| open.depth == scan.depth())
            && let Some(spot) = &mut self.list[open.at]
        {
            (spot.element.from, spot.element.to) = (scan.position(), scan.position());
        }
    }

    /// A paragraph has ended.
    pub(super) fn close(&mut self, scan: &Scanner) {
        let Some(open) = self.open.pop() else { return };
        if let Some(spot) = &mut self.list[open.at]
            && !spot.element.empty
        {
            spot.element.to = end_tag(scan).max(spot.element.from);
        }
    }

    /// A run was just opened; the text of the paragraph is so long already.
    pub(super) fn open_run(&mut self, scan: &Scanner, text: usize) {
        if let Some(open) = self.open.last_mut().filter(|open| open.depth + 1 == scan.depth()) {
            open.run = Some((scan.name_at() - 1, text));
        }
    }

    /// A run has ended.
    pub(super) fn close_run(&mut self, scan: &Scanner, text: usize) {
        let Some(open) = self.open.last_mut().filter(|open| open.depth == scan.depth()) else { return };
        if let Some((from, before)) = open.run.take()
            && let Some(spot) = &mut self.list[open.at]
        {
            spot.runs.push(Run { bytes: from..scan.position(), text: before..text.max(before) });
        }
    }

    pub(super) fn into_list(self) -> Vec<Option<Spot>> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::Bindings;
    use super::super::xml::Event;
    use super::*;

    #[test]
    fn names_and_content_are_found_in_the_bytes() {
        let source = br#"<w:a><w:p w:x="1">text</w:p><w:p /></w:a>"#;
        let mut scan = Scanner::new(source, Bindings::customary(), 9);
        let mut found = Vec::new();
        loop {
            match scan.next().expect("well-formed") {
                Event::Open(_) => found.push(element(&scan)),
                Event::Close(_) if found.len() == 2 => found[1].to = end_tag(&scan),
                Event::End => break,
                _ => {}
            }
        }
        let names: Vec<&[u8]> = found.iter().map(|element| &source[element.name.clone()]).collect();
        assert_eq!(names, [&b"w:a"[..], b"w:p", b"w:p"]);
        assert_eq!(&source[found[1].from..found[1].to], b"text");
        assert_eq!((source[found[2].from], found[2].empty), (b'/', true));
    }
}
