"""What the steps of linking share: the analysed text, its language, the gazetteer, the senses, the quotations."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from loaders.reading.facts import Entity, Span
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.grammar import Grammar
from loaders.reading.mentions import EntityMention, Form
from loaders.reading.names import NameIndex
from loaders.reading.quotes import Quotation
from loaders.reading.relations import Relations
from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText, Token


@dataclass(frozen=True)
class Scene:
    """A text before its mentions are known.

    Arguments:
        text: the analysed text.
        grammar: its language.
        names: the gazetteer's index for this language.
        senses: the senses of its words.
        quotations: what stands in quotation marks.
        relations: what its nominals are to the words they hang on.
        title: its heading.
    """

    text: AnalyzedText
    grammar: Grammar
    names: NameIndex
    senses: Senses
    quotations: tuple[Quotation, ...]
    relations: Relations
    title: Span | None = None

    @cached_property
    def quoted_names(self) -> dict[int, list[Quotation]]:
        """For each token, the names in quotation marks that it is part of, outer ones first."""
        found: dict[int, list[Quotation]] = {}
        for quotation in self.quotations:
            for index in range(quotation.first, quotation.last) if quotation.is_name else ():
                found.setdefault(index, []).append(quotation)
        return found

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that lie wholly within a stretch of the text."""
        tokens = self.text.tokens
        first = bisect_left(tokens, span.begin, key=lambda t: t.begin)
        last = bisect_right(tokens, span.end, lo=first, key=lambda t: t.end)
        return list(tokens[first:last])

    def nominative(self, first: int, last: int) -> str:
        """The words from `first` up to, not including, `last`, in the nominative."""
        return self.grammar.nominative(self.text.tokens[first:last], self.text.text)

    def head(self, first: int, last: int) -> int:
        """The token of a stretch on which the rest depends."""
        inside = range(first, last)
        tops = [i for i in inside if self.text.tokens[i].head is None or self.text.tokens[i].head not in inside]
        tops = [i for i in tops if self.text.tokens[i].pos != "PUNCT"]
        # "[North] Macedonia": a word that was taken for an adverb heads no name.
        return next((i for i in tops if self.text.tokens[i].pos != "ADV"), tops[0] if tops else first)

    def mention(
        self, entity: Entity, first: int, last: int, form: Form, *, sense: str = "", full_name: str = "",
        head: int | None = None, known: KnownEntity | None = None,
    ) -> EntityMention:  # fmt: skip
        """A mention of an entity by the tokens from `first` up to, not including, `last`."""
        at = self.head(first, last) if head is None else head
        span = self.text.span_of(range(first, last))
        return EntityMention(entity, span, first, last, at, form, self.text.tokens[at].case, sense, known, full_name)


class Cover:
    """Which mentions cover which tokens.

    Arguments:
        mentions: the mentions.
    """

    def __init__(self, mentions: Iterable[EntityMention]) -> None:
        self._by_token: dict[int, list[EntityMention]] = {}
        for mention in mentions:
            for index in range(mention.first, mention.last):
                self._by_token.setdefault(index, []).append(mention)

    def takes(self, first: int, last: int) -> bool:
        """Whether a mention covers part of the stretch from `first` up to, not including, `last`."""
        return any(index in self._by_token for index in range(first, last))

    def over(self, first: int, last: int) -> list[EntityMention]:
        """The mentions that cover part of the stretch."""
        found = {id(m): m for index in range(first, last) for m in self._by_token.get(index, ())}
        return list(found.values())


def in_order(mentions: Iterable[EntityMention]) -> list[EntityMention]:
    """In the order of their beginnings, longer ones first."""
    return sorted(mentions, key=lambda m: (m.first, -m.last))
