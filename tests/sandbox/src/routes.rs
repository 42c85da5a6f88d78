//! Which path is answered by what.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};

use crate::{catalog, control, fault::instead, picture, server::World, token, visit};

/// Every path; whatever is not under `/_sandbox` goes into the journal.
pub fn all(world: Arc<World>) -> Router {
    let mut observed = Router::new();
    for (path, operation) in catalog::PATHS {
        let call = move |world, visit, headers, body| catalog::call(operation, world, visit, headers, body);
        observed = observed.route(path, post(call));
    }
    let observed = observed
        .route("/oauth2/token", post(token::cognito))
        .route("/auth/o2/token", post(token::login_with_amazon))
        .route("/token", post(token::either))
        .route("/token/{version}", post(token::one_version))
        .route("/images/I/{file}", get(picture::show))
        .route(instead::REDIRECTED, any(redirected))
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(world.clone(), visit::record));
    Router::new()
        .route("/_sandbox/health", get(control::health))
        .route("/_sandbox/log", get(control::log))
        .route("/_sandbox/counters", get(control::counters))
        .route("/_sandbox/reset", post(control::reset))
        .route("/_sandbox/behaviour", post(control::behaviour))
        .merge(observed)
        .with_state(world)
}

/// What stands at every other path.
pub async fn not_found() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::NOT_FOUND, headers, r#"{"message":"Not Found"}"#).into_response()
}

async fn redirected() -> Response {
    let answer = instead::redirected();
    let body = Body::from(answer.body.to_string());
    (answer.status, answer.headers, body).into_response()
}
