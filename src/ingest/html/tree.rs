//! The tree of a page, in one flat list: neither building nor dropping it recurses.
//!
//! It keeps of each element what [`element`] makes of it, and the limits on depth and number of
//! nodes: past one of them it goes on, since the tree builder cannot be stopped, and says so.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName};

use super::element::{self, Element, Kind};
use crate::ingest::{Error, Limits};

/// A node's place in the list.
pub(super) type Id = u32;

/// No node.
const NONE: Id = Id::MAX;

/// What a node holds.
#[derive(Debug)]
pub(super) enum Data {
    /// The document, or something without content.
    Root,
    Element(Element),
    Text(StrTendril),
    /// A comment that brackets rows which are never printed; `true` opens, `false` closes.
    Unprinted(bool),
}

#[derive(Debug)]
struct Node {
    parent: Id,
    previous: Id,
    next: Id,
    first: Id,
    last: Id,
    depth: u32,
    /// It is a table, or one stands in it.
    holds_table: bool,
    /// Text stands in it: in links, and outside of them.
    linked: bool,
    unlinked: bool,
    data: Data,
}

impl Node {
    fn new(data: Data) -> Self {
        Node {
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
            depth: 0,
            holds_table: false,
            linked: false,
            unlinked: false,
            data,
        }
    }
}

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// What the page says about itself, by name.
    pub(super) metas: Vec<(String, String)>,
    /// Values of fields, by node.
    values: Vec<(Id, String)>,
    /// The page only frames others.
    pub(super) frames: bool,
}

impl Tree {
    fn new() -> Self {
        Tree { nodes: vec![Node::new(Data::Root)], metas: Vec::new(), values: Vec::new(), frames: false }
    }

    pub(super) fn root() -> Id {
        0
    }

    pub(super) fn data(&self, id: Id) -> &Data {
        &self.nodes[id as usize].data
    }

    pub(super) fn first_child(&self, id: Id) -> Option<Id> {
        known(self.nodes[id as usize].first)
    }

    pub(super) fn next_sibling(&self, id: Id) -> Option<Id> {
        known(self.nodes[id as usize].next)
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        known(self.nodes[id as usize].parent)
    }

    /// The value of a field.
    pub(super) fn value(&self, id: Id) -> &str {
        let at = self.values.binary_search_by_key(&id, |(id, _)| *id);
        at.map_or("", |at| &self.values[at].1)
    }

    /// Whether a table stands in a node.
    pub(super) fn holds_table(&self, id: Id) -> bool {
        self.nodes[id as usize].holds_table
    }

    /// Whether all text of a node stands in links, as in menus.
    pub(super) fn is_all_links(&self, id: Id) -> bool {
        let node = &self.nodes[id as usize];
        node.linked && !node.unlinked
    }

    /// Marks what nodes hold. Marks are set upwards until one is met: no node is marked twice.
    fn mark(&mut self) {
        for id in 0..self.nodes.len() as Id {
            match self.data(id) {
                Data::Element(Element { kind: Kind::Table, .. }) => self.mark_up(id, |node| &mut node.holds_table),
                Data::Element(Element { kind: Kind::Link, .. }) => self.mark_up(id, |node| &mut node.linked),
                Data::Text(text) if !text.trim().is_empty() => self.mark_text(id),
                _ => {}
            }
        }
    }

    fn mark_up(&mut self, id: Id, mark: fn(&mut Node) -> &mut bool) {
        let mut holder = Some(id);
        while let Some(id) = holder.filter(|&id| !std::mem::replace(mark(self.node(id)), true)) {
            holder = self.parent(id);
        }
    }

    /// Text outside of links marks all that it stands in; text in a link, what is in the link.
    fn mark_text(&mut self, id: Id) {
        let mut holder = Some(id);
        while let Some(id) = holder {
            let node = self.node(id);
            if node.unlinked || matches!(node.data, Data::Element(Element { kind: Kind::Link | Kind::Silent, .. })) {
                break;
            }
            node.unlinked = true;
            holder = self.parent(id);
        }
    }

    fn push(&mut self, data: Data) -> Id {
        let id = Id::try_from(self.nodes.len()).unwrap_or(NONE - 1);
        self.nodes.push(Node::new(data));
        id
    }

