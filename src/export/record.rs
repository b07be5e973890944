//! A report as it is written to JSON, and back.
//!
//! These types are the public layout of `reports.jsonl`: they change only together with
//! [`VERSION`], while the model behind them may change freely. Nothing of the report is lost:
//! [`read`] gives the report that was written.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::Item;
use super::findings::sentence;
use crate::document::{Origin, Text};
use crate::finding::{Code, Finding, Grade, Lang, Place, Severity, Waived, Words};
use crate::report::{
    Alignment, Amount, Checks, Claim, Contact, Evidence, ExtraRow, Figure, Level, Organ, Part, Place as Belonging,
    Published, Quantity, Report, Section, Stated, Status, TableReport, Unit, Value, Verdict,
};
use crate::template::Key;

/// Version of the layout. It rises when a member changes its meaning or goes away, not when one is added.
pub const VERSION: u32 = 1;

/// One report, as in `reports.jsonl`: all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "One report, as in reports.jsonl")]
pub struct ReportRecord {
    /// Version of this layout.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// File, relative to the input as given, with `/` separators.
    pub source: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// Reader that read the file.
    pub format: String,
    /// Number of the report within the file, from 1.
    #[schemars(range(min = 1))]
    pub report: u32,
    /// What the document turned out to be.
    pub status: Status,
    /// The title as printed, and where it stands.
    pub title: Option<StatedRecord>,
    /// The organ that reports.
    pub organ: Option<OrganRecord>,
    /// What kind of organ it is.
    pub level: Option<Level>,
    /// The division that it belongs to: its own if it is a government, else the smallest that is named.
    pub place: Option<PlaceRecord>,
    /// The division above: of a government that which its own is part of, else that of `place`.
    pub parent: Option<Unit>,
    /// The year reported on.
    pub year: Option<i32>,
    /// The statistics period, where it is stated.
    pub period: Option<PeriodRecord>,
    /// Everything that names the year, with what it says.
    pub evidence: Vec<EvidenceRecord>,
    /// When it was published, where that is stated.
    pub published: Option<PublishedRecord>,
    /// Its document number, where it bears one.
    pub document_number: Option<StatedRecord>,
    /// Where questions about it may be asked.
    pub contact: Option<ContactRecord>,
    /// Its tables, in the form's print order.
    pub tables: Vec<TableRecord>,
    /// Its sections, in the order of the document.
    pub sections: Vec<SectionRecord>,
    /// Numbers that its prose states, in the order of the text. Older records lack them.
    #[serde(default)]
    pub claims: Vec<ClaimRecord>,
    /// What is to be said about it.
    pub findings: Vec<FindingRecord>,
    /// How many times each rule held, failed or could not be assessed, by code.
    pub checks: Checks,
}

