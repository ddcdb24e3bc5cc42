"""For which state the holder of an office stands whose staff has a name of its own: «Объединённый штаб … КНР»."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.offices import Office


def state_in(context: Context, office: Office) -> Entity | None:
    """The only state that the words of an office name: «начальник Объединённого штаба Центрального совета КНР».

    Arguments:
        context: the text.
        office: who holds which office.
    """
    words = range(office.title.first, office.title.last) if office.title is not None else range(0)
    states = {m.entity for m in context.mentions.within(words, "state")}
    return states.pop() if len(states) == 1 else None
