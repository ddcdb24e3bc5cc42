"""Whom each of the actors of a clause sends to a mission, and how many: the words of personnel that are its own."""

from collections.abc import Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Personnel
from loaders.reading.kinds.mission_actors import CONTRIBUTORS, ELSEWHERE
from loaders.reading.kinds.mission_personnel import headcount, kinds_of
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention


def personnel_of(
    context: Context, mention: EntityMention | None, tokens: tuple[int, ...], window: tuple[int, ...] = ()
) -> list[tuple[Personnel, int]]:
    """The kinds of personnel between two missions of a clause, or that the actor's words name, or the clause."""
    own = kinds_of(context, list(window))
    if own or _are_people(context, window):
        return own
    near = _noun_group(context, mention) if mention is not None else []
    found = kinds_of(context, near)
    if found:
        return found
    if mention is not None and (given := kinds_of(context, _following(context, mention, tokens))):
        return given
    others = [m for m in context.actor_mentions(tokens) if m is not mention and m.entity.kind in CONTRIBUTORS]
    others = [m for m in others if context.relation_of(m) not in ELSEWHERE]
    owned = {i for m in others for i in _noun_group(context, m)}
    return kinds_of(context, [i for i in tokens if i not in owned])


def _following(context: Context, mention: EntityMention, tokens: tuple[int, ...]) -> list[int]:
    """«Үндістан рота, ал Сербия медициналық топ жіберді»: in a head-final language, what stands between the actor
    and the next one."""
    if not context.relations.head_final:
        return []
    later = [m.first for m in context.actor_mentions(tokens) if m.first > mention.last]
    before = any(m.last < mention.first for m in context.actor_mentions(tokens))
    return list(range(mention.last, min(later, default=max(tokens)))) if later or before else []


def own_words(
    context: Context, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
) -> tuple[int, ...]:
    """«…, а военные наблюдатели – в Западной Сахаре»: the words of a clause from the mission before to this one."""
    if context.relations.head_final:
        return _own_words_after(context, tokens, reference, references)
    others = [r for r in references if r.head in tokens and r.head != reference.head]
    before = [r.last for r in others if r.last <= reference.first]
    after = [i for i in tokens if reference.last <= i < min((r.first for r in others), default=0)]
    if not before and not kinds_of(context, after) and not _counts(context, after):
        return ()
    return tuple(i for i in tokens if max(before, default=0) <= i < reference.first)


def headcount_of(
    context: Context,
    noun: int | None,
    tokens: tuple[int, ...],
    own: tuple[int, ...],
    references: list[MissionReference],
) -> int | None:
    """How many are sent to one mission of a clause.

    Arguments:
        noun: whom, if a word says so.
        tokens: the clause.
        own: the words of it that concern this mission alone (`own_words`).
        references: the missions that the text speaks of.
    """
    several = len({r.entity.iri for r in references if r.entity and r.head in tokens}) > 1
    if not several or noun in own:
        return headcount(context, noun)
    counts = _counts(context, own)  # "1,100 soldiers in UNIFIL and 300 in KFOR"
    return counts[0] if len(counts) == 1 else None  # "600 have served in Mali and Lebanon": not how many in each


def number_of(context: Context, mention: EntityMention, tokens: tuple[int, ...]) -> int | None:
    """The number of one actor among several of a clause: before what belongs to it («60 узбекских военных», «60 военных
    Узбекистана»), else behind it. A list of actors shares its number, which is then nobody's."""
    mentions = context.actor_mentions(tokens)
    before = max((m.last for m in mentions if m.last <= mention.first), default=min(tokens))
    behind = min((m.first for m in mentions if m.first >= mention.last), default=max(tokens) + 1)
    belongs = mention.form == "adjective" or context.relation_of(mention) == "of"
    if not belongs and len(context.coordinated(mention)) > 1:
        return None
    first, last = (before, mention.first) if belongs else (mention.last, behind)
    counts = _counts(context, [i for i in tokens if first <= i < last])
    return counts[0] if len(counts) == 1 else None


def _counts(context: Context, tokens: Sequence[int]) -> list[int]:
    numbers = context.numbers_in(tokens)
    return [int(n.value) for n in numbers if not n.year_like and not n.ordinal and n.unit_class is None]


def _own_words_after(
    context: Context, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
) -> tuple[int, ...]:
    """«MINURSO-ға бақылаушылар, UNIFIL-ге рота жіберілген»: from this mission to the next, who is sent between."""
    heads = sorted({r.head for r in references if r.head in tokens and not r.plural})
    if len(heads) < 2 or reference.head not in heads:
        return ()
    end = next((h for h in heads if h > reference.head), max(tokens) + 1)
    first = tuple(i for i in tokens if heads[0] <= i < heads[1])
    told = kinds_of(context, list(first)) or _are_people(context, first)
    return tuple(i for i in tokens if reference.last <= i < end) if told else ()


def _are_people(context: Context, words: tuple[int, ...]) -> bool:
    """«UNIFIL-де сегіз офицер»: where nouns stand last, people of no kind of their own stand between two missions."""
    return context.relations.head_final and any(context.senses.has(i, "counted_people") for i in words)


def _noun_group(context: Context, mention: EntityMention) -> list[int]:
    """The noun that an actor's name or adjective belongs to, with its own words and its list."""
    token = context.text.tokens[mention.head]
    found = [*range(mention.first, mention.last)]
    steps = 0
    while token.head is not None and steps < 3:
        above = context.text.tokens[token.head]
        if above.pos not in {"NOUN", "PROPN", "NUM"} or (steps and token.rel == "conj"):
            break
        listed = _of_others(context, above.index, mention)
        found += [i for i in context.phrase(above.index) if i not in listed and _near(context, i, mention)]
        token, steps = above, steps + 1
    return sorted(set(found))


def _of_others(context: Context, noun: int, mention: EntityMention) -> set[int]:
    """«батальон Монголии, наблюдатели Кыргызстана»: what stands beside a noun in a list, with its own actor."""
    text, found = context.text, set[int]()
    for child in text.children[noun]:
        if text.tokens[child].rel == "conj" and text.tokens[child].pos == "NOUN":
            below = set(text.subtree(child))
            actors = context.actor_mentions(below)
            if any(m.entity.state != mention.entity.state for m in actors) and mention.head not in below:
                found |= below
    return found


def _near(context: Context, index: int, mention: EntityMention) -> bool:
    others = context.mentions.at(index)
    return all(m.entity.state == mention.entity.state or m.entity.kind not in CONTRIBUTORS for m in others)
