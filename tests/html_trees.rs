//! A rewritten page is the same tree as before to a browser that runs scripts, and to one that does not, whatever the
//! markup around its pictures: no attribute ends because of what was put into it, and nothing inert comes to life.
//!
//! `HTML_TREES=50000` makes more pages, `HTML_TREES_PAIRS=FILE` leaves those that were rewritten there, before and after,
//! for other parsers than html5ever: tests/html-trees reads them.

#[path = "browser/soup.rs"]
mod soup;
#[path = "browser/trees.rs"]
mod trees;

use std::fs::{File, read_dir, read_to_string};
use std::io::Write;
use std::path::Path;
use std::sync::LazyLock;

use creators_api::asin::Asin;
use creators_api::html::{Kind, RewriteOptions, rewrite};
use creators_api::image::{Image, Images, Picture};
use proptest::prelude::*;
use soup::{DEAD, soup};
use trees::{FRESH, LARGE, TITLE, tree};

static IMAGES: LazyLock<Images> = LazyLock::new(|| {
    let picture =
        |url: &str, width, height| Some(Picture { url: url.to_owned(), width: Some(width), height: Some(height) });
    let image = Image {
        medium: picture(FRESH, 120, 160),
        large: picture(LARGE, 375, 500),
        title: Some(TITLE.to_owned()),
        detail_page_url: Some("https://www.amazon.com/dp/B00TSUGXKE?a=1&b=2".to_owned()),
        ..Image::default()
    };
    let mut images = Images::default();
    images.insert("", Asin::parse("B00TSUGXKE").unwrap(), image.clone());
    images.insert("www.amazon.com", Asin::parse("B00TSUGXKE").unwrap(), image);
    images
});

fn rewritten(html: &str) -> Option<String> {
    let kinds = [Kind::SitestripeImage, Kind::CdnAsin, Kind::CdnHash, Kind::ProxiedCdnHash, Kind::ProductIframe];
    let options = RewriteOptions { kinds: &kinds, ..RewriteOptions::default() };
    rewrite(html.as_bytes(), &IMAGES, &options).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn cases(default: u32) -> u32 {
    std::env::var("HTML_TREES").ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

/// Leaves the pair for other parsers.
fn leave(before: &str, after: &str) {
    static FILE: LazyLock<Option<File>> =
        LazyLock::new(|| std::env::var_os("HTML_TREES_PAIRS").map(|path| File::create(path).unwrap()));
    if let Some(mut file) = FILE.as_ref() {
        // In one go: tests run side by side.
        file.write_all(format!("{}\n", serde_json::json!([before, after])).as_bytes()).unwrap();
    }
}

fn assert_same_trees(before: &str, after: &str) -> Result<(), TestCaseError> {
    for has_scripts in [false, true] {
        let (old, new) = (tree(before, has_scripts), tree(after, has_scripts));
        prop_assert_eq!(old, new, "with scripts: {}\n{}\n{}", has_scripts, before, after);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(4_000)))]

    #[test]
    fn nothing_in_a_tree_changes_but_pictures(choices in prop::collection::vec(any::<u16>(), 1..60)) {
        let html = soup(&choices);
        if let Some(after) = rewritten(&html) {
            leave(&html, &after);
            assert_same_trees(&html, &after)?;
        }
    }
}

#[test]
fn nothing_comes_to_life_in_hostile_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/hostile");
    for file in read_dir(folder).unwrap() {
        let html = read_to_string(file.unwrap().path()).unwrap();
        assert!(html.contains("B00TSUGXKE") && html.contains("onerror"), "{html}");
        let after = rewritten(&html).unwrap_or_else(|| html.clone());
        leave(&html, &after);
        assert_same_trees(&html, &after).unwrap();
    }
}

#[test]
fn pictures_behind_a_drawing_are_found() {
    let image = format!("<img src='{DEAD}' width=9 srcset=x>");
    for before in [
        "<svg><title/></svg>",
        "<svg><style/><path/></svg>",
        "<svg><script/></svg>",
        "<svg><title>a<b></title></svg>",
        "<svg><![CDATA[<textarea>]]></svg>",
        "<svg viewBox='0 0 1 1'><title>Icon</title><desc>x</desc><style>.a{}</style><path d=''/></svg>",
        "<svg><foreignObject><body><div><h2>x</h2><ul><li><p>y</p></li><li>z</li></ul><br></div></body></foreignObject></svg>",
        "<math><semantics><mi>x</mi><annotation-xml encoding='text/html'><p>y</p></annotation-xml></semantics></math>",
        "<math><mtext><title></math></title></mtext></math>",
        "<svg><p>",
        "<svg><title/>",
        "<div><svg><path></div>",
        "<noscript><svg><title/></svg></noscript>",
        "<noscript><style>a</style></noscript>",
        "<select><option>x</select>",
        "<select><script>'<p'</script></select><style></style>",
        "<template><p>x</template><style></style>",
    ] {
        let page = |image: &str| format!("{before}{image}");
        let html = page(&image);
        let expected =
            page(&image.replace(DEAD, "https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a=&#39;&amp;b=&quot;"));
        assert_eq!(rewritten(&html), Some(expected), "{html}");
    }
}

