//! Services that hand out pictures of others: what address they wrap, and in what size they hand it out.
//!
//! They are told by what they wrap, not by their names: whose address holds another in its query or path, in any encoding, may
//! be one. Whether that other is a picture of Amazon's is for the reader of what is unwrapped.

use std::borrow::Cow;

use crate::html::host::Host;
use crate::html::size::Size;
use crate::html::url::{Url, decode, is_on};

/// Services whose paths name the host of what they wrap behind something of their own, without a scheme.
const WITHOUT_SCHEME: [&str; 8] = [
    "cdn.ampproject.org",
    "shortpixel.ai",
    "statically.io",
    "twic.pics",
    "cloudimg.io",
    "imgix.net",
    "discordapp.net",
    "dreamwidth.org",
];

/// What an address wraps, and the size.
#[must_use]
pub fn unwrap(text: &str) -> Option<(String, Option<Size>)> {
    let (host, path, query) = split(text)?;
    let (inner, directives) = in_query(query).or_else(|| in_path(host, path, query)).or_else(|| in_fragment(text))?;
    Some((inner, size(query, &directives)))
}

/// Host, path and query of an address with a host, or of one of the site's own.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    if let Some(url) = Url::parse(text) {
        return Some((url.host, url.path, url.query));
    }
    let text = text.trim();
    // With a scheme, or with a host that was not one, it is none of the site's own.
    if text.starts_with("//") || matches!(text.find([':', '/', '?', '#']), Some(at) if text.get(at..)?.starts_with(':'))
    {
        return None;
    }
    let text = text.split_once('#').map_or(text, |(text, _)| text);
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    Some(("", path, query))
}

/// `?url=https%3A%2F%2F…`, `?u=…`, `?src=…`: in whatever parameter.
fn in_query(query: &str) -> Option<(String, Cow<'static, str>)> {
    let mut rest = query;
    query.split(['&', ';']).find_map(|pair| {
        let own = rest;
        rest = rest.get(pair.len() + 1..).unwrap_or_default();
        let (name, value) = pair.split_once('=')?;
        // Where it is not encoded, all that follows is its own query.
        let value = if value.contains('?') { own.get(name.len() + 1..)? } else { value };
        let value = decode(value);
        let value = decode_slashes(value);
        let value = value.strip_prefix("ssl:").unwrap_or(&value);
        let inner = if value.contains("//") { value.to_owned() } else { format!("//{value}") };
        Host::of(Url::parse(&inner)?.host)?;
        Some((inner, Cow::Borrowed("")))
    })
}

/// Photon (`i0.wp.com/m.media-amazon.com/images/I/…`), web archives (`…/web/2016im_/https://…/images/I/…`), Cloudinary's
/// `fetch` and their like; what they wrap may keep its query behind theirs.
fn in_path(host: &str, path: &str, query: &str) -> Option<(String, Cow<'static, str>)> {
    let path = decode_slashes(decode(path));
    let (directives, inner) = match scheme(&path) {
        Some(at) => path.split_at_checked(at)?,
        None => {
            let may_lie_deeper = WITHOUT_SCHEME.iter().any(|service| is_on(host, service));
            let mut at = usize::from(path.starts_with('/'));
            loop {
                let (before, rest) = path.split_at_checked(at)?;
                let end = rest.find('/')?;
                if !host.is_empty() && Host::of(rest.get(..end)?).is_some() {
                    break (before, rest);
                }
                if !may_lie_deeper {
                    return None;
                }
                at += end + 1;
            }
        }
    };
    let inner = inner.trim_start_matches('/');
    // Of two query strings the one inside is nearer.
    let mark = if query.is_empty() || inner.contains('?') { "" } else { "?" };
    let own_query = if mark.is_empty() { "" } else { query };
    let behind_host = inner.split_once('/')?.1.split("/images/").next().unwrap_or_default();
    Some((format!("//{inner}{mark}{own_query}"), Cow::Owned(format!("{directives}/{behind_host}"))))
}

/// What a mailer shows of a letter's pictures: `https://ci3.googleusercontent.com/proxy/…#https://…`.
fn in_fragment(text: &str) -> Option<(String, Cow<'static, str>)> {
    let (_, inner) = text.split_once('#')?;
    Host::of(Url::parse(inner)?.host)?;
    Some((inner.to_owned(), Cow::Borrowed("")))
}

/// Decodes once more where even slashes are encoded.
fn decode_slashes(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains("%2F") || text.contains("%2f") { Cow::Owned(decode(&text).into_owned()) } else { text }
}

/// Where the address begins that a path holds with its scheme, of whose slashes a server may have lost one.
fn scheme(path: &str) -> Option<usize> {
    let by_scheme = ["https:/", "http:/"].iter().filter_map(|scheme| Some(path.rfind(scheme)? + scheme.len())).max();
    by_scheme.or_else(|| Some(path.rfind("//")? + 2))
}

