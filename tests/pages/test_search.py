"""The search box: suggestions while one types, by keyboard and by finger; the page of results."""

import pytest

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

LIST = '[role="listbox"]:not([hidden])'


@pytest.mark.parametrize("typed", ["kaz", "Казахстана", "қазақ", "кзахстан"])
def test_a_state_is_suggested_while_its_name_is_typed(visiting: Visiting, typed: str) -> None:
    visit = visiting("/")
    visit.page.fill('input[type="search"]', typed)
    expect(visit.page.locator(f'{LIST} [role="option"]').first).to_contain_text("Kazakhstan")


def test_arrows_and_enter_lead_to_the_thing_in_the_chosen_language(visiting: Visiting) -> None:
    visit = visiting("/?lang=ru")
    visit.page.focus('input[type="search"]')
    visit.page.keyboard.insert_text("ОДКБ")  # at once: each letter that comes late would give another list
    visit.page.wait_for_selector(LIST)
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator('[role="option"][aria-selected="true"]')).to_have_count(1)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/page/organization/CSTO?lang=ru")


def test_escape_closes_the_suggestions_and_enter_searches(visiting: Visiting) -> None:
    visit = visiting("/")
    visit.page.fill('input[type="search"]', "turk")
    visit.page.wait_for_selector(LIST)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(LIST)).to_have_count(0)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search?q=turk")
    expect(visit.page.locator(".hits li").first).to_be_visible()


def test_a_tap_leads_to_the_thing(visiting: Visiting) -> None:
    visit = visiting("/", phone=True)
    visit.page.fill('input[type="search"]', "турци")
    visit.page.locator(f'{LIST} [role="option"]').first.tap()
    visit.page.wait_for_url("**/page/state/TUR")


def test_what_is_searched_for_is_text_and_never_markup(visiting: Visiting) -> None:
    visit = visiting("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert(1)</script>" in visit.page.inner_text("main")
