//! What Amazon and the network may do wrong, one by one: no product is lost, and the right word is told.

mod support;

use std::time::{Duration, Instant};

use creators_api::account::GivenToken;
use creators_api::foreign_text;
use creators_api::refresh::Options;
use creators_api::secret::Secret;
use serde_json::{Value, json};
use support::{Run, World};

/// Forty products while these faults strike.
async fn run(faults: Value) -> (World, Run) {
    let world = World::new();
    world.faults("fine-3.1", faults).await;
    let run = world.refresh(world.account("fine-3.1"), 40).await;
    (world, run)
}

const ALL_FOUND: (usize, usize, usize, Option<&str>) = (40, 0, 0, None);

#[tokio::test]
async fn answers_in_other_words_are_read() {
    for fault in [
        "item_results_spelling",
        "null_members",
        "unknown_members",
        "float_numbers",
        "lower_case_asins",
        "duplicate_items",
        "unasked_item",
        "gzip",
    ] {
        let (_, run) = run(json!([{"fault": fault}])).await;
        assert_eq!(run.counts(), ALL_FOUND, "{fault}");
        assert_eq!(run.summary.stats.retries, 0, "{fault}");
    }
    let (_, run) = run(json!([{"fault": {"content_type": "text/html"}}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
}

#[tokio::test]
async fn a_product_that_an_answer_passes_over_has_failed() {
    let (_, run) = run(json!([{"fault": "missing_item"}])).await;
    assert_eq!(run.counts(), (36, 4, 0, None));
    assert!(run.failed.iter().all(|(_, failure)| failure.code == "NotReturned"));
}

#[tokio::test]
async fn an_answer_of_errors_alone_fails_its_products() {
    let (_, run) = run(json!([{"fault": "errors_only"}])).await;
    assert_eq!(run.counts(), (0, 40, 0, None));
}

#[tokio::test]
async fn words_are_bounded_wherever_they_come_in() {
    let (_, run) = run(json!([{"fault": {"loud_words": 30_000}}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
    let is_good =
        |text: &str, most| text.starts_with("=1+1 <b>") && text.ends_with("ä…") && text.chars().count() == most;
    assert!(run.items.iter().all(|(_, item)| is_good(item.image.title.as_deref().unwrap(), foreign_text::TITLE)));

    for (at, fault) in [("get_items", json!({"invalid": "Other"})), ("token", json!({"throttle": {}}))] {
        let world = World::new();
        let faults = json!([{"fault": fault, "at": at}, {"fault": {"loud_words": 30_000}, "at": at}]);
        world.faults("fine-3.1", faults).await;
        let run = world.refresh(world.account("fine-3.1"), 1).await;
        let message = run.summary.stopped.unwrap().message;
        assert!(is_good(&message, foreign_text::MESSAGE), "{at}: {message}");
    }
}

#[tokio::test]
async fn what_the_catalog_repeats_of_our_secrets_is_not_passed_on() {
    let world = World::new();
    let mut account = world.account("fine-3.1");
    let secret = account.credentials.secret.expose().to_owned();
    // The one in use, which Amazon refuses; one that was in use before, of which nobody knows any more.
    let (given, earlier) = ("a-token-of-the-caller", "Atc|MQICIAearlierTokenOfThisRun");
    account.given_token = Some(GivenToken { access_token: Secret::new(given.to_owned()), expires_at: 0 });
    for repeated in [secret.as_str(), given, earlier] {
        world.faults("fine-3.1", json!([{"fault": {"invalid": format!("no {repeated} here")}}])).await;
        let stopped = world.refresh(account.clone(), 1).await.summary.stopped.unwrap();
        assert_eq!(stopped.reason.as_deref(), Some("no … here"));
        assert!(!format!("{stopped:?}").contains(repeated), "{stopped:?}");
    }
}

#[tokio::test]
async fn a_passing_fault_is_survived_by_asking_again() {
    for fault in [
        json!("truncated_json"),
        json!("not_json"),
        json!("empty_body"),
        json!("html_body"),
        json!("connection_reset"),
        json!("reset_in_body"),
        json!("cut_off"),
        json!({"status": 500}),
        json!({"status": 503}),
        json!({"huge_body": 5_000_000}),
        json!({"redirect": 302}),
    ] {
        let (_, run) = run(json!([{"fault": fault, "times": 2}])).await;
        assert_eq!(run.counts(), ALL_FOUND, "{fault}");
        assert!(run.summary.stats.retries >= 2, "{fault}");
    }
}

#[tokio::test]
async fn a_connection_that_went_stale_costs_nothing() {
    let (_, run) = run(json!([{"fault": "stale_connection"}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
}

#[tokio::test]
async fn a_lasting_fault_stops_the_run_with_its_word() {
    for (fault, word) in [
        (json!("not_json"), "invalid_response"),
        (json!("result_list"), "invalid_response"),
        (json!({"huge_body": 5_000_000}), "invalid_response"),
        (json!({"status": 503}), "unavailable"),
        (json!("connection_reset"), "unreachable"),
        (json!({"redirect": 307}), "invalid_response"),
    ] {
        let (_, run) = run(json!([{"fault": fault}])).await;
        assert_eq!(run.counts(), (0, 0, 40, Some(word)), "{fault}");
        assert!(run.summary.stats.calls <= 16, "{fault}: {} calls", run.summary.stats.calls);
    }
}

#[tokio::test]
async fn a_token_never_follows_a_redirect() {
    let (world, _) = run(json!([{"fault": {"redirect": 307}, "times": 3}])).await;
    assert!(world.log("/redirected").await.is_empty());
}

#[tokio::test]
async fn refusals_of_the_account_stop_at_the_first_answer() {
    for (fault, word) in [
        (json!({"forbidden": "AssociateNotEligible"}), "not_eligible"),
        (json!({"forbidden": "SomethingNew"}), "not_authorized"),
        (json!({"invalid": "InvalidPartnerTag"}), "wrong_partner_tag"),
        (json!({"invalid": "InvalidAssociate"}), "wrong_marketplace"),
        (json!({"invalid": "UnknownOperation"}), "rejected"),
        (json!({"unauthorized": "InvalidIssuer"}), "wrong_version"),
        (json!({"unauthorized": "UnsupportedClient"}), "invalid_credentials"),
        (json!({"unauthorized": "MissingClaim"}), "not_authorized"),
        (json!({"daily_quota": {}}), "quota_exhausted"),
    ] {
        let world = World::new();
        world.faults("fine-3.1", json!([{"fault": fault}])).await;
        let options = Options { requests_per_second: 1000.0, max_in_flight: Some(1), ..Options::default() };
        let run = world.refresh_with(world.account("fine-3.1"), 40, options).await;
        assert_eq!(run.counts(), (0, 0, 40, Some(word)), "{fault}");
        assert_eq!(run.summary.stats.calls, 1, "{fault}");
    }
}

#[tokio::test]
async fn a_refused_high_res_is_left_out_from_then_on_and_told_in_no_error() {
    let (world, run) = run(json!([{"fault": "refuse_high_res"}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
    assert!(run.items.iter().all(|(_, item)| item.image.hires.is_none() && item.image.large.is_some()));
    let refused = world.log("/catalog").await.iter().filter(|entry| entry["status"] == 400).count();
    assert!(refused <= 4, "{refused} calls were refused");
}

#[tokio::test]
async fn a_dead_token_is_replaced_once_for_all_calls_in_flight() {
    let (world, run) = run(json!([
        {"fault": {"latency_ms": 100}},
        {"fault": {"unauthorized": "TokenExpired"}, "times": 4},
    ]))
    .await;
    assert_eq!(run.counts(), ALL_FOUND);
    assert_eq!(world.log("/token").await.len(), 2);
}

#[tokio::test]
async fn tokens_that_die_after_a_few_uses_are_replaced_as_often() {
    let (_, run) = run(json!([{"fault": {"token_uses": 1}}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
}

#[tokio::test]
async fn a_401_that_a_new_token_does_not_cure_is_told() {
    let (world, run) = run(json!([{"fault": {"unauthorized": "InvalidToken"}}])).await;
    assert_eq!(run.counts(), (0, 0, 40, Some("not_authorized")));
    assert_eq!(world.log("/token").await.len(), 2);
}

#[tokio::test]
async fn products_that_no_token_helps_fail_by_themselves_and_cost_few_tokens() {
    for (most, product) in [(1, "B000000005"), (4, "B000000005"), (64, "B000000005"), (1, "B000001005")] {
        let world = World::new();
        world.faults("fine-3.1", json!([{"fault": {"unauthorized_item": product}}])).await;
        let options = Options { requests_per_second: 1000.0, max_in_flight: Some(most), ..Options::default() };
        let run = world.refresh_with(world.account("fine-3.1"), 1010, options).await;
        assert_eq!(run.counts(), (1000, 10, 0, None), "{most} {product}");
        assert!(run.failed.iter().all(|(_, failure)| failure.code == "InvalidToken"), "{most}");
        assert!(world.log("/token").await.len() <= 4, "{most}");
        assert_eq!(run.summary.stats.retries, 3, "{most}");
    }
}

#[tokio::test]
async fn a_throttling_waits_as_long_as_amazon_says_wherever_it_says_it() {
    for hint in ["body", "header_seconds", "header_date"] {
        let begun = Instant::now();
        let (_, run) = run(json!([{"fault": {"throttle": {"hint": hint, "seconds": 2}}, "times": 1}])).await;
        assert_eq!(run.counts(), ALL_FOUND, "{hint}");
        assert_eq!(run.summary.stats.throttled, 1, "{hint}");
        // A date has no fractions: two seconds from now may be one and a bit.
        let least = if hint == "header_date" { 1.0 } else { 2.0 };
        assert!(begun.elapsed().as_secs_f64() >= least, "{hint}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_throttling_without_a_word_is_waited_out() {
    let (_, run) = run(json!([{"fault": {"throttle": {"hint": "none"}}, "times": 2}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
    assert_eq!(run.summary.stats.throttled, 2);
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_the_callers() {
    let (_, run) = run(json!([{"fault": {"throttle": {"seconds": 60}}}])).await;
    assert_eq!(run.counts(), (0, 0, 40, Some("throttled")));
    assert_eq!(run.summary.stopped.unwrap().retry_after, Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn a_hanging_call_ends_by_its_time_limit_and_others_go_on() {
    for fault in ["hang", "hang_in_body"] {
        let (_, run) = run(json!([{"fault": fault, "times": 1}])).await;
        assert_eq!(run.counts(), ALL_FOUND, "{fault}");
        assert_eq!(run.summary.stats.retries, 1, "{fault}");
    }
}

#[tokio::test]
async fn a_deadline_holds_even_in_the_middle_of_a_body() {
    for fault in [json!("hang"), json!("hang_in_body"), json!({"drip_feed": {"bytes": 1, "every_ms": 50}})] {
        let world = World::new();
        world.faults("fine-3.1", json!([{"fault": fault}])).await;
        let begun = Instant::now();
        let options = Options { deadline: Some(Duration::from_millis(500)), ..Options::default() };
        let run = world.refresh_with(world.account("fine-3.1"), 40, options).await;
        assert_eq!(run.counts(), (0, 0, 40, Some("deadline")), "{fault}");
        // Without it the call would go on to its own limit of three seconds.
        assert!(begun.elapsed() < Duration::from_millis(1500), "{fault}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn products_that_keep_failing_are_set_aside_while_the_others_get_their_pictures() {
    // Of the first four calls one fails, and so does it each time it is made again.
    let (_, run) =
        run(json!([{"fault": {"status": 500}, "times": 1}, {"fault": {"status": 500}, "after": 4, "times": 3}])).await;
    assert_eq!(run.counts(), (30, 0, 10, Some("unavailable")));
    assert_eq!(run.summary.stats.calls, 7);
}

#[tokio::test]
async fn a_fault_that_begins_in_the_middle_keeps_what_came_before() {
    let (_, run) = run(json!([{"fault": {"status": 500}, "after": 3}])).await;
    assert_eq!(run.counts(), (30, 0, 10, Some("unavailable")));
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_told_by_its_own_word() {
    for (fault, word) in [
        (json!({"status": 500}), "unavailable"),
        (json!({"throttle": {"hint": "header_seconds", "seconds": 300}}), "throttled"),
        (json!("html_body"), "invalid_response"),
    ] {
        let (_, run) = run(json!([{"fault": fault, "at": "token"}])).await;
        assert_eq!(run.counts(), (0, 0, 40, Some(word)), "{fault}");
        assert_eq!(run.summary.stats.calls, 0, "{fault}");
    }
    let (_, run) = run(json!([{"fault": {"status": 500}, "at": "token", "times": 2}])).await;
    assert_eq!(run.counts(), ALL_FOUND);
}
