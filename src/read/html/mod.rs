//! A page -> its article: the text with its paragraphs, and what the page says of it. Source to pieces (`tags`), pieces to a flat tree
//! (`tree`), tree to lines (`lines`, which asks `names` what an element is called), and of the lines those of the article
//! (`select`, with the publisher's own text as a `guide` where there is one).

mod guide;
mod lines;
mod metadata;
mod names;
mod select;
mod tags;
mod tree;

use crate::article::Meta;
use guide::{Advice, Guide};
use lines::Line;
use tree::Kind;

pub(super) struct Page {
    pub(super) meta: Meta,
    /// Empty when the page holds no article.
    pub(super) text: String,
    pub(super) warning: Option<&'static str>,
}

pub(super) fn extract(source: &str) -> Page {
    let tree = tree::build(source);
    let found = metadata::metadata(&tree);
    let lines = lines::lines(&tree);
    let mut kept = select::select(&tree, &lines);
    let body = found.body.map(|body| if body.contains('<') { write(lines::lines(&tree::build(&body)).iter()) } else { body });
    if let Some(body) = body
        && let Some(advice) = Guide::new(&body).and_then(|guide| guide.advise(&lines, &kept))
    {
        match advice {
            Advice::Lines(better) => kept = better,
            Advice::Body => return Page { meta: found.meta, text: paragraphs(&body), warning: None },
        }
    }
    // A few words are a short article; many without one paragraph among them are menus and notices.
    let prose = kept.iter().any(|&index| select::is_prose(&lines[index]));
    let warning = (!prose && !kept.is_empty() && lines.len() > 8).then_some("boilerplate_only");
    Page { meta: found.meta, text: write(kept.iter().map(|&index| &lines[index])), warning }
}

/// A text whose line breaks are paragraphs.
fn paragraphs(text: &str) -> String {
    let text = tags::unescape(text);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Paragraphs with an empty line between them; the items of a list one below the other.
fn write<'a>(lines: impl Iterator<Item = &'a Line>) -> String {
    let mut text = String::new();
    let mut before = None;
    for line in lines {
        if !text.is_empty() {
            let together = matches!(line.kind, Kind::Item | Kind::Row) && before == Some(line.kind);
            text.push_str(if together { "\n" } else { "\n\n" });
        }
        if line.kind == Kind::Item {
            text.push_str("- ");
        }
        text.push_str(&line.text);
        before = Some(line.kind);
    }
    text
}
