//! What is for sale: every well-formed ASIN, with a title and a shape made from it, always the same.

/// What the catalogue says to an id.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// The id is no ASIN.
    Malformed,
    /// The API does not give this one.
    NotAccessible,
    /// It is there.
    Product(Product),
}

/// One product.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    asin: String,
    hash: u64,
}

const ADJECTIVES: [&str; 16] = [
    "Quiet",
    "Copper",
    "Northern",
    "Folding",
    "Hidden",
    "Amber",
    "Lasting",
    "Little",
    "Silver",
    "Wandering",
    "Patient",
    "Woven",
    "Distant",
    "Golden",
    "Second",
    "Winter",
];
const BOOK_NOUNS: [&str; 16] = [
    "Harbour",
    "Garden",
    "Lighthouse",
    "Orchard",
    "Map",
    "Letter",
    "River",
    "Clockmaker",
    "Island",
    "Library",
    "Voyage",
    "Kitchen",
    "Mountain",
    "Railway",
    "Cartographer",
    "Meadow",
];
const THINGS: [&str; 16] = [
    "Desk Lamp",
    "Kettle",
    "Backpack",
    "Headphones",
    "Notebook",
    "Teapot",
    "Camera Strap",
    "Pocket Knife",
    "Wall Clock",
    "Radio",
    "Umbrella",
    "Coffee Mill",
    "Blanket",
    "Keyboard",
    "Water Bottle",
    "Tripod",
];
const BOOK_SHAPES: [(u32, u32); 4] = [(2, 3), (5, 8), (13, 20), (7, 10)];
const SHAPES: [(u32, u32); 6] = [(4, 3), (3, 4), (3, 2), (4, 5), (16, 9), (5, 4)];

/// Looks an id up.
pub fn find(id: &str) -> Found {
    let well_formed = id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !well_formed {
        Found::Malformed
    } else if id.starts_with("B0GONE") {
        Found::NotAccessible
    } else {
        Found::Product(Product::new(id))
    }
}

impl Product {
    fn new(asin: &str) -> Self {
        Self { asin: asin.to_owned(), hash: hash(asin) }
    }

    /// Its ASIN.
    pub fn asin(&self) -> &str {
        &self.asin
    }

    /// Whether its ASIN is an ISBN-10.
    pub fn is_book(&self) -> bool {
        let (digits, check) = self.asin.split_at(self.asin.len().saturating_sub(1));
        digits.bytes().all(|byte| byte.is_ascii_digit())
            && (check == "X" || check.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether there is a picture of it.
    pub fn has_picture(&self) -> bool {
        !self.asin.starts_with("B0NOIM")
    }

    /// Its title.
    pub fn title(&self) -> String {
        let adjective = self.pick(&ADJECTIVES, 0);
        if self.is_book() {
            format!("The {adjective} {}", self.pick(&BOOK_NOUNS, 8))
        } else {
            format!("{adjective} {}", self.pick(&THINGS, 8))
        }
    }

    /// The product that this one is a variation of.
    pub fn parent_asin(&self) -> String {
        format!("B0{:08}", self.hash % 100_000_000)
    }

    /// Width and height of its picture when the longest side is this long.
    pub fn extent(&self, longest_side: u32) -> (u32, u32) {
        let (width, height) = if self.is_book() { self.pick(&BOOK_SHAPES, 16) } else { self.pick(&SHAPES, 16) };
        let longest = width.max(height);
        let scaled = |side: u32| (longest_side * side / longest).max(1);
        (scaled(width), scaled(height))
    }

    /// A number of its own.
    pub fn number(&self) -> u64 {
        self.hash >> 32
    }

    /// A hue in degrees.
    pub fn hue(&self) -> u64 {
        (self.hash >> 24) % 360
    }

    /// Whether what is not there is written as a null.
    pub fn says_null(&self) -> bool {
        self.hash & (1 << 40) != 0
    }

    /// One of the choices, by the bits of the hash from `shift` on.
    fn pick<T: Copy + Default>(&self, choices: &[T], shift: u32) -> T {
        let count = choices.len().max(1) as u64;
        let position = (self.hash >> shift) % count;
        usize::try_from(position).ok().and_then(|position| choices.get(position)).copied().unwrap_or_default()
    }
}

/// FNV-1a, for a hash that is the same in every build.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(asin: &str) -> Product {
        Product::new(asin)
    }

    #[test]
    fn an_isbn_is_a_book_and_stands_upright() {
        for asin in ["0306406152", "080442957X"] {
            let (width, height) = product(asin).extent(500);
            assert!(product(asin).is_book() && width < height, "{asin}");
        }
        assert!(!product("B0199980K4").is_book());
    }

    #[test]
    fn the_longest_side_is_as_long_as_asked() {
        for asin in ["0306406152", "B0199980K4", "B01180YUXS"] {
            for longest in [75, 160, 500, 1500] {
                let (width, height) = product(asin).extent(longest);
                assert_eq!(width.max(height), longest);
                assert_ne!(width, height);
            }
        }
    }

    #[test]
    fn an_id_is_malformed_gone_or_there() {
        for id in ["", "b0199980k4", "B0199980K", "B0199980K45", "B0199980Ü"] {
            assert_eq!(find(id), Found::Malformed, "{id}");
        }
        assert_eq!(find("B0GONE0001"), Found::NotAccessible);
        assert!(matches!(find("B0NOIM0001"), Found::Product(found) if !found.has_picture()));
    }
}
