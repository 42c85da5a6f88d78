//! What becomes of a page: the URL, what the tag lacks, and not one other byte.

use creators_api::asin::Asin;
use creators_api::html::{Kind, RewriteOptions, rewrite};
use creators_api::image::{FallbackTexts, Image, Images, Picture};
use creators_api::marketplace::Marketplace;

const DEAD: &str = "//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&MarketPlace=US&Format=_SL160_";
const ALIVE: &str = "https://m.media-amazon.com/images/I/a._SL160_.jpg";
const LARGE: &str = "https://m.media-amazon.com/images/I/a._SL500_.jpg";

fn picture(url: &str, size: Option<(u32, u32)>) -> Option<Picture> {
    Some(Picture { url: url.to_owned(), width: size.map(|size| size.0), height: size.map(|size| size.1) })
}

fn asin() -> Asin {
    Asin::parse("B00TSUGXKE").unwrap()
}

fn of(image: Image) -> Images {
    let mut images = Images::default();
    images.insert("www.amazon.com", asin(), image);
    images
}

/// One picture whose pixels are not told, so that nothing is written but its URL.
fn one(url: &str) -> Images {
    of(Image { medium: picture(url, None), ..Image::default() })
}

fn rewritten(html: &str, images: &Images, options: &RewriteOptions<'_>) -> Option<String> {
    rewrite(html.as_bytes(), images, options).map(|bytes| String::from_utf8(bytes).unwrap())
}

/// `@` is the dead picture before, the living one after.
fn becomes(before: &str, after: &str, images: &Images, options: &RewriteOptions<'_>) {
    let (before, after) = (before.replace('@', DEAD), after.replace('@', ALIVE));
    let once = rewritten(&before, images, options);
    assert_eq!(once.as_deref(), Some(after.as_str()), "{before}");
    assert_eq!(rewritten(&after, images, options), None, "a second time changed it: {after}");
}

#[test]
fn the_value_alone_is_replaced() {
    for before in [
        "<p \u{e4}><IMG  BORDER=0 src='@' /> & <b>\u{e4}</p>",
        "<img src=@ alt=x>",
        "<img data-src=\"@\" src=\"data:,\"><noscript><img src='@'></noscript>",
        "<img src=\"@\" data-lazy-src='@'>",
        "<img srcset=\"@ 1x, /own.jpg 2x,@\" src=/own.jpg>",
        "<picture><source srcset='@'><img src=@></picture>",
        "<amp-img src=\"@\" layout=fill></amp-img>",
        "[![Alt](@)](https://example.org/)",
        "![Alt][1]\n[1]: @ \"Title\"",
    ] {
        becomes(before, before, &one(ALIVE), &RewriteOptions::default());
    }
}

#[test]
fn a_url_is_escaped_for_the_quotes_around_it() {
    let html = format!("<img src='{DEAD}'>");
    let images = one("https://m.media-amazon.com/i.jpg?a=1&b='");
    let expected = "<img src='https://m.media-amazon.com/i.jpg?a=1&amp;b=&#39;'>";
    assert_eq!(rewritten(&html, &images, &RewriteOptions::default()).as_deref(), Some(expected));
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let page = |url: &str| [b"\xff\xfe<img src=\"", url.as_bytes(), b"\">\x80"].concat();
    assert_eq!(rewrite(&page(DEAD), &one(ALIVE), &RewriteOptions::default()), Some(page(ALIVE)));
}

