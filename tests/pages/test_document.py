"""The page of a document: its text with facts and names marked in it, and the facts beside it."""

import re

import pytest

from .conftest import TOKEN, Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

BRIEFING = "/page/document/briefing-astana-2022"


def test_a_fact_and_its_sentence_light_up_together(visiting: Visiting) -> None:
    visit = visiting(BRIEFING)
    fact = visit.page.locator(".said li[data-passage]").nth(2)
    passage = fact.get_attribute("data-passage")
    fact.hover()
    expect(visit.page.locator("mark.lit").first).to_have_id(str(passage))
    visit.page.locator(f"#{passage}").hover()
    expect(visit.page.locator(f'.said li.lit[data-passage="{passage}"]').first).to_be_visible()


def test_names_in_the_text_lead_to_the_things(visiting: Visiting) -> None:
    visit = visiting(BRIEFING + "?lang=en")
    mention = visit.page.locator(".body a.mention[title='Kazakhstan']").first
    assert re.match(r"Казахстан|РК|казахстан", mention.inner_text())
    mention.click()
    visit.page.wait_for_url("**/page/state/KAZ?lang=en")


def test_facts_are_chosen_by_kind(visiting: Visiting) -> None:
    visit = visiting(BRIEFING)
    listed = visit.page.locator(".said-list > ol > li:visible")
    all_of_them = listed.count()
    chip = visit.page.locator(".filter .chip").nth(1)
    chip.click()
    expect(listed).to_have_count(int(chip.locator(".total").inner_text()))
    visit.page.locator(".filter .chip").first.click()
    expect(listed).to_have_count(all_of_them)


def test_each_fact_tells_its_rule_confidence_and_modality(visiting: Visiting) -> None:
    visit = visiting(BRIEFING)
    for fact in visit.page.locator(".said-list > ol > li").all()[:5]:
        assert fact.locator("code").inner_text().startswith("ru/")
        assert fact.locator("meter").count() == 1
        assert fact.locator(".badge").inner_text()


def test_a_claim_is_confirmed_with_a_token_and_not_without(visiting: Visiting) -> None:
    visit = visiting("/page/document/hostile")
    visit.page.locator(".said li .decide").first.click()
    dialog = visit.page.locator("dialog[open]")
    expect(dialog.locator("blockquote"), "whoever decides sees the words of the document").to_contain_text("Ермекбаев")
    whole, form = dialog.bounding_box(), dialog.locator(".quoted").bounding_box()
    assert whole and form and form["x"] - whole["x"] < 40
    dialog.locator('[name="author"]').fill("Reviewer")
    dialog.locator('[name="token"]').fill("wrong")
    dialog.locator('button[value="confirmed"]').click()
    dialog.locator(".error:visible").wait_for()
    visit.faults.clear()  # the browser tells of the 401 itself
    dialog.locator('[name="token"]').fill(TOKEN)
    with visit.page.expect_navigation():
        dialog.locator('button[value="confirmed"]').click()
    expect(visit.page.locator("dialog[open]")).to_have_count(0)


def test_a_decision_is_taken_back_where_it_stands(visiting: Visiting) -> None:
    visit = visiting("/page/document/hostile")
    fact = visit.page.locator(".said-list li", has_text="Turkey").filter(has_text="participant").first
    said = fact.locator(".says").inner_text()
    saying = visit.page.locator(".said-list li .says", has_text=said)
    before = saying.count()
    fact.locator(".decide").click()
    dialog = visit.page.locator("dialog[open]")
    dialog.locator('[name="author"]').fill("Reviewer")
    dialog.locator('[name="token"]').fill(TOKEN)
    dialog.locator('[name="note"]').fill("Not what it says")
    with visit.page.expect_navigation():
        dialog.locator('button[value="rejected"]').click()
    expect(saying).to_have_count(before - 1)
    visit.page.locator(".taken-out summary").click()
    taken = visit.page.locator(".taken-out li", has_text=said)
    expect(taken).to_contain_text("rejected by Reviewer")
    expect(taken).to_contain_text("Not what it says")
    assert visit.serious() == []
    taken.locator(".decide").click()
    with visit.page.expect_navigation():
        dialog.locator('button[value="taken-back"]').click()  # the token is remembered
    expect(saying).to_have_count(before)
    expect(visit.page.locator(".taken-out")).to_have_count(0)


def test_a_document_is_as_long_as_what_is_seen_of_it(visiting: Visiting) -> None:
    visit = visiting(BRIEFING)
    foot = visit.page.locator("footer.site").bounding_box()
    assert foot is not None
    assert visit.page.evaluate("document.documentElement.scrollHeight") <= foot["y"] + foot["height"] + 1


def test_a_claim_is_amended_by_what_is_found_by_its_name(visiting: Visiting) -> None:
    visit = visiting("/page/document/hostile?lang=ru")
    fact = visit.page.locator(".said li", has_text="Турция").filter(has_text="участник").first
    said = fact.locator(".says").inner_text()
    fact.locator(".decide").click()
    dialog = visit.page.locator("dialog[open]")
    dialog.locator("button", has_text="Исправить").click()
    dialog.locator("fieldset select").nth(1).wait_for()  # the property and the modality
    labels = dialog.locator("fieldset label span, fieldset .thing > span").all_inner_texts()
    assert {"субъект", "свойство", "объект", "модальность"} <= {label.strip().lower() for label in labels}
    dialog.locator('[name="author"]').fill("Рецензент")
    dialog.locator('[name="token"]').fill(TOKEN)
    dialog.locator('button[value="amended"]').click()
    expect(dialog.locator(".error:visible")).to_have_text("Сначала измените что-нибудь.")
    thing = dialog.locator("fieldset .thing input").last
    thing.fill("Монгол")
    dialog.locator('.suggestions [role="option"]', has_text="Монголия").first.click()
    assert visit.serious() == []
    with visit.page.expect_navigation():
        dialog.locator('button[value="amended"]').click()
    amended = visit.page.locator(".said li", has_text="Монголия").first
    expect(amended.locator(".says")).to_have_text(said.replace("Турция", "Монголия"))
    expect(amended).to_contain_text("исправлено: Рецензент")
