//! Web pages.

use super::{LAUGHS, MILLION, Maker, file};

pub const FILES: &[Maker] = &[
    file("million-elements-deep.html", "read", || html(&"<div>".repeat(MILLION))),
    file("million-tables-deep.html", "read", || html(&"<table><tr><td>".repeat(MILLION))),
    file("million-formats-deep.html", "read", || html(&"<b><i><font>".repeat(MILLION / 3))),
    file("million-attributes.html", "read", || {
        let attributes: String = (0..MILLION).map(|at| format!(" a{at}=1")).collect();
        html(&format!("<p{attributes}>x</p>"))
    }),
    file("billion-spans.html", "read", || {
        let cell = "<td colspan=1000000000 rowspan=1000000000>1".repeat(500);
        html(&format!("<table>{}</table>", format!("<tr>{cell}").repeat(500)))
    }),
    file("million-tables.html", "read", || html(&"<table><tr><td>1</table>".repeat(MILLION))),
    file("million-entities.html", "read", || html(&"&CounterClockwiseContourIntegral;&#x10ffff;&amp".repeat(MILLION / 2))),
    file("entities.html", "read", || format!("{LAUGHS}<html><body><p>&h;&i;</p></body></html>").into_bytes()),
    file("million-lists.html", "read", || html(&"<ol start=2147483647 type=i><li>x".repeat(MILLION / 4))),
    file("nodes-without-end.html", "limit nodes", || html(&"<br>".repeat(6 * MILLION))),
    file("nodes-to-the-limit.html", "read", || html(&"x<br>".repeat(2_400_000))),
    file("one-long-text.html", "read", || html(&"0123456789 ".repeat(6 << 20))),
    file("million-style-rules.html", "read", || {
        let rules: String = (0..MILLION / 4).map(|at| format!(".c{at}{{display:none}}")).collect();
        html(&format!("<style>{rules}</style>{}", "<p class=\"c1 c2 c3\">x".repeat(100_000)))
    }),
    file("messages-in-messages.mht", "read", || {
        let mut message = String::from("Content-Type: text/html\r\n\r\n<table><tr><td>1</table>");
        for at in 0..300 {
            message = format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b{at}\"\r\n\r\n--b{at}\r\n{message}\r\n--b{at}--\r\n");
        }
        message.into_bytes()
    }),
    file("cells-to-the-limit.html", "read", || html(&format!("<table>{}</table>", format!("<tr>{}", "<td>1".repeat(100)).repeat(12_000)))),
];

fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}").into_bytes()
}
