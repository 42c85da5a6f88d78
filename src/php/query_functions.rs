//! The functions that ask page by page: searches, variations, categories.

use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::zend::BailoutGuard;
use serde_json::Value;

use crate::account::Account;
use crate::asin::Asin;
use crate::catalog::{Kind, LANGUAGES, PREFERENCES, Parameter, SEARCH};
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields, entries, loose_text};
use crate::php::input::OptionsArray;
use crate::php::output::Array;
use crate::php::run_input::{self, WANTED};
use crate::php::runtime::{self, Interrupted};
use crate::php::{parameter_input, query_output};
use crate::query::{BrowseNodes, Pages, Query, Series};
use crate::refresh::{Options, Stopped};
use crate::secret::Secret;
use crate::status::Status;

/// Products on a page where nothing else is asked for (Amazon's documentation).
const USUAL_COUNT: i64 = 10;

/// Adds all of them to the module.
pub fn register(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(creators_api_search_items))
        .function(wrap_function!(creators_api_get_variations))
        .function(wrap_function!(creators_api_get_browse_nodes))
}

/// Looks for products.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_search_items(
    account: &ZendHashTable,
    search: &ZendHashTable,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    let search = Fields { array: search, name: ArgPath::Whole("$search") };
    search.refuse_others(&SEARCH.map(|parameter| parameter.name))?;
    let mut values = parameter_input::read(&search, &SEARCH)?;
    let first = take_number(&mut values, "item_page").unwrap_or(1);
    let count = number(&values, "item_count").unwrap_or(USUAL_COUNT);
    let empty = ZendHashTable::new();
    let options = options.fields().unwrap_or(Fields { array: &empty, name: ArgPath::Whole("$options") });
    let [resources, raw] = WANTED;
    let input = run_input::in_turn(account, &options, &[resources, raw, "max_pages"], &[])?;
    pages(input, Series::Search(values.into()), &options, first, count)
}

/// The variations of a product.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_get_variations(account: &ZendHashTable, asin: &str, options: OptionsArray<'_>) -> PhpResult<Array> {
    const PAGES: [Parameter; 2] = [
        Parameter { name: "variation_count", kind: Kind::Number(1, 10) },
        Parameter { name: "variation_page", kind: Kind::Number(1, 1_000_000) },
    ];
    let mistake = || ArgumentError::Value("$asin must have ten letters or digits".to_owned());
    let asin = Asin::parse(asin).ok_or_else(mistake)?;
    let empty = ZendHashTable::new();
    let options = options.fields().unwrap_or(Fields { array: &empty, name: ArgPath::Whole("$options") });
    let [resources, raw] = WANTED;
    let [count, page] = PAGES.map(|parameter| parameter.name);
    let input = run_input::in_turn(account, &options, &[resources, raw, "max_pages", count, page], &PREFERENCES)?;
    let mut values = parameter_input::read(&options, &PAGES)?;
    let first = take_number(&mut values, page).unwrap_or(1);
    let count = number(&values, count).unwrap_or(USUAL_COUNT);
    pages(input, Series::Variations(asin, values.into()), &options, first, count)
}

/// Categories by their numbers.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_get_browse_nodes(
    account: &ZendHashTable,
    ids: &ZendHashTable,
    options: OptionsArray<'_>,
) -> PhpResult<Array> {
    let empty = ZendHashTable::new();
    let options = options.fields().unwrap_or(Fields { array: &empty, name: ArgPath::Whole("$options") });
    let input = run_input::in_turn(account, &options, &[], &[LANGUAGES])?;
    let ids = entries(ids).filter_map(|(_, id)| loose_text(id)).collect::<Vec<_>>();
    let runtime = runtime::current()?;
    let mut held = BailoutGuard::new(BrowseNodes::new(query(&runtime, input), ids));
    let nodes = held.get_mut();
    if let Err(interrupted) = runtime.drive(nodes.run()) {
        nodes.query().stop(stopped(interrupted));
    }
    Ok(query_output::nodes(nodes)?)
}

/// Who asks, how, and through which proxy.
pub type Input = (Account, Options, Option<Secret>);

fn pages(input: Input, series: Series, options: &Fields<'_>, first: i64, count: i64) -> PhpResult<Array> {
    let most = options.integer("max_pages", 1)?.unwrap_or(1);
    let runtime = runtime::current()?;
    let query = query(&runtime, input);
    let mut held = BailoutGuard::new(Pages::new(query, series, first, u64::try_from(most).unwrap_or(1), count));
    let pages = held.get_mut();
    if let Err(interrupted) = runtime.drive(pages.run()) {
        pages.query().stop(stopped(interrupted));
    }
    Ok(query_output::pages(pages)?)
}

/// The calls of one account.
pub fn query(runtime: &runtime::ThreadRuntime, (account, options, proxy): Input) -> Query {
    match proxy.map(|proxy| runtime.engine().with_proxy(proxy)) {
        None => Query::new(runtime.engine().clone(), account, options),
        Some(Ok(engine)) => Query::new(engine, account, options),
        Some(Err(error)) => {
            let mut query = Query::new(runtime.engine().clone(), account, options);
            query.stop(Stopped::by(&error));
            query
        }
    }
}

/// Why a call was not waited for.
pub fn stopped(interrupted: Interrupted) -> Stopped {
    let message = match interrupted {
        Interrupted::ByPhp => "A signal came, or PHP's own time limit.",
        Interrupted::ByFork => "This process is a child of the one that began.",
    };
    Stopped::here(Status::Interrupted, message)
}

fn number(values: &[(&'static str, Value)], name: &str) -> Option<i64> {
    values.iter().find(|(known, _)| *known == name)?.1.as_i64()
}

fn take_number(values: &mut Vec<(&'static str, Value)>, name: &str) -> Option<i64> {
    let taken = number(values, name);
    values.retain(|(known, _)| *known != name);
    taken
}
