//! Marks into pairs, with a stack: what opens is closed by the next that closes its family.

use super::{
    DEPTH, Finder, Stretch,
    marks::{Family, Mark, Side},
};

use crate::document::{Case, Gap, TokenKind};

impl Finder<'_> {
    /// Pairs the paragraph's marks into `stretches` (outermost ones only). With `nesting`, a mark that opens inside an open
    /// quotation of the same family starts an inner one; without, it ends the open one, whose closing mark must be missing.
    /// Returns whether all were closed; `stack` keeps those that were not.
    pub(super) fn pair(&mut self, end: usize, from: Option<Mark>, nesting: bool, singles: bool) -> bool {
        self.stretches.clear();
        self.holds_another = false;
        self.stack.clear();
        self.stack.extend(from);
        for i in 0..self.marks.len() {
            let mark = self.marks[i];
            let open = self.stack.iter().rposition(|m| m.family == mark.family);
            match (mark.family, mark.side) {
                (Family::Single, _) if !singles => {}
                (Family::Single, Side::Open) => {
                    if mark.closes_later && open.is_none() && self.stack.len() < DEPTH {
                        self.stack.push(mark);
                    }
                }
                (Family::Single, _) => {
                    let closes = mark.side == Side::Close || !mark.closes_later;
                    if closes && open.is_some() && open == self.stack.len().checked_sub(1) {
                        self.close(open.unwrap_or(0), mark);
                    }
                }
                (Family::Double, Side::Close | Side::Either) if open.is_some() => self.close(open.unwrap_or(0), mark),
                (Family::Double, Side::Close | Side::Doubtful) => {
                    // Nothing to close. Sloppy spacing may hide one that opens: `said," I think so."`
                    let comma_before = mark.token > 0 && matches!(self.tokens[mark.token - 1].span.of(self.text), "," | ":");
                    let another = self.marks.get(i + 1).is_some_and(|m| m.family == Family::Double && m.side == Side::Close);
                    if comma_before && another && self.stack.is_empty() {
                        self.stack.push(mark);
                    }
                }
                (Family::Double, Side::Open | Side::Either) => match open {
                    Some(_) if nesting => {
                        if self.stack.len() < DEPTH {
                            self.stack.push(mark);
                        }
                    }
                    Some(outer) => {
                        let unclosed = self.stack[outer];
                        self.stack.clear();
                        self.stretches.push(Stretch {
                            first: unclosed.token,
                            end: mark.token,
                            family: Family::Double,
                            closed: false,
                            nested: false,
                        });
                        self.stack.push(mark);
                    }
                    None => self.stack.push(mark),
                },
            }
        }
        if self.stack.is_empty() {
            return true;
        }
        if let Some(&open) = self.stack.first().filter(|m| m.family == Family::Double) {
            // “So it goes,’ he said: a single mark may close what a double one opened.
            let odd = self.marks.iter().find(|m| m.token > open.token + 1 && m.family == Family::Single && m.side == Side::Close);
            let odd = odd.filter(|m| self.may_close_double(m.token, end));
            let (end, closed) = odd.map_or((end, false), |m| (m.token + 1, true));
            self.stretches.push(Stretch { first: open.token, end, family: Family::Double, closed, nested: false });
        }
        false
    }

    /// Whether the single mark, which touches the word before it, ends a clause or stands inside one, and is no apostrophe.
    fn may_close_double(&self, mark: usize, end: usize) -> bool {
        let before = &self.tokens[mark - 1];
        let lower_follows = mark + 1 < end && self.tokens[mark + 1].gap == Gap::Space && self.tokens[mark + 1].case == Case::Lower;
        before.kind == TokenKind::Punctuation || lower_follows
    }

    fn close(&mut self, open: usize, mark: Mark) {
        let first = self.stack[open];
        self.stack.truncate(open);
        if !self.stack.is_empty() {
            self.holds_another |= first.token + 1 < mark.token;
            return;
        }
        let nested = std::mem::take(&mut self.holds_another);
        if first.token + 1 < mark.token {
            self.stretches.push(Stretch { first: first.token, end: mark.token + 1, family: mark.family, closed: true, nested });
        }
    }
}
