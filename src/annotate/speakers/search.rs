//! The search for speakers through one article, quotation by quotation: which candidates there are, what they weigh, what that decides.

use super::{
    SpeakerLexicon,
    between::{self, Way},
    candidates::{Candidate, CandidateKind},
    edges::{Ending, Lead},
    explain::Decision,
    features::{self, History, Link, Standing, Surroundings},
    scene::{QuotePlace, Scene, Tie},
    scorer, signatures,
    titles::{self, follows_so_called, is_nickname},
    words::Class,
};
use crate::{document::*, span::Span};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::OnceCell;

/// Candidates further from a quotation than this many tokens are left out.
const LEFT: usize = 160;
const RIGHT: usize = 60;
/// At most this many on each side.
const LEFT_CANDIDATES: usize = 14;
const RIGHT_CANDIDATES: usize = 8;

/// Chance that a pronoun which the entities leave open stands for the speaker before or the last person named.
const ANTECEDENT: f32 = 0.6;

/// Quotations of at most this many words can be terms.
const TERM: usize = 3;
/// The chance of having been said that such words need where no cue stands near.
const WITHOUT_CUE: f32 = 0.7;

/// From this many words on, a quotation that never closes has swallowed what is not quoted.
const LONG: usize = 80;

/// How sure a name after a dash is the speaker.
const SIGNED: f32 = 0.95;

/// What it weighs that name, verb and comma lead up to the quotation: a speaker the article returns to may weigh more by all else.
const INTRODUCES: f32 = 3.0;

/// Titles and articles before a name that are looked past, in tokens.
const TITLE: usize = 4;

/// How sure it is of a quotation without a speaker that somebody is quoted.
pub(super) const NOBODY: f32 = 0.5;

/// The rule of a quotation whose speaker is that of the one before.
pub(super) const CARRIED_OVER: &str = "carried_over";

/// The search through one article, quotation by quotation.
pub(super) struct Search<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) lists: &'a SpeakerLexicon,
    /// The speaker of the quotation before, and its paragraph's end.
    pub(super) last: Option<(usize, usize)>,
    /// One past the last token of the quotation before that quotes nobody.
    unsaid_to: usize,
    /// Per candidate: the number of its name's last word; `None` of what is no name.
    last_words: Vec<Option<usize>>,
    /// Per last word: how often it occurs among the candidates.
    counts: Vec<u32>,
    standings: Standings,
    pub(super) scores: Vec<f32>,
    /// The candidates of the quotation, in the order of their scores.
    pub(super) weighed: Vec<Weighed>,
}

/// How candidates stand where the quotation before stood: for another one in the same paragraph they are not read again.
#[derive(Default)]
struct Standings {
    /// First and end token of the quotation's paragraphs.
    paragraph: (usize, usize),
    /// The candidates from this one on.
    first: usize,
    all: Vec<Standing>,
}

impl Standings {
    /// How a candidate stands, to be asked for in order.
    fn of(&mut self, scene: &Scene, place: &QuotePlace, index: usize) -> Standing {
        let paragraph = (place.paragraph_start, place.paragraph_end);
        let known = self.first..=self.first + self.all.len();
        if self.paragraph != paragraph || !known.contains(&index) {
            (self.paragraph, self.first) = (paragraph, index);
            self.all.clear();
        }
        if index == self.first + self.all.len() {
            self.all.push(Standing::of(scene, place, index));
        }
        self.all[index - self.first]
    }
}

/// A candidate that was weighed.
#[derive(Clone, Copy)]
pub(super) struct Weighed {
    pub(super) index: usize,
    pub(super) link: Link,
}

