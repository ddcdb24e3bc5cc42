"""Screenshots of the pages for the documentation: `python -m bench.pages.screenshots [FOLDER]`.

Without an address of a running server, one is started on the sample documents.
"""

import argparse
import shutil
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.server.serving import start_server

_BY_STATE = """SELECT ?state ?stateName (COUNT(?activity) AS ?activities) WHERE {
  ?activity mc:hasParticipant ?state .
  ?state a mc:State ; rdfs:label ?stateName .
  FILTER (lang(?stateName) = "en")
}
GROUP BY ?state ?stateName
ORDER BY DESC(?activities)"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to be taken.

    Arguments:
        name: of its file.
        path: of the page.
        language, phone, dark: how the page is looked at.
        click: what is clicked first; empty for nothing.
    """

    name: str
    path: str
    language: str = "en"
    phone: bool = False
    dark: bool = False
    click: str = ""


SHOTS = (
    Shot("start", "/"),
    Shot("start-phone", "/", "ru", phone=True, dark=True),
    Shot("state", "/page/state/KAZ"),
    Shot("state-phone", "/page/state/KAZ", "kk", phone=True),
    Shot("document", "/page/document/briefing-astana-2022"),
    Shot("document-phone", "/page/document/briefing-astana-2022", "ru", phone=True, dark=True),
    Shot("reading", "/reading", "ru"),
    Shot("reading-phone", "/reading", "kk", phone=True, dark=True),
    Shot("search", "/search?q=каспий", "kk"),
    Shot("documents", "/documents", "kk", dark=True),
    Shot("question", "/queries/exercises-of-a-state", "kk"),
    Shot("questions", "/queries", "ru", dark=True),
    Shot("query", "/sparql?query=" + quote(_BY_STATE)),
    Shot("query-map", "/sparql?query=" + quote(_BY_STATE), "ru", dark=True, click='[data-view="map"]'),
    Shot("query-phone", "/sparql", "ru", phone=True),
    Shot("why", "/explain?s=id:state/KAZ&p=mc:cooperatesWith&o=id:state/RUS", "ru"),
    Shot("network", "/network"),
    Shot("network-phone", "/network", "kk", phone=True, dark=True),
    Shot("map", "/map", "ru"),
    Shot("map-phone", "/map", phone=True, dark=True),
    Shot("timeline", "/timeline", dark=True),
    Shot("timeline-phone", "/timeline", "kk", phone=True),
    Shot("dossier", "/dossier/state/KAZ?with=state/RUS", "ru"),
    Shot("dossier-phone", "/dossier/state/KAZ", "kk", phone=True),
    Shot("new", "/watch/new", "ru"),
    Shot("gaps", "/watch/gaps"),
    Shot("ontology", "/ontology"),
    Shot("openapi", "/openapi"),
)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/screenshots"))
    parser.add_argument("--url", help="of a running server")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.url:
        _take(given.url.rstrip("/"), given.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("--store", f"{folder}/store", MILCOOP_TOKEN="for pictures")  # not read-only
        try:
            _take(server.url, given.folder)
        finally:
            server.stop()


def _take(url: str, folder: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            page = _opened(browser, url, shot)
            if shot.click:
                page.click(shot.click)
            if page.locator(".stage").count():
                page.wait_for_selector("section.network[data-settled]", timeout=60_000)
            for drawing in (".stage", ".world .map"):
                if page.locator(drawing).count():
                    page.locator(drawing).scroll_into_view_if_needed()
            page.wait_for_timeout(600)  # drawings that come when they are seen
            picture = page.screenshot()
            page.context.close()
            _save(picture, folder / f"{shot.name}.png")
        browser.close()


def _opened(browser: Browser, url: str, shot: Shot) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 844} if shot.phone else {"width": 1280, "height": 860},
        color_scheme="dark" if shot.dark else "light",
        locale=shot.language,
        is_mobile=shot.phone,
        has_touch=shot.phone,
    )
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(f"{url}{shot.path}{'&' if '?' in shot.path else '?'}lang={shot.language}", wait_until="networkidle")
    return page


def _save(picture: bytes, path: Path) -> None:
    """Save a picture with as few colours as it needs: a page has few, and a repository keeps every one for good."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    few = whole.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path}  {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
