"""Interviews in question and answer: whose "we" and "you" are.

A text is one when several of its paragraphs begin with a dash and one after another asks and answers. What stands
before the first of them introduces who is asked, by an office («Военный атташе Турции в Киргизии»): the state that it
is of is "we" in the answers and "you" in the questions, the state to which it was sent is "you" in the answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.scene import Cover, Scene
from loaders.reading.text import Sentence, Token

DASHES = frozenset({"-", "–", "—"})
LEAST_TURNS = 4
LEAST_QUESTIONS = 2
PLACED = frozenset({"in", "at"})


@dataclass(frozen=True, slots=True)
class Interview:
    """Who speaks in a text of questions and answers.

    Arguments:
        asked: the state of the one who is asked.
        host: the state in which he serves, where the introduction names one.
        answers, questions: the paragraphs of either.
    """

    asked: Entity
    host: Entity | None
    answers: frozenset[int]
    questions: frozenset[int]


def find_interview(scene: Scene, found: Sequence[EntityMention]) -> Interview | None:
    """The interview that a text is, or None."""
    turns = _turns(scene.text.sentences, scene.text.tokens)
    questions = frozenset(p for p, ends_with in turns.items() if ends_with == "?")
    if len(turns) < LEAST_TURNS or len(questions) < LEAST_QUESTIONS:
        return None
    begin = min(turns)
    opening = [
        m for m in found
        if m.entity.state in scene.names.states and m.entity.kind in {"state", "body"}
        and scene.text.sentence_of(m.first).paragraph < begin
    ]  # fmt: skip
    own = [m for m in opening if m.form != "metonym" and scene.relations.of(m.head) not in PLACED]
    if not own:
        return None
    states = scene.names.states
    asked = states[own[0].entity.state or ""]
    hosts = [states[m.entity.state or ""] for m in opening if scene.relations.of(m.head) in PLACED]
    host = next((h for h in hosts if h != asked), None)
    return Interview(asked, host, frozenset(turns) - questions, questions)


def _turns(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> dict[int, str]:
    """The paragraphs that begin with a dash, each with the sign at its end."""
    turns: dict[int, str] = {}
    begun: set[int] = set()
    for sentence in sentences:
        if sentence.paragraph not in begun:
            begun.add(sentence.paragraph)
            if tokens[sentence.first].text in DASHES:
                turns[sentence.paragraph] = ""
        if sentence.paragraph in turns:
            turns[sentence.paragraph] = tokens[sentence.last - 1].text[-1:]
    return turns


def speakers(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The states that "we", "our", "you" and "your" mean in an interview."""
    interview = find_interview(scene, found)
    if interview is None:
        return
    cover = Cover(found)
    for token in scene.text.tokens:
        at = token.index
        paragraph = scene.text.sentence_of(token).paragraph
        if cover.takes(at, at + 1) or not scene.senses.has(at, "speakers", "ours", "addressed"):
            continue
        if scene.senses.has(at, "reflexive"):
            continue
        addressed = scene.senses.has(at, "addressed")
        if paragraph in interview.answers:
            meant = interview.host if addressed else interview.asked
        elif paragraph in interview.questions:
            meant = interview.asked if addressed else interview.host
        else:
            meant = None
        if meant is not None:
            yield from _meant(scene, meant, token)


def _meant(scene: Scene, state: Entity, token: Token) -> Iterator[EntityMention]:
    """A pronoun stands for the state itself; before a noun it says whose that is."""
    at, noun = token.index, token.head
    if token.pos == "PRON" and not token.rel.startswith("det"):
        yield scene.mention(state, at, at + 1, "name")
    elif token.pos in {"DET", "PRON", "ADJ"} and noun is not None and at < noun:
        if scene.text.tokens[noun].number == "Sing" and scene.senses.has(noun, "state_anaphor"):
            yield scene.mention(state, at, noun + 1, "name", head=noun)
        else:
            yield scene.mention(state, at, at + 1, "adjective")


__all__ = ["Interview", "find_interview", "speakers"]
