"""Segment's and RudderStack's own libraries for JavaScript speak to a running server: from node, and in a browser."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Playwright

from browsing import CHROMIUMS, QUIET, Visitor
from homes import wait_until
from tracking.conftest import Listening
from tracking.javascript.libraries import libraries, say
from tracking.losing import losing_answers, shop

__all__ = ["libraries"]

EVERYTHING = [
    ("page.viewed", "v-1"),
    ("person.identified", "42"),
    ("order.placed", "42"),
    ("screen.viewed", "42"),
    ("group.joined", "42"),
    ("person.linked", "42"),
]

NODE = """
import { Analytics } from "@segment/analytics-node";

const [host, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey });
const errors = [];
analytics.on("error", (error) => errors.push(error.code));
analytics.page({ anonymousId: "v-1", name: "Home", properties: { url: "https://shop.example.org/" } });
analytics.identify({ userId: "42", anonymousId: "v-1", traits: { name: "Mercè Roca", email: "merce@roca.cat" } });
analytics.track({ userId: "42", event: "Order Completed", properties: { revenue: 12.5, currency: "EUR" } });
analytics.screen({ userId: "42", name: "Basket" });
analytics.group({ userId: "42", groupId: "acme", traits: { name: "Acme" } });
analytics.alias({ userId: "42", previousId: "old" });
await analytics.closeAndFlush();
console.log(JSON.stringify(errors));
"""

# The page of a shop, with what Segment gives to put into it: calls wait in a list until the library is there.
PAGE = """<!doctype html><title>Shop</title><script>
var analytics = window.analytics = [];
analytics._writeKey = "%(key)s";
analytics._cdn = "%(cdn)s";
for (const name of ["page", "identify", "track", "screen", "group", "alias", "on", "ready"])
  analytics[name] = (...given) => { analytics.push([name, ...given]); return analytics; };
</script><script async src="/analytics.js/v1/%(key)s/analytics.min.js"></script>"""

# The same with RudderStack's, whose usual build fetches parts of itself from elsewhere; the bundled one is whole.
RUDDER_PAGE = """<!doctype html><title>Shop</title><script src="/rudder.js"></script><script>
const analytics = new rudderanalytics.RudderAnalytics();
analytics.load("%(key)s", "%(base)s", { configUrl: "%(base)s", logLevel: "ERROR", ...%(options)s });
</script>"""

RUDDER = """
async () => {
  const said = (method, ...given) =>
    new Promise((done) => analytics[method](...given, (event) => done(event.messageId)));
  return [
    await said("page", "Shop", "Home", {}, {}),
    await said("identify", "42", { name: "Mercè Roca", email: "merce@roca.cat" }, {}),
    await said("track", "Order Completed", { revenue: 12.5, currency: "EUR" }, {}),
    await said("group", "acme", { name: "Acme" }, {}),
    await said("alias", "42", "old", {}),
  ];
}
"""

# One event a request, several, and as browsers send what is left when a page is closed.
RUDDER_WAYS: list[dict[str, Any]] = [
    {},
    {"queueOptions": {"batch": {"enabled": True, "maxItems": 5}}},
    {"useBeacon": True, "beaconQueueOptions": {"maxItems": 1}},
]

BROWSER = """
async () => {
  const said = await Promise.all([
    analytics.page("Home"),
    analytics.identify("42", { name: "Mercè Roca", email: "merce@roca.cat" }),
    analytics.track("Order Completed", { revenue: 12.5, currency: "EUR" }),
    analytics.screen("Basket"),
    analytics.group("acme", { name: "Acme" }),
    analytics.alias("42", "old"),
  ]);
  return said.map((context) => context.event.messageId);
}
"""


@pytest.fixture(scope="module")
def _browser(_playwright: Playwright) -> Iterator[Browser]:
    """What shops' visitors use: a whole browser, where there is one, not the shell that draws pages."""
    path = next(each for each in reversed(CHROMIUMS) if each.exists())
    browser = _playwright.chromium.launch(executable_path=str(path), args=QUIET)
    yield browser
    browser.close()


def test_the_library_for_node_says_everything(listening: Listening, libraries: Path):
    assert "[]" == say(NODE, listening.base, listening.key, libraries=libraries)

    assert EVERYTHING == listening.interactions()
    assert_one_person(listening)


def test_the_library_for_node_says_it_again_and_nothing_is_twice(listening: Listening, libraries: Path):
    with losing_answers(listening.base, losing=2) as way:
        assert "[]" == say(NODE, way.base, listening.key, libraries=libraries)

    assert [6] * 3 == [len(json.loads(body)["batch"]) for body in way.carried]
    assert EVERYTHING == listening.interactions()