#[test]
fn nothing_changes_on_any_doubt() {
    for html in [
        DEAD.to_owned(),
        format!("<img src=\"{}\">", DEAD.replace("B00TSUGXKE", "B00TSUGXKF")),
        format!("<img src=\"{}\">", DEAD.replace("=US", "=DE")),
        format!("<img src=\"{}\">", DEAD.replace("MarketPlace=US", "")),
        format!("<!-- <img src=\"{DEAD}\"> -->"),
    ] {
        assert_eq!(rewritten(&html, &one(ALIVE), &RewriteOptions::default()), None, "{html}");
    }
    let html = format!("<img src=\"{DEAD}\">");
    for url in [
        "http://m.media-amazon.com/a.jpg",
        "https://evil.example/a.jpg",
        "https://m.media-amazon.com.evil.example/a.jpg",
        "https://m.media-amazon.com@evil.example/a.jpg",
        "https://m.media-amazon.com:80@evil.example/a.jpg",
        "https//m.media-amazon.com/a.jpg",
        "https://m.media-amazon.com/a b.jpg",
        "javascript://m.media-amazon.com/",
        "",
    ] {
        assert_eq!(rewritten(&html, &one(url), &RewriteOptions::default()), None, "{url}");
    }
    let html = format!("<img srcset=\"{DEAD} 2x\">");
    assert_eq!(rewritten(&html, &one(&format!("{ALIVE},")), &RewriteOptions::default()), None);
    let html = format!("![x]({DEAD})");
    assert_eq!(rewritten(&html, &one("https://m.media-amazon.com/a(1).jpg"), &RewriteOptions::default()), None);
}

#[test]
fn the_sites_own_marketplace_fills_the_gap() {
    let html = format!("<img src=\"{}\">", DEAD.replace("MarketPlace=US", ""));
    let options =
        RewriteOptions { default_marketplace: Marketplace::by_host("www.amazon.com"), ..RewriteOptions::default() };
    assert_eq!(rewritten(&html, &one(ALIVE), &options), Some(format!("<img src=\"{ALIVE}\">")));
}

#[test]
fn where_only_a_number_names_a_marketplace_the_sites_own_may_have_the_picture() {
    let html = "<img src=\"http://images.amazon.com/images/P/B00TSUGXKE.03.MZZZZZZZ.jpg\">";
    let fresh = Some(format!("<img src=\"{ALIVE}\">"));
    let options =
        RewriteOptions { default_marketplace: Marketplace::by_host("www.amazon.com"), ..RewriteOptions::default() };
    assert_eq!(rewritten(html, &one(ALIVE), &options), fresh);
    assert_eq!(rewritten(html, &one(ALIVE), &RewriteOptions::default()), None);
    let mut both = one(LARGE);
    both.insert("www.amazon.de", asin(), Image { medium: picture(ALIVE, None), ..Image::default() });
    assert_eq!(rewritten(html, &both, &options), fresh);
    // A link around it is better than either.
    let linked = format!("<a href=\"https://www.amazon.fr/dp/B00TSUGXKE\">{html}</a>");
    assert_eq!(rewritten(&linked, &both, &options), None);
}

#[test]
fn a_picture_on_the_configured_endpoints_host_may_be_written() {
    let html = format!("<img src={DEAD} alt=x>");
    let alive = "http://127.0.0.1:8099/images/I/a.jpg";
    let options = RewriteOptions { extra_host: Some("127.0.0.1"), ..RewriteOptions::default() };
    assert_eq!(rewritten(&html, &one(alive), &options), Some(format!("<img src={alive} alt=x>")));
}

#[test]
fn a_tag_without_a_size_is_given_one() {
    let images = of(Image { medium: picture(ALIVE, Some((160, 80))), ..Image::default() });
    let smaller = |html: &str| html.replace('@', &DEAD.replace("_SL160_", "_SL110_"));
    for (before, after) in [
        ("<img src=\"@\">", "<img src=\"@\" width=\"110\" height=\"55\">"),
        ("<img src=@ alt=x>", "<img src=@ width=\"110\" height=\"55\" alt=x>"),
        ("<img src='@' data-src='@'/>", "<img src='@' width=\"110\" height=\"55\" data-src='@'/>"),
        (
            "<img src=\"@\" style='border-width:0'>",
            "<img src=\"@\" width=\"110\" height=\"55\" style='border-width:0'>",
        ),
    ] {
        becomes(&smaller(before), after, &images, &RewriteOptions::default());
    }
    for own in ["<img src=\"@\" width=90>", "<img style='border:0; max-WIDTH:50%' src=\"@\">", "<amp-img src=@>"] {
        becomes(&smaller(own), own, &images, &RewriteOptions::default());
    }
    becomes("<img src=\"@\">", "<img src=\"@\" width=\"160\" height=\"80\">", &images, &RewriteOptions::default());
    let larger = DEAD.replace("_SL160_", "_SL500_");
    let after = "<img src=\"@\" width=\"160\" height=\"80\">";
    becomes(&format!("<img src=\"{larger}\">"), after, &images, &RewriteOptions::default());
}

