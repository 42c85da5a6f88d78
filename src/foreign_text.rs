//! Words of others, bounded and cleaned where they come in: what Amazon's answers say, and whoever stands in between.
//!
//! Behind this module they may be shown, stored, logged and listed as they are (escaped for the place, as ever).

use crate::secret::Secret;
use memchr::memchr2;

/// Characters of a title. Amazon allows 200, and has products from before that with up to 500.
pub const TITLE: usize = 500;

/// Characters of a point in a product's description. Amazon asks sellers for 500.
pub const PARAGRAPH: usize = 2_000;

/// Characters of a sentence. Amazon's own have at most about 200, and so much is what a table keeps of one.
pub const MESSAGE: usize = 255;

/// Characters of a word for programs: a code, a reason, a type. Amazon's longest has 25.
pub const CODE: usize = 64;

/// Bytes of an address: the longest that servers, proxies and caches between here and Amazon are sure to take.
pub const ADDRESS: usize = 2_048;

/// Bytes of an address that carries a signature and a session.
pub const LONG_ADDRESS: usize = 8_192;

/// Marks on one letter. No language puts more there; a pile of them covers the lines around.
const MARKS: usize = 3;

/// What stands in the place of a secret, and of what was cut off.
const ELLIPSIS: char = '…';

/// How the secrets of Amazon begin that may stand in a message though nobody here knows them (any more): tokens of
/// Login with Amazon, also in an address, and Cognito, and secrets of Login with Amazon.
const SECRETS: [&str; 8] = ["Atc|", "Atza|", "Atzr|", "Atc%", "Atza%", "Atzr%", "amzn1.oa2-cs.", "eyJ"];

/// A secret is at least so long; a word that only begins like one is none.
const SECRET_LENGTH: usize = 16;

/// A product's title; `None` where nothing is left of it.
#[must_use]
pub fn title(text: &str) -> Option<String> {
    Some(bounded(clean(text), TITLE)).filter(|title| !title.is_empty())
}

/// A point of a product's description; `None` where nothing is left of it.
#[must_use]
pub fn paragraph(text: &str) -> Option<String> {
    Some(bounded(clean(text), PARAGRAPH)).filter(|text| !text.is_empty())
}

/// An address, whole or not at all: one that is too long, or has a character that no address has, counts as absent. Brackets,
/// which only stand in an address by mistake, are written as RFC 3986 wants them: to WordPress they begin a shortcode.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    address_within(text, ADDRESS)
}

/// The same for one that carries a signature, and goes to no page.
#[must_use]
pub fn long_address(text: &str) -> Option<String> {
    address_within(text, LONG_ADDRESS)
}

fn address_within(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    // All bytes at once: nearly every address is of such alone.
    let is_plain = text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic());
    let is_clean = is_plain || !text.chars().any(|c| c.is_whitespace() || is_harmful(c));
    if !is_clean || text.is_empty() || text.len() > most {
        return None;
    }
    let has_brackets = memchr2(b'[', b']', text.as_bytes()).is_some();
    Some(if has_brackets { text.replace('[', "%5B").replace(']', "%5D") } else { text.to_owned() })
}

/// Reads words that may repeat what they were asked with.
pub struct Redactor<'a>(Vec<&'a Secret>);

impl<'a> Redactor<'a> {
    /// These stand in no message.
    #[must_use]
    pub fn new(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        Self(secrets.into_iter().filter(|secret| !secret.is_empty()).collect())
    }

    /// A sentence for people.
    #[must_use]
    pub fn message(&self, text: &str) -> String {
        bounded(self.redacted(clean(text)), MESSAGE)
    }

    /// A word for programs; `None` where nothing is left of it.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<String> {
        Some(bounded(self.redacted(clean(text)), CODE)).filter(|code| !code.is_empty())
    }

    /// Words that stay as they are, secrets aside.
    pub fn redact_json(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => *text = self.redacted(std::mem::take(text)),
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| self.redact_json(value)),
            serde_json::Value::Object(members) => members.values_mut().for_each(|value| self.redact_json(value)),
            _ => {}
        }
    }

    /// Before anything is cut, so that no part of a secret is left.
    fn redacted(&self, text: String) -> String {
        let known = self.0.iter().fold(text, |text, secret| without(text, secret.expose()));
        SECRETS.iter().fold(known, |text, beginning| without_words(text, beginning))
    }
}

