//! The names in the text: people, organisations and, as contrast classes, places and other names.
//!
//! A small network (`network`) scores the nine BIO labels of each token from hashed features (`features`) of words, shapes, neighbours,
//! word clusters, gazetteers and runs of capitalised tokens; a chain of labels (`chain`: a linear-chain CRF, Lafferty et al. 2001) makes
//! them names. Only tokens that can be part of a name are scored (`facts`). What a list knows for sure (`known_organisations`) and what
//! stands beside a name (`organisation_context`) adds to the scores. A second pass (`document_pass`) reads the first one's labels
//! over the whole article, so that a full name explains its surname and an expansion its acronym.
//! The weights and all word knowledge are one file, `model.bin`; `MODEL.md` says what it is made of.

mod acronyms;
mod chain;
mod document_pass;
mod facts;
mod features;
mod gazetteer;
mod gazetteer_file;
mod group_sums;
mod known_organisations;
mod label;
mod mentions;
mod model;
mod network;
mod organisation_context;
mod tagger;
#[cfg(feature = "train")]
pub(crate) mod train;
mod words;

pub use gazetteer::{Entry, EntryError, EntryId, Gazetteer};
pub use gazetteer_file::GazetteerError;
pub use mentions::NameLexicon;
pub use model::{Model, ModelError};

use crate::annotate::lexicon::Lexicon;
use crate::document::{Mention, Sentence, Token};

/// Finds the names of an article, in text order, not overlapping. What the user's list says goes before what the model says.
#[must_use]
pub fn find(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    model: &Model,
    gazetteer: Option<&Gazetteer>,
    lexicon: &Lexicon,
) -> Vec<Mention> {
    let tagged = tagger::tag(text, tokens, sentences, model, &lexicon.names);
    let mentions = mentions::collect(text, tokens, &tagged, &lexicon.names);
    match gazetteer {
        Some(gazetteer) => gazetteer.correct(text, tokens, sentences, mentions),
        None => mentions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{sentences, tokens};
    use crate::document::NameType;

    fn names(text: &str) -> Vec<(&str, NameType)> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let mentions = find(text, &tokens, &sentences, &Model::embedded(), None, &lexicon);
        mentions.iter().map(|mention| (mention.span.of(text), mention.name_type)).collect()
    }

    #[test]
    fn titles_articles_and_possessives_are_left_out() {
        let found = names("Prime Minister Helena Lindqvist met the World Bank’s president in Oslo.");
        assert!(found.contains(&("Helena Lindqvist", NameType::Person)), "{found:?}");
        assert!(found.contains(&("World Bank", NameType::Organisation)), "{found:?}");
        assert!(found.contains(&("Oslo", NameType::Location)), "{found:?}");
    }

    #[test]
    fn a_full_name_explains_its_surname() {
        let found = names("Maria Whitlock runs the clinic. Nobody else would, Whitlock said. Patients wait for hours.");
        assert_eq!(found, [("Maria Whitlock", NameType::Person), ("Whitlock", NameType::Person)]);
    }

    #[test]
    fn an_expansion_explains_its_acronym() {
        let found = names("The European Medicines Agency (EMA) approved it on Friday. Critics said the EMA had been slow.");
        let acronyms = found.iter().filter(|&&(name, name_type)| name == "EMA" && name_type == NameType::Organisation).count();
        assert_eq!(acronyms, 2, "{found:?}");
    }

    #[test]
    fn ordinary_words_at_the_start_of_a_sentence_are_no_names() {
        assert_eq!(names("Quick Summary\n\nEmployees were told to wait. Sources close to the talks said nothing. Key points follow."), []);
    }

    #[test]
    fn lone_words_for_peoples_and_things_are_no_names() {
        let found = names("Many Kenyans and some Salvadoran farmers heard from an NGO in the DRC. Catholic schools bought LNG.");
        let people_and_organisations =
            |&&(_, name_type): &&(&str, NameType)| matches!(name_type, NameType::Person | NameType::Organisation);
        assert_eq!(found.iter().filter(people_and_organisations).count(), 0, "{found:?}");
        assert!(names("She flew with Kenyan Airways to Oslo.").contains(&("Kenyan Airways", NameType::Organisation)));
    }

    #[test]
    fn the_agency_of_a_dateline_is_an_organisation() {
        let found = names("Ferry returns\n\nPORT VELL, Oct. 8 (Northwire) -- A ferry came back on Tuesday (Monday) - late.");
        assert!(found.contains(&("Northwire", NameType::Organisation)), "{found:?}");
        assert!(!found.contains(&("Monday", NameType::Organisation)), "{found:?}");
    }

    #[test]
    fn any_text_has_names_or_none() {
        for text in ["", "’s", "A", "“A.” “B.”", "&", "É É É", "the The THE", "A-B-C & D. E", "\u{301}X", "Mr", "Mr. Mr. Mr."]
        {
            let _ = names(text);
        }
        let _ = names(&"A".repeat(100_000));
        let _ = names(&"A B. ".repeat(20_000));
    }
}
