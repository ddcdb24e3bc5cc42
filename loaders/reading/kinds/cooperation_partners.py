"""Partners and allies: «Турция – союзник Азербайджана», «Узбекистан и Казахстан являются партнёрами»."""

from collections.abc import Iterator

from loaders.reading.facts import Cooperation, Entity
from loaders.reading.kinds.agreement_parties import once
from loaders.reading.kinds.cooperation_clauses import Clauses
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.kinds.cooperation_parties import Sides
from loaders.reading.kinds.predicates import subjects_of


class Partners(Clauses):
    """The partners and allies of one text."""

    def partners(self) -> Iterator[Cooperation]:
        """«Турция – союзник Азербайджана», «отношения у них союзнические»."""
        for sense in self.context.senses.all("partner_noun"):
            noun = sense.last - 1
            around = self.around(noun)
            if self.text.tokens[noun].number == "Plur" and self._one_of(noun) is None:
                sentence = self.context.sentence(noun)
                ally = self.context.senses.has(noun, "ally")
                if ally or is_military(self.context, range(sentence.first, sentence.last)):
                    yield from self._each_other(noun)
                    yield from self._listed(noun)
                if not ally:
                    continue
            if not self.context.senses.has(noun, "ally") and not is_military(self.context, around):
                continue
            company = self.sides.company(around)
            own = self.sides.at(around)
            if not (company and own):
                own = self._subject_of(self._one_of(noun) or noun)
                before = min(self.context.phrase(noun)) if self.context.relations.head_final else noun
                company = self.sides.owners(noun, before, noun if before < noun else self.extent(sense)[1])
                company = company or self._possessors(noun)
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
        if len(own) == 1:
            own = once([*own, *self._of_regions(predicate)])
        modality = self.context.modality(predicate)
        if len(own) > 1 and modality != "planned":
            named = domains(self.context, self.context.phrase(noun))
            yield from self.facts(noun, Sides(own), named, "cooperation-partners", modality)

    def _one_of(self, noun: int) -> int | None:
        """ "One of Israel's key partners": the number that the partners hang on."""
        head = self.text.tokens[noun].head
        number = head is not None and self.text.tokens[head].pos == "NUM"
        return head if number and self.context.relation(noun) == "of" else None

    def _of_regions(self, predicate: int) -> tuple[Entity, ...]:
        """ "Michigan and Latvia are partners": the state of a place that is listed beside a state."""
        subjects = [i for a in self.context.arguments(predicate) if a.role == "subject" for i in a.tokens]
        places = [
            m for m in self.context.mentions.within(subjects, "place") if self.context.relation_of(m) == "subject"
        ]
        known = [self.context.names.by_iri.get(m.entity.iri or "") for m in places]
        states = [self.context.mentions.states.get(k.state or "") for k in known if k is not None]
        return once(s for s in states if s is not None)

    def _possessors(self, noun: int) -> tuple[Entity, ...]:
        """ "Pakistan is China's closest partner", "a Russian ally"."""
        tokens = self.text.tokens
        before = [c for c in self.text.children[noun] if c < noun and tokens[c].rel in {"nmod:poss", "amod"}]
        named = self.context.actor_mentions(before)
        return once(e for m in named if (e := self.sides.parties.of(m)) is not None)

    def _subject_of(self, noun: int) -> tuple[Entity, ...]:
        named = [n for m in subjects_of(self.context, noun) for n in self.context.coordinated(m)]
        return once(e for m in named if (e := self.sides.parties.of(m)) is not None)

    def _listed(self, noun: int) -> Iterator[Cooperation]:
        """«Қазақстанның әскери саладағы серіктестері – Ресей, Түркия және АҚШ»: the predicate names whose partners'."""
        token = self.text.tokens[noun]
        if token.head is None or token.head < noun or not token.rel.startswith("nsubj"):
            return
        named = [m for m in self.context.mentions.at(token.head) if m.entity.kind == "state" and m.form == "name"]
        own = self.sides.owners(noun, min(self.context.phrase(noun)), noun)
        if named and len(own) == 1 and self.text.tokens[token.head].rel == "root":
            partners = tuple(m.entity for m in self.context.coordinated(named[0]))
            fields = domains(self.context, self.context.phrase(noun))
            yield from self.facts(noun, Sides(own, partners), fields, "cooperation-partner", "held")
