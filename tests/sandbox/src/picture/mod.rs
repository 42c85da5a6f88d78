//! The pictures: their sizes, the ids that stand in their addresses, and their delivery.

mod drawing;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    catalogue::{Found, Product, find},
    marketplace::{MARKETPLACES, Marketplace},
    routes,
};

const FOLDER: &str = "/images/I/";
const ASIN_LENGTH: u32 = 10;
const ID_LENGTH: usize = 11;
const MOST_VARIANTS: u64 = 16;
const LARGEST: u32 = 3000;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The sizes that Amazon has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 75 pixels.
    Small,
    /// 160 pixels.
    Medium,
    /// 500 pixels.
    Large,
    /// 1500 pixels.
    HiRes,
}

impl Size {
    /// In Amazon's order.
    pub const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::HiRes];

    /// Its name in a request.
    pub fn asked_as(self) -> &'static str {
        match self {
            Self::HiRes => "highRes",
            other => other.answered_as(),
        }
    }

    /// Its name in an answer.
    pub fn answered_as(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::HiRes => "hiRes",
        }
    }

    /// In pixels.
    pub fn longest_side(self) -> u32 {
        match self {
            Self::Small => 75,
            Self::Medium => 160,
            Self::Large => 500,
            Self::HiRes => 1500,
        }
    }
}

/// What a picture shows. All of it is in its id, so that nothing need be remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The product.
    pub asin: String,
    /// Where it is sold.
    pub marketplace: &'static Marketplace,
    /// 0 for the first picture.
    pub variant: u8,
}

impl Picture {
    /// The path of the picture in that size. A large one may go without a suffix, as at Amazon.
    pub fn path(&self, size: Size) -> String {
        let id = self.id();
        let bare = size == Size::Large && !matches!(find(&self.asin), Found::Product(p) if p.says_null());
        if bare { format!("{FOLDER}{id}.jpg") } else { format!("{FOLDER}{id}._SL{}_.jpg", size.longest_side()) }
    }

    /// Eleven letters and digits, like Amazon's own: one number of ASIN, marketplace and variant.
    fn id(&self) -> String {
        let asin = self
            .asin
            .bytes()
            .fold(0u64, |number, byte| number * 36 + u64::from(char::from(byte).to_digit(36).unwrap_or(0)));
        let marketplace =
            MARKETPLACES.iter().position(|marketplace| marketplace == self.marketplace).unwrap_or(0) as u64;
        let mut number = asin;
        number = number * MARKETPLACES.len() as u64 + marketplace;
        number = number * MOST_VARIANTS + u64::from(self.variant) % MOST_VARIANTS;
        let mut id = Vec::with_capacity(ID_LENGTH);
        for _ in 0..ID_LENGTH {
            let digit = usize::try_from(number % 62).unwrap_or(0);
            id.push(ALPHABET.get(digit).copied().unwrap_or(b'0'));
            number /= 62;
        }
        id.reverse();
        String::from_utf8_lossy(&id).into_owned()
    }

    fn from_id(id: &str) -> Option<Self> {
        if id.len() != ID_LENGTH {
            return None;
        }
        let mut number = id.bytes().try_fold(0u64, |number, byte| {
            let digit = ALPHABET.iter().position(|letter| *letter == byte)? as u64;
            number.checked_mul(62)?.checked_add(digit)
        })?;
        let variant = u8::try_from(number % MOST_VARIANTS).ok()?;
        number /= MOST_VARIANTS;
        let count = MARKETPLACES.len() as u64;
        let marketplace = MARKETPLACES.get(usize::try_from(number % count).ok()?)?;
        number /= count;
        let mut asin = Vec::new();
        for _ in 0..ASIN_LENGTH {
            let digit = char::from_digit(u32::try_from(number % 36).ok()?, 36)?;
            asin.push(digit.to_ascii_uppercase());
            number /= 36;
        }
        (number == 0).then(|| Self { asin: asin.into_iter().rev().collect(), marketplace, variant })
    }
}

/// `/images/I/<id>._SL75_.jpg`: draws the picture. It is an SVG whatever its name; browsers go by the content type.
pub async fn show(Path(file): Path<String>) -> Response {
    let Some((picture, product, longest_side)) = read(&file) else {
        return routes::not_found().await;
    };
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=86400")];
    (headers, drawing::draw(&picture, &product, longest_side)).into_response()
}

fn read(file: &str) -> Option<(Picture, Product, u32)> {
    let name = file.strip_suffix(".jpg")?;
    let (id, longest_side) = match name.split_once('.') {
        Some((id, suffix)) => {
            let side = suffix.strip_prefix("_SL")?.strip_suffix('_')?;
            (id, side.parse().ok()?)
        }
        None => (name, Size::Large.longest_side()),
    };
    let picture = Picture::from_id(id)?;
    match find(&picture.asin) {
        Found::Product(product) if product.has_picture() && (1..=LARGEST).contains(&longest_side) => {
            Some((picture, product, longest_side))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_back_what_it_was_made_of() {
        for asin in ["0000000000", "080442957X", "B0199980K4", "ZZZZZZZZZZ"] {
            for marketplace in &MARKETPLACES {
                for variant in [0, 1, 15] {
                    let picture = Picture { asin: asin.to_owned(), marketplace, variant };
                    let id = picture.id();
                    assert_eq!(id.len(), ID_LENGTH);
                    assert_eq!(Picture::from_id(&id), Some(picture));
                }
            }
        }
    }

    #[test]
    fn an_id_that_nobody_made_is_none() {
        for id in ["", "zzzzzzzzzzz", "0000000000", "00000000-00", "ÜÜÜÜÜÜÜÜÜÜÜ"] {
            assert_eq!(Picture::from_id(id), None, "{id}");
        }
    }
}
