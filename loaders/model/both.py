"""Two readers of one text: the rules, and a model; what both say has the names of both, and more confidence."""

from collections.abc import Hashable, Iterable
from dataclasses import replace

from loaders.model.errors import ModelFailed
from loaders.model.reader import ModelReader
from loaders.reading.facts import Agreement, Exercise, Fact, Meeting, Quantity, Reading
from loaders.reading.reader import Reader
from loaders.reading.text import fold

__all__ = ["BothReaders", "merged"]


class BothReaders:
    """Reads with the rules and with a model.

    A text of which the model gives no usable answer is read by the rules alone, and the reading says so.

    Arguments:
        rules: milcoop's own reader.
        model: the reader that asks a model.
    """

    def __init__(self, rules: Reader, model: ModelReader) -> None:
        self._rules = rules
        self._model = model

    def read(self, text: str, language: str | None = None) -> Reading:
        """What either finds."""
        reading = self._rules.read(text, language)
        try:
            proposed = self._model.read(text, language)
        except ModelFailed as error:
            return replace(reading, note=f"read by the rules alone: {error}")
        return merged(reading, proposed)


def merged(rules: Reading, model: Reading) -> Reading:
    """One reading of two.

    Both facts are kept where both readers have one, under the name that the rules give the thing: written to RDF, the
    same statement becomes one claim with the rules of both. A fact of the model about an exercise, agreement or meeting
    that the rules found speaks of that one.
    """
    known: dict[Hashable, Fact] = {}
    for fact in rules.facts:
        for key in _keys(fact):
            known.setdefault(key, fact)
    joined = [_as_known(fact, known) for fact in model.facts]
    return replace(rules, facts=(*rules.facts, *joined), refused=rules.refused + model.refused)


def _as_known(fact: Fact, known: dict[Hashable, Fact]) -> Fact:
    same = next((known[key] for key in _keys(fact) if key in known), None)
    match fact, same:
        case Exercise(), Exercise():
            return replace(fact, name=same.name, series=same.series, start=same.start, end=fact.end and same.end)
        case Agreement(), Agreement():
            return replace(fact, title=same.title, signed=same.signed, place=same.place, parties=same.parties)
        case Meeting(), Meeting():
            named = replace(fact, actors=same.actors, persons=same.persons, organizations=same.organizations)
            return replace(named, place=same.place, date=same.date)
        case Quantity(), Quantity():
            return replace(fact, measure=same.measure, bound=same.bound)
        case _:
            return fact


def _keys(fact: Fact) -> Iterable[Hashable]:
    """By what two facts of one text are taken to be about one thing."""
    match fact:
        case Exercise() if fact.name:
            yield "exercise", fold(fact.name), fact.start.value.year if fact.start else None
        case Exercise():
            yield "exercise", fact.start and fact.start.value, frozenset(s.value for s in fact.participants)
        case Agreement():
            parties = frozenset(s.value.state or s.value.name for s in fact.parties)
            yield "agreement", fact.type, parties, fact.signed and str(fact.signed.value)
            yield "agreement", fact.type, parties, fold(fact.title)
        case Meeting():
            yield "meeting", fact.kind, fact.modality, frozenset(s.value.state or s.value.name for s in fact.actors)
        case Quantity():
            yield "quantity", fact.of, fact.value
        case _:
            return
