//! What a picture stands in: the link around it, as a browser would nest them.

use std::ops::Range;

/// A link that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The value of its `href`, if it has one.
    pub href: Option<Range<usize>>,
    /// How many elements had been seen when it began.
    pub elements_before: usize,
    /// It holds words, not only pictures.
    pub has_words: bool,
}

/// The links and table cells that are open. Cells matter because a link that an author forgot to close ends with its
/// cell, whereas it goes on behind a `</p>` or `</div>`.
#[derive(Debug, Default)]
pub struct Surroundings {
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

impl Surroundings {
    /// The innermost link that is open.
    #[must_use]
    pub fn link(&self) -> Option<&Link> {
        self.link.as_ref().or_else(|| self.levels.iter().rev().find_map(|level| level.around.as_ref()))
    }

    /// The link that is open and began in the innermost cell.
    #[must_use]
    pub fn link_mut(&mut self) -> Option<&mut Link> {
        self.link.as_mut()
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
        Link { href: Some(name..name), elements_before: 0, has_words: false }
    }

    fn open(around: &Surroundings) -> Option<usize> {
        around.link().and_then(|link| Some(link.href.clone()?.start))
    }

    #[test]
    fn a_link_ends_with_its_cell_and_goes_on_inside_of_tables() {
        let mut around = Surroundings::default();
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
        let mut around = Surroundings::default();
        around.open_table();
        around.open_link(link(1));
        around.close_table();
        assert_eq!(open(&around), Some(1));
    }

    #[test]
    fn cells_without_a_table_are_none() {
        let mut around = Surroundings::default();
        around.open_link(link(1));
        around.open_cell();
        around.close_cell();
        around.close_table();
        assert_eq!(open(&around), Some(1));
    }

    #[test]
    fn endless_tables_are_not_remembered() {
        let mut around = Surroundings::default();
        for _ in 0..1_000_000 {
            around.open_table();
        }
        assert_eq!(around.levels.len(), MOST_LEVELS);
    }
}
