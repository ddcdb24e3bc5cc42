"""A line of a page that leads to another text says nothing of this one; what stands after it does."""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader

CASES = {
    "ru": (
        "Читайте также: Казахстан и Турция подписали военное соглашение",
        "Казахстан и Россия подписали военное соглашение.",
    ),
    "en": (
        "Read also: Kazakhstan and Turkey signed a defence agreement",
        "Kazakhstan and Russia signed a defence agreement.",
    ),
    "kk": (
        "Сондай-ақ оқыңыз: Қазақстан мен Түркия әскери келісімге қол қойды",
        "Қазақстан мен Ресей әскери келісімге қол қойды.",
    ),
}


@pytest.mark.parametrize("language", CASES)
def test_a_link_to_another_text_is_not_read(language: str) -> None:
    link, sentence = CASES[language]
    told = by_rule(reader().read(f"{link}\n\n{sentence}", language))
    facts = set().union(*told.values())
    assert "agreement of KAZ, RUS" in facts
    assert not any("TUR" in fact for fact in facts)


def test_the_line_after_words_that_stand_alone_is_the_link() -> None:
    link = "ОҚИ ОТЫРЫҢЫЗ\n\nҚазақстан мен Түркия әскери келісімге қол қойды"
    assert not by_rule(reader().read(link, "kk"))
