//! Lists of organs that a user gives: a text or CSV file, a name a line, with the code of its place in another column.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use super::{Context, Exit, input};
use crate::Options;
use crate::batch::read_file;
use crate::division::Listed;
use crate::finding::Lang;

/// First cells of a list that head it and name no organ.
const HEADINGS: [&str; 18] = [
    "序号",
    "编号",
    "单位",
    "单位名称",
    "名称",
    "机关",
    "机关名称",
    "部门",
    "部门名称",
    "unit",
    "name",
    "organ",
    "代码",
    "区划代码",
    "行政区划代码",
    "地区代码",
    "code",
    "place",
];

/// The organs of a list, each once; a heading and lines that begin with # are left out.
pub(super) fn listed(path: &Path, options: &Options, context: &Context) -> Result<Vec<Listed>, Exit> {
    let refuse = |cause: &str| {
        context.error(input::named(path, cause, context.lang));
        Exit::Misuse
    };
    let bytes = read_file(path, &options.limits).map_err(|cause| refuse(&cause.message(context.lang)))?;
    let text = decoded(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(if text.contains('\t') { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let mut organs = Vec::new();
    for (at, row) in reader.records().filter_map(Result::ok).enumerate() {
        if at == 0 && row.get(0).is_some_and(|cell| HEADINGS.contains(&cell.trim())) {
            continue;
        }
        let line = row.position().map_or(0, csv::Position::line);
        organs.extend(Listed::of_row(row.iter()).map_err(|code| refuse(&no_code(line, &code, context.lang)))?);
    }
    let mut seen = HashSet::new();
    organs.retain(|organ| seen.insert(organ.clone()));
    Ok(organs)
}

fn no_code(line: u64, code: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("line {line}: {code} is no code of a division of any year; mend it, or leave it out"),
        Lang::Zh => format!("第 {line} 行：{code} 不是任何年度的行政区划代码；请改正或删去"),
    }
}

/// Lists are saved as UTF-8, as UTF-16 with its mark, or by spreadsheets in China as GB18030.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let (text, _, broken) = encoding_rs::UTF_8.decode(bytes);
    if broken { encoding_rs::GB18030.decode(bytes).0 } else { text }
}
