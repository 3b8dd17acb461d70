//! Why a quotation has the speaker it has: all candidates, what spoke for each of them, and what decided.

use super::{
    SpeakerLexicon, features,
    features::Surroundings,
    reading::prepare,
    scene::{QuotePlace, Tie},
    search::Search,
};
use crate::{
    annotate::lexicon::Lexicon,
    document::{Attribution, Entities, EntityId, Mention, Quotation, Sentence, Token},
    span::Span,
};

/// How one quotation came by its speaker.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// What the record says.
    pub attribution: Attribution,
    /// The chance that anybody is quoted at all; `None` for a quotation of several parts, where it is not asked.
    pub said: Option<f32>,
    /// What decided that nobody is quoted, or that somebody is.
    pub decided: Decision,
    /// The likeliest first.
    pub candidates: Vec<Considered>,
}

/// What decided whether anybody is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The evidence for words that were said: [`Explanation::said`] is at least one half.
    Evidence,
    /// The evidence is against it.
    NotSaid,
    /// One or more whole sentences, or several parts: speech whatever surrounds it.
    WholeSentence,
    /// Two words at most, and no speaker in their sentence; or a term alone in its brackets.
    Term,
    /// Never closed, and no speaker in its sentence.
    Unclosed,
    /// A title, a heading, a nickname, what follows "so-called".
    Title,
    /// A name after a dash behind it.
    Signed,
}

impl Decision {
    /// In words, for people.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Evidence => "the words are like those that somebody said",
            Self::NotSaid => "the words are like a term or a title: nobody is quoted",
            Self::WholeSentence => "whole sentences, or parts around their speaker, are always taken for speech",
            Self::Term => "one or two words without a speaker in their sentence, or a term in brackets",
            Self::Unclosed => "never closed, and without a speaker in its sentence",
            Self::Title => "a title, heading or nickname",
            Self::Signed => "a name after a dash signs it, whatever else stands near",
        }
    }
}

/// A candidate for the speaker.
#[derive(Clone, Debug)]
pub struct Considered {
    /// Its words, with the phrases that hang on a noun.
    pub mention: Span,
    /// Whom it means, where that is known.
    pub entity: Option<EntityId>,
    /// Tokens between it and the quotation; before it if `before`.
    pub distance: usize,
    /// Whether it stands before the quotation.
    pub before: bool,
    /// How it stands to a cue.
    pub tie: Tie,
    /// The cue it is tied to.
    pub cue: Option<Span>,
    /// Sum of the evidence.
    pub score: f32,
    /// The chance that it is the speaker, all candidates' chances being 1 together.
    pub chance: f32,
    /// The evidence by kind ([`EVIDENCE`]).
    pub evidence: [f32; EVIDENCE.len()],
}

/// The kinds of evidence.
pub const EVIDENCE: [&str; 7] = ["what it is", "place", "cue", "words between", "words beside", "spoke before", "named often"];

/// For each feature of a candidate, in the order [`features::of_candidate`] gives them: which kind of evidence it is.
const KIND_OF_FEATURE: [usize; features::OF_CANDIDATE] =
    [0, 0, 0, 1, 1, 1, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 5, 5, 1, 6, 6, 3, 2, 5, 2, 2, 2, 2, 2, 0, 0];

/// Explains every quotation of an article, in text order. Arguments as for [`super::attribute`].
#[must_use]
pub fn explain(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    quotes: &[Quotation],
    mentions: &[Mention],
    entities: &Entities,
    lexicon: &Lexicon,
) -> Vec<Explanation> {
    if quotes.is_empty() {
        return Vec::new();
    }
    let (scene, places) = prepare(text, tokens, sentences, quotes, mentions, entities, lexicon);
    let mut search = Search::new(&scene, &lexicon.speakers);
    let explained = quotes.iter().zip(&places).map(|(quote, place)| search.explanation(quote, place, entities, &lexicon.speakers));
    explained.collect()
}

