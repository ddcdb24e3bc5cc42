"""What mentions are to the words they hang on, and whether they stand only for where something is."""

from loaders.reading.coordination import Coordination
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import Relations
from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText


class MentionRelations:
    """The relations of the mentions of one text.

    Arguments:
        text: the analysed text.
        senses: which words of the lexicon stand where.
        relations: what nominals are to the words they hang on.
        coordination: the lists of names.
    """

    def __init__(self, text: AnalyzedText, senses: Senses, relations: Relations, coordination: Coordination) -> None:
        self._text = text
        self._senses = senses
        self._relations = relations
        self._coordination = coordination
        self._known: dict[tuple[int, int, str], str] = {}

    def of(self, mention: EntityMention) -> str:
        """What a mention is to the word it hangs on; an adposition before the list in which it stands holds for it."""
        asked = mention.first, mention.head, mention.case
        if asked not in self._known:
            self._known[asked] = self._relation_of(mention)
        return self._known[asked]

    def _relation_of(self, mention: EntityMention) -> str:
        marked = self._relations.marked(mention.head)
        own = self._relations.of(mention.head)
        if not marked and own == "of" and (town := self._town(mention)) is not None:
            return self._relations.marked(town) or self._relations.of(town)
        if not marked and own == "subject" and not mention.case:
            return own  # "In Ankara, Turkish instructors …"
        return marked or self._relation_before(mention) or own

    def _town(self, mention: EntityMention) -> int | None:
        """«Баку қаласында», "in the city of Baku": the common noun beside a name, which shows where for both."""
        above = self._text.tokens[mention.head].head
        named = mention.entity.kind == "place" and above is not None
        return above if named and above is not None and self._senses.has(above, "city_noun") else None

    def _relation_before(self, mention: EntityMention) -> str:
        """What the adposition directly before a mention, or before its list, makes of it."""
        at = self._coordination.adposition(mention)
        return "" if at is None else self._relations.before(at + 1, mention.head)

    def hangs_on(self, mention: EntityMention, other: EntityMention) -> bool:
        """Whether a mention modifies a word of another one."""
        token = self._text.tokens[mention.head]
        modifies = token.rel in {"nmod:poss", "compound", "amod"} and token.head is not None
        return modifies and other.first <= (token.head or 0) < other.last

    def is_located(self, mention: EntityMention) -> bool:
        """Whether a mention stands with a preposition of place («в Ташкенте», «из Минска»)."""
        return self.of(mention) in {"in", "on", "from"}

    def is_part_of_place(self, mention: EntityMention) -> bool:
        """Whether a state only says where a place is: «на юге Ливана», «в провинции Китая», «на территории России»."""
        above = self._text.tokens[mention.head].head
        return (
            above is not None
            and self.of(mention) == "of"
            and self._senses.has(above, "region_noun", "place_part")
            and not self._senses.has(above, "force")
        )