/// `resize=300,200`, `fit=…`, `w=300`, `/w_300,h_200/`, `/width=300/`, `/w:300/h:200/`, `/tr:w-300/`, `/w300/`, `/300x200/`,
/// `/rs:fit:300:200/`, `/s_300x200/`, `/resize/300x/`.
fn size(query: &str, directives: &str) -> Option<Size> {
    const WIDTHS: [&str; 6] = ["w", "width", "maxwidth", "max-width", "resize_w", "imwidth"];
    const HEIGHTS: [&str; 6] = ["h", "height", "maxheight", "max-height", "resize_h", "imheight"];
    let parameters = || query.split(['&', ';', '/']).filter_map(|pair| pair.split_once('='));
    let boxed = ["resize", "fit"].iter().find_map(|name| {
        let (_, value) = parameters().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        let value = decode(value);
        let mut sides = value.split([',', 'x']).map(|side| side.trim().trim_start_matches('w').parse().ok());
        Size::within(sides.next()?, sides.next().flatten())
    });
    let side = |names: [&str; 6]| {
        let is_it = |key: &str| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        let in_query = parameters().find(|(key, _)| is_it(key));
        let in_query = in_query.and_then(|(_, value)| value.trim().trim_end_matches("px").parse::<u32>().ok());
        in_query.or_else(|| {
            directives.split(['/', ',', '+', '&', ';']).find_map(|directive| {
                let directive = directive.rsplit_once("tr:").map_or(directive, |(_, own)| own);
                let (key, value) =
                    directive.split_once(['_', '=', ':', '-']).or_else(|| directive.split_at_checked(1))?;
                is_it(key).then(|| value.parse::<u32>().ok()).flatten()
            })
        })
    };
    let by_sides = || Size::within(side(WIDTHS), side(HEIGHTS));
    let by_box = || parameters().find(|(key, _)| key.eq_ignore_ascii_case("size")).and_then(|(_, sides)| box_of(sides));
    boxed.or_else(by_sides).or_else(by_box).or_else(|| directives.split('/').find_map(box_of))
}

