//! The edge to PHP, and the only place that knows a Zend type.

mod event_loop;
mod exception;
mod fields;
mod file_functions;
mod functions;
mod input;
mod item_output;
mod lookup;
mod memory_limit;
mod output;
mod page_input;
mod parameter_input;
mod query_functions;
mod query_output;
mod run_input;
mod runtime;
mod settings;
mod zend;

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ModuleEntry;
use ext_php_rs::{info_table_end, info_table_header, info_table_row, info_table_start};

/// The parameters that carry a secret: accounts, and options with the password of a proxy.
const WITH_SECRETS: [(&str, u32); 23] = [
    ("creators_api_exchange_token", 0),
    ("creators_api_test_credentials", 0),
    ("creators_api_refresh_images", 0),
    ("creators_api_refresh_images", 3),
    ("creators_api_refresh_accounts", 0),
    ("creators_api_refresh_items", 0),
    ("creators_api_refresh_items", 3),
    ("creators_api_get_items", 0),
    ("creators_api_get_items", 2),
    ("creators_api_search_items", 0),
    ("creators_api_search_items", 2),
    ("creators_api_get_variations", 0),
    ("creators_api_get_variations", 2),
    ("creators_api_get_browse_nodes", 0),
    ("creators_api_get_browse_nodes", 2),
    ("creators_api_list_feeds", 0),
    ("creators_api_list_feeds", 1),
    ("creators_api_get_feed", 0),
    ("creators_api_get_feed", 2),
    ("creators_api_list_reports", 0),
    ("creators_api_list_reports", 1),
    ("creators_api_get_report", 0),
    ("creators_api_get_report", 2),
];

/// MINIT, which runs again where a server restarts PHP within its process.
extern "C" fn startup(_type: i32, module_number: i32) -> i32 {
    settings::register(module_number);
    for (function, parameter) in WITH_SECRETS {
        zend::mark_sensitive(function, parameter);
    }
    match exception::register() {
        Ok(()) => 0,
        Err(_) => -1,
    }
}

/// `phpinfo()` and `php --ri`.
extern "C" fn info(module: *mut ModuleEntry) {
    info_table_start!();
    info_table_header!("creators_api", "enabled");
    info_table_row!("Version", env!("CARGO_PKG_VERSION"));
    info_table_row!("Commit", env!("CREATORS_API_COMMIT"));
    info_table_row!("Target", env!("CREATORS_API_TARGET"));
    info_table_row!("API", "Amazon Creators API (catalog v1, credentials 2.x and 3.x)");
    info_table_row!("TLS", "rustls");
    info_table_end!();
    zend::print_ini_entries(module);
}

/// What PHP finds in the library.
#[php_module]
#[php(startup = "startup")]
pub fn module(module: ModuleBuilder) -> ModuleBuilder {
    let module = functions::register(module.name("creators_api").info_function(info));
    file_functions::register(query_functions::register(module))
}
