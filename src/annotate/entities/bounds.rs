//! The bounds of tagged names, mended where the words themselves tell better: titles and roles off the front, a given name that looks
//! like a title back on ("Don", "Dean"), the lower-case half of a hyphenated given name ("Geun-hye") on, two names in one parted.

use super::lexicon::{verb, word};
use super::names::{Form, FormHash, Names};
use super::titles::titles_before;
use super::view::View;
use crate::annotate::lexicon::{exact_hash, word_hash};
use crate::document::{Case, EntityKind, Mention, NameType, TokenKind};
use std::ops::Range;

/// The stretches of a person's mention that are one name each: one, or two when a headline's verb was taken for a name.
pub(super) fn people(view: &View, tokens: Range<usize>) -> [Option<Range<usize>>; 2] {
    let words = tokens.clone().filter(|&t| view.is_word(t)).count();
    if words > 2
        && let Some(second) = run_on(view, tokens.clone())
    {
        let dash = !view.is_word(second - 1);
        let end = second - usize::from(dash);
        let goes_on = view.word(tokens.end - 1);
        let last = view.word(end - 1);
        // After a dash one word is a place or a post. "Jane Roe Jane Ann RoeThe" is glued to what follows.
        let is_name = if dash { tokens.end - second > 1 } else { goes_on == last || !goes_on.starts_with(last) };
        return [Some(one(view, tokens.start..end)), is_name.then(|| one(view, second..tokens.end))];
    }
    if words > 3 {
        // "Jane Roe Calls John Doe": two names and a verb.
        let inner = tokens.start + 1..tokens.end - 1;
        if let Some(verb) = inner.clone().find(|&t| view.is(t, word::SAY | word::AUXILIARY) && !view.is(t, word::MODIFIER)) {
            return [Some(one(view, tokens.start..verb)), Some(one(view, verb + 1..tokens.end))];
        }
    }
    [Some(one(view, tokens)), None]
}

/// Whether an editor's brackets part the name `given` from `surname`, one word each: "[Jane] Roe", "(Gov. Jane) Roe", "Jane [Roe]".
pub(super) fn is_completed_by(view: &View, given: Range<usize>, surname: &Range<usize>, names: &mut Names) -> bool {
    const LONGEST: usize = 6;
    if given.len() != 1 || given.end + 1 != surname.start || !view.on_line(surname.start) {
        return false;
    }
    let opened_by = |open: &str| {
        let mut before = (given.start.saturating_sub(LONGEST)..given.start).rev();
        before.find(|&t| matches!(view.word(t), "[" | "]" | "(" | ")")).is_some_and(|t| view.word(t) == open)
    };
    let parts = match view.word(given.end) {
        "]" => opened_by("["),
        ")" => opened_by("("),
        "[" => view.word(surname.end) == "]" && surname.len() == 1,
        _ => false,
    };
    let form = names.form(view, surname.clone());
    parts && names.name(EntityKind::Person, view, surname.clone(), form).len() == 1
}

/// "D-Nev.", "(R-Texas)": whom an American lawmaker stands for.
pub(super) fn is_party_and_state(view: &View, tokens: Range<usize>) -> bool {
    let party = || matches!(view.word(tokens.start), "D" | "R" | "I") && view.word(tokens.start + 1) == "-";
    view.tokens[tokens.start].span.len() == 1
        && party()
        && view.touches_previous(tokens.start + 1)
        && tokens.start > 0
        && matches!(view.word(tokens.start - 1), "," | "(" | "[")
}

/// Whether a name that ends before token `end` can go on with the "Jr." at `suffix`, past a comma.
pub(super) fn is_before_suffix(view: &View, end: usize, suffix: usize) -> bool {
    view.on_line(suffix) && (end == suffix || end + 1 == suffix && view.is_comma(end))
}

