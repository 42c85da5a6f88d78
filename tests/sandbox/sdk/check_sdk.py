#!/usr/bin/env python3
"""Amazon's own Python SDK as a client of the sandbox: it must be served as Amazon would serve it.

    check_sdk.py http://127.0.0.1:PORT

Prints a line for each check and a sum; exits with 1 if any check failed.
"""

import json
import os
import pathlib
import sys
import traceback
import urllib.request
import warnings

from creatorsapi_python_sdk.api.default_api import DefaultApi
from creatorsapi_python_sdk.api_client import ApiClient
from creatorsapi_python_sdk.exceptions import (
    ApiException,
    BadRequestException,
    ForbiddenException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)
from creatorsapi_python_sdk.models.get_browse_nodes_request_content import GetBrowseNodesRequestContent
from creatorsapi_python_sdk.models.get_browse_nodes_resource import GetBrowseNodesResource
from creatorsapi_python_sdk.models.get_feed_request_content import GetFeedRequestContent
from creatorsapi_python_sdk.models.get_items_request_content import GetItemsRequestContent
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource
from creatorsapi_python_sdk.models.get_report_request_content import GetReportRequestContent
from creatorsapi_python_sdk.models.get_variations_request_content import GetVariationsRequestContent
from creatorsapi_python_sdk.models.get_variations_resource import GetVariationsResource
from creatorsapi_python_sdk.models.search_items_request_content import SearchItemsRequestContent
from creatorsapi_python_sdk.models.search_items_resource import SearchItemsResource

ACCOUNTS = {
    account["name"]: account
    for account in json.loads(
        (pathlib.Path(__file__).resolve().parent.parent / "accounts.json").read_text("utf-8")
    )
}
IMAGES = [
    GetItemsResource("images.primary.small"),
    GetItemsResource("images.primary.medium"),
    GetItemsResource("images.primary.large"),
    GetItemsResource("images.primary.highRes"),
]
ASINS = ["B0199980K4", "B01180YUXS", "0306406152"]
FINE = ["fine-2.1", "fine-2.2", "fine-2.3", "fine-3.1", "fine-3.2", "fine-3.3"]


# The sandbox is on this machine; no proxy leads to it.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


class Sandbox:
    """A running sandbox, and clients of it."""

    def __init__(self, url):
        self.url = url.rstrip("/")

    def api(self, name, **changes):
        """A client with the credential of that account, some of it changed."""
        account = {**ACCOUNTS[name], **changes}
        client = ApiClient(
            credential_id=account["credential_id"],
            credential_secret=account["credential_secret"],
            version=account["version"],
            host=self.url,
            auth_endpoint=account.get("auth_endpoint", self.url + "/token"),
        )
        return DefaultApi(client)

    def log(self):
        return json.loads(self.open("/_sandbox/log"))

    def behave(self, name, faults):
        body = json.dumps({"account": name, "faults": faults})
        self.open("/_sandbox/behaviour", body.encode())

    def reset(self):
        self.open("/_sandbox/reset", b"")

    def open(self, path, body=None):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.url + path, body) as answer:
            return answer.read()


def request(tag="demo-20", ids=ASINS, resources=IMAGES):
    return GetItemsRequestContent(partnerTag=tag, itemIds=ids, resources=resources)


def get_items(api, content=None, marketplace="www.amazon.com"):
    return api.get_items(
        x_marketplace=marketplace, get_items_request_content=content or request()
    )


def refused(kind, call):
    """The SDK's exception of exactly that kind."""
    try:
        answer = call()
    except ApiException as error:
        assert type(error) is kind, repr(error)
        return error
    raise AssertionError(f"not refused: {answer}")


def no_token(call):
    """The message of the plain exception that the SDK raises when it gets no token."""
    try:
        answer = call()
    except Exception as error:
        assert not isinstance(error, ApiException), repr(error)
        return str(error)
    raise AssertionError(f"not refused: {answer}")


def images_of(name):
    def check(sandbox):
        marketplace, tags = next(iter(ACCOUNTS[name]["partner_tags"].items()))
        answer = get_items(sandbox.api(name), request(tags[0]), marketplace)
        assert answer.errors is None, answer.errors
        items = {item.asin: item for item in answer.items_result.items}
        assert sorted(items) == sorted(ASINS), items
        for item in items.values():
            primary = item.images.primary
            for size, longest in [
                (primary.small, 75),
                (primary.medium, 160),
                (primary.large, 500),
                (primary.hi_res, 1500),
            ]:
                assert max(size.width, size.height) == longest, size
                assert size.url.startswith(sandbox.url + "/images/I/"), size
            assert item.detail_page_url.startswith(f"https://{marketplace}/dp/{item.asin}?")
            assert f"tag={tags[0]}&" in item.detail_page_url, item.detail_page_url

    return check


