//! Gzip: a tar archive packed as a whole, or one file.
//!
//! What is packed as a whole is unpacked as a whole, in memory up to a size, beyond that in a
//! temporary file without a name: a tar archive cannot be read in the order of its names otherwise.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use flate2::bufread::MultiGzDecoder;
use tempfile::SpooledTempFile;

use super::names::Name;
use super::zip::{bytes_at, short};
use super::{Budget, Content, HEAD, IN_MEMORY, Kind, Listing, Packing, Raw, Source, tar};
use crate::batch::read::Unreadable;
use crate::finding::Words;
use crate::ingest::{Limits, Support, Unpacked};

pub(super) const NAME: &str = "gzip";

pub(super) const PACKING: Packing = Packing {
    name: NAME,
    extensions: &["gz", "tgz"],
    about: ("Tar archives and single files packed by gzip", "gzip 压缩的 tar 归档和单个文件"),
    support: &[
        Support::read(("tar archives", "tar 归档"), ("as those above; one level, not two", "同上；算作一层而非两层")),
        Support::read(
            ("one file", "单个文件"),
            ("by the name that it was packed under, else that of the archive", "取打包时的名称，否则取压缩包的名称"),
        ),
        Support::partly(
            ("damaged archives", "已损坏的压缩包"),
            ("the files before the break; a single file is not read", "读取断点之前的文件；单个文件则不读取"),
        ),
    ],
};

pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b\x08")
}

pub(super) fn listing(
    source: &mut dyn Source,
    name: &str,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<Listing, Unreadable> {
    let packed = source.seek(SeekFrom::End(0)).map_err(Unreadable::System)?;
    let stored = stored_name(&bytes_at(source, 0, HEAD as u64).map_err(Unreadable::System)?);
    source.rewind().map_err(Unreadable::System)?;
    let packed = usize::try_from(packed).unwrap_or(usize::MAX);
    let mut unpacking = Unpacking { decoder: MultiGzDecoder::new(BufReader::new(source)), broken: None };
    let head = unpacking.take(HEAD);
    let is_tar = tar::begins(&head);
    let allowed = if is_tar {
        limits.unpacked_of_archive(packed, budget.bytes)
    } else {
        limits.unpacked_file(packed, budget.bytes)
    };
    let (mut file, size) = unpacking.spool(&head, allowed)?;
    budget.bytes = budget.bytes.saturating_sub(size);
    let broken = unpacking.broken;
    if is_tar {
        let listing = tar::listing(&mut file, limits, budget)?;
        // Where it breaks is the cause; that the last file is cut is what comes of it.
        let damage = broken.or(listing.damage);
        return Ok(Listing { format: NAME, damage, source: Some(Box::new(file)), ..listing });
    }
    let content = match broken {
        Some(why) => Content::Damaged(why),
        None => Content::Stored { offset: 0, size: size as u64 },
    };
    let name = stored.unwrap_or_else(|| Name::Known(without_ending(name)));
    let members = vec![Raw { name, kind: Kind::File, content }];
    Ok(Listing { format: NAME, members, damage: None, source: Some(Box::new(file)) })
}

struct Unpacking<'s> {
    decoder: MultiGzDecoder<BufReader<&'s mut dyn Source>>,
    /// Why it stopped before the end, if it did.
    broken: Option<Words>,
}

impl Unpacking<'_> {
    /// So many bytes more, or those that there are.
    fn take(&mut self, most: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(most);
        if let Err(error) = self.decoder.by_ref().take(most as u64).read_to_end(&mut bytes) {
            self.broken = Some(if error.kind() == io::ErrorKind::UnexpectedEof { CUT_OFF } else { BROKEN }.into());
        }
        bytes
    }

    /// All that is to come behind `head`.
    fn spool(&mut self, head: &[u8], allowed: Unpacked) -> Result<(SpooledTempFile, usize), Unreadable> {
        /// Bytes unpacked at a time.
        const STEP: usize = 64 << 10;
        let mut file = SpooledTempFile::new(IN_MEMORY);
        let (mut bytes, mut size) = (head.to_vec(), 0);
        while !bytes.is_empty() {
            size += bytes.len();
            allowed.admit(size).map_err(Unreadable::Content)?;
            file.write_all(&bytes).map_err(Unreadable::System)?;
            bytes = if self.broken.is_none() { self.take(STEP) } else { Vec::new() };
        }
        file.rewind().map_err(Unreadable::System)?;
        Ok((file, size))
    }
}

const CUT_OFF: (&str, &str) =
    ("its packed bytes end too early; it may have been cut off", "压缩数据提前结束，文件可能被截断");
const BROKEN: (&str, &str) = ("its packed bytes cannot be unpacked", "压缩数据有误，无法解压");

/// The name that stands in the header, behind an extra field if there is one.
fn stored_name(head: &[u8]) -> Option<Name> {
    const FIXED: usize = 10;
    const EXTRA: u8 = 4;
    const NAMED: u8 = 8;
    let flags = *head.get(3)?;
    if flags & NAMED == 0 {
        return None;
    }
    let start = if flags & EXTRA == 0 { FIXED } else { FIXED + 2 + usize::from(short(head.get(FIXED..FIXED + 2)?, 0)) };
    let rest = head.get(start..)?;
    let name = &rest[..memchr::memchr(0, rest)?];
    let name = name.rsplit(|byte| *byte == b'/').next().filter(|name| !name.is_empty())?;
    Some(Name::Bytes(name.to_vec()))
}

/// `报告.docx` of `报告.docx.gz`.
fn without_ending(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("gz") && !stem.is_empty() => stem.to_owned(),
        _ => "data".to_owned(),
    }
}
