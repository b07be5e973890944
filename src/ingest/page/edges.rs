//! Drawn edges → the lines that a person sees: parallel ones snapped together, pieces joined.

use super::tolerance::{JOIN, MOST_EDGES, SHORTEST, SNAP};
use super::{Axis, Edge, Page, Rect};

/// Lines of both directions, each sorted by place.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Edges {
    pub(super) horizontal: Vec<Edge>,
    pub(super) vertical: Vec<Edge>,
}

/// The lines of a page: what is drawn as lines, and the sides of coloured boxes.
pub(super) fn of(page: &Page) -> Edges {
    let of = |axis: Axis| {
        let sides = page.fills.iter().flat_map(move |fill| sides(fill, axis));
        let drawn = page.edges.iter().copied().filter(|edge| edge.axis == axis);
        longest(joined(snapped(drawn.chain(sides).collect())))
    };
    Edges { horizontal: of(Axis::Horizontal), vertical: of(Axis::Vertical) }
}

fn sides(fill: &Rect, axis: Axis) -> [Edge; 2] {
    let edge = |at, from, to| Edge { axis, at, from, to };
    match axis {
        Axis::Horizontal => [edge(fill.y0, fill.x0, fill.x1), edge(fill.y1, fill.x0, fill.x1)],
        Axis::Vertical => [edge(fill.x0, fill.y0, fill.y1), edge(fill.x1, fill.y0, fill.y1)],
    }
}

/// Each edge moved to the mean place of those that are near to one another.
fn snapped(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_unstable_by(|a, b| a.at.total_cmp(&b.at));
    let mut begin = 0;
    for end in 1..=edges.len() {
        let goes_on = end < edges.len() && edges[end].at - edges[end - 1].at <= SNAP;
        if !goes_on {
            let group = &mut edges[begin..end];
            let mean = weighted_mean(group);
            group.iter_mut().for_each(|edge| edge.at = mean);
            begin = end;
        }
    }
    edges
}

/// The mean place; long edges count for more than short ones.
fn weighted_mean(edges: &[Edge]) -> f32 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for edge in edges {
        let length = (edge.to - edge.from).max(0.01);
        sum += edge.at * length;
        weight += length;
    }
    sum / weight
}

/// Pieces of one line made whole; what stays short is no line.
fn joined(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_unstable_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut whole: Vec<Edge> = Vec::with_capacity(edges.len());
    for edge in edges {
        match whole.last_mut() {
            Some(last) if last.at == edge.at && edge.from - last.to <= JOIN => last.to = last.to.max(edge.to),
            _ => whole.push(edge),
        }
    }
    whole.retain(|edge| edge.to - edge.from >= SHORTEST);
    whole
}

/// The longest ones, where there are more than a page of tables could have.
fn longest(mut edges: Vec<Edge>) -> Vec<Edge> {
    if edges.len() > MOST_EDGES {
        edges.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
        edges.truncate(MOST_EDGES);
        edges.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Edge {
        Edge { axis: Axis::Horizontal, at, from, to }
    }

    fn lines(edges: &[Edge], fills: &[Rect]) -> Vec<(f32, f32, f32)> {
        let page = Page { edges: edges.to_vec(), fills: fills.to_vec(), ..Page::default() };
        of(&page).horizontal.iter().map(|edge| (edge.at, edge.from, edge.to)).collect()
    }

    #[test]
    fn pieces_of_a_rule_are_one_and_double_rules_too() {
        let pieces = [level(100.0, 0.0, 50.0), level(100.0, 52.0, 90.0), level(102.0, 0.0, 90.0)];
        let found = lines(&pieces, &[]);
        assert_eq!(found.len(), 1);
        assert!((found[0].0 - 101.0).abs() < 0.1 && found[0].1 == 0.0 && found[0].2 == 90.0, "{found:?}");
    }

    #[test]
    fn rules_that_stand_apart_stay_apart() {
        assert_eq!(lines(&[level(100.0, 0.0, 50.0), level(100.0, 60.0, 90.0), level(110.0, 0.0, 9.0)], &[]).len(), 3);
    }

    #[test]
    fn dots_make_a_line_and_a_lone_one_none() {
        let dots: Vec<Edge> = (0..20).map(|at| level(5.0, at as f32 * 2.0, at as f32 * 2.0 + 1.0)).collect();
        assert_eq!(lines(&dots, &[]), [(5.0, 0.0, 39.0)]);
        assert_eq!(lines(&dots[..1], &[]), []);
    }

    #[test]
    fn a_coloured_box_has_four_sides() {
        let fill = Rect { x0: 10.0, y0: 20.0, x1: 60.0, y1: 40.0 };
        assert_eq!(lines(&[], &[fill]), [(20.0, 10.0, 60.0), (40.0, 10.0, 60.0)]);
    }
}
