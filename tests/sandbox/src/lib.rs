//! A strict stand-in for Amazon's Creators API.
//!
//! ```text
//! token/      the token exchange: Cognito (2.x) and Login with Amazon (3.x)
//! catalog/    the calls of the catalogue: who, how often, what, whether; and their answers
//! catalogue   every well-formed ASIN is a product
//! picture/    its pictures, drawn
//! fault/      everything that may go wrong, and how it does
//! account, behaviour, rate    who calls and how each is treated
//! journal, visit, control     what was asked, for tests to read
//! server, routes, connection  the HTTP around it
//! version, marketplace, answer, headers    the words all of it shares
//! ```

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod account;
mod answer;
mod behaviour;
mod catalog;
mod catalogue;
mod connection;
mod control;
mod fault;
mod headers;
mod journal;
mod marketplace;
mod picture;
mod rate;
mod routes;
mod server;
mod token;
mod version;
mod visit;

pub use account::AccountsError;
pub use server::{Options, Sandbox, Server, StartError};
