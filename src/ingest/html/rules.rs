//! What the style sheets in a page say about its classes and ids: hidden, or laid out as a table.
//!
//! Only rules whose whole selector is one class or one id (`.note{display:none}`) are followed. A
//! class counts as nothing where something else may change it: another rule that shows it, one for
//! some screens only, a script of the page that names it. And no table is hidden by a class alone,
//! since scripts show what such classes hide (tabs, folded parts): only one that the page keeps for
//! its print-out (`@media print`) is, since that is a copy.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::style::{self, Display};

/// Classes and ids that are looked for in scripts; a sheet that hides more is no ordinary one.
const MOST: usize = 64;

/// What one class or id means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) display: Display,
    /// Shown in print-outs.
    pub(super) printed: bool,
}

/// Rules by selector: `.class` or `#id`.
#[derive(Debug, Default)]
pub(super) struct Rules(HashMap<String, Rule>);

impl Rules {
    /// The rules of sheets that no script interferes with.
    pub(super) fn read<'t>(sheets: &[&str], scripts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let mut reading = Reading::default();
        for sheet in sheets {
            reading.sheet(&without_comments(sheet));
        }
        let Reading { mut rules, doubtful, printed } = reading;
        rules.retain(|selector, display| *display != Display::Other && !doubtful.contains(selector));
        if rules.len() > MOST {
            return Rules::default();
        }
        rules.retain(|selector, _| !scripts.clone().any(|script| names(script, &selector[1..])));
        let rule = |(selector, display)| {
            let printed = printed.contains(&selector);
            (selector, Rule { display, printed })
        };
        Rules(rules.into_iter().map(rule).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rule for an element with these classes and this id.
    pub(super) fn of(&self, classes: &str, id: &str) -> Option<Rule> {
        let classes = classes.split_ascii_whitespace().map(|class| self.0.get(&format!(".{class}")));
        let by_class = classes.flatten().max_by_key(|rule| rule.display == Display::Hidden);
        self.0.get(&format!("#{id}")).or(by_class).copied()
    }
}

#[derive(Default)]
struct Reading {
    rules: HashMap<String, Display>,
    /// Selectors that some other rule may show.
    doubtful: HashSet<String>,
    /// Selectors that a rule for print-outs shows.
    printed: HashSet<String>,
}

impl Reading {
    fn sheet(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].rsplit(['}', ';']).next().unwrap_or_default().trim();
            let length = block(&rest[open..]);
            let body = &rest[open + 1..open + length];
            match selectors.strip_prefix('@') {
                Some(condition) => self.conditional(condition, body),
                None => self.rule(selectors, body),
            }
            rest = &rest[open + length..];
        }
    }

    /// Rules that hold under a condition, of which only print-outs are sure not to be the screen.
    fn conditional(&mut self, condition: &str, body: &str) {
        let print = condition.split_ascii_whitespace().eq(["media", "print"]);
        for rule in body.split('}') {
            let Some((selectors, declarations)) = rule.split_once('{') else { continue };
            let shows = style::of(declarations).display.is_some_and(|display| display != Display::Hidden);
            let all = selectors.split(',').flat_map(last_names);
            match print {
                true if shows => self.printed.extend(all),
                true => {}
                false => self.doubtful.extend(all),
            }
        }
    }

    fn rule(&mut self, selectors: &str, body: &str) {
        let Some(display) = style::of(body).display else { return };
        for selector in selectors.split(',').map(str::trim) {
            if is_simple(selector) {
                self.rules.insert(selector.to_owned(), display);
            } else if display != Display::Hidden {
                self.doubtful.extend(last_names(selector));
            }
        }
    }
}

/// Length of a block in braces, the last one left out; of all that is left if it never ends.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    // Old pages hide their sheets from older browsers.
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

fn is_simple(selector: &str) -> bool {
    let name = selector.strip_prefix(['.', '#']).unwrap_or_default();
    !name.is_empty() && name.chars().all(is_name)
}

/// The classes and ids of the element that a selector is about: `.a .b.c` gives `.b` and `.c`.
fn last_names(selector: &str) -> Vec<String> {
    let last = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
    let begins = last.match_indices(['.', '#']).map(|(at, _)| &last[at..]);
    let name = |from: &str| {
        let end = from[1..].find(|c| !is_name(c)).map_or(from.len(), |end| end + 1);
        from[..end].to_owned()
    };
    begins.map(name).collect()
}

/// Whether a script has a word in it.
fn names(script: &str, word: &str) -> bool {
    memmem::find_iter(script.as_bytes(), word.as_bytes()).any(|at| {
        let before = script[..at].chars().next_back();
        let after = script[at + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `.a` is by a sheet and a script.
    fn a(sheet: &str, script: &str) -> Option<(Display, bool)> {
        let rules = Rules::read(&[sheet], [script].into_iter());
        rules.of("z a", "").map(|rule| (rule.display, rule.printed))
    }

    #[test]
    fn rules_of_one_class_are_followed() {
        let hidden = Some((Display::Hidden, false));
        assert_eq!(a(".a{display:none}", ""), hidden);
        assert_eq!(a("/* .a{display:block} */ p{} .b, .a { color:red; DISPLAY : none !important }", "x"), hidden);
        assert_eq!(a("@charset 'x'; .a{display:none", ""), hidden);
        assert_eq!(a("<!-- .a{display:none} -->", "var table = 'aa';"), hidden);
        assert_eq!(a(".a{display:table-cell}", ""), Some((Display::Cell, false)));
        assert_eq!(
            Rules::read(&["#n{visibility:hidden}"], [].into_iter()).of("", "n").map(|rule| rule.printed),
            Some(false)
        );
    }

    #[test]
    fn what_something_else_may_show_is_not_hidden() {
        for sheet in [
            ".a{display:none}.a{display:block}",
            ".a{display:none}.a.on{display:block}",
            ".on .a{display:block}.a{display:none}",
            "@media screen and (max-width:9px){.a{display:none}}",
            "@media (min-width:9px){.a{color:red}}.a{display:none}",
            "p.a{display:none}",
            ".a:hover{display:none}",
            ".ab{display:none}",
        ] {
            let display = a(sheet, "").map(|(display, _)| display);
            assert_ne!(display, Some(Display::Hidden), "{sheet}");
        }
        assert_eq!(a(".a{display:none}", "$('.a').show()"), None);
    }

    #[test]
    fn what_is_kept_for_print_outs_is_known() {
        assert_eq!(
            a(".a{display:none}@media print{.a{display:block}.b{display:none}}", ""),
            Some((Display::Hidden, true))
        );
    }
}
