"""One office of one person, as a text gives it."""

from dataclasses import dataclass

from loaders.reading.facts import Entity, Role
from loaders.reading.mentions import EntityMention
from loaders.reading.title import Title


@dataclass(frozen=True, slots=True)
class Office:
    """One office of one person.

    Arguments:
        person: the mention of the person; where the title stands alone, the mention elsewhere in the text.
        role: the role.
        of: of which body, state or organization.
        title: the title; None where a verb says it («возглавляет»).
        first, last: the tokens of title and name together.
        rule: how it was found.
        certain: whether the title itself says of what it is.
    """

    person: EntityMention
    role: Role
    of: Entity
    first: int
    last: int
    rule: str
    title: Title | None = None
    certain: bool = True
