"""Agreements: who signs, ratifies, ends or prepares which document with whom, when and where.

A document of the text (`agreement_documents`) and what is done with it (`agreement_events`) make a statement; its
parties come from the document's words, from those who sign, or from the sentences before (`agreement_parties`).
Statements about the same document, in the heading and the body, in one sentence and the next, are then joined.
"""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import (
    FACTUAL,
    Agreement,
    AgreementType,
    Entity,
    Stated,
)
from loaders.reading.kinds.agreement_antecedents import antecedent, pronoun_near
from loaders.reading.kinds.agreement_documents import Document, find_documents, titles
from loaders.reading.kinds.agreement_gaps import Gap
from loaders.reading.kinds.agreement_parties import once
from loaders.reading.kinds.agreement_reader import DocumentReader
from loaders.reading.kinds.agreement_signing import is_of_event
from loaders.reading.kinds.agreement_statements import Statement, distinct
from loaders.reading.kinds.agreement_verbs import event_at


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


class _Reader(DocumentReader):
    """Reads as well what a text says of documents without naming them: by a pronoun, an adjective, or not at all."""

    def take(self, document: Document) -> None:
        """Add what is said of a document; one in a clause without a verb shares the verb before."""
        gap = next((g for g in self._gaps if document.noun in g.right), None)
        if gap is not None and document.kind is not None:
            self._take_gap(document, gap)
            return
        super().take(document)

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
