//! Whole small articles, each for one class of question. Names are given by hand; all people and firms are invented.

use super::*;
use crate::annotate::tokens::tokenize;
use crate::document::*;
use crate::span::Span;

/// Sentences by final points and line breaks: enough for these texts.
fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for at in 0..tokens.len() {
        let word = tokens[at].span.of(text);
        let next = tokens.get(at + 1);
        let closes = matches!(word, "." | "?" | "!") && next.is_some_and(|t| t.kind != TokenKind::Quote && t.case.is_capitalised());
        let abbreviates =
            at > 0 && matches!(tokens[at - 1].span.of(text), "Mr" | "Mrs" | "Ms" | "Dr" | "Sen" | "Gov" | "J" | "K" | "Lt" | "Rep");
        let closing_mark = tokens[at].kind == TokenKind::Quote && at > 0 && matches!(tokens[at - 1].span.of(text), "." | "?" | "!");
        let line = next.is_some_and(|t| t.gap >= Gap::Line);
        if next.is_none() || line || closes && !abbreviates || closing_mark && next.is_some_and(|t| t.case.is_capitalised()) {
            let span = tokens[start].span.cover(tokens[at].span);
            found.push(Sentence { span, tokens: TokenRange::new(start, at + 1), paragraph });
            start = at + 1;
            paragraph += u32::from(line);
        }
    }
    found
}

fn quotes(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' => open = Some(at),
            '”' => {
                if let Some(start) = open.take() {
                    found.push(Quotation { parts: vec![Span::new(start, at + 3)], flags: QuoteFlags::default() });
                }
            }
            _ => {}
        }
    }
    found
}

/// Resolves `text`, in which [p:Jane Roe], [o:Acme] and [l:Ulm] mark the names a tagger would find.
fn resolve_marked(marked: &str) -> (String, Entities) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find('[') {
        let tag = &rest[at + 1..];
        let name_type = match tag.get(..2) {
            Some("p:") => NameType::Person,
            Some("o:") => NameType::Organisation,
            Some("l:") => NameType::Location,
            _ => panic!("unknown mark in {marked}"),
        };
        text.push_str(&rest[..at]);
        let end = tag.find(']').unwrap();
        let start = text.len();
        text.push_str(&tag[2..end]);
        spans.push((Span::new(start, text.len()), name_type));
        rest = &tag[end + 1..];
    }
    text.push_str(rest);
    let lexicon = Lexicon::english();
    let tokens = tokenize(&text, &lexicon.vocabulary);
    let mentions: Vec<Mention> = spans
        .into_iter()
        .map(|(span, name_type)| {
            let first = tokens.iter().position(|t| t.span.end() > span.start()).unwrap();
            let end = tokens.iter().position(|t| t.span.start() >= span.end()).unwrap_or(tokens.len());
            Mention { span, tokens: TokenRange::new(first, end), name_type, confidence: 0.9, entry: None }
        })
        .collect();
    let sentences = sentences(&text, &tokens);
    let entities = resolve(&text, &tokens, &sentences, &quotes(&text), &mentions, None, &lexicon);
    check(&text, &sentences, &entities);
    (text, entities)
}

/// What holds of every answer.
fn check(text: &str, sentences: &[Sentence], entities: &Entities) {
    let mut first = 0;
    for list in [&entities.people, &entities.organisations] {
        for entity in list {
            assert!(!entity.name.is_empty() && !entity.mentions.is_empty(), "{entity:?}");
            assert!(!entity.aliases.contains(&entity.name));
            let mut end = 0;
            for mention in &entity.mentions {
                assert!(mention.span.start() >= end, "mentions overlap: {entity:?}");
                end = mention.span.end();
                assert!(sentences[mention.sentence as usize].span.contains(mention.span), "{}", mention.span.of(text));
            }
        }
        assert!(list.windows(2).all(|pair| pair[0].mentions[0].span < pair[1].mentions[0].span));
        first += list.len();
    }
    assert_eq!(first, entities.iter().count());
}

/// The mentions of an entity as "text/kind".
fn mentions(text: &str, entity: &Entity) -> Vec<String> {
    entity.mentions.iter().map(|m| format!("{}/{}", m.span.of(text), m.kind.as_str())).collect()
}

