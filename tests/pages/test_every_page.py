"""What holds for every page, at desktop and phone size, light and dark, in three languages."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from ontology import LANGUAGES
from tests.server.serving import Server

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

PAGES = [
    "/",
    "/search?q=каз",
    "/documents",
    "/page/state/KAZ",
    "/page/organization/CSTO",
    "/page/document/briefing-astana-2022",
    "/page/document/hostile",
    "/queries",
    "/queries/exercises-of-a-state",
    "/sparql",
    "/ontology",
    "/explain",
    "/network",
    "/map",
    "/timeline?kind=exercise",
    "/dossier/state/KAZ",
    "/dossier/state/KAZ?with=state/RUS",
    "/reading",
    "/inconsistencies",
    "/watch/new",
    "/watch/contradictions",
    "/watch/gaps",
    "/openapi",
    "/-/settings",
]


LOOKS = [
    pytest.param(False, False, "en", id="desktop-light-en"),
    pytest.param(True, True, "ru", id="phone-dark-ru"),
    pytest.param(True, False, "kk", id="phone-light-kk"),
]


@pytest.mark.parametrize(("phone", "dark", "language"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_has_no_serious_fault(
    seeing: Visiting, path: str, phone: bool, dark: bool, language: str
) -> None:
    visit = seeing(path, phone=phone, dark=dark, language=language)
    assert not visit.overflows()
    if language != "kk":  # light or dark and small or large is what colours and sizes depend on
        assert visit.serious() == []


class _Switch(HTMLParser):
    """What a page says of its language, and where it leads for others."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.others: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag == "a" and "hreflang" in given:
            self.others[given["hreflang"] or ""] = given["href"] or ""


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_of_languages_keeps_the_page(site: Server, path: str) -> None:
    asked = quote(path, safe="/?=&")
    switch = _Switch(site.get(asked, "text/html").text)
    assert set(switch.others) == set(LANGUAGES)
    for language, address in switch.others.items():
        parts = urlsplit(address)
        assert parts.path == asked.partition("?")[0]
        assert set(parse_qsl(urlsplit(asked).query)) <= set(parse_qsl(parts.query))
        assert _Switch(site.get(address, "text/html").text).language == language


def test_a_click_switches_the_language(visiting: Visiting) -> None:
    visit = visiting("/timeline?kind=exercise")
    for language in LANGUAGES:
        visit.page.click(f'.languages a[lang="{language}"]')
        expect(visit.page.locator(f'html[lang="{language}"]')).to_be_attached()
        assert "kind=exercise" in visit.path()


def test_markup_in_a_document_is_shown_and_not_run(visiting: Visiting) -> None:
    visit = visiting("/page/document/hostile")
    assert "<script>alert('title')</script>" in visit.page.inner_text("h1")
    assert "<img src=x onerror=alert(1)>" in visit.page.inner_text(".body")
    assert visit.page.locator("main script, main img").count() == 0
