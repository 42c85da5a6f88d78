//! As much of the standard's tree construction (13.2.6) as decides how a tokenizer goes on: whether a tag is one of `svg`
//! or `math`, where no element holds text and `<![CDATA[` begins some, and whether a browser may pass over a tag that
//! elsewhere begins a text.
//!
//! Outside of `svg` and `math` no element is kept. Where what is open inside of them can't be told for sure, that is
//! told, and it is told where two readings would part.

use std::ops::Range;

use crate::html::element_names::{NodeKind, Special, ended_by, is_breakout, is_ignored_inside, is_intricate, is_void};
use crate::html::tag::StartTag;

/// What a start tag begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// An element of HTML that holds markup, or nothing.
    Markup,
    /// An element of HTML that holds text.
    Text,
    /// `noscript`: text where scripts run, markup where they do not.
    Noscript,
    /// An element of `svg` or `math`.
    Foreign,
    /// Browsers, or two states of one, differ in how they go on here.
    Unclear,
}

/// The elements that are open, as far as they matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreeBuilder {
    /// From the outermost `svg` or `math` on.
    open: Vec<Open>,
    certainty: Certainty,
    templates: usize,
    passed_over: Option<PassedOver>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    name: Range<usize>,
    kind: NodeKind,
}

/// Whether `open` is what a browser has open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Certainty {
    #[default]
    Certain,
    /// Some or all of it may be closed; nothing of it holds HTML, so that the next tag that breaks out makes it certain.
    Doubtful,
    /// Anything may be open.
    Unknown,
}

/// Where a browser may pass over tags, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PassedOver {
    /// Until a while ago `select` held options alone.
    Select,
    /// Behind its `col` a `template` holds columns alone.
    Template,
    /// A `frameset` holds frames alone; never ends.
    Frameset,
}

/// More elements inside each other than this are no drawing.
const MOST_OPEN: usize = 100;

