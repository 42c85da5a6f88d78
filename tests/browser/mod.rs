//! What a browser makes of a page: html5ever's tree.

use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// One step of a walk through the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An element begins: its name, its attributes in their order, and the address of the innermost link around it.
    Open(String, Vec<(String, String)>, Option<Option<String>>),
    /// It ends.
    Close(String),
    /// Text, two neighbours as one.
    Text(String),
    /// A comment.
    Comment(String),
}

/// Walks through a page, read as browsers do that run no scripts.
pub fn walk(html: &str) -> Vec<Step> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut steps = Vec::new();
    visit(&dom.document, None, &mut steps);
    steps
}

fn visit(node: &Handle, link: Option<&Option<String>>, steps: &mut Vec<Step>) {
    match &node.data {
        NodeData::Text { contents } => match steps.last_mut() {
            Some(Step::Text(text)) => text.push_str(&contents.borrow()),
            _ => steps.push(Step::Text(contents.borrow().to_string())),
        },
        NodeData::Comment { contents } => steps.push(Step::Comment(contents.to_string())),
        NodeData::Element { name, attrs, .. } => {
            let name = name.local.to_string();
            let attributes: Vec<_> =
                attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            let own = (name == "a").then(|| attributes.iter().find(|(key, _)| key == "href").map(|(_, v)| v.clone()));
            steps.push(Step::Open(name.clone(), attributes, link.cloned()));
            let children: Vec<Handle> = node.children.borrow().iter().map(Rc::clone).collect();
            children.iter().for_each(|child| visit(child, own.as_ref().or(link), steps));
            steps.push(Step::Close(name));
        }
        _ => node.children.borrow().iter().for_each(|child| visit(child, link, steps)),
    }
}
