"""To whom a text ascribes what it says: «по словам X», «X заявил, что …», «сообщили в Минобороны», «…», – сказал X.

One pass over the facts of all kinds: a fact is the statement of a speaker where every sentence that it rests on is
ascribed to that speaker. What a text tells of the speaker himself (his office, the meeting that he speaks at) is its
own statement, unless it stands in his words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Fact, Meeting, Mission, Position, Span, Stated
from loaders.reading.mentions import EntityMention
from loaders.reading.quotes import Quotation
from loaders.reading.text import Token

AnyFact = TypeVar("AnyFact", bound=Fact)

SPEAKERS = ("person", "body", "organization", "state")
"""The kinds of entities that state things, those that name the speaker most closely first."""

DASHES = frozenset({"–", "—", "-"})
MARKS = frozenset("«»“”„\"'")
PLACES = frozenset({"in", "on"})
WINDOW = 14
"""A speaker is named at most so many tokens after «по словам»."""


def ascribe(context: Context, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a text, each with the speaker to whom the text ascribes it, if it does."""
    speakers = Speakers(context)
    for fact in facts:
        yield speakers.ascribed(fact)


class Speakers:
    """The speakers of one text, by sentence.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._said: dict[int, Entity] = {}
        self._quoted: dict[int, Entity] = {}
        self._begins = {s.begin: s.index for s in context.text.sentences}
        last: Entity | None = None
        for sentence in context.text.sentences:
            speaker = self._of_sentence(range(sentence.first, sentence.last), last)
            if speaker is not None:
                self._said[sentence.index] = last = speaker
                if self._points_back(sentence.first):
                    self._said.setdefault(sentence.index - 1, speaker)
        for quotation in context.quotations:
            if not quotation.is_name:
                self._spread(quotation)
        self._known = self._said | self._quoted

    def ascribed(self, fact: AnyFact) -> AnyFact:
        """A fact with its speaker; the deployments of a mission each with theirs."""
        speaker = fact.stated_by or self._of_fact(fact)
        if isinstance(fact, Mission):
            fact = replace(fact, deployments=tuple(self.ascribed(each) for each in fact.deployments))
        return replace(fact, stated_by=speaker) if speaker is not None else fact

    def _of_fact(self, fact: Fact) -> Entity | None:
        """The one speaker of all sentences that a fact and its values rest on."""
        told = isinstance(fact, (Position, Meeting))
        known = self._quoted if told else self._known
        speakers = {known.get(self._begins.get(span.begin, -1)) for span in _passages(fact)}
        speaker = speakers.pop() if len(speakers) == 1 else None
        return None if isinstance(fact, Position) and fact.person == speaker else speaker

    # ------------------------------------------------------------------ sentences

    def _of_sentence(self, tokens: range, last: Entity | None) -> Entity | None:
        """To whom a sentence is ascribed by its own words."""
        senses = self._context.senses
        for sense in senses.among(tokens, "ascribe_phrase"):
            end = min(tokens.stop, sense.last + WINDOW)
            words = range(sense.last, self._comma(sense.last, end))
            named = self._named(words) or self._again(words, last)
            if named is not None:
                return named
        if senses.tokens_with(tokens, "ascribe_again"):
            return self._subject_before(self._context.text.tokens[tokens.start].sentence) or last
        for index in senses.tokens_with(tokens, "ascribe_verb", "ascribe_passive"):
            token = self._context.text.tokens[index]
            if self._states(token, tokens):
                speaker = self._subject(token, last)
                if speaker is not None:
                    return speaker
        return None

    def _again(self, words: Sequence[int], last: Entity | None) -> Entity | None:
        """«по словам генерала»: a rank without a name is that of the person who spoke last."""
        ranked = any(self._context.senses.has(i, "rank") for i in words)
        return last if ranked and last is not None and last.kind == "person" else None

    def _states(self, verb: Token, tokens: range) -> bool:
        """Whether a verb of saying vouches for something in its sentence or the one before."""
        context = self._context
        if verb.pos != "VERB" or verb.feats.get("VerbForm") not in {"Fin", None} or context.is_negated(verb.index):
            return False
        if context.speech(verb.index) is not None and context.text.tokens[tokens.start].text not in MARKS:
            return False
        if not context.senses.has(verb.index, "ascribe_verb_unsure"):
            return True
        below = (context.text.tokens[i] for i in context.text.children[verb.index])
        return verb.rel.startswith("parataxis") or any(t.rel == "ccomp" for t in below) or self._after_quote(verb)

    def _after_quote(self, verb: Token) -> bool:
        """«…, – отметил он»: a comma and a dash directly before."""
        before = self._context.text.tokens[max(0, verb.index - 2) : verb.index]
        return bool(before) and before[-1].text in DASHES

    def _comma(self, first: int, end: int) -> int:
        """Where the phrase after «по словам» ends: at its comma, unless an apposition follows it («главы МИД, …»)."""
        tokens = self._context.text.tokens
        return next((i for i in range(first, end) if tokens[i].text in {",", ";", ":", *DASHES}), end)

    def _subject(self, verb: Token, last: Entity | None) -> Entity | None:
        """Who says it: the subject; where there is none, the body in which it is said («сообщили в Минобороны»)."""
        context = self._context
        arguments = context.arguments(verb.index)
        passive = context.senses.has(verb.index, "ascribe_passive")
        for argument in arguments if not passive else ():
            if argument.role != "subject":
                continue
            named = self._named(argument.tokens, argument.head)
            if named is None and context.senses.has(argument.head, "person_pronoun"):
                return self._subject_before(verb.sentence) or last
            return named or self._again(argument.tokens, last)
        if not passive and (verb.number != "Plur" or any(a.role == "subject" for a in arguments)):
            return None
        for argument in arguments:
            named = self._named(argument.tokens, argument.head) if argument.relation in PLACES else None
            if named is not None:
                return named if named.kind in {"body", "organization"} or passive else None
        return None

    def _subject_before(self, sentence: int) -> Entity | None:
        """«X прибыл в Дели. Он отметил …»: the person that is the subject of the sentence before."""
        if sentence == 0:
            return None
        before = self._context.text.sentences[sentence - 1]
        persons = self._context.mentions.within(range(before.first, before.last), "person")
        subjects = [
            m for m in persons
            if any(self._context.text.tokens[i].rel.startswith("nsubj") for i in self._titled(m))
        ]  # fmt: skip
        return subjects[0].entity if len({m.entity for m in subjects}) == 1 else None

    def _titled(self, mention: EntityMention) -> tuple[int, ...]:
        """The head of a name, and the noun of the title that it stands beside."""
        token = self._context.text.tokens[mention.head]
        return (token.index, token.head) if token.head is not None and token.rel == "appos" else (token.index,)

    def _named(self, tokens: Sequence[int], head: int | None = None) -> Entity | None:
        """The speaker among the words of a phrase: a person; else a body, an organization, or the state itself."""
        mentions = self._context.mentions.within(tokens)
        for kind in SPEAKERS:
            found = [m for m in mentions if m.entity.kind == kind and self._speaks(m, head)]
            if found:
                return found[0].entity
        return None

    def _speaks(self, mention: EntityMention, head: int | None) -> bool:
        """Whether a mention can be the speaker; a state is one only where it is itself the subject."""
        if mention.entity.kind != "state":
            return True
        return mention.form == "name" and (head is None or mention.first <= head < mention.last)

    def _points_back(self, first: int) -> bool:
        """«Об этом сообщил …»: the sentence says of the one before who said it."""
        return first > 0 and any(s.name == "ascribe_back" and s.first == first for s in self._context.senses.at(first))

    # ------------------------------------------------------------------ quotations

    def _spread(self, quotation: Quotation) -> None:
        """A quotation of several sentences is all of the speaker whom the text names before or after it."""
        context = self._context
        sentences = sorted({context.text.tokens[i].sentence for i in range(quotation.first, quotation.last)})
        before, after = max(quotation.first - 1, 0), min(quotation.last + 1, len(context.text.tokens) - 1)
        beside = (*sentences, context.text.tokens[before].sentence, context.text.tokens[after].sentence)
        speaker = next((self._said[s] for s in (*reversed(sentences), *beside) if s in self._said), None)
        if speaker is None:
            return
        for sentence in sentences:
            whole = context.text.sentences[sentence]
            inside = whole.first >= quotation.first - 1 and whole.last <= quotation.last + 2
            self._said.setdefault(sentence, speaker)
            if inside or self._opens(quotation, whole.first):
                self._quoted[sentence] = speaker

    def _opens(self, quotation: Quotation, first: int) -> bool:
        """Whether a sentence begins with the quotation: what follows only names the speaker."""
        return quotation.first - 1 <= first < quotation.last


def _passages(fact: Fact) -> Iterator[Span]:
    """The words that a fact rests on, and those of its values."""
    yield from fact.evidence
    for each in fields(fact):
        value = getattr(fact, each.name)
        for stated in value if isinstance(value, tuple) else (value,):
            if isinstance(stated, Stated):
                yield from stated.evidence


__all__ = ["Speakers", "ascribe"]
