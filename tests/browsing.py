"""A real browser, and what it complains about."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from vincle.apps.accounts.models import User

# The first that is there. The shell draws the same pages, without the windows, menus and services of a whole browser,
# for two thirds of the processor time.
CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((each for each in CHROMIUMS if each.exists()), CHROMIUMS[-1])
AXE = Path(__file__).parent / "web" / "vendor" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 860}}


@dataclass
class Visitor:
    """Somebody at a browser: their page, and everything it complained about or asked of other hosts."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._leaves(request.url))

    def _leaves(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(url)

    def open(self, path: str) -> Page:
        """Go to a page and wait until it is all there: styles, letters, charts."""
        self.page.goto(self.base + path)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.locator("[data-chart]:not([data-drawn])").first.wait_for(state="detached")
        return self.page

    def sign_in(self, user: User) -> None:
        """Be this person, without typing a password."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base}])

    def barriers(self) -> list[str]:
        """What axe-core finds serious or critical on the open page: the rule, and where."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate("axe.run().then(({violations}) => violations)")
        grave = [each for each in found if each["impact"] in {"serious", "critical"}]
        return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in grave for node in each["nodes"]]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        page = "document.documentElement"
        return max(0, int(self.page.evaluate(f"{page}.scrollWidth - {page}.clientWidth")))


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser: {CHROMIUM} is not installed (Debian's package chromium)")
    # Playwright runs an event loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def _browser(_playwright: Playwright) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def visit(_browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """`visit()` or `visit(**PHONE, color_scheme="dark", locale="ca")`: a new visitor of the running application."""
    contexts: list[BrowserContext] = []

    def arrive(**options: Any) -> Visitor:
        context = _browser.new_context(**({"locale": "en"} | DESK | options))
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url)

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(visit: Callable[..., Visitor], olga: User) -> Visitor:
    """The owner at a desk."""
    visitor = visit()
    visitor.sign_in(olga)
    return visitor


def path_of(url: str) -> str:
    """The path of an address, without the host."""
    return urlsplit(url).path
