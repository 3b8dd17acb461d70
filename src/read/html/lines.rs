//! The tree -> lines of text as a reader sees them, each with what tells an article from the rest of a page: how much of it is links
//! and whether it stands in something that is named for what it is (a menu, a caption, a row of share buttons).

use super::{
    tags::{Tag, unescape},
    tree::{Kind, Tree},
};

/// A paragraph, heading, list item, table row or any other run of text that a block ends.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Bytes of `text` that are links.
    pub(super) linked: usize,
    /// The innermost element around it that is not inline.
    pub(super) node: u32,
    pub(super) kind: Kind,
    /// Stands in something that is no part of an article.
    pub(super) aside: bool,
}

impl Line {
    /// How much of the text is links, 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }
}

/// Beginnings of the words in classes and ids of what is no part of an article.
const ASIDE_WORDS: &[&str] = &[
    "ad",
    "addthis",
    "ads",
    "adv",
    "advert",
    "advertisement",
    "adsense",
    "author",
    "banner",
    "bio",
    "blogroll",
    "breadcrumb",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "contributors",
    "cookie",
    "copyright",
    "credit",
    "cta",
    "disclaimer",
    "disqus",
    "dfp",
    "donate",
    "embed",
    "etiquetas",
    "facebook",
    "flyout",
    "follow",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "livefyre",
    "login",
    "masthead",
    "menu",
    "meta",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "pinterest",
    "popular",
    "popup",
    "promo",
    "promotion",
    "pullquote",
    "rail",
    "rating",
    "reactions",
    "recirc",
    "recommended",
    "recommendations",
    "register",
    "related",
    "relatedarticles",
    "reply",
    "respond",
    "screenreader",
    "share",
    "sharing",
    "sharebar",
    "sidebar",
    "signup",
    "skip",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "syndication",
    "taboola",
    "tag",
    "tags",
    "taglist",
    "teaser",
    "timestamp",
    "toolbar",
    "tooltip",
    "topics",
    "trending",
    "tweet",
    "twitter",
    "widget",
    "yarpp",
];
const ASIDE_PREFIXES: &[&str] = &[
    "advert",
    "breadcrumb",
    "comment",
    "cookie",
    "footer",
    "newsletter",
    "outbrain",
    "recommend",
    "related",
    "share",
    "sidebar",
    "social",
    "sponsor",
    "subscri",
    "taboola",
    "trending",
    "popular",
    "promo",
];
const ASIDE_ELEMENTS: &[&str] =
    &["aside", "nav", "footer", "figcaption", "figure", "caption", "label", "legend", "amp-ad", "form", "address"];

