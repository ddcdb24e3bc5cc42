"""The page of the network: it settles, tells of who is chosen, finds paths, grows, and can be saved."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from .conftest import Visit, Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

KAZ = "https://w3id.org/milcoop/id/state/KAZ"
FRANCE = "https://w3id.org/milcoop/id/state/FRA"
RUSSIA = "https://w3id.org/milcoop/id/state/RUS"


def settled(visit: Visit) -> Visit:
    visit.page.wait_for_selector("section.network[data-settled]")
    return visit


def test_it_comes_to_rest_and_shows_groups(visiting: Visiting) -> None:
    visit = settled(visiting("/network"))
    expect(visit.page.locator(".clusters .total").nth(1)).to_be_visible()
    sizes = [int(text) for text in visit.page.locator(".clusters .total").all_inner_texts()]
    assert sizes == sorted(sizes, reverse=True)
    expect(visit.page.locator(".stage canvas")).to_be_visible()


def test_who_is_chosen_is_told_of_with_ties_by_weight(visiting: Visiting) -> None:
    visit = settled(visiting("/network?lang=ru"))
    visit.page.select_option('[data-pick="one"]', KAZ)
    expect(visit.page.locator(".told h3")).to_contain_text("Казахстан (KAZ)")
    weights = [int(text) for text in visit.page.locator(".told .total").all_inner_texts()]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 1
    visit.page.locator(".told li a").first.click()
    visit.page.wait_for_url(re.compile(r"/dossier/state/KAZ\?.*with="))
    expect(visit.page.locator('html[lang="ru"]')).to_be_attached()


_FIND = """canvas => {
  const box = canvas.getBoundingClientRect();
  for (let y = 10; y < box.height; y += 6) {
    for (let x = 10; x < box.width; x += 6) {
      const [clientX, clientY] = [box.left + x, box.top + y];
      canvas.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY }));
      if (canvas.parentElement.classList.contains("over")) return [clientX, clientY];
    }
  }
}"""


_STEADY = """async canvas => {
  let [picture, same] = ["", 0];
  while (same < 10) {
    await new Promise(passed => setTimeout(passed, 100));
    const now = canvas.toDataURL();
    same = now === picture ? same + 1 : 0;
    picture = now;
  }
  return picture;
}"""
"""The picture, once it has been the same for a second: a worker draws it, anew whenever the stage changes."""


def test_a_circle_is_chosen_by_a_click_and_let_go_by_a_key(visiting: Visiting) -> None:
    visit = settled(visiting("/network"))
    visit.page.locator(".stage").scroll_into_view_if_needed()
    visit.page.mouse.click(*visit.page.locator(".stage canvas").evaluate(_FIND))
    chosen = visit.page.locator('[data-pick="one"] option:checked').inner_text()
    expect(visit.page.locator(".told h3")).to_contain_text(chosen)
    assert visit.page.locator('[data-pick="one"]').input_value() in unquote(visit.path())
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator('[data-pick="one"]')).to_have_value("")


def test_the_picture_is_moved_by_keys_and_by_dragging_and_comes_back(visiting: Visiting) -> None:
    visit = settled(visiting("/network"))
    canvas = visit.page.locator(".stage canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None

    def picture() -> str:
        return str(canvas.evaluate("canvas => canvas.toDataURL()"))

    def changed(before: str) -> None:
        visit.page.wait_for_function(
            "before => document.querySelector('.stage canvas').toDataURL() !== before", arg=before
        )

    first = str(canvas.evaluate(_STEADY))
    canvas.focus()
    visit.page.keyboard.press("ArrowRight")
    changed(first)
    second = picture()
    visit.page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 30)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + 130, box["y"] + box["height"] - 90, steps=4)
    visit.page.mouse.up()
    changed(second)
    visit.page.keyboard.press("0")
    visit.page.mouse.move(box["x"] + 5, box["y"] + 5)
    visit.page.wait_for_function("first => document.querySelector('.stage canvas').toDataURL() === first", arg=first)


def test_the_path_between_two_goes_over_those_who_share_something(visiting: Visiting) -> None:
    visit = settled(visiting("/network"))
    visit.page.select_option('[data-pick="one"]', FRANCE)
    visit.page.select_option('[data-pick="other"]', RUSSIA)
    expect(visit.page.locator(".told ol li a").nth(1)).to_be_visible()
    steps = visit.page.locator(".told ol li a").all_inner_texts()
    ends = [step.split(" — ") for step in steps]
    assert (ends[0][0], ends[-1][1]) == ("France", "Russia")
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    visit.page.reload()
    settled(visit)
    expect(visit.page.locator(".told ol li a")).to_have_text(steps)


def test_a_filtered_network_grows_by_all_the_ties_of_one(visiting: Visiting) -> None:
    visit = settled(visiting("/network?kind=exercise&minimum=6"))
    before = visit.page.locator('[data-pick="one"] option').count()
    visit.page.select_option('[data-pick="one"]', KAZ)
    visit.page.locator(".told button").click()
    visit.page.wait_for_function(
        "before => document.querySelectorAll('[data-pick=\"one\"] option').length > before", arg=before
    )


def test_filters_are_in_the_address_and_follow_to_the_map_and_the_timeline(visiting: Visiting) -> None:
    visit = visiting("/network")
    visit.page.click("details.filters summary")
    visit.page.check('input[name="kind"][value="agreement"]')
    visit.page.fill('input[name="from"]', "2020")
    visit.page.click(".filters button")
    visit.page.wait_for_url(lambda address: "kind=agreement" in address and "from=2020" in address)
    visit.page.locator(".ways a", has_text="Timeline").click()
    visit.page.wait_for_url("**/timeline?*")
    expect(visit.page.locator('input[name="kind"][value="agreement"]')).to_be_checked()
    years = [int(text) for text in visit.page.locator(".timeline > li > h3").all_inner_texts() if text.isdigit()]
    assert years
    assert min(years) >= 2020


PICTURES = {"svg": b"<svg", "png": b"\x89PNG"}


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_to_save(visiting: Visiting, tmp_path: Path, picture: str) -> None:
    visit = settled(visiting("/network"))
    with visit.page.expect_download() as download:
        visit.page.click(f'[data-save="{picture}"]')
    saved = tmp_path / "picture"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(PICTURES[picture])
    if picture == "svg":
        assert saved.read_text("utf-8").count("<circle") == visit.page.locator('[data-pick="one"] option').count() - 1


def test_filters_are_folded_away_until_they_are_wanted_or_set(visiting: Visiting) -> None:
    visit = settled(visiting("/network", phone=True, dark=True, language="kk"))
    expect(visit.page.locator('input[name="from"]')).to_be_hidden()
    visit.page.locator("details.filters summary").tap()
    expect(visit.page.locator('input[name="from"]')).to_be_visible()
    assert not visit.overflows()
    visit.open("/network?from=2020")
    expect(visit.page.locator('input[name="from"]')).to_be_visible()
