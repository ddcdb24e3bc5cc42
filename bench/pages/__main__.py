"""Measure the pages: `python -m bench.pages [--triples 1000000] [--store DIR]`.

A browser opens each page for the first time, with an empty cache, as a phone and as a desktop; told are the seconds to
the load event (the middle of three), and the bytes that came over the wire, compressed. Search is asked over HTTP.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, sync_playwright

from bench.pages.generate import fill
from ontology import MC, RDFS
from tests.server.serving import start_server

_NAMES_OF_EXERCISES = f"SELECT ?x ?l WHERE {{ ?x a <{MC['Exercise']}> ; <{RDFS['label']}> ?l }} LIMIT 100000"
PAGES = {
    "start": "/",
    "search": "/search?q=бераката",
    "documents": "/documents",
    "state": "/page/state/RUS",
    "organization": "/page/organization/CSTO",
    "document": "/page/document/made-3",
    "questions": "/queries",
    "question": "/queries/exercises-of-a-state?state=RUS",
    "query": "/sparql",
    "answer": "/sparql?query=" + quote(_NAMES_OF_EXERCISES),
    "ontology": "/ontology",
    "network": "/network",
    "map": "/map",
    "timeline": "/timeline",
    "dossier": "/dossier/state/RUS",
    "pair": "/dossier/state/RUS?with=state/KAZ",
    "new": "/watch/new",
    "gaps": "/watch/gaps",
}
TYPED = ["к", "бе", "каз", "Казахстана", "кзахстан", "соглашение о мирво", "иван стебе", "russia", "қазақстан"]
TIMES = 3


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="kept for the next time; a temporary one without it")
    given = parser.parse_args()
    with _folder(given.store) as folder:
        begun = time.perf_counter()
        held = fill(folder / "pages", given.triples)
        print(f"{held:,} triples, {time.perf_counter() - begun:.0f} s to fill\n")
        server = start_server("--store", str(folder / "pages"), "--no-sample", "--bare")
        try:
            _search(server.url)
            _pages(server.url)
        finally:
            server.stop()


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _search(url: str) -> None:
    begun = time.perf_counter()
    _asked(url, "warm")
    print(f"first search (the index is made): {time.perf_counter() - begun:.2f} s")
    print(f"{'search':32}{'ms':>8}")
    for text in TYPED:
        print(f"{text:32}{statistics.median(_asked(url, text) for _ in range(5)) * 1000:8.1f}")
    print()


def _asked(url: str, text: str) -> float:
    begun = time.perf_counter()
    request = Request(f"{url}/search?limit=8&q={quote(text)}", headers={"Accept": "application/json"})
    with urlopen(request) as answer:
        answer.read()
    return time.perf_counter() - begun


def _pages(url: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    print(f"{'page':16}{'desktop s':>12}{'phone s':>10}{'kB':>8}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path in PAGES.items():
            desktop = [_viewed(browser, url + path, phone=False) for _ in range(TIMES)]
            phone = [_viewed(browser, url + path, phone=True) for _ in range(TIMES)]
            seconds = [statistics.median(view[0] for view in views) for views in (desktop, phone)]
            print(f"{name:16}{seconds[0]:12.2f}{seconds[1]:10.2f}{desktop[0][1] / 1000:8.0f}", flush=True)
        browser.close()


def _viewed(browser: Browser, address: str, *, phone: bool) -> tuple[float, int]:
    """Seconds to the load event, and bytes on the wire until then."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size, is_mobile=phone)  # type: ignore[arg-type]
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="load")
    seconds = time.perf_counter() - begun
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(entry => entry.transferSize)"
    )
    context.close()
    return seconds, sum(sizes)


if __name__ == "__main__":
    main()
