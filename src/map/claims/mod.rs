//! Prose → [`Claim`]s: numbers with a unit, and what the words around each say it counts.
//!
//! A claim that is not surely read is none: a false alarm is worse than a miss. What the tables
//! say is not looked at here; the checks compare.

mod denial;
mod lexicon;
mod numbers;
mod own;
mod patterns;
mod prose;
mod respective;
mod scope;
mod setting;
mod words;

use super::chars::Chars;
use super::sections::Heading;
use super::stream::Item;
use crate::report::{Amount, Claim, Quantity, Verdict};
use numbers::{Token, folded, tokens};
use own::Own;
use prose::{Joiner, Prose};
use scope::Scope;

/// A paragraph with more bytes than this is no prose of a report.
const MOST_CHARACTERS: usize = 20_000;

/// Makes what the sentences of most reports ask for, ahead of the first.
pub(super) fn prepare() {
    lexicon::prepare();
    denial::prepare();
}

/// The claims of a report of this organ, as its title names it, in the order of the text.
pub(super) fn claims(
    items: &[Item],
    headings: &[Option<Heading>],
    year: Option<i32>,
    organ: Option<&str>,
) -> Vec<Claim> {
    let mut reader = Reader {
        own: Own::new(organ),
        year,
        section: None,
        above: String::new(),
        of_another: false,
        claims: Vec::new(),
    };
    let mut joiner = Joiner::default();
    let mut ended = true;
    for (item, heading) in items.iter().zip(headings) {
        let Item::Line(line) = item else {
            joiner.end().into_iter().for_each(|prose| reader.paragraph(&prose));
            reader.turn(heading.as_ref());
            ended = true;
            continue;
        };
        // A part's heading may have its paragraph behind it: （二）依申请公开方面：新收申请264件，…
        let alone = matches!(heading, Some(Heading::Section(_) | Heading::Other)) || may_be_heading(&line.text);
        let heads = alone && (heading.is_some() || ended);
        joiner.line(line, heads).into_iter().for_each(|prose| reader.paragraph(&prose));
        reader.turn(heading.as_ref());
        if heads {
            reader.head(&line.text);
        }
        ended = heads || prose::ends(&line.text);
    }
    joiner.end().into_iter().for_each(|prose| reader.paragraph(&prose));
    reader.claims
}

/// What is known where a paragraph is read.
struct Reader<'a> {
    own: Own,
    year: Option<i32>,
    section: Option<&'a str>,
    /// The last heading …
    above: String,
    /// … and whether it names another organ.
    of_another: bool,
    claims: Vec<Claim>,
}

impl<'a> Reader<'a> {
    /// A chapter begins, or none does.
    fn turn(&mut self, heading: Option<&'a Heading>) {
        match heading {
            Some(Heading::Section(id)) => self.section = Some(id),
            Some(Heading::Other) => self.section = None,
            Some(Heading::Part) | None => {}
        }
    }

    /// A heading stands above what follows.
    fn head(&mut self, text: &str) {
        self.of_another = heads_another(&folded(text), &self.own);
        text.clone_into(&mut self.above);
    }

    fn paragraph(&mut self, prose: &Prose) {
        static TELLING: Chars =
            Chars::of(&['件', '宗', '例', '条', '个', '份', '项', '次', '起', '元', '篇', '未', '无', '没']);
        // Quick way: most lines state nothing.
        if prose.torn || prose.text.len() > MOST_CHARACTERS || !TELLING.any_in(&prose.text) {
            return;
        }
        let about = words::About::new((&self.above, &prose.text), self.section, &self.own);
        let mut topic = words::Topic::default();
        // What the sentences that begin are of: a heading within the paragraph may name another organ.
        let begin = |of_another| if of_another { Scope::of_another() } else { Scope::default() };
        let mut of_another = self.of_another;
        let mut last: Option<(Scope, bool)> = None;
        for (at, sentence, ended) in sentences(&prose.text) {
            let text = folded(sentence);
            // What is another's or of another year goes on to be after a semicolon, and where it is divided: 其中.
            let goes_on = |ended: bool| !of_another && (!ended || text.starts_with(&['其', '中']));
            let mut scope = match &last {
                Some((scope, ended)) if goes_on(*ended) => scope.after(),
                Some((scope, _)) if scope.is_silenced() && !of_another => Scope::of_other_business(),
                _ => begin(of_another),
            };
            scope = scope.of_year(words::adds_up_the_year(&text));
            let found = read(&text, &about, &mut topic, &mut scope, self.year);
            if !ended && words::publishes(&text) {
                scope.publish();
            }
            of_another |= found.is_empty() && heads_another(&text, &self.own);
            last = Some((scope, ended));
            let section = self.section;
            self.claims.extend(found.into_iter().map(|(token, quantity, words)| Claim {
                sentence: sentence.trim().to_owned(),
                text: words,
                number: Amount(token.number.normalize()),
                unit: token.unit.to_owned(),
                quantity,
                approximate: token.approximate,
                section: section.map(str::to_owned),
                origin: prose.origin(at),
                verdict: Verdict::Unchecked,
                table_number: None,
                table_fields: None,
            }));
        }
    }
}

/// Whether a line may be a heading: it is short, has no number but its own, and is no sentence.
fn may_be_heading(line: &str) -> bool {
    const LONGEST: usize = 90;
    let own = line.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    line.len() <= LONGEST && !own.is_empty() && !own.contains(|c: char| c.is_ascii_digit() || "，,".contains(c))
}

fn heads_another(text: &[char], own: &Own) -> bool {
    if text.len() > scope::LONGEST_HEADING || !scope::may_head_another(text) {
        return false;
    }
    let text = words::plain(text, own);
    scope::heads_another(text.trim_end_matches(['。', '：', ':', '；']))
}

/// Parts of a paragraph that end in 。 or ；, with the place where each begins, and whether it is not in a semicolon.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    const ENDS: [char; 6] = ['。', '；', ';', '！', '？', '\n'];
    let mut next = 0;
    let parts = text.split_inclusive(ENDS).map(move |part| {
        let at = next;
        next += part.len();
        (at, part.trim_end_matches(ENDS), !part.ends_with(['；', ';']))
    });
    parts.filter(|(_, sentence, _)| !sentence.trim().is_empty())
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
    let states = !tokens.is_empty() || denial::may_deny(text);
    if !states || !words::may_claim(text, about) {
        if !tokens.is_empty() {
            scope.silence();
        }
        words::follow(topic, text);
        return found;
    }
    // A clause of another year has its numbers, and those behind it, to itself.
    let whole = text;
    let another = words::another_year(text, year);
    let text = another.map_or(text, |start| &text[..start]);
    let tokens: Vec<Token> = tokens.into_iter().filter(|token| token.end <= text.len()).collect();
    if text.is_empty() {
        // So are the counts behind a semicolon.
        *scope = Scope::of_another_year();
        words::follow(topic, whole);
        return found;
    }
    let respective = respective::befores(text, &tokens);
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        let before = &text[from..token.start];
        words::follow(topic, before);
        let before = respective.get(&at).map_or(before, Vec::as_slice);
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
    words::follow(topic, &whole[from..]);
    if found.is_empty() && !tokens.is_empty() {
        scope.stray();
    }
    found.extend(denial::none(text, about));
    if another.is_some() {
        *scope = Scope::of_another_year();
    }
    found
}
