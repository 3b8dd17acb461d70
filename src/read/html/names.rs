//! What an element's name, class and id say of it: a menu, a caption, a row of share buttons, comments. The words are in `aside.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::tags::Tag;

/// How surely something is no part of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    #[default]
    No,
    /// Its class holds a word that some pages also use for the article's own parts.
    Maybe,
    /// It is named for something else, or hidden.
    Yes,
}

struct Words {
    weak: FxHashSet<&'static [u8]>,
    strong: FxHashSet<&'static [u8]>,
    elements: FxHashSet<&'static [u8]>,
    body: FxHashSet<&'static [u8]>,
    hidden: FxHashSet<&'static [u8]>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |section: &'static str| {
        include_str!("aside.txt")
            .lines()
            .filter_map(move |line| line.strip_prefix(section)?.strip_prefix('\t'))
            .flat_map(str::split_ascii_whitespace)
            .map(str::as_bytes)
            .collect()
    };
    Words { weak: of("weak"), strong: of("strong"), elements: of("element"), body: of("body"), hidden: of("hidden") }
});

pub(super) fn aside(tag: Tag) -> Aside {
    let words = &*WORDS;
    let mut aside = Aside::No;
    if words.elements.iter().any(|name| name.eq_ignore_ascii_case(tag.name.as_bytes())) {
        aside = Aside::Yes;
    }
    for (name, value) in tag.attributes() {
        match name {
            "class" | "id" | "role" | "CLASS" | "ID" => aside = aside.max(of_names(value, words)),
            "hidden" => aside = Aside::Yes,
            "aria-hidden" if value == "true" => aside = Aside::Yes,
            "style" if value.contains("display:none") || value.contains("display: none") || value.contains("visibility:hidden") => {
                aside = Aside::Yes;
            }
            _ => {}
        }
    }
    aside
}

fn of_names(names: &str, words: &Words) -> Aside {
    let mut aside = Aside::No;
    for name in names.split_ascii_whitespace() {
        if words.hidden.contains(name.as_bytes()) {
            return Aside::Yes;
        }
        let (mut body, mut count, mut found) = (true, 0, Aside::No);
        each_word(name, |word| {
            count += 1;
            body &= words.body.contains(word);
            if words.strong.contains(word) {
                found = Aside::Yes;
            } else if words.weak.contains(word) {
                found = found.max(Aside::Maybe);
            }
        });
        // `article-body pagination-first` is a body, whatever else it is.
        if body && count > 0 && aside == Aside::Maybe {
            return Aside::No;
        }
        if body && count > 1 {
            return Aside::No;
        }
        aside = aside.max(found);
    }
    aside
}

/// The words of one name, in lower case: `entry-content`, `entryContent` and `ENTRY_content` have the same two.
fn each_word(name: &str, mut each: impl FnMut(&[u8])) {
    let mut word = [0_u8; 32];
    let mut length = 0;
    let mut lower = false;
    for &byte in name.as_bytes() {
        if !byte.is_ascii_alphabetic() || (lower && byte.is_ascii_uppercase()) {
            if length > 0 {
                each(&word[..length]);
            }
            length = 0;
        }
        if byte.is_ascii_alphabetic() && length < word.len() {
            word[length] = byte.to_ascii_lowercase();
            length += 1;
        }
        lower = byte.is_ascii_lowercase();
    }
    if length > 0 {
        each(&word[..length]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::{Piece, pieces};
    use super::*;

    fn of(source: &str) -> Aside {
        let Some(Piece::Open(tag)) = pieces(source).next() else { panic!("{source}") };
        aside(tag)
    }

    #[test]
    fn names_are_cut_into_words() {
        let mut found = Vec::new();
        each_word("entry-contentLinks2_SHARE", |word| found.push(String::from_utf8_lossy(word).into_owned()));
        assert_eq!(found, ["entry", "content", "links", "share"]);
    }

    #[test]
    fn bodies_and_asides() {
        for (source, expected) in [
            ("<nav>", Aside::Yes),
            ("<div class='post-comments'>", Aside::Yes),
            ("<div class='entry-content author-ann'>", Aside::No),
            ("<div class='author-box'>", Aside::Maybe),
            ("<div class='article-body pagination-first'>", Aside::No),
            ("<div style='display:none'>", Aside::Yes),
            ("<div class='download'>", Aside::No),
        ] {
            assert_eq!(of(source), expected, "{source}");
        }
    }
}
