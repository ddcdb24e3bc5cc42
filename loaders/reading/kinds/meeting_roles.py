"""Who has which part in an occasion: by the arguments of its words and of the verb beside it, and by what follows."""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.delegations import person_from
from loaders.reading.facts import Entity
from loaders.reading.kinds.meeting_parties import COMPANY, Parties, PartyFinder, with_company
from loaders.reading.kinds.meeting_triggers import NOUNS, VERBS, Trigger
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE
from loaders.reading.syntax import Argument
from loaders.reading.text import Sentence

OWNERS = frozenset({"of", "by"})
"""Relations of those whose occasion it is: «визит министра», "a visit by the minister"."""
HOUSES = frozenset({"MoD", "MFA", "GS", "GOV", "MIA", "PARL", "SEC"})
NOMINAL = frozenset({"NOUN", "PROPN"})
FOLLOWING_SENTENCES = 2


def names_otherwise(context: Context, trigger: Trigger) -> bool:
    """Whether the clause names the occasion by a noun or a plainer verb as well («прибыл с визитом»)."""
    plain = [*NOUNS, "meet_verb", "call_manner", "receive_guest_verb"]
    named = (i for i in context.clause(trigger.index) if context.senses.has(i, *plain))
    return any(not _is_only_topic(context, i) for i in named)


def _is_only_topic(context: Context, index: int) -> bool:
    """«обсудили подготовку к саммиту»: an occasion that is only spoken of."""
    children = context.text.children[index]
    return any(context.senses.has(c, "topic_preposition") and context.text.tokens[c].rel == "case" for c in children)


def _is_received(argument: Argument, trigger: Trigger) -> bool:
    """«принял военных атташе»: a word without cases, which the parser takes for anything."""
    return trigger.sense == "receive_guest_verb" and argument.relation in BARE and argument.role == "oblique"


