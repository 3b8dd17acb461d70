//! The tree -> lines of text as a reader sees them, each with what tells an article from the rest of a page: how much of it is links
//! and whether it stands in something that is named for what it is (a menu, a caption, a row of share buttons).

use super::{
    names::{self, Aside},
    tags::unescape,
    tree::{NodeKind, Tree},
};

/// A paragraph, heading, list item, table row or any other run of text that a block ends.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Bytes of `text` that are links.
    pub(super) linked: usize,
    /// The innermost element around it that is not inline.
    pub(super) node: u32,
    pub(super) kind: NodeKind,
    /// Stands in something that is no part of an article.
    pub(super) aside: Aside,
}

impl Line {
    /// How much of the text is links, 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }
}

pub(super) fn lines(tree: &Tree) -> Vec<Line> {
    let nodes = &tree.nodes;
    let prose = Prose::new(tree);
    let mut writer = Writer::default();
    let mut open: Vec<Open> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        while let Some(top) = open.last()
            && top.end <= index as u32
        {
            match top.kind {
                NodeKind::Cell => writer.cell = !writer.text.is_empty(),
                NodeKind::Inline | NodeKind::Link => {}
                _ => writer.flush(),
            }
            open.pop();
        }
        let around = open.last().copied().unwrap_or_default();
        writer.start(around.block, around.line, around.aside);
        match node.kind {
            NodeKind::Text => {
                writer.text(node.text, around.link, around.pre);
                continue;
            }
            NodeKind::Break => {
                writer.breaks += 1;
                continue;
            }
            _ => {}
        }
        let inline = matches!(node.kind, NodeKind::Inline | NodeKind::Link);
        let mut aside = node.tag.map_or(Aside::No, names::aside);
        // What holds much of the page's running text is no aside, whatever it is called.
        if aside != Aside::No && prose.share(index) > if aside == Aside::Yes { 0.5 } else { 0.3 } {
            aside = Aside::No;
        }
        // Quoted posts stand in elements named for where they are from, and belong to the article.
        let post = node.tag.is_some_and(|tag| tag.is("blockquote") && tag.attribute("class").is_some_and(|class| class.contains("tweet")));
        let aside = if post { Aside::No } else { aside.max(around.aside) };
        // A hidden span inside a paragraph is a line of its own, so that it can be left out.
        let apart = inline && aside > around.aside;
        if apart || !(inline || node.kind == NodeKind::Cell) {
            writer.flush();
        }
        open.push(Open {
            end: node.end,
            block: if inline { around.block } else { index as u32 },
            kind: if apart { NodeKind::Block } else { node.kind },
            line: match node.kind {
                NodeKind::Inline | NodeKind::Link => around.line,
                // Text in `<li><p>` is still an item; in the cells of a table that lays out the page are paragraphs.
                NodeKind::Paragraph | NodeKind::Block if matches!(around.line, NodeKind::Heading | NodeKind::Item) => around.line,
                NodeKind::Cell => NodeKind::Row,
                kind => kind,
            },
            aside,
            // A name to jump to is no link; a link around whole blocks makes all of them one.
            link: around.link || (node.kind == NodeKind::Link && node.tag.is_some_and(|tag| tag.attribute("href").is_some())),
            pre: around.pre || node.tag.is_some_and(|tag| tag.is("pre")),
        });
        if let Some(top) = open.last() {
            writer.start(top.block, top.line, top.aside);
        }
    }
    writer.flush();
    writer.lines
}

/// An element we are in.
#[derive(Clone, Copy)]
struct Open {
    end: u32,
    /// The innermost element that is not inline.
    block: u32,
    kind: NodeKind,
    /// What a line here is.
    line: NodeKind,
    aside: Aside,
    link: bool,
    pre: bool,
}

impl Default for Open {
    fn default() -> Self {
        Self { end: u32::MAX, block: 0, kind: NodeKind::Block, line: NodeKind::Block, aside: Aside::No, link: false, pre: false }
    }
}

/// How much running text stands in any subtree: texts of some length that are not links.
struct Prose {
    /// For each node where its subtree ends, and the bytes of running text before it.
    places: Vec<(u32, usize)>,
    total: usize,
}

impl Prose {
    fn new(tree: &Tree) -> Self {
        let mut total = 0;
        let mut places = Vec::with_capacity(tree.nodes.len() + 1);
        for node in &tree.nodes {
            places.push((node.end, total));
            let text = node.text.trim_ascii();
            if text.len() >= 40 && !node.tag.is_some_and(|tag| tag.is("a")) {
                total += text.len();
            }
        }
        places.push((0, total));
        Self { places, total }
    }

    fn share(&self, node: usize) -> f32 {
        let (end, before) = self.places[node];
        (self.places[end as usize].1 - before) as f32 / self.total.max(1) as f32
    }
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
    place: Option<(u32, NodeKind, Aside)>,
}

impl Writer {
    /// Where the coming text stands; kept for a line that has begun.
    fn start(&mut self, node: u32, kind: NodeKind, aside: Aside) {
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
            let (node, kind, aside) = self.place.unwrap_or((0, NodeKind::Block, Aside::No));
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
        assert_eq!(found.iter().map(|line| line.aside).collect::<Vec<_>>(), [Aside::No, Aside::Yes, Aside::No]);
        assert!(found[1].link_density() > 0.9 && found[0].link_density() == 0.0);
    }
}
