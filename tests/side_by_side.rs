//! Several runs at once: none waits for another, and each is told of by its own name.

mod support;

use std::time::Duration;

use creators_api::account::Account;
use creators_api::refresh::{Event, Options, Refresh, SideBySide};
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
        Event::Batch(name, batch) => format!("{name} {}", batch.images.len()),
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
    let left: Vec<_> = runs
        .finish()
        .into_iter()
        .map(|(name, summary, _)| (name, summary.pending.len(), summary.stopped.unwrap().status))
        .collect();
    assert_eq!(left, [("one", 15, Status::Cancelled), ("two", 15, Status::Cancelled)]);
}
