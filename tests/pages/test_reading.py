"""The page where a document is added: read first, its facts marked in its text, then saved or not."""

import re
from pathlib import Path

import pytest

from .conftest import TOKEN, Visit, Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

TEXT = "В мае 2031 года Казахстан и Таджикистан провели учение «Сарыарқа-2031». <script>alert(3)</script>\n"


def listed(visit: Visit) -> set[str]:
    return {row["iri"] for row in visit.server.get("/documents").json()}


def read(visit: Visit, token: str = TOKEN) -> None:
    visit.page.fill('[name="token"]', token)
    visit.page.click(".new-document button:not([type])")


def test_a_pasted_text_is_shown_with_its_facts_and_not_saved_until_told(visiting: Visiting) -> None:
    visit = visiting("/reading?lang=ru")
    before = listed(visit)
    visit.page.fill("textarea", TEXT)
    visit.page.fill('[name="title"]', "Учение <b>в степи</b>")
    visit.page.fill('[name="issued"]', "2031-06")
    visit.page.select_option('[name="language"]', "ru")
    read(visit)
    outcome = visit.page.locator(".outcome article")
    outcome.wait_for()
    expect(outcome.locator("h2").first).to_have_text("Учение <b>в степи</b>")
    expect(outcome.locator("dl")).to_contain_text("2031-06")
    expect(outcome.locator(".body")).to_contain_text("<script>alert(3)</script>")
    expect(outcome.locator("mark").first).to_have_text(re.compile("^В мае 2031 года Казахстан"))
    expect(outcome.locator(".said-list")).to_contain_text("Таджикистан")
    outcome.locator(".said li[data-passage]").first.hover()
    expect(outcome.locator("mark.lit").first).to_be_visible()
    assert visit.serious() == []
    assert listed(visit) == before

    visit.page.click('[data-do="discard"]')
    expect(outcome).to_be_hidden()
    assert listed(visit) == before

    read(visit)
    outcome.wait_for()
    visit.page.click('[data-do="save"]')
    visit.page.wait_for_url("**/page/document/**")
    expect(visit.page.locator("h1")).to_have_text("Учение <b>в степи</b>")
    assert "lang=ru" in visit.path()
    assert len(listed(visit) - before) == 1


def test_a_chosen_file_is_read_on_a_phone_and_can_be_put_away(visiting: Visiting, tmp_path: Path) -> None:
    file = tmp_path / "statement.md"
    file.write_text("# A statement\n\nIn May 2031 Kazakhstan and Italy held the exercise Steppe Wind.\n", "utf-8")
    visit = visiting("/reading?lang=kk", phone=True, dark=True)
    visit.page.set_input_files('input[type="file"]', file)
    expect(visit.page.locator(".chosen")).to_contain_text("statement.md")
    expect(visit.page.locator("textarea")).to_be_hidden()
    read(visit)
    visit.page.locator(".outcome article").wait_for()
    expect(visit.page.locator(".outcome h2").first).to_have_text("A statement")
    assert not visit.overflows()
    visit.page.click('[data-do="forget"]')
    expect(visit.page.locator("textarea")).to_be_visible()
    expect(visit.page.locator(".outcome")).to_be_hidden()


def test_a_dropped_file_is_read(visiting: Visiting) -> None:
    visit = visiting("/reading?lang=en")
    dropped = visit.page.evaluate_handle(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "dropped.txt", {type: "text/plain"}));
            return carried;
        }""",
        "In May 2031 Kazakhstan and Italy held the exercise Steppe Wind.",
    )
    visit.page.dispatch_event(".drop", "dragover", {"dataTransfer": dropped})
    visit.page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    expect(visit.page.locator(".chosen")).to_contain_text("dropped.txt")
    read(visit)
    visit.page.locator(".outcome article").wait_for()
    expect(visit.page.locator(".said-list")).to_contain_text("Italy")


@pytest.mark.parametrize(("language", "words"), [("en", "not one that may write here"), ("ru", "токен")])
def test_what_goes_wrong_is_told_in_the_readers_language(visiting: Visiting, language: str, words: str) -> None:
    visit = visiting(f"/reading?lang={language}")
    visit.page.fill("textarea", TEXT)
    read(visit, "wrong")
    expect(visit.page.locator(".error:visible")).to_contain_text(words, ignore_case=True)
    visit.faults.clear()  # the browser tells of the 401 itself


def test_nothing_is_sent_where_there_is_nothing(visiting: Visiting) -> None:
    visit = visiting("/reading")
    sent: list[str] = []
    visit.page.on("request", lambda request: sent.append(request.method))
    read(visit)
    visit.page.locator(".error:visible").wait_for()
    assert "POST" not in sent
