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
use tree::NodeKind;

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
            // A long row is a paragraph of a page laid out by a table.
            let short = line.kind == NodeKind::Item || (line.kind == NodeKind::Row && line.text.len() < 120);
            let together = short && before == Some(line.kind);
            text.push_str(if together { "\n" } else { "\n\n" });
        }
        if line.kind == NodeKind::Item {
            text.push_str("- ");
        }
        text.push_str(&line.text);
        before = Some(line.kind);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_headings_and_breaks_keep_their_lines() {
        let page = "<article><h1>Ferry</h1><p>The ferry to the islands sails again from Monday on, the company said.</p><h2>Prices</h2>\
            <ul><li>One way: 12 crowns</li><li><p>Return: 20 crowns</p></li></ul><p>Cars are carried only from May to September,<br>as in years before.</p></article>";
        let expected = "The ferry to the islands sails again from Monday on, the company said.\n\nPrices\n\n- One way: 12 crowns\n- Return: 20 crowns\n\n\
            Cars are carried only from May to September,\nas in years before.";
        assert_eq!(extract(page).text, expected);
        assert_eq!(extract("<p>Just a <b>fragment</b> &amp; no more.</p>").text, "Just a fragment & no more.");
        assert_eq!(extract("").text, "");
        assert_eq!(extract(&"<div>Home</div> <div>World news</div>".repeat(20)).warning, Some("boilerplate_only"));
    }

    #[test]
    fn hostile_pages_take_linear_time() {
        let start = std::time::Instant::now();
        let units = [
            "<p>word ",
            "<div>",
            "<div>text",
            "<a href=x>text ",
            "<ul><li>text",
            "<li>",
            "<b><i>x",
            "<table><tr><td>x",
            "<span class='share x'>y",
            "&amp;",
            "&#",
            "<br>",
            "x",
            "x ",
            "é",
            "<p>x</p>",
            "</p>",
            "</div>",
            "<!--",
            "<svg>",
            "<title>",
            "<blockquote>x",
            "<h2>x",
            "<a>",
            "<p class=\"comment\">A line that is long enough to be read as running text.",
            "<meta name=a content=b>",
            "<script type=application/ld+json>[[[[",
            "<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"x\"}</script>",
            "<time>",
        ];
        for unit in units {
            let page = unit.repeat(1_000_000 / unit.len());
            extract(&page);
            extract(&format!("{page}<p>The end of a page that had no end.</p>"));
        }
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
