//! The extension's own settings. `PHP_INI_SYSTEM`: no page of a site can point it elsewhere.

use std::ffi::CStr;
use std::time::Duration;

use ext_php_rs::flags::IniEntryPermission;
use ext_php_rs::zend::{IniEntryDef, IniEntryDefs};

use crate::http::Settings;
use crate::php::zend;

const API_ENDPOINT: &CStr = c"creators_api.api_endpoint";
const TOKEN_ENDPOINT: &CStr = c"creators_api.token_endpoint";
const CA_FILE: &CStr = c"creators_api.ca_file";
const CONNECT_TIMEOUT: &CStr = c"creators_api.connect_timeout";
const TIMEOUT: &CStr = c"creators_api.timeout";

static ENTRIES: IniEntryDefs<6> = IniEntryDefs::new([
    IniEntryDef::new(API_ENDPOINT, c"https://creatorsapi.amazon", IniEntryPermission::System),
    IniEntryDef::new(TOKEN_ENDPOINT, c"", IniEntryPermission::System),
    IniEntryDef::new(CA_FILE, c"", IniEntryPermission::System),
    IniEntryDef::new(CONNECT_TIMEOUT, c"5", IniEntryPermission::System),
    IniEntryDef::new(TIMEOUT, c"15", IniEntryPermission::System),
    IniEntryDef::end(),
]);

/// In MINIT.
pub fn register(module_number: i32) {
    IniEntryDef::register(ENTRIES.as_slice(), module_number);
}

/// The settings that hold now; a number that is none counts as its default.
pub fn current() -> Settings {
    let default = Settings::default();
    let seconds = |name, otherwise| {
        let value: Option<f64> = zend::ini(name).and_then(|value| value.parse().ok());
        value.filter(|seconds| *seconds > 0.0).and_then(|s| Duration::try_from_secs_f64(s).ok()).unwrap_or(otherwise)
    };
    Settings {
        api_endpoint: api_endpoint().unwrap_or(default.api_endpoint),
        token_endpoint: zend::ini(TOKEN_ENDPOINT),
        ca_file: zend::ini(CA_FILE).map(Into::into),
        connect_timeout: seconds(CONNECT_TIMEOUT, default.connect_timeout),
        timeout: seconds(TIMEOUT, default.timeout),
        proxy: None,
    }
}

/// `creators_api.api_endpoint`
pub fn api_endpoint() -> Option<String> {
    zend::ini(API_ENDPOINT)
}
