//! A page -> its article: the text with its paragraphs, and what the page says of it. Source to pieces (`tags`), pieces to a flat tree
//! (`tree`), tree to lines (`lines`, which asks `names` what an element is called), and of the lines those of the article (`select`).

mod lines;
mod metadata;
mod names;
mod select;
mod tags;
mod tree;

use crate::article::Meta;
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
    let kept = select::select(&tree, &lines);
    let text = write(kept.iter().map(|&index| &lines[index]));
    Page { meta: found.meta, text, warning: None }
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
