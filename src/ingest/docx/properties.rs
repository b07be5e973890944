//! What is read of the properties of runs, paragraphs, rows and cells. Everything about looks is passed over.

use std::borrow::Cow;

use super::names::Ns;
use super::xml::{attribute, number, raw_attribute, switch};

/// Properties of a run.
#[derive(Debug, Default, Clone)]
pub(super) struct RunProperties<'a> {
    /// Whether it is hidden, if it says so itself.
    pub(super) hidden: Option<bool>,
    /// Struck out by hand.
    pub(super) struck: bool,
    /// Set above the line.
    pub(super) raised: bool,
    pub(super) style: Option<Cow<'a, str>>,
}

impl<'a> RunProperties<'a> {
    #[inline]
    pub(super) fn visit(&mut self, ns: Ns, local: &'a [u8], attributes: &'a [u8]) {
        match local {
            b"vanish" if ns == Ns::Word => self.hidden = Some(switch(attributes)),
            b"strike" | b"dstrike" if ns == Ns::Word => self.struck |= switch(attributes),
            b"vertAlign" if ns == Ns::Word => {
                self.raised = matches!(raw_attribute(attributes, b"val"), Some(b"superscript" | b"subscript"));
            }
            b"rStyle" if ns == Ns::Word => self.style = attribute(attributes, b"val"),
            _ => {}
        }
    }
}

/// Properties of a paragraph and of its mark.
#[derive(Debug, Default, Clone)]
pub(super) struct ParagraphProperties<'a> {
    pub(super) style: Option<Cow<'a, str>>,
    /// The list it belongs to; `0` takes it out of its style's list.
    pub(super) list: Option<Cow<'a, str>>,
    pub(super) level: Option<u32>,
    /// The number as Word 2003 wrote it out.
    pub(super) printed_number: Option<Cow<'a, str>>,
    /// Tracked insertions of its mark.
    pub(super) inserted: usize,
    /// Its mark is deleted: the next paragraph goes on in it.
    pub(super) mark_deleted: bool,
}

impl<'a> ParagraphProperties<'a> {
    #[inline]
    pub(super) fn visit(&mut self, ns: Ns, local: &'a [u8], attributes: &'a [u8]) {
        match local {
            b"t" if ns == Ns::Hint => self.printed_number = attribute(attributes, b"val"),
            _ if ns != Ns::Word => {}
            b"pStyle" => self.style = attribute(attributes, b"val"),
            b"numId" => self.list = attribute(attributes, b"val"),
            b"ilvl" => self.level = raw_attribute(attributes, b"val").and_then(number),
            b"ins" | b"moveTo" => self.inserted += 1,
            b"del" | b"moveFrom" => self.mark_deleted = true,
            _ => {}
        }
    }
}

/// A field of a form as Word made them before content controls: a list to choose from, or a box to tick.
#[derive(Debug, Default)]
pub(super) struct FormField<'a> {
    /// Entries of the list.
    entries: Vec<Cow<'a, str>>,
    /// What was chosen last, and what is chosen if nothing was; of a box, whether it is ticked.
    chosen: Option<usize>,
    preset: Option<usize>,
    is_box: bool,
}

impl<'a> FormField<'a> {
    pub(super) fn visit(&mut self, ns: Ns, local: &'a [u8], attributes: &'a [u8]) {
        let value = || raw_attribute(attributes, b"val").and_then(number).map(|number| number as usize);
        match local {
            _ if ns != Ns::Word => {}
            b"checkBox" => self.is_box = true,
            b"checked" => self.chosen = Some(usize::from(switch(attributes))),
            b"default" if self.is_box => self.preset = Some(usize::from(switch(attributes))),
            b"default" => self.preset = value(),
            b"result" => self.chosen = value(),
            b"listEntry" if self.entries.len() < MOST_ENTRIES => {
                self.entries.push(attribute(attributes, b"val").unwrap_or_default());
            }
            _ => {}
        }
    }

    /// What is printed where the field stands, if it is of a kind that keeps it here.
    pub(super) fn shown(self) -> Option<String> {
        if self.is_box {
            let ticked = self.chosen.or(self.preset) == Some(1);
            return Some(if ticked { "\u{2612}" } else { "\u{2610}" }.to_owned());
        }
        // Programs differ in whether a list of which nothing was chosen shows its preset entry or its first.
        if self.chosen.is_none() && self.preset.is_some_and(|preset| preset > 0) {
            return (!self.entries.is_empty()).then(|| "\u{fffd}".to_owned());
        }
        self.entries.into_iter().nth(self.chosen.unwrap_or(0)).map(Cow::into_owned)
    }
}

/// Word lets a list have 25 entries.
const MOST_ENTRIES: usize = 1000;

/// Properties of a table row.
#[derive(Debug, Default, Clone)]
pub(super) struct RowProperties {
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) inserted: usize,
    pub(super) deleted: bool,
}

impl RowProperties {
    pub(super) fn visit(&mut self, ns: Ns, local: &[u8], attributes: &[u8]) {
        let value = || raw_attribute(attributes, b"val").and_then(number).unwrap_or(0);
        match local {
            _ if ns != Ns::Word => {}
            b"gridBefore" => self.before = value(),
            b"gridAfter" => self.after = value(),
            b"ins" => self.inserted += 1,
            b"del" => self.deleted = true,
            _ => {}
        }
    }
}

/// How a cell is merged with its neighbour.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    /// Not at all.
    #[default]
    None,
    /// It begins a merged cell.
    Restart,
    /// It goes on in the neighbour before it.
    Continue,
}

impl Merge {
    fn of(attributes: &[u8]) -> Self {
        match raw_attribute(attributes, b"val") {
            Some(b"restart") => Merge::Restart,
            _ => Merge::Continue,
        }
    }
}

/// Properties of a table cell.
#[derive(Debug, Default, Clone)]
pub(super) struct CellProperties {
    pub(super) span: Option<u32>,
    pub(super) vertical: Merge,
    pub(super) horizontal: Merge,
    pub(super) inserted: usize,
    pub(super) deleted: bool,
}

impl CellProperties {
    pub(super) fn visit(&mut self, ns: Ns, local: &[u8], attributes: &[u8]) {
        match local {
            _ if ns != Ns::Word => {}
            b"gridSpan" => self.span = raw_attribute(attributes, b"val").and_then(number),
            b"vMerge" | b"vmerge" => self.vertical = Merge::of(attributes),
            b"hMerge" | b"hmerge" => self.horizontal = Merge::of(attributes),
            b"cellIns" => self.inserted += 1,
            b"cellDel" => self.deleted = true,
            _ => {}
        }
    }
}
