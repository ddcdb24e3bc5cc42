"""Attribution, one line a case: what a text says, and to whom it ascribes each fact."""

import pytest

from loaders.reading.facts import Fact, Mission
from tests.reading.cases import reader, split

CASES = """
По словам министра обороны Турции Яшара Гюлера, Турция передала Азербайджану беспилотники. => Supply Гюлер
По данным Минобороны РФ, Россия поставила Беларуси комплексы «Искандер». => Supply RUS:MoD
Министр обороны Армении Сурен Папикян заявил, что Армения закупила у Индии гаубицы. => Supply Папикян
Казахстан и Китай проведут учения «Шанхай-2025», заявил министр обороны РК Даурен Косанов. => Exercise Косанов
Учения «Щит-2024» с участием Казахстана и России пройдут в Астане, сообщили в Минобороны РК. => Exercise KAZ:MoD
Как сообщает пресс-служба Минобороны РК, Казахстан направил миротворцев в миссию ООН в Ливане.
    => Mission KAZ:MoD; Deployment KAZ:MoD
В сообщении МИД Китая говорится, что Китай и Пакистан провели учения «Воин-8». => Exercise CHN:MFA
«Казахстан и Турция подписали договор. Турция поставит Казахстану дроны», – сказал Нурлан Ермекбаев.
    => Agreement Ермекбаев; Supply Ермекбаев
Россия поставила Индии истребители. Об этом сообщил Дмитрий Песков. => Supply Песков
Министр обороны Армении Сурен Папикян прибыл в Дели. Он отметил, что Армения закупила у Индии гаубицы.
    => Supply Папикян
Даурен Косанов выступил на брифинге. По его словам, Турция поставит Казахстану дроны. => Supply Косанов
Даурен Косанов рассказал о планах. По словам генерала, Турция поставит Казахстану дроны. => Supply Косанов
НАТО заявило, что Польша передала Украине танки. => Supply NATO
"""

UNASCRIBED = (
    "Армения закупила у Индии гаубицы.",
    "Министр сказал, что учения пройдут. Франция поставила Греции фрегаты.",
    "По словам Яшара Гюлера, всё готово. Индия поставила Армении гаубицы.",
    "10 мая 2022 года Турция и Казахстан подписали меморандум; технику турецкий производитель передал.",
    "Турция опровергла слухи. Индия поставила Армении гаубицы.",
)


def cases() -> list[str]:
    return CASES.strip().replace("\n    =>", " =>").split("\n")


def speakers(text: str) -> set[str]:
    """`kind speaker` of the facts that a text ascribes; a body as STATE:BODY."""
    found: list[Fact] = []
    for fact in reader().read(text, "ru").facts:
        found += [fact, *(fact.deployments if isinstance(fact, Mission) else ())]
    said = [(type(f).__name__, f.stated_by) for f in found if type(f).__name__ != "Cooperation"]
    return {f"{kind} {f'{by.state}:{by.body}' if by.body else by.name}" for kind, by in said if by is not None}


@pytest.mark.parametrize("case", cases())
def test_a_fact_has_the_speaker_to_whom_the_text_ascribes_it(case: str) -> None:
    text, expected = split(case)
    assert speakers(text) == expected


@pytest.mark.parametrize("text", UNASCRIBED)
def test_what_the_text_says_itself_has_no_speaker(text: str) -> None:
    assert reader().read(text, "ru").facts
    assert speakers(text) == set()


def test_what_a_text_tells_of_the_speaker_is_its_own_statement() -> None:
    text = "Министр обороны РК Даурен Косанов на встрече с министром обороны Турции Яшаром Гюлером отметил доверие."
    assert reader().read(text, "ru").facts
    assert speakers(text) == set()


def test_a_fact_that_another_sentence_states_too_is_not_the_speakers_alone() -> None:
    text = "Казахстан и Россия начали учения «Рубеж». Учения «Рубеж» идут до 5 мая 2024 года, сообщили в Минобороны РК."
    assert speakers(text) == set()
