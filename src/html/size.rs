//! How large a picture is asked for, and which of Amazon's sizes answers that.

use std::ops::RangeInclusive;

use crate::image::{Image, Picture};

/// The size that a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels.
    pub pixels: u32,
    /// Of which side.
    pub side: Side,
}

/// What a size is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `_SL160_`: the longest, and whatever is not told more precisely.
    Longest,
    /// `_SX160_`
    Width,
    /// `_SY160_`
    Height,
    /// A box as wide as the pixels and as high as these, `fit=300,200`: neither side is longer.
    Within(u32),
}

use Side::{Height, Longest, Width, Within};

/// What the code means behind which a size stands: `_SL160_`, `_SX160_`, `_AA300_`, `_AC_UL320_QL65_`.
fn side(code: [u8; 2]) -> Option<Side> {
    match &code.map(|letter| letter.to_ascii_uppercase()) {
        b"SL" | b"SS" | b"SR" | b"SF" | b"AA" | b"UL" | b"US" | b"UF" => Some(Longest),
        b"SX" | b"UX" => Some(Width),
        b"SY" | b"UY" => Some(Height),
        _ => None,
    }
}

/// Sizes that old pictures name by a word, alone or behind `SC`, with any number of `Z` to fill the rest:
/// `0123456789.01.MZZZZZZZ.jpg`, `_SCTHUMBZZZ_`, `.T.`.
const WORDS: [(&str, u32); 6] = [("SWATCH", 30), ("THUMB", 75), ("S", 75), ("T", 110), ("M", 160), ("L", 500)];

/// Amazon's nominal sizes, for pictures whose pixels are not told: small, medium, large, and the largest.
const NOMINAL: [u32; 4] = [75, 160, 500, 1500];

/// What a picture may be asked for.
const PIXELS: RangeInclusive<u32> = 10..=10_000;

impl Size {
    /// So many pixels on the longest side.
    #[must_use]
    pub fn longest(pixels: u32) -> Self {
        Self { pixels, side: Longest }
    }

    /// No wider and no higher than that, as far as it is told.
    #[must_use]
    pub fn within(width: Option<u32>, height: Option<u32>) -> Option<Self> {
        let told = |pixels: Option<u32>| pixels.filter(|pixels| PIXELS.contains(pixels));
        match (told(width), told(height)) {
            (Some(width), Some(height)) if width == height => Some(Self::longest(width)),
            (Some(width), Some(height)) => Some(Self { pixels: width, side: Within(height) }),
            (Some(pixels), None) => Some(Self { pixels, side: Width }),
            (None, Some(pixels)) => Some(Self { pixels, side: Height }),
            (None, None) => None,
        }
    }

    /// The first size in the text, by its code or by the word of older pictures.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let parts = || text.split(['_', '.']);
        let by_code = parts().find_map(|part| {
            let side = side(*part.as_bytes().first_chunk()?)?;
            let number = part.get(2..)?;
            let end = number.bytes().take_while(u8::is_ascii_digit).count();
            let pixels = number.get(..end)?.parse().ok().filter(|pixels| PIXELS.contains(pixels))?;
            Some(Self { pixels, side })
        });
        // What stands first is the picture's name, or nothing.
        by_code.or_else(|| parts().skip(1).find_map(word).map(Self::longest))
    }

    /// The smaller of two that are both asked for: no proxy makes a picture larger than it is.
    #[must_use]
    pub fn smaller(self, other: Self) -> Self {
        let longest = |size: Self| match size.side {
            Within(height) => size.pixels.max(height),
            Longest | Width | Height => size.pixels,
        };
        if longest(other) < longest(self) { other } else { self }
    }

    /// By the side of this picture that decides.
    fn on(self, picture: &Picture) -> Self {
        let Within(height) = self.side else { return self };
        let sides = picture.width.zip(picture.height).map(|(w, h)| (u64::from(w), u64::from(h)));
        let is_high = sides.is_some_and(|(w, h)| u64::from(self.pixels) * h > u64::from(height) * w);
        if is_high { Self { pixels: height, side: Height } } else { Self { side: Width, ..self } }
    }

    /// The pixels of a picture that it is to be compared with.
    fn of(self, picture: &Picture) -> Option<u32> {
        match self.side {
            Longest => picture.longest_side(),
            Width | Within(_) => picture.width,
            Height => picture.height,
        }
    }
}

