//! Figures: every number of the text with its value, unit and meaning, and every date.
//!
//! One pass over the tokens. A token that can open a figure (a digit, a currency sign, a word of the tables) goes to the parsers,
//! which look a few tokens ahead: `number` reads the number, `amount` its currency or `unit`, `range` joins two amounts,
//! `date` reads dates and periods, and `context` asks the words around for exactness, trend and what is counted. Every parser is
//! bounded in how far it looks, so the time is linear in the text.
//!
//! Values are exact decimals (`decimal`) until they are written. The vocabulary of kinds and fields is that of the record.

mod amount;
mod amount_tail;
mod build;
mod build_after;
mod build_article;
mod build_joint;
mod build_words;
mod calendar;
mod classes;
mod codes;
mod context;
mod country_money;
mod date;
mod date_clock;
mod date_digits;
mod date_holiday;
mod date_joint;
mod date_month;
mod date_part;
mod date_period;
mod date_relative;
mod date_year;
mod decimal;
mod describe;
mod entries;
mod items;
mod money;
mod named;
mod number;
mod number_parts;
mod number_powers;
mod number_words;
mod phrases;
mod range;
mod readings;
mod scan;
mod subject;
mod subject_path;
mod unit;
mod words;
mod words_load;

pub use subject::tie;
pub use words::FigureLexicon;

use crate::annotate::lexicon::Lexicon;
use crate::document::{Case, Figure, Sentence, Token, TokenKind};
use build::Builder;
use scan::Scan;

/// Figures of an article that are kept. No news has a thousandth of them; a megabyte of nothing but numbers has half a million, and each
/// takes a kilobyte in its record.
pub const MOST: usize = 100_000;

/// The figures of the text, in order, not overlapping; no more are looked for when there are more than [`MOST`]. `date` is the day of
/// publication, `YYYY-MM-DD`.
#[must_use]
pub fn find(text: &str, tokens: &[Token], sentences: &[Sentence], lexicon: &Lexicon, date: Option<&str>) -> Vec<Figure> {
    let today = date.and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let scan = Scan { text, tokens, lexicon: &lexicon.figures, today };
    let mut builder = Builder::new(&scan);
    let mut sentence = 0;
    let mut i = 0;
    while let Some(next) = tokens.get(i..).and_then(|rest| rest.iter().position(|token| may_open(&scan, token))) {
        if builder.figures.len() > MOST {
            break;
        }
        i += next;
        while sentence + 1 < sentences.len() && sentences[sentence].tokens.end as usize <= i {
            sentence += 1;
        }
        i = builder.read(i, sentence).max(i + 1);
    }
    builder.figures
}

/// Whether a figure can start at a token: the question asked of every token, so it must be cheap.
#[inline]
fn may_open(scan: &Scan, token: &Token) -> bool {
    let opens = || *scan.lexicon.openers.of(token.listed);
    if token.is_plain {
        return opens();
    }
    if matches!(token.kind, TokenKind::Clitic | TokenKind::Quote | TokenKind::Punctuation) {
        return false;
    }
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word if opens() => true,
        TokenKind::Word => {
            let bytes = token.span.of(scan.text).as_bytes();
            (token.case != Case::Lower || bytes.len() == 2 && bytes[0] == b'q')
                && (2..=16).contains(&bytes.len())
                && bytes[1..bytes.len().min(4)].iter().any(u8::is_ascii_digit)
        }
        TokenKind::Address => {
            let bytes = &scan.text.as_bytes()[token.span.range()];
            bytes.len() > 3 && bytes.len() < 24 && bytes[0].is_ascii_uppercase() && (bytes[2].is_ascii_digit() || bytes[3].is_ascii_digit())
        }
        TokenKind::Symbol => scan.lexicon.sign(token.span.of(scan.text)).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
