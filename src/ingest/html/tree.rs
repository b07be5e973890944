//! The tree of a page, in one flat list: neither building nor dropping it recurses.
//!
//! It keeps of each element what [`element`] makes of it, and the limits on depth and number of
//! nodes: past one of them it goes on, since the tree builder cannot be stopped, and says so.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName, local_name};

use super::element::{self, Element, Holder, Kind, Made};
use super::rules::{Rule, Rules};
use super::style::Display;
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
    /// Values of fields, and of what frames hold, by node.
    values: Vec<(Id, String)>,
    /// Classes and ids, by node.
    names: Vec<(Id, [StrTendril; 2])>,
    /// Style sheets for the screen.
    sheets: Vec<Id>,
    /// The page only frames others.
    pub(super) frames: bool,
}

impl Tree {
    fn new() -> Self {
        Tree {
            nodes: vec![Node::new(Data::Root)],
            metas: Vec::new(),
            values: Vec::new(),
            names: Vec::new(),
            sheets: Vec::new(),
            frames: false,
        }
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

    /// What a choice shows: the option that is selected, else the first.
    pub(super) fn chosen(&self, id: Id) -> String {
        let end = self.after(id);
        let nodes = std::iter::successors(self.first_child(id), |&at| self.first_child(at).or_else(|| self.after(at)));
        let options: Vec<Id> = nodes
            .take_while(|&at| Some(at) != end)
            .filter(|&at| matches!(self.data(at), Data::Element(element) if element.kind == Kind::Choosable))
            .collect();
        let selected = options.iter().find(|&&option| self.value(option) == SELECTED);
        selected.or(options.first()).map_or_else(String::new, |&option| self.texts(option).collect())
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
                Data::Element(Element { kind: Kind::Table, made, hidden, .. }) if *made != Made::Style => {
                    if *hidden {
                        self.node(id).holds_table = true;
                    } else {
                        self.mark_up(id, |node| &mut node.holds_table);
                    }
                }
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
            let ends =
                matches!(&node.data, Data::Element(element) if element.kind == Kind::Link || !element.is_shown());
            if node.unlinked || ends {
                break;
            }
            node.unlinked = true;
            holder = self.parent(id);
        }
    }

    // ---- what the page does not show ----

    /// Hides and lays out elements as the page's style sheets say.
    fn follow_sheets(&mut self) {
        let sheets: Vec<&str> = self.sheets.iter().flat_map(|&id| self.texts(id)).collect();
        if sheets.is_empty() {
            return;
        }
        let rules = Rules::read(&sheets, self.scripts());
        if rules.is_empty() {
            return;
        }
        for (id, [classes, name]) in std::mem::take(&mut self.names) {
            let Some(Rule { display, printed }) = rules.of(&classes, &name) else { continue };
            let kept = display == Display::Hidden && self.holds_table(id) && !printed;
            if let Data::Element(element) = &mut self.node(id).data
                && !kept
            {
                element.lay_out(display);
            }
        }
    }

    fn scripts(&self) -> impl Iterator<Item = &str> + Clone {
        self.holders().filter(|(_, holder)| *holder == Holder::Script).flat_map(|(id, _)| self.texts(id))
    }

    fn holders(&self) -> impl Iterator<Item = (Id, Holder)> + Clone {
        let kinds = (0..self.nodes.len() as Id).map(|id| (id, self.data(id)));
        kinds.filter_map(|(id, data)| match data {
            Data::Element(Element { kind: Kind::Holder(holder), .. }) => Some((id, *holder)),
            _ => None,
        })
    }

    /// The texts right below a node.
    fn texts(&self, id: Id) -> impl Iterator<Item = &str> + Clone {
        let children = std::iter::successors(self.first_child(id), |&id| self.next_sibling(id));
        children.filter_map(|id| match self.data(id) {
            Data::Text(text) => Some(&**text),
            _ => None,
        })
    }

    /// Text areas that hold no page are fields like any other.
    fn show_text_areas(&mut self) {
        let areas: Vec<Id> =
            self.holders().filter(|(_, holder)| *holder == Holder::TextArea).map(|(id, _)| id).collect();
        for id in areas {
            let holds_page = self.texts(id).any(has_table);
            if let Data::Element(element) = &mut self.node(id).data
                && !holds_page
            {
                element.kind = Kind::Preformatted;
            }
        }
    }

    /// What the page shows: how much text outside of links, in bytes, and whether a table.
    pub(super) fn shown(&self) -> (usize, bool) {
        let (mut length, mut table) = (0, false);
        let mut at = Some(Tree::root());
        while let Some(id) = at {
            let inside = match self.data(id) {
                Data::Text(text) => {
                    length += text.split_whitespace().map(str::len).sum::<usize>();
                    false
                }
                Data::Element(element) => {
                    table |= element.kind == Kind::Table && element.is_shown();
                    element.is_shown() && element.kind != Kind::Link
                }
                Data::Root | Data::Unprinted(_) => true,
            };
            at = self.first_child(id).filter(|_| inside).or_else(|| self.after(id));
        }
        (length, table)
    }