fn person<'a>(entities: &'a Entities, name: &str) -> &'a Entity {
    entities.people.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no {name} in {:?}", names(&entities.people)))
}

fn organisation<'a>(entities: &'a Entities, name: &str) -> &'a Entity {
    entities.organisations.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no {name} in {:?}", names(&entities.organisations)))
}

fn names(entities: &[Entity]) -> Vec<&str> {
    entities.iter().map(|e| e.name.as_str()).collect()
}

#[test]
fn surname_given_name_and_title_join_the_full_name() {
    let (text, found) = resolve_marked(
        "[p:Okoro] quits\n[p:Adaeze Okoro] left on Monday. Ms. [p:Okoro]’s lawyer said nothing. [p:Adaeze] was tired, and Okoro slept.",
    );
    assert_eq!(names(&found.people), ["Adaeze Okoro"]);
    let okoro = person(&found, "Adaeze Okoro");
    assert_eq!(mentions(&text, okoro), ["Okoro/alias", "Adaeze Okoro/name", "Okoro/alias", "Adaeze/alias", "Okoro/alias"]);
    assert_eq!((okoro.gender, okoro.gender_basis), (Some(Gender::Female), Some(GenderBasis::Honorific)));
    assert_eq!(
        (okoro.key.as_str(), okoro.aliases.as_slice()),
        ("person:adaeze okoro", ["Okoro".to_owned(), "Adaeze".to_owned()].as_slice())
    );
}

#[test]
fn a_couple_of_one_surname_stays_two() {
    let (text, found) = resolve_marked(
        "[p:Greta Lindqvist] and her husband [p:Tobias Lindqvist] sued. Mr [p:Lindqvist] spoke first. Mrs [p:Lindqvist] spoke next.",
    );
    assert_eq!(names(&found.people), ["Greta Lindqvist", "Tobias Lindqvist"]);
    assert!(mentions(&text, person(&found, "Tobias Lindqvist")).contains(&"Lindqvist/alias".to_owned()));
    assert_eq!(person(&found, "Tobias Lindqvist").gender, Some(Gender::Male));
    assert_eq!(person(&found, "Greta Lindqvist").gender, Some(Gender::Female));
}

#[test]
fn initials_particles_suffixes_and_pet_forms() {
    let (_, found) = resolve_marked(
        "[p:T.R. Ashgrove] met [p:Piet van den Brug], [p:William Tarrow Jr.] and [p:Omar al-Khatib]. [p:Thomas Ashgrove] greeted \
         [p:Van den Brug], [p:Bill Tarrow] and [p:Khatib].",
    );
    assert_eq!(names(&found.people), ["Thomas Ashgrove", "Piet van den Brug", "William Tarrow Jr.", "Omar al-Khatib"]);
}

#[test]
fn acronym_short_form_and_legal_form_join() {
    let (_, found) = resolve_marked(
        "[o:Harrow & Finch Ltd] sued the [o:Coastal Waters Inspection Agency] ([o:CWIA]). [o:Harrow & Finch] lost. [o:CWIA] won, and [o:Harrow] appealed.",
    );
    assert_eq!(names(&found.organisations), ["Harrow & Finch Ltd", "Coastal Waters Inspection Agency"]);
    assert_eq!(organisation(&found, "Harrow & Finch Ltd").key, "organisation:harrow & finch");
    assert_eq!(organisation(&found, "Harrow & Finch Ltd").aliases, ["Harrow & Finch", "Harrow"]);
    assert_eq!(organisation(&found, "Coastal Waters Inspection Agency").aliases, ["CWIA"]);
}

#[test]
fn roles_before_and_after_the_name() {
    let (text, found) = resolve_marked(
        "[o:Brevia] chief executive [p:Lena Marsh] resigned. [p:Ivo Sandoval], 51, a spokesman for [o:Norcast], agreed. \
         The head of [o:Norcast], [p:Ruth Pell], did not. Sen. [p:Abel Quist] waited.",
    );
    assert_eq!(person(&found, "Lena Marsh").role.as_deref(), Some("chief executive"));
    let brevia = person(&found, "Lena Marsh").organisation.unwrap();
    assert_eq!(found.get(brevia).name, "Brevia");
    assert_eq!(person(&found, "Ivo Sandoval").role.as_deref(), Some("spokesman for Norcast"), "{text}");
    assert_eq!(found.get(person(&found, "Ivo Sandoval").organisation.unwrap()).name, "Norcast");
    assert_eq!(person(&found, "Ruth Pell").role.as_deref(), Some("head of Norcast"));
    assert_eq!(person(&found, "Abel Quist").role.as_deref(), Some("Sen."));
}

