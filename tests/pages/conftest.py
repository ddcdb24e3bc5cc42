"""A browser, and a server on the sample documents and one that tries to break pages."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.milcoop.conftest import load_samples
from tests.server.serving import Server, start_server
from tests.stores import made_once

playwright_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import (  # noqa: E402
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

PATIENCE = 60_000
"""Milliseconds for what a page does by itself: on a busy machine a slow page is no fault, and a fault is told late."""

expect.set_options(timeout=PATIENCE)

TOKEN = "a token for pages"
AXE = Path(__file__).parents[2] / "server" / "pages" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = """<script>alert('title')</script> & "quotes"

Министр обороны Казахстана <b>Нурлан Ермекбаев</b><img src=x onerror=alert(1)> 12 мая 2022 года посетил Турцию.
<script>alert('text')</script> Казахстан и Турция провели учение «</script><script>alert(2)</script>».
"""

_REPEATED = ["section.term:nth-of-type(n + 12)"]
"""What a page has hundreds of, all made by the same template; each takes axe-core as long as the first."""

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


def find_chromium() -> str | None:
    """Where the system's Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the samples, with the hostile document loaded over HTTP."""
    if find_chromium() is None:
        pytest.skip("no Chromium: apt-get install chromium")
    folder = tmp_path_factory.mktemp("pages") / "store"
    shutil.copytree(made_once(tmp_path_factory, "samples", load_samples), folder)
    running = start_server("--store", str(folder), "--no-sample", "--query-seconds", "50", MILCOOP_TOKEN=TOKEN)
    answer = running.request(
        "/documents?name=hostile.txt", "POST", HOSTILE.encode(),
        Authorization=f"Bearer {TOKEN}", Content_Type="text/plain", Accept="application/json",
    )  # fmt: skip
    assert answer.status == 201, answer.text
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@dataclass
class Visit:
    """A page in a browser, and what went wrong on it.

    Arguments:
        page: Playwright's page.
        server: where it is from.
        faults: errors of scripts, messages of the console, refused content.
        foreign: addresses outside the origin that something asked for.
    """

    page: Page
    server: Server
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on what goes wrong and what is asked for elsewhere."""

        def told(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.faults.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((self.server.url, "data:", "blob:")):
                self.foreign.append(request.url)

        def opened(dialog: Dialog) -> None:
            self.faults.append(f"dialog {dialog.message}")
            dialog.dismiss()

        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", told)
        self.page.on("request", asked)
        self.page.on("dialog", opened)

    def open(self, path: str) -> None:
        self.page.goto(self.server.url + path, wait_until="load")

    def path(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def serious(self) -> list[str]:
        """What axe-core finds that is serious or critical."""
        if not AXE.exists():
            pytest.skip("no axe-core: make pages")
        # As a function of Playwright's own, not as an element: the page's policy forbids strange scripts.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(f"axe.run({{exclude: {_REPEATED}}}, {{resultTypes: ['violations']}})")
        return [
            f"{violation['id']}: {node['target']} {node['html'][:120]}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]


Visiting = Callable[..., Visit]


def _window(browser: Browser, site: Server, phone: bool, dark: bool, language: str) -> Visit:
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP,
        color_scheme="dark" if dark else "light",
        locale=language,
        is_mobile=phone,
        has_touch=phone,
    )
    context.set_default_timeout(PATIENCE)
    made = Visit(context.new_page(), site)
    made.watch()
    return made


@pytest.fixture
def visiting(browser: Browser, site: Server) -> Iterator[Visiting]:
    """Opens a page in a fresh browser context; at the end, nothing may have failed or left the origin."""
    visits: list[Visit] = []

    @contextmanager
    def _closing() -> Iterator[None]:
        yield
        for visit in visits:
            visit.page.context.close()

    def visit(path: str, *, phone: bool = False, dark: bool = False, language: str = "en") -> Visit:
        made = _window(browser, site, phone, dark, language)
        visits.append(made)
        made.open(path)
        return made

    with _closing():
        yield visit
    for made in visits:
        assert made.faults == []
        assert made.foreign == []


@pytest.fixture(scope="session")
def windows(browser: Browser, site: Server) -> Iterator[Callable[[bool, bool, str], Visit]]:
    """Windows that stay open, one of each look."""
    opened: dict[tuple[bool, bool, str], Visit] = {}

    def window(phone: bool, dark: bool, language: str) -> Visit:
        look = (phone, dark, language)
        if look not in opened:
            opened[look] = _window(browser, site, *look)
        return opened[look]

    yield window
    for visit in opened.values():
        visit.page.context.close()


@pytest.fixture
def seeing(windows: Callable[[bool, bool, str], Visit]) -> Iterator[Visiting]:
    """Opens a page in a window that others have looked through before, which is faster; else as `visiting`."""
    seen: list[Visit] = []

    def see(path: str, *, phone: bool = False, dark: bool = False, language: str = "en") -> Visit:
        visit = windows(phone, dark, language)
        visit.faults.clear()
        visit.foreign.clear()
        seen.append(visit)
        visit.open(path)
        return visit

    yield see
    for visit in seen:
        assert visit.faults == []
        assert visit.foreign == []