#[test]
fn a_dense_screen_is_offered_the_next_larger_picture() {
    let image = Image {
        medium: picture(ALIVE, Some((107, 160))),
        large: picture(LARGE, Some((333, 500))),
        hires: picture("https://m.media-amazon.com/images/I/a.jpg", Some((1000, 1500))),
        ..Image::default()
    };
    let dense = format!(" srcset=\"{LARGE} 3.11x\"");
    let images = of(image.clone());
    becomes("<img src='@' width=9>", &format!("<img src='@'{dense} width=9>"), &images, &RewriteOptions::default());
    // The large picture in the room of 250 pixels is dense enough.
    let half = DEAD.replace("_SL160_", "_SL250_");
    let large = format!("<img src='{LARGE}' width=\"167\" height=\"250\">");
    assert_eq!(rewritten(&format!("<img src='{half}'>"), &images, &RewriteOptions::default()), Some(large));
    // In that of 110, the medium one is not.
    let third = DEAD.replace("_SL160_", "_SL110_");
    let medium = format!("<img src='{ALIVE}' width=\"74\" height=\"110\" srcset=\"{LARGE} 4.50x\">");
    assert_eq!(rewritten(&format!("<img src='{third}'>"), &images, &RewriteOptions::default()), Some(medium));
    for own in ["<img src=@ srcset='/x 2x' width=9>", "<img src='@' data-src='/x' width=9>", "<amp-img src=@>"] {
        becomes(own, own, &images, &RewriteOptions::default());
    }
    let elsewhere = of(Image { large: picture("https://evil.example/a.jpg", Some((333, 500))), hires: None, ..image });
    becomes("<img src='@' width=9>", "<img src='@' width=9>", &elsewhere, &RewriteOptions::default());
}

#[test]
fn an_alt_that_says_nothing_says_the_title_where_the_picture_is_all_of_a_link() {
    let title = Some("Salt & \"Margins\"".to_owned());
    let images = of(Image { medium: picture(ALIVE, None), title, ..Image::default() });
    let title = "Salt &amp; &quot;Margins&quot;";
    for (before, after) in [
        ("<img src=@ alt=\"\">", "<img src=@ alt=\"T\">"),
        ("<img src=@ alt=' ' >", "<img src=@ alt='T' >"),
        ("<img alt src=@>", "<img alt=\"T\" src=@>"),
        ("<img src=@ ALT=>", "<img src=@ ALT=\"T\">"),
    ] {
        let link = |inner: &str| format!("<a href=/x>\n&nbsp;{inner}<br></a>");
        let after = link(after).replace("\"T\"", &format!("\"{title}\"")).replace("'T'", &format!("'{title}'"));
        becomes(&link(before), &after, &images, &RewriteOptions::default());
    }
    for kept in [
        "<img src=@ alt=''>",
        "<a href=/x><img src=@ alt=''> Words</a>",
        "<a href=/x>Words <img src=@ alt=''></a>",
        "<a href=/x><img src=@ alt=''><img src=/own.jpg alt=Words></a>",
        "<a href=/x><img src=@ alt='own'></a>",
        "<a href=/x><img src=@></a>",
        "<a href=/x><img src=@ alt=''>",
    ] {
        becomes(kept, kept, &images, &RewriteOptions::default());
    }
    let kept = "<a href=/x><img src=@ alt=''></a>";
    becomes(kept, kept, &images, &RewriteOptions { fill_alt: false, ..RewriteOptions::default() });
}

