"""Measure the page of the network: `python -m bench.pages.network [--actors 500 2000]`.

The page of a server on the sample documents is given as many actors as are asked for, as if the graph had them; so what
is measured is the browser's part. Told are the seconds until the picture is drawn and can be touched, and until it has
come to rest; and for a picture that is dragged, the pictures a second and the longest time between two, in
milliseconds, with the processor time that one costs. The machine needs no graphics card.
"""

import argparse
import random
import re
import shutil
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.server.serving import start_server

_MARK = "playwright_chromiumdev_profile"
_COUNT = """() => {
  window.pictures = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  let last = 0;
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    const now = document.timeline.currentTime;
    if (now !== last) window.pictures.push(now);
    last = now;
    return draw.apply(this, given);
  };
}"""
_STEPS = 120
_COLUMNS = ("actors", "ties", "drawn s", "rest s", "a second", "longest ms", "cpu ms")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, nargs="+", default=[500, 2000])
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("--store", f"{folder}/store")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                print(" ".join(f"{name:>10}" for name in _COLUMNS))
                _measured(browser, server.url, 10)  # what is first in a browser is slow for other reasons
                for actors in given.actors:
                    figures = _measured(browser, server.url, actors)
                    print(" ".join(f"{figure:10.4g}" for figure in figures), flush=True)
                browser.close()
        finally:
            server.stop()


def made(actors: int, seed: int = 1) -> dict[str, Any]:
    """An answer of `/network` with so many actors, and three ties to each, most between those near each other."""
    chance = random.Random(seed)
    iris = [f"https://w3id.org/milcoop/id/organization/made-{number}" for number in range(actors)]
    weights: dict[tuple[int, int], int] = {}
    while len(weights) < 3 * actors:
        one = chance.randrange(actors)
        other = (one + int(chance.paretovariate(0.6))) % actors
        if one != other:
            weights[min(one, other), max(one, other)] = int(chance.paretovariate(1))
    return {
        "actors": [
            {"iri": iri, "name": f"Actor {number}", "page": "/", "dossier": "/", "kind": "state",
             "code": "ABC" if number % 9 == 0 else "", "doings": int(chance.paretovariate(1))}
            for number, iri in enumerate(iris)
        ],
        "ties": [
            {"one": iris[one], "another": iris[other], "weight": weight, "kinds": {"exercise": weight},
             "from": "2020-01-01", "to": "2024-01-01"}
            for (one, other), weight in weights.items()
        ],
        "more": {"actors": 0, "ties": 0},
    }  # fmt: skip


def _measured(browser: Browser, url: str, actors: int) -> tuple[float, ...]:
    answer = made(actors)

    def give(route: Route) -> None:
        if "json" in route.request.headers.get("accept", ""):
            route.fulfill(json=answer)
        else:
            route.continue_()

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/network*", give)
    page.add_init_script(f"({_COUNT})()")
    begun = time.perf_counter()
    page.goto(url + "/network", wait_until="commit")
    page.wait_for_function("() => window.pictures?.length > 0", timeout=120_000)
    drawn = time.perf_counter() - begun
    page.wait_for_selector("section.network[data-settled]", timeout=240_000)
    rest = time.perf_counter() - begun
    figures = (actors, len(answer["ties"]), drawn, rest, *_dragged(page))
    context.close()
    return figures


def _dragged(page: Page) -> tuple[float, float, float]:
    """Pictures a second, the longest time between two in milliseconds, and processor milliseconds a picture."""
    page.locator(".stage").scroll_into_view_if_needed()
    box = page.locator(".stage .canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + 40, box["y"] + box["height"] - 40  # where no circle is: the whole picture is dragged
    page.mouse.move(x, y)
    page.evaluate("window.pictures = []")
    used = _processor_seconds()
    page.mouse.down()
    for step in range(_STEPS):
        page.mouse.move(x + step, y - step)
        page.wait_for_timeout(16)
    page.mouse.up()
    used = _processor_seconds() - used
    times = page.evaluate("window.pictures")
    between = [after - before for before, after in pairwise(times)]
    return 1000 * len(between) / sum(between), max(between), 1000 * used / len(times)


def _processor_seconds() -> float:
    """What the processes of the browser have used so far, as Linux tells it; 0 where it does not."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if _MARK in (folder / "cmdline").read_text() or "--type=" in (folder / "cmdline").read_text():
                fields = re.sub(r"^.*\)", "", (folder / "stat").read_text()).split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue  # it has ended
    return ticks / 100


if __name__ == "__main__":
    main()
