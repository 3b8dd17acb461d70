//! Lines of a page -> lines of its article: find the element that holds the article, then leave out what stands around and between.

use super::{
    lines::Line,
    tree::{Kind, Tree},
};

/// A line that reads like running text.
fn is_prose(line: &Line) -> bool {
    !line.aside && line.kind != Kind::Heading && line.text.len() >= 40 && line.link_density() < 0.4
}

/// Of the lines, those that belong to the article, in order.
pub(super) fn select(tree: &Tree, lines: &[Line]) -> Vec<usize> {
    let container = container(tree, lines);
    let (first, end) = (container, tree.nodes[container as usize].end);
    let inside = |line: &Line| line.node >= first && line.node < end;
    let mut kept: Vec<usize> = (0..lines.len()).filter(|&index| inside(&lines[index]) && belongs(&lines[index])).collect();
    // What stands before the first and after the last running text is titles, dates, bylines and offers.
    let prose = |&index: &usize| is_prose(&lines[index]);
    if let (Some(from), Some(to)) = (kept.iter().position(prose), kept.iter().rposition(prose)) {
        kept.truncate(to + 1);
        kept.drain(..from);
    }
    kept
}

/// Lines that are not links to elsewhere.
fn belongs(line: &Line) -> bool {
    let density = line.link_density();
    let link_list = density > 0.3 && line.text.len() < 100 && line.kind != Kind::Paragraph;
    !(line.aside || density > 0.6 || link_list)
}

/// Goes down from the root for as long as one child holds most of the running text.
fn container(tree: &Tree, lines: &[Line]) -> u32 {
    let nodes = &tree.nodes;
    let mut prose = vec![0_u32; nodes.len()];
    let mut counts = vec![0_u32; nodes.len()];
    for line in lines.iter().filter(|line| is_prose(line)) {
        let mut node = line.node;
        loop {
            prose[node as usize] += line.text.len() as u32;
            counts[node as usize] += 1;
            if node == 0 {
                break;
            }
            node = nodes[node as usize].parent;
        }
    }
    let mut best = 0_u32;
    loop {
        // The children of `best`: each starts where the one before ends.
        let mut child = best + 1;
        let mut next = None;
        while child < nodes[best as usize].end {
            let enough = f64::from(prose[child as usize]) >= 0.65 * f64::from(prose[best as usize]);
            if enough && counts[child as usize] >= 2 {
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