#[test]
fn a_block_and_its_json_agree_and_nothing_else_of_it_changes() {
    let image = Image {
        medium: picture(&format!("{ALIVE}?a=1&b=--"), Some((160, 80))),
        large: picture(LARGE, Some((500, 250))),
        title: Some("Title".to_owned()),
        ..Image::default()
    };
    let block = |json: &str, url: &str| {
        format!(
            "<!-- wp:image {{\"url\":\"{json}\",\"id\":1}} --><a href=/x><img src=\"{url}\" alt=\"\"></a><!-- /wp:image -->"
        )
    };
    let json = DEAD.replace('&', "\\u0026");
    let written = format!("{ALIVE}?a=1\\u0026b=\\u002d\\u002d");
    let after = block(&written, &format!("{ALIVE}?a=1&amp;b=--"));
    let images = of(image);
    becomes(&block(&json, DEAD), &after, &images, &RewriteOptions::default());
    let closed = block(&json, DEAD).replace(" --><a", " --><!-- /wp:image --><a");
    assert!(rewritten(&closed, &images, &RewriteOptions::default()).unwrap().contains(&json));
    // So it is with the twin of a lazy picture.
    let twice =
        |block: String, url: &str| block.replace("</a>", &format!("</a><noscript><img src=\"{url}\"></noscript>"));
    let before = twice(block(&json, DEAD), DEAD);
    let after = twice(after, &format!("{ALIVE}?a=1&amp;b=--"));
    becomes(&before, &after, &images, &RewriteOptions::default());
}

#[test]
fn a_dead_box_becomes_what_it_showed() {
    let image = Image {
        medium: picture("https://m.media-amazon.com/images/I/a.jpg", Some((80, 160))),
        title: Some("Salt & \"Margins\"".to_owned()),
        detail_page_url: Some("https://www.amazon.com/dp/B00TSUGXKE?tag=x-20&th=1".to_owned()),
        ..Image::default()
    };
    let frame = "//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=US&asins=B00TSUGXKE";
    let html = format!("a<iframe style='width:120px' src=\"{frame}\"> <span>no frames</span></iframe>b");
    let shown = "a<a href=\"https://www.amazon.com/dp/B00TSUGXKE?tag=x-20&amp;th=1\" target=\"_blank\" \
                 rel=\"nofollow sponsored noopener\"><img src=\"https://m.media-amazon.com/images/I/a.jpg\" width=\"80\" \
                 height=\"160\" alt=\"Salt &amp; &quot;Margins&quot;\"><br>Salt &amp; &quot;Margins&quot;</a>b";
    becomes(&html, shown, &of(image.clone()), &RewriteOptions::default());

    for open in [
        "a<iframe src=\"@\">b",
        "<a href=x><iframe src=\"@\"></iframe></a>",
        "<a href=x><iframe src=\"@\"></iframe></a> Words <iframe src=/own></iframe>",
    ] {
        let html = open.replace('@', frame);
        assert_eq!(rewritten(&html, &of(image.clone()), &RewriteOptions::default()), None, "{open}");
    }
    for link in ["https://www.example.org/dp/B00TSUGXKE", "javascript:alert(1)", "http://www.amazon.com/dp/B00TSUGXKE"]
    {
        let other = Image { detail_page_url: Some(link.to_owned()), ..image.clone() };
        assert_eq!(rewritten(&html, &of(other), &RewriteOptions::default()), None, "{link}");
    }
}

#[test]
fn a_pixel_is_removed_where_it_is_asked_for() {
    let html = "<a>x</a><img src=\"//ir-na.amazon-adsystem.com/e/ir?t=x-20&a=B00TSUGXKE\" width=1 />.";
    let options = RewriteOptions { kinds: &[Kind::TrackingPixel], ..RewriteOptions::default() };
    assert_eq!(rewritten(html, &Images::default(), &options).as_deref(), Some("<a>x</a>."));
    for text in ["<", "</", "<!", "&"] {
        let html = format!("{text}{}", html.trim_start_matches("<a>x</a>"));
        assert_eq!(rewritten(&html, &Images::default(), &options), None, "{html}");
    }
    // Nor where Markdown would arise from its going.
    let joined = html.replace("<a>x</a>", "](https://www.amazon.com/dp/B00TSUGXKE)").replace(" />.", ">[1]: y");
    assert_eq!(rewritten(&joined, &Images::default(), &options), None, "{joined}");
    // The end of a tag is none of these, whatever the tag: two pixels side by side go together.
    let two = "<img src=//ir-na.amazon-adsystem.com/e/ir?a=B00TSUGXKE&<><img src=//ir-na.amazon-adsystem.com/e/ir>.";
    assert_eq!(rewritten(two, &Images::default(), &options).as_deref(), Some("."));
    let lazy = html.replace(" width=1", " data-src='//ir-na.amazon-adsystem.com/e/ir?a=B00TSUGXKE'");
    assert_eq!(rewritten(&lazy, &Images::default(), &options).as_deref(), Some("<a>x</a>."));
    let mixed = html.replace(" width=1", &format!(" data-src='{DEAD}'"));
    assert_eq!(rewritten(&mixed, &Images::default(), &options), None);
    assert_eq!(rewritten(html, &Images::default(), &RewriteOptions::default()), None);
}

