//! Numbers that are a part of a name or a code, and weekdays that are a part of a title.

use super::*;

#[test]
fn marks_of_lists_captions_and_codes_are_no_figures() {
    for text in [
        "It offers: (1) a desk; (2) a lamp, and (3) a view.",
        "Hide Caption 7 of 31",
        "Call Brell +1 (262) 555-0133 now.",
        "He was charged under 18 U.S.C. 1001.",
        "The 340B programme covers Suite 207B too.",
        "The hall is in Akron, OH 44301-2210.",
        "See figure 2.1 and table 4.3 below.",
        "The NIL deals are new.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("A model of 8B parameters won."), ["8B | 8000000000"]);
    assert_eq!(read("It makes 12 (3) more than before.")[0], "12 | 12");
}

#[test]
fn a_name_in_capitals_keeps_its_number() {
    for text in [
        "The Lumo Fold 7 users complained.",
        "The Fortune 500 firms backed a World War 2 museum.",
        "They read 1 Corinthians and John 3:16 aloud.",
        "A Boeing 787-9 was late.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("In Lervik 300 people left."), ["300 | 300"]);
    assert_eq!(read("Orel City won 3-1 at home."), ["3-1 | 1..3"]);
}

#[test]
fn a_weekday_of_a_title_is_no_date() {
    for text in [
        "The Sunday Times and the Saturday Telegraph agreed.",
        "She was on Saturday Night Live and the Sunday talk shows.",
        "Ines Falk, USA TODAY",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("On Sunday Times Square was shut."), ["Sunday | 2026-03-08"]);
}

#[test]
fn points_of_an_index_are_none_of_a_share() {
    assert_eq!(read("Bonds lost 1.2% and the Dow shed 45 points."), ["1.2% | 1.2 | percent", "45 | 45"]);
    assert_eq!(read("Her share was 31%, down 2 points."), ["31% | 31 | percent", "2 points | 2 | percentage-point"]);
}

#[test]
fn calls_models_and_programmes() {
    for text in [
        "She called 911 and the 911 dispatcher answered.",
        "It was told on 60 Minutes, after the Thirty Years’ War.",
        "The 3 Series and an Alpha 7 III were sold at a 7-Eleven.",
        "They landed on runway 27L with a Ryzen 9 7950X.",
        "SOC 2 is a standard.",
        "Ten Downing Street was shut.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("It has 911 members."), ["911 | 911"]);
    assert_eq!(read("the Jan. 6 rioters"), ["Jan. 6 | 2021-01-06"]);
    assert!(read("Suspect flees 02:21").is_empty());
    assert_eq!(read("It begins at 19:45"), ["19:45"]);
}

#[test]
fn reports_papers_and_lists_are_no_figures() {
    for text in [
        "See 541 U.S. at 612, then 399 U.S. 204.",
        "DOI 10.4471/abc.0912",
        "The charity is a 501(c)3 body on the Inc. 5000 list.",
        "Savers use the 529 plan in a 5 Star rated office.",
        "She made the 30 Under 30 list.",
        "The 737 Max flew under ISO/IEC 42001 rules.",
        "Call (612)-555-0142 or +15550142233.",
        "It counts in units of fb−1.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("It was 1 of 18 finalists."), ["18 | 18"]);
    assert_eq!(read("It hurt one of every five sailors."), ["one of every five | 0.2"]);
    assert_eq!(read("I count 14 in six boxes."), ["14 | 14", "six | 6"]);
}

#[test]
fn a_number_that_opens_a_title() {
    assert!(read("She wrote “Twelve Quiet Sailors” and the film 12 Brave Men.").is_empty());
    assert_eq!(read("They gave it “Three Stars” at once."), ["Three | 3"]);
    assert_eq!(read("The film 12 sailors made was long."), ["12 | 12"]);
}

#[test]
fn roads_labels_and_codes_keep_their_numbers() {
    for text in [
        "Call 1-800-LANTERN or (281) 555–0142.",
        "Cars queued on the 101 Freeway near a Lumo-Benz 600.",
        "Step 2: Fold the paper.",
        "The office is in Orel City, Georgia 30337.",
        "It runs on Microsoft 365 and follows NIST 800-171.",
        "The star is J1149+6663.",
        "One need only look. Or so one suspects.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert!(read("She saw 12 Brave Men again.").is_empty());
    assert_eq!(read("She met 12 Danish Sailors again."), ["12 | 12"]);
    assert_eq!(read("(+80 mV)"), ["80 mV | 80 | millivolt"]);
    assert_eq!(read("In Orel, Georgia 30337 people left.")[0], "30337 | 30337");
}

#[test]
fn phases_and_teams_are_no_counts() {
    for text in [
        "The trial is in phase two now.",
        "He has stage four cancer.",
        "SKW 3 defeated hosts SFC.",
        "The road is closed between junctions 4 and 5.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("WATCH 3 missing women found."), ["3 | 3"]);
}

#[test]
fn thousands_are_no_version() {
    assert_eq!(read("Did They Lose 1,475 Danish Ships?"), ["1,475 | 1475"]);
    assert!(read("It runs Lumo 2.0 now.").is_empty());
}

#[test]
fn names_that_the_lists_know() {
    for text in [
        "The first lady spoke on “Fox News Sunday” of her 529 plan.",
        "Two Rivers bought the rights to 12 Angry Men and Blade Runner 2049.",
        "The Tuesday Group joined the March for Our Lives.",
        "Ines Falk, host of Friday Night Happenings",
        "Who is Ines Falk? 01:07",
        "Call (604)-555-0142 now.",
        "It helps. 2. Costs are low.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("two rivers rose"), ["two | 2"]);
    assert_eq!(read("Ada Brell, 2:05:46, came first.")[0], "2:05:46 | 7546 | second");
}

#[test]
fn parts_lists_and_papers() {
    for text in [
        "They warned of phase two.",
        "The paper is at DOI 10.1016/j.abc.2025.1",
        "Its tips: 1 - Start early.",
        "It is ISO/IEC 27001 certified and of zero tolerance.",
        "She was named to the 30 Under 30 list.",
        "91 Harbour Ave, NY, 10027",
        "It is at 201 N. Brell Blvd.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("said Mr. Okafor, 51."), ["51 | 51 | year-person"]);
}

#[test]
fn codes_are_no_figures() {
    assert!(read("It is DOI: 10.1234/s12345-025-00175-8, with ISSN 2662-9291.").is_empty());
    assert!(read("See image ID# 48-267, or grants 42030109 and 61974156.").is_empty());
    assert_eq!(read("J Brell Med 2020;13(5):559-565."), ["2020 | 2020-01-01/2020-12-31"]);
    assert!(read("The ISO 42001:2023 standard is met by all.").is_empty());
    assert!(read("Call (646) 555-6893ada@example.com or 866-555-2743www.example.com.").is_empty());
    assert!(read("Ring 1-800-BRELL-4 (242-8721).").is_empty());
    assert_eq!(read("It has 12345678 people."), ["12345678 | 12345678"]);
    assert_eq!(read("They sold 200-1000 a day."), ["200-1000 | 200..1000"]);
}

#[test]
fn grades_are_names_before_what_is_of_them() {
    assert!(read("They ran phase 3 trials with tier 1 suppliers and level 2 chargers.").is_empty());
    assert_eq!(read("The stage 30 actors stood on"), ["30 | 30"]);
}

#[test]
fn what_is_listed_with_a_name_and_numbers_of_posts() {
    assert!(read("See pages 39 and 40 of it, Sections 5, 6 and 7, and part 2 of 2.").is_empty());
    assert!(read("(2) The agency erred.\n(3) The other failed.\nThat is all. (4/)").is_empty());
    assert!(read("He had a .380 handgun and a .45-caliber pistol.").is_empty());
    assert_eq!(read("He hit .300 in June.")[0], ".300 | 0.3");
}

#[test]
fn marks_of_lists_that_touch_and_numbers_of_funds() {
    assert!(read("It is off.\n2.Get a free pen. 3.Send it.").is_empty());
    assert!(read("the fund (7232273), and so on").is_empty());
}
