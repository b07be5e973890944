//! OLE containers: what Word makes of a document with a password, and what old Office wrote.

/// First bytes of every OLE container.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Bytes of a directory entry; sectors, and so entries, begin at multiples of it.
const ENTRY: usize = 128;

/// Streams by which a container is known, and what it is then.
const KNOWN: &[(&str, &str)] = &[
    ("WordDocument", "an old binary Word file"),
    ("Workbook", "an old binary Excel workbook"),
    ("Book", "an old binary Excel workbook"),
    ("PowerPoint Document", "an old binary PowerPoint presentation"),
    ("VisioDocument", "an old binary Visio drawing"),
    ("MatOST", "a Works document"),
    ("HwpSummaryInformation", "a Hangul document"),
    ("__properties_version1.0", "an Outlook message"),
];

/// Whether the container holds an encrypted OOXML package.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    has_entry(bytes, "EncryptedPackage")
}

/// What a container without an encrypted package is.
pub(super) fn describe(bytes: &[u8]) -> &'static str {
    let known = KNOWN.iter().find(|(stream, _)| has_entry(bytes, stream));
    known.map_or("an OLE container without a Word document", |&(_, what)| what)
}

/// Whether a directory entry has this name.
pub(super) fn has_entry(bytes: &[u8], name: &str) -> bool {
    entries(bytes, name).next().is_some()
}

/// The directory entries of this name, whatever the case of its letters. Text that merely mentions
/// the name stands elsewhere in its 128 bytes, or has another length before it.
pub(super) fn entries<'b>(bytes: &'b [u8], name: &str) -> impl Iterator<Item = &'b [u8]> {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(wide.len() + 2).unwrap_or(u16::MAX).to_le_bytes();
    let entries = bytes.chunks_exact(ENTRY);
    entries.filter(move |entry| entry[64..66] == length && entry[..wide.len()].eq_ignore_ascii_case(&wide))
}
