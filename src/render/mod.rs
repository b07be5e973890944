//! Report → the official form as a Word document.
//!
//! [`Sheet`] lays a table out as the form prints it, from the template alone, so a user's own
//! form is drawn as well; [`docx`] writes the whole report. The terminal view of `show` draws
//! the same sheets. What must not go in: anything for one edition.

mod order;
mod word;

pub use crate::sheet::{Content, Rows, Sheet, SheetCell};
pub use word::{RenderError, docx};
