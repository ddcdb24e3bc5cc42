"""A document, and facts that a model may propose about it."""

import json
from typing import Any

TEXT = """Минобороны Казахстана сообщило об учениях

АСТАНА, 14 мая 2024 года. С 20 по 24 мая 2024 года в Казахстане пройдут учения «Степной барс».
В них примут участие военнослужащие Узбекистана и Кыргызстана. Обе страны участвуют впервые.
Министр обороны Руслан Жаксылыков заявил, что поставок бронетехники из Турции не было.
"""

FIRST = "С 20 по 24 мая 2024 года в Казахстане пройдут учения «Степной барс»."
SECOND = "В них примут участие военнослужащие Узбекистана и Кыргызстана."
DENIAL = "поставок бронетехники из Турции не было"


def entity(words: str, means: str | None = None) -> dict[str, Any]:
    return {"words": words, "means": means}


def exercise(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "exercise", "quotes": [FIRST, SECOND], "modality": "planned", "speaker": None, "name": "Степной барс",
        "start": {"words": "С 20 по 24 мая 2024 года", "date": "2024-05-20"},
        "end": {"words": "С 20 по 24 мая 2024 года", "date": "2024-05-24"},
        "locations": [entity("Казахстане")], "frameworks": [],
        "participants": [entity("Узбекистана"), entity("Кыргызстана")], "observers": [], "headcount": None,
    } | changes  # fmt: skip


def supply(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "supply", "quotes": [f"заявил, что {DENIAL}", "Минобороны Казахстана сообщило об учениях"],
        "modality": "denied", "speaker": None, "supplier": entity("Турции"), "recipient": entity("Казахстана"),
        "item": "бронетехники", "date": None,
    } | changes  # fmt: skip


def position(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "position", "quotes": ["Министр обороны Руслан Жаксылыков заявил", "Минобороны Казахстана сообщило"],
        "modality": "held", "speaker": None, "person": entity("Руслан Жаксылыков"), "role": "minister",
        "of": entity("Минобороны Казахстана"),
    } | changes  # fmt: skip


def answer(*facts: Any) -> str:
    return json.dumps({"facts": list(facts)}, ensure_ascii=False)
