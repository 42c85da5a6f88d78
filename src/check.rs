//! The credential test: a token, then one catalog call, and one word for what came of it.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::account::{Account, CredentialVersion, Credentials, Family};
use crate::asin::Asin;
use crate::catalog::{self, HighRes, Question, Wanted};
use crate::engine::Engine;
use crate::error::Error;
use crate::http::Http;
use crate::marketplace::Marketplace;
use crate::rate_limit;
use crate::secret::Secret;
use crate::status::Status;
use crate::token::{self, Token};

/// A product of Amazon's own documentation. Whether it exists does not matter: a 404 proves access as well.
const PROBE: &str = "B09B2SBHQK";

/// The rate of every new account; a test keeps to it where several accounts share one credential.
const CALLS_PER_SECOND: f64 = 1.0;

/// Amazon says the same for two things that call for different patience (its FAQ on the Creators API).
const NOT_ELIGIBLE: &str = "This can mean fewer than ten qualified sales in the last 30 days, or credentials younger \
                            than 48 hours.";

/// What a person typed into a form, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Credential id.
    pub credential_id: String,
    /// Credential secret.
    pub credential_secret: Secret,
    /// `2.1` … `3.3`, or nothing: worked out.
    pub credential_version: String,
    /// The marketplace's host.
    pub marketplace: String,
    /// Partner tag.
    pub partner_tag: String,
}

/// How far a test came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What was typed cannot be right; Amazon was not asked.
    Input,
    /// The token exchange.
    Token,
    /// The call of getItems.
    Catalog,
}

impl Stage {
    /// The word in arrays.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Token => "token",
            Self::Catalog => "catalog",
        }
    }
}

/// What came of a test.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// `ok`, or why not.
    pub status: Status,
    /// The last step taken.
    pub stage: Stage,
    /// As typed.
    pub marketplace: String,
    /// The version that was used.
    pub credential_version: Option<CredentialVersion>,
    /// Of the answer that decided.
    pub http_status: Option<u16>,
    /// Amazon's word.
    pub reason: Option<String>,
    /// Amazon's sentence, or ours.
    pub message: String,
    /// The version that does accept this pair.
    pub works_with: Option<CredentialVersion>,
    /// How long the token exchange took.
    pub token_latency: Option<Duration>,
    /// How long getItems took.
    pub catalog_latency: Option<Duration>,
}

/// Tests all accounts side by side; the answers stand in the order of the questions. The same question asked twice is
/// asked of Amazon once.
pub async fn check(engine: &Engine, candidates: &[Candidate]) -> Vec<Outcome> {
    let mut questions: Vec<&Candidate> = Vec::new();
    let mut which = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let known = questions.iter().position(|question| *question == candidate);
        which.push(known.unwrap_or(questions.len()));
        if known.is_none() {
            questions.push(candidate);
        }
    }
    let answers = join_all(questions.into_iter().map(|question| check_one(engine, question))).await;
    which.into_iter().filter_map(|index| answers.get(index).cloned()).collect()
}

/// The answers where Amazon could not be asked at all.
#[must_use]
pub fn not_asked(candidates: &[Candidate], status: Status, message: &str) -> Vec<Outcome> {
    let outcome =
        |candidate| Outcome { status, stage: Stage::Token, message: message.to_owned(), ..Outcome::new(candidate) };
    candidates.iter().map(outcome).collect()
}

async fn check_one(engine: &Engine, candidate: &Candidate) -> Outcome {
    let mut outcome = Outcome::new(candidate);
    let account = match account_from(candidate) {
        Ok(account) => account,
        Err((status, message)) => {
            outcome.status = status;
            outcome.message = message;
            return outcome;
        }
    };
    outcome.marketplace = account.marketplace.host.to_owned();
    outcome.credential_version = Some(account.credentials.version);

    outcome.stage = Stage::Token;
    let started = Instant::now();
    // Known before any call, but only a look: the family that it speaks for is asked, and the version that was typed
    // only if that family does not know the pair.
    if speaks_against_its_version(&account.credentials) {
        let is_likely = |version: CredentialVersion| version.family == Family::LoginWithAmazon;
        if let Some(version) = other_version(&engine.http, &account, is_likely).await {
            outcome.token_latency = Some(started.elapsed());
            outcome.belongs_to(version);
            return outcome;
        }
    }
    let exchanged = token::exchange(&engine.http, &account.credentials).await;
    outcome.token_latency = Some(started.elapsed());
    let token = match exchanged {
        Ok(token) => token,
        Err(error) => {
            outcome.failed(&error);
            if matches!(error.status(), Status::InvalidCredentials | Status::Rejected)
                && let Some(version) = other_version(&engine.http, &account, |_| true).await
            {
                outcome.belongs_to(version);
            }
            return outcome;
        }
    };
    engine.tokens.put(&account.credentials, token.clone());

    outcome.stage = Stage::Catalog;
    let (answered, latency) = probe(engine, &account, token).await;
    outcome.catalog_latency = Some(latency);
    match answered {
        Ok(()) => {
            outcome.http_status = Some(200);
            "Amazon accepts these credentials.".clone_into(&mut outcome.message);
        }
        Err(Error::Refused(refusal)) if refusal.http_status == 404 => {
            outcome.http_status = Some(404);
            outcome.reason = refusal.reason;
            "Amazon accepts these credentials.".clone_into(&mut outcome.message);
        }
        Err(error) => outcome.failed(&error),
    }
    outcome
}

