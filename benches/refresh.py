"""A refresh of N calls by a Python client, one call after the other, as its users write it.

    refresh.py sdk|paapi ENDPOINT ACCOUNT RATE CALLS

`sdk` is Amazon's own client in the usual loop: between two calls what is left of the rate's distance. `paapi` is
python-amazon-paapi, which throttles and retries by itself. A rate of 0 is no rate. Prints the CPU seconds and the peak
memory that it took, as JSON; the stand-in's log tells the rest.
"""

import json
import pathlib
import resource
import sys
import time
from collections.abc import Callable

SIZES = ("small", "medium", "large", "highRes")


def account(name: str) -> dict:
    """An account of the stand-in, with its first marketplace and tag."""
    path = pathlib.Path(__file__).parent.parent / "tests/sandbox/accounts.json"
    found = next(account for account in json.loads(path.read_text()) if account["name"] == name)
    found["marketplace"], tags = next(iter(found["partner_tags"].items()))
    found["tag"] = tags[0]
    return found


def sdk(endpoint: str, who: dict, rate: float) -> Callable[[list[str]], int]:
    from creatorsapi_python_sdk.api.default_api import DefaultApi
    from creatorsapi_python_sdk.api_client import ApiClient
    from creatorsapi_python_sdk.models.get_items_request_content import GetItemsRequestContent
    from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource

    client = ApiClient(
        credential_id=who["credential_id"],
        credential_secret=who["credential_secret"],
        version=who["version"],
        host=endpoint,
        auth_endpoint=f"{endpoint}/token",
    )
    api = DefaultApi(client)
    resources = [GetItemsResource(f"images.primary.{size}") for size in SIZES] + [GetItemsResource("itemInfo.title")]
    started = 0.0

    def ten(asins: list[str]) -> int:
        nonlocal started
        if rate:
            time.sleep(max(0.0, started + 1 / rate - time.monotonic()))
        started = time.monotonic()
        content = GetItemsRequestContent(partnerTag=who["tag"], itemIds=asins, resources=resources)
        answer = api.get_items(x_marketplace=who["marketplace"], get_items_request_content=content)
        return len(answer.items_result.items)

    return ten


def paapi(endpoint: str, who: dict, rate: float) -> Callable[[list[str]], int]:
    from amazon_creatorsapi import AmazonCreatorsApi
    from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource

    api = AmazonCreatorsApi(
        credential_id=who["credential_id"],
        credential_secret=who["credential_secret"],
        version=who["version"],
        tag=who["tag"],
        marketplace=who["marketplace"],
        throttling=1 / rate if rate else 0,
        host=endpoint,
        auth_endpoint=f"{endpoint}/token",
    )
    resources = [GetItemsResource(f"images.primary.{size}") for size in SIZES] + [GetItemsResource("itemInfo.title")]
    return lambda asins: len(api.get_items(asins, resources=resources))


def used() -> float:
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def main() -> None:
    client, endpoint, name, rate, calls = sys.argv[1:]
    ten = {"sdk": sdk, "paapi": paapi}[client](endpoint, account(name), float(rate))
    before, images = used(), 0
    for call in range(int(calls)):
        try:
            images += ten([f"B0{call * 10 + n + 1:08d}" for n in range(10)])
        except Exception as error:  # A 429: the loop goes on to the next ten, as such loops do.
            print(f"{type(error).__name__}: {str(error)[:80]}", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"images": images, "cpu": used() - before, "memory_kb": peak}))


if __name__ == "__main__":
    main()
