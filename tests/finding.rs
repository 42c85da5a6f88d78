//! What is found in the markup of twenty years of posts, and what is not.

use creators_api::html::{Found, Kind, find};

/// SiteStripe's picture of B00TSUGXKE on amazon.com.
const PICTURE: &str = "//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&amp;ID=AsinImage&#038;MarketPlace=US&Format=_SL160_&tag=x-20";
const HASH: &str = "https://m.media-amazon.com/images/I/41FYkVPzrIL._SL160_.jpg";
const LINK: &str = "https://www.amazon.de/dp/B00TSUGXKE?tag=x-21";

/// Kind, ASIN, marketplace, tag and the bytes of the page that hold the URL.
fn told(html: &str) -> Vec<(Kind, String, &'static str, String, String)> {
    let tell = |found: Found| {
        let asin = found.asin.map(|asin| asin.to_string()).unwrap_or_default();
        let marketplace = found.marketplace.map_or("", |marketplace| marketplace.locale_code);
        (found.kind, asin, marketplace, found.partner_tag.unwrap_or_default(), html[found.value].to_owned())
    };
    find(html.as_bytes()).into_iter().map(tell).collect()
}

/// One of the kind, with everything that a link to B00TSUGXKE on amazon.de says.
fn linked(kind: Kind, url: &str) -> Vec<(Kind, String, &'static str, String, String)> {
    vec![(kind, "B00TSUGXKE".to_owned(), "DE", "x-21".to_owned(), url.to_owned())]
}

fn asins(html: &str) -> Vec<Option<String>> {
    find(html.as_bytes()).into_iter().map(|found| found.asin.map(|asin| asin.to_string())).collect()
}

#[test]
fn a_picture_is_found_in_every_quote_case_and_attribute() {
    for html in [
        format!("<img src=\"{PICTURE}\">"),
        format!("<IMG BORDER=0 SRC='{PICTURE}' />"),
        format!("<p><img style='x' src={PICTURE} alt></p>"),
        format!("<noscript><img src=\"{PICTURE}\"></noscript>"),
        format!("<amp-img data-lazy-src=\"{PICTURE}\"></amp-img>"),
        format!("<img src=data:, data-src=\"{PICTURE}\">"),
        format!("<img DATA-ORIGINAL = '{PICTURE}'>"),
        format!("<img data-orig-file=\"{PICTURE}\">"),
        format!("<img srcset=\"{PICTURE} 2x\">"),
        format!("<img data-srcset=\" {PICTURE}\">"),
        format!("<picture><source srcset=\"{PICTURE}\"></picture>"),
        format!("[caption id=\"a\" width=\"160\"]<img src=\"{PICTURE}\"> Words[/caption]"),
        format!("<img/src=\"{PICTURE}\"/>"),
    ] {
        let expected = (Kind::SitestripeImage, "B00TSUGXKE".to_owned(), "US", "x-20".to_owned(), PICTURE.to_owned());
        assert_eq!(told(&html), [expected], "{html}");
    }
}

#[test]
fn a_decoded_url_is_told_however_often_it_was_encoded() {
    let decoded = PICTURE.replace("&amp;", "&").replace("&#038;", "&");
    for ampersand in ["&", "&amp;", "&#038;", "&#x26;", "&#X26;", "&amp;amp;", "&amp;#038;"] {
        let html = format!("<img src=\"{}\">", decoded.replace('&', ampersand));
        let found = find(html.as_bytes()).remove(0);
        assert_eq!((found.url.as_str(), found.asin.is_some()), (decoded.as_str(), true), "{ampersand}");
    }
}

#[test]
fn each_url_of_a_list_is_found_where_it_stands() {
    let html = format!("<img srcset=\"{HASH} 160w, {PICTURE}&x=1,2 300w,/own.jpg 500w\" src='{PICTURE}'>");
    let values: Vec<_> = find(html.as_bytes()).into_iter().map(|found| html[found.value].to_owned()).collect();
    assert_eq!(values, [HASH, &format!("{PICTURE}&x=1,2"), PICTURE]);
}

