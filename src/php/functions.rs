//! The functions. Their contract, with every array shape, stands in `php-stubs/`.

use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::zend::BailoutGuard;

use crate::error::Error;
use crate::html;
use crate::php::event_loop::{self, Callbacks, Run, drive};
use crate::php::fields::Key;
use crate::php::input::{self, Callback, OptionsArray};
use crate::php::output::{self, Array, PageHtml};
use crate::php::page_input::{self, Html, Replacements};
use crate::php::run_input::{self, RunInput, Told};
use crate::php::runtime;
use crate::php::{lookup, memory_limit, settings};
use crate::status::Status;
use crate::{check, token};

/// Adds all of them to the module.
pub fn register(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(creators_api_exchange_token))
        .function(wrap_function!(creators_api_test_credentials))
        .function(wrap_function!(creators_api_refresh_images))
        .function(wrap_function!(creators_api_refresh_accounts))
        .function(wrap_function!(creators_api_refresh_items))
        .function(wrap_function!(creators_api_get_items))
        .function(wrap_function!(creators_api_find_images))
        .function(wrap_function!(creators_api_rewrite_images))
        .function(wrap_function!(creators_api_marketplaces))
}

/// Asks Amazon for a token.
#[php_function]
pub fn creators_api_exchange_token(account: &ZendHashTable) -> PhpResult<Array> {
    let credentials = input::credentials(account)?;
    let runtime = runtime::current()?;
    let engine = runtime.engine();
    let token = runtime
        .drive(token::exchange(&engine.http, &credentials))
        .map_err(|_| Error::Client("The exchange was interrupted.".to_owned()))??;
    engine.tokens.put(&credentials, token.clone());
    // Where PHP's memory ends while an array is made, this frame may be left without its destructors.
    let token = BailoutGuard::new(token);
    Ok(output::token(token.get())?)
}

/// Tests accounts side by side.
#[php_function]
pub fn creators_api_test_credentials(accounts: &ZendHashTable) -> PhpResult<Array> {
    let candidates = input::candidates(accounts);
    let outcomes = match runtime::current() {
        Ok(runtime) => runtime
            .drive(check::check(runtime.engine(), &candidates))
            .unwrap_or_else(|_| check::not_asked(&candidates, Status::Interrupted, "The test was interrupted.")),
        Err(error) => check::not_asked(&candidates, error.status(), &error.to_string()),
    };
    let outcomes = BailoutGuard::new(outcomes);
    Ok(output::outcomes(outcomes.get())?)
}

/// Refreshes pictures in batches of ten.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_refresh_images(
    account: &ZendHashTable,
    asins: &ZendHashTable,
    on_batch: Option<Callback>,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    refresh(RunInput::of_arguments(account, asins, &options, Told::Images)?, on_batch)
}

/// Refreshes all that there is to know of products.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_refresh_items(
    account: &ZendHashTable,
    asins: &ZendHashTable,
    on_batch: Option<Callback>,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    refresh(RunInput::of_arguments(account, asins, &options, Told::Items)?, on_batch)
}

/// Asks for a few products.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_get_items(
    account: &ZendHashTable,
    asins: &ZendHashTable,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    refresh(RunInput::of_arguments(account, asins, &options, Told::Items)?, None)
}

/// One run by itself.
fn refresh(run: RunInput, on_batch: Option<Callback>) -> PhpResult<Array> {
    let runs =
        BailoutGuard::new(drive(vec![(Key::Long(0), Ok(run))], &Callbacks { on_batch, ..Callbacks::default() })?);
    let result = runs.first().map(Run::result).transpose()?.flatten();
    result.ok_or_else(|| "The run did not come to its end.".into())
}

/// Refreshes the pictures of several accounts side by side.
#[php_function]
pub fn creators_api_refresh_accounts(
    runs: &ZendHashTable,
    on_batch: Option<Callback>,
    on_end: Option<Callback>,
    next_asins: Option<Callback>,
) -> PhpResult<Array> {
    let callbacks = Callbacks { on_batch, on_end, next_asins, by_key: true };
    let runs = BailoutGuard::new(drive(run_input::runs(runs, callbacks.next_asins.is_some()), &callbacks)?);
    event_loop::results(runs.get())
}

/// Finds Amazon's pictures in a page.
#[php_function]
pub fn creators_api_find_images(html: Html<'_>) -> PhpResult<Array> {
    let page = BailoutGuard::new(html::Page::read(html.bytes));
    Ok(output::found(&page)?)
}

/// Puts fresh pictures into a page.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_rewrite_images(
    html: Html<'_>,
    images: &ZendHashTable,
    options: OptionsArray<'_>,
) -> PhpResult<PageHtml> {
    let mut replacements = Replacements::default();
    page_input::read_images(images, &mut replacements);
    let chosen = page_input::rewrite_options(&options, &mut replacements)?;
    let asked = page_input::callable(&options, "lookup")?;
    let memory = page_input::callable(&options, "memory")?;
    let defaults = html::RewriteOptions::default();
    let page = html::Page::read_with(
        html.bytes,
        chosen.markdown.unwrap_or(true),
        chosen.kinds.as_deref().unwrap_or(defaults.kinds),
    );
    // A fatal error in a callback leaves this frame without running its destructors.
    let mut held = BailoutGuard::new((page, replacements, chosen, None));
    let (page, replacements, chosen, key) = held.get_mut();
    let kinds = chosen.kinds.as_deref().unwrap_or(defaults.kinds);
    if !page.found().any(|found| kinds.contains(&found.kind)) {
        return Ok(PageHtml::Unchanged(html.value.shallow_clone()));
    }
    if let Some(asked) = asked {
        if let Some(memory) = memory {
            *key = lookup::cache_key(&memory)?;
        }
        let is_known = key.as_deref().is_some_and(|key| lookup::from_cache(key, page, kinds, replacements));
        if !is_known && !lookup::look_up(&asked, page, key.as_deref(), replacements)? {
            return Ok(PageHtml::Unchanged(html.value.shallow_clone()));
        }
    }
    let endpoint = settings::api_endpoint();
    let options = html::RewriteOptions {
        default_marketplace: chosen.default_marketplace,
        kinds,
        extra_host: endpoint.as_deref().and_then(html::host_of),
        fill_alt: chosen.fill_alt.unwrap_or(defaults.fill_alt),
        fallback_text: Some(&replacements.fallback_text),
    };
    let edits = page.edits(html.bytes, &replacements.images, &options);
    Ok(match edits.filter(|edits| memory_limit::has_room_for(edits.length())) {
        Some(edits) => PageHtml::Rewritten(html.value.shallow_clone(), BailoutGuard::new(edits)),
        None => PageHtml::Unchanged(html.value.shallow_clone()),
    })
}

/// The marketplaces of the Creators API.
#[php_function]
pub fn creators_api_marketplaces() -> PhpResult<Array> {
    Ok(output::marketplaces()?)
}
