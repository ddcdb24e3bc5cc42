"""How many people take part in an exercise in all: «всего около 1400 человек», «участвуют свыше 2 тысяч военных».

The number of one side («200 казахстанских военнослужащих») is not the total; it is a quantity of that state. Bounds
are not kept here.
"""

from collections.abc import Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Stated
from loaders.reading.kinds.quantity_counts import Count, find_counts
from loaders.reading.relations import BARE

BEFORE = 6
"""A word like «всего» stands at most so many tokens before its number."""

WHERE = frozenset({"in", "on", "to", "near"})
SENDING = frozenset({"from", "on_behalf"})
AFTER = 2
"""Whose people they are stands directly after the noun («человек из Казахстана», «военных России»)."""

QUANTIFIED = BARE | {"with", "until", "near", "over"}
"""Relations of a number of those who take part."""


class Headcounts:
    """The total numbers of people that the clauses of one text give.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counts = [c for c in find_counts(context) if c.sort == "people"]

    def of(self, tokens: Sequence[int]) -> Stated[int] | None:
        """The total that a clause about an exercise gives, if it gives one."""
        words = set(tokens)
        counts = [c for c in self._counts if c.index in words and c.whole is None]
        totals = [c for c in counts if self._is_called_total(c)] or self._acting(tokens)
        if not totals and len(counts) == 1 and self._take_part(tokens, counts[0]) and not self._one_side(words):
            totals = [c for c in counts if not self._of_one(c)]
        if len(totals) != 1:
            return None
        rule = self._context.rule("exercise-headcount")
        return Stated(int(totals[0].number.value), self._context.evidence(totals[0].index), rule)

    def _acting(self, tokens: Sequence[int]) -> list[Count]:
        """ "With 3,000 troops from 14 nations taking part", "4,200 troops from A and B have begun the exercise": the
        only number of people among those who do what a verb of the clause tells, unless they are of one state."""
        found: list[Count] = []
        for verb in tokens:
            if (
                not self._context.senses.has(verb, "participate", "hold")
                or self._context.text.tokens[verb].pos != "VERB"
            ):
                continue
            above = self._context.text.tokens[verb].head
            described = self._context.text.tokens[verb].rel.startswith("acl")
            if self._is_sent(self._context.clause(verb)):
                continue
            heads = [a.head for a in self._context.arguments(verb) if a.role == "subject"]
            heads += self._nominals(above) if described and above is not None else []
            found += [c for c in self._counts if c.whole is None and c.noun in heads and c not in found]
        return [c for c in found if len(self._states(set(self._context.phrase(c.noun)))) != 1 and not self._of_one(c)]

    def _of_one(self, count: Count) -> bool:
        """ "Some 120 Mongolian soldiers joined Marines": those of the state that stands between number and noun."""
        described = self._context.mentions.within(range(count.index, count.noun), "state")
        shared = [n for n in self._context.numbers_in(range(count.index, count.noun)) if not n.year_like]
        # «200 казахстанских и 300 российских военных»: a number for each side, and no total
        return len({m.entity.state for m in described if m.form == "adjective"}) == 1 or len(shared) > 1

    def _nominals(self, index: int) -> list[int]:
        """A noun and those that it hangs on: "troops" of "troops from 14 nations"."""
        found = [index]
        while self._context.text.tokens[found[-1]].rel == "nmod" and len(found) < 4:
            above = self._context.text.tokens[found[-1]].head
            if above is None:
                break
            found.append(above)
        return found

    def _is_called_total(self, count: Count) -> bool:
        """«всего около 1400 человек», «общей численностью 900 военных»: unless it is the number of one side."""
        first = max(self._context.sentence(count.index).first, count.index - BEFORE)
        near = [i for i in range(first, count.index) if self._context.senses.has(i, "headcount_total")]
        return (
            bool(near)
            and not self._of_one(count)
            and len(self._states(set(range(count.index, count.last + AFTER)))) != 1
        )

    def _take_part(self, tokens: Sequence[int], count: Count) -> bool:
        """Whether the counted are those who take part: they hang on such a verb, and on nothing else («для»)."""
        return any(self._context.senses.has(i, "participate", "participation", "headcount_verb") for i in tokens) and (
            self._context.relation(count.noun) in QUANTIFIED
        )

    def _one_side(self, words: set[int]) -> bool:
        """Whether one state alone is spoken of, or sends them («от Казахстана», «с узбекской стороны»)."""
        return self._is_sent(words) or len(self._states(words)) == 1

    def _is_sent(self, words: Iterable[int]) -> bool:
        """«От Казахстана», «с каждой стороны»: whether the words speak of a side, or name just one that sends."""
        words = tuple(words)
        if any(self._context.senses.has(i, "side", "represent_verb") for i in words):
            return True
        sent = {
            m.entity.state for m in self._context.actor_mentions(words)
            if self._context.relation_of(m) in SENDING and m.entity.state
        }  # fmt: skip
        return len(sent) == 1

    def _states(self, words: set[int]) -> set[str]:
        found = (m for m in self._context.actor_mentions(words) if self._context.relation_of(m) not in WHERE)
        return {m.entity.state for m in found if m.entity.state and m.entity.kind in {"state", "body"}}


__all__ = ["Headcounts"]
