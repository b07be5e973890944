//! A sum rule in printed words, for `explain` and for docs/checks.md.

use super::sums::code_of;
use crate::finding::{Code, Lang};
use crate::template::{Form, Key, Per, Relation, RuleInstance};

/// A longer sum is shown by its first two terms and its last.
const MOST_TERMS: usize = 8;

/// A sum rule that uses a figure.
#[derive(Debug, Clone, Copy)]
pub struct RuleUse<'a> {
    /// The code under which it is reported.
    pub code: Code,
    /// The rule where the figure stands.
    pub rule: &'a RuleInstance,
    form: &'a Form,
}

impl<'a> RuleUse<'a> {
    /// A rule of a form.
    pub(super) fn of(form: &'a Form, rule: &'a RuleInstance) -> Self {
        RuleUse { code: code_of(form.identity(rule)), rule, form }
    }

    /// The rule in printed words, and where it holds:
    /// `“一、…” + “二、…” = “（七）总计” + “四、…”, in column “自然人”`.
    #[must_use]
    pub fn formula(&self, lang: Lang) -> String {
        let place = quoted(last(&self.place()));
        let per = self.form.identity(self.rule).per;
        if per == Per::Column && self.one_column() {
            return terms(self.form, self.rule, lang);
        }
        let tail = match (lang, per) {
            (Lang::En, Per::Column) => format!(", in column {place}"),
            (Lang::En, Per::Row) => format!(", in row {place}"),
            (Lang::Zh, Per::Column) => format!("（{place}列）"),
            (Lang::Zh, Per::Row) => format!("（{place}行）"),
        };
        terms(self.form, self.rule, lang) + &tail
    }

    /// The sum in a few words: by its row or column, or, where all figures stand in one column, as a formula.
    pub(super) fn named(&self, lang: Lang) -> String {
        let per = self.form.identity(self.rule).per;
        if per == Per::Column && self.one_column() {
            return terms(self.form, self.rule, lang);
        }
        let place = quoted(last(&self.place()));
        match (lang, per) {
            (Lang::En, Per::Column) => format!("the sum of column {place}"),
            (Lang::En, Per::Row) => format!("the sum of row {place}"),
            (Lang::Zh, Per::Column) => format!("{place}列的合计"),
            (Lang::Zh, Per::Row) => format!("{place}行的合计"),
        }
    }

    /// The rule for every row or column in which it holds.
    pub(super) fn general(&self, lang: Lang) -> String {
        let identity = self.form.identity(self.rule);
        if !identity.only.is_empty() {
            return self.formula(lang);
        }
        if identity.per == Per::Column && self.one_column() {
            return terms(self.form, self.rule, lang);
        }
        let tail = match (lang, identity.per) {
            (Lang::En, Per::Column) => ", in each column",
            (Lang::En, Per::Row) => ", in each row",
            (Lang::Zh, Per::Column) => "（每列）",
            (Lang::Zh, Per::Row) => "（每行）",
        };
        terms(self.form, self.rule, lang) + tail
    }

    /// Where all figures stand in one column, there is no need to name it.
    fn one_column(&self) -> bool {
        let columns = |block: &crate::template::BlockDef| block.columns.len() == 1;
        self.form.tables[self.rule.table].blocks.iter().all(columns)
    }

    /// Printed labels of the row or column in which the rule holds.
    fn place(&self) -> Vec<&str> {
        let (rows, columns) = self.form.printed(&self.form.fields[self.rule.subject]);
        if self.form.identity(self.rule).per == Per::Row { rows } else { columns }
    }
}

/// The sum rules that use a figure, in the order of the form.
#[must_use]
pub fn rules_using<'a>(form: &'a Form, key: &Key) -> Vec<RuleUse<'a>> {
    let Some(position) = form.position(key) else { return Vec::new() };
    let uses = form.rules.iter().filter(|rule| rule.left.contains(&position) || rule.right.contains(&position));
    uses.map(|rule| RuleUse::of(form, rule)).collect()
}

/// Each identity of a form that is reported under a code, by its first instance.
pub(super) fn rules_of(form: &Form, code: Code) -> Vec<RuleUse<'_>> {
    let mut rules: Vec<RuleUse> = form.rules.iter().map(|rule| RuleUse::of(form, rule)).collect();
    rules.retain(|rule| rule.code == code);
    rules.dedup_by_key(|rule| (rule.rule.table, rule.rule.identity));
    rules
}

fn terms(form: &Form, rule: &RuleInstance, lang: Lang) -> String {
    let identity = form.identity(rule);
    let sign = if identity.relation == Relation::Equal { "=" } else { "≤" };
    let side = |positions: &[usize]| sum(&labels(form, identity.per, positions), lang);
    format!("{} {sign} {}", side(&rule.left), side(&rule.right))
}

/// The printed labels that tell the terms apart: of rows where the rule runs down a column.
fn labels<'a>(form: &'a Form, per: Per, positions: &[usize]) -> Vec<&'a str> {
    let label = |&position: &usize| {
        let (rows, columns) = form.printed(&form.fields[position]);
        last(if per == Per::Column { &rows } else { &columns })
    };
    positions.iter().map(label).collect()
}

fn last<'a>(labels: &[&'a str]) -> &'a str {
    labels.last().copied().unwrap_or_default()
}

fn sum(labels: &[&str], lang: Lang) -> String {
    let all = |labels: &[&str]| labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(" + ");
    let [first, second, .., last] = labels else { return all(labels) };
    if labels.len() <= MOST_TERMS {
        return all(labels);
    }
    let count = labels.len();
    let counted = if lang == Lang::En { format!(" ({count} terms)") } else { format!("（共{count}项）") };
    format!("{} + … + {}{counted}", all(&[first, second]), quoted(last))
}

fn quoted(label: &str) -> String {
    format!("“{label}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(edition: &str, key: &str, lang: Lang) -> Vec<String> {
        let form = Form::shipped().iter().find(|form| form.edition == edition).expect("shipped");
        rules_using(form, &Key::new(key)).iter().map(|rule| rule.formula(lang)).collect()
    }

    #[test]
    fn a_figure_knows_its_rules() {
        assert_eq!(
            formulas("2021", "applications.granted.business", Lang::En),
            [
                "“（一）予以公开” + “（二）部分公开（区分处理的，只计这一情形，不计其他情形）” + … + “3.其他” (21 terms) = “（七）总计”, in column “商业企业”",
                "“自然人” + “商业企业” + “科研机构” + “社会公益组织” + “法律服务机构” + “其他” = “总计”, in row “（一）予以公开”",
            ]
        );
        assert_eq!(
            formulas("2021", "applications.carried_in.total", Lang::Zh)[0],
            "“一、本年新收政府信息公开申请数量” + “二、上年结转政府信息公开申请数量” = “（七）总计” + “四、结转下年度继续办理”（“总计”列）"
        );
        assert_eq!(
            formulas("2019", "proactive.rules.disclosed", Lang::En),
            ["“本年新公开数量” ≤ “对外公开总数量”, in row “规章”"]
        );
        assert!(formulas("2021", "proactive.rules.issued", Lang::En).is_empty());
        assert!(formulas("2021", "no.such.figure", Lang::En).is_empty());
    }
}