def all_of_an_item(sandbox):
    content = request(ids=["B0199980K4"], resources=list(GetItemsResource))
    [item] = get_items(sandbox.api("fine-3.1"), content).items_result.items
    assert item.offers_v2.listings[0].price.money.currency == "USD", item.offers_v2
    assert item.offers_v2.listings[1].availability.type == "IN_STOCK", item.offers_v2
    assert item.item_info.external_ids.eans.display_values, item.item_info
    assert item.browse_node_info.browse_nodes[0].ancestor.ancestor.id == "1", item.browse_node_info
    assert item.customer_reviews.star_rating.value == 4.5, item.customer_reviews


def searches(sandbox):
    api = sandbox.api("fine-2.1")
    content = SearchItemsRequestContent(
        partnerTag="demo-20", keywords="tea", itemPage=3, resources=list(SearchItemsResource)
    )
    result = api.search_items(
        x_marketplace="www.amazon.com", search_items_request_content=content
    ).search_result
    assert (len(result.items), result.total_result_count) == (3, 23), result
    assert result.search_refinements.search_index.bins[0].id == "Books", result.search_refinements
    content.keywords = "nothing"
    search = lambda: api.search_items(
        x_marketplace="www.amazon.com", search_items_request_content=content
    )
    assert refused(NotFoundException, search).data.resource_type == "SearchResult"


def variations(sandbox):
    content = GetVariationsRequestContent(
        partnerTag="demo-20", asin="B0199980K4", resources=list(GetVariationsResource)
    )
    result = sandbox.api("fine-3.1").get_variations(
        x_marketplace="www.amazon.com", get_variations_request_content=content
    ).variations_result
    assert (len(result.items), result.variation_summary.page_count) == (10, 2), result
    assert result.variation_summary.price.lowest_price.amount == 9.99, result.variation_summary


def browse_nodes(sandbox):
    content = GetBrowseNodesRequestContent(
        partnerTag="demo-20", browseNodeIds=["283155", "0"], resources=list(GetBrowseNodesResource)
    )
    answer = sandbox.api("fine-3.1").get_browse_nodes(
        x_marketplace="www.amazon.com", get_browse_nodes_request_content=content
    )
    [node] = answer.browse_nodes_result.browse_nodes
    assert (node.id, len(node.children), answer.errors[0].code) == (
        "283155",
        2,
        "InvalidParameterValue",
    ), answer


def feeds_and_reports(sandbox):
    api = sandbox.api("fine-2.1")
    feeds = api.list_feeds(x_marketplace="www.amazon.com").feeds
    assert [feed.feed_name for feed in feeds] == [
        "feeds-product_feeds.json.gz",
        "feeds-deals_feeds.json.gz",
    ], feeds
    content = GetFeedRequestContent(feedName=feeds[0].feed_name)
    feed = api.get_feed(x_marketplace="www.amazon.com", get_feed_request_content=content)
    assert feed.url.startswith("https://files.example/feeds-product_feeds"), feed
    reports = api.list_reports(x_marketplace="www.amazon.com").reports
    content = GetReportRequestContent(filename=reports[1].filename)
    report = api.get_report(x_marketplace="www.amazon.com", get_report_request_content=content)
    assert report.url.startswith("https://files.example/reports-creator_connections"), report
    content.filename = "none"
    none = lambda: api.get_report(
        x_marketplace="www.amazon.com", get_report_request_content=content
    )
    assert refused(NotFoundException, none).data.resource_id == "none"


def one_token_for_many_calls(sandbox):
    api = sandbox.api("fine-3.1")
    for _ in range(3):
        get_items(api)
    paths = [entry["path"] for entry in sandbox.log()]
    assert paths == ["/token"] + ["/catalog/v1/getItems"] * 3, paths


def the_two_token_endpoints(sandbox):
    for name, path in [("fine-2.1", "/oauth2/token"), ("fine-3.1", "/auth/o2/token")]:
        get_items(sandbox.api(name, auth_endpoint=sandbox.url + path))


def the_picture_loads(sandbox):
    item = get_items(sandbox.api("fine-3.1")).items_result.items[0]
    picture = sandbox.open(item.images.primary.large.url.removeprefix(sandbox.url))
    assert picture.startswith(b"<svg") and item.asin.encode() in picture, picture


def partial_error(sandbox):
    ids = ["B0GONE0001", "B0199980K4"]
    answer = get_items(sandbox.api("fine-3.1"), request(ids=ids))
    assert [item.asin for item in answer.items_result.items] == ["B0199980K4"]
    (error,) = answer.errors
    assert error.code == "ItemNotAccessible", error
    assert "B0GONE0001" in error.message, error


def no_picture(sandbox):
    answer = get_items(sandbox.api("fine-3.1"), request(ids=["B0NOIM0001"]))
    assert answer.items_result.items[0].images is None
    assert answer.errors is None


def not_found(sandbox):
    content = request(ids=["B0GONE0001", "B0GONE0002"])
    error = refused(NotFoundException, lambda: get_items(sandbox.api("fine-3.1"), content))
    assert error.data.type == "ResourceNotFoundException", error.data
    assert error.data.resource_type == "Item", error.data
    assert error.data.resource_id == "B0GONE0001", error.data


