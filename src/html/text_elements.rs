//! Elements whose content is text: where that text ends.

use memchr::memmem;

/// Where the element's end tag begins, from where its text begins. `None`: the page ends first.
#[must_use]
pub fn end_of_text(html: &[u8], name: &[u8], from: usize) -> Option<usize> {
    if name.eq_ignore_ascii_case(b"plaintext") {
        None
    } else if name.eq_ignore_ascii_case(b"script") {
        end_of_script(html, from)
    } else {
        let mut at = from;
        loop {
            at += memmem::find(html.get(at..)?, b"</")?;
            if is_name(html, at + 2, name) {
                return Some(at);
            }
            at += 2;
        }
    }
}

/// Within `<!--` a script may hold `<script>…</script>` that does not end it: the standard's "double escaped" state.
fn end_of_script(html: &[u8], from: usize) -> Option<usize> {
    const NAME: &[u8] = b"script";
    let mut at = from;
    let mut is_escaped = false;
    let mut is_inner = false;
    loop {
        // Whatever changes the state begins with one of two bytes.
        at += memchr::memchr2(b'<', b'-', html.get(at..)?)?;
        let rest = html.get(at..)?;
        if !is_escaped && rest.starts_with(b"<!--") {
            is_escaped = true;
            // `<!-->` and `<!--->` end what they began: their dashes count twice.
            at += 2;
        } else if is_escaped && rest.starts_with(b"-->") {
            (is_escaped, is_inner) = (false, false);
            at += 3;
        } else if rest.starts_with(b"</") && is_name(html, at + 2, NAME) {
            if !is_inner {
                return Some(at);
            }
            is_inner = false;
            at += 2;
        } else {
            is_inner |= is_escaped && rest.starts_with(b"<") && is_name(html, at + 1, NAME);
            at += 1;
        }
    }
}

/// Whether the name stands there whole.
fn is_name(html: &[u8], at: usize, name: &[u8]) -> bool {
    let written = html.get(at..at + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
    written
        && html.get(at + name.len()).is_some_and(|after| after.is_ascii_whitespace() || matches!(after, b'/' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_at_the_elements_own_end_tag() {
        for (name, text) in [
            ("style", "a</styles></b>|</STYLE >"),
            ("textarea", "<b>|</textarea>"),
            ("script", "'<a>' </scripty>|</SCRIPT >"),
            ("script", "<!-- x |</script>"),
            ("script", "<!-- <script> </script> --> |</script>"),
            ("script", "<!-- <script> </script> |</script>"),
            ("script", "<!-- <script> --> |</script> </script>"),
            ("script", "<!--> <script> |</script> </script>"),
            ("script", "<script> |</script>"),
        ] {
            let html = text.replace('|', "");
            assert_eq!(end_of_text(html.as_bytes(), name.as_bytes(), 0), text.find('|'), "{text}");
        }
        for (name, text) in [("style", "a</style"), ("plaintext", "</plaintext>"), ("script", "<!--<script></script>")]
        {
            assert_eq!(end_of_text(text.as_bytes(), name.as_bytes(), 0), None, "{text}");
        }
    }
}
