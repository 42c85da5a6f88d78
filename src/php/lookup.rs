//! What a page is to show, asked of PHP or cached since pages before.

use std::sync::Arc;

use ext_php_rs::convert::IntoZval;
use ext_php_rs::prelude::*;

use crate::php::fields::wrong_type;
use crate::php::input::Callback;
use crate::php::page_input::{self, Replacements};
use crate::php::{memory_limit, output};
use crate::{html, image_cache};

/// What a mistake in the lookup's answer is told by.
const LOOKUP: &str = "$options['lookup']()";

/// The key under which the process caches what the lookup gives.
pub fn cache_key(memory: &Callback) -> PhpResult<Option<String>> {
    let Some(answer) = memory.call([]) else { return Err("The memory did not come to its end.".into()) };
    match answer.zend_str() {
        Some(name) => Ok(Some(String::from_utf8_lossy(name.as_bytes()).into_owned())),
        None if answer.is_null() => Ok(None),
        None => Err(wrong_type("$options['memory']()", "string|null", &answer).into()),
    }
}

/// Adds what is cached of what was found. Answers whether that is all there is to know.
pub fn from_cache(key: &str, page: &html::Page, kinds: &[html::Kind], replacements: &mut Replacements) -> bool {
    // A pixel is taken away, whatever its product.
    let is_shown = |found: &&html::Found| kinds.contains(&found.kind) && found.kind != html::Kind::TrackingPixel;
    let products = || page.found().filter(is_shown).filter_map(|found| Some((found, found.asin.as_ref()?)));
    if products().next().is_none() {
        return true;
    }
    let known = image_cache::with_cached(key, |images| {
        let mut known = Vec::new();
        for (found, asin) in products() {
            let marketplace = found.marketplace?.host;
            match images.get(marketplace, asin)? {
                // A box becomes a link: where the picture brings none, the page's own says where to.
                Some(image) if image.detail_page_url.is_some() || found.kind != html::Kind::ProductIframe => {
                    known.push((marketplace, asin.clone(), Arc::clone(image)));
                }
                Some(_) => return None,
                None => {}
            }
        }
        Some(known)
    });
    let Some(known) = known.flatten() else { return false };
    for (marketplace, asin, image) in known {
        replacements.images.insert(marketplace, asin, image);
    }
    true
}

/// Asks the lookup for what is to be shown of what was found, and remembers it. Answers whether the page is to be touched at
/// all. What the lookup throws stays pending in the engine and is thrown on from there.
pub fn look_up(
    lookup: &Callback,
    page: &html::Page,
    key: Option<&str>,
    replacements: &mut Replacements,
) -> PhpResult<bool> {
    if !memory_limit::has_room_for(output::size_of_found(page)) {
        return Ok(false);
    }
    let found = output::found(page)?.into_zval(false)?;
    let Some(answer) = lookup.call([found]) else { return Err("The lookup did not come to its end.".into()) };
    match answer.array() {
        Some(images) => {
            let cached = page_input::parse_replacements(images, replacements);
            if let Some(key) = key {
                image_cache::insert(key, cached);
            }
        }
        None if answer.is_null() => return Ok(false),
        None => return Err(wrong_type(LOOKUP, "array|null", &answer).into()),
    }
    Ok(true)
}
