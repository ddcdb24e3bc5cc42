"""By which words a text speaks of exercises and competitions: names, bare nouns, editions, verbs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.editions import split_edition
from loaders.reading.facts import Entity, ExerciseKind
from loaders.reading.kinds.exercise_events import FOCUS_SENTENCES, NOUNS, Reference
from loaders.reading.kinds.exercise_years import edition_year
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Token

FOREIGN_NAME = re.compile(r"[A-Z][A-Za-z]+(?:[-–]\d+)?|(?:19|20)\d\d")
ENDS = frozenset({",", ".", ";", ":", ")", "(", "–", "—"})


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
    if mention.entity.kind not in {"exercise", "series"} or _is_award(context, mention):
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


def _is_award(context: Context, mention: EntityMention) -> bool:
    """ "The Order of the Polar Star"."""
    above = context.text.tokens[mention.head].head
    return above is not None and above < mention.first and context.senses.has(above, "award_noun")


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