/// The stretches of an organisation's mention that are one name each: two where it is told twice, as pages do ("Acme Sails Acme Sails").
fn twice(view: &View, tokens: Range<usize>) -> [Range<usize>; 2] {
    let half = tokens.start + tokens.len() / 2;
    let same = || (tokens.start..half).zip(half..tokens.end).all(|(first, second)| view.word(first) == view.word(second));
    // "Duran Duran" is one.
    let is_twice = tokens.len() > 3 && tokens.len().is_multiple_of(2) && same();
    if is_twice { [tokens.start..half, half..tokens.end] } else { [tokens.clone(), tokens.end..tokens.end] }
}

/// Where a second name begins that has run into the first: at a dash with spaces around it ("Jane Roe - John Doe"), and where a name is
/// told twice ("Jane Roe Jane Roe", a caption and a byline on a page).
fn run_on(view: &View, tokens: Range<usize>) -> Option<usize> {
    let apart = |t: usize| !view.touches_previous(t) && !view.touches_previous(t + 1);
    let dash = |t: &usize| matches!(view.word(*t), "-" | "–" | "—") && apart(*t);
    if let Some(dash) = (tokens.start + 1..tokens.end - 1).find(dash) {
        return Some(dash + 1);
    }
    let first = view.word(tokens.start);
    (tokens.start + 2..tokens.end - 1).find(|&t| view.is_word(t) && first.len() > 2 && view.word(t) == first && !view.touches_previous(t))
}

fn one(view: &View, mut tokens: Range<usize>) -> Range<usize> {
    let words = |range: Range<usize>| range.filter(|&t| view.is_word(t) && !view.is(t, word::SUFFIX)).count();
    if words(tokens.clone()) > 2 && view.lexicon.given_name(view.folded_hash(tokens.start)).is_none() {
        // "Tan" opens "Tan Sri", but is none by itself.
        let ends_title = |t: usize| view.is(t, word::TITLE) && titles_before(view, t + 1).start <= t;
        let title = |&t: &usize| (view.is(t, word::ROLE) || ends_title(t)) && words(t + 1..tokens.end) > 1;
        if let Some(title) = tokens.clone().rev().find(title) {
            tokens.start = title + 1;
            while tokens.start + 1 < tokens.end && !view.is_word(tokens.start) {
                tokens.start += 1;
            }
        }
    }
    // "Don Fowler" after a tagger that knows "Don" as a title.
    if tokens.start > 0 && view.on_line(tokens.start) && view.is(tokens.start - 1, word::TITLE_GIVEN) && view.capitalised(tokens.start - 1)
    {
        let titled = titles_before(view, tokens.start - 1).start < tokens.start - 1;
        if words(tokens.clone()) == 1 || titled {
            tokens.start -= 1;
        }
    }
    // "state Rep. Lance Roe" from the surname on.
    if tokens.start > 2 && follows_short_title(view, tokens.start - 1) && words(tokens.clone()) == 1 && view.on_line(tokens.start) {
        tokens.start -= 1;
    }
    // "Yasmin al-Tikriti", "Jorge dos Anjos" from the last part on.
    let mut start = tokens.start;
    while start > 0 && tokens.start - start < 6 && view.on_line(start) {
        let hyphen = view.touches_previous(start) && matches!(view.word(start - 1), "-" | "‑") && start > 1;
        let before = if hyphen { start - 2 } else { start - 1 };
        if !(view.is(before, word::PARTICLE) && view.lower(before)) {
            break;
        }
        start = before;
    }
    if start < tokens.start
        && start > 0
        && view.on_line(start)
        && view.capitalised(start - 1)
        && !view.is(start - 1, word::TITLE | word::ROLE)
    {
        let mut given = start - 1;
        while given > 0
            && start - given < 3
            && view.on_line(given)
            && view.capitalised(given - 1)
            && !view.is(given - 1, word::TITLE | word::ROLE | word::SUBORDINATOR)
        {
            given -= 1;
        }
        tokens.start = given;
    }
    // `Dale “Macca” Roe` taken for three, `Joe ‘the Hat’ Roe` for two.
    if let Some(surname) = after_nickname(view, tokens.clone()) {
        tokens.end = surname + 1;
    }
    // `Robert C. “Bobby” Roe` from the nickname on.
    let article = tokens.start > 2 && is_quote(view, tokens.start - 2) && view.word(tokens.start - 1).eq_ignore_ascii_case("the");
    if article && tokens.clone().any(|t| is_quote(view, t)) {
        tokens.start -= 1;
    }
    if tokens.start > 1 && is_quote(view, tokens.start - 1) && tokens.clone().any(|t| is_quote(view, t)) {
        let mut start = tokens.start - 1;
        while start > 0 && tokens.start - start < 5 && view.on_line(start) {
            // After an initial only: any other point ends a sentence.
            let point = view.is_stop(start - 1) && view.touches_previous(start - 1) && start > 1 && view.word(start - 2).len() < 3;
            if !(view.capitalised(start - 1) || point) || view.is(start - 1, word::TITLE) {
                break;
            }
            start -= 1;
        }
        if start < tokens.start - 1 {
            tokens.start = start;
        }
    }
    // "Ban Ki" + "-moon".
    let hyphen = tokens.end;
    if view.touches_previous(hyphen)
        && view.touches_previous(hyphen + 1)
        && matches!(view.word(hyphen), "-" | "‑")
        && words(tokens.clone()) > 1
    {
        let half = view.word(hyphen + 1);
        let joins = view.lower(hyphen + 1)
            && half.len() < 7
            && !half.ends_with("ed")
            && !half.ends_with("ing")
            && !view.is(hyphen + 1, word::AFTER_NAME);
        if joins {
            tokens.end += 2;
        }
    }
    tokens
}