/// Without a secret, whichever of its bytes are written as in an address, and however often.
fn without(text: String, secret: &str) -> String {
    let mut kept = String::new();
    let (mut start, mut at) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let behind = secret.bytes().try_fold(rest.as_bytes(), |rest, byte| behind_byte(rest, byte));
        match behind.map(|behind| text.len() - behind.len()) {
            Some(end) => {
                kept.push_str(text.get(start..at).unwrap_or_default());
                kept.push(ELLIPSIS);
                (start, at) = (end, end);
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if start == 0 { text } else { kept + text.get(start..).unwrap_or_default() }
}

/// What stands behind a byte: `|`, `%7C` or `%257c`.
fn behind_byte(text: &[u8], byte: u8) -> Option<&[u8]> {
    let mut code = text.strip_prefix(b"%");
    while let Some(rest) = code.and_then(|code| code.strip_prefix(b"25")) {
        code = Some(rest);
    }
    let encoded = code
        .and_then(|code| code.split_at_checked(2))
        .filter(|(code, _)| std::str::from_utf8(code).is_ok_and(|code| u8::from_str_radix(code, 16) == Ok(byte)));
    encoded.map(|(_, rest)| rest).or_else(|| text.strip_prefix(&[byte]))
}

/// Without the words that begin so and are long enough for a secret.
fn without_words(text: String, beginning: &str) -> String {
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once(beginning) {
        let is_end =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | ')' | ']' | '}' | '<' | '>' | '&');
        let (secret, after) =
            behind.split_at_checked(behind.find(is_end).unwrap_or(behind.len())).unwrap_or((behind, ""));
        // `%20` and `%2520` are the end of a word as well.
        let is_code = before.rsplit_once('%').is_some_and(|(_, code)| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let is_word = is_code || !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        kept.push_str(before);
        if is_word && beginning.len() + secret.len() >= SECRET_LENGTH {
            kept.push(ELLIPSIS);
        } else {
            kept.push_str(beginning);
            kept.push_str(secret);
        }
        rest = after;
    }
    if kept.is_empty() { text } else { kept + rest }
}

/// On one line, without what is not seen or changes how the rest is read; white space in a row counts as one blank.
fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len().min(4 * TITLE));
    let mut last = ' ';
    let mut marks = 0;
    for character in text.chars() {
        let character = match character {
            // Braille has a blank of its own.
            c if c.is_whitespace() || c.is_control() || c == '\u{2800}' => ' ',
            // They shape the letters of Persian, Indic scripts and emoji, where they stand behind one.
            '\u{200c}' | '\u{200d}' if last >= '\u{590}' && !matches!(last, '\u{200c}' | '\u{200d}') => character,
            c if is_harmful(c) => continue,
            c => c,
        };
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        if character != ' ' || last != ' ' {
            kept.push(character);
            last = character;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Controls, and characters that take no room: those that turn the direction of what follows, join or part words
/// unseen, mark text for machines, or are no characters.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
        || u32::from(character) & 0xfffe == 0xfffe
}

/// Marks that are drawn above, below or over the letter in front of them, in Hebrew, Arabic, Thai, Lao and Tibetan as well, and
/// those that choose its form.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ecd}' | '\u{f71}'..='\u{f84}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
    )
}

