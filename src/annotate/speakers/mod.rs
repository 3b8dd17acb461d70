//! Who said each quotation. In: the text's tokens, sentences, quotations, names and entities. Out: one [`Attribution`] a quotation.
//!
//! The idea: in most news the speaker stands in the quotation's own sentence but a third of the time not beside it, so neither
//! the nearest name nor a list of patterns will do. All names, pronouns and noun phrases around a quotation are candidates; a
//! linear scorer picks among them by how they are tied to a cue ("said"), what lies between, and what kind of thing they are. Its
//! weights are learnt (`learning`); its words are lists (`lexicon/en`).

pub mod candidates;
pub mod cues;
pub mod explain;
pub mod features;
#[cfg(feature = "train")]
pub mod learning;
mod reading;
pub mod scene;
pub mod scorer;
mod titles;
mod turns;
pub mod words;

pub(crate) use turns::with_turns;

use crate::{annotate::lexicon::Lexicon, document::*, span::Span};
use candidates::{Candidate, Kind};
use explain::Decision;
use features::{History, Link, Surroundings};
use reading::prepare;
use rustc_hash::FxHashMap;
use scene::{Place, Scene, Tie};
use words::Class;

/// Word lists and weights for finding speakers.
pub struct SpeakerLexicon {
    words: words::WordLexicon,
    nouns: candidates::NounLexicon,
    weights: scorer::Weights,
}

impl SpeakerLexicon {
    #[must_use]
    pub fn english() -> Self {
        Self { words: words::WordLexicon::english(), nouns: candidates::NounLexicon::english(), weights: scorer::Weights::english() }
    }

    /// Whether the word (its hash in lower case) is a noun for a work that has a title.
    pub(crate) fn is_work(&self, lower: u64) -> bool {
        self.words.is_work(lower)
    }

    /// Whether the word can announce somebody's words: a verb of saying or writing, or a noun for what was said.
    pub(crate) fn announces(&self, word: &str) -> bool {
        use cues::CueClass::{Noun, Say, Tell, Write};
        self.words.cues.get(word).is_some_and(|cue| matches!(cue.class, Say | Tell | Write | Noun))
    }

    /// Whether the word is a form of a verb of saying, telling, writing or thinking.
    pub(crate) fn is_cue_verb(&self, word: &str) -> bool {
        use cues::CueClass::{Say, Tell, Think, Write};
        self.words.cues.get(word).is_some_and(|cue| matches!(cue.class, Say | Tell | Write | Think))
    }
}

/// Candidates further from a quotation than this many tokens are left out.
const LEFT: usize = 160;
const RIGHT: usize = 60;
/// At most this many on each side.
const LEFT_CANDIDATES: usize = 14;
const RIGHT_CANDIDATES: usize = 8;

/// Chance that a pronoun which the entities leave open stands for the speaker before or the last person named.
const ANTECEDENT: f32 = 0.6;

/// Finds kind, speaker and cue of every quotation.
#[must_use]
pub fn attribute(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    quotes: &[Quotation],
    mentions: &[Mention],
    entities: &Entities,
    lexicon: &Lexicon,
) -> Vec<Attribution> {
    if quotes.is_empty() {
        return Vec::new();
    }
    let (scene, places) = prepare(text, tokens, sentences, quotes, mentions, entities, lexicon);
    let mut search = Search::new(&scene, &lexicon.speakers);
    let mut attributions = Vec::with_capacity(quotes.len());
    for (quote, place) in quotes.iter().zip(&places) {
        attributions.push(search.attribution(quote, place, entities));
    }
    attributions
}

/// Leaves out speakers that are less sure than `least`: nobody rather than a guess.
pub fn leave_out_doubtful(attributions: &mut [Attribution], least: f32) {
    for attribution in attributions.iter_mut().filter(|a| a.kind != QuoteKind::Scare && a.confidence < least) {
        (attribution.speaker, attribution.cue, attribution.rule) = (None, None, None);
    }
}

/// What stands in a block of its own after an announcement is somebody's words, whatever the words are like.
pub fn settle_blocks(quotes: &[Quotation], blocks: &[Span], attributions: &mut [Attribution]) {
    for (quote, attribution) in quotes.iter().zip(attributions) {
        if attribution.kind == QuoteKind::Scare && blocks.contains(&quote.span()) {
            attribution.kind = QuoteKind::Direct;
        }
    }
}

