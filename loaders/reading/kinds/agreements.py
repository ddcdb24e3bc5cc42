"""Agreements: who signs, ratifies, ends or prepares which document with whom, when and where.

A document of the text (`agreement_documents`) and what is done with it (`agreement_events`) make a statement; its
parties come from the document's words, from those who sign, or from the sentences before (`agreement_parties`).
Statements about the same document, in the heading and the body, in one sentence and the next, are then joined.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.reading.context import Context
from loaders.reading.dates import DateMention
from loaders.reading.facts import (
    FACTUAL,
    Agreement,
    AgreementStatus,
    AgreementType,
    Entity,
    Modality,
    PartialDate,
    Span,
    Stated,
)
from loaders.reading.kinds import supplies
from loaders.reading.kinds.agreement_documents import Document, find_documents, mentions_inside, titles
from loaders.reading.kinds.agreement_events import Event, events
from loaders.reading.kinds.agreement_gaps import Gap, find_gaps
from loaders.reading.kinds.agreement_parties import Parties, once, side
from loaders.reading.mentions import EntityMention

UNRELATED_LEADS = frozenset({"for", "until", "after", "before", "since"})
STATUS_STRENGTH: dict[AgreementStatus, int] = {
    "planned": 0, "signed": 1, "in force": 2, "ratified": 3, "extended": 4, "terminated": 5,
}  # fmt: skip
UNINFLECTED = frozenset("еёиоуыэюeiouy")
SIGNED: frozenset[AgreementStatus] = frozenset({"signed"})


@dataclass(slots=True)
class Statement:
    """What one place of a text says of one document; joined with others as the text goes on."""

    document: Document
    title: str
    kind: AgreementType
    parties: tuple[Entity, ...]
    status: AgreementStatus
    modality: Modality
    rule: str
    at: int
    signed: Stated[PartialDate] | None = None
    place: Stated[Entity] | None = None
    evidence: list[Span] = field(default_factory=list)
    in_title: bool = False
    group: int = -1
    subject: tuple[Entity, ...] = ()


def find(context: Context) -> Iterator[Agreement]:
    """The agreements that a text states."""
    for statement in statements(context):
        if len(statement.parties) < 2:
            continue
        yield _agreement(statement)


def statements(context: Context) -> list[Statement]:
    """What a text says of each agreement, joined; those without parties among them."""
    reader = _Reader(context)
    for document in find_documents(context):
        reader.take(document)
    reader.take_gaps()
    reader.take_left_out()
    return _distinct(s for s in reader.held if not _is_civil(context, s.document))


def _distinct(found: Iterable[Statement]) -> list[Statement]:
    """Without repetitions: the same sort of document of the same parties and day, its subject not told apart."""
    kept: list[Statement] = []
    for statement in found:
        sides = {side(p) for p in statement.parties}
        same = any(
            k.kind == statement.kind
            and {side(p) for p in k.parties} == sides
            and k.title == statement.title
            and (k.signed and k.signed.value) == (statement.signed and statement.signed.value)
            for k in kept
        )
        if not same:
            kept.append(statement)
    return kept


def _is_civil(context: Context, document: Document) -> bool:
    inside = range(document.first, document.last)
    return any(context.senses.has(i, "civil_topic") for i in inside) and not any(
        context.senses.has(i, "military") for i in inside
    )


class _Reader:
    """Reads the documents of one text, in its order."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.parties = Parties(context)
        self.held: list[Statement] = []
        self._used: set[int] = set()
        self._groups = 0
        self._gaps = find_gaps(context, "sign_verb")

    # ------------------------------------------------------------------ documents

    def take(self, document: Document) -> None:
        """Add what is said of a document."""
        gap = next((g for g in self._gaps if document.noun in g.right), None)
        if gap is not None and document.kind is not None:
            self._take_gap(document, gap)
            return
        found = list(events(self.context, document))
        if document.kind is None:
            for event in found:
                self._again(document, event)
            return
        self._used |= {e.at for e in found}
        if not found or (found[0].status == "in force" and not self._is_agreement(document)):
            return
        if document.kind in {"plan", "protocol"} and found[0].status not in SIGNED and not self._is_agreement(document):
            return
        self._add(document, found)

    def _is_agreement(self, document: Document) -> bool:
        """Whether the words themselves say that it is between several: «план сотрудничества», «договор с Индией»."""
        inside = range(document.first, document.last)
        if self._named(document) or self._date_inside(document) is not None:
            return True
        return any(self.context.senses.has(i, "agreement_topic") for i in inside)

    def _named(self, document: Document) -> tuple[Entity, ...]:
        inside = [self.parties.of(m) for m in mentions_inside(self.context, document)]
        return once(a for a in inside if a is not None)

    def _add(self, document: Document, found: Sequence[Event]) -> None:
        named = titles(self.context, document)
        self._groups += 1
        for title in named:
            statement = self._statement(document, title, found)
            for each in self._one_by_one(document, statement, found):
                self._join(each)

    def _one_by_one(self, document: Document, statement: Statement, found: Sequence[Event]) -> list[Statement]:
        """«Подписал планы сотрудничества с Беларусью, Россией и Узбекистаном»: one with each."""
        named = self._named(document)
        if len(named) < 2 and found:
            subject = {side(s) for s in self.parties.subject(found[-1].at, ())}
            named = tuple(p for p in statement.parties if side(p) not in subject)
        others = [p for p in statement.parties if side(p) not in {side(n) for n in named}]
        plural = self.text.tokens[document.noun].number == "Plur" and document.count == 1
        if not plural or len(others) != 1 or len(named) < 2:
            return [statement]
        return [replace(statement, parties=once([*others, n]), evidence=[*statement.evidence]) for n in named]

    def _statement(self, document: Document, title: str, found: Sequence[Event]) -> Statement:
        context = self.context
        main = found[-1]
        inside = range(document.first, document.last)
        signing = next((e for e in found if e.status in SIGNED and e.modality in FACTUAL), None)
        parties = self._parties(document, main, found)
        place = signed = None
        if signing is not None:
            place = self._place(signing.at, inside)
            signed = self._date(signing.at, inside)
        signed = self._date_inside(document) or signed
        assert document.kind is not None
        return Statement(
            document, title, document.kind, parties, main.status, main.modality, context.rule(main.rule),
            document.noun, signed, place, list(context.evidence(document.noun, main.at)),
            context.in_title(document.noun), self._groups, self.parties.subject(main.at, inside),
        )  # fmt: skip

    def _parties(self, document: Document, main: Event, found: Sequence[Event]) -> tuple[Entity, ...]:
        """The parties: those that the document's words name, those who act, and what both leave to be understood."""
        inside = range(document.first, document.last)
        parties = self._named(document)
        plural = self.text.tokens[document.noun].number == "Plur"
        if len(parties) < 2 or plural:
            for event in found:
                parties = once([*parties, *self.parties.around(event.at, {*inside, *self._in_gaps(event.at)})])
        if len(parties) < 2 and main.rule.endswith("rested-on"):
            clause = [i for i in self.context.clause(self.text.clauses[document.noun]) if i not in inside]
            parties = once([*parties, *(self.parties.as_party(a) for a in self.context.actors(clause))])
        if len(parties) < 2 and document.kind == "contract":
            parties = self._of_supply(document) or parties
        return parties if len(parties) > 1 else self._understood(document, parties)

    def _of_supply(self, document: Document) -> tuple[Entity, ...]:
        """«… продал ему истребители – контракт датирован февралём»: the two sides of the supply before it."""
        here = self.context.evidence(document.noun)
        earlier = [s for s in supplies.find(self.context) if s.evidence == here and s.modality in FACTUAL]
        return once([earlier[-1].supplier, earlier[-1].recipient]) if earlier else ()

    def _understood(self, document: Document, parties: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The parties from the rest of the sentence, from the sentences before, or the state of the text itself."""
        inside = range(document.first, document.last)
        here = self.context.sentence(document.noun)
        near = once([*parties, *self.parties.among(i for i in range(here.first, here.last) if i not in inside)])
        if len(near) == 2:
            return near
        if self.context.in_title(document.noun):
            return parties
        earlier = self.parties.before(document.noun, parties)
        if len(earlier) >= 2:
            return earlier
        last = self.held[-1] if self.held else None
        if len(parties) == 1 and last is not None and here.index - self.context.sentence(last.at).index <= 1:
            subject = [s for s in last.subject if side(s) != side(parties[0])]
            if len(subject) == 1:
                return once([*subject, *parties])
        host = self._host(document)
        if len(parties) == 1 and host is not None and side(host) != side(parties[0]):
            return once([host, *parties])
        home = self.context.home
        if len(parties) == 1 and home is not None and side(home) != side(parties[0]):
            return once([home, *parties])
        return parties

    def _host(self, document: Document) -> Entity | None:
        """«В ходе визита делегации Минобороны Монголии в Астану»: the state whose capital is visited."""
        here = self.context.sentence(document.noun)
        words = range(here.first, here.last)
        if not any(self.context.senses.has(i, "visit_to") for i in words):
            return None
        capitals = [
            m for m in self.context.places(words) if m.form == "metonym" and self.context.senses_of_preposition(m)
        ]
        return self.context.mentions.states.get(capitals[0].entity.state or "") if len(capitals) == 1 else None

    # ------------------------------------------------------------------ what is said again

    def _again(self, document: Document, event: Event) -> None:
        """«Документ подписали в Баку», «оба были подписаны …»: of the documents spoken of last."""
        if event.status != "signed" or event.modality not in FACTUAL or event.at in self._used:
            return
        last = next((s for s in reversed(self.held) if not s.in_title), None)
        if last is None or self.context.sentence(document.noun).index - self.context.sentence(last.at).index > 3:
            return
        inside = range(document.noun, document.noun + 1)
        for statement in self.held:
            if statement.group != last.group or statement.status == "planned":
                continue
            statement.signed = statement.signed or self._date(event.at, inside)
            statement.place = statement.place or self._place(event.at, inside)
            if len(statement.parties) < 2:
                statement.parties = once([*statement.parties, *self.parties.around(event.at, inside)])
            statement.evidence += self.context.evidence(event.at)
        self._used.add(event.at)

    def take_left_out(self) -> None:
        """«Предыдущую стороны подписали в апреле 2021 года»: another of the same kind, its noun left out."""
        for sense in self.context.senses.all("sign_verb"):
            verb = sense.first
            token = self.text.tokens[verb]
            if verb in self._used or token.pos != "VERB":
                continue
            adjective = self._elliptic(verb)
            last = next((s for s in reversed(self.held) if s.at < verb), None)
            modality = self.context.modality(verb)
            if adjective is None or last is None or modality not in FACTUAL or modality == "planned":
                continue
            inside = range(adjective, adjective + 1)
            parties = self.parties.around(verb, inside)
            title = f"{self.context.nominative(adjective, adjective + 1)} {last.title}"
            self._groups += 1
            self.held.append(
                Statement(
                    last.document, title, last.kind, parties if len(parties) > 1 else last.parties, "signed", "held",
                    self.context.rule("agreement-left-out"), verb, self._date(verb, inside),
                    self._place(verb, inside), list(self.context.evidence(verb)), False, self._groups,
                )
            )  # fmt: skip

    def _elliptic(self, verb: int) -> int | None:
        """An adjective without a noun that is what is signed."""
        sentence = self.context.sentence(verb)
        for index in range(sentence.first, sentence.last):
            token = self.text.tokens[index]
            if not self.context.senses.has(index, "another_of_kind") or token.pos != "ADJ" or token.rel == "amod":
                continue
            if token.case in {"Acc", "Nom"} and not self._has_noun_after(index):
                return index
        return None

    def _has_noun_after(self, index: int) -> bool:
        following = self.text.tokens[index + 1] if index + 1 < len(self.text.tokens) else None
        return following is not None and following.pos in {"NOUN", "PROPN", "ADJ"}

    def _in_gaps(self, verb: int) -> frozenset[int]:
        """The words of the clauses that share a verb and leave it out."""
        return frozenset(i for g in self._gaps if g.verb == verb for i in g.words)

    def _take_gap(self, document: Document, gap: Gap) -> None:
        """«…, а в 2022-м – протокол о разведке»: another document of the same parties."""
        assert document.kind is not None
        modality = self.context.modality(gap.verb)
        if modality in FACTUAL and modality != "planned":
            others = once([*self._named(document), *self.parties.among(gap.words)])
            parties = once([*self.parties.around(gap.verb, self._in_gaps(gap.verb)), *others])
            self._hold_gap(document, document.kind, titles(self.context, document)[0], parties, gap)

    def take_gaps(self) -> None:
        """«…, в 2018-м – с Исламабадом»: the same sort of document with somebody else."""
        for gap in self._gaps:
            others = [a for a in self.parties.among(gap.words) if a.kind in {"state", "body", "organization"}]
            first = next((s for s in self.held if self.context.sentence(s.at) == self.context.sentence(gap.verb)), None)
            modality = self.context.modality(gap.verb)
            if first is None or not others or modality not in FACTUAL or modality == "planned":
                continue
            if any(self._holds_document(i) for i in gap.words):
                continue
            own = [m for m in self.context.actor_mentions(gap.left) if m.case == "Nom"]
            subject = once(a for m in own if (a := self.parties.of(m)) is not None)
            if len(subject) > 1:
                self._hold_gap(first.document, first.kind, first.title, subject, gap)
                continue
            subject = subject or self.parties.subject(gap.verb, self._in_gaps(gap.verb))
            if subject:
                self._hold_gap(first.document, first.kind, first.title, once([*subject, *others]), gap)

    def _holds_document(self, index: int) -> bool:
        return any(
            s.name.startswith("agreement_") and s.name != "agreement_topic" for s in self.context.senses.at(index)
        )

    def _hold_gap(
        self, document: Document, kind: AgreementType, title: str, parties: tuple[Entity, ...], gap: Gap
    ) -> None:
        dates = [d for d in self.context.dates_in(gap.words) if _is_of_event(d)]
        self._groups += 1
        self.held.append(
            Statement(
                document, title, kind, parties, "signed", "held", self.context.rule("agreement-gapped"), gap.right[0],
                self._dated(dates[0]) if dates else None, None, list(self.context.evidence(gap.verb)), False,
                self._groups,
            )
        )  # fmt: skip

    # ------------------------------------------------------------------ joining

    def _join(self, statement: Statement) -> None:
        for held in self.held:
            aside = held.in_title or self.context.sentence(held.at) != self.context.sentence(statement.at)
            if held.group != statement.group and aside and _same(held, statement):
                _merge(held, statement)
                return
        self.held.append(statement)

    # ------------------------------------------------------------------ where and when

    def _place(self, at: int, inside: range) -> Stated[Entity] | None:
        """The place of signing: named in the clause, else in the sentence, else where the parties were named."""
        for tokens in self._scopes(at, inside):
            found = [
                m
                for m in self.context.places(tokens)
                if m.entity.kind == "place" and not self.context.in_title(m.first) and self._is_site(m, at)
            ]
            found = [m for m in found if self.context.senses_of_preposition(m) == "in"] or found
            if found:
                nearest = min(found, key=lambda m: abs(m.head - at))
                return Stated(nearest.entity, self.context.evidence(nearest.head), self.context.rule("agreement-place"))
        return None

    def _is_site(self, mention: EntityMention, at: int) -> bool:
        """«в Риме», «в городе Щучинск», «в ходе визита в Анкару»."""
        relation = self.context.senses_of_preposition(mention)
        above = self.text.tokens[mention.head].head
        if relation == "in":
            return True
        if relation == "to":
            # Names that are not inflected, and what hangs on the signing itself, say where and not where to.
            unchanged = self.context.words(mention.first, mention.last) == mention.entity.name
            to_visit = above is not None and self.context.senses.has(above, "visit_to")
            return above == at or to_visit or (unchanged and mention.entity.name[-1:] in UNINFLECTED)
        return (
            above is not None
            and self.context.senses.has(above, "city_noun")
            and self.context.preposition(above) in {"в", "во"}
        )

    def _date(self, at: int, inside: range) -> Stated[PartialDate] | None:
        for tokens in self._scopes(at, inside):
            found = self.context.dates_in(tokens)
            dates = [d for d in found if _is_of_event(d)]
            if dates:
                nearest = min(dates, key=lambda d: abs(self.context.tokens_of(d.span)[0] - at))
                return self._dated(nearest)
            if any(d.start is None and d.end is None for d in found):
                return None  # it has its own date, and that is not known
        return None

    def _date_inside(self, document: Document) -> Stated[PartialDate] | None:
        """«Договор … от 15 мая 1992 года»."""
        for date in self.context.dates_in(range(document.noun, document.last)):
            beside = self.context.tokens_of(date.span)[0] == document.noun + 1
            if (date.lead == "of" or beside) and date.kind == "point" and date.start is not None:
                return self._dated(date)
        return None

    def _dated(self, date: DateMention) -> Stated[PartialDate]:
        assert date.start is not None
        first = self.context.tokens_of(date.span)[0]
        return Stated(date.start, self.context.evidence(first), self.context.rule("agreement-date"))

    def _scopes(self, at: int, inside: range) -> Iterator[list[int]]:
        """Where to look for place and date: the clause, the sentence, and the sentence that named the parties."""
        sentence = self.context.sentence(at)
        if self.text.tokens[at].rel.startswith("acl"):
            yield self._after(at, sentence.last)
        yield [i for i in self.context.clause(at) if i not in inside]
        nested = {"ccomp", "acl:relcl", "advcl", "acl"}
        own = self.text.clauses[at]
        dated = any(_is_of_event(d) for d in self.context.dates_in(self.context.clause(at)))
        if self.text.tokens[at].rel not in nested and not dated:
            yield [
                i
                for i in range(sentence.first, sentence.last)
                if i not in inside and (self.text.clauses[i] == own or self.context.predicate(i).rel not in nested)
            ]
        if sentence.index > 0 and self._refers_back(sentence.first, sentence.last, inside):
            earlier = self.text.sentences[sentence.index - 1]
            if not self.context.in_title(earlier.first):
                yield list(range(earlier.first, earlier.last))

    def _after(self, at: int, limit: int) -> list[int]:
        """What follows a participle up to the next comma: long sentences are parsed badly."""
        last = at + 1
        while last < limit and self.text.tokens[last].text not in {",", ";", ".", ":"}:
            last += 1
        return list(range(at + 1, last))

    def _refers_back(self, first: int, last: int, inside: range) -> bool:
        """Whether a sentence names nobody itself: «они», «стороны», or no one at all."""
        return all(
            m.form == "anaphor" or self.context.is_located(m)
            for m in self.context.mentions.within(i for i in range(first, last) if i not in inside)
            if m.is_actor or m.entity.kind == "person"
        )


def _is_of_event(date: DateMention) -> bool:
    """A point in time that is not what a plan is for, nor since or until when something holds."""
    return date.start is not None and date.kind in {"point", "relative"} and date.lead not in UNRELATED_LEADS


def _same(held: Statement, new: Statement) -> bool:
    """Whether two statements are about one document: nothing that both say differs."""
    if held.kind != new.kind:
        return False
    mine, others = {side(p) for p in held.parties}, {side(p) for p in new.parties}
    if len(mine) > 1 and len(others) > 1 and mine != others:
        return False
    if held.signed and new.signed and not _agree(held.signed.value, new.signed.value):
        return False
    if {held.status, new.status} & {"planned"} and held.status != new.status and not held.in_title:
        return False
    if held.modality != new.modality and not {held.modality, new.modality} <= FACTUAL:
        return False
    if not held.document.topic or not new.document.topic or held.in_title:
        return True
    return bool(held.document.topic & new.document.topic)


def _agree(one: PartialDate, other: PartialDate) -> bool:
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _merge(held: Statement, new: Statement) -> None:
    if len(new.parties) > 1 and (len(held.parties) < 2 or held.in_title):
        held.parties = new.parties
    if held.in_title or (new.document.topic and not held.document.topic):
        held.document, held.title = new.document, new.title
    if held.in_title:
        held.at, held.group, held.in_title = new.at, new.group, new.in_title
    if STATUS_STRENGTH[new.status] > STATUS_STRENGTH[held.status]:
        held.status, held.rule, held.modality = new.status, new.rule, new.modality
    if held.signed is None or (new.signed and len(str(new.signed.value)) > len(str(held.signed.value))):
        held.signed = new.signed or held.signed
    held.place = held.place or new.place
    held.evidence += [e for e in new.evidence if e not in held.evidence]


def _agreement(statement: Statement) -> Agreement:
    evidence = tuple(dict.fromkeys(statement.evidence))
    planned = statement.status == "planned"
    return Agreement(
        type=statement.kind,
        title=statement.title,
        parties=tuple(Stated(p, evidence, statement.rule) for p in statement.parties),
        signed=None if planned else statement.signed,
        place=None if planned else statement.place,
        status=Stated(statement.status, evidence, statement.rule),
        evidence=evidence,
        rule=statement.rule,
        confidence=0.85,
        modality=statement.modality,
    )
