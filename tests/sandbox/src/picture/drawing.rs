//! Drawing a product: a colour of its own, its title, and what a person checking a page wants to read on it.

use std::fmt::Write;

use super::Picture;
use crate::catalogue::Product;

/// Below this a title could not be read.
const SMALLEST_WITH_TITLE: u32 = 120;
/// How wide a letter is, as a share of its height; those of a title are bold and wider.
const LETTER: f64 = 0.6;
const TITLE_LETTER: f64 = 0.68;

/// The picture as SVG, with its longest side in pixels.
pub fn draw(picture: &Picture, product: &Product, longest_side: u32) -> String {
    let (width, height) = product.extent(longest_side);
    let book = product.is_book();
    let mut canvas = Canvas {
        svg: String::new(),
        width: f64::from(width),
        height: f64::from(height),
        // A cover begins beside its spine.
        middle: f64::from(width) * if book { 0.535 } else { 0.5 },
        hue: (product.hue() + u64::from(picture.variant) * 40) % 360,
    };
    canvas.open(&format!("{}, {}, {}", product.title(), product.asin(), picture.marketplace.host));
    if book {
        canvas.cover();
    } else {
        canvas.backdrop();
    }
    let titled = longest_side >= SMALLEST_WITH_TITLE;
    if titled {
        canvas.title(&product.title(), book);
    }
    let (asin_at, size_at) = if titled { (0.7, 0.92) } else { (0.48, 0.76) };
    canvas.line(product.asin(), asin_at, 0.76, Style::Code);
    if titled {
        canvas.line(picture.marketplace.host, 0.82, 0.6, Style::Note);
    }
    canvas.line(&format!("{width} × {height}"), size_at, 0.4, Style::Note);
    canvas.close()
}

#[derive(Clone, Copy)]
enum Style {
    Code,
    Note,
}

struct Canvas {
    svg: String,
    width: f64,
    height: f64,
    /// Where lines of text are centred.
    middle: f64,
    hue: u64,
}

impl Canvas {
    fn put(&mut self, text: std::fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = self.svg.write_fmt(text);
    }

    fn open(&mut self, label: &str) {
        let (width, height, hue) = (self.width, self.height, self.hue);
        let label = escaped(label);
        self.put(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}"><defs><linearGradient id="g" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="hsl({hue},58%,90%)"/><stop offset="1" stop-color="hsl({hue},45%,76%)"/></linearGradient></defs>"#
        ));
    }

    fn close(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }

    /// A book: a cover with a frame, and the shade of a spine.
    fn cover(&mut self) {
        let (width, height, hue) = (self.width, self.height, self.hue);
        let (spine, edge) = (width * 0.07, width * 0.04);
        let (left, frame_width) = (spine + edge, width - spine - 2.0 * edge);
        let frame_height = height - 2.0 * edge;
        let stroke = width * 0.008;
        self.put(format_args!(
            r#"<rect width="{width}" height="{height}" fill="url(#g)"/><rect width="{spine:.2}" height="{height}" fill="hsl({hue},40%,52%)"/><rect x="{left:.2}" y="{edge:.2}" width="{frame_width:.2}" height="{frame_height:.2}" fill="none" stroke="hsl({hue},40%,45%)" stroke-width="{stroke:.2}"/>"#
        ));
    }

    /// Anything else: a card with two discs behind the words.
    fn backdrop(&mut self) {
        let (width, height, hue) = (self.width, self.height, self.hue);
        let unit = width.min(height);
        let second = (hue + 50) % 360;
        self.put(format_args!(
            r#"<rect width="{width}" height="{height}" rx="{:.2}" fill="url(#g)"/><circle cx="{:.2}" cy="{:.2}" r="{:.2}" fill="hsl({second},60%,95%)" opacity="0.75"/><circle cx="{:.2}" cy="{:.2}" r="{:.2}" fill="hsl({hue},50%,68%)" opacity="0.35"/>"#,
            unit * 0.05,
            width * 0.5,
            height * 0.36,
            unit * 0.32,
            width * 0.82,
            height * 0.16,
            unit * 0.12,
        ));
    }

    /// One word a line where the picture is upright, else all of them on one.
    fn title(&mut self, title: &str, book: bool) {
        let lines: Vec<&str> = if self.width < self.height { title.split(' ').collect() } else { vec![title] };
        let longest = lines.iter().map(|line| line.chars().count()).max();
        let longest = longest.unwrap_or(1).max(1) as f64;
        let size = (self.width * 0.76 / (longest * TITLE_LETTER)).min(self.height * 0.13);
        let step = size * 1.2;
        let first = self.height * 0.36 - step * (lines.len() as f64 - 1.0) / 2.0;
        let family = if book { "serif" } else { "sans-serif" };
        let (middle, hue) = (self.middle, self.hue);
        for (number, line) in lines.into_iter().enumerate() {
            let y = first + step * number as f64;
            let line = escaped(line);
            self.put(format_args!(
                r#"<text x="{middle:.2}" y="{y:.2}" font-family="{family}" font-size="{size:.2}" font-weight="600" text-anchor="middle" dominant-baseline="central" fill="hsl({hue},45%,20%)">{line}</text>"#
            ));
        }
    }

    /// A line of text at that share of the height, as wide as that share of the width and no wider than it is high.
    fn line(&mut self, text: &str, at: f64, share: f64, style: Style) {
        let length = text.chars().count().max(1) as f64;
        let most = match style {
            Style::Code => 0.13,
            Style::Note => 0.075,
        };
        let size = (self.width * share / (length * LETTER)).min(self.height * most);
        // Fixed, so that it fits whatever font there is.
        let width = size * length * LETTER;
        let (family, weight) = match style {
            Style::Code => ("monospace", 700),
            Style::Note => ("sans-serif", 400),
        };
        let (middle, hue) = (self.middle, self.hue);
        let (y, text) = (self.height * at, escaped(text));
        self.put(format_args!(
            r#"<text x="{middle:.2}" y="{y:.2}" font-family="{family}" font-size="{size:.2}" font-weight="{weight}" text-anchor="middle" dominant-baseline="central" textLength="{width:.2}" lengthAdjust="spacingAndGlyphs" fill="hsl({hue},50%,24%)">{text}</text>"#
        ));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
