"""What holds for every page, at desktop and phone size, light and dark, in three languages."""

import pytest

from ontology import LANGUAGES

from .conftest import Visiting

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
]


LOOKS = [
    pytest.param(False, False, "en", id="desktop-light-en"),
    pytest.param(True, True, "ru", id="phone-dark-ru"),
    pytest.param(True, False, "kk", id="phone-light-kk"),
]


@pytest.mark.parametrize(("phone", "dark", "language"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_has_no_serious_fault(
    visiting: Visiting, path: str, phone: bool, dark: bool, language: str
) -> None:
    visit = visiting(path, phone=phone, dark=dark, language=language)
    assert not visit.overflows()
    if language != "kk":  # light or dark and small or large is what colours and sizes depend on
        assert visit.serious() == []


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_of_languages_keeps_the_page(visiting: Visiting, path: str) -> None:
    visit = visiting(path)
    for language in LANGUAGES:
        visit.page.click(f'.languages a[lang="{language}"]')
        assert visit.page.evaluate("document.documentElement.lang") == language
        assert visit.path().partition("?")[0] == path.partition("?")[0]


def test_markup_in_a_document_is_shown_and_not_run(visiting: Visiting) -> None:
    visit = visiting("/page/document/hostile")
    assert "<script>alert('title')</script>" in visit.page.inner_text("h1")
    assert "<img src=x onerror=alert(1)>" in visit.page.inner_text(".body")
    assert visit.page.locator("main script, main img").count() == 0
