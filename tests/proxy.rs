//! A proxy: the caller's own goes before the environment's.

mod support;

use creators_api::refresh::{Options, Refresh};
use support::World;

#[tokio::test]
async fn every_request_goes_through_the_callers_proxy() {
    // A host that nobody could reach directly.
    let world = World::with(sandbox::Options::default(), |settings| {
        settings.api_endpoint = "http://creatorsapi.invalid".to_owned();
        settings.token_endpoint = Some("http://token.invalid/token/{version}".to_owned());
    });
    let engine = world.engine.with_proxy(world.url().to_owned()).unwrap();
    let mut run = Refresh::new(engine, world.account("fine-3.1"), ["B00TSUGXKE"], Options::default());
    assert_eq!(run.next_batch().await.unwrap().images.len(), 1);

    let hosts: Vec<_> = world.log("/").await.iter().map(|entry| entry["host"].as_str().unwrap().to_owned()).collect();
    assert_eq!(hosts, ["token.invalid", "creatorsapi.invalid"]);
}

#[test]
fn a_proxy_that_is_no_url_is_an_error() {
    let world = World::new();
    assert!(world.engine.with_proxy("not a url at all".to_owned()).is_err());
}
