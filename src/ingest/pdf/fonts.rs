//! What is looked at in fonts before the interpreter sees them: codes that say nothing, and widths without end.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_syntax::object::array::FlexArrayIter;
use hayro_interpret::hayro_syntax::object::dict::keys::{
    DESCENDANT_FONTS, ENCODING, FLAGS, FONT_DESC, FONT_FILE, FONT_FILE2, FONT_FILE3, SUBTYPE, TO_UNICODE, TRUE_TYPE, W,
    W2,
};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, Stream};

use super::filters;
use crate::ingest::{Error, Limits};

/// Set in the flags of a font whose characters are not Latin letters.
const SYMBOLIC: u32 = 1 << 2;

/// Ranges of widths are of glyphs, and a font has no more than 65,536; the interpreter writes down the width of each.
const MOST_GLYPHS: u64 = 1 << 18;

/// The fonts of a file.
#[derive(Default)]
pub(super) struct Fonts {
    /// Fonts that were looked at.
    seen: HashSet<ObjRef>,
    /// Programs of fonts whose codes say nothing of characters: a TrueType font that calls itself symbolic and
    /// states neither an encoding nor Unicode numbers its glyphs as it likes, and the interpreter would
    /// read the numbers as Latin letters and digits.
    silent: Vec<Vec<u8>>,
    /// Bytes of programs that may still be unpacked, of all and of one.
    left: usize,
    limits: Limits,
    encrypted: bool,
    /// Whether a program, by the place of its bytes, is one of them.
    known: RefCell<HashMap<(usize, usize), bool>>,
}

impl Fonts {
    pub(super) fn of(limits: &Limits, encrypted: bool) -> Self {
        Fonts { left: limits.file_bytes, limits: *limits, encrypted, ..Fonts::default() }
    }

    /// Refuses a font whose program unpacks to too much: the interpreter keeps all that it has used.
    fn admit_program(&mut self, font: &Dict<'_>) -> Result<(), Error> {
        let descendant = || font.get::<Array<'_>>(DESCENDANT_FONTS)?.iter::<Dict<'_>>().next();
        let about = font.get::<Dict<'_>>(FONT_DESC).or_else(|| descendant()?.get(FONT_DESC));
        let Some(about) = about else { return Ok(()) };
        let (part, all) = (self.limits.part_bytes, self.limits.file_bytes);
        for program in [FONT_FILE, FONT_FILE2, FONT_FILE3].iter().filter_map(|key| about.get::<Stream<'_>>(key)) {
            // What is neither encrypted nor called a picture was measured in the bytes as they are.
            let called = program.dict().get::<Name<'_>>(SUBTYPE);
            if !self.encrypted && called.is_none_or(|called| *called != *b"Image") {
                continue;
            }
            let size = filters::of_stream(&program, part);
            if size > part {
                return Err(Error::limit("part_bytes", part, size));
            }
            let left = self.left.checked_sub(size);
            self.left = left.ok_or_else(|| Error::limit("file_bytes", all, all - self.left + size))?;
        }
        Ok(())
    }

    /// Looks at the fonts of a page or form.
    pub(super) fn add(&mut self, fonts: &Dict<'_>) -> Result<(), Error> {
        for name in fonts.keys() {
            if fonts.get_ref(name.as_ref()).is_some_and(|object| !self.seen.insert(object)) {
                continue;
            }
            let Some(font) = fonts.get::<Dict<'_>>(name.as_ref()) else { continue };
            self.admit_program(&font)?;
            if let Some(program) = silent(&font)
                && !self.silent.contains(&program)
            {
                self.silent.push(program);
            }
            if has_endless_widths(&font) {
                return Err(super::damaged(
                    "a font states widths of more glyphs than fonts can have",
                    "字体声明的字宽数量超出可能的范围",
                ));
            }
        }
        Ok(())
    }

    /// Whether the code of a glyph says nothing of its character.
    pub(super) fn are_silent_about(&self, glyph: &Glyph<'_>) -> bool {
        if self.silent.is_empty() {
            return false;
        }
        let Glyph::Outline(outline) = glyph else { return false };
        let Some(font) = outline.font_data() else { return false };
        let bytes: &[u8] = (*font.data).as_ref();
        let place = (bytes.as_ptr() as usize, bytes.len());
        let is_one = || self.silent.iter().any(|program| program == bytes);
        *self.known.borrow_mut().entry(place).or_insert_with(is_one)
    }
}

/// The program of a font whose codes say nothing.
fn silent(font: &Dict<'_>) -> Option<Vec<u8>> {
    let true_type = font.get::<Name<'_>>(SUBTYPE).is_some_and(|subtype| *subtype == *TRUE_TYPE);
    if !true_type || font.contains_key(TO_UNICODE) || font.get::<Object<'_>>(ENCODING).is_some() {
        return None;
    }
    let about = font.get::<Dict<'_>>(FONT_DESC)?;
    let symbolic = about.get::<u32>(FLAGS).is_some_and(|flags| flags & SYMBOLIC != 0);
    let program = about.get::<Stream<'_>>(FONT_FILE2)?;
    if symbolic { program.decoded_data().ok().map(std::borrow::Cow::into_owned) } else { None }
}

/// Whether the lists of widths name more glyphs than any font has.
fn has_endless_widths(font: &Dict<'_>) -> bool {
    let Some(descendants) = font.get::<Array<'_>>(DESCENDANT_FONTS) else { return false };
    let Some(descendant) = descendants.iter::<Dict<'_>>().next() else { return false };
    let widths = |key| descendant.get::<Array<'_>>(key);
    widths(W)
        .is_some_and(|list| ranged(&list, |list| list.next::<(u32, u32, f32)>().map(|(a, b, _)| (a, b))) > MOST_GLYPHS)
        || widths(W2).is_some_and(|list| {
            ranged(&list, |list| list.next::<(u32, u32, f32, f32, f32)>().map(|(a, b, ..)| (a, b))) > MOST_GLYPHS
        })
}

/// How many glyphs the ranges of a list name, told as the interpreter reads it: `first [widths]` or what `range` takes.
fn ranged<'a>(list: &Array<'a>, range: impl Fn(&mut FlexArrayIter<'a>) -> Option<(u32, u32)>) -> u64 {
    let mut list = list.flex_iter();
    let mut glyphs = 0_u64;
    loop {
        if list.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let Some((first, last)) = range(&mut list) else { return glyphs };
        glyphs += u64::from(last.saturating_sub(first));
    }
}