/// The members of [`ReportRecord`]: name, JSON type, what it holds in English and Chinese.
pub const MEMBERS: &[(&str, &str, &str, &str)] = &[
    ("version", "number", "version of this layout", "本格式的版本号"),
    (
        "source",
        "string",
        "file, relative to the input as given, with `/` separators",
        "文件，相对于所给输入的路径，以 `/` 分隔",
    ),
    ("sha256", "string", "SHA-256 of the file, 64 hexadecimal digits", "文件的 SHA-256，64 位十六进制"),
    ("format", "string", "reader that read the file", "读取该文件的读取器"),
    ("report", "number", "number of the report within the file, from 1", "报告在文件中的序号，从 1 起"),
    ("status", "string", "what the document turned out to be, as in `reports.csv`", "文档类型，同 `reports.csv`"),
    ("title", "object or null", "the title as printed (`text`) and its place (`origin`)", "标题原文及其位置"),
    (
        "organ",
        "object or null",
        "the organ: `name` as printed, words the name needs but the document leaves out (`inferred`), what names it (`by`)",
        "机关：原文名称、原文省略而名称应有的字、依据",
    ),
    ("level", "string or null", "what kind of organ it is, as in `reports.csv`", "机关类别，同 `reports.csv`"),
    (
        "place",
        "object or null",
        "the division that the organ belongs to: `unit` (`code`, `name`; null if several are possible), `year` of the table of divisions, what settled it (`by`), `candidates` where several are possible",
        "机关所属行政区划：代码与名称（有多种可能时为 null）、区划表年度、依据、各种可能",
    ),
    (
        "parent",
        "object or null",
        "the division above, `code` and `name`: of a government that which its own is part of, else that of `place`",
        "上级行政区划的代码与名称：政府为其上一级，其他机关为其所属",
    ),
    ("year", "number or null", "year reported on", "报告年度"),
    ("period", "object or null", "statistics period: `start`, `end`, each `YYYY-MM-DD`", "统计期限的首日与末日"),
    (
        "evidence",
        "array",
        "everything that names the year: `by`, `year`, `text`, `origin`",
        "载有年度的各处：依据、年度、原文、位置",
    ),
    (
        "published",
        "object or null",
        "when it was published: `date` (`YYYY-MM-DD`), `by` (`label`, `page`, `signature`), `text`, `origin`",
        "发布日期：日期、依据（标注、网页自身或落款）、原文、位置",
    ),
    ("document_number", "object or null", "its document number (`text`) and its place (`origin`)", "文号原文及其位置"),
    (
        "contact",
        "object or null",
        "where questions may be asked: `text` as printed; `address`, `postcode`, `telephone`, `email`, each null unless surely read; `origin`",
        "联系方式：原文、地址、邮编、电话、电子邮箱（未能确定读取的为 null）、位置",
    ),
    (
        "tables",
        "array",
        "tables of the form: `id`, `edition` found (or null), `form` whose figures are listed, `origin`, `figures` (`field`, `value` as an exact JSON number or null, `state`, `raw`, `unit`, `origin`, `by`), `extra_rows` (`label`, `cells`, `origin`)",
        "各表：标识、判定的版式、所列数据的版式、位置、数据（标识、精确数值、状态、原文、单位、位置、依据）、表样之外的行",
    ),
    (
        "sections",
        "array",
        "sections of the text: `id` (or null), `title`, `text`, `origin`, `parts` (`title`, `text`, `origin`)",
        "正文各章节：标识、标题、正文、位置、下级各节",
    ),
    (
        "claims",
        "array",
        "numbers that the prose states: `quantity` (as in `claims.csv`), `number` as an exact JSON number, `unit`, `approximate`, `verdict`, `table_number` and `table_fields` (or null), `text`, `sentence`, `section` (or null), `origin`",
        "正文所述的数字：含义（同 `claims.csv`）、精确数值、单位、是否约数、比较结果、表格数值及其字段（或 null）、文字、句子、所在部分（或 null）、位置",
    ),
    (
        "findings",
        "array",
        "findings: `severity`, `grade`, `code`, `field`, `place` as printed, `message`, `expected`, `found`, `origin`, `details`, `waived` (`reason`, `date`, `by`)",
        "检查结果：严重程度、审核性质、类别、数据标识、印刷位置、说明、应有、实有、位置、细节、核实说明",
    ),
    (
        "checks",
        "object",
        "for each rule that was applied, by code: how often it `passed`, `failed`, or was `not_assessable`",
        "所用各条规则（按类别）通过、未通过、无法判定的次数",
    ),
];

/// A place in the file, counted from 1; what is unknown is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Origin")]
pub struct OriginRecord {
    /// Page, where the file states page breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub page: Option<u32>,
    /// Table, counted over the whole body, nested tables included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub table: Option<u32>,
    /// Row of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub row: Option<u32>,
    /// Grid column of the table: a cell that spans three columns counts as three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub column: Option<u32>,
    /// Paragraph of the body; in flattened text, the line of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub line: Option<u32>,
}

/// Text of the document, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Stated")]
pub struct StatedRecord {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub origin: OriginRecord,
}