/// What stands behind the beginning, in any case.
fn without<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(rest)
}

fn word(part: &str) -> Option<u32> {
    let named = part.trim_end_matches(['Z', 'z']);
    let named = without(named, "SC").unwrap_or(named);
    WORDS.iter().find(|(word, _)| named.eq_ignore_ascii_case(word)).map(|(_, pixels)| *pixels)
}

/// The smallest picture that is as large as the one asked for, else the largest there is; the large one where no size
/// is asked for. With it, the next larger ones that may be shown on dense screens.
#[must_use]
pub fn choose(image: &Image, size: Option<Size>) -> Option<(&Picture, impl Iterator<Item = &Picture>)> {
    let wanted = size.unwrap_or(Size::longest(500));
    let sizes = [&image.small, &image.medium, &image.large, &image.hires];
    let mut chosen = None;
    for (index, (picture, nominal)) in sizes.into_iter().zip(NOMINAL).enumerate() {
        let Some(picture) = picture else { continue };
        chosen = Some((index, picture));
        let wanted = wanted.on(picture);
        // A picture narrower than its box has its longest side at the nominal size or below.
        let at_least = if wanted.side == Longest { nominal.min(500) } else { 0 };
        if wanted.of(picture).unwrap_or(nominal).max(at_least) >= wanted.pixels {
            break;
        }
    }
    chosen.map(|(index, picture)| (picture, sizes.into_iter().skip(index + 1).flatten()))
}

