//! The edge to PHP, and the only place that knows a Zend type.

mod drive;
mod exception;
mod fields;
mod functions;
mod input;
mod lookup;
mod output;
mod page_input;
mod run_input;
mod runtime;
mod settings;
mod zend;

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ModuleEntry;
use ext_php_rs::{info_table_end, info_table_header, info_table_row, info_table_start};

/// The functions whose first parameter carries a secret.
const WITH_SECRETS: [&str; 4] = [
    "creators_api_exchange_token",
    "creators_api_test_credentials",
    "creators_api_refresh_images",
    "creators_api_refresh_accounts",
];

/// MINIT, which runs again where a server restarts PHP within its process.
extern "C" fn startup(_type: i32, module_number: i32) -> i32 {
    settings::register(module_number);
    for function in WITH_SECRETS {
        zend::mark_first_parameter_sensitive(function);
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
    info_table_row!("API", "Amazon Creators API (catalog v1, credentials 2.x and 3.x)");
    info_table_row!("TLS", "rustls");
    info_table_end!();
    zend::print_ini_entries(module);
}

/// What PHP finds in the library.
#[php_module]
#[php(startup = "startup")]
pub fn module(module: ModuleBuilder) -> ModuleBuilder {
    functions::register(module.name("creators_api").info_function(info))
}
