//! OpenDocument files and workbooks made by other projects to test their own readers.

#[path = "../support/robust.rs"]
mod support;

#[test]
fn every_file_gives_a_result_or_a_clear_error() {
    let Some(files) = support::files(&["odt", "ott", "fodt", "ods", "xls", "xlsx", "xlsb"]) else { return };
    assert!(files.len() >= 52, "only {} files", files.len());
    support::each_gives_a_result_or_a_clear_error(&files);
}