/// The pixels at which a picture is to be shown: its own, or those of the size asked for where it is larger;
/// proportions kept.
///
/// Amazon has no picture of 250 pixels any more: it is the large one, shown at 250.
#[must_use]
pub fn shown_at(picture: &Picture, asked: Option<Size>) -> Option<(u32, u32)> {
    let own = (picture.width.filter(|width| *width > 0)?, picture.height.filter(|height| *height > 0)?);
    let Some(asked) = asked.map(|asked| asked.on(picture)) else { return Some(own) };
    let (wanted, side) = (u64::from(asked.pixels), u64::from(asked.of(picture)?));
    if side <= wanted {
        return Some(own);
    }
    let scaled = |pixels: u32| u32::try_from((u64::from(pixels) * wanted + side / 2) / side).ok();
    Some((scaled(own.0)?.max(1), scaled(own.1)?.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(url: &str, width: u32, height: u32) -> Option<Picture> {
        Some(Picture { url: url.to_owned(), width: Some(width), height: Some(height) })
    }

    #[test]
    fn sizes_are_read_by_code_and_by_word() {
        for (text, size) in [
            ("_SL250_", Some((250, Longest))),
            ("41FYkVPzrIL._AC_SL1000_.jpg", Some((1000, Longest))),
            ("51._SX160_.jpg", Some((160, Width))),
            ("51._SY90_PIsitb-sticker-arrow,TopRight,35,-76_.jpg", Some((90, Height))),
            (
                "51._BO2,204,203,200_PIsitb-sticker-arrow-click,TopRight,35,-76_AA300_SH20_OU01_.jpg",
                Some((300, Longest)),
            ),
            ("B00TSUGXKE.01.MZZZZZZZ.jpg", Some((160, Longest))),
            ("B00TSUGXKE.01._SCLZZZZZZZ_.jpg", Some((500, Longest))),
            ("B00TSUGXKE.01.T.jpg", Some((110, Longest))),
            ("B00TSUGXKE.01.lzzzzzzz.jpg", Some((500, Longest))),
            ("B00TSUGXKE.01._SCS_.jpg", Some((75, Longest))),
            ("B00TSUGXKE.01.THUMB.jpg", Some((75, Longest))),
            ("B00TSUGXKE.01._PE20_SCSWATCHZZ_V1234_.jpg", Some((30, Longest))),
            ("B00TSUGXKE.01._SCLZZZZZZZ_SX200_.jpg", Some((200, Width))),
            ("B00TSUGXKE.01.SWCH._SCMZZZ_.jpg", Some((160, Longest))),
            ("B00TSUGXKE.01_SL110_.jpg", Some((110, Longest))),
            ("41._ac_sl1000_.jpg", Some((1000, Longest))),
            ("B00TSUGXKE.01.MAIN.jpg", None),
            ("B00TSUGXKE.01.SWCH.jpg", None),
            ("M.jpg", None),
            ("41FYkVPzrIL.jpg", None),
            ("_SL99999999999_", None),
        ] {
            assert_eq!(Size::read(text).map(|size| (size.pixels, size.side)), size, "{text}");
        }
    }

    #[test]
    fn a_box_is_filled_on_the_side_that_decides() {
        let large = picture("l", 333, 500).unwrap();
        for (width, height, shown) in [
            (Some(200), Some(300), (200, 300)),
            (Some(200), Some(900), (200, 300)),
            (Some(900), Some(300), (200, 300)),
            (Some(300), Some(300), (200, 300)),
            (Some(200), None, (200, 300)),
            (None, Some(300), (200, 300)),
            (Some(1), Some(1), (333, 500)),
        ] {
            assert_eq!(shown_at(&large, Size::within(width, height)), Some(shown), "{width:?} {height:?}");
        }
        let (medium, within) = (Size::longest(160), Size::within(Some(100), Some(150)).unwrap());
        assert_eq!((medium.smaller(within), within.smaller(medium)), (within, within));
        assert_eq!(medium.smaller(Size::longest(300)), medium);
    }

    #[test]
    fn the_size_is_the_smallest_that_suffices() {
        let sizes = Image {
            small: picture("s", 75, 38),
            medium: picture("m", 160, 80),
            large: picture("l", 500, 250),
            hires: picture("h", 1500, 750),
            ..Image::default()
        };
        let chosen =
            |size: Option<u32>| choose(&sizes, size.map(Size::longest)).map(|(picture, _)| picture.url.as_str());
        assert_eq!(chosen(Some(75)), Some("s"));
        assert_eq!(chosen(Some(110)), Some("m"));
        assert_eq!(chosen(Some(250)), Some("l"));
        assert_eq!(chosen(Some(1000)), Some("h"));
        assert_eq!(chosen(Some(5000)), Some("h"));
        assert_eq!(chosen(None), Some("l"));
        let high = choose(&sizes, Some(Size { pixels: 90, side: Height })).unwrap().0;
        assert_eq!(high.url, "l");
        assert!(choose(&Image::default(), None).is_none());
        let larger: Vec<_> = choose(&sizes, Some(Size::longest(160))).unwrap().1.map(|p| p.url.as_str()).collect();
        assert_eq!(larger, ["l", "h"]);
    }

    #[test]
    fn a_picture_is_shown_at_its_own_size_or_at_the_smaller_one_asked_for() {
        let large = picture("l", 333, 500).unwrap();
        assert_eq!(shown_at(&large, None), Some((333, 500)));
        assert_eq!(shown_at(&large, Some(Size::longest(1000))), Some((333, 500)));
        assert_eq!(shown_at(&large, Some(Size::longest(250))), Some((167, 250)));
        assert_eq!(shown_at(&large, Some(Size { pixels: 160, side: Width })), Some((160, 240)));
        assert_eq!(shown_at(&Picture { width: None, ..large }, None), None);
    }
}
