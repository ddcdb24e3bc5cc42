"""Where and when a meeting is: the place and date of its clause, else of its sentence, else of what it belongs to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from loaders.reading.context import Context
from loaders.reading.dates import DateMention
from loaders.reading.facts import Entity, Exercise, PartialDate, Span, Stated
from loaders.reading.kinds.noun_years import names_noun
from loaders.reading.kinds.place_names import is_undeclined
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE
from loaders.reading.titles import find_titles

Value = TypeVar("Value")
LONGEST_TAIL = 30
"""Characters after the date of a dateline that can be its place."""
UNRELATED_LEADS = frozenset({"for", "of", "until", "after", "before"})


class Circumstances:
    """Places and dates of the occasions of one text.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self._titled = frozenset(i for t in find_titles(context) for i in range(t.first, t.last))

    # ------------------------------------------------------------------ places

    def place(self, index: int, *, to: bool = False) -> Stated[Entity] | None:
        """The place of the occasion at a token: a named place before a state; with `to`, where one travels to."""
        sentence = self.context.sentence(index)
        clause = self.context.clause(index)
        # What the parser takes for the clause may reach too far or not far enough: the nearest place counts. Outside
        # the clause a state is rather what is spoken of than where.
        around = {*clause, *(i for i in range(sentence.first, sentence.last) if not self._is_nested(i))}
        found = list(self._located(around, to=to))
        if to:  # "travelled to Bosnia and Herzegovina and continued to Kosovo": each verb has its own goal
            found = [m for m in found if m.head in clause and self.context.relation_of(m) == "to"] or found
        named = [m for m in found if m.entity.kind == "place"] or [m for m in found if m.head in clause]
        if not named:
            return None
        nearest = min(named, key=lambda m: abs(m.head - index))
        return self._stated(self._as_place(nearest), nearest.head)

    def there(self, index: int) -> tuple[Stated[Entity] | None, Stated[PartialDate] | None]:
        """«Министры прилетели в X 5 мая. Там они подписали …»: place and date that the sentence before names."""
        here = self.context.sentence(index)
        earlier = self.text.sentences[here.index - 1] if here.index else here
        pointing = any(self.context.senses.has(i, "at_the_same_place") for i in range(here.first, index))
        if not pointing or earlier.paragraph != here.paragraph or earlier is here:
            return None, None
        words = [i for i in range(earlier.first, earlier.last) if not self._is_nested(i)]
        found = list(self._located(words, to=True))
        named = [m for m in found if m.entity.kind == "place"] or found
        dates = [d for d in self.context.dates_in(words) if is_date_of_event(d)]
        where = self._stated(self._as_place(named[-1]), named[-1].head) if named else None
        day = dates[-1].start if dates else None
        return where, self._stated(day, self.context.tokens_of(dates[-1].span)[0]) if day else None

    def host(self, place: Stated[Entity] | None) -> Entity | None:
        """The state that a place is, is the capital of, or lies in, as far as the gazetteer knows."""
        if place is None:
            return None
        entity = place.value
        if entity.kind == "state":
            return entity
        known = self.context.names.by_iri.get(entity.iri or "")
        code = (known.capital_of or known.state) if known else entity.state
        return self.context.mentions.states.get(code or "")

    def _located(self, tokens: Iterable[int], *, to: bool) -> Iterator[EntityMention]:
        wanted = set(tokens)
        capitals = [m for m in self.context.mentions.within(wanted, "state") if m.form == "adjective"]
        for mention in (*self.context.places(wanted), *(m for m in capitals if self._in_capital(m))):
            # «посол Турции в Казахстане» says where one serves, not where one is.
            if self.context.in_title(mention.first) or mention.first in self._titled:
                continue
            if mention.form == "anaphor" and not self._in_capital(mention):
                continue
            if self._is_where(mention, to=to) or self._in_apposition(mention) or self._in_capital(mention):
                yield mention

    def _is_where(self, mention: EntityMention, *, to: bool) -> bool:
        relation = self.context.relation_of(mention)
        undeclined = mention.entity.kind == "place" and is_undeclined(self.context, mention)
        heads_for = relation == "for" and to and mention.entity.kind == "place"  # "left for Ankara"
        return relation == "in" or heads_for or (relation == "to" and (to or undeclined))

    def _in_apposition(self, mention: EntityMention) -> bool:
        """«на полигоне «Отар»», «в городе Тараз»: the preposition stands before the common noun."""
        noun = self.text.tokens[mention.head].head
        if mention.form != "quoted" or noun is None:
            before = mention.first - 2 if mention.form == "quoted" else mention.first - 1
        else:
            before = noun
        return (
            before >= 0
            and self.context.senses.has(before, "place_noun")
            and self.context.relation(before) in {"in", "on", "to"}
        )

    def _in_capital(self, mention: EntityMention) -> bool:
        """«в столице Казахстана», «в азербайджанской столице»."""
        noun = self.text.tokens[mention.head].head
        return (
            noun is not None
            and self.context.senses.has(noun, "capital_noun")
            and self.context.relation(noun) not in BARE
        )

    def capital(self, tokens: Iterable[int]) -> Stated[Entity] | None:
        """«В таджикской столице», where a clause says that something was done: the city."""
        for mention in self.context.mentions.within(tokens, "state"):
            if self._in_capital(mention) and not self.context.in_title(mention.first):
                city = self._as_place(mention)
                return self._stated(city, mention.head) if city.kind == "place" else None
        return None

    def _is_nested(self, index: int) -> bool:
        """Whether a token stands in a clause that another verb governs: what is said to be, not what is."""
        return self.context.predicate(index).rel in {"ccomp", "acl:relcl", "advcl"}

    def _as_place(self, mention: EntityMention) -> Entity:
        """A place; for «в столице Казахстана» the city of the dateline, else the capital."""
        noun = self.text.tokens[mention.head].head
        if mention.entity.kind == "state" and noun is not None and self.context.senses.has(noun, "capital_noun"):
            city = self.dateline_place()
            known = self.context.names.by_iri.get(city.iri or "") if city is not None else None
            if city is not None and (known is None or known.capital_of == mention.entity.state):
                return city
            capital = self.context.names.capitals.get(mention.entity.state or "")
            if capital is not None:
                label = next((n.text for n in capital.names if n.language == self.context.language), "")
                return Entity("place", label, capital.iri, capital.capital_of)
        return mention.entity

    def dateline_place(self) -> Entity | None:
        """The place in the text's dateline («ТАРАЗ, 3 октября 2022 года.»)."""
        line = self.context.dateline
        if line is None:
            return None
        begin = self.text.text.rfind("\n", 0, line.begin) + 1
        words = self.text.text[begin : line.begin].strip(" ,.:;—–-/|(")
        if not words:  # «14 мая 2025 года, г. Астана»
            end = self.text.text.find("\n", line.end)
            after = Span(line.end, len(self.text.text) if end < 0 else end)
            named = list(self.context.mentions.within(self.context.tokens_of(after), "place"))
            return named[0].entity if len(named) == 1 and after.end - after.begin <= LONGEST_TAIL else None
        if not words or len(words.split()) > 3 or not words[:1].isupper():
            return None
        mention = next(
            (m for m in self.context.mentions.all if m.span.begin == begin and m.entity.kind == "place"), None
        )
        name = "-".join(part.capitalize() for part in words.split("-")) if words.isupper() else words
        return replace(mention.entity, name=name) if mention else Entity("place", name)

    # ------------------------------------------------------------------ dates

    def date(self, index: int) -> Stated[PartialDate] | None:
        """The date of the occasion at a token; of a period its beginning."""
        sentence = self.context.sentence(index)
        whole = [i for i in range(sentence.first, sentence.last) if not self._is_nested(i)]
        for tokens in (self.context.clause(index), whole):
            planned = any(self.context.senses.has(i, "plan") and self.text.tokens[i].pos != "NOUN" for i in tokens)
            dates = [d for d in self.context.dates_in(tokens) if is_date_of_event(d, planned=planned)]
            dates = [d for d in dates if not self._is_of_report(d) and not names_noun(self.context, d)]
            dates = [d for d in dates if not self._is_of_document(d)]
            if dates:
                nearest = min(dates, key=lambda d: abs(self.context.tokens_of(d.span)[0] - index))
                assert nearest.start is not None
                return self._stated(nearest.start, self.context.tokens_of(nearest.span)[0])
        return None

    def _is_of_document(self, date: DateMention) -> bool:
        """«Утвердить план на 2026 год»: what a document is for."""
        tokens = self.context.tokens_of(date.span)
        above = {self.text.tokens[i].head for i in tokens} - {*tokens, None}
        return date.lead == "for" and any(a is not None and self.context.senses.has(a, "plan_noun") for a in above)

    def _is_of_report(self, date: DateMention) -> bool:
        """Whether a date is that of the text itself, in the sentence that its dateline opens."""
        line = self.context.dateline
        return line is not None and line.begin <= date.span.begin < line.end

    def of_exercise(self, tokens: Sequence[int]) -> tuple[Stated[Entity] | None, Stated[PartialDate] | None]:
        """Place and date of the opening or the closing of the exercises of a text, where these agree on them."""
        closing = any(self.context.senses.has(i, "closing_noun") for i in tokens)
        if not closing and not any(self.context.senses.has(i, "opening_noun") for i in tokens):
            return None, None
        exercises = self._exercises_before(tokens[0])
        days = [day for e in exercises if (day := e.end if closing else e.start) is not None]
        begin = self.text.tokens[tokens[0]].begin
        grounds = [p for e in exercises for p in e.locations if p.value.kind == "place"]
        grounds = [p for p in grounds if p.evidence[0].begin <= begin] or grounds  # not those of the next edition
        day = days[0] if len({d.value for d in days}) == 1 else None
        return (grounds[-1] if grounds else None), day

    def _exercises_before(self, index: int) -> list[Exercise]:
        """The exercises of the text; of several the one spoken of last before a token."""
        exercises = [fact for fact in self.context.facts if isinstance(fact, Exercise)]
        begin = self.text.tokens[index].begin
        before = [
            (max(ends), n) for n, e in enumerate(exercises) if (ends := [p.end for p in e.evidence if p.end <= begin])
        ]
        return [exercises[max(before)[1]]] if len(exercises) > 1 and before else exercises

    def _stated(self, value: Value, index: int) -> Stated[Value]:
        return Stated(value, self.context.evidence(index), self.context.rule("meeting-circumstance"))


def is_date_of_event(date: DateMention, *, planned: bool = False) -> bool:
    """Whether a date can be when something takes place, and not what a plan is for or since when something holds.

    Arguments:
        date: the date.
        planned: whether what takes place is planned («назначена на 5 мая»).
    """
    if date.start is None or (date.lead in UNRELATED_LEADS and not (planned and date.lead == "for")):
        return False
    return date.kind == "point" or (date.kind == "range" and date.start.month is not None)
