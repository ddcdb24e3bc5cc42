"""Whose a number is that is told of each side: «по 20 военнослужащих с каждой стороны», «каждая страна выделит сто»."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Exercise
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.kinds.quantity_states import States


class EachSide:
    """Answers of whom a number is that holds for each of those who take part in an exercise.

    Arguments:
        context: the text, with its exercises among its facts.
        states: its states.
    """

    def __init__(self, context: Context, states: States) -> None:
        self.context = context
        self.states = states

    def owner(self, count: Count) -> Entity | None:
        """The one named first of those who take part in the exercise told of last; None for another number."""
        if not self._is_of_each(count):
            return None
        begin = self.context.sentence(count.index).end
        told = [
            f for f in self.context.facts
            if isinstance(f, Exercise) and len(f.participants) > 1 and min(e.begin for e in f.evidence) < begin
        ]  # fmt: skip
        states = [s for p in (told[-1].participants if told else ()) if (s := self.states.of(p.value)) is not None]
        if states:
            return min(states, key=self.states.position)
        return self.context.pair[0] if self.context.pair else self.states.first()

    def _is_of_each(self, count: Count) -> bool:
        """Whether the words around the number say that it is that of each side."""
        clause = self.context.clause(count.index)
        near = {*clause, *range(count.index, min(count.last + 4, self.context.sentence(count.index).last))}
        return any(self.context.senses.has(i, "each_side") for i in near)
