//! Markdown that was left in a post: what in a piece of text is a picture, a link around one, or the definition of a
//! reference. It knows no more of Markdown than that.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

/// Something in a text. Ranges are bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkdownEvent {
    /// `[`, with which a link may begin.
    Open,
    /// `](url)` or `][label]`, with which it ends.
    Close(Target),
    /// `![…](url)` or `![…][label]`
    Picture(Target),
    /// `[label]: url`
    Definition {
        /// As it is written.
        label: Range<usize>,
        /// The URL.
        url: Range<usize>,
    },
    /// An empty line: no link goes on behind it.
    Break,
}

/// Where a link leads, or a picture stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A URL.
    Url(Range<usize>),
    /// The name of a definition.
    Label(Range<usize>),
}

/// No label, description or URL is longer.
const LONGEST: usize = 2_000;

/// Whether a page may have any of it.
#[must_use]
pub fn is_possible(html: &[u8]) -> bool {
    memchr_iter(b']', html).any(|at| matches!(html.get(at + 1), Some(b'(' | b'[' | b':')))
}

/// What stands in a text. `None` at its end where code begins in it that does not end in it: what follows is in doubt.
pub fn events(html: &[u8], text: Range<usize>, mut event: impl FnMut(MarkdownEvent)) -> Option<()> {
    let reader = Reader { html, end: text.end };
    let mut at = text.start;
    // The other fence of code is too rare to be followed.
    let whole = html.get(text.clone())?;
    if memchr(b'~', whole).is_some() && memmem::find(whole, b"~~~").is_some() {
        return None;
    }
    while let Some(found) = reader.rest(at).and_then(|rest| memchr3(b'[', b']', b'`', rest)) {
        let line_break = reader.blank_line(at..at + found);
        at += found;
        if line_break {
            event(MarkdownEvent::Break);
        }
        match html.get(at)? {
            _ if at > text.start && html.get(at - 1) == Some(&b'\\') => at += 1,
            b'`' => at = reader.behind_code(at)?,
            b']' => match reader.target(at + 1) {
                Some((target, end)) => {
                    event(MarkdownEvent::Close(target));
                    at = end;
                }
                None => at += 1,
            },
            _ if reader.is_indented(at) => at += 1,
            _ if html.get(text.start..at)?.ends_with(b"!") && !html.get(text.start..at)?.ends_with(b"\\!") => {
                match reader.picture(at) {
                    Some((target, end)) => {
                        event(MarkdownEvent::Picture(target));
                        at = end;
                    }
                    None => at += 1,
                }
            }
            _ => match reader.definition(at, text.start) {
                Some((label, url)) => {
                    at = url.end;
                    event(MarkdownEvent::Definition { label, url });
                }
                None => {
                    event(MarkdownEvent::Open);
                    at += 1;
                }
            },
        }
    }
    if reader.blank_line(at..text.end) {
        event(MarkdownEvent::Break);
    }
    Some(())
}

struct Reader<'a> {
    html: &'a [u8],
    end: usize,
}

