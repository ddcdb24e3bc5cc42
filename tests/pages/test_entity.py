"""The page of a thing: its timeline, facts with their sentences and reasons, the network and the map."""

import pytest

from tests.server.serving import Server

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import Browser, expect

KAZ = "/page/state/KAZ"


def test_a_thing_has_its_doings_in_the_order_of_time(visiting: Visiting) -> None:
    visit = visiting(KAZ)
    years = [int(text) for text in visit.page.locator(".timeline > li > h3").all_inner_texts()]
    assert len(years) > 2
    assert years == sorted(years, reverse=True)


def test_relations_are_counted(visiting: Visiting) -> None:
    visit = visiting(KAZ)
    group = visit.page.locator(".group", has=visit.page.locator("h3 a", has_text="member of"))
    assert int(group.locator(".total").inner_text()) == group.locator("li").count()


def test_a_stated_fact_shows_its_sentence_and_leads_to_its_place(visiting: Visiting) -> None:
    visit = visiting(KAZ)
    sign = visit.page.locator("a.passage[data-quote]:visible").first
    quote = sign.get_attribute("data-quote")
    assert quote
    sign.hover()
    note = visit.page.locator(".note")
    note.wait_for()
    expect(note).to_contain_text(quote)
    sign.click()
    visit.page.wait_for_url("**/page/document/**#p-*")
    expect(visit.page.locator("mark:target")).to_contain_text(quote.split()[0])


def test_a_finger_opens_the_sentence_first(visiting: Visiting) -> None:
    visit = visiting(KAZ, phone=True)
    visit.page.locator("a.passage[data-quote]:visible").first.tap()
    note = visit.page.locator(".note")
    note.wait_for()
    note.locator("a").tap()
    visit.page.wait_for_url("**/page/document/**#p-*")


def test_an_inferred_fact_says_why_in_a_dialog(visiting: Visiting) -> None:
    visit = visiting(KAZ)
    visit.page.locator(".is-inferred a.why:visible").first.click()
    dialog = visit.page.locator("dialog[open]")
    dialog.locator(".content section").first.wait_for()
    expect(dialog).to_contain_text("Kazakhstan")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)


def test_those_close_to_it_are_drawn_and_lead_on(visiting: Visiting) -> None:
    visit = visiting(KAZ + "?lang=ru")
    points = visit.page.locator(".star svg a")
    assert points.count() > 3
    address = points.first.get_attribute("href")
    assert address and "lang=ru" in address
    points.first.locator("circle").click()
    visit.page.wait_for_url(f"**{address}")


def test_the_map_marks_the_state_and_names_places(visiting: Visiting) -> None:
    visit = visiting(KAZ)
    visit.page.locator("figure.map").scroll_into_view_if_needed()
    visit.page.wait_for_selector("figure.map svg path.own")
    spot = visit.page.locator("figure.map circle.spot").first
    name = (spot.get_attribute("aria-label") or "").partition(" (")[0]
    spot.focus()
    expect(visit.page.locator("figure.map .legend")).to_contain_text(name)


def test_without_scripts_the_page_says_as_much(browser: Browser, site: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + KAZ)
    assert page.locator(".timeline li").count() > 2
    assert page.locator("a.passage").count() > 0
    expect(page.locator("figure.map")).to_be_hidden()
    context.close()


def test_what_is_only_announced_is_told_as_planned_wherever_it_is_shown(site: Server) -> None:
    memorandum = "/page/document/briefing-astana-2022/agreement/1"  # «Меморандум с Индией пока готовится.»
    proof = "/explain?s=id:state/KAZ&p=mc:partyTo&o=id:document%2Fbriefing-astana-2022%2Fagreement%2F1"
    for path in (memorandum, KAZ, proof, "/dossier/state/KAZ?with=state/IND"):
        page = site.page(f"{path}{'&' if '?' in path else '?'}lang=ru").text
        assert "в планах" in page, path
    assert "badge planned" not in site.page("/page/document/briefing-astana-2022/agreement/2").text
