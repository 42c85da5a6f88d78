//! Shortcodes of WordPress: what stands between their brackets is their own affair.

use std::ops::Range;

use memchr::{memchr2, memrchr2};

use crate::html::tag::end_of_tag;

/// The brackets of a page, for who walks it from its beginning to its end.
#[derive(Debug, Default)]
pub struct Brackets {
    /// So far was looked.
    end: usize,
    /// Where the last of them stands.
    last: Option<usize>,
}

impl Brackets {
    /// Whether the tag stands between the brackets of a shortcode, `[box text="<img …>"]`: what it becomes is the
    /// shortcode's affair. No tag may come before an earlier one.
    pub fn is_in_shortcode(&mut self, html: &[u8], tag: &Range<usize>) -> bool {
        let from = tag.start.saturating_sub(FAR);
        let begin = from.max(self.end);
        let last = html.get(begin..tag.start).and_then(|before| memrchr2(b'[', b']', before));
        self.last = last.map(|at| begin + at).or(self.last);
        self.end = tag.start;
        self.last.is_some_and(|open| open >= from && is_shortcode(html, open, tag))
    }
}

/// No shortcode is looked for farther from a tag.
const FAR: usize = 2_000;

/// Whether the bracket is one that begins a shortcode, and the tag stands in it.
fn is_shortcode(html: &[u8], open: usize, tag: &Range<usize>) -> bool {
    let Some((b'[', inside)) = html.get(open..tag.start).and_then(<[u8]>::split_first) else { return false };
    let name = inside.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let behind = html.get(tag.end..html.len().min(tag.end.saturating_add(FAR))).unwrap_or_default();
    name > 0
        && inside.get(name).is_some_and(u8::is_ascii_whitespace)
        && has_attribute(inside.get(name..).unwrap_or_default())
        && memchr2(b'[', b']', behind).is_some_and(|at| behind.get(at) == Some(&b']'))
}

/// Whether an attribute begins, `text=`, outside of the tags that stand there as well: `[via <a href="…"><img …></a>]` is a
/// sentence in brackets.
fn has_attribute(inside: &[u8]) -> bool {
    let mut rest = inside;
    while let Some(at) = memchr2(b'<', b'=', rest) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or_default();
        if behind.starts_with(b"=") {
            let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            let is_value = |byte: &u8| !byte.is_ascii_whitespace();
            return before.last().is_some_and(is_of_name) && behind.get(1).is_none_or(is_value);
        }
        let Some((end, _)) = end_of_tag(behind, 1) else { return false };
        rest = behind.get(end + 1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_a_shortcodes_brackets_is_its_own() {
        for (html, is) in [
            ("[box text='<img>']", true),
            ("[box  a=1 text=\"<b>x</b><img>\" c]", true),
            ("[caption id=1]<img> x[/caption]", false),
            ("[<img>][5]", false),
            ("[see <img>]", false),
            ("[via <a href=\"/x\"><img></a>]", false),
            ("[via <a title='a > b=c' href=/x><b class=\"d\"><img></b></a>]", false),
            ("[Quelle: <a href='/x'><img></a>]", false),
            ("[sum = 5 <a href='/x'><img></a>]", false),
            ("[box text=\"<a href='/x'><img></a>\"]", true),
            ("[box <b class='c'>x</b> text='<img>']", true),
            ("[su_box title='Our <i>best</i> <img>' style=glass]", true),
            ("[box text=<b><img></b>]", true),
            ("[box a=1 <img>", false),
            ("[box a=1 <img>[b]", false),
            ("<img>", false),
        ] {
            let start = html.find("<img>").unwrap();
            assert_eq!(Brackets::default().is_in_shortcode(html.as_bytes(), &(start..start + 5)), is, "{html}");
        }
    }
}
