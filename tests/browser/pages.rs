//! Pages as people have written them, put together by chance; every URL of Amazon's is there once.

/// Makes a page of a list of choices.
pub fn page(choices: &[u16]) -> String {
    let mut writer = Writer { choices: choices.iter(), urls: 0, tables: 0, links: 0 };
    let mut page = "<html><head><title>x</title></head><body>".to_owned();
    while !writer.choices.as_slice().is_empty() {
        page += &writer.piece(0);
    }
    page
}

struct Writer<'a> {
    choices: std::slice::Iter<'a, u16>,
    urls: usize,
    tables: usize,
    /// How many links are open that began in the innermost cell; for ever, where one is never closed.
    links: usize,
}

const ASINS: [&str; 4] = ["B00TSUGXKE", "080442957X", "0123456789", "B07Y9VJ1SV"];

impl Writer<'_> {
    /// The next choice; the first of all where none is left.
    fn pick(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().copied().unwrap_or_default()) % count
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.pick(of.len())]
    }

    fn pieces(&mut self, depth: usize) -> String {
        (0..1 + self.pick(4)).map(|_| self.piece(depth + 1)).collect()
    }

    fn piece(&mut self, depth: usize) -> String {
        if depth > 5 {
            return self.text();
        }
        match self.pick(21) {
            20 => self.drawing(),
            0 | 1 => self.text(),
            2..=5 => self.image(),
            6 | 7 | 17..=19 => self.link(depth),
            8 if self.links == 0 => self.table(depth),
            9 => self.block(depth),
            10 => self.inline(depth),
            11 => self.list(depth),
            12 => self.hidden(),
            13 => self.lazy_twin(),
            14 => self.picture(),
            15 => self.frame(),
            _ => self.oddity(),
        }
    }

    fn text(&mut self) -> String {
        self.one(&["Words, ", "a < b ", "x &amp; y", "\n", "<3 ", "&nbsp;", "1 > 0", "\u{e4}\u{3042}"]).to_owned()
    }

    fn asin(&mut self) -> &'static str {
        ASINS[self.pick(ASINS.len())]
    }

    /// The URL of a picture or pixel, with a number of its own.
    fn url(&mut self) -> String {
        self.urls += 1;
        let (asin, n) = (self.asin(), self.urls);
        let and = self.one(&["&", "&amp;", "&#038;", "&&"]);
        match self.pick(12) {
            0..=2 => format!(
                "//ws-na.amazon-adsystem.com/widgets/q?ASIN={asin}{and}ID=AsinImage{and}MarketPlace={}{and}Format=_SL160_{and}tag=x{n}-20",
                self.one(&["US", "BR", "DE", "GB"])
            ),
            3 => format!("http://ws.assoc-amazon.com/widgets/q?ASIN={asin}{and}ID=AsinImage{and}o=3{and}x={n}"),
            4 => format!("https://ir-uk.amazon-adsystem.com/e/ir?t=x{n}-21{and}l=as2{and}a={asin}"),
            5 => format!("http://images.amazon.com/images/P/{asin}.0{n}._SCTHUMBZZZ_.jpg"),
            6 => format!("https://i0.wp.com/ecx.images-amazon.com/images/I/51ag{n}L._SL160_.jpg?resize=1{and}ssl=1"),
            7 => format!("https://images-na.ssl-images-amazon.com/images/G/01/{n}.gif"),
            _ => format!("https://m.media-amazon.com/images/I/41FY%2B{n}L._AC_SL1000_.jpg"),
        }
    }

    fn href(&mut self) -> String {
        let (asin, and) = (self.asin(), self.one(&["&", "&amp;", "&#38;"]));
        match self.pick(6) {
            0 => "https://example.org/dp/B00TSUGXKE".to_owned(),
            1 => format!("http://www.amazon.co.jp/exec/obidos/ASIN/{asin}/name-22/ref=nosim/"),
            2 => format!("https://www.amazon.co.uk/gp/product/{asin}%3Fie%3DUTF8%26tag%3Dy-21"),
            3 => format!("https://www.amazon.com/s?x=1{and}creativeASIN={asin}{and}tag=z-20"),
            _ => format!("https://www.amazon.de/Slug/dp/{asin}?th=1{and}tag=y-21"),
        }
    }

    /// An attribute in any quotes.
    fn attribute(&mut self, name: &str, value: &str) -> String {
        let space = self.one(&[" ", "  ", "\n", "\t"]);
        let name = if self.pick(4) == 0 { name.to_ascii_uppercase() } else { name.to_owned() };
        let equals = self.one(&["=", "=", " = "]);
        let bare = !value.is_empty() && !value.contains([' ', '>', '"', '\'']);
        match self.pick(3) {
            0 => format!("{space}{name}{equals}'{}'", value.replace('\'', "&#39;")),
            1 if bare => format!("{space}{name}{equals}{value} "),
            _ => format!("{space}{name}{equals}\"{}\"", value.replace('"', "&quot;")),
        }
    }

    /// Attributes that say nothing of a picture, or only seem to.
    fn noise(&mut self) -> String {
        let url = "//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage";
        let (name, value) = match self.pick(12) {
            0 => ("alt", ""),
            1 => ("alt", "a > b <img src=x>"),
            2 => ("title", "\"'"),
            3 => ("border", "0"),
            4 => ("width", "160"),
            5 => ("style", "border:none !important; margin:0"),
            6 => ("data-x", url),
            7 => ("class", "lazy"),
            8 => ("title", url),
            9 => return " hidden".to_owned(),
            10 => return " / ".to_owned(),
            _ => return String::new(),
        };
        self.attribute(name, value)
    }

    fn image(&mut self) -> String {
        let tag = self.one(&["img", "IMG", "amp-img", "img", "img"]);
        let mut attributes: Vec<String> = (0..self.pick(3)).map(|_| self.noise()).collect();
        let url = self.url();
        attributes.push(match self.pick(7) {
            0 => self.attribute("data-src", &url),
            1 => {
                let list = format!("{url} 1x,{} 2x, /own.jpg 3x", self.url());
                self.attribute("srcset", &list)
            }
            2 => self.attribute("src", "data:,") + &self.attribute("data-lazy-src", &url),
            // Of two with one name the first counts.
            3 => self.attribute("src", &url) + &self.attribute("SRC", "//m.media-amazon.com/images/I/second.jpg"),
            _ => self.attribute("src", &url),
        });
        attributes.extend((0..self.pick(3)).map(|_| self.noise()));
        let end = self.one(&[">", " />", "/>"]);
        // A slash behind a bare value would be a part of it.
        let end = if attributes.last().is_some_and(|a| a.ends_with(['"', '\'', ' '])) { end } else { " >" };
        let close = if tag == "amp-img" { "</amp-img>" } else { "" };
        format!("<{tag}{}{end}{close}", attributes.concat())
    }

    /// A link; one in ten is never closed, one in ten has no address.
    fn link(&mut self, depth: usize) -> String {
        let href = self.href();
        let href = if self.pick(10) == 0 { " name='x'".to_owned() } else { self.attribute("href", &href) };
        let (before, after) = (self.noise(), self.noise());
        let inner = match self.pick(8) {
            0 if self.links == 0 => self.table(depth + 1),
            _ => {
                self.links += 1;
                self.pieces(depth)
            }
        };
        let end = self.one(&["</a>", "</A >", "</a>", "</a>", "</a>", "</a>", "</a>", "</a>", "</a>", ""]);
        self.links = if end.is_empty() { self.links.max(1) } else { self.links.saturating_sub(1) };
        format!("<a{before}{href}{after} >{inner}{end}")
    }

    fn table(&mut self, depth: usize) -> String {
        self.tables += 1;
        let links = self.links;
        let mut table = self.one(&["<table>", "<table border=0><tbody>", "<TABLE>\n"]).to_owned();
        if self.pick(5) == 0 {
            self.links = 0;
            table += &format!("<caption>{}</caption>", self.pieces(depth));
        }
        for _ in 0..=self.pick(2) {
            table += self.one(&["<tr>", "<tr>\n", "<tr valign=top>"]);
            for _ in 0..=self.pick(2) {
                let (open, close) = if self.pick(4) == 0 { ("<th>", "</th>") } else { ("<td>", "</td>") };
                self.links = 0;
                let inner = self.pieces(depth);
                // The end tag may be left out.
                table += &format!("{open}{inner}{}", if self.pick(3) == 0 { "" } else { close });
            }
            table += self.one(&["</tr>", "", "</tr>\n"]);
        }
        (self.tables, self.links) = (self.tables - 1, links);
        table + "</table>"
    }

    fn block(&mut self, depth: usize) -> String {
        let name =
            self.one(&["div", "p", "blockquote", "center", "figure", "h2", "section", "noscript", "form", "font"]);
        let inner = self.pieces(depth);
        let end = if self.pick(4) == 0 { String::new() } else { format!("</{name}>") };
        // What holds the twin of something does end.
        let end = if name == "noscript" { "</noscript>".to_owned() } else { end };
        format!("<{name} class='x'>{inner}{end}")
    }

    fn inline(&mut self, depth: usize) -> String {
        let name = self.one(&["b", "i", "span", "em", "u", "nobr", "code"]);
        let inner = self.pieces(depth);
        let end = if self.pick(5) == 0 { String::new() } else { format!("</{name}>") };
        format!("<{name}>{inner}{end}")
    }

    fn list(&mut self, depth: usize) -> String {
        let items: String = (0..self.pick(3)).map(|_| format!("<li>{}", self.pieces(depth))).collect();
        format!("<ul>{items}</ul>")
    }

    /// What no browser shows, with a picture in it.
    fn hidden(&mut self) -> String {
        let image = self.image();
        let (before, after) = match self.pick(13) {
            0 => ("<!-- ", " -->"),
            1 => ("<!--", "--!>"),
            2 => ("<!--> <!-- ", "-->"),
            3 => ("<!---> <!-- - -- ->", "--->"),
            4 => ("<script>document.write('", "');</script>"),
            5 => ("<script><!-- <script> ", " </script> --> '<img>' </script >"),
            6 => ("<SCRIPT><!-- x --> '", "'</SCRIPT/>"),
            7 => ("<style>", "</style>"),
            8 => ("<textarea>", "</textarea>"),
            9 => ("<title>", "</title>"),
            10 => ("<xmp>", "</xmp>"),
            11 => ("<noembed>", "</noembed>"),
            _ => ("<iframe src='/own.html'>", "</iframe>"),
        };
        format!("{before}{image}{after}")
    }

    /// A drawing or a formula, in which a browser looks for other tags than elsewhere.
    fn drawing(&mut self) -> String {
        let image = self.image();
        let (before, after) = match self.pick(14) {
            0 => ("<svg><title/></svg>", ""),
            1 => ("<svg><style/><path d=''/></svg>", ""),
            2 => ("<svg><script/></svg>", ""),
            3 => ("<SVG viewBox='0 0 1 1'><title>Icon</title><g><path /></g></SVG>", ""),
            4 => ("<svg><![CDATA[ <textarea> ]]></svg>", ""),
            5 => ("<svg><desc>", "</desc></svg>"),
            6 => ("<svg><foreignObject><body><ul><li><p>", "</p></li><li></li></ul></body></foreignObject></svg>"),
            7 => ("<svg><foreignObject><style>", "</style></foreignObject></svg>"),
            8 => ("<math><mi>x</mi><mtext>", "</mtext></math>"),
            9 => ("<math><annotation-xml encoding=TEXT/html>", "</annotation-xml></math>"),
            10 => ("<math><annotation-xml><svg><style><g/></style></svg></annotation-xml></math>", ""),
            11 => ("<svg><g><style><p>", "</p>"),
            12 => ("<svg><font size=1>", "</font>"),
            _ => ("<svg><style>.a{}</style><image href='x' /></svg>", ""),
        };
        format!("{before}{image}{after}")
    }

    fn lazy_twin(&mut self) -> String {
        let lazy = self.image();
        let twin = self.image();
        format!("{lazy}<noscript>{twin}</noscript>")
    }

    fn picture(&mut self) -> String {
        let (source, image) = (self.url(), self.image());
        format!("<picture><source srcset=\"{source} 2x\" type=image/webp>{image}</picture>")
    }

    fn frame(&mut self) -> String {
        self.urls += 1;
        let (asin, n) = (self.asin(), self.urls);
        let src = match self.pick(3) {
            0 => format!("//rcm-fe.amazon-adsystem.com/e/cm?t=f{n}-22&o=9&asins={asin}"),
            1 => format!("//rcm-na.amazon-adsystem.com/e/cm?o=1&p=48&t=f{n}-20"),
            _ => format!(
                "//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=US&tracking_id=f{n}-20&asins={asin}"
            ),
        };
        let (before, src, after) = (self.noise(), self.attribute("src", &src), self.noise());
        let inner = self.one(&["", "", "<a href='/x'>no frames</a>"]);
        format!("<iframe{before}{src}{after} >{inner}</iframe>")
    }

    fn oddity(&mut self) -> String {
        let odd = [
            "</a>",
            "</p>",
            "</div>",
            "</b>",
            "<br>",
            "<hr>",
            "</br>",
            "<p>",
            "<?xml version='1.0'?>",
            "<!x <img src=y>",
            "</ img>",
            "<>",
            "</>",
            "<center>",
            "<h3>",
            "<nobr>",
            "</td>",
            "</tr>",
            "</table>",
        ];
        // Within a table the last three would put what follows between its cells.
        let count = if self.tables == 0 { odd.len() } else { odd.len() - 3 };
        self.one(&odd[..count]).to_owned()
    }
}