impl<'a> Search<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, lists: &'a SpeakerLexicon) -> Self {
        let names = scene.candidates.iter().filter(|candidate| candidate.kind.is_name()).count();
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::with_capacity_and_hasher(names, FxBuildHasher);
        let mut counts = Vec::with_capacity(names);
        let mut number = |candidate: &Candidate| {
            let number = *numbers.entry(scene.word(candidate.end - 1)).or_insert(counts.len());
            if number == counts.len() {
                counts.push(0);
            }
            counts[number] += 1;
            number
        };
        let last_words = scene.candidates.iter().map(|candidate| candidate.kind.is_name().then(|| number(candidate))).collect();
        Self {
            scene,
            lists,
            last: None,
            unsaid_to: 0,
            last_words,
            counts,
            standings: Standings { all: Vec::with_capacity(LEFT_CANDIDATES + RIGHT_CANDIDATES), ..Standings::default() },
            scores: Vec::with_capacity(1 + LEFT_CANDIDATES + RIGHT_CANDIDATES),
            weighed: Vec::with_capacity(1 + LEFT_CANDIDATES + RIGHT_CANDIDATES),
        }
    }

    /// Indexes of the candidates for a quotation, in text order; the last speaker first where it stands further off.
    pub(super) fn eligible(&self, place: &QuotePlace) -> (Option<usize>, std::ops::Range<usize>) {
        let candidates = &self.scene.candidates;
        let split = candidates.partition_point(|c| c.start < place.start);
        let from = place.start.saturating_sub(LEFT).max(place.before_start);
        let mut first = split.saturating_sub(LEFT_CANDIDATES);
        while first < split && candidates[first].start < from {
            first += 1;
        }
        let to = (place.end + RIGHT).min(place.paragraph_end);
        let mut last = split;
        while last < candidates.len() && last < split + RIGHT_CANDIDATES && candidates[last].start < to {
            last += 1;
        }
        (self.last.map(|(index, _)| index).filter(|&index| index < first), first..last)
    }

    pub(super) fn same_speaker(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.scene.candidates[a], &self.scene.candidates[b]);
        a == b || x.entity.is_some() && x.entity == y.entity || self.last_words[a].is_some() && self.last_words[a] == self.last_words[b]
    }

    pub(super) fn history(&self, index: usize, place: &QuotePlace) -> History {
        History {
            spoke_last: self.last.is_some_and(|(last, _)| self.same_speaker(last, index)),
            since_last: match self.last {
                None => 9,
                Some((_, end)) if end > place.paragraph_start => 0,
                Some((_, end)) if end >= place.before_start => 1,
                Some(_) => 2,
            },
            salience: match self.last_words[index].map_or(0, |word| self.counts[word]) {
                count @ 0..=2 => count,
                3..=5 => 3,
                _ => 4,
            },
        }
    }

    /// The candidates for a quotation, each with what lies between the two.
    pub(super) fn candidates(&self, place: &QuotePlace, around: &Surroundings) -> impl Iterator<Item = (usize, Way)> {
        let (far, near) = self.eligible(place);
        let way_from = far.map(|index| between::way_from(self.scene, place, index));
        let ways = way_from.into_iter().chain(between::ways(self.scene, place, near.clone(), around.split));
        far.into_iter().chain(near).zip(ways)
    }

    /// Weighs all candidates: `weighed` then holds them, and `scores` their chances.
    pub(super) fn weigh(&mut self, place: &QuotePlace, around: &Surroundings) {
        let weights = &self.lists.weights;
        let (mut scores, mut standings) = (std::mem::take(&mut self.scores), std::mem::take(&mut self.standings));
        scores.clear();
        let mut weighed = std::mem::take(&mut self.weighed);
        weighed.clear();
        for (index, way) in self.candidates(place, around) {
            let mut hundredths = 0;
            let history = self.history(index, place);
            let standing = standings.of(self.scene, place, index);
            let weigh = |feature| hundredths += weights.of(feature);
            let link = features::of_candidate(self.scene, place, around, &standing, &way, history, weigh);
            let introduces = if self.introduces(index, place, around) { INTRODUCES } else { 0.0 };
            scores.push(hundredths as f32 / 100.0 + introduces);
            weighed.push(Weighed { index, link });
        }
        scorer::softmax(&mut scores);
        (self.scores, self.standings, self.weighed) = (scores, standings, weighed);
    }

    /// Whether the candidate, its verb of saying and a comma lead up to the quotation: ‘Roe asked, “…?” Kopp then replied, “Yes.”’
    fn introduces(&self, index: usize, place: &QuotePlace, around: &Surroundings) -> bool {
        if around.lead != Lead::CueAndComma {
            return false;
        }
        let (scene, candidate) = (self.scene, &self.scene.candidates[index]);
        let is_one = matches!(candidate.kind, CandidateKind::Person | CandidateKind::Organisation | CandidateKind::HeShe);
        let adverb = usize::from(scene.classes.get(candidate.full_end) == Some(&Class::Adverb));
        let beside = candidate.full_end + adverb + 2 == place.start;
        // "Ann Lee of the Ferry Board wrote": not the board.
        let before = (candidate.start.saturating_sub(TITLE)..candidate.start).rev().map(|at| scene.classes[at]);
        let hangs_on = before.into_iter().find(|class| !matches!(class, Class::Determiner | Class::Capital));
        let hangs = matches!(hangs_on, Some(Class::Of | Class::Preposition | Class::To | Class::About));
        is_one && beside && !hangs
    }

    pub(super) fn attribution(&mut self, quote: &Quotation, place: &QuotePlace, entities: &Entities) -> Attribution {
        let scene = self.scene;
        let around = Surroundings::of(scene, place);
        if let Some(index) = signatures::signer(scene, place, &around) {
            let candidate = scene.candidates[index];
            let speaker = speaker(scene, &candidate, candidate.entity);
            self.last = Some((index, place.whole_end));
            return Attribution { kind: QuoteKind::Direct, speaker: Some(speaker), cue: None, rule: Some("signature"), confidence: SIGNED };
        }
        self.weigh(place, &around);
        let best = self.best();
        // Whole sentences are speech whatever it is.
        let known = OnceCell::new();
        let said = || *known.get_or_init(|| self.said(place, &around, best));
        let is_one = quote.parts.len() == 1;
        let decided = self.decision(quote, place, &around, is_one.then_some(&said), best.map(|(weighed, _)| weighed));
        if matches!(decided, Decision::NotSaid | Decision::Term | Decision::Title | Decision::Unclosed) {
            let said = if is_one { said().min(0.5) } else { 0.5 };
            self.unsaid_to = place.whole_end;
            return Attribution { kind: QuoteKind::Scare, speaker: None, cue: None, rule: None, confidence: 1.0 - said };
        }
        let kind = quote_kind(scene, place);
        let tied = best.filter(|(chosen, _)| self.may_speak(chosen, kind, place));
        let Some((chosen, confidence)) = tied else {
            return Attribution { kind, speaker: None, cue: None, rule: None, confidence: NOBODY };
        };
        let candidate = scene.candidates[chosen.index];
        let (entity, sure) = match candidate.entity {
            Some(id) => (Some(id), candidate.sure),
            None => self.antecedent(chosen.index, entities).map_or((None, 1.0), |id| (Some(id), ANTECEDENT)),
        };
        let rule = self.rule(&chosen, place);
        let speaker = speaker(scene, &candidate, entity);
        self.last = Some((chosen.index, place.whole_end));
        Attribution { kind, speaker: Some(speaker), cue: self.cue(&chosen, place), rule: Some(rule), confidence: confidence * sure }
    }

    /// The likeliest candidate and its chance.
    pub(super) fn best(&self) -> Option<(Weighed, f32)> {
        let best = (0..self.weighed.len()).max_by(|&a, &b| self.scores[a].total_cmp(&self.scores[b]))?;
        Some((self.weighed[best], self.scores[best]))
    }

    /// The chance that the quoted words were said.
    pub(super) fn said(&self, place: &QuotePlace, around: &Surroundings, best: Option<(Weighed, f32)>) -> f32 {
        let mut hundredths = 0;
        let mut weigh = |feature| hundredths += self.lists.weights.of(feature);
        features::of_quotation(self.scene, place, around, &mut weigh);
        features::of_best(best.map(|(weighed, chance)| (weighed.link, chance)), &around.summary(), &mut weigh);
        scorer::logistic(hundredths as f32 / 100.0)
    }

    /// Whether anybody is quoted, and what tells.
    pub(super) fn decision(
        &self,
        quote: &Quotation,
        place: &QuotePlace,
        around: &Surroundings,
        said: Option<impl Fn() -> f32>,
        best: Option<Weighed>,
    ) -> Decision {
        let scene = self.scene;
        if signatures::signer(scene, place, around).is_some() {
            return Decision::Signed;
        }
        let Some(said) = said.filter(|_| quote.parts.len() == 1) else { return Decision::WholeSentence };
        if titles::is_title(scene, place, around, &self.lists.words) || follows_so_called(scene, place) || is_nickname(scene, place) {
            return Decision::Title;
        }
        let own_sentence = best.is_some_and(|best| self.in_own_sentence(best.index, place));
        if place.words <= 2 && !own_sentence && !around.lead.begins_sentence()
            || titles::is_defined_term(scene, place)
            || self.goes_on_with_terms(place) && best.is_none_or(|best| self.is_without_cue(&best, place))
        {
            return Decision::Term;
        }
        // ‘“We go,” Kopp said. “And soon’: only the closing mark is missing.
        let behind = matches!(around.lead, Lead::Stop | Lead::Quotation);
        let goes_on = self.last.is_some_and(|(_, end)| end > place.paragraph_start) && behind;
        if quote.flags.unclosed && goes_on && place.words < LONG {
            return Decision::WholeSentence;
        }
        // A mark that opens a paragraph and never closes is a slip or quotes a text; without a speaker beside it nobody is known to speak.
        if quote.flags.unclosed && !own_sentence {
            // But with whole sentences that another mark follows it is one paragraph of several, whose breaks a page has lost.
            let goes_on = scene.quoted.get(place.end).copied().unwrap_or(false) && scene.tokens[place.end].gap < Gap::Line;
            // No mark closes it: its last token is a word's or a sentence's last.
            let ends = matches!(scene.word(place.end - 1), "." | "?" | "!" | "…" | "..." | "’" | "'");
            // So it is with a whole paragraph of them.
            let alone = place.start == place.paragraph_start && place.end == place.paragraph_end;
            let is_speech = (goes_on || alone) && around.lead.begins_sentence() && ends && place.words > TERM;
            return if is_speech { Decision::WholeSentence } else { Decision::Unclosed };
        }
        // A whole sentence in marks is speech, whatever surrounds it.
        if around.is_sentence() && place.words > 2 {
            return Decision::WholeSentence;
        }
        let said = said();
        // "The quake caused a “mini flood”": with no cue it takes a speaker and words that are much like speech.
        let short = place.words <= TERM && quote_kind(scene, place) == QuoteKind::Mixed;
        let doubtful = short
            && best.is_some_and(|best| {
                !self.may_speak(&best, QuoteKind::Mixed, place) || said < WITHOUT_CUE && self.is_without_cue(&best, place)
            });
        if said < 0.5 || doubtful { Decision::NotSaid } else { Decision::Evidence }
    }

    /// Whether the quotation is one more of the terms before it: ‘words like “may,” “will” and “could”’.
    fn goes_on_with_terms(&self, place: &QuotePlace) -> bool {
        let scene = self.scene;
        let beside = self.unsaid_to == place.start
            || self.unsaid_to + 1 == place.start && matches!(scene.classes[self.unsaid_to], Class::And | Class::Comma);
        self.unsaid_to > place.paragraph_start && beside && place.words <= TERM && scene.tokens[place.start + 1].case == Case::Lower
    }

    /// Whether nothing near the candidate says that it speaks or thinks.
    fn is_without_cue(&self, chosen: &Weighed, place: &QuotePlace) -> bool {
        matches!(chosen.link.tie, Tie::None | Tie::Governed | Tie::Owner) && self.cue(chosen, place).is_none()
    }

    /// Whether the candidate can be the speaker. A piece in the writer's clause takes a cue, or somebody by name, "he" and "she", and
    /// bodies and texts that say things; a clause of its own may have any speaker but a noun that is not listed.
    fn may_speak(&self, chosen: &Weighed, kind: QuoteKind, place: &QuotePlace) -> bool {
        use CandidateKind::{DocumentNoun, HeShe, Indefinite, Organisation, OrganisationNoun, OtherNoun, Person};
        let candidate = &self.scene.candidates[chosen.index];
        let fits = match kind {
            QuoteKind::Direct => {
                !matches!(candidate.kind, OtherNoun | Indefinite) || self.scene.tokens[candidate.end - 1].case.is_capitalised()
            }
            _ => matches!(candidate.kind, Person | Organisation | HeShe | OrganisationNoun | DocumentNoun),
        };
        fits || !self.is_without_cue(chosen, place)
    }

    /// Whom a pronoun stands for where the entities do not tell: the speaker before, else the last person named.
    pub(super) fn antecedent(&self, index: usize, entities: &Entities) -> Option<EntityId> {
        let candidates = &self.scene.candidates;
        let candidate = &candidates[index];
        let wanted = match candidate.kind {
            CandidateKind::HeShe | CandidateKind::Who | CandidateKind::Possessive | CandidateKind::Object => EntityKind::Person,
            CandidateKind::It => EntityKind::Organisation,
            _ => return None,
        };
        let word = self.scene.word(candidate.start);
        let gender = match word.as_bytes().first() {
            Some(b's' | b'S') => Some(Gender::Female),
            Some(b'h' | b'H') if word.eq_ignore_ascii_case("her") => Some(Gender::Female),
            Some(b'h' | b'H') => Some(Gender::Male),
            _ => None,
        };
        let agrees = |id: EntityId| id.kind == wanted && (gender.is_none() || entities.get(id).gender.is_none_or(|g| Some(g) == gender));
        let last = self.last.and_then(|(last, _)| candidates[last].entity).filter(|&id| agrees(id));
        if candidate.kind != CandidateKind::Who && last.is_some() {
            return last;
        }
        candidates[..index].iter().rev().take(12).filter_map(|c| c.entity).find(|&id| agrees(id))
    }

    /// Whether the candidate stands in a sentence that the quotation starts or ends in, or follows it.
    pub(super) fn in_own_sentence(&self, index: usize, place: &QuotePlace) -> bool {
        let candidate = &self.scene.candidates[index];
        candidate.start >= place.end || candidate.sentence >= self.scene.sentence_of(place.start)
    }

    pub(super) fn rule(&self, chosen: &Weighed, place: &QuotePlace) -> &'static str {
        if !self.in_own_sentence(chosen.index, place) {
            let carried = self.last.is_some_and(|(last, _)| self.same_speaker(last, chosen.index));
            return if carried { CARRIED_OVER } else { "sentence_before" };
        }
        match chosen.link.tie {
            Tie::Subject | Tie::SubjectAuxiliary | Tie::SubjectNear | Tie::SubjectOfIng => "subject_of_cue",
            Tie::SubjectAside => "subject_past_aside",
            Tie::SubjectRelative => "relative_clause",
            Tie::According => "according_to",
            Tie::Inverted => "inverted",
            Tie::OwnerOfSaying => "owner_of_statement",
            Tie::Colon => "colon",
            _ => "nearby",
        }
    }

    /// The cue that ties the speaker to the quotation, else the one nearest to the quotation between the two.
    pub(super) fn cue(&self, chosen: &Weighed, place: &QuotePlace) -> Option<Cue> {
        let scene = self.scene;
        let candidate = &scene.candidates[chosen.index];
        let (from, to) = if candidate.start < place.start { (candidate.end, place.start) } else { (place.end, candidate.start) };
        let is_cue = |&at: &usize| !scene.quoted[at] && (scene.classes[at].is_finite_cue() || scene.classes[at].is_ing_cue());
        let at = chosen.link.cue.or_else(|| {
            let range = from..to.max(from);
            if candidate.start < place.start { range.rev().take(40).find(is_cue) } else { range.take(40).find(is_cue) }
        })?;
        let (span, lemma) = match scene.classes[at] {
            Class::According => {
                (scene.tokens[at].span.cover(scene.tokens[(at + 1).min(scene.tokens.len() - 1)].span), "according to".to_string())
            }
            Class::Colon => (scene.tokens[at].span, ":".to_string()),
            _ => {
                let word = scene.word(at);
                let lemma = self.lists.words.cues.get(word).map_or_else(|| word.to_lowercase(), |cue| cue.lemma.to_string());
                (scene.tokens[at].span, lemma)
            }
        };
        Some(Cue { span, lemma })
    }
}