impl Reader<'_> {
    fn rest(&self, at: usize) -> Option<&[u8]> {
        self.html.get(at..self.end)
    }

    /// The rest, as far as anything may reach.
    fn near(&self, at: usize) -> Option<&[u8]> {
        self.html.get(at..self.end.min(at.saturating_add(LONGEST)))
    }

    /// `[description](url)` or `[description][label]`; the description alone may be the label.
    fn picture(&self, open: usize) -> Option<(Target, usize)> {
        let description = open + 1..open + 1 + memchr(b']', self.near(open + 1)?)?;
        match self.target(description.end + 1) {
            Some((Target::Label(label), end)) if label.is_empty() => Some((Target::Label(description), end)),
            Some(found) => Some(found),
            None => Some((Target::Label(description.clone()), description.end + 1)),
        }
    }

    /// `(url)`, `(url "title")` or `[label]`, and what stands behind.
    fn target(&self, at: usize) -> Option<(Target, usize)> {
        match self.html.get(at).filter(|_| at < self.end)? {
            b'(' => {
                let start = at + 1 + self.spaces(at + 1)?;
                let url = start..start + self.url_length(start)?;
                let close = url.end + memchr(b')', self.near(url.end)?)?;
                (!url.is_empty()).then_some((Target::Url(url), close + 1))
            }
            b'[' => {
                // A label holds no bracket: behind a shortcode's tag, `[caption][![…`, a link begins.
                let label = at + 1..at + 1 + memchr2(b'[', b']', self.near(at + 1)?)?;
                let is_closed = self.html.get(label.end) == Some(&b']');
                is_closed.then(|| (Target::Label(label.clone()), label.end + 1))
            }
            _ => None,
        }
    }

    /// `[label]: url`, at the start of a line or of the text.
    fn definition(&self, open: usize, text: usize) -> Option<(Range<usize>, Range<usize>)> {
        let line = self.html.get(text..open)?;
        let indent = line.iter().rev().take_while(|byte| **byte == b' ').count();
        if !matches!(line.iter().rev().nth(indent), None | Some(b'\n')) {
            return None;
        }
        let label = open + 1..open + 1 + memchr(b']', self.near(open + 1)?)?;
        if self.html.get(label.end + 1) != Some(&b':') || label.is_empty() {
            return None;
        }
        let start = label.end + 2 + self.spaces(label.end + 2)?;
        let url = start..start + self.url_length(start)?;
        (!url.is_empty()).then_some((label, url))
    }

    /// Whether four spaces or a tab are all that stands before it in its line: code, too.
    fn is_indented(&self, at: usize) -> bool {
        let before = self.html.get(at.saturating_sub(100)..at).unwrap_or_default();
        let before = before.strip_suffix(b"!").unwrap_or(before);
        let indent = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let (line, indent) = before.split_at(before.len() - indent);
        line.ends_with(b"\n") && (indent.len() >= 4 || indent.contains(&b'\t'))
    }

    fn spaces(&self, at: usize) -> Option<usize> {
        Some(self.near(at)?.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count())
    }

    fn url_length(&self, at: usize) -> Option<usize> {
        let near = self.near(at)?;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b')' | b'(' | b'"' | b'<' | b'>' | b'`');
        Some(near.iter().position(ends).unwrap_or(near.len()))
    }

    /// Behind code in backticks. A few that are never closed are text; three or more begin a block of code.
    fn behind_code(&self, at: usize) -> Option<usize> {
        let ticks = |at| Some(self.rest(at)?.iter().take_while(|byte| **byte == b'`').count());
        let opening = ticks(at)?;
        let mut from = at + opening;
        // A block may be long; what is shorter ends soon, or never.
        let until = if opening < 3 { self.end.min(from.saturating_add(LONGEST)) } else { self.end };
        while let Some(found) = self.html.get(from..until).and_then(|rest| memchr(b'`', rest)) {
            let closing = ticks(from + found)?;
            from += found + closing;
            if closing == opening {
                return Some(from);
            }
        }
        (opening < 3).then_some(at + opening)
    }

    fn blank_line(&self, range: Range<usize>) -> bool {
        let between = self.html.get(range).unwrap_or_default();
        memchr(b'\n', between).is_some()
            && (memmem::find(between, b"\n\n").is_some() || memmem::find(between, b"\n\r\n").is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events, written down shortly.
    fn read(text: &str) -> Vec<String> {
        let of = |target: Target| match target {
            Target::Url(range) => text[range].to_owned(),
            Target::Label(range) => format!("[{}]", &text[range]),
        };
        let mut all = Vec::new();
        let ended = events(text.as_bytes(), 0..text.len(), |event| {
            all.push(match event {
                MarkdownEvent::Open => "open".to_owned(),
                MarkdownEvent::Close(target) => format!("close {}", of(target)),
                MarkdownEvent::Picture(target) => format!("picture {}", of(target)),
                MarkdownEvent::Definition { label, url } => format!("{} is {}", &text[label], &text[url]),
                MarkdownEvent::Break => "break".to_owned(),
            });
        });
        if ended.is_none() {
            all.push("doubt".to_owned());
        }
        all
    }

    #[test]
    fn pictures_links_and_definitions_are_told_apart() {
        for (text, expected) in [
            ("![a](u.jpg)", vec!["picture u.jpg"]),
            ("![](  u.jpg 'Title' ) b", vec!["picture u.jpg"]),
            ("[![a](u.jpg)](v)", vec!["open", "picture u.jpg", "close v"]),
            ("[![a][1]][b c]", vec!["open", "picture [1]", "close [b c]"]),
            ("[c w=1][![a](u.jpg)](v) x[/c]", vec!["open", "open", "picture u.jpg", "close v", "open"]),
            ("![a][] ![b]", vec!["picture [a]", "picture [b]"]),
            ("x\n  [1]: u.jpg \"T\"", vec!["1 is u.jpg"]),
            ("[1]: u.jpg\n[2]:v", vec!["1 is u.jpg", "2 is v"]),
            ("x [1]: u.jpg", vec!["open"]),
            ("[a\n\nb](u)", vec!["open", "break", "close u"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn code_and_escaped_brackets_are_text() {
        for (text, expected) in [
            ("`![a](u)`", vec![]),
            ("``![a](u)` ``", vec![]),
            ("` ![a](u)", vec!["picture u"]),
            ("\\![a](u)", vec!["open", "close u"]),
            ("!\\[a](u)", vec!["close u"]),
            ("```\n![a](u)\n```\n![b](v)", vec!["picture v"]),
            ("```\n![a](u)", vec!["doubt"]),
            ("~~~\n![a](u)\n~~~", vec!["doubt"]),
            ("x\n    ![a](u)\n\t![b](v)\n   ![c](w)", vec!["close u", "close v", "picture w"]),
            ("![a](", vec!["picture [a]"]),
            ("![a](u", vec!["picture [a]"]),
            ("![a", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