#[test]
fn of_two_attributes_with_one_name_the_first_counts() {
    assert_eq!(told(&format!("<img src src=\"{PICTURE}\">")), []);
    assert_eq!(told(&format!("<img src=x.jpg SRC=\"{PICTURE}\">")), []);
}

#[test]
fn a_tag_with_more_attributes_than_any_page_has_is_left_alone() {
    let found = |others: usize| find(format!("<img {}src=\"{PICTURE}\">", "a ".repeat(others)).as_bytes()).len();
    assert_eq!((found(999), found(1_000), found(100_000)), (1, 0, 0));
}

#[test]
fn nothing_is_found_in_comments_scripts_text_and_shortcodes() {
    for html in [
        format!("<!-- <img src=\"{PICTURE}\"> -->"),
        format!("<!-- wp:image {{\"url\":\"{HASH}\"}} --><p>x</p><!-- /wp:image -->"),
        format!("<script>document.write('<img src=\"{PICTURE}\">')</script>"),
        format!("<script><!-- <script></script> <img src=\"{PICTURE}\"> --></script>"),
        format!("<style>/* <img src=\"{PICTURE}\"> */</style>"),
        format!("<textarea><img src=\"{PICTURE}\"></textarea>"),
        format!("<a title='<img src=\"{PICTURE}\">'>x</a>"),
        format!("&lt;img src=\"{PICTURE}\"&gt;"),
        format!("<img alt=\"{PICTURE}\">"),
        format!("<source src=\"{PICTURE}\">"),
        format!("<video src=\"{PICTURE}\"></video>"),
        format!("[easyazon_image src=\"{HASH}\" identifier=\"B00TSUGXKE\"]"),
        "[amazonjs asin=\"B00TSUGXKE\" locale=\"JP\"]".to_owned(),
        format!("[box text='<img src=\"{PICTURE}\">']"),
        "<img src=\"https://m.media-amazon.com/images/G/01/buy.gif\">".to_owned(),
        "<img src=\"https://m.media-amazon.com/images/S/avatar.jpg\">".to_owned(),
        format!("<a href=\"{LINK}\"><img src=\"/uploads/own.jpg\"></a>"),
        "<script src=\"//ws-na.amazon-adsystem.com/widgets/q?Operation=GetScriptTemplate\"></script>".to_owned(),
        "<iframe src=\"//ws-na.amazon-adsystem.com/widgets/q?Operation=GetScriptTemplate\"></iframe>".to_owned(),
    ] {
        assert_eq!(told(&html), [], "{html}");
    }
}

#[test]
fn a_hash_takes_its_product_from_the_link_around_it_alone() {
    let (hash, link) = (format!("<img src={HASH}>"), format!("<a href='{LINK}'>"));
    let is_known = |html: String| asins(&html)[0].is_some();
    assert!(is_known(format!("{link}{hash}</a>")));
    assert!(is_known(format!("{link}<b>{hash}</b></a>")));
    assert!(!is_known(format!("{link}text</a>{hash}")));
    assert!(!is_known(format!("{hash}{link}text</a>")));
    assert!(!is_known(format!("<a href='https://www.ebay.de/dp/B00TSUGXKE'>{hash}</a>")));
    assert!(!is_known(format!("{link}text<a href='/x'>{hash}</a>")));
    assert!(!is_known(format!("<a href='https://amzn.to/3x'>{hash}</a>")));
    assert!(!is_known(format!("<a href='{HASH}'>{hash}</a>")));
}

