//! The comments of WordPress's block editor: `<!-- wp:image {"url":"https://…"} -->` holds a picture's URL once more.

use std::collections::HashMap;
use std::ops::Range;

use crate::html::json;
use crate::html::picture::{ElementKind, PictureUrl};

/// The blocks that are open, with the URLs of Amazon's pictures in their attributes.
#[derive(Debug, Default)]
pub struct Blocks<'a> {
    open: Vec<(&'a str, BlockAttributeUrls)>,
}

/// By URL, decoded: where each stands between its quotes, in bytes of the page.
type BlockAttributeUrls = HashMap<String, Vec<Range<usize>>>;

/// More blocks inside each other than this are no post.
const MOST_BLOCKS: usize = 100;

impl<'a> Blocks<'a> {
    /// Takes a comment's content; one that is no block's is none of ours.
    pub fn comment(&mut self, html: &'a [u8], content: Range<usize>) {
        let Some(text) = html.get(content.clone()).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { return };
        let trimmed = text.trim();
        if let Some(name) = trimmed.strip_prefix("/wp:") {
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
        } else if let Some(block) = trimmed.strip_prefix("wp:") {
            let (name, _) = block.split_once(char::is_whitespace).unwrap_or((block, ""));
            // One that closes itself has no markup with which its attributes could agree.
            if !block.ends_with('/') && self.open.len() < MOST_BLOCKS {
                self.open.push((name, attribute_urls(text, content.start)));
            }
        }
    }

    /// Takes out the copies of a picture with this URL. `None`: there never were any.
    pub fn take(&mut self, url: &str) -> Option<Vec<Range<usize>>> {
        let values = self.open.iter_mut().filter_map(|(_, urls)| urls.get_mut(url).map(std::mem::take));
        values.reduce(|mut all, more| {
            all.extend(more);
            all
        })
    }
}

/// The pictures' URLs among the strings of the JSON in a comment.
fn attribute_urls(comment: &str, offset: usize) -> BlockAttributeUrls {
    let (Some(begin), Some(end)) = (comment.find('{'), comment.rfind('}')) else { return BlockAttributeUrls::new() };
    let Some(json) = comment.get(begin..=end) else { return BlockAttributeUrls::new() };
    let mut urls = BlockAttributeUrls::new();
    for range in json::strings(json) {
        let literal = json.get(range.start - 1..=range.end).unwrap_or_default();
        if let Ok(url) = serde_json::from_str::<String>(literal)
            && PictureUrl::parse(&url, ElementKind::Image).is_some()
        {
            urls.entry(url).or_default().push(offset + begin + range.start..offset + begin + range.end);
        }
    }
    urls
}

/// Writes a URL into the JSON of a comment as WordPress does: nothing in it ends the string, the tag or the comment.
#[must_use]
pub fn escape(url: &str) -> String {
    let literal = serde_json::Value::from(url).to_string();
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default()
        .replace("\\\"", "\\u0022")
        .replace("--", "\\u002d\\u002d");
    // Nor is it a shortcode.
    let inner = inner.replace('[', "\\u005b").replace(']', "\\u005d");
    inner.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://m.media-amazon.com/images/I/41.jpg?a=1&b=2";

    fn blocks(html: &str) -> Blocks<'_> {
        let mut blocks = Blocks::default();
        for part in html.split_inclusive("-->") {
            let start = part.as_ptr() as usize - html.as_ptr() as usize;
            blocks.comment(html.as_bytes(), start + 4..start + part.len() - 3);
        }
        blocks
    }

    #[test]
    fn a_url_in_an_open_block_is_found_wherever_it_stands() {
        for json in [
            r#"{"url":"@"}"#,
            r#"{"id":1,"a":{"b":["x\"y\\","@"]}}"#,
            r#"{"url":"https:\/\/m.media-amazon.com\/images\/I\/41.jpg?a=1\u0026b=2"}"#,
        ] {
            let html = format!("<!-- wp:image {} -->", json.replace('@', URL));
            let mut blocks = blocks(&html);
            let urls = blocks.take(URL).unwrap();
            assert_eq!((urls.len(), blocks.take(URL)), (1, Some(Vec::new())), "{html}");
            let raw = &html[urls[0].clone()];
            assert_eq!(serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap(), URL);
        }
    }

    #[test]
    fn what_is_no_open_block_has_no_copies() {
        for html in [
            "<!-- {\"url\":\"@\"} -->",
            "<!-- wp:image {\"url\":\"@\"} /-->",
            "<!-- wp:image {\"url\":\"@\" -->",
            "<!-- wp:image {\"url\":\"x@\"} -->",
            "<!-- wp:image {\"url\":\"@\"} --><!-- /wp:image -->",
            "<!-- wp:g {\"url\":\"@\"} --><!-- wp:p --><!-- /wp:g -->",
        ] {
            assert_eq!(blocks(&html.replace('@', URL)).take(URL), None, "{html}");
        }
        let nested = "<!-- wp:g {\"url\":\"@\"} --><!-- wp:p --><!-- /wp:p -->".replace('@', URL);
        assert_eq!(blocks(&nested).take(URL).unwrap().len(), 1);
    }

    #[test]
    fn an_escaped_url_is_itself_again_and_ends_nothing() {
        let url = "https://m.media-amazon.com/a--b\"<>&[c]\\.jpg\"";
        let escaped = escape(url);
        assert!(!escaped.contains(['"', '<', '>', '&', '[', ']']) && !escaped.contains("--"), "{escaped}");
        assert_eq!(serde_json::from_str::<String>(&format!("\"{escaped}\"")).unwrap(), url);
    }
}
