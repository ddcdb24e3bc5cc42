"""Who takes part in an exercise and who watches it, by the verbs and nouns of a clause.

Each function looks for one construction and is named in the rule that it gives to what it finds.
"""

from collections.abc import Iterable
from functools import cached_property

from loaders.reading.facts import Entity, Stated
from loaders.reading.kinds.agreement_gaps import Gap, find_gaps
from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, UNREAL, Attributes, View
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.person_pronouns import antecedent
from loaders.reading.relations import BARE
from loaders.reading.syntax import Argument
from loaders.reading.title import is_office

COMPANY = frozenset({"with", "from", "on_behalf", "besides", "including"})
ARRIVED = frozenset({"to", "in", "for"})
"""Where one arrives: "flew to Izmir", "arrived in Izmir", "left for Izmir"."""
LIST_REACH = 10
"""How many words behind "participants" a colon may stand that opens their list."""
ACTING = BARE | {"with", "from", "on_behalf"}

_MAKES_PARTICIPANTS = ("participate", "participation", "participant_noun", "arrive", "hold", "host", "host_noun")


class Actors:
    """Finds the actors in clauses that speak of an exercise."""

    def __init__(self, view: View) -> None:
        self.view, self.context, self.text = view, view.context, view.text

    def _watches(self, verb: int) -> bool:
        """Whether those who come only come to look on."""
        below = (i for i in self.text.children[verb] if self.text.tokens[i].rel not in {"parataxis", "conj"})
        return any(self.context.senses.has(i, "observe") for i in below)

    def with_whom(self, tokens: tuple[int, ...], references: list[Reference], found: Attributes) -> None:
        """«с Индией проводится «КАЗИНД»», «совместное учение с Турцией»: the other side is whom the text is about."""
        if not references or found.participants:
            return
        if any(self.text.tokens[i].pos == "VERB" and self.context.modality(i) in UNREAL for i in tokens):
            return
        partners = [
            m
            for m in self.view.mentions(tokens)
            if (m.entity.kind in PARTICIPANTS or m.form == "metonym")
            and self.context.relation_of(m) == "with"
            and not self.view.names_place(m)
        ]
        states = {m.entity.state for m in partners}
        other = self.context.topic(partners[0].first, states) if partners else None
        found.joint = found.joint or bool(partners)
        found.participants += [self.view.participant(m, "exercise-with") for m in partners]
        if other is not None:
            found.participants.append(self.view.stated(other, "exercise-with-topic", partners[0].head))

    def participants(
        self, tokens: tuple[int, ...], references: list[Reference], found: Attributes, *, carried: bool
    ) -> None:
        """Add whom the verbs and nouns of a clause make participants."""
        senses = self.context.senses
        nouns = {r.noun for r in references}
        for index in tokens:
            if not senses.has(index, *_MAKES_PARTICIPANTS):
                continue
            if carried and senses.has(index, "act_verb") and not self._points(tokens):
                continue  # «Китай действует тише»: whoever acts does not act in an exercise
            if senses.has(index, "participate") and self.text.tokens[index].pos in {"VERB", "ADJ", "AUX", ""}:
                self._by_verb(index, "exercise-participates", found, to=senses.has(index, "arrive"))
            elif senses.has(index, "participation") and (
                self.text.tokens[index].pos == "NOUN" or not senses.has(index, "participate")
            ):
                self._by_noun(index, found)
            elif senses.has(index, "participant_noun") and (references or carried):
                self._listed(index, found)
            elif senses.has(index, "arrive") and self.text.tokens[index].pos == "VERB" and not self._watches(index):
                self._by_verb(index, "exercise-arrives", found, to=True)
            elif senses.has(index, "hold") and not carried and self.text.tokens[index].pos in {"VERB", "ADJ"}:
                self._by_holding(index, nouns, found)
                if senses.has(index, "host"):
                    self._by_hosting(index, found)
            elif senses.has(index, "host_noun"):
                self._by_hosting(self.text.clauses[index], found)
            elif senses.has(index, "host") and self.text.tokens[index].pos in {"VERB", "ADJ"}:
                self._by_hosting(index, found)

    def _points(self, tokens: tuple[int, ...]) -> bool:
        """Whether a clause speaks of troops, or of what was spoken of before."""
        return any(self.context.senses.has(i, "force", "person_noun", "exercise_pointer", "side") for i in tokens)

    def _by_verb(self, verb: int, rule: str, found: Attributes, *, to: bool = False) -> None:
        """«участвуют военнослужащие X и Y», «прибыли подразделения из X», «вместе с X действовали Y и Z»."""
        unreal = self.context.modality(verb) in UNREAL
        actors: list[EntityMention] = []
        arguments = self.context.arguments(verb)
        if self._is_of_ceremony(arguments):
            return
        for argument in arguments:
            mentions = self._actors_of(argument)
            if argument.role in {"subject", "object"} or argument.relation in COMPANY:
                actors += mentions
            elif argument.role == "oblique" and to and argument.relation in ARRIVED:
                found.locations += [
                    self.view.stated(self.context.place(m), "exercise-arrives-at", m.head)
                    for m in self.context.places(argument.tokens)
                    if (self.context.relation_of(m) in ARRIVED and self._is_named_place(m))
                    or self._names_goal(m, argument)
                ]
        actors += [*self._sharing(verb), *self.view.included(verb)]
        target = found.absent if unreal else found.participants
        target += [self.view.participant(m, rule) for m in actors]
        target += self._ours(verb, rule) or self._spoken_of(verb, rule)

    def _is_named_place(self, mention: EntityMention) -> bool:
        """ "Arrived in Zhanjiang", "left for Tarbes, France": a town, or the state that one goes to."""
        if mention.form == "metonym" or mention.entity.kind == "place":
            return True
        return self.context.relation_of(mention) in {"to", "for"}

    def _names_goal(self, mention: EntityMention, argument: Argument) -> bool:
        """«Прибыл в индонезийский порт Сурабая»: the name of the noun of place to which one arrives."""
        token = self.text.tokens[mention.head]
        return token.rel == "appos" and token.head == argument.head and mention.entity.kind == "place"

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        return (*find_gaps(self.context, "arrive"), *find_gaps(self.context, "participate"))

    def _sharing(self, verb: int) -> list[EntityMention]:
        """«Казахстан направил 300 военных, Кыргызстан – 120»: who shares the verb that is left out."""
        counted = [g for g in self._gaps if g.verb == verb and self.context.numbers_in(list(g.right))]
        return [
            m for g in counted for m in self.view.mentions(g.left)
            if m.entity.kind in PARTICIPANTS and self.context.relation_of(m) in {"subject", "from"}
        ]  # fmt: skip

    def _actors_of(self, argument: Argument) -> list[EntityMention]:
        return [
            m
            for m in self.view.mentions(argument.tokens)
            if (m.entity.kind in PARTICIPANTS or m.form == "metonym")
            and self.context.relation_of(m) in BARE | COMPANY
            and not self.view.names_place(m)
            and not self.view.hosts(m)
        ]

    def _is_of_ceremony(self, arguments: Iterable[Argument]) -> bool:
        """ "General X attended the closing ceremony of African Lion": a guest, unlike troops, takes no part yet."""
        at_ceremony = any(
            (a.role == "object" or a.relation == "in") and self.context.senses.has(a.head, "meeting_ceremony")
            for a in arguments
        )
        subjects = [i for a in arguments if a.role == "subject" for i in a.tokens]
        return at_ceremony and len(self.context.mentions.within(subjects, "person")) == 1

    def _ours(self, verb: int, rule: str) -> list[Stated[Entity]]:
        """«наши военнослужащие участвуют»: the state that the text is about."""
        home = self.context.home
        for argument in self.view.arguments(verb, "subject"):
            if home and any(self.context.senses.has(i, "ours") for i in argument.tokens):
                return [self.view.stated(home, rule, verb)]
        return []

    def _spoken_of(self, verb: int, rule: str) -> list[Stated[Entity]]:
        """«Қырғызстан – ҰҚШҰ мүшесі. Ол жаттығуға сарбаз жіберді»: the only state that acts in the sentence before."""
        subjects = [a.head for a in self.view.arguments(verb, "subject")]
        pronouns = [i for i in subjects if self.text.tokens[i].pos == "PRON" and self.text.tokens[i].number == "Sing"]
        pronouns = [i for i in pronouns if self.context.senses.has(i, "person_pronoun")]
        here = self.context.sentence(verb)
        before = self.text.sentences[max(0, here.index - 1)]
        if not pronouns or before is here or before.paragraph != here.paragraph:
            return []
        if antecedent(self.context, pronouns[0]) is not None:
            return []
        named = self.context.mentions.within(range(before.first, before.last), "state")
        acting = {m.entity for m in named if m.form == "name" and self.context.relation_of(m) == "subject"}
        return [self.view.stated(acting.pop(), rule, verb)] if len(acting) == 1 else []

    def _by_noun(self, noun: int, found: Attributes) -> None:
        """«с участием военнослужащих X и Y», «участие X в учениях»."""
        # «обсудили учения, которые пройдут с участием …»: with whom they are, whatever is said of them.
        unreal = self.context.relation(noun) != "with" and self.context.modality(noun) in UNREAL
        for mention in self.view.mentions(self.context.phrase(self._nominal(noun))):
            acts = self.context.relation_of(mention) in ACTING
            if acts and (mention.entity.kind in PARTICIPANTS or mention.form == "metonym"):
                target = found.absent if unreal else found.participants
                target.append(self.view.participant(mention, "exercise-participation"))

    def _nominal(self, noun: int) -> int:
        """Of "with the participation of Kenya", which is a preposition of several words, what that stands before."""
        first = self.text.tokens[noun].head if self.text.tokens[noun].rel == "fixed" else None
        above = self.text.tokens[first].head if first is not None else None
        return noun if above is None else above

    def _listed(self, noun: int, found: Attributes) -> None:
        """«Участники: X, Y и Z», «среди участников – X и Y»."""
        if self.context.relation(noun) == "among":
            subjects = self.view.arguments(self.context.predicate(noun).index, "subject")
            acting = [m for a in subjects if noun not in a.tokens for m in self.view.mentions(a.tokens)]
            acting = [m for m in acting if m.entity.kind in PARTICIPANTS]
            found.participants += [self.view.participant(m, "exercise-among-participants") for m in acting]
            return
        following = noun + 1
        behind = range(noun + 1, min(noun + LIST_REACH, self.context.sentence(noun).last))
        colon = next((i for i in behind if self.text.tokens[i].text == ":"), None)
        if colon is not None and not any(self.text.tokens[i].pos in {"VERB", "AUX"} for i in range(noun, colon)):
            following = colon  # "full participants in Cobra Gold 26: Thailand, …"
        if following < len(self.text.tokens) and self.text.tokens[following].text in {":", "–", "—"}:
            rest = range(following + 1, self.context.sentence(noun).last)
            actors = [m for m in self.view.mentions(rest) if m.entity.kind in PARTICIPANTS]
            found.participants += [self.view.participant(m, "exercise-participants-listed") for m in actors]

    def _by_holding(self, verb: int, nouns: set[int], found: Attributes) -> None:
        """«X провёл с Y совместное учение», «армии двух стран проводят тренировки»; an organization is a framework."""
        arguments = self.context.arguments(verb)
        core = (a for a in arguments if a.role in {"object", "subject"} or a.relation == "to")  # «приступили к этапу …»
        if not any(a.head in nouns or set(a.tokens) & nouns for a in core):
            return
        if self.context.senses.has(verb, "ceremonial_verb") and any(self._is_official(a) for a in arguments):
            return  # "The ambassador opened Noble Partner"
        actors: list[EntityMention] = []
        # «Учения «Щит» проводят армии …»: the parser takes the first of two nouns of one form for the subject.
        turned = any(a.role == "subject" and set(a.tokens) & nouns for a in arguments)
        for argument in arguments:
            with_whom = argument.role == "oblique" and argument.relation in COMPANY
            acts = argument.role == "subject" or (turned and argument.role == "object")
            if (acts and not set(argument.tokens) & nouns) or with_whom:
                mentions = self.view.mentions(argument.tokens)
                actors += [m for m in mentions if m.entity.kind in PARTICIPANTS or m.form == "metonym"]
                found.frameworks += [
                    self.view.stated(m.entity, "exercise-held-by", m.head)
                    for m in mentions
                    if m.entity.kind == "organization"
                ]
        states = {m.entity.state for m in actors}
        home = self.context.home
        if not actors and home and found.joint and self.context.speech(verb) and not self.context.is_negated(verb):
            found.participants.append(self.view.stated(home, "exercise-speaker-holds", verb))
        if self.context.modality(verb) not in UNREAL and (len(states) > 1 or (actors and found.joint)):
            found.participants += [self.view.participant(m, "exercise-holds") for m in actors]
        elif len(states) == 1:
            found.national = True

    def _is_official(self, argument: Argument) -> bool:
        return argument.role == "subject" and any(is_office(s) for s in self.context.senses.at(argument.head))

    def _by_hosting(self, verb: int, found: Attributes) -> None:
        """«игры, которые принимала республика»: the host is where it is; hosts of one exercise act in it together."""
        if self.context.modality(verb) in UNREAL:
            return
        hosts = [m for a in self.view.arguments(verb, "subject") for m in self.view.mentions(a.tokens)]
        actors = [(actor, m) for m in hosts if (actor := self.context.mentions.actor(m)) is not None]
        if len({actor.state for actor, _ in actors}) > 1:
            found.participants += [self.view.participant(m, "exercise-holds") for _, m in actors]
            return
        for actor, mention in actors:
            if actor.kind == "state":
                found.locations.append(self.view.stated(actor, "exercise-host", mention.head))
        for argument in self.view.arguments(verb, "subject"):
            places = (m for m in self.context.mentions.within([argument.head], "place") if m.form != "metonym")
            found.locations += [self.view.stated(m.entity, "exercise-host", m.head) for m in places]

    def shared(self, tokens: tuple[int, ...], references: list[Reference], first: int) -> Attributes:
        """Whom the words before the first name of a clause make participants of all that it names."""
        self.view.scope = frozenset(i for i in tokens if i < first)
        found = Attributes(joint=any(self.context.senses.has(i, "joint") for i in tokens))
        self.participants(tokens, references, found, carried=False)
        self.view.scope = None
        return found

    def _is_bracketed(self, mention: EntityMention) -> bool:
        """«Буран» (Китай): where it is held."""
        around = self.text.tokens[mention.first - 1 : mention.first], self.text.tokens[mention.last : mention.last + 1]
        return [t.text for side in around for t in side] == ["(", ")"]

    def elliptic(self, tokens: tuple[int, ...], verbs: tuple[int, ...]) -> Attributes:
        """«…, в «Кобальте» – спецназ Казахстана и Армении»: the verb of the first part holds for the further ones."""
        found = Attributes()
        active = any(self.context.senses.has(i, "participate", "arrive", "hold") for i in verbs)
        for mention in self.view.mentions(tokens) if active else []:
            fits = mention.entity.kind in PARTICIPANTS and self.context.relation_of(mention) in ACTING
            if fits and not self.view.names_place(mention) and not self._is_bracketed(mention):
                found.participants.append(self.view.participant(mention, "exercise-elliptic"))
        return found
