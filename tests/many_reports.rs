//! Many reports in one file: each comes out as if it stood alone.

#[path = "support/docx.rs"]
mod docx;
#[path = "support/word_report.rs"]
mod word_report;

#[test]
fn dump() {
    std::fs::write("/tmp/one.docx", word_report::report().bytes()).unwrap();
    std::fs::write("/tmp/hundred.docx", word_report::reports(100).bytes()).unwrap();
    let e = gongkai::extract(&word_report::report().bytes(), &gongkai::Options::default()).unwrap();
    for f in &e.reports[0].findings {
        println!("{f:?}");
    }
    println!("{:?} {}", e.reports[0].status, e.reports[0].figures().filter(|f| f.value.number().is_none()).count());
}
