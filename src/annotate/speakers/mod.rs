//! Who said each quotation. In: the text's tokens, sentences, quotations, names and entities. Out: one [`Attribution`] a quotation.
//!
//! The idea: in most news the speaker stands in the quotation's own sentence but a third of the time not beside it, so neither
//! the nearest name nor a list of patterns will do. All names, pronouns and noun phrases around a quotation are candidates; a
//! linear scorer picks among them by how they are tied to a cue ("said"), what lies between, and what kind of thing they are. Its
//! weights are learnt (`learning`); its words are lists (`lexicon/en`).

mod between;
mod candidates;
mod cues;
mod edges;
pub mod explain;
mod features;
#[cfg(feature = "train")]
pub(crate) mod learning;
mod reading;
mod scene;
pub(crate) mod scorer;
mod search;
mod signatures;
mod titles;
mod turns;
mod words;

pub(crate) use turns::with_turns;

use crate::{
    annotate::lexicon::{Lexicon, List},
    document::*,
    span::Span,
};
use reading::prepare;
use search::{CARRIED_OVER, Search};

/// Word lists and weights for finding speakers.
pub struct SpeakerLexicon {
    words: words::WordLexicon,
    nouns: candidates::NounLexicon,
    weights: scorer::Weights,
}

impl SpeakerLexicon {
    /// `cues.txt`, `function_words.txt`, `works.txt`, `speaker_nouns.txt`, and the weights.
    #[must_use]
    pub fn english() -> Self {
        Self { words: words::WordLexicon::english(), nouns: candidates::NounLexicon::english(), weights: scorer::Weights::english() }
    }