#[test]
fn words_before_and_after_a_name_that_are_no_role_of_it() {
    let (_, found) = resolve_marked(
        "Thanks to the space President [p:Abel Quist] gave them they talked of fishermen, Farmers and President [p:Ruth Pell]. \
         With [p:Ivo Sandoval], former Gov. [p:Lena Marsh] and others it went on.",
    );
    assert_eq!(person(&found, "Abel Quist").role.as_deref(), Some("President"));
    assert_eq!(person(&found, "Ruth Pell").role.as_deref(), Some("President"));
    assert_eq!(person(&found, "Ivo Sandoval").role, None);
}

#[test]
fn a_metro_station_is_no_broadcaster() {
    let (text, found) = resolve_marked(
        "[o:NPR] told of the flood. The metro station was closed. The station said more would follow. The motive force was rain.",
    );
    assert_eq!(mentions(&text, organisation(&found, "NPR")), ["NPR/name", "The station/nominal"]);
}

#[test]
fn a_name_of_many_articles_is_taken_apart_once() {
    let long = format!("{}Masri", "al-".repeat(20_000));
    let (_, found) = resolve_marked(&format!("[p:Omar al-Masri] spoke. [p:Omar {long}] left. Mr [p:Masri] said so."));
    assert_eq!(person(&found, "Omar al-Masri").aliases, ["Masri"]);
}

#[test]
fn of_what_a_member_is_and_two_houses_in_one_breath() {
    let (text, found) = resolve_marked(
        "A [o:House Republican] aide met an [o:Ohio Republican] while the [o:House and Senate] voted. [o:Progressives] left.",
    );
    assert_eq!(names(&found.organisations), ["House", "Senate"]);
    assert_eq!(mentions(&text, organisation(&found, "House")), ["House/name", "House/name"]);
}

#[test]
fn pronouns_follow_the_last_speaker_of_their_gender() {
    let (text, found) = resolve_marked(
        "“We will rebuild the harbour by spring,” said [p:Clara Voss]. “It is our duty to those who lost so much,” she added.\n\
         [p:Dieter Rahn] disagreed with her. “Nobody has the money for it this year,” he said.",
    );
    assert_eq!(mentions(&text, person(&found, "Clara Voss")), ["Clara Voss/name", "she/pronoun", "her/pronoun"]);
    assert_eq!(mentions(&text, person(&found, "Dieter Rahn")), ["Dieter Rahn/name", "he/pronoun"]);
}

#[test]
fn a_subject_is_known_past_what_describes_it_and_past_an_adverb() {
    let (text, found) = resolve_marked(
        "[p:Dieter Rahn] praised the plan for the harbour. Another friend of it, [l:Ulm] mayor [p:Otto Weil], paid for the talks with \
         [p:Emil Horn]. “Nobody has the money for it this year,” he said.\n\
         On Friday [p:Karl Lotz] met [p:Emil Horn], and then [p:Dieter Rahn] again spoke. “Nobody has the money for it now,” he said.",
    );
    assert!(mentions(&text, person(&found, "Otto Weil")).contains(&"he/pronoun".to_owned()));
    assert!(mentions(&text, person(&found, "Dieter Rahn")).contains(&"he/pronoun".to_owned()));
}

#[test]
fn a_subject_is_not_whom_its_clause_names() {
    let (text, found) = resolve_marked(
        "[p:Otto Weil] met critics of the harbour. [p:Dieter Rahn] will pay, [p:Dieter Rahn] said. He told [p:Dieter Rahn] that it was late.\n\
         [p:Clara Voss] left. She was [p:Clara Voss] even at school.",
    );
    assert_eq!(mentions(&text, person(&found, "Otto Weil")), ["Otto Weil/name", "He/pronoun"]);
    assert_eq!(mentions(&text, person(&found, "Clara Voss")), ["Clara Voss/name", "She/pronoun", "Clara Voss/name"]);
}

