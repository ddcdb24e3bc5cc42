"""Texts that give every sentence a line of its own are read like those in paragraphs."""

from loaders.reading.facts import Meeting
from tests.reading.cases import reader

SENTENCES = (
    "В Минске 22 мая 2026 года прошло заседание Совета министров обороны СНГ.",
    "В нём приняли участие министры обороны Азербайджана, Беларуси и Казахстана.",
    "Участники обсудили подготовку кадров.",
    "Журналистов на встречу не пустили.",
    "Погода в городе стояла тёплая.",
)


def sessions(text: str) -> list[set[str | None]]:
    """The states whose ministers the sessions of a text bring together."""
    facts = (fact for fact in reader().read(text, "ru").facts if isinstance(fact, Meeting))
    return [{a.value.state for a in fact.actors} for fact in facts if fact.kind == "session"]


def test_who_takes_part_is_told_in_a_line_of_its_own() -> None:
    assert sessions("\n\n".join(("Министры собрались", *SENTENCES))) == [{"AZE", "BLR", "KAZ"}]


def test_it_is_what_the_same_words_say_in_one_paragraph() -> None:
    assert sessions(" ".join(SENTENCES)) == sessions("\n\n".join(("Министры собрались", *SENTENCES)))


def test_a_line_without_an_end_begins_something_else() -> None:
    assert sessions("\n\n".join((SENTENCES[0], "Фото: пресс-служба", *SENTENCES[1:]))) == [set()]
