"""Two documents with what is read from them: one plain, one full of markup."""

from typing import Any

from loaders.documents import DocumentRecord, digest
from loaders.reading.facts import Agreement, Entity, Exercise, PartialDate, Reading, Span, Stated
from ontology import entity

KAZ = Entity("state", "Казахстан", iri=entity("state", "KAZ"), state="KAZ")
UZB = Entity("state", "Узбекистан", iri=entity("state", "UZB"), state="UZB")
MLI = Entity("state", "Мали", iri=entity("state", "MLI"), state="MLI")

KALKAN = (
    "Итоги года\n\nВ мае 2022 года Казахстан и Узбекистан провели учение «Калкан». "
    "Узбекистан в учении «Щит» не участвовал. Учения в Мали отменены."
)
MARKUP = (
    "<script>alert('title')</script>\n\nКазахстан провёл учение «<img src=x onerror=alert(1)>» с Узбекистаном & Ко."
)


def span(text: str, words: str) -> Span:
    begin = text.index(words)
    return Span(begin, begin + len(words))


def kalkan_reading() -> Reading:
    held = (span(KALKAN, "В мае 2022 года Казахстан и Узбекистан провели учение «Калкан»."),)
    denied = (span(KALKAN, "Узбекистан в учении «Щит» не участвовал."),)

    def stated(value: Any) -> Stated[Any]:
        return Stated(value, held, "ru/test-exercise", 0.8)

    return Reading(
        "ru",
        "Итоги года",
        PartialDate(2022, 12, 14),
        (
            Exercise(
                name="Калкан",
                start=stated(PartialDate(2022, 5)),
                participants=(stated(KAZ), stated(UZB)),
                evidence=held,
                rule="ru/test-exercise",
                confidence=0.8,
            ),
            Exercise(
                name="Щит",
                participants=(Stated(UZB, denied, "ru/test-denied"),),
                evidence=denied,
                rule="ru/test-denied",
                modality="denied",
            ),
        ),
    )


def markup_reading() -> Reading:
    evidence = (span(MARKUP, "Казахстан провёл учение «<img src=x onerror=alert(1)>» с Узбекистаном & Ко."),)
    parties = (Stated(KAZ, evidence, "ru/test"), Stated(UZB, evidence, "ru/test"))
    return Reading(
        "ru",
        "<script>alert('title')</script>",
        None,
        (
            Exercise(name="<img src=x onerror=alert(1)>", participants=parties, evidence=evidence, rule="ru/test"),
            Agreement(
                type="plan",
                title="план \"><script>alert('plan')</script>",
                parties=parties,
                evidence=evidence,
                rule="ru/test",
            ),
        ),
    )


def record(stem: str, text: str, reading: Reading) -> DocumentRecord:
    return DocumentRecord(
        iri=entity("document", stem),
        source=f"{stem}.txt",
        sha256=digest(text.encode()),
        title=reading.title,
        language=reading.language,
        issued=reading.issued,
        text=text,
    )
