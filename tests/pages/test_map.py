"""The page of the map: places, the slider of years, the lasso."""

import pytest

from .conftest import Visit, Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect


def drawn(visit: Visit) -> Visit:
    visit.page.wait_for_selector(".world svg circle.spot")
    return visit


def set_year(visit: Visit, year: str) -> None:
    visit.page.locator('[data-do="year"]').evaluate(
        "(slider, year) => { slider.value = year; slider.dispatchEvent(new Event('input')); }", year
    )


def test_each_place_is_a_spot_that_lists_what_is_there(visiting: Visiting) -> None:
    visit = drawn(visiting("/map"))
    spot = visit.page.locator('circle.spot[aria-label^="Astana"]')
    count = int((spot.get_attribute("aria-label") or "").split("(")[1].rstrip(")"))
    spot.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".told h3 a")).to_have_text(["Astana"])
    expect(visit.page.locator(".told li")).to_have_count(count)


def test_the_slider_shows_one_year_or_all_up_to_it(visiting: Visiting) -> None:
    visit = drawn(visiting("/map"))
    set_year(visit, "2023")
    expect(visit.page.locator(".time output")).to_have_text("2023")
    within = visit.page.locator(".told li").count()
    dates = visit.page.locator(".told .date").all_inner_texts()
    assert dates
    assert all(date[:4] <= "2023" for date in dates)
    visit.page.check('[data-do="until"]')
    expect(visit.page.locator(".told li").nth(within)).to_be_attached()


def test_states_are_coloured_by_what_they_have_part_in(visiting: Visiting) -> None:
    visit = drawn(visiting("/map"))
    coloured = visit.page.locator(".world .land[class*=share]")
    told = dict(text.rsplit(": ", 1) for text in coloured.locator("title").all_text_contents())
    assert int(told["Kazakhstan"]) == max(int(count) for count in told.values())
    assert visit.page.locator(".world .land.share-5 title").first.text_content() == f"Kazakhstan: {told['Kazakhstan']}"
    everywhere = coloured.count()
    visit.page.locator('circle.spot[aria-label^="London"]').focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".told h3 a")).to_have_text(["London"])
    assert 0 < coloured.count() < everywhere


def test_play_goes_on_from_year_to_year(visiting: Visiting) -> None:
    visit = drawn(visiting("/map?lang=ru"))
    play = visit.page.locator('[data-do="play"]')
    play.click()
    first = visit.page.locator(".time output").inner_text()
    visit.page.wait_for_function("first => document.querySelector('.time output').textContent !== first", arg=first)
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")


def test_a_lasso_chooses_the_places_within(visiting: Visiting) -> None:
    visit = drawn(visiting("/map"))
    everywhere = visit.page.locator(".told h3").count()
    visit.page.click('[data-do="lasso"]')
    visit.page.locator(".world svg").scroll_into_view_if_needed()
    box = visit.page.locator('circle.spot[aria-label^="London"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(x - 25, y - 25)
    visit.page.mouse.down()
    for dx, dy in ((25, -25), (25, 25), (-25, 25), (-25, -25)):
        visit.page.mouse.move(x + dx, y + dy, steps=3)
    visit.page.mouse.up()
    expect(visit.page.locator(".told h3 a")).to_have_text(["London"])
    visit.page.click('[data-do="clear"]')
    expect(visit.page.locator(".told h3")).to_have_count(everywhere)


def test_year_and_region_are_in_the_address_and_come_back_in_another_language(visiting: Visiting) -> None:
    visit = drawn(visiting("/map"))
    visit.page.locator('circle.spot[aria-label^="Astana"]').focus()
    visit.page.keyboard.press("Enter")
    set_year(visit, "2024")
    visit.page.check('[data-do="until"]')
    expect(visit.page.locator(".time output")).to_have_text("… 2024")
    listed = visit.page.locator(".told li").count()
    assert listed > 0
    visit.page.click('.languages a[lang="ru"]')
    expect(visit.page.locator(".told h3 a")).to_have_text(["Астана"])
    expect(visit.page.locator(".told li")).to_have_count(listed)
    expect(visit.page.locator(".time output")).to_contain_text("2024")


def test_a_region_is_in_the_address_as_degrees(visiting: Visiting) -> None:
    visit = drawn(visiting("/map?region=-10,48;-10,60;5,60;5,48"))
    expect(visit.page.locator(".told h3 a")).to_have_text(["London"])
    visit.page.click('[data-do="clear"]')
    visit.page.wait_for_url(lambda address: "region" not in address)
    expect(visit.page.locator(".told h3").nth(1)).to_be_visible()
