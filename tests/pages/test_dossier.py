"""The page of a dossier: sentences with footnotes that lead to the words of documents, and how it is printed."""

import re
from itertools import pairwise
from typing import Literal

import pytest

from tests.server.serving import Server

from .conftest import Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

PAIR = "/dossier/state/KAZ?with=state/RUS"


@pytest.mark.parametrize(("language", "title"), [("en", "Kazakhstan"), ("ru", "Казахстан"), ("kk", "Қазақстан")])
def test_each_sentence_has_a_footnote_with_words_of_a_document(visiting: Visiting, language: str, title: str) -> None:
    visit = visiting(f"/dossier/state/KAZ?lang={language}")
    assert visit.page.inner_text("h1") == title
    sentences = visit.page.locator(".sentences li").count()
    assert sentences > 10
    assert visit.page.locator(".sentences li:has(sup a)").count() == sentences
    note = visit.page.locator(".sentences sup a").first
    note.click()
    quote = visit.page.locator(".footnotes li:target")
    words = quote.locator("q").inner_text()
    quote.locator("a").click()
    visit.page.wait_for_url("**/page/document/**#p-*")
    expect(visit.page.locator("mark:target").first).to_contain_text(words.split()[0].strip('«»“”"'))


def test_of_a_pair_is_told_what_both_have_part_in(visiting: Visiting) -> None:
    visit = visiting(PAIR)
    assert visit.page.inner_text("h1") == "Kazakhstan — Russia"
    whole = int(visit.page.locator("article > p").nth(1).inner_text().split(": ")[1].split(" ")[0])
    assert whole == sum(int(text) for text in visit.page.locator("article h2 .total").all_inner_texts())
    visit.page.wait_for_selector("figure.map svg path.own")


def test_in_print_only_the_dossier_is_left(visiting: Visiting) -> None:
    visit = visiting(PAIR)
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".footnotes")).to_be_visible()
    for part in (".bar", "footer.site", ".data"):
        expect(visit.page.locator(part).first).to_be_hidden()


def test_the_page_of_a_state_leads_to_its_dossier(visiting: Visiting) -> None:
    visit = visiting("/page/state/KAZ?lang=kk")
    visit.page.locator("article header .looks a >> nth=0").click()
    visit.page.wait_for_url("**/dossier/state/KAZ?lang=kk")


@pytest.mark.parametrize(("phone", "medium"), [(False, "screen"), (False, "print"), (True, "screen")])
def test_years_under_the_bars_do_not_run_into_each_other(
    visiting: Visiting, phone: bool, medium: Literal["screen", "print"]
) -> None:
    visit = visiting(PAIR, phone=phone)
    visit.page.emulate_media(media=medium)
    boxes = visit.page.locator(".years svg text:visible").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    assert len(boxes) > 2
    assert all(before[1] < after[0] for before, after in pairwise(boxes))


@pytest.mark.parametrize(
    ("language", "period"),
    [("en", "18–23 July 2022"), ("ru", "18–23 июля 2022 года"), ("kk", "2022 жылғы 18–23 шілде")],
)
def test_days_of_one_month_are_told_together(site: Server, language: str, period: str) -> None:
    page = site.page(f"/dossier/state/KAZ?with=state/RUS&lang={language}").text
    assert period in page, "«Рубеж-2022» … прошло с 18 по 23 июля"


def test_years_are_those_of_what_the_actor_did_not_of_a_mission_s_own_beginning(site: Server) -> None:
    summary = site.get("/dossier/state/KAZ", "application/json").json()["summary"][0]["rest"]
    first = re.search(r"\((\d{4})–\d{4}\)", summary)
    assert first and int(first[1]) > 1990, "UNTSO began in 1948, UNIFIL in 1978, Kazakhstan in 1991"
