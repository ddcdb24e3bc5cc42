"""What the words around an occasion say of it: whether it is only a topic or an aside, and whether it took place."""

from loaders.reading.context import Context
from loaders.reading.facts import Modality
from loaders.reading.kinds.meeting_roles import Roles
from loaders.reading.kinds.meeting_triggers import VERBS, Trigger
from loaders.reading.syntax import is_passive


class OccasionWords:
    """Answers what the clause of a trigger says of its occasion.

    Arguments:
        context: the text.
        roles: who has which part in an occasion.
    """

    def __init__(self, context: Context, roles: Roles) -> None:
        self.context = context
        self.text = context.text
        self.roles = roles

    def is_background(self, trigger: Trigger) -> bool:
        """«В ходе переговоров договорились об учении с участием …»: what else the clause names has nothing to do with
        it."""
        around = (*self.text.children[trigger.index], trigger.first - 1)
        return any(i >= 0 and self.context.senses.has(i, "during") for i in around)

    def is_topic(self, trigger: Trigger) -> bool:
        """Whether an occasion is only spoken of («к переговорам», «о встрече»)."""
        verb = self.roles.verb(trigger) if trigger.kind in {"visit", "talks"} else None
        if verb is not None and self.context.senses.has(verb, "travel_verb"):
            return False  # "left for Ankara for an official visit", "travelled to Tashkent for talks with …"
        if verb is not None and (self._is_somewhere(verb) or self._leads(verb)):
            return False  # "was in Chisinau for talks with …"
        if self._is_invited_to(trigger):
            return True
        verb = self.roles.verb(trigger) if trigger.kind == "session" else None
        if verb is not None and self.context.senses.has(verb, "meet_verb", "come"):
            return False  # "gathered in Dushanbe for a regular session"
        return any(
            self.context.senses.has(c, "topic_preposition") and self.text.tokens[c].rel == "case"
            for c in self.text.children[trigger.index]
        )

    def _is_invited_to(self, trigger: Trigger) -> bool:
        """«Министрді форумға шақырды»: to what one is invited has not taken place yet."""
        verb = self.text.tokens[trigger.index].head
        nominal = trigger.sense not in VERBS and verb is not None and self.context.relation(trigger.index) == "to"
        return nominal and verb is not None and self.context.senses.has(verb, "invite_verb")

    def _leads(self, verb: int) -> bool:
        """ "Led the U.S. delegation to consultations in Tashkent"."""
        objects = (a.head for a in self.context.arguments(verb) if a.role == "object")
        leads = self.context.senses.has(verb, "lead_delegation")
        return leads and any(self.context.senses.has(i, "delegation") for i in objects)

    def _is_somewhere(self, verb: int) -> bool:
        """Whether a verb says no more than that somebody is in a place, or stays there."""
        return self.context.senses.has(verb, "stay_verb") and any(
            a.relation == "in" and self.context.places(a.tokens) for a in self.context.arguments(verb)
        )

    def is_aside(self, trigger: Trigger) -> bool:
        """«на полях форума», «в кулуарах саммита»: the gathering is only where one met."""
        begin = self.context.sentence(trigger.index).first
        if trigger.kind in {"conference", "session"}:
            begin = max(begin, min([trigger.index - 4, *self.context.phrase(trigger.index)]) - 1)
        return any(self.context.senses.has(i, "aside") for i in range(begin, trigger.index))

    def modality(self, trigger: Trigger) -> Modality:
        """Whether an occasion took place; one in the course of which something is told did, whatever is told."""
        prepositions = [
            c for c in self.text.children[trigger.index]
            if self.text.tokens[c].rel == "case" and self.context.senses.has(c, "occasion_preposition")
        ]  # fmt: skip
        if trigger.sense in {"discuss_verb", "call_manner"}:
            # What is discussed is open, that it is discussed is not.
            verb = self.roles.verb(trigger) if trigger.sense == "call_manner" else None
            token = self.text.tokens[trigger.index if verb is None else verb]
            said = self.context.modality(token.index)
            return "held" if said == "proposed" and token.feats.get("Tense") == "Past" else said
        outcome = trigger.first > 0 and self.context.senses.has(trigger.first - 1, "outcome")
        if trigger.sense in VERBS or not (prepositions or outcome):
            return self.context.modality(trigger.index)
        adjectives = [c for c in self.text.children[trigger.index] if self.text.tokens[c].pos == "ADJ"]
        verb = self.roles.verb(trigger)
        ahead = verb is not None and self.text.tokens[verb].feats.get("Tense") == "Fut"
        return "planned" if ahead or any(self.context.senses.has(c, "plan") for c in adjectives) else "held"

    def main_clause(self, trigger: Trigger) -> list[int]:
        """The sentence of the words, without what is only said to be in it."""
        sentence = self.context.sentence(trigger.index)
        said = {"ccomp", "csubj", "advcl"}
        return [i for i in range(sentence.first, sentence.last) if self.context.predicate(i).rel not in said]

    def is_held(self, trigger: Trigger) -> bool:
        """«провели переговоры»: a verb of holding beside the noun, however the sentence was parsed."""
        sentence = self.context.sentence(trigger.index)
        around = range(max(sentence.first, trigger.index - 7), min(sentence.last, trigger.last + 3))
        return any(self.context.senses.has(i, "hold", "occur") and self.text.tokens[i].pos == "VERB" for i in around)

    def speaks(self, trigger: Trigger) -> bool:
        """Whether the verb beside is one of speaking."""
        verb = self.roles.verb(trigger)
        return verb is not None and self.context.senses.has(verb, "speak_verb")

    def by_phone(self, trigger: Trigger) -> bool:
        """«Переговоры по телефону»."""
        beside = (*self.text.children[trigger.index], trigger.last)
        return any(self.context.senses.has(c, "by_phone", "call_manner") for c in beside)

    def is_passive(self, trigger: Trigger) -> bool:
        """Whether the words are a passive verb."""
        return is_passive(self.text.tokens[trigger.index])
