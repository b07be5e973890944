//! Why a file cannot be read: variants by cause, each with one sentence of cause and remedy.

use std::fmt;

use super::limits::{Limit, Limits};
use crate::finding::{Lang, Words};

/// What stops a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The file has no bytes.
    Empty,
    /// No reader recognises it.
    Unknown {
        /// What the bytes look like, if that is known (`a PNG picture`).
        looks_like: Option<(&'static str, &'static str)>,
        /// Why each reader refused.
        reasons: Vec<Reason>,
    },
    /// It is encrypted with a password.
    PasswordProtected,
    /// The container or its main part cannot be read at all.
    Damaged {
        /// The reader that tried.
        reader: &'static str,
        /// What it met, and where.
        what: Words,
    },
    /// It passes a limit.
    Limit {
        /// Name of the limit, as in [`super::Limits`].
        name: &'static str,
        /// The limit.
        limit: usize,
        /// What the file asked for (at least).
        found: usize,
    },
}

/// Why a reader refused a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The reader.
    pub reader: &'static str,
    /// Its reason.
    pub why: Words,
}

impl Error {
    pub(super) fn limit(name: &'static str, limit: usize, found: usize) -> Self {
        Error::Limit { name, limit, found }
    }

    /// That the bytes are an archive of a kind that nobody here opens, if they begin like one.
    pub(crate) fn of_other_archive(bytes: &[u8]) -> Option<Self> {
        let (_, en, zh) = ARCHIVES.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
        Some(Error::Unknown { looks_like: Some((en, zh)), reasons: Vec::new() })
    }

    pub(super) fn of_unknown(bytes: &[u8], reasons: Vec<Reason>) -> Self {
        if let Some(reader) = cut_off(bytes) {
            let what = Words::new(
                "it was cut off: the directory of its container is not there".to_owned(),
                "文件被截断：容器的目录不在文件内".to_owned(),
            );
            return Error::Damaged { reader, what };
        }
        let looks_like =
            SIGNATURES.iter().chain(ARCHIVES).find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, en, zh)| (en, zh));
        Error::Unknown { looks_like, reasons }
    }

    /// Name of the cause, for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Error::Empty => "empty",
            Error::Unknown { .. } => "unknown_format",
            Error::PasswordProtected => "password_protected",
            Error::Damaged { .. } => "damaged",
            Error::Limit { .. } => "limit",
        }
    }

    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Error::Empty => "it is empty (0 bytes); get it again from its source".to_owned(),
            Error::Unknown { looks_like, reasons } => {
                let looks = looks_like.map_or("the format is not one that is read".to_owned(), |(en, _)| {
                    format!("the file is {en}, which is not read")
                });
                format!("{looks}{}; {}", joined(reasons, Lang::En), remedy(*looks_like).0)
            }
            Error::PasswordProtected => {
                "the file is password-protected; open it in Word or WPS with its password and save it without one"
                    .to_owned()
            }
            Error::Damaged { reader, what } => format!(
                "the {reader} file is damaged: {}; get it again, or open it in Word or WPS and save it anew",
                what.of(Lang::En)
            ),
            Error::Limit { name, limit, found } => format!(
                "the file passes the limit {name} ({}): allowed {limit}{}, found {found} or more; it may be hostile: if you trust it, raise the limit with `--limit {name}=NUMBER`",
                counts(name, Lang::En),
                lowered(name, *limit, Lang::En)
            ),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Error::Empty => "内容为空（0 字节）；请从来源重新获取".to_owned(),
            Error::Unknown { looks_like, reasons } => {
                let looks = looks_like
                    .map_or("不支持的文件格式".to_owned(), |(_, zh)| format!("无法读取此类文件：{zh}"));
                format!("{looks}{}；{}", joined(reasons, Lang::Zh), remedy(*looks_like).1)
            }
            Error::PasswordProtected => "文件设有密码；请在 Word 或 WPS 中输入密码打开，另存为无密码的文件".to_owned(),
            Error::Damaged { reader, what } => {
                format!("{reader} 文件已损坏：{}；请重新获取，或用 Word、WPS 打开后另存", what.of(Lang::Zh))
            }
            Error::Limit { name, limit, found } => {
                format!(
                    "文件超过限制 {name}（{}）：上限 {limit}{}，实际至少 {found}；文件可能有恶意，如确认可信，请用 `--limit {name}=数值` 提高上限",
                    counts(name, Lang::Zh),
                    lowered(name, *limit, Lang::Zh)
                )
            }
        }
    }
}

