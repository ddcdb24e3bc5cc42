"""Names that the gazetteer does not hold: persons, regions, places and organizations that a model of names found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.reading.facts import Entity
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.names import is_acronym
from loaders.reading.scene import Cover, Scene
from loaders.reading.text import Token, fold

BODY_PREFIX = "body_"
DOCUMENT_PREFIX = "agreement_"
OFFICE_PREFIX = "office_"
NEWS_AGENCY = "news_agency"
SURNAME_LENGTH = 4
DESIGNATION = re.compile(r"[^\W\d_]{1,6}-\d")
"""How arms are called: «П-18», "F-16"."""
"""Shorter words are too often something else."""
LONGEST_TITLE = 12
"""Words from an office to the name of who holds it."""
NAMING = frozenset({"amod", "nmod"})
PROPER = frozenset({"PROPN", "NOUN", "X", "ADJ", ""})


def persons(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Persons, by surname in the nominative; a lone surname is the person that was named in full before."""
    known: dict[str, Entity] = {}
    named: list[EntityMention] = []
    cover = Cover(found)
    alone = _called(scene)
    for name in scene.text.names:
        if name.sort != "PER":
            continue
        tokens = [t for t in scene.tokens_in(name.span) if t.text[:1].isalpha()]
        if not tokens or not tokens[0].is_capitalized or cover.takes(tokens[0].index, tokens[-1].index + 1):
            continue
        if scene.senses.has(tokens[0].index, "negation"):
            continue  # «– Нет. …»
        cased = _in_case_of_title(scene, tokens)
        surname = scene.grammar.surname(cased)
        called = scene.grammar.surname(cased[-1:])
        if fold(called) in alone and fold(surname) not in alone:
            surname = called
        if not surname:
            continue
        entity = known.setdefault(fold(surname), Entity("person", surname))
        full = scene.grammar.full_name(cased, surname, scene.text.text)
        named.append(scene.mention(entity, tokens[0].index, tokens[-1].index + 1, "model", full_name=full))
    yield from named
    yield from _lone_surnames(scene, known, [*found, *named])


def _called(scene: Scene) -> set[str]:
    """The single words by which the text calls persons: whoever is "General Giang" later has no other surname."""
    found: set[str] = set()
    for name in scene.text.names:
        tokens = [t for t in scene.tokens_in(name.span) if t.text[:1].isalpha()] if name.sort == "PER" else []
        if len(tokens) == 1:
            found.add(fold(scene.grammar.surname(tokens)))
    return found


def _in_case_of_title(scene: Scene, tokens: Sequence[Token]) -> list[Token]:
    """«с министром Яшаром Гюлером»: a name stands in the case of its title, at which the tagger guesses less."""
    first = tokens[0]
    above = scene.text.tokens[first.head] if first.rel == "appos" and first.head is not None else first
    title = _office_before(scene, first) or above
    case = _case_shown(scene, title)
    if title is first or title.pos != "NOUN" or not case or title.number == "Plur" or title.index > first.index:
        return list(tokens)
    return [replace(t, feats={**t.feats, "Case": case}) for t in tokens]


def _office_before(scene: Scene, name: Token) -> Token | None:
    """The noun of office that a name follows with nothing but what depends on nouns between, wherever it hangs."""
    if scene.relations.head_final:
        return None  # there the name shows the case, and not what stands before it
    begin = scene.text.sentence_of(name).first
    found = None
    for index in range(name.index - 1, max(begin, name.index - LONGEST_TITLE) - 1, -1):
        token = scene.text.tokens[index]
        if token.pos not in {"NOUN", "ADJ", "PROPN"}:
            break
        office = any(s.name.startswith(OFFICE_PREFIX) and s.first == index for s in scene.senses.at(index))
        if office and scene.relations.of(index) != "of":
            return token
        found = found or (token if office else None)
    return found


