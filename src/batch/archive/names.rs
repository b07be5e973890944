//! Names as archives store them → paths that are shown, compared and kept apart.

use std::collections::HashSet;

use super::{Member, Raw};
use crate::ingest::charset_of_names;

/// A name as it is stored.
pub(super) enum Name {
    /// Its charset is stated.
    Known(String),
    /// Bytes in whatever charset the maker's system had.
    Bytes(Vec<u8>),
}

/// The members in the order of their names, as files of a folder are, each under a path of its own.
pub(super) fn settled(raw: Vec<Raw>) -> Vec<Member> {
    let charset = charset_of_names(&unstated(&raw));
    let mut members: Vec<Member> = raw
        .into_iter()
        .map(|Raw { name, kind, content }| {
            let name = match name {
                Name::Known(name) => tidy(&name),
                Name::Bytes(bytes) => tidy(&charset.decode_without_bom_handling(&bytes).0),
            };
            Member { path: name.clone(), name, kind, content }
        })
        .collect();
    members.sort_by(|a, b| a.name.split('/').cmp(b.name.split('/')));
    number(&mut members);
    members
}

/// All names without a charset: together they tell it better than one by one.
fn unstated(raw: &[Raw]) -> Vec<u8> {
    let mut all = Vec::new();
    for member in raw {
        if let Name::Bytes(bytes) = &member.name
            && !bytes.is_ascii()
        {
            all.extend_from_slice(bytes);
            all.push(b'\n');
        }
    }
    all
}

/// The path without what leads elsewhere (a root, a drive, `..`) or moves a cursor.
fn tidy(name: &str) -> String {
    let slashed = name.replace('\\', "/");
    let parts = slashed.split('/').enumerate();
    let is_drive = |at: usize, part: &str| at == 0 && part.len() == 2 && part.ends_with(':');
    let kept = parts.filter(|(at, part)| !matches!(*part, "" | "." | "..") && !is_drive(*at, part));
    let path = kept.map(|(_, part)| part).collect::<Vec<_>>().join("/");
    let path: String = path.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if path.is_empty() { UNNAMED.to_owned() } else { path }
}

/// What a file without a name is called.
const UNNAMED: &str = "_";

/// Gives each but the first of one name a number. Those of one name stand together.
fn number(members: &mut [Member]) {
    let mut taken: HashSet<String> = members.iter().map(|member| member.name.clone()).collect();
    let mut number = 2;
    for at in 1..members.len() {
        if members[at].name == members[at - 1].name {
            members[at].path = numbered(&members[at].name, &mut number, &mut taken);
        } else {
            number = 2;
        }
    }
}

/// The name with the next number that makes it new.
fn numbered(name: &str, number: &mut usize, taken: &mut HashSet<String>) -> String {
    loop {
        let path = format!("{name}#{number}");
        *number += 1;
        if taken.insert(path.clone()) {
            return path;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::archive::{Content, Kind};

    fn named(names: Vec<Name>) -> Vec<String> {
        let content = || Content::Stored { offset: 0, size: 0 };
        let raw = names.into_iter().map(|name| Raw { name, kind: Kind::File, content: content() });
        settled(raw.collect()).into_iter().map(|member| member.path).collect()
    }

    fn known(names: &[&str]) -> Vec<String> {
        named(names.iter().map(|name| Name::Known((*name).to_owned())).collect())
    }

    #[test]
    fn no_path_leads_elsewhere() {
        for (name, path) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/abs/a.txt", "abs/a.txt"),
            ("C:\\报告\\a.txt", "报告/a.txt"),
            ("a/./b//c.txt", "a/b/c.txt"),
            ("a\u{1b}[31m\n.txt", "a\u{fffd}[31m\u{fffd}.txt"),
            ("..", "_"),
            ("a..b/...", "a..b/..."),
        ] {
            assert_eq!(tidy(name), path, "{name}");
        }
    }

    #[test]
    fn names_are_sorted_as_paths_and_kept_apart() {
        assert_eq!(
            known(&["b.txt", "a-1.txt", "a/z.txt", "b.txt", "b.txt#2", "./b.txt"]),
            ["a/z.txt", "a-1.txt", "b.txt", "b.txt#3", "b.txt#4", "b.txt#2"]
        );
    }

    #[test]
    fn the_charset_is_told_from_all_names_together() {
        let raw = |text: &str, encoding: &'static encoding_rs::Encoding| Name::Bytes(encoding.encode(text).0.into());
        let gbk = encoding_rs::GBK;
        // A backslash is the second byte of 乗: names are decoded before they are split.
        assert_eq!(
            named(vec![raw("政府信息公开\\乗.docx", gbk), raw("a.txt", gbk)]),
            ["a.txt", "政府信息公开/乗.docx"]
        );
        assert_eq!(named(vec![raw("年报.docx", encoding_rs::UTF_8)]), ["年报.docx"]);
        let big5 = encoding_rs::BIG5;
        assert_eq!(named(vec![raw("政府資訊公開年度工作報告.docx", big5)]), ["政府資訊公開年度工作報告.docx"]);
        let mixed = vec![Name::Known("规章.docx".to_owned()), raw("公开报告.docx", gbk)];
        assert_eq!(named(mixed), ["公开报告.docx", "规章.docx"]);
    }
}
