//! Plain text.

use super::{Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood};

pub const FILES: &[Maker] = &[
    file("million-bars-in-a-line.txt", ReadOrLimit, || "1|".repeat(flood()).into_bytes()),
    file("million-tabs-in-a-line.txt", Read, || "1\t".repeat(flood()).into_bytes()),
    file("million-lines-of-bars.txt", ReadOrLimit, || "1 | 2 |\n".repeat(flood()).into_bytes()),
    file("million-tables.txt", Read, || "1 | 2 |\n\nx\n\n".repeat(flood() / 4).into_bytes()),
    file("one-long-line.txt", Limit("part_bytes"), || "0123456789 ".repeat(6 << 20).into_bytes()),
    file("a-quarter-of-a-gigabyte.txt", Limit("file_bytes"), || vec![b'1'; (256 << 20) + 1]),
    file("million-boxes.txt", Read, || "┌─┬─┐\n│1│2│\n└─┴─┘\n".repeat(flood() / 4).into_bytes()),
    file("million-titles.txt", Read, || {
        "示例县人民政府2021年政府信息公开工作年度报告\n".repeat(flood() / 4).into_bytes()
    }),
    file("utf-16-without-end.txt", Limit("cells"), || {
        [&b"\xff\xfe"[..], &b"1\0|\0".repeat(MILLION * 11 / 10)].concat()
    }),
    file("controls-in-a-report.txt", Refused("unknown_format"), || {
        "示例县人民政府2021年政府信息公开工作年度报告\u{1b}[2J\u{7}\u{202e}\n".repeat(1000).into_bytes()
    }),
];
