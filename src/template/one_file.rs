//! A shipped form as one TOML file, to begin a form of one's own from.

use super::load::EDITIONS;

/// The file of an edition, as [`super::Form::from_toml`] reads it.
pub(super) fn toml(edition: &str) -> Option<String> {
    let named = format!("edition = \"{edition}\"");
    let (form, tables) = EDITIONS.iter().find(|(form, _)| form.toml.lines().any(|line| line == named))?;
    // The list of files has no meaning in one file.
    let head = form.toml.lines().filter(|line| !line.starts_with("tables = "));
    let mut text: String = head.flat_map(|line| [line, "\n"]).collect();
    for table in *tables {
        text.push_str("\n[[table]]\n");
        for line in table.toml.lines() {
            text.push_str(&line.replacen("[[", "[[table.", usize::from(line.starts_with("[["))));
            text.push('\n');
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    #[test]
    fn every_shipped_form_reads_back_as_itself() {
        for form in Form::shipped() {
            let text = toml(&form.edition).expect("shipped");
            let again = Form::from_toml(&text).unwrap_or_else(|error| panic!("{}: {error}", form.edition));
            // All that a form states; the rest is made of it.
            let stated = |form: &Form| {
                let Form { edition, source, first_year, last_year, sections, tables, fields, rules, .. } = form;
                format!("{edition} {source} {first_year} {last_year:?} {sections:?} {tables:?} {fields:?} {rules:?}")
            };
            assert_eq!(stated(&again), stated(form));
        }
        assert_eq!(toml("1999"), None);
    }
}
