"""Which numbers count something that may belong to cooperation, and what they count."""

from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Exercise, Mission
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.numbers import NumberMention

COUNTED = "counted_"
MONEY = "money"
REACH = 5
FEW = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the noun that it counts.

    Arguments:
        number: the number.
        sort: what sort of thing is counted, after the sense of the noun ("people", "state", "equipment"), or "money".
        index: the token of the number.
        noun: the token of the noun; where the number has none, that of the question or of the number before.
        last: the end of the noun, or of the number if the noun stands before it.
        whole: the count of which this is a part («900 военнослужащих, в том числе 600 …»).
        is_headcount: whether another kind of fact has taken it as its headcount.
        first: the count that begins the list of which this is a further member («Россия – 250, Казахстан – 120»).
        sharer: whom or where that member names.
    """

    number: NumberMention
    sort: str
    index: int
    noun: int
    last: int
    whole: "Count | None" = None
    is_headcount: bool = False
    first: "Count | None" = None
    sharer: EntityMention | None = None

    @property
    def is_few(self) -> bool:
        """Whether so small a number of states, events or agreements only tells the things spoken of apart."""
        return self.number.value < FEW


def find_counts(context: Context) -> tuple[Count, ...]:
    """The numbers of a text that count things of the sorts that the lexicon lists."""
    headcounts = _headcounts(context)
    found: list[Count] = []
    for number in context.numbers:
        tokens = context.tokens_of(number.span)
        if not tokens or number.ordinal or number.year_like or number.unit_class not in {None, MONEY}:
            continue
        index, after = tokens[0], tokens[-1] + 1
        if number.unit is None:
            after = max(after, context.tokens_of(number.phrase)[-1] + 1)  # «отыздан астам ұшақ»
        sentence = context.sentence(index)
        named = context.text.tokens[index].pos == "PROPN" and index > sentence.first
        if named or _is_of_model(context, index):
            continue  # "the Five Hills Training Area", "12 Leopard 2 tanks"
        if context.in_title(index) or _in_name(context, index) or context.text.tokens[index].rel == "flat:name":
            continue
        if number.unit_class == MONEY:
            found.append(Count(number, MONEY, index, index, after))
            continue
        whole = _whole(context, found, index, after)
        noun = _noun_after(context, after) or _noun_of_question(context, index, after) or _noun_ahead(context, after)
        sharer = _sharer(context, index) or _sharer_after(context, after) if noun is None and found else None
        first = next((c for c in reversed(found) if _begins_list(context, c, index)), None) if sharer else None
        if first is not None:
            found.append(Count(number, first.sort, index, first.noun, after, None, False, first.first or first, sharer))
            continue
        if noun is None and whole is not None:
            noun = (whole.sort, whole.noun, after)
        if noun is None:
            continue
        # «за годы … служили 500» is not how many there are at a time, which would be a headcount.
        ever = any(context.senses.has(i, "cumulative") for i in range(sentence.first, sentence.last))
        of_exercise = headcounts.get((int(number.value), sentence.index))
        taken = of_exercise is not None and (of_exercise or not ever)
        found.append(Count(number, noun[0], index, noun[1], noun[2], whole, taken))
    return tuple(found)


def _is_of_model(context: Context, index: int) -> bool:
    """ "Leopard 2 tanks": a number behind the proper name of what is counted, that names no actor."""
    before, number = context.text.tokens[index - 1], context.text.tokens[index]
    named = index > 0 and before.pos == "PROPN" and before.sentence == number.sentence and before.head == number.head
    return named and before.rel == "compound" and not context.mentions.at(before.index)


def _sharer(context: Context, index: int) -> EntityMention | None:
    """«…, Казахстан – 120», «…, в Турции – 45»: the state named right before the dash before a number."""
    dash = index - 1
    while dash > 0 and context.text.tokens[dash].pos in {"ADV", "PART", "ADP"}:
        dash -= 1  # «– около 45»
    begin = context.sentence(index).first
    if dash - 1 < begin or context.text.tokens[dash].text not in DASHES:
        return None
    named = [m for m in context.mentions.at(dash - 1) if m.last == dash and m.entity.state and m.form != "adjective"]
    return named[0] if named else None


def _sharer_after(context: Context, after: int) -> EntityMention | None:
    """«1800 из России, 400 из Таджикистана»: the state named right after a number that has no noun."""
    if not context.senses.has(after, "from_side", "out_of"):
        return None
    named = [m for m in context.mentions.at(after + 1) if m.first == after + 1 and m.entity.state]
    return named[0] if named and named[0].form in {"name", "body"} else None


def _begins_list(context: Context, count: Count, index: int) -> bool:
    """Whether a count of people or things stands in the same sentence, with no other verb between."""
    sentence = context.sentence(index)
    between = range(count.last, index)
    verbs = any(context.text.tokens[i].feats.get("VerbForm") == "Fin" for i in between)
    return sentence.first <= count.index and count.sort in {"people", "equipment"} and not verbs


Noun = tuple[str, int, int]


def _in_name(context: Context, index: int) -> bool:
    named = any(m.entity.kind in {"series", "exercise"} for m in context.mentions.at(index))
    named = named or context.senses.has(index - 1, "designator")  # "Type 26 frigates"
    return named or index in context.once(_quoted_names)


def _quoted_names(context: Context) -> frozenset[int]:
    """The tokens of names in quotation marks."""
    return frozenset(i for q in context.quotations if q.is_name for i in range(q.first, q.last))


def _noun_after(context: Context, after: int) -> Noun | None:
    """The sort, the place and the end of the first noun after a number."""
    tokens = context.text.tokens
    if after >= len(tokens):
        return None
    end = context.sentence(after).last
    at = after
    while at < min(end, after + REACH):
        token = tokens[at]
        if context.senses.has(at, "not_counted"):
            return None
        sense = _counted(context, at)
        if sense is not None and (
            sense.last - sense.first > 1 or token.pos != "ADJ" or _is_last_of_phrase(context, at)
        ):
            return sense.name.removeprefix(COUNTED), at, sense.last
        mentions = context.mentions.at(at)
        if any(m.form == "demonym" for m in mentions):
            return "people", at, at + 1
        if token.text in {"–", "—"} and at > after and context.senses.has(at - 1, "part_of"):
            pass  # «восемь из которых – учения»
        elif context.senses.has(at, "part_of"):
            pass
        elif token.pos == "CCONJ" and context.numbers_in([at + 1]):
            pass  # «85 американских и 175 армянских военнослужащих»
        elif (at > after and _in_name(context, at)) or token.text in {"«", "»"}:
            pass  # «алты «Ақсұңқар» дроны»
        elif token.rel in {"compound", "amod"} and token.head is not None and token.head > at:
            pass  # "180 K2 tanks"
        elif _is_make(context, at):
            pass  # «14 Challenger 2 танкі»
        elif context.senses.has(at, "further"):
            pass  # "12 more FA-50 fighters"
        elif token.pos == "PROPN" and at == after and _is_last_of_phrase(context, at) and _is_supplied(context, at):
            return "equipment", at, at + 1  # "12 Rafales"
        elif token.text == "." and at == after:
            pass  # «тыс. человек»
        elif token.pos not in {"ADJ", "NUM", "DET"} and not any(m.form == "adjective" for m in mentions):
            return None
        at += 1
    return None


def _noun_ahead(context: Context, after: int) -> Noun | None:
    """«Өзбекстаннан 300, Тәжікстаннан 200 сарбаз»: where nouns stand last, that of the next number of a list."""
    tokens = context.text.tokens
    if not context.relations.head_final or after >= len(tokens) or tokens[after].text != ",":
        return None
    named = context.mentions.at(after + 1)
    state = next((m for m in named if m.entity.kind == "state" and m.form == "name"), None)
    following = context.numbers_in([state.last]) if state is not None else []
    if not following or following[0].year_like:
        return None
    last = max(context.tokens_of(following[0].span)[-1], context.tokens_of(following[0].phrase)[-1]) + 1
    noun = _noun_after(context, last) or _noun_ahead(context, last)
    return (noun[0], noun[1], after) if noun is not None else None


def _is_make(context: Context, index: int) -> bool:
    """Where nouns stand last: a name in foreign letters, or a number in it, before the noun for arms of that make."""
    token = context.text.tokens[index]
    coded = token.text[0].isascii() or any(c.isdigit() for c in token.text)  # «тоғыз БТР-70М бронетранспортері»
    foreign = token.pos == "PROPN" and coded and token.rel in {"nmod", "flat:name"}
    return context.relations.head_final and foreign


def _is_supplied(context: Context, index: int) -> bool:
    """Whether a name stands where arms change hands, and is that of nothing else."""
    senses = ("supply_verb", "receive_verb", "supply_contract", "order_noun", "supply_noun")
    named = context.mentions.at(index)
    return not named and any(context.senses.has(i, *senses) for i in context.clause(index))


def _is_last_of_phrase(context: Context, index: int) -> bool:
    """Whether no noun follows that the word could describe as an adjective («5 военных», not «5 военных атташе»)."""
    tokens = context.text.tokens
    return index + 1 >= len(tokens) or tokens[index + 1].pos not in {"NOUN", "ADJ", "PROPN"}


def _counted(context: Context, index: int) -> Sense | None:
    senses = [s for s in context.senses.at(index) if s.name.startswith(COUNTED) and s.first == index]
    return max(senses, key=lambda s: s.last, default=None)


def _noun_of_question(context: Context, index: int, after: int) -> Noun | None:
    """«– Сколько у вас слушателей? – Шестьдесят два.»"""
    sentence = context.sentence(index)
    following = context.text.tokens[after] if after < len(context.text.tokens) else None
    if sentence.index == 0 or following is None or following.text[:1].isalpha():
        return None
    question = context.text.sentences[sentence.index - 1]
    tokens = range(question.first, question.last)
    if context.text.tokens[question.last - 1].text != "?" or not any(context.senses.has(i, "how_many") for i in tokens):
        return None
    for at in tokens:
        sense = _counted(context, at)
        if sense is not None and context.text.tokens[at].pos == "NOUN":
            return sense.name.removeprefix(COUNTED), at, after
    return None


def _whole(context: Context, found: list[Count], index: int, after: int) -> Count | None:
    """The count before in the sentence of which the number is a part: «в том числе», «из них», «… из которых»."""
    sentence = context.sentence(index)
    near = (*range(max(sentence.first, index - 3), index), after)
    if not any(context.senses.has(i, "part_of") for i in near):
        return None
    return next((c for c in reversed(found) if sentence.first <= c.index < index and c.sort != MONEY), None)


def _headcounts(context: Context) -> dict[tuple[int, int], bool]:
    """The headcounts that the facts found before have taken, each with its sentences; whether of an exercise."""
    found: dict[tuple[int, int], bool] = {}
    begins = {s.begin: s.index for s in context.text.sentences}
    for fact in context.facts:
        for deployment in fact.deployments if isinstance(fact, Mission) else ():
            if deployment.headcount is not None:
                found |= {(deployment.headcount, begins.get(s.begin, -1)): False for s in deployment.evidence}
        if isinstance(fact, Exercise) and fact.headcount is not None:
            found |= {(fact.headcount.value, begins.get(s.begin, -1)): True for s in fact.headcount.evidence}
    return found
