"""The page where a document is added: read first, its facts marked in its text, then saved or not."""

from pathlib import Path

import pytest

from .conftest import TOKEN, Visit, Visiting

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
    assert outcome.locator("h2").first.inner_text() == "Учение <b>в степи</b>"
    assert "2031-06" in outcome.locator("dl").inner_text()
    assert "<script>alert(3)</script>" in outcome.locator(".body").inner_text()
    assert outcome.locator("mark").first.inner_text().startswith("В мае 2031 года Казахстан")
    assert "Таджикистан" in outcome.locator(".said-list").inner_text()
    outcome.locator(".said li[data-passage]").first.hover()
    assert outcome.locator("mark.lit").count() >= 1
    assert visit.serious() == []
    assert listed(visit) == before

    visit.page.click('[data-do="discard"]')
    assert not outcome.is_visible()
    assert listed(visit) == before

    read(visit)
    outcome.wait_for()
    visit.page.click('[data-do="save"]')
    visit.page.wait_for_url("**/page/document/**")
    assert visit.page.inner_text("h1") == "Учение <b>в степи</b>"
    assert "lang=ru" in visit.path()
    assert len(listed(visit) - before) == 1


def test_a_chosen_file_is_read_on_a_phone_and_can_be_put_away(visiting: Visiting, tmp_path: Path) -> None:
    file = tmp_path / "statement.md"
    file.write_text("# A statement\n\nIn May 2031 Kazakhstan and Italy held the exercise Steppe Wind.\n", "utf-8")
    visit = visiting("/reading?lang=kk", phone=True, dark=True)
    visit.page.set_input_files('input[type="file"]', file)
    assert "statement.md" in visit.page.inner_text(".chosen")
    assert not visit.page.locator("textarea").is_visible()
    read(visit)
    visit.page.locator(".outcome article").wait_for()
    assert visit.page.inner_text(".outcome h2 >> nth=0") == "A statement"
    assert not visit.overflows()
    visit.page.click('[data-do="forget"]')
    assert visit.page.locator("textarea").is_visible()
    assert not visit.page.locator(".outcome").is_visible()


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
    assert "dropped.txt" in visit.page.inner_text(".chosen")
    read(visit)
    visit.page.locator(".outcome article").wait_for()
    assert "Italy" in visit.page.locator(".said-list").inner_text()


@pytest.mark.parametrize(("language", "words"), [("en", "not one that may write here"), ("ru", "токен")])
def test_what_goes_wrong_is_told_in_the_readers_language(visiting: Visiting, language: str, words: str) -> None:
    visit = visiting(f"/reading?lang={language}")
    visit.page.fill("textarea", TEXT)
    read(visit, "wrong")
    told = visit.page.locator(".error:visible")
    told.wait_for()
    assert words in told.inner_text().lower()
    visit.faults.clear()  # the browser tells of the 401 itself


def test_nothing_is_sent_where_there_is_nothing(visiting: Visiting) -> None:
    visit = visiting("/reading")
    sent: list[str] = []
    visit.page.on("request", lambda request: sent.append(request.method))
    read(visit)
    visit.page.locator(".error:visible").wait_for()
    assert "POST" not in sent
