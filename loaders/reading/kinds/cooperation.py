"""Cooperation that a text states in words: who cooperates with whom, and in which fields.

«Развивает военное сотрудничество с …», «сотрудничают в …», «договорились вместе …», «союзник …», «готовит офицеров
для …», and agreements on military cooperation that are signed or in force. What is only discussed, wished for or
intended is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Agreement, Cooperation, Domain, Entity, Modality, Span
from loaders.reading.kinds.agreement_documents import find_documents
from loaders.reading.kinds.agreement_gaps import find_gaps
from loaders.reading.kinds.agreement_parties import once, side
from loaders.reading.kinds.agreements import statements
from loaders.reading.kinds.cooperation_clauses import Clauses
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.kinds.cooperation_exchanges import Exchanges
from loaders.reading.kinds.cooperation_parties import Sides
from loaders.reading.kinds.predicates import subjects_of
from loaders.reading.lexicon import Sense

AGREED_BY_MANY = ("cooperation_noun", "mutual")
AGREED = (*AGREED_BY_MANY, "joint_adjective")
SINGLE = (
    "exercise_noun", "competition_noun", "supply_noun", "receive_noun", "meeting_talks", "meeting_visit",
    "meeting_session", "meeting_conference",
)  # fmt: skip
"""What is agreed on and over once done."""
SETTLED = frozenset({"signed", "ratified", "in force", "extended"})


def find(context: Context) -> Iterator[Cooperation]:
    """The cooperation that a text states."""
    reader, exchanges = _Reader(context), Exchanges(context)
    agreed = [
        frozenset(side(p.value) for p in f.parties)
        for f in context.facts
        if isinstance(f, Agreement) and f.modality in FACTUAL and f.status and f.status.value in SETTLED
    ]
    found: dict[tuple[frozenset[str], frozenset[Domain]], Cooperation] = {}
    for fact in (
        *reader.by_noun(), *reader.by_verb(), *reader.joint(), *reader.partners(), *exchanges.teaching(),
        *exchanges.activities(), *reader.by_agreement(), *exchanges.learning(),
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
            first, last = self._extent(sense)
            governor = self._governor(noun)
            if governor is None:
                continue
            verb, modality = governor
            around = self.around(noun)
            phrase = range(first, last)
            if not is_military(self.context, phrase) and not domains(self.context, self.fields(verb, around)):
                continue
            sides = self._sides(noun, first, last, verb, around)
            named = domains(self.context, phrase) or domains(self.context, self.fields(verb, around))
            yield from self.facts(noun, sides, named, "cooperation-noun", modality)

    def _are_ties(self, noun: int) -> bool:
        """«Связи оборонных ведомств двух стран», but not «система связи»: of those who defend."""
        return is_military(self.context, (i for i in self.context.phrase(noun) if i != noun))

    def _in_name(self, sense: Sense) -> bool:
        return any(m.entity.kind in {"organization", "exercise"} for m in self.context.mentions.at(sense.first))

    def _extent(self, sense: Sense) -> tuple[int, int]:
        """The noun with its adjectives and what hangs on it."""
        noun = sense.last - 1
        below = set(self.context.phrase(noun))
        first, last = sense.first, sense.last
        while first - 1 in below or (first > 0 and self.text.tokens[first - 1].pos == "ADJ" and first - 1 in below):
            first -= 1
        while last in below:
            last += 1
        return first, last

    def _governor(self, noun: int) -> tuple[int, Modality] | None:
        """The verb that says that there is cooperation, and whether it is so; None for what is only a topic."""
        at, steps = self.text.tokens[noun], 0
        modality = self.context.modality(noun)
        praised = False
        if self._is_had(noun):
            return noun, "held"
        nearest = self._verb_before(noun)
        if nearest is not None and self.context.senses.has(nearest, "cooperation_verb") and self._is_object(noun):
            own = self.context.modality(nearest)
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

    def _is_had(self, noun: int) -> bool:
        """«У Еревана и Рима давнее сотрудничество в миротворчестве»: a clause without a verb."""
        around = self.around(noun)
        verbs = any(self.text.tokens[i].pos in {"VERB", "AUX"} for i in around)
        return not verbs and not self.context.in_title(noun) and bool(self.sides.at(around))

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
        if len(own) < 2 and not company and self._is_of_both(verb, phrase):
            own = self._both(noun, own)
        if not own and company and self.context.home is not None:
            own = (self.context.home,)
        return Sides(own, company)

    def _is_of_both(self, verb: int, phrase: Iterable[int]) -> bool:
        """«Сотрудничество между странами», «договорились …»: of those spoken of."""
        several = any(
            self.context.senses.has(i, "pair_anaphor") and self.text.tokens[i].number == "Plur" for i in phrase
        )
        agreed = self.context.senses.has(verb, "agree_verb") or self.agreeing(verb) is not None
        return several or agreed or self.context.senses.has(verb, "assess_verb")

    def _both(self, noun: int, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The two actors of the sentence; else those that the sentences before name together."""
        sentence = self.context.sentence(noun)
        near = [e for e in self.sides.parties.among(range(sentence.first, sentence.last)) if e.kind != "institution"]
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
            named = domains(self.context, fields)
            if not named and not is_military(self.context, around):
                continue
            if not named and self.context.senses.has(verb, "exchange_verb"):
                continue
            yield from self.facts(verb, Sides(own, company), named, "cooperation-verb", modality)
            for gap in gaps:
                others = self.sides.company(gap.left)
                named = domains(self.context, gap.right) or named
                yield from self.facts(verb, Sides(own, others), named, "cooperation-gapped", modality)

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

    def joint(self) -> Iterator[Cooperation]:
        """«Обязались вместе заниматься …», «договорились, что совместные учения станут регулярными»."""
        for sense in self.context.senses.all("joint_adverb"):
            head = self.text.tokens[sense.first].head
            verb = head if head is not None and self.text.tokens[head].pos == "VERB" else self.text.clauses[sense.first]
            if self.text.tokens[verb].pos != "VERB":
                continue
            agreed = self.agreeing(verb)
            if agreed is None and not self.is_habitual(verb):
                continue
            modality = agreed or self.context.modality(verb)
            if modality == "planned":
                continue
            if agreed is None and len(self.sides.subject(verb)) == 1 and not self.sides.company(self.around(verb)):
                continue  # with somebody who is not named
            yield from self._together(verb, self._content(verb), modality)
        for sense in self.context.senses.all("agree_verb"):
            verb = sense.first
            content = [i for i in self.text.subtree(verb) if i > verb]
            joint = [i for i in content if self.context.senses.has(i, "joint_adjective")]
            founded = [i for i in content if self.context.senses.has(i, "joint_body")]
            lasting = any(self.context.senses.has(i, "regular", "joint_adverb") for i in content)
            if joint and (lasting or any(self.text.tokens[i].head in founded for i in joint)):
                yield from self._together(verb, content, self.agreed(verb))
            else:
                yield from self._agreed_on(verb)

    def _agreed_on(self, verb: int) -> Iterator[Cooperation]:
        """«Договорились о сборке беспилотников»: of what lasts, and not of one exercise, meeting or delivery."""
        topics = [a for a in self.context.arguments(verb) if a.relation == "about" and a.head > verb]
        content = [i for a in topics for i in a.tokens]
        single = any(self.context.senses.has(i, *SINGLE) for i in content)
        if content and not single and is_military(self.context, content):
            yield from self._together(verb, content, self.agreed(verb))

    def _content(self, verb: int) -> list[int]:
        """What is done together, without a further clause that has its own verb in a personal form."""
        others = [
            c
            for c in self.text.children[verb]
            if self.text.tokens[c].rel == "conj" and self.text.tokens[c].feats.get("VerbForm") == "Fin"
        ]
        left_out = {i for c in others for i in self.text.subtree(c)}
        return [i for i in self.text.subtree(verb) if i not in left_out]

    def _together(self, verb: int, content: list[int], modality: Modality) -> Iterator[Cooperation]:
        named = domains(self.context, {verb, *content})
        if not named:
            return
        company = self.sides.company(self.around(verb))
        own = self.sides.subject(verb)
        if len(own) < 2 and not company:
            own = self.sides.parties.before(verb, own)
        yield from self.facts(verb, Sides(own, company), named, "cooperation-joint", modality)

    # ------------------------------------------------------------------ partners, allies

    def partners(self) -> Iterator[Cooperation]:
        """«Турция – союзник Азербайджана», «отношения у них союзнические»."""
        for sense in self.context.senses.all("partner_noun"):
            noun = sense.last - 1
            around = self.around(noun)
            if self.text.tokens[noun].number == "Plur":
                sentence = self.context.sentence(noun)
                ally = self.context.senses.has(noun, "ally")
                if ally or is_military(self.context, range(sentence.first, sentence.last)):
                    yield from self._each_other(noun)
                if not ally:
                    continue
            if not self.context.senses.has(noun, "ally") and not is_military(self.context, around):
                continue
            company = self.sides.company(around)
            own = self.sides.at(around)
            if not (company and own):
                own = self._subject_of(noun)
                company = self.sides.owners(noun, noun, self._extent(sense)[1])
            modality = self.context.modality(noun)
            if own and company and modality != "planned":
                named = domains(self.context, {*self.context.phrase(noun), *self.fields(noun, around)})
                yield from self.facts(noun, Sides(own, company), named, "cooperation-partner", modality)

    def _each_other(self, noun: int) -> Iterator[Cooperation]:
        """«Узбекистан и Казахстан являются стратегическими партнёрами»."""
        head = self.text.tokens[noun].head
        predicate = noun if head is None or self.text.tokens[noun].rel in {"root", "conj"} else head
        be = predicate == noun or self.context.senses.has(predicate, "be_verb")
        own = self.sides.subject(predicate) if be else ()
        modality = self.context.modality(predicate)
        if len(own) > 1 and modality != "planned":
            named = domains(self.context, self.context.phrase(noun))
            yield from self.facts(noun, Sides(own), named, "cooperation-partners", modality)

    def _subject_of(self, noun: int) -> tuple[Entity, ...]:
        named = subjects_of(self.context, noun)
        return once(e for m in named if (e := self.sides.parties.of(m)) is not None)

    # ------------------------------------------------------------------ agreements

    def by_agreement(self) -> Iterator[Cooperation]:
        """An agreement on military cooperation that is signed or in force, in the fields that its title names."""
        known = [f for f in self.context.facts if isinstance(f, Agreement)]
        for statement in statements(self.context):
            document = statement.document
            if statement.status not in SETTLED or statement.modality not in FACTUAL or len(statement.parties) < 2:
                continue
            words = range(document.first, document.last)
            agreed = AGREED if len(statement.parties) == 2 else AGREED_BY_MANY
            if not any(self.context.senses.has(i, *agreed) for i in words):
                continue
            forces = all(p.kind == "body" and p.body in {"MoD", "AF", "GS", "SEC"} for p in statement.parties)
            if not forces and not is_military(self.context, words):
                continue
            named = domains(self.context, words)
            if not named and all(p.body == "SEC" for p in statement.parties):
                named = self._of_bodies(statement.parties)
            evidence = next(
                (f.evidence for f in known if f.title == statement.title), self.context.evidence(statement.at)
            )
            yield Cooperation(
                actors=statement.parties,
                domains=named or ("general",),
                evidence=evidence,
                rule=self.context.rule("cooperation-agreement"),
                confidence=0.8,
            )

    def _of_bodies(self, bodies: Iterable[Entity]) -> tuple[Domain, ...]:
        """The field of a service: that of the words which name it (border services: the border)."""
        wanted = set(bodies)
        return domains(
            self.context, (i for m in self.context.mentions.all if m.entity in wanted for i in range(m.first, m.last))
        )
