"""What Segment's libraries for JavaScript send, sent here as they send it: by a server, and by a real browser.

The shapes are those of @segment/analytics-node 2 (publisher) and @segment/analytics-next 1 (segmentio's dispatchers).
"""

import base64
import http.client
import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tracking.conftest import Listening

NODE = (
    '{"batch":[{"userId":"42","event":"Order Completed","type":"track","properties":{"revenue":38.4,"currency":"EUR"},'
    '"context":{"library":{"name":"@segment/analytics-node","version":"2.2.1"}},"integrations":{},'
    '"timestamp":"2026-03-01T09:30:15.123Z",'
    '"messageId":"node-next-1772357415123-3d2c0f5e-7a52-4a0f-9d3c-2f6f7a3f1b11",'
    '"_metadata":{"nodeVersion":"22.11.0","jsRuntime":"node"}}],"writeKey":"%s","sentAt":"2026-03-01T09:30:16.000Z"}'
)

# What the library does when a page loads it: asks for the settings, then sends each event by itself as plain text.
BROWSER = """
async ([base, key]) => {
  const settings = await (await fetch(`${base}/v1/projects/${key}/settings`)).json();
  const { apiHost, protocol, apiKey } = settings.integrations["Segment.io"];
  const context = { page: { path: "/", referrer: "", search: "", title: "Shop", url: "https://shop.example.org/" },
    userAgent: navigator.userAgent, locale: "ca", library: { name: "analytics.js", version: "npm:next-1.77.0" } };
  const common = { anonymousId: "0d8a2c1e-5a3b-4c5f-8b6d-1f2e3d4c5b6a", integrations: {}, context, writeKey: apiKey };
  const events = [
    { type: "page", properties: context.page, messageId: "ajs-next-1" },
    { type: "identify", userId: "42", traits: { email: "merce@roca.cat", name: "Mercè" }, messageId: "ajs-next-2" },
    { type: "track", userId: "42", event: "Order Completed", properties: { revenue: 9 }, messageId: "ajs-next-3" },
    { type: "group", userId: "42", groupId: "acme", traits: { name: "Acme" }, messageId: "ajs-next-4" },
    { type: "alias", userId: "42", previousId: "old", messageId: "ajs-next-5" },
    { type: "screen", userId: "42", name: "Basket", messageId: "ajs-next-6" },
  ];
  const answers = [];
  for (const event of events) {
    const now = new Date().toISOString();
    const body = JSON.stringify({ timestamp: now, ...event, ...common, sentAt: now, _metadata: { bundled: [] } });
    const url = `${protocol}://${apiHost}/${event.type.charAt(0)}`;
    const sent = await fetch(url, { keepalive: true, headers: { "Content-Type": "text/plain" }, method: "post", body });
    answers.push(sent.status);
  }
  const batch = JSON.stringify({ writeKey: apiKey, batch: [{ ...events[0], ...common, messageId: "ajs-next-7" }],
    sentAt: new Date().toISOString() });
  const headers = { "Content-Type": "application/json", Authorization: `Basic ${btoa(apiKey + ":")}` };
  answers.push((await fetch(`${protocol}://${apiHost}/b`, { method: "post", headers, body: batch })).status);
  answers.push(navigator.sendBeacon(`${protocol}://${apiHost}/m`, JSON.stringify({ series: [] })));
  return answers;
}
"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a page of another origin."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Shop</title>")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_what_the_library_for_node_sends_enters(listening: Listening):
    where = urlsplit(listening.base)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "analytics-node-next/latest",
        "Authorization": "Basic " + base64.b64encode(f"{listening.key}:".encode()).decode(),
    }

    connection.request("POST", "/v1/batch", NODE % listening.key, headers)
    answer = connection.getresponse()

    assert (200, True) == (answer.status, json.loads(answer.read())["success"])
    assert [("order.placed", "42")] == listening.interactions()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_the_library_for_browsers_sends_from_another_site_enters(listening: Listening, elsewhere: str, visit):
    page = visit().page
    page.goto(elsewhere)

    answers = page.evaluate(BROWSER, [listening.base, listening.key])

    assert [200] * 7 + [True] == answers
    assert [
        "page.viewed",
        "person.identified",
        "order.placed",
        "group.joined",
        "person.linked",
        "screen.viewed",
        "page.viewed",
    ] == [kind for kind, _who in listening.interactions()]
    assert [] == listening.home.sql("SELECT reason FROM flow_quarantined")
