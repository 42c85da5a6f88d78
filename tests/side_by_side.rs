//! Several runs at once: none waits for another, and each is told of by its own name.

mod support;

use std::time::{Duration, Instant};

use creators_api::account::Account;
use creators_api::refresh::{Event, Options, Refresh, SideBySide, Supply};
use creators_api::status::Status;
use serde_json::json;
use support::World;

fn run(world: &World, account: Account, products: usize, options: Options) -> Refresh {
    let asins: Vec<String> = (0..products).map(|n| format!("B0{n:08}")).collect();
    Refresh::new(world.engine.clone(), account, asins.iter().map(String::as_str), options)
}

fn fast() -> Options {
    Options { requests_per_second: 1000.0, ..Options::default() }
}

/// What is told of, in order: a name and how many products, or a name and why it ended.
async fn told(runs: &mut SideBySide<&'static str>) -> Option<String> {
    Some(match runs.next().await? {
        Event::Batch(name, batch) => format!("{name} {}", batch.items.len()),
        Event::Demand { key, .. } => format!("{key} asks"),
        Event::Ended(name, summary) => {
            format!("{name} {}", summary.stopped.map_or("ends", |stopped| stopped.status.as_str()))
        }
    })
}

#[tokio::test]
async fn a_run_whose_answers_take_long_does_not_hold_up_the_others() {
    let world = World::new();
    world.faults("fine-2.1", json!([{"fault": {"latency_ms": 1500}}])).await;
    let mut runs = SideBySide::default();
    runs.add("slow", run(&world, world.account("fine-2.1"), 10, fast()));
    runs.add("quick", run(&world, world.account("fine-3.1"), 20, fast()));
    assert_eq!(told(&mut runs).await.unwrap(), "quick 10");
    assert_eq!(told(&mut runs).await.unwrap(), "quick 10");
    assert_eq!(told(&mut runs).await.unwrap(), "quick ends");
    // One that comes later is at work at once.
    runs.add("third", run(&world, world.account("fine-2.2"), 5, fast()));
    assert_eq!(told(&mut runs).await.unwrap(), "third 5");
    assert_eq!(told(&mut runs).await.unwrap(), "third ends");
    assert_eq!(told(&mut runs).await.unwrap(), "slow 10");
    assert_eq!(told(&mut runs).await.unwrap(), "slow ends");
    assert!(told(&mut runs).await.is_none());
}

#[tokio::test]
async fn a_run_that_is_refused_ends_alone() {
    let world = World::new();
    let mut runs = SideBySide::default();
    runs.add("refused", run(&world, world.account("not-eligible"), 10, fast()));
    runs.add("good", run(&world, world.account("fine-3.1"), 30, fast()));
    let mut all = Vec::new();
    while let Some(one) = told(&mut runs).await {
        all.push(one);
    }
    all.sort();
    assert_eq!(all, ["good 10", "good 10", "good 10", "good ends", "refused not_eligible"]);
}

#[tokio::test]
async fn a_delay_holds_up_its_own_run_alone_and_the_deadline_counts_from_its_end() {
    let world = World::new();
    let mut runs = SideBySide::default();
    let later = Options { delay: Duration::from_millis(600), deadline: Some(Duration::from_millis(500)), ..fast() };
    runs.add("later", run(&world, world.account("fine-2.1"), 10, later.clone()));
    runs.add("never", run(&world, world.account("fine-2.2"), 0, later));
    runs.add("now", run(&world, world.account("fine-3.1"), 10, fast()));
    assert_eq!(told(&mut runs).await.unwrap(), "now 10");
    assert_eq!(told(&mut runs).await.unwrap(), "now ends");
    let mut all = [told(&mut runs).await.unwrap(), told(&mut runs).await.unwrap(), told(&mut runs).await.unwrap()];
    all.sort();
    assert_eq!(all, ["later 10", "later ends", "never ends"]);
}

#[tokio::test]
async fn what_is_stopped_from_outside_says_what_is_left_of_each() {
    let world = World::new();
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-2.1"), 25, Options::default()));
    runs.add("two", run(&world, world.account("fine-3.1"), 15, Options { delay: Duration::from_secs(60), ..fast() }));
    assert_eq!(told(&mut runs).await.unwrap(), "one 10");
    runs.stop(Status::Cancelled, "Enough.");
    let mut left: Vec<_> = runs
        .finish()
        .into_iter()
        .map(|(name, summary, _)| (name, summary.pending.len(), summary.stopped.unwrap().status))
        .collect();
    left.sort_by_key(|(name, ..)| *name);
    assert_eq!(left, [("one", 15, Status::Cancelled), ("two", 15, Status::Cancelled)]);
}

fn asins(from: usize, count: usize) -> Vec<String> {
    (from..from + count).map(|n| format!("B0{n:08}")).collect()
}

