//! Whose figures are.

use super::*;
use crate::annotate::tokens;
use crate::document::{Entity, EntityMention, TokenRange};

/// The subject of the figure "7" in a sentence where every capitalised `names` entry is an organisation.
fn subject<'a>(text: &str, names: &[&'a str]) -> Option<&'a str> {
    let mention = |name: &str| {
        let start = text.find(name).unwrap_or(0);
        EntityMention { span: Span::new(start, start + name.len()), kind: crate::document::MentionKind::Name, sentence: 0, confidence: 1.0 }
    };
    let organisations = names.iter().map(|name| Entity { name: (*name).to_owned(), mentions: vec![mention(name)], ..Entity::default() });
    let entities = Entities { people: vec![], organisations: organisations.collect() };
    let at = text.find('7').unwrap_or(0);
    let mut figures = [Figure::new(Span::new(at, at + 1), FigureKind::Percent)];
    let lexicon = Lexicon::english();
    let tokens = tokens::tokenize(text, &lexicon.vocabulary);
    let sentences = [Sentence { span: Span::new(0, text.len()), tokens: TokenRange::new(0, tokens.len()), paragraph: 0 }];
    tie(text, &tokens, &mut figures, &sentences, &entities, &lexicon);
    figures[0].subject.map(|id| names[id.index as usize])
}

#[test]
fn the_nearest_mention_of_its_own_clause() {
    assert_eq!(subject("Brell said sales rose 7%.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("Shares in Brell fell, while Oskar gained 7%.", &["Brell", "Oskar"]), Some("Oskar"));
    assert_eq!(subject("Shares in Brell fell 7%.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("Brell sold to Oskar for 7 euros.", &["Brell", "Oskar"]), Some("Brell"));
    assert_eq!(subject("Brell’s Nimbus storage grew 7%.", &["Brell", "Nimbus"]), Some("Brell"));
    assert_eq!(subject("Shares of Brell rose on the Oskar, valuing it at 7 euros.", &["Brell", "Oskar"]), Some("Brell"));
    assert_eq!(subject("Prices at Brell rose 7%.", &["Brell"]), None);
}

#[test]
fn whoever_tells_of_a_figure_does_not_own_it() {
    assert_eq!(subject("Brell said 7 ships sank.", &["Brell"]), None);
    assert_eq!(subject("Brell said that its revenue was 7 euros.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("A Brell poll found 7% against it.", &["Brell"]), None);
    assert_eq!(subject("In a Brell/Oskar poll 7% agreed.", &["Brell", "Oskar"]), None);
    assert_eq!(subject("Brell is forecasting growth of 7%.", &["Brell"]), None);
    assert_eq!(subject("Brell data put it at 7%.", &["Brell"]), None);
    assert_eq!(subject("According to Brell, 7 ships sank.", &["Brell"]), None);
    assert_eq!(subject("LERVIK (Brell) - The port took 7 ships.", &["Brell"]), None);
    assert_eq!(subject("Brell called it “a slap for 7 towns” on Friday.", &["Brell"]), None);
}

#[test]
fn a_figure_of_another_clause_or_of_somebody_beside() {
    assert_eq!(subject("If Brell fails, 7 towns lose their port.", &["Brell"]), None);
    assert_eq!(subject("It asked Brell 7 times.", &["Brell"]), None);
    assert_eq!(subject("Whether Brell is right, 7 judges decide.", &["Brell"]), None);
    assert_eq!(subject("Brell was pulled out by 7 divers.", &["Brell"]), None);
    assert_eq!(subject("Brell closed the yard when 7 men fell ill.", &["Brell"]), None);
    assert_eq!(subject("The taxes hurt Oskar and Brell, with 7% saying so.", &["Oskar", "Brell"]), None);
    assert_eq!(subject("Brell raised taxes on families earning less than 7 euros.", &["Brell"]), None);
    assert_eq!(subject("Brell, which has 7 yards, closed.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("Brell grew after raising 7 euros.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("They praised Brell’s 7 yards.", &["Brell"]), Some("Brell"));
    assert_eq!(subject("The carmaker Brell agreed to pay 7 euros.", &["Brell"]), Some("Brell"));
}

#[test]
fn figures_of_others_are_compared_to() {
    assert_eq!(subject("Brell led, compared to 7% who chose Oskar.", &["Brell"]), None);
    assert_eq!(subject("Brell led, up 7%.", &["Brell"]), Some("Brell"));
}
