//! A proxy: the caller's own goes before the environment's.

mod support;

use std::collections::BTreeSet;

use creators_api::refresh::{Options, Refresh};
use creators_api::secret::Secret;
use support::World;

fn fast() -> Options {
    Options { requests_per_second: 1000.0, ..Options::default() }
}

#[tokio::test]
async fn every_request_goes_through_the_callers_proxy() {
    // A host that nobody could reach directly.
    let world = World::with(sandbox::Options::default(), |settings| {
        settings.api_endpoint = "http://creatorsapi.invalid".to_owned();
        settings.token_endpoint = Some("http://token.invalid/token/{version}".to_owned());
    });
    let engine = world.engine.with_proxy(Secret::new(world.url().to_owned())).unwrap();
    let mut run = Refresh::new(engine, world.account("fine-3.1"), ["B00TSUGXKE"], Options::default());
    assert_eq!(run.next_batch().await.unwrap().items.len(), 1);

    let hosts: Vec<_> = world.log("/").await.iter().map(|entry| entry["host"].as_str().unwrap().to_owned()).collect();
    assert_eq!(hosts, ["token.invalid", "creatorsapi.invalid"]);
}

#[test]
fn a_proxy_that_is_no_url_is_an_error() {
    let world = World::new();
    assert!(world.engine.with_proxy(Secret::new("not a url at all".to_owned())).is_err());
}

#[tokio::test]
async fn who_names_a_proxy_again_uses_its_connections_again() {
    let world = World::new();
    for _ in 0..3 {
        let engine = world.engine.with_proxy(Secret::new(world.url().to_owned())).unwrap();
        let mut run = Refresh::new(engine, world.account("fine-3.1"), ["B00TSUGXKE"], fast());
        assert_eq!(run.next_batch().await.unwrap().items.len(), 1);
    }
    let connections: BTreeSet<_> =
        world.log("/").await.iter().map(|entry| entry["connection"].as_u64().unwrap()).collect();
    assert_eq!(connections.len(), 1);
}

#[tokio::test]
async fn many_proxies_come_in_any_order_and_each_works() {
    let world = World::new();
    for number in (0..20).chain(0..20) {
        let proxy = world.url().replace("//", &format!("//user:{number}@"));
        let engine = world.engine.with_proxy(Secret::new(proxy)).unwrap();
        let mut run = Refresh::new(engine, world.account("fine-3.1"), ["B00TSUGXKE"], fast());
        assert_eq!(run.next_batch().await.unwrap().items.len(), 1);
    }
}
