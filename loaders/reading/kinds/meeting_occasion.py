"""One occasion on which people meet, as far as one place of a text tells of it."""

from dataclasses import dataclass

from loaders.reading.facts import Entity, MeetingKind, Modality, PartialDate, Stated
from loaders.reading.kinds.meeting_parties import Parties
from loaders.reading.kinds.meeting_triggers import Trigger


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion as far as one place of the text tells of it.

    Arguments:
        trigger: the words that name it.
        parties: who meets.
        organizations: whose session it is, or whose room a briefing uses.
        place, date: where and when.
        modality: whether it took place.
        tokens: the tokens that its evidence rests on.
    """

    trigger: Trigger
    parties: Parties
    organizations: tuple[Stated[Entity], ...] = ()
    place: Stated[Entity] | None = None
    date: Stated[PartialDate] | None = None
    modality: Modality = "held"
    tokens: tuple[int, ...] = ()

    @property
    def kind(self) -> MeetingKind:
        """The kind of occasion."""
        return self.trigger.kind


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates can be of one day: as far as both are precise they are equal."""
    return str(one).startswith(str(other)) or str(other).startswith(str(one))
