"""Cooperation in what is done together, regularly or as agreed: «договорились вместе …», «о сборке беспилотников»."""

from collections.abc import Iterator

from loaders.reading.facts import Cooperation, Modality
from loaders.reading.kinds.cooperation_clauses import Clauses
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.kinds.cooperation_parties import Sides

SINGLE = (
    "exercise_noun", "competition_noun", "supply_noun", "receive_noun", "meeting_talks", "meeting_visit",
    "meeting_session", "meeting_conference",
)  # fmt: skip
"""What is agreed on and over once done."""


class Joint(Clauses):
    """What is done together in one text."""

    def joint(self) -> Iterator[Cooperation]:
        """«Обязались вместе заниматься …», «договорились, что совместные учения станут регулярными»."""
        for sense in self.context.senses.all("joint_adverb"):
            head = self.text.tokens[sense.first].head
            verb = head if head is not None and self.text.tokens[head].pos == "VERB" else self.text.clauses[sense.first]
            if self.text.tokens[verb].pos != "VERB":
                continue
            agreed = self.agreeing(verb)
            developed = self.context.senses.has(verb, "develop_verb")
            if agreed is None and not self.is_habitual(verb) and not developed:
                continue
            modality = agreed or self.context.modality(verb)
            if modality == "planned":
                continue
            if agreed is None and len(self.sides.subject(verb)) == 1 and not self.sides.company(self.around(verb)):
                continue  # with somebody who is not named
            if agreed is None and self._is_in_exercise(verb):
                continue
            yield from self._together(verb, self._content(verb), modality)
        for sense in self.context.senses.all("agree_verb"):
            verb = sense.first
            content = [i for i in self.text.subtree(verb) if i > verb]
            joint = [i for i in content if self.context.senses.has(i, "joint_adjective")]
            founded = [i for i in content if self.context.senses.has(i, "joint_body")]
            lasting = any(self.context.senses.has(i, "regular", "joint_adverb") for i in content)
            trained = any(self.context.senses.has(self.text.tokens[i].head or i, "teach_noun") for i in joint)
            if joint and (lasting or trained or any(self.text.tokens[i].head in founded for i in joint)):
                yield from self._together(verb, content, self.agreed(verb))
            else:
                yield from self._agreed_on(verb)

    def _is_in_exercise(self, verb: int) -> bool:
        """«Вместе с ними тренируются турецкие лётчики», where an exercise is told of: it is a part of that."""
        trains = self.context.senses.has(verb, "participate") and not self.context.senses.has(verb, "cooperate_verb")
        here = self.context.sentence(verb)
        first = self.text.sentences[max(0, here.index - 1)].first
        return trains and any(self.context.senses.has(i, "exercise_noun") for i in range(first, here.last))

    def _agreed_on(self, verb: int) -> Iterator[Cooperation]:
        """«Договорились о сборке беспилотников»: of what lasts, and not of one exercise, meeting or delivery."""
        agreement = [c for c in self.text.children[verb] if self.context.senses.has(c, "agree_verb", "agreement_noun")]
        topics = [a for i in (verb, *agreement) for a in self.context.arguments(i) if a.relation == "about"]
        content = [i for a in topics if a.head > verb for part in self._parts_of(a.head) for i in part]
        if content and is_military(self.context, content):
            yield from self._together(verb, content, self.agreed(verb))

    def _parts_of(self, head: int) -> Iterator[list[int]]:
        """«О подготовке моряков и проведении учения»: the members of a list that are not of what is done once."""
        listed = [c for c in self.text.children[head] if self.text.tokens[c].rel == "conj"]
        left_out = {i for c in listed for i in self.text.subtree(c)}
        for member in ([i for i in self.context.phrase(head) if i not in left_out], *map(self.context.phrase, listed)):
            if not any(self.context.senses.has(i, *SINGLE) for i in member):
                yield list(member)

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
