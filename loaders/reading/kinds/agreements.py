"""Agreements: who signs, ratifies, ends or prepares which document with whom, when and where.

A document of the text (`agreement_documents`) and what is done with it (`agreement_events`) make a statement; its
parties come from the document's words, from those who sign, or from the sentences before (`agreement_parties`).
Statements about the same document, in the heading and the body, in one sentence and the next, are then joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import (
    FACTUAL,
    Agreement,
    AgreementStatus,
    AgreementType,
    Entity,
    PartialDate,
    Stated,
)
from loaders.reading.kinds.agreement_antecedents import antecedent, pronoun_near
from loaders.reading.kinds.agreement_documents import Document, find_documents, titles
from loaders.reading.kinds.agreement_events import Event, event_at, events, existing, is_draft
from loaders.reading.kinds.agreement_gaps import Gap, find_gaps
from loaders.reading.kinds.agreement_mentions import mentions_inside, relation
from loaders.reading.kinds.agreement_parties import Parties, once, side
from loaders.reading.kinds.agreement_signing import Signing, is_of_event
from loaders.reading.kinds.agreement_statements import Statement, distinct, is_same, merge
from loaders.reading.kinds.agreement_understood import Understood

SIGNED: frozenset[AgreementStatus] = frozenset({"signed"})


def find(context: Context) -> Iterator[Agreement]:
    """The agreements that a text states."""
    for statement in statements(context):
        if len(statement.parties) < 2:
            continue
        yield _agreement(statement)


def statements(context: Context) -> list[Statement]:
    """What a text says of each agreement, joined; those without parties among them."""
    return context.once(_all_statements)


def _all_statements(context: Context) -> list[Statement]:
    documents = find_documents(context)
    reader = _Reader(context, documents)
    for document in documents:
        reader.take(document)
    reader.take_pronouns()
    reader.take_gaps()
    reader.take_left_out()
    return distinct(s for s in reader.held if not _is_civil(context, s.document))


def _is_civil(context: Context, document: Document) -> bool:
    inside = range(document.first, document.last)
    return any(context.senses.has(i, "civil_topic") for i in inside) and not any(
        context.senses.has(i, "military") for i in inside
    )


class _Reader:
    """Reads the documents of one text, in its order."""

    def __init__(self, context: Context, documents: Sequence[Document]) -> None:
        self.context = context
        self.documents = documents
        self.text = context.text
        self.parties = Parties(context)
        self.signing = Signing(context)
        self.held: list[Statement] = []
        self.understood = Understood(context, self.parties, documents, self.held)
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
        if not found and self._is_settled(document):
            found = [existing(document)]
        self._used |= {e.at for e in found}
        if not found or (found[0].status == "in force" and not self._is_agreement(document)):
            return
        if document.kind in {"plan", "protocol"} and found[0].status not in SIGNED and not self._is_agreement(document):
            return
        self._add(document, found)

    def _is_settled(self, document: Document) -> bool:
        """Whether its own words give it two parties and a date: then there is one, whatever is said of it."""
        dated = self.signing.date_inside(document) is not None
        return dated and len(self._named(document)) > 1 and not is_draft(self.context, document)

    def _is_agreement(self, document: Document) -> bool:
        """Whether the words themselves say that it is between several: «план сотрудничества», «договор с Индией»."""
        inside = range(document.first, document.last)
        if any(self.context.senses.has(i, "enter_force") for i in self.context.clause(document.noun)):
            return True
        if self._named(document) or self.signing.date_inside(document) is not None:
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
        inside = range(document.first, document.last)
        signing = next(
            (e for e in found if e.status in SIGNED and e.modality in FACTUAL and e.rule != "agreement-dated"), None
        )
        # «Парламент одобрил соглашение, подписанное в Аммане»: what is signed is a draft no more.
        main = signing if signing is not None and found[-1].status == "planned" else found[-1]
        parties = self._parties(document, main, found)
        place = signed = None
        if signing is not None:
            place = self.signing.place(signing.at, inside)
            signed = self.signing.date(signing.at, inside)
            if not (place and signed) and (occasion := self.signing.occasion(signing.at, parties)) is not None:
                met = occasion.place if occasion.place and occasion.place.value.kind == "place" else None
                place, signed = place or met, signed or occasion.date
            signed = signed or self._same_time(signing.at)
            beside = self.signing.elsewhere(signing.at) if not (place and signed) else (None, None)
            place, signed = place or beside[0], signed or beside[1]
        in_bracket = self.signing.in_bracket(document)
        place, signed = in_bracket[0] or place, in_bracket[1] or self.signing.date_inside(document) or signed
        assert document.kind is not None
        return Statement(
            document, title, document.kind, parties, main.status, main.modality, context.rule(main.rule),
            document.noun, signed, place, list(context.evidence(document.noun, main.at)),
            context.in_title(document.noun), self._groups, self.parties.subject(main.at, inside),
        )  # fmt: skip

    def _same_time(self, at: int) -> Stated[PartialDate] | None:
        """«Тогда же стороны подписали меморандум»: the date of the document spoken of before."""
        sentence = self.context.sentence(at)
        then = any(self.context.senses.has(i, "same_time") for i in range(sentence.first, sentence.last))
        return self.held[-1].signed if then and self.held else None

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
            parties = once([*parties, *self.parties.among(clause)])
        if len(parties) < 2 and main.rule.endswith("participle"):
            predicate = self.text.clauses[document.noun]
            parties = once([*parties, *self.parties.subject(predicate, inside)])
        if len(parties) > 1 and self._all_with(document, parties):
            # "Agreements with France and Italy are being negotiated": the one with whom is left out.
            others = [p for p in self.understood.of(document, parties[:1]) if side(p) != side(parties[0])]
            parties = once([*others, *parties]) if len(others) == 1 else ()
        if len(parties) < 2:
            parties = self.understood.of(document, parties)
        return parties or self._of_heading(document, main)

    def _of_heading(self, document: Document, main: Event) -> tuple[Entity, ...]:
        """ "UK-Poland relations … A treaty was signed in Warsaw in 2017": the two states of which the text treats."""
        other = any(
            self.context.senses.has(i, "count_three", "indefinite_other") for i in range(document.first, document.noun)
        )
        return self.context.pair if main.status in SIGNED and main.modality in FACTUAL and not other else ()

    def _all_with(self, document: Document, parties: Sequence[Entity]) -> bool:
        """Whether the parties are all named as those with whom an agreement is."""
        inside = [m for m in mentions_inside(self.context, document) if relation(self.context, m) == "with"]
        return {side(a) for m in inside if (a := self.parties.of(m)) is not None} == {side(p) for p in parties}

    # ------------------------------------------------------------------ what is said again

    def _again(self, document: Document, event: Event) -> None:
        """«Документ подписали в Баку», «оба были подписаны …»: of the documents spoken of last."""
        if event.status == "planned":
            self._still_drafted(document, event)
            return
        if event.status != "signed" or event.modality not in FACTUAL or event.at in self._used:
            return
        if any(self.context.senses.has(i, "similar") for i in range(document.first, document.noun)):
            self._similar(document, event)
            return
        last = next((s for s in reversed(self.held) if not s.in_title), None)
        if last is None or self.context.sentence(document.noun).index - self.context.sentence(last.at).index > 3:
            return
        inside = range(document.noun, document.noun + 1)
        for statement in self.held:
            if statement.group != last.group or statement.status == "planned":
                continue
            statement.signed = statement.signed or self.signing.date(event.at, inside)
            statement.place = statement.place or self.signing.place(event.at, inside)
            if len(statement.parties) < 2:
                statement.parties = once([*statement.parties, *self.parties.around(event.at, inside)])
            statement.evidence += self.context.evidence(event.at)
        self._used.add(event.at)

    def _still_drafted(self, document: Document, event: Event) -> None:
        """«На очереди – договор с Болгарией, но его текст ещё согласовывается»: the document named just before."""
        sentence = self.context.sentence(document.noun)
        here = [d for d in self.documents if sentence.first <= d.noun < document.noun and d.kind is not None]
        held = {s.at for s in self.held}
        if here and here[-1].noun not in held and self._named(here[-1]):
            self._used.add(event.at)
            self._add(here[-1], [event])

    def _similar(self, document: Document, event: Event) -> None:
        """«Аналогичный документ Душанбе подписал с Пекином»: another of the kind spoken of last."""
        last = next((s for s in reversed(self.held) if s.at < document.noun), None)
        if last is not None and event.modality in FACTUAL:
            self._used.add(event.at)
            like = replace(document, kind=last.kind, topic=last.document.topic)
            if len({side(p) for p in self.parties.around(event.at, range(document.first, document.last))}) > 1:
                self._add(like, [event])

    def take_pronouns(self) -> None:
        """«Протокол добавил два порта; весной парламент его ратифицировал»: the document is a pronoun."""
        for sense in self.context.senses.all("sign_verb", "ratify_verb", "extend_verb", "end_verb"):
            verb = sense.first
            pronoun = pronoun_near(self.context, verb)
            if verb in self._used or pronoun is None:
                continue
            document = antecedent(self.context, self.documents, pronoun)
            event = event_at(self.context, verb, "agreement-pronoun")
            if document is not None and document.kind is not None and event is not None:
                self._used.add(verb)
                self.held[:] = [s for s in self.held if s.at != document.noun or s.status != "planned"]
                self._add(document, [event])

    def take_left_out(self) -> None:
        """«Предыдущую стороны подписали в апреле 2021 года»: another of the same kind, its noun left out."""
        for sense in self.context.senses.all("sign_verb"):
            verb = sense.first
            token = self.text.tokens[verb]
            if verb in self._used or token.pos != "VERB":
                continue
            adjective = self._elliptic(verb)
            document = adjective and antecedent(self.context, self.documents, adjective)
            modality = self.context.modality(verb)
            if not adjective or not document or modality not in FACTUAL or modality == "planned":
                continue
            like = [s for s in self.held if s.at < verb and s.kind == document.kind]
            last = next((s for s in like if s.at == document.noun), like[-1] if like else None)
            if last is None:
                continue
            inside = range(adjective, adjective + 1)
            parties = self.parties.around(verb, inside)
            title = f"{self.context.nominative(adjective, adjective + 1)} {last.title}"
            self._groups += 1
            self.held.append(
                Statement(
                    last.document, title, last.kind, parties if len(parties) > 1 else last.parties, "signed", "held",
                    self.context.rule("agreement-left-out"), verb, self.signing.date(verb, inside),
                    self.signing.place(verb, inside), list(self.context.evidence(verb)), False, self._groups,
                )
            )  # fmt: skip

    def _elliptic(self, verb: int) -> int | None:
        """An adjective without a noun that is what is signed."""
        sentence = self.context.sentence(verb)
        for index in range(sentence.first, sentence.last):
            token = self.text.tokens[index]
            if not self.context.senses.has(index, "another_of_kind") or token.pos != "ADJ" or token.rel == "amod":
                continue
            if self.context.relation(index) in {"object", "subject"} and not self._has_noun_after(index):
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
            own = [m for m in self.context.actor_mentions(gap.left) if self.context.relation_of(m) == "subject"]
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
        dates = [d for d in self.context.dates_in(gap.words) if is_of_event(d)]
        self._groups += 1
        self.held.append(
            Statement(
                document, title, kind, parties, "signed", "held", self.context.rule("agreement-gapped"), gap.right[0],
                self.signing.dated(dates[0]) if dates else None, None, list(self.context.evidence(gap.verb)), False,
                self._groups,
            )
        )  # fmt: skip

    # ------------------------------------------------------------------ joining

    def _join(self, statement: Statement) -> None:
        for held in self.held:
            aside = held.in_title or self.context.sentence(held.at) != self.context.sentence(statement.at)
            if held.group != statement.group and aside and is_same(held, statement):
                merge(held, statement)
                return
        self.held.append(statement)


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
