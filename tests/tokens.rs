//! Tokens: bought once, kept, shared, and never for a pair that was just refused.

mod support;

use creators_api::account::GivenToken;
use creators_api::http::unix_now;
use creators_api::secret::Secret;
use creators_api::status::Status;
use creators_api::token;
use futures_util::future::join_all;
use serde_json::json;
use support::World;

#[tokio::test]
async fn many_runs_buy_one_token() {
    let world = World::new();
    for _ in 0..3 {
        assert_eq!(world.refresh(world.account("fine-2.1"), 5).await.counts(), (5, 0, 0, None));
    }
    assert_eq!(world.log("/token").await.len(), 1);
}

#[tokio::test]
async fn callers_at_the_same_time_buy_one_token() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": {"latency_ms": 200}, "at": "token"}])).await;
    let account = world.account("fine-3.1");
    let calls = (0..10).map(|_| world.engine.tokens.get(&world.engine.http, &account.credentials));
    assert!(join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(world.log("/token").await.len(), 1);
}

#[tokio::test]
async fn a_caller_that_stands_still_in_the_middle_does_not_hold_up_another_for_ever() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": {"latency_ms": 200}, "at": "token"}])).await;
    let account = world.account("fine-3.1");
    let mut suspended = Box::pin(world.engine.tokens.get(&world.engine.http, &account.credentials));
    tokio::select! {
        biased;
        _ = &mut suspended => panic!("no answer comes that fast"),
        () = tokio::task::yield_now() => {}
    }
    assert!(world.engine.tokens.get(&world.engine.http, &account.credentials).await.is_ok());
    // Its own time is over by then. That is no reason to forget the other's token.
    assert!(suspended.await.is_err());
    assert!(world.engine.tokens.get(&world.engine.http, &account.credentials).await.is_ok());
    assert_eq!(world.log("/token").await.len(), 2);
}

#[tokio::test]
async fn another_secret_is_another_token() {
    let world = World::new();
    world.refresh(world.account("fine-3.1"), 1).await;
    let mut other = world.account("fine-3.1");
    other.credentials.secret = Secret::new("wrong".to_owned());
    assert_eq!(world.refresh(other, 1).await.counts(), (0, 0, 1, Some("invalid_credentials")));
}

#[tokio::test]
async fn a_refused_pair_is_not_asked_about_again_at_once() {
    let world = World::new();
    let mut wrong = world.account("fine-3.1");
    wrong.credentials.secret = Secret::new("wrong".to_owned());
    for _ in 0..3 {
        let error = world.engine.tokens.get(&world.engine.http, &wrong.credentials).await.unwrap_err();
        assert_eq!(error.status(), Status::InvalidCredentials);
    }
    assert_eq!(world.log("/token").await.len(), 1);
}

#[tokio::test]
async fn a_given_token_is_used_while_it_lives() {
    let world = World::new();
    let mut account = world.account("fine-3.1");
    let token = token::exchange(&world.engine.http, &account.credentials).await.unwrap();
    account.given_token = Some(GivenToken { access_token: token.access_token, expires_at: token.expires_at });
    account.credentials.secret = Secret::new("not needed".to_owned());
    assert_eq!(world.refresh(account.clone(), 5).await.counts(), (5, 0, 0, None));

    account.given_token.as_mut().unwrap().expires_at = unix_now() + 10;
    assert_eq!(world.refresh(account, 5).await.counts(), (0, 0, 5, Some("invalid_credentials")));
}

#[tokio::test]
async fn a_token_that_does_not_say_how_long_it_lives_is_good() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": "token_without_lifetime"}])).await;
    assert_eq!(world.refresh(world.account("fine-3.1"), 5).await.counts(), (5, 0, 0, None));
}

#[tokio::test]
async fn a_stale_connection_costs_an_exchange_nothing() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": "stale_connection", "at": "token"}])).await;
    for _ in 0..4 {
        token::exchange(&world.engine.http, &world.account("fine-3.1").credentials).await.unwrap();
    }
}

#[tokio::test]
async fn a_given_token_that_no_header_can_carry_is_replaced() {
    let world = World::new();
    let mut account = world.account("fine-3.1");
    account.given_token = Some(GivenToken { access_token: Secret::new("a\nb".to_owned()), expires_at: 0 });
    assert_eq!(world.refresh(account, 5).await.counts(), (5, 0, 0, None));
}