    fn node(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id as usize]
    }

    /// Takes a node from its parent.
    fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = self.nodes[id as usize];
        match (known(previous), known(parent)) {
            (Some(previous), _) => self.node(previous).next = next,
            (None, Some(parent)) => self.node(parent).first = next,
            (None, None) => {}
        }
        match (known(next), known(parent)) {
            (Some(next), _) => self.node(next).previous = previous,
            (None, Some(parent)) => self.node(parent).last = previous,
            (None, None) => {}
        }
        let node = self.node(id);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a node before a child of a parent, or after the last; how deep it stands then.
    fn insert(&mut self, parent: Id, before: Id, id: Id) -> u32 {
        self.detach(id);
        let previous = match known(before) {
            Some(before) => std::mem::replace(&mut self.node(before).previous, id),
            None => std::mem::replace(&mut self.node(parent).last, id),
        };
        match known(previous) {
            Some(previous) => self.node(previous).next = id,
            None => self.node(parent).first = id,
        }
        let depth = self.nodes[parent as usize].depth + 1;
        let node = self.node(id);
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, before, depth);
        depth
    }

    /// Adds text before a child of a parent, or after the last; text that stands there goes on.
    fn insert_text(&mut self, parent: Id, before: Id, text: &StrTendril) {
        let beside = match known(before) {
            Some(before) => self.nodes[before as usize].previous,
            None => self.nodes[parent as usize].last,
        };
        if let Some(Node { data: Data::Text(known), .. }) = self.nodes.get_mut(beside as usize) {
            known.push_tendril(text);
        } else {
            let id = self.push(Data::Text(text.clone()));
            self.insert(parent, before, id);
        }
    }
}

fn known(id: Id) -> Option<Id> {
    (id != NONE).then_some(id)
}

/// A node as the tree builder knows it: an element has its name with it.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    id: Id,
    name: Option<QualName>,
}

/// Builds a [`Tree`].
pub(super) struct Sink {
    tree: RefCell<Tree>,
    limits: Limits,
    passed: Cell<Option<(&'static str, usize, usize)>>,
}

impl Sink {
    pub(super) fn new(limits: &Limits) -> Self {
        Sink { tree: RefCell::new(Tree::new()), limits: *limits, passed: Cell::new(None) }
    }

    /// The limit that the tree has passed, if it has.
    pub(super) fn passed(&self) -> Option<Error> {
        self.passed.get().map(|(name, limit, found)| Error::limit(name, limit, found))
    }

    fn made(&self, data: Data, name: Option<QualName>) -> Handle {
        let id = self.tree.borrow_mut().push(data);
        if id as usize >= self.limits.nodes {
            self.passed.set(Some(("nodes", self.limits.nodes, id as usize + 1)));
        }
        Handle { id, name }
    }

    fn insert(&self, parent: Id, before: Id, node: &NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match node {
            NodeOrText::AppendText(text) => tree.insert_text(parent, before, text),
            NodeOrText::AppendNode(node) => {
                let depth = tree.insert(parent, before, node.id) as usize;
                if depth > self.limits.depth {
                    self.passed.set(Some(("depth", self.limits.depth, depth)));
                }
            }
        }
    }
}

/// What a page may say about itself that tells whose report it is, and when it was published.
const METAS: &[&str] =
    &["articletitle", "og:title", "dc.title", "pubdate", "publishdate", "dc.date", "contentsource", "author"];

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        let mut tree = self.tree.into_inner();
        tree.mark();
        tree
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Tree::root(), name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        // The tree builder asks only for the names of elements.
        target.name.as_ref().expect("an element").expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let element = element::of(&name, &attributes);
        let local = name.local.clone();
        let handle = self.made(Data::Element(element), Some(name));
        let mut tree = self.tree.borrow_mut();
        match element.kind {
            Kind::Frames => tree.frames = true,
            Kind::Field => {
                let value = element::attribute(&attributes, "value").unwrap_or_default();
                tree.values.push((handle.id, value.to_owned()));
            }
            _ if &*local == "meta" => tree.metas.extend(meta(&attributes)),
            _ => {}
        }
        drop(tree);
        handle
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        // Word and Excel end tables with a row that only states the widths of its columns.
        let data = match text.trim() {
            "[if !supportMisalignedColumns]" | "[if supportMisalignedColumns]" => Data::Unprinted(true),
            "[endif]" => Data::Unprinted(false),
            _ => Data::Root,
        };
        self.made(data, None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.made(Data::Root, None)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, NONE, &child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().parent(element.id).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, node: NodeOrText<Handle>) {
        let parent = self.tree.borrow().parent(sibling.id);
        if let Some(parent) = parent {
            self.insert(parent, sibling.id, &node);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            tree.insert(new_parent.id, NONE, child);
        }
    }
}

/// The name and content of a `meta` element that matters.
fn meta(attributes: &[Attribute]) -> Option<(String, String)> {
    let name = element::attribute(attributes, "name").or_else(|| element::attribute(attributes, "property"))?;
    let content = element::attribute(attributes, "content")?.trim();
    let known = METAS.iter().any(|known| known.eq_ignore_ascii_case(name)) && !content.is_empty();
    known.then(|| (name.to_owned(), content.to_owned()))
}