def wrong_secret_2(sandbox):
    api = sandbox.api("fine-2.1", credential_secret="wrong")
    message = no_token(lambda: get_items(api))
    assert 'status 400: {"error":"invalid_client"}' in message, message


def wrong_secret_3(sandbox):
    api = sandbox.api("fine-3.1", credential_secret="wrong")
    message = no_token(lambda: get_items(api))
    assert 'status 401: {"error_description":"Client authentication failed"' in message, message


def other_family(sandbox):
    for name, version, status in [("fine-3.1", "2.1", 400), ("fine-2.1", "3.1", 401)]:
        message = no_token(lambda: get_items(sandbox.api(name, version=version)))
        assert f"status {status}" in message and "invalid_client" in message, message


def other_region_at_the_token(sandbox):
    for name, version in [("fine-2.1", "2.2"), ("fine-3.1", "3.2")]:
        endpoint = f"{sandbox.url}/token/{version}"
        api = sandbox.api(name, version=version, auth_endpoint=endpoint)
        assert "invalid_client" in no_token(lambda: get_items(api))


def other_region_at_the_catalog(sandbox):
    api = sandbox.api("fine-2.1", version="2.2")
    error = refused(UnauthorizedException, lambda: get_items(api))
    assert error.data.reason.value == "InvalidIssuer", error.data


def expired(sandbox):
    api = sandbox.api("expiring")
    get_items(api)
    get_items(api)
    error = refused(UnauthorizedException, lambda: get_items(api))
    assert error.data.reason.value == "TokenExpired", error.data


def not_eligible(sandbox):
    error = refused(ForbiddenException, lambda: get_items(sandbox.api("not-eligible")))
    assert error.data.type == "AccessDeniedException", error.data
    assert error.data.reason.value == "AssociateNotEligible", error.data


def wrong_tag(sandbox):
    content = request(tag="stranger-20")
    error = refused(BadRequestException, lambda: get_items(sandbox.api("fine-3.1"), content))
    assert error.data.reason.value == "InvalidPartnerTag", error.data


def foreign_marketplace(sandbox):
    api = sandbox.api("fine-3.1")
    error = refused(BadRequestException, lambda: get_items(api, marketplace="www.amazon.de"))
    assert error.data.reason.value == "InvalidAssociate", error.data


def unknown_resource(sandbox):
    # The SDK refuses to send it; so the request is built behind its back.
    content = request()
    content.__dict__["resources"] = ["images.primary.hiRes"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        error = refused(BadRequestException, lambda: get_items(sandbox.api("fine-3.1"), content))
    assert error.data.reason.value == "FieldValidationFailed", error.data
    (field,) = error.data.field_list
    assert field.name == "resources" and "hiRes" in field.message, field


def throttled(sandbox):
    error = refused(ApiException, lambda: get_items(sandbox.api("throttled")))
    assert error.status == 429 and error.data.type == "ThrottleException", error
    assert json.loads(error.body)["retryAfterSeconds"] == 1, error.body


def server_error(sandbox):
    sandbox.behave("fine-3.1", [{"fault": {"status": 500}, "times": 1}])
    api = sandbox.api("fine-3.1")
    error = refused(ServiceException, lambda: get_items(api))
    assert error.data.type == "InternalServerException", error.data
    get_items(api)


CHECKS = [
    *[(f"{name}: token and images", images_of(name)) for name in FINE],
    ("all that there is of an item", all_of_an_item),
    ("a search, and one that finds nothing", searches),
    ("variations and their summary", variations),
    ("browse nodes, and one that there is not", browse_nodes),
    ("feeds and reports, and one that there is not", feeds_and_reports),
    ("one token serves many calls", one_token_for_many_calls),
    ("both token endpoints under their own paths", the_two_token_endpoints),
    ("a picture can be loaded", the_picture_loads),
    ("an item that is not accessible is a partial error", partial_error),
    ("an item without a picture is no error", no_picture),
    ("404 when no item is there", not_found),
    ("wrong secret, 2.x", wrong_secret_2),
    ("wrong secret, 3.x", wrong_secret_3),
    ("credential of the other family", other_family),
    ("credential of another region, at its token endpoint", other_region_at_the_token),
    ("credential of another region, at the catalog", other_region_at_the_catalog),
    ("token that has expired", expired),
    ("account that is not eligible", not_eligible),
    ("tag of another store", wrong_tag),
    ("marketplace that is not the account's", foreign_marketplace),
    ("resource that does not exist", unknown_resource),
    ("throttled account", throttled),
    ("error of the server, once", server_error),
]


def main(url):
    sandbox = Sandbox(url)
    failed = 0
    for name, check in CHECKS:
        sandbox.reset()
        try:
            check(sandbox)
        except Exception:
            failed += 1
            print(f"not ok - {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
        else:
            print(f"ok - {name}")
    sandbox.reset()
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
