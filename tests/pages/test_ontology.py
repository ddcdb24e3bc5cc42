"""The page of the ontology: its diagram, and what it leads to."""

import re

import pytest

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("phone", [False, True])
def test_the_diagram_is_whole_in_every_window(visiting: Visiting, phone: bool, language: str) -> None:
    visit = visiting("/ontology", phone=phone, language=language)
    names, arcs = visit.page.locator(".classes .names"), visit.page.locator(".classes .arcs")
    assert arcs.locator("path").count() > 20
    box, beside = names.bounding_box(), arcs.bounding_box()
    assert box and beside
    assert beside["width"] > 50
    window = visit.page.viewport_size
    assert window and beside["x"] + beside["width"] <= window["width"]
    assert not visit.page.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.fitting'))")


def test_a_class_in_the_diagram_leads_to_what_is_said_of_it(visiting: Visiting) -> None:
    visit = visiting("/ontology")
    visit.page.locator(".classes .names a", has_text="bilateral exercise").click()
    expect(visit.page.locator(":target")).to_have_text(re.compile(r"\s*bilateral exercise"))


def test_each_question_that_it_was_made_for_leads_to_its_query(visiting: Visiting) -> None:
    visit = visiting("/ontology")
    assert visit.page.locator('a[href^="/queries/"]').count() > 30
