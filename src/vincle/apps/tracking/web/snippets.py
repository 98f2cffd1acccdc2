"""A few lines to copy, for each way of sending."""

from dataclasses import dataclass

_BROWSER = """\
import {{ AnalyticsBrowser }} from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load(
  {{ writeKey: "{key}", cdnURL: "{base}" }},
  {{ integrations: {{ "Segment.io": {{ apiHost: "{host}/v1", protocol: "{scheme}" }} }} }},
);
analytics.page();
"""
_RUDDER = """\
import {{ RudderAnalytics }} from "@rudderstack/analytics-js/bundled";

const analytics = new RudderAnalytics();
analytics.load("{key}", "{base}", {{ configUrl: "{base}" }});
analytics.page();
"""
_NODE = """\
import {{ Analytics }} from "@segment/analytics-node";

const analytics = new Analytics({{ writeKey: "{key}", host: "{base}" }});
analytics.track({{ userId: "42", event: "Order Completed", properties: {{ revenue: 38.4, currency: "EUR" }} }});
"""
_PYTHON = """\
from segment.analytics.client import Client

analytics = Client("{key}", host="{base}")
analytics.track("42", "Order Completed", {{"revenue": 38.4, "currency": "EUR"}})
analytics.flush()
"""
_CURL = """\
curl -u {key}: {base}/v1/track -d '{{"userId": "42", "event": "Order Completed", "messageId": "order-1042"}}'
"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines for one language; `id` names it on the page."""

    id: str
    name: str
    text: str


def snippets(key: str, base: str) -> list[Snippet]:
    """The lines with this write key, for the installation at `base` (no slash at the end)."""
    scheme, _, host = base.partition("://")
    words = {"key": key, "base": base, "scheme": scheme, "host": host}
    named = (
        ("browser", "JavaScript", _BROWSER),
        ("rudder", "JavaScript (RudderStack)", _RUDDER),
        ("node", "Node.js", _NODE),
        ("python", "Python", _PYTHON),
        ("curl", "HTTP", _CURL),
    )
    return [Snippet(id_, name, text.format(**words)) for id_, name, text in named]
