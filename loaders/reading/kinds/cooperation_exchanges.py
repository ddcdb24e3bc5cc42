"""Cooperation in what one does for or with the other: teaching each other's officers, joint activities in general."""

from collections.abc import Iterable, Iterator

from loaders.reading.facts import Cooperation, Entity
from loaders.reading.kinds.agreement_parties import once
from loaders.reading.kinds.cooperation_clauses import Clauses
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.kinds.cooperation_parties import Sides
from loaders.reading.syntax import is_passive


class Exchanges(Clauses):
    """Teaching and activities of one text."""

    def teaching(self) -> Iterator[Cooperation]:
        """«Готовим офицеров для Армении»."""
        return self._taught_by("teach_verb")

    def learning(self) -> Iterator[Cooperation]:
        """«В российских академиях учатся узбекские офицеры»: a field of a cooperation that is stated elsewhere."""
        return self._taught_by("learn_verb")

    def _taught_by(self, verbs: str) -> Iterator[Cooperation]:
        for sense in self.context.senses.all(verbs):
            verb = sense.first
            if self.text.tokens[verb].pos != "VERB":
                continue
            around = self.around(verb)
            modality = self.modality(verb)
            if modality != "held" or not any(self.context.senses.has(i, "trainee_noun", "body_AF") for i in around):
                continue
            if self.context.senses.has(verb, "learn_verb"):
                sides = Sides(self._of_nouns(around, "trainee_noun"), self._schools(around))
            else:
                if not self._has_learners(verb):
                    continue  # "to train alongside the Brunei forces"
                sides = Sides(self.sides.subject(verb) or self._topic_before(verb), self._taught(verb, around))
            rule = "cooperation-learning" if verbs == "learn_verb" else "cooperation-teaching"
            drilled = any(self.context.senses.has(i, "trained_force") for i in around)
            drilled = drilled or not any(self.context.senses.has(i, "trainee_noun") for i in around)
            yield from self.facts(verb, sides, ("training",) if drilled else ("education",), rule, modality)

    def _has_learners(self, verb: int) -> bool:
        """Whether somebody is taught: an object, or those for whom one teaches."""
        return any(a.role == "object" or a.relation == "for" for a in self.context.arguments(verb)) or is_passive(
            self.text.tokens[verb]
        )

    def _topic_before(self, verb: int) -> tuple[Entity, ...]:
        """«Франция, чьи базы …, продолжает готовить …»: the state in the nominative before the verb."""
        sentence = self.context.sentence(verb)
        before = self.context.mentions.within(range(sentence.first, verb), "state")
        named = [m for m in before if self.context.relation_of(m) == "subject"]
        return (named[0].entity,) if named and named[0].form == "name" else ()

    def _of_nouns(self, tokens: Iterable[int], sense: str) -> tuple[Entity, ...]:
        """The states of trainees or schools: «узбекских офицеров», «курсанты из Монголии», «вузах России»."""
        found: list[Entity] = []
        for index in tokens:
            if not self.context.senses.has(index, sense) or self.context.relation(index) == "with":
                continue  # "trained with Latvian soldiers" is no teaching
            for mention in self.context.actor_mentions(self.context.phrase(index)):
                actor = self.sides.parties.of(mention)
                near = mention.form in {"adjective", "demonym"} or self.context.relation_of(mention) in {"of", "from"}
                if actor is not None and near and self.text.tokens[mention.head].head == index:
                    listed = [self.sides.parties.of(m) for m in self.context.coordinated(mention)]
                    found += [a for a in listed if a is not None] if mention.form == "name" else [actor]
        return once(found)

    def _schools(self, around: list[int]) -> tuple[Entity, ...]:
        return self._of_nouns(around, "school_noun")

    def _taught(self, verb: int, around: list[int]) -> tuple[Entity, ...]:
        """«Готовим офицеров для Армении, Кыргызстана и Таджикистана», and who joined them later in the sentence."""
        named = [m for m in self.context.actor_mentions(around) if self.context.relation_of(m) == "for"]
        found = [e for m in named for n in self.context.coordinated(m) if (e := self.sides.parties.of(n)) is not None]
        if found:
            later = range(max(around) + 1, self.context.sentence(verb).last)
            joined = [i for i in later if self.context.senses.has(i, "join_verb")]
            for index in joined:
                found += [e for e in self.sides.subject(index) if e.kind == "state"]
        return once(found) or self._of_nouns(around, "trainee_noun") or self._army_there(verb)

    def _army_there(self, verb: int) -> tuple[Entity, ...]:
        """ "In Niger Russian instructors train the army": whose it is where the clause tells where."""
        taught = [a for a in self.context.arguments(verb) if a.role == "object"]
        if not any(self.context.senses.has(a.head, "body_AF") for a in taught):
            return ()
        if any(self.context.mentions.within(a.tokens, "state", "body") for a in taught):
            return ()
        there = [m for m in self.context.mentions.within(self.context.clause(verb), "state") if m.form == "name"]
        there = [m for m in there if self.context.relation_of(m) == "in"]
        return (there[0].entity,) if len(there) == 1 else ()

    def activities(self) -> Iterator[Cooperation]:
        """«Проводятся совместные мероприятия с представителями вооружённых сил России, Китая …»: in general."""
        for sense in self.context.senses.all("joint_activity"):
            noun = sense.last - 1
            token = self.text.tokens[noun]
            joint = any(self.context.senses.has(c, "joint_adjective") for c in self.text.children[noun])
            if token.number != "Plur" or not joint or token.head is None:
                continue
            verb = self.context.predicate(noun).index
            if not self.is_habitual(verb) or self.text.tokens[verb].pos != "VERB":
                continue
            around = self.around(noun)
            if any(m.form == "quoted" for m in self.context.mentions.within(around)):
                continue
            if self.context.dates_in(around) or self.context.modality(verb) != "held":
                continue
            company = once([*self.sides.company(around), *self._list_after_dash(noun)])
            own = [e for e in self.sides.subject(verb) if e.kind in {"state", "body", "organization"}]
            if not own and self.context.home is not None:
                own = [self.context.home]
            if company and is_military(self.context, around):
                named = domains(self.context, around) or ("training",)
                kept = tuple(d for d in named if d != "education") or ("training",)
                yield from self.facts(noun, Sides(tuple(own), company), kept, "cooperation-activities", "held")

    def _list_after_dash(self, noun: int) -> list[Entity]:
        """«… – России, Кыргызстана, Узбекистана и других»."""
        for index in range(noun, self.context.sentence(noun).last):
            if self.text.tokens[index].text in {"–", "—", "-", ":"}:
                listed = [
                    m for m in self.context.mentions.at(index + 1) if m.entity.kind == "state" and m.form == "name"
                ]
                return [m.entity for m in self.context.coordinated(listed[0])] if listed else []
        return []