/// Whether a capitalised word stands behind the point of a title: "Rep. Lance".
fn follows_short_title(view: &View, at: usize) -> bool {
    view.capitalised(at)
        && !view.is(at, word::ROLE)
        && titles_before(view, at + 1).start == at + 1
        && view.on_line(at)
        && view.word(at - 1) == "."
        && view.touches_previous(at - 1)
        && view.is(at - 2, word::TITLE)
        && view.capitalised(at - 2)
}

/// Most words of a nickname.
const NICKNAME: usize = 3;

/// The surname after a nickname in marks that follows a name or that its last words are.
fn after_nickname(view: &View, name: Range<usize>) -> Option<usize> {
    let open = (name.start..name.end + 1).find(|&t| is_quote(view, t))?;
    let close = (open + 2..open + 2 + NICKNAME).find(|&t| is_quote(view, t))?;
    let is_nickname = view.capitalised(close - 1)
        && (open + 1..close).all(|t| view.on_line(t) && (view.capitalised(t) || t == open + 1 && view.word(t) == "the"));
    let surname = close + 1;
    (open > name.start && is_nickname && view.touches_previous(close) && view.capitalised(surname) && view.on_line(surname))
        .then_some(surname)
}

/// Where the hyphenated word begins that a name starts in the middle of: "Holtz-Eakin" from "Eakin" on. Not before `limit`, where
/// another name ends ("the Roe-Doe ticket").
pub(super) fn whole_first_word(view: &View, mut start: usize, limit: usize) -> usize {
    while start >= limit + 2
        && view.touches_previous(start)
        && view.touches_previous(start - 1)
        && matches!(view.word(start - 1), "-" | "‑")
        && view.capitalised(start - 2)
        && !view.is(start - 2, word::MODIFIER | word::GENERIC | word::ROLE)
    {
        start -= 2;
    }
    start
}

fn is_quote(view: &View, token: usize) -> bool {
    view.tokens.get(token).is_some_and(|t| t.kind == TokenKind::Quote)
}

