//! Web pages.

use super::{LAUGHS, Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood};

pub const FILES: &[Maker] = &[
    file("million-elements-deep.html", Limit("depth"), || html(&"<div>".repeat(MILLION))),
    file("million-tables-deep.html", Limit("depth"), || html(&"<table><tr><td>".repeat(MILLION))),
    file("million-formats-deep.html", Limit("depth"), || html(&"<b><i><font>".repeat(MILLION / 3))),
    file("million-attributes.html", Read, || {
        let attributes: String = (0..MILLION).map(|at| format!(" a{at}=1")).collect();
        html(&format!("<p{attributes}>x</p>"))
    }),
    file("billion-spans.html", Read, || {
        let cell = "<td colspan=1000000000 rowspan=1000000000>1".repeat(100);
        html(&format!("<table>{}</table>", format!("<tr>{cell}").repeat(flood() / 500)))
    }),
    file("million-tables.html", ReadOrLimit, || html(&"<table><tr><td>1</table>".repeat(flood()))),
    file("million-entities.html", Read, || {
        html(&"&CounterClockwiseContourIntegral;&#x10ffff;&amp".repeat(flood() / 2))
    }),
    file("entities.html", Read, || format!("{LAUGHS}<html><body><p>&h;&i;</p></body></html>").into_bytes()),
    file("million-lists.html", Limit("depth"), || html(&"<ol start=2147483647 type=i><li>x".repeat(MILLION / 4))),
    file("nodes-without-end.html", ReadOrLimit, || html(&"<br>".repeat(6 * flood()))),
    file("nodes-to-the-limit.html", ReadOrLimit, || html(&"x<br>".repeat(2 * flood()))),
    file("one-long-text.html", Limit("part_bytes"), || html(&"0123456789 ".repeat(6 << 20))),
    file("million-style-rules.html", Read, || {
        let rules: String = (0..flood() / 4).map(|at| format!(".c{at}{{display:none}}")).collect();
        html(&format!("<style>{rules}</style>{}", "<p class=\"c1 c2 c3\">x".repeat(flood() / 10)))
    }),
    file("messages-in-messages.mht", Refused("damaged"), || {
        let mut message = String::from("Content-Type: text/html\r\n\r\n<table><tr><td>1</table>");
        for at in 0..300 {
            message = format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b{at}\"\r\n\r\n--b{at}\r\n{message}\r\n--b{at}--\r\n"
            );
        }
        message.into_bytes()
    }),
    file("cells-to-the-limit.html", ReadOrLimit, || {
        html(&format!("<table>{}</table>", format!("<tr>{}", "<td>1".repeat(100)).repeat(flood() / 90)))
    }),
];

fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}").into_bytes()
}
