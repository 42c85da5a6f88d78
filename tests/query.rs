//! Searches, variations and categories against the stand-in: their rate, retries and token are those of every other call.

mod support;

use std::time::Duration;

use creators_api::catalog::{FileKind, Found, Question};
use creators_api::query::{BrowseNodes, Pages, Query, Series};
use creators_api::refresh::Options;
use serde_json::{Value, json};
use support::World;

fn fast() -> Options {
    Options { requests_per_second: 1000.0, ..Options::default() }
}

fn search(world: &World, name: &str, keywords: &str, pages: u64, options: Options) -> Pages {
    let query = Query::new(world.engine.clone(), world.account(name), options);
    Pages::new(query, Series::Search(vec![("keywords", Value::from(keywords))].into()), 1, pages, 10)
}

fn status(pages: &mut Pages) -> Option<&'static str> {
    pages.query().summary().stopped.map(|stopped| stopped.status.as_str())
}

#[tokio::test]
async fn a_search_goes_on_to_its_end_and_no_further_than_it_may() {
    let world = World::new();
    for (pages, found, next) in [(1, 10, Some(2)), (2, 20, Some(3)), (9, 23, None)] {
        let mut search = search(&world, "fine-3.1", "tea", pages, fast());
        search.run().await;
        assert_eq!((search.items.len(), search.next_page(), status(&mut search)), (found, next, None));
        assert!(matches!(search.found(), Found::Search { total: Some(23), .. }));
    }
}

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_tried_again_and_counted() {
    for fault in
        [json!({"status": 503}), json!("not_json"), json!("connection_reset"), json!({"unauthorized": "TokenExpired"})]
    {
        let world = World::new();
        world.faults("fine-3.1", json!([{"fault": fault, "times": 1}])).await;
        let mut search = search(&world, "fine-3.1", "tea", 1, fast());
        search.run().await;
        let stats = search.query().summary().stats;
        assert_eq!((search.items.len(), stats.calls, stats.retries), (10, 2, 1), "{fault}");
    }
}

#[tokio::test]
async fn a_refusal_stops_it_with_what_was_found_before() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": {"forbidden": "AuthorizationFailed"}, "after": 1}])).await;
    let mut search = search(&world, "fine-3.1", "tea", 3, fast());
    search.run().await;
    assert_eq!((search.items.len(), search.next_page(), status(&mut search)), (10, Some(2), Some("not_authorized")));
}

#[tokio::test]
async fn a_deadline_ends_it_in_the_middle_of_a_call() {
    let world = World::new();
    world.faults("fine-3.1", json!([{"fault": "hang"}])).await;
    let options = Options { deadline: Some(Duration::from_millis(200)), ..fast() };
    let mut search = search(&world, "fine-3.1", "tea", 1, options);
    search.run().await;
    assert_eq!((search.items.len(), status(&mut search)), (0, Some("deadline")));
}

#[tokio::test]
async fn categories_are_asked_for_once_and_ten_at_a_time() {
    let world = World::new();
    let query = Query::new(world.engine.clone(), world.account("fine-3.1"), fast());
    let ids = (1..=12).chain([1, 0]).map(|id: u32| id.to_string());
    let mut nodes = BrowseNodes::new(query, ids.chain(["junk".to_owned()]));
    nodes.run().await;
    let failed: Vec<_> = nodes.failed.iter().map(|(id, failure)| (id.as_str(), failure.code.as_str())).collect();
    assert_eq!(failed, [("junk", "InvalidBrowseNodeId"), ("0", "InvalidParameterValue")]);
    assert_eq!((nodes.nodes.len(), nodes.pending.len(), nodes.query().summary().stats.calls), (12, 0, 2));
}

#[tokio::test]
async fn a_list_of_files_counts_as_a_call_like_any_other() {
    let world = World::new();
    let slow = Options { requests_per_second: 0.1, ..Options::default() };
    let mut query = Query::new(world.engine.clone(), world.account("fine-3.1"), slow);
    let answer = query.ask(&Question::Files(FileKind::Feed)).await.unwrap();
    assert_eq!(answer.files.len(), 2);
    assert!(query.summary().free_in > Duration::from_secs(5));
}