#[test]
fn who_spoke_goes_on_rather_than_whom_he_spoke_of() {
    let (text, found) = resolve_marked(
        "Mr [p:Otto Weil] paid for the harbour. [p:Dieter Rahn] said that Mr [p:Otto Weil] had paid far too much. “It is a shame for the town,” \
         he added.",
    );
    assert_eq!(mentions(&text, person(&found, "Dieter Rahn")), ["Dieter Rahn/name", "he/pronoun"]);
}

#[test]
fn himself_is_the_name_before_it() {
    let (text, found) = resolve_marked(
        "[p:Dieter Rahn] spoke of the harbour. “It is a matter of years,” he said. Mayor [p:Otto Weil] himself has hinted that he wants it.",
    );
    assert_eq!(mentions(&text, person(&found, "Otto Weil")), ["Otto Weil/name", "himself/pronoun", "he/pronoun"]);
}

#[test]
fn a_pronoun_for_somebody_without_a_name_stays_untied() {
    let (text, found) =
        resolve_marked("[p:Clara Voss] left early. A spokeswoman confirmed it. “That is all we know about this,” she said.");
    assert_eq!(mentions(&text, person(&found, "Clara Voss")), ["Clara Voss/name"]);
}

#[test]
fn a_pronoun_in_an_opening_phrase_looks_ahead() {
    let (text, found) = resolve_marked("[p:Dieter Rahn] left. In his first speech, Mr [p:Otto Weil] praised the town.");
    assert!(mentions(&text, person(&found, "Otto Weil")).contains(&"his/pronoun".to_owned()));
}

#[test]
fn the_company_and_the_agency_are_told_apart() {
    let (text, found) = resolve_marked(
        "[o:Norcast Inc] sells maps to [o:CWIA]. The agency keeps them. In a statement the company said its rules were strict and that it \
         “does not believe that any of them were broken”. The firm declined to say more.",
    );
    assert_eq!(
        mentions(&text, organisation(&found, "Norcast Inc")),
        ["Norcast Inc/name", "the company/nominal", "its/pronoun", "it/pronoun", "The firm/nominal"]
    );
    assert_eq!(mentions(&text, organisation(&found, "CWIA")), ["CWIA/name", "The agency/nominal"]);
}

#[test]
fn a_noun_phrase_after_a_place_is_no_apposition() {
    let (text, found) = resolve_marked(
        "Mayor [p:Rosa Tull] was pleased. In [l:Ulm], the mayor also said it was late. Like [p:Abel Quist], the mayor said little.",
    );
    assert_eq!(mentions(&text, person(&found, "Rosa Tull")), ["Rosa Tull/name", "the mayor/nominal"]);
}

#[test]
fn his_party_is_not_that_party() {
    let (text, found) = resolve_marked("The [o:Harbour Party] won. [p:Dieter Rahn] said that his party would pay for the town.");
    assert_eq!(mentions(&text, organisation(&found, "Harbour Party")), ["Harbour Party/name"]);
    assert_eq!(mentions(&text, person(&found, "Dieter Rahn")), ["Dieter Rahn/name", "his/pronoun"]);
}

#[test]
fn an_association_may_be_a_union() {
    let (text, found) = resolve_marked("The [o:Association of Harbour Pilots] called a strike. It will last, the union wrote in a letter.");
    assert!(mentions(&text, organisation(&found, "Association of Harbour Pilots")).contains(&"the union/nominal".to_owned()));
}

#[test]
fn the_senator_is_the_one_who_is_a_senator() {
    let (text, found) =
        resolve_marked("Sen. [p:Abel Quist] met Mayor [p:Rosa Tull] on Friday. The mayor was pleased. The senator left. The judge slept.");
    assert_eq!(mentions(&text, person(&found, "Abel Quist")), ["Abel Quist/name", "The senator/nominal"]);
    assert_eq!(mentions(&text, person(&found, "Rosa Tull")), ["Rosa Tull/name", "The mayor/nominal"]);
}

#[test]
fn a_noun_before_another_noun_is_no_mention() {
    let (text, found) = resolve_marked("[o:Norcast Inc] grew. The company car was sold. The company policy changed.");
    assert_eq!(mentions(&text, organisation(&found, "Norcast Inc")), ["Norcast Inc/name"]);
}

#[test]
fn gender_is_never_told_by_a_given_name_alone() {
    let (_, found) = resolve_marked("[p:Mary Stone] and [p:John Field] met.");
    assert!(found.people.iter().all(|p| p.gender.is_none() && p.gender_basis.is_none()));
}