/// How often each form was tagged as what; a form goes the way most of its places and its full names go.
pub(super) struct Votes {
    /// By form.
    counts: Vec<Counts>,
    /// The form of each mention.
    form_of: Vec<Form>,
}

/// How often a form was tagged as what, and what the article tells of it.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// In full: as person, organisation, anything else.
    as_type: [u32; 3],
    /// As a person's last word in names of two and more words.
    surname: u32,
    /// Whether an organisation's name of two and more words begins with it.
    first_word: bool,
    /// Tagged as a person that the article calls "it" or "which".
    thing: bool,
    /// An acronym that the article says stands for something in lower case.
    term: bool,
}

impl Votes {
    pub(super) fn count(view: &View, mentions: &[Mention], names: &mut Names) -> Self {
        let mut votes = Self { counts: Vec::with_capacity(2 * mentions.len()), form_of: Vec::with_capacity(mentions.len()) };
        for mention in mentions {
            let column = match mention.name_type {
                NameType::Person => 0,
                NameType::Organisation => 1,
                NameType::Location | NameType::Other => 2,
            };
            let tokens = mention.tokens.range();
            let form = names.form(view, tokens.clone());
            votes.form_of.push(form);
            let counts = votes.counts(form);
            counts.as_type[column] += 1;
            counts.thing |= column == 0 && is_called_it(view, tokens.end);
            let acronym = column == 1 && tokens.len() == 1 && view.tokens[tokens.start].case == Case::Upper;
            counts.term |= acronym && stands_for_a_term(view, tokens.start);
            if column == 1 && tokens.len() > 1 {
                votes.counts(names.form_of_word(view, tokens.start)).first_word = true;
            }
            if column == 0 && tokens.len() > 1 {
                votes.counts(names.form_of_word(view, tokens.end - 1)).surname += 1;
            }
        }
        votes
    }

    /// What is counted of a form.
    fn of(&self, form: Option<Form>) -> Counts {
        form.and_then(|form| self.counts.get(form.index())).copied().unwrap_or_default()
    }

    fn counts(&mut self, form: Form) -> &mut Counts {
        if form.index() >= self.counts.len() {
            self.counts.resize(form.index() + 1, Counts::default());
        }
        &mut self.counts[form.index()]
    }

    /// The form of `tokens`, which are those of the mention of this number or what is left of them.
    pub(super) fn form(&self, view: &View, number: usize, mention: &Mention, tokens: &Range<usize>, names: &mut Names) -> Form {
        if *tokens == mention.tokens.range() { self.form_of[number] } else { names.form(view, tokens.clone()) }
    }

    /// What the mention of this number most likely names.
    pub(super) fn decide(&self, view: &View, number: usize, mention: &Mention, names: &Names) -> NameType {
        let form = self.counts[self.form_of[number].index()];
        let [person, organisation, other] = form.as_type;
        let single = mention.tokens.len() == 1;
        let full = if single { form.surname } else { 0 };
        // An acronym is nobody's surname.
        let acronym = view.tokens.get(mention.tokens.start as usize).is_some_and(|t| t.case == Case::Upper && t.span.len() < 5);
        match mention.name_type {
            // "Republicans said": its members are not the party.
            _ if single && full == 0 && view.is(mention.tokens.start as usize, word::ADHERENT) => NameType::Other,
            NameType::Organisation if single && form.term => NameType::Other,
            // "the Roes": a family.
            NameType::Person | NameType::Organisation if single && self.is_family(view, mention.tokens.start as usize, names) => {
                NameType::Other
            }
            NameType::Person if full == 0 && single && (organisation > person || form.thing) => NameType::Organisation,
            // "Orwell" in an article on the Orwell Line.
            NameType::Person if full == 0 && single && form.first_word && !is_titled(view, mention) => NameType::Organisation,
            NameType::Organisation if full > 0 && !acronym && 2 * full + person >= organisation => NameType::Person,
            NameType::Other if full > 0 && !acronym => NameType::Person,
            // "George Washington" does not make a person of every "Washington"; one that speaks is.
            NameType::Location if full > 0 && (full + person >= other || speaks(view, mention)) => NameType::Person,
            NameType::Location | NameType::Other if organisation > other => NameType::Organisation,
            // "Downing Street declined to say": the seat of a government stands for it where it speaks.
            NameType::Location | NameType::Other if speaks_for_itself(view, mention) => NameType::Organisation,
            own => own,
        }
    }
}

