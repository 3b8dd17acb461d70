//! What is counted, and what a share is of.

use super::*;

fn item(text: &str) -> String {
    one(text).item.unwrap_or_default()
}

#[test]
fn an_item_runs_over_hyphens_and_a_second_plural() {
    assert_eq!(item("They held 3,000 asylum-seekers there."), "asylum-seekers");
    assert_eq!(item("It was told to seven majority-Celtic towns."), "majority-Celtic towns");
    assert_eq!(item("They sent 40 police officers home."), "police officers");
    assert_eq!(item("It has 12 media partners."), "media partners");
    assert_eq!(item("They saw four such frames."), "frames");
    assert_eq!(item("It works if one person doesn’t have it."), "person");
    assert_eq!(one("It hired 90 union-backed cooks.").kind, FigureKind::Count);
}

#[test]
fn a_share_is_of_the_whole_noun() {
    assert_eq!(item("It is 13% of the total population now."), "of the total population");
    assert_eq!(item("They hold 5% of the U.S. budget."), "of the U.S. budget");
    assert_eq!(item("They are 40% of market participants."), "of market participants");
    assert_eq!(item("It is half of the population lives on."), "of the population");
}

#[test]
fn up_after_a_verb_it_belongs_to_is_no_rise() {
    assert_eq!(one("Women make up 40 percent of them.").trend, None);
    assert_eq!(one("They picked up 12 seats.").trend, None);
    assert_eq!(one("The shares were up 4 percent.").trend, Some(Trend::Up));
}

#[test]
fn items_after_or_so_and_of_letters() {
    assert_eq!(item("They lost a dozen or so dogs."), "dogs");
    assert_eq!(item("It sold 12 million PCs."), "PCs");
    assert_eq!(one("It raised $4m.").trend, None);
    assert_eq!(one("Its costs rose by $4m.").trend, Some(Trend::Up));
    assert_eq!(item("They held 50 Israelis there."), "Israelis");
    assert_eq!(one("They work under one roof.").approx, None);
}

#[test]
fn what_a_share_is_of_and_the_one_thing() {
    let item = |text: &str| figures(text)[0].item.clone().unwrap_or_default();
    assert_eq!(item("About 7% of the city's population left."), "of the city's population");
    assert_eq!(item("Half of Orel’s voters stayed away."), "of Orel’s voters");
    assert_eq!(item("1,400 US cities joined."), "US cities");
    assert_eq!(item("One recent poll showed nothing."), "recent poll");
    assert_eq!(item("One Republican operative spoke."), "Republican operative");
    assert_eq!(item("One source close to the talks spoke."), "source");
}

#[test]
fn shares_of_compound_things() {
    let item = |text: &str| figures(text)[0].item.clone().unwrap_or_default();
    assert_eq!(item("It is 140% of the poverty level."), "of the poverty level");
    assert_eq!(item("It is 1% of the world's oil and gas."), "of the world's oil");
    assert_eq!(item("They made two peace offers."), "peace offers");
    assert!(figures("The P5+1 wants more.").is_empty());
}

#[test]
fn things_of_two_kinds_are_counted() {
    let item = |text: &str| figures(text)[0].item.clone().unwrap_or_default();
    assert_eq!(item("She spoke to 10 current and former employees."), "current and former employees");
    assert_eq!(item("Some 2,000 National Guardsmen came."), "National Guardsmen");
    assert_eq!(item("They sat on one side and voters on the other."), "side");
}

#[test]
fn one_family_and_one_ally() {
    let item = |text: &str| figures(text)[0].item.clone().unwrap_or_default();
    assert_eq!(item("One family left."), "family");
    assert_eq!(item("One longtime Brell ally spoke."), "longtime Brell ally");
    assert_eq!(item("It is 72% of the planet's ice-free surface."), "of the planet's ice-free surface");
    assert_eq!(item("It has one warrant exercisable in May."), "warrant");
    assert_eq!(item("It shut a quarter of the country's refining capacity."), "of the country's refining capacity");
}

#[test]
fn adjectives_side_by_side() {
    let item = |text: &str| figures(text)[0].item.clone();
    assert_eq!(item("It runs 14 peer-reviewed, scientific journals.").as_deref(), Some("peer-reviewed, scientific journals"));
    assert_eq!(item("They asked 37 state and local health departments.").as_deref(), Some("state and local health departments"));
    assert_eq!(item("two fully automatic heavy assault rifles").as_deref(), Some("fully automatic heavy assault rifles"));
    assert_eq!(item("There were 12 local, officials said."), None);
}

#[test]
fn what_one_does_is_no_item() {
    assert!(read("One accuses the board of bias, and one leads to another.").is_empty());
    assert_eq!(read("They made one series and one sports film."), ["one | 1", "one | 1"]);
}

#[test]
fn small_words_on_hyphens_open_an_item() {
    let item = |text: &str| figures(text)[0].item.clone();
    assert_eq!(item("It held nine in-person events.").as_deref(), Some("in-person events"));
    assert_eq!(item("thousands of at-risk pets").as_deref(), Some("at-risk pets"));
    assert_eq!(item("They were three-for-three on Monday."), None);
}
