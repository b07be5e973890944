//! RTF.

use super::{MILLION, Maker, file};

pub const FILES: &[Maker] = &[
    file("million-groups-deep.rtf", "limit depth", || rtf(&"{".repeat(MILLION))),
    file("million-closing-braces.rtf", "read", || rtf(&"}".repeat(MILLION))),
    file("binary-without-end.rtf", "read", || rtf(&"x\\par\\bin2147483647 y".repeat(1000))),
    file("skipped-without-end.rtf", "read", || rtf(&"\\uc2147483647\\u8364 ".repeat(200_000))),
    file("unicode-without-end.rtf", "read", || rtf(&"\\u-".repeat(MILLION))),
    file("million-cells-in-a-row.rtf", "read", || {
        let cells: String = (0..MILLION).map(|at| format!("\\cellx{at}")).collect();
        rtf(&format!("\\trowd{cells}{}\\row", "\\intbl 1\\cell".repeat(1000)))
    }),
    file("rows-of-63-cells.rtf", "read", || {
        let cells: String = (1..64).map(|at| format!("\\cellx{}", at * 100)).collect();
        rtf(&format!("\\trowd{cells}{}\\row ", "1\\cell ".repeat(63)).repeat(30_000))
    }),
    file("million-tables.rtf", "read", || rtf(&"\\trowd\\cellx9\\intbl 1\\cell\\row\\pard x\\par".repeat(MILLION / 2))),
    file("tables-deep.rtf", "read", || rtf(&(0..50_000).map(|at| format!("\\itap{at}\\intbl x\\nestcell")).collect::<String>())),
    file("lists-without-end.rtf", "read", || {
        let level = "{\\listlevel\\levelnfc1\\levelstartat2147483647{\\leveltext\\'ff\\'00\\'01\\'02;}{\\levelnumbers\\'01\\'02\\'03;}}".repeat(9);
        let list = format!("{{\\*\\listtable{{\\list{level}\\listid1}}}}{{\\*\\listoverridetable{{\\listoverride\\listid1\\ls1}}}}");
        rtf(&format!("{list}{}", "\\ls1\\ilvl8 x\\par".repeat(100_000)))
    }),
    file("million-fonts.rtf", "read", || {
        let fonts: String = (0..MILLION / 5).map(|at| format!("{{\\f{at}\\fcharset134 f;}}")).collect();
        rtf(&format!("{{\\fonttbl{fonts}}}{}", "\\f199999 x".repeat(100_000)))
    }),
    file("fields-deep.rtf", "read", || rtf(&"{\\field{\\*\\fldinst x}{\\fldrslt ".repeat(900))),
    file("million-paragraphs.rtf", "read", || rtf(&"x\\par ".repeat(990_000))),
    file("one-long-text.rtf", "read", || rtf(&"0123456789 ".repeat(5 << 20))),
    file("million-halves.rtf", "read", || rtf(&"\\'b1{\\b\\'a8}".repeat(MILLION))),
];

fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\ansicpg936 {body}").into_bytes()
}