impl Outcome {
    fn new(candidate: &Candidate) -> Self {
        Self {
            status: Status::Ok,
            stage: Stage::Input,
            marketplace: candidate.marketplace.clone(),
            credential_version: CredentialVersion::parse(&candidate.credential_version),
            http_status: None,
            reason: None,
            message: String::new(),
            works_with: None,
            token_latency: None,
            catalog_latency: None,
        }
    }

    fn belongs_to(&mut self, version: CredentialVersion) {
        self.status = Status::WrongVersion;
        self.works_with = Some(version);
        self.message = format!("This pair of id and secret belongs to version {version}.");
    }

    fn failed(&mut self, error: &Error) {
        self.status = error.status();
        self.http_status = error.http_status();
        self.reason = error.reason().map(str::to_owned);
        self.message = match self.status {
            Status::NotEligible => format!("{error} {NOT_ELIGIBLE}"),
            _ => error.to_string(),
        };
    }
}

/// What cannot be right is found here, before any call.
fn account_from(candidate: &Candidate) -> Result<Account, (Status, String)> {
    let wrong = |status, message: &str| Err((status, message.to_owned()));
    if candidate.credential_id.is_empty() {
        return wrong(Status::InvalidCredentials, "The credential id is blank.");
    }
    if [candidate.credential_id.as_str(), candidate.credential_secret.expose()]
        .into_iter()
        .any(Credentials::is_pa_api_key)
    {
        return wrong(
            Status::InvalidCredentials,
            "This is an access key of the Product Advertising API, which Amazon retired on 15 May 2026. The Creators API \
             needs credentials of its own.",
        );
    }
    if candidate.credential_secret.is_empty() {
        return wrong(Status::InvalidCredentials, "The credential secret is blank.");
    }
    if candidate.credential_id.starts_with("amzn1.oa2-cs.") {
        return wrong(Status::InvalidCredentials, "The secret stands in the place of the credential id.");
    }
    let Some(marketplace) = Marketplace::by_host(&candidate.marketplace) else {
        return wrong(Status::WrongMarketplace, "The Creators API does not serve this marketplace.");
    };
    if candidate.partner_tag.is_empty() {
        return wrong(Status::WrongPartnerTag, "The partner tag is blank.");
    }
    if candidate.partner_tag.chars().count() > 64 {
        return wrong(Status::WrongPartnerTag, "The partner tag is longer than 64 characters.");
    }
    let version = if candidate.credential_version.is_empty() {
        Credentials::likely_version(&candidate.credential_id, &candidate.credential_secret, marketplace.region)
    } else {
        match CredentialVersion::parse(&candidate.credential_version) {
            Some(version) => version,
            None => return wrong(Status::WrongVersion, "The versions are 2.1, 2.2, 2.3, 3.1, 3.2 and 3.3."),
        }
    };
    Ok(Account {
        credentials: Credentials {
            id: candidate.credential_id.clone(),
            secret: candidate.credential_secret.clone(),
            version,
        },
        marketplace,
        partner_tag: candidate.partner_tag.clone(),
        given_token: None,
    })
}

/// One product, without the resource that some accounts may be refused; and how long Amazon took over it. A token that
/// has died is replaced once.
async fn probe(engine: &Engine, account: &Account, token: Token) -> (Result<(), Error>, Duration) {
    let question = Question::Items(Asin::parse(PROBE).into_iter().collect());
    let wanted = Wanted::default();
    let call = async |token: &Token| {
        let flight = rate_limit::acquire(&account.credentials.id, CALLS_PER_SECOND).await;
        let started = Instant::now();
        let on_sent = flight.on_sent();
        let answered = catalog::ask(&engine.http, account, token, &question, &wanted, HighRes::LeftOut, on_sent).await;
        (answered.map(drop), started.elapsed())
    };
    let mut first = call(&token).await;
    if first.0.as_ref().is_err_and(Error::is_stale_connection) {
        first = call(&token).await;
    }
    match &first.0 {
        Err(error) if matches!(error.reason(), Some("TokenExpired" | "InvalidToken")) => {
            engine.tokens.forget(&account.credentials, &token);
            match engine.tokens.get(&engine.http, &account.credentials).await {
                Ok(token) => call(&token).await,
                Err(error) => (Err(error), first.1),
            }
        }
        _ => first,
    }
}

fn speaks_against_its_version(credentials: &Credentials) -> bool {
    credentials.version.family == Family::Cognito
        && Credentials::is_login_with_amazon(&credentials.id, &credentials.secret)
}

/// Another version that accepts the pair; those that `may` be are asked side by side.
async fn other_version(
    http: &Http,
    account: &Account,
    may: impl Fn(CredentialVersion) -> bool,
) -> Option<CredentialVersion> {
    let request = |version: CredentialVersion| (http.settings().token_url(version), version.family);
    let mut asked = vec![request(account.credentials.version)];
    let mut versions = Vec::new();
    // Two versions whose request is the same one, as behind a token endpoint of one's own, are asked about once: in
    // the name of the marketplace's region.
    let (near, far): (Vec<_>, Vec<_>) =
        CredentialVersion::ALL.into_iter().partition(|version| version.region == account.marketplace.region);
    for version in near.into_iter().chain(far) {
        if may(version) && !asked.contains(&request(version)) {
            asked.push(request(version));
            versions.push(version);
        }
    }
    let attempts = versions.into_iter().map(|version| {
        let credentials = Credentials { version, ..account.credentials.clone() };
        async move { token::exchange(http, &credentials).await.is_ok().then_some(version) }
    });
    join_all(attempts).await.into_iter().flatten().next()
}
