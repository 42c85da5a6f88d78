//! What a picture stands in: the link around it, as a browser would nest them.

use std::cell::OnceCell;
use std::ops::Range;

use crate::html::entities::decoded_url;
use crate::html::link::AmazonLink;
use crate::html::tag::Attributes;

/// A link that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its start tag, from behind the name.
    attributes: Range<usize>,
    /// The value of its `href`, once somebody has asked: most links hold no picture.
    href: OnceCell<Option<Range<usize>>>,
    target: OnceCell<Option<AmazonLink>>,
    /// How many elements had been seen when it began.
    pub elements_before: usize,
    /// It holds words, not only pictures.
    pub has_words: bool,
}

impl Link {
    /// Begins one, with what stands in its start tag behind the name.
    #[must_use]
    pub fn new(attributes: Range<usize>, elements_before: usize) -> Self {
        Self { attributes, href: OnceCell::new(), target: OnceCell::new(), elements_before, has_words: false }
    }

    /// The value of its `href`, if it has one.
    pub fn href(&self, html: &[u8]) -> Option<&Range<usize>> {
        let href = || Attributes::new(html, self.attributes.clone()).first(b"href").map(|href| href.value);
        self.href.get_or_init(href).as_ref()
    }

    /// What it says, if it leads to Amazon.
    pub fn target(&self, html: &[u8]) -> Option<&AmazonLink> {
        let target = || decoded_url(html, self.href(html)?.clone()).and_then(|href| AmazonLink::parse(&href));
        self.target.get_or_init(target).as_ref()
    }
}

/// The links and table cells that are open. Cells matter because a link that an author forgot to close ends with its
/// cell, whereas it goes on behind a `</p>` or `</div>`.
#[derive(Debug, Default)]
pub struct OpenElements {
    levels: Vec<Level>,
    link: Option<Link>,
}

/// A table or one of its cells, and the link around it.
#[derive(Debug)]
struct Level {
    is_table: bool,
    around: Option<Link>,
}

/// More tables inside each other than this are no page.
const MOST_LEVELS: usize = 100;

impl OpenElements {
    /// The innermost link that is open.
    #[must_use]
    pub fn link(&self) -> Option<&Link> {
        self.link.as_ref().or_else(|| self.levels.iter().rev().find_map(|level| level.around.as_ref()))
    }

    /// All links that are open.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.levels.iter().filter_map(|level| level.around.as_ref()).chain(&self.link)
    }

    /// Whether a link that leads anywhere is open, outside of tables as well. An anchor that only has a name is none.
    #[must_use]
    pub fn is_in_link(&self, html: &[u8]) -> bool {
        self.links().any(|link| link.href(html).is_some())
    }

    /// The link that is open and began in the innermost cell.
    #[must_use]
    #[inline]
    pub fn link_mut(&mut self) -> Option<&mut Link> {
        self.link.as_mut()
    }

    /// Whether that link has no words so far.
    #[must_use]
    #[inline]
    pub fn awaits_words(&self) -> bool {
        self.link.as_ref().is_some_and(|link| !link.has_words)
    }

    /// `<a>`: ends one that is open, since links do not nest. Answers the ended one.
    pub fn open_link(&mut self, link: Link) -> Option<Link> {
        self.link.replace(link)
    }

    /// `</a>`: answers the link that it ends.
    pub fn close_link(&mut self) -> Option<Link> {
        self.link.take()
    }

    /// `<table>`
    pub fn open_table(&mut self) {
        self.open(true);
    }

    /// `</table>`
    pub fn close_table(&mut self) {
        if self.levels.iter().any(|level| level.is_table) {
            self.close_cell();
            self.close();
        }
    }

    /// `<td>`, `<th>`, `<caption>`: a table's alone.
    pub fn open_cell(&mut self) {
        self.close_cell();
        if self.levels.last().is_some_and(|level| level.is_table) {
            self.open(false);
        }
    }

    /// Their end tags, and the start and end of a row.
    pub fn close_cell(&mut self) {
        if self.levels.last().is_some_and(|level| !level.is_table) {
            self.close();
        }
    }

    fn open(&mut self, is_table: bool) {
        if self.levels.len() < MOST_LEVELS {
            self.levels.push(Level { is_table, around: self.link.take() });
        }
    }

    fn close(&mut self) {
        if let Some(level) = self.levels.pop() {
            // A link that began in the table and in no cell goes on behind it.
            let went_on = self.link.take().filter(|_| level.is_table);
            self.link = went_on.or(level.around);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(name: usize) -> Link {
        Link::new(name..name, 0)
    }

    fn open(around: &OpenElements) -> Option<usize> {
        around.link().map(|link| link.attributes.start)
    }

    #[test]
    fn a_link_ends_with_its_cell_and_goes_on_inside_of_tables() {
        let mut around = OpenElements::default();
        around.open_link(link(1));
        around.open_table();
        around.open_cell();
        assert_eq!(open(&around), Some(1));
        around.open_link(link(2));
        assert_eq!(open(&around), Some(2));
        around.open_cell();
        assert_eq!(open(&around), Some(1));
        around.open_link(link(3));
        around.close_link();
        assert_eq!(open(&around), Some(1));
        around.close_table();
        assert_eq!(open(&around), Some(1));
        around.close_link();
        assert_eq!(open(&around), None);
    }

    #[test]
    fn a_link_outside_of_cells_goes_on_behind_its_table() {
        let mut around = OpenElements::default();
        around.open_table();
        around.open_link(link(1));
        around.close_table();
        assert_eq!(open(&around), Some(1));
    }

    #[test]
    fn an_anchor_with_a_name_alone_leads_nowhere() {
        let html = b"<a name=x><a href=/y>";
        let (anchor, link) = (|| Link::new(2..10, 0), || Link::new(12..21, 0));
        let mut open = OpenElements::default();
        open.open_link(anchor());
        assert!(!open.is_in_link(html));
        open.open_link(link());
        open.open_table();
        open.open_cell();
        open.open_link(anchor());
        assert!(open.is_in_link(html));
    }

    #[test]
    fn cells_without_a_table_are_none() {
        let mut around = OpenElements::default();
        around.open_link(link(1));
        around.open_cell();
        around.close_cell();
        around.close_table();
        assert_eq!(open(&around), Some(1));
    }

    #[test]
    fn endless_tables_are_not_remembered() {
        let mut around = OpenElements::default();
        for _ in 0..1_000_000 {
            around.open_table();
        }
        assert_eq!(around.levels.len(), MOST_LEVELS);
    }
}