#[test]
fn names_are_mended_at_their_bounds() {
    let (_, found) = resolve_marked(
        "[p:Jane Orrin Calls Peter Vogt] Liar\nActing Regional Mayor [p:Jane Orrin] spoke. Don [p:Farley] left with Choi [p:Yusra Al]. \
         [p:Kim Ha]-eun sang. Old Robert “[p:Bobby” Tarn] slept.",
    );
    assert_eq!(names(&found.people), ["Jane Orrin", "Peter Vogt", "Don Farley", "Yusra Al", "Kim Ha-eun", "Old Robert “Bobby” Tarn"]);
    let (_, found) = resolve_marked(
        "[p:Darek] “The Foundry” Kowal won. Darek “The [p:Mill” Tarn] lost. [p:Joe ‘the Hat]’ Carter left. [p:Ann] “Go Home” she said.",
    );
    assert_eq!(names(&found.people), ["Darek “The Foundry” Kowal", "Darek “The Mill” Tarn", "Joe ‘the Hat’ Carter", "Ann"]);
}

#[test]
fn a_surname_tagged_as_a_place_is_the_person() {
    let (text, found) = resolve_marked("[p:Erin Tarrant] came. “It was a very long trip for us,” said [l:Tarrant]. TARRANT: It was.");
    assert_eq!(mentions(&text, person(&found, "Erin Tarrant")), ["Erin Tarrant/name", "Tarrant/alias", "TARRANT/alias"]);
}

#[test]
fn a_bare_surname_is_not_who_comes_only_later() {
    let (text, found) = resolve_marked(
        "[p:Ted Corvin] spoke. [p:Corvin] said little. [p:Corvin] left. Years ago his father, [p:Raul Corvin], had left too. Then it rained for \
         days and days on the town, the hills and the long road to the sea, and nobody came to the market any more for a week or for two. \
         [p:Corvin] said so.",
    );
    assert_eq!(mentions(&text, person(&found, "Ted Corvin")).iter().filter(|m| m.as_str() == "Corvin/alias").count(), 3);
    assert_eq!(person(&found, "Raul Corvin").role, None, "kin is no role");
}

#[test]
fn a_subject_past_its_apposition_outweighs_the_name_beside_the_verb() {
    let (text, found) = resolve_marked(
        "Today [p:Leo Brandt], director of debate at [o:Wexham College], criticised [p:Otto Weil] for shooting. “It has to end,” he said.",
    );
    assert!(mentions(&text, person(&found, "Leo Brandt")).contains(&"he/pronoun".to_owned()));
    assert_eq!(found.get(person(&found, "Leo Brandt").organisation.unwrap()).name, "Wexham College");
}

#[test]
fn an_object_is_not_its_own_subject() {
    let (text, found) = resolve_marked("[p:Otto Weil] waited. [p:Leo Brandt] criticised him.");
    assert_eq!(mentions(&text, person(&found, "Otto Weil")), ["Otto Weil/name", "him/pronoun"]);
}

#[test]
fn an_apposition_is_no_mention() {
    let (text, found) = resolve_marked("[p:Lena Marsh], the chairwoman, left. The chairwoman, [p:Lena Marsh], slept. The chairwoman woke.");
    assert_eq!(mentions(&text, person(&found, "Lena Marsh")), ["Lena Marsh/name", "Lena Marsh/name", "The chairwoman/nominal"]);
}

#[test]
fn a_possessor_is_no_part_of_the_role_but_its_organisation() {
    let (_, found) = resolve_marked(
        "[o:Norcast Inc] lost money. “We will do better than that,” said [p:Abel Quist], its finance director. \
         [o:Brevia]’s deputy director, [p:Ruth Pell], agreed.",
    );
    assert_eq!(person(&found, "Abel Quist").role.as_deref(), Some("finance director"));
    assert_eq!(found.get(person(&found, "Abel Quist").organisation.unwrap()).name, "Norcast Inc");
    assert_eq!(person(&found, "Ruth Pell").role.as_deref(), Some("deputy director"));
    assert_eq!(found.get(person(&found, "Ruth Pell").organisation.unwrap()).name, "Brevia");
}

