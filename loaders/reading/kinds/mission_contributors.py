"""Who contributes whom to a mission, since when: read from the clause that speaks of the mission."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Modality, PartialDate, Personnel, Stated
from loaders.reading.kinds.mission_dates import dates, point
from loaders.reading.kinds.mission_personnel import PERSONNEL, headcount, kinds_of
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import LOCATED
from loaders.reading.text import Token

CONTRIBUTORS = frozenset({"state", "body"})
ELSEWHERE = frozenset({"in", "on", "to", "near"})
NAMED = frozenset({"name", "adjective", "body"})


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
            if not verb_like and not self._of_heading(reference):
                return
        actors = self._actors(tokens, reference)
        if not actors and verb.rel.startswith("acl") and verb.head is not None:
            actors = self._actors(self._described(verb), reference)
        if not actors and verb.rel in {"advcl", "xcomp"} and verb.head is not None:
            above = self._sent(verb.head)  # "Forty peacekeepers left for the Golan Heights to serve in UNDOF."
            actors = self._actors(above, reference)
            tokens = (*above, *tokens) if actors else tokens
        if not actors:
            actors = self._of_heading(reference)
        if not actors:
            known = self._left_out(reference, verb)
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
        for child in context.text.children[reference.head]:
            verb = context.text.tokens[child]
            if verb.rel != "acl:relcl" or not context.senses.has(child, "serve_abroad", "participate"):
                continue
            clause = context.clause(child)
            for mention in self._actors(clause, reference):
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
        found = self._actors(clause, reference) or self._sole(reference, clause)
        actors = [(a, m) for m in found if (a := self.context.mentions.actor(m)) is not None]
        for actor, mention in actors or self._same_contributor(reference, clause, verb):
            since, until = dates(self.context, clause, reference, [])
            kinds: list[tuple[Personnel | None, int | None]] = list(self._personnel(mention, clause))
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
        sent = sent and bool(kinds_of(self.context, list(clause)))
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

    # ------------------------------------------------------------------ who

    def _sole(self, reference: MissionReference, clause: tuple[int, ...]) -> list[EntityMention]:
        """«…, куда направлены наблюдатели»: where the clause names nobody, the only contributor named before."""
        named = self._named.get(reference.head, [])
        sent = any(self.context.senses.has(i, "send") for i in clause)
        return named if len(named) == 1 and sent and kinds_of(self.context, list(clause)) else []

    def _of_heading(self, reference: MissionReference) -> list[EntityMention]:
        """The actors of the line above the list in which a mission stands."""
        above = self.context.text.heading(self.context.sentence(reference.head))
        if above is None:
            return []
        tokens = tuple(range(above.first, above.last))
        if not any(self.context.senses.has(i, "deploy", *PERSONNEL, "peacekeeper") for i in tokens):
            return []
        return self._actors(tokens, reference)

    def _actors(self, tokens: tuple[int, ...], reference: MissionReference) -> list[EntityMention]:
        """The states and bodies of the clause that are not where the mission is, nor whose it is."""
        words = set(tokens)
        covered = set(range(reference.first, reference.last))
        located = {s.value.state for s in reference.locations if s.value.state}
        found: list[EntityMention] = []
        for mention in self.context.actor_mentions(words - covered):
            relation = self.context.relation_of(mention)
            if mention.entity.kind not in CONTRIBUTORS and mention.form != "metonym":
                continue
            elsewhere = relation in ELSEWHERE and mention.form != "demonym"  # «служат около 400 венгров»
            if elsewhere or (mention.entity.state in located and mention.form == "name"):
                continue
            if self._of_other_noun(mention) or self._is_where(mention, reference):
                continue
            found.append(mention)
        return found

    def _is_where(self, mention: EntityMention, reference: MissionReference) -> bool:
        """ "Left Dhaka for the Central African Republic": where they are sent, or where the mission is known to be."""
        if mention.form in {"adjective", "demonym", "body"}:
            return False
        known = self.context.names.by_iri.get(reference.entity.iri or "") if reference.entity else None
        if known is not None and mention.entity.iri in known.locations:
            return True
        beside = self.context.mentions.at(min(mention.last + 1, len(self.context.text.tokens) - 1))
        if any(m.first == mention.last + 1 and m.entity.kind == "mission" for m in beside):
            return self.context.text.tokens[mention.last].text == "("  # «Батыс Сахара (MINURSO)»
        sent = self.context.senses.has(self.context.text.clauses[mention.head], "send")
        return sent and self.context.relation_of(mention) == "for"

    def _of_other_noun(self, mention: EntityMention) -> bool:
        """Whether a state hangs on a noun that is no force: «четырёх городах Ливана», «министр обороны Италии»."""
        token = self.context.text.tokens[mention.head]
        if mention.form in {"body", "demonym"} or token.head is None or token.rel.startswith("nsubj"):
            return False
        above = self.context.text.tokens[token.head]
        if above.pos not in {"NOUN", "PROPN"}:
            return False
        if any(m.entity.kind == mention.entity.kind for m in self.context.mentions.at(above.index)):
            return False
        forces = ("force", "peacekeeper", "deploy", "side", *PERSONNEL)
        return not self.context.senses.has(above.index, *forces) and not self.context.senses.has(
            above.index, "mission_noun"
        )

    def _left_out(self, reference: MissionReference, verb: Token) -> Entity | None:
        """The contributor that a clause does not name: the last one named, if near; else the state of the speaker."""
        clause = self.context.clause(reference.head)
        people = any(self.context.senses.has(i, *PERSONNEL) for i in clause)
        own = any(self.context.senses.has(i, "possessive_pronoun") for i in clause)
        if reference.plural or not (people or own):
            return None
        item = self.context.text.heading(self.context.sentence(reference.head)) is not None
        sentence = self.context.text.tokens[reference.head].sentence
        if self.last is not None and sentence - self.last[0] <= 1:
            return self.last[1]
        for mention in reversed(self.context.mentions.within(self._before(reference, sentences=1))):
            actor = self.context.mentions.actor(mention)
            relation = self.context.relation_of(mention)
            elsewhere = relation in ELSEWHERE | LOCATED or mention.form not in NAMED
            elsewhere = elsewhere or any(
                self.context.relation_of(m) in ELSEWHERE for m in self.context.coordinated(mention)
            )
            if actor and actor.state and not elsewhere and actor.state not in self._where(reference):
                return self.context.mentions.states.get(actor.state)
        topic = self._topic(reference)
        if topic is not None or not (item or self.context.speech(verb.index)):
            return topic
        return self.context.home

    def _where(self, reference: MissionReference) -> set[str | None]:
        """The states that a mission is in, as the words say or as is known."""
        names = self.context.names.by_iri
        known = names.get(reference.entity.iri or "") if reference.entity else None
        there = (names.get(iri) for iri in known.locations) if known is not None else ()
        return {s.value.state for s in reference.locations} | {
            k.code if k.kind == "state" else k.state for k in there if k
        }

    def _before(self, reference: MissionReference, *, sentences: int | None = None) -> range:
        """The words of the paragraph before a mission, from so many sentences back."""
        all_sentences = self.context.text.sentences
        first = here = self.context.sentence(reference.head)
        while first.index > 0 and all_sentences[first.index - 1].paragraph == here.paragraph:
            if sentences is not None and here.index - first.index >= sentences:
                break
            first = all_sentences[first.index - 1]
        return range(first.first, reference.first)

    def _topic(self, reference: MissionReference) -> Entity | None:
        """The state that a paragraph names most before the mission, by name, capital or adjective."""
        counts: dict[str, int] = {}
        where = self._where(reference)
        for mention in self.context.mentions.within(self._before(reference)):
            actor = self.context.mentions.actor(mention)
            elsewhere = self.context.relation_of(mention) in ELSEWHERE | LOCATED
            if actor and actor.state and actor.state not in where and not elsewhere:
                counts[actor.state] = counts.get(actor.state, 0) + 1
        best = max(counts, key=lambda code: counts[code], default=None)
        return self.context.mentions.states.get(best) if best else None

    # ------------------------------------------------------------------ what, since when

    def _contributions(
        self, actor: Entity, mention: EntityMention | None, tokens: tuple[int, ...], reference: MissionReference,
        references: list[MissionReference], verb: Token,
    ) -> Iterator[Contribution]:  # fmt: skip
        companion = mention is not None and self.context.relation_of(mention) == "with"
        since, until = (None, None) if companion else dates(self.context, tokens, reference, references)
        window = self._window(tokens, reference, references)
        tokens = tuple(i for i in tokens if all(m.entity.kind != "mission" for m in self.context.mentions.at(i)))
        kinds: list[tuple[Personnel | None, int | None]] = list(self._personnel(mention, tokens, window))
        kinds = kinds or list(kinds_of(self.context, list(tokens)))
        for personnel, head in kinds or [(None, None)]:
            count = headcount(self.context, head)
            yield Contribution(
                actor, personnel, since, until, count, self._modality(verb, reference), reference.rule,
                (reference.head, mention.head if mention else verb.index),
            )  # fmt: skip

    def _modality(self, verb: Token, reference: MissionReference) -> Modality:
        modality = self.context.modality(reference.head)
        if modality == "cancelled" and self.context.senses.has(verb.index, "return_home"):
            return "held"
        return modality

    def _personnel(
        self, mention: EntityMention | None, tokens: tuple[int, ...], window: tuple[int, ...] = ()
    ) -> list[tuple[Personnel, int]]:
        """The kinds of personnel between two missions of a clause, or that the actor's words name, or the clause."""
        if window and (own := kinds_of(self.context, list(window))):
            return own
        near = self._noun_group(mention) if mention is not None else []
        found = kinds_of(self.context, near)
        if found:
            return found
        if mention is not None and (given := kinds_of(self.context, self._following(mention, tokens))):
            return given
        others = [m for m in self.context.actor_mentions(tokens) if m is not mention and m.entity.kind in CONTRIBUTORS]
        others = [m for m in others if self.context.relation_of(m) not in ELSEWHERE]
        owned = {i for m in others for i in self._noun_group(m)}
        return kinds_of(self.context, [i for i in tokens if i not in owned])

    def _following(self, mention: EntityMention, tokens: tuple[int, ...]) -> list[int]:
        """«Үндістан рота, ал Сербия медициналық топ жіберді»: in a head-final language, what stands between the actor
        and the next one."""
        if not self.context.relations.head_final:
            return []
        later = [m.first for m in self.context.actor_mentions(tokens) if m.first > mention.last]
        before = any(m.last < mention.first for m in self.context.actor_mentions(tokens))
        return list(range(mention.last, min(later, default=max(tokens)))) if later or before else []

    def _window(
        self, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
    ) -> tuple[int, ...]:
        """«…, а военные наблюдатели – в Западной Сахаре»: the words of a clause from the mission before to this one."""
        if self.context.relations.head_final:
            return self._window_after(tokens, reference, references)
        before = [
            r.last for r in references if r.head in tokens and r.last <= reference.first and r.head != reference.head
        ]
        return tuple(i for i in tokens if max(before) <= i < reference.first) if before else ()

    def _window_after(
        self, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
    ) -> tuple[int, ...]:
        """«MINURSO-ға бақылаушылар, UNIFIL-ге рота жіберілген»: from this mission to the next, who is sent between."""
        heads = sorted({r.head for r in references if r.head in tokens and not r.plural})
        if len(heads) < 2 or reference.head not in heads:
            return ()
        end = next((h for h in heads if h > reference.head), max(tokens) + 1)
        first = tuple(i for i in tokens if heads[0] <= i < heads[1])
        return tuple(i for i in tokens if reference.last <= i < end) if kinds_of(self.context, list(first)) else ()

    def _noun_group(self, mention: EntityMention) -> list[int]:
        """The noun that an actor's name or adjective belongs to, with its own words and its list."""
        token = self.context.text.tokens[mention.head]
        found = [*range(mention.first, mention.last)]
        steps = 0
        while token.head is not None and steps < 3:
            above = self.context.text.tokens[token.head]
            if above.pos not in {"NOUN", "PROPN", "NUM"} or (steps and token.rel == "conj"):
                break
            listed = self._of_others(above.index, mention)
            found += [i for i in self.context.phrase(above.index) if i not in listed and self._near(i, mention)]
            token, steps = above, steps + 1
        return sorted(set(found))

    def _of_others(self, noun: int, mention: EntityMention) -> set[int]:
        """«батальон Монголии, наблюдатели Кыргызстана»: what stands beside a noun in a list, with its own actor."""
        text, found = self.context.text, set[int]()
        for child in text.children[noun]:
            if text.tokens[child].rel == "conj" and text.tokens[child].pos == "NOUN":
                below = set(text.subtree(child))
                actors = self.context.actor_mentions(below)
                if any(m.entity.state != mention.entity.state for m in actors) and mention.head not in below:
                    found |= below
        return found

    def _near(self, index: int, mention: EntityMention) -> bool:
        others = self.context.mentions.at(index)
        return all(m.entity.state == mention.entity.state or m.entity.kind not in CONTRIBUTORS for m in others)
