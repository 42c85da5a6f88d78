//! The pace, as Amazon's end sees it: the quota is used, and never exceeded.

mod support;

use std::time::Duration;

use creators_api::refresh::Options;
use proptest::prelude::*;
use support::World;

/// When calls arrived and when they were answered, in seconds; of the granted rate so much is asked for.
async fn calls(name: &str, latency: u64, granted: f64, asked: f64, runs: &[usize]) -> Vec<(f64, f64)> {
    let options =
        sandbox::Options { latency: Duration::from_millis(latency), rate: Some(granted), ..Default::default() };
    let world = World::with(options, |_| {});
    for count in runs {
        let options = Options { requests_per_second: asked, ..Options::default() };
        let run = world.refresh_with(world.account(name), *count, options).await;
        assert_eq!(run.summary.throttled, 0, "a 429 of our own making");
        assert_eq!(run.images.len(), *count);
    }
    let seconds = |entry: &serde_json::Value, key: &str| entry[key].as_f64().unwrap() / 1000.0;
    let mut calls: Vec<_> = world
        .log("/catalog")
        .await
        .iter()
        .map(|entry| (seconds(entry, "at_ms"), seconds(entry, "at_ms") + seconds(entry, "took_ms")))
        .collect();
    calls.sort_by(|one, other| one.0.total_cmp(&other.0));
    calls
}

#[tokio::test]
async fn calls_are_in_flight_together_when_they_take_longer_than_their_distance() {
    let calls = calls("fine-2.1", 1000, 10.0, 9.0, &[200]).await;
    let first_answer = calls[0].1;
    let before = calls.iter().filter(|(arrived, _)| *arrived < first_answer).count();
    assert!((5..=10).contains(&before), "{before} calls before the first answer");
}

#[tokio::test]
async fn runs_that_follow_each_other_keep_the_distance() {
    let calls = calls("fine-2.2", 0, 2.0, 2.0, &[10, 10, 10, 20]).await;
    assert_eq!(calls.len(), 5);
    for three in calls.windows(3) {
        assert!(three[2].0 - three[0].0 >= 1.0, "{calls:?}");
    }
}

proptest! {
    /// Whatever the rate, and however late each call starts, no second holds more calls than the rate.
    #[test]
    fn no_second_holds_more_calls_than_the_rate(rate in 1_u32..50, lateness in prop::collection::vec(0_u64..2_000, 1..60)) {
        let mut pace = creators_api::refresh::pace::Pace::default();
        let begin = std::time::Instant::now();
        let mut now = begin;
        let mut starts = Vec::new();
        for late in lateness {
            now = pace.ready_at(f64::from(rate), now) + Duration::from_millis(late.saturating_sub(1_000));
            pace.start(f64::from(rate), now);
            starts.push((now - begin).as_secs_f64());
        }
        for first in &starts {
            let within = starts.iter().filter(|at| (*first..*first + 1.0).contains(*at)).count();
            prop_assert!(within <= rate as usize, "{} in the second from {}", within, first);
        }
    }
}
