//! Pages that browsers may read in another way than they look: tags of `svg`, `math`, `noscript` and their like in any
//! order, and pictures in quotes that one of two readings ends.

/// The address of a picture that is rewritten.
pub const DEAD: &str = "https://m.media-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg";

/// Makes a page of a list of choices.
pub fn soup(choices: &[u16]) -> String {
    let mut writer = Writer { choices: choices.iter(), handlers: 0 };
    let mut page = String::new();
    while !writer.choices.as_slice().is_empty() {
        page += &writer.piece(0);
    }
    page
}

struct Writer<'a> {
    choices: std::slice::Iter<'a, u16>,
    handlers: usize,
}

const ROOTS: &str = "svg math noscript template select";
const TEXTS: &str = "title style script textarea xmp noembed noframes iframe noscript";
const FOREIGN: &str = "g path title desc foreignObject image a style script use mi mo mn ms mtext mglyph malignmark \
                       annotation-xml mrow semantics text font svg math tspan textarea noscript template select";
const ANY: &str = "div p span b i a table td tr ul li h1 body html head font form button option optgroup input br hr pre code \
                   col colgroup caption tbody object frame dl dd dt em nobr ruby rt svg math";

/// What decides how a text behind it is read.
const CONTEXTS: [&str; 42] = [
    "",
    "<svg>",
    "<math>",
    "<div><svg></div>",
    "<svg></div>",
    "<svg></p>",
    "<p><svg></p>",
    "<svg><g></svg>",
    "<svg><p>",
    "<svg><font color=x>",
    "<svg><font>",
    "<svg><desc>",
    "<svg><desc><p>",
    "<svg><desc><p><p></p>",
    "<svg><desc><p><div></div></p></desc>",
    "<svg><foreignObject><div><b></div></foreignObject>",
    "<svg><foreignObject></p></foreignObject>",
    "<svg><foreignObject><ul><li><li></li></ul></foreignObject>",
    "<svg><foreignObject><table><td></foreignObject></svg>",
    "<svg><title>x</title>",
    "<svg><desc><svg>",
    "<math><mtext>",
    "<math><mtext><mglyph>",
    "<math><mi><malignmark>",
    "<math><mi/>",
    "<math><annotation-xml>",
    "<math><annotation-xml encoding=text/html>",
    "<math><annotation-xml encoding=\"text&#47;html\">",
    "<math><annotation-xml><svg>",
    "<math><annotation-xml><svg><desc>",
    "<select>",
    "<select><svg>",
    "<select><svg></select>",
    "<select><object><svg></select>",
    "<select><template></select>",
    "<template><col>",
    "<template><svg></template>",
    "<noscript><svg></noscript>",
    "<noscript><select></noscript>",
    "<table><svg></table>",
    "<summary><![CDATA[",
    "<x:y><![CDATA[<p>",
];

