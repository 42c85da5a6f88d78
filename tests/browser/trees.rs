//! Whether a rewritten page is the same tree to a browser: the same elements, attributes and texts, but for the addresses
//! of pictures and what a picture with a new one is given.

use std::fmt::Write;
use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::soup::DEAD;

/// The address that takes the place of the dead one, in the forms in which a browser may show it.
pub const FRESH: &str = "https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a='&b=\"";
/// That of the next larger picture.
pub const LARGE: &str = "https://m.media-amazon.com/images/I/fresh._SL500_.jpg";
/// The title of the product.
pub const TITLE: &str = "A \"title\" <b>";

/// The tree, a line for each element, attribute and text; in its old form where the picture of an element is a new one.
pub fn tree(html: &str, has_scripts: bool) -> String {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: has_scripts, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut lines = String::new();
    write(&dom.document, 0, has_scripts, &mut lines);
    lines
}

fn write(node: &Handle, depth: usize, has_scripts: bool, lines: &mut String) {
    let indent = " ".repeat(depth);
    let _ = match &node.data {
        NodeData::Text { contents } => writeln!(lines, "{indent}{:?}", with_old_addresses(&contents.borrow())),
        NodeData::Comment { contents } => writeln!(lines, "{indent}<!-- {:?}", with_old_addresses(contents)),
        NodeData::Element { name, attrs, template_contents, .. } => {
            let attributes = attrs.borrow();
            let attributes = attributes.iter().map(|a| (a.name.local.as_ref(), a.value.as_ref()));
            let (packed, attributes): (Vec<_>, _) = attributes.partition(|(name, _)| *name == "srcdoc");
            let attributes = as_before(name.ns == html5ever::ns!(html) && &*name.local == "img", attributes);
            let _ = writeln!(lines, "{indent}<{} {} {attributes:?}", name.ns, name.local);
            packed.iter().for_each(|(_, html)| *lines += &tree(html, has_scripts));
            if let Some(contents) = template_contents.borrow().as_ref() {
                write(contents, depth + 1, has_scripts, lines);
            }
            Ok(())
        }
        _ => Ok(()),
    };
    let children: Vec<Handle> = node.children.borrow().iter().map(Rc::clone).collect();
    children.iter().for_each(|child| write(child, depth + 1, has_scripts, lines));
}

/// An element's attributes as they were before a new picture had its address put in.
fn as_before(is_image: bool, attributes: Vec<(&str, &str)>) -> Vec<(String, String)> {
    let is_new = is_image && attributes.iter().any(|(name, value)| *name == "src" && *value == FRESH);
    let old = attributes.into_iter().filter_map(|(name, value)| {
        let is_added = match name {
            "width" => value == "120",
            "height" => value == "160",
            "srcset" => value == format!("{LARGE} 3.12x"),
            _ => false,
        };
        let value = if is_new && name == "alt" && value == TITLE { "" } else { value };
        (!is_new || !is_added).then(|| (name.to_owned(), with_old_addresses(value)))
    });
    old.collect()
}

fn with_old_addresses(text: &str) -> String {
    let escaped = FRESH.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    let bare = escaped.replace('=', "&#61;");
    let packed = [&escaped, &bare].map(|written| written.replace('&', "&amp;"));
    [FRESH, &packed[0], &packed[1], &escaped, &bare]
        .iter()
        .fold(text.to_owned(), |text, fresh| text.replace(fresh, DEAD))
}
