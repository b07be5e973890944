//! Plain text.

use super::{MILLION, Maker, file};

pub const FILES: &[Maker] = &[
    file("million-bars-in-a-line.txt", "read", || "1|".repeat(MILLION).into_bytes()),
    file("million-tabs-in-a-line.txt", "read", || "1\t".repeat(MILLION).into_bytes()),
    file("million-lines-of-bars.txt", "read", || "1 | 2 |\n".repeat(900_000).into_bytes()),
    file("million-tables.txt", "read", || "1 | 2 |\n\nx\n\n".repeat(MILLION / 4).into_bytes()),
    file("one-long-line.txt", "read", || "0123456789 ".repeat(6 << 20).into_bytes()),
    file("a-quarter-of-a-gigabyte.txt", "limit file_bytes", || vec![b'1'; (256 << 20) + 1]),
    file("million-boxes.txt", "read", || "┌─┬─┐\n│1│2│\n└─┴─┘\n".repeat(MILLION / 4).into_bytes()),
    file("million-titles.txt", "read", || "示例县人民政府2021年政府信息公开工作年度报告\n".repeat(MILLION / 4).into_bytes()),
    file("utf-16-without-end.txt", "read", || [&b"\xff\xfe"[..], &b"1\0|\0".repeat(4 * MILLION)].concat()),
    file("controls-in-a-report.txt", "read", || "示例县人民政府2021年政府信息公开工作年度报告\u{1b}[2J\u{7}\u{202e}\n".repeat(1000).into_bytes()),
];