#[test]
fn a_picture_in_a_link_gives_way_to_words_where_they_are_given() {
    let mut words = FallbackTexts::default();
    words.insert("www.amazon.com", asin(), " Salt & <Margins> ".to_owned());
    let options = RewriteOptions { fallback_text: Some(&words), ..RewriteOptions::default() };
    let html = |inner: &str| format!("<a href=/x>{inner}</a>");
    let dead = format!("<img alt='' src=\"{DEAD}\" data-src='{DEAD}'>");
    let told = rewritten(&html(&dead), &Images::default(), &options);
    assert_eq!(told, Some(html("Salt &amp; &lt;Margins&gt;")));
    let own = html(&format!("<img alt=' Caf&eacute; > all ' src=\"{DEAD}\">"));
    assert_eq!(rewritten(&own, &Images::default(), &options), Some(html("Caf&eacute; &gt; all")));
    let own = html(&format!("<img alt='[gallery ids=1]' src=\"{DEAD}\">"));
    assert_eq!(rewritten(&own, &Images::default(), &options), Some(html("&#x5b;gallery ids=1&#x5d;")));
    becomes(&html("<img src=@>"), &html("<img src=@>"), &one(ALIVE), &options);
    for kept in [dead.clone(), html(&format!("&{dead}")), html(&dead.replace("B00TSUGXKE", "B00TSUGXKF"))] {
        assert_eq!(rewritten(&kept, &Images::default(), &options), None, "{kept}");
    }
}

#[test]
fn a_wrapped_picture_is_written_without_its_wrapper() {
    let images = of(Image { medium: picture(ALIVE, None), ..Image::default() });
    let options = RewriteOptions { kinds: &Kind::ALL, ..RewriteOptions::default() };
    let link = |url: &str| format!("<a href=\"https://www.amazon.com/dp/B00TSUGXKE\"><img src=\"{url}\"></a>");
    for wrapped in [
        "https://i0.wp.com/m.media-amazon.com/images/I/51._SL160_.jpg?resize=1&ssl=1",
        "https://web.archive.org/web/2016im_/http://ecx.images-amazon.com/images/I/51._SL160_.jpg",
    ] {
        becomes(&link(wrapped), &link("@"), &images, &options);
    }
}

#[test]
fn a_picture_stays_that_of_its_own_url_in_a_link_to_another_product() {
    let mut images = one(ALIVE);
    let other = Asin::parse("B07Y9VJ1SV").unwrap();
    images.insert("www.amazon.com", other, Image { medium: picture(LARGE, None), ..Image::default() });
    let options = RewriteOptions { kinds: &[Kind::SitestripeImage, Kind::CdnHash], ..RewriteOptions::default() };
    let html = "<a href=\"https://www.amazon.com/dp/B07Y9VJ1SV\"><img src=@></a>";
    becomes(html, html, &images, &options);
}

#[test]
fn a_url_that_could_end_a_background_is_put_into_none() {
    let odd = "https://m.media-amazon.com/images/I/a).jpg";
    for html in [r#"<p style="background:url(@)">"#, r#"<p data-x='{"a":"url(@)"}'>"#] {
        assert_eq!(rewritten(&html.replace('@', DEAD), &one(odd), &RewriteOptions::default()), None, "{html}");
        becomes(html, html, &one(ALIVE), &RewriteOptions::default());
    }
}
