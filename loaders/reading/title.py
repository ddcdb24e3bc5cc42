"""A title of office as a text gives it: its role, and of what the office is."""

from dataclasses import dataclass, replace

from loaders.reading.context import Context
from loaders.reading.facts import BodyKind, Entity, Role
from loaders.reading.lexicon import Sense
from loaders.reading.names import entity_of
from ontology import entity

OFFICE = "office_"
QUALIFIERS = frozenset({"office_former", "office_noun"})
OF_STATE = frozenset({"head of state", "prime minister", "ambassador", "military attaché"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office in a text.

    Arguments:
        sense: the noun of office.
        role: the role, or None where it is told only by whom the text speaks of («коллега», «глава ведомства»).
        body: the body of its state that the office is in; None if it is of a state or an organization itself.
        states: the states that the title names.
        others: organizations, companies, institutions, missions that it names.
        first, last: its tokens, adjectives before it included.
        plural: whether the noun stands in the plural.
        former: whether the office is not held now.
        colleague: whether it only says that the role is that of the person named before.
    """

    sense: Sense
    role: Role | None
    body: BodyKind | None
    states: tuple[Entity, ...] = ()
    others: tuple[Entity, ...] = ()
    first: int = 0
    last: int = 0
    plural: bool = False
    former: bool = False
    colleague: bool = False
    portfolio_unknown: bool = False
    generic: bool = False

    def owners(self, context: Context) -> tuple[Entity, ...]:
        """Of what the office is, one entity for each state or organization that the title names."""
        if self.role is None or self.portfolio_unknown:
            return ()
        if self.role in OF_STATE:
            return self.states or (self.others if self.role == "head of state" else ())
        if self.role == "secretary general":
            return tuple(o for o in self.others if o.kind == "organization")[:1]
        if self.body is not None and self.states:
            return tuple(body_of(context, state, self.body) for state in self.states)
        if self.body is None and self.others and self.role not in {"minister", "deputy minister"}:
            # An organ of an intergovernmental organization counts as the organization.
            return tuple(o for o in self.others if o.kind == "organization")[:1] or self.others[:1]
        if self.role in {"other", "spokesperson"} and self.body is None:
            return self.states
        return ()


def body_of(context: Context, state: Entity, kind: BodyKind) -> Entity:
    """The body of a kind of a state, by its name in the reference graph where it has one there."""
    iri = entity("organization", f"{state.state}-{kind}")
    known = context.names.by_iri.get(iri)
    if known is not None:
        return replace(entity_of(known, context.language), state=state.state, body=kind)
    return Entity("body", "", iri, state.state, kind)


def is_person(context: Context, index: int) -> bool:
    """Whether a token belongs to the name of a person."""
    return any(m.entity.kind == "person" for m in context.mentions.at(index))


def is_office(sense: Sense) -> bool:
    """Whether a sense is a noun of office, and not what is said of one."""
    return sense.name.startswith(OFFICE) and sense.name not in QUALIFIERS