/// Both sides in one: `300x200`, `s_300x200`, `rs:fit:300:200`; the height may be left out: `300x`.
fn box_of(directive: &str) -> Option<Size> {
    let sides = match directive.split_once([':', '_']) {
        Some(("rs" | "resize" | "s" | "size", sides)) => sides.trim_start_matches(|c: char| !c.is_ascii_digit()),
        _ => directive,
    };
    let (width, height) = sides.split_once(['x', ':'])?;
    let height = height.split(':').next()?;
    let is_number = |side: &str| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit());
    let is_box = is_number(width) && (height.is_empty() || is_number(height));
    is_box.then(|| Size::within(width.parse().ok(), height.parse().ok())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INNER: &str = "//m.media-amazon.com/images/I/41.jpg";
    const ENCODED: &str = "m.media-amazon.com%2Fimages%2FI%2F41.jpg";

    /// What is unwrapped, as it is or without its scheme.
    fn unwrapped(text: &str) -> Option<String> {
        let inner = unwrap(text)?.0;
        Some(inner.trim_start_matches("https:").trim_start_matches("http:").to_owned())
    }

    #[test]
    fn addresses_in_a_query_are_unwrapped() {
        for before in [
            "https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2F@&f=1&nofb=1",
            "//images.weserv.nl/?url=@&w=300",
            "https://images.weserv.nl/?url=ssl:@",
            "https://wsrv.nl/?w=300&url=https%3a%2f%2f@",
            "/_next/image?url=https%3A%2F%2F@&w=640&q=75",
            "https://example.org/_next/image?url=https%253A%252F%252F@&w=640",
            "/wp-content/themes/x/timthumb.php?src=http://@&h=100",
            "timthumb.php?src=http://@&h=100",
            "https://images-blogger-opensocial.googleusercontent.com/gadgets/proxy?container=blogger&url=http%3A%2F%2F@&x",
            "https://th.bing.com/th/id/R.0?rik=a%3d&riu=http%3a%2f%2f@&ehk=b",
        ] {
            for inner in [INNER.trim_start_matches("//"), ENCODED] {
                let text = before.replace('@', inner);
                assert_eq!(unwrapped(&text).as_deref(), Some(INNER), "{text}");
            }
        }
    }

    #[test]
    fn what_follows_an_address_that_is_not_encoded_is_its_own() {
        let text =
            "https://wsrv.nl/?w=300&url=ws-na.amazon-adsystem.com/widgets/q?ServiceVersion=1&ASIN=B00TSUGXKE&tag=x-20";
        let inner = "//ws-na.amazon-adsystem.com/widgets/q?ServiceVersion=1&ASIN=B00TSUGXKE&tag=x-20";
        assert_eq!(unwrapped(text).as_deref(), Some(inner));
    }

    #[test]
    fn addresses_in_a_path_are_unwrapped() {
        for before in [
            "https://i0.wp.com/@",
            "https://web.archive.org/web/2016im_/http://@",
            "https://web.archive.org/web/2016im_/http:/@",
            "https://example.org/cdn-cgi/image/width=300,quality=75/https://@",
            "/cdn-cgi/image/width=300/https://@",
            "https://res.cloudinary.com/demo/image/fetch/w_300,f_auto/https://@",
            "https://res.cloudinary.com/demo/image/fetch/https%3A%2F%2F@",
            "https://x.i.optimole.com/w:160/h:160/q:mauto/https://@",
            "https://cdn.shortpixel.ai/spai/w_160+q_lossy+ret_img+to_webp/@",
            "https://sp-ao.shortpixel.ai/client/q_glossy,ret_img,w_300/https://@",
            "https://cdn.statically.io/img/@",
            "https://cdn.ampproject.org/ii/w820/s/@",
            "https://x.imgix.net/https%3A%2F%2F@",
            "https://ik.imagekit.io/x/tr:w-300/https://@",
            "https://images-ext-1.discordapp.net/external/Ab-c/https/@",
            "https://p2.dreamwidth.org/5f1e/-/@",
            "https://ci4.googleusercontent.com/proxy/Ab-c=s0-d-e1-ft#https://@",
        ] {
            let text = before.replace('@', INNER.trim_start_matches("//"));
            assert_eq!(unwrapped(&text).as_deref(), Some(INNER), "{text}");
        }
        let statically = "https://cdn.statically.io/img/m.media-amazon.com/w=300/images/I/41.jpg";
        assert_eq!(unwrapped(statically).as_deref(), Some("//m.media-amazon.com/w=300/images/I/41.jpg"));
    }

    #[test]
    fn what_wraps_nothing_is_no_proxy() {
        for text in [
            "",
            "/wp-content/uploads/m.media-amazon.com/images/I/41.jpg",
            "https://example.org/wp-content/uploads/m.media-amazon.com/images/I/41.jpg",
            "data:image/svg+xml,//m.media-amazon.com/images/I/41.jpg",
            "https://example.org/?url=",
            "https://example.org/?url=https%3A%2F%2Fexample.com%2Fm.media-amazon.com%2Fimages%2FI%2F41.jpg",
            "https://example.org/images/I/41.jpg?ref=amazon.com",
            "https://example.org/41.jpg#https://example.com/m.media-amazon.com/images/I/41.jpg",
        ] {
            assert_eq!(unwrapped(text), None, "{text}");
        }
    }

    #[test]
    fn a_proxy_says_how_large_it_hands_out() {
        for (own, width, height) in [
            ("https://i0.wp.com/@?resize=300%2C200&ssl=1", Some(300), Some(200)),
            ("https://i0.wp.com/@?fit=300,200&w=100", Some(300), Some(200)),
            ("https://i0.wp.com/@?w=300", Some(300), None),
            ("https://wsrv.nl/?url=@&h=200&w=300&fit=inside", Some(300), Some(200)),
            ("/cdn-cgi/image/width=300,height=200/https://@", Some(300), Some(200)),
            ("https://res.cloudinary.com/demo/image/fetch/h_200,c_fit/https://@", None, Some(200)),
            ("https://x.i.optimole.com/w:300/h:200/q:mauto/https://@", Some(300), Some(200)),
            ("https://cdn.shortpixel.ai/spai/w_300+q_lossy/@", Some(300), None),
            ("https://ik.imagekit.io/x/tr:w-300,h-200/https://@", Some(300), Some(200)),
            ("https://cdn.statically.io/img/m.media-amazon.com/f=auto,w=300/images/I/41.jpg", Some(300), None),
            ("https://demo.twic.pics/https://@?twic=v1/resize=300", Some(300), None),
            ("https://x.example/gadgets/proxy?url=@&container=focus&resize_w=300", Some(300), None),
            ("https://x.example/?maxwidth=300&maxheight=200&url=@", Some(300), Some(200)),
            ("https://x.example/?imwidth=300&url=@", Some(300), None),
            ("https://x.example/?width=300px&url=@", Some(300), None),
            ("https://x.example/?size=300x200&url=@", Some(300), Some(200)),
            ("https://x.example/?size=large&url=@", None, None),
            ("https://x.example/direct?resize=w300&url=@", Some(300), None),
            ("https://cdn.ampproject.org/ii/w300/s/@", Some(300), None),
            ("https://x.example/unsafe/fit-in/300x200/smart/https://@", Some(300), Some(200)),
            ("https://x.example/insecure/rs:fit:300:200:0/plain/https://@", Some(300), Some(200)),
            ("https://x.example/insecure/rs:fit:300:0/plain/https://@", Some(300), None),
            ("https://x.example/1x/https://@", None, None),
            ("https://i0.wp.com/@?resize=1", None, None),
            ("https://i0.wp.com/@?ssl=1", None, None),
            ("https://web.archive.org/web/2016im_/http://@", None, None),
        ] {
            let text = own.replace('@', INNER.trim_start_matches("//"));
            assert_eq!(unwrap(&text).unwrap().1, Size::within(width, height), "{text}");
        }
    }
}