/// The organ that reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Organ")]
pub struct OrganRecord {
    /// Its name as printed.
    pub name: String,
    /// Words that the document leaves out but the name needs; never part of `name`.
    pub inferred: Option<String>,
    /// What names it: `title`, `body`, `page_title`, `file_name`, `path`.
    pub by: String,
}

/// The division that an organ belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Belonging")]
pub struct PlaceRecord {
    /// The division; null if several are possible.
    pub unit: Option<Unit>,
    /// The year of the table of divisions: that of the report, else the closest that has the name.
    pub year: i32,
    /// What settled it, or left it open: `title`, `body`, `page_title`, `file_name`, `path`, `index_number`, `address`, `option`.
    pub by: String,
    /// All that are possible, by code, where several are.
    pub candidates: Vec<Unit>,
}

/// When the report was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Published")]
pub struct PublishedRecord {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What says so: `label` (发布日期：…), `page` (what a page says of itself), `signature` (the date below the text).
    pub by: String,
    /// The words themselves.
    pub text: String,
    /// Where they stand.
    pub origin: OriginRecord,
}

/// Where questions about the report may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Contact")]
pub struct ContactRecord {
    /// The words themselves.
    pub text: String,
    /// The address.
    pub address: Option<String>,
    /// The postcode, six digits.
    pub postcode: Option<String>,
    /// The telephone number.
    pub telephone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Where the words begin.
    pub origin: OriginRecord,
}

/// The statistics period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Period")]
pub struct PeriodRecord {
    /// Its first day, `YYYY-MM-DD`.
    pub start: String,
    /// Its last day, `YYYY-MM-DD`.
    pub end: String,
}

/// One thing that names the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Evidence")]
pub struct EvidenceRecord {
    /// What it is: `title`, `period`, `body`, `file_name`, `path`.
    pub by: String,
    /// The year it names.
    pub year: i32,
    /// The words themselves.
    pub text: String,
    /// Where they stand.
    pub origin: OriginRecord,
}