#[tokio::test]
async fn a_source_is_asked_until_it_has_no_more_and_what_it_names_twice_is_asked_for_once() {
    let world = World::new();
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-3.1"), 0, fast()).with_source());
    let (mut given, mut found) = (0, 0);
    let summary = loop {
        match runs.next().await.unwrap() {
            Event::Demand { key, products, .. } => {
                // The rate's hundred calls at most, and what is under way.
                assert!(products <= 2000, "{products}");
                let products = if given < 35 { asins(0, given + 7) } else { Vec::new() };
                given = products.len().max(given);
                runs.supply(&key, &Supply::Products(products));
            }
            Event::Batch(_, batch) => found += batch.items.len(),
            Event::Ended(_, summary) => break summary,
        }
    };
    assert_eq!((given, found, summary.pending.len(), summary.stopped.is_none()), (35, 35, 0, true));
    assert_eq!(world.log("/catalog").await.len(), 5);
}

#[tokio::test]
async fn a_source_that_repeats_itself_has_no_more() {
    let world = World::new();
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-3.1"), 0, fast()).with_source());
    loop {
        match runs.next().await.unwrap() {
            Event::Demand { key, .. } => {
                runs.supply(&key, &Supply::Products(vec!["B000000001".to_owned(), "junk".to_owned()]));
            }
            Event::Batch(..) => {}
            Event::Ended(_, summary) => {
                assert!(summary.pending.is_empty() && summary.stopped.is_none());
                break;
            }
        }
    }
    assert_eq!(world.log("/catalog").await.len(), 1);
}

#[tokio::test]
async fn accounts_of_one_credential_share_its_rate_evenly() {
    let world = World::new();
    world.faults("fine-3.2", json!([{"fault": {"latency_ms": 200}}])).await;
    let options = Options { requests_per_second: 50.0, ..Options::default() };
    // So that both begin with a token.
    let mut first = SideBySide::default();
    first.add("first", run(&world, world.account("fine-3.2"), 10, options.clone()));
    while first.next().await.is_some() {}
    let mut runs = SideBySide::default();
    for name in ["one", "two"] {
        runs.add(name, run(&world, world.account("fine-3.2"), 400, options.clone()));
    }
    for _ in 0..20 {
        assert!(matches!(runs.next().await, Some(Event::Batch(..))));
    }
    let calls: Vec<_> = runs.finish().into_iter().map(|(_, summary, _)| summary.stats.calls).collect();
    assert!(calls[0].abs_diff(calls[1]) <= 2, "{calls:?}");
}

#[tokio::test]
async fn a_pause_lasts_until_nothing_of_the_credential_is_under_way_and_is_asked_about_again() {
    let world = World::new();
    world.faults("fine-3.2", json!([{"fault": {"latency_ms": 300}}])).await;
    let mut runs = SideBySide::default();
    for name in ["one", "two"] {
        runs.add(name, run(&world, world.account("fine-3.2"), 0, fast()).with_source());
    }
    let (mut next, mut paused, mut under_way) = (0, false, 0);
    loop {
        match runs.next().await.unwrap() {
            Event::Demand { key, in_flight, .. } if in_flight > 0 && !paused => {
                (paused, under_way) = (true, in_flight);
                runs.supply(&key, &Supply::Pause(Duration::ZERO));
            }
            Event::Demand { in_flight, .. } if paused => {
                assert_eq!((in_flight, under_way), (0, 0));
                break;
            }
            Event::Demand { key, .. } => {
                next += 10;
                runs.supply(&key, &Supply::Products(asins(next, 10)));
            }
            Event::Batch(..) if paused => under_way -= 1,
            Event::Batch(..) => {}
            Event::Ended(..) => unreachable!("they have more"),
        }
    }
    runs.stop(Status::Cancelled, "Enough.");
}

#[tokio::test]
async fn calls_in_flight_at_the_deadline_have_their_grace() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": {"latency_ms": 2500}}])).await;
    let options = Options {
        requests_per_second: 0.1,
        deadline: Some(Duration::from_secs(2)),
        grace: Duration::from_secs(60),
        ..Options::default()
    };
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-3.1"), 20, options));
    assert_eq!(told(&mut runs).await.unwrap(), "one 10");
    assert_eq!(told(&mut runs).await.unwrap(), "one deadline");
}

#[tokio::test]
async fn a_run_ends_where_nothing_more_may_start_before_its_deadline() {
    let world = World::new();
    let begun = Instant::now();
    let options = Options { requests_per_second: 0.01, deadline: Some(Duration::from_secs(90)), ..Options::default() };
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-3.1"), 20, options.clone()));
    assert_eq!(told(&mut runs).await.unwrap(), "one 10");
    assert_eq!(told(&mut runs).await.unwrap(), "one deadline");
    runs.add("paused", run(&world, world.account("fine-3.2"), 0, options).with_source());
    assert_eq!(told(&mut runs).await.unwrap(), "paused asks");
    runs.supply(&"paused", &Supply::Pause(Duration::from_secs(100)));
    assert_eq!(told(&mut runs).await.unwrap(), "paused deadline");
    assert!(begun.elapsed() < Duration::from_secs(90));
}

#[tokio::test]
async fn a_source_whose_calls_are_never_answered_says_so() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": "hang"}])).await;
    let options = Options { deadline: Some(Duration::from_millis(2500)), ..fast() };
    let mut runs = SideBySide::default();
    runs.add("one", run(&world, world.account("fine-3.1"), 10, options).with_source());
    assert_eq!(told(&mut runs).await.unwrap(), "one asks");
    runs.supply(&"one", &Supply::Products(Vec::new()));
    assert_eq!(told(&mut runs).await.unwrap(), "one unreachable");
}
