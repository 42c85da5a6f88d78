//! Pictures in Markdown that was left in a post, and links of Markdown around pictures of any kind.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::html::entities::decoded_url;
use crate::html::found::{Found, Location};
use crate::html::link::AmazonLink;
use crate::html::markdown::{MarkdownEvent, Target, events, is_possible};
use crate::html::picture::ElementKind;

/// The pictures that a page's Markdown holds or links, as far as it was read.
#[derive(Debug)]
pub struct MarkdownImages {
    /// No more is read where none can be, or where it is in doubt.
    is_read: bool,
    code_depth: usize,
    /// How many pictures there were when the link began that is open.
    open: Option<usize>,
    images: Vec<LinkedImage>,
    definitions: HashMap<String, Range<usize>>,
}

#[derive(Debug)]
struct LinkedImage {
    origin: Origin,
    link: Option<Target>,
}

#[derive(Debug)]
enum Origin {
    /// A place among the found, for a picture in HTML.
    Html(usize),
    /// One in Markdown.
    Markdown(Target),
}

impl MarkdownImages {
    /// Begins a page, of which Markdown is read or not.
    #[must_use]
    pub fn new(html: &[u8], is_read: bool) -> Self {
        Self {
            is_read: is_read && is_possible(html),
            code_depth: 0,
            open: None,
            images: Vec::new(),
            definitions: HashMap::new(),
        }
    }

    /// Whether Markdown is still looked for.
    #[must_use]
    #[inline]
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// `<pre>`, `<code>` and their ends.
    pub fn take_code(&mut self, is_end: bool) {
        self.code_depth = if is_end { self.code_depth.saturating_sub(1) } else { self.code_depth + 1 };
    }

    /// Takes the text between two tags.
    #[inline]
    pub fn take_text(&mut self, html: &[u8], range: Range<usize>) {
        if self.is_read && self.code_depth == 0 && !range.is_empty() {
            self.is_read = events(html, range, |event| self.event(html, event)).is_some();
        }
    }

    /// Takes a picture in HTML. One in a link of HTML has its link.
    pub fn take_picture(&mut self, place: usize, is_linked: bool) {
        if self.is_read && self.open.is_some() && !is_linked {
            self.images.push(LinkedImage { origin: Origin::Html(place), link: None });
        }
    }

    fn event(&mut self, html: &[u8], event: MarkdownEvent) {
        match event {
            MarkdownEvent::Open => self.open = Some(self.images.len()),
            MarkdownEvent::Break => self.open = None,
            MarkdownEvent::Picture(target) => {
                self.images.push(LinkedImage { origin: Origin::Markdown(target), link: None })
            }
            MarkdownEvent::Close(target) => {
                if let Some(open) = self.open.take() {
                    let within = self.images.iter_mut().skip(open);
                    within.for_each(|picture| picture.link = Some(target.clone()));
                }
            }
            MarkdownEvent::Definition { label, url } => {
                self.definitions.entry(label_key(html, label)).or_insert(url);
            }
        }
    }

    /// Adds the pictures in Markdown, and what links in Markdown say of the others.
    pub fn resolve(&self, html: &[u8], found: &mut Vec<Found>) {
        let url = |target: &Target| match target {
            Target::Url(url) => Some(url.clone()),
            Target::Label(label) => self.definitions.get(&label_key(html, label.clone())).cloned(),
        };
        let mut written = HashSet::new();
        for LinkedImage { origin, link } in &self.images {
            let place = match origin {
                Origin::Html(place) => *place,
                Origin::Markdown(target) => {
                    let picture = url(target)
                        .and_then(|range| Found::read(html, range, ElementKind::Image, Location::Markdown))
                        // A definition stands once, however often it is used.
                        .filter(|picture| written.insert(picture.value.start));
                    let Some(picture) = picture else { continue };
                    found.push(picture);
                    found.len() - 1
                }
            };
            let link = link.as_ref().and_then(url).and_then(|range| AmazonLink::parse(&decoded_url(html, range)?));
            if let (Some(link), Some(picture)) = (link, found.get_mut(place)) {
                picture.complete_by(&link);
            }
        }
    }
}

/// Labels are told apart by their words, in any case.
fn label_key(html: &[u8], label: Range<usize>) -> String {
    String::from_utf8_lossy(html.get(label).unwrap_or_default()).trim().to_lowercase()
}
