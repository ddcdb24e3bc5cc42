"""What is no actor and no exercise although it is named like one: who tells of something, and arms."""

import pytest

from loaders.reading.facts import Exercise, Meeting
from tests.reading.cases import reader


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "kk",
            "АСТАНА. KAZINFORM – Қазақстан Қорғаныс министрі Дәурен Қосанов ресми сапармен Анкараға барып, Түркия "
            "Ұлттық қорғаныс министрі Яшар Гүлермен келіссөз жүргізді.",
        ),
        ("ru", "Министр обороны Казахстана Даурен Косанов прибыл в Анкару с визитом, передаёт КазТАГ."),
    ],
)
def test_an_agency_that_tells_of_something_is_no_party(language: str, text: str) -> None:
    facts = reader().read(text, language).facts
    named = {e.name for f in facts if isinstance(f, Meeting) for e in (a.value for a in f.actors)}
    assert named
    assert not {name for name in named if name.casefold() in {"kazinform", "казтаг"}}


def test_an_arms_system_is_no_exercise() -> None:
    text = "The aid includes ammunition for the High Mobility Artillery Rocket Systems and rounds. Poland trained."
    assert not [f for f in reader().read(text, "en").facts if isinstance(f, Exercise)]
