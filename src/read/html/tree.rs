//! Tags and text -> the page as a tree, flat in memory: nodes in document order, each knowing where its subtree ends. What never holds
//! article text (scripts, forms' controls, drawings) is left out while building, and so are marks of emphasis, which mean nothing to us.
//!
//! Not the HTML standard's tree: no elements are moved or made up. Nesting is cut at a depth no page needs, so building is linear and
//! nothing that walks the tree has to fear its depth.

use super::tags::{Piece, Tag, pieces};

/// Deeper elements are taken for part of the one at this depth.
const DEEPEST: usize = 250;
/// How far up an end tag looks for its start.
const REACH: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Text,
    /// `div`, `section`, `article` and all others that begin a new line.
    Block,
    Paragraph,
    Heading,
    List,
    Item,
    Row,
    Cell,
    Break,
    Link,
    /// `span` and unknown elements.
    Inline,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub(super) kind: NodeKind,
    /// The tag of an element; of a text its parent's.
    pub(super) tag: Option<Tag<'a>>,
    /// The text as written, of a text.
    pub(super) text: &'a str,
    pub(super) parent: u32,
    /// Index after the last node of the subtree.
    pub(super) end: u32,
}

/// A page: its body in `nodes` (node 0 is the root), and the pieces that speak of it.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// The content of `<title>`.
    pub(super) title: Option<&'a str>,
    /// `<meta>` and `<link>` elements.
    pub(super) metas: Vec<Tag<'a>>,
    /// JSON-LD blocks.
    pub(super) linked_data: Vec<&'a str>,
}

/// Elements left out with all they hold.
const DROPPED: &[&str] =
    &["noscript", "svg", "template", "select", "button", "object", "canvas", "audio", "video", "math", "dialog", "map", "datalist"];
/// Elements that say nothing here; what they hold stays.
const TRANSPARENT: &[&str] = &[
    "b", "i", "em", "strong", "u", "font", "small", "big", "mark", "abbr", "cite", "q", "code", "kbd", "tt", "s", "strike", "ins", "bdo",
    "bdi", "dfn", "var", "samp", "sub", "wbr", "nobr", "html", "body", "head", "acronym", "center", "tbody", "thead", "tfoot", "colgroup",
    "picture",
];
/// Elements without content.
const VOID: &[&str] = &["img", "input", "hr", "source", "track", "embed", "area", "base", "col", "param", "frame", "command", "keygen"];

fn one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn kind_of(name: &str) -> NodeKind {
    const KINDS: &[(NodeKind, &[&str])] = &[
        (NodeKind::Paragraph, &["p"]),
        (NodeKind::Link, &["a"]),
        (NodeKind::Inline, &["span", "time", "label", "sup", "amp-ad"]),
        (NodeKind::Item, &["li", "dt", "dd"]),
        (NodeKind::Heading, &["h1", "h2", "h3", "h4", "h5", "h6"]),
        (NodeKind::List, &["ul", "ol", "dl", "menu"]),
        (NodeKind::Break, &["br"]),
        (NodeKind::Row, &["tr"]),
        (NodeKind::Cell, &["td", "th"]),
        (
            NodeKind::Block,
            &[
                "div",
                "section",
                "article",
                "main",
                "header",
                "footer",
                "nav",
                "aside",
                "figure",
                "figcaption",
                "blockquote",
                "pre",
                "table",
                "caption",
                "form",
                "fieldset",
                "address",
                "details",
                "summary",
                "hgroup",
                "legend",
            ],
        ),
    ];
    KINDS.iter().find(|(_, names)| one_of(name, names)).map_or(NodeKind::Inline, |(kind, _)| *kind)
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// The open elements, outermost first.
    open: Vec<u32>,
    /// Elements not opened because of their depth, whose end tags are still to come.
    too_deep: usize,
}

pub(super) fn build(source: &str) -> Tree<'_> {
    let root = Node { kind: NodeKind::Block, tag: None, text: "", parent: 0, end: 0 };
    let tree = Tree { nodes: vec![root], title: None, metas: Vec::new(), linked_data: Vec::new() };
    let mut builder = Builder { tree, open: vec![0], too_deep: 0 };
    // The dropped element we are in, and how many of its name are open.
    let mut dropped: Option<(&str, usize)> = None;
    for piece in pieces(source) {
        if let Some((name, depth)) = &mut dropped {
            match piece {
                Piece::Open(tag) if tag.is(name) => *depth += 1,
                Piece::Close(closed) if closed.eq_ignore_ascii_case(name) => {
                    *depth -= 1;
                    if *depth == 0 {
                        dropped = None;
                    }
                }
                _ => {}
            }
            continue;
        }
        match piece {
            Piece::Text(text) => builder.text(text),
            Piece::Open(tag) if one_of(tag.name, DROPPED) => {
                if !tag.is_closed() {
                    dropped = Some((tag.name, 1));
                }
            }
            Piece::Open(tag) if tag.is("meta") || tag.is("link") => builder.tree.metas.push(tag),
            Piece::Open(tag) => builder.element(tag),
            Piece::Close(name) => builder.close(name),
            Piece::Raw(tag, content) => builder.raw(tag, content),
        }
    }
    builder.pop_to(0);
    builder.tree
}