impl Search<'_> {
    fn explanation(&mut self, quote: &Quotation, place: &QuotePlace, entities: &Entities, lists: &SpeakerLexicon) -> Explanation {
        let around = Surroundings::of(self.scene, place);
        self.weigh(place, &around);
        let mut candidates: Vec<Considered> = Vec::with_capacity(self.weighed.len());
        for ((index, way), &chance) in self.candidates(place, &around).zip(&self.scores) {
            let candidate = &self.scene.candidates[index];
            let mut given = Vec::with_capacity(features::OF_CANDIDATE);
            let history = self.history(index, place);
            let standing = features::Standing::of(self.scene, place, index);
            let give = |feature| given.push(feature);
            let link = features::of_candidate(self.scene, place, &around, &standing, &way, history, give);
            let mut evidence = [0.0; EVIDENCE.len()];
            for (&feature, kind) in given.iter().zip(KIND_OF_FEATURE) {
                evidence[kind] += lists.weights.score(&[feature]);
            }
            let before = candidate.start < place.start;
            let distance = if before { place.start.saturating_sub(candidate.full_end) } else { candidate.start.saturating_sub(place.end) };
            candidates.push(Considered {
                mention: candidate.span(self.scene.tokens),
                entity: candidate.entity,
                distance,
                before,
                tie: link.tie,
                cue: link.cue.map(|cue| self.scene.tokens[cue].span),
                score: evidence.iter().sum(),
                chance,
                evidence,
            });
        }
        let best = self.best();
        let said = (quote.parts.len() == 1).then(|| self.said(place, &around, best));
        let decided = self.decision(quote, place, &around, said.map(|said| move || said), best.map(|(weighed, _)| weighed));
        candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
        Explanation { attribution: self.attribution(quote, place, entities), said, decided, candidates }
    }
}

impl Tie {
    /// In words, for people.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Tie::None => "no cue",
            Tie::Subject => "subject of the cue",
            Tie::SubjectAuxiliary => "subject of the cue, past an auxiliary",
            Tie::Passive => "subject of a passive",
            Tie::SubjectAside => "subject past an aside",
            Tie::SubjectRelative => "subject of a relative clause",
            Tie::SubjectNear => "subject a few words off",
            Tie::According => "according to it",
            Tie::Inverted => "follows its cue",
            Tie::Told => "is told",
            Tie::Governed => "after a preposition",
            Tie::AfterIng => "object of the cue",
            Tie::OwnerOfSaying => "owner of what is said",
            Tie::Owner => "owner of something else",
            Tie::Colon => "before a colon",
            Tie::SubjectOfIng => "subject of a cue in -ing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Annotator, Article};

    fn explained(text: &str) -> (String, Vec<Explanation>) {
        let article = Article::from_text(text);
        (text.to_owned(), Annotator::new(&Default::default()).explain(&article).1)
    }

    #[test]
    fn the_chosen_speaker_is_the_first_candidate_and_its_evidence_sums_to_its_score() {
        let (text, explained) = explained("Marta Lind told Oskar Berg on Monday: “The ferry will not sail before noon.” Berg smiled.");
        let [quote] = explained.as_slice() else { panic!("one quotation: {explained:?}") };
        let first = &quote.candidates[0];
        assert_eq!(first.mention.of(&text), "Marta Lind");
        assert_eq!(quote.attribution.speaker.as_ref().map(|speaker| speaker.mention.span), Some(first.mention));
        assert!(quote.candidates.len() > 1 && first.score > quote.candidates[1].score);
        assert!((quote.candidates.iter().map(|c| c.chance).sum::<f32>() - 1.0).abs() < 1e-3);
        assert!((first.evidence.iter().sum::<f32>() - first.score).abs() < 1e-3);
    }

    #[test]
    fn what_nobody_said_says_why() {
        let (_, explained) = explained("The choir sang the anthem “Harbour of Light” and left the hall at noon.");
        assert_eq!(explained[0].decided, Decision::Title);
    }
}
