"""Screenshots of the pages for the documentation: `python -m bench.pages.screenshots [FOLDER]`.

Without an address of a running server, one is started on the sample documents.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from tests.server.serving import start_server

_BY_STATE = """SELECT ?state ?stateName (COUNT(?activity) AS ?activities) WHERE {
  ?activity mc:hasParticipant ?state .
  ?state a mc:State ; rdfs:label ?stateName .
  FILTER (lang(?stateName) = "en")
}
GROUP BY ?state ?stateName
ORDER BY DESC(?activities)"""

SHOTS = (
    # name, path, language, phone, dark, what to click first
    ("start", "/", "en", False, False, ""),
    ("start-dark", "/", "kk", False, True, ""),
    ("search", "/search?q=экзерсис каспий", "ru", False, False, ""),
    ("documents", "/documents", "kk", False, False, ""),
    ("documents-phone", "/documents", "en", True, True, ""),
    ("reading", "/reading", "en", False, False, ""),
    ("reading-phone", "/reading", "kk", True, True, ""),
    ("exercise", "/page/exercise/INDRA-2021", "ru", False, True, ""),
    ("why", "/explain?s=id:state/KAZ&p=mc:cooperatesWith&o=id:state/RUS", "ru", False, False, ""),
    ("ontology", "/ontology", "en", False, False, ""),
    ("new", "/watch/new", "kk", False, False, ""),
    ("contradictions", "/watch/contradictions", "ru", False, True, ""),
    ("inconsistencies", "/inconsistencies", "en", True, False, ""),
    ("openapi", "/openapi", "en", False, False, ""),
    ("settings", "/settings", "ru", False, False, ""),
    ("questions-phone", "/queries", "kk", True, False, ""),
    ("query-phone", "/sparql", "ru", True, True, ""),
    ("map-phone", "/map", "en", True, True, ""),
    ("timeline-phone", "/timeline", "kk", True, False, ""),
    ("start-phone", "/", "ru", True, True, ""),
    ("state", "/page/state/KAZ", "en", False, False, ""),
    ("state-phone", "/page/state/KAZ", "kk", True, False, ""),
    ("document", "/page/document/briefing-astana-2022", "en", False, False, ""),
    ("document-phone", "/page/document/briefing-astana-2022", "ru", True, True, ""),
    ("question", "/queries/exercises-of-a-state", "kk", False, False, ""),
    ("questions", "/queries", "ru", False, True, ""),
    ("query", "/sparql?query=" + quote(_BY_STATE), "en", False, False, ""),
    ("query-map", "/sparql?query=" + quote(_BY_STATE), "ru", False, True, '[data-view="map"]'),
    ("network", "/network", "en", False, False, ""),
    ("network-phone", "/network", "kk", True, True, ""),
    ("map", "/map", "ru", False, False, ""),
    ("timeline", "/timeline", "en", False, True, ""),
    ("dossier", "/dossier/state/KAZ?with=state/RUS", "ru", False, False, ""),
    ("dossier-phone", "/dossier/state/KAZ", "kk", True, False, ""),
    ("gaps", "/watch/gaps", "en", False, False, ""),
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
        server = start_server("--store", f"{folder}/store")
        try:
            _take(server.url, given.folder)
        finally:
            server.stop()


def _take(url: str, folder: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path, language, phone, dark, click in SHOTS:
            page = _opened(browser, f"{url}{path}{'&' if '?' in path else '?'}lang={language}", phone, dark)
            if click:
                page.click(click)
            if path.startswith("/network"):
                page.wait_for_selector("section.network[data-settled]", timeout=60_000)
            page.wait_for_timeout(600)  # drawings that come when they are seen
            page.screenshot(path=folder / f"{name}.png")
            page.context.close()
            print(folder / f"{name}.png")
        browser.close()


def _opened(browser: Browser, address: str, phone: bool, dark: bool) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 860},
        color_scheme="dark" if dark else "light",
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    return page


if __name__ == "__main__":
    main()
