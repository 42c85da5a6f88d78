//! The ASIN: Amazon's ten characters for a product.

use std::fmt;

/// A well-formed ASIN, in upper case. Books carry their ISBN-10, whose last place may be an `X`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Asin([u8; 10]);

impl Asin {
    /// Ten ASCII letters or digits, upper-cased; white space around them is not part of it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = if text.len() == 10 { text } else { text.trim() };
        let mut characters: [u8; 10] = text.as_bytes().try_into().ok()?;
        if !characters.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        characters.make_ascii_uppercase();
        Some(Self(characters))
    }

    /// [`Asin::parse`], and the look of a product: it begins with `B` and a digit, as all but gift cards do (`BT` and a
    /// digit), or is an ISBN-10 whose check digit is right.
    ///
    /// For places where ten characters may be something else, such as the path of a link: `BASKETBALL` is none.
    #[must_use]
    pub fn parse_strict(text: &str) -> Option<Self> {
        let is_number = |asin: &Self| match asin.0.as_slice() {
            [b'B', b'T', third, ..] => third.is_ascii_digit(),
            [b'B', second, ..] => second.is_ascii_digit(),
            _ => false,
        };
        Self::parse(text).filter(|asin| is_number(asin) || asin.is_isbn10())
    }

    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn is_isbn10(&self) -> bool {
        let mut sum = 0;
        for (place, character) in self.0.iter().enumerate() {
            let value = match character {
                b'0'..=b'9' => usize::from(character - b'0'),
                b'X' if place == 9 => 10,
                _ => return false,
            };
            sum += value * (10 - place);
        }
        sum % 11 == 0
    }
}

impl fmt::Display for Asin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Asin;

    #[test]
    fn an_asin_is_ten_letters_or_digits_in_upper_case() {
        assert_eq!(Asin::parse(" b0199980k4 ").unwrap().as_str(), "B0199980K4");
        for wrong in ["", "B0199980K", "B0199980K44", "B0199980K-", "B0199980Ä"] {
            assert_eq!(Asin::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_strict_asin_is_a_b_number_or_an_isbn_whose_check_digit_is_right() {
        assert!(Asin::parse_strict("080442957X").is_some());
        assert!(Asin::parse_strict("0123456789").is_some());
        assert!(Asin::parse_strict("0123456788").is_none());
        assert!(Asin::parse_strict("X123456789").is_none());
        assert!(Asin::parse_strict("B00TSUGXKE").is_some());
        assert!(Asin::parse_strict("BT00DC6QU4").is_some());
        for word in ["Basketball", "Bestseller", "BTSHIRTS01"] {
            assert!(Asin::parse_strict(word).is_none(), "{word}");
        }
    }
}
