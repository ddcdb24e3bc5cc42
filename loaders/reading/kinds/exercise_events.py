"""Which exercises and competitions a text speaks of, and by which words: references, joined into events.

A name in quotation marks (or a known series) is a reference to the event of that name and edition; the bare noun
(«манёвры», «тренировка») is a reference to what was spoken of last, or to a joint exercise without a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.reading.context import Context
from loaders.reading.editions import split_edition
from loaders.reading.facts import Entity, ExerciseKind
from loaders.reading.kinds.exercise_years import edition_year
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Token, fold

FOREIGN_NAME = re.compile(r"[A-Z][A-Za-z]+(?:[-–]\d+)?|(?:19|20)\d\d")
NOUNS = ("exercise_noun", "competition_noun")
FOCUS_SENTENCES = 3
ENDS = frozenset({",", ".", ";", ":", ")", "(", "–", "—"})


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that speak of an exercise: the tokens from `first` up to, not including, `last`.

    Arguments:
        noun: the token of the noun, or of the name where there is no noun.
        name: the name in the nominative without the year, or None.
        year: the year that stands in the name.
    """

    first: int
    last: int
    noun: int
    name: str | None
    year: int | None
    kind: ExerciseKind
    series: Entity | None = None


@dataclass(slots=True)
class Event:
    """An exercise or competition, with the references to it. A working value of this package only."""

    name: str | None
    year: int | None
    kind: ExerciseKind
    series: Entity | None
    references: list[Reference] = field(default_factory=list)

    @property
    def key(self) -> str:
        """By what two references are to the same series of events."""
        return self.series.iri or "" if self.series else fold(self.name or "")


def references(context: Context) -> list[Reference]:
    """All references of a text, in their order."""
    named = _sharing_nouns(context, [r for m in context.mentions.all if (r := _named(context, m)) is not None])
    covered = {i for r in named for i in (*range(r.first, r.last), r.noun)}
    bare = [r for r in (*_bare(context), *_elliptic(context), *_verbal(context)) if r.noun not in covered]
    return sorted([*named, *bare], key=lambda r: r.first)


def _sharing_nouns(context: Context, named: list[Reference]) -> list[Reference]:
    """«в учениях ОДКБ «Взаимодействие», «Поиск» и «Эшелон»»: the noun before the first name is that of all."""
    found: list[Reference] = []
    for reference in named:
        before = found[-1] if found else None
        if before is not None and context.senses.has(before.noun, *NOUNS):
            between = context.text.tokens[before.last : max(reference.first, before.last)]
            own = context.senses.has(reference.noun, *NOUNS)
            if not own and len(between) <= 4 and all(_joins(context, token) for token in between):
                reference = replace(reference, noun=before.noun)
        found.append(reference)
    return found


def _joins(context: Context, token: Token) -> bool:
    return not token.text.isalnum() or context.senses.has(token.index, "list_sign")


def _named(context: Context, mention: EntityMention) -> Reference | None:
    if mention.entity.kind not in {"exercise", "series"}:
        return None
    noun = _noun_beside(context, mention)
    known = context.names.by_iri.get(mention.entity.iri or "")
    competition = context.senses.has(noun, "competition_noun") and not context.senses.has(noun, "exercise_noun")
    if known and "CompetitionSeries" in known.types:
        competition = True
    if mention.sense:
        competition = competition or mention.sense == "competition_noun"
    series = Entity("series", mention.entity.name, mention.entity.iri) if mention.entity.iri else None
    kind: ExerciseKind = "competition" if competition else "exercise"
    first = min(noun, mention.first)
    return Reference(first, mention.last, noun, mention.entity.name, edition_year(context, mention), kind, series)


def _noun_beside(context: Context, mention: EntityMention) -> int:
    """The noun that a name stands beside («совместное учение ОДКБ «Щит»»), or else the head of the name."""
    sentence = context.sentence(mention.first)
    linked = False
    for index in range(mention.first - 1, max(sentence.first, mention.first - 8) - 1, -1):
        if context.senses.has(index, *NOUNS) or (linked and context.senses.has(index, "exercise_anaphor")):
            return index  # also "this year's edition, named …"
        token = context.text.tokens[index]
        if context.senses.has(index, "name_link", "name_verb"):
            linked = True
            continue  # "the drill, codenamed …"
        if token.pos in {"VERB", "AUX"} or token.text in {".", ";", ":", ")"}:
            break
    return _noun_after(context, mention)


