"""What a text says of the documents that it names: statements with parties, place and date, joined with each other."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import (
    FACTUAL,
    AgreementStatus,
    Entity,
    PartialDate,
    Stated,
    side,
)
from loaders.reading.kinds.agreement_documents import Document, titles
from loaders.reading.kinds.agreement_events import events, existing, is_draft
from loaders.reading.kinds.agreement_gaps import find_gaps
from loaders.reading.kinds.agreement_mentions import mentions_inside, owners_of, relation
from loaders.reading.kinds.agreement_parties import Parties, once
from loaders.reading.kinds.agreement_signing import Signing
from loaders.reading.kinds.agreement_statements import Statement, is_same, merge
from loaders.reading.kinds.agreement_understood import Understood
from loaders.reading.kinds.agreement_verbs import Event

NAMED_AGAIN = 3
"""So many sentences on a document may be called by a plainer word."""
SIGNED: frozenset[AgreementStatus] = frozenset({"signed"})


class DocumentReader:
    """Reads the documents of one text, in its order.

    Arguments:
        context: the text.
        documents: all that it speaks of.

    `held` is what was said of them so far.
    """

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
        if plural and len(named) == 1 and len(others) > 1 and found[-1].status != "signed":
            # "The Swedish and Finnish parliaments have approved agreements with the United States"
            return [replace(statement, parties=once([o, *named]), evidence=[*statement.evidence]) for o in others]
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
            owners = {o for p in parties if p.kind == "company" for o in owners_of(self.context, p)}
            parties = once(p for p in self.understood.of(document, parties) if p.state not in owners)
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
        if any(self.context.senses.has(i, "earlier_document") for i in range(document.first, document.noun)):
            self._earlier(document, event)
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

    def _earlier(self, document: Document, event: Event) -> None:
        """«Предыдущий документ стороны подписали в 2022 году»: another than the one spoken of, which remains that."""
        at, last = next(((n, s) for n, s in reversed([*enumerate(self.held)]) if s.at < document.noun), (0, None))
        if last is None or event.modality not in FACTUAL:
            return
        self._used.add(event.at)
        self._groups += 1
        like = replace(document, kind=last.kind, topic=last.document.topic)
        statement = self._statement(like, last.title, [event])
        parties = statement.parties if len(statement.parties) > 1 else last.parties
        self.held.insert(at, replace(statement, parties=parties))

    def _in_gaps(self, verb: int) -> frozenset[int]:
        """The words of the clauses that share a verb and leave it out."""
        return frozenset(i for g in self._gaps if g.verb == verb for i in g.words)

    # ------------------------------------------------------------------ joining

    def _is_called_so(self, held: Statement, new: Statement) -> bool:
        """ "Signed a memorandum on cyber defence. … signed the agreement in Manila": a plainer word for the same."""
        distance = self.context.sentence(new.at).index - self.context.sentence(held.at).index
        definite = any(self.context.senses.has(c, "definite") for c in self.text.children[new.at])
        plain = new.kind == "agreement" and held.kind not in {"agreement", "treaty"} and not new.document.topic
        if not (definite and plain and 0 < distance <= NAMED_AGAIN) or {held.status, new.status} != {"signed"}:
            return False
        sides = {side(p) for p in held.parties}, {side(p) for p in new.parties}
        dates = held.signed, new.signed
        return sides[0] == sides[1] and not (dates[0] and dates[1] and dates[0].value != dates[1].value)

    def _join(self, statement: Statement) -> None:
        for held in self.held:
            aside = held.in_title or self.context.sentence(held.at) != self.context.sentence(statement.at)
            same = is_same(held, statement) or self._is_called_so(held, statement)
            if held.group != statement.group and aside and same:
                merge(held, statement)
                return
        self.held.append(statement)
