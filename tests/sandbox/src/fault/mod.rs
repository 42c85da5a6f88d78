//! What Amazon, or the network on the way, may do: the whole table of contents.
//!
//! A fault stands in an account's behaviour, in the accounts file or set while the server runs. Several can stand
//! together; they act in the order below, and those of one group in the order given.

pub mod altered;
pub mod delivered;
pub mod instead;

use serde::{Deserialize, Serialize};

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    // --- Another answer instead of the right one (`instead`) ---
    /// This status. At getItems with Amazon's InternalServerException, at the token endpoint with an HTML page.
    Status(u16),
    /// 429, with or without a word on how long to wait.
    Throttle {
        /// Where the wait is told.
        #[serde(default)]
        hint: RetryHint,
        /// How long it is.
        #[serde(default = "one_second")]
        seconds: u64,
    },
    /// 429 because the calls of the day are used up; the wait told is long.
    DailyQuota {
        /// Seconds until the next day.
        #[serde(default = "ten_hours")]
        seconds: u64,
    },
    /// 401 with this reason, known or not.
    Unauthorized(String),
    /// A redirect with this status to `/redirected`, which answers everything and logs what it was shown.
    Redirect(u16),

    // --- Refusals at their own place in the catalogue (`catalog`) ---
    /// 400 with this reason, after the request has been found valid.
    Invalid(String),
    /// 403 with this reason, after the request has been found valid.
    Forbidden(String),
    /// 401 `InvalidToken` for a request that names this product, whatever the token.
    UnauthorizedItem(String),
    /// 400 for a request that names a `highRes` picture.
    RefuseHighRes,

    // --- How long a token lives (`token`) ---
    /// The token says that it lives this many seconds, and does.
    TokenLifetime(u64),
    /// The token says that it lives an hour and dies after so many uses.
    TokenUses(u32),
    /// The token does not say how long it lives.
    TokenWithoutLifetime,

    // --- The right answer in other words, still readable (`altered`) ---
    /// `itemResults` for `itemsResult`.
    ItemResultsSpelling,
    /// `fieldList` as a list of plain names.
    StringFieldList,
    /// `__type` with a name space for `type`.
    UnderscoreType,
    /// A `null` for everything that may be absent.
    NullMembers,
    /// Members that nobody has heard of, everywhere.
    UnknownMembers,
    /// `75.0` for `75`.
    FloatNumbers,
    /// ASINs in lower case.
    LowerCaseAsins,
    /// Every item twice.
    DuplicateItems,
    /// One more item, which nobody asked for.
    UnaskedItem,
    /// The last item is left out, and no error says so.
    MissingItem,
    /// Every item is an error with a code that nobody has heard of; `itemsResult` is null.
    ErrorsOnly,
    /// Titles and sentences of so many characters more, control and bidi characters and markup among them.
    LoudWords(usize),
    /// `itemsResult` is a list.
    ResultList,

    // --- The right answer, badly written (`delivered`) ---
    /// Half of the body, as if it were all of it.
    TruncatedJson,
    /// Something that is no JSON.
    NotJson,
    /// No body.
    EmptyBody,
    /// A page for people instead of the body.
    HtmlBody,
    /// This content type on an unchanged body.
    ContentType(String),
    /// The body grown to this many bytes of valid JSON, its length not told.
    HugeBody(usize),
    /// The body compressed, asked for or not.
    Gzip,

    // --- The right answer, badly sent (`delivered`) ---
    /// Everything this much later.
    LatencyMs(u64),
    /// No answer, ever; the connection stays open.
    Hang,
    /// Half of the body and then nothing; the connection stays open.
    HangInBody,
    /// The body in drops.
    DripFeed {
        /// Size of a drop.
        bytes: usize,
        /// Time between two.
        every_ms: u64,
    },
    /// The connection is reset before the answer.
    ConnectionReset,
    /// The connection is reset in the middle of the body.
    ResetInBody,
    /// The connection is closed in the middle of the body.
    CutOff,
    /// The answer is fine, and the next request on this connection finds it reset.
    StaleConnection,
}

/// Where a 429 says how long to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryHint {
    /// Nowhere.
    None,
    /// `retryAfterSeconds` in the body, as Amazon documents it.
    #[default]
    Body,
    /// `Retry-After: 7`.
    HeaderSeconds,
    /// `Retry-After: Fri, 20 Nov 2026 10:39:00 GMT`.
    HeaderDate,
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The token exchange, by any of its paths.
    Token,
    /// Every call of the catalogue: they share one rate.
    GetItems,
}

/// A fault, where it strikes and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What goes wrong.
    pub fault: Fault,
    /// Where; left out: at getItems, or at the token endpoint for what concerns tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Endpoint>,
    /// How many calls are spared first.
    #[serde(default)]
    pub after: u32,
    /// How many calls are struck; left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

impl Rule {
    /// Where it strikes.
    pub fn endpoint(&self) -> Endpoint {
        self.at.unwrap_or(match self.fault {
            Fault::TokenLifetime(_) | Fault::TokenUses(_) | Fault::TokenWithoutLifetime => Endpoint::Token,
            _ => Endpoint::GetItems,
        })
    }

    /// Whether it strikes the call before which its endpoint saw `seen` others.
    pub fn strikes(&self, seen: u32) -> bool {
        seen >= self.after && self.times.is_none_or(|times| seen - self.after < times)
    }
}

fn one_second() -> u64 {
    1
}

fn ten_hours() -> u64 {
    36_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(after: u32, times: Option<u32>) -> Rule {
        Rule { fault: Fault::Hang, at: None, after, times }
    }

    #[test]
    fn a_rule_spares_and_strikes_as_many_as_it_says() {
        let rule = rule(1, Some(2));
        let struck: Vec<bool> = (0..5).map(|seen| rule.strikes(seen)).collect();
        assert_eq!(struck, [false, true, true, false, false]);
    }

    #[test]
    fn a_rule_without_a_number_strikes_always() {
        assert!((0..9).all(|seen| rule(0, None).strikes(seen)));
    }
}