impl Votes {
    /// Whether a name after "the" is a surname of the article in the plural.
    fn is_family(&self, view: &View, at: usize, names: &Names) -> bool {
        let after_the = at > 0 && view.is(at - 1, word::THE) && view.word(at - 1).eq_ignore_ascii_case("the");
        after_the
            && view.tokens[at].case == Case::Initial
            && view.word(at).strip_suffix('s').is_some_and(|surname| self.is_surname(surname, names))
    }

    /// The stretches of an organisation's mention that are one name each: one, two ("House and Senate"), or none ("Ohio Republican").
    pub(super) fn organisations(&self, view: &View, tokens: Range<usize>, names: &mut Names) -> [Range<usize>; 2] {
        let mut is_one = |part: Range<usize>| {
            let [_, organisation, other] = self.of(Some(names.form(view, part.clone()))).as_type;
            organisation > other || view.is_known_organisation(part)
        };
        let Some(last) = tokens.clone().next_back().filter(|&last| last > tokens.start) else { return twice(view, tokens) };
        // "House Republican leaders" are of the House, "the Ohio Republican" is somebody from there.
        if view.is(last, word::ADHERENT) && !view.word(last).ends_with('s') {
            let before = tokens.start..last;
            let end = if is_one(before.clone()) { last } else { before.start };
            return [before.start..end, end..end];
        }
        if let Some(and) = (tokens.start + 1..last).find(|&t| view.word(t) == "and")
            && is_one(tokens.start..and)
            && is_one(and + 1..tokens.end)
        {
            return [tokens.start..and, and + 1..tokens.end];
        }
        // "Acme Acme is a maker of sails": a heading and its text on one line.
        if tokens.len() == 2 && view.word(tokens.start) == view.word(last) && is_one(last..tokens.end) {
            return [tokens.start..last, last..tokens.end];
        }
        twice(view, tokens)
    }

    fn is_surname(&self, printed: &str, names: &Names) -> bool {
        let is_initial = printed.is_ascii() && !printed[1..].bytes().any(|byte| byte.is_ascii_uppercase());
        let form: FormHash = if is_initial { word_hash(printed).rotate_left(Case::Initial as u32) } else { exact_hash(printed) };
        self.of(names.form_of_hash(form)).surname > 0
    }

    /// What of a person's mention is one where a page glued the next heading to it ("Roe Jane Ann RoeMayor calls"): the surname before, or
    /// nothing.
    pub(super) fn unglued(&self, view: &View, tokens: Range<usize>, names: &Names) -> Range<usize> {
        // Longer ones are no words, and each seam would be read from the start.
        const LONGEST: usize = 48;
        if view.tokens[tokens.end - 1].case != Case::Mixed {
            return tokens;
        }
        let (first, last) = (view.word(tokens.start), view.word(tokens.end - 1));
        if !last.is_ascii() || last.len() > LONGEST {
            return tokens;
        }
        let seams = (1..last.len()).filter(|&at| last.as_bytes()[at - 1].is_ascii_lowercase() && last.as_bytes()[at].is_ascii_uppercase());
        let is_known = |surname: &&str| *surname == first || self.is_surname(surname, names);
        match seams.map(|at| &last[..at]).find(is_known) {
            // "Jane Roe Jane Ann RoeMayor" is parted later on.
            Some(_) if tokens.len() > 2 && run_on(view, tokens.clone()).is_some() => tokens,
            Some(surname) if surname == first => tokens.start..tokens.start + 1,
            Some(_) => tokens.start..tokens.start,
            None => tokens,
        }
    }
}

