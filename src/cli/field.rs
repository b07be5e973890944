//! Which field a person means: its id, its short name, or printed words that only it has.

use crate::finding::Lang;
use crate::template::{FieldDef, Form, Key};

/// What a word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// One field.
    One(Key),
    /// Several have these words in their labels.
    Several(Vec<Key>),
    /// None.
    None,
}

/// How a field is named.
pub(crate) const EXAMPLE: &str = "proactive.rules.issued";
/// How many names are listed at most.
const MOST: usize = 8;
/// Nearness (0 to 1) from which a name is worth suggesting.
const NEAR: f64 = 0.75;

/// The field that is meant. Words may be parted by spaces or `/`.
pub(crate) fn choose(word: &str, fields: &[(&Form, &FieldDef)]) -> Choice {
    let named = fields.iter().find(|(_, field)| field.key.as_str() == word || field.code == word);
    if let Some((_, field)) = named {
        return Choice::One(field.key.clone());
    }
    let parts: Vec<&str> = word.split([' ', '\u{3000}', '/']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Choice::None;
    }
    let matching = |mean: fn(&str, &str) -> bool| {
        let of_label = |&&(form, field): &&(&Form, &FieldDef)| {
            let labels = labels(form, field);
            parts.iter().all(|part| labels.iter().any(|label| mean(label, part)))
        };
        let mut keys: Vec<Key> = fields.iter().filter(of_label).map(|(_, field)| field.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let holding = matching(|label, part| label.contains(part));
    // 规章 is also part of other labels: whole labels settle it where they can.
    let whole = if holding.len() > 1 { matching(|label, part| label == part) } else { Vec::new() };
    match (holding.as_slice(), whole.as_slice()) {
        ([one], _) | (_, [one]) => Choice::One(one.clone()),
        ([], _) => by_part_of_id(word, fields),
        _ => Choice::Several(holding),
    }
}

/// The fields whose id has the word among its parts: `proactive.rules`, `granted`.
fn by_part_of_id(word: &str, fields: &[(&Form, &FieldDef)]) -> Choice {
    let wanted = format!(".{word}.");
    let has = |key: &Key| format!(".{key}.").contains(&wanted);
    let mut keys: Vec<Key> = fields.iter().map(|(_, field)| field.key.clone()).filter(has).collect();
    keys.sort_unstable();
    keys.dedup();
    match keys.as_slice() {
        [] => Choice::None,
        [one] => Choice::One(one.clone()),
        _ => Choice::Several(keys),
    }
}

fn labels<'a>(form: &'a Form, field: &FieldDef) -> Vec<&'a str> {
    let (table, ..) = form.parts(field);
    let (rows, columns) = form.printed(field);
    std::iter::once(table.title.as_str()).chain(rows).chain(columns).collect()
}

/// What to say when several fields have the words.
pub(crate) fn several(word: &str, keys: &[Key], lang: Lang) -> String {
    let names: Vec<&str> = keys.iter().take(MOST).map(Key::as_str).collect();
    let more = keys.len() > MOST;
    let count = keys.len();
    match lang {
        Lang::En => {
            let more = if more { ", …" } else { "" };
            format!("`{word}` may mean {count} fields: {}{more}; give one of them", names.join(", "))
        }
        Lang::Zh => {
            let more = if more { "等" } else { "" };
            format!("`{word}` 对应{count}个字段：{}{more}；请指定其一", names.join("、"))
        }
    }
}

/// What to say when nothing has the name: those that are near.
pub(crate) fn nearest<'a>(
    word: &str,
    fields: &[(&'a Form, &'a FieldDef)],
    others: impl Iterator<Item = &'a str>,
    lang: Lang,
) -> String {
    let names = fields.iter().flat_map(|(_, field)| [field.key.as_str(), field.code.as_str()]).chain(others);
    let mut near: Vec<(f64, &str)> =
        names.map(|name| (strsim::normalized_damerau_levenshtein(word, name), name)).collect();
    near.retain(|(nearness, _)| *nearness >= NEAR);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup();
    let names: Vec<String> = near.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    match (names.is_empty(), lang) {
        (true, Lang::En) => format!(
            "`{word}` is no field, code or label; fields are named like `{EXAMPLE}`, `gongkai schema` lists them"
        ),
        (true, Lang::Zh) => {
            format!("`{word}` 不是字段、代码或标签；字段名形如 `{EXAMPLE}`，可用 `gongkai schema` 列出")
        }
        (false, Lang::En) => format!("`{word}` is not known; perhaps {}", names.join(" or ")),
        (false, Lang::Zh) => format!("`{word}` 未知；是否为 {}", names.join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<(&'static Form, &'static FieldDef)> {
        Form::shipped().iter().flat_map(|form| form.fields.iter().map(|field| (&**form, field))).collect()
    }

    fn one(word: &str) -> String {
        match choose(word, &fields()) {
            Choice::One(key) => key.as_str().to_owned(),
            other => panic!("{word}: {other:?}"),
        }
    }

    #[test]
    fn a_field_by_its_names_and_its_words() {
        assert_eq!(one("proactive.rules.issued"), "proactive.rules.issued");
        assert_eq!(one("app_den_secret_np"), "applications.denied.state_secret.natural_person");
        assert_eq!(one("规章 制发"), "proactive.rules.issued");
        assert_eq!(one("予以公开/总计"), "applications.granted.total");
        assert_eq!(one("本年收费金额"), "proactive.fees.amount");
    }

    #[test]
    fn words_that_many_have_are_not_guessed() {
        let Choice::Several(keys) = choose("规章", &fields()) else { panic!("several") };
        assert_eq!(keys.len(), 6);
        assert!(several("规章", &keys, Lang::En).starts_with("`规章` may mean 6 fields: proactive.rules.disclosed, "));
        assert_eq!(choose("查无此项", &fields()), Choice::None);
        assert_eq!(choose(" ", &fields()), Choice::None);
    }

    #[test]
    fn part_of_an_id_lists_the_fields_that_have_it() {
        let Choice::Several(keys) = choose("proactive.normative_documents", &fields()) else { panic!("several") };
        assert!(keys.iter().all(|key| key.as_str().starts_with("proactive.normative_documents.")), "{keys:?}");
        assert_eq!(one("fees.amount"), "proactive.fees.amount");
        assert_eq!(choose("roactive.rule", &fields()), Choice::None);
        let Choice::Several(keys) = choose("total", &fields()) else { panic!("several") };
        assert!(several("total", &keys, Lang::Zh).ends_with("等；请指定其一"));
    }

    #[test]
    fn misspelt_names_bring_near_ones() {
        let message = nearest("proactive.rule.isued", &fields(), std::iter::empty(), Lang::En);
        assert!(
            message.starts_with("`proactive.rule.isued` is not known; perhaps `proactive.rules.issued`"),
            "{message}"
        );
        let message = nearest("rowtotal", &fields(), ["row_total"].into_iter(), Lang::Zh);
        assert_eq!(message, "`rowtotal` 未知；是否为 `row_total`");
        assert!(nearest("zzz", &fields(), std::iter::empty(), Lang::En).contains("gongkai schema"));
    }
}
