//! `POST /catalog/v1/…`, as strict as Amazon.

mod authorization;
mod details;
mod files;
mod item;
mod reader;
pub mod refusal;
mod request;
mod resource;
mod response;

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName},
    response::Response,
};

use self::{refusal::Refusal, request::Request};
use crate::{
    account::Account,
    answer::Answer,
    fault::{Endpoint, Fault, altered, delivered, instead},
    server::World,
    visit::Visit,
};

pub use resource::Operation;

/// The operations and their paths.
pub const PATHS: [(&str, Operation); 8] = [
    ("/catalog/v1/getItems", Operation::GetItems),
    ("/catalog/v1/searchItems", Operation::SearchItems),
    ("/catalog/v1/getVariations", Operation::GetVariations),
    ("/catalog/v1/getBrowseNodes", Operation::GetBrowseNodes),
    ("/catalog/v1/listFeeds", Operation::List(&files::FEEDS)),
    ("/catalog/v1/getFeed", Operation::Get(&files::FEEDS)),
    ("/reports/v1/listReports", Operation::List(&files::REPORTS)),
    ("/reports/v1/getReport", Operation::Get(&files::REPORTS)),
];

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Answers one call: who calls, how often, what, and whether it may.
pub async fn call(
    operation: Operation,
    State(world): State<Arc<World>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let glimpse = request::glimpse(&body);
    visit.asks_for(glimpse.item_ids, glimpse.resources);
    let mut faults = Vec::new();
    let answer = match authorization::account(&world, &headers) {
        Ok(account) => {
            visit.identify(&account.name, Endpoint::GetItems);
            if world.accounts.admit(account, visit.started()) {
                faults = world.accounts.faults(account, Endpoint::GetItems);
                answer(operation, &world, account, &faults, &headers, &body)
            } else {
                Refusal::Throttled(Some(1)).answer()
            }
        }
        Err(refusal) => refusal.answer(),
    };
    let mut answer = answer.with(REQUEST_ID, &format!("sandbox-{:08}", visit.number()));
    altered::alter(&mut answer, &faults);
    tokio::time::sleep(world.latency).await;
    delivered::deliver(answer, &faults, &visit).await
}

fn answer(
    operation: Operation,
    world: &World,
    account: &Account,
    faults: &[Fault],
    headers: &HeaderMap,
    body: &[u8],
) -> Answer {
    instead::answer(faults, Endpoint::GetItems).unwrap_or_else(|| {
        Request::read(operation, headers, body)
            .and_then(|request| {
                permitted(account, &request, faults)?;
                response::answer(&request, &world.public_url)
            })
            .unwrap_or_else(Refusal::answer)
    })
}

/// What a well-formed request can still be refused for, in Amazon's order: the request first, then the account.
fn permitted(account: &Account, request: &Request, faults: &[Fault]) -> Result<(), Refusal> {
    if faults.contains(&Fault::RefuseHighRes) {
        request.without_high_res()?;
    }
    if let Some(tag) = &request.partner_tag
        && !account.owns_there(tag, request.marketplace)
    {
        let reason = if account.owns(tag) { "InvalidAssociate" } else { "InvalidPartnerTag" };
        return Err(Refusal::Invalid(reason.to_owned()));
    }
    for fault in faults {
        match fault {
            Fault::Invalid(reason) => return Err(Refusal::Invalid(reason.clone())),
            Fault::UnauthorizedItem(asin) if request.names(asin) => {
                return Err(Refusal::Unauthorized("InvalidToken".to_owned()));
            }
            Fault::Forbidden(reason) => return Err(Refusal::Forbidden(reason.clone())),
            _ => {}
        }
    }
    Ok(())
}
