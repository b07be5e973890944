//! What one file may cost, as named constants with reasons.

use super::Error;
use crate::finding::Lang;

/// Bounds on one file. Each is named in the error that it causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself. The largest real reports, full of photographs, are near 50 MB.
    pub file_bytes: usize,
    /// Bytes of one unpacked part. A report's `document.xml` is 0.1 to 3 MB.
    pub part_bytes: usize,
    /// Unpacked size divided by packed size of one part. XML packs 10 to 60 to 1; bombs 1000 to 1.
    pub ratio: usize,
    /// Elements open at once. Word nests about 30; each open element costs memory.
    pub depth: usize,
    /// Tables within tables. Deeper ones are kept as text, with a finding.
    pub nested_tables: usize,
    /// Cells of the whole document. A report has about 500; a book of a province's, 200,000.
    pub cells: usize,
    /// Paragraphs of the whole document. A report has about 700; a book of 1,000 pages, 40,000.
    pub paragraphs: usize,
    /// Elements, texts and comments of a web page. A report's page has 4,000.
    pub nodes: usize,
    /// Files in one archive, those of archives in it included. A report full of photographs has a
    /// few hundred, a year's reports of a province have a few thousand.
    pub entries: usize,
    /// Archives within an archive. People send an archive of each county's archives, hardly more;
    /// an archive that holds itself has no end.
    pub nested_archives: usize,
    /// Bytes unpacked from one archive, those of archives in it included. 5,000 reports of 0.1 to
    /// 0.4 MB are 2 GB; overlapping and nested bombs unpack to any number.
    pub archive_bytes: usize,
    /// Pages. The longest real report has 60; a book of all of a province's, 3,000.
    pub pages: usize,
    /// Bytes of drawing instructions that pages and the forms on them run through. A page of text has
    /// 20 to 200 KB.
    pub content_bytes: usize,
    /// Characters, corners of lines, pictures that pages draw. A page has about 1,500.
    pub drawn: usize,
    /// Seconds that one file may take. A report takes a thousandth of one, a book of a province's reports a
    /// few. Whoever runs the readers watches the clock ([`crate::batch`]), never the readers themselves.
    pub time: usize,
}

/// Bytes of memory to which [`Limits::default`] keeps one file, as `docs/robustness.md` measures them.
pub const USUAL_MEMORY: usize = 1_000_000_000;

/// One of the [`Limits`], by name.
pub struct Limit {
    /// Its name, that of the field.
    pub name: &'static str,
    /// What it counts: English, Chinese.
    about: (&'static str, &'static str),
    value: fn(&mut Limits) -> &mut usize,
}

/// Every limit, in the order of [`Limits`].
pub const LIMITS: &[Limit] = &[
    Limit {
        name: "file_bytes", about: ("bytes of the file", "文件字节数"), value: |limits| &mut limits.file_bytes
    },
    Limit {
        name: "part_bytes",
        about: ("bytes of one unpacked part", "单个部件解压后的字节数"),
        value: |limits| &mut limits.part_bytes,
    },
    Limit {
        name: "ratio",
        about: ("unpacked size by packed size of one part", "单个部件的压缩倍数"),
        value: |limits| &mut limits.ratio,
    },
    Limit {
        name: "depth", about: ("elements within elements", "元素嵌套层数"), value: |limits| &mut limits.depth
    },
    Limit {
        name: "nested_tables",
        about: ("tables within tables", "表格嵌套层数"),
        value: |limits| &mut limits.nested_tables,
    },
    Limit {
        name: "cells", about: ("cells of the document", "文档的单元格数"), value: |limits| &mut limits.cells
    },
    Limit {
        name: "paragraphs",
        about: ("paragraphs of the document", "文档的段落数"),
        value: |limits| &mut limits.paragraphs,
    },
    Limit {
        name: "nodes",
        about: ("elements, texts and comments of a web page", "网页的元素、文本和注释数"),
        value: |limits| &mut limits.nodes,
    },
    Limit {
        name: "entries", about: ("files in the archive", "压缩包内的文件数"), value: |limits| &mut limits.entries
    },
    Limit {
        name: "nested_archives",
        about: ("archives within an archive", "压缩包嵌套层数"),
        value: |limits| &mut limits.nested_archives,
    },
    Limit {
        name: "archive_bytes",
        about: ("bytes unpacked from one archive", "单个压缩包解压的总字节数"),
        value: |limits| &mut limits.archive_bytes,
    },
    Limit { name: "pages", about: ("pages of the document", "文档页数"), value: |limits| &mut limits.pages },
    Limit {
        name: "content_bytes",
        about: ("bytes of drawing instructions", "绘图指令字节数"),
        value: |limits| &mut limits.content_bytes,
    },
    Limit {
        name: "drawn",
        about: ("characters and lines drawn on pages", "页面上绘制的字符和线条数"),
        value: |limits| &mut limits.drawn,
    },
    Limit { name: "time", about: ("seconds for the file", "单个文件的秒数"), value: |limits| &mut limits.time },
];

