//! Fonts whose codes say nothing of characters.
//!
//! A TrueType font that calls itself symbolic and states neither an encoding nor Unicode numbers its
//! glyphs as it likes; the interpreter would read the numbers as Latin letters and digits.

use std::cell::RefCell;
use std::collections::HashMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_syntax::object::dict::keys::{
    ENCODING, FLAGS, FONT_DESC, FONT_FILE2, SUBTYPE, TO_UNICODE, TRUE_TYPE,
};
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};

/// Set in the flags of a font whose characters are not Latin letters.
const SYMBOLIC: u32 = 1 << 2;

/// The programs of such fonts.
#[derive(Default)]
pub(super) struct Doubtful {
    programs: Vec<Vec<u8>>,
    /// Whether a program, by the place of its bytes, is one of them.
    known: RefCell<HashMap<(usize, usize), bool>>,
}

impl Doubtful {
    /// Adds the doubtful ones of a page's or form's fonts.
    pub(super) fn add(&mut self, fonts: &Dict<'_>) {
        for name in fonts.keys() {
            if let Some(program) = fonts.get::<Dict<'_>>(name.as_ref()).as_ref().and_then(doubtful)
                && !self.programs.contains(&program)
            {
                self.programs.push(program);
            }
        }
    }

    /// Whether the glyph is one of them.
    pub(super) fn holds(&self, glyph: &Glyph<'_>) -> bool {
        if self.programs.is_empty() {
            return false;
        }
        let Glyph::Outline(outline) = glyph else { return false };
        let Some(font) = outline.font_data() else { return false };
        let bytes: &[u8] = (*font.data).as_ref();
        let place = (bytes.as_ptr() as usize, bytes.len());
        let is_one = || self.programs.iter().any(|program| program == bytes);
        *self.known.borrow_mut().entry(place).or_insert_with(is_one)
    }
}

/// The program of a font whose codes say nothing.
fn doubtful(font: &Dict<'_>) -> Option<Vec<u8>> {
    let true_type = font.get::<Name<'_>>(SUBTYPE).is_some_and(|subtype| *subtype == *TRUE_TYPE);
    if !true_type || font.contains_key(TO_UNICODE) || font.get::<Object<'_>>(ENCODING).is_some() {
        return None;
    }
    let about = font.get::<Dict<'_>>(FONT_DESC)?;
    let symbolic = about.get::<u32>(FLAGS).is_some_and(|flags| flags & SYMBOLIC != 0);
    let program = about.get::<Stream<'_>>(FONT_FILE2)?;
    if symbolic { program.decoded_data().ok().map(std::borrow::Cow::into_owned) } else { None }
}
