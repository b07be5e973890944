//! What the system says when it refuses something, in both languages.

use std::io::{self, ErrorKind};

use crate::finding::{Lang, Words};

/// Refusals that are common, in words of our own.
const KNOWN: &[(ErrorKind, (&str, &str))] = &[
    (ErrorKind::NotFound, ("there is no such file or folder", "没有这个文件或文件夹")),
    (ErrorKind::PermissionDenied, ("permission was denied", "没有权限")),
    (ErrorKind::StorageFull, ("the disk is full", "磁盘已满")),
    (ErrorKind::QuotaExceeded, ("the disk quota is used up", "磁盘配额已用完")),
    (ErrorKind::FileTooLarge, ("the file would be too large", "文件过大")),
    (ErrorKind::ReadOnlyFilesystem, ("the disk is read-only", "磁盘为只读")),
    (ErrorKind::InvalidFilename, ("the name is too long or not allowed", "名称过长或不合规定")),
    (ErrorKind::NotADirectory, ("part of the path is no folder", "路径中有一部分不是文件夹")),
    (ErrorKind::ResourceBusy, ("it is in use", "正被占用")),
];

/// The cause in words; for a rare one, the system's own in English and its number in Chinese.
pub(super) fn cause(error: &io::Error) -> Words {
    let known = KNOWN.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| rare(error), |&(_, words)| words.into())
}

fn rare(error: &io::Error) -> Words {
    let zh = error.raw_os_error().map_or("系统错误".to_owned(), |number| format!("系统错误 {number}"));
    Words::new(error.to_string(), zh)
}

/// What would help against a refusal to write.
pub(super) fn remedy(error: &io::Error, lang: Lang) -> &'static str {
    let (en, zh) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            ("make room, or name a place on another disk", "请腾出空间，或指定其他磁盘上的位置")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            ("name a place where you may write", "请指定有写入权限的位置")
        }
        ErrorKind::InvalidFilename => ("name it otherwise", "请改用其他名称"),
        _ => ("name another place", "请另指定位置"),
    };
    lang.pick(en, zh)
}
