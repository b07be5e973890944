//! Complex fields: their code is not text, their result is.

/// The fields open in a story.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Fields {
    /// For each open field, outermost first, whether its code is still going on.
    open: Vec<bool>,
    /// How many of them are in their code.
    in_code: usize,
}

/// Fields within fields. Word nests a handful; an open field costs memory.
const MAX_OPEN: usize = 1024;

impl Fields {
    /// Whether text that comes now belongs to a code.
    #[inline]
    pub(in crate::ingest) fn in_code(&self) -> bool {
        self.in_code > 0
    }

    /// Takes in a `fldChar` of this type.
    pub(in crate::ingest) fn mark(&mut self, kind: Option<&[u8]>) {
        match kind {
            Some(b"begin") if self.open.len() < MAX_OPEN => {
                self.open.push(true);
                self.in_code += 1;
            }
            Some(b"separate") => {
                if let Some(code) = self.open.last_mut() {
                    self.in_code -= usize::from(std::mem::replace(code, false));
                }
            }
            Some(b"end") => {
                let code = self.open.pop().unwrap_or(false);
                self.in_code -= usize::from(code);
            }
            _ => {}
        }
    }

    /// A code does not go on in the next paragraph: its field was never finished, and without
    /// this all further text would be taken for code. Results do go on (a table of contents).
    pub(in crate::ingest) fn end_of_paragraph(&mut self) {
        if self.in_code > 0 {
            self.open.clear();
            self.in_code = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    fn in_code_after(marks: &[&[u8]]) -> bool {
        let mut fields = Fields::default();
        marks.iter().for_each(|kind| fields.mark(Some(kind)));
        fields.in_code()
    }

    #[test]
    fn text_is_code_until_every_open_field_has_its_separator() {
        assert!(!in_code_after(&[]));
        assert!(in_code_after(&[b"begin"]));
        assert!(!in_code_after(&[b"begin", b"separate"]));
        assert!(in_code_after(&[b"begin", b"begin", b"separate"]));
        assert!(in_code_after(&[b"begin", b"begin", b"separate", b"end"]));
        assert!(!in_code_after(&[b"begin", b"separate", b"begin", b"end"]));
        assert!(!in_code_after(&[b"end", b"separate", b"end"]));
    }
}
