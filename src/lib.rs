//! Amazon's Creators API for PHP: the credential test, the token exchange, the batch image refresh, and the pictures
//! of Amazon found and rewritten in a page.
//!
//! Read from the top, each room rests on those above it; `php` alone knows a Zend type.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)
)]

pub mod account;
pub mod asin;
pub mod image;
pub mod image_cache;
pub mod item;
pub mod marketplace;
pub mod secret;
pub mod status;
mod sync;

pub mod foreign_text;

pub mod stored_image;

pub mod error;

pub mod http;
mod tls;

pub mod token;

pub mod rate_limit;

pub mod catalog;

pub mod engine;

pub mod refresh;

pub mod query;

pub mod check;

pub mod html;

#[cfg(feature = "php")]
mod php;
