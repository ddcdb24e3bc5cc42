"""The words of a proposal in the text: passages, entities, dates, numbers.

A model proposes; what it says is taken only where the text bears it out. A quotation must stand in the document, words
in one of the quotations, a date or number must be what milcoop's own grammars read there, and an entity goes through
the same linker as everything else.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from loaders.reading.context import Context
from loaders.reading.facts import Bound, Entity, EntityKind, PartialDate, Span
from loaders.reading.mentions import EntityMention
from loaders.reading.text import fold

__all__ = ["GroundedNumber", "Grounding"]

_BLANKS = r"\s+"


class GroundedNumber(NamedTuple):
    """A number as the text has it."""

    value: int
    bound: Bound


class Grounding:
    """Finds what one proposal speaks of.

    Arguments:
        context: the analysed text.
        quotes: the passages that the proposal quotes.
    """

    def __init__(self, context: Context, quotes: Sequence[str]) -> None:
        self._context = context
        self._text = context.text.text
        self.evidence: tuple[Span, ...] = tuple(
            dict.fromkeys(span for quote in quotes if (span := _find(quote, self._text)) is not None)
        )

    def words(self, words: str) -> Span | None:
        """Where words stand in one of the quotations, as whole words."""
        for quote in self.evidence:
            found = _find(words, quote.of(self._text), whole=True)
            if found is not None:
                return Span(quote.begin + found.begin, quote.begin + found.end)
        return None

    def name(self, words: str | None) -> str | None:
        """Words that name a thing, in the nominative; None if they are not in a quotation."""
        span = self.words(words) if words else None
        if span is None:
            return None
        tokens = self._context.tokens_of(span)
        return self._context.nominative(tokens.start, tokens.stop) or None

    def entities(self, value: dict[str, Any], *kinds: EntityKind) -> tuple[Entity, ...]:
        """The entities that an entity of an answer means: several for words such as «обе страны».

        Arguments:
            value: `{"words": …, "means": …}`.
            kinds: the kinds of entities that can stand here.
        """
        span = self.words(value["words"])
        if span is None:
            return ()
        if value["means"] is None or fold(value["means"]) == fold(value["words"]):
            return self._at(span, kinds) or self._new(span, kinds)
        # What the words stand for must be named in the document, too.
        meant = _find(value["means"], self._text, whole=True)
        if meant is None:
            return ()
        return self._at(meant, kinds) or self._at(span, kinds) or self._new(meant, kinds)

    def entity(self, value: dict[str, Any] | None, *kinds: EntityKind) -> Entity | None:
        """The one entity that an entity of an answer means."""
        found = self.entities(value, *kinds) if value is not None else ()
        return found[0] if len(found) == 1 else None

    def _at(self, span: Span, kinds: Sequence[EntityKind]) -> tuple[Entity, ...]:
        """The entities of these kinds that the linker found at words."""
        tokens = self._context.tokens_of(span)
        if "place" in kinds and (found := self._context.places(tokens)):
            return (self._context.place(found[0]),)
        if "state" in kinds:
            return tuple(e for e in self._context.actors(tokens) if e.kind in kinds)
        mentions = [m for m in self._context.mentions.within(tokens) if m.entity.kind in kinds]
        return tuple(dict.fromkeys(m.entity for m in mentions[:1]))

    def _new(self, span: Span, kinds: Sequence[EntityKind]) -> tuple[Entity, ...]:
        """An entity that nobody knows yet, by its name; a name begins with a capital letter or a quotation mark."""
        kind = next((kind for kind in kinds if kind in {"person", "place", "mission", "company"}), None)
        tokens = self._context.tokens_of(span)
        words = self._context.text.tokens[tokens.start : tokens.stop]
        named = next((token for token in words if token.text[:1].isalpha()), None)
        if kind is None or named is None or not (named.is_capitalized or kind == "mission"):
            return ()
        if kind == "person":
            return (Entity("person", self._context.grammar.surname(words)),)
        return (Entity(kind, self._context.nominative(tokens.start, tokens.stop)),)

    def full_name(self, value: dict[str, Any], person: Entity) -> str | None:
        """The whole name of a person, as far as the words give it."""
        span = self.words(value["words"])
        if span is None:
            return None
        tokens = self._context.tokens_of(span)
        mention = next((m for m in self._mentions(tokens) if m.entity == person and m.full_name), None)
        return mention.full_name if mention else None

    def _mentions(self, tokens: range) -> list[EntityMention]:
        return self._context.mentions.within(tokens)

    def date(self, value: dict[str, Any] | None) -> tuple[PartialDate, Span] | None:
        """A date, as the grammar of dates reads the words: what the answer says of them must not contradict it."""
        span = self.words(value["words"]) if value is not None else None
        if value is None or span is None:
            return None
        for mention in self._context.dates_in(self._context.tokens_of(span)):
            for read in (mention.start, mention.end):
                if read is not None and (str(read).startswith(value["date"]) or value["date"].startswith(str(read))):
                    return read, mention.span
        return None

    def number(self, value: dict[str, Any] | None) -> GroundedNumber | None:
        """A number, as the grammar of numbers reads the words."""
        span = self.words(value["words"]) if value is not None else None
        if value is None or span is None:
            return None
        for mention in self._context.numbers_in(self._context.tokens_of(span)):
            if mention.value == value["value"] and mention.value == mention.value.to_integral_value():
                return GroundedNumber(int(mention.value), mention.bound)
        return None


def _find(words: str, text: str, *, whole: bool = False) -> Span | None:
    """Where words stand in a text, blanks apart."""
    parts = words.split()
    if not parts:
        return None
    pattern = _BLANKS.join(map(re.escape, parts))
    found = re.search(rf"(?<!\w){pattern}(?!\w)" if whole else pattern, text)
    return Span(found.start(), found.end()) if found else None