/// What a limit counts.
fn counts(name: &str, lang: Lang) -> &'static str {
    Limit::of_name(name).map_or("", |limit| limit.about(lang))
}

/// What a limit usually is, of one that is lower, and what may have lowered it beside its own name.
fn lowered(name: &str, limit: usize, lang: Lang) -> String {
    let Some(known) = Limit::of_name(name) else { return String::new() };
    let usual = known.value(&Limits::default());
    let by_memory = known.value(&Limits::within_memory(1)) < usual;
    match (lang, limit < usual, by_memory) {
        (_, false, _) => String::new(),
        (Lang::En, true, false) => format!(" (usually {usual})"),
        (Lang::En, true, true) => format!(" (usually {usual}; `--limit memory` lowers it, too)"),
        (Lang::Zh, true, false) => format!("（默认 {usual}）"),
        (Lang::Zh, true, true) => format!("（默认 {usual}，`--limit memory` 也会降低该上限）"),
    }
}

/// What to do about a file that no reader knows.
fn remedy(looks_like: Option<(&str, &str)>) -> (&'static str, &'static str) {
    let packed = looks_like.is_some_and(|looks| ARCHIVES.iter().any(|&(_, en, zh)| (en, zh) == looks));
    if packed {
        ("unpack it and name the folder, or pack the files anew as .zip", "请解压后指定文件夹，或改用 .zip 重新打包")
    } else {
        ("convert it to .docx or UTF-8 text", "请转换为 .docx 或 UTF-8 文本")
    }
}

/// The reasons in brackets; nothing if there are none.
fn joined(reasons: &[Reason], lang: Lang) -> String {
    if reasons.is_empty() {
        return String::new();
    }
    let said = |Reason { reader, why }: &Reason| match lang {
        Lang::En => format!("not {reader}: {}", why.of(lang)),
        Lang::Zh => format!("不是 {reader}：{}", why.of(lang)),
    };
    let (before, between, after) = if lang == Lang::En { (" (", "; ", ")") } else { ("（", "；", "）") };
    format!("{before}{}{after}", reasons.iter().map(said).collect::<Vec<_>>().join(between))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Error {}

/// The reader whose container lacks its end, where the directory stands, or should.
fn cut_off(bytes: &[u8]) -> Option<&'static str> {
    /// What ends a zip archive, and how far from its end that can be.
    const END_OF_ZIP: (&[u8], usize) = (b"PK\x05\x06", 22 + 0xffff);
    if bytes.starts_with(b"PK\x03\x04") {
        let tail = &bytes[bytes.len().saturating_sub(END_OF_ZIP.1)..];
        return memchr::memmem::find(tail, END_OF_ZIP.0).is_none().then_some("zip");
    }
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    let shift = u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?);
    let sector = u64::from(u32::from_le_bytes(bytes.get(48..52)?.try_into().ok()?));
    // Sectors of 512 bytes, or of 4,096; the header is as long as one.
    let start = matches!(shift, 9 | 12).then(|| (sector + 1) << shift)?;
    (start >= bytes.len() as u64).then_some("doc")
}

/// First bytes of files that people rename to `.docx`.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG", "a PNG picture", "PNG 图片"),
    (b"\xff\xd8\xff", "a JPEG picture", "JPEG 图片"),
    (b"GIF8", "a GIF picture", "GIF 图片"),
    (b"BM", "a bitmap picture", "BMP 图片"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old binary Office file that is neither a document nor a workbook",
        "既非文档也非工作簿的旧版二进制 Office 文件",
    ),
    (b"\xdb\xa5", "a document of Word 2", "Word 2 文档"),
    (b"\x9b\xa5", "a document of Word 1", "Word 1 文档"),
    (b"PK", "a zip archive", "zip 压缩包"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩文件"),
];

/// First bytes of archives that are not opened.
const ARCHIVES: &[(&[u8], &str, &str)] = &[
    (b"Rar!", "a RAR archive", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "7-Zip 压缩包"),
    (b"\xfd7zXZ\x00", "an XZ archive", "XZ 压缩包"),
    (b"BZh", "a bzip2 archive", "bzip2 压缩包"),
    (b"MSCF", "a cabinet archive", "CAB 压缩包"),
];