impl<'a> Builder<'a> {
    fn raw(&mut self, tag: Tag<'a>, content: &'a str) {
        if tag.is("title") {
            self.tree.title.get_or_insert(content);
        } else if tag.is("script") && tag.attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
            self.tree.linked_data.push(content);
        }
    }

    fn text(&mut self, text: &'a str) {
        let parent = self.open.last().copied().unwrap_or(0);
        self.push(Node { kind: NodeKind::Text, tag: self.tree.nodes[parent as usize].tag, text, parent, end: 0 });
    }

    fn push(&mut self, node: Node<'a>) -> u32 {
        // Pages are capped far below 4 GiB, so the index fits.
        let index = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node { end: index + 1, ..node });
        index
    }

    fn element(&mut self, tag: Tag<'a>) {
        if one_of(tag.name, TRANSPARENT) || one_of(tag.name, VOID) {
            return;
        }
        let kind = kind_of(tag.name);
        match kind {
            NodeKind::Inline | NodeKind::Break | NodeKind::Text => {}
            NodeKind::Link => self.close_implied(&[NodeKind::Link], &[]),
            NodeKind::Item => self.close_implied(&[NodeKind::Item, NodeKind::Paragraph], &[NodeKind::List]),
            NodeKind::Row => self.close_implied(&[NodeKind::Row, NodeKind::Cell, NodeKind::Paragraph], &[]),
            NodeKind::Cell => self.close_implied(&[NodeKind::Cell, NodeKind::Paragraph], &[NodeKind::Row]),
            _ => self.close_implied(&[NodeKind::Paragraph], &[]),
        }
        let parent = self.open.last().copied().unwrap_or(0);
        if self.open.len() >= DEEPEST && kind != NodeKind::Break {
            self.too_deep += 1;
            return;
        }
        let index = self.push(Node { kind, tag: Some(tag), text: "", parent, end: 0 });
        // `<div/>` is an open tag in HTML, but what writes `<a/>` or `<span/>` means an empty one.
        if kind != NodeKind::Break && !(tag.is_closed() && matches!(kind, NodeKind::Link | NodeKind::Inline)) {
            self.open.push(index);
        }
    }

    /// Closes elements that the new one ends: up through spans, at most to an element of a kind in `within`, or to any other block.
    fn close_implied(&mut self, kinds: &[NodeKind], within: &[NodeKind]) {
        let mut to = None;
        for (depth, &index) in self.open.iter().enumerate().skip(1).rev().take(REACH) {
            let kind = self.tree.nodes[index as usize].kind;
            if kinds.contains(&kind) {
                to = Some(depth);
            } else if within.contains(&kind) || !matches!(kind, NodeKind::Inline | NodeKind::Link | NodeKind::Heading) {
                break;
            }
        }
        if let Some(depth) = to {
            self.pop_to(depth);
        }
    }

    fn close(&mut self, name: &str) {
        if one_of(name, TRANSPARENT) || one_of(name, VOID) {
            return;
        }
        if name.eq_ignore_ascii_case("br") {
            return self.element(Tag::named("br"));
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let inline = matches!(kind_of(name), NodeKind::Inline | NodeKind::Link | NodeKind::Paragraph);
        for (depth, &index) in self.open.iter().enumerate().skip(1).rev().take(REACH) {
            let node = &self.tree.nodes[index as usize];
            if node.tag.is_some_and(|tag| tag.is(name)) {
                return self.pop_to(depth);
            }
            // A stray `</span>` must not close the article around it.
            if inline && !matches!(node.kind, NodeKind::Inline | NodeKind::Link | NodeKind::Paragraph) {
                return;
            }
        }
    }

    /// Closes the open elements from `depth` on.
    fn pop_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len() as u32;
        for index in self.open.drain(depth..) {
            self.tree.nodes[index as usize].end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let tree = build(source);
        let mut out = String::new();
        let mut ends: Vec<u32> = Vec::new();
        for (index, node) in tree.nodes.iter().enumerate().skip(1) {
            while ends.last().is_some_and(|&end| end <= index as u32) {
                ends.pop();
                out.push(')');
            }
            if node.kind == NodeKind::Text {
                out.push_str(node.text);
            } else {
                out.push_str(node.tag.map_or("", |tag| tag.name));
                out.push('(');
                ends.push(node.end);
            }
        }
        out + &")".repeat(ends.len())
    }

    #[test]
    fn implied_and_forgotten_end_tags() {
        assert_eq!(shown("<p>a<p>b<div>c</div>"), "p(a)p(b)div(c)");
        assert_eq!(shown("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "ul(li(a)li(bul(li(c)))li(d))");
        assert_eq!(shown("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td(a)td(b))tr(td(c)))d");
        assert_eq!(shown("<div><span>a</div>b</span>c"), "div(span(a))bc");
        assert_eq!(shown("<div>a</span>b</div>"), "div(ab)");
        assert_eq!(shown("<p>a <b>b</b> <i>c</i><br>d</p>"), "p(a b cbr()d)");
    }

    #[test]
    fn scripts_and_controls_are_left_out() {
        assert_eq!(shown("<p>a<svg><g>x</g></svg>b<script>'<p>'</script><select><option>c</select></p>"), "p(ab)");
        let tree = build("<title>T</title><meta name=x><script type='application/ld+json'>{}</script>");
        assert_eq!((tree.title, tree.metas.len(), tree.linked_data), (Some("T"), 1, vec!["{}"]));
    }

    #[test]
    fn deep_nesting_is_flattened_in_linear_time() {
        let page = format!("{}text{}<p>after</p>", "<div>".repeat(300_000), "</div>".repeat(300_000));
        let tree = build(&page);
        assert!(tree.nodes.len() < 1000);
        assert_eq!(tree.nodes.last().map(|node| (node.text, node.parent > 0)), Some(("after", true)));
        for unit in ["<p>", "<span>", "<a>", "<li>", "<table><tr><td>", "</div>", "<ul><li>", "<b><p>"] {
            build(&unit.repeat(200_000));
        }
    }
}
