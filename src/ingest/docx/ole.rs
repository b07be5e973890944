//! OLE containers: what Word makes of a document with a password, and what old Word wrote.

use crate::finding::Words;

/// First bytes of every OLE container.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Bytes of a directory entry; sectors, and so entries, begin at multiples of it.
const ENTRY: usize = 128;

/// Streams by which a container is known, and what it is then.
const KNOWN: &[(&str, (&str, &str))] = &[
    ("WordDocument", ("an old binary Word file", "旧版二进制 Word 文件")),
    ("Workbook", ("an old binary Excel workbook", "旧版二进制 Excel 工作簿")),
    ("Book", ("an old binary Excel workbook", "旧版二进制 Excel 工作簿")),
    ("PowerPoint Document", ("an old binary PowerPoint presentation", "旧版二进制 PowerPoint 演示文稿")),
    ("__properties_version1.0", ("an Outlook message", "Outlook 邮件")),
];
const UNKNOWN: (&str, &str) = ("an OLE container without a Word document", "不含 Word 文档的 OLE 容器");

/// Whether the container holds an encrypted OOXML package.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    has_entry(bytes, "EncryptedPackage")
}

/// What a container without an encrypted package is.
pub(super) fn describe(bytes: &[u8]) -> Words {
    let known = KNOWN.iter().find(|(stream, _)| has_entry(bytes, stream));
    known.map_or(UNKNOWN, |&(_, what)| what).into()
}

/// Whether a directory entry has this name. Text that merely mentions the name stands
/// elsewhere in its 128 bytes, or has another length before it.
fn has_entry(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(wide.len() + 2).unwrap_or(u16::MAX).to_le_bytes();
    memchr::memmem::find_iter(bytes, &wide).any(|at| at % ENTRY == 0 && bytes.get(at + 64..at + 66) == Some(&length))
}