    /// The lists that are asked of every token near a quotation.
    pub(crate) fn lists(&mut self) -> [&mut dyn List; 2] {
        [&mut self.words.words, &mut self.nouns.nouns]
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
        attribution.confidence = search::NOBODY;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{quotes, sentences, tokens};

    /// Speaker and cue lemma of each quotation, `scare` for terms; no names are given, so that capitals have to do.
    fn speakers(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
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

    /// Name or words of each speaker, and the rule, of a whole article.
    fn named(text: &str) -> Vec<(String, &'static str)> {
        let article = crate::Article::from_text(text);
        let document = crate::Annotator::new(&crate::Options::default()).annotate(&article);
        let name = |speaker: &Speaker| match speaker.entity {
            Some(id) => document.entities.get(id).name.clone(),
            None => speaker.mention.span.of(text).to_string(),
        };
        document.attributions.iter().map(|a| (a.speaker.as_ref().map_or_else(String::new, name), a.rule.unwrap_or("none"))).collect()
    }

    #[test]
    fn past_what_somebody_stands_for() {
        let aside = |name: &str| vec![(name.to_string(), "subject_past_aside")];
        assert_eq!(named("“The dredging will be toxic for a decade,” Rep. Dagmar Holt, R-Ariz., said Thursday."), aside("Dagmar Holt"));
        assert_eq!(named("“This is used for more than ferry records,” Sen. Oskar Berg (D-Ill.) said."), aside("Oskar Berg"));
        assert_eq!(
            named(
                "“We would not be here without them,” Sen. Clara Voss of Massachusetts, a strong voice in the primary, told the station."
            ),
            aside("Clara Voss")
        );
        assert_eq!(
            named("“The hope is unrealistic,” Nora Bell of the Center for Tides at the University of Bristol told the newspaper."),
            [("Nora Bell".to_string(), "subject_of_cue")]
        );
    }

    #[test]
    fn past_the_title_between_cue_and_name() {
        let inverted = |name: &str| vec![(name.to_string(), "inverted")];
        assert_eq!(named("“She has the job she wants for now,” said Holt spokesman Conn Farrell."), inverted("Conn Farrell"));
        assert_eq!(named("“We did too much too fast here,” said Missouri state Sen. Will Krone, a farmer."), inverted("Will Krone"));
        assert_eq!(named("“We had no choice at all there,” said then-Rep. Carla Moss, D-Ohio, at the time."), inverted("Carla Moss"));
        assert_eq!(named("“It will pass this year, I think,” said state Rep. Lance Pruett, a Republican."), inverted("Lance Pruett"));
    }

    #[test]
    fn a_name_in_a_compound_does_not_speak() {
        let text = "Clara Voss was in Iowa. “There is a lot going on here,” said one Voss-aligned strategist who would not be named.";
        assert_eq!(named(text), [("one Voss-aligned strategist".to_string(), "inverted")]);
    }

    #[test]
    fn defined_terms_are_nobodys() {
        assert_eq!(speakers("Acme Sails said electric vessels (“EV”) would sail."), ["scare"]);
        assert_eq!(speakers("The board said the rules (collectively, the “Code” or “Rules”) were new."), ["scare", "scare"]);
        assert_eq!(speakers("Acme says its shares trade under the symbol “ACME”."), ["scare"]);
        assert_eq!(speakers("Acme says one may text “STOP” to 12345."), ["scare"]);
        assert_eq!(speakers("Lind said (with a “heavy heart”) that it would sail."), ["Lind say"]);
    }

    #[test]
    fn who_is_quoted_as_saying_it() {
        let quoted = |name: &str| vec![(name.to_string(), "subject_of_cue")];
        assert_eq!(named("The Harwich Times quoted Clara Voss as saying, “The ferry is too old for this sea.”"), quoted("Clara Voss"));
        assert_eq!(named("Jon Reyes was quoted by the Harwich Times as saying that he was “very tired of ferries”."), quoted("Jon Reyes"));
    }

    #[test]
    fn several_speak_in_the_base_form() {
        assert_eq!(speakers("“The hard part is to say so,” the researchers write in a letter."), ["the researchers write"]);
        assert_eq!(speakers("Some argue that “nobody should be tempted to believe any of this”."), ["Some argue"]);
        assert_eq!(speakers("“Out of the way of the boats,” one protester’s sign said."), ["one protester’s sign say"]);
        assert_eq!(speakers("As the counsel put it in his speech, “we will not comment on the ferry.”"), ["the counsel put"]);
    }

    #[test]
    fn a_line_with_name_and_house_signs() {
        let text = "“The harbour was never built for this.” Clara Voss, Harwich Times\n\n“It will be mended by spring.”\n\nJon Reyes, head of the ferry board";
        assert_eq!(named(text), [("Clara Voss".to_string(), "signature"), ("Jon Reyes".to_string(), "signature")]);
        let text = "“The harbour was never built for this,” she said.\n\nClara Voss, the mayor, left town.";
        assert_ne!(named(text)[0].1, "signature");
    }

    #[test]
    fn whom_a_quotation_talks_of_did_not_say_it() {
        let text = "Marco Reyes called Jim Holt on Monday. “I assured Jim Holt that he could count on the ferry,” he said.";
        assert_eq!(named(text), [("Marco Reyes".to_string(), "subject_of_cue")]);
    }

    #[test]
    fn a_noun_goes_on_over_its_hyphens() {
        let text = "The site’s editor-in-chief said on Wednesday that there had been “extensive spying at the embassy”.";
        assert_eq!(named(text), [("The site’s editor-in-chief".to_string(), "subject_of_cue")]);
    }

    #[test]
    fn who_works_for_the_company_is_not_the_company() {
        let text = "Acme Sails closed its loft. “That is not how we read it,” the company’s chief executive, Jon Smithson, told reporters.";
        assert_eq!(named(text), [("Jon Smithson".to_string(), "subject_past_aside")]);
    }

    #[test]
    fn a_noun_phrase_does_not_cut_a_name() {
        let text = "The Council on Ferry Safety and Harbour Research said the plan was “a risk to everybody at sea”.";
        assert_eq!(named(text), [("Council on Ferry Safety and Harbour Research".to_string(), "subject_of_cue")]);
        let text = "In a note to Reuters, a spokesperson for the Department of Health and Social Care said the plan was “led by science”.";
        let speaker = "a spokesperson for the Department of Health and Social Care";
        assert_eq!(named(text), [(speaker.to_string(), "subject_of_cue")]);
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
            let _ = speakers(&piece.repeat(3000));
        }
        assert_eq!(speakers(&"“a b c d.”\n\n".repeat(3000)).len(), 3000);
        assert!(speakers("”").is_empty() && speakers("“").is_empty());
    }
}
