"""What a clause or a noun phrase says of the exercise that it speaks of: who, where, when, under whom.

Each function looks for one construction and is named in the rule that it gives to what it finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.reading.context import LIST_SIGNS, Context
from loaders.reading.dates import DateMention
from loaders.reading.facts import Entity, Modality, Stated
from loaders.reading.kinds.exercise_events import NOUNS, Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument

PARTICIPANTS = frozenset({"state", "body"})
UNREAL: frozenset[Modality] = frozenset({"denied", "cancelled", "proposed"})
PLACE_NOUNS = ("place_noun", "region_noun", "water_noun", "high_noun", "city_noun", "territory_noun", "training_ground")
COMPANY = frozenset({"с", "со", "вместе с", "совместно с", "от", "из", "помимо", "кроме", "включая", "наряду с"})
OCCASIONAL = frozenset({"в рамках", "по итогам", "по результатам", "о", "об", "после", "перед", "для", "накануне"})
OPENING, CLOSING = "(", ")"


@dataclass(slots=True)
class Attributes:
    """What was found, in lists that keep the order of the text. A working value of this package only."""

    participants: list[Stated[Entity]] = field(default_factory=list)
    absent: list[Stated[Entity]] = field(default_factory=list)
    observers: list[Stated[Entity]] = field(default_factory=list)
    frameworks: list[Stated[Entity]] = field(default_factory=list)
    locations: list[Stated[Entity]] = field(default_factory=list)
    dates: list[tuple[str, DateMention]] = field(default_factory=list)
    headcounts: list[Stated[int]] = field(default_factory=list)
    joint: bool = False
    national: bool = False

    def extend(self, other: "Attributes") -> None:
        """Take over what another search has found."""
        for name in ("participants", "absent", "observers", "frameworks", "locations", "dates", "headcounts"):
            mine = getattr(self, name)
            mine.extend(value for value in getattr(other, name) if value not in mine)
        self.joint = self.joint or other.joint
        self.national = self.national or other.national


class Finder:
    """Finds the attributes that a text gives to exercises.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.scope: frozenset[int] | None = None

    # ------------------------------------------------------------------ noun phrases

    def phrase(self, reference: Reference) -> Attributes:
        """«совместное учение пограничных ведомств Казахстана и Кыргызстана», «манёвры ОДКБ», «российско-узбекское»."""
        found = Attributes()
        tokens = self._phrase_tokens(reference)
        found.joint = any(self.context.senses.has(i, "joint") for i in tokens)
        actors: list[EntityMention] = []
        for mention in self.context.actor_mentions(tokens, capitals=False):
            relation = self.context.senses_of_preposition(mention)
            if mention.entity.kind == "organization":
                if relation in {"", "with"} and mention.form in {"name", "adjective", "anaphor"}:
                    found.frameworks.append(self._stated(mention.entity, "exercise-of-organization", mention.head))
            elif mention.entity.kind in PARTICIPANTS and relation in {"", "with"} and not self._names_place(mention):
                actors.append(mention)
        states = {m.entity.state for m in actors}
        if len(states) > 1 or (found.joint and actors):
            found.participants += [self._participant(m, "exercise-of-actors") for m in actors]
        elif actors:
            found.national = True
            found.absent = []
        found.frameworks += self._parenthesis(reference)
        return found

    def _phrase_tokens(self, reference: Reference) -> tuple[int, ...]:
        """The noun with what depends on it; of what comes after the name, nothing beyond the next name or bracket."""
        tokens = {*self.context.phrase(reference.noun), *range(reference.first, reference.last)}
        first = reference.last
        end = self.context.sentence(reference.noun).last
        while (
            first < end and not self.text.tokens[first].text[:1].isalnum() and self.text.tokens[first].text != OPENING
        ):
            first += 1
        beyond = next((i for i in range(first, end) if self._opens_other(i)), end)
        name = range(reference.last - 1, reference.last) if reference.name else range(0)
        begin = next((m.first for i in name for m in self.context.mentions.at(i) if m.form == "quoted"), None)
        bracket = begin is not None and begin >= 2 and self.text.tokens[begin - 2].text == OPENING
        last = begin - 3 if bracket and begin is not None else beyond
        return tuple(sorted(i for i in tokens if i < last))

    def _opens_other(self, index: int) -> bool:
        """Whether the name of another exercise, or a bracket, begins at a token."""
        if self.text.tokens[index].text == OPENING:
            return True
        return any(
            m.first == index and m.entity.kind == "exercise" and m.form == "quoted"
            for m in self.context.mentions.at(index)
        )

    def _names_place(self, mention: EntityMention) -> bool:
        """Whether a state belongs to a place («на полигоне в Казахстане», «в провинции Китая»)."""
        at = self.text.tokens[mention.head]
        for _ in range(6):
            if at.head is None:
                return False
            at = self.text.tokens[at.head]
            if self.context.senses.has(at.index, *NOUNS) or at.pos in {"VERB", "AUX"}:
                return False
            if self.context.senses.has(at.index, *PLACE_NOUNS):
                return True
        return False

    def _parenthesis(self, reference: Reference) -> list[Stated[Entity]]:
        """«учения ОДКБ («Боевое братство»), ШОС («Мирная миссия»)»: the organization before the parenthesis."""
        before = reference.last - 1
        name_begin = next((m.first for m in self.context.mentions.at(before) if m.form == "quoted"), None)
        if name_begin is None or name_begin < 3 or self.text.tokens[name_begin - 2].text != OPENING:
            return []
        return [
            self._stated(m.entity, "exercise-in-parenthesis", m.head)
            for m in self.context.mentions.at(name_begin - 3)
            if m.entity.kind == "organization"
        ]

    # ------------------------------------------------------------------ clauses

    def clause(self, tokens: tuple[int, ...], references: list[Reference], *, carried: bool) -> Attributes:
        """What a clause says.

        Arguments:
            tokens: the tokens of the clause.
            references: the references to the exercise in it.
            carried: whether the clause speaks of it only because the one before does.
        """
        found = Attributes(joint=bool(references) and any(self.context.senses.has(i, "joint") for i in tokens))
        watchers = self._observers(tokens, found)
        if not watchers:
            self.participants(tokens, references, found, carried=carried)
            self._with_whom(tokens, references, found)
        of_event = self._is_of_event(tokens) if carried else self._is_about(references)
        for reference in references:
            found.locations += self._bracketed(reference)
        if of_event:
            self._frameworks(tokens, found)
            self._locations(tokens, found)
            self.dates(tokens, references, found)
        return found

    def _is_about(self, references: list[Reference]) -> bool:
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
                return self.context.preposition(at.index) not in OCCASIONAL
            if not self.context.senses.has(
                above.index, "opening", "participate", "participation", *NOUNS
            ) and not self.context.mentions.at(above.index):
                return self.context.senses.has(at.index, "exercise_noun") and at.rel == "conj"
            at = above
        return True

    def groups(self, tokens: tuple[int, ...], references: list[Reference]) -> list[tuple[int, ...]]:
        """The parts of a clause that names several exercises apart: «в «Рубеже» участвовали …, в «Кобальте» – …».

        Names of one enumeration («Поиск» и «Эшелон») stay together; games that others are part of divide nothing.
        """
        named = [r for r in references if r.name]
        if not all(self._is_quoted(r) for r in named):
            return [tokens]
        begins = [r.first for n, r in enumerate(named) if n and not self._enumerated(named[n - 1], r)]
        cuts = [self._boundary(b, tokens) for b in begins]
        edges = [min(tokens), *sorted(set(cuts)), max(tokens) + 1]
        return [tuple(i for i in tokens if a <= i < b) for a, b in pairwise(edges)]

    def _is_quoted(self, reference: Reference) -> bool:
        inside = range(reference.first, reference.last)
        return any(m.form == "quoted" for i in inside for m in self.context.mentions.at(i))

    def _enumerated(self, one: Reference, other: Reference) -> bool:
        between = self.text.tokens[one.last : max(other.first, one.last)]
        return all(t.lower in LIST_SIGNS or not t.text[:1].isalnum() for t in between) and not any(
            t.text in "()–—" for t in between
        )

    def _boundary(self, begin: int, tokens: tuple[int, ...]) -> int:
        """Where the part with a name begins: after the comma or conjunction before it."""
        for index in range(begin - 1, max(min(tokens), begin - 12), -1):
            if self.text.tokens[index].text == "," or self.text.tokens[index].lower in {"и", "а", "но"}:
                return index + 1
        return begin

    def shared(self, tokens: tuple[int, ...], references: list[Reference], first: int) -> Attributes:
        """Whom the words before the first name of a clause make participants of all that it names."""
        self.scope = frozenset(i for i in tokens if i < first)
        found = Attributes(joint=any(self.context.senses.has(i, "joint") for i in tokens))
        self.participants(tokens, references, found, carried=False)
        self.scope = None
        return found

    def elliptic(self, tokens: tuple[int, ...], verbs: tuple[int, ...]) -> Attributes:
        """«…, в «Кобальте» – спецназ Казахстана и Армении»: the verb of the first part holds for the further ones."""
        found = Attributes()
        active = any(self.context.senses.has(i, "participate", "arrive", "hold") for i in verbs)
        for mention in self._mentions(tokens) if active else []:
            relation = self.context.senses_of_preposition(mention)
            fits = mention.entity.kind in PARTICIPANTS and relation in {"", "from", "with"}
            if fits and not self._names_place(mention):
                found.participants.append(self._participant(mention, "exercise-elliptic"))
        return found

    def parallel(self, tokens: tuple[int, ...], references: list[Reference]) -> list[tuple[int, ...]]:
        """«… в 2011 году в Барановичах, годом позже в Хубэе»: the parts of a clause, a date and a place in each."""
        found = Attributes()
        self.dates(tokens, references, found)
        begins = sorted({self.context.tokens_of(d.phrase)[0] for role, d in found.dates if role != "end"})
        if len(begins) < 2:
            return [tokens]
        named = [r.noun for r in references if r.name]
        places = [m.first for m in self.context.mentions.within(tokens) if self._is_location(m)]
        places = named if len(named) > 1 else places
        cuts = [*begins[1:], max(tokens) + 1]
        if not all(any(b <= p < c for p in places) for b, c in zip(begins, cuts, strict=True)):
            return [tokens]
        parts = [tuple(i for i in tokens if i < cuts[0])]
        parts += [tuple(i for i in tokens if b <= i < c) for b, c in zip(begins[1:], cuts[1:], strict=True)]
        return parts

    def frames(self, named: list[Reference], *, alone: bool = False) -> list[Stated[Entity]]:
        """«конкурс «…», один из этапов Армейских международных игр»: the games beside a name in quotation marks.

        Arguments:
            named: the references of a clause that have a name.
            alone: whether games alone, without another name, count (in the line above a list).
        """
        games: list[Stated[Entity]] = []
        others = False
        for reference in named:
            quoted = any(
                m.form == "quoted" for i in range(reference.first, reference.last) for m in self.context.mentions.at(i)
            )
            if not quoted and reference.series and reference.kind == "competition":
                games.append(self._stated(reference.series, "exercise-of-games", reference.noun))
            others = others or quoted
        return games if others or alone else []

    def _observers(self, tokens: tuple[int, ...], found: Attributes) -> bool:
        """«наблюдали офицеры из Таджикистана», «наблюдатели из Монголии», «ограничилась ролью наблюдателя»."""
        senses = self.context.senses
        heads = [i for i in tokens if senses.has(i, "observe", "observer_noun", "as_observer")]
        heads = [i for i in heads if not senses.has(i, "military_observer")]
        if not heads:
            return False
        actors: list[EntityMention] = []
        for head in heads:
            if senses.has(head, "observe") and self.text.tokens[head].pos == "VERB":
                own = [a for a in self.context.arguments(head) if a.role in {"subject", "object"}]
                own = [a for a in own if a.head in self.text.children[head]] or own
                for argument in own:
                    actors += self._mentions(argument.tokens)
            elif senses.has(head, "as_observer"):
                for argument in self._arguments(self.text.clauses[head], "subject", "object"):
                    actors += self._mentions(argument.tokens)
            else:
                actors += self._mentions(self.context.phrase(head)) or [
                    m
                    for argument in self._arguments(self.text.clauses[head], "subject")
                    for m in self._mentions(argument.tokens)
                ]
        found.observers += [self._participant(m, "exercise-observer") for m in actors]
        return bool(actors)

    def _with_whom(self, tokens: tuple[int, ...], references: list[Reference], found: Attributes) -> None:
        """«с Индией проводится «КАЗИНД»», «совместное учение с Турцией»: the other side is whom the text is about."""
        if not references or found.participants or not self._is_about(references):
            return
        if any(self.text.tokens[i].pos == "VERB" and self.context.modality(i) in UNREAL for i in tokens):
            return
        partners = [
            m
            for m in self._mentions(tokens)
            if (m.entity.kind in PARTICIPANTS or m.form == "metonym")
            and self.context.senses_of_preposition(m) == "with"
            and not self._names_place(m)
        ]
        states = {m.entity.state for m in partners}
        other = self.context.topic(partners[0].first, states) if partners else None
        if other is not None:
            found.participants += [self._participant(m, "exercise-with") for m in partners]
            found.participants.append(self._stated(other, "exercise-with-topic", partners[0].head))

    def participants(
        self, tokens: tuple[int, ...], references: list[Reference], found: Attributes, *, carried: bool
    ) -> None:
        """Add whom the verbs and nouns of a clause make participants."""
        senses = self.context.senses
        nouns = {r.noun for r in references}
        for index in tokens:
            if senses.has(index, "participate") and self.text.tokens[index].pos in {"VERB", "ADJ", "AUX", ""}:
                self._by_verb(index, "exercise-participates", found)
            elif senses.has(index, "participation") and not senses.has(index, "participate"):
                self._by_noun(index, found)
            elif senses.has(index, "participant_noun") and (references or carried):
                self._listed(index, found)
            elif senses.has(index, "arrive") and self.text.tokens[index].pos == "VERB":
                self._by_verb(index, "exercise-arrives", found, to=True)
            elif senses.has(index, "hold") and not carried and self.text.tokens[index].pos in {"VERB", "ADJ"}:
                self._by_holding(index, nouns, found)
            elif senses.has(index, "host") and self.text.tokens[index].pos in {"VERB", "ADJ"}:
                self._by_hosting(index, found)

    def _by_verb(self, verb: int, rule: str, found: Attributes, *, to: bool = False) -> None:
        """«участвуют военнослужащие X и Y», «прибыли подразделения из X», «вместе с X действовали Y и Z»."""
        unreal = self.context.modality(verb) in UNREAL
        actors: list[EntityMention] = []
        for argument in self.context.arguments(verb):
            mentions = self._actors_of(argument)
            if argument.role in {"subject", "object"} or argument.preposition in COMPANY:
                actors += mentions
            elif argument.role == "oblique" and to and argument.preposition in {"в", "на"}:
                found.locations += [
                    self._stated(m.entity, "exercise-arrives-at", m.head)
                    for m in self.context.places(argument.tokens)
                    if self.context.senses_of_preposition(m) == "to"
                ]
        target = found.absent if unreal else found.participants
        target += [self._participant(m, rule) for m in actors]
        target += self._ours(verb, rule)

    def _actors_of(self, argument: Argument) -> list[EntityMention]:
        return [
            m
            for m in self._mentions(argument.tokens)
            if (m.entity.kind in PARTICIPANTS or m.form == "metonym")
            and self.context.senses_of_preposition(m) in {"", "from", "with", *COMPANY}
            and not self._names_place(m)
        ]

    def _ours(self, verb: int, rule: str) -> list[Stated[Entity]]:
        """«наши военнослужащие участвуют»: the state that the text is about."""
        home = self.context.home
        for argument in self._arguments(verb, "subject"):
            if home and any(self.context.senses.has(i, "ours") for i in argument.tokens):
                return [self._stated(home, rule, verb)]
        return []

    def _by_noun(self, noun: int, found: Attributes) -> None:
        """«с участием военнослужащих X и Y», «участие X в учениях»."""
        unreal = self.context.modality(noun) in UNREAL
        for mention in self._mentions(self.context.phrase(noun)):
            relation = self.context.senses_of_preposition(mention)
            if (mention.entity.kind in PARTICIPANTS or mention.form == "metonym") and relation in {"", "from", "with"}:
                target = found.absent if unreal else found.participants
                target.append(self._participant(mention, "exercise-participation"))

    def _listed(self, noun: int, found: Attributes) -> None:
        """«Участники: X, Y и Z»."""
        following = noun + 1
        if following < len(self.text.tokens) and self.text.tokens[following].text in {":", "–", "—"}:
            rest = range(following + 1, self.context.sentence(noun).last)
            actors = [m for m in self._mentions(rest) if m.entity.kind in PARTICIPANTS]
            found.participants += [self._participant(m, "exercise-participants-listed") for m in actors]

    def _by_holding(self, verb: int, nouns: set[int], found: Attributes) -> None:
        """«X провёл с Y совместное учение», «армии двух стран проводят тренировки»; an organization is a framework."""
        arguments = self.context.arguments(verb)
        if not any(a.head in nouns or (set(a.tokens) & nouns and a.role in {"object", "subject"}) for a in arguments):
            return
        actors: list[EntityMention] = []
        for argument in arguments:
            with_whom = argument.role == "oblique" and argument.preposition in COMPANY
            if (argument.role == "subject" and not set(argument.tokens) & nouns) or with_whom:
                mentions = self._mentions(argument.tokens)
                actors += [m for m in mentions if m.entity.kind in PARTICIPANTS or m.form == "metonym"]
                found.frameworks += [
                    self._stated(m.entity, "exercise-held-by", m.head)
                    for m in mentions
                    if m.entity.kind == "organization"
                ]
        states = {m.entity.state for m in actors}
        home = self.context.home
        if not actors and home and found.joint and self.context.speech(verb) and not self.context.is_negated(verb):
            found.participants.append(self._stated(home, "exercise-speaker-holds", verb))
        if self.context.modality(verb) not in UNREAL and (len(states) > 1 or (actors and found.joint)):
            found.participants += [self._participant(m, "exercise-holds") for m in actors]
        elif len(states) == 1:
            found.national = True

    def _by_hosting(self, verb: int, found: Attributes) -> None:
        """«игры, которые принимала республика»: the host is where it is."""
        if self.context.modality(verb) in UNREAL:
            return
        for argument in self._arguments(verb, "subject"):
            for mention in self._mentions(argument.tokens):
                actor = self.context.mentions.actor(mention)
                if actor is not None and actor.kind == "state":
                    found.locations.append(self._stated(actor, "exercise-host", mention.head))

    def _frameworks(self, tokens: Iterable[int], found: Attributes) -> None:
        """«в рамках программы ОДКБ», «под эгидой ООН»."""
        for mention in self.context.mentions.within(tokens, "organization"):
            above = self.text.tokens[mention.head].head
            if above is not None and self.context.preposition(above) in {"с", "со"} and mention.case == "Gen":
                found.frameworks.append(self._stated(mention.entity, "exercise-with-forces-of", mention.head))
        for index in tokens:
            if not self.context.senses.has(index, "under"):
                continue
            after = self.context.phrase(index) if self.text.tokens[index].pos == "NOUN" else ()
            head = self.text.tokens[index].head
            if head is not None and self.text.tokens[head].pos in {"NOUN", "PROPN"} and not after:
                after = self.context.phrase(head)
            for mention in self.context.mentions.within(after, "organization", "series", "exercise"):
                found.frameworks.append(self._stated(mention.entity, "exercise-under", mention.head))

    # ------------------------------------------------------------------ where and when

    def _is_of_event(self, tokens: Iterable[int]) -> bool:
        """Whether a clause without a name of the exercise tells of its course: «завершить её рассчитывают 19 июля»."""
        tokens = tuple(tokens)
        if not any(self.context.senses.has(i, "occur", "finish", "hold", "participate", "host") for i in tokens):
            return False
        subjects = [i for i in tokens if self.text.tokens[i].rel in {"nsubj", "nsubj:pass"}]
        return all(
            self.text.tokens[i].pos == "PRON"
            or self.text.tokens[i].lemma in {"он", "она", "они", "оно"}
            or self.context.senses.has(i, "exercise_anaphor", "force", "exercise_noun", "competition_noun")
            or self.context.mentions.at(i)
            for i in subjects
        )

    def _locations(self, tokens: tuple[int, ...], found: Attributes) -> None:
        inside = set(tokens)
        for mention in self.context.mentions.within(inside):
            if self._is_location(mention):
                found.locations.append(self._stated(place_of(mention, self.context), "exercise-at", mention.head))

    def _is_location(self, mention: EntityMention) -> bool:
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
        relation = self.context.senses_of_preposition(mention)
        if relation == "in":
            return True
        noun = self._place_noun_above(mention)
        return relation == "" and noun is not None and self._stands_in(noun)

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
        """Whether a noun of place stands with «в» or «на» in the locative, or hangs on one that does."""
        at: int | None = noun
        for _ in range(4):
            if at is None:
                return False
            token = self.text.tokens[at]
            if self.context.preposition(at) in {"в", "во", "на"}:
                return token.case != "Acc"
            if token.case not in {"Gen", "Nom", ""} and token.rel != "appos":
                return False
            at = token.head
            if at is not None and self.text.tokens[at].pos not in {"NOUN", "PROPN"}:
                return False
        return False

    def _bracketed(self, reference: Reference) -> list[Stated[Entity]]:
        """Places in brackets after a name: «Соколиная охота» (полигон «Спасск», Карагандинская область)."""
        tokens, end = self.text.tokens, self.context.sentence(reference.noun).last
        end = next((i for i in range(reference.last, end) if self._opens_other(i) and tokens[i].text != OPENING), end)
        at = next((i for i in range(reference.last, end) if tokens[i].text == OPENING), end)
        if at >= end:
            return []
        close = next((i for i in range(at, end) if tokens[i].text == CLOSING), end)
        return [
            self._stated(place_of(m, self.context), "exercise-bracketed-place", m.head)
            for m in self.context.mentions.within(range(at, close))
            if m.entity.kind == "place" or (m.entity.kind == "state" and m.form == "name")
        ]

    def dates(self, tokens: tuple[int, ...], references: list[Reference], found: Attributes) -> None:
        """Add the dates of a clause, each as beginning, end or both."""
        finishing = any(self.context.senses.has(i, "finish") for i in tokens)
        nouns = {i for r in references for i in (*range(r.first, r.last), r.noun)}
        for date in self.context.dates_in(tokens):
            if not self._bears_on(date, nouns) or self._is_custom(date, tokens):
                continue
            if date.kind == "range" or (date.start and date.end):
                found.dates.append(("range", date))
            elif date.kind == "until" or (date.start is None and date.end is not None):
                found.dates.append(("end", date))
            elif date.start is not None or date.kind == "relative":
                found.dates.append(("end" if finishing and date.kind == "point" else "start", date))

    def _is_custom(self, date: DateMention, tokens: tuple[int, ...]) -> bool:
        """«С 2011 года проходит …»: since when it has been held, not when this one was."""
        verbs = (self.text.tokens[i] for i in tokens if self.text.tokens[i].pos == "VERB")
        return date.kind == "since" and any(v.feats.get("Tense") == "Pres" for v in verbs)

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
            if self.context.mentions.at(head) and any(
                m.entity.kind in {"place", "state"} for m in self.context.mentions.at(head)
            ):
                return True
            if any(head in self.context.tokens_of(d.span) for d in self.context.dates):
                return True
            return self.context.senses.has(head, "occur", "hold", "finish", "exercise_noun", "competition_noun")
        return True

    # ------------------------------------------------------------------ values

    def _mentions(self, tokens: Iterable[int]) -> list[EntityMention]:
        """The actors among the tokens; within the scope, where a clause is read in parts."""
        found = self.context.actor_mentions(tokens)
        return found if self.scope is None else [m for m in found if m.head in self.scope]

    def _arguments(self, predicate: int, *roles: str) -> Iterator[Argument]:
        return (a for a in self.context.arguments(predicate) if a.role in roles)

    def _participant(self, mention: EntityMention, rule: str) -> Stated[Entity]:
        actor = self.context.mentions.actor(mention) or mention.entity
        return self._stated(actor, rule, mention.head)

    def _stated(self, entity: Entity, rule: str, index: int) -> Stated[Entity]:
        return Stated(entity, self.context.evidence(index), self.context.rule(rule))


def place_of(mention: EntityMention, context: Context) -> Entity:
    """The place that a mention means as a place: a capital is itself here, an adjective its state."""
    if mention.entity.kind == "state" and mention.entity.state:
        return context.mentions.states.get(mention.entity.state, mention.entity)
    return mention.entity
