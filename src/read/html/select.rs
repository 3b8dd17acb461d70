//! Lines of a page -> lines of its article: find the element that holds the article, then leave out what stands around and between.

use std::sync::LazyLock;

use super::{
    lines::Line,
    names::Aside,
    tree::{NodeKind, Tree},
};

static NOTICES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("notices.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// An article has at least this many bytes, or what was taken for asides is looked at again.
const SHORT: usize = 300;

/// Of the lines, those that belong to the article, in order.
pub(super) fn select(tree: &Tree, lines: &[Line]) -> Vec<usize> {
    let bytes = |kept: &[usize]| kept.iter().map(|&index| lines[index].text.len()).sum::<usize>();
    let mut best = Vec::new();
    for allowed in [Aside::No, Aside::Maybe, Aside::Yes] {
        let kept = select_from(tree, lines, allowed);
        if bytes(&kept) > 3 * bytes(&best) {
            best = kept;
        }
        if bytes(&best) >= SHORT {
            break;
        }
    }
    best
}

/// Reads like running text.
pub(super) fn is_prose(line: &Line) -> bool {
    line.kind != NodeKind::Heading && line.text.len() >= 40 && line.link_density() < 0.4
}

/// The lines of the article, nothing more surely aside than `allowed`.
fn select_from(tree: &Tree, lines: &[Line], allowed: Aside) -> Vec<usize> {
    let is_prose = |line: &Line| line.aside <= allowed && is_prose(line);
    let container = container(tree, lines.iter().filter(|line| is_prose(line)));
    let (first, end) = (container, tree.nodes[container as usize].end);
    let inside = |line: &Line| line.node >= first && line.node < end;
    let mut kept: Vec<usize> = (0..lines.len())
        .filter(|&index| {
            inside(&lines[index]) && lines[index].aside <= allowed && !is_links(&lines[index]) && !is_notice(&lines[index].text)
        })
        .collect();
    // What stands before the first and after the last running text is titles, dates, bylines and offers; but not the short paragraphs
    // next to it.
    let prose = |&index: &usize| is_prose(&lines[index]);
    if let (Some(mut from), Some(mut to)) = (kept.iter().position(prose), kept.iter().rposition(prose)) {
        let parent = |place: usize| tree.nodes[lines[kept[place]].node as usize].parent;
        let beside = |a: usize, b: usize| {
            lines[kept[a]].kind == NodeKind::Paragraph && lines[kept[b]].kind == NodeKind::Paragraph && parent(a) == parent(b)
        };
        while from > 0 && beside(from, from - 1) && !is_byline(&lines[kept[from - 1]].text) {
            from -= 1;
        }
        // At the end also the lists that go with it.
        let around = parent(to);
        let item = |place: usize| {
            let line = &lines[kept[place]];
            line.kind == NodeKind::Item && line.linked == 0 && line.node < tree.nodes[around as usize].end
        };
        while to + 1 < kept.len() && (beside(to, to + 1) || item(to + 1)) {
            to += 1;
        }
        kept.truncate(to + 1);
        kept.drain(..from);
    }
    kept
}

/// Whether a line leads elsewhere rather than tells something.
fn is_links(line: &Line) -> bool {
    let density = line.link_density();
    density > 0.6 || (density > 0.3 && line.text.len() < 100 && line.kind != NodeKind::Paragraph)
}

/// "Sign up for our newsletter", "Read more: ...": a line that speaks of the page and not of the news.
fn is_notice(line: &str) -> bool {
    const LONGEST: usize = 160;
    let starts = |notice: &str| {
        line.as_bytes().get(..notice.len()).is_some_and(|start| start.eq_ignore_ascii_case(notice.as_bytes()))
            // "More" is not "Moreover".
            && !line[notice.len()..].starts_with(char::is_alphabetic)
    };
    line.len() <= LONGEST && NOTICES.iter().any(|notice| starts(notice))
}

/// "By Ann Lee", "Updated 3 May": what stands between a title and its text.
fn is_byline(line: &str) -> bool {
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    line.len() < 100
        && ["by", "updated", "published", "posted", "written", "last", "reporting", "text"]
            .iter()
            .any(|word| first.eq_ignore_ascii_case(word))
}

/// Goes down from the root for as long as one child holds most of the running text.
fn container<'a>(tree: &Tree, prose: impl Iterator<Item = &'a Line>) -> u32 {
    let nodes = &tree.nodes;
    // Bytes and lines of running text in each element.
    let mut weights = vec![(0_u32, 0_u32); nodes.len()];
    for line in prose {
        let mut node = line.node as usize;
        loop {
            weights[node].0 += line.text.len() as u32;
            weights[node].1 += 1;
            if node == 0 {
                break;
            }
            node = nodes[node].parent as usize;
        }
    }
    let mut best = 0;
    loop {
        // The children of `best`: each starts where the one before ends.
        let mut child = best + 1;
        let mut next = None;
        while child < nodes[best as usize].end {
            let (bytes, lines) = weights[child as usize];
            if lines >= 2 && f64::from(bytes) >= 0.65 * f64::from(weights[best as usize].0) {
                next = Some(child);
            }
            child = nodes[child as usize].end;
        }
        match next {
            Some(child) => best = child,
            None => return best,
        }
    }
}
