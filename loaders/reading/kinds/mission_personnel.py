"""What sort of people a state sends to a mission, and how many."""

from loaders.reading.context import Context
from loaders.reading.facts import Personnel

PERSONNEL: dict[str, Personnel] = {
    "personnel_observers": "observers", "personnel_staff": "staff officers", "personnel_medical": "medical",
    "personnel_police": "police", "personnel_engineers": "engineers", "personnel_other": "other",
    "personnel_contingent": "contingent",
}  # fmt: skip
BREAKS = frozenset({",", ";", ":", "–", "—"})
STRENGTH_REACH = 5
"""A number follows its word («численностью»), and that word its noun, within so many tokens."""


def kinds_of(context: Context, tokens: list[int]) -> list[tuple[Personnel, int]]:
    """The kinds of personnel that words name, each with its noun; «контингент» only where no other is named."""
    found: dict[Personnel, int] = {}
    senses = {s for i in tokens for s in context.senses.at(i) if s.name in PERSONNEL}
    end = 0
    for sense in sorted(senses, key=lambda s: (s.first, -s.last)):
        if sense.first >= end:  # a longer phrase hides what it contains
            found.setdefault(PERSONNEL[sense.name], sense.last - 1)
            end = sense.last
    units = found.get("contingent")
    if len(found) > 1 and not any(_beside(context, units, noun) for noun in found.values() if noun != units):
        found.pop("contingent", None)
    return list(found.items())


def _beside(context: Context, one: int | None, other: int) -> bool:
    """ "An infantry platoon and a field hospital": two nouns of one list, each sent on its own."""
    tokens = context.text.tokens
    if one is None:
        return False
    heads = (tokens[i].head if tokens[i].rel == "compound" else i for i in (one, other))
    first, last = (tokens[i] for i in sorted(i for i in heads if i is not None))
    return last.rel == "conj" and last.head == first.index and first.pos == last.pos == "NOUN"


def headcount(context: Context, noun: int | None) -> int | None:
    """The number that counts a noun («120 казахстанских военных»)."""
    if noun is None:
        return None
    for number in context.numbers_in(range(max(noun - 4, 0), noun)):
        counted = context.text.tokens[context.tokens_of(number.span)[-1]].head
        of_other = counted is not None and counted > noun and context.text.tokens[counted].pos == "NOUN"
        if not number.year_like and not number.ordinal and not of_other:  # "four troop contributors"
            return int(number.value)
    return _of_number(context, noun) or _strength(context, noun)


def _of_number(context: Context, noun: int) -> int | None:
    """ "a battalion of 820 soldiers": the number of those of whom a unit consists."""
    for child in context.text.children[noun]:
        if child > noun and context.relation(child) == "of":
            numbers = context.numbers_in(context.phrase(child))
            return next((int(n.value) for n in numbers if not n.year_like and not n.ordinal), None)
    return None


def _strength(context: Context, noun: int) -> int | None:
    """«контингент численностью 120 человек»: the number of a word of strength that follows a noun."""
    end = min(noun + STRENGTH_REACH, context.sentence(noun).last)
    word = next((i for i in range(noun + 1, end) if context.senses.has(i, "strength_noun")), None)
    if word is None or any(context.text.tokens[i].text in BREAKS for i in range(noun + 1, word)):
        return None
    numbers = context.numbers_in(range(word + 1, min(word + STRENGTH_REACH, end + 2)))
    counting = (n for n in numbers if not n.year_like and not n.ordinal and n.unit_class is None)
    return next((int(n.value) for n in counting), None)