/// "cost per click (CPC)": an acronym in brackets, after the words in lower case that it is made of. "the planning authority (PA)" is one.
fn stands_for_a_term(view: &View, acronym: usize) -> bool {
    const LONGEST: usize = 6;
    let letters = view.word(acronym).as_bytes();
    let in_brackets = acronym > 1 && view.word(acronym - 1) == "(" && view.word(acronym + 1) == ")";
    if !in_brackets || !(2..=LONGEST).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_uppercase) {
        return false;
    }
    let mut wanted = letters.iter().rev().peekable();
    let mut last = None;
    for token in (0..acronym - 1).rev().take(3 * LONGEST) {
        let Some(letter) = wanted.peek() else { break };
        let word = view.word(token);
        if word == "-" {
            continue;
        }
        if !view.lower(token) {
            return false;
        }
        if word.as_bytes()[0].eq_ignore_ascii_case(letter) {
            wanted.next();
            last = last.or(Some(token));
        } else if !matches!(word, "of" | "and" | "for" | "the" | "to" | "in" | "on" | "by") {
            return false;
        }
    }
    wanted.peek().is_none() && last.is_some_and(|token| !view.is(token, word::ORGANISATION))
}

/// "Coastwatch says it plans", "Coastwatch, which": what stands after the name tells that it is nobody. ("Roe said it was" tells nothing.)
fn is_called_it(view: &View, end: usize) -> bool {
    if view.is_comma(end) {
        return view.word(end + 1) == "which" && view.on_line(end + 1);
    }
    if !view.is(end, word::SAY) {
        return false;
    }
    let that = usize::from(view.word(end + 1) == "that");
    view.word(end + 1 + that) == "it" && view.is_verb(end + 2 + that, verb::PLAN)
}

/// A known organisation that says something or will not.
fn speaks_for_itself(view: &View, mention: &Mention) -> bool {
    let end = mention.tokens.end as usize;
    let declines = view.lower(end) && matches!(view.word(end), "declined" | "refused") && view.word(end + 1) == "to";
    (declines || speaks(view, mention)) && view.is_known_organisation(mention.tokens.range())
}

fn is_titled(view: &View, mention: &Mention) -> bool {
    let start = mention.tokens.start as usize;
    titles_before(view, start).start < start
}

/// "Roe said", "said Roe".
fn speaks(view: &View, mention: &Mention) -> bool {
    let range = mention.tokens.range();
    view.is(range.end, word::SAY) || range.start > 0 && view.is(range.start - 1, word::SAY) && !view.is(range.start - 1, word::SAY_TO)
}

/// An organisation's name without what leads on, and with the first of two groups it is of: "the Seafarers and Dockers Federation".
pub(super) fn organisation(view: &View, tokens: Range<usize>) -> Range<usize> {
    // "Office of the"
    let is_open = |t: usize| view.lower(t) && (view.is(t, word::THE) || view.word(t) == "of");
    let last = tokens.clone().rev().find(|&t| !is_open(t)).unwrap_or(tokens.start);
    let tokens = tokens.start..last + 1;
    let Some(first) = tokens.start.checked_sub(2).filter(|&first| first > 0) else { return tokens };
    if !view.is(tokens.end - 1, word::ORGANISATION) || tokens.len() == 1 {
        return tokens;
    }
    let joined = matches!(view.word(first + 1), "and" | "&") && view.on_line(first + 1) && view.on_line(tokens.start);
    let group = view.tokens[first].case == Case::Initial && view.word(first).ends_with('s') && view.on_line(first);
    let after_the = view.is(first - 1, word::THE);
    let fellow = view.word(tokens.start).ends_with('s');
    if joined && group && fellow && after_the { first..tokens.end } else { tokens }
}