/// One table of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Table")]
pub struct TableRecord {
    /// Its id.
    pub id: String,
    /// The edition its labels show; null if the table was not found.
    pub edition: Option<String>,
    /// The edition whose figures are listed: that found, else that assumed.
    pub form: String,
    /// Where it begins.
    pub origin: Option<OriginRecord>,
    /// Its figures, in the form's print order.
    pub figures: Vec<FigureRecord>,
    /// Rows that the form does not have.
    pub extra_rows: Vec<ExtraRowRecord>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub struct FigureRecord {
    /// Its id, as in the codebook.
    pub field: String,
    /// The number; null unless `state` is `number`.
    pub value: Option<Amount>,
    /// What the document shows.
    #[schemars(extend("enum" = Value::STATES))]
    pub state: String,
    /// The text of the cell as it stands, line breaks included; null if there is no cell.
    #[schemars(with = "Option<String>")]
    pub raw: Option<Text>,
    /// Its unit: the cell's own if it names one, else the form's; empty if neither does.
    #[schemars(with = "String")]
    pub unit: Text,
    /// Where the cell stands; null if there is none.
    pub origin: Option<OriginRecord>,
    /// What settled its place.
    pub by: Option<Alignment>,
}

/// A row that the form does not have, kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ExtraRow")]
pub struct ExtraRowRecord {
    /// Its label.
    pub label: String,
    /// Its cells.
    pub cells: Vec<String>,
    /// Where it stands.
    pub origin: OriginRecord,
}

/// A section of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Section")]
pub struct SectionRecord {
    /// The form's id of the section; null for text before the first, or an unknown one.
    pub id: Option<String>,
    /// Its heading as printed.
    pub title: String,
    /// Its text without tables and sub-sections, paragraphs joined by line breaks.
    pub text: String,
    /// Where its heading stands.
    pub origin: OriginRecord,
    /// Its sub-sections （一）（二）….
    pub parts: Vec<PartRecord>,
}

/// A sub-section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Part")]
pub struct PartRecord {
    /// Its heading as printed.
    pub title: String,
    /// Its text, paragraphs joined by line breaks.
    pub text: String,
    /// Where its heading stands.
    pub origin: OriginRecord,
}

/// A number that the prose states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Claim")]
pub struct ClaimRecord {
    /// What it is read as.
    pub quantity: Quantity,
    /// The number.
    pub number: Amount,
    /// Its unit as written; `%` for a share of the number before it.
    pub unit: String,
    /// The words say that it is rounded: 余, 约, 近, 多, 万.
    pub approximate: bool,
    /// Whether the tables say the same.
    pub verdict: Verdict,
    /// What the tables have, in the unit of the form: by the reading that agrees, else by the plainest; null if nothing
    /// was compared.
    #[serde(default)]
    pub table_number: Option<Amount>,
    /// The fields that it is the sum of: `a+b-c`; null for a share.
    #[serde(default)]
    pub table_fields: Option<String>,
    /// The words that were read, number and unit included.
    pub text: String,
    /// The sentence in which it stands.
    pub sentence: String,
    /// The form's id of the section in which it stands; null if it is none of the form's.
    pub section: Option<String>,
    /// Where its paragraph stands.
    pub origin: OriginRecord,
}

/// One thing to say about the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct FindingRecord {
    /// How much it weighs.
    pub severity: Severity,
    /// What is asked of whoever publishes the report. Made anew when the record is read.
    #[serde(default, skip_deserializing)]
    pub grade: Option<Grade>,
    /// What kind of finding it is.
    pub code: Code,
    /// Id of the figure it is about.
    pub field: Option<String>,
    /// Table, row and column as the form prints them.
    pub place: Option<Place>,
    /// The whole sentence, in the language asked for. Made anew when the record is read.
    pub message: String,
    /// What was expected.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// Where in the file.
    pub origin: Option<OriginRecord>,
    /// Further words of the sentence, by name.
    pub details: BTreeMap<String, String>,
    /// Who answers for it, why and since when; nothing if nobody does.
    #[serde(default)]
    pub waived: Option<Waived>,
}

impl ReportRecord {
    /// The record of one of the item's reports, with messages in `lang`.
    #[must_use]
    pub fn new(item: &Item<'_>, report: &Report, lang: Lang) -> Self {
        ReportRecord {
            version: VERSION,
            source: item.source.to_owned(),
            sha256: item.sha256.to_owned(),
            format: item.format.to_owned(),
            report: report.number,
            status: report.status,
            title: report.title.as_ref().map(StatedRecord::new),
            organ: report.organ.as_ref().map(OrganRecord::new),
            level: report.level,
            place: report.place.as_ref().map(PlaceRecord::new),
            parent: report.parent.clone(),
            year: report.year,
            period: report.period.as_ref().map(PeriodRecord::new),
            evidence: report.evidence.iter().map(EvidenceRecord::new).collect(),
            published: report.published.as_ref().map(PublishedRecord::new),
            document_number: report.document_number.as_ref().map(StatedRecord::new),
            contact: report.contact.as_ref().map(ContactRecord::new),
            tables: report.tables.iter().map(TableRecord::new).collect(),
            sections: report.sections.iter().map(SectionRecord::new).collect(),
            claims: report.claims.iter().map(ClaimRecord::new).collect(),
            findings: report.findings.iter().map(|finding| FindingRecord::new(finding, lang)).collect(),
            checks: report.checks.clone(),
        }
    }

