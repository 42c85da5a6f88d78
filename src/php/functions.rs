//! The six functions. Their contract, with every array shape, stands in `php-stubs/creators_api.stub.php`.

use std::rc::Rc;

use ext_php_rs::convert::IntoZval;
use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::zend::BailoutGuard;

use crate::error::Error;
use crate::html;
use crate::php::fields::wrong_type;
use crate::php::input::{self, Callback, OptionsArray};
use crate::php::output::{self, Array, Page};
use crate::php::page_input::{self, Html, Shown};
use crate::php::runtime::{self, Halt, Process};
use crate::php::{settings, zend};
use crate::refresh::{Batch, Failed, Found, Refresh};
use crate::status::Status;
use crate::{check, token};

/// Adds all of them to the module.
pub fn register(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(creators_api_exchange_token))
        .function(wrap_function!(creators_api_test_credentials))
        .function(wrap_function!(creators_api_refresh_images))
        .function(wrap_function!(creators_api_find_images))
        .function(wrap_function!(creators_api_rewrite_images))
        .function(wrap_function!(creators_api_marketplaces))
}

/// Asks Amazon for a token.
#[php_function]
pub fn creators_api_exchange_token(account: &ZendHashTable) -> PhpResult<Array> {
    let credentials = input::credentials(account)?;
    let process = runtime::current()?;
    let engine = process.engine();
    let token = process
        .drive(token::exchange(&engine.http, &credentials))
        .map_err(|_| Error::Client("The exchange was interrupted.".to_owned()))??;
    engine.tokens.put(&credentials, token.clone());
    Ok(output::token(&token)?)
}

/// Tests accounts side by side.
#[php_function]
pub fn creators_api_test_credentials(accounts: &ZendHashTable) -> PhpResult<Array> {
    let candidates = input::candidates(accounts)?;
    let outcomes = match runtime::current() {
        Ok(process) => process
            .drive(check::check(process.engine(), &candidates))
            .unwrap_or_else(|_| check::not_asked(&candidates, Status::Interrupted, "The test was interrupted.")),
        Err(error) => check::not_asked(&candidates, error.status(), &error.to_string()),
    };
    Ok(output::outcomes(&outcomes)?)
}

/// Refreshes pictures in batches of ten.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_refresh_images(
    account: &ZendHashTable,
    asins: &ZendHashTable,
    on_batch: Option<Callback<'_>>,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    let account = input::account(account)?;
    let asins = input::asins(asins)?;
    let (options, proxy) = input::refresh_options(&options)?;
    let given = asins.iter().map(String::as_str);
    let prepared = runtime::current().and_then(|process| {
        let engine = match proxy {
            Some(proxy) => process.engine().with_proxy(proxy)?,
            None => process.engine().clone(),
        };
        Ok((process, engine))
    });
    let (process, engine) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            let (summary, malformed) = Refresh::not_begun(given, &error);
            return Ok(output::summary(&summary, &Found::new(), &malformed)?);
        }
    };
    let run = Refresh::new(engine, account, given, options);
    drop(asins);
    drive(&process, run, on_batch.as_ref())
}

/// A run and the process it belongs to.
struct Owned {
    process: Rc<Process>,
    run: Option<Refresh>,
}

impl Drop for Owned {
    fn drop(&mut self) {
        // In a forked child the calls in flight are the parent's; closing them here would disturb it.
        if !self.process.is_ours() {
            std::mem::forget(self.run.take());
        }
    }
}