impl TreeBuilder {
    /// Whether nothing but HTML that every browser reads in the same way is open.
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.open.is_empty() && self.templates == 0 && self.passed_over.is_none()
    }

    /// Whether what is open is HTML, be it a template's, of which a browser passes over nothing.
    #[must_use]
    pub fn is_html(&self) -> bool {
        self.open.is_empty() && self.passed_over.is_none()
    }

    /// Whether what follows is not plain HTML's: the content of `svg` or `math`, or of HTML inside of them.
    #[must_use]
    #[inline]
    pub fn is_foreign(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether `<![CDATA[` begins a text here. `None`: it may.
    #[must_use]
    pub fn takes_cdata(&self) -> Option<bool> {
        match (self.open.last(), self.certainty) {
            (None, _) => Some(false),
            (Some(open), Certainty::Certain) if self.passed_over.is_none() => Some(open.kind != NodeKind::Html),
            (Some(_), _) => None,
        }
    }

    /// Takes a start tag.
    #[inline]
    pub fn start(&mut self, tag: StartTag<'_>) -> Begins {
        let special = Special::of(tag.known);
        if self.open.is_empty() {
            return self.start_html(tag, special);
        }
        let Some(name) = tag.html.get(tag.name.clone()) else { return Begins::Unclear };
        // A browser that passes over `svg` sees these.
        if self.passed_over.is_some() && special.is_some_and(|special| !special.is_root()) {
            return Begins::Unclear;
        }
        if self.certainty != Certainty::Certain {
            return self.start_in_doubt(tag, name, special);
        }
        if !self.takes_html(name) {
            if !is_breakout(tag, name) {
                return self.start_foreign(tag, name);
            }
            while self.open.last().is_some_and(|open| open.kind.is_foreign()) {
                self.open.pop();
            }
            if self.open.is_empty() {
                return self.start_html(tag, special);
            }
        }
        self.start_html_inside(tag, name, special)
    }

    /// Takes an end tag. Answers whether it is one of `svg` or `math`.
    pub fn end(&mut self, html: &[u8], name: &Range<usize>) -> bool {
        if self.is_plain() {
            return false;
        }
        let Some(name) = html.get(name.clone()) else { return false };
        let is = |open: &Open| html.get(open.name.clone()).is_some_and(|open| open.eq_ignore_ascii_case(name));
        match (self.open.last(), self.certainty) {
            (None, _) => self.end_html(name),
            (Some(_), Certainty::Doubtful | Certainty::Unknown) => {}
            (Some(open), Certainty::Certain) if open.kind == NodeKind::Html => {
                if is(open) {
                    self.open.pop();
                } else if !is_ignored_inside(name) {
                    self.doubt();
                }
            }
            // No page's own element can be ended from within a point.
            (Some(_), Certainty::Certain) if is_ignored_inside(name) && self.holds_html() => {}
            (Some(_), Certainty::Certain) => {
                let inside = self.open.iter().rposition(|open| is(open) || open.kind == NodeKind::Html);
                let own = inside.filter(|at| self.open.get(*at).is_some_and(|open| open.kind != NodeKind::Html));
                // These two break out where a browser is new, and not where it is old.
                let breaks_out = name.eq_ignore_ascii_case(b"p") || name.eq_ignore_ascii_case(b"br");
                match own.filter(|_| !breaks_out) {
                    Some(at) => {
                        self.open.truncate(at);
                        return true;
                    }
                    // It ends all of it where such an element is open outside, else nothing.
                    None => {
                        self.doubt();
                        self.end_html(name);
                    }
                }
            }
        }
        false
    }

    fn end_html(&mut self, name: &[u8]) {
        if name.eq_ignore_ascii_case(b"select") {
            self.passed_over.take_if(|over| *over == PassedOver::Select);
        } else if name.eq_ignore_ascii_case(b"template") && self.templates > 0 {
            self.templates -= 1;
            self.passed_over.take_if(|over| *over == PassedOver::Template);
        }
    }

    /// A start tag where nothing foreign is open.
    #[inline]
    fn start_html(&mut self, tag: StartTag<'_>, special: Option<Special>) -> Begins {
        let Some(special) = special else { return Begins::Markup };
        match (special, self.passed_over) {
            (Special::Root(_), _) if tag.is_self_closing => Begins::Foreign,
            (Special::Root(_), None | Some(PassedOver::Select)) => self.open_root(tag, special),
            (Special::Text | Special::Script, None) | (Special::Script, Some(PassedOver::Select)) => Begins::Text,
            (Special::Noscript, None) => Begins::Noscript,
            (Special::Template, None) => {
                self.templates += 1;
                Begins::Markup
            }
            (Special::Select, None) => self.pass_over(PassedOver::Select),
            (Special::Frameset, None) => self.pass_over(PassedOver::Frameset),
            (Special::Column, None) if self.templates > 0 => self.pass_over(PassedOver::Template),
            (Special::Select | Special::Frameset | Special::Column, _) => Begins::Markup,
            (Special::Root(_) | Special::Text | Special::Script | Special::Noscript | Special::Template, Some(_)) => {
                Begins::Unclear
            }
        }
    }

    fn pass_over(&mut self, until: PassedOver) -> Begins {
        self.passed_over = Some(until);
        Begins::Markup
    }

    fn start_foreign(&mut self, tag: StartTag<'_>, name: &[u8]) -> Begins {
        let is_svg = self.open.last().is_some_and(|open| open.kind == NodeKind::Svg);
        if !tag.is_self_closing {
            let kind = NodeKind::of(tag, name, is_svg);
            self.push(tag.name, kind.unwrap_or(NodeKind::AnnotationXml));
            if kind.is_none() {
                self.certainty = Certainty::Unknown;
            }
        }
        Begins::Foreign
    }

    /// A start tag that is read as HTML inside of `svg` or `math`.
    fn start_html_inside(&mut self, tag: StartTag<'_>, name: &[u8], special: Option<Special>) -> Begins {
        let begins = match special {
            Some(Special::Root(_)) if tag.is_self_closing => return Begins::Foreign,
            Some(special @ Special::Root(_)) => return self.open_root(tag, special),
            Some(Special::Text | Special::Script) => Begins::Text,
            Some(Special::Noscript) => Begins::Noscript,
            Some(_) => {
                self.certainty = Certainty::Unknown;
                return Begins::Unclear;
            }
            None => Begins::Markup,
        };
        if is_intricate(name) || self.ends_another(tag.html, name) {
            self.doubt();
        } else if !is_ignored_inside(name) && !is_void(name) {
            self.push(tag.name, NodeKind::Html);
        }
        begins
    }

    /// Whether a start tag ends an element that is open, before its end tag has come.
    fn ends_another(&self, html: &[u8], name: &[u8]) -> bool {
        let (ended, within) = ended_by(name);
        let is_one_of = |open: &&[u8], names: &[&str]| names.iter().any(|n| open.eq_ignore_ascii_case(n.as_bytes()));
        let inside = self.open.iter().rev().take_while(|open| open.kind == NodeKind::Html);
        let mut inside = inside.filter_map(|open| html.get(open.name.clone()));
        inside
            .find(|open| is_one_of(open, ended) || is_one_of(open, within))
            .is_some_and(|open| is_one_of(&open, ended))
    }

    /// A start tag where some or all of what is open may be closed.
    fn start_in_doubt(&mut self, tag: StartTag<'_>, name: &[u8], special: Option<Special>) -> Begins {
        let is_root = special.is_some_and(Special::is_root);
        // An `a` would be a link or a part of a drawing.
        if (special.is_some() && !is_root) || name.eq_ignore_ascii_case(b"a") {
            return Begins::Unclear;
        }
        if self.certainty == Certainty::Doubtful && is_breakout(tag, name) {
            self.open.clear();
            self.certainty = Certainty::Certain;
        } else if NodeKind::of(tag, name, true).is_none_or(NodeKind::holds_html)
            || NodeKind::of(tag, name, false).is_none_or(NodeKind::holds_html)
        {
            self.certainty = Certainty::Unknown;
        }
        if is_root { Begins::Foreign } else { Begins::Markup }
    }

    /// Whether the innermost element takes a start tag of this name for HTML.
    fn takes_html(&self, name: &[u8]) -> bool {
        match self.open.last().map(|open| open.kind) {
            None | Some(NodeKind::Html | NodeKind::HtmlPoint) => true,
            Some(NodeKind::TextPoint) => {
                !name.eq_ignore_ascii_case(b"mglyph") && !name.eq_ignore_ascii_case(b"malignmark")
            }
            Some(NodeKind::AnnotationXml) => name.eq_ignore_ascii_case(b"svg"),
            Some(NodeKind::Svg | NodeKind::Math) => false,
        }
    }

    fn open_root(&mut self, tag: StartTag<'_>, root: Special) -> Begins {
        self.push(tag.name, if root == Special::Root(true) { NodeKind::Svg } else { NodeKind::Math });
        Begins::Foreign
    }

    fn push(&mut self, name: &Range<usize>, kind: NodeKind) {
        if self.open.len() < MOST_OPEN {
            self.open.push(Open { name: name.clone(), kind });
        } else {
            self.certainty = Certainty::Unknown;
        }
    }

    fn holds_html(&self) -> bool {
        self.open.iter().any(|open| open.kind.holds_html())
    }

    fn doubt(&mut self) {
        self.certainty = if self.holds_html() { Certainty::Unknown } else { Certainty::Doubtful };
    }
}