/// Sets the flags of quotations that tell of their speakers.
pub fn flag(text: &str, quotes: &mut [Quotation], attributions: &[Attribution], entities: &Entities) {
    for (quote, attribution) in quotes.iter_mut().zip(attributions) {
        quote.flags.carried_over = attribution.rule == Some(CARRIED_OVER);
        let Some(speaker) = &attribution.speaker else { continue };
        let name = match speaker.entity {
            Some(id) => entities.get(id).name.as_str(),
            None if speaker.mention.kind == MentionKind::Name => speaker.mention.span.of(text),
            None => continue,
        };
        let last = name.rsplit(' ').next().unwrap_or(name);
        quote.flags.speaker_in_quote = last.len() > 2 && quote.parts.iter().any(|part| holds_word(part.of(text), last));
    }
}

/// Whether `word` stands in `text`, not as part of a longer word.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        outside(text[..at].chars().next_back()) && outside(text[at + word.len()..].chars().next())
    })
}

const CARRIED_OVER: &str = "carried_over";

/// The search through one article, quotation by quotation.
struct Search<'a> {
    scene: &'a Scene<'a>,
    lists: &'a SpeakerLexicon,
    /// The speaker of the quotation before, and its paragraph's end.
    last: Option<(usize, usize)>,
    /// How often each name's last word occurs among the candidates.
    counts: FxHashMap<&'a str, u32>,
    features: Vec<u32>,
    scores: Vec<f32>,
}

/// A candidate that was weighed.
#[derive(Clone, Copy)]
struct Weighed {
    index: usize,
    link: Link,
}

