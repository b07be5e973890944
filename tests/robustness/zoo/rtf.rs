//! RTF.

use super::{Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood};

pub const FILES: &[Maker] = &[
    file("million-groups-deep.rtf", Limit("depth"), || rtf(&"{".repeat(MILLION))),
    file("million-closing-braces.rtf", Read, || rtf(&"}".repeat(MILLION))),
    file("binary-without-end.rtf", Read, || rtf(&"x\\par\\bin2147483647 y".repeat(1000))),
    file("skipped-without-end.rtf", Read, || rtf(&"\\uc2147483647\\u8364 ".repeat(flood()))),
    file("unicode-without-end.rtf", Refused("damaged"), || rtf(&"\\u-".repeat(MILLION))),
    file("million-cells-in-a-row.rtf", Read, || {
        let cells: String = (0..flood()).map(|at| format!("\\cellx{at}")).collect();
        rtf(&format!("\\trowd{cells}{}\\row", "\\intbl 1\\cell".repeat(1000)))
    }),
    file("rows-of-63-cells.rtf", ReadOrLimit, || {
        let cells: String = (1..64).map(|at| format!("\\cellx{}", at * 100)).collect();
        rtf(&format!("\\trowd{cells}{}\\row ", "1\\cell ".repeat(63)).repeat(flood() / 33))
    }),
    file("million-tables.rtf", ReadOrLimit, || {
        rtf(&"\\trowd\\cellx9\\intbl 1\\cell\\row\\pard x\\par".repeat(flood() / 2))
    }),
    file("tables-deep.rtf", Read, || {
        rtf(&(0..50_000).map(|at| format!("\\itap{at}\\intbl x\\nestcell")).collect::<String>())
    }),
    file("lists-without-end.rtf", Read, || {
        let level = "{\\listlevel\\levelnfc1\\levelstartat2147483647{\\leveltext\\'ff\\'00\\'01\\'02;}{\\levelnumbers\\'01\\'02\\'03;}}".repeat(9);
        let list = format!(
            "{{\\*\\listtable{{\\list{level}\\listid1}}}}{{\\*\\listoverridetable{{\\listoverride\\listid1\\ls1}}}}"
        );
        rtf(&format!("{list}{}", "\\ls1\\ilvl8 x\\par".repeat(flood() / 10)))
    }),
    file("million-fonts.rtf", Read, || {
        let fonts: String = (0..flood() / 5).map(|at| format!("{{\\f{at}\\fcharset134 f;}}")).collect();
        rtf(&format!("{{\\fonttbl{fonts}}}{}", "\\f9999 x".repeat(flood() / 10)))
    }),
    file("fields-deep.rtf", Refused("damaged"), || rtf(&"{\\field{\\*\\fldinst x}{\\fldrslt ".repeat(900))),
    file("million-paragraphs.rtf", Read, || rtf(&"x\\par ".repeat(flood() * 99 / 100))),
    file("one-long-text.rtf", Limit("part_bytes"), || rtf(&"0123456789 ".repeat(7 << 20))),
    file("million-halves.rtf", Read, || rtf(&"\\'b1{\\b\\'a8}".repeat(flood()))),
];

fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\ansicpg936 {body}").into_bytes()
}
