//! Text in, tokens out: words, numbers, marks, addresses, in one pass over the bytes.
//!
//! ASCII, which is nearly all of English news, goes by a table of byte classes; Latin, Greek and Cyrillic letters with or without
//! combining marks join the same scan; other scripts are divided by UAX #29 word boundaries (`unicode-segmentation`). Three
//! departures from UAX #29, each because a later layer needs it: clitics (`’s`) stand apart, addresses (URLs, e-mail, domains,
//! hashtags) stay whole, and acronyms keep their points (`U.S.`).

mod address;
mod case;
mod plain_word;

use super::lexicon::{AsciiHash, NOT_NUMBERED, Vocabulary, word_hash};
use super::quotes::is_quotation_mark;
use crate::document::{Case, Gap, Token, TokenKind};
use crate::span::Span;
use case::Letters;
use unicode_segmentation::UnicodeSegmentation;

/// Divides `text` into tokens. They cover everything but white space and characters without width, in order. The vocabulary is that of
/// the lexicon which they will be read with.
#[must_use]
pub fn tokenize(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    divide(text, |word| vocabulary.number_of(word))
}

/// Divides an entry of a list into tokens, of which no list will be asked.
#[must_use]
pub(crate) fn tokenize_entry(entry: &str) -> Vec<Token> {
    divide(entry, |_| NOT_NUMBERED)
}

