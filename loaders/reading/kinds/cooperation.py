"""Cooperation that a text states in words: who cooperates with whom, and in which fields.

«Развивает военное сотрудничество с …», «сотрудничают в …», «договорились вместе …», «союзник …», «готовит офицеров
для …», and agreements on military cooperation that are signed or in force. What is only discussed, wished for or
intended is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Agreement, Cooperation, Domain, Entity, Modality, Span, side
from loaders.reading.kinds.agreement_documents import find_documents
from loaders.reading.kinds.agreement_gaps import find_gaps
from loaders.reading.kinds.agreement_parties import once
from loaders.reading.kinds.cooperation_agreements import SETTLED, by_agreement
from loaders.reading.kinds.cooperation_clauses import Clauses
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.kinds.cooperation_exchanges import Exchanges
from loaders.reading.kinds.cooperation_joint import Joint
from loaders.reading.kinds.cooperation_parties import Sides
from loaders.reading.kinds.cooperation_partners import Partners
from loaders.reading.lexicon import Sense


def find(context: Context) -> Iterator[Cooperation]:
    """The cooperation that a text states."""
    reader, exchanges = _Reader(context), Exchanges(context)
    joint, partners = Joint(context), Partners(context)
    agreed = [
        frozenset(side(p.value) for p in f.parties)
        for f in context.facts
        if isinstance(f, Agreement) and f.modality in FACTUAL and f.status and f.status.value in SETTLED
    ]
    found: dict[tuple[frozenset[str], frozenset[Domain]], Cooperation] = {}
    for fact in (
        *reader.by_noun(), *reader.by_verb(), *joint.joint(), *partners.partners(), *exchanges.teaching(),
        *exchanges.activities(), *by_agreement(context), *exchanges.learning(),
    ):  # fmt: skip
        key = (frozenset(side(a) for a in fact.actors), frozenset(fact.domains))
        if len(key[0]) < 2 or (fact.rule.endswith("-learning") and key[0] not in {*agreed, *(p for p, _ in found)}):
            continue
        held = found.get(key)
        found[key] = fact if held is None else replace(held, evidence=_all(held.evidence, fact.evidence))
    yield from found.values()


def _all(one: Iterable[Span], other: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys((*one, *other)))


class _Reader(Clauses):
    """Reads one text."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gaps = find_gaps(context, "cooperate_verb")
        self._in_documents = {i for d in find_documents(context) if d.kind for i in range(d.noun, d.last)}

    # ------------------------------------------------------------------ nouns

    def by_noun(self) -> Iterator[Cooperation]:
        """«Тбилиси поддерживает военное сотрудничество и с Анкарой, и с Баку»."""
        for sense in self.context.senses.all("cooperation_noun", "ties_noun"):
            noun = sense.last - 1
            if self.context.senses.has(noun, "ties_noun") and not self._are_ties(noun):
                continue
            if noun in self._in_documents or self._in_name(sense):
                continue
            first, last = self.extent(sense)
            governor = self._governor(noun)
            if governor is None:
                continue
            verb, modality = governor
            if self._is_effect(verb):
                continue
            around = self.around(noun)
            phrase = range(first, last)
            fields = self.fields(verb, around)
            if not is_military(self.context, {*phrase, *fields}) and not domains(self.context, fields):
                continue
            sides = self._sides(noun, first, last, verb, around)
            named = domains(self.context, phrase) or domains(self.context, fields)
            yield from self.facts(noun, sides, named, "cooperation-noun", modality)

    def _are_ties(self, noun: int) -> bool:
        """«Связи оборонных ведомств двух стран», but not «система связи»: of those who defend."""
        if is_military(self.context, (i for i in self.context.phrase(noun) if i != noun)):
            return True
        head = self.text.tokens[noun].head  # «қорғаныс саласында тығыз байланыс орнатты»
        verb = head if self.context.relations.head_final and self._is_object(noun) else None
        return verb is not None and is_military(self.context, self.fields(verb, []))

    def _in_name(self, sense: Sense) -> bool:
        return any(m.entity.kind in {"organization", "exercise"} for m in self.context.mentions.at(sense.first))

    def _governor(self, noun: int) -> tuple[int, Modality] | None:
        """The verb that says that there is cooperation, and whether it is so; None for what is only a topic."""
        at, steps = self.text.tokens[noun], 0
        modality = self.modality(noun)
        praised = False
        if self._is_had(noun):
            return noun, "held"
        nearest = self._verb_before(noun)
        if nearest is not None and self.context.senses.has(nearest, "cooperation_verb") and self._is_object(noun):
            own = self.modality(nearest)
            agreed = self.agreeing(nearest)
            if at.head != nearest and agreed is None:
                return (nearest, own) if own != "planned" else None
        while at.head is not None and steps < 5:
            above = self.text.tokens[at.head]
            if self.context.senses.has(above.index, "agree_verb"):
                return above.index, self.agreed(above.index)
            if above.pos in {"VERB", "AUX", "ADJ"}:
                if self.context.senses.has(above.index, "cooperation_verb"):
                    agreed = self.agreeing(above.index)
                    if agreed is not None:
                        return above.index, agreed
                    return (above.index, modality) if modality != "planned" else None
                if self._in_framework(noun):
                    return above.index, "held" if modality == "planned" else modality
                is_said = praised and self.context.senses.has(above.index, "assess_verb")
                return (above.index, modality) if is_said and modality != "planned" else None
            praised = praised or self.context.senses.has(above.index, "assessed_noun")
            if self.context.senses.has(above.index, "cooperation_topic"):
                return None
            at, steps = above, steps + 1
        if self._in_framework(noun):
            return self.text.clauses[noun], "held" if modality == "planned" else modality
        return None

    def _is_object(self, noun: int) -> bool:
        return self.context.relation(noun) == "object"

    def _is_effect(self, verb: int) -> bool:
        """«Учения укрепляют сотрудничество»: of an event one says so without saying that there is any."""
        subjects = [a.head for a in self.context.arguments(verb) if a.role == "subject"]
        return any(self.context.senses.has(i, "exercise_noun", "competition_noun") for i in subjects)

    def _is_had(self, noun: int) -> bool:
        """«У Еревана и Рима давнее сотрудничество в миротворчестве»: a clause without a verb."""
        around = self.around(noun)
        verbs = any(self.text.tokens[i].pos in {"VERB", "AUX"} for i in around)
        if verbs or self.context.in_title(noun):
            return False
        between = self.context.relation(noun) == "subject" and len(self.sides.joined(around)) > 1
        return between or bool(self.sides.at(around))

    def _verb_before(self, noun: int) -> int | None:
        """The nearest verb before a noun: its governor, where the parser hung an object on another verb.

        Where verbs stand last, the verb that the parser gives.
        """
        head = self.text.tokens[noun].head
        if head is not None and head > noun and self.text.tokens[head].pos == "VERB":
            return head
        at = noun - 1
        while at >= self.context.sentence(noun).first and self.text.tokens[at].text not in {";", ":"}:
            if self.text.tokens[at].pos == "VERB":
                return at
            at -= 1
        return None

    def _in_framework(self, noun: int) -> bool:
        """«В рамках военного сотрудничества с Турцией»: what is done rests on it."""
        return self.context.relation(noun) == "under"

    def _sides(self, noun: int, first: int, last: int, verb: int, around: list[int]) -> Sides:
        phrase = range(first, last)
        together = self.sides.joined(phrase) or self.sides.joined(around) or self.sides.owners(noun, first, last)
        company = once([*self.sides.company(phrase), *self.sides.company(around)])
        had = self.sides.at(around)
        if len(had) > 1 and not company:
            return Sides(had)
        own = once([*self.sides.at(around), *self.sides.subject(verb)])
        if len(together) > 1 and not company:
            return Sides(together)
        if len(together) == 1:
            own = once([*own, *together]) if not company else together
        if not company:
            company = self._organization(around) if len(own) < 2 else ()
        if len(own) < 2 and not company and self._is_of_both(noun, verb, phrase):
            own = self._both(noun, own)
        if not own and company and self.context.home is not None:
            own = (self.context.home,)
        return Sides(own, company)

    def _is_of_both(self, noun: int, verb: int, phrase: Iterable[int]) -> bool:
        """«Сотрудничество между странами», «договорились …»: of those spoken of."""
        several = any(
            self.context.senses.has(i, "pair_anaphor") and self.text.tokens[i].number == "Plur" for i in phrase
        )
        agreed = self.context.senses.has(verb, "agree_verb") or self.agreeing(verb) is not None
        # «По линии сотрудничества отмечено, что …»: what is noted there is something else.
        assessed = self.context.senses.has(verb, "assess_verb") and not self._in_framework(noun)
        return several or agreed or assessed

    def _both(self, noun: int, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The two actors of the sentence; else those that the sentences before name together."""
        sentence = self.context.sentence(noun)
        own = self.text.clauses[noun]
        words = [
            i for i in range(sentence.first, sentence.last)
            if self.text.clauses[i] == own or self.context.predicate(i).rel != "acl:relcl"
        ]  # fmt: skip
        near = [e for e in self.sides.parties.among(words) if e.kind != "institution"]
        return tuple(near) if len(near) == 2 else self.sides.parties.before(noun, known)

    def _organization(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """«В рамках ОДКБ осуществляется …»: the organization itself is the partner."""
        return tuple(
            m.entity
            for m in self.context.mentions.within(tokens, "organization")
            if any(self.context.senses.has(i, "in_framework") for i in range(max(0, m.first - 2), m.first))
        )[:1]

    # ------------------------------------------------------------------ verbs

    def by_verb(self) -> Iterator[Cooperation]:
        """«С таджикскими коллегами сотрудничаем в военной медицине»."""
        for sense in self.context.senses.all("cooperate_verb", "exchange_verb"):
            verb = sense.first
            if self.text.tokens[verb].pos != "VERB" or self.context.predicate(verb).pos == "":
                continue
            agreed = self.agreeing(verb)
            modality = "held" if self._unhindered(verb) else agreed or self.context.modality(verb)
            if modality == "planned":
                continue
            gaps = [g for g in self._gaps if g.verb == verb]
            left_out = {i for g in gaps for i in g.words}
            around = [i for i in self.around(verb) if i not in left_out]
            company = self.sides.company(around)
            own = self.sides.subject(verb) or self._subject_above(verb)
            own = tuple(o for o in own if side(o) not in {side(c) for c in company})
            if agreed is not None and len(own) < 2 and not company:
                own = self.sides.parties.before(verb, own)
            if not own and company and self.context.home is not None:
                own = (self.context.home,)
            fields = [i for i in self.fields(verb, around) if i not in left_out]
            subjects = [i for a in self.context.arguments(verb) if a.role == "subject" for i in a.tokens]
            named = domains(self.context, fields) or domains(self.context, subjects)  # «their navies cooperate»
            if not named and not is_military(self.context, around):
                continue
            if self.context.senses.has(verb, "exchange_verb") and (not named or self._is_of_words(verb)):
                continue
            if len(parts := self._parts(around)) > 1:
                for part in parts:
                    others = self.sides.company(part)
                    yield from self.facts(
                        verb, Sides(own, others), domains(self.context, part), "cooperation-verb", modality
                    )
                continue
            yield from self.facts(verb, Sides(own, company), named, "cooperation-verb", modality)
            for gap in gaps:
                others = self.sides.company(gap.left)
                named = domains(self.context, gap.right) or named
                yield from self.facts(verb, Sides(own, others), named, "cooperation-gapped", modality)

    def _is_of_words(self, verb: int) -> bool:
        """ "Exchanged views on cooperation": what is said of it is not shared."""
        objects = [a.head for a in self.context.arguments(verb) if a.role == "object"]
        return any(self.context.senses.has(i, "cooperation_topic") for i in objects)

    def _parts(self, around: list[int]) -> list[list[int]]:
        """ "With Germany in training, and with India in education": the words about each, where each has its field."""
        tokens = self.text.tokens
        starts = [
            i for i in around
            if tokens[i].pos == "CCONJ" and i + 1 in around and tokens[i + 1].pos == "ADP"
            and any(self.context.relation_of(m) == "with" for j in (i + 2, i + 3) for m in self.context.mentions.at(j))
        ]  # fmt: skip
        bounds = [around[0], *starts, around[-1] + 1] if around else []
        parts = [[i for i in around if a <= i < b] for a, b in pairwise(bounds)]
        complete = all(self.sides.company(p) and domains(self.context, p) for p in parts)
        return parts if complete else []

    def _unhindered(self, verb: int) -> bool:
        """«Это не мешает ему сотрудничать»: it does."""
        head = self.text.tokens[verb].head
        return head is not None and self.context.senses.has(head, "hinder_verb") and self.context.is_negated(head)

    def _subject_above(self, verb: int) -> tuple[Entity, ...]:
        """«Это не мешает ему сотрудничать с альянсом»: whom a pronoun in the dative means."""
        head = self.text.tokens[verb].head
        if head is None or not any(
            self.text.tokens[i].pos == "PRON" and self.context.relation(i) == "recipient"
            for i in self.text.children[head]
        ):
            return ()
        sentence = self.context.sentence(verb)
        earlier = self.text.sentences[max(0, sentence.index - 1)]
        named = [
            m
            for m in self.context.actor_mentions(range(earlier.first, sentence.first))
            if m.form == "metonym" or self.context.relation_of(m) == "subject"
        ]
        actor = self.sides.parties.of(named[0]) if named else None
        return (actor,) if actor is not None else ()
