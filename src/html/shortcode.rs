//! Shortcodes of WordPress: what stands between their brackets is their own affair.

use std::ops::Range;

use memchr::{memchr, memchr2, memrchr2};

/// Whether the tag stands between the brackets of a shortcode, `[box text="<img …>"]`: what it becomes is the
/// shortcode's affair.
#[must_use]
pub fn is_in_shortcode(html: &[u8], tag: &Range<usize>) -> bool {
    const FAR: usize = 2_000;
    let before = html.get(tag.start.saturating_sub(FAR)..tag.start).unwrap_or_default();
    let Some(open) = memrchr2(b'[', b']', before).filter(|at| before.get(*at) == Some(&b'[')) else { return false };
    let inside = before.get(open + 1..).unwrap_or_default();
    let name = inside.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let behind = html.get(tag.end..html.len().min(tag.end.saturating_add(FAR))).unwrap_or_default();
    name > 0
        && inside.get(name).is_some_and(u8::is_ascii_whitespace)
        && memchr(b'=', inside).is_some()
        && memchr2(b'[', b']', behind).is_some_and(|at| behind.get(at) == Some(&b']'))
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
            ("[box a=1 <img>", false),
            ("[box a=1 <img>[b]", false),
            ("<img>", false),
        ] {
            let start = html.find("<img>").unwrap();
            assert_eq!(is_in_shortcode(html.as_bytes(), &(start..start + 5)), is, "{html}");
        }
    }
}