#[cfg(test)]
mod tests {
    use crate::html::tokenizer::{TokenKind, Tokenizer};

    /// The tags of a page; those of `svg` and `math` in brackets.
    fn tags(html: &str) -> String {
        let mut tokenizer = Tokenizer::new(html.as_bytes());
        let mut all = Vec::new();
        while let Some(token) = tokenizer.next() {
            let name = &html[tokenizer.content.clone()];
            all.push(match token {
                TokenKind::Start => name.to_owned(),
                TokenKind::End => format!("/{name}"),
                TokenKind::Foreign => format!("[{name}]"),
                TokenKind::Comment => "!".to_owned(),
            });
        }
        all.join(" ")
    }

    #[test]
    fn what_is_open_decides_how_a_tag_is_read() {
        for (html, expected) in [
            ("<svg><style><b></style><i>", "[svg] [style] b /style i"),
            ("<svg><style><a></style></svg><style><a>", "[svg] [style] [a] [style] [svg] style"),
            ("<svg/><style><a></style>", "[svg] style /style"),
            ("<svg><title><style><a></style><a>", "[svg] [title] style /style a"),
            ("<svg><title/><style><a>", "[svg] [title] [style] [a]"),
            ("<math><title><a>", "[math] [title] [a]"),
            ("<math><mi><title><a></title></mi><title><a>", "[math] [mi] title /title [mi] [title] [a]"),
            ("<math><mi><mglyph><title><a>", "[math] [mi] [mglyph] [title] [a]"),
            ("<math><annotation-xml><title><a>", "[math] [annotation-xml] [title] [a]"),
            ("<math><annotation-xml><svg><desc><title><a>", "[math] [annotation-xml] [svg] [desc] title"),
            ("<math><annotation-xml encoding=Text/HTML><title><a>", "[math] [annotation-xml] title"),
            ("<math><annotation-xml encoding='text&#47;html'><title><a>", "[math] [annotation-xml]"),
            ("<svg><![CDATA[<a>]]><desc><![CDATA[<a>]]><p><![CDATA[<a>]]>", "[svg] [desc] p !"),
            ("<![CDATA[<a>]]>", "!"),
            ("<svg><font size=1><title><a>", "[svg] font title"),
            ("<svg><font x=1><style><a>", "[svg] [font] [style] [a]"),
            (
                "<svg><desc><body><ul><li><p></p></li><li></ul></body><x>",
                "[svg] [desc] body ul li p /p /li li /ul /body x",
            ),
            ("<svg><g></x><path><p><title><a>", "[svg] [g] /x path p title"),
            ("<svg></x><title><a>", "[svg] /x"),
            ("<svg></p><title><a>", "[svg] /p"),
            ("<svg></x><![CDATA[<a>]]>", "[svg] /x"),
            ("<svg><desc><p></x><p><title><a>", "[svg] [desc] p /x p"),
            ("<select><svg></select><p><title><a>", "select [svg] /select p title"),
            ("<select><svg></select><title><a>", "select [svg] /select"),
            ("<template><col></template><title>", "template col /template title"),
        ] {
            assert_eq!(tags(html), expected, "{html}");
        }
    }

    #[test]
    fn as_many_as_no_drawing_has_are_not_followed() {
        let page = |count: usize| format!("{}<title><a>", "<svg>".repeat(count));
        assert!(tags(&page(90)).ends_with("[title] a"));
        assert!(tags(&page(110)).ends_with("[svg]"));
    }
}
