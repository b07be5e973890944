//! `reports.jsonl`: one line a report, all that is known of it.

use std::io::{self, Write};

use super::record::{self, ReportRecord};
use super::{Described, Exporter, Item, Settings};

/// The exporter's entry in the list.
pub const EXPORTER: Exporter = Exporter {
    name: "jsonl",
    file: "reports.jsonl",
    about: (
        "one JSON object a line for each report: sections, figures, places, findings",
        "每份报告一行 JSON：章节、数据、位置、检查结果",
    ),
    columns,
    head: |_, _| Ok(()),
    write,
};

fn write(out: &mut dyn Write, item: &Item<'_>, settings: &Settings) -> io::Result<()> {
    for report in item.reports {
        serde_json::to_writer(&mut *out, &ReportRecord::new(item, report, settings.lang))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Members of the object; all that lies deeper is in the JSON Schema.
fn columns(_: &Settings) -> Vec<Described> {
    let member = |&(name, kind, en, zh): &(&str, &'static str, &str, &str)| Described {
        name: name.to_owned(),
        kind,
        about: (en.to_owned(), zh.to_owned()),
    };
    record::MEMBERS.iter().map(member).collect()
}
