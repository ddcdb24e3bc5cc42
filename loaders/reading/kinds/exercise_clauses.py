"""What a clause says of the exercises that it speaks of, and how a clause that speaks of several is divided."""

from itertools import pairwise

from loaders.reading.context import Context
from loaders.reading.kinds.exercise_acting import acting
from loaders.reading.kinds.exercise_actors import Actors
from loaders.reading.kinds.exercise_attributes import Attributes, View
from loaders.reading.kinds.exercise_circumstances import Circumstances
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.kinds.exercise_headcounts import Headcounts
from loaders.reading.kinds.exercise_members import members, shares, where_they_were
from loaders.reading.kinds.exercise_observers import Observers
from loaders.reading.kinds.exercise_participles import told_by_participle
from loaders.reading.kinds.exercise_phrases import Phrases


class Clauses:
    """Reads the clauses of one text.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.view = View(context)
        self.context, self.text = context, context.text
        self.phrases = Phrases(self.view)
        self.actors = Actors(self.view)
        self.observers = Observers(self.view)
        self.circumstances = Circumstances(self.view)
        self.headcounts = Headcounts(context)

    def read(self, tokens: tuple[int, ...], references: list[Reference], *, carried: bool) -> Attributes:
        """What a clause says.

        Arguments:
            tokens: the tokens of the clause.
            references: the references to the exercise in it.
            carried: whether the clause speaks of it only because the one before does.
        """
        found = Attributes(joint=bool(references) and any(self.context.senses.has(i, "joint") for i in tokens))
        about = self.circumstances.is_of_event(tokens) if carried else self.circumstances.is_about(references)
        watched = self.observers.of(tokens, found)
        if not watched or any(self.context.senses.has(i, "participation") for i in tokens):
            # «с участием военных Китая и наблюдателей из Индии»: who watches is known, and takes no part.
            self.actors.participants(tokens, references, found, carried=carried)
            members(self.view, tokens, found)
            told_by_participle(self.view, tokens, found)
            acting(self.view, references, found)
            shares(self.view, tokens, found)
            where_they_were(self.view, tokens, found)
            if about and not watched:
                self.actors.with_whom(tokens, references, found)
        if about:
            self.circumstances.frameworks(tokens, found)
            self.circumstances.locations(tokens, found)
            self.circumstances.dates(tokens, references, found)
        else:
            self.circumstances.beside(references, found)
        pointing = any(self.context.senses.has(i, "it", "they") for i in tokens)
        if (references or about or pointing) and (headcount := self.headcounts.of(tokens)) is not None:
            found.headcounts.append(headcount)
        return found

    def part(self, tokens: tuple[int, ...], references: list[Reference]) -> Attributes:
        """What a part of a clause says; actors outside of the part are not seen."""
        self.view.scope = frozenset(tokens)
        found = self.read(tokens, references, carried=False)
        self.view.scope = None
        return found

    def groups(self, tokens: tuple[int, ...], references: list[Reference]) -> list[tuple[int, ...]]:
        """The parts of a clause that names several exercises apart: «в «Рубеже» участвовали …, в «Кобальте» – …».

        Names of one enumeration («Поиск» и «Эшелон») stay together; games that others are part of divide nothing.
        """
        named = [r for r in references if r.name]
        if not all(self._is_quoted(r) for r in named):
            return [tokens]
        begins = [r.first for n, r in enumerate(named) if n and not self._enumerated(named[n - 1], r)]
        cuts = [self._boundary(b, tokens) for b in begins]
        edges = [min(tokens), *sorted(set(cuts)), max(tokens) + 1]
        return [tuple(i for i in tokens if a <= i < b) for a, b in pairwise(edges)]

    def _is_quoted(self, reference: Reference) -> bool:
        inside = range(reference.first, reference.last)
        return any(m.form == "quoted" for i in inside for m in self.context.mentions.at(i))

    def _enumerated(self, one: Reference, other: Reference) -> bool:
        between = self.text.tokens[one.last : max(other.first, one.last)]
        return all(
            self.context.senses.has(t.index, "list_sign") or not t.text[:1].isalnum() for t in between
        ) and not any(t.text in "()–—" for t in between)

    def _boundary(self, begin: int, tokens: tuple[int, ...]) -> int:
        """Where the part with a name begins: after the comma or conjunction before it."""
        for index in range(begin - 1, max(min(tokens), begin - 12), -1):
            if self.text.tokens[index].text == "," or self.text.tokens[index].pos == "CCONJ":
                return index + 1
        return begin

    def parallel(self, tokens: tuple[int, ...], references: list[Reference]) -> list[tuple[int, ...]]:
        """«… в 2011 году в Барановичах, годом позже в Хубэе»: the parts of a clause, a date and a place in each."""
        found = Attributes()
        self.circumstances.dates(tokens, references, found)
        begins = sorted({self.context.tokens_of(d.phrase)[0] for role, d in found.dates if role != "end"})
        if len(begins) < 2:
            return [tokens]
        named = [r.noun for r in references if r.name]
        places = [m.first for m in self.context.mentions.within(tokens) if self.circumstances.is_location(m)]
        places = named if len(named) > 1 else places
        cuts = [*begins[1:], max(tokens) + 1]
        if not all(any(b <= p < c for p in places) for b, c in zip(begins, cuts, strict=True)):
            return [tokens]
        parts = [tuple(i for i in tokens if i < cuts[0])]
        parts += [tuple(i for i in tokens if b <= i < c) for b, c in zip(begins[1:], cuts[1:], strict=True)]
        return parts
