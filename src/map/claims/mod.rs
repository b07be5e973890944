//! Prose → [`Claim`]s: numbers with a unit, and what the words around each say it counts.
//!
//! A claim that is not surely read is none: a false alarm is worse than a miss. What the tables
//! say is not looked at here; the checks compare.

mod denial;
mod lexicon;
mod numbers;
mod own;
mod patterns;
mod scope;
mod setting;
mod words;

use super::chars::Chars;
use super::sections::Heading;
use super::stream::{Item, Line};
use crate::report::{Amount, Claim, Quantity, Verdict};
use numbers::{Token, folded, tokens};
use own::Own;
use scope::Scope;

/// A paragraph with more characters than this is no prose of a report.
const LONGEST_PARAGRAPH: usize = 20_000;

/// The claims of a report of this organ, as its title names it, in the order of the text.
pub(super) fn claims(
    items: &[Item],
    headings: &[Option<Heading>],
    year: Option<i32>,
    organ: Option<&str>,
) -> Vec<Claim> {
    let own = Own::new(organ);
    let mut claims = Vec::new();
    let mut section: Option<&str> = None;
    // The last heading, and whether it names another organ.
    let mut of_another = false;
    let mut above: &str = "";
    // Whether the line before ended: what else goes on is no paragraph under the heading.
    let mut ended = true;
    for (item, heading) in items.iter().zip(headings) {
        match heading {
            Some(Heading::Section(id)) => section = Some(id),
            Some(Heading::Other) => section = None,
            Some(Heading::Part) | None => {}
        }
        if let Item::Line(line) = item
            && line.text.len() <= LONGEST_PARAGRAPH
        {
            let about = words::About::new((if ended { above } else { "" }, &line.text), section, &own);
            let heads = heading.is_some() || ended && may_be_heading(&line.text);
            if heads {
                of_another = heads_another(&folded(&line.text), &about);
                above = &line.text;
            }
            ended = heads || line.text.trim_end().ends_with(['。', '；', ';', '：', ':', '！', '？']);
            paragraph(line, &about, (year, of_another), &mut claims);
        }
    }
    claims
}

/// Whether a line may be a heading: it is short, has no number but its own, and is no sentence.
fn may_be_heading(line: &str) -> bool {
    const LONGEST: usize = 90;
    let own = line.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    line.len() <= LONGEST && !own.is_empty() && !own.contains(|c: char| c.is_ascii_digit() || "，,".contains(c))
}

fn heads_another(text: &[char], about: &words::About) -> bool {
    let text = words::plain(text, about);
    scope::heads_another(text.trim_end_matches(['。', '：', ':', '；']))
}

fn paragraph(line: &Line, about: &words::About, (year, of_another): (Option<i32>, bool), claims: &mut Vec<Claim>) {
    static TELLING: Chars =
        Chars::of(&['件', '宗', '例', '条', '个', '份', '项', '次', '起', '元', '篇', '未', '无', '没']);
    // Quick way: most lines state nothing.
    if !TELLING.any_in(&line.text) {
        return;
    }
    let mut topic = words::Topic::default();
    // What the sentences that begin are of: a heading within the paragraph may name another organ.
    let begin = |of_another| if of_another { Scope::of_another() } else { Scope::default() };
    let mut of_another = of_another;
    let mut last: Option<(Scope, bool)> = None;
    for (sentence, ended) in sentences(&line.text) {
        let text = folded(sentence);
        // What is another's or of another year goes on to be after a semicolon, and where it is divided: 其中.
        let goes_on = |ended: bool| !of_another && (!ended || text.starts_with(&['其', '中']));
        let mut scope = match &last {
            Some((scope, ended)) if goes_on(*ended) => scope.after(),
            _ => begin(of_another),
        };
        let found = read(&text, about, &mut topic, &mut scope, year);
        of_another |= found.is_empty() && heads_another(&text, about);
        last = Some((scope, ended));
        claims.extend(found.into_iter().map(|(token, quantity, words)| Claim {
            sentence: sentence.trim().to_owned(),
            text: words,
            number: Amount(token.number.normalize()),
            unit: token.unit.to_owned(),
            quantity,
            approximate: token.approximate,
            section: about.section.map(str::to_owned),
            origin: line.origin,
            verdict: Verdict::Unchecked,
            table_number: None,
            table_fields: None,
        }));
    }
}

/// Parts of a paragraph that end in 。 or ；, and whether it is not in a semicolon.
fn sentences(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let ends = ['。', '；', ';', '！', '？', '\n'];
    text.split_inclusive(ends)
        .map(move |part| (part.trim_end_matches(ends), !part.ends_with(['；', ';'])))
        .filter(|(sentence, _)| !sentence.trim().is_empty())
}

type Found = (Token, Quantity, String);

/// The claims of one sentence.
fn read(
    text: &[char],
    about: &words::About,
    topic: &mut words::Topic,
    scope: &mut Scope,
    year: Option<i32>,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let tokens = tokens(text);
    // Looking for numbers is quicker than asking what the sentence is about.
    if (tokens.is_empty() && !denial::may_deny(text)) || !words::may_claim(text, about) {
        words::follow(topic, text);
        return found;
    }
    if words::is_of_another_year(text, year) {
        // So are the counts behind a semicolon.
        *scope = Scope::of_another_year();
        words::follow(topic, text);
        return found;
    }
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        let before = &text[from..token.start];
        words::follow(topic, before);
        let to = tokens.get(at + 1).map_or(text.len(), |next| next.start);
        let place = words::Place {
            earlier: &text[..from],
            before,
            after: &text[token.end..to],
            rest: &text[token.end..],
            token,
        };
        let last = found.last().filter(|(last, ..)| last.end == from).map(|(_, quantity, _)| *quantity);
        if let Some(quantity) = words::quantity(&place, *topic, scope, about, last) {
            let words = words::around(before, &text[token.start..token.end], place.after);
            found.push((token.clone(), quantity, words));
        }
        from = token.end;
    }
    words::follow(topic, &text[from..]);
    found.extend(denial::none(text, about));
    found
}
