"""Who watches an exercise: «наблюдали офицеры из Таджикистана», "with observers from Mongolia"."""

from loaders.reading.kinds.exercise_attributes import Attributes, View
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument
from loaders.reading.title import is_office


class Observers:
    """Finds who watches in clauses that speak of an exercise."""

    def __init__(self, view: View) -> None:
        self.view, self.context, self.text = view, view.context, view.text

    def of(self, tokens: tuple[int, ...], found: Attributes) -> bool:
        """«наблюдали офицеры из Таджикистана», «наблюдатели из Монголии», «ограничилась ролью наблюдателя»."""
        senses = self.context.senses
        heads = [i for i in tokens if senses.has(i, "observe", "observer_noun", "as_observer")]
        heads = [i for i in heads if not senses.has(i, "military_observer") and not self._none(i)]
        if not heads:
            return False
        actors: list[EntityMention] = []
        officials: list[EntityMention] = []
        for head in heads:
            if senses.has(head, "observe") and self.text.tokens[head].pos == "VERB":
                verb = self._comes_to(head)
                own = [a for a in self.context.arguments(verb) if a.role in {"subject", "object"}]
                own = [a for a in own if a.head in self.text.children[verb]] or own
                own = [] if self.view.is_only_company(head) else self._invited(head) or own
                for argument in own:
                    looking_on = officials if self._is_office(argument) else actors
                    looking_on += self.view.mentions(argument.tokens)
            elif listed := self._named_before(head):
                actors += listed
            elif senses.has(head, "as_observer"):
                for argument in self.view.arguments(self.text.clauses[head], "subject", "object"):
                    actors += self.view.mentions(argument.tokens)
            else:
                actors += self.view.mentions(self.context.phrase(head)) or [
                    m
                    for argument in self.view.arguments(self.text.clauses[head], "subject")
                    if not self.text.tokens[head].rel.startswith("nsubj")  # «приглашены наблюдатели из 23 стран»
                    for m in self.view.mentions(argument.tokens)
                ]
        found.observers += [self.view.participant(m, "exercise-observer") for m in actors]
        found.watched_by += [self.view.participant(m, "exercise-observer") for m in officials]
        return bool(actors or officials)

    def _is_office(self, argument: Argument) -> bool:
        """«За ходом наблюдали министры обороны двух стран»: who holds an office may look on at troops of his own."""
        return any(is_office(sense) for sense in self.context.senses.at(argument.head))

    def _invited(self, verb: int) -> list[Argument]:
        """«Наблюдать пригласили Узбекистан», «приглашение наблюдать приняли Узбекистан и Монголия»: who is to watch."""
        token = self.text.tokens[verb]
        if token.feats.get("VerbForm") != "Inf" or token.head is None:
            return []
        above = self.text.tokens[token.head]
        if above.pos == "NOUN" and above.head is not None and self.context.senses.has(above.head, "host"):
            return [a for a in self.context.arguments(above.head) if a.role == "subject" and a.head != above.index]
        if self.context.senses.has(above.index, "invite_verb"):
            return [a for a in self.context.arguments(above.index) if a.role == "object"]
        return []

    def _named_before(self, head: int) -> list[EntityMention]:
        """ "Thirty states took part, including China and India as observers": the list directly before the words."""
        sense = next((s for s in self.context.senses.at(head) if s.name == "as_observer"), None)
        named = self.view.mentions(range(max(0, sense.first - 1), sense.first)) if sense is not None else []
        before = [m for m in named if m.last == sense.first and m.form == "name"] if sense is not None else []
        return self.context.coordinated(before[0]) if before else []

    def _none(self, observer: int) -> bool:
        """«бақылаушы жіберген жоқ»: the verb whose object or subject observers are is denied."""
        token = self.text.tokens[observer]
        core = token.rel.split(":")[0] in {"nsubj", "obj"} and token.head is not None
        return core and self.context.is_negated(token.head or 0)

    def _comes_to(self, verb: int) -> int:
        """«Посмотреть на манёвры приедут военные из …»: the verb of coming on which an infinitive hangs."""
        token = self.text.tokens[verb]
        infinitive = token.feats.get("VerbForm") == "Inf" and token.head is not None
        return (
            token.head
            if infinitive and token.head is not None and self.context.senses.has(token.head, "arrive")
            else verb
        )