/// A clause of its own, or a piece in the writer's clause.
fn quote_kind(scene: &Scene, place: &QuotePlace) -> QuoteKind {
    let lower = scene.tokens[place.start + 1..place.end.max(place.start + 1)]
        .iter()
        .find(|t| t.kind.is_word())
        .is_some_and(|t| t.case == Case::Lower);
    let ending = Ending::of(scene, place);
    let direct = match Lead::of(scene, place) {
        lead if lead.begins_sentence() || lead == Lead::Dash => true,
        // After a comma: "Kopp said, “We will go.”" but "the plan, “a disaster,” he said".
        Lead::Comma | Lead::CueAndComma => ending.ends_sentence() || !lower && ending != Ending::Comma,
        _ => false,
    };
    if direct { QuoteKind::Direct } else { QuoteKind::Mixed }
}

fn speaker(scene: &Scene, candidate: &Candidate, entity: Option<EntityId>) -> Speaker {
    let span = if candidate.kind.is_name() {
        Span::new(scene.tokens[candidate.start].span.start(), scene.tokens[candidate.end - 1].span.end())
    } else {
        candidate.span(scene.tokens)
    };
    let is_somebody = matches!(candidate.kind, CandidateKind::PersonNoun | CandidateKind::PeopleNoun);
    let role = (is_somebody && entity.is_none()).then(|| {
        let determined = matches!(scene.classes[candidate.start], Class::Determiner | Class::Possessive | Class::Indefinite)
            && candidate.start + 1 < candidate.end;
        let from = scene.tokens[candidate.start + usize::from(determined)].span.start();
        scene.text[from..span.end()].to_string()
    });
    Speaker { entity, mention: SpeakerMention { span, kind: candidate.kind.mention_kind() }, role }
}
