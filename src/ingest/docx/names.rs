//! Which names of which namespaces are of interest, and how a prefix finds its namespace.
//!
//! Strict, transitional and Word 2003 documents share their local names, so the three
//! namespaces count as one. Prefixes are resolved only where a tag declares one; a prefix
//! that nobody declares has its customary meaning, as files that lost their first tag need it.

use super::xml::{Attributes, same};
pub(super) use crate::ingest::xml::split;

/// A namespace, as far as the reader tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// WordprocessingML of any age.
    Word,
    /// Markup compatibility: the same thing said for new and for old programs.
    Compatibility,
    /// DrawingML.
    Drawing,
    /// VML, the old drawings.
    Vml,
    /// Flat OPC: the package as one XML file.
    Package,
    /// Formulas.
    Math,
    /// Word 2003: tracked changes and comments.
    Annotation,
    /// Word 2003: hints, among them the printed list number.
    Hint,
    /// Anything else.
    Other,
}

/// Namespace, and the names it goes by.
const URIS: &[(Ns, &[u8])] = &[
    (Ns::Word, b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (Ns::Word, b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (Ns::Word, b"http://schemas.microsoft.com/office/word/2003/wordml"),
    (Ns::Compatibility, b"http://schemas.openxmlformats.org/markup-compatibility/2006"),
    (Ns::Drawing, b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (Ns::Drawing, b"http://purl.oclc.org/ooxml/drawingml/main"),
    (Ns::Vml, b"urn:schemas-microsoft-com:vml"),
    (Ns::Package, b"http://schemas.microsoft.com/office/2006/xmlPackage"),
    (Ns::Math, b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (Ns::Math, b"http://purl.oclc.org/ooxml/officeDocument/math"),
    (Ns::Annotation, b"http://schemas.microsoft.com/aml/2001/core"),
    (Ns::Hint, b"http://schemas.microsoft.com/office/word/2003/auxHint"),
];

/// What the customary prefixes mean where nobody declares them.
const CUSTOMARY: &[(&[u8], Ns)] =
    &[(b"mc", Ns::Compatibility), (b"a", Ns::Drawing), (b"v", Ns::Vml), (b"pkg", Ns::Package), (b"w", Ns::Word)];

/// Prefixes of interest in force at once. Word declares eight; more is an attack on the look-up.
const MAX_BINDINGS: usize = 256;

fn of_uri(uri: &[u8]) -> Ns {
    URIS.iter().find(|(_, known)| *known == uri).map_or(Ns::Other, |&(ns, _)| ns)
}

/// A prefix and what it means from some depth on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    prefix: &'a [u8],
    ns: Ns,
    depth: usize,
}

/// The prefixes in force. Only those that name, or hide, a namespace of interest are kept.
#[derive(Debug, Clone)]
pub(super) struct Bindings<'a> {
    list: Vec<Binding<'a>>,
    /// The prefix last bound to WordprocessingML: the answer to nearly every question.
    word: Option<&'a [u8]>,
    /// Another number after every change.
    version: usize,
}

impl<'a> Bindings<'a> {
    pub(super) fn customary() -> Self {
        let list = CUSTOMARY.iter().map(|&(prefix, ns)| Binding { prefix, ns, depth: 0 }).collect();
        let mut bindings = Bindings { list, word: None, version: 0 };
        bindings.refresh();
        bindings
    }

    /// Takes in the declarations of a tag at this depth; `false` if there are too many.
    pub(super) fn declare(&mut self, attributes: &'a [u8], depth: usize) -> bool {
        for (name, value) in Attributes::new(attributes) {
            let prefix = match name.strip_prefix(b"xmlns") {
                Some(b"") => &name[..0],
                Some(rest) if rest.starts_with(b":") => &rest[1..],
                _ => continue,
            };
            let ns = of_uri(value);
            if ns != Ns::Other || self.list.iter().any(|binding| binding.prefix == prefix) {
                if self.list.len() >= MAX_BINDINGS {
                    return false;
                }
                self.list.push(Binding { prefix, ns, depth });
            }
        }
        self.refresh();
        true
    }

    /// Forgets what was declared deeper than `depth`.
    #[inline]
    pub(super) fn leave(&mut self, depth: usize) {
        if self.list.last().is_some_and(|binding| binding.depth > depth) {
            self.list.truncate(self.list.partition_point(|binding| binding.depth <= depth));
            self.refresh();
        }
    }

    /// Whether no meaning of a prefix ends where only `depth` elements are open.
    pub(super) fn outlive(&self, depth: usize) -> bool {
        self.list.last().is_none_or(|binding| binding.depth <= depth)
    }

    #[inline]
    pub(super) fn resolve(&self, prefix: &[u8]) -> Ns {
        if self.word.is_some_and(|word| same(word, prefix)) { Ns::Word } else { self.look_up(prefix) }
    }

    /// As long as this is the same, every prefix means the same.
    pub(super) fn version(&self) -> usize {
        self.version
    }

    fn look_up(&self, prefix: &[u8]) -> Ns {
        self.list.iter().rev().find(|binding| binding.prefix == prefix).map_or(Ns::Other, |binding| binding.ns)
    }

    fn refresh(&mut self) {
        let word = self.list.iter().rev().find(|binding| binding.ns == Ns::Word).map(|binding| binding.prefix);
        self.word = word.filter(|prefix| self.look_up(prefix) == Ns::Word);
        self.version += 1;
    }
}

macro_rules! tags {
    (word { $($(#[$doc:meta])* $tag:ident $($name:literal)|+;)* } other { $($(#[$note:meta])* $other:ident $ns:ident $($local:literal)|+;)* }) => {
        /// The elements that the reader acts upon; all others are looked through.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Tag {
            $($(#[$doc])* $tag,)*
            $($(#[$note])* $other,)*
            /// Any other element.
            Other,
        }

        #[inline]
        fn word_tag(local: &[u8]) -> Tag {
            match local {
                $($($name)|+ => Tag::$tag,)*
                _ => Tag::Other,
            }
        }

        fn other_tag(ns: Ns, local: &[u8]) -> Tag {
            match (ns, local) {
                $($((Ns::$ns, $local))|+ => Tag::$other,)*
                _ => Tag::Other,
            }
        }
    };
}

tags! {
    word {
        Run b"r";
        RunProperties b"rPr";
        Text b"t";
        Paragraph b"p";
        ParagraphProperties b"pPr";
        Cell b"tc";
        CellProperties b"tcPr";
        Row b"tr";
        RowProperties b"trPr";
        Table b"tbl";
        Tab b"tab" | b"ptab";
        Break b"br" | b"cr";
        PageBreak b"lastRenderedPageBreak";
        NoBreakHyphen b"noBreakHyphen";
        Symbol b"sym";
        FieldChar b"fldChar";
        FormField b"ffData";
        Inserted b"ins" | b"moveTo";
        Deleted b"del" | b"moveFrom";
        TextBox b"txbxContent";
        Object b"object";
        Body b"body";
        Note b"footnote" | b"endnote" | b"comment";
        /// Properties that are not read: short and flat.
        Properties b"tblPr" | b"tblGrid" | b"tblPrEx" | b"sectPr" | b"sdtPr" | b"sdtEndPr" | b"rubyPr";
        /// Elements whose content is no text of the document: field codes, deleted text, the
        /// reading aid (`rt`) above a character.
        Silent b"instrText" | b"delInstrText" | b"delText" | b"rt" | b"customXmlPr" | b"smartTagPr" | b"fldData"
            | b"background" | b"binData";
        Style b"style";
        BasedOn b"basedOn";
        AbstractList b"abstractNum";
        ListLevel b"lvl";
        List b"num";
        ListOverride b"lvlOverride";
        ListOf b"abstractNumId";
        StartOverride b"startOverride";
        Start b"start";
        NumberFormat b"numFmt";
        LevelText b"lvlText";
        LevelRestart b"lvlRestart";
        LegalNumbers b"isLgl";
        LevelStyle b"pStyle";
        ListStyle b"numStyleLink";
    }
    other {
        Alternate Compatibility b"AlternateContent";
        Choice Compatibility b"Choice";
        Fallback Compatibility b"Fallback";
        Picture Drawing b"blip";
        OldPicture Vml b"imagedata";
        PackagePart Package b"part";
        PackageXml Package b"xmlData";
        Annotation Annotation b"annotation";
        MathText Math b"t";
        /// What sets its parts above one another, so that their texts side by side say something else.
        MathObject Math b"f" | b"sSup" | b"sSub" | b"sSubSup" | b"sPre" | b"rad" | b"nary" | b"m" | b"eqArr" | b"limLow"
            | b"limUpp" | b"acc" | b"bar" | b"func" | b"groupChr";
    }
}

/// The tag of a local name in a namespace.
#[inline]
pub(super) fn tag(ns: Ns, local: &[u8]) -> Tag {
    match ns {
        Ns::Word => word_tag(local),
        Ns::Other => Tag::Other,
        _ => other_tag(ns, local),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_names_mean_nothing_outside_their_namespace() {
        assert_eq!(tag(Ns::Word, b"t"), Tag::Text);
        assert_eq!(tag(Ns::Drawing, b"t"), Tag::Other);
        assert_eq!(tag(Ns::Other, b"p"), Tag::Other);
        assert_eq!(tag(Ns::Word, b"blip"), Tag::Other);
        assert_eq!(tag(Ns::Compatibility, b"Choice"), Tag::Choice);
    }

    #[test]
    fn prefixes_are_hidden_and_come_back() {
        let mut bindings = Bindings::customary();
        assert!(bindings.declare(br#"xmlns:w="urn:mine" xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main""#, 1));
        assert_eq!(bindings.resolve(b"w"), Ns::Other);
        assert_eq!(bindings.resolve(b""), Ns::Word);
        bindings.leave(0);
        assert_eq!(bindings.resolve(b"w"), Ns::Word);
        assert_eq!(bindings.resolve(b""), Ns::Other);
    }
}