impl Limit {
    /// The limit of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<&'static Limit> {
        LIMITS.iter().find(|limit| limit.name == name)
    }

    /// What it counts.
    #[must_use]
    pub fn about(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.about.0,
            Lang::Zh => self.about.1,
        }
    }

    /// Its value among these.
    #[must_use]
    pub fn value(&self, limits: &Limits) -> usize {
        *(self.value)(&mut limits.clone())
    }

    /// Sets it.
    pub fn set(&self, limits: &mut Limits, value: usize) {
        *(self.value)(limits) = value;
    }
}

/// Texts that are made anew for each cell that shows them: a file says once what a cell holds and how often it
/// stands there, so that a short one may ask for more text than any memory has.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Copies {
    bytes: usize,
    paragraphs: usize,
}

impl Copies {
    /// Counts so many copies of a text, or refuses them.
    pub(super) fn take(&mut self, text: Copies, times: usize, limits: &Limits) -> Result<(), Error> {
        let plus = |sum: usize, more: usize| sum.saturating_add(more.saturating_mul(times));
        let all = Copies { bytes: plus(self.bytes, text.bytes), paragraphs: plus(self.paragraphs, text.paragraphs) };
        for (name, limit, found) in
            [("part_bytes", limits.part_bytes, all.bytes), ("paragraphs", limits.paragraphs, all.paragraphs)]
        {
            if found > limit {
                return Err(Error::limit(name, limit, found));
            }
        }
        *self = all;
        Ok(())
    }

    /// A text with a paragraph a line.
    pub(super) fn of(text: &str) -> Self {
        Copies { bytes: text.len(), paragraphs: text.lines().count() }
    }

    /// With the paragraphs of another.
    pub(super) fn and(self, other: Copies) -> Self {
        Copies { bytes: self.bytes + other.bytes, paragraphs: self.paragraphs + other.paragraphs }
    }
}

/// Unpacked bytes up to which no ratio is looked at: an honest part full of empty cells packs
/// 300 to 1, and 1 MiB hurts nobody.
const RATIO_FREE: usize = 1 << 20;

/// What one part may unpack to, and by which limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unpacked {
    name: &'static str,
    limit: usize,
    /// Bytes allowed.
    pub(crate) bytes: usize,
    packed: usize,
}

impl Unpacked {
    /// Refuses a part that unpacks to more.
    pub(crate) fn admit(self, bytes: usize) -> Result<(), Error> {
        if bytes <= self.bytes {
            return Ok(());
        }
        let found = match self.name {
            "ratio" => bytes.div_ceil(self.packed.max(1)),
            // What was unpacked before counts too.
            "archive_bytes" => self.limit - self.bytes + bytes,
            _ => bytes,
        };
        Err(Error::limit(self.name, self.limit, found))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 256 << 20,
            part_bytes: 64 << 20,
            ratio: 200,
            depth: 2_000,
            nested_tables: 32,
            cells: 1_000_000,
            paragraphs: 1_000_000,
            nodes: 5_000_000,
            entries: 20_000,
            nested_archives: 4,
            archive_bytes: 2 << 30,
            pages: 10_000,
            content_bytes: 64 << 20,
            drawn: 4_000_000,
            time: 60,
        }
    }
}