/// Runs to the end, and hands every batch to the callback or keeps it. PHP is called between two turns of the
/// runtime, never within one.
fn drive(process: &Rc<Process>, run: Refresh, on_batch: Option<&Callback<'_>>) -> PhpResult<Array> {
    // A fatal error in the callback leaves this frame without running its destructors.
    let mut owned = BailoutGuard::new(Owned { process: Rc::clone(process), run: Some(run) });
    let Some(run) = owned.get_mut().run.as_mut() else { return Err("There is no run.".into()) };
    let (mut images, mut failed) = (Found::new(), Failed::new());
    loop {
        match process.drive(run.next_batch()) {
            Ok(None) => break,
            Ok(Some(batch)) => match on_batch {
                Some(callback) => {
                    if !wants_more(callback, batch)? {
                        run.stop(Status::Cancelled, "The callback returned false.");
                    }
                }
                None => {
                    images.extend(batch.images);
                    failed.extend(batch.failed);
                }
            },
            Err(Halt::Interrupted) => {
                run.stop(Status::Interrupted, "A signal came, or PHP's own time limit.");
                break;
            }
            Err(Halt::Forked) => {
                run.stop(Status::Interrupted, "This process is a child of the one that began.");
                break;
            }
        }
    }
    Ok(output::summary(&run.finish(), &images, &failed)?)
}

/// Calls back. What the callback throws stays pending in the engine and is thrown on from there. The batch is PHP's
/// alone by then: a fatal error in the callback frees nothing of ours.
fn wants_more(callback: &Callback<'_>, batch: Batch) -> PhpResult<bool> {
    let array = output::batch(&batch)?.into_zval(false)?;
    drop(batch);
    match zend::call(callback.0, array) {
        Some(answer) => Ok(!answer.is_false()),
        None => Err("The callback did not come to its end.".into()),
    }
}

/// Finds Amazon's pictures in a page.
#[php_function]
pub fn creators_api_find_images(html: Html<'_>) -> PhpResult<Array> {
    Ok(output::found(html::read(html.bytes).found())?)
}

/// Puts fresh pictures into a page.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_rewrite_images(
    html: Html<'_>,
    images: &ZendHashTable,
    options: OptionsArray<'_>,
) -> PhpResult<Page> {
    let mut shown = Shown::default();
    page_input::read_images(images, "$images", &mut shown)?;
    let chosen = page_input::rewrite_options(&options, &mut shown)?;
    let lookup = page_input::lookup(&options)?;
    let page = html::read(html.bytes);
    // A fatal error in the lookup leaves this frame without running its destructors.
    let mut held = BailoutGuard::new((page, shown, chosen));
    let (page, shown, chosen) = held.get_mut();
    if let Some(lookup) = lookup.filter(|_| page.found().next().is_some())
        && !look_up(&lookup, page, shown)?
    {
        return Ok(Page::Unchanged(html.value.shallow_clone()));
    }
    let endpoint = settings::api_endpoint();
    let defaults = html::Options::default();
    let options = html::Options {
        default_marketplace: chosen.default_marketplace,
        kinds: chosen.kinds.as_deref().unwrap_or(defaults.kinds),
        extra_host: endpoint.as_deref().and_then(html::host_of),
        fill_alt: chosen.fill_alt.unwrap_or(defaults.fill_alt),
        words: Some(&shown.words),
    };
    Ok(match page.rewrite(html.bytes, &shown.images, &options) {
        Some(rewritten) => Page::Rewritten(rewritten),
        None => Page::Unchanged(html.value.shallow_clone()),
    })
}

/// Asks the lookup for what is to be shown of what was found. Answers whether the page is to be touched at all. What the
/// lookup throws stays pending in the engine and is thrown on from there.
fn look_up(lookup: &Callback<'_>, page: &html::Page, shown: &mut Shown) -> PhpResult<bool> {
    let found = output::found(page.found())?.into_zval(false)?;
    let Some(answer) = zend::call(lookup.0, found) else { return Err("The lookup did not come to its end.".into()) };
    match answer.array() {
        Some(images) => page_input::read_images(images, LOOKUP, shown)?,
        None if answer.is_null() => return Ok(false),
        None => return Err(wrong_type(LOOKUP, "array|null", &answer).into()),
    }
    Ok(true)
}

/// What a mistake in the lookup's answer is told by.
const LOOKUP: &str = "$options['lookup']()";

/// The marketplaces of the Creators API.
#[php_function]
pub fn creators_api_marketplaces() -> PhpResult<Array> {
    Ok(output::marketplaces()?)
}