class Roles:
    """Finds the parties of an occasion by their parts in it.

    Arguments:
        context: the text.
        people: finds persons and actors among tokens.
    """

    def __init__(self, context: Context, people: PartyFinder) -> None:
        self.context = context
        self.text = context.text
        self.people = people

    def own(self, trigger: Trigger) -> Parties:
        """The parties in the arguments of the word, and, of a noun, in those of the verb that it hangs on."""
        arguments = self.context.arguments(trigger.index)
        if trigger.sense == "call_on_verb":
            called_on = self.people.in_arguments([a for a in arguments if a.relation == "on"])
            hosts = called_on if called_on.persons else Parties()  # "called on Russia to withdraw"
            return self.people.in_arguments([a for a in arguments if a.role == "subject"]) + hosts
        if trigger.sense in VERBS and trigger.sense != "call_manner":
            # What is discussed is not with whom.
            roles = {"subject"} if trigger.sense == "discuss_verb" else {"subject", "object"}
            wanted = [a for a in arguments if a.role in roles or _is_received(a, trigger)]
            if not any(a.role == "subject" for a in wanted) and (above := self.verb(trigger)) is not None:
                wanted += self.subjects(above)  # «прилетел в Минск, где встретился с …»
            wanted += with_company(arguments)
            company = self._beside_topic(arguments) if trigger.sense == "discuss_verb" else Parties()
            return self.people.in_arguments(wanted) + company
        own = [a for a in arguments if a.relation in OWNERS | COMPANY]
        parties = self.people.in_arguments(own) + self.described(trigger) + self.possessor(trigger)
        verb = self.verb(trigger)
        if verb is not None:
            others = [a for a in self.context.arguments(verb) if trigger.index not in a.tokens]
            parties = self.people.in_arguments(self.subjects(verb, trigger) + with_company(others)) + parties
        return parties

    def called(self, trigger: Trigger) -> bool:
        """ "Called it a partnership of equals": whether a verb of calling has somebody for its object."""
        objects = [a.head for a in self.context.arguments(trigger.index) if a.role == "object"]
        return not objects or not all(self.context.senses.has(i, "it", "they") for i in objects)

    def speaker(self, trigger: Trigger) -> Parties:
        """«…», – сказал А на встрече с Б»: who says it there is the other side."""
        if self.context.relation(trigger.index) != "in":
            return Parties()
        for index in range(trigger.first - 1, self.context.sentence(trigger.index).first - 1, -1):
            if self.context.senses.has(index, "speech_verb"):
                return self.people.in_arguments(self.subjects(index, trigger))
            if self.text.tokens[index].feats.get("VerbForm") == "Fin":
                return Parties()
        return Parties()

    def housed(self, trigger: Trigger, parties: Parties) -> Parties:
        """«В Минобороны Казахстана прошла встреча с послом Италии»: the body in whose house others are met."""
        for mention in self.context.mentions.within(self.context.clause(trigger.index), "body"):
            inside = self.context.relation_of(mention) in {"in", "to"} and mention.entity.body in HOUSES
            if inside and mention.entity.state not in parties.sides:
                return Parties((), (self.people.stated(mention.entity, mention.head),))
        return Parties()

    def left_out(self, trigger: Trigger, parties: Parties) -> Parties:
        """«Министр президентпен кездесті. Содан соң әріптесімен келіссөз жүргізді»: where languages leave out who acts,
        who acts in the sentence before."""
        verb = trigger.index if trigger.sense in VERBS else self.verb(trigger)
        here = self.context.sentence(trigger.index)
        earlier = self.text.sentences[max(0, here.index - 1)]
        if verb is None or not self.context.relations.head_final or earlier.paragraph != here.paragraph:
            return Parties()
        if self.subjects(verb) or earlier is here or not with_company(self.context.arguments(verb)):
            return Parties()
        roots = [i for i in range(earlier.first, earlier.last) if self.text.tokens[i].rel == "root"]
        found = self.people.in_arguments([a for i in roots for a in self.subjects(i)])
        return found if len(found.sides) == 1 and not found.sides & parties.sides else Parties()

    def host(self, trigger: Trigger, parties: Parties, host: Entity | None) -> Parties:
        """«По итогам переговоров в Душанбе заявил министр обороны Казахстана»: with the state that is visited, if the
        text has just spoken of it."""
        if host is None or host.state in parties.sides:
            return Parties()
        here = self.context.sentence(trigger.index)
        begin = self.text.sentences[max(0, here.index - 1)].first
        named = self.context.mentions.within(range(begin, here.last), "state", "body")
        spoken_of = any(m.entity.state == host.state and not self.context.is_located(m) for m in named)
        return Parties((), (self.people.stated(host, trigger.index),)) if spoken_of else Parties()

    def _beside_topic(self, arguments: Sequence[Argument]) -> Parties:
        """ "Discussed cooperation with his counterpart": officials whom the parser hangs on what is discussed."""
        topics = [i for a in arguments if a.role == "object" for i in a.tokens]
        beside = [i for i in topics if self.context.relation(i) == "with" and self.text.tokens[i].pos in NOMINAL]
        return self.people.officials(j for i in beside for j in self.context.phrase(i))

    def described(self, trigger: Trigger) -> Parties:
        """«российско-узбекские переговоры»: two states in adjectives."""
        noun = trigger.index
        adjectives = [
            self.people.stated(m.entity, m.head)
            for child in self.text.children[noun]
            for m in self.context.mentions.at(child)
            if m.form == "adjective" and m.entity.kind == "state"
        ]
        return Parties((), tuple(adjectives)) if len(adjectives) > 1 else Parties()

    def possessor(self, trigger: Trigger) -> Parties:
        """«его переговоры»: the person named last."""
        noun = trigger.index
        before = [self.text.tokens[c] for c in self.text.children[noun]] + [self.text.tokens[max(0, trigger.first - 1)]]
        if not any(self.context.senses.has(t.index, "possessor_pronoun") and t.index < trigger.index for t in before):
            return Parties()
        earlier = [m for m in self.context.mentions.all if m.entity.kind == "person" and m.last <= trigger.index]
        return self.people.persons([earlier[-1].head]) if earlier else Parties()

    def subjects(self, verb: int, trigger: Trigger | None = None) -> list[Argument]:
        """The subjects of a verb, without the words of the occasion themselves."""
        return [
            a for a in self.context.arguments(verb)
            if a.role == "subject" and (trigger is None or trigger.index not in a.tokens)
        ]  # fmt: skip

    def visitors(self, trigger: Trigger) -> Parties:
        """Who visits: the subject of the visit, or the owner of the noun."""
        arguments = self.context.arguments(trigger.index)
        if trigger.sense in {"visit_verb", "travel_verb"}:
            return self.people.in_arguments([a for a in arguments if a.role == "subject"])
        own = [a for a in arguments if a.relation in OWNERS]
        parties = self.people.in_arguments(own) + self.possessor(trigger)
        if parties.actors:
            return Parties(parties.persons, parties.actors[:1]) if parties.persons else parties
        verb = self.verb(trigger)
        return self.people.in_arguments(self.subjects(verb, trigger)) if verb is not None else Parties()

    def comers(self, trigger: Trigger, *, following: int = FOLLOWING_SENTENCES) -> Iterator[tuple[Parties, int]]:
        """Of whom this and the next sentences say that they came to the occasion, with the tokens that say it."""
        sentence = self.context.sentence(trigger.index)
        for number in range(sentence.index, min(len(self.text.sentences), sentence.index + 1 + following)):
            each = self.text.sentences[number]
            if each.paragraph != sentence.paragraph:
                return
            for index in range(each.first, each.last):
                if index in self.context.clause(trigger.index) or self.is_elsewhere(index, trigger):
                    continue
                if self.context.senses.has(index, "come", "award"):
                    parties = self.people.in_arguments(self.subjects(index))
                    if parties.actors and self.context.modality(index) == "held":
                        yield parties, index

    def attenders(self, trigger: Trigger, parties: Parties) -> Parties:
        """«Үш елдің министрлері бас қосты. Жиынға А, Б және В қатысты»: in the sentence after, whom it names."""
        here = self.context.sentence(trigger.index)
        after = self.text.sentences[here.index + 1] if here.index + 1 < len(self.text.sentences) else here
        words = range(after.first, after.last)
        meant = any(self.context.senses.has(i, "part_of_occasion", "meeting_talks") for i in words)
        if after is here or after.paragraph != here.paragraph or parties.persons or not meant:
            return Parties()
        verbs = [i for i in words if self.text.tokens[i].pos == "VERB" and self.context.senses.has(i, "come")]
        found = self.people.persons(i for v in verbs for a in self.subjects(v) for i in a.tokens)
        several = len(found.persons) > 1 and found.sides <= parties.sides
        return Parties(found.persons) if several else Parties()

    def leaders(self, trigger: Trigger, parties: Parties) -> Parties:
        """«Делегации возглавили А и Б», in the sentence after: persons of the sides that are known."""
        number = self.context.sentence(trigger.index).index + 1
        if number >= len(self.text.sentences) or parties.persons:
            return Parties()
        after = self.text.sentences[number]
        tokens = range(after.first, after.last)
        leads = any(self.context.senses.has(i, "lead_delegation") for i in tokens)
        if not leads or not any(self.context.senses.has(i, "delegation") for i in tokens):
            return Parties()
        found = self.people.persons(tokens)
        return Parties(found.persons) if found.sides <= parties.sides else Parties()

    def other_delegation(self, trigger: Trigger, parties: Parties) -> Parties:
        """ "A led the U.S. delegation to talks in X. The Uzbek side was headed by B": the side named after."""
        here = self.context.sentence(trigger.index)
        after = self.text.sentences[min(here.index + 1, len(self.text.sentences) - 1)]
        if after is here or after.paragraph != here.paragraph:
            return Parties()
        for index in range(after.first, after.last):
            if not self.context.senses.has(index, "lead_delegation"):
                continue
            arguments = self.context.arguments(index)
            led = [a for a in arguments if a.relation in BARE and self.context.senses.has(a.head, "delegation")]
            leaders = [a for a in arguments if a.relation == "by" or (a.role == "subject" and a not in led)]
            found = self.people.in_arguments(led) + self.people.in_arguments(leaders)
            if led and len(found.sides) == 1 and not found.sides & parties.sides:
                return found
        return Parties()

    def chairs(self, trigger: Trigger) -> Parties:
        """«под председательством А»: who leads an occasion."""
        sentence = self.context.sentence(trigger.index)
        return self._chairs_in(sentence) + self._of_the_same(trigger, sentence)

    def _chairs_in(self, sentence: Sentence) -> Parties:
        led = [s for s in self.context.senses.all("led_by") if sentence.first <= s.first < sentence.last]
        found = [(s.last, m) for s in led if (m := person_from(self.context, s.last, sentence.last)) is not None]
        return self.people.among(i for begin, m in found for i in range(begin, self._last_chair(m)))

    def _of_the_same(self, trigger: Trigger, sentence: Sentence) -> Parties:
        """«Мероприятие состоялось под председательством А и при участии Б и В», in the sentence after."""
        after = self.text.sentences[min(sentence.index + 1, len(self.text.sentences) - 1)]
        words = range(after.first, after.last)
        same = any(
            self.text.tokens[i].rel.startswith("nsubj")
            and self.context.senses.has(i, "part_of_occasion", trigger.sense)
            for i in words
        )
        if after is sentence or after.paragraph != sentence.paragraph or not same:
            return Parties()
        joined = [i for i in words if self.context.senses.has(i, "participation")]
        persons = self.people.persons(range(joined[0], after.last)) if joined else Parties()
        return self._chairs_in(after) + persons

    def _last_chair(self, first: EntityMention) -> int:
        """«Под председательством министра А и его коллеги Б»: the end of the last name before a finite verb."""
        last = first.last
        for index in range(first.last, self.context.sentence(first.head).last):
            token = self.text.tokens[index]
            if token.feats.get("VerbForm") == "Fin" or token.text in {",", ";", ":"}:
                return last
            ends = [m.last for m in self.context.mentions.at(index) if m.entity.kind == "person"]
            last = max([last, *ends])
        return last

    def summoned(self, trigger: Trigger) -> Parties:
        """«саммит президентов А и Б», «заседание палат парламента»: of whom the words are."""
        arguments = self.context.arguments(trigger.index)
        return self.people.in_arguments([a for a in arguments if a.relation in OWNERS])

    def is_elsewhere(self, verb: int, trigger: Trigger) -> bool:
        """Whether a verb has a place or an occasion of its own, that is not this one («в учении участвовали»)."""
        nouns = [
            self.text.tokens[a.head] for a in self.context.arguments(verb)
            if a.relation in {"in", "on", "to"} and self.text.tokens[a.head].pos == "NOUN"
        ]  # fmt: skip
        own = (trigger.sense, "pronoun", "part_of_occasion", "capital_noun")  # «в столицу прибыли президенты …»
        return any(not self.context.senses.has(n.index, *own) for n in nouns) or self._points_elsewhere(verb, trigger)

    def _points_elsewhere(self, verb: int, trigger: Trigger) -> bool:
        """«Церемония закрытия учения прошла …, в нём участвовали …»: a pronoun of another gender than the occasion."""
        meant = self.text.tokens[trigger.index]
        pronouns = (self.text.tokens[a.head] for a in self.context.arguments(verb) if a.relation in {"in", "on", "to"})
        genders = {t.feats.get("Gender") for t in pronouns if t.pos == "PRON" and t.number == "Sing"} - {None}
        own = meant.feats.get("Gender")
        return bool(genders) and meant.number == "Sing" and own is not None and own not in genders | {"Masc", "Neut"}

    def verb(self, trigger: Trigger) -> int | None:
        """The verb that the words hang on."""
        at = self.text.tokens[trigger.index]
        for _ in range(4):
            if at.head is None:
                return None
            at = self.text.tokens[at.head]
            if at.pos in {"VERB", "AUX"}:
                return at.index
        return None
