//! The URLs of a `srcset`: where each stands in the attribute's value.

use std::ops::Range;

/// The URLs, in bytes of the page, by the rules of the standard (4.8.4.2.1): a URL is what holds no white space, and a
/// comma ends it only as its last character; Amazon's URLs have commas inside.
pub fn urls(html: &[u8], value: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = value.start;
    std::iter::from_fn(move || {
        let rest = html.get(at..value.end)?;
        let start = at + rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b',')?;
        let rest = html.get(start..value.end)?;
        let end = start + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let commas = html.get(start..end)?.iter().rev().take_while(|byte| **byte == b',').count();
        at = if commas > 0 { end } else { behind_descriptors(html, end..value.end) };
        Some(start..end - commas)
    })
}

/// Whether `2x`, `300w` or their like stands behind the first URL.
#[must_use]
pub fn has_descriptors(value: &[u8]) -> bool {
    value.split(u8::is_ascii_whitespace).skip(1).any(|word| {
        let number =
            word.strip_suffix(b",").unwrap_or(word).split_last().filter(|(unit, _)| matches!(unit, b'x' | b'w' | b'h'));
        number.is_some_and(|(_, number)| {
            number.first().is_some_and(u8::is_ascii_digit)
                && number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        })
    })
}

/// Behind the comma that ends `1.5x,` or `300w,`; one in brackets does not.
fn behind_descriptors(html: &[u8], range: Range<usize>) -> usize {
    let mut is_in_brackets = false;
    for at in range.clone() {
        match html.get(at) {
            Some(b'(') => is_in_brackets = true,
            Some(b')') => is_in_brackets = false,
            Some(b',') if !is_in_brackets => return at + 1,
            _ => {}
        }
    }
    range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_told_from_descriptors_and_commas() {
        for (value, expected) in [
            ("a.jpg", vec!["a.jpg"]),
            (" a.jpg 1x,\n b,c.jpg 2x ", vec!["a.jpg", "b,c.jpg"]),
            ("a.jpg, b.jpg 100w,c.jpg", vec!["a.jpg", "b.jpg", "c.jpg"]),
            ("a.jpg,b.jpg 2x", vec!["a.jpg,b.jpg"]),
            (",a.jpg (1,2) 3x, b.jpg", vec!["a.jpg", "b.jpg"]),
            ("", vec![]),
            (" , ", vec![]),
        ] {
            let found: Vec<_> = urls(value.as_bytes(), 0..value.len()).map(|range| &value[range]).collect();
            assert_eq!(found, expected, "{value}");
        }
    }
}
