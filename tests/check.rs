//! The credential test, as far as one endpoint for each version is needed to see it.

mod support;

use creators_api::check::{Stage, check};
use creators_api::secret::Secret;
use creators_api::status::Status;
use serde_json::json;
use support::World;

#[tokio::test]
async fn a_pair_of_another_region_or_family_is_told_which_version_works() {
    let world = World::new();
    for (name, typed, works) in
        [("fine-3.2", "3.1", "3.2"), ("fine-2.3", "2.1", "2.3"), ("fine-3.1", "2.2", "3.1"), ("fine-2.2", "3.3", "2.2")]
    {
        let mut candidate = world.candidate(name);
        candidate.credential_version = typed.to_owned();
        let outcome = check(&world.engine, &[candidate]).await.remove(0);
        assert_eq!((outcome.status, outcome.stage), (Status::WrongVersion, Stage::Token), "{name} as {typed}");
        assert_eq!(outcome.works_with.map(|version| version.as_str()), Some(works), "{name} as {typed}");
    }
}

#[tokio::test]
async fn a_pair_whose_look_speaks_against_its_version_is_not_sent_to_that_version() {
    let world = World::new();
    let mut candidate = world.candidate("fine-3.2");
    candidate.credential_version = "2.2".to_owned();
    let outcome = check(&world.engine, &[candidate.clone()]).await.remove(0);
    assert_eq!(outcome.works_with.map(|version| version.as_str()), Some("3.2"));
    assert!(world.log("/token/2").await.is_empty());

    // A look is no proof: where its family does not know the pair, the version that was typed is asked.
    candidate.credential_secret = Secret::new("amzn1.oa2-cs.v1.wrong".to_owned());
    let outcome = check(&world.engine, &[candidate]).await.remove(0);
    assert_eq!((outcome.status, outcome.works_with), (Status::InvalidCredentials, None));
    assert!(world.log("/token/2").await.iter().any(|entry| entry["path"] == "/token/2.2"));
}

#[tokio::test]
async fn a_wrong_secret_is_asked_about_everywhere_and_a_right_one_only_at_home() {
    let world = World::new();
    check(&world.engine, &[world.candidate("fine-3.1")]).await;
    assert_eq!(world.log("/token").await.len(), 1);

    let mut wrong = world.candidate("fine-3.2");
    wrong.credential_secret = Secret::new("wrong".to_owned());
    let outcome = check(&world.engine, &[wrong]).await.remove(0);
    assert_eq!((outcome.status, outcome.works_with), (Status::InvalidCredentials, None));
    assert_eq!(world.log("/token").await.len(), 1 + 6);
}

#[tokio::test]
async fn an_account_that_is_not_eligible_is_told_both_meanings() {
    let world = World::new();
    let outcome = check(&world.engine, &[world.candidate("not-eligible")]).await.remove(0);
    assert_eq!(outcome.status, Status::NotEligible);
    assert!(
        outcome.message.contains("ten qualified sales") && outcome.message.contains("48 hours"),
        "{}",
        outcome.message
    );
}

#[tokio::test]
async fn a_404_for_the_probe_proves_access() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": {"status": 404}}])).await;
    let outcome = check(&world.engine, &[world.candidate("fine-3.1")]).await.remove(0);
    assert_eq!((outcome.status, outcome.http_status), (Status::Ok, Some(404)));
}

#[tokio::test]
async fn many_accounts_are_asked_side_by_side() {
    let world = World::new();
    let names = ["fine-2.1", "fine-2.2", "fine-2.3", "fine-3.1", "fine-3.2", "fine-3.3"];
    for name in names {
        world.faults(name, json!([{"fault": {"latency_ms": 700}}])).await;
    }
    let candidates: Vec<_> = names.iter().chain(&["fine-3.1", "fine-3.1"]).map(|name| world.candidate(name)).collect();
    let outcomes = check(&world.engine, &candidates).await;
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Ok));
    assert_eq!(outcomes.len(), 8);

    let log = world.log("/catalog").await;
    assert_eq!(log.len(), 6, "the same question is asked once");
    let at = |entry: &serde_json::Value| entry["at_ms"].as_f64().unwrap();
    let first_answer = log.iter().map(|entry| at(entry) + entry["took_ms"].as_f64().unwrap()).fold(f64::MAX, f64::min);
    assert!(log.iter().all(|entry| at(entry) < first_answer), "each began before any had ended");
}
