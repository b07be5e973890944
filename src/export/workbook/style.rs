//! How the workbooks look: widths, fills of what is no plain number, and the legend that explains them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern, Worksheet, XlsxError};

use super::super::table::{Kind, Spec, Table};
use crate::finding::{Lang, Severity};
use crate::report::Value;

const GREY: Color = Color::RGB(0x00D9_D9D9);
const RED: Color = Color::RGB(0x00FF_C7CE);
const YELLOW: Color = Color::RGB(0x00FF_EB9C);
const VIOLET: Color = Color::RGB(0x00E4_DFEC);
const BLUE: Color = Color::RGB(0x00DD_EBF7);

/// Every format that is used, made once.
pub(super) struct Styles {
    pub header: Format,
    failing: Format,
    doubtful: Format,
    missing: Format,
    unreadable: Format,
    ambiguous: Format,
    plain: Format,
}

fn fill(colour: Color) -> Format {
    Format::new().set_background_color(colour).set_pattern(FormatPattern::Solid)
}

impl Styles {
    pub fn new() -> Self {
        let header = fill(BLUE).set_bold().set_text_wrap().set_align(FormatAlign::Top);
        Styles {
            header: header.set_border_bottom(FormatBorder::Thin),
            failing: fill(RED).set_font_color(Color::RGB(0x009C_0006)),
            doubtful: fill(YELLOW),
            missing: fill(GREY),
            unreadable: fill(VIOLET),
            ambiguous: Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(Color::Gray),
            plain: Format::new(),
        }
    }

    /// The look of a figure; `None` for a plain number, a blank and `/`.
    pub fn of_figure(&self, value: Value, weight: Option<Severity>) -> Option<&Format> {
        Some(match (value, weight) {
            (Value::Missing, _) => &self.missing,
            (Value::Unreadable, _) => &self.unreadable,
            (Value::Ambiguous, _) => &self.ambiguous,
            (_, Some(Severity::Error)) => &self.failing,
            (_, Some(Severity::Warning)) => &self.doubtful,
            _ => return None,
        })
    }

    /// The look of a state: plain, doubtful or failing.
    pub fn of_tone(&self, bad: Option<bool>) -> &Format {
        match bad {
            None => &self.plain,
            Some(false) => &self.doubtful,
            Some(true) => &self.failing,
        }
    }

    /// The same as a cell of the printed form.
    pub fn of_printed(&self, value: Value, weight: Option<Severity>) -> Format {
        bordered(self.of_figure(value, weight).unwrap_or(&self.plain)).set_align(FormatAlign::Center)
    }

    /// The line of a rule, by whether it holds.
    pub fn of_rule(&self, holds: Option<bool>) -> Format {
        bordered(match holds {
            Some(true) => &self.plain,
            Some(false) => &self.failing,
            None => &self.missing,
        })
    }
}

/// A cell of the printed form.
pub(super) fn bordered(format: &Format) -> Format {
    format.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

/// Width of a column, in characters.
pub(super) fn widths(spec: &Spec) -> f64 {
    match (spec.name.as_str(), spec.kind) {
        _ if spec.field.is_some() => 12.0,
        ("message" | "sentence", _) => 80.0,
        ("label", _) => 48.0,
        ("source" | "title", _) => 36.0,
        ("organ" | "field" | "code" | "quantity" | "meaning" | "text", _) => 28.0,
        ("raw" | "expected" | "found" | "sha256" | "status" | "state" | "by", _) => 16.0,
        (_, Kind::Text) => 14.0,
        _ => 9.0,
    }
}

type Look = fn(&Styles) -> &Format;

/// What each look says: English, Chinese.
const LOOKS: [(Look, &str, &str); 6] = [
    (|styles| &styles.failing, "a number that breaks a rule; see the findings", "违反规则的数值，见检查结果"),
    (|styles| &styles.doubtful, "a number with a warning; see the findings", "有警告的数值，见检查结果"),
    (|styles| &styles.missing, "missing: the document has no such cell", "缺失：文档没有该单元格"),
    (|styles| &styles.unreadable, "unreadable: text that is no number", "非数值：不是数值的文字"),
    (
        |styles| &styles.ambiguous,
        "ambiguous: a number may belong here, and nothing proves it",
        "位置不明：可能有数值，但无法证实",
    ),
    (
        |styles| &styles.plain,
        "an empty cell without a fill is blank in the document, or no question of its form: it is not zero",
        "无底色的空格在文档中为空白，或其版式没有该项：不是零",
    ),
];

/// The last sheet: what the fills mean, where tables go on, and what was cut.
pub(super) fn legend(
    sheet: &mut Worksheet,
    pages: &[(&Table, usize)],
    cut: usize,
    lang: Lang,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let pick = |en: &'static str, zh: &'static str| lang.pick(en, zh);
    sheet.set_name(pick("legend", "说明"))?;
    sheet.set_column_width(1, 90)?;
    let mut row = 0;
    for (look, en, zh) in LOOKS {
        sheet.write_blank(row, 0, look(styles))?;
        sheet.write_string(row, 1, pick(en, zh))?;
        row += 1;
    }
    for said in remarks(pages, cut, lang) {
        sheet.write_string(row, 1, said)?;
        row += 1;
    }
    Ok(())
}

fn remarks(pages: &[(&Table, usize)], cut: usize, lang: Lang) -> Vec<String> {
    let mut said = vec![match lang {
        Lang::En => {
            "A number of more than 15 digits stands as text: a cell holds no more. All texts are text, never formulas."
                .to_owned()
        }
        Lang::Zh => "超过 15 位数字的数值以文字存放：单元格放不下。所有文字均为文字，不是公式。".to_owned(),
    }];
    for (table, count) in pages.iter().filter(|(_, count)| *count > 1) {
        let title = table.title(lang);
        said.push(match lang {
            Lang::En => {
                format!("The rows of “{title}” go on in further sheets: {count} in all, the last “{title} {count}”.")
            }
            Lang::Zh => format!("“{title}”的行数超出一张工作表，续表共 {count} 张，最后一张为“{title} {count}”。"),
        });
    }
    if cut > 0 {
        said.push(match lang {
            Lang::En => format!("{cut} texts are longer than a cell holds (32,767 characters) and end with a mark; the other formats have them whole."),
            Lang::Zh => format!("有 {cut} 处文字超过单元格上限（32,767 个字符），末尾有标记；其他格式存有全文。"),
        });
    }
    said.push(format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")));
    said
}
