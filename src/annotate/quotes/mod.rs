//! Text, tokens and sentences in; every stretch in quotation marks out, terms and titles too (`speakers` tells them apart).
//!
//! The idea: each mark is read as opening or closing from its shape and from what touches it, then the marks of one paragraph
//! are paired with a stack. A paragraph whose marks do not balance is read again without nesting, so that one missing mark costs
//! one quotation and never the rest of the text. A mark still open at the end of a paragraph goes on if the next one opens with a
//! mark (the convention for quotations of several paragraphs).
//!
//! Quotations inside quotations are not given as quotations of their own: the outer one holds them, its speaker reports them, and the
//! flag `nested` says so.

mod blocks;
mod marks;
mod pairs;
mod turns;

use crate::{
    annotate::lexicon::{self, Lexicon},
    document::{Case, Gap, Quotation, QuoteFlags, Sentence, Token, TokenKind},
    span::Span,
};
pub use blocks::blocks;
pub(crate) use marks::is_quotation_mark;
pub(crate) use turns::merge;
pub use turns::{Turn, turns};

use marks::{Family, Mark, Side};
use rustc_hash::FxHashSet;

/// Words written with an apostrophe in front.
pub struct QuoteLexicon {
    elisions: FxHashSet<&'static str>,
}

impl QuoteLexicon {
    /// `elisions.txt`.
    #[must_use]
    pub fn english() -> Self {
        Self { elisions: lexicon::rows(include_str!("../lexicon/en/elisions.txt")).map(|row| row[0]).collect() }
    }
}

/// Marks deeper than this inside one another are left alone.
const DEPTH: usize = 8;
/// An attribution between two parts of one quotation (“A,” she said, “B”) has at most this many tokens.
const ATTRIBUTION: usize = 16;

/// Finds all quotations, in text order.
#[must_use]
pub fn find(text: &str, tokens: &[Token], sentences: &[Sentence], lexicon: &Lexicon) -> Vec<Quotation> {
    if !tokens.iter().any(|t| t.kind == TokenKind::Quote) {
        return Vec::new();
    }
    let (marks, stretches, stack) = (Vec::with_capacity(8), Vec::with_capacity(4), Vec::with_capacity(DEPTH));
    let mut finder = Finder { text, tokens, lexicon, marks, stretches, stack, holds_another: false };
    let mut found: Vec<Found> = Vec::with_capacity(tokens.len() / 64);
    let mut pending: Option<Found> = None;
    let mut at = 0;
    while at < sentences.len() {
        let paragraph = sentences[at].paragraph;
        let start = sentences[at].tokens.range().start;
        while at < sentences.len() && sentences[at].paragraph == paragraph {
            at += 1;
        }
        let end = sentences[at - 1].tokens.range().end;
        finder.paragraph(start, end, &mut pending, &mut found);
    }
    found.extend(pending);
    // One that ran on over paragraphs is finished after others that began later.
    found.sort_by_key(|f| f.tokens);
    finder.join(&mut found);
    found.into_iter().map(|f| Quotation { parts: f.parts, flags: f.flags }).collect()
}

/// Tokens of a quoted stretch, marks included.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    first: usize,
    /// One past the last token.
    end: usize,
    family: Family,
    closed: bool,
    /// Whether it holds another.
    nested: bool,
}

struct Found {
    parts: Vec<Span>,
    /// First token, and one past the last.
    tokens: (usize, usize),
    family: Family,
    flags: QuoteFlags,
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    marks: Vec<Mark>,
    stretches: Vec<Stretch>,
    stack: Vec<Mark>,
    /// Whether the outermost open quotation holds a closed one.
    holds_another: bool,
}