impl Writer<'_> {
    /// The next choice; the first of all where none is left.
    fn pick(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().copied().unwrap_or_default()) % count
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.pick(of.len())]
    }

    fn word<'t>(&mut self, of: &'t str) -> &'t str {
        let count = of.split_whitespace().count();
        let at = self.pick(count);
        of.split_whitespace().nth(at).unwrap_or_default()
    }

    fn name(&mut self) -> &'static str {
        match self.pick(8) {
            0 => self.word(ROOTS),
            1 | 2 => self.word(TEXTS),
            3 | 4 => self.word(FOREIGN),
            5 => self.one(&["svg", "math"]),
            _ => self.word(ANY),
        }
    }

    fn pieces(&mut self, depth: usize) -> String {
        (0..1 + self.pick(3)).map(|_| self.piece(depth + 1)).collect()
    }

    fn piece(&mut self, depth: usize) -> String {
        match self.pick(if depth > 4 { 10 } else { 17 }) {
            0 => "x ".to_owned(),
            1..=3 => self.image(),
            4 | 5 => self.open(),
            6 | 7 => {
                let name = self.name();
                format!("</{name}>")
            }
            8 => self.oddity(),
            9 => self.trap(),
            10 => self.trap(),
            11 => self.packed(depth),
            _ => {
                let (open, inner) = (self.open(), self.pieces(depth));
                let end = self.one(&[" ", "/", ">"]);
                let name = open.trim_start_matches('<').split([' ', '/', '>']).next().unwrap_or_default().to_owned();
                let end = if end == ">" { format!("</{name}>") } else { format!("</{name}{end}>") };
                format!("{open}{inner}{end}")
            }
        }
    }

    fn open(&mut self) -> String {
        let name = self.name();
        let attribute = match name {
            "annotation-xml" => self.one(&[
                "",
                " encoding=text/html",
                " encoding='application/xhtml+XML'",
                " encoding=\"text&#47;html\"",
                " encoding=x",
            ]),
            "font" => self.one(&["", " color=red", " SIZE=1", " x=y"]),
            "template" => self.one(&["", " shadowrootmode=open"]),
            _ => self.one(&["", "", "", " x=y", " x='y'", " href"]),
        };
        let end = self.one(&[">", ">", ">", ">", "/>", " />", "/ >"]);
        format!("<{name}{attribute}{end}")
    }

    /// A picture with a handler of its own, which is no other's.
    fn image(&mut self) -> String {
        self.handlers += 1;
        let quote = self.one(&["'", "'", "\"", ""]);
        let before = self.one(&["", "", " alt=''", " alt=\"\"", " title='a>b'"]);
        let after = self.one(&["", "", " x", " alt", " width=9"]);
        let space = if quote.is_empty() { " " } else { self.one(&[" ", ""]) };
        let end = self.one(&[">", "/>", " />"]);
        // What stands right behind the quotes is a part of what follows.
        let handler = format!("{space}onerror=ran({})", self.handlers);
        let image = format!("<img{before} src={quote}{DEAD}{quote}{handler}{after}{end}");
        match self.pick(8) {
            0 => format!("<a href='https://www.amazon.com/dp/B00TSUGXKE'>{image}</a>"),
            1 => format!("<picture><source srcset={quote}{DEAD}{quote}>{image}</picture>"),
            2 => format!("![x]({DEAD}){image}"),
            3 => image.replace("<img", "<amp-img"),
            _ => image,
        }
    }

    /// A picture in an attribute that ends early in one of two readings: in a `noscript`, a drawing, a text.
    fn trap(&mut self) -> String {
        let (around, inside) = (self.one(&CONTEXTS).to_owned() + &self.context(), self.word(TEXTS));
        let outer = self.one(&["\"", "'"]);
        let inner = if outer == "\"" { "'" } else { "\"" };
        let victim = self.one(&["img src=x:", "image href=x:", "p", "b", "svg", "mglyph", "frame", "input"]);
        let open = self.one(&[">", ">", ">", "/>"]);
        self.handlers += 1;
        let (is_twice, handler) = (self.pick(2) == 1, self.handlers);
        let image = format!("<img src={inner}{DEAD}{inner} onerror=ran({handler}) onload=ran({handler}) x>");
        let twice = if is_twice { format!("<img src=x: title={inner}{outer}>") } else { String::new() };
        // The text ends in the attribute, or CDATA does.
        let end = if self.pick(8) == 0 { "]]>".to_owned() } else { format!("</{inside}>") };
        let begin = if end == "]]>" { "<![CDATA[".to_owned() } else { format!("<{inside}{open}") };
        format!(
            "{around}{begin}<{victim} title={outer}{end}{twice}{image}{outer}>{}",
            self.one(&["", "</svg>", "</math>"])
        )
    }

    /// A page in an attribute, written with references that not everybody decodes.
    fn packed(&mut self, depth: usize) -> String {
        let inner = self.pieces(depth + 2);
        let mut written = String::new();
        for character in inner.chars() {
            written += match character {
                '&' => "&amp;",
                '"' => self.one(&["&quot;", "&quot;", "&#34;", "&#34", "&QUOT;"]),
                '<' => self.one(&["&lt;", "<", "&lt;", "&#60;", "&#60", "&lt", "&LT;", "&#x000000000000003c;"]),
                '>' => self.one(&["&gt;", ">", "&gt;", "&#62", "&GT;"]),
                other => {
                    written.push(other);
                    continue;
                }
            };
        }
        format!("<iframe srcdoc=\"{written}\"></iframe>")
    }

    fn context(&mut self) -> String {
        match self.pick(4) {
            0 => self.open(),
            1 => {
                let name = self.name();
                format!("</{name}>")
            }
            _ => String::new(),
        }
    }

    fn oddity(&mut self) -> String {
        let odd = [
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<!x>",
            "<?x>",
            "\"",
            "'",
            ">",
            "<",
            "</",
            "</>",
            "<x title=\"",
            "<x title='",
            "\">",
            "'>",
            "=",
            "<plaintext>",
            "<frameset>",
            "</frameset>",
            "</p>",
            "</br>",
            "<svg><title/>",
            "<svg><style/>",
            "<svg><script/>",
            "<template><col>",
            "</template>",
            "<select>",
            "</select>",
            "<svg><foreignObject>",
            "</svg>",
            "</math>",
            "<script>'<a>'</script>",
            "<title>x</title>",
            "\n",
        ];
        self.one(&odd).to_owned()
    }
}