def test_the_library_for_node_understands_a_refusal(listening: Listening, libraries: Path):
    assert {"delivery_failure"} == set(json.loads(say(NODE, listening.base, "nobody", libraries=libraries)))

    assert [] == listening.interactions()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_library_for_browsers_says_everything(listening: Listening, libraries: Path, visit: Callable[..., Visitor]):
    with shop(a_shop(listening, listening.base, libraries)) as base:
        numbers = speak(visit().page, base)
        assert set(numbers) == set(wait_until(lambda: arrived(listening, 6)))

    assert sorted(kind for kind, _who in EVERYTHING) == sorted(kind for kind, _who in listening.interactions())
    assert_one_person(listening)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_library_for_browsers_says_it_again_and_nothing_is_twice(
    listening: Listening, libraries: Path, visit: Callable[..., Visitor]
):
    with losing_answers(listening.base, losing=2) as way, shop(a_shop(listening, way.base, libraries)) as base:
        numbers = speak(visit().page, base)
        wait_until(lambda: len(events(way.carried)) >= 8)

    assert sorted(numbers) == sorted(set(events(way.carried)))
    assert set(numbers) == set(arrived(listening, 6))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_rudderstacks_library_for_browsers_says_everything(
    listening: Listening, libraries: Path, visit: Callable[..., Visitor]
):
    asked: list[str] = []
    numbers: list[str] = []
    for options in RUDDER_WAYS:
        with shop(a_rudder_shop(listening, listening.base, libraries, options)) as base:
            page = visit().page
            page.on("request", lambda request: asked.append(request.url))
            numbers += speak_rudder(page, base)
            assert set(numbers) == set(wait_until(partial(arrived, listening, len(numbers))))

    paths = {urlsplit(url).path for url in asked}
    assert {"/sourceConfig/", "/v1/page", "/v1/track", "/v1/batch", "/beacon/v1/batch"} <= paths
    assert {"127.0.0.1"} == {urlsplit(url).hostname for url in asked}
    said = [kind for kind, _who in EVERYTHING if kind != "screen.viewed"]
    assert sorted(said * len(RUDDER_WAYS)) == sorted(kind for kind, _who in listening.interactions())
    assert_one_person(listening, events=len(said) * len(RUDDER_WAYS))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_rudderstacks_library_for_browsers_says_it_again_and_nothing_is_twice(
    listening: Listening, libraries: Path, visit: Callable[..., Visitor]
):
    quick = {"queueOptions": {"minRetryDelay": 50, "backoffFactor": 1}}
    with (
        losing_answers(listening.base, losing=2) as way,
        shop(a_rudder_shop(listening, way.base, libraries, quick)) as base,
    ):
        numbers = speak_rudder(visit().page, base)
        wait_until(lambda: len(events(way.carried)) >= 7)

    assert sorted(numbers) == sorted(set(events(way.carried)))
    assert set(numbers) == set(arrived(listening, 5))


def a_rudder_shop(listening: Listening, base: str, libraries: Path, options: dict[str, Any]) -> dict[str, str | Path]:
    script = libraries / "node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js"
    filled = {"key": listening.key, "base": base, "options": json.dumps(options)}
    return {"/": RUDDER_PAGE % filled, "/rudder.js": script}


def speak_rudder(page: Any, shop_: str) -> list[str]:
    """Say everything on the shop's page; the message ids."""
    page.goto(shop_)
    return list(page.evaluate(RUDDER))


def a_shop(listening: Listening, cdn: str, libraries: Path) -> dict[str, str | Path]:
    script = libraries / "node_modules/@segment/analytics-next/dist/umd/standalone.js"
    return {
        "/": PAGE % {"key": listening.key, "cdn": cdn},
        f"/analytics.js/v1/{listening.key}/analytics.min.js": script,
    }


def speak(page: Any, shop_: str) -> list[str]:
    """Say everything on the shop's page; the message ids."""
    page.goto(shop_)
    page.wait_for_function("window.analytics.initialized")
    return list(page.evaluate(BROWSER))


def events(carried: list[bytes]) -> list[str]:
    """The message id of each event that came along; the figures that the library keeps of itself have none."""
    return [number for body in carried if (number := json.loads(body).get("messageId"))]


def arrived(listening: Listening, count: int) -> list[str]:
    """The message ids in the log, once there are so many of them."""
    found = [number for (number,) in listening.home.sql("SELECT message_id FROM flow_interaction")]
    return found if len(found) >= count else []


def assert_one_person(listening: Listening, *, events: int = 6) -> None:
    (person,) = listening.home.ask("person", "find", "Mercè")
    told = listening.home.ask("person", "show", person["uid"])
    assert {"user_id@web", "anonymous_id@web", "email"} <= {each["namespace"] for each in told["identities"]}
    assert events == told["interactions"]
    assert [] == listening.home.sql("SELECT reason FROM flow_quarantined")