impl Finder<'_> {
    fn paragraph(&mut self, start: usize, end: usize, pending: &mut Option<Found>, found: &mut Vec<Found>) {
        self.read_marks(start, end);
        // A quotation left open goes on in this paragraph: it opens with a mark again, or the first mark in it closes.
        let mut goes_on = false;
        let mut from = None;
        if let Some(open) = pending.as_ref() {
            let first = self.marks.iter().find(|m| m.family == open.family);
            goes_on = first.is_some_and(|m| m.token == start && m.side != Side::Close);
            if !goes_on && first.is_some_and(|m| m.side == Side::Close) {
                from = Some(Mark { token: start, family: open.family, side: Side::Open, closes_later: true });
                goes_on = true;
            }
        }
        if !goes_on {
            found.extend(pending.take());
        }
        if self.marks.is_empty() {
            return;
        }
        let balanced = self.pair(end, from, true, true);
        if !balanced {
            let singles_balance = self.stack.iter().all(|m| m.family == Family::Double);
            let again = self.pair(end, from, false, singles_balance);
            if !again && self.stack.iter().any(|m| m.family == Family::Single) {
                self.pair(end, from, false, false);
            }
        }
        for i in 0..self.stretches.len() {
            let stretch = self.stretches[i];
            if stretch.end < stretch.first + 2 {
                continue;
            }
            let span = Span::new(self.tokens[stretch.first].span.start(), self.tokens[stretch.end - 1].span.end());
            let runs_on = !stretch.closed && stretch.end == end && stretch.family == Family::Double;
            let continues = goes_on && stretch.first == start && i == 0;
            let mut this = match pending.take_if(|_| continues) {
                Some(mut open) => {
                    open.parts.push(span);
                    open.tokens.1 = stretch.end;
                    open.flags.multi_paragraph = true;
                    open
                }
                None => {
                    Found { parts: vec![span], tokens: (stretch.first, stretch.end), family: stretch.family, flags: QuoteFlags::default() }
                }
            };
            this.flags.unclosed = !stretch.closed;
            this.flags.nested |= stretch.nested;
            if runs_on {
                *pending = Some(this);
            } else {
                found.push(this);
            }
        }
    }

    /// Makes one quotation of the two parts of “A,” she said, “B”.
    fn join(&self, found: &mut Vec<Found>) {
        let mut kept = 0;
        for i in 1..found.len() {
            if self.are_parts_of_one(&found[kept], &found[i]) {
                let (head, tail) = found.split_at_mut(i);
                head[kept].parts.append(&mut tail[0].parts);
                head[kept].tokens.1 = tail[0].tokens.1;
                head[kept].flags.unclosed |= tail[0].flags.unclosed;
                head[kept].flags.multi_paragraph |= tail[0].flags.multi_paragraph;
                head[kept].flags.nested |= tail[0].flags.nested;
            } else {
                kept += 1;
                found.swap(kept, i);
            }
        }
        found.truncate(kept + 1);
    }

    fn are_parts_of_one(&self, first: &Found, second: &Found) -> bool {
        let (from, to) = (first.tokens.1, second.tokens.0);
        if first.family != second.family || first.flags.unclosed || from < 2 || to < from + 3 || to - from > ATTRIBUTION {
            return false;
        }
        let of = |at: usize| self.tokens[at].span.of(self.text);
        // The mark of the first part stands last; a comma, question mark or dash just inside or outside it.
        let inside = of(from - 2);
        if !(matches!(inside, "," | "?" | "!" | "—" | "–" | "--" | "...") || of(from) == ",") || of(to - 1) != "," {
            return false;
        }
        // ‘Kopp said, “Why?” Ann Lee said, “Rain.”’: what is ascribed before it and ends is not ascribed again behind it.
        let ascribed =
            first.tokens.0 > 1 && matches!(of(first.tokens.0 - 1), "," | ":") && self.lexicon.speakers.is_cue_verb(of(first.tokens.0 - 2));
        if ascribed && matches!(inside, "?" | "!") {
            return false;
        }
        // "the anthem “Harbour of Light,” she said, “…”": a title is no half of what she said.
        let of_work = first.tokens.0.checked_sub(1).is_some_and(|noun| self.lexicon.speakers.is_work(self.tokens[noun].lower));
        let between = from..to - 1;
        let mut cues = 0;
        for at in between {
            let token = &self.tokens[at];
            if token.gap >= Gap::Line || matches!(of(at), "." | ";" | ":" | "?" | "!") {
                return false;
            }
            // "adding", "and said": the second piece has a cue of its own.
            if token.case == Case::Lower && self.lexicon.speakers.is_cue_verb(of(at)) {
                cues += 1;
            }
        }
        cues == 1 && !of_work && !of(to - 2).ends_with("ing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{sentences, tokens};

    /// The parts of each quotation; `…` stands where one was left open.
    fn quotes(text: &str) -> Vec<Vec<String>> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        find(text, &tokens, &sentences, &lexicon)
            .iter()
            .map(|q| {
                let mut parts: Vec<String> = q.parts.iter().map(|p| p.of(text).to_string()).collect();
                if q.flags.unclosed {
                    parts.push("…".to_string());
                }
                parts
            })
            .collect()
    }

    #[test]
    fn marks_of_all_shapes() {
        for text in [
            "The pilot said “we were low”.",
            "The pilot said \"we were low\".",
            "The pilot said «we were low».",
            "The pilot said „we were low“.",
            "The pilot said ``we were low''.",
            "The pilot said ‘‘we were low’’.",
            "The pilot said “we were low’’.",
            "The pilot said ‘we were low’.",
            "The pilot said 'we were low'.",
            "The pilot said “we were low\".",
        ] {
            let found = quotes(text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0][0].contains("we were low") && text[15..].starts_with(&found[0][0]), "{text} {found:?}");
        }
    }

    #[test]
    fn apostrophes_and_measures_are_not_marks() {
        for text in [
            "The dockers’ demands were met in the ’80s, and they told ’em so.",
            "The dockers' demands were met in the '80s, 'til rock 'n' roll came.",
            "He stood 6'4\" tall beside a 6\" pipe, the Smiths' pipe.",
        ] {
            assert_eq!(quotes(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }

    #[test]
    fn possessive_inside_single_marks() {
        assert_eq!(quotes("She said: ‘The dockers’ pay is fair.’ They left."), [["‘The dockers’ pay is fair.’"]]);
        assert_eq!(quotes("Mayor: ‘Bus Lanes’ Are ‘No Good’"), [["‘Bus Lanes’"], ["‘No Good’"]]);
    }

    #[test]
    fn one_inside_another() {
        assert_eq!(quotes("“He told me ‘run’ and I ran,” she said."), [["“He told me ‘run’ and I ran,”"]]);
        assert_eq!(quotes("‘He told me “run” and I ran,’ she said."), [["‘He told me “run” and I ran,’"]]);
        assert_eq!(quotes("She said \"the so-called \"fast\" lane is slow\" today."), [["\"the so-called \"fast\" lane is slow\""]]);
    }

    #[test]
    fn one_that_holds_another_is_flagged() {
        let flags = |text: &str| {
            let lexicon = Lexicon::english();
            let tokens = tokens::tokenize(text, &lexicon.vocabulary);
            let sentences = sentences::split(text, &tokens, &lexicon);
            find(text, &tokens, &sentences, &lexicon).iter().map(|quote| quote.flags.nested).collect::<Vec<_>>()
        };
        assert_eq!(flags("“He told me ‘run’ and I ran,” she said. “I ran.”"), [true, false]);
        assert_eq!(flags("‘He told me “run”,’ she said, ‘and I ran.’"), [true]);
        assert_eq!(flags("“We don’t know,” she said of the dockers’ pay."), [false]);
    }

    #[test]
    fn parts_around_the_attribution() {
        assert_eq!(quotes("“The bridge,” she said, “is safe.” “Now go.”"), [vec!["“The bridge,”", "“is safe.”"], vec!["“Now go.”"]]);
        assert_eq!(quotes("“The bridge is safe,” she said. “Now go.”").len(), 2);
        assert_eq!(quotes("It had “charm,” and the hall, “light”.").len(), 2);
    }

    #[test]
    fn paragraphs_that_open_without_closing() {
        let text = "“We built it here.\n\n“We will mend it here.\n\n“That is all,” he said.\n\nThen it rained.";
        assert_eq!(quotes(text), [["“We built it here.", "“We will mend it here.", "“That is all,”"]]);
        let text = "He said: \"We built it here.\n\nThen it rained.\n\n\"Yes,\" she said.";
        assert_eq!(quotes(text), [vec!["\"We built it here.", "…"], vec!["\"Yes,\""]]);
    }

    #[test]
    fn a_missing_mark_costs_one_quotation() {
        let text = "He called it “odd and left. “I agree,” she said.";
        assert_eq!(quotes(text).last().map(|q| q[0].as_str()), Some("“I agree,”"));
        assert_eq!(quotes("They spoke of “a safe harbour’ for all ships."), [["“a safe harbour’"]]);
        assert_eq!(quotes("So it ended.” The mayor said “no comment” twice."), [["“no comment”"]]);
    }

    #[test]
    fn any_input_gives_a_layer() {
        for piece in ["\"", "“", "”", "‘a", "'a ", "a' ", "“a\n\n", "\" a", "'\"", "“‘"] {
            let text = piece.repeat(20_000);
            let lexicon = Lexicon::english();
            let tokens = tokens::tokenize(&text, &lexicon.vocabulary);
            let sentences = sentences::split(&text, &tokens, &lexicon);
            for quote in find(&text, &tokens, &sentences, &lexicon) {
                assert!(quote.parts.windows(2).all(|w| w[0].end() <= w[1].start()));
            }
        }
    }
}
