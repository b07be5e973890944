//! RTF, as Word, WPS Office and LibreOffice write it, read into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod flow;
mod fonts;
mod lists;
mod row;
mod state;
mod styles;
mod support;
mod text;
mod token;
mod walk;
mod words;

use super::{Error, Limits, Reader};
use crate::document::Document;
use crate::finding::{Code, Finding, Words};
use walk::{Damage, Walker};

const NAME: &str = "rtf";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    // Word and WPS Office open such files under the names of their own formats.
    extensions: &["rtf", "doc", "wps"],
    about: ("RTF (that of Word, WPS Office and LibreOffice)", "RTF（Word、WPS、LibreOffice 所存）"),
    support: support::SUPPORT,
    recognise: |bytes| if begins(bytes) { Ok(()) } else { Err(NO_BEGINNING.into()) },
    read,
};

const BEGINNING: &[u8] = b"{\\rtf";
const NO_BEGINNING: (&str, &str) = ("it does not begin with {\\rtf", "开头不是 {\\rtf");

/// Whether a file begins as RTF does; a mark of UTF-8 and white space may stand before.
fn begins(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(BEGINNING)
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut walker = Walker::new(bytes, limits);
    walker.walk()?;
    let causes = causes(&walker.damage);
    let findings = findings(&walker, limits);
    let variant: Vec<String> = walker.encodings.iter().map(|encoding| super::charset::name(encoding)).collect();
    let mut document = walker.document;
    if document.blocks.is_empty()
        && let Some(cause) = causes.first()
    {
        return Err(Error::Damaged { reader: NAME, what: cause.clone() });
    }
    NAME.clone_into(&mut document.format);
    document.variant = Some(variant.join(", ")).filter(|variant| !variant.is_empty());
    document.partial = !causes.is_empty();
    document.findings.extend(causes.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause)));
    document.findings.extend(findings);
    Ok(document)
}

/// What is wrong with the file, one cause each.
fn causes(damage: &Damage) -> Vec<Words> {
    let Damage { unclosed, surplus, binary } = *damage;
    let unclosed = (unclosed > 0)
        .then(|| Words::new(format!("{unclosed} groups are not closed"), format!("有{unclosed}个组没有结束")));
    let surplus = (surplus > 0).then(|| {
        Words::new(
            format!("text follows after the end of the file's own group ({surplus} closing braces too many)"),
            format!("文件自身的组结束后还有文字（多出{surplus}个右花括号）"),
        )
    });
    let binary = binary.then(|| ("binary data is shorter than stated", "二进制数据短于所声明的长度").into());
    unclosed.into_iter().chain(surplus).chain(binary).collect()
}

fn findings(walker: &Walker<'_>, limits: &Limits) -> Vec<Finding> {
    let counts = walker.counts;
    let (insertions, deletions) = (counts.insertions, counts.deletions);
    let changes = (insertions + deletions > 0)
        .then(|| Finding::new(Code::TrackedChanges).detail("insertions", insertions).detail("deletions", deletions));
    let nesting =
        counts.flattened.then(|| Finding::new(Code::NestingFlattened).expected(limits.nested_tables.to_string()));
    let undecodable = (counts.undecodable > 0)
        .then(|| Finding::new(Code::UndecodableText).expected("UTF-16").found(counts.undecodable.to_string()));
    let guessed =
        walker.page_is_guessed.then(|| Finding::new(Code::CharsetGuessed).found(super::charset::name(walker.usual)));
    guessed.into_iter().chain(changes).chain(nesting).chain(undecodable).collect()
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn files_are_known_by_their_beginning() {
        for text in [&b"{\\rtf1"[..], b"\xef\xbb\xbf{\\rtf1", b"\r\n {\\rtf\\ansi"] {
            assert!(begins(text));
        }
        for text in [&b""[..], b"{\\rt", b"x{\\rtf1", b"\\rtf1", b"{\\urtf1"] {
            assert!(!begins(text));
        }
    }
}
