"""Which numbers count something that belongs to cooperation, and what they count."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Deployment, Exercise, Mission
from loaders.reading.numbers import NumberMention

COUNTED = "counted_"
MONEY = "money"
FEW = 5
REACH = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the noun that it counts.

    Arguments:
        number: the number.
        sort: what sort of thing is counted, after the sense of the noun ("people", "state", "equipment"), or "money".
        index: the token of the number.
        noun: the token of the noun (in an answer without one, that of the question).
        last: the end of the noun phrase as far as it was read.
    """

    number: NumberMention
    sort: str
    index: int
    noun: int
    last: int


def counts(context: Context) -> Iterator[Count]:
    """The numbers of a text that count things of the sorts that the lexicon lists."""
    headcounts = _headcounts(context)
    for number in context.numbers:
        tokens = context.tokens_of(number.span)
        if not tokens or number.ordinal or number.year_like or number.unit_class not in {None, MONEY}:
            continue
        index, after = tokens[0], tokens[-1] + 1
        sentence = context.sentence(index)
        if context.in_title(index):
            continue
        # «за годы … служили 500»: not how many there are at a time, which would be a headcount.
        ever = any(context.senses.has(i, "cumulative") for i in range(sentence.first, sentence.last))
        if (int(number.value), sentence.index) in headcounts and not ever:
            continue
        if context.speech(index) is None and any(q.is_name and q.first <= index < q.last for q in context.quotations):
            continue
        if number.unit_class == MONEY:
            yield Count(number, MONEY, index, index, after)
            continue
        count = _noun_after(context, number, index, after) or _noun_of_question(context, number, index, after)
        if count is not None:
            yield count


def _noun_after(context: Context, number: NumberMention, index: int, after: int) -> Count | None:
    end = context.sentence(index).last
    for at in range(after, min(end, after + REACH)):
        token = context.text.tokens[at]
        sorts = [s for s in context.senses.at(at) if s.name.startswith(COUNTED) and s.first == at]
        best = max(sorts, key=lambda s: s.last, default=None)
        if best is not None and (best.last - best.first > 1 or token.pos != "ADJ"):
            if context.senses.has(at, "not_counted"):
                return None
            return Count(number, best.name.removeprefix(COUNTED), index, at, best.last)
        if token.text == "." and at == after:
            continue  # «тыс. человек»
        if token.pos == "CCONJ" and context.numbers_in([at + 1]):
            continue  # «85 американских и 175 армянских военнослужащих»
        if token.pos not in {"ADJ", "NUM", "DET"} and not any(m.form == "adjective" for m in context.mentions.at(at)):
            return None
    return None


def _noun_of_question(context: Context, number: NumberMention, index: int, after: int) -> Count | None:
    """«– Сколько у вас слушателей? – Шестьдесят два.»"""
    sentence = context.sentence(index)
    following = context.text.tokens[after] if after < len(context.text.tokens) else None
    if sentence.index == 0 or following is None or following.text[:1].isalpha():
        return None
    question = context.text.sentences[sentence.index - 1]
    tokens = range(question.first, question.last)
    if not any(context.senses.has(i, "how_many") for i in tokens) or context.text.tokens[question.last - 1].text != "?":
        return None
    for at in tokens:
        for sense in context.senses.at(at):
            if sense.name.startswith(COUNTED) and sense.first == at and context.text.tokens[at].pos == "NOUN":
                return Count(number, sense.name.removeprefix(COUNTED), index, at, sense.last)
    return None


def _headcounts(context: Context) -> set[tuple[int, int]]:
    """The headcounts that the facts found before have taken, each with its sentences."""
    found: set[tuple[int, int]] = set()
    begins = {s.begin: s.index for s in context.text.sentences}
    for fact in context.facts:
        if isinstance(fact, Exercise) and fact.headcount is not None:
            found |= {(fact.headcount.value, begins.get(s.begin, -1)) for s in fact.headcount.evidence}
        for deployment in fact.deployments if isinstance(fact, Mission) else ():
            assert isinstance(deployment, Deployment)
            if deployment.headcount is not None:
                found |= {(deployment.headcount, begins.get(s.begin, -1)) for s in deployment.evidence}
    return found


def is_few(count: Count) -> bool:
    """Whether so small a number of states, events or agreements only tells the things spoken of apart."""
    return count.number.value < FEW
