"""Where and when an exercise is held, and under whom, by the clauses that speak of it."""

from collections.abc import Iterable

from loaders.reading.dates import DateMention
from loaders.reading.facts import Entity, Stated
from loaders.reading.kinds.exercise_attributes import PLACE_NOUNS, Attributes, View
from loaders.reading.kinds.exercise_events import NOUNS, Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE

INSIDE = frozenset({"in", "on"})
JOURNEYS = ("arrive", "meet_verb")
OCCASIONAL = frozenset({"under", "after", "before", "about", "for"})


class Circumstances:
    """Finds place, time and framework in clauses that speak of an exercise."""

    def __init__(self, view: View) -> None:
        self.view, self.context, self.text = view, view.context, view.text

    def is_about(self, references: list[Reference]) -> bool:
        """Whether a clause tells of the exercise itself, and not of something else to do with it («награждение»)."""
        return not references or any(self.is_core(r.noun) for r in references)

    def is_core(self, noun: int) -> bool:
        """Whether a noun is an argument of its clause's verb, or hangs on a word like «открытие» that is one."""
        at = self.text.tokens[noun]
        for _ in range(6):
            if at.head is None:
                return True
            above = self.text.tokens[at.head]
            if above.pos not in {"NOUN", "PROPN"} or at.rel in {"acl", "acl:relcl", "parataxis"}:
                # "joined their colleagues for Alon", "met in the Bay of Bengal for Malabar"
                joined = self.context.senses.has(above.index, "participate", *JOURNEYS)
                relation = self.context.relation(at.index)
                return relation not in OCCASIONAL or (joined and relation == "for")
            if at.rel == "appos" and at.index == noun and not self.context.mentions.at(above.index):
                at = above  # "The first, Interaction-2024, was held …"
                continue
            if self.context.senses.has(above.index, "force") and self.context.relation(at.index) == "in":
                # "trained with Ghanaian troops in Flintlock"
                return self.context.senses.has(self.context.predicate(above.index).index, "participate")
            if self.context.senses.has(above.index, "meeting_ceremony") and self.context.senses.has(
                at.index, "opening"
            ):
                at = above  # «Церемония открытия учения состоялась …»
                continue
            if not self.context.senses.has(
                above.index, "opening", "participate", "participation", "series_noun", *NOUNS
            ) and not self.context.mentions.at(above.index):
                return self.context.senses.has(at.index, "exercise_noun") and at.rel == "conj"
            at = above
        return True

    def is_of_event(self, tokens: Iterable[int]) -> bool:
        """Whether a clause without a name of the exercise tells of its course: «завершить её рассчитывают 19 июля»."""
        tokens = tuple(tokens)
        told = any(self.context.senses.has(i, "occur", "finish", "hold", "participate", "host") for i in tokens)
        if not told and not any(self._is_scheduled(i) for i in tokens):
            return False
        pointing = any(self.context.senses.has(i, "exercise_pointer") for i in tokens)
        subjects = [i for i in tokens if self.text.tokens[i].rel in {"nsubj", "nsubj:pass"}]
        return all(
            self.text.tokens[i].pos == "PRON"
            or self.context.senses.has(i, "they", "it", "exercise_anaphor", "force", *NOUNS)
            or (pointing and bool(self.context.mentions.at(i)))
            for i in subjects
        )

    def _is_scheduled(self, index: int) -> bool:
        """«учения, намеченные на май»: a participle of planning on the noun itself."""
        token = self.text.tokens[index]
        planned = token.pos == "VERB" and token.rel.startswith("acl") and self.context.senses.has(index, "plan")
        return planned and token.head is not None and self.context.senses.has(token.head, *NOUNS)

    def frameworks(self, tokens: Iterable[int], found: Attributes) -> None:
        """«в рамках программы ОДКБ», «под эгидой ООН»."""
        for mention in self.context.mentions.within(tokens, "organization"):
            above = self.text.tokens[mention.head].head
            own = above is not None and self.context.relation(mention.head) == "of"
            office = above is not None and any(s.name.startswith("office_") for s in self.context.senses.at(above))
            if own and above is not None and not office and self.context.relation(above) == "with":
                found.frameworks.append(self.view.stated(mention.entity, "exercise-with-forces-of", mention.head))
        for index in tokens:
            if not self.context.senses.has(index, "under"):
                continue
            after = self.context.phrase(index) if self.text.tokens[index].pos == "NOUN" else ()
            head = self.text.tokens[index].head
            if head is not None and self.text.tokens[head].pos in {"NOUN", "PROPN"} and not after:
                after = self.context.phrase(head)
            if head is not None and self.context.senses.has(head, "cooperation_noun"):
                continue  # «предложил укрепить сотрудничество в рамках ОТГ»
            if not after or self._is_its(after):
                found.frameworks += self._organization_before(index)
            larger = self.context.mentions.within(after, "series", "exercise")  # "NATO's Steadfast Defender"
            for mention in larger or self.context.mentions.within(after, "organization"):
                found.frameworks.append(self.view.stated(mention.entity, "exercise-under", mention.head))

    def _is_its(self, phrase: Iterable[int]) -> bool:
        """«Под её эгидой»."""
        return any(self.context.senses.has(i, "possessive_pronoun") for i in phrase)

    def _organization_before(self, index: int) -> list[Stated[Entity]]:
        """The organization named last, in the sentence or the two before, for «под её эгидой»."""
        here = self.context.sentence(index)
        if not any(self.context.senses.has(i, "possessive_pronoun") for i in range(max(here.first, index - 2), index)):
            return []
        first = self.text.sentences[max(0, here.index - 2)].first
        named = [m for m in self.context.mentions.within(range(first, index), "organization") if m.entity.iri]
        return [self.view.stated(m.entity, "exercise-under", m.head) for m in named[-1:]]

    def locations(self, tokens: tuple[int, ...], found: Attributes) -> None:
        """Add the places in which a clause says that something is."""
        inside = set(tokens)
        for mention in self.context.mentions.within(inside):
            if self.is_location(mention):
                found.locations.append(self.view.stated(self.context.place(mention), "exercise-at", mention.head))
        found.locations += [
            self.view.stated(self.context.place(m), "exercise-where", m.head) for m in self._antecedents(tokens)
        ]

    def beside(self, references: list[Reference], found: Attributes) -> None:
        """«В рамках учений «Запад» на полигоне Мулино»: places on the noun itself, whatever the clause tells."""
        for reference in references:
            below = [c for c in self.text.children[reference.noun] if self.text.tokens[c].rel == "nmod"]
            tokens = {i for c in below if self.context.relation(c) in INSIDE for i in self.context.phrase(c)}
            for mention in self.context.mentions.within(tokens, "place"):
                if self.is_location(mention) and mention.first >= reference.last:
                    found.locations.append(self.view.stated(mention.entity, "exercise-beside-noun", mention.head))

    def _antecedents(self, tokens: tuple[int, ...]) -> list[EntityMention]:
        """«на полигоне «Отар», где прошла тренировка»: the place of which a relative clause tells."""
        where = next((i for i in tokens if self.context.senses.has(i, "where")), None)
        noun = self.text.tokens[self.text.clauses[where]].head if where is not None else None
        if where is None or noun is None or noun > where:
            return []
        named = [m for m in self.context.mentions.within(self.context.phrase(noun)) if m.last <= where]
        places = [m for m in named if m.entity.kind == "place"]
        return places[:1] or [m for m in named if m.entity.kind == "state" and m.form == "name" and m.head == noun][:1]

    def is_location(self, mention: EntityMention) -> bool:
        """A place in which something is, or of which such a place is part."""
        kind, form = mention.entity.kind, mention.form
        if form == "adjective":
            head = self.text.tokens[mention.head].head
            return (
                kind == "state" and head is not None and self.context.senses.has(head, *PLACE_NOUNS)
                and self._stands_in(head)
            )  # fmt: skip
        if kind not in {"place", "state"} or form in {"demonym", "body"}:
            return False
        relation = self.context.relation_of(mention)
        if relation in INSIDE:
            return True
        noun = self._place_noun_above(mention)
        return relation in BARE and noun is not None and self._stands_in(noun)

    def _place_noun_above(self, mention: EntityMention) -> int | None:
        """The noun of place that a name hangs on: «на полигоне «Отар»», «в районе Туркестанской области»."""
        if mention.sense in {"place_noun", "training_ground"}:
            for index in range(mention.first - 1, max(mention.first - 6, -1), -1):
                if self.context.senses.has(index, "place_noun", "training_ground"):
                    return index
        head = self.text.tokens[mention.head].head
        steps = 0
        while head is not None and steps < 4:
            places = [m for m in self.context.mentions.at(head) if m.entity.kind == "place"]
            if places or self.context.senses.has(head, *PLACE_NOUNS):
                return head
            if self.text.tokens[head].pos not in {"NOUN", "PROPN"}:
                return None
            head, steps = self.text.tokens[head].head, steps + 1
        return None

    def _stands_in(self, noun: int) -> bool:
        """Whether a noun of place says where something is, or hangs on one that does."""
        at: int | None = noun
        for _ in range(4):
            if at is None:
                return False
            token, relation = self.text.tokens[at], self.context.relation(at)
            if relation in INSIDE:
                return True
            if relation not in {"of", "subject", ""} and token.rel != "appos":
                return False
            at = token.head
            if at is not None and self.text.tokens[at].pos not in {"NOUN", "PROPN"}:
                return False
        return False

    def dates(self, tokens: tuple[int, ...], references: list[Reference], found: Attributes) -> None:
        """Add the dates of a clause, each as beginning, end or both."""
        finishing = any(self.context.senses.has(i, "finish") for i in tokens)
        nouns = {i for r in references for i in (*range(r.first, r.last), r.noun)}
        for date in self.context.dates_in(tokens):
            if not self._bears_on(date, nouns) or self._is_custom(date, tokens):
                continue
            if self._is_of_journey(date, references):
                continue
            if date.kind == "range" or (date.start and date.end):
                found.dates.append(("range", date))
            elif date.kind == "until" or date.lead == "until" or (date.start is None and date.end is not None):
                found.dates.append(("end", date))
            elif date.start is not None or date.kind == "relative":
                found.dates.append(("end" if finishing and date.kind in {"point", "relative"} else "start", date))

    def _is_of_journey(self, date: DateMention, references: list[Reference]) -> bool:
        """ "Left for Flintlock on 3 May": the day of a journey to an exercise, which need not be its first."""
        if date.start is None or date.start.day is None or date.end is not None:
            return False
        going = (r.noun for r in references if self.context.relation(r.noun) == "for")
        verbs = (self.text.tokens[noun].head for noun in going)
        return any(v is not None and self.context.senses.has(v, *JOURNEYS) for v in verbs)

    def _is_how_long(self, noun: int, date: set[int]) -> bool:
        """«Учения продлятся 15 дней – с 16 по 30 мая»: what a length of time is spelled out by."""
        lasts = self.text.tokens[noun].head
        counted = any(self.text.tokens[c].rel.startswith("nummod") for c in self.text.children[noun])
        told = lasts is not None and self.context.senses.has(lasts, "finish", "occur")
        return told and counted and noun < min(date)

    def _is_custom(self, date: DateMention, tokens: tuple[int, ...]) -> bool:
        """«С 2011 года проходит …»: since when it has been held, not when this one was."""
        if date.kind != "since" or (date.start is not None and date.start.day is not None):
            return False  # «идёт с 19 мая»
        if date.start is not None and date.start.month is None:
            return True  # "co-hosted by Thailand since 1982"
        present = [self.text.tokens[i].pos for i in tokens if self.text.tokens[i].feats.get("Tense") == "Pres"]
        # "They have held it since 2019."
        return "VERB" in present or ("AUX" in present and date.start is not None and date.start.month is None)

    def _bears_on(self, date: DateMention, nouns: set[int]) -> bool:
        """Whether a date is said of the predicate or of the exercise, not of some other noun («план на 2026 год»)."""
        if self.context.dateline is not None and date.span.begin < self.context.dateline.end:
            return date.span.begin > self.context.dateline.begin and date.span.end > self.context.dateline.end
        own = set(self.context.tokens_of(date.phrase)) | set(self.context.tokens_of(date.span))
        for index in sorted(own):
            head = self.text.tokens[index].head
            if head is None:
                return True
            if head in own:
                continue
            token = self.text.tokens[head]
            if token.pos not in {"NOUN", "PROPN"} or head in nouns or token.head is None:
                return True
            if self._is_how_long(head, own):
                return True
            if self.context.mentions.at(head) and any(
                m.entity.kind in {"place", "state"} for m in self.context.mentions.at(head)
            ):
                return True
            if any(head in self.context.tokens_of(d.span) for d in self.context.dates):
                return True
            return self.context.senses.has(head, "occur", "hold", "finish", "exercise_noun", "competition_noun")
        return True
