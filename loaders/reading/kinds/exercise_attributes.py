"""What is gathered of an exercise, and what the searches for it share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.reading.context import Context
from loaders.reading.dates import DateMention
from loaders.reading.facts import Entity, Modality, Stated
from loaders.reading.kinds.exercise_events import NOUNS
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument

PARTICIPANTS = frozenset({"state", "body"})
UNREAL: frozenset[Modality] = frozenset({"denied", "cancelled", "proposed"})
PLACE_NOUNS = ("place_noun", "region_noun", "water_noun", "high_noun", "city_noun", "territory_noun", "training_ground")
OPENING, CLOSING = "(", ")"


@dataclass(slots=True)
class Attributes:
    """What was found, in lists that keep the order of the text. A working value of this package only."""

    participants: list[Stated[Entity]] = field(default_factory=list)
    absent: list[Stated[Entity]] = field(default_factory=list)
    observers: list[Stated[Entity]] = field(default_factory=list)
    watched_by: list[Stated[Entity]] = field(default_factory=list)  # those whose officials look on
    frameworks: list[Stated[Entity]] = field(default_factory=list)
    locations: list[Stated[Entity]] = field(default_factory=list)
    dates: list[tuple[str, DateMention]] = field(default_factory=list)
    headcounts: list[Stated[int]] = field(default_factory=list)
    joint: bool = False
    national: bool = False

    def extend(self, other: "Attributes") -> None:
        """Take over what another search has found."""
        for name in (
            "participants",
            "absent",
            "observers",
            "watched_by",
            "frameworks",
            "locations",
            "dates",
            "headcounts",
        ):
            mine = getattr(self, name)
            mine.extend(value for value in getattr(other, name) if value not in mine)
        self.joint = self.joint or other.joint
        self.national = self.national or other.national


class View:
    """A text as the searches see it.

    Arguments:
        context: the text.

    `scope` limits the actors that are seen, where a clause is read in parts; None sees all.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.scope: frozenset[int] | None = None

    def names_place(self, mention: EntityMention) -> bool:
        """Whether a state belongs to a place («на полигоне в Казахстане», «в провинции Китая»)."""
        at = self.text.tokens[mention.head]
        for _ in range(6):
            if at.head is None:
                return False
            at = self.text.tokens[at.head]
            if self.context.senses.has(at.index, *NOUNS) or at.pos in {"VERB", "AUX"}:
                return False
            if self.context.senses.has(at.index, *PLACE_NOUNS):
                return True
        return False

    def hosts(self, mention: EntityMention) -> bool:
        """ "Desert Talon, hosted by Jordan, involves …": who is only said to be the host."""
        verb = self.context.predicate(mention.head)
        return verb.rel.startswith("acl") and self.context.senses.has(verb.index, "host")

    def mentions(self, tokens: Iterable[int]) -> list[EntityMention]:
        """The actors among the tokens; within the scope, where a clause is read in parts."""
        found = self.context.actor_mentions(tokens)
        return found if self.scope is None else [m for m in found if m.head in self.scope]

    def arguments(self, predicate: int, *roles: str) -> Iterator[Argument]:
        """The arguments of a predicate in these roles."""
        return (a for a in self.context.arguments(predicate) if a.role in roles)

    def included(self, verb: int) -> list[EntityMention]:
        """ "Drew personnel from twelve countries, among them Bulgaria and Greece": the list behind such words."""
        here = self.context.sentence(verb)
        senses = [s for s in self.context.senses.all("including") if verb < s.first < here.last]
        named = [m for s in senses[:1] for m in self.mentions(range(s.last, s.last + 2)) if m.entity.kind == "state"]
        counted = any(self.context.senses.has(i, "state_anaphor", "state_noun") for i in range(verb, here.last))
        return list(self.context.coordinated(named[0])) if named and counted else []

    def is_only_company(self, verb: int) -> bool:
        """ "Held drills, with the secretary general watching": a participle, of which who held them does nothing."""
        token = self.text.tokens[verb]
        if token.rel != "advcl" or token.feats.get("VerbForm") == "Fin" or token.head is None:
            return False
        between = (a for a in self.context.arguments(token.head) if token.head < a.head < verb)
        return any(a.relation == "with" for a in between)

    def participant(self, mention: EntityMention, rule: str) -> Stated[Entity]:
        """The actor that a mention means, as found by a rule."""
        actor = self.context.mentions.actor(mention) or mention.entity
        return self.stated(actor, rule, mention.head)

    def stated(self, entity: Entity, rule: str, index: int) -> Stated[Entity]:
        """An entity as found by a rule in the sentence of a token."""
        return Stated(entity, self.context.evidence(index), self.context.rule(rule))
