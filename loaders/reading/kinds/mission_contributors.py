"""Who contributes whom to a mission, since when: read from the clause that speaks of the mission."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Modality, PartialDate, Personnel, Stated
from loaders.reading.kinds.mission_actors import actors_of_heading, sending_actors
from loaders.reading.kinds.mission_contingents import headcount_of, number_of, own_words, personnel_of
from loaders.reading.kinds.mission_dates import dates, own_dates, point
from loaders.reading.kinds.mission_ellipsis import left_out
from loaders.reading.kinds.mission_personnel import PERSONNEL, headcount, kinds_of
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Token


@dataclass(frozen=True, slots=True)
class Contribution:
    """An actor's contribution; `tokens` are the words that it rests on."""

    actor: Entity
    personnel: Personnel | None
    since: Stated[PartialDate] | None
    until: Stated[PartialDate] | None
    headcount: int | None
    modality: Modality
    rule: str
    tokens: tuple[int, ...]


class Contributors:
    """Finds the contributors to the missions of a text; one that a clause leaves out is that of the clause before."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.last: tuple[int, Entity] | None = None
        self._named: dict[int, list[EntityMention]] = {}

    def of(self, reference: MissionReference, references: list[MissionReference]) -> Iterator[Contribution]:
        """The contributions that the clause of a reference states."""
        context = self.context
        tokens = context.clause(reference.head)
        verb = context.predicate(reference.head)
        yield from self._in_relative(reference, references)
        if not any(context.senses.has(i, "deploy", "return_home", "send") for i in tokens):
            verb_like = any(context.senses.has(i, *PERSONNEL, "peacekeeper") for i in tokens)
            if not verb_like and not actors_of_heading(context, reference):
                return
        actors = sending_actors(context, tokens, reference)
        if not actors and verb.rel.startswith("acl") and verb.head is not None:
            actors = sending_actors(context, self._described(verb), reference)
        if not actors and verb.rel in {"advcl", "xcomp"} and verb.head is not None:
            above = self._sent(verb.head)  # "Forty peacekeepers left for the Golan Heights to serve in UNDOF."
            actors = sending_actors(context, above, reference)
            tokens = (*above, *tokens) if actors else tokens
        if not actors:
            actors = actors_of_heading(context, reference)
        if not actors:
            known = left_out(context, reference, verb, self.last)
            if known is None:
                return
            yield from self._contributions(known, None, tokens, reference, references, verb)
            self.last = (verb.sentence, known)
            return
        self._named[reference.head] = actors
        for mention in actors:
            actor = context.mentions.actor(mention)
            if actor is not None:
                yield from self._contributions(actor, mention, tokens, reference, references, verb)
                self.last = (context.text.tokens[mention.head].sentence, actor)

    def _in_relative(self, reference: MissionReference, references: list[MissionReference]) -> Iterator[Contribution]:
        """ "EUFOR Althea, in which Turkey and Chile serve, …": the contributors in a clause that tells of a mission."""
        context = self.context
        told = [c for c in context.text.children[reference.head] if context.text.tokens[c].rel == "appos"]
        inner = [c for n in told for c in context.text.children[n] if context.text.tokens[c].rel == "nmod"]
        for child in (c for n in (reference.head, *told, *inner) for c in context.text.children[n]):
            verb = context.text.tokens[child]
            if verb.rel != "acl:relcl" or not context.senses.has(child, "serve_abroad", "participate"):
                continue
            clause = context.clause(child)
            for mention in sending_actors(context, clause, reference):
                actor = context.mentions.actor(mention)
                if actor is not None and context.relation_of(mention) == "subject":
                    yield from self._contributions(actor, mention, clause, reference, references, verb)

    def _sent(self, verb: int) -> tuple[int, ...]:
        """The subject and the object of a verb of sending on which a clause of service hangs."""
        if not self.context.senses.has(verb, "send", "deploy"):
            return ()
        own = [a for a in self.context.arguments(verb) if a.role in {"subject", "object"}]
        return tuple(sorted({i for a in own for i in a.tokens}))

    def _described(self, verb: Token) -> tuple[int, ...]:
        """ "Poland, which leads the eastern sector of UNIFIL", "China has 2,200 peacekeepers serving in UNMISS", "left
        Kabul, where they had served": whom a clause describes, else those of the clause around it."""
        context = self.context
        assert verb.head is not None
        described = any(a.role == "subject" and a.head == verb.head for a in context.arguments(verb.index))
        above = context.mentions.at(verb.head)
        if verb.rel == "acl:relcl" and described:
            return tuple(i for m in above for i in range(m.first, m.last))
        people = context.senses.has(verb.head, *PERSONNEL, "peacekeeper", "force")
        if people:
            return context.clause(verb.head)
        place = {i for m in above for i in range(m.first, m.last)}
        return tuple(i for i in context.clause(verb.head) if i not in place) if verb.rel == "acl:relcl" else ()

    def carried(self, reference: MissionReference, clause: tuple[int, ...], verb: Token) -> Iterator[Contribution]:
        """What a clause says that speaks of the mission only because the one before does: «участвует в ней»."""
        found = sending_actors(self.context, clause, reference) or self._sole(reference, clause)
        actors = [(a, m) for m in found if (a := self.context.mentions.actor(m)) is not None]
        for actor, mention in actors or self._same_contributor(reference, clause, verb):
            since, until = dates(self.context, clause, reference, [])
            kinds: list[tuple[Personnel | None, int | None]] = list(personnel_of(self.context, mention, clause))
            for personnel, head in kinds or [(None, None)]:
                count = headcount(self.context, head)
                yield Contribution(
                    actor, personnel, since, until, count, self.context.modality(verb.index),
                    "mission-carried", (mention.head if mention else verb.index, reference.head),
                )  # fmt: skip

    def _same_contributor(
        self, reference: MissionReference, clause: tuple[int, ...], verb: Token
    ) -> list[tuple[Entity, EntityMention | None]]:
        """ "Its largest commitment is to UNIFIL. The 122nd Battalion deployed there in May": whose the battalion is."""
        if len(self._named.get(reference.head, [])) > 1:
            return []
        near = self.last is not None and 0 <= verb.sentence - self.last[0] <= 1
        pointed = any(self.context.senses.has(i, "mission_pointer") for i in clause)
        serves = pointed and self.context.senses.has(verb.index, "deploy")  # «там находится контингент»
        sent = self.context.senses.has(verb.index, "send") or serves
        dated = pointed and bool(self.context.dates_in(clause))  # «Оған 2024 жылғы наурызда аттанған»
        sent = sent and (dated or bool(kinds_of(self.context, list(clause))))
        return [(self.last[1], None)] if near and sent and self.last is not None else []

    def ranked(self, reference: MissionReference, found: list[Contribution]) -> Iterator[Contribution]:
        """ "Indonesia is the largest contributor, followed by Italy (1,068), India (895) and Ghana"."""
        context = self.context
        for last in {context.sentence(c.tokens[0]).last: c for c in found if c.actor.kind == "state"}.values():
            sentence = context.sentence(last.tokens[0])
            words = range(last.tokens[0], sentence.last)
            begin = next((i for i in words if context.senses.has(i, "followed_by")), None)
            mentions = context.actor_mentions(range(begin + 1, sentence.last)) if begin is not None else []
            for mention in mentions:
                if mention.entity.kind == "state" and mention.form == "name":
                    yield Contribution(
                        mention.entity, None, None, None, self._bracketed(mention), last.modality, "mission-ranked",
                        (mention.head, reference.head),
                    )  # fmt: skip

    def _bracketed(self, mention: EntityMention) -> int | None:
        """The number in brackets after a name."""
        tokens = self.context.text.tokens
        if mention.last + 1 >= len(tokens) or tokens[mention.last].text != "(":
            return None
        numbers = self.context.numbers_in([mention.last + 1])
        return next((int(n.value) for n in numbers if not n.ordinal), None)

    def listed(
        self, reference: MissionReference, mention: EntityMention, tokens: tuple[int, ...]
    ) -> Iterator[Contribution]:
        """What an item of a list says of a contributor."""
        actor = self.context.mentions.actor(mention)
        since, until = dates(self.context, tokens, reference, [])
        kinds: list[tuple[Personnel | None, int | None]] = list(kinds_of(self.context, list(tokens)))
        if actor is None:
            return
        for personnel, head in kinds or [(None, None)]:
            begun = since or point(self.context, tokens)
            yield Contribution(
                actor, personnel, begun, until, headcount(self.context, head), "held", "mission-listed", (mention.head,)
            )  # fmt: skip

    def _sole(self, reference: MissionReference, clause: tuple[int, ...]) -> list[EntityMention]:
        """«…, куда направлены наблюдатели»: where the clause names nobody, the only contributor named before."""
        named = self._named.get(reference.head, [])
        sent = any(self.context.senses.has(i, "send") for i in clause)
        return named if len(named) == 1 and sent and kinds_of(self.context, list(clause)) else []

    def _contributions(
        self, actor: Entity, mention: EntityMention | None, tokens: tuple[int, ...], reference: MissionReference,
        references: list[MissionReference], verb: Token,
    ) -> Iterator[Contribution]:  # fmt: skip
        companion = mention is not None and self.context.relation_of(mention) == "with"
        dated = own_dates(self.context, tokens, mention) if mention is not None else tokens
        since, until = (None, None) if companion else dates(self.context, dated, reference, references)
        own, clause = own_words(self.context, tokens, reference, references), tokens
        tokens = tuple(i for i in tokens if all(m.entity.kind != "mission" for m in self.context.mentions.at(i)))
        kinds: list[tuple[Personnel | None, int | None]] = list(personnel_of(self.context, mention, tokens, own))
        kinds = kinds or ([] if own else list(kinds_of(self.context, list(tokens))))
        for personnel, head in kinds or [(None, self._peacekeepers(tokens))]:
            count = headcount_of(self.context, head, clause, own, references)
            senders = {m.entity.state for m in self._named.get(reference.head, ())}
            if count is not None and mention is not None and len(senders) > 1:
                count = number_of(self.context, mention, clause)
            yield Contribution(
                actor, personnel, since, until, count, self._modality(verb, reference), reference.rule,
                (reference.head, mention.head if mention else verb.index),
            )  # fmt: skip

    def _peacekeepers(self, tokens: tuple[int, ...]) -> int | None:
        """ "Sent 139 peacekeepers": people of no kind in particular, who are counted all the same."""
        return next((i for i in tokens if self.context.senses.has(i, "peacekeeper")), None)

    def _modality(self, verb: Token, reference: MissionReference) -> Modality:
        modality = self.context.modality(reference.head)
        if modality == "cancelled" and self.context.senses.has(verb.index, "return_home"):
            return "held"
        return modality