    /// The report that was written.
    ///
    /// # Errors
    /// When a figure's state and number do not go together.
    pub fn into_report(self) -> Result<Report, ReadError> {
        Ok(Report {
            number: self.report,
            status: self.status,
            title: self.title.map(StatedRecord::into_model),
            organ: self.organ.map(OrganRecord::into_model),
            level: self.level,
            place: self.place.map(PlaceRecord::into_model),
            parent: self.parent,
            year: self.year,
            period: self.period.map(|period| (period.start, period.end)),
            evidence: self.evidence.into_iter().map(EvidenceRecord::into_model).collect(),
            published: self.published.map(PublishedRecord::into_model),
            document_number: self.document_number.map(StatedRecord::into_model),
            contact: self.contact.map(ContactRecord::into_model),
            tables: self.tables.into_iter().map(TableRecord::into_model).collect::<Result<_, _>>()?,
            sections: self.sections.into_iter().map(SectionRecord::into_model).collect(),
            claims: self.claims.into_iter().map(ClaimRecord::into_model).collect(),
            findings: self.findings.into_iter().map(FindingRecord::into_model).collect(),
            checks: self.checks,
        })
    }

    /// The record over several lines, ended by a line break.
    ///
    /// # Panics
    /// Never: a record has only string keys.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("records have string keys only");
        text.push('\n');
        text
    }
}

impl From<Origin> for OriginRecord {
    fn from(Origin { page, table, row, column, line }: Origin) -> Self {
        OriginRecord { page, table, row, column, line }
    }
}

impl From<OriginRecord> for Origin {
    fn from(OriginRecord { page, table, row, column, line }: OriginRecord) -> Self {
        Origin { page, table, row, column, line }
    }
}

impl StatedRecord {
    fn new(stated: &Stated) -> Self {
        StatedRecord { text: stated.text.clone(), origin: stated.origin.into() }
    }

    fn into_model(self) -> Stated {
        Stated { text: self.text, origin: self.origin.into() }
    }
}

impl OrganRecord {
    fn new(organ: &Organ) -> Self {
        OrganRecord { name: organ.name.clone(), inferred: organ.inferred.clone(), by: organ.by.clone() }
    }

    fn into_model(self) -> Organ {
        Organ { name: self.name, inferred: self.inferred, by: self.by }
    }
}

impl PlaceRecord {
    fn new(place: &Belonging) -> Self {
        let Belonging { unit, year, by, candidates } = place.clone();
        PlaceRecord { unit, year, by, candidates }
    }

    fn into_model(self) -> Belonging {
        let PlaceRecord { unit, year, by, candidates } = self;
        Belonging { unit, year, by, candidates }
    }
}

impl PublishedRecord {
    fn new(published: &Published) -> Self {
        let Published { date, by, text, origin } = published.clone();
        PublishedRecord { date, by, text, origin: origin.into() }
    }

    fn into_model(self) -> Published {
        Published { date: self.date, by: self.by, text: self.text, origin: self.origin.into() }
    }
}

impl ContactRecord {
    fn new(contact: &Contact) -> Self {
        let Contact { text, address, postcode, telephone, email, origin } = contact.clone();
        ContactRecord { text, address, postcode, telephone, email, origin: origin.into() }
    }

    fn into_model(self) -> Contact {
        let ContactRecord { text, address, postcode, telephone, email, origin } = self;
        Contact { text, address, postcode, telephone, email, origin: origin.into() }
    }
}

impl PeriodRecord {
    fn new((start, end): &(String, String)) -> Self {
        PeriodRecord { start: start.clone(), end: end.clone() }
    }
}

impl EvidenceRecord {
    fn new(evidence: &Evidence) -> Self {
        let Evidence { by, year, text, origin } = evidence;
        EvidenceRecord { by: by.clone(), year: *year, text: text.clone(), origin: (*origin).into() }
    }

    fn into_model(self) -> Evidence {
        Evidence { by: self.by, year: self.year, text: self.text, origin: self.origin.into() }
    }
}

impl TableRecord {
    fn new(table: &TableReport) -> Self {
        TableRecord {
            id: table.id.clone(),
            edition: table.edition.clone(),
            form: table.form.clone(),
            origin: table.origin.map(OriginRecord::from),
            figures: table.figures.iter().map(FigureRecord::new).collect(),
            extra_rows: table.extra_rows.iter().map(ExtraRowRecord::new).collect(),
        }
    }

