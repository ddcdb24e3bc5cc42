"""The canned queries as forms: pick lists by name, answers, calls to copy."""

import re

import pytest

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

QUESTION = "/queries/exercises-of-a-state"


def test_a_state_is_picked_by_its_name_in_the_readers_language(visiting: Visiting) -> None:
    visit = visiting(QUESTION + "?lang=ru")
    pick = visit.page.locator('select[name="state"]')
    assert pick.evaluate("select => select.selectedOptions[0].text") == "Казахстан"
    pick.select_option(label="Узбекистан")
    visit.page.click(".parameters button")
    visit.page.wait_for_url(re.compile(r"state=.*UZB"))
    expect(pick.locator("option:checked")).to_have_text("Узбекистан")
    assert "lang=ru" in visit.path()


def test_one_of_many_things_is_picked_while_its_name_is_typed(visiting: Visiting) -> None:
    visit = visiting(QUESTION)
    field = visit.page.locator('.thing[data-classes="mc:Organization"] input[role="combobox"]')
    field.fill("Collective Secur")
    visit.page.locator('[role="option"]', has_text="Collective Security Treaty").first.click()
    visit.page.click(".parameters button")
    visit.page.wait_for_url("**organization%2FCSTO**")
    expect(field).to_have_value(re.compile("Collective Security"))


def test_what_the_address_names_is_chosen_however_it_is_spelt(visiting: Visiting) -> None:
    for spelt in ("KAZ", "id:state/KAZ", "https://w3id.org/milcoop/id/state/KAZ"):
        visit = visiting(f"{QUESTION}?state={spelt}")
        chosen = visit.page.locator('select[name="state"]').evaluate("select => select.selectedOptions[0].text")
        assert chosen == "Kazakhstan"


def test_the_call_is_there_to_copy_for_three_tools(visiting: Visiting) -> None:
    visit = visiting(QUESTION)
    visit.page.click(".calls summary")
    expect(visit.page.locator(".calls h3")).to_have_text(["curl", "Python", "R"])
    call = visit.page.locator(".calls pre").nth(1).inner_text()
    assert f"{visit.server.url}{QUESTION}?" in call
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.locator(".calls .copy").nth(1).click()
    visit.page.locator(".calls .copy", has_text="Copied").wait_for()
    assert visit.page.evaluate("navigator.clipboard.readText()") == call
