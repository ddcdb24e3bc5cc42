"""Names of exercises and competitions that stand without quotation marks, as English writes them.

A proper name is one of these where the noun beside it says so ("exercise Noble Partner", "the Security Belt drill",
"Sahand-2025, a counter-terrorism exercise"), where the gazetteer knows the series, where it ends in a year and an
exercise is spoken of, or where the same name is one elsewhere in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.reading.editions import split_edition
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.scene import Cover, Scene
from loaders.reading.text import fold

NOUNS = ("exercise_noun", "competition_noun")
TRANSPARENT = frozenset({"state", "place", "organization"})
"""What a name of an exercise may hold: "Regional Cooperation", "Africa Endeavor"."""
OTHER_OCCASIONS = ("meeting_", "office_", "body_", "agreement_")
STEPS_TO_VERB = 4
"""From a name to the verb that it belongs to: "trained with troops of states in Flintlock"."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A proper name that may be one of an event: its tokens, and name and edition."""

    first: int
    last: int
    name: str
    year: int | None


def event_names(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The names of exercises and competitions outside quotation marks."""
    known = [m for m in found if m.entity.kind in {"series", "exercise"}]
    names = list(_candidates(scene, found))
    sure = [n for n in names if _is_event(scene, n)]
    said = {fold(n.name) for n in sure} | {fold(m.entity.name) for m in known}
    for each in names:
        if each in sure or fold(each.name) in said:
            yield _mention(scene, each)


def _candidates(scene: Scene, found: Sequence[EntityMention]) -> Iterator[_Name]:
    firm = Cover(m for m in found if not (m.form == "name" and m.entity.kind in TRANSPARENT and m.last - m.first == 1))
    for span in (n.span for n in scene.text.names if n.sort == "EVENT"):
        tokens = scene.tokens_in(span)
        if not tokens or firm.takes(tokens[0].index, tokens[-1].index + 1):
            continue
        name, year = split_edition(span.of(scene.text.text))
        alone = [m for m in found if m.first == tokens[0].index and m.last == tokens[-1].index + 1]
        if name and not alone:
            yield _Name(tokens[0].index, tokens[-1].index + 1, name, year)


def _is_event(scene: Scene, name: _Name) -> bool:
    """Whether the words around a name say that it is one of an exercise or a competition."""
    if name.last < len(scene.text.tokens) and _is_owner(scene, name):
        return False
    if scene.names.series(name.name) is not None and (name.year or name.last - name.first > 1):
        return True
    if _noun_beside(scene, name) or _is_held(scene, name) or _is_gone_to(scene, name):
        return True
    return name.year is not None and _is_spoken_of(scene, name)


def _is_owner(scene: Scene, name: _Name) -> bool:
    """ "U.S. Africa Command's largest exercise": whoever has an exercise is none."""
    mark = scene.text.tokens[name.last]
    return mark.rel == "case" and mark.head is not None and name.first <= mark.head < name.last


def _noun_beside(scene: Scene, name: _Name) -> bool:
    """A noun of exercises before or after the name, or in apposition to it."""
    tokens, has = scene.text.tokens, scene.senses.has
    sentence = scene.text.sentence_of(name.first)
    if name.last < sentence.last and has(name.last, *NOUNS):
        return True
    if name.first > sentence.first and has(name.first - 1, *NOUNS):
        return True
    before = name.first - 1
    while before > sentence.first and has(before, "naming", "name_link"):
        before -= 1 + (before > sentence.first + 1 and tokens[before - 1].text == ",")
        if has(before, "exercise_anaphor", *NOUNS):  # "this year's edition, named …"
            return True
    head = scene.head(name.first, name.last)
    above = tokens[head].head
    if above is not None and tokens[head].rel in {"appos", "compound", "flat"} and has(above, *NOUNS):
        return True
    return any(tokens[i].rel == "appos" and has(i, *NOUNS) for i in scene.text.children[head])


def _is_held(scene: Scene, name: _Name) -> bool:
    """ "took part in Fire Shield, held at Bulboaca": a name beside which it is said that it was held, or joined."""
    tokens, has = scene.text.tokens, scene.senses.has
    vague = name.last - name.first < 2 and name.year is None
    if vague or any(
        has(i, "other_event", "arms_noun") and not _is_where(scene, name, i) for i in range(name.first, name.last)
    ):
        return False
    if name.first and has(name.first - 1, "force", "military_unit"):
        return False  # "aboard the frigate Ville de Québec"
    head = scene.head(name.first, name.last)
    below = [i for i in scene.text.children[head] if tokens[i].rel.startswith("acl")]
    if any(has(i, "hold", "host") for i in below):
        return True
    above = tokens[head].head
    if name.year is not None and _is_held_with_forces(scene, name, head):
        return True
    joined = above is not None and has(above, "participate", "participation") and scene.relations.of(head) == "in"
    return joined and any(has(i, "force") for i in range(*_bounds(scene, name)))


def _is_where(scene: Scene, name: _Name, index: int) -> bool:
    """ "Gulf Shield", "Desert Falcon": a word of a landscape before the last, by which exercises are called as well."""
    landscape = scene.senses.has(index, "water_noun", "high_noun") and not scene.senses.has(index, "arms_noun")
    return landscape and any(scene.text.tokens[i].text.isalpha() for i in range(index + 1, name.last))


def _is_gone_to(scene: Scene, name: _Name) -> bool:
    """ "flew to Camp Grayling for Northern Strike", "trained with Ghanaian troops in Flintlock": what forces go to, or
    train in. One word alone must be a series of the gazetteer."""
    tokens, has = scene.text.tokens, scene.senses.has
    known = scene.names.series(name.name) is not None
    vague = name.last - name.first < 2 and not name.year
    if not known and (vague or any(_is_other(scene, i) for i in range(name.first, name.last))):
        return False
    head = scene.head(name.first, name.last)
    dated = name.year is not None and scene.relations.of(head) == "during"  # "flew together during Bushido Guardian 23"
    if not dated and not any(has(i, "force") for i in range(*_bounds(scene, name))):
        return False
    relation, verb = scene.relations.of(head), _verb_above(scene, head)
    if verb is None or relation not in {"for", "in", "during"} or tokens[head].rel == "conj":
        return False
    trains = has(verb, "participate") and (known or bool(name.year) or relation != "in")
    return trains or (relation == "for" and has(verb, "arrive", "meet_verb"))


def _is_other(scene: Scene, index: int) -> bool:
    """Whether a word of a name says that it is one of something else than an exercise."""
    return scene.senses.has(index, "other_event", "arms_noun") or any(
        s.name.startswith(OTHER_OCCASIONS) for s in scene.senses.at(index)
    )


def _verb_above(scene: Scene, index: int) -> int | None:
    """The verb on which a nominal hangs, over a few nominals between."""
    tokens = scene.text.tokens
    for _ in range(STEPS_TO_VERB):
        above = tokens[index].head
        if above is None or tokens[above].pos in {"VERB", "AUX"}:
            return above
        index = above
    return None


def _is_held_with_forces(scene: Scene, name: _Name, head: int) -> bool:
    """ "The second phase of Birlik-2024 was held in Kazakhstan with units from Azerbaijan"."""
    verb = _verb_above(scene, head)
    held = verb is not None and scene.senses.has(verb, "hold", "occur")
    return held and any(scene.senses.has(i, "force") for i in range(*_bounds(scene, name)))


def _bounds(scene: Scene, name: _Name) -> tuple[int, int]:
    """The sentence of a name."""
    sentence = scene.text.sentence_of(name.first)
    return sentence.first, sentence.last


def _is_spoken_of(scene: Scene, name: _Name) -> bool:
    """Whether the sentence of a name, or the one before it in the paragraph, speaks of exercises."""
    here = scene.text.sentence_of(name.first)
    near = [s for s in scene.text.sentences[max(0, here.index - 1) : here.index + 1] if s.paragraph == here.paragraph]
    return any(scene.senses.has(i, *NOUNS) for s in near for i in range(s.first, s.last))


def _mention(scene: Scene, name: _Name) -> EntityMention:
    series = scene.names.series(name.name)
    if series is None:
        entity = Entity("exercise", name.name, year=name.year)
    else:
        known = entity_of(series, scene.text.language)
        entity = Entity("series", name.name, known.iri, year=name.year)
    return scene.mention(entity, name.first, name.last, "name", sense="exercise_noun", known=series)