    fn into_model(self) -> Result<TableReport, ReadError> {
        Ok(TableReport {
            id: self.id,
            edition: self.edition,
            form: self.form,
            origin: self.origin.map(Origin::from),
            figures: self.figures.into_iter().map(FigureRecord::into_model).collect::<Result<_, _>>()?,
            extra_rows: self.extra_rows.into_iter().map(ExtraRowRecord::into_model).collect(),
        })
    }
}

impl FigureRecord {
    fn new(figure: &Figure) -> Self {
        FigureRecord {
            field: figure.key.as_str().to_owned(),
            value: if let Value::Number(number) = figure.value { Some(number) } else { None },
            state: figure.value.state().to_owned(),
            raw: figure.raw.clone(),
            unit: figure.unit.clone(),
            origin: figure.origin.map(OriginRecord::from),
            by: figure.by,
        }
    }

    fn into_model(self) -> Result<Figure, ReadError> {
        let Some(value) = Value::of_state(&self.state, self.value) else {
            return Err(ReadError::State { field: self.field, state: self.state });
        };
        Ok(Figure {
            key: Key::new(&self.field),
            value,
            raw: self.raw,
            unit: self.unit,
            origin: self.origin.map(Origin::from),
            by: self.by,
        })
    }
}

impl ExtraRowRecord {
    fn new(row: &ExtraRow) -> Self {
        ExtraRowRecord { label: row.label.clone(), cells: row.cells.clone(), origin: row.origin.into() }
    }

    fn into_model(self) -> ExtraRow {
        ExtraRow { label: self.label, cells: self.cells, origin: self.origin.into() }
    }
}

impl SectionRecord {
    fn new(section: &Section) -> Self {
        SectionRecord {
            id: section.id.clone(),
            title: section.title.clone(),
            text: section.text.clone(),
            origin: section.origin.into(),
            parts: section.parts.iter().map(PartRecord::new).collect(),
        }
    }

    fn into_model(self) -> Section {
        let parts = self.parts.into_iter().map(PartRecord::into_model).collect();
        Section { id: self.id, title: self.title, text: self.text, origin: self.origin.into(), parts }
    }
}

impl PartRecord {
    fn new(part: &Part) -> Self {
        PartRecord { title: part.title.clone(), text: part.text.clone(), origin: part.origin.into() }
    }

    fn into_model(self) -> Part {
        Part { title: self.title, text: self.text, origin: self.origin.into() }
    }
}

impl ClaimRecord {
    fn new(claim: &Claim) -> Self {
        ClaimRecord {
            quantity: claim.quantity,
            number: claim.number,
            unit: claim.unit.clone(),
            approximate: claim.approximate,
            verdict: claim.verdict,
            table_number: claim.table_number,
            table_fields: claim.table_fields.clone(),
            text: claim.text.clone(),
            sentence: claim.sentence.clone(),
            section: claim.section.clone(),
            origin: claim.origin.into(),
        }
    }

    fn into_model(self) -> Claim {
        Claim {
            sentence: self.sentence,
            text: self.text,
            number: self.number,
            unit: self.unit,
            quantity: self.quantity,
            approximate: self.approximate,
            section: self.section,
            origin: self.origin.into(),
            verdict: self.verdict,
            table_number: self.table_number,
            table_fields: self.table_fields,
        }
    }
}

impl FindingRecord {
    /// The record of a finding, with its message in `lang`.
    #[must_use]
    pub fn new(finding: &Finding, lang: Lang) -> Self {
        FindingRecord {
            severity: finding.severity,
            grade: Some(finding.grade()),
            code: finding.code,
            field: finding.field.as_ref().map(|field| field.as_str().to_owned()),
            place: finding.place.clone(),
            message: sentence(finding, lang),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            origin: finding.origin.map(OriginRecord::from),
            details: finding.details.clone(),
            waived: finding.waived.clone(),
        }
    }

