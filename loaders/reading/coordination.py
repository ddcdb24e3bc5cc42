"""Lists of names («России, Кыргызстана и Узбекистана»), and the adposition that holds for a whole list."""

from bisect import bisect_left, bisect_right

from loaders.reading.mentions import EntityMention, Mentions
from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText

LONGEST_LINK = 3
"""Signs and conjunctions between two members of a list."""


class Coordination:
    """The lists of names of one text.

    Arguments:
        text: the analysed text.
        senses: which words of the lexicon stand where.
        mentions: the mentions of entities.
    """

    def __init__(self, text: AnalyzedText, senses: Senses, mentions: Mentions) -> None:
        self._text = text
        self._senses = senses
        self._mentions = mentions
        self._begins: dict[tuple[str, str], list[int]] = {}

    def members(self, mention: EntityMention) -> list[EntityMention]:
        """The list of names that a mention stands in: «России, Кыргызстана и Узбекистана»; itself alone if in none."""
        sort = (mention.form, mention.entity.kind)
        here = self._mentions.alike[sort]
        at = bisect_left(here, (mention.first, -mention.last), key=lambda m: (m.first, -m.last))
        at = here.index(mention, at)
        begins = self._lists(sort)
        following = bisect_right(begins, at)
        return here[begins[following - 1] : begins[following] if following < len(begins) else len(here)]

    def _lists(self, sort: tuple[str, str]) -> list[int]:
        """Where among the mentions of a form and kind a list, or a name that stands alone, begins."""
        if sort not in self._begins:
            here = self._mentions.alike[sort]
            self._begins[sort] = [n for n in range(len(here)) if not n or not self._joined(here[n - 1], here[n])]
        return self._begins[sort]

    def adposition(self, mention: EntityMention) -> int | None:
        """The adposition directly before, or before the list of names in the same case in which a mention stands."""
        at = mention.first - 1
        begin = self._text.sentence_of(mention.first).first
        listed = False
        while at >= begin:
            token = self._text.tokens[at]
            if token.pos == "ADP":
                return at
            if token.text == "." and self._senses.has(at - 1, "place_abbreviation"):
                at -= 2  # «в г. Минске»
                continue
            named = [m for m in self._mentions.at(at) if m.form != "adjective"]
            if self._senses.has(at, "list_sign"):
                listed = True
            elif not self._mentions.at(at):
                return None
            elif any(m.last == at + 1 for m in named) and not listed:
                return None  # another name directly before: no list
            elif any(m.case != mention.case for m in named if m.case and mention.case):
                return None  # «в Анкаре, турецкие инструкторы ведут …»
            if any(m.first == at for m in named):
                listed = False
            at -= 1
        return None

    def _joined(self, left: EntityMention, right: EntityMention) -> bool:
        between = self._text.tokens[left.last : right.first]
        if left.first == right.first:
            return True
        if self._begins_clause(left, right):
            return False
        links = ("list_sign", "rank") if left.entity.kind == "person" else ("list_sign",)
        return 0 < len(between) <= LONGEST_LINK and all(self._senses.has(t.index, *links) for t in between)

    def _begins_clause(self, left: EntityMention, right: EntityMention) -> bool:
        """ "… to the Philippines, and India sells …": what follows "and" is the subject of another verb."""
        token = self._text.tokens[right.head]
        verb = self._text.tokens[token.head] if token.head is not None and token.rel == "nsubj" else None
        return verb is not None and verb.rel == "conj" and verb.head is not None and left.head > verb.head