#[test]
fn where_browsers_differ_nothing_but_the_address_is_put() {
    let alive = FRESH.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    let image = format!("<a href=/x><img alt='' src='{DEAD}'></a>");
    for (before, after) in [
        ("<noscript>", "</noscript>"),
        ("<noscript>", ""),
        ("<template>", "</template>"),
        ("<template shadowrootmode=open>", "</template>"),
        ("<select>", "</select>"),
        ("<svg><foreignObject>", "</foreignObject></svg>"),
        ("<math><mtext>", "</mtext></math>"),
    ] {
        let html = format!("{before}{image}{after}");
        assert_eq!(rewritten(&html), Some(html.replace(DEAD, &alive)), "{html}");
        // A text in a `select` is read by some browsers alone.
        let html = format!("{before}<iframe srcdoc=\"{image}\"></iframe>{after}");
        let packed = (before != "<select>").then(|| html.replace(DEAD, &alive.replace('&', "&amp;")));
        assert_eq!(rewritten(&html), packed, "{html}");
    }
    for (before, after) in [
        ("<noscript><!-- </noscript> -->", ""),
        ("<noscript><p title='</noscript>'>", ""),
        ("<noscript><svg></noscript>", ""),
        ("<noscript><style></noscript></style>", ""),
        ("<select><style>", "</style></select>"),
        ("<select><iframe></iframe>", ""),
        ("<template><col><style></style>", ""),
        ("<frameset><title></title>", ""),
        ("<div><svg></div><style></style>", ""),
        ("<plaintext>", ""),
        ("<xmp>", "</xmp>"),
        ("<noembed>", "</noembed>"),
        ("<noframes>", "</noframes>"),
        ("<iframe>", "</iframe>"),
        ("<!--", ""),
        ("<svg><![CDATA[", "]]></svg>"),
        ("<svg><![CDATA[", ""),
    ] {
        let html = format!("{before}{image}{after}");
        assert_eq!(rewritten(&html), None, "{html}");
    }
}

#[test]
fn a_dead_box_that_a_frame_keeps_gives_way_where_one_that_is_shown_does() {
    const BOX: &str =
        "<iframe src='//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&asins=B00TSUGXKE'></iframe>";
    for (before, after, gives_way) in [
        ("", "", true),
        ("<noscript>", "</noscript>", true),
        ("<template>", "</template>", true),
        ("<select>", "</select>", false),
        ("<svg><foreignObject>", "</foreignObject></svg>", false),
        ("<a href=/x>", "</a>", false),
    ] {
        for html in [format!("{before}{BOX}{after}"), format!("{before}<iframe srcdoc=\"{BOX}\"></iframe>{after}")] {
            assert_eq!(rewritten(&html).is_some(), gives_way, "{html}");
        }
    }
}

/// What reads a feed sees tags where a browser sees a comment, which ends at the first `>` in it.
#[test]
fn cdata_of_a_feed_may_stand_in_a_page() {
    let image = format!("<img src='{DEAD}' onerror=ran(1) alt='\">'>");
    for before in [
        "<details><summary><![CDATA[<b title=\"><img src=x: title=\">",
        "<x:y><![CDATA[<b title=\"><img src=x: title=\">]]></x:y>",
        "<x:y><![CDATA[<b title='><svg>'>]]></x:y>",
        "<x:y><![CDATA[<b title=']]>'></x:y>",
        "<x:y><![CDATA[<svg><title/>]]></x:y>",
        "<x:y><![CDATA[<style>]]></x:y>",
        "<x:y><![CDATA[<!-- > -->]]></x:y>",
        "<x:y><![CDATA[<noscript>]]></x:y>",
    ] {
        assert_eq!(rewritten(&format!("{before}{image}")), None, "{before}");
    }
    for (before, images, sized) in [("", 1, 0), ("<p>", 1, 1), ("a > b", 1, 0), ("]]></x:y>", 2, 2), ("", 2, 1)] {
        let html = format!("<x:y><![CDATA[{before}{}]]></x:y>", image.replace("\">", "").repeat(images));
        let rewritten = rewritten(&html).unwrap();
        assert_eq!(
            (rewritten.matches("fresh._SL160_").count(), rewritten.matches(" width=").count()),
            (images, sized),
            "{html}"
        );
        assert_same_trees(&html, &rewritten).unwrap();
    }
}

/// A browser sees quotes and tags there that are none to us, and what is put in would be a part of others.
#[test]
fn a_frame_of_which_a_browser_decodes_more_is_left_as_it_is() {
    for hidden in ["&#60", "&#0000000000000000060;", "&lt", "&LT;", "&LT", "&nvlt;", "&#X3C"] {
        let html = format!("<iframe srcdoc=\"{hidden}/p title='>&lt;img src={DEAD} onerror=ran(1)>'>\"></iframe>");
        assert_eq!(rewritten(&html), None, "{html}");
    }
    let html = format!("<iframe srcdoc=\"<p title='?a&lt=1&copy=2&eacute;'><img src='{DEAD}'>\"></iframe>");
    let with_size = rewritten(&html).unwrap();
    assert!(with_size.contains(" width=&quot;120&quot;"), "{with_size}");
}