#[test]
fn the_first_word_of_a_company_stands_for_it() {
    let (text, found) = resolve_marked("Larkmoor cuts jobs\n[o:Larkmoor Coatings Corp.] lost money. Larkmoor’s shares fell.");
    assert_eq!(
        mentions(&text, organisation(&found, "Larkmoor Coatings Corp.")),
        ["Larkmoor/alias", "Larkmoor Coatings Corp./name", "Larkmoor/alias"]
    );
}

#[test]
fn father_and_son_of_one_name_stay_two() {
    let (text, found) =
        resolve_marked("[p:Otto Weil] spoke. His son [p:Otto Weil Jr.] left. [p:Otto Weil] stayed and [p:Otto Weil Jr.] slept.");
    assert_eq!(names(&found.people), ["Otto Weil", "Otto Weil Jr."]);
    assert_eq!(mentions(&text, person(&found, "Otto Weil Jr.")).len(), 2);
}

#[test]
fn two_names_run_together_are_not_the_fullest_form() {
    let (_, found) = resolve_marked("[p:Ruth Pell] won. [p:Ruth Pell Otto Ann] lost. [p:Ruth Pell] slept.");
    assert_eq!(names(&found.people), ["Ruth Pell"]);
}

#[test]
fn two_given_names_share_a_surname() {
    let (text, found) = resolve_marked("[p:Martin Orwell] won. [p:Martin] and [p:Susan Orwell] waved. [p:Martin] spoke.");
    assert_eq!(names(&found.people), ["Martin Orwell", "Susan Orwell"]);
    assert_eq!(mentions(&text, person(&found, "Martin Orwell")).len(), 3);
}

#[test]
fn what_somebody_runs_or_is_of_is_the_organisation() {
    for text in [
        "[p:Ines Falk], who once chaired the [o:Quay Trust], left.",
        "[p:Ines Falk], 54, who works for the [o:Quay Trust], left.",
        "“No,” said [p:Ines Falk] of the charity [o:Quay Trust].",
        "[p:Ines Falk] of [p:Quay Trust] left.",
        "[o:Quay Trust] shut. The trust’s director, [p:Ines Falk], left.",
    ] {
        let (_, found) = resolve_marked(text);
        let of = person(&found, "Ines Falk").organisation.map(|id| found.get(id).name.as_str());
        assert_eq!(of, Some("Quay Trust"), "{text}");
    }
    let (_, found) =
        resolve_marked("[p:Ines Falk] left. Later the [o:Quay Trust] shut. She met [p:Jon Aber], who left the [o:Quay Trust].");
    assert!(found.people.iter().all(|person| person.organisation.is_none()));
}

#[test]
fn in_an_interview_he_is_neither_of_the_two() {
    let (text, found) = resolve_marked(
        "[p:Karl Wiek] printed maps. [p:Tom Ashe] talked to [p:Una Voss].\n[p:Ashe]: Did you write to [p:Wiek]?\n[p:Voss]: I did. He wept.",
    );
    assert_eq!(mentions(&text, person(&found, "Karl Wiek")), ["Karl Wiek/name", "Wiek/alias", "He/pronoun"]);
}

#[test]
fn a_word_that_only_begins_a_title_stays_in_the_name() {
    let (_, found) = resolve_marked("Coach [p:Tan Cheng Hoe] left. Tan Sri [p:Oki Ramli] and [p:Datuk Oki Ramli] stayed.");
    assert_eq!(names(&found.people), ["Tan Cheng Hoe", "Oki Ramli"]);
}

#[test]
fn titles_inside_a_quotation_tell_a_role() {
    let (_, found) = resolve_marked("“I called Governor [p:Ines Falk], and the plumber, [p:Jo Aber], on Monday,” said [p:Ute Ros].");
    assert_eq!(person(&found, "Ines Falk").role.as_deref(), Some("Governor"));
    assert_eq!(person(&found, "Jo Aber").role, None);
}

#[test]
fn anything_gives_an_answer() {
    for text in [
        "",
        "\u{301}",
        "he he he",
        "[p:A]",
        "[p:’s]",
        "[o:&] [o:(]",
        "[p:Jr.] [p:van]",
        "the the the company the",
        "[o:A] (",
        "[p:X], ",
        "Mr. [p:Y], 5",
        "the 5-year-",
    ] {
        let _ = resolve_marked(text);
    }
}