#[test]
fn a_link_ends_with_its_cell_and_not_with_its_paragraph() {
    let (hash, link) = (format!("<img src={HASH}>"), format!("<a href='{LINK}'>"));
    let is_known = |html: String| asins(&html)[0].is_some();
    assert!(is_known(format!("<p>{link}text</p><p>{hash}</a></p>")));
    assert!(is_known(format!("<table><tr><td>{link}{hash}</td></tr></table>")));
    assert!(is_known(format!("{link}<table><tr><td>{hash}</td></tr></table></a>")));
    assert!(!is_known(format!("<table><tr><td>{link}text</td><td>{hash}</td></tr></table>")));
    assert!(!is_known(format!("<table><tr><td>{link}text<tr><td>{hash}</table>")));
    assert!(!is_known(format!("<table><tr><td>{link}text</td></tr></table>{hash}")));
}

#[test]
fn the_link_around_tells_the_marketplace_where_the_picture_does_not() {
    for (picture, kind) in [
        ("http://ecx.images-amazon.com/images/P/B00TSUGXKE.01.jpg", Kind::CdnAsin),
        ("//ws-eu.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage", Kind::SitestripeImage),
        (HASH, Kind::CdnHash),
        (&HASH.replace("https://", "https://i0.wp.com/"), Kind::ProxiedCdnHash),
    ] {
        assert_eq!(told(&format!("<a href='{LINK}'><img src=\"{picture}\"></a>")), linked(kind, picture));
    }
    let picture = format!("<a href='{LINK}'><img src=\"{PICTURE}\"></a>");
    assert_eq!((told(&picture)[0].2, told(&picture)[0].3.as_str()), ("US", "x-20"));
}

#[test]
fn a_picture_whose_url_its_block_holds_as_well_is_one_picture() {
    let block = format!(
        "<!-- wp:image {{\"url\":\"{HASH}\"}} --><a href=\"{LINK}\"><img src=\"{HASH}\"></a><!-- /wp:image -->"
    );
    assert_eq!(told(&block), linked(Kind::CdnHash, HASH));
    assert_eq!(find(block.as_bytes())[0].value.start, block.rfind(HASH).unwrap());
}

#[test]
fn markdown_that_was_left_in_a_post_is_read() {
    for markdown in [
        format!("[![Alt]({HASH})]({LINK})"),
        format!("[![Alt]({HASH} \"Title\")][5]\n\n[5]: {LINK}"),
        format!("[![Alt][1]][5]\n\n[1]: {HASH}\n[5]: {LINK} \"Title\""),
        format!("<p>[<img src=\"{HASH}\">][5]</p>\n<p>[5]: {LINK}</p>"),
        format!("[<img src=\"{HASH}\">]({LINK})"),
    ] {
        assert_eq!(told(&markdown), linked(Kind::CdnHash, HASH), "{markdown}");
    }
    for markdown in [
        format!("![Alt]({HASH}) [text]({LINK})"),
        format!("[![Alt]({HASH})][5]"),
        format!("[text\n\n![Alt]({HASH})]({LINK})"),
        format!("[<a href=/x><img src=\"{HASH}\"></a>]({LINK})"),
    ] {
        assert_eq!(asins(&markdown), [None], "{markdown}");
    }
    for markdown in [
        format!("<pre>![Alt]({HASH})</pre>"),
        format!("`![Alt]({HASH})`"),
        format!("```\n![Alt]({HASH})\n```"),
        format!("[text]({HASH})"),
        format!("[1]: {HASH}"),
    ] {
        assert_eq!(asins(&markdown), [], "{markdown}");
    }
}

#[test]
fn isbns_are_products_too() {
    let html = "<a href='http://www.amazon.co.jp/exec/obidos/ASIN/080442957X/name-22/ref=nosim'>\
                <img src='http://ecx.images-amazon.com/images/I/51._SL75_.jpg'></a>";
    let [(_, asin, market, tag, _)] = &told(html)[..] else { panic!("one is there") };
    assert_eq!((asin.as_str(), *market, tag.as_str()), ("080442957X", "JP", "name-22"));
    assert_eq!(asins(&html.replace("080442957X", "0804429570")), [None]);
}