/// At most so many characters, the last of them an ellipsis where there were more.
fn bounded(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text,
        Some(_) => {
            let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
            short.truncate(short.trim_end().len());
            short.push(ELLIPSIS);
            short
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_goes_and_every_script_stays() {
        for (given, kept) in [
            (" Echo\tShow\r\n 5\0 ", "Echo Show 5"),
            ("a\u{202e}gpj.exe\u{202c} \u{2066}b\u{2069}", "agpj.exe b"),
            ("zero\u{200b}width\u{feff}\u{ad}\u{2060}", "zerowidth"),
            ("two\u{2028}lines\u{2029}\u{85}more", "two lines more"),
            ("tags\u{e0041}\u{e007f}\u{9b}31m", "tags 31m"),
            ("עברית ו-عربي, 日本語, Ελληνικά", "עברית ו-عربي, 日本語, Ελληνικά"),
            // Zero-width joiners and non-joiners, where a script asks for them.
            ("می\u{200c}خواهم 👨\u{200d}👩\u{200d}👧 ക്\u{200d}", "می\u{200c}خواهم 👨\u{200d}👩\u{200d}👧 ക്\u{200d}"),
            ("pay\u{200d}pal é\u{200c}x م\u{200c}\u{200c}\u{200d}x", "paypal éx م\u{200c}x"),
            ("❤\u{fe0f} e\u{301}", "❤\u{fe0f} e\u{301}"),
            ("Z\u{301}\u{302}\u{303}\u{304}\u{336}a\u{300}", "Z\u{301}\u{302}\u{303}a\u{300}"),
            (
                "ส\u{e47}\u{e48}\u{e47}\u{e47}\u{e47} س\u{64b}\u{651}\u{64b}\u{64b}",
                "ส\u{e47}\u{e48}\u{e47} س\u{64b}\u{651}\u{64b}",
            ),
            ("บริษัทที่น้ำผึ้ง שָׁלוֹם مُحَمَّدٌ", "บริษัทที่น้ำผึ้ง שָׁלוֹם مُحَمَّدٌ"),
            ("x\u{fe01}\u{fe02}\u{fe03}\u{fe04}y", "x\u{fe01}\u{fe02}\u{fe03}y"),
            ("\u{2800}a\u{34f}b\u{1d173}c\u{2800}\u{fdd0}d\u{1fffe}", "abc d"),
            ("<b>&amp;\"'", "<b>&amp;\"'"),
        ] {
            assert_eq!(title(given).as_deref(), Some(kept), "{given:?}");
        }
        assert_eq!(title(" \u{200b}\n "), None);
    }

    #[test]
    fn an_address_begins_no_shortcode() {
        let written = address("https://m.media-amazon.com/images/I/[gallery].jpg?a[]=1");
        assert_eq!(written.as_deref(), Some("https://m.media-amazon.com/images/I/%5Bgallery%5D.jpg?a%5B%5D=1"));
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_between_two_characters() {
        let long = title(&"ä".repeat(300_000)).unwrap();
        assert_eq!((long.chars().count(), long.ends_with("ä…")), (TITLE, true));
        assert_eq!(title(&"ä".repeat(TITLE)).unwrap().chars().count(), TITLE);
        let redactor = Redactor::new([]);
        assert_eq!(redactor.message(&"x".repeat(1_000)).chars().count(), MESSAGE);
        assert_eq!(redactor.code(&"x".repeat(1_000)).unwrap().chars().count(), CODE);
    }

    #[test]
    fn an_address_is_whole_or_absent() {
        let longest = format!("https://a/{}", "x".repeat(ADDRESS - 10));
        assert_eq!(address(&longest).as_deref(), Some(longest.as_str()));
        assert_eq!(address(" https://a/ä?b=c&d \n").as_deref(), Some("https://a/ä?b=c&d"));
        for none in ["", " ", &format!("{longest}x"), "https://a/b c", "https://a/\u{202e}", "https://a\n/", "a\u{0}b"]
        {
            assert_eq!(address(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_secret_that_the_other_side_repeats_is_not_passed_on() {
        let (secret, token) = (Secret::new("can ary/1".to_owned()), Secret::new("Atc|x".to_owned()));
        let empty = Secret::new(String::new());
        let redactor = Redactor::new([&secret, &token, &empty]);
        assert_eq!(redactor.message("no can ary/1 here: can%20ary%2F1, Atc|x."), "no … here: …, ….");
        assert_eq!(redactor.code("can ary/1").as_deref(), Some("…"));
        // As an address has it, every byte of it, or an address in an address.
        let given = "can%20ary/1 %63an%20ary%2f%31 äcan%2520ary%252F1 can%20ary%2F2%";
        assert_eq!(redactor.message(given), "… … ä… can%20ary%2F2%");
        // One that stands where a message is cut.
        let cut = redactor.message(&format!("{}can ary/1", "x".repeat(MESSAGE - 5)));
        assert!(cut.ends_with("x…") && !cut.contains("can"), "{cut}");
    }

    #[test]
    fn an_earlier_token_is_known_by_its_look() {
        let redactor = Redactor::new([]);
        for (given, shown) in [
            ("Token Atc|MQICIabcdefghijkl is old", "Token … is old"),
            ("{\"t\":\"eyJraWQi.eyJzdWIi.c2lnbg\"}", "{\"t\":\"…\"}"),
            ("amzn1.oa2-cs.v1.0123456789abcdef", "…"),
            ("access_token=Atza%7CIwEB-abc_defghijkl&x", "access_token=…&x"),
            ("Bearer%20Atza%7CIwEB-abc_defghijkl", "Bearer%20…"),
            ("Bearer%2520Atza%257CIwEB-abc_defghijkl", "Bearer%2520…"),
            ("a=eyJraWQiOiJhYmNkZWZn&b=Atza|0123456789abc", "a=…&b=…"),
            ("Atc|short and greyJraWQiOiJhYmNkZWZn", "Atc|short and greyJraWQiOiJhYmNkZWZn"),
        ] {
            assert_eq!(redactor.message(given), shown);
        }
    }
}
