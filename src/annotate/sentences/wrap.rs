//! Hard-wrapped text: at what width, and which of its line breaks are spaces.

use super::Splitter;
use super::lines::Marker;
use crate::document::{Gap, Token};

/// Longest line of hard-wrapped text.
const WIDEST: usize = 100;
/// Shortest width of wrapped text: shorter lines are verse, lists or captions.
const NARROWEST: usize = 45;
/// Fewer breaks say nothing.
const FEWEST: usize = 3;

/// A line that a single line break ends, and the next line's first word, in characters.
#[derive(Clone, Copy)]
struct Break {
    line: usize,
    /// Up to the next white space: what goes to the next line together, "(well-known" as well as "word".
    word: usize,
    /// The line is one word, such as an address: it may be longer than the width, for it cannot be broken.
    one_word: bool,
}

impl Break {
    fn new(text: &str, line: &str, next: Token) -> Self {
        let one_word = !line.contains(char::is_whitespace);
        let word = text[next.span.start()..].chars().take(WIDEST).take_while(|c| !c.is_whitespace()).count();
        let line = if line.is_ascii() { line.len().min(WIDEST + 1) } else { line.chars().take(WIDEST + 1).count() };
        Self { line, word, one_word }
    }

    /// Whether the next word would not have fitted on the line. The true width is unknown and at least that of the longest line; two
    /// characters of grace allow for a mark that went with the word.
    fn is_wrap(self, width: usize) -> bool {
        (self.line <= WIDEST || self.one_word) && self.line + 1 + self.word + 2 >= width
    }
}

/// The width at which the text is hard-wrapped, if it is: at nearly every line break inside a block, the next word would not have
/// fitted on the line before. `lines` are the tokens that begin one.
pub(super) fn width(text: &str, tokens: &[Token], lines: &[usize]) -> Option<usize> {
    let mut breaks = Vec::new();
    let mut line_start = 0;
    for &next in lines.iter().filter(|&&next| next > 0) {
        if tokens[next].gap == Gap::Line {
            let line = tokens[line_start].span.start()..tokens[next - 1].span.end();
            breaks.push(Break::new(text, &text[line], tokens[next]));
        }
        line_start = next;
    }
    breaks.retain(|line| !line.one_word);
    if breaks.len() < FEWEST {
        return None;
    }
    let width = breaks.iter().map(|line| line.line).filter(|&line| line <= WIDEST).max()?;
    let wrapped = breaks.iter().filter(|line| line.is_wrap(width)).count();
    (width >= NARROWEST && wrapped * 10 >= breaks.len() * 7).then_some(width)
}

impl Splitter<'_> {
    /// The tokens, with a space in place of each line break that wrapping at `width` made.
    pub(super) fn without_wraps(&self, width: usize) -> Vec<Token> {
        let mut joined = self.tokens.to_vec();
        let mut line_start = 0;
        for next in 1..joined.len() {
            if joined[next].gap < Gap::Line {
                continue;
            }
            let line = &self.text[joined[line_start].span.start()..joined[next - 1].span.end()];
            if joined[next].gap == Gap::Line && Break::new(self.text, line, joined[next]).is_wrap(width) && !self.is_bullet(next) {
                joined[next].gap = Gap::Space;
            }
            line_start = next;
        }
        joined
    }

    /// Whether a bullet begins at `at`; a dash is one after a stop only. Numbers are none here: "on November", "11. The board".
    fn is_bullet(&self, at: usize) -> bool {
        let stops = || matches!(self.word(at - 1), "." | "!" | "?" | ":" | ";" | "…" | "...");
        self.list_marker(at).is_some_and(|marker| matches!(marker.kind, Marker::Bullet)) && (!self.is_dash(at) || stops())
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::{sentences, tokens};

    fn sentences(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let found = sentences::split(text, &tokens, &lexicon);
        found.iter().map(|sentence| sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn wrapped_text_has_the_sentences_of_its_paragraphs() {
        let wrapped = "The harbour board of Orm said that the quay would be shut on Sept.\n\
            12. Boats should use the eastern basin for as long as the works last,\n\
            which is told in full at\n\
            https://orm.example/harbour/notices/2026/closure-of-the-old-quay-and-the-sheds-on-it.html\n\
            and in the harbour office. Fishermen were told to expect delays at\n\
            the fuel dock.";
        assert_eq!(sentences(wrapped), sentences(&wrapped.replace('\n', " ")));
        assert_eq!(sentences(wrapped).len(), 3);
    }

    #[test]
    fn short_lines_and_bullets_end_in_wrapped_text_too() {
        let wrapped = "The harbour board of Orm said on Tuesday that the quay would be shut\n\
            for repairs until the spring, that boats should use the eastern basin\n\
            for as long as the works last, and that these would pay for the works:\n\
            - the port\n\
            - the town of Orm, whose council voted on it in June against the wishes\n\
            of its mayor";
        let found = sentences(wrapped);
        assert_eq!(found[1], "- the port");
        assert!(found[2].starts_with("- the town") && found[2].ends_with("of its mayor"));
    }
}
