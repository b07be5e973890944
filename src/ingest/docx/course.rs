//! What the reader did over the same bytes before.
//!
//! Between the texts of two cells stand some four hundred bytes of ends, properties and beginnings, in most files the
//! same from cell to cell. What the reader does over them is kept as a course of steps; where the same bytes stand
//! again, within the same open elements and with prefixes that mean the same, the steps are taken without reading the
//! bytes anew. A course begins behind a text and ends with the start tag of the next. Some programs write a number of its own into
//! every start tag of a paragraph or row: where it is not that of the last one, a course ends before it, and another begins behind it.

use std::rc::Rc;

use super::names::Tag;
use super::properties::{CellProperties, ParagraphProperties, RowProperties, RunProperties};
use super::xml::{Opened, Scanner};

/// Longest course that is kept, in bytes and in steps, and how many are kept.
const COURSE_BYTES: usize = 2 << 10;
const MOST_STEPS: usize = 32;
/// So many steps are enough: the course ends before the next paragraph or row.
const ENOUGH_STEPS: usize = 16;
const MOST_COURSES: usize = 8;
/// Elements that were open before and end within a course: run, paragraph, cell, row, table.
const MOST_CLOSED: usize = 5;

/// One of the things that a reader does.
#[derive(Debug, Clone)]
pub(super) enum Step<'a> {
    /// A run, paragraph, cell or row of this name begins.
    Open(Tag, &'a [u8]),
    /// The innermost element ends.
    Close,
    /// The innermost element has these properties.
    Run(RunProperties<'a>),
    Paragraph(ParagraphProperties<'a>),
    Row(RowProperties),
    Cell(CellProperties),
    /// Characters begin.
    Text {
        name: &'a [u8],
        attributes: &'a [u8],
    },
}

#[derive(Debug)]
struct Course<'a> {
    /// Where it ends before a paragraph, with the beginning of its start tag, so that none is taken for a part of a longer one.
    raw: &'a [u8],
    /// How many of these bytes it passes over.
    length: usize,
    /// The prefixes in force.
    version: usize,
    /// The elements that were open before and that it closes, the innermost first.
    closes: Vec<Opened<'a>>,
    steps: Rc<[Step<'a>]>,
    /// Which was taken after it the last time.
    next: usize,
    /// How many were kept before it.
    number: usize,
}

/// The courses taken last, and the one that is being noted down.
#[derive(Debug, Default)]
pub(super) struct Courses<'a> {
    /// The longest first, since one may begin like another.
    known: Vec<Course<'a>>,
    /// How many were kept so far, and which was taken last.
    kept: usize,
    last: usize,
    /// How many were taken.
    #[cfg(test)]
    pub(super) taken: usize,
    /// One is being noted down.
    noting: bool,
    from: usize,
    version: usize,
    /// Elements open where it began and those of them still open, and the innermost of the former.
    depth: usize,
    lowest: usize,
    outer: Vec<Opened<'a>>,
    steps: Vec<Step<'a>>,
    /// Start tags of the last paragraph and of the last row that were read.
    paragraph: &'a [u8],
    row: &'a [u8],
}

impl<'a> Courses<'a> {
    /// The steps over what stands here, if they were taken before; passes over it.
    pub(super) fn take(&mut self, scan: &mut Scanner<'a>) -> Option<Rc<[Step<'a>]>> {
        self.noting = false;
        // What takes the long way is held to the limit element by element, and an element takes three bytes to begin.
        if !scan.has_room_for(COURSE_BYTES / 3) {
            return None;
        }
        let rest = scan.rest();
        let fits = |course: &&Course| {
            rest.starts_with(course.raw) && course.version == scan.version() && scan.ends_with(&course.closes)
        };
        // Nearly always they come as they came before.
        let next = self.known.get(self.last).map_or(0, |last| last.next);
        let at = match self.known.get(next).filter(fits) {
            Some(_) => next,
            None => self.known.iter().position(|course| fits(&course))?,
        };
        scan.pass(self.known[at].length);
        self.known[self.last].next = at;
        self.last = at;
        #[cfg(test)]
        {
            self.taken += 1;
        }
        Some(Rc::clone(&self.known[at].steps))
    }

    /// Begins to note down what is done from here on.
    pub(super) fn note(&mut self, scan: &Scanner<'a>) {
        (self.noting, self.from, self.version) = (true, scan.position(), scan.version());
        (self.depth, self.lowest) = (scan.depth(), scan.depth());
        self.outer.clear();
        self.outer.extend(scan.innermost().take(MOST_CLOSED));
        self.steps.clear();
    }

    /// Whether what is done is noted down.
    pub(super) fn are_noted(&self) -> bool {
        self.noting
    }

    /// An element has been opened, and nothing done about it yet.
    #[inline]
    pub(super) fn opened(&mut self, tag: Tag, scan: &Scanner<'a>) {
        if matches!(tag, Tag::Paragraph | Tag::Row) {
            return self.opened_with_number(tag, scan);
        }
        if !self.noting {
            return;
        }
        match tag {
            Tag::Run | Tag::Cell => self.add(Step::Open(tag, scan.name())),
            // They say themselves what they are.
            Tag::RunProperties | Tag::ParagraphProperties | Tag::RowProperties | Tag::CellProperties => {}
            Tag::Text if !scan.is_empty() => {
                self.add(Step::Text { name: scan.name(), attributes: scan.raw_attributes() });
                self.keep(scan.position(), scan.position(), scan);
            }
            _ => self.noting = false,
        }
    }

    /// The same of an element that may have a number of its own.
    fn opened_with_number(&mut self, tag: Tag, scan: &Scanner<'a>) {
        let (start, name) = (scan.name_at() - 1, scan.name());
        let last = if tag == Tag::Row { &mut self.row } else { &mut self.paragraph };
        let written = &scan.source()[start..scan.position()];
        let has_number = std::mem::replace(last, written) != written;
        if !self.noting {
            return;
        }
        if has_number || self.steps.len() > ENOUGH_STEPS {
            self.keep(start, start + name.len() + 2, scan);
        } else {
            self.add(Step::Open(tag, name));
        }
    }

    /// An element has been closed.
    #[inline]
    pub(super) fn closed(&mut self, tag: Tag, scan: &Scanner) {
        if !self.noting {
            return;
        }
        self.lowest = self.lowest.min(scan.depth());
        match tag {
            Tag::Run | Tag::Paragraph | Tag::Cell | Tag::Row => self.add(Step::Close),
            _ => self.noting = false,
        }
    }

    /// Properties have been read.
    #[inline]
    pub(super) fn read(&mut self, step: impl FnOnce() -> Step<'a>) {
        if self.noting {
            self.add(step());
        }
    }

    fn add(&mut self, step: Step<'a>) {
        self.noting = self.steps.len() < MOST_STEPS;
        if self.noting {
            self.steps.push(step);
        }
    }

    /// What was done last cannot be done again like this.
    pub(super) fn forget(&mut self) {
        self.noting = false;
    }

    /// Keeps the course that ends here, known by what stands as far as `known_by`.
    fn keep(&mut self, end: usize, known_by: usize, scan: &Scanner<'a>) {
        if !std::mem::take(&mut self.noting) {
            return;
        }
        let closed = self.depth - self.lowest;
        let raw = &scan.source()[self.from..known_by];
        if self.steps.len() < 2
            || raw.len() > COURSE_BYTES
            || closed > self.outer.len()
            || self.version != scan.version()
        {
            return;
        }
        let closes = self.outer[..closed].to_vec();
        let (length, steps) = (end - self.from, self.steps.drain(..).collect());
        if self.known.len() >= MOST_COURSES {
            let oldest = self.known.iter().enumerate().min_by_key(|(_, course)| course.number);
            oldest.map(|(at, _)| at).into_iter().for_each(|at| drop(self.known.remove(at)));
        }
        let at = self.known.partition_point(|course| course.length > length);
        let course = Course { raw, length, version: self.version, closes, steps, next: 0, number: self.kept };
        self.known.insert(at, course);
        self.kept += 1;
    }
}

#[cfg(test)]
mod tests;