impl Limits {
    /// The limits that keep one file to so many bytes of memory: the usual ones, those on what stands in memory in
    /// proportion. The program itself and the bytes of the file come to it.
    #[must_use]
    pub fn within_memory(bytes: usize) -> Self {
        let mut limits = Limits::default();
        let held = [
            &mut limits.file_bytes,
            &mut limits.part_bytes,
            &mut limits.cells,
            &mut limits.paragraphs,
            &mut limits.nodes,
            &mut limits.content_bytes,
            &mut limits.drawn,
        ];
        for limit in held {
            let share = *limit as u128 * bytes as u128 / USUAL_MEMORY as u128;
            *limit = usize::try_from(share).unwrap_or(usize::MAX).max(1);
        }
        limits
    }

    /// What a part of so many packed bytes may unpack to.
    pub(super) fn unpacked(&self, packed: usize) -> Unpacked {
        self.unpacked_within(packed, "part_bytes", self.part_bytes)
    }

    /// What a file of so many packed bytes in an archive may unpack to, if the archive may still
    /// unpack to `left`.
    pub(crate) fn unpacked_file(&self, packed: usize, left: usize) -> Unpacked {
        let of_file = self.unpacked_within(packed, "file_bytes", self.file_bytes);
        if of_file.bytes <= left { of_file } else { self.unpacked_of_archive(packed, left) }
    }

    /// What all files of an archive together may unpack to, if so much is left of what it may.
    pub(crate) fn unpacked_of_archive(&self, packed: usize, left: usize) -> Unpacked {
        let within = self.unpacked_within(packed, "archive_bytes", left);
        if within.name == "ratio" { within } else { Unpacked { limit: self.archive_bytes, ..within } }
    }

    fn unpacked_within(&self, packed: usize, name: &'static str, limit: usize) -> Unpacked {
        let by_ratio = packed.saturating_mul(self.ratio).max(RATIO_FREE);
        if by_ratio < limit {
            Unpacked { name: "ratio", limit: self.ratio, bytes: by_ratio, packed }
        } else {
            Unpacked { name, limit, bytes: limit, packed }
        }
    }

    /// Refuses a file that is too large.
    pub(super) fn admit(&self, bytes: usize) -> Result<(), Error> {
        let limit = self.file_bytes;
        if bytes > limit { Err(Error::limit("file_bytes", limit, bytes)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_a_name_and_sets_its_own_field_only() {
        let mut named = String::new();
        let default = Limits::default();
        for limit in LIMITS {
            let mut limits = default;
            limit.set(&mut limits, 987_654_321);
            let shown = format!("{limits:?}");
            assert!(shown.contains(&format!("{}: 987654321", limit.name)), "{}: {shown}", limit.name);
            assert_eq!(shown.matches("987654321").count(), 1, "{}", limit.name);
            assert_eq!(limit.value(&limits), 987_654_321);
            named.push_str(limit.name);
        }
        // Each field of `Limits` is in the list.
        assert_eq!(format!("{default:?}").matches(": ").count(), LIMITS.len(), "{named}");
    }

    #[test]
    fn a_refusal_never_finds_what_is_allowed() {
        let limits = Limits { ratio: 2, ..Limits::default() };
        let packed = RATIO_FREE;
        let Err(Error::Limit { limit, found, .. }) = limits.unpacked(packed).admit(2 * packed + 1) else {
            panic!("one byte too many")
        };
        assert_eq!((limit, found), (2, 3));
    }
}