/// The words of a class or id: `entry-content`, `entryContent` and `ENTRY_content` are the same two.
pub(super) fn words(names: &str, mut each: impl FnMut(&[u8])) {
    let mut word = [0_u8; 32];
    let mut length = 0;
    let mut lower = false;
    for &byte in names.as_bytes() {
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

/// Whether an element says that it is no part of an article, or hides itself.
fn is_aside(tag: Tag) -> bool {
    if ASIDE_ELEMENTS.iter().any(|name| tag.is(name)) {
        return true;
    }
    let mut aside = false;
    for (name, value) in tag.attributes() {
        match name {
            "class" | "id" | "data-component" | "data-module" | "role" | "CLASS" | "ID" => words(value, |word| {
                aside |= ASIDE_WORDS.iter().any(|known| known.as_bytes() == word)
                    || ASIDE_PREFIXES.iter().any(|known| word.starts_with(known.as_bytes()));
            }),
            "hidden" => aside = true,
            "aria-hidden" => aside |= value == "true",
            "style" => aside |= value.contains("display:none") || value.contains("display: none") || value.contains("visibility:hidden"),
            _ => {}
        }
    }
    aside
}

pub(super) fn lines(tree: &Tree) -> Vec<Line> {
    let nodes = &tree.nodes;
    // Bytes of text before each node, for the size of any subtree at once.
    let mut before = Vec::with_capacity(nodes.len() + 1);
    let mut sum = 0_usize;
    for node in nodes {
        before.push(sum);
        sum += node.text.trim_ascii().len();
    }
    before.push(sum);
    let size = |index: usize| before[nodes[index].end as usize] - before[index];

    let mut writer = Writer::default();
    // The open elements' ends, kinds, and whether they are aside.
    let mut open: Vec<(u32, u32, Kind, bool, bool)> = Vec::new();
    let mut links = 0_usize;
    for (index, node) in nodes.iter().enumerate() {
        while let Some(&(end, _, kind, _, _)) = open.last()
            && end <= index as u32
        {
            match kind {
                Kind::Link => links -= 1,
                Kind::Cell => writer.cell = !writer.text.is_empty(),
                Kind::Inline => {}
                _ => writer.flush(),
            }
            open.pop();
        }
        let (block, kind, aside, pre) =
            open.last().map_or((0, Kind::Block, false, false), |&(_, block, kind, aside, pre)| (block, kind, aside, pre));
        match node.kind {
            Kind::Text => writer.text(node.text, links > 0, pre),
            Kind::Break => writer.line_break(),
            Kind::Link | Kind::Inline => {
                links += usize::from(node.kind == Kind::Link);
                let hides = node.tag.is_some_and(is_aside) && size(index) * 4 < sum;
                if hides != aside && hides {
                    // A hidden span inside a paragraph is a line of its own, so that it can be left out.
                    writer.flush();
                    writer.start(block, kind_of_line(&open, kind), true);
                    open.push((node.end, block, Kind::Block, true, pre));
                    links -= usize::from(node.kind == Kind::Link);
                } else {
                    open.push((node.end, block, node.kind, aside, pre));
                }
            }
            kind => {
                if kind != Kind::Cell {
                    writer.flush();
                }
                // What holds most of the page is not aside, whatever it is called.
                let aside = aside || (node.tag.is_some_and(is_aside) && size(index) * 2 < sum);
                let pre = pre || node.tag.is_some_and(|tag| tag.is("pre"));
                open.push((node.end, index as u32, kind, aside, pre));
            }
        }
        if let Some(&(_, block, kind, aside, _)) = open.last() {
            writer.start(block, kind_of_line(&open, kind), aside);
        }
    }
    writer.flush();
    writer.lines
}

/// Text in `<li><div>` is still an item, in `<li><p>` too.
fn kind_of_line(open: &[(u32, u32, Kind, bool, bool)], kind: Kind) -> Kind {
    let up = open.iter().rev().take(4).map(|&(_, _, kind, _, _)| kind);
    up.into_iter().find(|kind| matches!(kind, Kind::Heading | Kind::Item | Kind::Row)).unwrap_or(kind)
}

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    text: String,
    linked: usize,
    /// White space was read since the last word.
    space: bool,
    breaks: usize,
    cell: bool,
    place: Option<(u32, Kind, bool)>,
}

impl Writer {
    /// Where the coming text stands; kept for a line that has begun.
    fn start(&mut self, node: u32, kind: Kind, aside: bool) {
        if self.text.is_empty() {
            self.place = Some((node, kind, aside));
        }
    }

    fn text(&mut self, source: &str, link: bool, pre: bool) {
        let text = unescape(source);
        let before = self.text.len();
        for c in text.chars() {
            if c == '\n' && pre {
                self.line_break();
            } else if c.is_whitespace() {
                self.space = true;
            } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\0') {
                if self.breaks >= 2 {
                    self.flush_keeping_place();
                }
                if !self.text.is_empty() {
                    if self.cell {
                        self.text.push_str(" | ");
                    } else if self.breaks == 1 {
                        self.text.push('\n');
                    } else if self.space {
                        self.text.push(' ');
                    }
                }
                (self.space, self.breaks, self.cell) = (false, 0, false);
                self.text.push(c);
            }
        }
        if link {
            self.linked += self.text.len().saturating_sub(before);
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
    }

    fn flush_keeping_place(&mut self) {
        let place = self.place;
        self.flush();
        self.place = place;
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let (node, kind, aside) = self.place.unwrap_or((0, Kind::Block, false));
            let text = std::mem::take(&mut self.text);
            self.lines.push(Line { linked: self.linked.min(text.len()), text, node, kind, aside });
        }
        (self.linked, self.space, self.breaks, self.cell) = (0, false, 0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::build;
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        lines(&build(source)).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn blocks_breaks_and_cells() {
        assert_eq!(shown("<p>a  b\n c</p>d<div>e<br>f<br><br>g</div>"), ["a b c", "d", "e\nf", "g"]);
        assert_eq!(shown("<p>Caf&eacute;&nbsp;&#8220;x&#8221; <a href=y>li<b>nk</b></a>, end</p>"), ["Café “x” link, end"]);
        assert_eq!(shown("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), ["a | b", "c"]);
        assert_eq!(shown("<pre>x\ny</pre>"), ["x\ny"]);
    }

    #[test]
    fn links_and_asides_are_known() {
        let found = lines(&build(
            "<p>Plain words here, and more of them.</p><div class='main-relatedLinks'><a href=x>All linked</a></div><p>And other words, without an end.</p>",
        ));
        assert_eq!(found.iter().map(|line| line.aside).collect::<Vec<_>>(), [false, true, false]);
        assert!(found[1].link_density() > 0.9 && found[0].link_density() == 0.0);
    }

    #[test]
    fn names_are_cut_into_words() {
        let mut found = Vec::new();
        words("entry-content relatedLinks2 SHARE", |word| found.push(String::from_utf8_lossy(word).into_owned()));
        assert_eq!(found, ["entry", "content", "related", "links", "share"]);
    }
}