/// The tokens of a text; `number_of` tells the number of a word by its hash. Inlined: the slots of the vocabulary come from far, while
/// the next word is read.
#[inline(always)]
fn divide(text: &str, number_of: impl Fn(u64) -> u16) -> Vec<Token> {
    let mut scan = Scan { text, bytes: text.as_bytes(), at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 4 + 8);
    loop {
        let gap = scan.skip_white_space();
        if scan.at == scan.bytes.len() {
            return tokens;
        }
        let start = scan.at;
        if let Some((case, lower)) = scan.plain_word() {
            let (kind, listed) = (TokenKind::Word, number_of(lower));
            tokens.push(Token { span: Span::new(start, scan.at), kind, case, gap, lower, listed, is_plain: true });
            continue;
        }
        if let Some((kind, lower)) = scan.lone_mark() {
            let listed = number_of(lower);
            tokens.push(Token { span: Span::new(start, scan.at), kind, case: Case::None, gap, lower, listed, is_plain: false });
            continue;
        }
        let (kind, case) = scan.apart(Scan::token);
        debug_assert!(scan.at > start);
        let printed = &text[start..scan.at];
        let is_plain = kind == TokenKind::Word && printed.bytes().all(|byte| byte.is_ascii_alphabetic());
        let lower = word_hash(printed);
        tokens.push(Token { span: Span::new(start, scan.at), kind, case, gap, lower, listed: number_of(lower), is_plain });
    }
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Takes a step in a scan of its own, that the place of this one need not be in memory.
    #[inline]
    fn apart<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        let mut apart = Self { ..*self };
        let taken = step(&mut apart);
        self.at = apart.at;
        taken
    }

    /// The byte `ahead` of the scan, 0 past the end.
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The character at byte `at`.
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            None => None,
            Some(&b) if b < 0x80 => Some(b as char),
            Some(_) => self.text[at..].chars().next(),
        }
    }

    /// Moves past white space and characters without width.
    #[inline]
    fn skip_white_space(&mut self) -> Gap {
        if self.byte(0).is_ascii_graphic() {
            return Gap::None;
        }
        if self.byte(0) == b' ' && self.byte(1).is_ascii_graphic() {
            self.at += 1;
            return Gap::Space;
        }
        self.apart(Scan::skip_any_white_space)
    }

    #[inline(never)]
    fn skip_any_white_space(&mut self) -> Gap {
        let mut lines = 0;
        let start = self.at;
        loop {
            match self.byte(0) {
                b'\n' => lines += 1,
                b'\r' => lines += u32::from(self.byte(1) != b'\n'),
                0 if self.at >= self.bytes.len() => break,
                // Control characters have no width.
                ..=b' ' | 0x7F => {}
                0xC2.. => {
                    let Some(c) = self.char_at(self.at) else { break };
                    match c {
                        '\u{2028}' | '\u{85}' => lines += 1,
                        '\u{2029}' => lines += 2,
                        _ if c.is_whitespace() || is_without_width(c) => {}
                        _ => break,
                    }
                    self.at += c.len_utf8() - 1;
                }
                _ => break,
            }
            self.at += 1;
        }
        match lines {
            0 if self.at == start => Gap::None,
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Blank,
        }
    }

    /// Moves past the mark here, if it is a usual one that is not doubled: [`Scan::token`] would read no more. Gives its hash too.
    #[inline]
    fn lone_mark(&mut self) -> Option<(TokenKind, u64)> {
        let mark = self.byte(0);
        let kind = match mark {
            b',' | b';' | b':' | b'.' | b'!' | b'?' | b'-' | b'/' | b'(' | b')' | b'[' | b']' => TokenKind::Punctuation,
            b'"' => TokenKind::Quote,
            b'$' | b'%' | b'&' => TokenKind::Symbol,
            _ => return None,
        };
        if self.byte(1) == mark {
            return None;
        }
        self.at += 1;
        let mut hash = AsciiHash::default();
        hash.add(mark);
        Some((kind, hash.finish()))
    }

    /// Moves past one token of any sort.
    #[inline(never)]
    fn token(&mut self) -> (TokenKind, Case) {
        match self.byte(0) {
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b'0'..=b'9' => self.number(),
            b'"' => self.mark(1, TokenKind::Quote),
            quote @ (b'\'' | b'`') => {
                if let Some(length) = self.clitic_length() {
                    return self.mark(length, TokenKind::Clitic);
                }
                let doubled = self.byte(1) == quote;
                self.mark(1 + usize::from(doubled), TokenKind::Quote)
            }
            mark @ (b'.' | b'-' | b'!' | b'?' | b'*' | b'_' | b'=') => {
                let length = self.bytes[self.at..].iter().take_while(|&&b| b == mark).count();
                self.mark(length, if mark == b'=' { TokenKind::Symbol } else { TokenKind::Punctuation })
            }
            b'@' | b'#' if self.byte(1).is_ascii_alphabetic() || self.byte(1) == b'_' => {
                let rest = &self.text[self.at + 1..];
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                self.mark(1 + end.unwrap_or(rest.len()), TokenKind::Address)
            }
            b'$' | b'%' | b'+' | b'<' | b'>' | b'^' | b'|' | b'~' | b'&' | b'@' | b'#' => self.mark(1, TokenKind::Symbol),
            b if b < 0x80 => self.mark(1, TokenKind::Punctuation),
            _ => self.beyond_ascii(),
        }
    }

    /// Length of a single quotation mark, or of two that make a double one: "‘‘We go,’’ she said".
    fn doubled(&self, mark: char) -> usize {
        let length = mark.len_utf8();
        if self.char_at(self.at + length) == Some(mark) { 2 * length } else { length }
    }

    fn mark(&mut self, length: usize, kind: TokenKind) -> (TokenKind, Case) {
        self.at += length;
        (kind, Case::None)
    }

    fn beyond_ascii(&mut self) -> (TokenKind, Case) {
        let Some(c) = self.char_at(self.at) else { return self.mark(1, TokenKind::Symbol) };
        match c {
            '’' => match self.clitic_length() {
                Some(length) => self.mark(length, TokenKind::Clitic),
                None => self.mark(self.doubled(c), TokenKind::Quote),
            },
            '‘' => self.mark(self.doubled(c), TokenKind::Quote),
            _ if is_quotation_mark(c) => self.mark(c.len_utf8(), TokenKind::Quote),
            '…' => self.mark(c.len_utf8(), TokenKind::Punctuation),
            // The tables of Unicode are slow to tell that dashes are no letters.
            '\u{2010}'..='\u{205E}' => self.cluster(c),
            _ if is_letter_of_other_script(c) => self.word_of_other_script(c),
            _ if c.is_numeric() => self.number(),
            _ if joins_ascii_scan(c) && c.is_alphabetic() => self.word(),
            _ if c.is_alphanumeric() => self.word_of_other_script(c),
            _ => self.cluster(c),
        }
    }

    fn word_of_other_script(&mut self, c: char) -> (TokenKind, Case) {
        let word = self.text[self.at..].split_word_bounds().next().map_or(c.len_utf8(), str::len);
        self.mark(word, TokenKind::Word)
    }

    /// Moves past an emoji with its modifiers, a letterlike mark with its accents: one token.
    fn cluster(&mut self, c: char) -> (TokenKind, Case) {
        let cluster = self.text[self.at..].graphemes(true).next().map_or(c.len_utf8(), str::len);
        self.mark(cluster, if is_punctuation(c) { TokenKind::Punctuation } else { TokenKind::Symbol })
    }

    /// Moves past a word that starts with a letter.
    fn word(&mut self) -> (TokenKind, Case) {
        let start = self.at;
        let mut letters = Letters::default();
        // Letters since the last point: one letter between points makes an acronym.
        let mut since_point = 0;
        let mut points = 0;
        loop {
            let b = self.byte(0);
            if b.is_ascii_alphanumeric() {
                letters.add_ascii(b);
                since_point += 1;
                self.at += 1;
            } else if b >= 0x80 {
                let Some(c) = self.char_at(self.at) else { break };
                if c == '’' {
                    if !self.apostrophe_is_inside(c.len_utf8()) {
                        break;
                    }
                    self.at += c.len_utf8();
                } else if c == '°' && self.bytes[start..self.at].eq_ignore_ascii_case(b"n") {
                    self.at += c.len_utf8(); // "N°"
                    break;
                } else if joins_ascii_scan(c) && c.is_alphanumeric() || is_combining(c) || c == '\u{AD}' {
                    letters.add(c);
                    since_point += 1;
                    self.at += c.len_utf8();
                } else {
                    break;
                }
            } else if b == b'\'' {
                if !self.apostrophe_is_inside(1) {
                    break;
                }
                self.at += 1;
            } else if b == b'_' && self.byte(1).is_ascii_alphanumeric() {
                self.at += 1;
            } else if b == b'.' && points == 0 && letters.count == 2 && letters.first_is_upper && self.degree_goes_on() {
                // "Ph.D.", "LL.M."
                letters.add_ascii(self.byte(1));
                self.at += 3;
                break;
            } else if b == b'.' && since_point == 1 && points + 1 == letters.count && self.acronym_goes_on(points) {
                points += 1;
                since_point = 0;
                self.at += 1;
                if !self.byte(0).is_ascii_alphabetic() || self.byte(1).is_ascii_alphabetic() {
                    break; // the closing point of "U.S."; what touches it ("U.S.based") is another word
                }
            } else {
                break;
            }
        }
        if matches!(self.byte(0), b'.' | b':' | b'@' | b'-' | b'+')
            && let Some(end) = self.address_end(start)
        {
            self.at = end;
            return (TokenKind::Address, letters.case());
        }
        (TokenKind::Word, letters.case())
    }

    /// Whether the point here belongs to an acronym: "U.S", and at its end "U.S.".
    fn acronym_goes_on(&self, points: usize) -> bool {
        let letter_follows = self.byte(1).is_ascii_alphabetic() && !self.byte(2).is_ascii_alphanumeric();
        letter_follows && self.byte(2) == b'.' || points > 0 || letter_follows && self.byte(2) != b'\''
    }

    /// Whether the point here stands in a degree: a single capital and a point follow, and nothing touches them.
    fn degree_goes_on(&self) -> bool {
        self.byte(1).is_ascii_uppercase() && self.byte(2) == b'.' && !self.byte(3).is_ascii_alphanumeric()
    }

    /// Whether an apostrophe of `length` bytes is part of the word: a letter follows and no clitic starts here.
    fn apostrophe_is_inside(&self, length: usize) -> bool {
        self.char_at(self.at + length).is_some_and(char::is_alphabetic) && self.clitic_length().is_none()
    }

    /// Length in bytes of the clitic that starts with the apostrophe here.
    fn clitic_length(&self) -> Option<usize> {
        let touches_word =
            self.at > 0 && self.text[..self.at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.' || c == ')');
        if !touches_word {
            return None;
        }
        // A grave accent stands for an apostrophe too.
        let apostrophe = if self.byte(0) < 0x80 { 1 } else { '’'.len_utf8() };
        let rest = &self.bytes[self.at + apostrophe..];
        let letters = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let known = matches!(&rest[..letters], b"s" | b"S" | b"d" | b"D" | b"m" | b"M" | b"re" | b"RE" | b"ve" | b"VE" | b"ll" | b"LL");
        let ends = self.char_at(self.at + apostrophe + letters).is_none_or(|c| !c.is_alphanumeric() && c != '’' && c != '\'');
        (known && ends).then_some(apostrophe + letters)
    }

    /// Moves past a number with the letters that touch it.
    fn number(&mut self) -> (TokenKind, Case) {
        let start = self.at;
        let mut letters = Letters::default();
        let mut seen_letter = false;
        loop {
            let b = self.byte(0);
            if b.is_ascii_digit() {
                self.at += 1;
            } else if b.is_ascii_alphabetic() {
                letters.add_ascii(b);
                seen_letter = true;
                self.at += 1;
            } else if !seen_letter && (b == b'.' && self.byte(1).is_ascii_digit() || b == b',' && self.comma_groups()) {
                self.at += 1;
            } else if b >= 0x80 {
                let Some(c) = self.char_at(self.at) else { break };
                if !(c.is_numeric() || joins_ascii_scan(c) && c.is_alphabetic()) {
                    break;
                }
                if c.is_alphabetic() {
                    letters.add(c);
                    seen_letter = true;
                }
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        if matches!(self.byte(0), b'.' | b'@')
            && self.byte(1).is_ascii_alphanumeric()
            && let Some(end) = self.address_end(start)
        {
            self.at = end;
            return (TokenKind::Address, letters.case());
        }
        (TokenKind::Number, letters.case())
    }

    /// Whether the comma here groups digits: two (lakhs) or three follow, not more.
    fn comma_groups(&self) -> bool {
        let digits = self.bytes[self.at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        digits == 2 || digits == 3
    }
}

/// Scripts whose words are runs of letters: Latin, Greek, Cyrillic, Armenian. The rest goes by UAX #29.
fn joins_ascii_scan(c: char) -> bool {
    c < '\u{590}'
        || matches!(c, '\u{1E00}'..='\u{1FFF}' | '\u{2070}'..='\u{209C}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FB06}')
}

/// Whether the character is a letter of one of the scripts that are read most of those not joined to the scan. The tables of Unicode
/// tell the same, slowly.
fn is_letter_of_other_script(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{904}'..='\u{939}' | '\u{E01}'..='\u{E30}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

fn is_without_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' | '\u{80}'..='\u{9F}')
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '¡' | '¿' | '§' | '¶' | '·' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2E00}'..='\u{2E5D}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize_entry(text).iter().map(|t| t.span.of(text)).collect()
    }

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokenize_entry(text).iter().map(|t| t.kind).collect()
    }

    #[test]
    fn a_handle_ends_at_a_space_of_any_kind() {
        let text = "See @CNN\u{a0}and #Hafenöl\u{2003}now";
        let words: Vec<&str> = tokenize_entry(text).iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words, ["See", "@CNN", "and", "#Hafenöl", "now"]);
    }

    #[test]
    fn clitics_stand_apart_and_inner_apostrophes_do_not() {
        assert_eq!(
            words("Microsoft’s plan, O'Brien's view: they're rock’n’roll, don't"),
            ["Microsoft", "’s", "plan", ",", "O'Brien", "'s", "view", ":", "they", "'re", "rock’n’roll", ",", "don't"]
        );
    }

    #[test]
    fn numbers_keep_groups_decimals_and_touching_letters() {
        assert_eq!(
            words("1,400 TB, $1.2bn; 5-10% in 2012-13, 20th 3½ 1,2 210kWh."),
            [
                "1,400", "TB", ",", "$", "1.2bn", ";", "5", "-", "10", "%", "in", "2012", "-", "13", ",", "20th", "3½", "1", ",", "2",
                "210kWh", "."
            ]
        );
    }

    #[test]
    fn a_grave_accent_may_end_a_word() {
        assert_eq!(words("a`"), ["a", "`"]);
        assert_eq!(words("Oduya`s"), ["Oduya", "`s"]);
    }

    #[test]
    fn acronyms_keep_their_points() {
        assert_eq!(
            words("a Ph.D. in the U.S. Senate, U.S.based, J. Smith, J.K. Rowling at 5 a.m. in D.C."),
            [
                "a", "Ph.D.", "in", "the", "U.S.", "Senate", ",", "U.S.", "based", ",", "J", ".", "Smith", ",", "J.K.", "Rowling", "at",
                "5", "a.m.", "in", "D.C."
            ]
        );
    }

    #[test]
    fn addresses_stay_whole_and_glued_sentences_do_not() {
        let text = "See https://ex.org/a?b=1. Mail Jane.Doe@example.com, visit example.com/x or @kopp #news; a pattern.This is new";
        let found: Vec<&str> = tokenize_entry(text).iter().filter(|t| t.kind == TokenKind::Address).map(|t| t.span.of(text)).collect();
        assert_eq!(found, ["https://ex.org/a?b=1", "Jane.Doe@example.com", "example.com/x", "@kopp", "#news"]);
        assert!(words(text).windows(3).any(|w| w == ["pattern", ".", "This"]));
    }

    #[test]
    fn marks_emoji_and_other_scripts() {
        assert_eq!(
            words("“Yes…” — wait... 👍🏽 北京 Zoe\u{308} non‑stop"),
            ["“", "Yes", "…", "”", "—", "wait", "...", "👍🏽", "北", "京", "Zoe\u{308}", "non", "‑", "stop"]
        );
        assert_eq!(kinds("\"A\" 'b' ``c''")[0], TokenKind::Quote);
        assert_eq!(words("``c''"), ["``", "c", "''"]);
    }

    #[test]
    fn letters_of_other_scripts_are_no_digits() {
        let mut letters = ('\u{80}'..=char::MAX).filter(|&c| is_letter_of_other_script(c));
        assert!(letters.all(|c| c.is_alphabetic() && !c.is_numeric() && !joins_ascii_scan(c) && !is_quotation_mark(c)));
    }

    #[test]
    fn case_and_gap() {
        let tokens = tokenize_entry("Kopp ICE iPhone\nthe A\r\n\r\nU.S. 7");
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases, [Case::Initial, Case::Upper, Case::Mixed, Case::Lower, Case::Initial, Case::Upper, Case::None]);
        let gaps: Vec<Gap> = tokens.iter().map(|t| t.gap).collect();
        assert_eq!(gaps, [Gap::None, Gap::Space, Gap::Space, Gap::Line, Gap::Space, Gap::Blank, Gap::Space]);
    }

    /// UAX #29 as the oracle: on plain text the words are the same.
    #[test]
    fn words_agree_with_uax29_on_plain_text() {
        let text = "The mayor of Tromsø said 1,400 people — half of them children — had left by 10.30 on Tuesday; “we wait”, she added.";
        let ours: Vec<&str> = tokenize_entry(text).iter().filter(|t| t.kind.is_word()).map(|t| t.span.of(text)).collect();
        assert_eq!(ours, text.unicode_words().collect::<Vec<_>>());
    }
}