def _noun_after(context: Context, mention: EntityMention) -> int:
    """The noun directly after a name ("the Steppe Eagle exercise", «Дала қыраны» оқу-жаттығуы), or the name's head."""
    at, end = mention.last, context.sentence(mention.first).last
    while at < end and not context.text.tokens[at].text.isalnum() and at <= mention.last + 1:
        at += 1
    joined = at < end and context.text.tokens[at - 1].text not in ENDS
    senses = [s for s in context.senses.at(at) if s.name in NOUNS] if joined else []
    if senses:
        return context.head(max(senses, key=lambda s: s.last))  # «әскери [жаттығуы]»
    above = context.text.tokens[mention.head].head
    modified = above is not None and mention.last < above < end and context.senses.has(above, *NOUNS)
    if modified and above is not None:
        return above  # «X» бірлескен жаттығуы
    last = _noun_at_end(context, range(at, end)) if joined and context.relations.head_final else None
    return mention.head if last is None else last


def _noun_at_end(context: Context, words: range) -> int | None:
    """«X» ұжымдық күштердің бөлімшелерімен бірлескен жаттығу»: where nouns come last, the one that ends the phrase."""
    for index in words:
        token = context.text.tokens[index]
        senses = [s for s in context.senses.at(index) if s.name in NOUNS]
        if senses:
            return context.head(max(senses, key=lambda s: s.last))
        if token.pos in {"VERB", "AUX", "PUNCT", "CCONJ"} and not token.rel.startswith("acl"):
            break
    return None


def _bare(context: Context) -> Iterator[Reference]:
    """The noun without a name."""
    for sense in context.senses.all(*NOUNS):
        head = next(
            (i for i in range(sense.first, sense.last) if context.text.tokens[i].pos in {"NOUN", "PROPN"}), None
        )
        if head is None:
            continue
        kind: ExerciseKind = "exercise" if sense.name == "exercise_noun" else "competition"
        such = any(context.senses.has(c, "similar") for c in context.text.children[head])
        if such and context.modality(head) == "denied":
            continue  # «таких учений не планируется» says nothing of those spoken of before
        last, name = _unquoted_name(context, sense.last)
        year = None
        if name is None:
            name, year = _name_before(context, head)
        yield Reference(sense.first, last, head, name, year, kind)


def _elliptic(context: Context) -> Iterator[Reference]:
    """«Предыдущее проводилось в январе», "the next iteration": an edition soon after an exercise was spoken of."""
    for sense in context.senses.all("other_edition"):
        inside = range(sense.first, sense.last)  # "next year's edition": the noun that hangs on none of the others
        token = context.text.tokens[next((i for i in inside if context.text.tokens[i].head not in inside), inside[0])]
        verb = token.head
        if not token.rel.startswith("nsubj") or verb is None or not context.senses.has(verb, "occur", "hold", "plan"):
            continue
        here = context.sentence(sense.first)
        before = context.text.sentences[max(0, here.index - FOCUS_SENTENCES) : here.index]
        words = (i for s in before if s.paragraph == here.paragraph for i in range(s.first, s.last))
        if any(context.senses.has(i, "exercise_noun") for i in words):
            yield Reference(sense.first, sense.last, token.index, None, None, "exercise")


def _verbal(context: Context) -> Iterator[Reference]:
    """ "Warships from Chile and Peru are exercising off Australia": a verb that names the exercise, of whose clause no
    noun does."""
    for sense in context.senses.all("exercise_verb"):
        token = context.text.tokens[sense.first]
        acts = (
            token.pos == "VERB" and token.feats.get("Voice") != "Pass" and not token.rel.startswith(("amod", "xcomp"))
        )
        named = any(context.senses.has(i, *NOUNS) for i in context.clause(token.index))
        if acts and not named and any(a.role == "subject" for a in context.arguments(token.index)):
            yield Reference(sense.first, sense.last, token.index, None, None, "exercise")