impl<'a> Search<'a> {
    fn new(scene: &'a Scene<'a>, lists: &'a SpeakerLexicon) -> Self {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for candidate in scene.candidates.iter().filter(|c| c.kind.is_name()) {
            *counts.entry(scene.word(candidate.end - 1)).or_default() += 1;
        }
        Self { scene, lists, last: None, counts, features: Vec::new(), scores: Vec::new() }
    }

    /// Indexes of the candidates for a quotation, in text order; the last speaker first where it stands further off.
    fn eligible(&self, place: &Place) -> (Option<usize>, std::ops::Range<usize>) {
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

    fn same_speaker(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.scene.candidates[a], &self.scene.candidates[b]);
        a == b
            || x.entity.is_some() && x.entity == y.entity
            || x.kind.is_name() && y.kind.is_name() && self.scene.word(x.end - 1) == self.scene.word(y.end - 1)
    }

    fn history(&self, index: usize, place: &Place) -> History {
        let candidate = &self.scene.candidates[index];
        let count = if candidate.kind.is_name() { self.counts.get(self.scene.word(candidate.end - 1)).copied().unwrap_or(0) } else { 0 };
        History {
            spoke_last: self.last.is_some_and(|(last, _)| self.same_speaker(last, index)),
            since_last: match self.last {
                None => 9,
                Some((_, end)) if end > place.paragraph_start => 0,
                Some((_, end)) if end >= place.before_start => 1,
                Some(_) => 2,
            },
            salience: match count {
                0..=2 => count,
                3..=5 => 3,
                _ => 4,
            },
        }
    }

    /// Weighs all candidates; `scores` then holds their chances, in the order given back.
    fn weigh(&mut self, place: &Place, around: &Surroundings) -> Vec<Weighed> {
        let (far, near) = self.eligible(place);
        let mut weighed = Vec::with_capacity(near.len() + 1);
        self.scores.clear();
        for index in far.into_iter().chain(near) {
            self.features.clear();
            let history = self.history(index, place);
            let link = features::of_candidate(self.scene, place, around, index, history, &mut self.features);
            self.scores.push(self.lists.weights.score(&self.features));
            weighed.push(Weighed { index, link });
        }
        scorer::softmax(&mut self.scores);
        weighed
    }

    fn attribution(&mut self, quote: &Quotation, place: &Place, entities: &Entities) -> Attribution {
        let scene = self.scene;
        let around = Surroundings::of(scene, place);
        let weighed = self.weigh(place, &around);
        let best = self.best(&weighed);
        let said = (quote.parts.len() == 1).then(|| self.said(place, &around, best));
        let decided = self.decision(quote, place, &around, said, best.map(|(weighed, _)| weighed));
        if matches!(decided, Decision::NotSaid | Decision::Term | Decision::Title | Decision::Unclosed) {
            let said = said.unwrap_or(0.5).min(0.5);
            return Attribution { kind: QuoteKind::Scare, speaker: None, cue: None, rule: None, confidence: 1.0 - said };
        }
        let kind = quote_kind(scene, place);
        let Some((chosen, confidence)) = best else {
            return Attribution { kind, speaker: None, cue: None, rule: None, confidence: 0.5 };
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
    fn best(&self, weighed: &[Weighed]) -> Option<(Weighed, f32)> {
        let best = (0..weighed.len()).max_by(|&a, &b| self.scores[a].total_cmp(&self.scores[b]))?;
        Some((weighed[best], self.scores[best]))
    }

    /// The chance that the quoted words were said.
    fn said(&mut self, place: &Place, around: &Surroundings, best: Option<(Weighed, f32)>) -> f32 {
        self.features.clear();
        features::of_quotation(self.scene, place, around, &mut self.features);
        features::of_best(best.map(|(weighed, chance)| (weighed.link, chance)), &around.summary(), &mut self.features);
        scorer::logistic(self.lists.weights.score(&self.features))
    }

    /// Whether anybody is quoted, and what tells.
    fn decision(&self, quote: &Quotation, place: &Place, around: &Surroundings, said: Option<f32>, best: Option<Weighed>) -> Decision {
        let Some(said) = said.filter(|_| quote.parts.len() == 1) else { return Decision::WholeSentence };
        let scene = self.scene;
        if titles::is_title(scene, place, around, &self.lists.words) || follows_so_called(scene, place) || is_nickname(scene, place) {
            return Decision::Title;
        }
        let own_sentence = best.is_some_and(|best| self.in_own_sentence(best.index, place));
        if place.words <= 2 && !own_sentence && !matches!(scene.lead(place), 0 | 1 | 4 | 5) {
            return Decision::Term;
        }
        // A mark that opens a paragraph and never closes is a slip or quotes a text; without a speaker beside it nobody is known to speak.
        if quote.flags.unclosed && !own_sentence {
            return Decision::Unclosed;
        }
        // A whole sentence in marks is speech, whatever surrounds it.
        match said {
            _ if around.is_sentence() && place.words > 2 => Decision::WholeSentence,
            said if said < 0.5 => Decision::NotSaid,
            _ => Decision::Evidence,
        }
    }

    /// Whom a pronoun stands for where the entities do not tell: the speaker before, else the last person named.
    fn antecedent(&self, index: usize, entities: &Entities) -> Option<EntityId> {
        let candidates = &self.scene.candidates;
        let candidate = &candidates[index];
        let wanted = match candidate.kind {
            Kind::HeShe | Kind::Who | Kind::Possessive | Kind::Object => EntityKind::Person,
            Kind::It => EntityKind::Organisation,
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
        if candidate.kind != Kind::Who && last.is_some() {
            return last;
        }
        candidates[..index].iter().rev().take(12).filter_map(|c| c.entity).find(|&id| agrees(id))
    }

    /// Whether the candidate stands in a sentence that the quotation starts or ends in, or follows it.
    fn in_own_sentence(&self, index: usize, place: &Place) -> bool {
        let start = self.scene.candidates[index].start;
        start >= place.end || self.scene.sentence_of(start) >= self.scene.sentence_of(place.start)
    }

    fn rule(&self, chosen: &Weighed, place: &Place) -> &'static str {
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
    fn cue(&self, chosen: &Weighed, place: &Place) -> Option<Cue> {
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

/// Whether the quotation stands inside a name: Terrence “Tuck” Mulroney.
fn is_nickname(scene: &Scene, place: &Place) -> bool {
    const LONGEST: usize = 3;
    let part_of_name = |index: usize| {
        scene.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word && matches!(token.case, Case::Initial | Case::Mixed))
    };
    place.words <= LONGEST
        && place.start.checked_sub(1).is_some_and(part_of_name)
        && part_of_name(place.end)
        && scene.tokens[place.start].gap == Gap::Space
        && scene.tokens[place.end].gap == Gap::Space
        && scene.tokens[place.end - 2].kind == TokenKind::Word
}

/// Whether "so-called" stands before the quotation.
fn follows_so_called(scene: &Scene, place: &Place) -> bool {
    place.start >= place.paragraph_start + 3
        && scene.classes[place.start - 1] == Class::Known
        && scene.word(place.start - 1) == "called"
        && scene.word(place.start - 3).eq_ignore_ascii_case("so")
}

/// A clause of its own, or a piece in the writer's clause.
fn quote_kind(scene: &Scene, place: &Place) -> QuoteKind {
    let lower = scene.tokens[place.start + 1..place.end.max(place.start + 1)]
        .iter()
        .find(|t| t.kind.is_word())
        .is_some_and(|t| t.case == Case::Lower);
    let ending = scene.ending(place);
    let direct = match scene.lead(place) {
        // At the head of a paragraph or sentence, after a quotation, a colon, a dash.
        0 | 1 | 4 | 5 | 9 => true,
        // After a comma: "Kopp said, “We will go.”" but "the plan, “a disaster,” he said".
        2 | 3 => matches!(ending, 2 | 3) || !lower && ending != 1,
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
    let nominal = candidate.kind.mention_kind() == MentionKind::Nominal;
    let role = (nominal && entity.is_none()).then(|| {
        let determined = matches!(scene.classes[candidate.start], Class::Determiner | Class::Possessive | Class::Indefinite)
            && candidate.start + 1 < candidate.end;
        let from = scene.tokens[candidate.start + usize::from(determined)].span.start();
        scene.text[from..span.end()].to_string()
    });
    Speaker { entity, mention: SpeakerMention { span, kind: candidate.kind.mention_kind() }, role }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{quotes, sentences, tokens};

    /// Speaker and cue lemma of each quotation, `scare` for terms; no names are given, so that capitals have to do.
    fn speakers(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let quotes = quotes::find(text, &tokens, &sentences, &lexicon);
        let entities = Entities::default();
        attribute(text, &tokens, &sentences, &quotes, &[], &entities, &lexicon)
            .iter()
            .map(|a| match (&a.kind, &a.speaker) {
                (QuoteKind::Scare, _) => "scare".to_string(),
                (_, None) => "nobody".to_string(),
                (_, Some(s)) => format!("{} {}", s.mention.span.of(text), a.cue.as_ref().map_or("-", |c| c.lemma.as_str())),
            })
            .collect()
    }

    #[test]
    fn before_and_after_the_quotation() {
        assert_eq!(speakers("Marta Lind said, “The ferry will not sail before noon.”"), ["Marta Lind say"]);
        assert_eq!(speakers("“The ferry will not sail before noon,” Marta Lind said."), ["Marta Lind say"]);
        assert_eq!(speakers("“The ferry will not sail before noon,” said Marta Lind."), ["Marta Lind say"]);
        assert_eq!(speakers("According to Marta Lind, “the ferry will not sail before noon.”"), ["Marta Lind according to"]);
        assert_eq!(speakers("“The ferry will not sail before noon,” she added."), ["she add"]);
    }

    #[test]
    fn past_an_aside() {
        assert_eq!(
            speakers("Marta Lind, who has run the harbour office since 2009, said “the ferry is too old for this sea.”"),
            ["Marta Lind say"]
        );
        assert_eq!(
            speakers("“The ferry is too old for this sea,” said Marta Lind, head of the harbour office at Vik."),
            ["Marta Lind say"]
        );
    }

    #[test]
    fn objects_do_not_speak() {
        assert_eq!(speakers("Marta Lind told Oskar Berg that the ferry was “too old for this sea.”"), ["Marta Lind tell"]);
        assert_eq!(speakers("Asked about Oskar Berg, Marta Lind said, “He was never on board of that ferry.”"), ["Marta Lind say"]);
    }

    #[test]
    fn unnamed_speakers_have_a_role() {
        let text = "“We will look into the fares,” a spokeswoman for the harbour office said.";
        assert_eq!(speakers(text), ["a spokeswoman for the harbour office say"]);
        assert_eq!(speakers("The company said the fares were “under review for the summer.”"), ["The company say"]);
        assert_eq!(speakers("“Keep away from the pier until Monday,” police said in a statement."), ["police say"]);
    }

    #[test]
    fn the_speaker_is_carried_over() {
        let found = speakers("“The ferry will not sail before noon,” Marta Lind said. “Nobody should wait on the pier.”");
        assert_eq!(found[1].split(' ').next(), Some("Marta"));
        let found = speakers("“The ferry will not sail,” Marta Lind said.\n\n“Nobody should wait on the pier.”");
        assert_eq!(found[1].split(' ').next(), Some("Marta"));
    }

    #[test]
    fn terms_and_titles_are_nobodys() {
        assert_eq!(speakers("The so-called “doughnut” design is used in all ferries of this class."), ["scare"]);
        assert_eq!(speakers("Lind, who wrote the poem “Songs of a Northern Harbour” in June, lives near the pier."), ["scare"]);
        assert_eq!(speakers("“Songs of a Northern Harbour” will be printed in June by a small press."), ["scare"]);
        assert_eq!(speakers("The band will play “Waltz of the Northern Harbour” in June."), ["scare"]);
    }

    #[test]
    fn flags_tell_of_the_speaker() {
        let article = crate::Article::from_text(
            "“The ferry will not sail,” Marta Lind said.\n\n“Nobody should wait on the pier.”\n\n“Lind is tired of ferries,” Marta Lind joked.",
        );
        let annotator = crate::Annotator::new(&crate::Options::default());
        let flags: Vec<QuoteFlags> = annotator.annotate(&article).quotes.iter().map(|q| q.flags).collect();
        assert_eq!(flags.iter().map(|f| f.carried_over).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(flags.iter().map(|f| f.speaker_in_quote).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn any_input_gives_a_layer() {
        for piece in
            ["“a” said ", "\"a b c\" he said, ", "“a b c d.”\n\n", "Lind, who “a b”, said: ", "according to the ", "’s “x y z w,” "]
        {
            let text = piece.repeat(3000);
            let count = speakers(&text).len();
            assert!(count <= text.len());
        }
        assert!(speakers("”").is_empty() && speakers("“").is_empty());
    }
}