def _case_shown(scene: Scene, title: Token) -> str:
    """The case of a title: of one that has no endings («визави») that of the adjective before it."""
    before = scene.text.tokens[title.index - 1] if title.index and not scene.relations.head_final else title
    return before.case if before.pos == "ADJ" and before.head == title.index and before.case else title.case


def _lone_surnames(
    scene: Scene, known: Mapping[str, Entity], found: Sequence[EntityMention]
) -> Iterator[EntityMention]:
    """«Гюлера принял президент»: surnames of persons named elsewhere, which the model overlooked."""
    cover = Cover(found)
    for token in scene.text.tokens:
        if not token.is_capitalized or token.pos not in PROPER or cover.takes(token.index, token.index + 1):
            continue
        entity = known.get(fold(scene.grammar.surname([token]))) or known.get(token.lower)
        entity = entity or next((known[lemma] for lemma in token.lemmas if lemma in known), None)
        if entity is not None and len(token.text) >= SURNAME_LENGTH:
            yield scene.mention(entity, token.index, token.index + 1, "model", full_name=entity.name)


def regions(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """«Сарыагашский район», «Туркестанской области», «провинция Хубэй», «Аравийское море», «Голанские высоты»."""
    cover = Cover(found)
    for sense in scene.senses.all("region_noun", "water_noun", "high_noun"):
        first, last = _extent(scene, sense)
        if last - first < 2 or any(m.last - m.first >= last - first for m in cover.over(first, last)):
            continue
        if first == sense.first:
            first = first if _is_of_name(scene, sense) else sense.last
            if sense.last >= last:
                continue  # «автономиялық аудан» without a name
        elif _only_of_state(found, first, sense.first):
            continue  # "the Iranian province of …"
        if scene.relations.head_final and first < sense.first and scene.text.tokens[first].rel == "conj":
            continue  # «Лусон мен Палаван аралдары»: the noun is of all of them
        if any(m.form != "adjective" for m in cover.over(first, last)):
            continue
        name = scene.nominative(first, last)
        yield scene.mention(Entity("place", name), first, last, "model", sense=sense.name)


def _is_of_name(scene: Scene, sense: Sense) -> bool:
    """ "On Lake Titicaca": a capital within a sentence makes the noun part of the name."""
    noun = scene.text.tokens[sense.first]
    return noun.is_capitalized and noun.pos == "PROPN" and noun.index > scene.text.sentence_of(noun.index).first


def _only_of_state(found: Sequence[EntityMention], first: int, noun: int) -> bool:
    """Whether nothing but a state's adjective stands before a geographical noun."""
    return any(m.form == "adjective" and m.entity.kind == "state" and (m.first, m.last) == (first, noun) for m in found)


def _extent(scene: Scene, sense: Sense) -> tuple[int, int]:
    """A geographical noun with the proper adjectives before it, or else with the proper name after it."""
    tokens = scene.text.tokens
    sentence = scene.text.sentence_of(sense.first)
    noun = tokens[sense.last - 1 if scene.relations.head_final else sense.first]
    first = sense.first
    relations = NAMING | {"compound"} if sense.name == "water_noun" else NAMING  # "the Andaman Sea"
    while first > sentence.first and _agrees(tokens[first - 1], noun, relations):
        if scene.relations.head_final and tokens[first - 1].case not in {"", "Nom"}:
            break  # «ҚХР-дың Шыңжаң-Ұйғыр автономиялық ауданы»
        first -= 1
    if first < sense.first:
        return first, sense.last
    last = sense.last
    while last < sentence.last and tokens[last].is_capitalized and tokens[last].pos in {"PROPN", "X"}:
        last += 1
        if tokens[last - 1].head != tokens[last - 2].index and last - 1 > sense.last:
            break
    return sense.first, last


def _agrees(token: Token, noun: Token, relations: frozenset[str]) -> bool:
    """A capitalised adjective in the case of the noun; the tagger takes some for proper nouns."""
    if not token.is_capitalized or not token.text[-1:].isalpha():
        return False
    named = token.pos == "PROPN" and token.head == noun.index and token.rel in relations
    return token.pos == "ADJ" or (named and token.index < noun.index)


def unknown_names(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Places, institutions and companies that nothing else claims."""
    cover = Cover(found)
    begins: dict[int, list[EntityMention]] = {}
    for mention in found:
        begins.setdefault(mention.first, []).append(mention)
    for name in scene.text.names:
        tokens = scene.tokens_in(name.span)
        if name.sort in {"PER", "EVENT"} or not tokens or not any(t.is_capitalized for t in tokens):
            continue
        first, last = tokens[0].index, tokens[-1].index + 1
        if cover.takes(first, last) or any(t.text in '«»"“”„()' for t in tokens):
            continue
        if first in scene.quoted_names:
            continue
        if name.sort == "LOC":
            name_as_read = scene.text.span_of(range(first, last)).of(scene.text.text)
            plain = name_as_read if _is_undeclined(scene, first) else scene.nominative(first, last)
            yield scene.mention(Entity("place", plain), first, last, "model")
        elif last - first == 1 and scene.senses.has(first, "institution_noun"):
            continue  # «Секретариат ОДКБ»: a common noun, which what follows it names
        elif any(scene.senses.has(i, "institution_noun") for i in range(first, last)):
            state = _with_state(scene, begins.get(last, ()))
            end = state.last if state else last
            entity = Entity("institution", scene.nominative(first, end), state=state.entity.state if state else None)
            yield scene.mention(entity, first, end, "model")
        elif not _is_common(scene, first, last):
            yield scene.mention(Entity("company", scene.nominative(first, last)), first, last, "model")


def _is_undeclined(scene: Scene, first: int) -> bool:
    """«На базе Бульбоака»: a name beside its noun that does not stand in the noun's case keeps its form."""
    name = scene.text.tokens[first]
    noun = scene.text.tokens[first - 1] if first else name
    beside = name.rel == "appos" and name.head == noun.index and scene.senses.has(noun.index, "place_noun")
    return beside and noun.case not in {"", "Nom"} and name.case != noun.case


def _is_common(scene: Scene, first: int, last: int) -> bool:
    """Whether words name a body or a newspaper, or are an abbreviation that the lexicon knows («ПВО»): no company."""
    if any((s.name, s.first, s.last) == (NEWS_AGENCY, first, last) for s in scene.senses.at(first)):
        return True
    if any(_is_body(sense) for i in range(first, last) for sense in scene.senses.at(i)):
        return True
    if any(sense.name.startswith(DOCUMENT_PREFIX) for sense in scene.senses.at(last - 1)):
        return True  # "the Strategic Partnership Agreement"
    if any(sense.name.startswith(OFFICE_PREFIX) for sense in scene.senses.at(first)):
        return True  # «Министры обороны», at the beginning of a sentence
    if last - first == 1 and any(sense.name == "arms_noun" for sense in scene.senses.at(first)):
        return True  # "twelve Rafales"
    if last - first == 1 and DESIGNATION.match(scene.text.tokens[first].text):
        return True  # «станции П-18»
    return last - first == 1 and is_acronym(scene.text.tokens[first].text) and bool(scene.senses.at(first))


def _with_state(scene: Scene, following: Sequence[EntityMention]) -> EntityMention | None:
    """«Военная академия Республики Беларусь»: the state to which it belongs is part of the name."""
    after = next((m for m in following if m.entity.kind == "state" and _belongs(scene, m)), None)
    return after if after and after.form == "name" else None


def _belongs(scene: Scene, mention: EntityMention) -> bool:
    return scene.relations.of(mention.head) in {"of", ""}


def _is_body(sense: Sense) -> bool:
    return sense.name.startswith(BODY_PREFIX)
