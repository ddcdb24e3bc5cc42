"""Which exercise or mission a number stands beside."""

from collections.abc import Iterable

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Exercise, Mission
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.mentions import EntityMention

EVENTS = frozenset({"series", "exercise"})
BACK_SENTENCES = 2


class Events:
    """The exercises and missions found in one text, as places at which numbers may stand.

    Arguments:
        context: the text, with its exercises and missions among its facts.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        exercises = [fact for fact in context.facts if isinstance(fact, Exercise)]
        self.names = {e.name for e in exercises if e.name}
        self.competitions = {e.name for e in exercises if e.name and e.kind == "competition"}
        begins = {s.begin: s.index for s in self.text.sentences}
        self._exercise_sentences = {begins.get(s.begin, -1) for e in exercises for s in e.evidence}
        told = (s for s in self.text.sentences if s.index in self._exercise_sentences)
        self._exercise_paragraphs = {s.paragraph for s in told}
        missions = [fact for fact in context.facts if isinstance(fact, Mission)]
        self._mission_sentences = {
            begins.get(s.begin, -1) for m in missions for each in (m, *m.deployments) for s in each.evidence
        }

    def exercise(self, count: Count, *, competition: bool = False) -> Entity | None:
        """The named exercise that the sentence speaks of by name, by a noun or by a pronoun."""
        names = self.competitions if competition else self.names
        sentence = self.context.sentence(count.index)
        here = self._named(range(sentence.first, count.index), names)
        if here:
            return _event(here[-1])
        later = self._named(range(count.index, sentence.last), names)
        if later and not self._punctuated(count, later[0]):
            return _event(later[0])
        return self._by_noun(count, names) or self._only(count, names)

    def is_beside_exercise(self, count: Count) -> bool:
        """Whether the paragraph tells of an exercise, named or not, or the sentence speaks of one told of elsewhere."""
        here = self.context.sentence(count.index)
        if here.paragraph in self._exercise_paragraphs:
            return True
        spoken_of = any(self.context.senses.has(i, "exercise_noun") for i in range(here.first, here.last))
        return spoken_of and bool(self._exercise_sentences)

    def mission(self, count: Count) -> Entity | None:
        """The mission that the sentence names."""
        sentence = self.context.sentence(count.index)
        named = self.context.mentions.within(range(sentence.first, sentence.last), "mission")
        return named[0].entity if named else None

    @property
    def has_mission(self) -> bool:
        """Whether the text tells of a mission."""
        return bool(self._mission_sentences)

    def is_of_mission(self, count: Count) -> bool:
        """Whether the sentence tells of a mission or of who serves in it."""
        return self.context.sentence(count.index).index in self._mission_sentences

    def _by_noun(self, count: Count, names: set[str]) -> Entity | None:
        """«в играх выступили …», «в нём заняты …»: the exercise spoken of before."""
        sentence = self.context.sentence(count.index)
        tokens = range(sentence.first, sentence.last)
        noun = next((i for i in tokens if self.context.senses.has(i, "exercise_noun", "competition_noun")), None)
        pronoun = next((i for i in tokens if self.context.senses.has(i, "pronoun") and self._is_in(i)), None)
        if noun is None and pronoun is None:
            return None
        if noun is not None:
            stem = self.text.tokens[noun].lemma[:3]
            whole = next((n for n in sorted(names) if any(w.lower().startswith(stem) for w in n.split())), None)
            if whole is not None:
                return Entity("exercise", whole)
        back = range(self.text.sentences[max(0, sentence.index - BACK_SENTENCES)].first, sentence.first)
        earlier = self._named(back, names)
        return _event(earlier[-1]) if earlier else None

    def _only(self, count: Count, names: set[str]) -> Entity | None:
        """«делегации прислали 60 государств»: the only exercise of the text, where somebody comes or takes part."""
        clause = self.context.clause(count.index)
        if len(names) != 1 or not any(self.context.senses.has(i, "participate", "arrive", "observe") for i in clause):
            return None
        return Entity("exercise", next(iter(names)))

    def _is_in(self, pronoun: int) -> bool:
        return self.context.relation(pronoun) in {"in", "to", "on", "for"}

    def _named(self, tokens: Iterable[int], names: set[str]) -> list[EntityMention]:
        return [m for m in self.context.mentions.within(tokens, *EVENTS) if m.entity.name in names]

    def _punctuated(self, count: Count, mention: EntityMention) -> bool:
        between = self.text.tokens[count.index : mention.first]
        return any(t.text in {";", ":", "."} for t in between)


def _event(mention: EntityMention) -> Entity:
    return Entity("exercise", mention.entity.name, year=mention.entity.year)