def _unquoted_name(context: Context, at: int) -> tuple[int, str | None]:
    """«учения PASSEX», «учения Cobra Gold»: words in another script after the noun are its name."""
    last = at
    end = context.sentence(at - 1).last
    while last < end and FOREIGN_NAME.fullmatch(context.text.tokens[last].text) and not context.mentions.at(last):
        last += 1
    if not any(t.text[:1].isalpha() for t in context.text.tokens[at:last]) or context.language == "en":
        return at, None
    name, _ = split_edition(context.words(at, last))
    return last, name


def _name_before(context: Context, noun: int) -> tuple[str | None, int | None]:
    """«Cobra Gold жаттығуы», «Малабар жаттығуы»: where nouns stand last, the unknown name that hangs on the noun."""
    tokens = context.text.tokens
    last = noun
    while context.relations.head_final and last and tokens[last - 1].pos == "ADJ" and tokens[last - 1].head == noun:
        last -= 1
    first = last
    while first and context.relations.head_final and _is_in_name(context, first - 1, noun):
        first -= 1
    words = tokens[first:last]
    if not any(t.text[:1].isalpha() for t in words) or words[0].text.isdigit():
        return None, None
    return split_edition(context.words(first, last))


def _is_in_name(context: Context, index: int, noun: int) -> bool:
    token = context.text.tokens[index]
    if token.sentence != context.text.tokens[noun].sentence or context.mentions.at(index):
        return False
    above = token.head if token.rel != "flat:name" or token.head is None else context.text.tokens[token.head].head
    proper = token.pos == "PROPN" and (token.text[:1].isupper() or token.text.isdigit())
    plain = token.text.isdigit() or token.lemma == token.lower  # without an ending
    return proper and above == noun and plain


class Events:
    """The events of a text, built up reference by reference; `focus` are those spoken of last."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.all: list[Event] = []
        self.focus: list[Event] = []
        self.focus_sentence = -1

    def edition(self, reference: Reference, year: int | None) -> Event:
        """The event that a name means; a different year is a different edition."""
        event = Event(reference.name, year, reference.kind, reference.series)
        same = [e for e in self.all if e.name and (e.key == event.key or fold(e.name) == fold(event.name or ""))]
        fitting = [e for e in same if year is None or e.year in {None, year}]
        found = next((e for e in reversed(fitting) if e.year == year), None) or (fitting[-1] if fitting else None)
        if found is None:
            self.all.append(event)
            found = event
        found.year = found.year or year
        found.series = found.series or reference.series
        if reference.kind == "competition":
            found.kind = "competition"
        found.references.append(reference)
        self.attend(found, reference)
        return found

    def unnamed(self, reference: Reference) -> Event:
        """A new event without a name."""
        event = Event(None, None, reference.kind, None, [reference])
        self.all.append(event)
        self.attend(event, reference)
        return event

    def again(self, reference: Reference) -> list[Event]:
        """The events spoken of last, if that is not too long ago, now spoken of by a bare noun."""
        sentence = self.context.text.tokens[reference.noun].sentence
        if not self.focus or sentence - self.focus_sentence > FOCUS_SENTENCES:
            return []
        for event in self.focus:
            event.references.append(reference)
        self.focus_sentence = sentence
        return self.focus

    def attend(self, event: Event, reference: Reference) -> None:
        """Put an event into focus: beside those of the same sentence, in place of earlier ones."""
        sentence = self.context.text.tokens[reference.noun].sentence
        if sentence != self.focus_sentence:
            self.focus = []
        if event not in self.focus:
            self.focus.append(event)
        self.focus_sentence = sentence

    def forget(self, event: Event) -> None:
        """Take out an event that turned out to be another one."""
        self.all.remove(event)
        self.focus = [e for e in self.focus if e is not event]

    def names(self) -> dict[str, str]:
        """For each series, by its IRI, the longest of the names by which the text calls it."""
        found: dict[str, str] = {}
        for event in self.all:
            for reference in event.references:
                if event.series and reference.name and len(reference.name) > len(found.get(event.key, "")):
                    found[event.key] = reference.name
        return found

    def keep(self, sentence: int) -> None:
        """Keep the focus over a sentence that goes on with it without naming it (a row of a table)."""
        self.focus_sentence = sentence

    def focus_at(self, sentence: int) -> list[Event]:
        """The events in focus when a sentence without a reference is read."""
        return self.focus if 0 <= sentence - self.focus_sentence <= FOCUS_SENTENCES else []