    /// The node after this one and all that is in it.
    fn after(&self, id: Id) -> Option<Id> {
        std::iter::successors(Some(id), |&id| self.parent(id)).find_map(|id| self.next_sibling(id))
    }

    /// Whether a hidden element holds a table.
    pub(super) fn hides_table(&self) -> bool {
        let hidden = |id| matches!(self.data(id), Data::Element(element) if element.hidden);
        (0..self.nodes.len() as Id).any(|id| hidden(id) && self.holds_table(id))
    }

    /// Texts with tables in them that the page holds without showing them, by what holds them.
    pub(super) fn held(&self) -> Vec<(Holder, &str)> {
        let values = self.holders().map(|(id, holder)| (holder, self.value(id)));
        let texts = self.holders().flat_map(|(id, holder)| self.texts(id).map(move |text| (holder, text)));
        let mut held: Vec<(Holder, &str)> = values.chain(texts).filter(|(_, text)| has_table(text)).collect();
        held.sort_by_key(|(holder, _)| *holder);
        held
    }

    /// All that it holds, however its texts are kept.
    #[cfg(test)]
    pub(super) fn dump(&self) -> String {
        let mut nodes = String::new();
        for (id, node) in self.nodes.iter().enumerate() {
            let data = match &node.data {
                Data::Text(text) => format!("{:?}", &**text),
                data => format!("{data:?}"),
            };
            let places = [node.parent, node.previous, node.next, node.first, node.last, node.depth];
            let marks = [node.holds_table, node.linked, node.unlinked];
            nodes.push_str(&format!("{id} {places:?} {marks:?} {data}\n"));
        }
        let names: Vec<_> = self.names.iter().map(|(id, names)| (id, names.each_ref().map(|name| &**name))).collect();
        format!("{nodes}{:?}\n{:?}\n{names:?}\n{:?}\n{}", self.metas, self.values, self.sheets, self.frames)
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

/// Whether a text seems to have a table in it, be it written as in a script.
pub(super) fn has_table(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["<table", "u003ctable", "x3ctable"]
        .iter()
        .any(|tag| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some())
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

/// The attribute of an option that is selected.
const SELECTED: &str = "selected";

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        let mut tree = self.tree.into_inner();
        tree.show_text_areas();
        tree.mark();
        tree.follow_sheets();
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
            Kind::Field | Kind::Holder(Holder::Field | Holder::Frame) => {
                let frame = local == local_name!("iframe");
                let name = if frame { local_name!("srcdoc") } else { local_name!("value") };
                let value = element::attribute(&attributes, &name).unwrap_or_default();
                tree.values.push((handle.id, value.to_owned()));
            }
            Kind::Choosable if element::attribute(&attributes, &local_name!("selected")).is_some() => {
                tree.values.push((handle.id, SELECTED.to_owned()));
            }
            _ if local == local_name!("meta") => tree.metas.extend(meta(&attributes)),
            _ if local == local_name!("style") && is_for_screens(&attributes) => tree.sheets.push(handle.id),
            _ => {}
        }
        tree.names.extend(names(&attributes).map(|names| (handle.id, names)));
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

/// Classes and id of an element that has any.
fn names(attributes: &[Attribute]) -> Option<[StrTendril; 2]> {
    let of = |name: &LocalName| {
        attributes.iter().find(|attribute| attribute.name.local == *name).map(|found| found.value.clone())
    };
    let names = [of(&local_name!("class")), of(&local_name!("id"))];
    names.iter().any(Option::is_some).then(|| names.map(Option::unwrap_or_default))
}

/// Whether a style sheet is one for the screen.
fn is_for_screens(attributes: &[Attribute]) -> bool {
    let media = element::attribute(attributes, &local_name!("media")).unwrap_or_default().trim();
    ["", "all", "screen"].iter().any(|known| media.eq_ignore_ascii_case(known))
}

/// The name and content of a `meta` element that matters.
fn meta(attributes: &[Attribute]) -> Option<(String, String)> {
    let name = element::attribute(attributes, &local_name!("name"))
        .or_else(|| element::attribute(attributes, &local_name!("property")))?;
    let content = element::attribute(attributes, &local_name!("content"))?.trim();
    let known = METAS.iter().any(|known| known.eq_ignore_ascii_case(name)) && !content.is_empty();
    known.then(|| (name.to_owned(), content.to_owned()))
}