    fn into_model(self) -> Finding {
        Finding {
            code: self.code,
            severity: self.severity,
            field: self.field.as_deref().map(Key::new),
            place: self.place,
            origin: self.origin.map(Origin::from),
            expected: self.expected,
            found: self.found,
            details: self.details,
            waived: self.waived,
        }
    }
}

/// Why a text is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is no JSON of this layout: what, and where.
    NotARecord(Words),
    /// It holds more than one record.
    Several,
    /// It has another version, or none.
    Version(Option<u32>),
    /// A figure has a state that is unknown, or does not go with its value.
    State {
        /// The figure.
        field: String,
        /// Its state.
        state: String,
    },
}

impl ReadError {
    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            ReadError::NotARecord(what) => format!(
                "this is no report as `gongkai extract` writes it: {}; give a file of --json-each, or one line of reports.jsonl",
                what.of(Lang::En)
            ),
            ReadError::Several => {
                "the file holds several reports; give one line of it, or a file of --json-each".to_owned()
            }
            ReadError::Version(found) => format!(
                "expected a report of version {VERSION}, found {}; extract it anew with this program",
                found.map_or("none".to_owned(), |version| format!("version {version}"))
            ),
            ReadError::State { field, state } => format!(
                "the figure `{field}` has the state `{state}`, which does not go with its value; a number needs `number`, everything else null"
            ),
        }
    }

    fn chinese(&self) -> String {
        match self {
            ReadError::NotARecord(what) => {
                format!(
                    "不是 `gongkai extract` 写出的报告：{}；请给出 --json-each 的文件，或 reports.jsonl 中的一行",
                    what.of(Lang::Zh)
                )
            }
            ReadError::Several => "文件含有多份报告；请给出其中一行，或 --json-each 的文件".to_owned(),
            ReadError::Version(found) => format!(
                "应为第 {VERSION} 版报告，实为{}；请用本程序重新提取",
                found.map_or("无版本号".to_owned(), |version| format!("第 {version} 版"))
            ),
            ReadError::State { field, state } => {
                format!("数据 `{field}` 的状态 `{state}` 与数值不符；数值须为 `number`，其余须为 null")
            }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ReadError {}

/// The report of one record: a file of `--json-each`, or one line of `reports.jsonl`.
///
/// # Errors
/// [`ReadError`] by cause.
pub fn read(text: &str) -> Result<Report, ReadError> {
    record(text)?.into_report()
}

/// One record: a file of `--json-each`, or one line of `reports.jsonl`.
///
/// # Errors
/// [`ReadError`] by cause.
pub fn record(text: &str) -> Result<ReportRecord, ReadError> {
    #[derive(Deserialize)]
    struct Versioned {
        version: Option<u32>,
    }
    let text = text.trim_start_matches('\u{feff}');
    let not_a_record = |error: serde_json::Error| ReadError::NotARecord(Words::parsed(&error.to_string()));
    // The version first: of another one, nothing else can be expected.
    let mut versions = serde_json::Deserializer::from_str(text).into_iter::<Versioned>();
    match versions.next() {
        None => return Err(ReadError::NotARecord(("it is empty", "内容为空").into())),
        Some(first) => match first.map_err(not_a_record)?.version {
            Some(VERSION) => {}
            other => return Err(ReadError::Version(other)),
        },
    }
    let rest = &text[versions.byte_offset()..];
    match serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>().next() {
        None => serde_json::from_str(text).map_err(not_a_record),
        Some(Ok(_)) => Err(ReadError::Several),
        Some(Err(error)) => Err(not_a_record(error)),
    }
}

/// The JSON Schema of one line of `reports.jsonl`, as it is printed and kept in `docs/`.
///
/// # Panics
/// Never: a schema has only string keys.
#[must_use]
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<ReportRecord>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema has string keys only");
    text.push('\n');
    text
}
