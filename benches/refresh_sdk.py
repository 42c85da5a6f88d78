"""A refresh of N calls by Amazon's own Python SDK, in the usual loop: one call after the other, and between two of them
what is left of a rate's distance.

    refresh_sdk.py ENDPOINT ACCOUNT RATE CALLS

Prints the CPU seconds and the peak memory that it took, as JSON. The stand-in's log tells the rest.
"""

import json
import pathlib
import resource
import sys
import time

from creatorsapi_python_sdk.api.default_api import DefaultApi
from creatorsapi_python_sdk.api_client import ApiClient
from creatorsapi_python_sdk.models.get_items_request_content import GetItemsRequestContent
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource

endpoint, name, rate, calls = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
accounts = json.loads((pathlib.Path(__file__).parent.parent / "tests/sandbox/accounts.json").read_text())
account = next(account for account in accounts if account["name"] == name)
marketplace, tags = next(iter(account["partner_tags"].items()))


def used() -> float:
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


client = ApiClient(
    credential_id=account["credential_id"],
    credential_secret=account["credential_secret"],
    version=account["version"],
    host=endpoint,
    auth_endpoint=f"{endpoint}/token",
)
api = DefaultApi(client)
resources = [GetItemsResource(f"images.primary.{size}") for size in ("small", "medium", "large", "highRes")]
resources.append(GetItemsResource("itemInfo.title"))
before, begun, images, throttled = used(), time.monotonic(), 0, 0
for call in range(calls):
    started = time.monotonic()
    asins = [f"B0{call * 10 + n + 1:08d}" for n in range(10)]
    content = GetItemsRequestContent(partnerTag=tags[0], itemIds=asins, resources=resources)
    try:
        answer = api.get_items(x_marketplace=marketplace, get_items_request_content=content)
        images += len(answer.items_result.items)
    except Exception:  # A 429: the loop goes on to the next, as such loops do.
        throttled += 1
    if call + 1 < calls:
        time.sleep(max(0.0, 1 / rate - (time.monotonic() - started)))
print(
    json.dumps(
        {
            "images": images,
            "throttled": throttled,
            "seconds": time.monotonic() - begun,
            "cpu": used() - before,
            "memory_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
    )
)
