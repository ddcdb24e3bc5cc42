"""What the ways of stating cooperation share: the words around, what was agreed, the fields, the facts."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Cooperation, Domain, Entity, Modality
from loaders.reading.kinds.clause_limits import STOPS, is_finite, window
from loaders.reading.kinds.cooperation_parties import CooperationParties, Sides
from loaders.reading.lexicon import Sense
from loaders.reading.relations import BARE

FIELDS = frozenset({"in", "on", "to", "about", "under", "against"})


def _is_known(actor: Entity) -> bool:
    """Whether an actor is more than a name that a model found."""
    return actor.kind in {"state", "body", "institution", "company"} or actor.iri is not None


class Clauses:
    """The clauses of one text, as statements of cooperation read them.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.sides = CooperationParties(context)

    def agreed(self, verb: int) -> Modality:
        """What was agreed is so, unless the agreement itself is denied, intended or asked for."""
        if self.context.is_negated(verb):
            return "denied"
        token = self.text.tokens[verb]
        if token.feats.get("Tense") == "Fut" or token.feats.get("VerbForm") == "Inf":
            return "proposed"
        return "held"

    def agreeing(self, verb: int) -> Modality | None:
        """«Договорились развивать …»: the modality of the verb of agreement above, if there is one."""
        at, steps = self.text.tokens[verb], 0
        while at.head is not None and steps < 4 and at.rel in {"xcomp", "ccomp", "conj", "csubj"}:
            at, steps = self.text.tokens[at.head], steps + 1
            if self.context.senses.has(at.index, "agree_verb"):
                return self.agreed(at.index)
        return None

    def modality(self, index: int) -> Modality:
        """«Продолжит сотрудничество», «продолжат обучать»: what will go on is there already."""
        said = self.context.modality(index)
        at = self.text.tokens[index]
        goes_on = any(i is not None and self.context.senses.has(i, "continue_verb") for i in (index, at.head))
        return "held" if said == "planned" and goes_on else said

    def is_habitual(self, verb: int) -> bool:
        """«Тренируются», «разрабатываем»: present and imperfective, not one event."""
        feats = self.text.tokens[verb].feats
        return feats.get("Tense") == "Pres" and feats.get("Aspect", "Imp") == "Imp"

    def around(self, index: int) -> list[int]:
        """The words around, up to a semicolon, a colon, or the finite verb of another clause."""
        own = self.text.clauses[index]
        return window(self.context, index, lambda at: self._ends(at, own))

    def _ends(self, index: int, own: int) -> bool:
        token = self.text.tokens[index]
        if token.text in STOPS:
            return True
        return is_finite(token) and index != own and self.text.clauses[index] != own

    def extent(self, sense: Sense) -> tuple[int, int]:
        """A noun with its adjectives and what hangs on it: its first token, and where it ends."""
        noun = sense.last - 1
        below = set(self.context.phrase(noun))
        first, last = sense.first, sense.last
        while first - 1 in below or (first > 0 and self.text.tokens[first - 1].pos == "ADJ" and first - 1 in below):
            first -= 1
        while last in below or (last + 1 in below and self.text.tokens[last].text == ","):
            last += 1  # signs between the members of a list need not hang on them
        return first, last

    def fields(self, predicate: int, around: list[int]) -> list[int]:
        """The words that say in what one cooperates: «в области …», «по линии …», and what the verb governs."""
        found: list[int] = []
        for argument in self.context.arguments(predicate):
            exchanged = argument.relation == "by" and self.context.senses.has(predicate, "exchange_verb")
            if exchanged or argument.relation in FIELDS or (argument.role == "object" and argument.relation in BARE):
                found += argument.tokens
        found += [
            i for n in around if self.context.senses.has(n, "cooperation_process") for i in self.context.phrase(n)
        ]
        return found

    def facts(
        self, at: int, sides: Sides, named: tuple[Domain, ...], rule: str, modality: Modality
    ) -> Iterator[Cooperation]:
        """One fact for each row of partners that are known, with the sentence of the word `at`."""
        for actors in sides.rows():
            if not all(_is_known(a) for a in actors):
                continue
            yield Cooperation(
                actors=actors,
                domains=named or ("general",),
                evidence=self.context.evidence(at),
                rule=self.context.rule(rule),
                confidence=0.8,
                modality=modality,
            )
