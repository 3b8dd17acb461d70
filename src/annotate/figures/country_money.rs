//! Whose pesos: a name of money that countries share is of the one that the words near it name, else of the one the text names most.

use super::build::Builder;

/// How many tokens before and after the sum a country is looked for first.
const NEAR: usize = 30;

/// The money of the country that most others leave its name to: sums of aid in pounds are named beside who gets them.
const STERLING: &str = "GBP";

impl Builder<'_> {
    /// What money the sum at token `i` is, where its name was taken for `code`; none where the text names no country that has it.
    pub(super) fn money_of_the_country(&mut self, code: &str, i: usize) -> Option<&'static str> {
        let scan = self.scan;
        let last = scan.tokens.len();
        if self.countries.is_empty() {
            self.countries = vec![0; scan.lexicon.countries.len() + 1];
            for j in (0..last).filter(|&j| scan.case(j).is_capitalised()) {
                self.countries[usize::from(scan.entry(j).country)] += 1;
            }
            // A sign names the country as well.
            let britain = (1..self.countries.len()).find(|&country| self.money_there(country, STERLING) == Some(STERLING));
            if let Some(britain) = britain.filter(|_| scan.text.contains('£')) {
                self.countries[britain] += 1;
            }
        }
        let named = || (1..self.countries.len()).filter(|&country| self.countries[country] > 0);
        if code == STERLING && named().any(|country| self.money_there(country, code) == Some(STERLING)) {
            return None;
        }
        let near = (1..=NEAR).flat_map(|away| [i.checked_sub(away), Some(i + away).filter(|&j| j < last)]).flatten();
        for j in near {
            if let Some(found) = self.money_there(usize::from(scan.entry(j).country), code) {
                return Some(found);
            }
        }
        let most =
            named().rev().filter(|&country| self.money_there(country, code).is_some()).max_by_key(|&country| self.countries[country])?;
        self.money_there(most, code)
    }

    /// What a name that is taken for `code` means in a country: a row of the list, from 1 on.
    fn money_there(&self, country: usize, code: &str) -> Option<&'static str> {
        let pairs = self.scan.lexicon.countries.get(country.checked_sub(1)?)?;
        pairs.iter().find(|(taken_for, _)| *taken_for == code).map(|&(_, there)| there)
    }
}
